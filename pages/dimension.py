"""What does this dimension measure, who leads, what lies behind it?"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import dimension, wording
from geo.change import break_years
from geo.indicators import dimension_ids, indicators_of
from geo.markers import assign_markers
from geo.measures import all_measures
from geo.text import N_, Translator
from geo.view import LINE_MODES, PageState
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
def draw_page() -> None:
    """All below the header."""
    view, t, notes = state.current_page()
    looks.load_styles("rows")
    nav.draw_nav(t)
    state.show_notes(notes, t)
    names = {name: wording.GROUPS[name] for name in dimension_ids()}
    choosers.draw_segmented_control(
        "dimension", t(N_("Dimension")), names, view.dimension, t, hidden=True
    )
    inside.draw_dimension_head(view, t)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_page_year_slider(view, t)
        choosers.draw_marked_provinces(view, "", t)
    inside.draw_small_maps(view, t)
    matrix.draw_matrix(view, t)
    _draw_trend(view, t)
    alike.draw_correlations(view, t)
    inside.draw_leaders(view, t)
    reportsays.draw_report_statements(view, t)


def _draw_trend(view: PageState, t: Translator) -> None:
    """One measure over the years: country, regions, and the provinces that are marked."""
    with st.container(key="trend"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("Over the years"))))
        measure = dimension.default_measure(view.dimension, view.measure)
        state.set_widget("measure", measure.id)
        st.selectbox(
            t(N_("Indicator")),
            [entry.id for entry in indicators_of(view.dimension)],
            format_func=lambda name: wording.measure_name(all_measures()[name], t),
            key="measure",
            on_change=state.sync_to_url,
            args=("measure",),
        )
        marked = assign_markers("", view.chosen_provinces)
        axis = trend.ChartAxis(t.localized(measure.unit_en, measure.unit_zh), measure.decimals)
        points = dimension.trend_points(measure, list(marked))
        trend.draw_trend_chart(points, axis, marked, break_years(measure.id), t)
        if files := pictures.time_series_figure_line(
            measure.id, list(marked), LINE_MODES[0], view, t
        ):
            st.html(files)


draw_page()
