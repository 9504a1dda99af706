"""The pane ``scatter`` of the page of comparisons: two measures, a mark for each province."""

from __future__ import annotations

import streamlit as st

from geo.compare import chosen as choice
from geo.compare import relationwording
from geo.compare.axes import Ground, ground
from geo.compare.relation import Relation, fitted, quarters, relation
from geo.errors import InputError
from geo.markers import Marker, markers
from geo.picture.request import SCATTER
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import MOST_CHOSEN, View
from pages.parts import about, choosers, pictures, state
from pages.parts.compare import choices, scatterchart, scattermarks, scatternotes, scattertable


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """Draw the pane."""
    choices.two(view, say)
    own = relation(view.measure, view.year, view.measure2, view.year2)
    if not own.by_rank:
        choices.drawn(view, say)
    if not own.complete and not own.by_rank:
        st.html(about.note(say(N_("No province has figures in both."))))
        return
    own_marks = markers("", chosen)
    where = ground(own)
    with st.container(key="scatter_part"):
        scatternotes.keys_of(own_marks, say)
        _chart(own, where, own_marks, view, chosen, say)
        st.html(
            scatternotes.notes(own, view, say)
            + pictures.line(
                SCATTER,
                view,
                say,
                measure=view.measure,
                year=view.year,
                measure2=view.measure2,
                year2=view.year2,
                provinces=",".join(chosen),
                quadrants=view.quadrants,
                fit=view.fit,
            )
        )
    scattertable.draw(own, chosen, say)


def _chart(
    own: Relation,
    where: Ground,
    own_marks: dict[str, Marker],
    view: View,
    chosen: tuple[str, ...],
    say: Texts,
) -> None:
    found = quarters(own, view.quadrants)
    line = fitted(own) if view.fit == "line" else None
    # The key says what is drawn: another choice is another chart, in which nothing is selected,
    # so that a selection is acted upon once and none outlives what it was made on.
    key = "-".join(
        ["scatter", say.lang, view.measure, str(view.year), view.measure2, str(view.year2), *chosen]
    )
    st.altair_chart(
        scatterchart.draw(own, where, own_marks, found, line, say),
        key=key,
        on_select=lambda: _selected(key, own, where, view, say),
        alt=say(
            N_("Scatter of {a} across and {b} upwards; the table beneath says the same."),
            a=relationwording.measure_year(own.a, say),
            b=relationwording.measure_year(own.b, say),
        ),
    )


def _selected(key: str, own: Relation, where: Ground, view: View, say: Texts) -> None:
    """Choose what was brushed, or one more or one fewer where a mark was clicked."""
    selection = st.session_state[key].selection
    picked = selection.get(scattermarks.PICK) or []
    box = selection.get(scattermarks.BRUSH) or {}
    if picked:
        choosers.choose(choice.toggled(view, str(picked[0]["adcode"])))
    elif box:
        _brushed(inside(where, box["x"], box["y"]), own, say)


def inside(where: Ground, across: list[float], upwards: list[float]) -> list[str]:
    """The provinces between two values of each axis, whichever way the axis runs."""
    return [
        adcode
        for adcode, (x, y) in where.places.items()
        if min(across) <= x <= max(across) and min(upwards) <= y <= max(upwards)
    ]


def _brushed(found: list[str], own: Relation, say: Texts) -> None:
    """Choose brushed provinces; of more than ten those that stand first in A."""
    if not found:
        return
    first = sorted(found, key=lambda adcode: (own.a.cells[adcode].rank or len(provinces()), adcode))
    taken = first[:MOST_CHOSEN]
    if len(found) > MOST_CHOSEN:
        message = N_(
            "{count} provinces were brushed, and {most} can be told apart. Taken are the first by"
            " measure A: {names}."
        )
        names = say.listing([provinces()[adcode].name(say.lang) for adcode in taken])
        state.tell(InputError(message, count=len(found), most=MOST_CHOSEN, names=names))
    choosers.choose(taken)
