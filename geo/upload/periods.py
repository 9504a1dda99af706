"""Periods of time in cells and heads: years, fiscal years, quarters, months and days.

A period is a whole number that sorts within its kind and says what it is by its digits: 2019 a
year, 20193 a quarter, 201907 a month, 20190731 a day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from geo.upload.files import Cell, cell_text

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MONTHS_AT_LEAST: Final = 3  # as many first days of different months stand for the months

_MONTH_NAMES: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep september sept", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CHINESE: Final = {"一": 1, "二": 2, "三": 3, "四": 4}
_NAMES: Final = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
_YEAR: Final = re.compile(r"(\d{4})\s*(?:年|年末|年底|年度|a)?(?:\.0+)?")
_R_NAME: Final = re.compile(r"(?:[xy]|yr|year|年份?)[._ ]?(\d{4})\.?", re.I)
_FISCAL: Final = re.compile(
    r"(?:fy|fiscal(?: year)?|财年|财政年度)\s*'?(\d{4})(?:\s*[-/–—]\s*(?:\d{2}|\d{4}))?"
    r"|(\d{4})\s*[-/–—]\s*(\d{2}|\d{4})\s*(?:学年|财年|年度|年)",
    re.I,
)
_SPAN: Final = re.compile(r"(\d{4})\s*[-/–—]\s*(\d{2}|\d{4})")
_QUARTER: Final = re.compile(
    r"(\d{4})\s*[-年/ ]?\s*(?:q([1-4])|第?([一二三四1-4])\s*季度?)|q([1-4])\s*[-/ ]?\s*(\d{4})",
    re.I,
)
_MONTH: Final = re.compile(
    rf"(\d{{4}})(?:\s*年\s*|\s*[-/]\s*|\s*m\s*)(\d{{1,2}})\s*月?|(\d{{4}})(\d{{2}})"
    rf"|({_NAMES})[.\s,-]*(\d{{4}})|(\d{{4}})[\s-]*({_NAMES})",
    re.I,
)
_POINT_MONTH: Final = re.compile(r"(\d{4})\.(\d{1,2})")
_DAY: Final = re.compile(
    r"(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})\s*日?(?:[T ]\d.*)?"
    r"|(\d{4})(\d{2})(\d{2})"
)
_TOKEN: Final = (
    r"(?:fy\s*)?(?:19|20)\d{2}(?!\d)(?:\s*年?\s*第?[一二三四1-4]季度?|年\d{1,2}月(?:\d{1,2}日)?"
    r"|-(?:0[1-9]|1[0-2])(?!\d)|[-_ ]?[qm]\d{1,2}(?!\d)|年度|年末|年底|年)?"
)
_AT_START: Final = re.compile(
    rf"((?:19|20)\d{{2}}(?=年[末底])|{_TOKEN})[\s_\-–·:：,，.]*(?=[^\W\d_])(.+)", re.I
)
_AT_END: Final = re.compile(rf"(.*[^\W\d_].*?)[\s_\-–·:：,，.]*(?<!\d)({_TOKEN})", re.I)


def is_year_in_range(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def parse_year(cell: Cell) -> int | None:
    """Return the year if a cell holds only a year, or a day of it; None otherwise.

    >>> parse_year("2016 年"), parse_year(2016.0), parse_year("2016-12-31"), parse_year("20160")
    (2016, 2016, 2016, None)
    """
    text = _plain_text(cell)
    match = _YEAR.fullmatch(text) or (_DAY.fullmatch(text) if not text.isdigit() else None)
    return int(match[1]) if match and is_year_in_range(int(match[1])) else None


def parse_period(cell: Cell) -> int | None:
    """Return the period if a cell holds only a period; None otherwise.

    >>> [parse_period(text) for text in ("2019年", "2023-01", "2023Q1", "20190301", "FY2021")]
    [2019, 202301, 20231, 20190301, 2021]
    """
    text = _plain_text(cell)
    if not any(c.isdigit() for c in text):
        return None
    match = _YEAR.fullmatch(text) or _R_NAME.fullmatch(text)
    if match:
        return _year_or_none(int(match[1]))
    for pattern, build in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return build(match)
    return None


def _plain_text(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", cell_text(cell)[:40]).strip()


def _year_or_none(year: int) -> int | None:
    return year if is_year_in_range(year) else None


def _fiscal_year(match: re.Match[str]) -> int | None:
    return _year_or_none(int(match[1] or match[2]))


def _quarter_of(match: re.Match[str]) -> int | None:
    year = int(match[1] or match[5])
    digit = match[2] or match[3] or match[4]
    quarter = _CHINESE.get(digit) or int(digit)
    return year * 10 + quarter if is_year_in_range(year) else None


def _month_of(match: re.Match[str]) -> int | None:
    year = int(match[1] or match[3] or match[6] or match[7])
    name = match[5] or match[8]
    month = _MONTH_NAMES[name.lower()] if name else int(match[2] or match[4])
    return year * 100 + month if is_year_in_range(year) and 1 <= month <= 12 else None


def _point_month_of(match: re.Match[str]) -> int | None:
    year, month = int(match[1]), int(match[2])
    return year * 100 + month if is_year_in_range(year) and 1 <= month <= 12 else None


def _day_of(match: re.Match[str]) -> int | None:
    year, month, day = (int(match[n] or match[n + 3]) for n in (1, 2, 3))
    valid = is_year_in_range(year) and 1 <= month <= 12 and 1 <= day <= 31
    return (year * 100 + month) * 100 + day if valid else None


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int | None]], ...]] = (
    (_FISCAL, _fiscal_year),
    (_QUARTER, _quarter_of),
    (_MONTH, _month_of),
    (_POINT_MONTH, _point_month_of),
    (_DAY, _day_of),
)


def parse_span(cell: Cell) -> int | None:
    """Return the first year of two that follow one another, as 2019-20; None otherwise."""
    match = _SPAN.fullmatch(_plain_text(cell))
    if not match or not is_year_in_range(int(match[1])):
        return None
    first, second = int(match[1]), int(match[2])
    follows = second == (first + 1) % 100 if len(match[2]) == 2 else second == first + 1
    return first if follows else None


def read_periods(cells: Sequence[Cell]) -> list[int | None]:
    """Return the period of each cell of a column of time, None where there is none.

    Pairs such as 2019-20 are years where all of them follow one another. Days that are all the
    last or the first of a year stand for the years, first days of several months for the months.

    >>> read_periods(["2019-20", "2020-21"]), read_periods(["2019-01-01", "2020-01-01"])
    ([2019, 2020], [2019, 2020])
    """
    distinct = dict.fromkeys(cells)
    spans = {cell: parse_span(cell) for cell in distinct if cell != ""}
    if spans and all(year is not None for year in spans.values()):
        return [spans.get(cell) for cell in cells]
    periods = {cell: parse_period(cell) for cell in distinct}
    for cell, year in spans.items():
        if periods[cell] is None:
            periods[cell] = year
    days = {period for period in periods.values() if period and period > 10**7}
    if days and all(p is None or p > 10**7 for p in periods.values()):
        ends = {day % 10_000 for day in days}
        divisor = 1
        if len(ends) == 1 and ends <= {1231, 101}:
            divisor = 10_000
        elif len({d // 100 for d in days}) >= MONTHS_AT_LEAST and {d % 100 for d in days} == {1}:
            divisor = 100
        periods = {cell: p // divisor if p else None for cell, p in periods.items()}
    return [periods[cell] for cell in cells]


def combine_period(year: int | None, part: Cell, is_quarter: bool = False) -> int | None:
    """Return the quarter or the month of a year for a part such as 3, 3月, Q2 or March.

    is_quarter: whether a number alone is a quarter.

    >>> combine_period(2020, "3月"), combine_period(2020, "2", is_quarter=True)
    (202003, 20202)
    """
    text = _plain_text(part).lower()
    if is_quarter and re.fullmatch(r"[1-4](?:\.0)?", text):
        text = f"q{text[0]}"
    if year is None or year > LAST_YEAR:
        return None
    quarter = re.fullmatch(r"q([1-4])|第?([一二三四1-4])\s*季度?", text)
    if quarter:
        digit = quarter[1] or quarter[2]
        return year * 10 + (_CHINESE.get(digit) or int(digit))
    month = re.fullmatch(r"m?(\d{1,2})(?:\.0+)?\s*月?", text)
    number = int(month[1]) if month else _MONTH_NAMES.get(text, 0)
    return year * 100 + number if 1 <= number <= 12 else None


def split_period(text: str) -> tuple[str, int | None]:
    """Return a head without the period at its start or end, and the period.

    >>> split_period("2019年1月消费"), split_period("GDP_2019"), split_period("5G用户")
    (('消费', 201901), ('GDP', 2019), ('5G用户', None))
    """
    for pattern, token, rest in ((_AT_START, 1, 2), (_AT_END, 2, 1)):
        match = pattern.fullmatch(text)
        period = parse_period(match[token]) if match else None
        if match and period is not None:
            return match[rest].strip(), period
    return text, None


def year_of(period: int) -> int:
    """Return the year of a period.

    >>> year_of(202307), year_of(2023)
    (2023, 2023)
    """
    return int(str(period)[:4])


def format_period(period: int | None) -> str:
    """Return a period as in ISO 8601, a quarter with Q; empty without one.

    >>> [format_period(period) for period in (2019, 20231, 202301, 20190301, None)]
    ['2019', '2023Q1', '2023-01', '2019-03-01', '']
    """
    if period is None:
        return ""
    digits = str(period)
    if len(digits) == 5:
        return f"{digits[:4]}Q{digits[4]}"
    return "-".join(filter(None, [digits[:4], digits[4:6], digits[6:8]]))
