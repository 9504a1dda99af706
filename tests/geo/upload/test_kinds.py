"""Kinds of tables in further spellings and layouts: each value is on its province and in its time.

The values name their provinces (tests.geo.upload.variants.value_of), so that a mix-up shows.
"""

from __future__ import annotations

import io
import random
import re
from typing import Any

import openpyxl

from geo.upload import UploadedFile
from geo.upload.parsing import parse_table
from tests.cases import for_each
from tests.geo.upload.test_understood import kinds_of, summary_of
from tests.geo.upload.variants import (
    SHAPES,
    UNITS,
    is_about,
    make_variant,
    to_text,
    value_of,
)

SOME = UNITS[:12]


def values_of(rows: list[list[Any]], name: str = "a.csv") -> dict[str, dict[str, Any]]:
    """Return the values of each series of a table by the name of the series."""
    got = summary_of(name, to_text(rows))
    assert got["refused"] is None, got["refused"]
    return {series["name"]: series["values"] for series in got["series"]}


def expected(series: int = 0, times: tuple[str, ...] = ("",)) -> dict[str, dict[str, float]]:
    return {u.adcode: {time: value_of(u, series, s) for s, time in enumerate(times)} for u in SOME}


@for_each(
    "head, names",
    [
        ("Country", ["China", "Japan", "Georgia", "Hong Kong SAR, China", "Macao SAR, China"]),
        ("name", ["China", "Japan", "Hong Kong", "Macao", "Taiwan", "Mongolia"]),
        ("邮编", ["100000", "200000", "300000", "400000", "510000", "610000", "710000"]),
    ],
)
def test_lists_that_hold_a_few_names_or_codes_of_provinces_are_refused(head, names):
    got = summary_of("a.csv", to_text([[head, "v"], *([n, 5] for n in names)]))
    assert (got["series"], bool(got["refused"])) == ([], True)


@for_each("name", ["S.D.", "SD", "HN", "11"])
def test_letters_and_digits_among_names_are_no_provinces(name):
    rows = [["地区", "v"], *([u.short_zh, value_of(u)] for u in SOME), [name, 3]]
    assert values_of(rows)["v"] == expected()


def shuffled(seed: int) -> list:
    return random.Random(seed).sample(SOME, len(SOME))


def test_tables_side_by_side_in_different_orders_are_joined_by_province():
    rows = [["排名", "省份", "产值", "省份", "人口"]]
    rows += [
        [n, a.short_zh, value_of(a), b.short_zh, value_of(b, 1)]
        for n, (a, b) in enumerate(zip(shuffled(1), shuffled(2), strict=True), 1)
    ]
    got = values_of(rows)
    assert (got["产值"], got["人口"]) == (expected(), expected(1))


def test_halves_with_a_rank_before_each_name_are_one_table():
    rows = [["排名", "地区", "产值"] * 2]
    rows += [
        [n + 1, SOME[n].short_zh, value_of(SOME[n]), n + 7, SOME[n + 6].short_zh,
         value_of(SOME[n + 6])]
        for n in range(6)
    ]  # fmt: skip
    assert values_of(rows) == {"产值": expected()}


def test_totals_and_unknown_names_of_continued_tables_are_said():
    rows = [["地区", "产值"], ["全国", 9], *([u.short_zh, value_of(u)] for u in SOME), ["某地", 7]]
    rows += [["续表"], ["地区", "人口"], ["全国", 9]]
    rows += [*([u.short_zh, value_of(u, 1)] for u in SOME), ["某地", 8]]
    got = summary_of("a.csv", to_text(rows))
    assert [series["values"] for series in got["series"]] == [expected(), expected(1)]
    said = " ".join(entry["why"] for entry in got["set_aside"])
    assert "全国" in said
    assert "某地" in said
    assert "province" in kinds_of(got)


PERIODS = {
    ("2023-01", "2023-02", "2023-03"): (
        "2023年1月 2023年2月 2023年3月", "Jan-23 Feb-23 Mar-23", "2023M01 2023M02 2023M03",
        "202301 202302 202303", "23年1月 23年2月 23年3月", "2023年一月 2023年二月 2023年三月",
        "X202301 X202302 X202303", "X2023.01 X2023.02 X2023.03", "01/2023 02/2023 03/2023",
        "Jan'23 Feb'23 Mar'23", "Jan_2023 Feb_2023 Mar_2023",
    ),
    ("2023Q1", "2023Q2", "2023Q3"): (
        "2023Q1 2023Q2 2023Q3", "1Q2023 2Q2023 3Q2023", "1Q23 2Q23 3Q23", "Q1-23 Q2-23 Q3-23",
        "2023年第一季度 2023年第二季度 2023年第三季度", "2023一季度 2023二季度 2023三季度",
        "23年一季度 23年二季度 23年三季度",
    ),
    ("2019-03-01", "2019-03-02", "2019-03-04"): (
        "2019/3/1 2019/3/2 2019/3/4", "20190301 20190302 20190304",
        "1-Mar-2019 2-Mar-2019 4-Mar-2019", "2019年3月1日 2019年3月2日 2019年3月4日",
    ),
    ("2019", "2020", "2021"): (
        "2019 2020 2021*", "FY19 FY20 FY21", "2019 2020 2021年（预计）", "2019A 2020A 2021E",
        "'2019 '2020 '2021", "2019-20 2020-21 2021-22", "二〇一九年 二〇二〇年 二〇二一年",
        "2019p 2020p 2021p", "2019[YR2019] 2020[YR2020] 2021[YR2021]",
    ),
}  # fmt: skip


