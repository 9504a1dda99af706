"""What a reader sees of a fault of ours: one sentence, and never what lies behind it."""

from __future__ import annotations

import streamlit as st

from geo.text import N_
from pages.parts import state


def show_fault(error: Exception) -> bool:
    """Say in the reader's language that the page could not be drawn; the log has the reason.

    Returns that all is said, so that Streamlit adds nothing of its own.
    """
    _, t, _ = state.current_page()
    st.error(
        t(
            N_(
                "This part of the page could not be drawn. The fault is ours, and is noted. "
                "Load the page again, or go on with another page."
            )
        ),
        icon=":material/error:",
    )
    return True
