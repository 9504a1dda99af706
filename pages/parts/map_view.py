"""The map on a page, with its legend and ranking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from geo.analysis import PageState
from geo.captions import map_legend, map_ranking
from geo.maps import AtlasMap, Choropleth, MapStyleLayer, build_pane, map_label, map_state
from geo.measures import Measure
from geo.text import N_, Translator
from pages.parts.about import sources_block
from pages.parts.state import write_params

KEY = "atlas_map"
MISSING = N_(
    "The map could not be loaded. The ranking holds the same figures; load the page again to try"
    " once more."
)
HEIGHT_PX = 560
EMPTY: Final = Markup()


def draw_map(
    heading: Markup, view: PageState, measure: Measure, choropleth: Choropleth, t: Translator
) -> None:
    """Draw the view; a click or a key in the map writes the province into the address."""
    pane = build_pane(choropleth, measure, t)
    label = map_label(measure, view.year, t)
    state = map_state([pane], label, t, view.province)
    draw_map_frame(AtlasMap(), state, KEY, HEIGHT_PX, t, _on_province_click, heading)


def draw_map_frame(
    base: AtlasMap,
    state_of: dict[str, object],
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
            feature_group_to_add=MapStyleLayer(state_of),
            on_change=on_change,
        )


def clicked_province(key: str) -> str | None:
    """Return the adcode that a frame sends; empty if a selection is cleared."""
    answer = st.session_state.get(key) or {}
    return answer.get("province")


def _on_province_click() -> None:
    province = clicked_province(KEY)
    if province is not None:
        write_params(province=province)


def draw_legend(
    view: PageState,
    measure: Measure,
    choropleth: Choropleth,
    t: Translator,
    below: Markup = EMPTY,
) -> None:
    """Draw the legend, the class method, the sources, and `below`."""
    legend = map_legend(measure, choropleth, t, view.province)
    st.html(legend + sources_block(measure, view.year, t) + below)


def draw_ranking(view: PageState, measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """Draw the ranking of the snapshot that the map shows."""
    st.html(map_ranking(measure, choropleth, t, view.province))
