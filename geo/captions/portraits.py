"""A description of one province, in three to six sentences."""

from __future__ import annotations

from geo.analysis import (
    Standing,
    change_of,
    find_peers,
    highest_and_lowest,
    published_measures,
    snapshot_of,
    standing_in,
)
from geo.captions.sentences import (
    NAMED_COUNT,
    Sentence,
    SentenceBuilder,
    find_frame,
    is_in_frame,
    province_name,
)
from geo.measures import REPORT_PREFIX, Status, count_level_beyond, measure_name
from geo.text import N_, Translator
from geo.units import provinces

TREND = "fixed_broadband_per_100"
INCOME = "gdp_per_capita"
EDITION = 2017


def describe_province(adcode: str, year: int, t: Translator) -> list[Sentence]:
    """Describe a province in three to six sentences; year: the preferred year.

    The year and the number of provinces that most of its ranks have are said once; a rank of
    another year, or among another number of provinces, says so itself.
    """
    if not provinces()[adcode].evaluated:
        return _describe_not_evaluated(adcode, t)
    strong, weak = highest_and_lowest(adcode, year)
    frame = find_frame([*strong[:NAMED_COUNT], *weak[:NAMED_COUNT]], year)
    sentences = [
        _describe_report_rank(adcode, t),
        _describe_ranks(strong, weak, frame, t),
        _describe_income(standing_in(adcode, published_measures()[INCOME], year), frame, t),
        _describe_trend(adcode, t),
        _describe_peers(adcode, year, t),
    ]
    return [sentence for sentence in sentences if sentence]


def _describe_report_rank(adcode: str, t: Translator) -> Sentence:
    pen = SentenceBuilder(t)
    measure = published_measures()[REPORT_PREFIX + "comprehensive"]
    standing = standing_in(adcode, measure, EDITION)
    if standing.cell.status is Status.RANK:
        return pen.build(
            N_("The report of {year} ranks {name} {place} in its comprehensive index."),
            name=province_name(adcode, t),
            year=EDITION,
            place=pen.cite_ordinal(standing.cell, measure, EDITION),
        )
    return pen.build(
        N_(
            "The report of {year} publishes only the first ten provinces of its comprehensive"
            " ranking; {name} is not among them."
        ),
        name=province_name(adcode, t),
        year=EDITION,
    )


def _describe_ranks(
    strong: list[Standing], weak: list[Standing], frame: Standing | None, t: Translator
) -> Sentence | None:
    """The highest and the lowest ranks by name; those tied with the last one are counted."""
    if frame is None:
        return None
    pen = SentenceBuilder(t)
    leads = all(standing.cell.rank == 1 for standing in strong[:NAMED_COUNT])
    message = (
        N_(
            "In {year}, {name} ranked first among {of} provinces in {list}{more}; its lowest ranks"
            " were in {lowest}{fewer}."
        )
        if leads
        else N_(
            "In {year}, the highest ranks of {name} among {of} provinces were in {list}{more}; its"
            " lowest were in {lowest}{fewer}."
        )
    )
    return pen.build(
        message,
        year=frame.year,
        name=province_name(frame.cell.adcode, t),
        of=pen.cite(frame.cell.of, frame.measure, frame.year, frame.cell.adcode, "of"),
        list=_list_standings(pen, strong, frame, leads),
        more=_count_tied(pen, strong),
        lowest=_list_standings(pen, weak, frame),
        fewer=_count_tied(pen, weak),
    )


def _list_standings(
    pen: SentenceBuilder, standings: list[Standing], frame: Standing, leads: bool = False
) -> str:
    """The first standings, each with its rank, unless the sentence says that all lead."""
    return pen.t.join_names(
        [
            pen.t.lower_initial(measure_name(standing.measure, pen.t))
            if leads and is_in_frame(standing, frame)
            else _name_with_rank(pen, standing, frame)
            for standing in standings[:NAMED_COUNT]
        ]
    )


def _name_with_rank(pen: SentenceBuilder, standing: Standing, frame: Standing) -> str:
    """A measure with its rank, and with what differs from the year and number already said."""
    cell, measure, year = standing.cell, standing.measure, standing.year
    name = pen.t.lower_initial(measure_name(measure, pen.t))
    rank = pen.cite_ordinal(cell, measure, year)
    if cell.of == frame.cell.of:
        if year == frame.year:
            return pen.t(N_("{measure} ({rank})"), measure=name, rank=rank)
        return pen.t(N_("{measure} ({rank}, {year})"), measure=name, rank=rank, year=year)
    of = pen.cite(cell.of, measure, year, cell.adcode, "of")
    if year == frame.year:
        return pen.t(N_("{measure} ({rank} of {of})"), measure=name, rank=rank, of=of)
    return pen.t(
        N_("{measure} ({rank} of {of}, {year})"), measure=name, rank=rank, of=of, year=year
    )


