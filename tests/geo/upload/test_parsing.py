"""Tables as analysts have them are understood, and every row and column is accounted for."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections import Counter

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.text import InputError
from geo.units import evaluated_adcodes, provinces
from geo.upload import (
    ColumnRole,
    DecimalMark,
    ImportOptions,
    MissingValue,
    ParsedTable,
    RowOutcome,
    UploadedFile,
    read_source,
)
from geo.upload.parsing import parse_table
from tests.bad_inputs.files import SHEET, bent, book, packed, parts, replaced, sheet
from tests.geo.upload.yearbook import GDP, PATENTS, PEOPLE, figure, gdp_rows, text


def table(*lines: str, name: str = "a.csv", choices: ImportOptions | None = None) -> ParsedTable:
    return parse_table(UploadedFile(name, "\n".join(lines).encode()), choices)


def fates(parsed: ParsedTable) -> list[str]:
    return [row.outcome.value for row in parsed.rows]


def values(parsed: ParsedTable, series: int = 0) -> dict:
    return {(a, y): value for a, y, value in parsed.series[series].figures}


def assert_is_the_yearbook(parsed: ParsedTable) -> None:
    assert parsed.title == "3-9 地区生产总值"
    assert (parsed.unit, parsed.head_row, parsed.province_column) == ("亿元", 3, 1)
    assert [row.text for row in parsed.rows_with(RowOutcome.TOTAL)] == ["全 国"]
    notes = [row.text for row in parsed.rows_with(RowOutcome.NOTE)]
    assert notes == ["注：本表按当年价格计算。", "资料来源：国家统计局"]
    assert [row.adcode for row in parsed.rows_with(RowOutcome.MATCHED)] == list(evaluated_adcodes())
    assert parsed.rows_with(RowOutcome.MATCHED)[0].text == "北 京"
    assert parsed.unresolved_rows == ()
    (series,) = parsed.series
    assert (series.name, series.unit, series.years) == ("3-9 地区生产总值", "亿元", (2016, 2017))
    assert len(series.figures) == 62
    for adcode, year, value in series.figures:
        assert value == round(figure(GDP, adcode, year) / 1e8, 1)


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_yearbook_table_as_text(encoding, delimiter):
    body = text(gdp_rows(), delimiter)
    bom = "\ufeff" if encoding.startswith("utf-16") else ""
    parsed = parse_table(UploadedFile("各地区.csv", (bom + body).encode(encoding)))
    assert (parsed.kind, parsed.encoding, parsed.delimiter) == ("csv", encoding, delimiter)
    assert_is_the_yearbook(parsed)


def test_utf16_without_a_mark():
    assert (
        parse_table(UploadedFile("a.csv", text(gdp_rows()).encode("utf-16-le"))).encoding
        == "utf-16-le"
    )


def test_a_yearbook_table_as_a_workbook():
    workbook = openpyxl.Workbook()
    cover = workbook.active
    cover.title = "目录"
    cover.append(["3-9 地区生产总值"])
    sheet = workbook.create_sheet("3-9")
    for row in gdp_rows():
        sheet.append([float(c) if c.replace(".", "").isdigit() else c or None for c in row])
    sheet.merge_cells("A1:C1")
    sheet["B2"], sheet["C2"] = "单位：亿元", None
    sheet.merge_cells("B2:C2")
    out = io.BytesIO()
    workbook.save(out)
    parsed = parse_table(UploadedFile("yearbook.xlsx", out.getvalue()))
    assert (parsed.kind, parsed.sheet, parsed.sheets) == ("xlsx", "3-9", ("目录", "3-9"))
    assert_is_the_yearbook(parsed)
    with pytest.raises(InputError, match="headers in row 1 and no provinces"):
        parse_table(UploadedFile("yearbook.xlsx", out.getvalue()), ImportOptions(sheet="目录"))
    with pytest.raises(InputError, match=r"no sheet “4”\. Its sheets are: 目录, 3-9"):
        parse_table(UploadedFile("yearbook.xlsx", out.getvalue()), ImportOptions(sheet="4"))


def test_pasted_from_a_spreadsheet():
    parsed = parse_table(UploadedFile.from_pasted(text(gdp_rows(), "\t")))
    assert parsed.delimiter == "\t"
    assert_is_the_yearbook(parsed)


def test_units_in_a_row_of_their_own_and_several_measures():
    rows = [
        f"{provinces()[a].name_zh},{figure(GDP, a, 2017) / 1e8:.1f},{figure(PEOPLE, a, 2017) / 1e4}"
        for a in evaluated_adcodes()
    ]
    parsed = table("省份,地区生产总值,年末常住人口", ",（亿元）,（万人）", *rows)
    assert fates(parsed)[:2] == ["head", "units"]
    assert [(s.key, s.unit, s.years) for s in parsed.series] == [
        ("地区生产总值", "亿元", ()),
        ("年末常住人口", "万人", ()),
    ]
    assert values(parsed, 1)["440000", None] == figure(PEOPLE, "440000", 2017) / 1e4


def test_a_long_table_with_codes_names_and_years():
    rows = [
        f"{n},{a},{provinces()[a].name_en},{year},{figure(PATENTS, a, year):.0f}"
        for n, (a, year) in enumerate(
            ((a, y) for y in (2016, 2017) for a in evaluated_adcodes()), 1
        )
    ]
    parsed = table("No.,adcode,Province,Year,Invention patents (items)", *rows)
    roles = [column.role for column in parsed.columns]
    assert roles == [
        ColumnRole.CODE,
        ColumnRole.CODE,
        ColumnRole.PROVINCE,
        ColumnRole.YEAR,
        ColumnRole.FIGURES,
    ]
    (series,) = parsed.series
    assert (series.key, series.unit, series.years) == ("Invention patents", "items", (2016, 2017))
    assert values(parsed)["540000", 2016] == 33
    assert values(parsed)["110000", 2017] == 46091
    assert not parsed.has_years_in_heads


def test_years_without_a_head_that_says_so():
    parsed = table("省,期,值", "北京,2016,1", "北京,2017,2", "上海,2016,3", "上海,2017,4")
    assert parsed.year_column == 2
    assert values(parsed)["310000", 2017] == 4
    without = table("省,期,值", "北京,2016,1", "上海,2017,4", choices=ImportOptions(year_column=0))
    assert [series.key for series in without.series] == ["期", "值"]


def test_numbers_that_equal_short_codes_are_figures_unless_their_head_says_codes():
    # Rows 11 to 15 of a table may be the provinces whose short codes are 11 to 15.
    rows = [f"{n},{provinces()[f'{n}0000'].short_zh},{2 * n}" for n in range(11, 16)]
    numbered = table("x,省,a", *rows)
    assert [series.key for series in numbered.series] == ["x", "a"]
    assert values(numbered) == {(f"{n}0000", None): n for n in range(11, 16)}
    coded = table("代码,省,a", *rows)
    assert [column.role for column in coded.columns] == [
        ColumnRole.CODE,
        ColumnRole.PROVINCE,
        ColumnRole.FIGURES,
    ]


def test_codes_alone_name_provinces():
    assert values(table("code,a", "11,1", "31,2", "4400,3")) == {
        ("110000", None): 1, ("310000", None): 2, ("440000", None): 3,
    }  # fmt: skip
    assert values(table("x,a", "110000,1", "310000,2"))["310000", None] == 2


@pytest.mark.parametrize(
    ("cells", "decimal", "suffix", "expected"),
    [
        (["1,234.5", "12"], DecimalMark.POINT, "", [1234.5, 12]),
        (["1.234,5", "12"], DecimalMark.COMMA, "", [1234.5, 12]),
        (["1 234,5", "12"], DecimalMark.COMMA, "", [1234.5, 12]),
        (["12%", "7.5 %"], DecimalMark.POINT, "%", [12, 7.5]),
        (["12,5%", "7%"], DecimalMark.COMMA, "%", [12.5, 7]),
        (["3‰", "1.5‰"], DecimalMark.POINT, "‰", [3, 1.5]),
        (["1.2万", "3亿"], DecimalMark.POINT, "万", [12_000, 300_000_000]),
        (["2.99万", "5000"], DecimalMark.POINT, "万", [29_900, 5_000]),
        (["1.5萬億", "7"], DecimalMark.POINT, "万", [1.5e12, 7]),
        (["１２．５", "－３"], DecimalMark.POINT, "", [12.5, -3]),
        (["−1.5", "+2"], DecimalMark.POINT, "", [-1.5, 2]),
        (["1e3", "2.5E-1"], DecimalMark.POINT, "", [1000, 0.25]),
        ([".5", "0"], DecimalMark.POINT, "", [0.5, 0]),
    ],
)
def test_notations(cells, decimal, suffix, expected):
    parsed = table("省;a", f"北京;{cells[0]}", f"天津;{cells[1]}")
    column = parsed.columns[1]
    assert (column.decimal, column.suffix, column.ambiguous) == (decimal, suffix, False)
    assert list(values(parsed).values()) == expected


def test_a_notation_that_could_be_either_is_said_and_can_be_chosen():
    lines = ("省;a", "北京;1.234", "天津;5.678")
    parsed = table(*lines)
    assert parsed.columns[1].ambiguous
    assert values(parsed)["110000", None] == 1.234
    chosen = table(*lines, choices=ImportOptions(notations=((2, DecimalMark.COMMA),)))
    assert not chosen.columns[1].ambiguous
    assert values(chosen)["110000", None] == 1234


def test_cells_without_a_figure_are_listed():
    signs = ["", "-", "…", "n/a", "不详", "12*", "①", "#DIV/0!"]
    rows = [
        f"{provinces()[a].short_zh};{s}" for a, s in zip(evaluated_adcodes(), signs, strict=False)
    ]
    parsed = table(
        "省;a", *rows, *(f"{provinces()[a].short_zh};1" for a in evaluated_adcodes()[8:12])
    )
    assert [(gap.text, gap.unread) for gap in parsed.gaps] == [
        ("", False), ("-", False), ("…", False), ("n/a", False), ("不详", False),
        ("①", True), ("#DIV/0!", True),
    ]  # fmt: skip
    assert parsed.gaps[5] == MissingValue(row=8, column=2, text="①", unread=True)
    assert parsed.marks == ((2, "*", 1),)
    assert len(parsed.series[0].figures) == 5


def test_bare_numbers_beside_percentages_are_not_guessed():
    parsed = table("省;a", "北京;12%", "天津;0.1", "河北;7%")
    assert [(gap.row, gap.unread) for gap in parsed.gaps] == [(3, True)]


def test_what_cannot_be_matched_is_offered_and_mended_in_place():
    lines = ("省,a", "Bejing,1", "天津,2", "天津,3", "Hong Kong,4", "东部地区,5", "合 计,6")
    parsed = table(*lines)
    assert fates(parsed) == [
        "head", "unmatched", "doubled", "doubled", "beyond", "region", "total",
    ]  # fmt: skip
    assert parsed.rows[1].candidates[0] == "110000"
    assert parsed.rows[2].adcode == "120000"
    assert values(parsed) == {("810000", None): 4}
    mended = table(*lines, choices=ImportOptions(mapped=((2, "110000"),), kept=(4,), left_out=(5,)))
    assert fates(mended) == [
        "head", "matched", "left_out", "matched", "left_out", "region", "total",
    ]  # fmt: skip
    assert values(mended) == {("110000", None): 1, ("120000", None): 3}


def test_columns_that_disagree_about_the_province_match_nothing():
    parsed = table("adcode,省,a", "110000,北京,1", "120000,河北,2", "310000,上海,3")
    assert fates(parsed) == ["head", "matched", "unmatched", "matched"]
    assert parsed.rows[2].candidates == ("130000", "120000")


def test_a_row_whose_year_is_lost_is_not_used():
    parsed = table("省,年份,a", *(f"北京,{y},1" for y in range(2010, 2020)), "北京,前年,2")
    assert fates(parsed)[-1] == "no_year"
    assert len(parsed.series[0].figures) == 10


def test_names_merged_over_their_years():
    def do(sheet):
        sheet.merge_cells("A2:A3")

    rows = [["省", "年份", "a"], ["北京", 2016, 1], [None, 2017, 2], ["上海", 2016, 3]]
    parsed = parse_table(UploadedFile("a.xlsx", book(rows, do)))
    assert values(parsed)["110000", 2017] == 2


def test_empty_cells_merged_under_the_table():
    parsed = parse_table(
        UploadedFile("a.xlsx", book([["省", "a"], ["北京", 1]], lambda s: s.merge_cells("A9:B10")))
    )
    assert values(parsed) == {("110000", None): 1}


def test_errors_of_cells_are_gaps_with_their_text():
    def do(sheet):
        sheet["B3"] = "#N/A"
        sheet["B4"], sheet["B4"].data_type = "#CALC!", "e"

    rows = [["省", "a"], ["北京", 1], ["上海", 0], ["天津", 0], ["河北", 3]]
    parsed = parse_table(UploadedFile("a.xlsx", book(rows, do)))
    assert [(gap.row, gap.text) for gap in parsed.gaps] == [(3, "#N/A"), (4, "#CALC!")]


def test_dates_and_truth_of_a_workbook_are_texts():
    source = read_source(
        UploadedFile(
            "a.xlsx",
            book([[], ["", dt.datetime(2017, 5, 1), dt.datetime(2017, 5, 1, 12, 30), True, 0.5]]),
        )
    )
    assert source.rows == (
        (),
        ("", "2017-05-01T00:00:00", "2017-05-01T12:30:00", "TRUE", 0.5),
    )


def test_cells_without_references_are_where_they_follow():
    cells = sheet(
        b'<row r="3"><c/><c t="inlineStr"><is><t>a</t></is></c></row><row><c r="C4"><v>1</v></c>'
        b"<c><v>2</v></c></row>"
    )
    source = read_source(UploadedFile("a.xlsx", bent({SHEET: cells})))
    assert source.rows == ((), (), ("", "a"), ("", "", 1.0, 2.0))


def test_stored_values_of_formulas_are_read_and_counted():
    data = book([["省", "a"], ["北京", "=1+1"], ["上海", 5]])
    stored = (
        replaced("xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>", data)
        if b"<v></v>" in parts(data)["xl/worksheets/sheet1.xml"]
        else replaced("xl/worksheets/sheet1.xml", b"<v />", b"<v>2</v>", data)
    )
    parsed = parse_table(UploadedFile("a.xlsx", stored))
    assert (values(parsed)["110000", None], parsed.formulas) == (2, 1)


def test_percentages_of_a_workbook_are_what_the_sheet_shows():
    def do(sheet):
        sheet["B2"].number_format = "0.0%"
        sheet["B3"].number_format = '0" % of"'

    rows = [["省", "a"], ["北京", 0.125], ["上海", 5]]
    parsed = parse_table(UploadedFile("a.xlsx", book(rows, do)))
    assert values(parsed) == {("110000", None): 12.5}
    assert (parsed.series[0].unit, parsed.gaps[0].row) == ("%", 3)


def test_links_to_other_files_are_said_and_not_followed():
    data = parts(book([["省", "a"], ["北京", 1]]))
    data["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    assert parse_table(UploadedFile("a.xlsx", packed(data))).links


def test_geojson_as_it_is_passed_around():
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": int(a), "name": provinces()[a].name_zh, "center": [1, 2],
                           "GDP 2017": figure(GDP, a, 2017)},
            "geometry": {"type": "Point", "coordinates": [116.4, 39.9]},
        }
        for a in evaluated_adcodes()
    ]  # fmt: skip
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    parsed = parse_table(UploadedFile("china.geojson", data))
    assert (parsed.kind, parsed.province_column) == ("geojson", 2)
    assert [c.role for c in parsed.columns] == [
        ColumnRole.CODE, ColumnRole.PROVINCE, ColumnRole.WORDS, ColumnRole.FIGURES,
    ]  # fmt: skip
    assert (parsed.series[0].key, parsed.series[0].years) == ("GDP", (2017,))
    assert values(parsed)["440000", 2017] == figure(GDP, "440000", 2017)


def test_other_columns_and_head_rows_can_be_chosen():
    lines = ("省,邻省,a", "北京,河北,1", "天津,河北,2", "上海,江苏,3")
    assert table(*lines).province_column == 1
    assert table(*lines).columns[1].role is ColumnRole.WORDS
    assert set(values(table(*lines, choices=ImportOptions(province_column=2)))) == {
        ("320000", None)
    }
    twice = ("省,a,b", "省份,c,d", "北京,1,2")
    assert [s.key for s in table(*twice).series] == ["c", "d"]
    chosen = table(*twice, choices=ImportOptions(head_row=1))
    assert [s.key for s in chosen.series] == ["a", "b"]


@pytest.mark.parametrize(
    "choices",
    [
        ImportOptions(head_row=9), ImportOptions(province_column=9), ImportOptions(year_column=9),
        ImportOptions(notations=((9, DecimalMark.COMMA),)), ImportOptions(mapped=((1, "110000"),)),
        ImportOptions(kept=(9,)), ImportOptions(left_out=(1,)),
    ],
)  # fmt: skip
def test_a_choice_that_does_not_go_with_the_table_is_said(choices):
    with pytest.raises(InputError, match="A choice names the row, column, sheet or province “"):
        table("省,a", "北京,1", choices=choices)


@pytest.mark.parametrize(
    "wrong",
    [
        {"head_row": -1}, {"head_row": True}, {"province_column": "1"}, {"year_column": -1},
        {"mapped": ((2, "999999"),)}, {"mapped": ((2, 110000),)}, {"kept": (0,)}, {"sheet": 1},
        {"notations": ((2, ";"),)},
    ],
)  # fmt: skip
def test_a_choice_that_goes_with_no_table_is_refused(wrong):
    with pytest.raises(InputError, match="A choice names"):
        ImportOptions(**wrong)


def test_choices_made_in_another_order_are_equal():
    one = ImportOptions(mapped=((3, "110000"), (2, "120000")), kept=(5, 4, 4))
    assert one == ImportOptions(mapped=((2, "120000"), (3, "110000")), kept=(4, 5))


def test_a_table_that_is_not_understood_can_still_be_shown():
    source = read_source(UploadedFile("a.csv", b"country,a\nFrance,1\n"))
    assert source.rows == (("country", "a"), ("France", "1"))


def test_the_pure_function_gives_the_same_again():
    raw = UploadedFile("a.csv", text(gdp_rows()).encode())
    assert parse_table(raw) == parse_table(raw)


names = st.sampled_from(
    ["北京", "北 京", "Beijing", "天津", "河北省", "440000", "Shanxi", "陝西", "台湾", "Hong Kong",
     "全 国", "合计", "东部地区", "Atlantis", "", "注：无", "资料来源：无", "{{7*7}}", "=1+1",
     "x" * 50]
)  # fmt: skip
cells = st.sampled_from(
    ["1", "2.5", "-", "", "…", "n/a", "1,5", "12%", "1.2万", "x", "2016", "n/a"]
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(names, cells, cells), max_size=25),
    st.integers(0, 3),
    st.booleans(),
)
def test_every_row_and_column_is_accounted_for_once(rows, titles, years):
    heads = [["省", "年份", "a"]] if years else [["省", "a", "b"]]
    lines = [["标题", "", ""]] * titles + heads + [["上海", "2016", "1"]] + [list(r) for r in rows]
    try:
        parsed = parse_table(UploadedFile("a.csv", text(lines, ";").encode()))
    except InputError:
        return
    number = len(lines)
    while not any(lines[number - 1]):
        number -= 1
    assert [row.number for row in parsed.rows] == list(range(1, number + 1))
    assert [column.number for column in parsed.columns] == [1, 2, 3]
    used = Counter(
        (r.adcode, r.year) for r in parsed.rows_with(RowOutcome.MATCHED, RowOutcome.BEYOND)
    )
    assert all(count == 1 for count in used.values())
    for series in parsed.series:
        keys = [(adcode, year) for adcode, year, _ in series.figures]
        assert len(set(keys)) == len(keys)
    figures = sum(len(s.figures) for s in parsed.series)
    about = {
        RowOutcome.MATCHED,
        RowOutcome.BEYOND,
        RowOutcome.UNMATCHED,
        RowOutcome.DOUBLED,
        RowOutcome.NO_YEAR,
    }
    open_rows = [row for row in parsed.rows if row.outcome in about]
    unused = [
        r.number for r in open_rows if r.outcome not in (RowOutcome.MATCHED, RowOutcome.BEYOND)
    ]
    gaps = [gap for gap in parsed.gaps if gap.row not in unused]
    assert figures + len(gaps) == (len(open_rows) - len(unused)) * sum(
        column.role is ColumnRole.FIGURES for column in parsed.columns
    )


def test_notes_are_told_by_their_beginning_wherever_and_however_long():
    parsed = table(
        "省,a,b", "注：以下含直辖市", "北京,1,2", "来源：统计局,2018,第3页",
        "Note: 北京, 天津, 河北", "* 初步数,,", "天津,3,4",
    )  # fmt: skip
    assert fates(parsed) == ["head", "note", "matched", "note", "note", "note", "matched"]
    assert parsed.rows[3].text == "来源：统计局 2018 第3页"


def test_a_last_line_without_a_mark_is_a_note_if_it_is_like_no_province():
    parsed = table("省,a", "北京,1", "⸻⸻⸻⸻,", "Bejing,")
    assert fates(parsed) == ["head", "matched", "note", "unmatched"]


def test_the_first_of_two_rows_of_a_province_is_not_taken_for_both():
    lines = ("省,年份,值", "北京,2020,1", "北京,2020,2", "上海,2020,3")
    doubled = table(*lines)
    assert fates(doubled)[1:] == ["doubled", "doubled", "matched"]
    assert values(doubled) == {("310000", 2020): 3}


def test_a_short_row_is_refused_with_its_number():
    with pytest.raises(InputError, match="Row 3 has 2 cells, but the headers in row 1 make 3"):
        table("省,甲,乙", "北京,1,2", "上海,3", "广东,4,5")


def test_a_property_that_a_feature_has_twice_is_refused_with_its_name():
    feature = '{"type":"Feature","geometry":null,"properties":{"省":"北京","值":1,"值":2}}'
    text = f'{{"type":"FeatureCollection","features":[{feature}]}}'
    with pytest.raises(InputError, match="值"):
        table(text, name="a.geojson")
