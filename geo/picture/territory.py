"""Where on a sheet territory and dashes lie, asked by boxes and lines, in pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo.picture.sheet import Box, Points


@dataclass(frozen=True)
class Territory:
    """The parts of all units in one pane as they are drawn, and the unit that each belongs to."""

    parts: tuple[BaseGeometry, ...]
    owners: tuple[str, ...]
    tree: shapely.STRtree
    areas: Mapping[str, float]

    def overlap_by_unit(self, box: Box) -> dict[str, float]:
        """How much of a box lies over each unit, in square pixels; units that it misses lack."""
        values: dict[str, float] = defaultdict(float)
        for i in self.tree.query(shapely.box(box.x0, box.y0, box.x1, box.y1)):
            clipped = shapely.clip_by_rect(self.parts[i], box.x0, box.y0, box.x1, box.y1)
            if not clipped.is_empty:
                values[self.owners[i]] += clipped.area
        return dict(values)

    def touches_unit(self, shape: BaseGeometry) -> bool:
        """Whether a shape touches any unit."""
        return len(self.tree.query(shape, predicate="intersects")) > 0

    def length_over_units(self, line: BaseGeometry, but: str = "") -> float:
        """How much of a line lies over units, one left aside, in pixels."""
        return sum(
            line.intersection(self.parts[i]).length
            for i in self.tree.query(line, predicate="intersects")
            if self.owners[i] != but
        )


def build_territory(units: Mapping[str, BaseGeometry]) -> Territory:
    """The territory of a pane from the shapes of its units, by adcode."""
    parts = [(adcode, p) for adcode, shape in units.items() for p in shapely.get_parts(shape)]
    shapes = [part for _, part in parts]
    shapely.prepare(shapes)
    areas = {adcode: shape.area for adcode, shape in units.items()}
    return Territory(
        tuple(shapes), tuple(adcode for adcode, _ in parts), shapely.STRtree(shapes), areas
    )


def non_overlapping(
    boxes: Points, occupied: Sequence[Box], margin: float = 0.0
) -> npt.NDArray[np.bool_]:
    """Which boxes (n by 4, with a margin around each) overlap none of those that are taken."""
    if not occupied:
        return np.ones(len(boxes), dtype=bool)
    grown = (boxes + np.array([-margin, -margin, margin, margin]))[:, None, :]
    other = np.array([box_edges(box) for box in occupied])[None, :, :]
    hit = (
        (grown[..., 0] < other[..., 2])
        & (other[..., 0] < grown[..., 2])
        & (grown[..., 1] < other[..., 3])
        & (other[..., 1] < grown[..., 3])
    )
    return np.asarray(~hit.any(axis=1))


def box_edges(box: Box) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box."""
    return box.x0, box.y0, box.x1, box.y1
