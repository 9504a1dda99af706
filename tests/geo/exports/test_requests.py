"""Small maps, small charts and tables: what they hold, and that nothing unsafe leaves."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis import measure_csv, published_measures, snapshot_of, standing_in
from geo.exports import CSV_PATH, RENDERERS, THUMBNAIL_PATH, FileQuery, parse_query
from geo.exports.requests import TABLE_PATHS, parse_file_query
from geo.maps import (
    MARKER_PATHS,
    OWN_PROVINCE,
    SELECTED_COLOUR,
    assign_markers,
    classify_snapshot,
    image_address,
    line_svg,
    strip_svg,
    thumbnail_svg,
)
from geo.maps.markers import CHOSEN
from geo.maps.thumbnail import _unit_paths
from geo.tables import FORMULA_STARTS, escape_formula
from geo.text import InputError, translator
from geo.units import provinces

SVG = "{http://www.w3.org/2000/svg}"


def test_a_small_map_has_every_unit_in_its_colour_the_dashes_and_the_inset():
    drawn = classify_snapshot(snapshot_of("gdp_per_capita", 2017))
    root = ElementTree.fromstring(thumbnail_svg(drawn, "440000"))
    panes = root.findall(f"{SVG}svg")
    assert len(panes) == 2
    for pane in panes:
        fills = [path.get("fill") for path in pane.findall(f"{SVG}g/{SVG}path")]
        assert len(fills) == 34
        cells = drawn.snapshot.cells.values()
        assert [f for f in fills if f.startswith("#")] == [
            drawn.colour(c) for c in cells if not drawn.pattern(c)
        ]
        assert fills.count("url(#cross)") == 3
    dashes = panes[1].findall(f"{SVG}path")[-1].get("d")
    assert dashes.count("M") == 10
    main = [path.get("d") for path in panes[0].findall(f"{SVG}g/{SVG}path")]
    assert all(main)


def test_islets_become_dots_and_are_not_lost():
    hainan = _unit_paths(True)["460000"]
    assert hainan.count("M") > 40


def test_strip_and_line():
    standing = standing_in("440000", published_measures()["gdp_per_capita"], 2017)
    svg = strip_svg(standing.snapshot, assign_markers("440000", ["110000"]))
    root = ElementTree.fromstring(svg)
    ticks = root.findall(f"{SVG}path")[1].get("d")
    assert ticks.count("M") == 31
    assert svg.count("translate(") == 2
    assert OWN_PROVINCE.colour in svg
    line = ElementTree.fromstring(line_svg(standing.comparable_cells, (2016, 2024)))
    assert line.find(f"{SVG}path").get("d").count("L") == 8
    doubtful = standing_in("150000", published_measures()["software_revenue_share_gdp"], 2021)
    assert line_svg(doubtful.comparable_cells, (2016, 2024)).count('fill="#ffffff"') >= 1
    assert image_address(svg).startswith("data:image/svg+xml,")
    assert "#" not in image_address(svg)
    missing = standing_in("810000", published_measures()["gdp_per_capita"], 2017)
    assert line_svg(missing.comparable_cells, (2016, 2024)) == ""


def test_years_that_no_line_reaches_have_a_dot():
    cells = standing_in("440000", published_measures()["gdp_per_capita"], 2017).comparable_cells
    parted = {year: cells[year] for year in (2017, 2019, 2020)}
    assert line_svg(parted, (2016, 2024)).count('r="1.6"') == 1
    assert line_svg(cells, (2016, 2024)).count('r="1.6"') == 0


def test_markers_are_all_different_and_known():
    assert len({(m.colour, m.shape) for m in (*CHOSEN, OWN_PROVINCE)}) == 11
    assert len({m.colour for m in (*CHOSEN, OWN_PROVINCE)}) == 11
    assert {m.shape for m in (*CHOSEN, OWN_PROVINCE)} <= set(MARKER_PATHS)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("measure", list(published_measures()))
def test_a_table_reads_back_as_the_cells(measure, lang):
    text = measure_csv(published_measures()[measure], translator(lang))
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    years = published_measures()[measure].years
    assert len(rows) == 34 * len(years)
    assert len(head) == len(set(head)) == 12
    for row in rows:
        cell = snapshot_of(measure, int(row[3])).cells[row[0]]
        assert row[1] == provinces()[row[0]].name_in(lang)
        assert (row[4] == "") == (cell.value is None)
        if cell.value is not None:
            assert float(row[4]) == pytest.approx(cell.value, rel=1e-11)


@given(st.sampled_from(["", *FORMULA_STARTS]), st.text())
def test_no_text_begins_a_formula(first, rest):
    text = first + rest
    safe = str(escape_formula(text))
    if safe.startswith(FORMULA_STARTS):
        float(safe)
    assert safe.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize("path", TABLE_PATHS.values())
def test_tables_that_differ_in_year_measure_or_language_are_not_kept_as_one(path):
    addresses = [
        {"measure": measure, "lang": lang, **year}
        for measure in ("gdp_per_capita", "urbanization")
        for lang in ("en", "zh")
        for year in ({}, {"year": "2019"}, {"year": "2020"})
    ]
    assert len({parse_file_query(path, address) for address in addresses}) == len(addresses)


def test_queries_and_files():
    file_query = parse_query({"measure": "gdp_per_capita", "year": "2020", "province": "粤"})
    assert file_query == FileQuery("en", "gdp_per_capita", 2020, "440000", only_year=2020)
    table = RENDERERS[CSV_PATH](file_query)
    assert (
        table.headers["Content-Disposition"] == 'attachment; filename="gdp_per_capita-2020-en.csv"'
    )
    locator = RENDERERS[THUMBNAIL_PATH](parse_query({"province": "440000"}))
    assert locator.body.count(SELECTED_COLOUR.encode()) == 4
    with pytest.raises(InputError, match="measure=nonsense"):
        parse_query({"measure": "nonsense"})
    with pytest.raises(InputError, match="must name its measure"):
        RENDERERS[CSV_PATH](parse_query({}))


def test_small_maps_are_small():
    for measure in published_measures().values():
        svg = thumbnail_svg(classify_snapshot(snapshot_of(measure.id, measure.years[-1])))
        assert len(svg) < 90_000
        assert not re.search(r"nan|inf(?!in)", svg)
