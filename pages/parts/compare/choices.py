"""Two measures, each with its year, and how to change their places."""

from __future__ import annotations

import streamlit as st

from geo.compare import relationwording
from geo.measures import measures
from geo.text import N_, Texts
from geo.view import View
from pages.parts import choosers, state


def two(view: View, say: Texts) -> None:
    """Choose both measures and both years; one button makes the first the second."""
    with st.container(key="two", horizontal=True, vertical_alignment="bottom"):
        choosers.measure("measure", say(N_("Measure A")), view.measure, say)
        choosers.year_of("year", say(N_("Year A")), measures()[view.measure], view.year)
        st.button(
            say(N_("Change places")),
            icon=":material/swap_horiz:",
            key="swap",
            on_click=state.write,
            kwargs={
                "measure": view.measure2,
                "year": view.year2,
                "measure2": view.measure,
                "year2": view.year,
            },
        )
        choosers.measure("measure2", say(N_("Measure B")), view.measure2, say)
        choosers.year_of(
            "year2", say(N_("Year B")), measures()[view.measure2], view.year2, "measure2"
        )


def drawn(view: View, say: Texts) -> None:
    """What a scatter has beside its marks: quarters and a line."""
    with st.container(key="scatter_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.pick(
            "quadrants", say(N_("Quarters by")), relationwording.KINDS, view.quadrants, say
        )
        choosers.pick("fit", say(N_("Line through the marks")), relationwording.FITS, view.fit, say)
