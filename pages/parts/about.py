"""Texts around a map: heading, definition, sources and credits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    TILES_NOTE,
    MeasureMap,
    PageState,
    Source,
    boundary_line,
    issuer_line,
    kind_line,
    measure_definition,
    sources_of,
)
from geo.captions import measure_map_heading, quiet_note
from geo.measures import Measure, format_national
from geo.text import N_, Translator, render_template
from geo.upload import UNCHECKED_NOTE
from pages.parts.page_frame import TEMPLATES, page_address

__all__ = [
    "definition_list",
    "definition_pairs",
    "draw_year_note",
    "kind_or_mark",
    "map_title",
    "quiet_note",
    "source_pairs",
    "sources_block_of",
    "uploaded_mark",
]  # fmt: skip


SHORT_COMMIT: Final = 10  # digits of a commit that a page shows
BOUNDARIES_PART: Final = "boundaries"  # the part of the Data page with the whole credit


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


def definition_pairs(
    measure: Measure, year: int, t: Translator, is_whole: bool = False
) -> tuple[tuple[str, str], ...]:
    """Return the definition and the sources of a measure as pairs of heading and text.

    Sources are links where there is an address. is_whole: as ``source_link``.
    """
    rows = measure_definition(measure, year, t)
    if measure.kind != "indicator":
        return rows
    sources = sources_of(measure)
    return (*rows[: -len(sources)], *source_pairs(sources, t, is_whole))


def source_pairs(
    sources: Iterable[Source], t: Translator, is_whole: bool = False
) -> list[tuple[str, str]]:
    """Return sources as pairs of the name of the series and its links."""
    return [(source.title(t), source_link(source, t, is_whole)) for source in sources]


def source_link(source: Source, t: Translator, is_whole: bool = False) -> Markup:
    """Return a source: the issuing body’s table, then the public copy that was read.

    is_whole: with the codes of the table and the checksum of the copy, too.
    """
    table = _link(source.url, source.issuer(t))
    if is_whole and source.table_code:
        table = _fill(
            t(N_("{table}, table {code}, series {series}")),
            table=table,
            code=_code(source.table_code),
            series=_code(source.series_code),
        )
    copy = _copy_link(source, t, is_whole)
    texts = [_fill(t(N_("{source}.")), source=table)]
    if copy and source.file:
        day = t.format_date(source.file.read_on)
        texts.append(_fill(t(N_("Read on {day} from {copy}.")), day=day, copy=copy))
    elif copy:
        texts.append(_fill(t(N_("Read from: {copy}.")), copy=copy))
    return Markup(t.language.gap).join([*texts, *filter(None, [source.note(t)])])


def _copy_link(source: Source, t: Translator, is_whole: bool) -> Markup | str:
    """Return the public copy that was read; empty if the table itself was read."""
    file = source.file
    if file is None:
        return source.via(t)
    name = t(
        N_("{repository}, commit {commit} of {day}"),
        repository=file.repository,
        commit=file.commit[:SHORT_COMMIT],
        day=t.format_date(file.committed),
    )
    link = _link(file.address, name)
    if not is_whole:
        return link
    return _fill(t(N_("{copy}, checksum SHA-256 {code}")), copy=link, code=_code(file.sha256))


def _fill(message: str, **slots: object) -> Markup:
    """Return a message of the catalogue with HTML in its slots."""
    return Markup(message).format(**slots)


def _link(address: str, text: str) -> Markup | str:
    if not address:
        return text
    return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(address, text)


def _code(text: str) -> Markup:
    return Markup("<code>{}</code>").format(text)


def sources_block_of(
    results: Sequence[tuple[Measure, int]], t: Translator, is_grid: bool = False
) -> Markup:
    """Return the sources for below maps of several measures, each source once.

    The credit of the boundaries leads to its whole text. is_grid: whether the maps are tile grids.
    """
    data = issuer_line([(measure, [year]) for measure, year in results], t)
    if is_grid:
        return quiet_note(t.join_sentences([data, t(TILES_NOTE)]))
    return Markup('<p class="atlas-note">{}{}<a href="{}#{}">{}</a></p>').format(
        data, t.language.gap, page_address("data", t), BOUNDARIES_PART, boundary_line(t)
    )
