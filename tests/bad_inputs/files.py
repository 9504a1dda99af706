"""How the bad files are built: workbooks with parts put in, taken out or bent, and texts."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"
PROVINCES = ("北京", "天津", "河北", "山西", "内蒙古", "辽宁")
GOOD = [["地区", "2016年", "2017年"], *([p, 10 + i, 20 + i] for i, p in enumerate(PROVINCES))]
File = tuple[str, Callable[[], bytes]]  # the name it comes under, and how it is made
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = ["地区", "2016年"]
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
ROW = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


def text(rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as they would be typed: nothing is quoted for them."""
    lines = (delimiter.join(map(str, row)) for row in rows)
    return ("\n".join(lines) + "\n").encode(encoding)


def plain(body: str, encoding: str = "utf-8") -> bytes:
    return body.encode(encoding)


def book(
    rows: Sequence[Sequence[Any]] = GOOD, do: Callable[[Any], Any] = lambda sheet: None
) -> bytes:
    """A workbook with one sheet, after something was done to the sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    do(sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Mapping[str, bytes], level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, body in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), body, 8, level)
    return out.getvalue()


def bent(changed: Mapping[str, bytes | None], data: bytes | None = None) -> bytes:
    """A good workbook with parts put in, or taken out where the body is None."""
    members: dict[str, bytes | None] = {**parts(data or book()), **changed}
    return packed({name: body for name, body in members.items() if body is not None})


def replaced(part: str, old: bytes, new: bytes, data: bytes | None = None) -> bytes:
    """A workbook with one stretch of one part exchanged."""
    body = parts(data or book())[part]
    assert old in body, body[:2000]
    return bent({part: body.replace(old, new, 1)}, data)


def ods_cell(value: object) -> str:
    """A cell of an OpenDocument spreadsheet: a number, a text, or nothing for an empty text."""
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, str):
        return (
            '<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>'
            f"{value}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}'
        "</text:p></table:table-cell>"
    )


def ods_sheet(rows: str, name: str = "Sheet1", attributes: str = "") -> str:
    return f'<table:table table:name="{name}"{attributes}><table:table-column/>{rows}</table:table>'


def ods_rows(rows: Sequence[Sequence[object]]) -> str:
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )


def ods_parts(sheets: str, styles: str = "") -> dict[str, bytes]:
    """The parts of an OpenDocument spreadsheet around its sheets."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (
            ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
            ("calcext", "calcext"),
        )
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }


def ods(
    sheets: str = "",
    more: Mapping[str, bytes | None] = MappingProxyType({}),
    styles: str = "",
) -> bytes:
    """An OpenDocument spreadsheet, the good table unless it is given others, with parts changed."""
    members = {**ods_parts(sheets or ods_sheet(ods_rows(GOOD)), styles), **more}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            if body is not None:
                archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), body, stored)
    return out.getvalue()


def sheet(cells: bytes, tail: bytes = b"") -> bytes:
    """The XML of a sheet with some rows."""
    head = f'<?xml version="1.0"?><worksheet xmlns="{NS}"><sheetData>'.encode()
    return head + cells + b"</sheetData>" + tail + b"</worksheet>"


def flagged(data: bytes, offset: int, central: int, value: int) -> bytes:
    """A zip with one byte changed in the first local head and the first entry of the directory."""
    body = bytearray(data)
    body[offset] = value
    body[data.index(b"PK\x01\x02") + central] = value
    return bytes(body)


def noise(count: int) -> bytes:
    """Bytes that do not shrink, the same every time."""
    return random.Random(0).randbytes(count)


def features(rows: Sequence[Mapping[str, Any]], **more: Any) -> bytes:
    values = [{"type": "Feature", "properties": row, "geometry": None, **more} for row in rows]
    return json.dumps(
        {"type": "FeatureCollection", "features": values}, ensure_ascii=False
    ).encode()


def layer(properties: str, geometry: str = "null") -> bytes:
    """GeoJSON with one feature, its properties written by hand."""
    return (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        f'{properties}, "geometry": {geometry}}}]}}'
    ).encode()


def compound(content: str) -> bytes:
    """The beginning of an OLE container with the name of one stream."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + content.encode("utf-16-le") + bytes(99)
    )


def merged(area: str) -> Callable[..., None]:
    return lambda value: value.merge_cells(area)


def cell(place: str, value: object) -> Callable[..., None]:
    def set_cell(entry: object) -> None:
        entry[place] = value

    return set_cell


def with_column(head: str, values: list[object]) -> list[list[object]]:
    """A table of provinces with one column."""
    return [["地区", head], *([p, v] for p, v in zip(PROVINCES, values, strict=False))]


def wide(count: int) -> bytes:
    return text(
        [["地区", *(f"a{n}" for n in range(count - 1))], ["北京", *(1 for _ in range(count - 1))]]
    )
