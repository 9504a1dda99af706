"""The map on a page: the constant base, restyled in place."""

from __future__ import annotations

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
HEIGHT_PX = 560  # until the frame has measured the screen and set its own


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """Draw the view; a click or a key in the map writes the province into the address."""
    with st.container(key="map", gap=None):
        # The frame says nothing when a file of its own does not load; the style shows this
        # sentence after some seconds, unless the map has told the page that it is there.
        st.html(Markup('<p class="map-missing">{}</p>').format(say(MISSING)))
        st_folium(
            webmap.AtlasMap(),
            # Two maps with scripts alike would share a component without a key of their own.
            key=KEY,
            height=HEIGHT_PX,
            use_container_width=True,
            returned_objects=[],
            feature_group_to_add=webmap.Paint(webmap.state(drawn, measure, view.province, say)),
            on_change=_chosen,
        )


def _chosen() -> None:
    answer = st.session_state.get(KEY) or {}
    if "province" in answer:
        state.write(province=answer["province"])
