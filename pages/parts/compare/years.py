"""A measure over the years for the chosen provinces: values, indexed, or ranks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import wording
from geo.compare import coursewords
from geo.compare.course import build_time_series
from geo.markers import assign_markers
from geo.measures import all_measures
from geo.report import EVALUATED_COUNT
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, choosers, pictures, trend
from pages.parts.compare import figures


def draw_years_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """The choices, the lines, what must be said of them, and the figures."""
    with st.container(key="course_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_measure_select("measure", t(N_("Measure")), view.measure, t)
        choosers.draw_segmented_control(
            "course", t(N_("Drawn as")), coursewords.MODES, view.course, t
        )
    if not chosen:
        st.info(t(N_("Choose provinces to draw their lines.")), icon=":material/info:")
    series = build_time_series(all_measures()[view.measure], chosen, view.course)
    title = coursewords.axis_title(series, t)
    places = EVALUATED_COUNT if series.mode == "ranks" else 0
    axis = trend.ChartAxis(title, coursewords.series_decimals(series), places)
    name = wording.measure_name(series.measure, t)
    with st.container(key="course_lines"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("{measure} ({unit})"), measure=name, unit=title)))
        trend.draw_trend_chart(series.points, axis, assign_markers("", chosen), series.breaks, t)
        notes = Markup("").join(
            about.quiet_note(text) for text in coursewords.time_series_notes(series, chosen, t)
        )
        files = pictures.time_series_figure_line(view.measure, chosen, view.course, view, t)
        if notes + files:
            st.html(notes + files)
    figures.draw_folded_table(
        coursewords.time_series_table(series, chosen, t),
        coursewords.time_series_csv(series, chosen, t),
        f"{series.measure.id}-{series.mode}-{t.lang}.csv",
        t,
    )
