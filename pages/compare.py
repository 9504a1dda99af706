"""Comparison page: provinces or two measures side by side."""

from __future__ import annotations

import streamlit as st

from geo.analysis import PageState, carried_provinces, compare_page_state
from geo.limits import MAX_CHOSEN
from geo.measures import Measure
from geo.metrics import time_rerun
from geo.text import N_
from pages.parts.about import uploaded_mark
from pages.parts.compare.bivariate import draw_bivariate_map
from pages.parts.compare.choices import draw_groups
from pages.parts.compare.provinces import draw_provinces_pane
from pages.parts.compare.scatter import draw_scatter_pane
from pages.parts.compare.time_series import draw_years_pane
from pages.parts.compare.two_maps import draw_two_maps
from pages.parts.page_frame import draw_nav
from pages.parts.state import current_page, show_notes
from pages.parts.widgets import (
    draw_province_multiselect,
    draw_segmented_control,
    write_compared_provinces,
)

PANE_NAMES = {
    "provinces": N_("Provinces compared"),
    "years": N_("Over time"),
    "maps": N_("Two maps"),
    "scatter": N_("Scatter"),
    "both": N_("Bivariate map"),
}
PANES = {
    "provinces": draw_provinces_pane,
    "years": draw_years_pane,
    "maps": draw_two_maps,
    "scatter": draw_scatter_pane,
    "both": draw_bivariate_map,
}


@st.fragment
@time_rerun("compare", "fragment")
def draw_page() -> None:
    """Draw the page below the header."""
    view, t, notes = current_page()
    view = compare_page_state(view)
    draw_nav("compare", view, t)
    show_notes(notes, t)
    chosen = carried_provinces(view)
    with st.container(key="compare_choices", horizontal=True, vertical_alignment="bottom"):
        draw_segmented_control("view", t(N_("Comparison")), PANE_NAMES, view.pane, t, hidden=True)
        label = t(N_("Provinces to compare, 2 to {count}"), count=MAX_CHOSEN)
        draw_province_multiselect(label, chosen, "", t, write_compared_provinces)
        draw_groups(view, chosen, t)
    mark = uploaded_mark(_measures_shown(view), t)
    if mark:
        st.html(mark)
    PANES[view.pane](view, chosen, t)


def _measures_shown(view: PageState) -> tuple[Measure, ...]:
    """The measures that a pane shows; rows of all measures have marks of their own."""
    if view.pane == "provinces":
        return ()
    first, second = view.shown_measure, view.second_measure
    return (first,) if view.pane == "years" else (first, second)


draw_page()
