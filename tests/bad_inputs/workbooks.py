"""Workbooks that are locked, act, burst, are damaged, or whose cells say nothing clear."""

from __future__ import annotations

from typing import Final

from tests.bad_inputs.files import (
    GOOD,
    NS,
    ROW,
    SHEET,
    TYPES,
    WORKBOOK,
    File,
    bent,
    book,
    cell,
    compound,
    flagged,
    merged,
    noise,
    packed,
    replaced,
    sheet,
)

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f']><worksheet xmlns="{NS}"><sheetData><row><c t="inlineStr"><is><t>&i;</t></is></c></row>'
    "</sheetData></worksheet>"
)
STRINGS = "xl/sharedStrings.xml"
TYPE_OF_STRINGS = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def with_strings(strings: bytes, index: bytes, attributes: bytes = b"") -> bytes:
    """A workbook with shared strings as they are, and one cell that shows one of them."""
    cell_of_string = b'<row r="1"><c r="A1" t="s"><v>' + index + b"</v></c></row>"
    head = f'<sst xmlns="{NS}"'.encode() + attributes + b">"
    parts = {STRINGS: head + strings + b"</sst>", SHEET: sheet(cell_of_string)}
    return bent(parts, replaced(TYPES, b"</Types>", TYPE_OF_STRINGS + b"</Types>"))


def cells_of_string(rows: int, columns: int) -> bytes:
    """The XML of rows in which all cells show the first shared string."""
    return b"".join(
        b"<row>"
        + b"".join(
            b'<c r="%s%d" t="s"><v>0</v></c>' % (b"%c" % (65 + n), row) for n in range(columns)
        )
        + b"</row>"
        for row in range(1, rows + 1)
    )


