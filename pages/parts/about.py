"""Texts around a map: heading, definition, sources and credits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from geo.analysis import MeasureMap, PageState, credit_line, kind_line, measure_definition
from geo.captions import measure_map_heading, quiet_note
from geo.measures import Measure, format_national
from geo.text import N_, Translator, render_template
from geo.upload import UNCHECKED_NOTE
from pages.parts.page_frame import TEMPLATES

__all__ = [
    "definition_list",
    "definition_pairs",
    "draw_year_note",
    "kind_or_mark",
    "map_title",
    "quiet_note",
    "sources_block_of",
    "uploaded_mark",
]  # fmt: skip


def small_text(text: str) -> Markup:
    """Return a text in small type."""
    return Markup('<small class="atlas-note">{}</small>').format(text)


def uploaded_mark(measures: Iterable[Measure], t: Translator) -> Markup:
    """Return the note on uploaded measures; empty if none is shown."""
    if not any(measure.kind == "own" for measure in measures):
        return Markup()
    return Markup('<p class="marked">{}</p>').format(t(UNCHECKED_NOTE))


def kind_or_mark(measure: Measure, year: int, t: Translator, *more: str) -> Markup:
    """Return the origin and the unit of a measure as a note, or the note on uploaded data."""
    kind = kind_line(measure, year, t)
    if measure.kind != "own":
        return quiet_note(" · ".join([kind, *more]))
    mark = Markup('<p class="marked">{}</p>').format(kind)
    return mark + quiet_note(" · ".join(more)) if more else mark


def map_title(shown: MeasureMap, t: Translator) -> Markup:
    """Return measure and year as a heading, with the most important note."""
    national = shown.choropleth.snapshot.national
    more = [format_national(national, shown.measure, t)] if national else []
    return Markup('<h1 class="atlas-heading">{}</h1>{}').format(
        measure_map_heading(shown, t), kind_or_mark(shown.measure, shown.year, t, *more)
    )


def draw_year_note(view: PageState, t: Translator) -> None:
    """Show a note if the measure lacks the requested year."""
    if view.missing_year is not None:
        st.info(
            t(
                N_("This measure is not available for {asked}; the map shows {year}."),
                asked=view.missing_year,
                year=view.year,
            ),
            icon=":material/info:",
        )


def definition_list(rows: Iterable[tuple[str, str]]) -> Markup:
    """Return pairs of heading and text as a definition list."""
    return render_template(TEMPLATES, "definition_list", rows=rows)


def definition_pairs(measure: Measure, year: int, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the definition and the sources of a measure as pairs of heading and text."""
    return measure_definition(measure, year, t)


def sources_block_of(
    results: Sequence[tuple[Measure, int]], t: Translator, is_grid: bool = False
) -> Markup:
    """Return the sources for below maps of several measures, each source once.

    is_grid: whether the maps are tile grids.
    """
    return quiet_note(credit_line([(measure, [year]) for measure, year in results], t, is_grid))
