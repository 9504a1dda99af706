"""Briefing page: pictures and slides to download."""

from __future__ import annotations

import streamlit as st

from geo.metrics import time_rerun
from pages.parts.briefing.figure import draw_form, draw_preview, read_requested_figure
from pages.parts.briefing.slides import draw_slides_form
from pages.parts.page_frame import draw_nav
from pages.parts.state import current_page, show_notes


@st.fragment
@time_rerun("briefing", "fragment")
def draw_page() -> None:
    """Draw the page below the header: choices at the left, the file at the right."""
    view, t, notes = current_page()
    now = read_requested_figure(view)
    draw_nav("briefing", view, t)
    show_notes([*notes, *now.notes], t)
    with st.container(key="briefing_sheet"):
        with st.container(key="order"):
            draw_form(now, view, t)
        with st.container(key="result"):
            draw_preview(now, t)
            draw_slides_form(now, view, t)


draw_page()
