"""The catalogue of measures and series, with notes on their quality."""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    EVERY_GROUP,
    FIRST_YEAR,
    LAST_YEAR,
    LISTED_KINDS,
    SERIES_HEAD,
    UPLOADED_HEAD,
    CatalogueEntry,
    PageState,
    cache_published,
    catalogue_entries,
    coverage_grid,
    coverage_key,
    coverage_of,
    describe_coverage,
    filter_entries,
    indicators_using,
)
from geo.captions import quiet_note
from geo.limits import CATALOGUE_CACHE_SIZE
from geo.maps import image_address
from geo.measures import (
    BREAK_KIND,
    CONTEXT,
    GROUP_NAMES,
    QUALITY_KIND_NAMES,
    QualityNote,
    data_quality_notes,
    dimension_ids,
    dimension_name,
    localized_remark,
    measure_name,
)
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.about import definition_list
from pages.parts.data import TEMPLATES
from pages.parts.page_frame import page_address
from pages.parts.state import set_widget, sync_to_url
from pages.parts.widgets import draw_select


class _Entry(NamedTuple):
    """What the template shows of an entry. mark: ``chosen`` for the measure of the view."""

    kind: str
    key: str
    mark: str
    summary: Markup
    definitions: Markup
    links: list[tuple[str, str]]


AXIS: Final = (FIRST_YEAR, LAST_YEAR)
KIND_NAMES: Final = dict(
    zip(
        LISTED_KINDS,
        (
            N_("Everything"),
            N_("Published ranks"),
            N_("Open index of this atlas"),
            N_("Indicators"),
            N_("Published series"),
            N_("Uploaded data"),
            N_("What the report states"),
        ),
        strict=True,
    )
)
HEADS: Final = {
    UPLOADED_HEAD: N_("Uploaded data"),
    "report": N_("Rankings that the report publishes"),
    "index": N_("Open index, calculated by this atlas"),
    CONTEXT: N_("Context, not part of the index"),
    SERIES_HEAD: N_("Published series used by the indicators"),
}


def quality_pairs(series: tuple[str, ...], t: Translator) -> list[tuple[str, str]]:
    """Return the quality notes on some published series as pairs of heading and text."""
    rows = []
    for kind, name in QUALITY_KIND_NAMES.items():
        notes = [
            data_quality_note
            for data_quality_note in data_quality_notes(series)
            if data_quality_note.kind == kind
        ]
        if notes:
            rows.append((t(name), t.join_sentences(_describe_note(note, t) for note in notes)))
    return rows


def _describe_note(note: QualityNote, t: Translator) -> str:
    reason = localized_remark(note.reason, t)
    if note.kind == BREAK_KIND:
        return t(N_("{year}: {reason}"), year=note.places[0][1], reason=reason)
    by_province: dict[str, list[str]] = {}
    for adcode, year in note.places:
        by_province.setdefault(provinces()[adcode].name_in(t.lang), []).append(str(year))
    places = t(N_("; ")).join(
        t(N_("{name} {years}"), name=name, years=", ".join(years))
        for name, years in by_province.items()
    )
    return t(N_("{places}: {reason}."), places=places, reason=reason.rstrip(".。"))


def draw_catalogue(view: PageState, t: Translator) -> None:
    """Draw the search, the filters, and the matching entries."""
    _draw_filters(view, t)
    entries = filter_entries(view)
    count = sum(map(len, entries.values()))
    every = sum(map(len, catalogue_entries(view.catalogue).values()))
    line = t(
        N_(
            "{count} of {every}. Each grid: years {first} to {last} from top to bottom, "
            "31 provinces from left to right."
        ),
        count=count,
        every=every,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    groups = [_entry_group(head, group, view, t) for head, group in entries.items()]
    with st.container(key="entries"):
        st.html(
            render_template(
                TEMPLATES,
                "catalogue",
                note=quiet_note(line),
                key=coverage_key(view.catalogue, t),
                groups=groups,
            )
        )


def _draw_filters(view: PageState, t: Translator) -> None:
    set_widget("find", view.find)
    st.text_input(
        t(N_("Search names, definitions and sources")),
        key="find",
        on_change=sync_to_url,
        args=("find",),
    )
    with st.container(key="filters", horizontal=True):
        kinds = {name: t(text) for name, text in KIND_NAMES.items()}
        draw_select("listed", t(N_("Kind")), kinds, view.kind)
        groups = {EVERY_GROUP: t(N_("All dimensions"))}
        groups |= {name: t(GROUP_NAMES[name]) for name in dimension_ids()}
        groups[CONTEXT] = t(N_("Context or no dimension"))
        draw_select("group", t(N_("Dimension")), groups, view.group)


def _entry_group(
    head: str, entries: list[CatalogueEntry], view: PageState, t: Translator
) -> dict[str, object]:
    return {
        "title": t(HEADS[head]) if head in HEADS else dimension_name(head, t),
        "note": t(N_("assigned by this atlas")) if head in dimension_ids() else "",
        "entries": [_describe_in_view(entry, view, t) for entry in entries],
    }


def _describe_in_view(entry: CatalogueEntry, view: PageState, t: Translator) -> _Entry:
    """Return one line: name, unit, grid; expanded also definition, sources and quality notes."""
    summary, definitions = _describe_entry(entry, t)
    mark = "chosen" if entry.measure and entry.key == view.measure else ""
    links = _entry_links(entry, view, t)
    return _Entry(entry.kind, entry.key, mark, summary, definitions, links)


@cache_published(maxsize=CATALOGUE_CACHE_SIZE)
def describe_entry_coverage(entry: CatalogueEntry, t: Translator) -> tuple[str, str]:
    """Return the coverage of an entry as text, and the address of its grid."""
    coverage = coverage_of(entry)
    grid = coverage_grid(coverage, AXIS, ours=entry.kind == "index")
    return describe_coverage(coverage, t), image_address(grid)


@cache_published(maxsize=CATALOGUE_CACHE_SIZE)
def _describe_entry(entry: CatalogueEntry, t: Translator) -> tuple[Markup, Markup]:
    """Return what an entry says in any view: its summary, and its definitions."""
    text, grid = describe_entry_coverage(entry, t)
    title, unit = entry.title(t), entry.unit(t)
    summary = render_template(
        TEMPLATES,
        "summary",
        title=title,
        unit="" if unit in title else unit,
        grid=grid,
        coverage=text,
    )
    rows = [
        (t(N_("Coverage")), text),
        *entry.definition_pairs(t),
        *quality_pairs(_series_ids(entry), t),
    ]
    return summary, definition_list(rows)


def _series_ids(entry: CatalogueEntry) -> tuple[str, ...]:
    return entry.measure.series_ids if entry.measure else (entry.key,)


def _entry_links(entry: CatalogueEntry, view: PageState, t: Translator) -> list[tuple[str, str]]:
    """Return links to the data and the map; for a series, to the measures that use it.

    The links are pairs of URL and text.
    """
    chosen = {"listed": view.kind, "group": view.group}
    texts = {"find": view.find, **{n: entry for n, entry in chosen.items() if entry != EVERY_GROUP}}
    if not entry.measure:
        return [
            (page_address("data", view, measure=user.id, **texts), measure_name(user, t))
            for user in indicators_using(entry.key)
        ]
    year = entry.measure.nearest_year(view.year)
    return [
        (page_address("data", view, measure=entry.key, **texts), t(N_("Data and files"))),
        (page_address("map", view, measure=entry.key, year=year), t(N_("Show on the map"))),
    ]
