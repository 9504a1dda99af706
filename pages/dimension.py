"""What does this dimension measure, who leads, what lies behind it?"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import dimension, wording
from geo.change import breaks
from geo.indicators import dimensions, measures_of
from geo.markers import markers
from geo.measures import measures
from geo.text import N_, Texts
from geo.view import COURSES, View
from pages.parts import (
    alike,
    choosers,
    inside,
    looks,
    matrix,
    nav,
    pictures,
    reportsays,
    state,
    trend,
)


@st.fragment
def page() -> None:
    """All below the header."""
    view, say, notes = state.current()
    looks.wear("rows")
    nav.draw(say)
    state.show(notes, say)
    names = {name: wording.GROUPS[name] for name in dimensions()}
    choosers.pick("dimension", say(N_("Dimension")), names, view.dimension, say, hidden=True)
    inside.head(view, say)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        choosers.year(view, say)
        choosers.chosen(view, "", say)
    inside.small_maps(view, say)
    matrix.draw(view, say)
    _trend(view, say)
    alike.draw(view, say)
    inside.leaders(view, say)
    reportsays.draw(view, say)


def _trend(view: View, say: Texts) -> None:
    """One measure over the years: country, regions, and the provinces that are marked."""
    with st.container(key="trend"):
        st.html(Markup("<h3>{}</h3>").format(say(N_("Over the years"))))
        shown = dimension.default_measure(view.dimension, view.measure)
        state.follow("measure", shown.id)
        st.selectbox(
            say(N_("Indicator")),
            [own.id for own in measures_of(view.dimension)],
            format_func=lambda name: wording.measure_name(measures()[name], say),
            key="measure",
            on_change=state.keep,
            args=("measure",),
        )
        marked = markers("", view.chosen)
        axis = trend.Axis(say.pick(shown.unit_en, shown.unit_zh), shown.decimals)
        points = dimension.trend(shown, list(marked))
        trend.draw(points, axis, marked, breaks(shown.id), say)
        if files := pictures.of_course(shown.id, list(marked), COURSES[0], view, say):
            st.html(files)


page()