def _count_tied(pen: SentenceBuilder, standings: list[Standing]) -> str:
    """How many standings beyond those named are tied with the last of them; may be empty."""
    more = count_level_beyond([one.cell.percentile or 0.0 for one in standings], NAMED_COUNT)
    if not more:
        return ""
    last = standings[NAMED_COUNT - 1]
    return pen.t(
        N_(", and {count} more at the same percentile rank")
        if more > 1
        else N_(", and one more at the same percentile rank"),
        count=pen.cite(more, last.measure, last.year, last.cell.adcode, "level"),
    )


def _describe_income(standing: Standing, frame: Standing | None, t: Translator) -> Sentence | None:
    pen = SentenceBuilder(t)
    gap, national = standing.gap_to_national_pct, standing.snapshot.national
    if standing.cell.is_doubtful or gap is None or national is None:
        return None
    cell, measure, year = standing.cell, standing.measure, standing.year
    values = {
        "value": pen.cite_number(cell, measure, year),
        "gap": pen.cite(t.format_number(abs(gap)), measure, year, cell.adcode, "gap"),
        "national": pen.cite_number(national, measure, year),
    }
    if is_in_frame(standing, frame):
        return pen.build(
            N_(
                "Gross regional product per capita was {value} yuan ({place}), {gap}% above the"
                " national value of {national} yuan."
            )
            if gap >= 0
            else N_(
                "Gross regional product per capita was {value} yuan ({place}), {gap}% below the"
                " national value of {national} yuan."
            ),
            place=pen.cite_ordinal(cell, measure, year),
            **values,
        )
    return pen.build(
        N_(
            "Gross regional product per capita was {value} yuan in {year} ({place}), {gap}% above"
            " the national value of {national} yuan."
        )
        if gap >= 0
        else N_(
            "Gross regional product per capita was {value} yuan in {year} ({place}), {gap}% below"
            " the national value of {national} yuan."
        ),
        year=year,
        place=pen.cite_rank(standing),
        **values,
    )


def _describe_trend(adcode: str, t: Translator) -> Sentence | None:
    """The change of a measure that nearly every province has, beside the national change."""
    measure = published_measures()[TREND]
    change = change_of(measure, adcode)
    if change is None:
        return None
    pen = SentenceBuilder(t)
    nations = [snapshot_of(TREND, year).national for year in (change.first_year, change.last_year)]
    before, after = (mark for mark in nations if mark)
    first, last = change.first.value or 0.0, change.last.value or 0.0
    return pen.build(
        N_(
            "{measure} rose from {first} in {first_year} to {last} in {last_year} (national value:"
            " {before} to {after})."
        )
        if last > first
        else N_(
            "{measure} fell from {first} in {first_year} to {last} in {last_year} (national value:"
            " {before} to {after})."
        )
        if last < first
        else N_(
            "{measure} were {first} in {first_year} and {last} in {last_year} (national value:"
            " {before} to {after})."
        ),
        measure=measure_name(measure, t),
        first=pen.cite_number(change.first, measure, change.first_year),
        first_year=change.first_year,
        last=pen.cite_number(change.last, measure, change.last_year),
        last_year=change.last_year,
        before=pen.cite_number(before, measure, change.first_year),
        after=pen.cite_number(after, measure, change.last_year),
    )


def _describe_peers(adcode: str, year: int, t: Translator) -> Sentence | None:
    peers = find_peers(adcode, "profile", year)[:NAMED_COUNT]
    if not peers:
        return None
    return SentenceBuilder(t).build(
        N_("By its ranks in the open indicators, {name} is most similar to {list}."),
        name=province_name(adcode, t),
        list=t.join_names([province_name(peer.adcode, t) for peer in peers]),
    )


def _describe_not_evaluated(adcode: str, t: Translator) -> list[Sentence]:
    province = provinces()[adcode]
    near = [province_name(peer.adcode, t) for peer in find_peers(adcode, "neighbours", EDITION)]
    sentences = [
        SentenceBuilder(t).build(
            N_("{name} is one of China’s 34 provincial units; its adcode is {adcode}."),
            name=province.name_in(t.lang),
            adcode=adcode,
        ),
        SentenceBuilder(t).build(
            N_("The report evaluates 31 provinces, and {name} is not among them."),
            name=province.name_in(t.lang),
        ),
        SentenceBuilder(t).build(
            N_("The open indicators of this atlas are not available for {name}."),
            name=province.name_in(t.lang),
        ),
    ]
    if near:
        sentences.append(
            SentenceBuilder(t).build(
                N_("On land it borders {list}."),
                name=province.name_in(t.lang),
                list=t.join_names(near),
            )
        )
    return sentences
