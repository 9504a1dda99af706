"""A row of signs over a chart with what each of them is; it takes as many lines as it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from geo.markers import Marker
from geo.picture import strips
from geo.picture.fonts import width
from geo.picture.sheet import INK, Box, Sheet, Stroke, Text

KEY_GAP: Final = 1.5  # between the signs, in sizes of their letters

# Draws itself on a sheet around a place, for letters of a size.
Sign = Callable[[Sheet, float, float, float], None]


class Entry(NamedTuple):
    """A sign and what it is; reach: from its middle to its sides, in sizes of the letters."""

    sign: Sign
    text: str
    reach: float = 0.4


def draw(sheet: Sheet, room: Box, entries: Iterable[Entry]) -> float:
    """Put signs with their words at the top of a room; returns where the room beneath begins."""
    size = sheet.size.text
    x, y = room.x0, room.y0
    for sign, text, reach in entries:
        before = size * (0.3 + 2 * reach)
        wide = before + width(text, size)
        if x > room.x0 and x + wide > room.x1:
            x, y = room.x0, y + size * 1.6
        sign(sheet, x + size * reach, y + size * 0.55, size)
        sheet.put(Text(x + before, y + size * 0.91, text, size, "key", colour=INK))
        x += wide + size * KEY_GAP
    return y + size * 2.0


def mark(marker: Marker, hollow: bool = False) -> Sign:
    """The mark of a province."""
    return partial(_mark, marker, hollow)


def tick(colour: str) -> Sign:
    """A short upright line."""
    return partial(_tick, colour)


def line(colour: str, dash: tuple[float, ...]) -> Sign:
    """A piece of a line."""
    return partial(_line, colour, dash)


def _mark(marker: Marker, hollow: bool, sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.put(strips.mark(x, y, size * strips.MARK, marker, "key", hollow))


def _tick(colour: str, sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.put(strips.tick(x, y, size * 0.5, colour, "key"))


def _line(
    colour: str, dash: tuple[float, ...], sheet: Sheet, x: float, y: float, size: float
) -> None:
    path = np.array([[x - size * 0.5, y], [x + size * 0.5, y]])
    sheet.put(Stroke((path,), colour, 1.8, "key", dash))
