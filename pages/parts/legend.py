"""The legend under the map, with the sources of what it shows."""

from __future__ import annotations

import streamlit as st

from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.legend import classes, keys, legend
from geo.text import Texts
from geo.view import View
from pages.parts import about

__all__ = ["classes", "draw", "keys"]


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """The legend of what the map shows, how its classes came about, and the sources."""
    with st.container(key="legend"):
        st.html(legend(measure, drawn, say, view.province) + about.sources(measure, view.year, say))
