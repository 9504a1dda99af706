"""The row of choices over the map: measure, year, and how it is cut into classes."""

from __future__ import annotations

import streamlit as st

from geo import classify
from geo.cells import Scale
from geo.choropleth import Choropleth
from geo.errors import InputError
from geo.indicators import Measure
from geo.text import N_, Texts
from geo.view import View
from pages.parts import choosers, histogram, state

COUNT_PX = 110


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """All choices of the map page; each writes itself into the address."""
    figures = drawn.snapshot.scale is Scale.QUANTITY
    why_not = "" if figures else say(N_("Published ranks are drawn in tiers, not in classes."))
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        choosers.measure(
            "measure", say(N_("Measure")), view.measure, say, _measure_chosen, (view.method,)
        )
        choosers.year_of("year", say(N_("Year")), measure, view.year)
        _method(view, drawn, figures, why_not, say)
        _count(view, figures, why_not, say)
        histogram.draw(measure, drawn, say)


def _measure_chosen(method: str) -> None:
    """Own breaks are numbers of one measure, so another one begins with the usual classes."""
    state.keep("measure")
    if method == classify.OWN:
        state.write(method="", classes="")
        state.tell(
            InputError(N_("Your own breaks belonged to the measure before and were set aside."))
        )


def _method(view: View, drawn: Choropleth, figures: bool, why_not: str, say: Texts) -> None:
    state.follow("method", view.method)
    st.selectbox(
        say(N_("Classes by")),
        list(classify.METHOD_NAMES),
        format_func=lambda name: say(classify.METHOD_NAMES[name]),
        key="method",
        disabled=not figures,
        width=240,
        on_change=_method_chosen,
        args=(view.classes, drawn.breaks.breaks if drawn.breaks else ()),
        help=why_not or say(classify.METHOD_NOTES[view.method]),
    )


def _method_chosen(count: int, breaks: tuple[float, ...]) -> None:
    """Own breaks start from those on the map; the other methods take a number of classes."""
    method = st.session_state["method"]
    state.write(method=method, classes=_written(breaks) if method == classify.OWN else count)


def _count(view: View, figures: bool, why_not: str, say: Texts) -> None:
    if view.method == classify.OWN:
        state.follow("breaks", _written(view.own).replace(",", ", "))
        st.text_input(
            say(N_("Breaks")),
            key="breaks",
            on_change=_own_chosen,
            disabled=not figures,
            width=2 * COUNT_PX,
        )
        return
    state.follow("classes", view.classes)
    st.selectbox(
        say(N_("Number")),
        range(classify.FEWEST, classify.MOST + 1),
        key="classes",
        disabled=not figures,
        width=COUNT_PX,
        on_change=state.keep,
        args=("classes",),
        help=why_not or None,
    )


def _own_chosen() -> None:
    try:
        breaks = classify.own_breaks(st.session_state["breaks"])
    except InputError as error:
        state.tell(error)
        return
    state.write(classes=_written(breaks))


def _written(breaks: tuple[float, ...]) -> str:
    return ",".join(f"{number:.12g}" for number in breaks)
