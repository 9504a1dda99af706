"""The margin of a row: the ranks of the compared provinces, each with its mark."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from geo import marks, wording
from geo.cells import Cell, Status
from geo.compare.gaps import ComparedRow
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import Translator


def rank_margin(row: ComparedRow, marked: Mapping[str, Marker], t: Translator) -> Markup:
    """The ranks of the chosen with their marks; those without one under what they have instead."""
    ranked = [c for c in row.cells if c.rank and c.status is not Status.RANK_AMONG_TEN]
    chips = [_rank_chip(cell, marked, t) for cell in ranked]
    rest = [cell for cell in row.cells if cell not in ranked]
    for word in dict.fromkeys(wording.format_place(cell, t) for cell in rest):
        theirs = [cell for cell in rest if wording.format_place(cell, t) == word]
        drawn = Markup(" ").join(_marker_image(cell, marked, t) for cell in theirs)
        chips.append(
            Markup('<span class="instead">{} <small>{}</small></span>').format(drawn, word)
        )
    return Markup("").join(chips)


def _rank_chip(cell: Cell, marked: Mapping[str, Marker], t: Translator) -> Markup:
    doubt = Markup(' <em title="{}">?</em>').format(wording.describe_doubt(cell, t))
    interval = wording.format_interval(cell, t)
    return Markup('<span class="chip">{} {}{}{}</span>').format(
        _marker_image(cell, marked, t),
        cell.rank,
        doubt if cell.is_doubtful else "",
        Markup(" <small>({})</small>").format(interval) if interval else "",
    )


def _marker_image(cell: Cell, marked: Mapping[str, Marker], t: Translator) -> Markup:
    name = provinces()[cell.adcode].name_in(t.lang)
    return Markup('<img src="{}" alt="{}" title="{}">').format(
        marks.image_address(marks.marker_key(marked[cell.adcode])), name, name
    )
