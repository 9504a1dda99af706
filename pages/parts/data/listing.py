"""The list of all measures and published series: search, filters, and what each one is."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import catalogue, coverage, marks, wording
from geo.catalogue import CatalogueEntry
from geo.indicators import CONTEXT, dimension_ids
from geo.measures import all_measures
from geo.text import N_, Translator
from geo.view import EVERY_GROUP, FIRST_YEAR, KINDS, LAST_YEAR, PageState
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


def draw_catalogue(view: PageState, t: Translator) -> None:
    """Search, filters, and the entries that they leave."""
    _draw_filters(view, t)
    entries = catalogue.filter_entries(view)
    count = sum(map(len, entries.values()))
    every = sum(map(len, catalogue.catalogue_entries().values()))
    line = t(
        N_(
            "{count} of {every}. Each grid: years {first} to {last} downwards, provinces across;"
            " red: doubtful, white: nothing published."
        ),
        count=count,
        every=every,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    groups = Markup("").join(
        _entry_group(head, catalogue_entries, view, t)
        for head, catalogue_entries in entries.items()
    )
    with st.container(key="entries"):
        st.html(
            about.quiet_note(line) + Markup('<section class="entries">{}</section>').format(groups)
        )


def _draw_filters(view: PageState, t: Translator) -> None:
    state.set_widget("find", view.find)
    st.text_input(
        t(N_("Search names, definitions and sources")),
        key="find",
        on_change=state.sync_to_url,
        args=("find",),
    )
    with st.container(key="filters", horizontal=True):
        kinds = {name: t(text) for name, text in KIND_NAMES.items()}
        choosers.draw_select("listed", t(N_("Kind")), kinds, view.kind)
        groups = {EVERY_GROUP: t(N_("All dimensions"))}
        groups |= {name: t(wording.GROUPS[name]) for name in dimension_ids()}
        groups[CONTEXT] = t(N_("Context, or none"))
        choosers.draw_select("group", t(N_("Dimension")), groups, view.group)


def _entry_group(
    head: str, entries: list[CatalogueEntry], view: PageState, t: Translator
) -> Markup:
    title = t(HEADS[head]) if head in HEADS else wording.dimension_name(head, t)
    whose = ""
    if head in dimension_ids():
        whose = Markup("<small>{}</small>").format(t(N_("the assignment is ours")))
    rows = Markup("").join(_entry_line(entry, view, t) for entry in entries)
    return Markup("<h3>{} {}</h3>{}").format(title, whose, rows)


def _entry_line(entry: CatalogueEntry, view: PageState, t: Translator) -> Markup:
    """One line: name, unit, grid; opened it says what it is, whose, and what is odd."""
    status = catalogue.coverage_of(entry)
    text = coverage.describe_coverage(status, t)
    return Markup(
        '<details data-kind="{}" data-entry="{}" class="{}"><summary>'
        '<span>{} <small>{}</small></span><img src="{}" alt="{}"></summary>'
        '<div class="more"><dl>{}</dl>{}</div></details>'
    ).format(
        entry.kind,
        entry.key,
        "chosen" if entry.measure and entry.key == view.measure else "",
        entry.title(t),
        entry.unit(t),
        marks.image_address(coverage.coverage_grid(status, AXIS, ours=entry.kind == "index")),
        text,
        odd.definition_list(
            [
                (t(N_("Coverage")), text),
                *entry.definition_pairs(t),
                *odd.quality_pairs(_series_ids(entry), t),
            ]
        ),
        _entry_links(entry, view, t),
    )


def _series_ids(entry: CatalogueEntry) -> tuple[str, ...]:
    return entry.measure.series_ids if entry.measure else (entry.key,)


def _entry_links(entry: CatalogueEntry, view: PageState, t: Translator) -> Markup:
    """To the figures and the map; of a series, to the measures that are reckoned from it."""
    chosen = {"listed": view.kind, "group": view.group}
    texts = {"find": view.find, **{n: entry for n, entry in chosen.items() if entry != EVERY_GROUP}}
    if entry.measure:
        links = [
            (
                nav.page_address("data", view, measure=entry.key, **texts),
                t(N_("Figures and files")),
            ),
            (
                nav.page_address(
                    "map", view, measure=entry.key, year=entry.measure.nearest_year(view.year)
                ),
                t(N_("Show on the map")),
            ),
        ]
    else:
        links = [
            (
                nav.page_address("data", view, measure=user.id, **texts),
                wording.measure_name(all_measures()[user.id], t),
            )
            for user in catalogue.indicators_using(entry.key)
        ]
    return Markup("<p>{}</p>").format(
        Markup(" · ").join(Markup('<a href="{}">{}</a>').format(*link) for link in links)
    )
