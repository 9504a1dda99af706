"""Parsing of numbers in cells, such as 1,234.5 and 1.234,5, 12%, 1.2万 and 3亿."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.upload.files import Cell, cell_text
from geo.upload.heads import parse_bare_unit
from geo.upload.limits import limit_of


class DecimalMark(StrEnum):
    """The decimal mark; the other mark groups the digits."""

    POINT = "."  # 1,234.5
    COMMA = ","  # 1.234,5
    FOURS = "4"  # 12,3456.5: commas group four digits, as Chinese counts


class CellKind(StrEnum):
    """What a cell of a column of values holds."""

    FIGURE = "figure"
    NONE = "none"  # blank, or a word or sign for no value
    UNREAD = "unread"  # something that is no number
    ENDLESS = "endless"  # infinite, nan, or too large to calculate with


@dataclass(frozen=True)
class ColumnReading:
    """A column read as numbers: the kind of each cell, and its value if it is a number.

    suffix is ``%`` or ``‰`` where the numbers have it (values are as written, 12% is 12), ``万``
    where 万 or 亿 occur (values are multiplied out, 1.2万 is 12,000), else empty. unit: the unit
    that the numbers carry, such as 亿元. ambiguous: the cells can be read in two notations, and
    the values would differ. marks: the signs beside numbers, as * in 100*, and how many have them.
    """

    decimal: DecimalMark
    suffix: str
    ambiguous: bool
    kinds: tuple[CellKind, ...]
    values: tuple[float | None, ...]
    unit: str = ""
    marks: tuple[tuple[str, int], ...] = ()

    def count_kind(self, cell_kind: CellKind) -> int:
        return self.kinds.count(cell_kind)


@dataclass(frozen=True)
class CellReading:
    """A cell read as a number; unit and mark are what stands beside it."""

    kind: CellKind
    value: float | None = None
    suffix: str = ""
    unit: str = ""
    mark: str = ""


NONE_READ: Final = CellReading(CellKind.NONE)
UNREAD: Final = CellReading(CellKind.UNREAD)
ENDLESS: Final = CellReading(CellKind.ENDLESS)
NO_FIGURE: Final = frozenset(
    {
        "", ".", "..", "...", "…", "……", "-", "--", "---", "–", "—", "——",
        "―", "－", "−", "/", "\\",
        "n/a", "#n/a", "na", "n.a.", "n.a", "null", "none", "nil", "missing", "nan", "<na>", "#na",
        "-nan", "1.#qnan", "1.#ind", "#value!", "#ref!", "#null!", "***", "**", "×", "x", "n/s",
        "(null)", "[]", "未统计", "未知", "保密", "无资料", "暂缺", "无统计", "-9999", "—-", "- -",
        "\\n", "空", "空值",
        "不详", "无", "无数据", "暂无", "暂无数据", "缺", "缺失", "未公布", "空缺",
        "不適用", "不适用", "不詳", "無", "無數據",
    }
)  # fmt: skip
# Signs alone stand where there is no value.
_SIGNS_ALONE: Final = re.compile(
    r"[\s!-/:-@\[-`{-~\u2010-\u2027\u2030-\u203b、。〃（），．／：；＊·]+"
)
_ENDLESS: Final = re.compile(r"[+-]?(?:inf|infinity|∞|1\.#inf)", re.I)
POWERS: Final = {"百": 2, "千": 3, "万": 4, "百万": 6, "亿": 8, "万亿": 12}  # of ten
_POWERS_OF_UNITS: Final = {
    **POWERS, "十万": 5, "千万": 7, "十亿": 9, "百亿": 10, "千亿": 11
}  # fmt: skip
SHARES: Final = ("%", "‰")
SURELY_FINITE: Final = 15  # digits of a whole number that is within every limit
# Full-width forms and the typographic minus, but not all of NFKC: a footnote ① is no digit.
_PLAIN: Final = str.maketrans(
    {**{chr(0xFF10 + n): str(n) for n in range(10)},
     "．": ".", "，": ",", "％": "%", "＋": "+", "－": "-", "−": "-", "–": "-",
     "萬": "万", "億": "亿"}
)  # fmt: skip
_SPACED: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_SIGN_APART: Final = re.compile(r"^([-+])\s+(?=\d)")
_NUMBER: Final = {
    DecimalMark.POINT: re.compile(
        r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,4})?"
    ),
    DecimalMark.COMMA: re.compile(
        r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d+)?(?:[eE][+-]?\d{1,4})?"
    ),
    DecimalMark.FOURS: re.compile(r"[+-]?(?:\d{1,4}(?:,\d{4})+|\d+)?(?:\.\d+)?"),
}
_FOURS: Final = re.compile(r"[+-]?[1-9]\d{0,3}(?:,\d{4})+(?:\.\d+)?")
_PLAIN_SIGNS: Final = frozenset("0123456789.+-")
_THOUSANDS: Final = 3  # digits after a mark that may group thousands
_ENDING: Final = re.compile(r"(万亿|百万|亿|万|千|百|%|‰)$")
_BRACKETS: Final = re.compile(r"[(（](.+)[)）]\s*([%‰])?")
_TRIANGLE: Final = re.compile(r"[△▵]\s*(?=[\d.])")
_MINUS_END: Final = re.compile(r"(\d[\d.,]*)[-−－]")
_MARK_END: Final = re.compile(
    r"(?<=[\d%‰)\u4e00-\u9fff])\s*(?P<mark>[①-⑳㉑-㊿⑴-⒇*＊※†‡#¹²³⁴-⁹⁰′'＃]+|\[\w{1,3}\]"
    r"|[(（](?:[a-z]|[注註]?\d)[)）]|(?<=[\d])\s?(?:[abcdefpruz]|ep|bp|pe|r\d))$"
)
_MARK_START: Final = re.compile(r"^(?P<mark>[①-⑳*＊※†‡#]+)\s*(?=[\d.+-])")
_CURRENCY: Final = re.compile(r"^([+-]?)\s*(¥|￥|RMB|CNY|US\$|HK\$|\$|€|£|USD)\s*(?=[\d.(])", re.I)
_CURRENCY_UNITS: Final = {"¥": "元", "￥": "元", "RMB": "元", "CNY": "元"}
_UNIT_END: Final = re.compile(r"(?<=[\d.])\s*([^\d\s.,+\-][^\d]{0,15}\d?)$")
_POWER_OF_UNIT: Final = re.compile(r"([十百千万]亿|[十百千]万|[百千万亿])?(.+)")


def read_column(cells: Sequence[Cell], decimal: DecimalMark | None = None) -> ColumnReading:
    """Read a column as numbers, in the given notation or else in the one that reads more cells.

    Where commas always have four digits behind them they group four digits, as Chinese counts:
    12,3100 is never 12.31, but said to be ambiguous.

    >>> reading = read_column(["1.234,5", "12", "…"])
    >>> reading.decimal.name, reading.values
    ('COMMA', (1234.5, 12.0, None))
    >>> read_column(["1.2万", "3亿"]).values
    (12000.0, 300000000.0)
    """
    plain = _read_plain(cells) if decimal is None else None
    if plain is not None:
        return plain
    if decimal is None:
        chosen, ambiguous = _choose_notation(cells)
    else:
        chosen, ambiguous = decimal, False
    return _column_of(chosen, ambiguous, _read_cells(cells, chosen))


def _read_plain(cells: Sequence[Cell]) -> ColumnReading | None:
    """Return a column of plain numbers with points, the usual case, fast; None for any other."""
    limit = limit_of("magnitude")
    texts = [cell for cell in cells if isinstance(cell, str)] if cells else []
    if not _PLAIN_SIGNS.issuperset("".join(texts)):
        return None
    filled = [cell for cell in cells if cell != ""] if "" in cells else list(cells)
    try:
        numbers = list(map(float, filled))
    except ValueError:
        return None
    within = not numbers or (max(numbers) <= limit and min(numbers) >= -limit)
    points = [text for text in texts if "." in text]
    grouped = points and all(len(text) - text.index(".") - 1 == _THOUSANDS for text in points)
    if grouped or not within:
        return None
    if len(filled) == len(cells):
        kinds = (CellKind.FIGURE,) * len(cells)
        return ColumnReading(DecimalMark.POINT, "", False, kinds, tuple(numbers))
    rest = iter(numbers)
    values = tuple(None if cell == "" else next(rest) for cell in cells)
    kinds = tuple(CellKind.NONE if value is None else CellKind.FIGURE for value in values)
    return ColumnReading(DecimalMark.POINT, "", False, kinds, values)


def _choose_notation(cells: Sequence[Cell]) -> tuple[DecimalMark, bool]:
    """Return the notation that reads more cells, and whether another would read them otherwise."""
    distinct = list(dict.fromkeys(cells))
    both = {mark: _read_cells(distinct, mark) for mark in (DecimalMark.POINT, DecimalMark.COMMA)}
    counts = {mark: sum(reading.kind is CellKind.FIGURE for reading in both[mark]) for mark in both}
    commas = [cell for cell in distinct if isinstance(cell, str) and "," in cell]
    if commas and all(_FOURS.search(cell) and not _has_other_comma(cell) for cell in commas):
        return DecimalMark.FOURS, all(cell.count(",") == 1 for cell in commas)
    alike = counts[DecimalMark.POINT] == counts[DecimalMark.COMMA]
    better = counts[DecimalMark.COMMA] > counts[DecimalMark.POINT]
    differs = any(a.value != b.value for a, b in zip(*both.values(), strict=True))
    return (DecimalMark.COMMA if better else DecimalMark.POINT), alike and differs


def _has_other_comma(cell: str) -> bool:
    return bool(re.search(r",(?!\d{4}(?!\d))", cell))


def _column_of(
    decimal: DecimalMark, ambiguous: bool, readings: Sequence[CellReading]
) -> ColumnReading:
    """Return the reading of a column, whose cells agree on a sign of shares and on a unit."""
    suffixes = {reading.suffix for reading in readings if reading.suffix}
    share = next((sign for sign in SHARES if sign in suffixes), "")
    if share:
        # Among shares a bare number could be a share or a fraction: do not guess.
        readings = [
            UNREAD if one.kind is CellKind.FIGURE and one.suffix != share else one
            for one in readings
        ]
    readings, unit = _agree_on_unit(readings)
    marks = Counter(reading.mark for reading in readings if reading.mark)
    return ColumnReading(
        decimal,
        share or ("万" if suffixes else ""),
        ambiguous,
        tuple(reading.kind for reading in readings),
        tuple(reading.value for reading in readings),
        unit,
        tuple(sorted(marks.items())),
    )


def _agree_on_unit(readings: Sequence[CellReading]) -> tuple[Sequence[CellReading], str]:
    """Return the readings in one unit, and the unit; a cell in another unit is unreadable."""
    units = Counter(reading.unit for reading in readings if reading.unit)
    if not units:
        return readings, ""
    if len(units) == 1:
        return readings, next(iter(units))
    bases = {unit: _POWER_OF_UNIT.fullmatch(unit) for unit in units}
    base = Counter({m[2]: 0 for m in bases.values() if m})
    for unit, match in bases.items():
        if match:
            base[match[2]] += units[unit]
    common = base.most_common(1)[0][0]
    results = []
    for reading in readings:
        match = bases.get(reading.unit) if reading.unit else None
        if reading.kind is not CellKind.FIGURE or reading.value is None:
            results.append(reading)
        elif match and match[2] == common:
            value = _scale_number(repr(reading.value), _POWERS_OF_UNITS.get(match[1] or "", 0))
            results.append(replace(reading, value=value, unit=common))
        else:
            results.append(UNREAD)
    return results, common


def _read_cells(cells: Sequence[Cell], decimal: DecimalMark) -> list[CellReading]:
    """Return the reading of each cell; equal cells are parsed once."""
    seen: dict[Cell, CellReading] = {}
    results = []
    for cell in cells:
        reading = seen.get(cell)
        if reading is None:
            reading = seen[cell] = _read_cell(cell, decimal)
        results.append(reading)
    return results


def read_cell(cell: Cell) -> CellReading:
    """Return the reading of a single cell, with a decimal point or else a comma."""
    reading = _read_cell(cell, DecimalMark.POINT)
    if reading.kind is CellKind.UNREAD and "," in cell_text(cell):
        return _read_cell(cell, DecimalMark.COMMA)
    return reading


def _read_cell(cell: Cell, decimal: DecimalMark) -> CellReading:
    if isinstance(cell, str):
        if cell.isdigit() and cell.isascii() and len(cell) <= SURELY_FINITE:
            return CellReading(CellKind.FIGURE, float(cell))
        return _read_text(cell, decimal)
    if not math.isfinite(cell) or abs(cell) > limit_of("magnitude"):
        return ENDLESS
    return CellReading(CellKind.FIGURE, float(cell))


def _read_text(text: str, decimal: DecimalMark) -> CellReading:
    if _is_no_figure(text):
        return NONE_READ
    if len(text) > 60 or not any(c.isdigit() for c in text):  # no number is as long
        return ENDLESS if _ENDLESS.fullmatch(text.translate(_PLAIN)) else UNREAD
    plain, mark = _strip_mark(text)
    plain = plain.translate(_PLAIN)
    if _ENDLESS.fullmatch(plain):
        return ENDLESS
    plain, negative = _strip_sign(plain)
    plain = _SPACED.sub("", _SIGN_APART.sub(r"\1", plain.removeprefix("'")))
    currency = _CURRENCY.match(plain)
    unit = ""
    if currency:
        unit = _CURRENCY_UNITS.get(currency[2].upper(), currency[2])
        plain = currency[1] + plain[currency.end() :]
    ending = _ENDING.search(plain)
    suffix = ending[1] if ending else ""
    if suffix:
        plain = plain.removesuffix(suffix).strip()
    elif not unit and (tail := _UNIT_END.search(plain)) and parse_bare_unit(tail[1].strip()):
        unit, plain = tail[1].strip(), plain[: tail.start()]
    if not _NUMBER[decimal].fullmatch(plain) or not re.search(
        r"\d", plain.lower().partition("e")[0]
    ):
        return UNREAD
    grouping = "." if decimal is DecimalMark.COMMA else ","
    point = "," if decimal is DecimalMark.COMMA else "."
    value = _scale_number(plain.replace(grouping, "").replace(point, "."), POWERS.get(suffix, 0))
    if not math.isfinite(value) or abs(value) > limit_of("magnitude"):
        return ENDLESS
    value = -abs(value) if negative else value
    return CellReading(CellKind.FIGURE, value, suffix, unit, mark)


def _is_no_figure(text: str) -> bool:
    """Return whether a text says that there is no value: a word, perhaps in brackets, or signs."""
    words = text.casefold()
    return (
        words in NO_FIGURE
        or words.strip("()（）") in NO_FIGURE
        or bool(_SIGNS_ALONE.fullmatch(text))
    )


def _strip_mark(text: str) -> tuple[str, str]:
    """Return a number without the mark of a footnote before or after it, and the mark."""
    match = _MARK_END.search(text)
    if match:
        return text[: match.start()].rstrip(), match["mark"].strip()
    match = _MARK_START.search(text)
    return (text[match.end() :], match["mark"]) if match else (text, "")


def _strip_sign(plain: str) -> tuple[str, bool]:
    """Return a number without brackets, a triangle or a minus at its end, which are negative."""
    match = _BRACKETS.fullmatch(plain)
    if match and any(c.isdigit() for c in match[1]) and match[1].lstrip()[:1] not in ("-", "+"):
        return match[1].strip() + (match[2] or ""), True
    match = _TRIANGLE.match(plain)
    if match:
        return plain[match.end() :], True
    match = _MINUS_END.fullmatch(plain)
    return (match[1], True) if match else (plain, False)


def _scale_number(number: str, power: int) -> float:
    """Return a number in digits times a power of ten, rounded once: 2.99万 is exactly 29,900.

    >>> _scale_number("2.99", 4)
    29900.0
    """
    digits, _, exponent = number.lower().partition("e")
    return float(f"{digits}e{int(exponent or 0) + power}")
