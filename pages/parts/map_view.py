"""The map on a page, with its legend and ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from geo.analysis import (
    VALUE_MODES,
    YEAR_VIEWS,
    Display,
    MeasureMap,
    PageState,
    build_measure_map,
    cache_published,
    difference_note,
    map_time,
    measure_pane,
    value_texts,
)
from geo.captions import map_legend, map_ranking, measure_map_heading, quiet_note
from geo.limits import MAP_CACHE_SIZE
from geo.maps import (
    LAYOUTS,
    TILE_LAYOUT,
    TIME_BAR_PX,
    AtlasMap,
    MapStyleLayer,
    map_state,
)
from geo.measures import Measure, PublishedRanks
from geo.text import N_, InputError, Period, Translator, translator
from pages.parts.about import sources_block_of
from pages.parts.state import write_params

KEY = "atlas_map"
CIRCLES_KEY: Final = "_circles"  # of a frame with the script of circles
MISSING = N_(
    "The map could not be loaded. The ranking holds the same values; reload the page to try again."
)
HEIGHT_PX = 560
LEAST_PX = 440  # height of the map on a low screen: names have room, and the legend is in view
EMPTY: Final = Markup()


@dataclass(frozen=True)
class MapParts:
    """What a map, its legend and its ranking show, before they are drawn.

    state: what the script of the map paints, see ``geo.maps.map_state``. layout: boundaries or
    tiles.
    """

    shown: MeasureMap
    state: Mapping[str, object]
    legend: Markup
    ranking: Markup
    layout: str


@cache_published(maxsize=MAP_CACHE_SIZE)
def build_map_parts(
    measure: Measure,
    year: int,
    display: Display,
    layout: str,
    province: str,
    method: str,
    classes: int,
    custom_breaks: tuple[float, ...],
    ranks: PublishedRanks | None,
    lang: str,
) -> MapParts:
    """Return what the map of a measure shows; readers who look at the same map share it.

    Raises InputError as ``build_measure_map`` does.
    """
    shown = build_measure_map(measure, year, display, method, classes, custom_breaks, ranks)
    return map_parts_of(shown, province, translator(lang), layout)


def build_view_parts(view: PageState) -> tuple[MapParts, list[InputError]]:
    """Return what the map of a page's state shows, and why it is not what the address asks for.

    A change that cannot be displayed, as over a break in the series, gives the values.
    """
    try:
        return _parts_of_view(view, view.display), []
    except InputError as why_not:
        return _parts_of_view(view, Display()), [why_not]


def _parts_of_view(view: PageState, display: Display) -> MapParts:
    return build_map_parts(
        view.shown_measure,
        view.year,
        display,
        view.layout,
        view.province,
        view.method,
        view.classes,
        view.custom_breaks,
        view.marked_ranks,
        view.lang,
    )


def map_parts_of(
    shown: MeasureMap, province: str, t: Translator, layout: str = LAYOUTS[0]
) -> MapParts:
    """Return what a map shows; province: the selected one."""
    measure, choropleth, is_grid = shown.measure, shown.choropleth, layout == TILE_LAYOUT
    heading = measure_map_heading(shown, t)
    label = t(N_("Map of China’s provinces: {heading}"), heading=heading)
    legend = map_legend(measure, choropleth, t, province, shown.difference)
    note = difference_note(shown.difference, t) if shown.difference else ""
    return MapParts(
        shown,
        map_state([measure_pane(shown, t, is_grid)], label, t, province),
        legend
        + (quiet_note(note) if note else EMPTY)
        + sources_block_of(shown.results, t, is_grid),
        map_ranking(measure, choropleth, t, province),
        layout,
    )


def draw_map(
    parts: MapParts, heading: Markup, t: Translator, view: PageState | None = None
) -> None:
    """Draw the map; a choice in it writes the province, or the year, into the address.

    view: of a page whose map has a time bar.
    """
    bar_px = TIME_BAR_PX if view else 0
    circles = parts.shown.choropleth.circles is not None
    base = AtlasMap(least_px=LEAST_PX, layout=parts.layout, bar_px=bar_px, circles=circles)
    state = {**parts.state, **(time_state(parts.shown, view, t) if view else {})}
    key = f"{KEY}_{parts.layout}{CIRCLES_KEY if circles else ''}"
    draw_map_frame(base, state, key, HEIGHT_PX, t, partial(_on_map_choice, key), heading)


def time_state(shown: MeasureMap, view: PageState, t: Translator) -> dict[str, object]:
    """Return what a map shows besides one year: its time bar, and values below the names."""
    view_all = view.year_view != YEAR_VIEWS[0]
    state: dict[str, object] = {
        "time": map_time(shown, view_all, view.method, view.classes, view.custom_breaks, t)
    }
    if view.value_labels != VALUE_MODES[0]:
        state["values"] = value_texts(shown, t)
    return state


def draw_map_frame(
    base: AtlasMap,
    state: Mapping[str, object],
    key: str,
    height_px: int,
    t: Translator,
    on_change: Callable[[], None],
    heading: Markup = EMPTY,
    holder: str = "map",
) -> None:
    """Draw a base map with the state that its script paints on it.

    Each frame needs its own key, or two frames with equal scripts would share a component.
    height_px is the height until the frame has measured the screen. heading: drawn above the map.
    holder: the key of the container; a second frame on a page needs another one.
    """
    with st.container(key=holder, gap=None):
        # A frame whose files fail to load reports nothing. The style shows this sentence after
        # some seconds, unless the map has reported to the page.
        st.html(heading + Markup('<p class="map-missing">{}</p>').format(t(MISSING)))
        st_folium(
            base,
            key=key,
            height=height_px,
            use_container_width=True,
            returned_objects=[],
            render=False,  # the base map adds nothing to the document around it
            feature_group_to_add=MapStyleLayer(state),
            on_change=on_change,
        )


def clicked_province(key: str) -> str | None:
    """Return the adcode that a frame sends; empty if a selection is cleared."""
    answer = st.session_state.get(key) or {}
    return answer.get("province")


def _on_map_choice(key: str) -> None:
    """Write what was chosen in the map into the address: a province, a year, all years."""
    answer = st.session_state.get(key) or {}
    chosen = {name: answer[name] for name in ("province", "year", "years") if name in answer}
    if chosen.get("year"):
        chosen["year"] = Period(chosen["year"])
    write_params(**chosen)


def draw_legend(parts: MapParts, below: Markup) -> None:
    """Draw the legend, the class method, the sources, and `below`."""
    st.html(parts.legend + below)


def draw_ranking(parts: MapParts) -> None:
    """Draw the ranking of the snapshot that the map shows."""
    st.html(parts.ranking)
