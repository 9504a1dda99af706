"""Province page: how a province stands and why, as a drill-down."""

from __future__ import annotations

import streamlit as st

from geo.analysis import DEFAULT_PROVINCE, latest_profile_year
from geo.maps import assign_markers
from geo.metrics import time_rerun
from geo.units import provinces
from pages.parts.comparisons import draw_peer_comparison, draw_strengths
from pages.parts.figure_links import profile_figure_line
from pages.parts.measure_rows import draw_measure_rows, draw_uploaded_rows
from pages.parts.page_frame import draw_nav
from pages.parts.province_head import (
    draw_mentions,
    draw_neighbour_links,
    draw_province_head,
    draw_text,
)
from pages.parts.state import current_page, show_notes
from pages.parts.widgets import draw_marked_provinces, draw_page_year_slider, draw_province_select


@st.fragment
@time_rerun("province", "fragment")
def draw_page() -> None:
    """Draw the page below the header."""
    view, t, notes = current_page()
    view = view.open_on(latest_profile_year())
    adcode = view.province or DEFAULT_PROVINCE
    draw_nav("province", view, t)
    show_notes(notes, t)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        draw_province_select(adcode, t)
        draw_page_year_slider(view, t)
        draw_marked_provinces(view, adcode, t)
    draw_province_head(adcode, view, t)
    draw_neighbour_links(adcode, view, t)
    st.html(profile_figure_line(adcode, view, t))
    if not provinces()[adcode].evaluated:
        draw_text(adcode, view, t)
        draw_uploaded_rows(adcode, view, assign_markers(adcode, view.chosen_provinces), t)
        draw_mentions(adcode, t)
        return
    draw_strengths(adcode, view, t)
    draw_text(adcode, view, t)
    draw_measure_rows(adcode, view, assign_markers(adcode, view.chosen_provinces), t)
    draw_peer_comparison(adcode, view, t)
    draw_mentions(adcode, t)


draw_page()