FILES: Final[dict[str, File]] = {
    "encrypted": ("a.xlsx", lambda: compound("EncryptedPackage")),
    "encrypted_named_csv": ("a.csv", lambda: compound("EncryptedPackage")),
    "excel_97": ("a.xls", lambda: compound("Workbook")),
    "excel_97_named_xlsx": ("a.xlsx", lambda: compound("Workbook")),
    "encrypted_part": ("a.xlsx", lambda: flagged(book(), 6, 8, 1)),
    "encrypted_package_in_zip": ("a.xlsx", lambda: packed({"EncryptedPackage": b"x"})),
    "macros": ("a.xlsx", lambda: bent({"xl/vbaProject.bin": b"x"})),
    "macros_named_xlsm": ("a.xlsm", lambda: bent({"xl/vbaProject.bin": b"x"})),
    "macros_under_another_name": (
        "a.xlsx",
        lambda: replaced(
            TYPES,
            b"</Types>",
            b'<Override PartName="/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            b"</Types>",
        ),
    ),
    "macros_of_excel_4": ("a.xlsx", lambda: bent({"xl/macrosheets/sheet1.xml": b"<a/>"})),
    "no_macros_named_xlsm": ("a.xlsm", book),
    "bomb_in_a_sheet": ("a.xlsx", lambda: bent({SHEET: sheet(b" " * 20_000_000)})),
    "bomb_in_a_picture": ("a.xlsx", lambda: bent({"xl/media/a.png": bytes(20_000_000)})),
    "bomb_over_many_parts": (
        "a.xlsx",
        lambda: bent({f"xl/media/{n}.bin": bytes(40_000_000) for n in range(5)}),
    ),
    "unpacked_too_big": (
        "a.xlsx",
        lambda: bent(
            {f"xl/media/{n}.bin": noise(100_000) * 4 + b" " * 7_200_000 for n in range(7)}
        ),
    ),
    "bomb_within_the_ratio": (
        "a.xlsx",
        lambda: bent({"xl/media/a.bin": noise(520_000) + bytes(49_990_000)}),
    ),
    "too_many_parts": ("a.xlsx", lambda: bent({f"xl/media/{n}": b"x" for n in range(200)})),
    "part_that_lies_about_its_size": ("a.xlsx", lambda: flagged(book(), 22, 24, 1)),
    "cut_off": ("a.xlsx", lambda: book()[:-200]),
    "cut_in_half": ("a.xlsx", lambda: book()[: len(book()) // 2]),
    "byte_flipped": ("a.xlsx", lambda: flagged(book(), 14, 16, 0)),
    "unknown_compression": ("a.xlsx", lambda: flagged(book(), 8, 10, 97)),
    "entities_that_laugh": ("a.xlsx", lambda: bent({SHEET: LAUGHS.encode()})),
    "entity_that_reads_a_file": (
        "a.xlsx",
        lambda: replaced(
            WORKBOOK,
            b"<workbook",
            b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook',
        ),
    ),
    "entity_that_asks_an_address": (
        "a.xlsx",
        lambda: bent(
            {"xl/styles.xml": b'<!DOCTYPE w SYSTEM "http://192.0.2.1/a.dtd"><styleSheet/>'}
        ),
    ),
    "entities_in_utf16": (
        "a.xlsx",
        lambda: bent(
            {
                SHEET: LAUGHS.replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode(
                    "utf-16"
                )
            }
        ),
    ),
    "xml_in_ebcdic": ("a.xlsx", lambda: bent({SHEET: LAUGHS.encode("cp037")})),
    "styles_without_end": (
        "a.xlsx",
        lambda: replaced(
            "xl/styles.xml",
            b"<cellXfs",
            b"<cellXfs>"
            + b"".join(b'<xf numFmtId="%d"/>' % n for n in range(60_001))
            + b"</cellXfs><cellXfs",
            book(),
        ),
    ),
    "strings_without_end": (
        "a.xlsx",
        lambda: bent(
            {"xl/sharedStrings.xml": b"".join(b"<si><t>%d</t></si>" % n for n in range(260_000))}
        ),
    ),
    "string_of_40_mb": (
        "a.xlsx",
        lambda: bent(
            {
                "xl/sharedStrings.xml": f'<sst xmlns="{NS}"><si><t>'.encode()
                + noise(440_000).hex().encode()
                + b"x" * 40_000_000
                + b"</t></si></sst>",
                SHEET: sheet(b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>'),
            },
            replaced(
                TYPES,
                b"</Types>",
                b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
                b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            ),
        ),
    ),
    "sheet_that_is_no_xml": ("a.xlsx", lambda: bent({SHEET: b"<worksheet><sheetData><row>"})),
    "sheet_that_is_text": ("a.xlsx", lambda: bent({SHEET: b"hello"})),
    "sheet_that_is_missing": ("a.xlsx", lambda: bent({SHEET: None})),
    "no_list_of_sheets": ("a.xlsx", lambda: bent({"xl/_rels/workbook.xml.rels": None})),
    "no_workbook": ("a.xlsx", lambda: bent({WORKBOOK: None})),
    "no_content_types": ("a.xlsx", lambda: bent({TYPES: None})),
    "content_types_of_another": (
        "a.xlsx",
        lambda: bent(
            {
                TYPES: b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
            }
        ),
    ),
    "string_that_is_not_there": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(b'<row r="1"><c r="A1" t="s"><v>999</v></c></row>')}),
    ),
    "string_with_a_negative_number": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(b'<row r="1"><c r="A1" t="s"><v>x</v></c></row>')}),
    ),
    "string_number_in_two_pieces": (
        "a.xlsx",
        lambda: with_strings(b"<si><t>a</t></si>" * 20, b"1&#48;"),
    ),
    "number_cut_by_a_comment": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(b'<row r="1"><c r="A1"><v>1<!-- -->2</v></c></row>')}),
    ),
    "number_marked_as_characters": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(b'<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>')}),
    ),
    "strings_announced_by_the_billion": (
        "a.xlsx",
        lambda: with_strings(b"<si><t>a</t></si>", b"0", b' uniqueCount="10000000000"'),
    ),
    "strings_announced_beyond_counting": (
        "a.xlsx",
        lambda: with_strings(b"<si><t>a</t></si>", b"0", b' uniqueCount="1000000000000000000"'),
    ),
    "string_within_a_string": (
        "a.xlsx",
        lambda: with_strings(b"<si><t>a</t><si><t>b</t></si></si>", b"0"),
    ),
    "one_string_in_every_cell": (
        "a.xlsx",
        lambda: bent(
            {SHEET: sheet(cells_of_string(5_000, 19))},
            with_strings(b"<si><t>" + b"ab" * 4_000 + b"</t></si>", b"0"),
        ),
    ),
    "empty_text_in_the_last_cell_of_all": (
        "a.xlsx",
        lambda: bent(
            {SHEET: sheet(ROW + b'<row r="2"><c r="XFD1048576" t="str"><v></v></c></row>')}
        ),
    ),
    "characters_in_the_last_cell_of_all": (
        "a.xlsx",
        lambda: bent(
            {
                SHEET: sheet(
                    ROW
                    + b'<row r="2"><c r="XFD1048576" t="inlineStr"><is><t><![CDATA[a]]></t></is>'
                    b"</c></row>"
                )
            }
        ),
    ),
    "last_cell_of_all_by_counting": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(ROW + b'<row r="1048576"><c><v>1</v></c></row>')}),
    ),
    "style_that_is_not_there": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(b'<row r="1"><c r="A1" s="999"><v>1</v></c></row>')}),
    ),
    "number_that_is_none": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(b'<row r="1"><c r="A1"><v>1.2.3</v></c></row>')}),
    ),
    "row_of_a_million_million": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(ROW.replace(b'row r="1"', b'row r="1000000000000"'))}),
    ),
    "row_as_a_power": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(ROW.replace(b'row r="1"', b'row r="1e9"'))}),
    ),
    "row_hidden_in_an_entity": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(ROW.replace(b'row r="1"', b'row r="9999999&#57;"'))}),
    ),
    "column_that_no_sheet_has": (
        "a.xlsx",
        lambda: bent({SHEET: sheet(ROW.replace(b"A1", b"ZZZZ1"))}),
    ),
    "workbook_without_cells": ("a.xlsx", lambda: book([])),
    "workbook_of_other_sheets": (
        "a.xlsx",
        lambda: replaced(WORKBOOK, b"<sheets>", b"<sheets/><x>"),
    ),
    "formula_without_value": ("a.xlsx", lambda: book(GOOD, cell("C3", "=1+1"))),
    "formulas_without_values": (
        "a.xlsx",
        lambda: book(
            [[*row, f"=B{n}+C{n}"] if n > 1 else [*row, "和"] for n, row in enumerate(GOOD, 1)]
        ),
    ),
    "formula_that_fetches": (
        "a.xlsx",
        lambda: book(GOOD, cell("B2", '=WEBSERVICE("http://192.0.2.1/")')),
    ),
    "merged_head": (
        "a.xlsx",
        lambda: book([["地区", "产值", "", "备注"], ["北京", 1, 2, 3]], merged("B1:C1")),
    ),
    "merged_head_over_years": (
        "a.xlsx",
        lambda: book(
            [["地区", "产值", "", "人口", ""], ["", 2016, 2017, 2016, 2017], ["北京", 1, 2, 3, 4]],
            lambda value: [value.merge_cells(a) for a in ("A1:A2", "B1:C1", "D1:E1")],
        ),
    ),
    "merged_head_with_provinces": (
        "a.xlsx",
        lambda: book(
            [["地区", "", "产值"], ["华北", "北京", 1], ["华北", "天津", 2]], merged("A1:B1")
        ),
    ),
    "merged_and_unmerged": ("a.xlsx", lambda: book([["地区", "产值", ""], ["北京", 1, 2]])),
}