@for_each("times, heads", [(k, heads) for k, spellings in PERIODS.items() for heads in spellings])
def test_periods_in_heads_and_in_cells(times, heads):
    spelt = heads.split(" ")
    wide = [["地区", *spelt]]
    wide += [[u.short_zh, *(value_of(u, 0, s) for s in range(3))] for u in SOME]
    long = [["地区", "时间", "值"]]
    long += [[u.short_zh, head, value_of(u, 0, s)] for u in SOME for s, head in enumerate(spelt)]
    for rows in (wide, long):
        assert list(values_of(rows).values()) == [expected(0, times)]


@for_each(
    "upper, lower, times",
    [
        ("2023年", ["1月", "2月", "3月"], ("2023-01", "2023-02", "2023-03")),
        ("2023", ["一季度", "二季度", "三季度"], ("2023Q1", "2023Q2", "2023Q3")),
        ("2023年", ["Q1", "Q2", "Q3"], ("2023Q1", "2023Q2", "2023Q3")),
    ],
)
def test_months_and_quarters_under_a_year(upper, lower, times):
    rows = [["地区", upper, "", ""], ["", *lower]]
    rows += [[u.short_zh, *(value_of(u, 0, s) for s in range(3))] for u in SOME]
    assert list(values_of(rows).values()) == [expected(0, times)]


def test_columns_of_year_month_and_day_make_days():
    rows = [["year", "month", "day", "province", "value"]]
    rows += [
        [2019, 3, d, u.name_en, value_of(u, 0, s)] for u in SOME for s, d in enumerate((1, 2, 4))
    ]
    want = expected(0, ("2019-03-01", "2019-03-02", "2019-03-04"))
    assert list(values_of(rows).values()) == [want]


def test_days_as_spreadsheets_count_them_under_a_head_of_dates():
    rows = [["省份", "日期", "值"]]
    rows += [
        [u.short_zh, 43525 + d, value_of(u, 0, s)] for u in SOME for s, d in enumerate((0, 1, 3))
    ]
    want = expected(0, ("2019-03-01", "2019-03-02", "2019-03-04"))
    assert list(values_of(rows).values()) == [want]


def test_days_that_could_be_months_are_no_days():
    rows = [["省份", "日期", "值"]]
    rows += [[u.short_zh, day, value_of(u)] for u in SOME for day in ("3/1/2019", "4/1/2019")]
    got = summary_of("a.csv", to_text(rows))
    assert all(list(values) == [""] for s in got["series"] for values in s["values"].values())


@for_each("head", ["('GDP', {})", "GDP {} [YR{}]", "GDP(亿元,{})", "{}年GDP（亿元）", "GDP_{}"])
def test_years_in_heads(head):
    rows = [["地区", *(head.replace("{}", str(year)) for year in (2019, 2020))]]
    rows += [[u.short_zh, value_of(u), value_of(u, 0, 1)] for u in SOME]
    assert values_of(rows) == {"GDP": expected(0, ("2019", "2020"))}


@for_each("blank", ["province", "year", "indicator"])
def test_cells_that_were_merged_repeat_the_one_above(blank):
    years, names = ("2019", "2020"), ("产值", "人口")
    if blank == "province":
        rows = [["地区", "年份", "产值"]]
        rows += [
            [u.short_zh if not s else "", y, value_of(u, 0, s)]
            for u in SOME
            for s, y in enumerate(years)
        ]
    elif blank == "year":
        rows = [["年份", "地区", "产值"]]
        rows += [
            [y if not n else "", u.short_zh, value_of(u, 0, s)]
            for s, y in enumerate(years)
            for n, u in enumerate(SOME)
        ]
    else:
        rows = [["指标", "地区", *years]]
        rows += [
            [name if not n else "", u.short_zh, value_of(u, k), value_of(u, k, 1)]
            for k, name in enumerate(names)
            for n, u in enumerate(SOME)
        ]
    assert values_of(rows)["产值"] == expected(0, years)


