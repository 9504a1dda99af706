"""The ranking beside the map.

The map's script listens to its rows: hovering one shows the province on the map, clicking it
selects the province.
"""

from __future__ import annotations

import streamlit as st

from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.ranking import map_ranking
from geo.text import Translator
from geo.view import PageState


def draw_ranking(view: PageState, measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """The ranking of the snapshot that the map shows."""
    with st.container(key="ranking"):
        st.html(map_ranking(measure, choropleth, t, view.province))
