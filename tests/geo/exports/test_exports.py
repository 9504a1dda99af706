"""Exports read back equal, in every form; the same figures give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import time
import zipfile
from contextlib import closing

import geopandas
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.analysis import (
    cell_table_head,
    cell_table_rows,
    join_cell_remarks,
    published_measures,
    snapshot_of,
)
from geo.exports import (
    ARCHIVE_PATH,
    CSV_PATH,
    EXPORT_FORMATS,
    RENDERERS,
    TABLE_PATHS,
    THUMBNAIL_PATH,
    ExportRequest,
    canonical_query,
    export_file_name,
    parse_query,
)
from geo.exports.archive import _built_tables, build_archive, table_files
from geo.exports.geographic import (
    COORDINATES,
    boundary_lines,
    unit_shapes,
    units_with_columns,
    write_geojson,
)
from geo.exports.requests import CACHE_KEYS
from geo.exports.workbooks import Sheet, measure_workbook, write_workbook
from geo.exports.zip_files import pack_zip, unpack_zip
from geo.measures import Status, status_name
from geo.tables import FORMULA_STARTS, escape_formula
from geo.text import InputError, translator
from geo.units import MAP_CRS, boundaries, provinces
from tests.cases import pair_in_turn

pytestmark = pytest.mark.slow

ENGLISH, CHINESE = translator("en"), translator("zh")
GDP = published_measures()["gdp_per_capita"]
ONE_YEAR = ("software_revenue_share_gdp", 2021)
SOME = ["report_comprehensive", "report_policy_environment", "index_network_security",
        "software_revenue_share_gdp", "internet_penetration"]  # fmt: skip


def sheet_rows(body, place=0):
    book = openpyxl.load_workbook(io.BytesIO(body))
    return [list(row) for row in book.worksheets[place].iter_rows(values_only=True)]


def same(value, result):
    """Whether a cell that was read back says what the atlas says, a gap for a gap."""
    if result is None:
        return pd.isna(value)
    return value == (pytest.approx(result, rel=1e-11) if isinstance(result, float) else result)


@pytest.mark.parametrize(("measure", "t"), pair_in_turn(published_measures(), [ENGLISH, CHINESE]))
def test_a_workbook_reads_back_as_the_cells(measure, t):
    head, *rows = sheet_rows(measure_workbook(published_measures()[measure], t))
    assert head == cell_table_head(t)
    results = [[cell or None if cell == "" else cell for cell in row]
              for row in cell_table_rows(published_measures()[measure], t)]  # fmt: skip
    assert rows == results
    for row in rows:
        assert all(isinstance(row[place], str) for place in (0, 1, 2, 10))
        assert row[4] is None or isinstance(row[4], int | float)


def test_a_workbook_of_one_year_has_its_sheets_frozen_heads_and_widths():
    book = openpyxl.load_workbook(
        io.BytesIO(measure_workbook(published_measures()[ONE_YEAR[0]], CHINESE, 2021))
    )
    assert book.sheetnames == ["数据", "定义", "来源"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet["A1"].font.b
        assert sheet.column_dimensions["A"].width >= 8
    assert book["数据"].max_row == 35
    assert book["数据"]["E3"].number_format == "#,##0.00"
    assert {row[0] for row in sheet_rows(measure_workbook(GDP, ENGLISH), 1)} >= {
        "Definition",
        "Unit",
        "Calculated by this atlas from published data",
    }
    sources = sheet_rows(measure_workbook(GDP, ENGLISH), 2)
    assert sources[1][0] == "Gross regional product"
    assert sources[1][4].startswith("National Bureau of Statistics")


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", *FORMULA_STARTS, "#N/A", "#", "'"]),
            TEXTS,
            st.none() | st.integers(-(10**12), 10**12) | st.floats(-1e15, 1e15),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_stays_text_and_any_number_a_number(rows):
    cells = [[(first + rest).replace("\r", "\n"), number] for first, rest, number in rows]
    body = write_workbook([Sheet("s", ["text", "number"], cells, {1: 2})], "t")
    book = openpyxl.load_workbook(io.BytesIO(body))
    cell_or_merged_cells = list(book["s"].iter_rows(min_row=2))
    for (text, number), (first, second) in zip(cells, cell_or_merged_cells, strict=True):
        assert (first.value or "") == text
        assert first.data_type == ("s" if text else "n")
        assert second.value == (pytest.approx(number, rel=1e-14) if number else number)


def test_text_like_a_formula_stays_text_when_it_is_edited():
    texts = ["=1+1", "+1", "-1", "@a", "#N/A", "text"]
    body = write_workbook([Sheet("s", ["text"], [[text] for text in texts], {})], "t")
    cells = openpyxl.load_workbook(io.BytesIO(body))["s"].iter_rows(min_row=2)
    quoted = {cell.value: bool(cell.quotePrefix) for (cell,) in cells}
    assert quoted == {text: text != "text" for text in texts}


def test_no_number_is_written_that_is_none():
    rows = [[float("nan"), float("inf")]]
    body = write_workbook([Sheet("s", ["a", "b"], rows, {})], "t")
    assert sheet_rows(body)[1:] in ([], [[None, None]])


def check_cells(frame, measure, t, year, suffix=""):
    assert list(frame.index) == list(provinces())
    for adcode, cell in snapshot_of(measure, year).cells.items():
        row = frame.loc[adcode]
        assert row["name_zh"] == provinces()[adcode].name_zh
        assert same(row[f"value{suffix}"], cell.value)
        assert same(row[f"rank{suffix}"], cell.rank)
        assert same(row[f"of{suffix}"], cell.of)
        assert row[f"status{suffix}"] == cell.status.value
        assert row[f"status_text{suffix}"] == status_name(cell, t)
        assert same(row[f"remarks{suffix}"], join_cell_remarks(cell, t) or None)


@pytest.mark.parametrize(
    ("measure", "coordinates", "every_year"), pair_in_turn(SOME, COORDINATES, [False, True])
)
def test_geographical_files_read_back_equal(measure, coordinates, every_year, tmp_path):
    last = published_measures()[measure].years[-1]
    year = None if every_year else last
    suffix = f"_{last}" if every_year else ""
    request = ExportRequest(published_measures()[measure], year, CHINESE, coordinates)
    shape = units_with_columns(published_measures()[measure], CHINESE, year, coordinates)
    for form in EXPORT_FORMATS:
        if not form.has_geometry:
            continue
        path = tmp_path / export_file_name(request, form)
        path.write_bytes(form.write(request))
        layer = {"geojson": None, "gpkg": measure, "topojson": "provinces"}[form.ending]
        frame = geopandas.read_file(path, **({"layer": layer} if layer else {}))
        frame = frame.set_index("adcode")
        check_cells(frame, measure, CHINESE, last, suffix)
        assert frame.geometry.is_valid.all()
        if form.ending == "topojson":
            # GDAL reads no crs from a topology; the shapes are on a grid of their own.
            assert json.loads(path.read_bytes())["properties"]["crs"] == (COORDINATES[coordinates])
            tolerance = 1e-4 if coordinates == "wgs84" else 60
            assert frame.total_bounds == pytest.approx(shape.total_bounds, abs=tolerance)
        else:
            assert frame.crs == shape.crs
            assert shapely.equals_identical(frame.geometry.array, shape.geometry.array).all()


def test_the_shapes_are_those_of_the_map_and_neighbours_keep_their_border():
    for coordinates, metres in (("wgs84", 1.2), ("albers", 0.8)):
        geo_data_frame = unit_shapes(coordinates)
        back = geo_data_frame.geometry.to_crs(MAP_CRS)
        assert [len(shapely.get_parts(s)) for s in back] == [
            len(shapely.get_parts(s)) for s in boundaries().units.geometry
        ]
        far = shapely.hausdorff_distance(back.array, boundaries().units.geometry.array)
        assert far.max() < metres
        guangdong, guangxi = geo_data_frame.geometry["440000"], geo_data_frame.geometry["450000"]
        assert not shapely.intersection(guangdong, guangxi).area
    assert all(
        shapely.is_ccw(shapely.get_exterior_ring(part))
        for part in shapely.get_parts(unit_shapes().geometry.array)
    )


def test_geojson_is_plain_json_with_the_ten_dashes_beside():
    collection = json.loads(
        write_geojson(units_with_columns(published_measures()[ONE_YEAR[0]], ENGLISH, 2021))
    )
    xizang = next(f for f in collection["features"] if f["properties"]["adcode"] == "540000")
    assert xizang["properties"]["value"] is None
    assert xizang["properties"]["status"] == "not_published"
    assert "crs" not in collection
    hebei = next(f for f in collection["features"] if f["properties"]["adcode"] == "130000")
    assert (hebei["properties"]["rank"], hebei["properties"]["of"]) == (21, 30)
    dashes = boundary_lines().set_index("line").geometry["dashes"]
    assert len(shapely.get_parts(dashes)) == 10


def test_a_geopackage_has_the_lines_and_says_what_it_is(tmp_path):
    request = ExportRequest(published_measures()[ONE_YEAR[0]], ONE_YEAR[1], ENGLISH, "wgs84")
    path = tmp_path / "a.gpkg"
    path.write_bytes(next(f for f in EXPORT_FORMATS if f.ending == "gpkg").write(request))
    assert pyogrio.list_layers(path)[:, 0].tolist() == [ONE_YEAR[0], "boundary_lines"]
    with closing(sqlite3.connect(path)) as base:
        value = base.execute("SELECT description FROM gpkg_contents ORDER BY rowid").fetchone()[0]
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "National Bureau of Statistics" in value
    assert "审图" in value


def test_the_same_figures_give_the_same_bytes():
    request = ExportRequest(GDP, 2020, ENGLISH, "wgs84")
    first = [form.write(request) for form in EXPORT_FORMATS]
    time.sleep(2.1)  # a zip tells two seconds apart, GeoPackage one
    assert [form.write(request) for form in EXPORT_FORMATS] == first


def test_file_names_carry_measure_years_and_language():
    names = {
        export_file_name(ExportRequest(GDP, year, t, plane), form)
        for year, t, plane, form in [
            (None, ENGLISH, "wgs84", EXPORT_FORMATS[0]),
            (2020, CHINESE, "albers", EXPORT_FORMATS[1]),
            (2020, CHINESE, "albers", EXPORT_FORMATS[2]),
        ]
    }
    assert names == {
        "gdp_per_capita-2016-2024-en.csv",
        "gdp_per_capita-2020-zh.xlsx",
        "gdp_per_capita-2020-albers-zh.geojson",
    }


# ---- by address ----


@pytest.mark.parametrize("ending", list(TABLE_PATHS))
def test_every_form_has_its_address(ending):
    path = TABLE_PATHS[ending]
    file_query = parse_query({"measure": "gdp_per_capita", "year": "2020", "lang": "zh"})
    served_file = RENDERERS[path](canonical_query(path, file_query))
    assert served_file.headers["Content-Disposition"] == (
        f'attachment; filename="gdp_per_capita-2020-zh.{ending}"'
    )
    all_years = RENDERERS[path](parse_query({"measure": "gdp_per_capita"}))
    assert all_years.headers["Content-Disposition"].endswith(f'2016-2024-en.{ending}"')
    with pytest.raises(InputError, match="must name its measure"):
        RENDERERS[path](parse_query({}))
    with pytest.raises(
        InputError, match=r"internet_penetration is not available for 2020.* 2016\."
    ):
        RENDERERS[path](parse_query({"measure": "internet_penetration", "year": "2020"}))


def test_unknown_coordinates_are_named_and_cut():
    with pytest.raises(InputError, match=r"“crs=mars” is not valid\. Choose one of: wgs84, albers"):
        parse_query({"crs": "mars"})
    with pytest.raises(InputError) as caught:
        parse_query({"crs": "x" * 5000})
    assert len(str(caught.value)) < 150


def test_a_file_is_made_once_whatever_else_the_address_says():
    def needed(path, **params):
        return canonical_query(path, parse_query(params))

    assert needed(ARCHIVE_PATH, province="440000", lang="zh") == needed(ARCHIVE_PATH)
    assert needed(CSV_PATH, measure="gdp_per_capita", crs="albers") == needed(
        CSV_PATH, measure="gdp_per_capita"
    )
    assert needed(TABLE_PATHS["gpkg"], measure="gdp_per_capita", crs="albers") != needed(
        TABLE_PATHS["gpkg"], measure="gdp_per_capita"
    )
    assert needed(THUMBNAIL_PATH, lang="zh", year="2020") == needed(THUMBNAIL_PATH, year="2020")
    assert set(CACHE_KEYS) == set(RENDERERS)


# ---- everything ----


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("everything")
    body = build_archive()
    with zipfile.ZipFile(io.BytesIO(body)) as zip_file:
        assert zip_file.testzip() is None
        zip_file.extractall(folder)
    return folder, body


def test_frictionless_finds_the_package_valid(whole):
    folder, _ = whole
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described = {value["path"] for value in package["resources"]}
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert on_disk - described == {
        "README.md", "datapackage.json", "values-en.xlsx", "values-zh.xlsx",
        "licences/atlas.txt", "licences/boundaries.txt",
    }  # fmt: skip


def test_every_cell_is_in_the_whole(whole):
    folder, _ = whole
    with (folder / "tables" / "values.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 34 * sum(len(measure.years) for measure in published_measures().values())
    for row in rows[::7]:
        cell = snapshot_of(row["measure"], int(row["year"])).cells[row["adcode"]]
        assert row["status"] == cell.status.value
        assert row["rank"] == ("" if cell.rank is None else str(cell.rank))
        assert same(float(row["value"]) if row["value"] else None, cell.value)
    layer = pyogrio.read_dataframe(folder / "atlas.gpkg", layer="values")
    assert len(layer) == len(rows)
    assert layer["value"].sum() == pytest.approx(
        sum(float(row["value"]) for row in rows if row["value"])
    )
    book = openpyxl.load_workbook(folder / "values-zh.xlsx", read_only=True)
    assert sum(1 for _ in book.worksheets[0].iter_rows()) == len(rows) + 1
    book.close()


def test_no_text_of_the_whole_begins_a_formula(whole):
    folder, _ = whole
    for path in (folder / "tables").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                assert row == [escape_formula(cell) for cell in row], path.name


def test_the_readme_speaks_both_languages_and_names_each_status_and_file(whole):
    folder, _ = whole
    value = (folder / "README.md").read_text("utf-8")
    for t in (ENGLISH, CHINESE):
        for status in Status:
            assert status_name(status, t) in value
    assert "Table 2 (“Indicator system" in value
    assert "审图" in value
    named = value.replace("values-en.xlsx, values-zh.xlsx", "values-en.xlsx")
    for path in folder.iterdir():
        assert path.name in named or path.name in ("README.md", "tables", "values-zh.xlsx")


def test_the_whole_is_the_same_whenever_it_is_made(whole):
    assert build_archive() == whole[1]


def test_a_zip_reads_back():
    members = {"b.txt": b"2", "a/ä.txt": b"1" * 999}
    body = pack_zip(members)
    assert unpack_zip(body) == members
    assert list(unpack_zip(body)) == list(members)


def test_package_tables_name_their_fields():
    values = {built_table["name"]: built_table for built_table in _built_tables()}
    body = table_files()
    for name, entry in values.items():
        head = next(csv.reader(io.StringIO(body[f"tables/{name}.csv"].decode("utf-8-sig"))))
        assert head == [field["name"] for field in entry["schema"]["fields"]]
