"""Two maps side by side, the map of their difference, their legends and table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    CLASS_MODES,
    DIFFERENCE_MODES,
    DifferenceMap,
    MapPair,
    MapSide,
    PageState,
    build_difference_map,
    build_map_pair,
    difference_note,
    difference_tooltip,
    pair_panes,
)
from geo.captions import (
    Legend,
    build_pair_legends,
    legend_circles,
    legend_classes,
    legend_keys,
    legend_sides,
)
from geo.maps import (
    TILE_LAYOUT,
    AtlasMap,
    Marker,
    assign_markers,
    image_address,
    map_state,
    marker_key,
)
from geo.measures import describe_doubt, format_cell, format_rank
from geo.pictures import TWO_MAPS_KIND
from geo.text import N_, InputError, Translator, render_template
from geo.units import provinces
from pages.parts.about import sources_block_of
from pages.parts.compare.choices import draw_measure_pair, toggle_on_click
from pages.parts.figure_links import figure_line
from pages.parts.map_view import CIRCLES_KEY, draw_map_frame
from pages.parts.state import format_error
from pages.parts.widgets import LAYOUT_NAMES, draw_segmented_control

TEMPLATES: Final = Path(__file__).parent / "templates"
KEY = "atlas_pair"
HEIGHT_PX = 420
REST_PX = 470  # height of everything around the maps on this page
CLASSES = {"shared": N_("Same classes"), "own": N_("Separate classes")}
THIRD = {"shown": N_("With a map of the difference"), "hidden": N_("Two maps only")}


def draw_pair_legends(
    pair: MapPair,
    third: DifferenceMap | None,
    why_not: str,
    t: Translator,
    below: Markup,
    is_grid: bool = False,
) -> None:
    """Draw the legends of both maps, of the third or why there is none, and `below`.

    is_grid: whether the maps are tile grids.
    """
    legends = build_pair_legends(pair, third, t)
    results = [(side.measure, side.year) for side in (pair.first, pair.second)]
    st.html(
        render_template(
            TEMPLATES,
            "pair_legends",
            label=t(N_("Legend")),
            legends=[_pane_legend(legend) for legend in legends if not legend.sides],
            basis_note=t(pair.basis_note),
            shared=bool(pair.basis),
            third=_pane_legend(legends[-1]) if third else None,
            third_note=difference_note(third, t) if third else why_not,
            sources=sources_block_of(results, t, is_grid),
            below=below,
        )
    )


def _pane_legend(legend: Legend) -> dict[str, object]:
    """Return the legend of some panes."""
    return {
        "panes": ",".join(map(str, legend.maps)),
        "letter": legend.letter,
        "sides": legend_sides(legend),
        "classes": legend_circles(legend) + legend_classes(legend),
        "status_keys": legend_keys(legend),
    }


def draw_two_maps(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the options, the maps, the legends, and the values of the compared provinces."""
    draw_measure_pair(view, t)
    with st.container(key="pair_choices", horizontal=True, vertical_alignment="center"):
        draw_segmented_control("classed", t(N_("Classes")), CLASSES, view.classed, t, hidden=True)
        draw_segmented_control("third", t(N_("Third map")), THIRD, view.third, t, hidden=True)
        draw_segmented_control("layout", t(N_("Layout")), LAYOUT_NAMES, view.layout, t, hidden=True)
    both = build_map_pair(
        view.shown_measure,
        view.year,
        view.second_measure,
        view.year2,
        view.classed == CLASS_MODES[0],
    )
    difference, why_not = (
        _difference_or_reason(both, t) if view.third == DIFFERENCE_MODES[0] else (None, "")
    )
    is_grid = view.layout == TILE_LAYOUT
    panes = pair_panes(both, difference, t, is_grid)
    label = t(
        N_("Two maps of China’s provinces side by side: {titles}"),
        titles=t.join_names([pane.title for pane in panes]),
    )
    marked = assign_markers("", chosen)
    circles = any(pane.choropleth.circles for pane in panes)
    key = f"{KEY}_{view.layout}_{len(panes)}{CIRCLES_KEY if circles else ''}"
    draw_map_frame(
        AtlasMap(len(panes), REST_PX, layout=view.layout, circles=circles),
        map_state(panes, label, t, chosen=marked),
        key,
        HEIGHT_PX,
        t,
        toggle_on_click(key),
    )
    files = figure_line(
        TWO_MAPS_KIND, view, t, measure=view.measure, year=view.year, measure2=view.measure2,
        year2=view.year2, classed=view.classed, third=view.third,
        layout=view.layout if is_grid else "",
    )  # fmt: skip
    draw_pair_legends(both, difference, why_not, t, files, is_grid)
    _draw_compared_table(both, difference, marked, t)


def _difference_or_reason(both: MapPair, t: Translator) -> tuple[DifferenceMap | None, str]:
    """Return the third map, or the reason why there is none."""
    try:
        return build_difference_map(both), ""
    except InputError as error:
        return None, format_error(t, error)


def _draw_compared_table(
    both: MapPair, difference: DifferenceMap | None, marked: Mapping[str, Marker], t: Translator
) -> None:
    """Draw the values of the compared provinces, as in the tooltips."""
    heads = [t(N_("Province")), "A", "B"]
    if difference:
        heads.append(t(N_("Third map")))
    rows = [_compared_row(both, difference, a, mark, t) for a, mark in marked.items()]
    sides = (both.first, both.second)
    with st.container(key="pair"):
        st.html(
            render_template(
                TEMPLATES,
                "compared_table",
                shows="+".join(f"{side.measure.id}/{side.year}" for side in sides),
                heads=heads,
                rows=rows,
            )
        )


def _compared_row(
    both: MapPair, difference: DifferenceMap | None, adcode: str, mark: Marker, t: Translator
) -> dict[str, object]:
    cells = [_compared_cell(side, adcode, t) for side in (both.first, both.second)]
    if difference:
        cell = difference.choropleth.snapshot.cells[adcode]
        cells.append(" · ".join(difference_tooltip(both, difference, cell, t)))
    return {
        "image": image_address(marker_key(mark)),
        "name": provinces()[adcode].name_in(t.lang),
        "cells": cells,
    }


def _compared_cell(side: MapSide, adcode: str, t: Translator) -> str:
    cell = side.snapshot.cells[adcode]
    text = format_cell(cell, side.measure, t)
    place = format_rank(cell, t) if cell.value is not None else ""
    doubt = describe_doubt(cell, t) if cell.is_doubtful else ""
    return " · ".join(part for part in (text, place, doubt) if part)
