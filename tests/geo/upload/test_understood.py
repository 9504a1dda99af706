"""Tables as people have them are understood: 59 cases, variants of each kind, random tables."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import random
import time
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geo.text import InputError
from geo.units import evaluated_adcodes, provinces
from geo.upload import ImportOptions, UploadedFile
from geo.upload.__main__ import main
from geo.upload.parsing import parse_table
from geo.upload.summary import summarise_file
from tests.cases import for_each
from tests.geo.upload.variants import (
    SHAPES,
    STYLES,
    UNITS,
    is_about,
    make_foreign,
    make_json,
    make_variant,
    to_text,
    value_of,
)

OWN = Path(__file__).parents[2] / "data" / "own"
CASES = json.loads((OWN / "cases.json").read_text("utf-8"))
RANDOM_TABLES = 1000
MOST_SECONDS_WIDE = 3
MOST_SECONDS_DAILY = 5


def summary_of(name: str, data: bytes | str) -> dict[str, Any]:
    body = data.encode() if isinstance(data, str) else data
    return summarise_file(UploadedFile(name, body))


def kinds_of(summary: dict[str, Any]) -> set[str]:
    return {decision["kind"] for decision in summary["decisions"]}


def first_values(summary: dict[str, Any], period: str = "") -> dict[str, float]:
    return {a: v[period] for a, v in summary["series"][0]["values"].items() if period in v}


@for_each("name", CASES)
def test_the_cases(name):
    case = CASES[name]
    got = summary_of(name, (OWN / name).read_bytes())
    units = {adcode for series in got["series"] for adcode in series["values"]}
    assert not set(case["never"] or ()) & units
    if case["refuse"]:
        assert got["refused"]
        assert not units
        return
    assert got["refused"] is None
    if case["asks"]:
        assert case["asks"] in kinds_of(got)
        return
    assert len(units) == case["matched"]
    for want in case["series"]:
        fits = [s for s in got["series"] if want["name"] in s["name"]]
        if want["unit"]:
            assert want["unit"] in {series["unit"] for series in fits}
        for adcode, value in want["values"].items():
            values = [series["values"].get(adcode, {}).get(want["year"]) for series in fits]
            assert any(v == pytest.approx(value, abs=1e-6) for v in values if v is not None), values


@pytest.mark.slow
def test_random_tables_never_put_a_value_on_a_wrong_province():
    seen = set()
    for number in range(RANDOM_TABLES):
        variant = make_variant(number)
        seen |= {word for word in (*SHAPES, *STYLES) if word in variant.id}
        got = summarise_file(variant.file)
        assert got["refused"] is None, (variant.id, got["refused"])
        assert len(got["series"]) == variant.series, variant.id
        for series in got["series"]:
            for adcode, values in series["values"].items():
                for value in values.values():
                    assert is_about(adcode, value), (variant.id, adcode, value)
        assert any(
            all(series["values"].get(a) == values for a, values in variant.expected.items())
            for series in got["series"]
        ), variant.id
    assert seen == {*SHAPES, *STYLES}


def test_tables_of_other_things_are_refused():
    for number in range(300):
        kind, file = make_foreign(number)
        got = summarise_file(file)
        assert (got["series"], bool(got["refused"])) == ([], True), (kind, got["refused"])


@for_each(
    "rows, word",
    [
        ([["id", "v"], *([str(n), n] for n in range(1, 32))], "running number"),
        ([["城市", "v"], ["长春市", 1], ["吉林市", 2]], "cities"),
        ([["code", "v"], ["BJ", 1], ["GH", 2], ["NG", 3]], "countries"),
        ([["name", "v"], ["France", 1], ["Japan", 2]], "countries"),
        ([["name", "v"], ["北京科技公司", 1], ["上海集团", 2]], "companies"),
        ([["code", "v"], ["110105", 1], ["440305", 2]], "codes of cities or districts"),
        ([["名称", "v"], *([n, 1] for n in ("北京市", "上海市", "河北省", "东城区", "西城区",
         "朝阳区",
                                            "海淀区", "丰台区", "石家庄市"))],
                                            "goes on with units below"),
    ],
)  # fmt: skip
def test_a_refusal_names_what_the_table_lists(rows, word):
    assert word in summary_of("a.csv", to_text(rows))["refused"]


def test_a_running_number_beside_unknown_names_gives_no_values():
    rows = [["序号", "地区", "v"], *([n, f"X{n}", n] for n in range(1, 32))]
    assert summary_of("a.csv", to_text(rows))["refused"]


def test_codes_of_two_digits_need_a_head_that_says_so():
    codes = [unit.adcode[:2] for unit in UNITS[:20]]
    for head, understood in (("prov_code", True), ("省代码", True), ("x", False), ("age", False)):
        got = summary_of("a.csv", to_text([[head, "v"], *([c, 1.5] for c in codes)]))
        assert (got["refused"] is None) is understood, head


@for_each(
    "times, expected",
    [
        (["2019", "2020"], ["2019", "2020"]),
        (["2019-20", "2020-21"], ["2019", "2020"]),
        (["FY2021", "FY2022"], ["2021", "2022"]),
        (["2019—2020学年", "2020—2021学年"], ["2019", "2020"]),
        (["201901", "201902"], ["2019-01", "2019-02"]),
        (["2019年1月", "2019年12月"], ["2019-01", "2019-12"]),
        (["Jan 2019", "Feb 2019"], ["2019-01", "2019-02"]),
        (["2019Q1", "2019Q4"], ["2019Q1", "2019Q4"]),
        (["2019年第一季度", "2019年2季度"], ["2019Q1", "2019Q2"]),
        (["2019-03-01", "2019-03-02"], ["2019-03-01", "2019-03-02"]),
        (["2019/3/1", "2019/3/2"], ["2019-03-01", "2019-03-02"]),
        (["20190301", "20190302"], ["2019-03-01", "2019-03-02"]),
        (["2019-12-31", "2020-12-31"], ["2019", "2020"]),
    ],
)
def test_periods_as_rows_and_as_heads(times, expected):
    units = UNITS[:8]
    rows = [["省", "时间", "值"]]
    rows += [[u.short_zh, t, value_of(u, 0, s)] for u in units for s, t in enumerate(times)]
    got = summary_of("a.csv", to_text(rows))
    assert got["series"][0]["values"]["120000"] == {
        key: value_of(units[1], 0, s) for s, key in enumerate(expected)
    }


def test_months_beside_years_are_one_time():
    rows = [["省", "年", "月", "值"]]
    rows += [[u.short_zh, 2020, m, value_of(u, 0, m)] for u in UNITS[:6] for m in (1, 2, 3)]
    got = summary_of("a.csv", to_text(rows))
    assert set(got["series"][0]["values"]["110000"]) == {"2020-01", "2020-02", "2020-03"}


def test_rows_of_cities_are_combined_as_the_reader_says():
    rows = [["省份", "城市", "人口"]]
    rows += [[u.short_zh, f"{u.short_zh}{n}市", n] for u in UNITS[:8] for n in (1, 2, 6)]
    file = UploadedFile("a.csv", to_text(rows).encode())
    assert "aggregate" in kinds_of(summarise_file(file))
    assert parse_table(file).series[0].figures == ()
    for way, value in (("sum", 9), ("mean", 3), ("latest", 6)):
        series = parse_table(file, ImportOptions(combined=way)).series[0]
        assert {v for _, _, v in series.figures} == {value}
        assert len(series.figures) == 8


def test_days_are_combined_to_months_or_years():
    rows = [["省份", "日期", "值"]]
    rows += [[u.short_zh, f"2020-0{m}-0{d}", d] for u in UNITS[:4] for m in (1, 2) for d in (2, 4)]
    file = UploadedFile("a.csv", to_text(rows).encode())
    months = parse_table(file, ImportOptions(combined="mean", time_step="month")).series[0]
    assert set(months.figures[:1]) == {("110000", 202001, 3.0)}
    years = parse_table(file, ImportOptions(combined="sum", time_step="year")).series[0]
    assert years.figures[0] == ("110000", 2020, 12.0)


@for_each(
    "cell, value",
    [
        ("100*", 100), ("100①", 100), ("100[1]", 100), ("(5.2)", -5.2), ("△5.2", -5.2),
        ("5.2-", -5.2), ("（5.2）", -5.2), ("100亿元", 100), ("¥100", 100), ("nan", None),
        ("inf", None), ("#N/A", None), ("None", None), ("1,234.5", 1234.5),
    ],
)  # fmt: skip
def test_odd_cells_refuse_no_table(cell, value):
    plain = "7亿元" if "亿元" in cell else "7"
    rows = [["省", "v"], ["北京", cell], ["天津", plain], ["河北", plain]]
    got = summary_of("a.csv", to_text(rows))
    assert got["series"][0]["values"]["110000"].get("") == value
    assert got["series"][0]["values"]["120000"][""] == 7


def test_the_mark_beside_values_is_told():
    got = summary_of("a.csv", "省,v\n北京,1*\n天津,2*\n河北,3\n")
    assert [d["text"] for d in got["decisions"] if d["kind"] == "mark"] == [
        "Column B: v: the mark “*” in 2 of its cells; the values are kept."
    ]


def test_groups_of_four_digits_are_no_decimals():
    got = summary_of("a.csv", "省\tv\n北京\t12,3100\n天津\t9,4567\n")
    assert first_values(got) == {"110000": 123100, "120000": 94567}
    assert "notation" in kinds_of(got)


@for_each("shape", ["records", "dictionary", "columns", "nested", "pandas", "wrapped", "rows"])
def test_shapes_of_json(shape):
    units = UNITS[3:20]
    got = summarise_file(make_json(shape, units))
    assert first_values(got) == {unit.adcode: value_of(unit) for unit in units}


def test_topojson_gives_its_attributes():
    shapes = [{"type": "Polygon", "arcs": [], "properties": {"name": u.short_zh,
    "GDP": value_of(u)}}
              for u in UNITS]  # fmt: skip
    document = {"type": "Topology", "objects": {"a": {"geometries": shapes}}, "arcs": []}
    got = summary_of("a.topojson", json.dumps(document))
    assert first_values(got) == {unit.adcode: value_of(unit) for unit in UNITS}


def small_table() -> str:
    return to_text([["地区", "产值(亿元)"], *([u.short_zh, value_of(u)] for u in UNITS)])


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_packed_and_renamed_files():
    text = small_table()
    html = "".join(f"<tr><td>{'<td>'.join(line.split(','))}" for line in text.splitlines())
    files = {
        "a.csv.gz": gzip.compress(text.encode()),
        "a.zip": zipped({"b/t.csv": text.encode(), "__MACOSX/._t.csv": b"x", "readme.md": b"x"}),
        "a.xls": f"<html><table>{html}</table></html>".encode("gb18030"),
        "b.xls": text.encode(),
        "c.csv": text.replace("\r\n", "\r").encode(),
        "d.csv": text.encode("utf-16"),
    }
    for name, data in files.items():
        assert first_values(summary_of(name, data)) == {u.adcode: value_of(u) for u in UNITS}, name


@for_each(
    "name, data, word",
    [
        ("a.zip", zipped({"a.csv": b"1", "b.csv": b"2"}), "holds 2 tables"),
        ("a.zip", zipped({"a.csv": b"0" * 20_000_001}), "when unpacked"),
        ("a.csv.gz", gzip.compress(b"0" * 20_000_001), "when unpacked"),
        ("a.csv.gz", gzip.compress(b"a,b")[:-4], "damaged GZIP"),
        ("a.csv.gz", b"\x1f\x8b\x08" + b"x" * 50, "damaged GZIP"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000, "damaged"),
        ("a.html", b"<html>nothing</html>", "without a table"),
    ],
)
def test_packed_files_that_cannot_be_read(name, data, word):
    assert word in summary_of(name, data)["refused"]


def test_sheets_of_years_are_joined():
    book = openpyxl.Workbook()
    book.remove(book.active)
    for step, year in enumerate((2018, 2019, 2020)):
        sheet = book.create_sheet(f"{year}年")
        sheet.append(["地区", "产值(亿元)"])
        for unit in UNITS:
            sheet.append([unit.short_zh, value_of(unit, 0, step)])
    out = io.BytesIO()
    book.save(out)
    got = summary_of("a.xlsx", out.getvalue())
    assert got["series"][0]["values"]["310000"] == {
        str(2018 + s): value_of(provinces()["310000"], 0, s) for s in range(3)
    }


def test_heads_in_two_languages_and_ranks():
    rows = [["地区", "产值(亿元)", "排名", "经度"], ["Region", "GDP", "Rank", "lon"]]
    rows += [[u.short_zh, value_of(u), n, 100 + n] for n, u in enumerate(UNITS)]
    got = summary_of("a.csv", to_text(rows))
    assert [(s["name"], s["unit"]) for s in got["series"]] == [("产值", "亿元")]


def test_the_command(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("省,GDP_2019\n北京,1\n全国,9\n", "utf-8")
    assert main([str(path), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["file"] == "t.csv"
    assert printed["series"] == [{"name": "GDP", "unit": "", "values": {"110000": {"2019": 1.0}}}]
    assert printed["set_aside"][0]["row"] == 3
    assert printed["refused"] is None
    assert main([str(path)]) == 0
    assert "GDP: 1 provinces, 2019–2019" in capsys.readouterr().out
    path.write_text("country,GDP\nFrance,1\nJapan,2\n", "utf-8")
    assert main([str(path), "--json"]) == 1
    assert "countries" in json.loads(capsys.readouterr().out)["refused"]


def test_hostile_text_in_every_shape_stays_text():
    hostile = "{{7*7}}<script>"
    for number in range(0, 200, 5):
        file = make_variant(number).file
        data = file.data.replace("产值".encode(), hostile.encode())
        got = summary_of("t.csv", data)
        assert "49" not in json.dumps([series["name"] for series in got["series"]])


@pytest.mark.timed
def test_large_tables_are_understood_in_time():
    draw = random.Random(1)
    names = [unit.short_zh for unit in UNITS]
    wide = ["地区,年份," + ",".join(f"指标{c}" for c in range(198))]
    wide += [
        f"{names[n % 34]},{1900 + n // 34}," + ",".join(f"{draw.random():.2f}" for _ in range(198))
        for n in range(4999)
    ]
    days = [dt.date(2015, 1, 1) + dt.timedelta(days=n) for n in range(2941)]
    daily = ["name,date,value", *(f"{u},{day},1.5" for day in days for u in names)]
    for lines, most, count in (
        (wide, MOST_SECONDS_WIDE, 198),
        (daily, MOST_SECONDS_DAILY, 1),
    ):
        file = UploadedFile("a.csv", "\n".join(lines).encode())
        start = time.process_time()
        parsed = parse_table(file)
        assert time.process_time() - start < most
        assert len(parsed.series) == count
        assert sum(len(s.figures) for s in parsed.series) == (len(lines) - 1) * count


def test_the_31_of_the_report_are_all_named_by_each_style():
    for style, write in STYLES.items():
        rows = [
            ["地区", "v"],
            *([write(unit, n), value_of(unit)] for n, unit in enumerate(UNITS, 1)),
        ]
        got = first_values(summary_of("a.csv", to_text(rows)))
        assert set(evaluated_adcodes()) <= set(got), style


def test_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="A choice names"):
        ImportOptions(combined="median")


def test_quarters_by_number_and_months_over_the_columns_of_years():
    rows = [["地区", "年", "季度", "值"]]
    rows += [[u.short_zh, 2020, q, value_of(u, 0, q)] for u in UNITS[:6] for q in (1, 2, 3, 4)]
    got = summary_of("a.csv", to_text(rows))
    assert set(got["series"][0]["values"]["110000"]) == {f"2020Q{q}" for q in (1, 2, 3, 4)}
    rows = [["地区", "年份", "1月", "2月"]]
    rows += [
        [u.short_zh, y, value_of(u, 0, y - 2019), 7.0] for u in UNITS[:6] for y in (2019, 2020)
    ]
    got = summary_of("a.csv", to_text(rows))
    assert len(got["series"]) == 1
    assert got["series"][0]["values"]["120000"] == {
        "2019-01": value_of(UNITS[1]), "2020-01": value_of(UNITS[1], 0, 1),
        "2019-02": 7.0, "2020-02": 7.0,
    }  # fmt: skip


def test_parts_below_one_another_have_the_years_of_their_titles():
    rows: list[list[Any]] = []
    for step, year in enumerate((2019, 2020)):
        rows += [[f"{year}年各地区产值"], ["地区", "产值"]]
        rows += [[u.short_zh, value_of(u, 0, step)] for u in UNITS[:8]]
    got = summary_of("a.csv", to_text(rows))
    assert got["series"][0]["values"]["110000"] == {
        "2019": value_of(UNITS[0]), "2020": value_of(UNITS[0], 0, 1),
    }  # fmt: skip


def test_a_total_over_its_parts_is_no_row_number():
    rows = [["地区", "总人口(万人)", "其中", ""], ["", "", "男", "女"]]
    rows += [[u.short_zh, n, n + 100, n + 200] for n, u in enumerate(UNITS, 1)]
    got = summary_of("a.csv", to_text(rows))
    assert [s["name"] for s in got["series"]] == ["总人口", "其中 男", "其中 女"]


@for_each(
    "name", ["Mean", "Std. Dev.", "其中：大连", "新疆生产建设兵团", "东部地区合计", "31省合计",
    "其他",
             "全国(不含港澳台)", "N", "25%", "中位数", "XPCC", "Total", "合　计", "全国平均"]
)  # fmt: skip
def test_rows_that_are_no_province_need_no_question(name):
    rows = [["地区", "v"], *([u.short_zh, value_of(u)] for u in UNITS[:8]), [name, 3]]
    got = summary_of("a.csv", to_text(rows))
    assert got["decisions"] == []
    assert [entry["row"] for entry in got["set_aside"]] == [10]
