"""A rectangle with two axes, for the kinds of picture that are charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from geo.picture.fonts import ASCENT
from geo.picture.sheet import FAINT, MUTED, RULE, Box, Points, Sheet, StrokeItem, TextItem
from geo.text import Translator

TICKS: Final = 6  # steps of an axis at most
PADDING_SHARE: Final = 0.6  # between an axis and what is written at it, in sizes of the letters


@dataclass(frozen=True)
class AxisTick:
    """A place on an axis, and what is written there."""

    value: float
    text: str


@dataclass(frozen=True)
class PlotFrame:
    """Where two axes lie. left, right, bottom, top: their ends in their units.

    An axis may fall, as those of ranks do.
    """

    box: Box
    left: float
    right: float
    bottom: float
    top: float

    def x_of(self, value: float) -> float:
        return self.box.x0 + (value - self.left) / (self.right - self.left) * self.box.width

    def y_of(self, value: float) -> float:
        return self.box.y1 - (value - self.bottom) / (self.top - self.bottom) * self.box.height

    def to_pixels(self, points: Sequence[tuple[float, float]]) -> Points:
        """Points in the units of the axes, where they stand on the sheet."""
        return np.array([[self.x_of(x), self.y_of(y)] for x, y in points])

    def draw_vertical(
        self, sheet: Sheet, value: float, colour: str, dash: tuple[float, ...]
    ) -> None:
        """A line from the bottom to the top."""
        line = np.array([[self.x_of(value), self.box.y0], [self.x_of(value), self.box.y1]])
        sheet.add_items(StrokeItem((line,), colour, 1.2, "plot", dash))

    def draw_horizontal(
        self, sheet: Sheet, value: float, colour: str, dash: tuple[float, ...]
    ) -> None:
        """A line from the left to the right."""
        line = np.array([[self.box.x0, self.y_of(value)], [self.box.x1, self.y_of(value)]])
        sheet.add_items(StrokeItem((line,), colour, 1.2, "plot", dash))


def axis_ticks(low: float, high: float, t: Translator) -> list[AxisTick]:
    """Round numbers between two values, written with the decimals that they need."""
    values = MaxNLocator(TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    step = values[1] - values[0]
    decimals = max(0, -floor(log10(step) + 1e-9))
    # A step such as 2.5 needs one decimal more than its size tells.
    decimals += abs(round(step, decimals) - step) > step * 1e-6
    slack = (high - low) * 1e-9
    inside = [value for value in values if low - slack <= value <= high + slack]
    return [AxisTick(float(value), t.format_number(float(value), decimals)) for value in inside]


def draw_axes(
    sheet: Sheet,
    plot: PlotFrame,
    across: Sequence[AxisTick],
    upwards: Sequence[AxisTick],
    letters: float,
    grid: bool = True,
) -> None:
    """Both axes with their ticks; grid: thin lines at the upright axis's ticks."""
    box = plot.box
    for tick in upwards:
        y = plot.y_of(tick.value)
        if grid:
            sheet.add_rule(box.x0, y, box.x1, y)
        sheet.add_items(
            TextItem(
                box.x0 - letters * PADDING_SHARE,
                y + letters * 0.36,
                tick.text,
                letters,
                "axis",
                colour=FAINT,
                align="right",
            )
        )
    sheet.add_rule(box.x0, box.y1, box.x1, box.y1)
    sheet.add_rule(box.x0, box.y0, box.x0, box.y1)
    base = box.y1 + letters * (PADDING_SHARE + ASCENT)
    for tick in across:
        x = plot.x_of(tick.value)
        sheet.add_items(
            StrokeItem((np.array([[x, box.y1], [x, box.y1 + letters * 0.3]]),), RULE, 1.0, "plot"),
            TextItem(x, base, tick.text, letters, "axis", colour=MUTED, align="center"),
        )
