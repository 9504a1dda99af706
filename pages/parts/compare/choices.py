"""Two measures, each with its year, and how to change their places."""

from __future__ import annotations

import streamlit as st

from geo.compare import relationwording
from geo.measures import all_measures
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import choosers, state


def draw_measure_pair(view: PageState, t: Translator) -> None:
    """Choose both measures and both years; one button makes the first the second."""
    with st.container(key="two", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_measure_select("measure", t(N_("Measure A")), view.measure, t)
        choosers.draw_year_slider("year", t(N_("Year A")), all_measures()[view.measure], view.year)
        st.button(
            t(N_("Change places")),
            icon=":material/swap_horiz:",
            key="swap",
            on_click=state.write_params,
            kwargs={
                "measure": view.measure2,
                "year": view.year2,
                "measure2": view.measure,
                "year2": view.year,
            },
        )
        choosers.draw_measure_select("measure2", t(N_("Measure B")), view.measure2, t)
        choosers.draw_year_slider(
            "year2", t(N_("Year B")), all_measures()[view.measure2], view.year2, "measure2"
        )


def draw_scatter_options(view: PageState, t: Translator) -> None:
    """What a scatter has beside its marks: quarters and a line."""
    with st.container(key="scatter_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_segmented_control(
            "quadrants", t(N_("Quarters by")), relationwording.KINDS, view.quadrants, t
        )
        choosers.draw_segmented_control(
            "fit", t(N_("Line through the marks")), relationwording.FITS, view.fit, t
        )
