"""The chosen measure: what it is, where it stands, what it covers, whose figures they are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import catalogue, coverage, files, marks, wording
from geo.exports.workbook import assignment_note, meaning_pairs
from geo.indicators import dimension_ids, published_indicators
from geo.measures import all_measures
from geo.report import EVALUATED_COUNT
from geo.text import N_, Translator
from geo.view import FIRST_YEAR, LAST_YEAR, PageState
from pages.parts import about, choosers, nav
from pages.parts.data import listing, odd


def draw_data_head(t: Translator) -> None:
    """What there is, and all of it in one file."""
    count = sum(
        entry.kind == "series"
        for group in catalogue.catalogue_entries().values()
        for entry in group
    )
    line = t(
        N_(
            "{indicators} indicators from {series} published series of {provinces} provinces,"
            " {first} to {last}, the ranks that the report publishes, and an open index that is"
            " ours. Figures stand as published; what looks wrong is marked, nothing is estimated."
        ),
        indicators=len(published_indicators()),
        series=count,
        provinces=EVALUATED_COUNT,
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )
    with st.container(key="data_head"):
        st.html(
            Markup(
                '<h2 class="atlas-heading">{}</h2>{}'
                '<p class="files"><a class="file" href="{}" download>{}</a> {}'
                ' · <a href="#own">{}</a></p>'
            ).format(
                t(N_("The figures, and whose they are")),
                about.quiet_note(line),
                files.EVERYTHING,
                t(N_("Download everything (ZIP)")),
                about.small_text(
                    t(
                        N_(
                            "all tables with descriptions (CSV, Excel), boundaries (GeoPackage,"
                            " GeoJSON, TopoJSON), sources and licences, in both languages"
                        )
                    )
                ),
                t(N_("Your own data")),
            )
        )


def draw_chosen_measure(view: PageState, t: Translator) -> None:
    """Choose a measure; its name, what it is, what it covers, and where else it is shown."""
    measure = all_measures()[view.measure]
    with st.container(key="data_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_measure_select("measure", t(N_("Measure")), view.measure, t)
        choosers.draw_year_slider("year", t(N_("Year")), measure, view.year)
    entry = _entry_of(view.measure)
    status = catalogue.coverage_of(entry)
    text = coverage.describe_coverage(status, t)
    grid = marks.image_address(
        coverage.coverage_grid(status, listing.AXIS, ours=measure.kind == "index")
    )
    rows = [(t(N_("Dimension")), assignment_note(measure, t))]
    unit = t.localized(measure.unit_en, measure.unit_zh)
    if unit:
        rows.append((t(N_("Unit")), unit))
    if measure.kind == "indicator":
        rows.insert(0, (t(N_("Definition")), wording.describe_formula(measure, t)))
    st.html(
        Markup(
            '<section class="measure"><h2 class="atlas-heading">{}</h2>{}<dl>{}<dt>{}</dt>'
            '<dd>{} <img src="{}" alt=""></dd></dl></section>'
        ).format(
            wording.measure_name(measure, t),
            about.kind_or_mark(measure, view.year, t),
            odd.definition_list(rows),
            t(N_("Coverage")),
            text,
            grid,
        )
    )
    with st.container(key="elsewhere", horizontal=True, gap="small"):
        nav.draw_page_link("map", t(N_("Show on the map")), t, icon="map")
        if measure.dimension in dimension_ids():
            nav.draw_page_link(
                "dimension",
                wording.dimension_name(measure.dimension, t),
                t,
                icon="category",
                dimension=measure.dimension,
            )


def draw_sources(view: PageState, t: Translator) -> None:
    """Whose the figures are, where they were read, and what is odd in them."""
    measure = all_measures()[view.measure]
    rows = meaning_pairs(measure, measure.years, t)
    if measure.kind == "indicator":
        rows = [row for row in rows if row[1] != wording.describe_formula(measure, t)][1:]
    rows += odd.quality_pairs(measure.series_ids, t)
    st.html(
        Markup('<section class="measure"><h3>{}</h3><dl>{}</dl></section>').format(
            t(N_("Whose figures, where they were read, and what to mind")),
            odd.definition_list(rows),
        )
    )


def _entry_of(measure_id: str) -> catalogue.CatalogueEntry:
    entries = (entry for group in catalogue.catalogue_entries().values() for entry in group)
    return next(
        catalogue_entry
        for catalogue_entry in entries
        if catalogue_entry.key == measure_id and catalogue_entry.measure
    )
