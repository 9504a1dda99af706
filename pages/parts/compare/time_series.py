"""A measure over the years for the chosen provinces: values, indexed, or ranks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    LINE_MODE_NAMES,
    REGION_MODES,
    PageState,
    TimeSeries,
    axis_title,
    build_time_series,
    region_names,
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

REGION_CHOICES = {"shown": N_("Show"), "hidden": N_("Hide")}


def draw_years_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the options, the lines, their notes, and the table."""
    series = build_time_series(view.shown_measure, chosen, view.course)
    has_regions = any(point.line in region_names() for point in series.points)
    with st.container(key="course_choices", horizontal=True, vertical_alignment="bottom"):
        draw_measure_select("measure", t(N_("Measure")), view.measure, view, t)
        draw_segmented_control("course", t(N_("Show")), LINE_MODE_NAMES, view.course, t)
        if has_regions:
            label = t(N_("Regions"))
            draw_segmented_control("regions", label, REGION_CHOICES, view.regions, t)
    if not chosen:
        st.info(t(N_("Choose provinces to draw their lines.")), icon=":material/info:")
    files = time_series_figure_line(view.measure, chosen, view.course, view, t)
    draw_time_series(view, series, chosen, files, t)
    draw_folded_table(
        time_series_table(series, chosen, t),
        time_series_csv(series, chosen, t),
        f"{series.measure.id}-{series.mode}-{t.lang}.csv",
        t,
    )


def draw_time_series(
    view: PageState, series: TimeSeries, chosen: tuple[str, ...], below: Markup, t: Translator
) -> None:
    """Draw the lines under their heading, with their notes and `below`."""
    title = axis_title(series, t)
    axis = ChartAxis(title, series_decimals(series), series.rank_count, has_title=False)
    name = measure_name(series.measure, t)
    with st.container(key="course_lines"):
        is_said = title.lower() in name.lower()  # a name such as “… per 100 residents”
        text = name if is_said else t(N_("{measure} ({unit})"), measure=name, unit=title)
        st.html(Markup("<h2>{}</h2>").format(text))
        points = [
            point
            for point in series.points
            if view.regions == REGION_MODES[0] or point.line not in region_names()
        ]
        draw_trend_chart(
            points,
            axis,
            assign_markers("", chosen),
            series.breaks,
            series.measure,
            t,
        )
        notes = Markup("").join(quiet_note(text) for text in time_series_notes(series, chosen, t))
        if notes + below:
            st.html(notes + below)
