"""OpenDocument spreadsheets are read as workbooks of the other kind are."""

from __future__ import annotations

import pytest

from geo.text import InputError
from geo.upload import ImportOptions, UploadedFile, limit_of, read_source
from geo.upload.files import MergedBlock
from geo.upload.parsing import parse_table
from tests.bad_inputs.files import GOOD, book, ods, ods_rows, ods_sheet
from tests.bad_inputs.opendocuments import row
from tests.geo.upload.test_limits import given

HIDDEN = (
    '<style:style style:name="h" style:family="table"><style:table-properties '
    'table:display="false"/></style:style>'
)


def value(kind: str, attributes: str, text: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def rows_of(rows: str) -> tuple:
    return read_source(UploadedFile("a.ods", ods(ods_sheet(rows)))).rows


def test_the_same_table_as_in_a_workbook_of_excel():
    opened = parse_table(UploadedFile("a.ods", ods()))
    other = parse_table(UploadedFile("a.xlsx", book()))
    assert (opened.kind, opened.sheets) == ("ods", ("Sheet1",))
    assert (opened.series, opened.rows, opened.columns) == (other.series, other.rows, other.columns)


def test_values_of_each_kind():
    assert rows_of(
        row(
            value("percentage", 'office:value="0.125"', "12.5%")
            + value("boolean", 'office:boolean-value="true"', "TRUE")
            + value("date", 'office:date-value="2017-05-01"')
            + value("date", 'office:date-value="2017-05-01T12:30:00"')
            + value("time", 'office:time-value="PT12H30M00S"')
            + value("currency", 'office:currency="CNY" office:value="1.5"', "¥1.50")
        )
    ) == (("12.5%", "TRUE", "2017-05-01T00:00:00", "2017-05-01T12:30:00", "12:30:00", 1.5),)


def test_errors_are_shown_and_notes_are_not():
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    cells = (
        '<table:table-cell table:formula="of:=NA()" office:value-type="string" '
        f'office:string-value="" calcext:value-type="error">{note}<text:p>#N/A</text:p>'
        "</table:table-cell>"
    )
    text = (
        f'<table:table-cell office:value-type="string">{note}<text:p>a<text:s text:c="2"/>b'
        "</text:p><text:p>c</text:p></table:table-cell>"
    )
    source = read_source(UploadedFile("a.ods", ods(ods_sheet(row(cells + text)))))
    assert (source.rows, source.formulas) == ((("#N/A", "a b c"),), 1)


def test_repeated_rows_and_cells_are_where_they_were():
    two = '<table:table-cell table:number-columns-repeated="2"'
    percentage = f'{two} office:value-type="percentage" office:value="0.5"/>'
    assert rows_of(
        row("<table:table-cell/>", 3) + row(f"{two}/>{percentage}{two}/>", 2) + row(f"{two}/>", 9)
    ) == ((), (), (), ("", "", "50%", "50%"), ("", "", "50%", "50%"))


def test_what_spreadsheet_programs_write_to_the_last_row_and_column():
    blanks = '<table:table-cell table:number-columns-repeated="16382"/>'
    rows = ods_rows([["省", "a"], ["北京", 1]]).replace(
        "</table:table-row>", f"{blanks}</table:table-row>"
    )
    rest = row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_574)
    parsed = given("a.ods", ods(ods_sheet(rows + rest)))
    assert parsed.series[0].figures == (("110000", None, 1.0),)


def test_merged_cells_and_links():
    cells = (
        '<table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" '
        'office:value-type="string"><text:p>a</text:p></table:table-cell>'
    )
    linked = ods_sheet(ods_rows(GOOD), "'file:///a.ods'#s")
    source = read_source(
        UploadedFile("a.ods", ods(ods_sheet(row("<table:table-cell/>" + cells)) + linked))
    )
    assert source.merged == (MergedBlock(1, 2, 3, 3),)
    assert (source.sheets, source.links) == (("Sheet1",), True)


def test_hidden_sheets_come_last_and_can_be_chosen():
    sheets = ods_sheet(ods_rows([["省", "a"], ["天津", 2]]), "x", ' table:style-name="h"')
    data = ods(sheets + ods_sheet(ods_rows(GOOD), "y"), styles=HIDDEN)
    opened = parse_table(UploadedFile("a.ods", data))
    assert (opened.sheet, opened.sheets) == ("y", ("y", "x"))
    chosen = parse_table(UploadedFile("a.ods", data), ImportOptions(sheet="x"))
    assert chosen.series[0].figures == (("120000", None, 2.0),)
    with pytest.raises(InputError, match=r"no sheet “z”\. Its sheets are: y, x"):
        parse_table(UploadedFile("a.ods", data), ImportOptions(sheet="z"))


def test_a_table_of_just_the_rows_columns_and_cells():
    heads = ["省", *(f"a{n}" for n in range(limit_of("columns") - 1))]
    numbers = range(1, limit_of("columns"))
    wide = [heads, *(["北京", *(n * row**3 % 9973 for n in numbers)] for row in range(499))]
    assert sum(map(len, wide)) == 100_000
    assert len(given("a.ods", ods(ods_sheet(ods_rows(wide)))).columns) == limit_of("columns")
    tall = [["省", "2017"], *(["北京", n] for n in range(40_000))]  # more marks of XML are refused
    assert len(given("a.ods", ods(ods_sheet(ods_rows(tall)))).rows) == 40_001
