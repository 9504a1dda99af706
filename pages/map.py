"""Map page: the map, its legend, the ranking and the panel of the chosen province."""

from __future__ import annotations

import streamlit as st

from geo.analysis import Display, PageState
from geo.text import InputError
from pages.parts.about import draw_year_note, map_title
from pages.parts.controls import draw_controls
from pages.parts.figure_links import map_figure_line
from pages.parts.map_view import MapParts, build_map_parts, draw_legend, draw_map, draw_ranking
from pages.parts.page_frame import draw_nav
from pages.parts.panel import draw_panel
from pages.parts.state import current_page, show_notes


@st.fragment
def draw_page() -> None:
    """Draw the page below the header; a choice on this page reruns only this function."""
    view, t, notes = current_page()
    try:
        parts = _build_parts(view, view.display)
    except InputError as why_not:
        notes = [*notes, why_not]
        parts = _build_parts(view, Display())
    draw_nav("map", view, t)
    show_notes(notes, t)
    draw_controls(view, parts.shown, t)
    draw_year_note(view, t)
    # A CSS grid instead of Streamlit's columns: every Streamlit block costs the browser time on
    # each change, and the grid also arranges the parts on narrow screens.
    with st.container(key="sheet"):
        draw_map(parts, map_title(parts.shown, t), t)
        draw_legend(parts, map_figure_line(view, t))
        draw_ranking(parts)
        draw_panel(view, parts.shown, t)


def _build_parts(view: PageState, display: Display) -> MapParts:
    return build_map_parts(
        view.shown_measure,
        view.year,
        display,
        view.layout,
        view.province,
        view.method,
        view.classes,
        view.custom_breaks,
        view.marked_ranks,
        view.lang,
    )


draw_page()
