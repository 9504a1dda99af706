"""Every limit holds: what is just within it passes, what is beyond gets an answer."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile

import pytest
from charset_normalizer.models import CharsetMatches

from geo.limits import UPLOAD_LIMITS
from geo.text import InputError, translator
from geo.units import provinces
from geo.upload import (
    MeasureDefinition,
    ParsedTable,
    RowOutcome,
    UploadedFile,
    format_limit,
    limit_of,
)
from geo.upload.delimited import _guess_encoding
from geo.upload.parsing import parse_table, read_source
from tests.bad_inputs.files import bent, book, features, noise, packed, parts, text
from tests.bad_inputs.make import cases
from tests.geo.upload import test_session
from tests.geo.upload.test_formats import geopackage

pytestmark = pytest.mark.slow

# Where a limit is passed: a bad file, or a test with the name given.
BEYOND = {
    "file_bytes": "csv_too_big",
    "rows": "too_many_rows",
    "columns": "too_many_columns",
    "cells": "too_many_cells",
    "cell_bytes": "long_cell",
    "members": "too_many_parts",
    "inflated_bytes": "unpacked_too_big",
    "ratio": "bomb_in_a_sheet",
    "marks": "strings_without_end",
    "html_marks": "html_by_the_million_marks",
    "part_marks": "styles_without_end",
    "grid_cells": "ods_empty_cells_without_end",
    "depth": "deep_lists",
    "brackets": "brackets_by_the_million",
    "magnitude": "too_large_to_add",
    "session_bytes": test_session.test_no_more_bytes_than_a_session_may_hold,
    "session_files": test_session.test_no_more_tables_than_a_session_may_hold,
    "recipe_bytes": test_session.test_a_file_too_big_for_any_session_is_not_read,
    "sheets_tried": "here",
    "candidates": "here",
    "keys": "here",
    "text": "here",
    "levels": "here",
    "query_milliseconds": "here",
    "guess_bytes": "here",
}


def test_every_limit_is_tried_from_beyond():
    assert set(BEYOND) == set(UPLOAD_LIMITS)
    files = {case.id for case in cases()}
    for where in BEYOND.values():
        assert callable(where) or where in files | {"here"}


def test_every_limit_has_a_reason_in_both_languages():
    for limit in UPLOAD_LIMITS.values():
        for words in (limit.unit, limit.reason):
            assert re.search(r"[\u4e00-\u9fff]", translator("zh")(words))


def given(name: str, data: bytes) -> ParsedTable:
    return parse_table(UploadedFile(name, data))


def rows(count: int) -> bytes:
    return text([["省", "2017"], *(["北京", n] for n in range(count - 1))])


def test_a_file_of_just_the_size():
    note = "注：" + "x" * 990 + "\n"
    body = rows(3) + note.encode() * 19_000
    data = body + b"\n" * (limit_of("file_bytes") - len(body))
    assert len(data) == limit_of("file_bytes")
    assert len(given("a.csv", data).rows) == 19_003
    with pytest.raises(InputError, match="more than 20 MB"):
        given("a.csv", data + b"\n")


def test_a_table_of_just_the_rows_columns_and_cells():
    assert len(given("a.csv", rows(limit_of("rows"))).rows) == limit_of("rows")
    columns = limit_of("columns")
    heads = ["省", *(f"a{n}" for n in range(columns - 1))]
    wide = [heads, *(["北京", *["1"] * (columns - 1)] for _ in range(5_999))]
    assert sum(map(len, wide)) == limit_of("cells")
    parsed = given("a.csv", text(wide))
    assert len(parsed.columns) == columns
    assert len(given("a.xlsx", book(wide[:500])).columns) == columns
    with pytest.raises(InputError, match="more than 1,200,000 filled cells"):
        given("a.csv", text([*wide, ["北京", *["1"] * (columns - 1)]]))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_full_table_is_understood_in_seconds(kind):
    names = [province.short_zh for province in provinces().values()]
    heads = ["省", "年份", *(f"a{n}" for n in range(28))]
    full = [heads, *([p, year, *range(28)] for year in range(1925, 2019) for p in names)]
    assert 95_000 < sum(map(len, full)) < limit_of("cells")
    data = text(full) if kind == "csv" else book(full)
    start = time.process_time()
    assert len(given(f"a.{kind}", data).series) == 28
    assert time.process_time() - start < 5


def test_a_cell_of_just_the_size():
    longest = "x" * limit_of("cell_bytes")
    parsed = given("a.csv", text([["省", longest], ["北京", 1]]))
    assert parsed.columns[1].head.text == longest
    assert given("a.xlsx", book([["省", longest], ["北京", 1]])).series[0].name == longest


def test_a_workbook_of_just_the_parts_and_the_bytes():
    number = len(parts(book()))
    extra = {f"xl/media/{n}": b"x" for n in range(limit_of("members") - number)}
    assert given("a.xlsx", bent(extra)).series
    inflated = sum(map(len, parts(book()).values()))
    rest = limit_of("inflated_bytes") - inflated
    filler = (noise(540_000) + bytes(rest))[:rest]
    assert given("a.xlsx", bent({"xl/media/a": filler})).series


def test_a_workbook_without_compression_bursts_nothing():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts(book()).items():
            archive.writestr(name, body)
    assert given("a.xlsx", out.getvalue()).series
    assert given("a.xlsx", packed(parts(book()), 9)).series


def test_json_of_just_the_depth():
    def deep(levels: int) -> bytes:
        # The collection, its list, the feature and its properties are four levels.
        value: object = 1
        for _ in range(levels - 4):
            value = [value]
        return features([{"省": "北京", "a": 1, "b": value}])

    assert given("a.geojson", deep(limit_of("depth"))).series
    with pytest.raises(InputError, match="more than 20 deep"):
        given("a.geojson", deep(limit_of("depth") + 1))


def test_a_figure_of_just_the_magnitude():
    parsed = given("a.csv", text([["省", "a"], ["北京", "-1e18"]]))
    assert parsed.series[0].figures == (("110000", None, -1e18),)


def test_a_name_of_just_the_length():
    name = "x" * limit_of("text")
    assert MeasureDefinition("a", name).name == name
    with pytest.raises(InputError, match="more than 120 characters"):
        MeasureDefinition("a", name + "x")


def test_no_more_unknown_names_are_sought_than_a_reader_would_mend():
    unknown = [[f"Hebie {n}", 1] for n in range(limit_of("candidates") + 5)]
    known = [[p, 1] for p in ("北京", "天津", "河北", "山西", "辽宁", "吉林", "上海", "江苏")] * 10
    parsed = given("a.csv", text([["省", "a"], *known, *unknown]))
    unmatched = parsed.rows_with(RowOutcome.UNMATCHED)
    offered = [bool(row.candidates) for row in unmatched]
    assert offered == [True] * limit_of("candidates") + [False] * 5


def test_no_more_series_are_made_than_keys_can_be_chosen_from():
    def keyed(count: int) -> ParsedTable:
        body = [[p, f"k{n}x", n] for p in ("北京", "天津") for n in range(count)]
        return given("a.csv", text([["省", "组", "值"], *body]))

    assert len(keyed(limit_of("keys")).series) == limit_of("keys")
    assert keyed(limit_of("keys") + 1).doubles == 2 * (limit_of("keys") + 1)


def test_no_more_sheets_are_searched_than_time_allows():
    def with_covers(count: int) -> bytes:
        def do(sheet) -> None:
            for n in range(count):
                sheet.parent.create_sheet(f"cover {n}", n)["A1"] = "cover"

        return book([["省", "a"], ["北京", 1]], do)

    assert given("a.xlsx", with_covers(limit_of("sheets_tried") - 1)).sheet == "Sheet"
    with pytest.raises(InputError, match="headers in row 1"):
        given("a.xlsx", with_covers(limit_of("sheets_tried")))


def test_records_are_sought_within_so_many_levels():
    def answer(levels: int) -> bytes:
        document: object = [{"省": "北京", "产值": 5}, {"省": "天津", "产值": 6}]
        for _ in range(levels):
            document = {"data": document}
        return json.dumps(document).encode()

    inner = limit_of("levels") - 1  # the list is a level, too
    (series,) = given("a.json", answer(inner)).series
    assert sorted(value for *_, value in series.figures) == [5, 6]
    with pytest.raises(InputError):
        given("a.json", answer(inner + 1))


def test_queries_of_a_geopackage_end_in_time(monkeypatch):
    file = UploadedFile("a.gpkg", geopackage())
    assert read_source(file).rows
    now = time.monotonic()
    later = now + limit_of("query_milliseconds") / 1_000 + 1
    clock = iter([now])
    monkeypatch.setattr("geo.upload.geopackage.STEPS", 1)
    monkeypatch.setattr("geo.upload.geopackage.time.monotonic", lambda: next(clock, later))
    with pytest.raises(InputError):
        read_source(file)


def test_an_encoding_is_guessed_from_so_many_bytes(monkeypatch):
    sizes: list[int] = []

    def measure(data: bytes, **options: object) -> CharsetMatches:
        sizes.append(len(data))
        return CharsetMatches([])

    monkeypatch.setattr("geo.upload.delimited.from_bytes", measure)
    assert _guess_encoding(b"x" * (limit_of("guess_bytes") + 1)) == ("", "")
    assert sizes == [limit_of("guess_bytes")]


def test_limits_as_they_are_printed():
    assert [format_limit(name) for name in ("session_bytes", "cell_bytes", "cells", "ratio")] == [
        "40 MB", "10 kB", "1,200,000", "100",
    ]  # fmt: skip
