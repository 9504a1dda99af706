"""What an address without a page shows: that there is none, and the row of pages."""

from __future__ import annotations

import streamlit as st

from geo.metrics import time_rerun
from geo.text import render_template
from pages.parts.page_frame import MISSING_SENTENCE, MISSING_TITLE, TEMPLATES, draw_nav
from pages.parts.state import current_page


@st.fragment
@time_rerun("missing", "fragment")
def draw_page() -> None:
    """Draw the page below the header."""
    view, t, _ = current_page()
    draw_nav("", view, t)
    title, sentence = t(MISSING_TITLE), t(MISSING_SENTENCE)
    st.html(render_template(TEMPLATES, "missing", title=title, sentence=sentence))


draw_page()
