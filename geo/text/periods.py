"""Periods of time finer than a year, as a reader sees them.

A period is a whole number that says by its digits what it is: 2019 a year, 20193 a quarter,
201907 a month, 20190731 a day. As a bare number nobody could read it, so it has a text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Final

LAST_PLAIN_YEAR: Final = 9999
_ADDRESS: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?|Q([1-4]))?")
_PERIOD: Final = r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?|Q([1-4]))"
# A period before 年, and one before the end of a range, whose 年 stands for both.
_BEFORE_YEAR_SIGN: Final = re.compile(
    _PERIOD + r"(?:年|(?=[至—]\d{4}(?:(?:-\d{2}){1,2}|Q[1-4])年))"
)
_QUARTERS: Final = " 一二三四"


class Period(int):
    """A period whose text is that of ISO 8601, a quarter with Q; as a number it is a plain one.

    >>> f"{Period(2019)}, {Period(20193)}, {Period(201907)}, {Period(20190731)}"
    '2019, 2019Q3, 2019-07, 2019-07-31'
    """

    def __str__(self) -> str:
        digits = int.__repr__(self)
        if self <= LAST_PLAIN_YEAR:
            return digits
        if len(digits) == 5:
            return f"{digits[:4]}Q{digits[4]}"
        return "-".join(filter(None, (digits[:4], digits[4:6], digits[6:])))

    def __format__(self, spec: str) -> str:
        return str(self) if not spec else int.__format__(self, spec)

    @property
    def calendar_year(self) -> int:
        """The year that the period is in."""
        return int(int.__repr__(self)[:4])


def period_position(period: int) -> float:
    """Return the place of the beginning of a period in time, in years.

    >>> period_position(2019), period_position(20193), period_position(201907)
    (2019.0, 2019.5, 2019.5)
    >>> period_position(20190102) > period_position(20190101) == 2019.0
    True
    """
    digits = int.__repr__(period)
    year = int(digits[:4])
    match len(digits):
        case 5:
            return year + (int(digits[4]) - 1) / 4
        case 6:
            return year + (int(digits[4:]) - 1) / 12
        case 8:
            day = date(year, int(digits[4:6]), int(digits[6:]))
            return year + (day - date(year, 1, 1)).days / 366
    return float(period)


def period_step(periods: Iterable[int]) -> float:
    """Return the least distance in time between periods, in years; 1 for fewer than two.

    >>> period_step([2010, 2015, 2020]), period_step([201912, 202001]) < 0.1, period_step([2017])
    (5.0, True, 1.0)
    """
    places = sorted({period_position(period) for period in periods})
    return min((late - early for early, late in pairwise(places)), default=1.0)


def are_consecutive(before: int, after: int, step: float) -> bool:
    """Whether no period lies between two, given the step of their series.

    >>> are_consecutive(2010, 2015, 5.0), are_consecutive(2016, 2018, 1.0)
    (True, False)
    """
    return period_position(after) - period_position(before) < 1.5 * step


def parse_period_text(text: str) -> Period | None:
    """Return the period of an address; None for any other text.

    >>> [int(parse_period_text(text)) for text in ("2019", "2019Q3", "2019-07", "2019-07-31")]
    [2019, 20193, 201907, 20190731]
    >>> parse_period_text("19"), parse_period_text("201907")
    (None, None)
    """
    match = _ADDRESS.fullmatch(text) if text.isascii() else None
    return Period("".join(filter(None, match.groups()))) if match else None


def write_chinese_periods(text: str) -> str:
    """Return a Chinese text with the periods before 年 in words.

    >>> write_chinese_periods("产值，2019-07年"), write_chinese_periods("2019Q3年"), "2019年"
    ('产值，2019年7月', '2019年第三季度', '2019年')
    >>> write_chinese_periods("2019-01至2019-03年"), write_chinese_periods("2019Q1—2020Q2年")
    ('2019年1月至2019年3月', '2019年第一季度—2020年第二季度')
    """
    if "年" not in text:
        return text

    def write(match: re.Match[str]) -> str:
        year, month, day, quarter = match.groups()
        if quarter:
            return f"{year}年第{_QUARTERS[int(quarter)]}季度"
        return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "")

    return _BEFORE_YEAR_SIGN.sub(write, text)
