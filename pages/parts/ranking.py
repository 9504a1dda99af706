"""The ranking beside the map.

The map's script listens to its rows: hovering one shows the province on the map, clicking it
selects the province.
"""

from __future__ import annotations

import streamlit as st

from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.ranking import ranking
from geo.text import Texts
from geo.view import View


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """The ranking of the snapshot that the map shows."""
    with st.container(key="ranking"):
        st.html(ranking(measure, drawn, say, view.province))
