"""Captions of one province, and of compared provinces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geo.analysis import (
    SCALE_NOTES_BY_MODE,
    ComparedRow,
    Standing,
    boundary_line,
    comparable_standings,
    compare_measures,
    profile_issuer_line,
    profile_source_line,
    published_standings,
    standing_in,
)
from geo.captions.caption import Caption, choose_title, short_name, topic_phrase
from geo.captions.cautions import ambiguity_cautions
from geo.captions.foot import Caution, Foot
from geo.captions.notes import ambiguity_notes, boundary_note, deduplicate, plain_note
from geo.captions.portraits import describe_province
from geo.captions.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.index import WHOLE_INDEX, presets
from geo.limits import MAX_NAMED_IN_TITLE
from geo.measures import (
    LIST_LENGTH,
    REPORT_EDITION,
    STATUS_NOTES,
    Cell,
    Measure,
    Status,
    count_level_beyond,
    dimension_ids,
    indicators_of,
    measure_name,
)
from geo.text import N_, Translator
from geo.units import provinces

FIRST_EDITION: Final = 2017  # edition of the list in a profile
TWO: Final = 2
# Rows of open indicators, each with the cells of the provinces by rank.
Ordered = list[tuple[ComparedRow, list[Cell]]]


def profile_caption(adcode: str, year: int, t: Translator) -> Caption:
    """The caption of a province's profile, each indicator in its year nearest to `year`.

    For a unit that is not evaluated, the caption says so. Raises KeyError for an unknown adcode.
    """
    standings = comparable_standings(adcode, year) if provinces()[adcode].evaluated else ()
    indicators = [measure for group in dimension_ids() for measure in indicators_of(group)]
    head = SentenceBuilder(t).build(
        N_("Profile of {name} by its ranks in the open indicators of six dimensions."),
        name=province_name(adcode, t),
    )
    return Caption(
        title=_profile_title(adcode, standings, year, t),
        subtitle=t(
            N_("{name}: open indicators by dimension, {year} or the nearest year of each"),
            name=province_name(adcode, t),
            year=year,
        ),
        alt=join_sentences([head, *describe_province(adcode, year, t)], t),
        source=profile_source_line(WHOLE_INDEX, FIRST_EDITION, indicators, t),
        notes=deduplicate(
            [
                *_ambiguity_notes(adcode, t),
                *_count_notes(adcode, standings, year, t),
                *_left_out_notes(adcode, year, t),
                boundary_note(t),
            ]
        ),
        foot=Foot(
            credit=profile_issuer_line(WHOLE_INDEX, FIRST_EDITION, indicators, t),
            short_credit=profile_issuer_line(
                WHOLE_INDEX, FIRST_EDITION, indicators, t, is_short=True
            ),
            cautions=tuple(_profile_cautions(adcode, year, t)),
            boundaries=boundary_line(t),
        ),
    )


def _profile_title(
    adcode: str, standings: Sequence[Standing], year: int, t: Translator
) -> Sentence:
    """The best placement of a province: in how many indicators, or in which one."""
    pen = SentenceBuilder(t)
    name = province_name(adcode, t)
    if not standings:
        return pen.build(
            N_(
                "{name} is not evaluated by the report, and open indicators are not available "
                "for it"
            ),
            name=name,
        )
    best = min(standing.cell.rank or 0 for standing in standings)
    leading = [standing for standing in standings if standing.cell.rank == best]
    first = leading[0]
    if len(leading) == 1:
        titles = []
        for message in (
            N_("{name} ranks best in {measure}: {place} of {of} provinces in {year}"),
            N_("{name} ranks best in {measure}: {place}"),
        ):
            pen = SentenceBuilder(t)
            titles.append(
                pen.build(
                    message,
                    name=name,
                    measure=topic_phrase(first.measure, t),
                    place=pen.cite_ordinal(first.cell, first.measure, first.year),
                    of=pen.cite(first.cell.of, first.measure, first.year, adcode, "of"),
                    year=first.year,
                )
            )
        return choose_title(titles, t)
    return pen.build(
        N_("{name} ranks first in {count} of {total} open indicators")
        if best == 1
        else N_("{name} ranks best, {place}, in {count} of {total} open indicators"),
        name=name,
        place=pen.cite_ordinal(first.cell, first.measure, first.year),
        count=pen.cite(len(leading), first.measure, year, adcode, "best"),
        total=pen.cite(len(standings), first.measure, year, adcode, "indicators"),
    )


def _count_notes(
    adcode: str, standings: Sequence[Standing], year: int, t: Translator
) -> list[Sentence]:
    """In how many indicators a province is among the first and the last ten."""
    if not standings:
        return []
    pen = SentenceBuilder(t)
    high = sum((s.cell.rank or 0) <= LIST_LENGTH for s in standings)
    low = sum((s.cell.rank or 0) > (s.cell.of or 0) - LIST_LENGTH for s in standings)
    first = standings[0].measure

    def number(count: int, part: str) -> str:
        return pen.cite(count, first, year, adcode, part)

    return [
        pen.build(
            N_(
                "{name} is among the first ten in {high} of {total} open indicators, among the last"
                " ten in {low}."
            ),
            name=province_name(adcode, t),
            high=number(high, "first ten"),
            total=number(len(standings), "indicators"),
            low=number(low, "last ten"),
        )
    ]


def _profile_cautions(adcode: str, year: int, t: Translator) -> list[Caution]:
    """The published ranks and the values in doubt of a province."""
    if not provinces()[adcode].evaluated:
        return []
    lists = published_standings(adcode).values()
    cautions = ambiguity_cautions((standings[0].cell for standings in lists), t)
    doubtful = [
        standing
        for group in dimension_ids()
        for standing in (standing_in(adcode, m, year) for m in indicators_of(group))
        if standing.cell.status is Status.DOUBTFUL
    ]
    if not doubtful:
        return cautions
    pen = SentenceBuilder(t)
    count = pen.cite(len(doubtful), doubtful[0].measure, year, adcode, "doubtful")
    names = t.join_names([t.lower_initial(short_name(one.measure, t)) for one in doubtful])
    return [
        *cautions,
        Caution(
            plain_note(N_("Not ranked, published value in doubt: {measures}."), t, measures=names),
            pen.build(N_("Not ranked, published value in doubt: {count}."), count=count),
        ),
    ]


def _ambiguity_notes(adcode: str, t: Translator) -> list[Sentence]:
    """Why a published rank that may belong to another province is marked."""
    if not provinces()[adcode].evaluated:
        return []
    lists = published_standings(adcode).values()
    return ambiguity_notes((standings[0].cell for standings in lists), t)


def _left_out_notes(adcode: str, year: int, t: Translator) -> list[Sentence]:
    """The indicators that the title does not count, with the reason."""
    if not provinces()[adcode].evaluated:
        return [plain_note(STATUS_NOTES[Status.NOT_EVALUATED], t)]
    every = [
        standing_in(adcode, m, year) for group in dimension_ids() for m in indicators_of(group)
    ]
    sentences = []
    for message, status in (
        (N_("Excluded as doubtful: {measures}."), Status.DOUBTFUL),
        (N_("No value is published: {measures}."), Status.NOT_PUBLISHED),
    ):
        names = [
            t(
                N_("{measure}, {year}"),
                measure=measure_name(one.measure, t),
                year=one.year,
            )
            for one in every
            if one.cell.status is status
        ]
        if names:
            sentences.append(plain_note(message, t, measures=t.join_clauses(names)))
    return sentences


def provinces_caption(chosen: Sequence[str], year: int, t: Translator) -> Caption:
    """The caption of compared provinces, each measure in its year nearest to `year`.

    chosen: two or more adcodes. The title counts the open indicators of the six dimensions in
    which every chosen province has a reliable rank; a tie for first counts for none.
    """
    rows = compare_measures(chosen, year, "dimension")
    indicators = [measure for group in dimension_ids() for measure in indicators_of(group)]
    ordered = _rank_chosen(rows)
    names = t.join_names([province_name(adcode, t) for adcode in chosen])
    return Caption(
        title=_lead_title(chosen, ordered, t),
        subtitle=t(
            N_(
                "{names}: published ranks, open index, indicators, {year} or the nearest year of"
                " each"
            ),
            names=names if len(chosen) <= MAX_NAMED_IN_TITLE else _format_count(chosen, t),
            year=year,
        ),
        alt=_describe_provinces(chosen, ordered, t),
        source=profile_source_line(WHOLE_INDEX, REPORT_EDITION, indicators, t),
        notes=deduplicate(_comparison_row_notes(rows, ordered, t)),
        foot=Foot(
            credit=profile_issuer_line(WHOLE_INDEX, REPORT_EDITION, indicators, t),
            short_credit=profile_issuer_line(
                WHOLE_INDEX, REPORT_EDITION, indicators, t, is_short=True
            ),
            cautions=tuple(_comparison_cautions(rows, ordered, t)),
            hints=(plain_note(SCALE_NOTES_BY_MODE["value"], t),),
        ),
    )


def _comparison_cautions(
    rows: Mapping[str, Sequence[ComparedRow]], ordered: Ordered, t: Translator
) -> list[Caution]:
    """How many indicators are not counted, and published ranks in doubt."""
    cells = [cell for group in rows.values() for row in group for cell in row.cells]
    cautions = ambiguity_cautions(cells, t)
    every = [row for group in dimension_ids() for row in rows[group]]
    left = len(every) - len(ordered)
    if not left:
        return cautions
    pen = SentenceBuilder(t)
    count = pen.cite(left, every[0].measure, every[0].year, "", "not counted")
    message = N_("Not counted, because a province has no reliable rank: {count} indicators.")
    return [Caution(pen.build(message, count=count)), *cautions]


def _format_count(chosen: Sequence[str], t: Translator) -> str:
    return t(N_("{count} provinces"), count=len(chosen))


def _rank_chosen(rows: Mapping[str, Sequence[ComparedRow]]) -> Ordered:
    """The open indicators in which all chosen have a reliable rank, best province first."""
    ordered = []
    for group in dimension_ids():
        for row in rows[group]:
            if all(cell.rank and not cell.is_doubtful for cell in row.cells):
                ordered.append((row, sorted(row.cells, key=lambda cell: cell.rank or 0)))
    return ordered


def _count_leads(adcode: str, ordered: Ordered) -> int:
    """The number of indicators in which a province alone is first of the chosen."""
    return sum(cells[0].adcode == adcode and cells[0].rank != cells[1].rank for _, cells in ordered)


def _count_trails(adcode: str, ordered: Ordered) -> int:
    """The number of indicators in which a province alone is last of the chosen."""
    return sum(
        cells[-1].adcode == adcode and cells[-1].rank != cells[-2].rank for _, cells in ordered
    )


def _lead_title(chosen: Sequence[str], ordered: Ordered, t: Translator) -> Sentence:
    """Name the province that leads in most indicators; on a tie, only the provinces."""
    counts = {adcode: _count_leads(adcode, ordered) for adcode in chosen}
    most = max(counts.values())
    first = [adcode for adcode, count in counts.items() if count == most]
    if not most or len(first) > 1:
        return choose_title(_plain_titles(chosen, t), t)
    leader = first[0]
    pen = SentenceBuilder(t)
    row = ordered[0][0]
    slots: dict[str, object] = {
        "name": province_name(leader, t),
        "count": pen.cite(most, row.measure, row.year, leader, "leads"),
        "total": pen.cite(len(ordered), row.measure, row.year, "", "indicators"),
    }
    if len(chosen) == TWO:
        other = next(adcode for adcode in chosen if adcode != leader)
        return pen.build(
            N_("{name} ranks above {other} in {count} of {total} open indicators"),
            other=province_name(other, t),
            **slots,
        )
    return pen.build(
        N_("{name} ranks first of these {of} provinces in {count} of {total} open indicators"),
        of=len(chosen),
        **slots,
    )


def _plain_titles(chosen: Sequence[str], t: Translator) -> list[Sentence]:
    names = t.join_names([province_name(adcode, t) for adcode in chosen])
    return [
        SentenceBuilder(t).build(N_("{names} side by side"), names=text)
        for text in (names, _format_count(chosen, t))
    ]


def _describe_provinces(chosen: Sequence[str], ordered: Ordered, t: Translator) -> Sentence:
    """How often each province is first and last, and the largest differences."""
    names = t.join_names([province_name(adcode, t) for adcode in chosen])
    sentences = [
        SentenceBuilder(t).build(
            N_("Provinces side by side, measure by measure, marked among all: {names}."),
            names=names,
        )
    ]
    if ordered:
        sentences += [_describe_standing(adcode, ordered, t) for adcode in chosen]
        sentences.append(_describe_widest_gap(ordered, t))
    return join_sentences(sentences, t)


def _describe_standing(adcode: str, ordered: Ordered, t: Translator) -> Sentence:
    pen = SentenceBuilder(t)
    row: ComparedRow = ordered[0][0]
    measure: Measure = row.measure
    return pen.build(
        N_("{name}: first of them in {first}, last in {last} of {total} open indicators."),
        name=province_name(adcode, t),
        first=pen.cite(_count_leads(adcode, ordered), measure, row.year, adcode, "leads"),
        last=pen.cite(_count_trails(adcode, ordered), measure, row.year, adcode, "trails"),
        total=pen.cite(len(ordered), measure, row.year, "", "indicators"),
    )


def _describe_widest_gap(ordered: Ordered, t: Translator) -> Sentence:
    row, cells = max(ordered, key=lambda entry: entry[0].gap or 0.0)
    more = count_level_beyond(
        sorted((compared_row.gap or 0.0 for compared_row, _ in ordered), reverse=True), 1
    )
    pen = SentenceBuilder(t)
    best, worst = cells[0], cells[-1]
    return pen.build(
        N_(
            "Largest gap in “{measure}”: {best} at rank {first}, {worst} at rank {last}; the "
            "gap is equal in {more} more."
        )
        if more
        else N_("Largest gap in “{measure}”: {best} at rank {first}, {worst} at rank {last}."),
        measure=measure_name(row.measure, t),
        best=province_name(best.adcode, t),
        first=pen.cite(best.rank, row.measure, row.year, best.adcode, "rank"),
        worst=province_name(worst.adcode, t),
        last=pen.cite(worst.rank, row.measure, row.year, worst.adcode, "rank"),
        more=pen.cite(more, row.measure, row.year, "", "level"),
    )


def _comparison_row_notes(
    rows: Mapping[str, Sequence[ComparedRow]], ordered: Ordered, t: Translator
) -> list[Sentence]:
    """How to read the rows, the author of the open index, and what the title omits."""
    sentences = [
        plain_note(SCALE_NOTES_BY_MODE["value"], t),
        plain_note(presets()["default"].note, t),
    ]
    every = [row for group in dimension_ids() for row in rows[group]]
    counted = [row for row, _ in ordered]
    left = [row for row in every if row not in counted]
    if left:
        names = [measure_name(row.measure, t) for row in left]
        sentences.insert(
            1,
            plain_note(
                N_("Not counted, because a province has no reliable rank: {measures}."),
                t,
                measures=t.join_clauses(names),
            ),
        )
    every_cell = [cell for group in rows.values() for row in group for cell in row.cells]
    return sentences + ambiguity_notes(every_cell, t)
