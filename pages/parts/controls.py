"""The controls of the Map page: measure, what is shown, classes and marks."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    CHANGES,
    DISPLAY_NAMES,
    DISPLAYS,
    MeasureMap,
    PageState,
    possible_displays,
    year_with_change,
    years_to_compare,
)
from geo.captions import quiet_note
from geo.colours import COLOURS
from geo.limits import MAX_CLASSES, MIN_CLASSES
from geo.maps import CUSTOM_METHOD, METHOD_NAMES, METHOD_NOTES, Choropleth, parse_custom_breaks
from geo.measures import Measure, Scale, measure_unit
from geo.text import N_, InputError, Translator
from pages.parts.state import notify, set_widget, sync_to_url, write_params
from pages.parts.vega import QUANTITY, channel, layer
from pages.parts.widgets import (
    LAYOUT_NAMES,
    draw_measure_select,
    draw_segmented_control,
    draw_select,
)

COUNT_PX = 110
VALUE_MODE_NAMES: Final = {"hidden": N_("Hide"), "shown": N_("Where they fit")}
MOVED_YEAR: Final = N_("No year before {year} is comparable with it, so the map shows {late}.")
MARK_NAMES: Final = {"none": N_("None"), "report": N_("Ranks in the report")}


def draw_controls(view: PageState, shown: MeasureMap, t: Translator) -> None:
    """Draw all options of the Map page; each writes itself into the URL."""
    with st.container(key="controls", horizontal=True, vertical_alignment="bottom"):
        draw_measure_select(
            "measure", t(N_("Measure")), view.measure, view, t, _on_measure_change, (view.method,)
        )
        _draw_display(view, shown, t)
        draw_segmented_control("layout", t(N_("Layout")), LAYOUT_NAMES, view.layout, t, hidden=True)
        _draw_map_options(view, shown, t)


def _draw_display(view: PageState, shown: MeasureMap, t: Translator) -> None:
    """Draw the choice of values, ranks or a change, and the year that a change starts from."""
    names = {kind: t(DISPLAY_NAMES[kind]) for kind in possible_displays(shown.base)}
    if len(names) == 1:
        return
    change = partial(_on_display_change, shown.base, shown.year)
    draw_select("display", t(N_("Show")), names, shown.display.kind, change)
    if shown.display.is_change:
        years = {str(year): str(year) for year in years_to_compare(shown.base, shown.year)}
        draw_select("since", t(N_("Since")), years, str(shown.display.since))


def _draw_map_options(view: PageState, shown: MeasureMap, t: Translator) -> None:
    """Draw what is chosen less often: classification, its breaks, marks over the map.

    The content runs only while the popover is open: its chart would slow every change.
    """
    popover = st.popover(
        t(N_("Classes and labels")), icon=":material/tune:", on_change="rerun", key="map_options"
    )
    if not popover.open:
        return
    measure, choropleth = shown.base, shown.choropleth
    with popover:
        # The map has its own choice of the year; this one is for readers whose frame does not load.
        years = {str(year): str(year) for year in measure.years}
        draw_select("year", t(N_("Year")), years, str(shown.year))
        if shown.display.kind != DISPLAYS[0]:
            st.html(quiet_note(t(N_("Ranks and changes have fixed classes."))))
        elif choropleth.snapshot.scale is Scale.QUANTITY:
            with st.container(key="classification", horizontal=True):
                if choropleth.circles is None:
                    _draw_method(view, choropleth, t)
                    _draw_class_count(view, t)
            _draw_histogram(measure, choropleth, t)
        else:
            st.html(quiet_note(t(N_("Published ranks have rank groups instead of classes."))))
        if measure.kind != "report":
            draw_segmented_control("marks", t(N_("Labels on the map")), MARK_NAMES, view.marks, t)
        draw_segmented_control(
            "values", t(N_("Values on the map")), VALUE_MODE_NAMES, view.value_labels, t
        )


def _draw_histogram(measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """Draw the values with the class breaks."""
    if choropleth.breaks is None:
        return
    st.markdown("**{}**".format(t(N_("Where the breaks fall"))))
    values = [{"value": value} for value in choropleth.snapshot.values_by_adcode().values()]
    breaks = [{"value": float(value)} for value in choropleth.breaks.breaks]
    bars = {
        "x": channel("value", bin={"maxbins": 24}, title=measure_unit(measure, t)),
        "y": {"aggregate": "count", "type": QUANTITY, "title": t(N_("Provinces"))},
    }
    rule: dict[str, Any] = {"color": COLOURS["selected"], "strokeWidth": 1.5}
    layers = [
        layer("bar", bars, values, color=COLOURS["histogram-bar"]),
        layer("rule", {"x": channel("value")}, breaks, **rule),
    ]
    st.vega_lite_chart({"layer": layers}, height=220)
    remarks = (
        N_("The lines are the breaks between the classes."),
        METHOD_NOTES[choropleth.breaks.method],
        N_("Each class includes its upper break."),
    )
    st.html(Markup("").join(quiet_note(t(remark)) for remark in remarks))


def _on_measure_change(method: str) -> None:
    """Drop custom breaks: they belong to one measure, and another starts with the defaults."""
    sync_to_url("measure")
    if method == CUSTOM_METHOD:
        write_params(method="", classes="")
        notify(
            InputError(N_("Your custom breaks applied to the previous measure and were removed."))
        )


def _on_display_change(measure: Measure, year: int) -> None:
    """Write the display; a change that the shown year does not have is shown of a later one."""
    sync_to_url("display")
    if st.session_state["display"] not in CHANGES:
        return
    late = year_with_change(measure, year)
    if late not in (None, year):
        write_params(year=late)
        notify(InputError(MOVED_YEAR, year=year, late=late))


def _draw_method(view: PageState, choropleth: Choropleth, t: Translator) -> None:
    set_widget("method", view.method)
    st.selectbox(
        t(N_("Classification")),
        list(METHOD_NAMES),
        format_func=lambda name: t(METHOD_NAMES[name]),
        key="method",
        width=240,
        on_change=_on_method_change,
        args=(view.classes, choropleth.breaks.breaks if choropleth.breaks else ()),
        help=t(METHOD_NOTES[view.method]),
    )


def _on_method_change(count: int, breaks: tuple[float, ...]) -> None:
    """Start custom breaks from those on the map; other methods take a number of classes."""
    method = st.session_state["method"]
    write_params(
        method=method, classes=_format_breaks(breaks) if method == CUSTOM_METHOD else count
    )


def _draw_class_count(view: PageState, t: Translator) -> None:
    if view.method == CUSTOM_METHOD:
        set_widget("breaks", _format_breaks(view.custom_breaks).replace(",", ", "))
        st.text_input(
            t(N_("Breaks")),
            key="breaks",
            on_change=_on_custom_breaks,
            width=2 * COUNT_PX,
        )
        return
    set_widget("classes", view.classes)
    st.selectbox(
        t(N_("Classes")),
        range(MIN_CLASSES, MAX_CLASSES + 1),
        key="classes",
        width=COUNT_PX,
        on_change=sync_to_url,
        args=("classes",),
    )


def _on_custom_breaks() -> None:
    try:
        breaks = parse_custom_breaks(st.session_state["breaks"])
    except InputError as error:
        notify(error)
        return
    write_params(classes=_format_breaks(breaks))


def _format_breaks(breaks: tuple[float, ...]) -> str:
    return ",".join(f"{number:.12g}" for number in breaks)
