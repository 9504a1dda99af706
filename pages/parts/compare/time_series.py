"""A measure over the years for the chosen provinces: values, indexed, or ranks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    LINE_MODE_NAMES,
    PageState,
    axis_title,
    build_time_series,
    series_decimals,
    time_series_csv,
    time_series_notes,
    time_series_table,
)
from geo.captions import quiet_note
from geo.maps import assign_markers
from geo.measures import measure_name
from geo.text import N_, Translator
from pages.parts.charts import ChartAxis, draw_trend_chart
from pages.parts.compare.tables import draw_folded_table
from pages.parts.figure_links import time_series_figure_line
from pages.parts.widgets import draw_measure_select, draw_segmented_control


def draw_years_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the options, the lines, their notes, and the table."""
    with st.container(key="course_choices", horizontal=True, vertical_alignment="bottom"):
        draw_measure_select("measure", t(N_("Measure")), view.measure, view, t)
        draw_segmented_control("course", t(N_("Drawn as")), LINE_MODE_NAMES, view.course, t)
    if not chosen:
        st.info(t(N_("Choose provinces to draw their lines.")), icon=":material/info:")
    series = build_time_series(view.shown_measure, chosen, view.course)
    title = axis_title(series, t)
    axis = ChartAxis(title, series_decimals(series), series.rank_count)
    name = measure_name(series.measure, t)
    with st.container(key="course_lines"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("{measure} ({unit})"), measure=name, unit=title)))
        draw_trend_chart(series.points, axis, assign_markers("", chosen), series.breaks, t)
        notes = Markup("").join(quiet_note(text) for text in time_series_notes(series, chosen, t))
        files = time_series_figure_line(view.measure, chosen, view.course, view, t)
        if notes + files:
            st.html(notes + files)
    draw_folded_table(
        time_series_table(series, chosen, t),
        time_series_csv(series, chosen, t),
        f"{series.measure.id}-{series.mode}-{t.lang}.csv",
        t,
    )
