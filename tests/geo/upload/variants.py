"""Tables of many shapes with known values: a seeded generator, for tests.

Each value says which province it belongs to: 1000 times the place of the province in the official
order, plus a fraction for series and time. A value on another province shows at once.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from geo.units import Province, provinces
from geo.upload import UploadedFile

UNITS: Final = list(provinces().values())
PLACES: Final = {unit.adcode: place for place, unit in enumerate(UNITS, start=1)}
OLD_ISO: Final = {"810000": "CN-91", "820000": "CN-92"}
STYLES: Final[dict[str, Callable[[Province, int], str]]] = {
    "short": lambda unit, _: unit.short_zh,
    "full": lambda unit, _: unit.name_zh,
    "spaced": lambda unit, _: " ".join(unit.short_zh),
    "english": lambda unit, _: unit.name_en,
    "upper": lambda unit, _: unit.name_en.upper(),
    "with country": lambda unit, _: f"{unit.name_en}, China",
    "both": lambda unit, _: f"{unit.short_zh} {unit.name_en}",
    "both in brackets": lambda unit, _: f"{unit.name_en} ({unit.name_zh})",
    "adcode": lambda unit, _: unit.adcode,
    "float": lambda unit, _: f"{unit.adcode}.0",
    "nine digits": lambda unit, _: f"156{unit.adcode}",
    "twelve digits": lambda unit, _: f"{unit.adcode}000000",
    "iso": lambda unit, _: unit.iso,
    "old iso": lambda unit, _: OLD_ISO.get(unit.adcode, f"CN-{unit.adcode[:2]}"),
    "code and name": lambda unit, _: f"{unit.adcode} {unit.short_zh}",
    "numbered": lambda unit, n: f"{n}. {unit.short_zh}",
    "footnotes": lambda unit, n: unit.short_zh + "①②③*"[n % 4],
    "with province": lambda unit, _: f"{unit.name_en} Province",
}
FOREIGN: Final = {
    "cities": ["长春市", "吉林市", "四平市", "通化市", "白山市", "松原市", "大庆市", "海口市",
    "西宁市"],
    "Chinese cities": ["Jilin City", "Changchun", "Suzhou", "Hangzhou", "Wuhan", "Jilin City"],
    "countries": ["BJ", "TJ", "GH", "NG", "SN", "ML", "TG", "HN", "FR", "DE", "BR"],
    "names of countries": ["Georgia", "Benin", "Ghana", "Mongolia", "Japan", "Peru", "Chad"],
    "ids": [str(n) for n in range(1, 40)],
    "ids from 11": [str(n) for n in range(11, 60)],
    "companies": ["北京科技公司", "上海电气集团", "山东银行", "四川长虹股份", "广东建工集团"],
    "districts": ["110101", "110102", "310104", "440305", "510107", "330106"],
    "states": ["AL", "AK", "HI", "SC", "SD", "TX", "CA", "NY", "WA", "OR"],
    "universities": ["北京大学", "吉林大学", "四川大学", "山东大学", "云南大学"],
}  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """A file and the values that must come of it, by adcode and time; empty if none may."""

    id: str
    file: UploadedFile
    expected: dict[str, dict[str, float]]
    series: int = 1


def value_of(unit: Province, series: int = 0, step: int = 0) -> float:
    """Return the value of a province in a series at a time, which names the province."""
    return 1000.0 * PLACES[unit.adcode] + 10 * series + step + 0.5


def is_about(adcode: str, value: float) -> bool:
    """Return whether a value is one of a province."""
    return int(abs(value) // 1000) == PLACES[adcode]


def to_text(rows: list[list[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def make_variant(number: int) -> Variant:
    """Return the table of a number: shape, names, encoding, marks and neighbours are drawn."""
    draw = random.Random(number)
    units = draw.sample(UNITS, draw.randint(6, len(UNITS)))
    if draw.random() < 0.5:
        units.sort(key=lambda unit: unit.adcode)
    style = draw.choice(sorted(STYLES))
    names = {unit.adcode: STYLES[style](unit, n) for n, unit in enumerate(units, start=1)}
    shape = draw.choice(sorted(SHAPES))
    rows, expected, series = SHAPES[shape](draw, units, names)
    if shape not in ("across", "across years") and draw.random() < 0.4:
        heads = 2 if shape == "two heads" else 1
        head = draw.choice(["序号", "No.", "", "id"])
        rows = [
            [n - heads + 1 if n >= heads else ("" if n else head), *row]
            for n, row in enumerate(rows)
        ]
    if draw.random() < 0.3:
        rows = [[draw.choice(["分省数据", "Regional accounts", "表1 各地区情况"])], *rows]
    if draw.random() < 0.3:
        rows.append(
            [draw.choice(["注：数据来自统计年鉴, 2, 3", "Source: yearbook", "资料来源：统计局"])]
        )
    encoding = draw.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    delimiter = draw.choice([",", ";", "\t"])
    data = to_text(rows, delimiter).encode(encoding)
    if draw.random() < 0.2:
        data = data.replace(b"\r\n", b"\n") if encoding != "utf-16" else data
    return Variant(f"{number} {shape} {style}", UploadedFile("t.csv", data), expected, series)


Shape = Callable[
    [random.Random, list[Province], dict[str, str]],
    tuple[list[list[Any]], dict[str, dict[str, float]], int],
]


def _wide(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    count = draw.randint(1, 4)
    heads = draw.sample(
        ["产值(亿元)", "人口（万人）", "Income (yuan)", "专利_件", "电力/千瓦时"], count
    )
    rows = [[draw.choice(["地区", "省份", "Province", "region"]), *heads]]
    mark = draw.choice(["", "", "*", "①"])
    for unit in units:
        cells: list[Any] = [value_of(unit, s) for s in range(count)]
        if mark and draw.random() < 0.3:
            cells[0] = f"{cells[0]}{mark}"
        rows.append([names[unit.adcode], *cells])
    for name in draw.sample(
        ["全国", "东部地区", "平均值", "其他", "新疆兵团", "Total"], draw.randint(0, 3)
    ):
        rows.append([name, *[99.0] * count])
    return rows, {u.adcode: {"": value_of(u)} for u in units}, count


def _years(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    form = draw.choice(["{}", "{}年", "X{}", "产值_{}", "产值（{}年）", "{}年产值(亿元)"])
    years = [2018, 2019, 2020]
    rows = [["地区", *(form.format(year) for year in years)]]
    rows += [[names[u.adcode], *(value_of(u, 0, s) for s in range(3))] for u in units]
    return (
        rows,
        {u.adcode: {str(y): value_of(u, 0, s) for s, y in enumerate(years)} for u in units},
        1,
    )


def _long(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    times, keys = draw.choice(
        [(["2019", "2020"], ["2019", "2020"]), (["2019年", "2020年"], ["2019", "2020"]),
         (["2023-01", "2023-02"], ["2023-01", "2023-02"]), (["202301", "202302"], ["2023-01",
          "2023-02"]),
         (["2023Q1", "2023Q2"], ["2023Q1", "2023Q2"]), (["2019-20", "2020-21"], ["2019", "2020"]),
         (["FY2019", "FY2020"], ["2019", "2020"]),
         (["2019-03-01", "2019-03-02"], ["2019-03-01", "2019-03-02"])]
    )  # fmt: skip
    rows = [[draw.choice(["省", "province"]), draw.choice(["时间", "year", "date"]), "value"]]
    body = [[names[u.adcode], t, value_of(u, 0, s)] for u in units for s, t in enumerate(times)]
    if draw.random() < 0.5:
        draw.shuffle(body)
    return (
        rows + body,
        {u.adcode: {k: value_of(u, 0, s) for s, k in enumerate(keys)} for u in units},
        1,
    )


def _keyed(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    head, values = draw.choice(
        [("指标", ["产值(亿元)", "人口(万人)", "收入(元)"]), ("indicator", ["GDP", "Population"]),
         ("性别", ["男", "女"]), ("城乡", ["城镇", "乡村"]), ("sector", ["primary", "secondary",
          "tertiary"])]
    )  # fmt: skip
    rows = [["地区", head, draw.choice(["数值", "value"])]]
    rows += [[names[u.adcode], v, value_of(u, s)] for u in units for s, v in enumerate(values)]
    return rows, {u.adcode: {"": value_of(u)} for u in units}, len(values)


def _across(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    heads = draw.sample(["产值", "人口", "收入"], draw.randint(1, 3))
    rows = [["指标", *(names[u.adcode] for u in units)]]
    rows += [[head, *(value_of(u, s) for u in units)] for s, head in enumerate(heads)]
    return rows, {u.adcode: {"": value_of(u)} for u in units}, len(heads)


def _across_years(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    years = list(range(2000, 2000 + draw.randint(2, 20)))
    rows = [["年份", *(names[u.adcode] for u in units)]]
    rows += [[year, *(value_of(u, 0, s % 10) for u in units)] for s, year in enumerate(years)]
    expected = {
        u.adcode: {str(y): value_of(u, 0, s % 10) for s, y in enumerate(years)} for u in units
    }
    return rows, expected, 1


def _two_heads(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    years = ["2019", "2020"]
    if draw.random() < 0.5:
        rows = [
            ["地区", "2019年", "", "2020年", ""],
            ["", *["产值(亿元)", "人口(万人)"] * 2],
        ]
        order = [(0, 0), (1, 0), (0, 1), (1, 1)]
    else:
        rows = [["地区", "产值(亿元)", "", "人口(万人)", ""], ["", *years, *years]]
        order = [(0, 0), (0, 1), (1, 0), (1, 1)]
    rows += [[names[u.adcode], *(value_of(u, *place) for place in order)] for u in units]
    return rows, {u.adcode: {y: value_of(u, 0, s) for s, y in enumerate(years)} for u in units}, 2


def _halves(draw: random.Random, units: list[Province], names: dict[str, str]) -> Any:
    half = (len(units) + 1) // 2
    rows = [["地区", "产值(亿元)", "地区", "产值(亿元)"]]
    for left, right in zip(units[:half], [*units[half:], None], strict=False):
        row = [names[left.adcode], value_of(left)]
        rows.append([*row, names[right.adcode], value_of(right)] if right else [*row, "", ""])
    return rows, {u.adcode: {"": value_of(u)} for u in units}, 1


SHAPES: Final[dict[str, Shape]] = {
    "wide": _wide, "years": _years, "long": _long, "keyed": _keyed, "across": _across,
    "across years": _across_years, "two heads": _two_heads, "halves": _halves,
}  # fmt: skip


def make_foreign(number: int) -> tuple[str, UploadedFile]:
    """Return a table of something else than provinces, of which nothing may come."""
    draw = random.Random(number)
    kind = draw.choice(sorted(FOREIGN))
    names = list(FOREIGN[kind])
    if draw.random() < 0.5 and "ids" not in kind:
        draw.shuffle(names)
    rows = [[draw.choice(["name", "名称", "code", "id"]), "value", "v2"]]
    rows += [[name, draw.random() * 100, draw.randint(1, 99)] for name in names]
    if draw.random() < 0.4:
        rows = [[n if n else "序号", *row] for n, row in enumerate(rows)]
    return kind, UploadedFile("t.csv", to_text(rows).encode())


def make_json(shape: str, units: list[Province]) -> UploadedFile:
    """Return a table in one of the shapes of JSON."""
    names = {u.short_zh: value_of(u) for u in units}
    document: Any = {
        "records": [{"name": name, "value": value} for name, value in names.items()],
        "dictionary": names,
        "columns": {"province": list(names), "value": list(names.values())},
        "nested": {name: {"GDP": value} for name, value in names.items()},
        "pandas": {"columns": ["省份", "GDP"], "data": [list(entry) for entry in names.items()]},
        "wrapped": {"code": 200, "data": [{"name": n, "value": v} for n, v in names.items()]},
        "rows": [["省份", "GDP"], *(list(entry) for entry in names.items())],
    }[shape]
    return UploadedFile("t.json", json.dumps(document, ensure_ascii=False).encode())
