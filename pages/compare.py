"""How do these provinces, or these two measures, differ side by side?"""

from __future__ import annotations

import streamlit as st

from geo.compare.chosen import compared
from geo.measures import measures
from geo.text import N_
from geo.view import MOST_CHOSEN, View
from pages.parts import about, choosers, looks, nav, state
from pages.parts.compare import both, groups, maps, provinces, scatter, years

NAMES = {
    "provinces": N_("Side by side"),
    "maps": N_("Two maps"),
    "scatter": N_("Scatter"),
    "both": N_("Both on one map"),
    "years": N_("Over time"),
}
PANES = {
    "provinces": provinces.draw,
    "maps": maps.draw,
    "scatter": scatter.draw,
    "both": both.draw,
    "years": years.draw,
}


@st.fragment
def page() -> None:
    """All below the header."""
    view, say, notes = state.current()
    looks.wear("rows", "compare")
    nav.draw(say)
    state.show(notes, say)
    chosen = compared(view)
    with st.container(key="compare_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.pick("view", say(N_("What to compare")), NAMES, view.pane, say, hidden=True)
        label = say(N_("Provinces to compare, 2 to {count}"), count=MOST_CHOSEN)
        choosers.several(label, chosen, "", say)
        groups.draw(view, chosen, say)
    mark = about.own_mark(map(measures().__getitem__, _shown(view)), say)
    if mark:
        st.html(mark)
    PANES[view.pane](view, chosen, say)


def _shown(view: View) -> tuple[str, ...]:
    """The measures that a pane is about; the rows of all measures have marks of their own."""
    if view.pane == "provinces":
        return ()
    return (view.measure,) if view.pane == "years" else (view.measure, view.measure2)


page()
