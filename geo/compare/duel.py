"""The difference between two provinces in words, each number traced to its cell.

A published rank and a rank of the open index never share a sentence; doubtful figures are left
out and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo import wording
from geo.cells import Cell, Status
from geo.compare.gaps import OURS, REPORT, Row
from geo.indicators import CONTEXT
from geo.measures import measures
from geo.profile import Standing
from geo.ranking import count_level_beyond
from geo.sentences import Pen, Sentence, name
from geo.text import N_, Texts

NAMED: Final = 3  # widest leads that a sentence names
# What the comprehensive ranking says of a province that has no rank in it.
INSTEAD: Final = {
    Status.OUTSIDE: N_("{name} outside the published ten"),
    Status.NAMED: N_("{name} named among the leading ten without a rank"),
    Status.NOT_PUBLISHED: N_("{name} without a rank that was found"),
    Status.NOT_EVALUATED: N_("{name} not evaluated"),
}


def sentences(rows: Sequence[Row], say: Texts) -> list[Sentence]:
    """Three to six sentences on how the second province differs from the first.

    rows: each with the same two provinces. Lists of the report, the open index and the
    indicators under the six dimensions are told apart; those for context are not counted.
    """
    six = [r for r in rows if r.measure.kind not in (REPORT, OURS)]
    six = [r for r in six if r.measure.dimension != CONTEXT]
    first, second = (cell.adcode for cell in rows[0].cells)
    found = [
        _published(next(r for r in rows if r.measure.id == "report_comprehensive"), say),
        _ours(next(r for r in rows if r.measure.id == "index_comprehensive"), say),
        _count(six, say),
        _leads(six, first, second, say),
        _leads(six, second, first, say),
        _left_out(six, say),
    ]
    return [sentence for sentence in found if sentence]


def difference(row: Row, say: Texts) -> Sentence | None:
    """How far one of two provinces stands above the other in a measure, in its unit.

    None where a figure is missing or doubtful.
    """
    one, other = row.cells
    if not _sound(row):
        return None
    gap = (one.value or 0.0) - (other.value or 0.0)
    shown = wording.number(abs(gap), row.measure, say)
    pen = Pen(say)
    if shown == wording.number(0.0, row.measure, say):
        return pen.done(N_("level"))
    high = one if gap > 0 else other
    amount = pen.keep(shown, row.measure, row.year, high.adcode, "difference")
    return pen.done(
        N_("{name} higher by {amount} {unit}"),
        name=name(high.adcode, say),
        amount=amount,
        unit=wording.difference_unit(row.measure, say),
    )


def _sound(row: Row) -> bool:
    """Whether both provinces have a figure that may be compared."""
    return all(c.value is not None and c.status is not Status.DOUBTFUL for c in row.cells)


def _lead(row: Row) -> float:
    """Percentile points by which the first stands above the second."""
    one, other = row.cells
    return (one.percentile or 0.0) - (other.percentile or 0.0)


def _standing(row: Row, cell: Cell) -> Standing:
    return Standing(row.measure, row.year, cell)


def _published(row: Row, say: Texts) -> Sentence:
    pen = Pen(say)
    placed = [cell for cell in row.cells if cell.status is Status.RANK]
    others = [cell for cell in row.cells if cell.status is not Status.RANK]
    named = [
        say(N_("{name} {place}"), name=name(c.adcode, say), place=pen.place(_standing(row, c)))
        for c in placed
    ]
    return pen.done(
        N_("In the report’s comprehensive ranking of {year}: {list}."),
        year=row.year,
        list=say.listing([*named, *(_instead(cell, say) for cell in others)]),
    )


def _instead(cell: Cell, say: Texts) -> str:
    return say(INSTEAD[cell.status], name=name(cell.adcode, say))


def _ours(row: Row, say: Texts) -> Sentence | None:
    if not _sound(row):
        return None
    pen = Pen(say)

    def named(cell: Cell) -> str:
        ends = [
            pen.keep(place, row.measure, row.year, cell.adcode, part)
            for place, part in ((cell.low, "low"), (cell.high, "high"))
        ]
        return say(
            N_("{name} {place} ({low} to {high} over method choices)"),
            name=name(cell.adcode, say),
            place=pen.place(_standing(row, cell)),
            low=ends[0],
            high=ends[1],
        )

    return pen.done(
        N_("In the open index of this atlas, which is no ranking of the report, {year}: {list}."),
        year=row.year,
        list=say.listing([named(cell) for cell in row.cells]),
    )


def _count(rows: Sequence[Row], say: Texts) -> Sentence:
    pen = Pen(say)
    sound = [row for row in rows if _sound(row)]
    leads = [_lead(row) for row in sound]
    one, other = (cell.adcode for cell in rows[0].cells)
    level = sum(lead == 0 for lead in leads)
    anchor = measures()["index_comprehensive"]

    def count(number: int, adcode: str) -> str:
        return pen.keep(number, anchor, rows[0].year, adcode, "count")

    message = (
        N_(
            "Of the {count} indicators under the six dimensions in which both have a sound figure,"
            " {one} ranks higher in {ahead}, {other} in {behind}, and {level} are level."
        )
        if level
        else N_(
            "Of the {count} indicators under the six dimensions in which both have a sound figure,"
            " {one} ranks higher in {ahead} and {other} in {behind}."
        )
    )
    return pen.done(
        message,
        count=count(len(sound), ""),
        one=name(one, say),
        ahead=count(sum(lead > 0 for lead in leads), one),
        other=name(other, say),
        behind=count(sum(lead < 0 for lead in leads), other),
        **({"level": count(level, "")} if level else {}),
    )


def _leads(rows: Sequence[Row], own: str, other: str, say: Texts) -> Sentence | None:
    """Where one of the two stands above the other by most percentile points."""
    pen = Pen(say)
    sign = 1 if rows[0].cells[0].adcode == own else -1
    ahead = [row for row in rows if _sound(row) and sign * _lead(row) > 0]
    ahead.sort(key=lambda row: (-sign * _lead(row), row.measure.id))
    if not ahead:
        return None
    named = []
    more = count_level_beyond([sign * _lead(row) for row in ahead], NAMED)
    for row in ahead[:NAMED]:
        high, low = row.cells[::sign]
        named.append(
            say(
                N_("“{measure}” ({year}: {high} against {low})"),
                measure=wording.measure_name(row.measure, say),
                year=row.year,
                high=pen.place(_standing(row, high)),
                low=pen.place(_standing(row, low)),
            )
        )
    tail = ""
    if more:
        last = ahead[NAMED - 1]
        tail = say(
            N_(", and {count} more by the same distance")
            if more > 1
            else N_(", and one more by the same distance"),
            count=pen.keep(more, last.measure, last.year, own, "level"),
        )
    return pen.done(
        N_("{one} is furthest ahead of {other} in {list}{more}."),
        one=name(own, say),
        other=name(other, say),
        list=say.listing(named),
        more=tail,
    )


def _left_out(rows: Sequence[Row], say: Texts) -> Sentence | None:
    """Which figures were left out because they look wrong."""
    named = [
        say(
            N_("“{measure}” ({name}, {year})"),
            measure=wording.measure_name(row.measure, say),
            name=name(adcode, say),
            year=row.year,
        )
        for row in rows
        for adcode in row.doubtful
    ]
    if not named:
        return None
    return Pen(say).done(N_("Left out as doubtful: {list}."), list=say.listing(named))
