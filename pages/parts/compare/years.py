"""A measure over the years for the chosen provinces: values, indexed, or ranks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import wording
from geo.compare import coursewords
from geo.compare.course import course
from geo.markers import markers
from geo.measures import measures
from geo.report import EVALUATED_COUNT
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, choosers, pictures, trend
from pages.parts.compare import figures


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """The choices, the lines, what must be said of them, and the figures."""
    with st.container(key="course_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.measure("measure", say(N_("Measure")), view.measure, say)
        choosers.pick("course", say(N_("Drawn as")), coursewords.MODES, view.course, say)
    if not chosen:
        st.info(say(N_("Choose provinces to draw their lines.")), icon=":material/info:")
    own = course(measures()[view.measure], chosen, view.course)
    title = coursewords.title(own, say)
    places = EVALUATED_COUNT if own.shown == "ranks" else 0
    axis = trend.Axis(title, coursewords.decimals(own), places)
    name = wording.measure_name(own.measure, say)
    with st.container(key="course_lines"):
        st.html(
            Markup("<h3>{}</h3>").format(say(N_("{measure} ({unit})"), measure=name, unit=title))
        )
        trend.draw(own.points, axis, markers("", chosen), own.breaks, say)
        notes = Markup("").join(about.note(text) for text in coursewords.notes(own, chosen, say))
        files = pictures.of_course(view.measure, chosen, view.course, view, say)
        if notes + files:
            st.html(notes + files)
    figures.folded(
        coursewords.table(own, chosen, say),
        coursewords.csv(own, chosen, say),
        f"{own.measure.id}-{own.shown}-{say.lang}.csv",
        say,
    )