def test_provinces_across_over_two_columns_each_keep_both_indicators():
    rows: list[list[Any]] = [["年份", *(x for u in SOME for x in (u.short_zh, ""))]]
    rows += [["", *["产值", "人口"] * len(SOME)]]
    rows += [
        [y, *(value_of(u, k, s) for u in SOME for k in range(2))]
        for s, y in enumerate(("2019", "2020"))
    ]
    got = values_of(rows)
    assert (got["产值"], got["人口"]) == tuple(expected(k, ("2019", "2020")) for k in range(2))


def test_a_second_line_without_a_name_is_not_of_the_province_above():
    rows = [["地区", "系数"]]
    rows += [line for u in SOME for line in ([u.short_zh, value_of(u)], ["", "(0.3)"])]
    assert values_of(rows) == {"系数": expected()}


def test_what_comes_into_no_value_is_said():
    rows = [["省份", "省会", "产值", "对口省"]]
    rows += [
        [a.short_zh, f"{a.short_zh}城", value_of(a), b.short_zh]
        for a, b in zip(SOME, shuffled(3), strict=True)
    ]
    rows[3][2] = "约5百"
    got = summary_of("a.csv", to_text(rows))
    said = {d["kind"]: d["text"] for d in got["decisions"]}
    assert said["gap"].startswith(
        "Column C: 产值: no value in 1 of its cells, which are not numbers, such as “约5百”"
        " in row 4"
    )
    assert "Column D: 对口省 names other provinces than Column A: 省份" in said["province"]
    assert said["column"] == "Column B: 省会: not used as values."


@for_each(
    "name, adcode",
    [
        ("China, Taiwan Province of China", "710000"), ("Hong Kong, SAR China", "810000"),
        ("宁夏回族区", "640000"), ("Xinjiang UAR", "650000"), ("北京1)", "110000"),
        ("Beijing 1", "110000"), ("中国台湾地区", "710000"), ("粤", "440000"),
    ],
)  # fmt: skip
def test_names_among_others(name, adcode):
    others = [u for u in SOME if u.adcode != adcode]
    rows = [["地区", "v"], *([u.short_zh, 1] for u in others), [name, 77]]
    assert values_of(rows)["v"][adcode] == {"": 77}


@for_each(
    "name",
    ["其它地区", "Observations", "东北三省", "Unallocated", "偏度", "Kurtosis", "中国大陆",
     "其中：东部", "Coefficient of variation", "各省平均"],
)  # fmt: skip
def test_further_rows_about_no_province_need_no_question(name):
    rows = [["地区", "v"], *([u.short_zh, value_of(u)] for u in SOME), [name, 3]]
    got = summary_of("a.csv", to_text(rows))
    assert (got["decisions"], [e["row"] for e in got["set_aside"]]) == ([], [14])


@for_each(
    "cell, value",
    [
        ("#DIV/0!", None), ("．．", None), ("（未公布）", None), ("\\N", None), ("'12", 12),
        ("- 5.2", -5.2), ("–5.2", -5.2), ("106a", 106), ("1.5个百分点", 1.5),
    ],
)  # fmt: skip
def test_further_spellings_of_values(cell, value):
    other = "7个百分点" if "百分" in cell else "7"
    got = values_of([["省", "v"], ["北京", cell], ["天津", other], ["河北", other]])
    assert got["v"]["110000"].get("") == value


@for_each("values", [("1", "2"), ("男", "女")])
def test_groups_by_number_or_word_are_series(values):
    rows = [["地区", "性别", "人口"]]
    rows += [[u.short_zh, v, value_of(u, k)] for u in SOME for k, v in enumerate(values)]
    assert list(values_of(rows).values()) == [expected(), expected(1)]


def test_a_line_with_title_and_units_gives_the_year():
    rows = [["2019年各地区情况 单位：亿元、万人"], ["地区", "产值"]]
    rows += [[u.short_zh, value_of(u)] for u in SOME]
    assert values_of(rows) == {"产值": expected(0, ("2019",))}


def test_heads_in_two_languages_give_a_measure_both_names():
    rows = [["地区", "地区生产总值"], ["Region", "GDP"], ["", "(亿元)"]]
    rows += [[u.short_zh, value_of(u)] for u in SOME]
    series = parse_table(UploadedFile("a.csv", to_text(rows).encode())).series[0]
    assert (series.name, series.unit) == ("地区生产总值", "亿元")
    assert series.names_for("地区生产总值") == ("GDP", "地区生产总值")
    assert series.names_for("GRP") == ("GRP", "")


