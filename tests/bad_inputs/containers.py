"""Gzip, zip, HTML, old workbooks, GeoPackage and JSON that are damaged, burst or are mistaken."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping
from typing import Final

from tests.bad_inputs.files import (
    GOOD,
    PROVINCES,
    File,
    bent,
    book,
    noise,
    packed,
    parts,
    plain,
    text,
)

CFB: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TAR: Final = b"a.csv".ljust(257, b"\0") + b"ustar\0" + bytes(249)


def database(script: str, *, application: bytes = b"GPKG") -> bytes:
    """A database of SQLite after a script, with the mark of a GeoPackage in its head."""
    with sqlite3.connect(":memory:") as connection:
        connection.executescript(script)
        body = bytearray(connection.serialize())
    body[68:72] = application
    return bytes(body)


def layer(rows: str = "", columns: str = "name TEXT, v REAL", more: str = "") -> bytes:
    """A GeoPackage with one table of attributes."""
    return database(f"CREATE TABLE prov (fid INTEGER PRIMARY KEY, {columns}); {rows} {more}")


INSERTS: Final = " ".join(
    f"INSERT INTO prov (name, v) VALUES ('{name}', {n});" for n, name in enumerate(PROVINCES, 1)
)
SLOW_VIEW: Final = (
    "CREATE VIEW gpkg_contents AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
    " SELECT x AS table_name FROM c;"
)


def overwritten(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def stored(members: Mapping[str, bytes]) -> bytes:
    """A zip with names exactly as they are, folders and double names too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name), body)
    return out.getvalue()


