"""The legend under the map, with the sources of what it shows."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.legend import classes, keys, legend
from geo.text import Texts
from geo.view import View
from pages.parts import about

EMPTY: Final = Markup()
__all__ = ["classes", "draw", "keys"]


def draw(
    view: View, measure: Measure, drawn: Choropleth, say: Texts, below: Markup = EMPTY
) -> None:
    """The legend of what the map shows, how its classes came about, the sources, what is below."""
    shown = legend(measure, drawn, say, view.province)
    with st.container(key="legend"):
        st.html(shown + about.sources(measure, view.year, say) + below)
