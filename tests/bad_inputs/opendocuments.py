"""OpenDocument spreadsheets that are locked, act, are damaged, or repeat themselves without end."""

from __future__ import annotations

from typing import Final

from tests.bad_inputs.files import (
    GOOD,
    File,
    book,
    noise,
    ods,
    ods_parts,
    ods_rows,
    ods_sheet,
    text,
)

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
TEXT = 'office:value-type="string"><text:p>a</text:p></table:table-cell>'
BLANKS = '<table:table-cell table:number-columns-repeated="16384"/>'
FIGURE = '<table:table-cell office:value-type="float" office:value="1"/>'


def content(old: str, new: str) -> bytes:
    """The content of a good spreadsheet with one stretch exchanged."""
    body = ods_parts(ods_sheet(ods_rows(GOOD)))[CONTENT].decode()
    assert old in body
    return body.replace(old, new, 1).encode()


def row(cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


FILES: Final[dict[str, File]] = {
    "ods_locked": (
        "a.ods",
        lambda: ods(
            more={
                CONTENT: noise(500),
                MANIFEST: b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry>"
                b"</m:manifest>",
            }
        ),
    ),
    "ods_macros": ("a.ods", lambda: ods(more={"Basic/Standard/Module1.xml": b"<a/>"})),
    "ods_scripts": ("a.ods", lambda: ods(more={"Scripts/python/a.py": b"import os"})),
    "ods_named_csv": ("a.csv", ods),
    "ods_whole_named_xlsx": ("a.xlsx", ods),
    "ods_pasted": ("", ods),
    "xlsx_named_ods": ("a.ods", book),
    "csv_named_ods": ("a.ods", lambda: text(GOOD)),
    "ods_without_content": ("a.ods", lambda: ods(more={CONTENT: None})),
    "ods_bomb": ("a.ods", lambda: ods(more={CONTENT: b"<a>" + b" " * 20_000_000})),
    "ods_cut_off": ("a.ods", lambda: ods()[:-100]),
    "ods_no_xml": ("a.ods", lambda: ods(more={CONTENT: b"hello"})),
    "ods_not_closed": ("a.ods", lambda: ods(more={CONTENT: content("</table:table>", "")})),
    "ods_note_not_closed": (
        "a.ods",
        lambda: ods(more={CONTENT: content("<text:p>", "<office:annotation><text:p>")}),
    ),
    "ods_entities": (
        "a.ods",
        lambda: ods(
            more={
                CONTENT: content("?>", '?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
            }
        ),
    ),
    "ods_without_sheets": ("a.ods", lambda: ods("<a/>")),
    "ods_without_cells": ("a.ods", lambda: ods(ods_sheet(row("<table:table-cell/>")))),
    "ods_sheet_in_a_cell": (
        "a.ods",
        lambda: ods(
            ods_sheet(row(f"<table:table-cell>{ods_sheet(row(FIGURE))}</table:table-cell>"))
        ),
    ),
    "ods_row_repeated_by_the_million": ("a.ods", lambda: ods(ods_sheet(row(FIGURE, 1_048_576)))),
    "ods_row_repeated_beyond_counting": (
        "a.ods",
        lambda: ods(ods_sheet(row(FIGURE, 10**30))),
    ),
    "ods_row_far_down": (
        "a.ods",
        lambda: ods(ods_sheet(row("<table:table-cell/>", 1_048_575) + row(FIGURE))),
    ),
    "ods_cell_repeated_in_all_columns": (
        "a.ods",
        lambda: ods(
            ods_sheet(row(f'<table:table-cell table:number-columns-repeated="16384" {TEXT}'))
        ),
    ),
    "ods_cell_repeated_no_times": (
        "a.ods",
        lambda: ods(ods_sheet(row(f'<table:table-cell table:number-columns-repeated="0" {TEXT}'))),
    ),
    "ods_column_far_out": ("a.ods", lambda: ods(ods_sheet(row(BLANKS + FIGURE)))),
    "ods_too_many_cells": (
        "a.ods",
        lambda: ods(
            ods_sheet(row(f'<table:table-cell table:number-columns-repeated="200" {TEXT}', 6_001))
        ),
    ),
    "ods_empty_cells_without_end": (
        "a.ods",
        lambda: ods(ods_sheet(row(BLANKS + "<table:table-cell/>") * 40)),
    ),
    "ods_sheets_of_two_corners": (
        "a.ods",
        lambda: ods(
            "".join(
                ods_sheet(
                    row(FIGURE)
                    + row("<table:table-cell/>", 4_998)
                    + row('<table:table-cell table:number-columns-repeated="199"/>' + FIGURE),
                    f"s{n}",
                )
                for n in range(50)
            )
        ),
    ),
    "ods_spaces_by_the_billion": (
        "a.ods",
        lambda: ods(
            ods_sheet(
                row(
                    '<table:table-cell office:value-type="string"><text:p><text:s '
                    'text:c="999999999"/></text:p></table:table-cell>'
                )
            )
        ),
    ),
    "ods_text_repeated": (
        "a.ods",
        lambda: ods(
            ods_sheet(
                row(
                    '<table:table-cell table:number-columns-repeated="200" office:value-type='
                    f'"string"><text:p>{"ab" * 4_000}</text:p></table:table-cell>',
                    100,
                )
            )
        ),
    ),
    "ods_formula_repeated": (
        "a.ods",
        lambda: ods(
            ods_sheet(
                row(
                    '<table:table-cell table:number-columns-repeated="200" office:value-type='
                    f'"float" office:value="1" table:formula="of:={"1+" * 4_000}1"/>',
                    100,
                )
            )
        ),
    ),
    "ods_long_cell": (
        "a.ods",
        lambda: ods(ods_sheet(ods_rows([*GOOD, ["长" * 4_000]]))),
    ),
    "ods_formula_without_value": (
        "a.ods",
        lambda: ods(ods_sheet(ods_rows(GOOD) + row('<table:table-cell table:formula="of:=1+1"/>'))),
    ),
    "ods_number_that_is_none": (
        "a.ods",
        lambda: ods(
            ods_sheet(row('<table:table-cell office:value-type="float" office:value="1.2.3"/>'))
        ),
    ),
    "ods_merged_head": (
        "a.ods",
        lambda: ods(
            ods_sheet(
                row(
                    '<table:table-cell office:value-type="string"><text:p>地区</text:p>'
                    '</table:table-cell><table:table-cell table:number-columns-spanned="2" '
                    'office:value-type="string"><text:p>产值</text:p></table:table-cell>'
                    "<table:covered-table-cell/>"
                )
                + ods_rows([["北京", 1, 2]])
            )
        ),
    ),
}
