"""Tables that are too big, or hold nothing."""

from __future__ import annotations

from typing import Final

from tests.bad_inputs.files import (
    GOOD,
    HEAD,
    SHEET,
    File,
    bent,
    book,
    cell,
    features,
    layer,
    noise,
    sheet,
    text,
    wide,
)


def many_cells(rows: int) -> bytes:
    """A sheet of rows with 199 different numbers each."""
    numbers = iter(range(rows * 199))
    lines = (
        "<row>"
        + "".join(f"<c><v>{next(numbers) * 7919 % 1_000_003}</v></c>" for _ in range(199))
        + "</row>"
        for _ in range(rows)
    )
    return sheet("".join(lines).encode())


FILES: Final[dict[str, File]] = {
    "csv_too_big": ("a.csv", lambda: text(GOOD) + b"x" * 20_000_000),
    "xlsx_too_big": ("a.xlsx", lambda: bent({"xl/media/a.png": noise(20_000_000)})),
    "geojson_too_big": ("a.geojson", lambda: layer('{"a": "%s"}' % ("x" * 20_000_000))),
    "pasted_too_big": ("", lambda: b"1\t2\n" * 5_000_001),
    "no_bytes": ("a.csv", lambda: b""),
    "no_bytes_xlsx": ("a.xlsx", lambda: b""),
    "blanks": ("a.csv", lambda: b" \r\n\t\n "),
    "byte_order_mark_alone": ("a.csv", lambda: b"\xef\xbb\xbf"),
    "delimiters_alone": ("a.csv", lambda: b",,,\n,,,\n"),
    "blank_lines_by_the_million": ("a.csv", lambda: b"\n" * 4_900_000),
    "too_many_rows": ("a.csv", lambda: text([HEAD, *(["北京", 1] for _ in range(120_000))])),
    "row_far_down": ("a.csv", lambda: text(GOOD) + b"\n" * 130_000 + "上海,1,2".encode()),
    "too_many_columns": ("a.csv", lambda: wide(201)),
    "columns_by_the_million": ("a.csv", lambda: text([["地区", "a"]]) + b"," * 4_900_000 + b"1"),
    "too_many_cells": ("a.csv", lambda: text([["地区", *range(199)]] * 6_001)),
    "long_cell": ("a.csv", lambda: text([["地区", "x" * 10_001], ["北京", 1]])),
    "long_cell_in_chinese": (
        "a.csv",
        lambda: text([HEAD, ["北京", 1], ["注：" + "长" * 3_400, ""]]),
    ),
    "endless_cell": ("a.csv", lambda: text([HEAD, ["北京", "9" * 200_000]])),
    "xlsx_row_far_down": ("a.xlsx", lambda: book(GOOD, cell("A120001", "北京"))),
    "xlsx_last_row_of_all": ("a.xlsx", lambda: book(GOOD, cell("B1048576", 1))),
    "xlsx_column_far_out": ("a.xlsx", lambda: book(GOOD, cell("GS3", 1))),
    "xlsx_last_column_of_all": ("a.xlsx", lambda: book(GOOD, cell("XFD1", 1))),
    "xlsx_too_many_cells": ("a.xlsx", lambda: bent({SHEET: many_cells(1_300)})),
    "xlsx_long_cell": ("a.xlsx", lambda: book(GOOD, cell("C3", "x" * 10_001))),
    "geojson_too_many_rows": ("a.geojson", lambda: features([{"a": 1}] * 120_000)),
    "geojson_too_many_columns": ("a.geojson", lambda: features([{f"a{n}": 1 for n in range(201)}])),
    "geojson_long_cell": ("a.geojson", lambda: features([{"a": "x" * 10_001}])),
}
