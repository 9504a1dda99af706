"""How does this province stand, and why? Drill-down for one province."""

from __future__ import annotations

import streamlit as st

from geo.markers import assign_markers
from geo.provinces import provinces
from geo.view import DEFAULT_PROVINCE
from pages.parts import choosers, comparisons, looks, nav, pictures, portrait, rows, state


@st.fragment
def draw_page() -> None:
    """All below the header."""
    view, t, notes = state.current_page()
    adcode = view.province or DEFAULT_PROVINCE
    looks.load_styles("rows")
    nav.draw_nav(t)
    state.show_notes(notes, t)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_province_select(adcode, t)
        choosers.draw_page_year_slider(view, t)
        choosers.draw_marked_provinces(view, adcode, t)
    portrait.draw_province_head(adcode, view, t)
    portrait.draw_neighbour_links(adcode, view, t)
    st.html(pictures.profile_figure_line(adcode, view, t))
    if not provinces()[adcode].evaluated:
        portrait.draw_text(adcode, view, t)
        rows.draw_uploaded_rows(adcode, view, assign_markers(adcode, view.chosen_provinces), t)
        portrait.draw_mentions(adcode, t)
        return
    comparisons.draw_strengths(adcode, view, t)
    portrait.draw_text(adcode, view, t)
    rows.draw_measure_rows(adcode, view, assign_markers(adcode, view.chosen_provinces), t)
    comparisons.draw_peer_comparison(adcode, view, t)
    portrait.draw_mentions(adcode, t)


draw_page()
