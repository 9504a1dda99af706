"""Give me the picture or the slides."""

from __future__ import annotations

import streamlit as st

from pages.parts import looks, nav, state
from pages.parts.briefing import form, preview, slides
from pages.parts.briefing.asked import read_requested_figure


@st.fragment
def draw_page() -> None:
    """All below the header: what is asked for at the left, the file itself at the right."""
    view, t, notes = state.current_page()
    now = read_requested_figure(view)
    looks.load_styles("briefing")
    nav.draw_nav(t)
    state.show_notes([*notes, *now.notes], t)
    with st.container(key="briefing_sheet"):
        with st.container(key="order"):
            form.draw_form(now, view, t)
        with st.container(key="result"):
            preview.draw_preview(now, t)
            slides.draw_slides_form(now, view, t)


draw_page()
