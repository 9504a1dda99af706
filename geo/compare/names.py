"""Where names stand beside the marks of a scatter, so that none covers another at any width.

A chart keeps its height and stretches with the screen. Names keep their size, so a place that is
free at one width may not be so at another: they are placed for ranges of widths. Two marks draw
apart evenly as the chart widens, so what is free all through a range can be told exactly from its
two ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

# Inner widths, px, between which names keep their places: from a small phone to a wall.
WIDTHS: Final = (220, 260, 300, 340, 390, 450, 530, 640, 780, 960, 1200, 1600, 2400)
FONT_SIZE_PX: Final = 11
LINE_PX: Final = 13  # from one line of words to the next
NAME_PX: Final = 15  # height of a name with what its letters may reach
MARGIN_PX: Final = 2  # between a name and what is next to it
GAPS_PX: Final = (2, 9, 17, 27)  # from a mark to its name; beyond the first a thin line leads there
# Directions by preference: right, left, above, below, then between them.
DIRECTIONS: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
ROUNDS: Final = 5  # names that found no place go first in the next round
CACHE_SIZE: Final = (
    128  # placed charts that are kept ready: a tenth of a second and some 20 kB each
)
# Widths of letters in em, rather too wide than too narrow for the fonts that screens have.
NARROW_EM: Final = 0.3
SMALL_EM: Final = 0.54
CAPITAL_EM: Final = 0.67
SQUARE_EM: Final = 1.02
HEAVY: Final = 1.07  # how much wider heavy letters are
NARROW: Final = frozenset("fijlrt I.,:;·'-()")
FIRST_SQUARE: Final = "⺀"  # from here on letters are as wide as high


@dataclass(frozen=True)
class NamedMark:
    """A round mark with a name: across as a share of the width, down and radius in px.

    bold: the name is written in heavy letters. name_width_px: the width of the name where the
    font is known; otherwise it is estimated, since a browser takes the fonts that it has.
    """

    name: str
    across: float
    down_px: float
    radius_px: float
    bold: bool = False
    name_width_px: float | None = None


@dataclass(frozen=True)
class LabelPosition:
    """Where a name stands: px from the centre of its mark, aligned there as told; far: led to."""

    dx_px: float
    dy_px: float
    align: str  # "left", "right" or "center"
    far: bool


def text_width_px(text: str, letters_px: float = FONT_SIZE_PX) -> float:
    """How wide a text is at most.

    >>> text_width_px("北京") > text_width_px("Ili") > 0
    True
    """
    em = 0.0
    for letter in text:
        if letter >= FIRST_SQUARE:
            em += SQUARE_EM
        elif letter in NARROW:
            em += NARROW_EM
        else:
            em += CAPITAL_EM if letter.isupper() else SMALL_EM
    return em * letters_px


def place_names(
    marks: Sequence[NamedMark], widths: tuple[float, float], height_px: float
) -> dict[int, LabelPosition]:
    """Where the names of marks stand for all inner widths of a range, by position in `marks`.

    Earlier marks are served first; a name that finds no free place is left out. No name touches
    another name, another mark or the edge of the chart, at any width of the range.
    """
    best: dict[int, LabelPosition] = {}
    order = list(range(len(marks)))
    fields = _LabelSolver(marks, widths, height_px)
    for _ in range(ROUNDS):
        positions = fields.place_in_order(order)
        if len(positions) > len(best):
            best = positions
        failed = [i for i in order if i not in positions]
        if not failed:
            break
        order = [*failed, *(i for i in order if i in positions)]
    return best


class _LabelSolver:
    """Every place that the names of a chart could take, and which of them are free of marks."""

    def __init__(
        self,
        marks: Sequence[NamedMark],
        widths: tuple[float, float],
        height_px: float,
    ) -> None:
        self.widths = widths
        self.spots = [_positions_around(mark) for mark in marks]
        self.across = np.array([mark.across for mark in marks])
        down = np.array([mark.down_px for mark in marks])
        # left, right, top, bottom of each name at each place; sides in px from its mark's centre
        boxes = np.array(
            [
                [_label_edges(mark, spot) for spot in positions]
                for mark, positions in self._candidate_positions(marks)
            ]
        )
        self.boxes = boxes.reshape(len(marks), -1, 4)
        self.boxes[:, :, 2:] += down[:, None, None]
        radius = np.array([mark.radius_px for mark in marks])
        obstacles = [
            *zip(self.across, -radius, radius, down - radius, down + radius, strict=True),
        ]
        table = np.array(obstacles).reshape(-1, 5)
        self.free = np.array(
            [
                self._is_inside(i, height_px)
                & ~self._overlaps(i, table[:, 0], table[:, 1:], skipped=i).any(axis=1)
                for i in range(len(marks))
            ]
        )

    def _candidate_positions(
        self, marks: Sequence[NamedMark]
    ) -> list[tuple[NamedMark, list[LabelPosition]]]:
        return list(zip(marks, self.spots, strict=True))

    def _is_inside(self, i: int, height_px: float) -> np.ndarray:
        box = self.boxes[i]
        inside = (box[:, 2] >= 0) & (box[:, 3] <= height_px)
        for width in self.widths:
            centre = self.across[i] * width
            inside &= (centre + box[:, 0] >= 0) & (centre + box[:, 1] <= width)
        return inside

    def _overlaps(
        self, i: int, across: np.ndarray, edges: np.ndarray, skipped: int | None = None
    ) -> np.ndarray:
        """Whether each place of name i touches each obstacle at some width of the range."""
        box = self.boxes[i][:, None, :]
        apart = np.outer(self.widths, across - self.across[i])  # from this mark to the obstacle
        least, most = apart.min(axis=0), apart.max(axis=0)
        hit = (
            (box[:, :, 0] - MARGIN_PX < most + edges[:, 1])
            & (box[:, :, 1] + MARGIN_PX > least + edges[:, 0])
            & (box[:, :, 2] < edges[:, 3])
            & (box[:, :, 3] > edges[:, 2])
        )
        if skipped is not None:
            hit[:, skipped] = False
        return hit

    def place_in_order(self, order: Sequence[int]) -> dict[int, LabelPosition]:
        """Names in an order, each at the first place that is still free."""
        positions: dict[int, LabelPosition] = {}
        across: list[float] = []
        edges: list[np.ndarray] = []
        for i in order:
            free = self.free[i]
            if edges:
                free = free & ~self._overlaps(i, np.array(across), np.array(edges)).any(axis=1)
            if free.any():
                at = int(free.argmax())
                positions[i] = self.spots[i][at]
                across.append(float(self.across[i]))
                edges.append(self.boxes[i][at])
        return positions


def _positions_around(mark: NamedMark) -> list[LabelPosition]:
    """The places around a mark, the nearest and best liked first."""
    positions = []
    for gap in GAPS_PX:
        for x, y in DIRECTIONS:
            reach = mark.radius_px + gap
            slant = 0.71 if x and y else 1.0
            align = {1: "left", -1: "right", 0: "center"}[x]
            dy = y * (reach * slant + NAME_PX / 2 * (0.6 if x else 1))
            positions.append(LabelPosition(x * reach * slant, dy, align, gap != GAPS_PX[0]))
    return positions


def _label_edges(mark: NamedMark, spot: LabelPosition) -> tuple[float, float, float, float]:
    """Left and right of a name in px from its mark's centre, top and bottom likewise."""
    width = mark.name_width_px
    if width is None:
        width = text_width_px(mark.name) * (HEAVY if mark.bold else 1)
    left = spot.dx_px - {"left": 0.0, "right": width, "center": width / 2}[spot.align]
    return left, left + width, spot.dy_px - NAME_PX / 2, spot.dy_px + NAME_PX / 2


@lru_cache(maxsize=CACHE_SIZE)
def place_at_all_widths(
    marks: tuple[NamedMark, ...], height_px: float
) -> Mapping[tuple[int, int], dict[int, LabelPosition]]:
    """The places of names for every range of ``WIDTHS``."""
    return {literals: place_names(marks, literals, height_px) for literals in pairwise(WIDTHS)}
