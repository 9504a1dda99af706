"""Give me the picture or the slides."""

from __future__ import annotations

import streamlit as st

from pages.parts import looks, nav, state
from pages.parts.briefing import form, preview, slides
from pages.parts.briefing.asked import asked


@st.fragment
def page() -> None:
    """All below the header: what is asked for at the left, the file itself at the right."""
    view, say, notes = state.current()
    now = asked(view)
    looks.wear("briefing")
    nav.draw(say)
    state.show([*notes, *now.notes], say)
    with st.container(key="briefing_sheet"):
        with st.container(key="order"):
            form.draw(now, view, say)
        with st.container(key="result"):
            preview.draw(now, say)
            slides.draw(now, view, say)


page()
