"""Both measures on one map, with the square legend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from geo.analysis import (
    THIRD_COUNT,
    Bivariate,
    MapPair,
    PageState,
    build_bivariate,
    build_map_pair,
    side_title_with_letter,
)
from geo.captions import legend_keys, quiet_note
from geo.maps import (
    AtlasMap,
    MapClass,
    WebPane,
    assign_markers,
    build_tooltip,
    class_label,
    contrasting_ink,
    map_state,
)
from geo.measures import Cell
from geo.text import N_, Translator, render_template
from pages.parts.about import sources_block_of
from pages.parts.compare.choices import draw_measure_pair, toggle_on_click
from pages.parts.map_view import draw_map_frame

TEMPLATES: Final = Path(__file__).parent / "templates"
KEY = "atlas_both"
HEIGHT_PX = 520
REST_PX = 330
NOTE = N_(
    "Each measure is cut into three classes of about as many provinces; published places fall into"
    " the tiers of the report. The counts are provinces."
)


def draw_bivariate_map(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the options, then the map with its square legend."""
    draw_measure_pair(view, t)
    both = build_map_pair(
        view.shown_measure, view.year, view.second_measure, view.year2, shared=False
    )
    bivariate = build_bivariate(both.first, both.second)
    titles = [
        side_title_with_letter(both.first, "A", t),
        side_title_with_letter(both.second, "B", t),
    ]
    label = t(N_("Map of China’s provinces by two measures: {titles}"), titles=t.join_names(titles))
    pane = WebPane(bivariate.drawn, "", lambda cell: _tooltip_lines(both, cell, t))
    with st.container(key="both_sheet"):
        draw_map_frame(
            AtlasMap(rest_px=REST_PX),
            map_state([pane], label, t, chosen=assign_markers("", chosen)),
            KEY,
            HEIGHT_PX,
            t,
            toggle_on_click(KEY),
        )
        _draw_square_legend(both, bivariate, titles, t)


def _tooltip_lines(both: MapPair, cell: Cell, t: Translator) -> list[str]:
    """Return both values with their ranks."""
    texts = []
    for side, letter in ((both.first, "A"), (both.second, "B")):
        entry = side.snapshot.cells[cell.adcode]
        lines = build_tooltip(side.drawn, entry, side.measure, t)
        texts.append(f"{letter} · {lines[0]}")
        texts += lines[1:2] if entry.value is not None else []
    return texts


def _draw_square_legend(
    both: MapPair, bivariate: Bivariate, titles: list[str], t: Translator
) -> None:
    places = range(THIRD_COUNT)
    first_bounds, second_bounds = (
        [_third_bounds(thirds, place, t) for place in places]
        for thirds in (bivariate.first_thirds, bivariate.second_thirds)
    )
    rows = [
        (
            [
                _square_field(bivariate, first, second, first_bounds, second_bounds, t)
                for first in places
            ],
            second_bounds[second],
        )
        for second in reversed(places)
    ]
    st.html(
        render_template(
            TEMPLATES,
            "square_legend",
            label=t(N_("Legend")),
            across=titles[0],
            up=titles[1],
            top=(t(N_("A low, B high")), t(N_("both high"))),
            foot=(t(N_("both low")), t(N_("A high, B low"))),
            rows=rows,
            feet=first_bounds,
            keys=legend_keys([bivariate.drawn], t),
            note=quiet_note(t(NOTE)),
            sources=sources_block_of(
                [(side.measure, side.year) for side in (both.first, both.second)], t
            ),
        )
    )


def _square_field(
    bivariate: Bivariate,
    first: int,
    second: int,
    first_bounds: Sequence[str],
    second_bounds: Sequence[str],
    t: Translator,
) -> dict[str, object]:
    """Return one field of the square with its provinces; the map dims the others."""
    place = THIRD_COUNT * first + second
    map_class = bivariate.drawn.classes[place]
    return {
        "place": place,
        "colour": map_class.colour,
        "ink": contrasting_ink(map_class.colour),
        "label": t(
            N_("A {first}, B {second}: {count} provinces"),
            first=first_bounds[first],
            second=second_bounds[second],
            count=map_class.count,
        ),
        "count": map_class.count,
    }


def _third_bounds(thirds: tuple[MapClass, ...], place: int, t: Translator) -> str:
    """Return the bounds of a third; empty if the values make fewer classes."""
    return class_label(thirds[place], t) if place < len(thirds) else ""
