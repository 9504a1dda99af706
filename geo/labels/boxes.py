"""Boxes around labels, and which of them overlap. Lengths are in pixels, y grows downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def with_margin(self, by: float) -> Box:
        """The box with a margin on all sides; a negative margin shrinks it."""
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def overlaps_box(self, other: Box) -> bool:
        """Whether two boxes overlap; boxes that only share an edge do not.

        >>> Box(0, 0, 2, 2).overlaps_box(Box(1, 1, 3, 3))
        True
        >>> Box(0, 0, 1, 1).overlaps_box(Box(1, 0, 2, 1))
        False
        """
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )

    def contains_box(self, other: Box) -> bool:
        """Whether another box is entirely within this one."""
        return (
            self.x0 <= other.x0
            and self.y0 <= other.y0
            and other.x1 <= self.x1
            and other.y1 <= self.y1
        )


def box_edges(box: Box) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box."""
    return box.x0, box.y0, box.x1, box.y1


def boxes_around(points: npt.NDArray[np.float64], width: float, height: float) -> Boxes:
    """The boxes of one size centred at each of several points (n by 2), n by 4.

    >>> boxes_around(np.array([[10.0, 5.0]]), 4, 2).tolist()
    [[8.0, 4.0, 12.0, 6.0]]
    """
    half = np.array([width / 2, height / 2])
    return np.hstack([points - half, points + half])


def overlap_matrix(boxes: Boxes, others: Boxes) -> Mask:
    """Which boxes (n by 4) overlap which others (m by 4), n by m; a shared edge is no overlap.

    >>> overlap_matrix(np.array([[0, 0, 2, 2]]), np.array([[1, 1, 3, 3], [2, 0, 4, 2]])).tolist()
    [[True, False]]
    """
    one, other = boxes[:, None, :], others[None, :, :]
    return np.asarray(
        (one[..., 0] < other[..., 2])
        & (other[..., 0] < one[..., 2])
        & (one[..., 1] < other[..., 3])
        & (other[..., 1] < one[..., 3])
    )


def non_overlapping(boxes: Boxes, occupied: Sequence[Box], margin: float = 0.0) -> Mask:
    """Which boxes (n by 4, with a margin around each) overlap none of the occupied ones."""
    if not occupied:
        return np.ones(len(boxes), dtype=bool)
    grown = boxes + np.array([-margin, -margin, margin, margin])
    occupied_edges = np.array([box_edges(box) for box in occupied])
    return np.asarray(~overlap_matrix(grown, occupied_edges).any(axis=1))
