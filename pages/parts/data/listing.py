"""The list of all measures and published series: search, filters, and what each one is."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import catalogue, coverage, marks, wording
from geo.catalogue import Entry
from geo.indicators import CONTEXT, dimensions
from geo.measures import measures
from geo.text import N_, Texts
from geo.view import EVERY_GROUP, FIRST_YEAR, KINDS, LAST_YEAR, View
from pages.parts import about, choosers, nav, state
from pages.parts.data import odd

AXIS: Final = (FIRST_YEAR, LAST_YEAR)
KIND_NAMES: Final = dict(
    zip(
        KINDS,
        (
            N_("Everything"),
            N_("Published ranks"),
            N_("Open index, ours"),
            N_("Indicators"),
            N_("Published series"),
            N_("Own data"),
            N_("What the report states"),
        ),
        strict=True,
    )
)
HEADS: Final = {
    catalogue.OWN: N_("Own data"),
    "report": N_("Rankings that the report publishes"),
    "index": N_("Open index of this atlas, our own reckoning"),
    CONTEXT: N_("For context, not part of the index"),
    catalogue.SERIES: N_("Published series behind the indicators"),
}


def draw(view: View, say: Texts) -> None:
    """Search, filters, and the entries that they leave."""
    _choices(view, say)
    found = catalogue.listed(view)
    count = sum(map(len, found.values()))
    every = sum(map(len, catalogue.entries().values()))
    line = say(
        N_(
            "{count} of {every}. Each grid: years {first} to {last} downwards, provinces across;"
            " red: doubtful, white: nothing published."
        ),
        count=count,
        every=every,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    groups = Markup("").join(_group(head, own, view, say) for head, own in found.items())
    with st.container(key="entries"):
        st.html(about.note(line) + Markup('<section class="entries">{}</section>').format(groups))


def _choices(view: View, say: Texts) -> None:
    state.follow("find", view.find)
    st.text_input(
        say(N_("Search names, definitions and sources")),
        key="find",
        on_change=state.keep,
        args=("find",),
    )
    with st.container(key="filters", horizontal=True):
        kinds = {name: say(text) for name, text in KIND_NAMES.items()}
        choosers.listed("listed", say(N_("Kind")), kinds, view.kind)
        groups = {EVERY_GROUP: say(N_("All dimensions"))}
        groups |= {name: say(wording.GROUPS[name]) for name in dimensions()}
        groups[CONTEXT] = say(N_("Context, or none"))
        choosers.listed("group", say(N_("Dimension")), groups, view.group)


def _group(head: str, found: list[Entry], view: View, say: Texts) -> Markup:
    title = say(HEADS[head]) if head in HEADS else wording.dimension_name(head, say)
    whose = ""
    if head in dimensions():
        whose = Markup("<small>{}</small>").format(say(N_("the assignment is ours")))
    rows = Markup("").join(_entry(own, view, say) for own in found)
    return Markup("<h3>{} {}</h3>{}").format(title, whose, rows)


def _entry(own: Entry, view: View, say: Texts) -> Markup:
    """One line: name, unit, grid; opened it says what it is, whose, and what is odd."""
    found = catalogue.coverage(own)
    said = coverage.sentence(found, say)
    return Markup(
        '<details data-kind="{}" data-entry="{}" class="{}"><summary>'
        '<span>{} <small>{}</small></span><img src="{}" alt="{}"></summary>'
        '<div class="more"><dl>{}</dl>{}</div></details>'
    ).format(
        own.kind,
        own.key,
        "chosen" if own.measure and own.key == view.measure else "",
        own.name(say),
        own.unit(say),
        marks.address(coverage.grid(found, AXIS, ours=own.kind == "index")),
        said,
        odd.pairs([(say(N_("Coverage")), said), *own.definition(say), *odd.odd(_series(own), say)]),
        _links(own, view, say),
    )


def _series(own: Entry) -> tuple[str, ...]:
    return own.measure.indicators if own.measure else (own.key,)


def _links(own: Entry, view: View, say: Texts) -> Markup:
    """To the figures and the map; of a series, to the measures that are reckoned from it."""
    chosen = {"listed": view.kind, "group": view.group}
    kept = {"find": view.find, **{n: own for n, own in chosen.items() if own != EVERY_GROUP}}
    if own.measure:
        links = [
            (nav.address("data", view, measure=own.key, **kept), say(N_("Figures and files"))),
            (
                nav.address("map", view, measure=own.key, year=own.measure.nearest_year(view.year)),
                say(N_("Show on the map")),
            ),
        ]
    else:
        links = [
            (
                nav.address("data", view, measure=user.id, **kept),
                wording.measure_name(measures()[user.id], say),
            )
            for user in catalogue.users(own.key)
        ]
    return Markup("<p>{}</p>").format(
        Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*link) for link in links)
    )
