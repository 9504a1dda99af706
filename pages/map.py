"""Map page: the map, its legend, the ranking and the panel of the chosen province."""

from __future__ import annotations

import streamlit as st

from geo.metrics import time_rerun
from pages.parts.about import draw_year_note, map_title
from pages.parts.controls import draw_controls
from pages.parts.figure_links import map_figure_line
from pages.parts.glance import draw_strategy
from pages.parts.map_view import build_view_parts, draw_legend, draw_map, draw_ranking
from pages.parts.page_frame import draw_nav
from pages.parts.panel import draw_panel
from pages.parts.state import current_page, show_notes
from pages.parts.uploads.waiting import draw_waiting_tables


@st.fragment
@time_rerun("map", "fragment")
def draw_page() -> None:
    """Draw the page below the header; a choice on this page reruns only this function."""
    view, t, notes = current_page()
    parts, why_not = build_view_parts(view)
    notes += why_not
    draw_nav("map", view, t)
    show_notes(notes, t)
    draw_controls(view, parts.shown, t)
    draw_waiting_tables(t)
    draw_year_note(view, t)
    # A CSS grid instead of Streamlit's columns: every Streamlit block costs the browser time on
    # each change, and the grid also arranges the parts on narrow screens.
    with st.container(key="sheet"):
        draw_map(parts, map_title(parts.shown, t), t, view)
        draw_legend(parts, map_figure_line(view, t))
        draw_ranking(parts)
        draw_panel(view, parts.shown, t)


draw_page()
# Below the fragment: it is the same for all choices, so none sends it again.
draw_strategy(current_page()[1])
