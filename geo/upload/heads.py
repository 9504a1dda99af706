"""Parsing of column heads and row labels: names, units, years, totals, regions, notes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from geo.limits import MAX_HEAD_LENGTH, MAX_UNIT_NAME_LENGTH
from geo.units import normalise_name
from geo.upload.files import Cell, cell_text

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100

PROVINCE_HEADS: Final = frozenset(
    {"地区", "省份", "省", "省市", "省区市", "省市区", "省级行政区", "名称", "地域", "区域",
     "province", "provinces", "region", "regions", "name", "area", "provincename"}
)  # fmt: skip
YEAR_HEADS: Final = frozenset(
    {"年", "年份", "年度", "时间", "year", "years", "date", "time", "period"}
)
# Heads of columns that number or code the rows: they look like values but are none.
CODE_HEADS: Final = frozenset(
    {"序号", "编号", "代码", "行政区划代码", "区划代码", "行政代码", "位次", "no", "id", "code",
     "adcode", "gbcode", "fid", "objectid", "index", "rownumber", "iso"}
)  # fmt: skip
_UNIT: Final = re.compile(r"\s*[(（\[]\s*([^()（）\[\]]{1,40})\s*[)）\]]\s*$")
_YEAR: Final = re.compile(r"(\d{4})\s*(?:年|年末|年底|年度)?")
_DATE: Final = re.compile(r"(\d{4})[-/.]\d{1,2}[-/.]\d{1,2}(?:T.*)?")
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*年?\s*[_\-–·:：,，]?\s*(?=[^\W\d])(.+)")
_YEAR_LAST: Final = re.compile(r"(.*[^\W\d].*?)[\s_\-–·:：,，]*(?<!\d)(\d{4})\s*年?")
_STATED_UNIT: Final = re.compile(r"(?:计量)?单\s*位\s*[:：]\s*(.+)|units?\s*[:：]\s*(.+)", re.I)
_BARE_UNIT: Final = re.compile(
    r"[(（\[].{1,40}[)）\]]|[%％‰]|[百千万亿\d]*(?:美?元|人|户|吨|米|公里|平方公里|亩|公顷|件|个|台|套"
    r"|部|次|项|辆|册|张|公斤|千克|kg|km|km²|km2|GB|TB|MB|CNY|USD|RMB|yuan|persons?|people|tons?)"
    r"(?:/.{1,12})?|(?:10 ?000|100 million|million|billion) \w{1,12}",
    re.I,
)
TOTALS: Final = frozenset(
    {"全国", "全国总计", "全国合计", "全国平均", "中国", "总计", "合计", "总和", "平均", "平均值",
     "全国总计平均", "national", "nationaltotal", "nationalaverage", "china", "total", "grandtotal",
     "sum", "average", "mean", "mainlandchina", "prchina", "chinatotal"}
)  # fmt: skip
REGIONS: Final = frozenset(
    {"东部", "中部", "西部", "东北", "华北", "华东", "华中", "华南", "西南", "西北", "东南", "沿海",
     "内地", "京津冀", "长三角", "珠三角", "长江经济带", "eastern",
     "central", "western", "northeastern",
     "east", "west", "northeast", "north", "south", "northwest", "southwest", "southcentral"}
)  # fmt: skip
_REGION_END: Final = re.compile("(地区|区域|region|china|area)$")
_NOTE: Final = re.compile(
    r"(?:[注註]|备\s*注|附注|说明|资料来源|数据来源|来\s*源"
    r"|notes?|sources?|data sources?|remarks?)"
    r"\s*\d*\s*[:：.．、]|[*＊※#†]|[注註]\s*\d",
    re.I,
)


@dataclass(frozen=True)
class ColumnHead:
    """A column head and its parts; unit is empty and year None if the head states none."""

    text: str
    name: str
    unit: str = ""
    year: int | None = None


def parse_head(cell: Cell) -> ColumnHead:
    """Return the parts of a head.

    A unit is in brackets at the end; a year is the whole head, its beginning or its end.

    >>> parse_head("2016年地区生产总值（亿元）")
    ColumnHead(text='2016年地区生产总值（亿元）', name='地区生产总值', unit='亿元', year=2016)
    >>> parse_head("GDP (2015 prices)").year
    """
    text = cell_text(cell)
    if len(text) > MAX_HEAD_LENGTH:
        return ColumnHead(text, text)
    year = parse_year(cell)
    if year is not None:
        return ColumnHead(text, "", year=year)
    unit = _UNIT.search(text)
    rest = text[: unit.start()].strip() if unit else text
    if unit and not rest:
        return ColumnHead(text, text)
    year = parse_year(rest)
    if year is not None:
        return ColumnHead(text, "", unit[1].strip() if unit else "", year)
    name = rest
    for pattern, number, other in ((_YEAR_FIRST, 1, 2), (_YEAR_LAST, 2, 1)):
        match = pattern.fullmatch(rest)
        if match and is_year_in_range(int(match[number])):
            name, year = match[other].strip(), int(match[number])
            break
    return ColumnHead(text, name, unit[1].strip() if unit else "", year)


def parse_year(cell: Cell) -> int | None:
    """Return the year if a cell holds only a year; None otherwise.

    >>> parse_year("2016 年"), parse_year(2016.0), parse_year("2016-12-31"), parse_year("20160")
    (2016, 2016, 2016, None)
    """
    text = unicodedata.normalize("NFKC", cell_text(cell)).strip()[:40]
    match = _YEAR.fullmatch(text) or _DATE.fullmatch(text)
    return int(match[1]) if match and is_year_in_range(int(match[1])) else None


def is_year_in_range(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def is_one_of(cell: Cell, words: frozenset[str]) -> bool:
    """Return whether a head is one of some words, ignoring case, spaces and unit."""
    return normalise_name(_UNIT.sub("", cell_text(cell))[:40]) in words


def parse_stated_unit(text: str) -> str:
    """Return the unit that a line above a table states for the whole table; empty without one.

    >>> parse_stated_unit("单位：亿元")
    '亿元'
    """
    match = _STATED_UNIT.search(text[:200])
    return (match[1] or match[2]).strip(" )）]") if match else ""


def parse_bare_unit(cell: Cell) -> str:
    """Return the unit if a cell holds only a unit; empty otherwise.

    >>> parse_bare_unit("(万人)"), parse_bare_unit("亿元"), parse_bare_unit("北京")
    ('万人', '亿元', '')
    """
    if not isinstance(cell, str) or not _BARE_UNIT.fullmatch(cell):
        return ""
    return cell.strip("()（）[] ")


def is_total(cell: Cell) -> bool:
    """Return whether a cell names the country, a sum or a mean."""
    return normalise_name(cell_text(cell)[:MAX_UNIT_NAME_LENGTH]) in TOTALS


def is_region(cell: Cell) -> bool:
    """Return whether a cell names a part of the country larger than a province."""
    name = normalise_name(cell_text(cell)[:MAX_UNIT_NAME_LENGTH])
    return name in REGIONS or (len(name) > 2 and _REGION_END.sub("", name) in REGIONS)


def is_note(cell: Cell) -> bool:
    """Return whether a cell begins like a note or source below a table."""
    return bool(_NOTE.match(cell_text(cell)[:MAX_UNIT_NAME_LENGTH]))
