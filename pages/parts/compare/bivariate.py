"""Both measures on one map, with the square legend."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    MapPair,
    PageState,
    build_bivariate,
    build_map_pair,
)
from geo.captions import (
    CLASSES_NOTE,
    BivariateLegend,
    SquareField,
    build_bivariate_legend,
    legend_keys,
    quiet_note,
)
from geo.maps import (
    AtlasMap,
    WebPane,
    assign_markers,
    build_tooltip,
    contrasting_ink,
    map_state,
)
from geo.measures import Cell
from geo.pictures import BIVARIATE_KIND
from geo.text import N_, InputError, Translator, render_template
from pages.parts.about import sources_block_of
from pages.parts.compare.choices import draw_measure_pair, toggle_on_click
from pages.parts.figure_links import figure_line
from pages.parts.map_view import EMPTY, draw_map_frame
from pages.parts.state import format_error

TEMPLATES: Final = Path(__file__).parent / "templates"
KEY = "atlas_both"
HEIGHT_PX = 520
REST_PX = 330


def draw_bivariate_map(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the options, then the map with its square legend."""
    draw_measure_pair(view, t)
    files = figure_line(
        BIVARIATE_KIND, view, t, measure=view.measure, year=view.year, measure2=view.measure2,
        year2=view.year2,
    )  # fmt: skip
    draw_both_measures(view, chosen, AtlasMap(rest_px=REST_PX), files, t)


def draw_both_measures(
    view: PageState,
    chosen: tuple[str, ...],
    base: AtlasMap,
    below: Markup,
    t: Translator,
    key: str = KEY,
    heading: Markup = EMPTY,
) -> None:
    """Draw both measures on one map, with the square legend and `below`.

    key: of the frame; each base map needs its own. heading: drawn above the map.
    """
    both = build_map_pair(
        view.shown_measure, view.year, view.second_measure, view.year2, shared=False
    )
    try:
        bivariate = build_bivariate(both.first, both.second)
    except InputError as error:
        st.info(format_error(t, error))
        return
    legend = build_bivariate_legend(both, bivariate, t)
    label = t(
        N_("Map of China’s provinces by two measures: {titles}"), titles=t.join_names(legend.titles)
    )
    pane = WebPane(bivariate.choropleth, "", lambda cell: _tooltip_lines(both, cell, t))
    with st.container(key="both_sheet"):
        draw_map_frame(
            base,
            map_state([pane], label, t, chosen=assign_markers("", chosen)),
            key,
            HEIGHT_PX,
            t,
            toggle_on_click(key),
            heading,
        )
        _draw_square_legend(both, legend, below, t)


def _tooltip_lines(both: MapPair, cell: Cell, t: Translator) -> list[str]:
    """Return both values with their ranks."""
    texts = []
    for side, letter in ((both.first, "A"), (both.second, "B")):
        entry = side.snapshot.cells[cell.adcode]
        lines = build_tooltip(side.choropleth, entry, side.measure, t)
        texts.append(f"{letter} · {lines[0]}")
        texts += lines[1:2] if entry.value is not None else []
    return texts


def _draw_square_legend(
    both: MapPair, legend: BivariateLegend, files: Markup, t: Translator
) -> None:
    rows = [
        ([_square_field(column[second]) for column in legend.fields], bounds)
        for second, bounds in reversed(list(enumerate(legend.second_bounds)))
    ]
    corners = legend.corners
    st.html(
        render_template(
            TEMPLATES,
            "square_legend",
            label=t(N_("Legend")),
            across=legend.titles[0],
            up=legend.titles[1],
            top=(corners.low_high, corners.high_high),
            foot=(corners.low_low, corners.high_low),
            rows=rows,
            feet=legend.first_bounds,
            keys=legend_keys(legend.keys),
            note=quiet_note(t(CLASSES_NOTE)),
            sources=sources_block_of(
                [(side.measure, side.year) for side in (both.first, both.second)], t
            ),
        )
        + files
    )


def _square_field(field: SquareField) -> dict[str, object]:
    """Return one field of the square with its provinces; the map dims the others."""
    return {**asdict(field), "ink": contrasting_ink(field.colour)}
