"""A row of signs over a chart with what each of them is; it takes as many lines as it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, NamedTuple

import numpy as np

from geo.markers import Marker
from geo.picture import strips
from geo.picture.fonts import text_width
from geo.picture.sheet import INK, Box, Sheet, StrokeItem, TextItem

KEY_GAP: Final = 1.5  # between the signs, in sizes of their letters

# Draws itself on a sheet around a place, for letters of a size.
DrawSign = Callable[[Sheet, float, float, float], None]


class KeyEntry(NamedTuple):
    """A sign and what it is; reach: from its middle to its sides, in sizes of the letters."""

    sign: DrawSign
    text: str
    reach: float = 0.4


def draw_key_row(sheet: Sheet, room: Box, entries: Iterable[KeyEntry]) -> float:
    """Put signs with their words at the top of a room; returns where the room beneath begins."""
    size = sheet.size.text
    x, y = room.x0, room.y0
    for sign, text, reach in entries:
        before = size * (0.3 + 2 * reach)
        wide = before + text_width(text, size)
        if x > room.x0 and x + wide > room.x1:
            x, y = room.x0, y + size * 1.6
        sign(sheet, x + size * reach, y + size * 0.55, size)
        sheet.add_items(TextItem(x + before, y + size * 0.91, text, size, "key", colour=INK))
        x += wide + size * KEY_GAP
    return y + size * 2.0


def marker_sign(marker: Marker, hollow: bool = False) -> DrawSign:
    """The mark of a province."""
    return partial(_draw_marker_sign, marker, hollow)


def tick_sign(colour: str) -> DrawSign:
    """A short upright line."""
    return partial(_draw_tick_sign, colour)


def line_sign(colour: str, dash: tuple[float, ...]) -> DrawSign:
    """A piece of a line."""
    return partial(_draw_line_sign, colour, dash)


def _draw_marker_sign(
    marker: Marker, hollow: bool, sheet: Sheet, x: float, y: float, size: float
) -> None:
    sheet.add_items(strips.marker_shape(x, y, size * strips.MARK, marker, "key", hollow))


def _draw_tick_sign(colour: str, sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.add_items(strips.tick_stroke(x, y, size * 0.5, colour, "key"))


def _draw_line_sign(
    colour: str, dash: tuple[float, ...], sheet: Sheet, x: float, y: float, size: float
) -> None:
    path = np.array([[x - size * 0.5, y], [x + size * 0.5, y]])
    sheet.add_items(StrokeItem((path,), colour, 1.8, "key", dash))