def test_codes_beside_names_of_countries_are_those_of_countries():
    countries = {"BJ": "Benin", "TJ": "Tajikistan", "GD": "Grenada", "SC": "Seychelles",
                 "HN": "Honduras", "SD": "Sudan"}  # fmt: skip
    rows = [["Code", "Name", "v"], *([code, name, 5] for code, name in countries.items())]
    got = summary_of("a.csv", to_text(rows))
    assert (got["series"], "countries" in got["refused"]) == ([], True)


@for_each("head", ["省会", "名称"])
def test_cities_above_the_first_name_of_a_province_count(head):
    names = ["石家庄", "太原", "沈阳", "长春", "哈尔滨", "北京", "上海", "天津", "重庆"]
    got = summary_of("a.csv", to_text([[head, "v"], *([name, 5.5] for name in names)]))
    assert (got["series"], bool(got["refused"])) == ([], True)


def test_a_note_over_several_cells_is_no_row_of_another_width():
    rows = [["地区", "产值"], *([u.short_zh, value_of(u)] for u in SOME)]
    got = summary_of("a.csv", to_text(rows) + "注:1.按当年价格,初步数\n2.不含港,澳,台\n")
    assert got["refused"] is None
    assert [e["row"] for e in got["set_aside"]] == [14, 15]


@for_each("heads", [["1", "2"], ["18", "19"], ["0-14岁", "65岁以上"]])
def test_heads_of_numbers_beside_the_head_of_provinces(heads):
    rows = [["地区", *heads], *([u.short_zh, value_of(u), value_of(u, 1)] for u in SOME)]
    assert values_of(rows) == {heads[0]: expected(), heads[1]: expected(1)}


def test_years_that_come_again_make_a_second_series():
    rows = [["地区", "2019", "2020", "2019", "2020"]]
    rows += [[u.short_zh, *(value_of(u, k, s) for k in range(2) for s in range(2))] for u in SOME]
    times = ("2019", "2020")
    assert list(values_of(rows).values()) == [expected(0, times), expected(1, times)]


@for_each(
    "title, period",
    [
        ("2023年一季度各省产值（亿元）", "2023Q1"), ("2023年3月各省产值", "2023-03"),
        ("GDP by region, March 2023", "2023-03"), ("2023年1-3月各省产值", "2023"),
        ("2019-2021年各省产值", ""),
    ],
)  # fmt: skip
def test_periods_in_titles(title, period):
    rows = [[title], ["地区", "v"], *([u.short_zh, value_of(u)] for u in SOME)]
    assert list(values_of(rows).values()) == [expected(0, (period,))]


def test_sheets_of_months_are_joined():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for step in range(3):
        sheet = book.create_sheet(f"2023年{step + 1}月")
        sheet.append(["地区", "产值"])
        for unit in SOME:
            sheet.append([unit.short_zh, value_of(unit, 0, step)])
    out = io.BytesIO()
    book.save(out)
    got = summary_of("a.xlsx", out.getvalue())
    want = expected(0, ("2023-01", "2023-02", "2023-03"))
    assert [series["values"] for series in got["series"]] == [want]


HOSTILE = ("{{7*7}}", "{% raw %}", "<img src=x onerror=alert(1)>", "${1}`", "=1+1", "\\u202e甲")


@for_each("text", HOSTILE)
def test_hostile_text_in_every_cell_of_every_shape_comes_out_as_text(text):
    """Each cell of a table of each shape is replaced in turn; names and values stay apart."""
    seen = set()
    for number in range(60):
        variant = make_variant(number)
        shape = max((name for name in SHAPES if f" {name} " in variant.id), key=len)
        if shape in seen or not _is_text(variant.file.data):
            continue
        seen.add(shape)
        body = variant.file.data.decode("utf-8-sig")
        cells = re.findall(r"[^,;\t\r\n]+", body)
        for cell in dict.fromkeys(cells[:6] + cells[-3:]):
            got = summary_of("t.csv", body.replace(cell, f'"{text}"', 1))
            assert "49" not in [series["name"] for series in got["series"]]
            for series in got["series"]:
                for adcode, values in series["values"].items():
                    assert all(is_about(adcode, v) for v in values.values() if v >= 3000)
    assert seen == set(SHAPES)


def _is_text(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False


def test_tables_side_by_side_that_are_not_joined_give_no_value_to_other_provinces():
    rows = [["支援省", "投入", "受援省", "产出"]]
    rows += [
        [a.short_zh, value_of(a), b.short_zh, value_of(b)]
        for a, b in zip(shuffled(1), shuffled(2), strict=True)
    ]
    got = summary_of("a.csv", to_text(rows))
    assert [(s["name"], s["values"]) for s in got["series"]] == [("投入", expected())]
    assert "产出" in next(d["text"] for d in got["decisions"] if d["kind"] == "column")
