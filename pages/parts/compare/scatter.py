"""The pane ``scatter`` of the page of comparisons: two measures, a mark for each province."""

from __future__ import annotations

import streamlit as st

from geo.compare import chosen as choice
from geo.compare import relationwording
from geo.compare.axes import PlotArea, build_plot_area
from geo.compare.relation import Relation, build_quarters, fit_line, relate_measures
from geo.errors import InputError
from geo.markers import Marker, assign_markers
from geo.picture.request import SCATTER
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import MAX_CHOSEN, PageState
from pages.parts import about, choosers, pictures, state
from pages.parts.compare import choices, scatterchart, scattermarks, scatternotes, scattertable


def draw_scatter_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the pane."""
    choices.draw_measure_pair(view, t)
    relation = relate_measures(view.measure, view.year, view.measure2, view.year2)
    if not relation.by_rank:
        choices.draw_scatter_options(view, t)
    if not relation.complete_pairs and not relation.by_rank:
        st.html(about.quiet_note(t(N_("No province has figures in both."))))
        return
    own_marks = assign_markers("", chosen)
    where = build_plot_area(relation)
    with st.container(key="scatter_part"):
        scatternotes.draw_scatter_keys(own_marks, t)
        _draw_chart(relation, where, own_marks, view, chosen, t)
        st.html(
            scatternotes.scatter_notes(relation, view, t)
            + pictures.figure_line(
                SCATTER,
                view,
                t,
                measure=view.measure,
                year=view.year,
                measure2=view.measure2,
                year2=view.year2,
                provinces=",".join(chosen),
                quadrants=view.quadrants,
                fit=view.fit,
            )
        )
    scattertable.draw_scatter_table(relation, chosen, t)


def _draw_chart(
    relation: Relation,
    plot_area: PlotArea,
    markers: dict[str, Marker],
    view: PageState,
    chosen: tuple[str, ...],
    t: Translator,
) -> None:
    quarters = build_quarters(relation, view.quadrants)
    line = fit_line(relation) if view.fit == "line" else None
    # The key says what is drawn: another choice is another chart, in which nothing is selected,
    # so that a selection is acted upon once and none outlives what it was made on.
    key = "-".join(
        ["scatter", t.lang, view.measure, str(view.year), view.measure2, str(view.year2), *chosen]
    )
    st.altair_chart(
        scatterchart.build_scatter_chart(relation, plot_area, markers, quarters, line, t),
        key=key,
        on_select=lambda: _handle_selection(key, relation, plot_area, view, t),
        alt=t(
            N_("Scatter of {a} across and {b} upwards; the table beneath says the same."),
            a=relationwording.name_with_year(relation.a, t),
            b=relationwording.name_with_year(relation.b, t),
        ),
    )


def _handle_selection(
    key: str, relation: Relation, plot_area: PlotArea, view: PageState, t: Translator
) -> None:
    """Choose what was brushed, or one more or one fewer where a mark was clicked."""
    selection = st.session_state[key].selection
    picked = selection.get(scattermarks.PICK) or []
    box = selection.get(scattermarks.BRUSH) or {}
    if picked:
        choosers.set_provinces(choice.toggle_province(view, str(picked[0]["adcode"])))
    elif box:
        _choose_brushed(provinces_inside(plot_area, box["x"], box["y"]), relation, t)


def provinces_inside(plot_area: PlotArea, across: list[float], upwards: list[float]) -> list[str]:
    """The provinces between two values of each axis, whichever way the axis runs."""
    return [
        adcode
        for adcode, (x, y) in plot_area.places.items()
        if min(across) <= x <= max(across) and min(upwards) <= y <= max(upwards)
    ]


def _choose_brushed(adcodes: list[str], relation: Relation, t: Translator) -> None:
    """Choose brushed provinces; of more than ten those that stand first in A."""
    if not adcodes:
        return
    first = sorted(
        adcodes, key=lambda adcode: (relation.a.cells[adcode].rank or len(provinces()), adcode)
    )
    taken = first[:MAX_CHOSEN]
    if len(adcodes) > MAX_CHOSEN:
        message = N_(
            "{count} provinces were brushed, and {most} can be told apart. Taken are the first by"
            " measure A: {names}."
        )
        names = t.join_names([provinces()[adcode].name_in(t.lang) for adcode in taken])
        state.notify(InputError(message, count=len(adcodes), most=MAX_CHOSEN, names=names))
    choosers.set_provinces(taken)
