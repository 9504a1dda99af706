"""How does this province stand, and why? Drill-down for one province."""

from __future__ import annotations

import streamlit as st

from geo.markers import markers
from geo.provinces import provinces
from geo.view import DEFAULT_PROVINCE
from pages.parts import choosers, comparisons, looks, nav, pictures, portrait, rows, state


@st.fragment
def page() -> None:
    """All below the header."""
    view, say, notes = state.current()
    adcode = view.province or DEFAULT_PROVINCE
    looks.wear("rows")
    nav.draw(say)
    state.show(notes, say)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        choosers.province(adcode, say)
        choosers.year(view, say)
        choosers.chosen(view, adcode, say)
    portrait.head(adcode, view, say)
    portrait.steps(adcode, view, say)
    st.html(pictures.of_profile(adcode, view, say))
    if not provinces()[adcode].evaluated:
        portrait.text(adcode, view, say)
        rows.mine(adcode, view, markers(adcode, view.chosen), say)
        portrait.report_says(adcode, say)
        return
    comparisons.own(adcode, view, say)
    portrait.text(adcode, view, say)
    rows.draw(adcode, view, markers(adcode, view.chosen), say)
    comparisons.with_peers(adcode, view, say)
    portrait.report_says(adcode, say)


page()
