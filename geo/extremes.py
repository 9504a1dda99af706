"""Who stands highest and lowest in a snapshot, and how far that may be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.cells import Cell, Status
from geo.report import EVALUATED_COUNT


@dataclass(frozen=True)
class Extremes:
    """The cells at both ends of a snapshot's sound figures, each in the order of adcodes.

    highest, lowest: one cell, or several that are level. sound: how many provinces have a figure
    that is not doubtful; doubtful: how many have one that is.
    """

    highest: tuple[Cell, ...]
    lowest: tuple[Cell, ...]
    sound: int
    doubtful: int

    @property
    def complete(self) -> bool:
        """Whether all 31 provinces have a sound figure, so that nobody unknown stands higher."""
        return self.sound == EVALUATED_COUNT


def extremes(cells: Iterable[Cell]) -> Extremes | None:
    """The ends of cells with figures, doubtful ones left aside; None without two that differ."""
    every = [cell for cell in cells if cell.value is not None]
    sound = [cell for cell in every if cell.status is not Status.DOUBTFUL]
    values = {cell.value for cell in sound if cell.value is not None}
    if len(values) < 2:
        return None
    most, least = max(values), min(values)
    return Extremes(
        highest=tuple(cell for cell in sound if cell.value == most),
        lowest=tuple(cell for cell in sound if cell.value == least),
        sound=len(sound),
        doubtful=len(every) - len(sound),
    )
