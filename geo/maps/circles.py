"""Proportional circles: the map of a total, whose areas show the values.

A colour over a whole province would show its size rather than a total, so a total (a count or a
sum) is never a choropleth. The area of a circle is in proportion to the value, without a
correction for how readers judge areas.

Reference: Slocum, McMaster, Kessler and Howard (2009), Thematic Cartography, chapter 17.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

LEGEND_SHARES: Final = (1.0, 0.3, 0.05)  # of the largest value, for the circles of the legend
LEADING_DIGITS: Final = (5.0, 2.0, 1.0)


@dataclass(frozen=True)
class Circles:
    """The scale of the circles of a map, or of several maps that share it.

    largest: the absolute value of the largest circle, above zero.
    """

    largest: float

    def radius_share(self, value: float) -> float:
        """Return the radius of a value, as a share of that of the largest circle.

        >>> Circles(400.0).radius_share(100.0), Circles(400.0).radius_share(-400.0)
        (0.5, 1.0)
        """
        return math.sqrt(abs(value) / self.largest)

    def legend_values(self) -> tuple[float, ...]:
        """Return three values for the legend, the largest first, each with one digit.

        >>> Circles(12_684.0).legend_values()
        (10000.0, 2000.0, 500.0)
        """
        return tuple(_round_down(share * self.largest) for share in LEGEND_SHARES)


def scale_circles(values: Iterable[float]) -> Circles:
    """Return the scale of circles for values; 1 where all of them are zero."""
    return Circles(max((abs(value) for value in values), default=0.0) or 1.0)


def _round_down(value: float) -> float:
    """Return the largest number of one digit (1, 2 or 5) up to a value above zero."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((digit * power for digit in LEADING_DIGITS if digit * power <= value), power)
