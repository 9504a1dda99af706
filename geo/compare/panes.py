"""The panes of a comparison of two maps, and what they say."""

from __future__ import annotations

from geo import webmap, wording
from geo.cells import Cell
from geo.compare.pair import Pair, Side
from geo.compare.third import Third
from geo.text import N_, Texts


def panes(pair: Pair, third: Third | None, say: Texts) -> list[webmap.Pane]:
    """Both maps with their titles, and the third if there is one."""
    found = [
        webmap.pane(side.drawn, side.measure, say, title(side, letter, say))
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    if third:
        heading = third_title(pair, third, say)
        found.append(webmap.Pane(third.drawn, heading, lambda cell: lines(pair, third, cell, say)))
    return found


def title(side: Side, letter: str, say: Texts) -> str:
    """The title of one map: its letter, what it shows with its unit, and the year."""
    return say(
        N_("{letter} · {measure}, {year}"),
        letter=letter,
        measure=wording.titled(side.measure, say),
        year=side.year,
    )


def third_title(pair: Pair, third: Third, say: Texts) -> str:
    """The title of the third map."""
    if third.basis == "moved":
        return say(N_("Change in rank from A to B"))
    unit = wording.difference_unit(pair.first.measure, say)
    return say(
        N_("Change from {early} to {late} ({unit})"), early=third.early, late=third.late, unit=unit
    )


def lines(pair: Pair, third: Third, cell: Cell, say: Texts) -> list[str]:
    """What a tooltip of the third map says of a cell below the name of the unit."""
    status = wording.status(cell, say)
    if cell.value is None:
        return [status]
    remarks = [wording.remark(text, say) for text in cell.remarks]
    if third.basis == "moved":
        return [wording.places(cell.value, say), *remarks]
    shown = wording.signed(cell.value, pair.first.measure, say)
    change = say(
        N_("{value} from {early} to {late}"), value=shown, early=third.early, late=third.late
    )
    return [change, *([status] if wording.is_doubtful(cell) else []), *remarks]
