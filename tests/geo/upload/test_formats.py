"""Formats, encodings and containers: the same table comes out of each."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct

import pytest

from geo.upload import FORMATS, SUFFIXES, UploadedFile
from geo.upload.geopackage import GeoPackageReader
from geo.upload.summary import summarise_file
from tests.bad_inputs.containers import BEGIN, old_workbook, record
from tests.cases import for_each
from tests.geo.upload.test_understood import first_values, small_table, summary_of, zipped
from tests.geo.upload.variants import UNITS, value_of

WANTED = {u.adcode: value_of(u) for u in UNITS}
TABLE = small_table()
LINES = TABLE.splitlines()
HALF = len(LINES) // 2
ENGLISH = ["地區,產值", *(f"{u.name_en},{value_of(u)}" for u in UNITS)]
CELLS = "".join(
    f"<Row><Cell><Data>{name}</Data></Cell><Cell ss:Index='2'><Data>{value}</Data></Cell></Row>"
    for name, value in (line.split(",") for line in LINES)
)
HTML = "<table>" + "".join(f"<tr><td>{line.replace(',', '<td>')}" for line in LINES) + "</table>"
EXCEL_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    f"<Worksheet><Table>{CELLS}</Table></Worksheet></Workbook>"
)
TEXTS = {
    "utf-32": TABLE.encode("utf-32"),
    "Big5 without a Chinese name of a province": "\n".join(ENGLISH).encode("big5"),
    "Windows-1252": "\n".join(["Région,Größe €", *ENGLISH[1:]]).encode("cp1252"),
    "two kinds of line ends": (
        "\r\n".join(LINES[:HALF]) + "\r\n" + "\r".join(LINES[HALF:])
    ).encode(),
    "full-width commas": TABLE.replace(",", "，").encode(),
    "spaces": TABLE.replace(",", "    ").encode(),
    "row numbers of R": "\n".join(
        [LINES[0], *(f"{n},{line}" for n, line in enumerate(LINES[1:], 1))]
    ).encode(),
}


@for_each("name", TEXTS)
def test_texts(name):
    got = summary_of("a.txt", TEXTS[name])
    assert (got["refused"], first_values(got)) == (None, WANTED)


PACKED = {
    "a.gz": gzip.compress(TABLE.encode()),
    "b.csv.gz": gzip.compress(TABLE[:200].encode()) + gzip.compress(TABLE[200:].encode()),
    "c.csv.gz": gzip.compress(TABLE.encode()) + b"\0" * 100,
    "d.zip": zipped({"t.csv": TABLE.encode(), "readme.txt": b"x", "Metadata_t.csv": b"a,b"}),
}
MARKED = {
    "a.xls": HTML, "b.xls": f"<style>td {{}}</style>{HTML}", "c.xls": f"<!-- x --><div>{HTML}",
    "d.xls": f'<?xml version="1.0"?><html>{HTML}', "e.xls": EXCEL_2003,
    "f.html": f"<meta charset=utf-8>{HTML}",
}  # fmt: skip


@for_each("name", [*PACKED, *MARKED])
def test_packed_and_marked_tables(name):
    got = summary_of(name, PACKED.get(name) or MARKED[name])
    assert (got["refused"], first_values(got)) == (None, WANTED)


RECORDS = [{"省份": u.short_zh, "产值": value_of(u)} for u in UNITS]
STAT = {
    "label": "GDP", "id": ["region"],
    "dimension": {"region": {"category": {"index": [u.iso for u in UNITS]}}},
    "value": [value_of(u) for u in UNITS],
}  # fmt: skip
DOCUMENTS = {
    "within a list of a result": {"status": 0, "result": {"total": 34, "list": RECORDS}},
    "of ECharts": {"series": [{"type": "map", "data": RECORDS}]},
    "of objects": [{"province": {"name": u.name_en, "code": u.adcode}, "v": value_of(u)}
                   for u in UNITS],
    "of Esri": {"features": [{"attributes": record} for record in RECORDS]},
    "of JSON-stat 1": {"dataset": STAT},
    "of shapes with an id": {"type": "Topology", "objects": {"a": {"geometries": [
        {"id": u.adcode, "properties": {"产值": value_of(u)}} for u in UNITS]}}},
    "of shapes without a collection": {"type": "Topology", "objects": {
        u.adcode: {"type": "Polygon", "properties": {"name": u.name_zh, "v": value_of(u)}}
        for u in UNITS}},
}  # fmt: skip


@for_each("name", DOCUMENTS)
def test_shapes_of_json(name):
    data = json.dumps(DOCUMENTS[name], ensure_ascii=False)
    got = summarise_file(UploadedFile("a.json", data.encode()))
    assert (got["refused"], first_values(got)) == (None, WANTED)


def test_inner_records_stand_beside_what_holds_them():
    records = [
        {"name": u.short_zh, "data": [{"year": y, "gdp": value_of(u, 0, y - 2019)}
                                      for y in (2019, 2020)]}
        for u in UNITS
    ]  # fmt: skip
    got = summary_of("a.json", json.dumps(records))
    assert first_values(got, "2020") == {u.adcode: value_of(u, 0, 1) for u in UNITS}


def test_numbers_of_json_that_are_none_are_gaps():
    got = summary_of("a.json", '[{"省": "北京", "v": 1}, {"省": "天津", "v": NaN}]')
    assert first_values(got) == {"110000": 1}


def test_units_of_json_stat():
    document = {
        "class": "dataset", "id": ["region", "metric"], "value": [1, 2],
        "dimension": {
            "region": {"category": {"index": ["CN-BJ"]}},
            "metric": {"category": {"index": ["gdp", "pop"], "label": {"gdp": "GDP", "pop": "人口"},
                                    "unit": {"gdp": {"label": "亿元"}, "pop": {"label": "万人"}}}},
        },
    }  # fmt: skip
    got = summary_of("a.json", json.dumps(document))
    assert [(s["name"], s["unit"]) for s in got["series"]] == [("GDP", "亿元"), ("人口", "万人")]


def test_thousands_without_quotation_marks_are_no_row_names():
    rows = [f"{u.short_zh},1,234" for u in UNITS]
    assert "cells" in summary_of("a.csv", "\n".join(["地区,产值", *rows]))["refused"]


def geopackage(script: str = "") -> bytes:
    """A GeoPackage with a layer of the provinces, its journal kept beside it (WAL)."""
    rows = [(n, b"GP\0\1", u.name_zh, value_of(u)) for n, u in enumerate(UNITS, 1)]
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE layer (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON, name TEXT, v REAL);"
            + script
        )
        connection.executemany("INSERT INTO layer VALUES (?, ?, ?, ?)", rows)
        connection.commit()
        body = bytearray(connection.serialize())
    body[18:20] = b"\2\2"
    return bytes(body)


@for_each("more", ["", "CREATE TABLE notes (a TEXT); INSERT INTO notes VALUES ('x');"])
def test_attributes_of_a_geopackage(more):
    got = summary_of("a.gpkg", geopackage(more))
    assert (got["refused"], first_values(got)) == (None, WANTED)
    assert [series["name"] for series in got["series"]] == ["v"]


def test_a_query_of_a_geopackage_may_read_tables_alone():
    reader = GeoPackageReader(UploadedFile("a.gpkg", geopackage()))
    for query in ("ATTACH 'x.db' AS x", "SELECT load_extension('x')", "PRAGMA user_version = 1",
                  "DELETE FROM layer", "SELECT upper(name) FROM layer"):  # fmt: skip
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited|too many"):
            reader._database.execute(query)


def test_the_formats_are_those_of_the_suffixes():
    named = set(FORMATS.lower().split(", "))
    assert {"csv", "xlsx", "xls", "xlsb", "ods", "geojson", "topojson", "zip", "gz"} <= named
    kinds = {SUFFIXES.get(f".{name}") for name in named} - {None}
    assert kinds == set(SUFFIXES.values()) - {"gpkg"}
    assert ("geopackage" in named, ".gpkg" in SUFFIXES) == (True, True)
    assert FORMATS in summary_of("a.pdf", "a,b")["refused"]


def old_table(places: int) -> bytes:
    """An XLS with names, and numbers in two columns of which the second is of percentages."""
    labels = [
        record(0x0204, struct.pack("<HHHHB", n, 0, 0, len(text), 1) + text.encode("utf-16-le"))
        for n, text in enumerate(["地区", *(unit.short_zh for unit in UNITS[:places])])
    ]
    heads = [
        record(0x0204, struct.pack("<HHHHB", 0, n, 0, 2, 1) + text.encode("utf-16-le"))
        for n, text in ((1, "产值"), (2, "占比"))
    ]
    numbers = [record(0x0203, struct.pack("<HHHd", n, 1, 0, 1.5 * n)) for n in range(1, places + 1)]
    numbers += [
        record(0x0203, struct.pack("<HHHd", n, 2, 1 + n % 2, n / 8)) for n in range(1, places + 1)
    ]
    custom = "0.0%".encode("latin-1")
    styles = [record(0x041E, struct.pack("<HHB", 170, len(custom), 0) + custom)]
    styles += [record(0x00E0, struct.pack("<HH16x", 0, kind)) for kind in (0, 9, 170)]
    end = record(0x0A, b"")
    name = struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"S"
    start = len(BEGIN) + len(b"".join(styles)) + len(record(0x85, name)) + len(end)
    name = struct.pack("<I", start) + name[4:]
    sheet = BEGIN.replace(b"\5\0", b"\x10\0", 1)
    return old_workbook(
        b"".join([BEGIN, *styles, record(0x85, name), end, sheet, *labels, *heads, *numbers, end])
    )


def test_percentages_of_old_workbooks_keep_their_sign():
    got = summary_of("a.xls", old_table(12))
    assert [(s["name"], s["unit"]) for s in got["series"]] == [("产值", ""), ("占比", "%")]
    wanted = [[1.5 * n, 12.5 * n] for n in range(1, 13)]
    values = zip(*([v[""] for v in s["values"].values()] for s in got["series"]), strict=True)
    assert [list(pair) for pair in values] == wanted
