"""The difference between two provinces in words, each number traced to its cell.

A published rank and a rank of the open index never share a sentence. Doubtful values are left
out, and the text names them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from geo.analysis import OPEN_INDEX_GROUP, REPORT_GROUP, ComparedRow, Standing, published_measures
from geo.captions.sentences import Sentence, SentenceBuilder, find_frame, province_name
from geo.measures import (
    CONTEXT,
    Cell,
    Status,
    count_level_beyond,
    difference_unit,
    format_number,
    measure_name,
)
from geo.text import N_, Translator

NAMED: Final = 3  # largest leads that a sentence names
# What is said of a province without a rank in the comprehensive list.
INSTEAD: Final = {
    Status.OUTSIDE: N_("{name} outside the published ten"),
    Status.NAMED: N_("{name} listed among the leading ten without a rank"),
    Status.NOT_PUBLISHED: N_("rank of {name} not available"),
    Status.NOT_EVALUATED: N_("{name} not evaluated"),
}


def describe_two_provinces(rows: Sequence[ComparedRow], t: Translator) -> list[Sentence]:
    """Describe in three to six sentences how the second province differs from the first.

    rows: each with the same two provinces. Lists of the report, the open index and the
    indicators under the six dimensions get separate sentences; context indicators are not
    counted.
    """
    six = [r for r in rows if r.measure.kind not in (REPORT_GROUP, OPEN_INDEX_GROUP)]
    six = [r for r in six if r.measure.dimension != CONTEXT]
    first, second = (cell.adcode for cell in rows[0].cells)
    sentences = [
        _describe_published(next(r for r in rows if r.measure.id == "report_comprehensive"), t),
        _describe_index(next(r for r in rows if r.measure.id == "index_comprehensive"), t),
        _count_leads_of_both(six, t),
        _describe_largest_leads(six, first, second, t),
        _describe_largest_leads(six, second, first, t),
        _describe_left_out(six, t),
    ]
    return [sentence for sentence in sentences if sentence]


def describe_row_difference(row: ComparedRow, t: Translator) -> Sentence | None:
    """The difference between two provinces in a measure, in its unit.

    None if a value is missing or doubtful.
    """
    one, other = row.cells
    if not _is_reliable(row):
        return None
    gap = (one.value or 0.0) - (other.value or 0.0)
    difference = format_number(abs(gap), row.measure, t)
    pen = SentenceBuilder(t)
    if difference == format_number(0.0, row.measure, t):
        return pen.build(N_("tied"))
    high = one if gap > 0 else other
    amount = pen.cite(difference, row.measure, row.year, high.adcode, "difference")
    return pen.build(
        N_("{name} higher by {amount} {unit}"),
        name=province_name(high.adcode, t),
        amount=amount,
        unit=difference_unit(row.measure, t),
    )


def _is_reliable(row: ComparedRow) -> bool:
    """Whether both provinces have a value that is not doubtful."""
    return all(c.value is not None and not c.is_doubtful for c in row.cells)


def _percentile_lead(row: ComparedRow) -> float:
    """The difference in percentile rank between the first and the second, in points."""
    one, other = row.cells
    return (one.percentile or 0.0) - (other.percentile or 0.0)


def _standing_of(row: ComparedRow, cell: Cell) -> Standing:
    return Standing(row.measure, row.year, cell)


def _describe_published(row: ComparedRow, t: Translator) -> Sentence:
    pen = SentenceBuilder(t)
    ranked = [cell for cell in row.cells if cell.status is Status.RANK]
    others = [cell for cell in row.cells if cell.status is not Status.RANK]
    names = [
        t(
            N_("{name} {place}"),
            name=province_name(c.adcode, t),
            place=pen.cite_rank(_standing_of(row, c)),
        )
        for c in ranked
    ]
    return pen.build(
        N_("In the report’s comprehensive ranking of {year}: {list}."),
        year=row.year,
        list=t.join_names([*names, *(_describe_status(cell, t) for cell in others)]),
    )


def _describe_status(cell: Cell, t: Translator) -> str:
    return t(INSTEAD[cell.status], name=province_name(cell.adcode, t))


def _describe_index(row: ComparedRow, t: Translator) -> Sentence | None:
    if not _is_reliable(row):
        return None
    pen = SentenceBuilder(t)

    def name_of(cell: Cell) -> str:
        name, place = province_name(cell.adcode, t), pen.cite_rank(_standing_of(row, cell))
        if cell.low is None:
            return t(N_("{name} {place}"), name=name, place=place)
        ends = [
            pen.cite(place, row.measure, row.year, cell.adcode, part)
            for place, part in ((cell.low, "low"), (cell.high, "high"))
        ]
        return t(
            N_("{name} {place} ({low} to {high} by method)"),
            name=name,
            place=place,
            low=ends[0],
            high=ends[1],
        )

    return pen.build(
        N_(
            "In the open index of this atlas, which is not a ranking of the report, {year}: {list}."
        ),
        year=row.year,
        list=t.join_names([name_of(cell) for cell in row.cells]),
    )


def _count_leads_of_both(rows: Sequence[ComparedRow], t: Translator) -> Sentence:
    pen = SentenceBuilder(t)
    sound = [row for row in rows if _is_reliable(row)]
    leads = [_percentile_lead(row) for row in sound]
    one, other = (cell.adcode for cell in rows[0].cells)
    level = sum(lead == 0 for lead in leads)
    anchor = published_measures()["index_comprehensive"]

    def count(number: int, adcode: str) -> str:
        return pen.cite(number, anchor, rows[0].year, adcode, "count")

    message = (
        N_(
            "Of the {count} indicators of the six dimensions with reliable values for both, "
            "{one} ranks higher in {ahead}, {other} in {behind}, and {level} are tied."
        )
        if level
        else N_(
            "Of the {count} indicators of the six dimensions with reliable values for both, "
            "{one} ranks higher in {ahead} and {other} in {behind}."
        )
    )
    return pen.build(
        message,
        count=count(len(sound), ""),
        one=province_name(one, t),
        ahead=count(sum(lead > 0 for lead in leads), one),
        other=province_name(other, t),
        behind=count(sum(lead < 0 for lead in leads), other),
        **({"level": count(level, "")} if level else {}),
    )


def _describe_largest_leads(
    rows: Sequence[ComparedRow], adcode: str, other_adcode: str, t: Translator
) -> Sentence | None:
    """The measures in which one of the two leads by most percentile points."""
    pen = SentenceBuilder(t)
    sign = 1 if rows[0].cells[0].adcode == adcode else -1
    ahead = [row for row in rows if _is_reliable(row) and sign * _percentile_lead(row) > 0]
    ahead.sort(key=lambda row: (-sign * _percentile_lead(row), row.measure.id))
    if not ahead:
        return None
    more = count_level_beyond([sign * _percentile_lead(row) for row in ahead], NAMED)
    ((usual_year, _),) = Counter(row.year for row in rows).most_common(1)
    frame = find_frame(
        [_standing_of(row, row.cells[::sign][0]) for row in ahead[:NAMED]], usual_year
    )
    if frame is None:
        return None
    names = [_name_with_ranks(pen, row, sign, frame) for row in ahead[:NAMED]]
    tail = ""
    if more:
        last = ahead[NAMED - 1]
        tail = t(
            N_(", and {count} more by the same distance")
            if more > 1
            else N_(", and one more by the same distance"),
            count=pen.cite(more, last.measure, last.year, adcode, "level"),
        )
    return pen.build(
        N_("In {year}, {one} was furthest ahead of {other} among {of} provinces in {list}{more}."),
        year=frame.year,
        of=pen.cite(frame.cell.of, frame.measure, frame.year, frame.cell.adcode, "of"),
        one=province_name(adcode, t),
        other=province_name(other_adcode, t),
        list=t.join_names(names),
        more=tail,
    )


def _name_with_ranks(pen: SentenceBuilder, row: ComparedRow, sign: int, frame: Standing) -> str:
    """A measure with both ranks, and with what differs from the year and number already said."""
    high, low = row.cells[::sign]
    slots = {
        "measure": pen.t.lower_initial(measure_name(row.measure, pen.t)),
        "high": pen.cite_ordinal(high, row.measure, row.year),
        "low": pen.cite_ordinal(low, row.measure, row.year),
    }
    if high.of == frame.cell.of:
        if row.year == frame.year:
            return pen.t(N_("{measure} ({high} and {low})"), **slots)
        return pen.t(N_("{measure} ({high} and {low}, {year})"), **slots, year=row.year)
    of = pen.cite(high.of, row.measure, row.year, high.adcode, "of")
    if row.year == frame.year:
        return pen.t(N_("{measure} ({high} and {low} of {of})"), **slots, of=of)
    return pen.t(N_("{measure} ({high} and {low} of {of}, {year})"), **slots, of=of, year=row.year)


def _describe_left_out(rows: Sequence[ComparedRow], t: Translator) -> Sentence | None:
    """The values that were left out because they look wrong."""
    names = [
        t(
            N_("“{measure}” ({name}, {year})"),
            measure=measure_name(row.measure, t),
            name=province_name(adcode, t),
            year=row.year,
        )
        for row in rows
        for adcode in row.doubtful
    ]
    if not names:
        return None
    return SentenceBuilder(t).build(N_("Excluded as doubtful: {list}."), list=t.join_names(names))
