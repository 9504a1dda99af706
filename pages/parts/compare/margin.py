"""The margin of a row: the ranks of the compared provinces, each with its mark."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from geo import marks, wording
from geo.cells import Cell, Status
from geo.compare.gaps import Row
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import Texts


def draw(own: Row, marked: Mapping[str, Marker], say: Texts) -> Markup:
    """The ranks of the chosen with their marks; those without one under what they have instead."""
    ranked = [c for c in own.cells if c.rank and c.status is not Status.RANK_AMONG_TEN]
    chips = [_chip(cell, marked, say) for cell in ranked]
    rest = [cell for cell in own.cells if cell not in ranked]
    for word in dict.fromkeys(wording.place(cell, say) for cell in rest):
        theirs = [cell for cell in rest if wording.place(cell, say) == word]
        drawn = Markup(" ").join(_image(cell, marked, say) for cell in theirs)
        chips.append(
            Markup('<span class="instead">{} <small>{}</small></span>').format(drawn, word)
        )
    return Markup("").join(chips)


def _chip(cell: Cell, marked: Mapping[str, Marker], say: Texts) -> Markup:
    doubt = Markup(' <em title="{}">?</em>').format(wording.doubt(cell, say))
    interval = wording.interval(cell, say)
    return Markup('<span class="chip">{} {}{}{}</span>').format(
        _image(cell, marked, say),
        cell.rank,
        doubt if wording.is_doubtful(cell) else "",
        Markup(" <small>({})</small>").format(interval) if interval else "",
    )


def _image(cell: Cell, marked: Mapping[str, Marker], say: Texts) -> Markup:
    name = provinces()[cell.adcode].name(say.lang)
    return Markup('<img src="{}" alt="{}" title="{}">').format(
        marks.address(marks.key(marked[cell.adcode])), name, name
    )
