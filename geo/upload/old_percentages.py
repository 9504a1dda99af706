"""Cells of an XLS that are shown as percentages, which calamine reads as plain numbers.

The records are those of BIFF8 (Microsoft, MS-XLS 2.4). Formats and styles stand before the sheets.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from typing import Final

from geo.upload.cell_values import Position

FORMAT, STYLE, SHEET, END = 0x041E, 0x00E0, 0x0085, 0x000A
CELLS: Final = frozenset({0x0203, 0x027E, 0x0006})  # row, column, style and a number
ROW_OF_CELLS: Final = 0x00BD  # row, first column, a style and a number for each, last column
PERCENT_FORMATS: Final = frozenset({9, 10})  # built in: 0% and 0.00%
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')
Records = Callable[[int], Iterator[tuple[int, bytes]]]


def find_percentages(records_from: Records) -> dict[str, set[Position]]:
    """Return the cells that are shown as percentages by the name of their sheet, from 1.

    records_from: gives the records of the workbook from a place on. Raises struct.error for a
    record that is too short.
    """
    styles, sheets = _read_styles(records_from(0))
    if not styles:
        return {}
    return {name: _read_sheet(records_from(place), styles) for name, place in sheets.items()}


def _read_styles(records: Iterator[tuple[int, bytes]]) -> tuple[frozenset[int], dict[str, int]]:
    """Return the styles with a sign of percentage, and the place of each sheet."""
    formats = set(PERCENT_FORMATS)
    styles: list[int] = []
    sheets: dict[str, int] = {}
    for kind, body in records:
        if kind == END:
            break
        if kind == FORMAT:
            number, length, flags = struct.unpack_from("<HHB", body)
            if "%" in _QUOTED.sub("", _text_of(body[5:], length, flags)):
                formats.add(number)
        elif kind == STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == SHEET:
            place, length, flags = struct.unpack_from("<IxxBB", body)
            sheets[_text_of(body[8:], length, flags)] = place
    return frozenset(i for i, number in enumerate(styles) if number in formats), sheets


def _text_of(body: bytes, length: int, flags: int) -> str:
    """Return a text of one byte or, by its flags, two bytes a character."""
    if flags & 1:
        return body[: 2 * length].decode("utf-16-le", "replace")
    return body[:length].decode("latin-1")


def _read_sheet(records: Iterator[tuple[int, bytes]], styles: frozenset[int]) -> set[Position]:
    cells: set[Position] = set()
    for kind, body in records:
        if kind == END:
            break
        if kind in CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            if style in styles:
                cells.add((row + 1, column + 1))
        elif kind == ROW_OF_CELLS:
            row, column = struct.unpack_from("<HH", body)
            for place in range(4, len(body) - 2, 6):
                if struct.unpack_from("<H", body, place)[0] in styles:
                    cells.add((row + 1, column + 1))
                column += 1
    return cells
