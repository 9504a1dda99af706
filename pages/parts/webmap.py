"""The map on a page: the constant base, restyled in place."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from geo import webmap
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import state

KEY = "atlas_map"
MISSING = N_(
    "The map could not be loaded. The ranking holds the same figures; load the page again to try"
    " once more."
)
HEIGHT_PX = 560


def draw_map(view: PageState, measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """Draw the view; a click or a key in the map writes the province into the address."""
    pane = webmap.build_pane(choropleth, measure, t)
    label = webmap.map_label(measure, view.year, t)
    draw_map_frame(
        webmap.AtlasMap(),
        webmap.map_state([pane], label, t, view.province),
        KEY,
        HEIGHT_PX,
        t,
        _on_province_click,
    )


def draw_map_frame(
    base: webmap.AtlasMap,
    state_of: dict[str, object],
    key: str,
    height_px: int,
    t: Translator,
    on_change: Callable[[], None],
    holder: str = "map",
) -> None:
    """A base map with the state that is painted over it.

    Two frames with scripts alike would share a component without a key of their own. height_px
    holds until the frame has measured the screen and set its own. holder: the key of what
    stands around it, one of its own for a second frame on a page.
    """
    with st.container(key=holder, gap=None):
        # The frame says nothing when a file of its own does not load; the style shows this
        # sentence after some seconds, unless the map has told the page that it is there.
        st.html(Markup('<p class="map-missing">{}</p>').format(t(MISSING)))
        st_folium(
            base,
            key=key,
            height=height_px,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=webmap.MapStyleLayer(state_of),
            on_change=on_change,
        )


def clicked_province(key: str) -> str | None:
    """The adcode that a frame has sent, empty where a selection was taken back."""
    answer = st.session_state.get(key) or {}
    return answer.get("province")


def _on_province_click() -> None:
    province = clicked_province(KEY)
    if province is not None:
        state.write_params(province=province)
