"""Tables in the form of the statistical yearbooks, with the atlas's own figures in them."""

from __future__ import annotations

from functools import cache

from geo.tables import dataset
from geo.units import evaluated_adcodes, provinces

GDP = "gdp"
PEOPLE = "resident_population"
PATENTS = "invention_patents_granted"


def figure(indicator: str, adcode: str, year: int) -> float:
    return float(_values()[indicator, adcode, year])


@cache
def _values() -> dict[tuple[str, str, int], float]:
    frame = dataset().indicators
    keys = zip(frame["indicator"], frame["adcode"], frame["year"], strict=True)
    return dict(zip(keys, frame["value"], strict=True))


def spaced(name: str) -> str:
    """A name of two characters as yearbooks print it, to fill the width of three."""
    return f"{name[0]} {name[1]}" if len(name) == 2 else name


def gdp_rows(years: tuple[int, ...] = (2016, 2017)) -> list[list[str]]:
    """Gross regional product in 亿元 as in a yearbook: title, unit, heads, total, notes."""
    width = 1 + len(years)

    def line(*cells: str) -> list[str]:
        return [*cells, *[""] * (width - len(cells))]

    def value(adcode: str, year: int) -> float:
        return figure(GDP, adcode, year) / 1e8

    total = [f"{sum(value(a, year) for a in evaluated_adcodes()):.1f}" for year in years]
    return [
        line("3-9 地区生产总值"),
        [*[""] * (width - 1), "单位：亿元"],
        ["地 区", *(f"{year}年" for year in years)],
        ["全 国", *total],
        line(),
        *(
            [spaced(provinces()[a].short_zh), *(f"{value(a, y):.1f}" for y in years)]
            for a in evaluated_adcodes()
        ),
        line("注：本表按当年价格计算。"),
        line("资料来源：国家统计局"),
    ]


def text(rows: list[list[str]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in rows)