def old_workbook(stream: bytes) -> bytes:
    """A compound file with one stream, Workbook, in sectors of 512 bytes (Microsoft, MS-CFB)."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    stream = stream.ljust(count * 512, b"\0")
    end, free, table = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    chain = [table, end, *range(3, count + 2), end]
    chain += [free] * (128 - len(chain) % 128)
    head = CFB + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0,
                                         4096, end, 0, end, 0)  # fmt: skip
    head += struct.pack("<109I", 0, *[free] * 108)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        label = (name + "\0").encode("utf-16-le")
        return label.ljust(64, b"\0") + struct.pack(
            "<HBBIII16xI16xIQ", len(label), kind, 1, free, free, child, 0, start, size
        )

    folder = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    folder = folder.ljust(512, b"\0")
    return head + struct.pack(f"<{len(chain)}I", *chain)[:512] + folder + stream


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BEGIN: Final = record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
FAR_CELL: Final = record(0x0203, struct.pack("<HHHd", 65_535, 255, 0, 1.0))
DOUBLE: Final = text(GOOD)


FILES: Final[dict[str, File]] = {
    "gzip_of_nothing": ("a.csv.gz", lambda: gzip.compress(b"")),
    "gzip_of_zeros": ("a.csv.gz", lambda: gzip.compress(bytes(500_000_000), 1)),
    "gzip_of_many_zeros": ("a.csv.gz", lambda: gzip.compress(bytes(9_000_000), 1) * 50),
    "gzip_with_noise_behind": ("a.csv.gz", lambda: gzip.compress(DOUBLE) + b"noise"),
    "gzip_in_gzip": ("a.csv.gz", lambda: gzip.compress(gzip.compress(DOUBLE))),
    "gzip_of_a_tar": ("a.tar.gz", lambda: gzip.compress(TAR)),
    "gzip_with_a_wrong_checksum": ("a.csv.gz", lambda: gzip.compress(DOUBLE)[:-8] + bytes(8)),
    "gzip_that_is_text": ("a.csv.gz", lambda: DOUBLE),
    "zip_in_zip": ("a.zip", lambda: stored({"b.zip": stored({"a.csv": DOUBLE})})),
    "zip_of_nothing": ("a.zip", lambda: stored({})),
    "zip_with_paths_upward": ("a.zip", lambda: stored({"../../etc/a.csv": b"x,y\n1,2\n"})),
    "zip_with_an_absolute_path": ("a.zip", lambda: stored({"/etc/passwd.csv": b"x,y\n1,2\n"})),
    "zip_of_two_tables": ("a.zip", lambda: stored({"a.csv": DOUBLE, "b.csv": DOUBLE})),
    "zip_of_zeros": ("a.zip", lambda: packed({"a.csv": bytes(100_000_000)})),
    "zip_cut_off": ("a.zip", lambda: stored({"a.csv": DOUBLE})[:-30]),
    "zip_of_a_program": ("a.zip", lambda: stored({"a.exe": b"MZ\x90" + noise(100)})),
    "zip_of_a_pdf_named_csv": ("a.zip", lambda: stored({"a.csv": b"%PDF-1.4"})),
    "html_without_cells": ("a.html", lambda: plain("<table></table>")),
    "html_of_a_hostile_span": (
        "a.html",
        lambda: plain("<table><tr><td rowspan=99999999 colspan=99999999>{{7*7}}</table>"),
    ),
    "html_by_the_million_marks": ("a.xls", lambda: b"<table>" + b"<tr><td>" * 1_200_000),
    "html_deep_tables": ("a.html", lambda: b"<table><tr><td>" * 30_000),
    "html_of_marks_to_the_limit": ("a.html", lambda: b"<table><tr><td>x" * 49_000),
    "html_of_comments_not_closed": ("a.html", lambda: b"<table><tr><td>" + b"<!--" * 149_000),
    "html_of_brackets": ("a.html", lambda: b"<table>" + b"<a " * 149_000),
    "html_with_a_script_alone": ("a.html", lambda: plain("<table><script>北京</script></table>")),
    "xml_of_excel_with_entities": (
        "a.xls",
        lambda: plain(
            '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table><Row><Cell>'
            "<Data>&x;</Data></Cell></Row></Table></Workbook>"
        ),
    ),
    "xls_of_noise": ("a.xls", lambda: CFB + noise(20_000)),
    "xls_without_sheets": ("a.xls", lambda: old_workbook(BEGIN + record(10, b""))),
    "xls_cell_far_out": ("a.xls", lambda: old_workbook(BEGIN + FAR_CELL * 3)),
    "xls_encrypted": ("a.xls", lambda: old_workbook(BEGIN + record(0x2F, bytes(6)))),
    "xls_record_too_short": ("a.xls", lambda: old_workbook(BEGIN + record(0x0203, b"\1"))),
    "xlsb_of_noise": (
        "a.xlsb",
        lambda: bent({"xl/workbook.xml": None, "xl/workbook.bin": noise(5_000)}),
    ),
    "xlsb_with_a_noisy_sheet": (
        "a.xlsb",
        lambda: packed(
            {
                **parts(book()),
                "xl/workbook.bin": noise(50),
                "xl/worksheets/sheet1.bin": noise(9_000),
            }
        ),
    ),
    "geopackage_of_noise": ("a.gpkg", lambda: b"SQLite format 3\0" + noise(9_000)),
    "geopackage_cut_off": ("a.gpkg", lambda: layer(INSERTS * 500)[:5_000]),
    "geopackage_without_tables": ("a.gpkg", lambda: database("CREATE TABLE gpkg_contents (a);")),
    "geopackage_of_views": ("a.gpkg", lambda: database("CREATE VIEW prov AS SELECT 1 AS name;")),
    "geopackage_with_an_endless_view": ("a.gpkg", lambda: database(SLOW_VIEW)),
    "geopackage_of_geometry_alone": ("a.gpkg", lambda: database("CREATE TABLE a (geom BLOB);")),
    "geopackage_of_countries": (
        "a.gpkg",
        lambda: layer("INSERT INTO prov (name, v) VALUES ('France', 1), ('Japan', 2);"),
    ),
    "geopackage_of_many_rows": (
        "a.gpkg",
        lambda: layer(
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 130000)"
            " INSERT INTO prov (name, v) SELECT '北京', x FROM c;"
        ),
    ),
    "geopackage_with_a_damaged_page": (
        "a.gpkg",
        lambda: overwritten(layer(INSERTS * 500), 4096, noise(4_096)),
    ),
    "geopackage_named_csv": ("a.csv", lambda: layer(INSERTS)),
    "geopackage_that_is_text": ("a.gpkg", lambda: DOUBLE),
    "json_lines_cut_off": ("a.jsonl", lambda: plain('{"省": "北京", "v": 1}\n{"省": "天')),
    "json_of_scalars": ("a.json", lambda: b"[1, 2, 3]"),
    "json_stat_of_a_million_categories": (
        "a.json",
        lambda: plain(
            json.dumps(
                {
                    "class": "dataset",
                    "id": list("abc"),
                    "value": [],
                    "dimension": {
                        n: {"category": {"index": list(map(str, range(2000)))}} for n in "abc"
                    },
                }
            )
        ),
    ),
    "json_records_by_the_level": ("a.json", lambda: plain('{"a":' * 9 + "[{}]" + "}" * 9)),
}
