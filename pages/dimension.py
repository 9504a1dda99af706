"""Dimension page: what a dimension measures, who leads, and its indicators."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    LINE_MODES,
    PageState,
    break_years,
    default_measure,
    latest_year_of,
    trend_points,
)
from geo.maps import assign_markers
from geo.measures import GROUP_NAMES, dimension_ids, indicators_of, measure_name, measure_unit
from geo.metrics import time_rerun
from geo.text import N_, Translator
from pages.parts.charts import ChartAxis, draw_trend_chart
from pages.parts.dimension import (
    draw_correlations,
    draw_dimension_head,
    draw_leaders,
    draw_matrix,
    draw_small_maps,
)
from pages.parts.figure_links import time_series_figure_line
from pages.parts.page_frame import draw_nav
from pages.parts.report_lists import draw_report_statements
from pages.parts.state import current_page, set_widget, show_notes, sync_to_url
from pages.parts.widgets import draw_marked_provinces, draw_page_year_slider, draw_segmented_control


@st.fragment
@time_rerun("dimension", "fragment")
def draw_page() -> None:
    """Draw the page below the header."""
    view, t, notes = current_page()
    view = view.open_on(latest_year_of(view.dimension))
    draw_nav("dimension", view, t)
    show_notes(notes, t)
    names = {name: GROUP_NAMES[name] for name in dimension_ids()}
    draw_segmented_control("dimension", t(N_("Dimension")), names, view.dimension, t, hidden=True)
    draw_dimension_head(view, t)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        draw_page_year_slider(view, t)
        draw_marked_provinces(view, "", t)
    draw_small_maps(view, t)
    draw_matrix(view, t)
    _draw_trend(view, t)
    draw_correlations(view, t)
    draw_leaders(view, t)
    draw_report_statements(view, t)


def _draw_trend(view: PageState, t: Translator) -> None:
    """Draw one measure over the years: country, regions, the chosen and the marked provinces."""
    with st.container(key="trend"):
        st.html(Markup("<h2>{}</h2>").format(t(N_("Over the years"))))
        measure = default_measure(view.dimension, view.measure)
        set_widget("measure", measure.id)
        st.selectbox(
            t(N_("Indicator")),
            [entry.id for entry in indicators_of(view.dimension)],
            format_func=lambda name: measure_name(view.catalogue[name], t),
            key="measure",
            on_change=sync_to_url,
            args=("measure",),
        )
        marked = assign_markers(view.province, view.chosen_provinces)
        axis = ChartAxis(measure_unit(measure, t), measure.decimals)
        points = trend_points(measure, list(marked))
        draw_trend_chart(points, axis, marked, break_years(measure), measure, t)
        files = time_series_figure_line(
            measure.id, list(marked), LINE_MODES[0], view, t, is_shared=False
        )
        if files:
            st.html(files)


draw_page()
