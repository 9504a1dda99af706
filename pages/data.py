"""What are the figures, whose are they, may I take them along?"""

from __future__ import annotations

import streamlit as st

from pages.parts import looks, nav, state
from pages.parts.data import downloads, figures, listing, measure, quality, report
from pages.parts.own import section


@st.fragment
def page() -> None:
    """All below the header: the list at the left, the chosen measure at the right."""
    view, say, notes = state.current()
    looks.wear("rows", "data", "own")
    nav.draw(say)
    state.show(notes, say)
    measure.head(say)
    with st.container(key="data_sheet"):
        with st.container(key="listing"):
            listing.draw(view, say)
        with st.container(key="chosen"):
            measure.draw(view, say)
            downloads.draw(view, say)
            figures.draw(view, say)
            measure.more(view, say)
            downloads.cite(view, say)
    report.draw(view, say)
    quality.draw(say)
    section.draw(say)


page()
