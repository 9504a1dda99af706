"""Where is it high and where low? The map, its legend, the ranking and the chosen province."""

from __future__ import annotations

import streamlit as st

from geo.choropleth import classify_snapshot
from geo.measures import all_measures, snapshot_of
from pages.parts import about, controls, legend, nav, panel, pictures, ranking, state, webmap


@st.fragment
def draw_page() -> None:
    """All below the header: a choice on this page sends and draws no more than this anew."""
    view, t, notes = state.current_page()
    measure = all_measures()[view.measure]
    drawn = classify_snapshot(
        snapshot_of(view.measure, view.year), view.method, view.classes, view.custom_breaks
    )
    nav.draw_nav(t)
    state.show_notes(notes, t)
    controls.draw_controls(view, measure, drawn, t)
    about.draw_year_note(view, t)
    # One grid of the style sheet instead of columns: every block of Streamlit costs the browser
    # time on each change, and the grid places the parts on narrow screens too.
    with st.container(key="sheet"):
        about.draw_heading(view, measure, drawn, t)
        webmap.draw_map(view, measure, drawn, t)
        legend.draw_legend(view, measure, drawn, t, pictures.map_figure_line(view, t))
        ranking.draw_ranking(view, measure, drawn, t)
        panel.draw_panel(view, measure, drawn, t)


draw_page()
