"""Parsing of numbers in cells, such as 1,234.5 and 1.234,5, 12%, 1.2万 and 3亿."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from geo.upload.files import Cell
from geo.upload.limits import limit_of


class DecimalMark(StrEnum):
    """The decimal mark; the other mark groups the thousands."""

    POINT = "."  # 1,234.5
    COMMA = ","  # 1.234,5


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
    where 万 or 亿 occur (values are multiplied out, 1.2万 is 12,000), else empty. ambiguous:
    every cell can be read with either decimal mark, and the values would differ.
    """

    decimal: DecimalMark
    suffix: str
    ambiguous: bool
    kinds: tuple[CellKind, ...]
    values: tuple[float | None, ...]

    def count_kind(self, cell_kind: CellKind) -> int:
        return sum(kind is cell_kind for kind in self.kinds)


NO_FIGURE: Final = frozenset(
    {
        "", ".", "..", "...", "…", "……", "-", "--", "---", "–", "—", "——",
        "―", "－", "−", "/", "\\",
        "n/a", "#n/a", "na", "n.a.", "n.a", "null", "none", "nil", "missing",
        "不详", "无", "无数据", "暂无", "暂无数据", "缺", "缺失", "未公布", "空缺",
        "不適用", "不适用", "不詳", "無", "無數據",
    }
)  # fmt: skip
_ENDLESS: Final = re.compile(r"[+-]?(?:inf|infinity|nan|∞|1\.#inf|1\.#ind|1\.#qnan)", re.I)
POWERS: Final = {"百": 2, "千": 3, "万": 4, "百万": 6, "亿": 8, "万亿": 12}  # of ten
SHARES: Final = ("%", "‰")
SURELY_FINITE: Final = 15  # digits of a whole number that is within every limit
# Full-width forms and the typographic minus, but not all of NFKC: a footnote ① is no digit.
_PLAIN: Final = str.maketrans(
    {**{chr(0xFF10 + n): str(n) for n in range(10)},
     "．": ".", "，": ",", "％": "%", "＋": "+", "－": "-", "−": "-", "萬": "万", "億": "亿"}
)  # fmt: skip
_SPACED: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_NUMBER: Final = {
    DecimalMark.POINT: re.compile(
        r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,4})?"
    ),
    DecimalMark.COMMA: re.compile(
        r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)?(?:,\d+)?(?:[eE][+-]?\d{1,4})?"
    ),
}
_ENDING: Final = re.compile(r"(万亿|百万|亿|万|千|百|%|‰)$")


def read_column(cells: Sequence[Cell], decimal: DecimalMark | None = None) -> ColumnReading:
    """Read a column as numbers, in the given notation or else in the one that reads more cells.

    >>> reading = read_column(["1.234,5", "12", "…"])
    >>> reading.decimal.name, reading.values
    ('COMMA', (1234.5, 12.0, None))
    >>> read_column(["1.2万", "3亿"]).values
    (12000.0, 300000000.0)
    """
    both = {mark: _read_cells(cells, mark) for mark in DecimalMark}
    counts = {
        mark: sum(kind is CellKind.FIGURE for kind, _, _ in both[mark]) for mark in DecimalMark
    }
    alike = counts[DecimalMark.POINT] == counts[DecimalMark.COMMA]
    if decimal is None:
        better = counts[DecimalMark.COMMA] > counts[DecimalMark.POINT]
        chosen = DecimalMark.COMMA if better else DecimalMark.POINT
    else:
        chosen = decimal
    results = both[chosen]
    suffixes = {suffix for _, _, suffix in results if suffix}
    share = next((sign for sign in SHARES if sign in suffixes), "")
    if share:
        # Among shares a bare number could be a share or a fraction: do not guess.
        results = [
            (CellKind.UNREAD, None, "") if cell_kind is CellKind.FIGURE and suffix != share
            else (cell_kind, value, suffix)
            for cell_kind, value, suffix in results
        ]  # fmt: skip
    differs = any(a[1] != b[1] for a, b in zip(*both.values(), strict=True))
    return ColumnReading(
        chosen,
        share or ("万" if suffixes else ""),
        decimal is None and alike and differs,
        tuple(kind for kind, _, _ in results),
        tuple(value for _, value, _ in results),
    )


def _read_cells(
    cells: Sequence[Cell], decimal: DecimalMark
) -> list[tuple[CellKind, float | None, str]]:
    """Return kind, value and suffix of each cell; equal cells are parsed once."""
    seen: dict[Cell, tuple[CellKind, float | None, str]] = {}
    results = []
    for cell in cells:
        if cell not in seen:
            seen[cell] = _read_cell(cell, decimal)
        results.append(seen[cell])
    return results


def _read_cell(cell: Cell, decimal: DecimalMark) -> tuple[CellKind, float | None, str]:
    """Return the kind of a cell, its value, and its ``%``, ``‰`` or Chinese multiple."""
    if isinstance(cell, str):
        if cell.isdigit() and cell.isascii() and len(cell) <= SURELY_FINITE:
            return CellKind.FIGURE, float(cell), ""
        return _read_text(cell, decimal)
    if not math.isfinite(cell) or abs(cell) > limit_of("magnitude"):
        return CellKind.ENDLESS, None, ""
    return CellKind.FIGURE, float(cell), ""


def _read_text(text: str, decimal: DecimalMark) -> tuple[CellKind, float | None, str]:
    if text.casefold() in NO_FIGURE:
        return CellKind.NONE, None, ""
    if len(text) > 60:  # no number is as long
        return CellKind.UNREAD, None, ""
    plain = text.translate(_PLAIN)
    if _ENDLESS.fullmatch(plain):
        return CellKind.ENDLESS, None, ""
    plain = _SPACED.sub("", plain)
    ending = _ENDING.search(plain)
    suffix = ending[1] if ending else ""
    plain = plain.removesuffix(suffix).strip()
    if not _NUMBER[decimal].fullmatch(plain) or not re.search(r"\d", plain.partition("e")[0]):
        return CellKind.UNREAD, None, ""
    grouping = "," if decimal is DecimalMark.POINT else "."
    value = _scale_number(plain.replace(grouping, "").replace(decimal, "."), POWERS.get(suffix, 0))
    if not math.isfinite(value) or abs(value) > limit_of("magnitude"):
        return CellKind.ENDLESS, None, ""
    return CellKind.FIGURE, value, suffix


def _scale_number(number: str, power: int) -> float:
    """Return a number in digits times a power of ten, rounded once: 2.99万 is exactly 29,900.

    >>> _scale_number("2.99", 4)
    29900.0
    """
    digits, _, exponent = number.lower().partition("e")
    return float(f"{digits}e{int(exponent or 0) + power}")
