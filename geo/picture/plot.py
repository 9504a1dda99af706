"""A rectangle with two axes, for the kinds of picture that are charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Final

import numpy as np
from matplotlib.ticker import MaxNLocator

from geo.picture.fonts import ASCENT
from geo.picture.sheet import FAINT, MUTED, RULE, Box, Points, Sheet, Stroke, Text
from geo.text import Texts

TICKS: Final = 6  # steps of an axis at most
AIR: Final = 0.6  # between an axis and what is written at it, in sizes of the letters


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and what is written there."""

    value: float
    text: str


@dataclass(frozen=True)
class Plot:
    """Where two axes lie. left, right, bottom, top: their ends in their units.

    An axis may fall, as those of ranks do.
    """

    box: Box
    left: float
    right: float
    bottom: float
    top: float

    def x(self, value: float) -> float:
        return self.box.x0 + (value - self.left) / (self.right - self.left) * self.box.width

    def y(self, value: float) -> float:
        return self.box.y1 - (value - self.bottom) / (self.top - self.bottom) * self.box.height

    def path(self, points: Sequence[tuple[float, float]]) -> Points:
        """Points in the units of the axes, where they stand on the sheet."""
        return np.array([[self.x(x), self.y(y)] for x, y in points])

    def upright(self, sheet: Sheet, value: float, colour: str, dash: tuple[float, ...]) -> None:
        """A line from the bottom to the top."""
        line = np.array([[self.x(value), self.box.y0], [self.x(value), self.box.y1]])
        sheet.put(Stroke((line,), colour, 1.2, "plot", dash))

    def level(self, sheet: Sheet, value: float, colour: str, dash: tuple[float, ...]) -> None:
        """A line from the left to the right."""
        line = np.array([[self.box.x0, self.y(value)], [self.box.x1, self.y(value)]])
        sheet.put(Stroke((line,), colour, 1.2, "plot", dash))


def ticks(low: float, high: float, say: Texts) -> list[Tick]:
    """Round numbers between two values, written with the decimals that they need."""
    found = MaxNLocator(TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    step = found[1] - found[0]
    decimals = max(0, -floor(log10(step) + 1e-9))
    # A step such as 2.5 needs one decimal more than its size tells.
    decimals += abs(round(step, decimals) - step) > step * 1e-6
    slack = (high - low) * 1e-9
    inside = [value for value in found if low - slack <= value <= high + slack]
    return [Tick(float(value), say.number(float(value), decimals)) for value in inside]


def axes(
    sheet: Sheet, plot: Plot, across: Sequence[Tick], upwards: Sequence[Tick], letters: float,
    grid: bool = True,
) -> None:  # fmt: skip
    """Both axes with their ticks; grid: thin lines at the upright axis's ticks."""
    box = plot.box
    for tick in upwards:
        y = plot.y(tick.value)
        if grid:
            sheet.rule(box.x0, y, box.x1, y)
        sheet.put(
            Text(box.x0 - letters * AIR, y + letters * 0.36, tick.text, letters, "axis",
                 colour=FAINT, align="right")
        )  # fmt: skip
    sheet.rule(box.x0, box.y1, box.x1, box.y1)
    sheet.rule(box.x0, box.y0, box.x0, box.y1)
    base = box.y1 + letters * (AIR + ASCENT)
    for tick in across:
        x = plot.x(tick.value)
        sheet.put(
            Stroke((np.array([[x, box.y1], [x, box.y1 + letters * 0.3]]),), RULE, 1.0, "plot"),
            Text(x, base, tick.text, letters, "axis", colour=MUTED, align="center"),
        )
