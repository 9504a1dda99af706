"""Your work: the workspaces of the reader, their versions, saved views and links."""

from __future__ import annotations

import streamlit as st

from geo.metrics import time_rerun
from pages.parts.page_frame import draw_nav
from pages.parts.state import current_page, show_notes
from pages.parts.work import draw_work


@st.fragment
@time_rerun("work", "fragment")
def draw_page() -> None:
    """Draw the page below the header: the workspaces at the left, the open one at the right."""
    view, t, notes = current_page()
    draw_nav("work", view, t)
    show_notes(notes, t)
    draw_work(view, t)


draw_page()
