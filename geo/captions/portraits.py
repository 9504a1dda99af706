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
from geo.captions.sentences import NAMED_COUNT, Sentence, SentenceBuilder, province_name
from geo.measures import REPORT_PREFIX, Status, count_level_beyond, measure_name
from geo.text import N_, Translator
from geo.units import provinces

TREND = "fixed_broadband_per_100"
INCOME = "gdp_per_capita"
EDITION = 2017


def describe_province(adcode: str, year: int, t: Translator) -> list[Sentence]:
    """Describe a province in three to six sentences; year: the preferred year."""
    if not provinces()[adcode].evaluated:
        return _describe_not_evaluated(adcode, t)
    strong, weak = highest_and_lowest(adcode, year)
    sentences = [
        _describe_report_rank(adcode, t),
        _describe_income(standing_in(adcode, published_measures()[INCOME], year), t),
        _list_standings(
            adcode,
            strong,
            N_("{name} ranks highest among the open indicators in {list}{more}."),
            t,
        ),
        _list_standings(adcode, weak, N_("Its lowest ranks are in {list}{more}."), t),
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
            N_("The report of {year} publishes {name} at {place} in its comprehensive index."),
            name=province_name(adcode, t),
            year=EDITION,
            place=pen.cite_rank(standing),
        )
    return pen.build(
        N_(
            "{name} is not among the ten provinces that the report of {year} publishes in its"
            " comprehensive ranking; its own rank is not published."
        ),
        name=province_name(adcode, t),
        year=EDITION,
    )


def _describe_income(standing: Standing, t: Translator) -> Sentence | None:
    pen = SentenceBuilder(t)
    gap, national = standing.gap_to_national_pct, standing.snapshot.national
    if standing.cell.is_doubtful or gap is None or national is None:
        return None
    message = (
        N_(
            "Gross regional product per capita was {value} yuan in {year} ({place}), {gap}% above"
            " the national value of {national} yuan."
        )
        if gap >= 0
        else N_(
            "Gross regional product per capita was {value} yuan in {year} ({place}), {gap}% below"
            " the national value of {national} yuan."
        )
    )
    return pen.build(
        message,
        value=pen.cite_number(standing.cell, standing.measure, standing.year),
        year=standing.year,
        place=pen.cite_rank(standing),
        gap=pen.cite(
            t.format_number(abs(gap)),
            standing.measure,
            standing.year,
            standing.cell.adcode,
            "gap",
        ),
        national=pen.cite_number(national, standing.measure, standing.year),
    )


def _list_standings(
    adcode: str, standings: list[Standing], message: str, t: Translator
) -> Sentence | None:
    """The first standings by name; those tied with the last one are counted."""
    pen = SentenceBuilder(t)
    if not standings:
        return None
    more = count_level_beyond([one.cell.percentile or 0.0 for one in standings], NAMED_COUNT)
    tail = ""
    if more:
        last = standings[NAMED_COUNT - 1]
        tail = pen.t(
            N_(", and {count} more at the same percentile rank")
            if more > 1
            else N_(", and one more at the same percentile rank"),
            count=pen.cite(more, last.measure, last.year, adcode, "level"),
        )
    names = t.join_names([pen.name_with_rank(one) for one in standings[:NAMED_COUNT]])
    return pen.build(message, name=province_name(adcode, t), list=names, more=tail)


def _describe_trend(adcode: str, t: Translator) -> Sentence | None:
    """The change of a measure that nearly every province has, beside the national change."""
    measure = published_measures()[TREND]
    change = change_of(measure, adcode)
    if change is None:
        return None
    pen = SentenceBuilder(t)
    nations = [snapshot_of(TREND, year).national for year in (change.first_year, change.last_year)]
    before, after = (mark for mark in nations if mark)
    return pen.build(
        N_(
            "{measure} went from {first} in {first_year} to {last} in {last_year}; nationally from"
            " {before} to {after}."
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
        N_("By its ranks in the open indicators {name} is most like {list}."),
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
