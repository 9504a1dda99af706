"""The chosen measure: definition, table of years, downloads, citation, sources."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import NamedTuple
from urllib.parse import urljoin

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    FIRST_YEAR,
    LAST_YEAR,
    STATUS_SIGNS,
    CatalogueEntry,
    PageState,
    add_query,
    boundary_statement,
    cache_published,
    catalogue_entries,
    citation,
    format_year_cell,
    format_years,
    sources_of,
    status_signs,
    year_rows,
)
from geo.captions import quiet_note
from geo.exports import (
    ARCHIVE_PATH,
    EXPORT_FORMATS,
    TABLE_PATHS,
    WGS84,
    ExportFormat,
    ExportRequest,
    assignment_note,
    export_file_name,
    meaning_pairs,
)
from geo.limits import YEAR_TABLE_CACHE_SIZE
from geo.measures import (
    BREAK_KIND,
    EVALUATED_COUNT,
    HOW_NATIONAL_SHORT,
    QUALITY_KIND_NAMES,
    Cell,
    Measure,
    Status,
    data_quality_notes,
    describe_formula,
    dimension_ids,
    dimension_name,
    format_interval,
    format_number,
    format_rank,
    localized_remark,
    measure_name,
    measure_unit,
    published_indicators,
    status_name,
)
from geo.settings import served_path
from geo.text import LANGUAGES, N_, Translator, render_template, translator
from geo.units import provinces
from pages.parts.about import (
    BOUNDARIES_PART,
    definition_list,
    kind_or_mark,
    small_text,
    source_pairs,
)
from pages.parts.data import TEMPLATES
from pages.parts.data.catalogue import describe_entry_coverage, quality_pairs
from pages.parts.figure_links import FileLink
from pages.parts.page_frame import draw_page_link, page_address
from pages.parts.widgets import draw_measure_select, draw_segmented_control, draw_year_slider


class _YearHead(NamedTuple):
    """The head of a year. break_note: what the sign of a break in the series says, or empty."""

    number: int
    order: str
    break_note: str


class _YearCell(NamedTuple):
    """A cell of the table of years: a value with its rank, or a sign for its status."""

    title: str
    large: str
    small: str
    interval: str
    is_sign: bool
    is_doubtful: bool


ORDERS = {"province": N_("By code"), "rank": N_("By rank in {year}")}


def draw_year_table(view: PageState, t: Translator) -> None:
    """Draw the table with the choice of its order and its key."""
    measure = view.shown_measure
    with st.container(key="figures"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("All provinces and years"))))
        orders = {name: t(label, year=view.year) for name, label in ORDERS.items()}
        draw_segmented_control(
            "rows", t(N_("Order of the rows")), orders, view.rows, t, hidden=True
        )
        st.html(_year_table(measure, view.year, view.rows, t))


@cache_published(maxsize=YEAR_TABLE_CACHE_SIZE)
def _year_table(measure: Measure, year: int, order: str, t: Translator) -> Markup:
    """Return the table of a measure with its key; readers of the same measure share it.

    year: of the links to provinces, and of the order ``rank``.
    """
    by_rank = year if order == "rank" else None
    return render_template(
        TEMPLATES,
        "year_table",
        head=t(N_("Province")),
        years=_year_heads(measure, by_rank, t),
        national=_national_row(measure, t),
        rows=[
            {
                "adcode": row.adcode,
                "address": page_address("province", t, province=row.adcode, year=year),
                "name": provinces()[row.adcode].name_in(t.lang),
                "cells": [_year_cell(cell, measure, t) for cell in row.cells.values()],
            }
            for row in year_rows(measure, by_rank)
        ],
        note=quiet_note(_sign_key(measure, t)),
    )


def _year_heads(measure: Measure, by_rank: int | None, t: Translator) -> list[_YearHead]:
    """Return the years as heads; a break in a series has a sign.

    by_rank: the year by whose ranks the rows are ordered, None for the order of adcodes.
    """
    breaks = {
        year
        for note in data_quality_notes(measure.series_ids)
        if note.kind == BREAK_KIND
        for _, year in note.places
    }
    return [
        _YearHead(
            year,
            "ascending" if year == by_rank else "none",
            t(QUALITY_KIND_NAMES[BREAK_KIND]) if year in breaks else "",
        )
        for year in measure.years
    ]


def _national_row(measure: Measure, t: Translator) -> dict[str, object] | None:
    """Return the national value of each year that has one; None if no year has."""
    benchmarks = [measure.snapshot(year).national for year in measure.years]
    how = next((mark.how for mark in benchmarks if mark), None)
    if how is None:
        return None
    return {
        "name": t(HOW_NATIONAL_SHORT[how]),
        "figures": [format_number(mark.value, measure, t) if mark else "" for mark in benchmarks],
    }


def _year_cell(cell: Cell, measure: Measure, t: Translator) -> _YearCell:
    """Return a value with its rank, or a sign with a text for screen readers."""
    large, small = format_year_cell(cell, measure, t)
    remarks = [localized_remark(remark, t) for remark in cell.remarks]
    parts = [format_rank(cell, t), status_name(cell, t), *remarks]
    return _YearCell(
        title=" · ".join(filter(None, parts)),
        large=large,
        small=small,
        interval="" if cell.low is None else format_interval(cell, t),
        is_sign=cell.status in STATUS_SIGNS,
        is_doubtful=cell.is_doubtful,
    )


def _sign_key(measure: Measure, t: Translator) -> str:
    """Return the meaning of the small numbers and the signs of the table."""
    text = []
    if measure.kind != "report":
        first = N_("Small: the rank of the year, highest first.")
        if not measure.higher_is_better:
            first = N_("Small: the rank of the year, lowest first.")
        text.append(t(first))
    if measure.kind == "index":
        text.append(t(N_("Below it: its interval over choices of method.")))
    statuses = {status for y in measure.years for status in measure.snapshot(y).present_statuses()}
    if Status.DOUBTFUL in statuses:
        text.append(t(N_("?: {status}."), status=status_name(Status.DOUBTFUL, t)))
    text += [
        t(
            N_("{sign}: {status}."),
            sign=STATUS_SIGNS[status_sign],
            status=status_name(status_sign, t),
        )
        for status_sign in status_signs(measure)
    ]
    return t.join_sentences(text)


def draw_downloads(view: PageState, t: Translator) -> None:
    """Draw links to every file format, for all years and for the chosen year."""
    measure = view.shown_measure
    if measure.kind == "own":
        _draw_uploaded_downloads(view, t)
        return
    spans: list[tuple[str, dict[str, str]]] = [(format_years(measure.years, t), {})]
    if len(measure.years) > 1:
        spans.append((str(view.year), {"year": str(view.year)}))
    rows = [
        {
            "span": span,
            "formats": [_format_links(form, view, span, year, t) for form in EXPORT_FORMATS],
        }
        for span, year in spans
    ]
    st.html(render_template(TEMPLATES, "downloads", title=t(N_("Download")), rows=rows))


def _format_links(
    export_format: ExportFormat, view: PageState, span: str, year: dict[str, str], t: Translator
) -> list[FileLink]:
    """Return a link to a file format; for one with geometry also in the projection of the map."""
    params = {"measure": view.measure, **year, "lang": view.lang}
    path = served_path(TABLE_PATHS[export_format.ending])
    label = t(N_("Download {name}, {span}"), name=export_format.name, span=span)
    links = [FileLink(add_query(path, params), export_format.name, label)]
    if export_format.has_geometry:
        flat = t(N_("{label}, in the equal-area plane"), label=label)
        address = add_query(path, {**params, "crs": "albers"})
        links.append(FileLink(address, t(N_("Albers")), flat))
    return links


def _draw_uploaded_downloads(view: PageState, t: Translator) -> None:
    """Draw the downloads of an uploaded measure, which have no URL and are made in the session."""
    st.html(Markup('<section class="files"><h3>{}</h3></section>').format(t(N_("Download"))))
    with st.container(key="upload_forms", horizontal=True, gap="small"):
        for form in EXPORT_FORMATS:
            request = ExportRequest(view.shown_measure, None, t, WGS84)
            st.download_button(
                form.name,
                partial(form.write, request),
                file_name=export_file_name(request, form),
                mime=form.media_type,
                on_click="ignore",
                key=f"upload_form_{form.ending}",
            )


def draw_citation(view: PageState, t: Translator) -> None:
    """Draw the citation in both languages and for BibTeX, each to copy."""
    measure, today = view.shown_measure, date.today()
    if measure.kind == "own":  # nothing that others could look up
        return
    with st.container(key="cite"), st.expander(t(N_("How to cite"))):
        for lang in sorted(LANGUAGES, key=lambda name: name != t.lang):
            where = _measure_address(view, lang)
            text = citation(measure, today, translator(lang), where).text
            st.code(text, language=None, wrap_lines=True)
        entry = citation(measure, today, t, _measure_address(view, t.lang)).bibtex
        st.code(entry, language=None, wrap_lines=True)


def _measure_address(view: PageState, lang: str) -> str:
    """Return the URL of the measure on this server; empty if the server is not known."""
    seen = st.context.url
    if not seen:
        return ""
    path = page_address("data", view, measure=view.measure, lang=lang)
    return urljoin(seen, path)


def draw_data_head(view: PageState, t: Translator) -> None:
    """Draw an overview of the data, and the download of all of it."""
    entries = catalogue_entries(view.catalogue).values()
    count = sum(entry.kind == "series" for group in entries for entry in group)
    line = t(
        N_(
            "{indicators} indicators from {series} published series of {provinces} "
            "provinces, {first} to {last}, the ranks that the report publishes, and the "
            "open index calculated by this atlas. Values are shown as published; "
            "doubtful ones are marked, none is estimated."
        ),
        indicators=len(published_indicators()),
        series=count,
        provinces=EVALUATED_COUNT,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    with st.container(key="data_head"):
        st.html(
            render_template(
                TEMPLATES,
                "data_head",
                title=t(N_("Data and sources")),
                note=quiet_note(line),
                archive=FileLink(served_path(ARCHIVE_PATH), t(N_("Download everything (ZIP)"))),
                content=small_text(
                    t(
                        N_(
                            "all tables with descriptions (CSV, Excel), boundaries (GeoPackage,"
                            " GeoJSON, TopoJSON), sources and licences, in both languages"
                        )
                    )
                ),
                own=t(N_("Use a table of your own")),
            )
        )


def draw_chosen_measure(view: PageState, t: Translator) -> None:
    """Draw the choice of a measure, its definition, its coverage, and links to other pages."""
    measure = view.shown_measure
    with st.container(key="data_choices", horizontal=True, vertical_alignment="bottom"):
        draw_measure_select("measure", t(N_("Measure")), view.measure, view, t)
        draw_year_slider("year", t(N_("Year")), measure, view.year)
    text, grid = describe_entry_coverage(_entry_of(view), t)
    rows = [(t(N_("Dimension")), assignment_note(measure, t))]
    unit = measure_unit(measure, t)
    if unit:
        rows.append((t(N_("Unit")), unit))
    if measure.kind == "indicator":
        rows.insert(0, (t(N_("Definition")), describe_formula(measure, t)))
    rows.append((t(N_("Coverage")), Markup('{} <img src="{}" alt="">').format(text, grid)))
    st.html(
        Markup('<section class="measure"><h2 class="atlas-heading">{}</h2>{}{}</section>').format(
            measure_name(measure, t),
            kind_or_mark(measure, view.year, t),
            definition_list(rows),
        )
    )
    with st.container(key="elsewhere", horizontal=True, gap="small"):
        draw_page_link("map", t(N_("Show on the map")), t, icon="map")
        if measure.dimension in dimension_ids():
            draw_page_link(
                "dimension",
                dimension_name(measure.dimension, t),
                t,
                icon="category",
                dimension=measure.dimension,
            )


def draw_sources(view: PageState, t: Translator) -> None:
    """Draw the sources of the measure and the notes on its quality."""
    measure = view.shown_measure
    rows = meaning_pairs(measure, measure.years, t)
    if measure.kind == "indicator":
        rows = [row for row in rows if row[1] != describe_formula(measure, t)][1:]
        sources = sources_of(measure)
        rows = [*rows[: -len(sources)], *source_pairs(sources, t, is_whole=True)]
    rows += quality_pairs(measure.series_ids, t)
    st.html(
        Markup(
            '<section class="measure"><h3>{}</h3>{}<h3 id="{}">{}</h3><p>{}</p></section>'
        ).format(
            t(N_("Sources, access and notes on use")),
            definition_list(rows),
            BOUNDARIES_PART,
            t(N_("Boundaries and map review")),
            boundary_statement(t),
        )
    )


def _entry_of(view: PageState) -> CatalogueEntry:
    entries = (entry for group in catalogue_entries(view.catalogue).values() for entry in group)
    return next(
        catalogue_entry
        for catalogue_entry in entries
        if catalogue_entry.key == view.measure and catalogue_entry.measure
    )
