"""Periods of time in cells and heads: years, fiscal years, quarters, months and days.

A period is a whole number that sorts within its kind and says what it is by its digits: 2019 a
year, 20193 a quarter, 201907 a month, 20190731 a day.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from geo.upload.files import Cell, cell_text

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_OF_YEAR: Final = re.compile(r"^年(?=\d)")  # as in 2023年1-2月, months that are no period
SERIAL_DAYS: Final = range(20_000, 70_000)  # 1954 to 2091
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
_CHINESE_MONTHS: Final = {
    name: n for n, name in enumerate([*"一二三四五六七八九十", "十一", "十二"], start=1)
}
_CHINESE_DIGITS: Final = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE_YEAR: Final = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年|$)")
_CHINESE_MONTH: Final = re.compile(r"(?<![第\d])(十[一二]|[一二三四五六七八九十])月")
_NAMES: Final = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))
# What stands around a period and changes nothing: quotation marks, marks of notes, of provisional
# and of estimated values, and the year a second time, as the World Bank writes it.
_AROUND_START: Final = re.compile(r"^(?:['’‘\"]+\s*)(?=\d)")
_AROUND_END: Final = re.compile(
    r"\s*(?:[*＊#†‡①-⑳]+|[(（\[]\s*(?:预计?|预测|估计?|初步数?|快报数?|prelim\w*|est\w*|[a-z]|\d)\.?"
    r"\s*[)）\]]|\[yr\d{4}\]|['’\"])$|(?<=\d{4})(?:p|e|f|r|a)$",
    re.I,
)
_YEAR: Final = re.compile(r"(\d{4})\s*(?:年|年末|年底|年度|a)?(?:\.0+)?")
_R_NAME: Final = re.compile(r"(?:[xy]|yr|year|年份?)[._ ]?(\d{4})\.?", re.I)
_R_START: Final = re.compile(r"^x(?=\d{4}[.\d-])", re.I)
_FISCAL: Final = re.compile(
    r"(?:fy|fiscal(?: year)?|财年|财政年度)\s*'?(\d{4}|\d{2})(?:\s*[-/–—]\s*(?:\d{2}|\d{4}))?"
    r"|(\d{4})\s*[-/–—]\s*(\d{2}|\d{4})\s*(?:学年|财年|年度|年)",
    re.I,
)
_SPAN: Final = re.compile(r"(\d{4})\s*[-/–—]\s*(\d{2}|\d{4})")
_QUARTER: Final = re.compile(
    r"(?P<a>\d{4})\s*[-年/ ]?\s*(?:q(?P<qa>[1-4])|第?(?P<za>[一二三四1-4])\s*季度?)"
    r"|(?P<b>\d{2})年第?(?P<zb>[一二三四1-4])\s*季度?"
    r"|(?:q(?P<qc>[1-4])|(?P<qd>[1-4])q)\s*[-/ ']?\s*(?P<c>\d{4}|\d{2})",
    re.I,
)
_MONTH: Final = re.compile(
    rf"(?P<a>\d{{4}})(?:\s*年\s*|\s*[-/]\s*|\s*m\s*)(?P<ma>\d{{1,2}})\s*月?"
    rf"|(?P<b>\d{{4}})(?P<mb>\d{{2}})|(?P<c>\d{{2}})年(?P<mc>\d{{1,2}})月"
    rf"|(?P<nd>{_NAMES})[.\s,'’/_-]*(?P<d>\d{{4}}|(?<=[-'’/_])\d{{2}})"
    rf"|(?P<e>\d{{4}})[\s_-]*(?P<ne>{_NAMES})"
    rf"|(?P<mf>0?[1-9]|1[0-2])[/-](?P<f>\d{{4}})",
    re.I,
)
_POINT_MONTH: Final = re.compile(r"(\d{4})\.(\d{1,2})")
_DAY: Final = re.compile(
    r"(\d{4})(?:[-/.]|\s*年\s*)(\d{1,2})(?:[-/.]|\s*月\s*)(\d{1,2})\s*[日号]?(?:[T ]\d.*)?"
    r"|(\d{4})(\d{2})(\d{2})"
)
_NAMED_DAY: Final = re.compile(
    rf"(?P<da>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<na>{_NAMES})[\s,.-]+(?P<a>\d{{4}})"
    rf"|(?P<nb>{_NAMES})\.?\s+(?P<db>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<b>\d{{4}})",
    re.I,
)
_ANY_ORDER_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ]\d.*)?")
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

    Marks around it, as in 2021* and 2021年（预计）, change nothing. Two digits are a year only
    beside a month, a quarter or FY.

    >>> [parse_period(text) for text in ("2019年", "2023-01", "2023Q1", "20190301", "FY2021")]
    [2019, 202301, 20231, 20190301, 2021]
    >>> [parse_period(text) for text in ("Jan-23", "1Q2023", "二〇一九年", "2021*", "3 Mar 2019")]
    [202301, 20231, 2019, 2021, 20190303]
    """
    text = _plain_text(cell)
    if not any(c.isdigit() or c in "〇零○一二三四五六七八九" for c in text):
        return None
    period = _parse_plain(text)
    if period is not None or len(text) <= 4:
        return period
    bare = _AROUND_END.sub("", _AROUND_START.sub("", text))
    bare = _R_START.sub("", bare)
    return _parse_plain(bare) if bare != text else None


