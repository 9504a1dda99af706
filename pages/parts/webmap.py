"""The map on a page: the constant base, restyled in place."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from geo import webmap
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.text import N_, Texts
from geo.view import View
from pages.parts import state

KEY = "atlas_map"
MISSING = N_(
    "The map could not be loaded. The ranking holds the same figures; load the page again to try"
    " once more."
)
HEIGHT_PX = 560


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """Draw the view; a click or a key in the map writes the province into the address."""
    own = webmap.pane(drawn, measure, say)
    label = webmap.map_label(measure, view.year, say)
    frame(
        webmap.AtlasMap(),
        webmap.state([own], label, say, view.province),
        KEY,
        HEIGHT_PX,
        say,
        _chosen,
    )


def frame(
    base: webmap.AtlasMap,
    state_of: dict[str, object],
    key: str,
    height_px: int,
    say: Texts,
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
        st.html(Markup('<p class="map-missing">{}</p>').format(say(MISSING)))
        st_folium(
            base,
            key=key,
            height=height_px,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=webmap.Paint(state_of),
            on_change=on_change,
        )


def answered(key: str) -> str | None:
    """The adcode that a frame has sent, empty where a selection was taken back."""
    answer = st.session_state.get(key) or {}
    return answer.get("province")


def _chosen() -> None:
    province = answered(KEY)
    if province is not None:
        state.write(province=province)
