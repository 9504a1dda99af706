"""How do these provinces, or these two measures, differ side by side?"""

from __future__ import annotations

import streamlit as st

from geo.compare.chosen import compared_provinces
from geo.measures import all_measures
from geo.text import N_
from geo.view import MAX_CHOSEN, PageState
from pages.parts import about, choosers, looks, nav, state
from pages.parts.compare import both, groups, maps, provinces, scatter, years

PANE_NAMES = {
    "provinces": N_("Side by side"),
    "maps": N_("Two maps"),
    "scatter": N_("Scatter"),
    "both": N_("Both on one map"),
    "years": N_("Over time"),
}
PANES = {
    "provinces": provinces.draw_provinces_pane,
    "maps": maps.draw_two_maps,
    "scatter": scatter.draw_scatter_pane,
    "both": both.draw_bivariate_map,
    "years": years.draw_years_pane,
}


@st.fragment
def draw_page() -> None:
    """All below the header."""
    view, t, notes = state.current_page()
    looks.load_styles("rows", "compare")
    nav.draw_nav(t)
    state.show_notes(notes, t)
    chosen = compared_provinces(view)
    with st.container(key="compare_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_segmented_control(
            "view", t(N_("What to compare")), PANE_NAMES, view.pane, t, hidden=True
        )
        label = t(N_("Provinces to compare, 2 to {count}"), count=MAX_CHOSEN)
        choosers.draw_province_multiselect(label, chosen, "", t)
        groups.draw_groups(view, chosen, t)
    mark = about.uploaded_mark(map(all_measures().__getitem__, _measures_shown(view)), t)
    if mark:
        st.html(mark)
    PANES[view.pane](view, chosen, t)


def _measures_shown(view: PageState) -> tuple[str, ...]:
    """The measures that a pane is about; the rows of all measures have marks of their own."""
    if view.pane == "provinces":
        return ()
    return (view.measure,) if view.pane == "years" else (view.measure, view.measure2)


draw_page()