def _parse_plain(text: str) -> int | None:
    match = _YEAR.fullmatch(text) or _R_NAME.fullmatch(text)
    if match:
        return _year_or_none(int(match[1]))
    for pattern, build in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            return build(match)
    return None


def _plain_text(cell: Cell) -> str:
    raw = cell_text(cell)[:40]
    text = unicodedata.normalize("NFKC", raw).strip() if not raw.isascii() else raw.strip()
    if "年" in text or "月" in text or _CHINESE_YEAR.fullmatch(text):
        text = _CHINESE_YEAR.sub(lambda year: year[0].translate(_CHINESE_DIGITS), text)
        text = _CHINESE_MONTH.sub(lambda month: f"{_CHINESE_MONTHS[month[1]]}月", text)
    return text


def _full_year(digits: str) -> int:
    """Return a year of four digits; two digits are of this century, as in Jan-23."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _year_or_none(year: int) -> int | None:
    return year if is_year_in_range(year) else None


def _fiscal_year(match: re.Match[str]) -> int | None:
    return _year_or_none(_full_year(match[1] or match[2]))


def _quarter_of(match: re.Match[str]) -> int | None:
    year = _full_year(match["a"] or match["b"] or match["c"])
    digit = next(match[name] for name in ("qa", "za", "zb", "qc", "qd") if match[name])
    quarter = _CHINESE.get(digit) or int(digit)
    return year * 10 + quarter if is_year_in_range(year) else None


def _month_of(match: re.Match[str]) -> int | None:
    year = _full_year(next(match[name] for name in "abcdef" if match[name]))
    name = match["nd"] or match["ne"]
    digits = match["ma"] or match["mb"] or match["mc"] or match["mf"]
    month = _MONTH_NAMES[name.lower()] if name else int(digits)
    return year * 100 + month if is_year_in_range(year) and 1 <= month <= 12 else None


def _point_month_of(match: re.Match[str]) -> int | None:
    year, month = int(match[1]), int(match[2])
    return year * 100 + month if is_year_in_range(year) and 1 <= month <= 12 else None


def _day_of(match: re.Match[str]) -> int | None:
    year, month, day = (int(match[n] or match[n + 3]) for n in (1, 2, 3))
    valid = is_year_in_range(year) and 1 <= month <= 12 and 1 <= day <= 31
    return (year * 100 + month) * 100 + day if valid else None


def _named_day_of(match: re.Match[str]) -> int | None:
    year, day = int(match["a"] or match["b"]), int(match["da"] or match["db"])
    month = _MONTH_NAMES[(match["na"] or match["nb"]).lower()]
    valid = is_year_in_range(year) and 1 <= day <= 31
    return (year * 100 + month) * 100 + day if valid else None


_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], int | None]], ...]] = (
    (_FISCAL, _fiscal_year),
    (_QUARTER, _quarter_of),
    (_MONTH, _month_of),
    (_POINT_MONTH, _point_month_of),
    (_DAY, _day_of),
    (_NAMED_DAY, _named_day_of),
)


def parse_span(cell: Cell) -> int | None:
    """Return the first year of two that follow one another, as 2019-20; None otherwise."""
    match = _SPAN.fullmatch(_plain_text(cell))
    if not match or not is_year_in_range(int(match[1])):
        return None
    first, second = int(match[1]), int(match[2])
    follows = second == (first + 1) % 100 if len(match[2]) == 2 else second == first + 1
    return first if follows else None


def read_periods(cells: Sequence[Cell], are_dates: bool = False) -> list[int | None]:
    """Return the period of each cell of a column of time, None where there is none.

    Pairs such as 2019-20 are years where all of them follow one another. Days that are all the
    last or the first of a year stand for the years, first days of several months for the months.
    are_dates: whether whole numbers may be days as spreadsheets count them, since 1899-12-30.

    >>> read_periods(["2019-20", "2020-21"]), read_periods(["2019-01-01", "2020-01-01"])
    ([2019, 2020], [2019, 2020])
    """
    if are_dates and (days := _read_serial_days(cells)):
        return days
    distinct = dict.fromkeys(cells)
    spans = {cell: parse_span(cell) for cell in distinct if cell != ""}
    if spans and all(year is not None for year in spans.values()):
        return [spans.get(cell) for cell in cells]
    periods = {cell: parse_period(cell) for cell in distinct}
    for cell, year in spans.items():
        if periods[cell] is None:
            periods[cell] = year
    if not any(periods.values()):
        periods |= _read_days_in_any_order([cell for cell in distinct if cell != ""])
    shorten = _step_of(periods.values())
    return [shorten(periods[cell]) for cell in cells]


def _read_serial_days(cells: Sequence[Cell]) -> list[int | None]:
    """Return the days of the numbers that spreadsheets store for them; none if a cell is else."""
    texts = [cell_text(cell) for cell in cells]
    if not any(texts) or not all(
        text == "" or (text.isascii() and text.isdigit() and int(text[:6]) in SERIAL_DAYS)
        for text in texts
    ):
        return []
    days = [text and dt.date(1899, 12, 30) + dt.timedelta(days=int(text)) for text in texts]
    return shorten_days([int(f"{day:%Y%m%d}") if day else None for day in days])


def _read_days_in_any_order(cells: Sequence[Cell]) -> dict[Cell, int | None]:
    """Return days such as 3/1/2019 where all of them say which number is the month; else none."""
    matches = [(cell, _ANY_ORDER_DAY.fullmatch(_plain_text(cell))) for cell in cells]
    numbers = [(int(m[1]), int(m[2]), int(m[3])) for _, m in matches if m]
    if not numbers or len(numbers) < len(cells):
        return {}
    day_first = any(first > 12 for first, _, _ in numbers)
    if day_first == any(second > 12 for _, second, _ in numbers):
        return {}
    days = [(y, b, a) if day_first else (y, a, b) for a, b, y in numbers]
    return {
        cell: (year * 100 + month) * 100 + day
        for (cell, _), (year, month, day) in zip(matches, days, strict=True)
        if is_year_in_range(year) and 1 <= month <= 12 and 1 <= day <= 31
    }


def shorten_days(periods: Sequence[int | None]) -> list[int | None]:
    """Return periods in which days that are all ends of years stand for the years, and so on."""
    shorten = _step_of(periods)
    return [shorten(period) for period in periods]


def _step_of(periods: Iterable[int | None]) -> Callable[[int | None], int | None]:
    """Return a function that gives the year or month which a day stands for; else the period."""
    known = {period for period in periods if period}
    days = {period for period in known if period > 10**7}
    divisor = 1
    if days and days == known:
        ends = {day % 10_000 for day in days}
        if len(ends) == 1 and ends <= {1231, 101}:
            divisor = 10_000
        elif len({d // 100 for d in days}) >= MONTHS_AT_LEAST and {d % 100 for d in days} == {1}:
            divisor = 100
    return lambda period: period // divisor if period else None


def combine_day(month: int | None, day: Cell) -> int | None:
    """Return the day of a month, as 20190304 of 201903 and 4; None where it is none."""
    match = re.fullmatch(r"(\d{1,2})(?:\.0+)?\s*[日号]?", _plain_text(day))
    is_day = match and month and 10**5 < month < 10**6 and 1 <= int(match[1]) <= 31
    return month * 100 + int(match[1]) if match and month and is_day else None


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
    quarter = re.fullmatch(r"q([1-4])|([1-4])q|第?([一二三四1-4])\s*季度?", text)
    if quarter:
        digit = quarter[1] or quarter[2] or quarter[3]
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
            return _OF_YEAR.sub("", match[rest].strip()), period
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
