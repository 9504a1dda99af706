"""The panes of a comparison of two maps, and what they say."""

from __future__ import annotations

from geo import webmap, wording
from geo.cells import Cell
from geo.compare.pair import MapPair, MapSide
from geo.compare.third import DifferenceMap
from geo.text import N_, Translator


def comparison_panes(
    pair: MapPair, third: DifferenceMap | None, t: Translator
) -> list[webmap.WebPane]:
    """Both maps with their titles, and the third if there is one."""
    panes = [
        webmap.build_pane(side.drawn, side.measure, t, side_title_with_letter(side, letter, t))
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    if third:
        heading = difference_title(pair, third, t)
        panes.append(
            webmap.WebPane(
                third.drawn, heading, lambda cell: difference_tooltip(pair, third, cell, t)
            )
        )
    return panes


def side_title_with_letter(side: MapSide, letter: str, t: Translator) -> str:
    """The title of one map: its letter, what it shows with its unit, and the year."""
    return t(
        N_("{letter} · {measure}, {year}"),
        letter=letter,
        measure=wording.name_with_unit(side.measure, t),
        year=side.year,
    )


def difference_title(pair: MapPair, third: DifferenceMap, t: Translator) -> str:
    """The title of the third map."""
    if third.basis == "moved":
        return t(N_("Change in rank from A to B"))
    unit = wording.difference_unit(pair.first.measure, t)
    return t(
        N_("Change from {early} to {late} ({unit})"), early=third.early, late=third.late, unit=unit
    )


def difference_tooltip(pair: MapPair, third: DifferenceMap, cell: Cell, t: Translator) -> list[str]:
    """What a tooltip of the third map says of a cell below the name of the unit."""
    if cell.value is None:
        return [wording.format_cell(cell, pair.second.measure, t)]
    remarks = [wording.localized_remark(text, t) for text in cell.remarks]
    if third.basis == "moved":
        return [wording.format_rank_change(cell.value, t), *remarks]
    difference = wording.format_difference(cell.value, pair.first.measure, t)
    change = t(
        N_("{value} from {early} to {late}"), value=difference, early=third.early, late=third.late
    )
    return [change, *([wording.status_name(cell, t)] if cell.is_doubtful else []), *remarks]
