"""Where is it high and where low? The map, its legend, the ranking and the chosen province."""

from __future__ import annotations

import streamlit as st

from geo.choropleth import choropleth
from geo.measures import measures, snapshot
from pages.parts import about, controls, legend, nav, panel, pictures, ranking, state, webmap


@st.fragment
def page() -> None:
    """All below the header: a choice on this page sends and draws no more than this anew."""
    view, say, notes = state.current()
    measure = measures()[view.measure]
    drawn = choropleth(snapshot(view.measure, view.year), view.method, view.classes, view.own)
    nav.draw(say)
    state.show(notes, say)
    controls.draw(view, measure, drawn, say)
    about.other_year(view, say)
    # One grid of the style sheet instead of columns: every block of Streamlit costs the browser
    # time on each change, and the grid places the parts on narrow screens too.
    with st.container(key="sheet"):
        about.heading(view, measure, drawn, say)
        webmap.draw(view, measure, drawn, say)
        legend.draw(view, measure, drawn, say, pictures.of_map(view, say))
        ranking.draw(view, measure, drawn, say)
        panel.draw(view, measure, drawn, say)


page()
