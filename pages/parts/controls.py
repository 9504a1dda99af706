"""The row of choices over the map: measure, year, and how it is cut into classes."""

from __future__ import annotations

import streamlit as st

from geo import classify
from geo.cells import Scale
from geo.choropleth import Choropleth
from geo.errors import InputError
from geo.indicators import Measure
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import choosers, histogram, state

COUNT_PX = 110


def draw_controls(view: PageState, measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """All choices of the map page; each writes itself into the address."""
    figures = choropleth.snapshot.scale is Scale.QUANTITY
    why_not = "" if figures else t(N_("Published ranks are drawn in tiers, not in classes."))
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_measure_select(
            "measure", t(N_("Measure")), view.measure, t, _on_measure_change, (view.method,)
        )
        choosers.draw_year_slider("year", t(N_("Year")), measure, view.year)
        _draw_method(view, choropleth, figures, why_not, t)
        _draw_class_count(view, figures, why_not, t)
        histogram.draw_histogram(measure, choropleth, t)


def _on_measure_change(method: str) -> None:
    """Own breaks are numbers of one measure, so another one begins with the usual classes."""
    state.sync_to_url("measure")
    if method == classify.CUSTOM:
        state.write_params(method="", classes="")
        state.notify(
            InputError(N_("Your own breaks belonged to the measure before and were set aside."))
        )


def _draw_method(
    view: PageState, choropleth: Choropleth, figures: bool, why_not: str, t: Translator
) -> None:
    state.set_widget("method", view.method)
    st.selectbox(
        t(N_("Classes by")),
        list(classify.METHOD_NAMES),
        format_func=lambda name: t(classify.METHOD_NAMES[name]),
        key="method",
        disabled=not figures,
        width=240,
        on_change=_on_method_change,
        args=(view.classes, choropleth.breaks.breaks if choropleth.breaks else ()),
        help=why_not or t(classify.METHOD_NOTES[view.method]),
    )


def _on_method_change(count: int, breaks: tuple[float, ...]) -> None:
    """Own breaks start from those on the map; the other methods take a number of classes."""
    method = st.session_state["method"]
    state.write_params(
        method=method, classes=_format_breaks(breaks) if method == classify.CUSTOM else count
    )


def _draw_class_count(view: PageState, figures: bool, why_not: str, t: Translator) -> None:
    if view.method == classify.CUSTOM:
        state.set_widget("breaks", _format_breaks(view.custom_breaks).replace(",", ", "))
        st.text_input(
            t(N_("Breaks")),
            key="breaks",
            on_change=_on_custom_breaks,
            disabled=not figures,
            width=2 * COUNT_PX,
        )
        return
    state.set_widget("classes", view.classes)
    st.selectbox(
        t(N_("Number")),
        range(classify.MIN_CLASSES, classify.MAX_CLASSES + 1),
        key="classes",
        disabled=not figures,
        width=COUNT_PX,
        on_change=state.sync_to_url,
        args=("classes",),
        help=why_not or None,
    )


def _on_custom_breaks() -> None:
    try:
        breaks = classify.parse_custom_breaks(st.session_state["breaks"])
    except InputError as error:
        state.notify(error)
        return
    state.write_params(classes=_format_breaks(breaks))


def _format_breaks(breaks: tuple[float, ...]) -> str:
    return ",".join(f"{number:.12g}" for number in breaks)
