"""The legend under the map, with the sources of what it shows."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.legend import legend_classes, legend_keys, map_legend
from geo.text import Translator
from geo.view import PageState
from pages.parts import about

EMPTY: Final = Markup()
__all__ = ["draw_legend", "legend_classes", "legend_keys"]


def draw_legend(
    view: PageState,
    measure: Measure,
    choropleth: Choropleth,
    t: Translator,
    below: Markup = EMPTY,
) -> None:
    """The legend of what the map shows, how its classes came about, the sources, what is below."""
    markup = map_legend(measure, choropleth, t, view.province)
    with st.container(key="legend"):
        st.html(markup + about.sources_block(measure, view.year, t) + below)
