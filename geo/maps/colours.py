"""Colours of table cells: ranks from light (last) to dark (first), distances around zero."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from branca.utilities import color_brewer

from geo.colours import COLOURS, RAMPS
from geo.limits import LUMINANCE_CACHE_SIZE
from geo.maps.choropleth import QUANTITY_RAMP, colour_ramp
from geo.text import N_

FIFTHS: Final = 5
# The five of seven steps of a ramp on which text reads well. On the fourth of five steps neither
# dark nor light text has a contrast much above 4.5.
RAMP_STEPS: Final = 7
READABLE_STEPS: Final = (0, 1, 2, 3, 5)
NEAR_PCT: Final = 10.0  # smaller distances to the national value get no colour
FAR_PCT: Final = 50.0
WEAK: Final = 0.3  # weaker correlations get no colour
STRONG: Final = 0.7
READABLE: Final = 4.5  # contrast ratio that WCAG asks of text
DIVERGING: Final = RAMPS["diverging"]
COLOUR_MODE_NAMES: Final = {"rank": N_("Rank"), "national": N_("Distance to the national value")}
COLOUR_MODE_NOTES: Final = {
    "rank": N_(
        "Ranks in the measure’s year; the darkest fifth ranks highest. “?” marks a "
        "doubtful value or rank."
    ),
    "national": N_(
        "Percent above or below the national value (or median): green above, brown "
        "below, darker beyond 50%; white within 10%. “?” marks a doubtful value or "
        "rank."
    ),
}


@dataclass(frozen=True)
class CellColour:
    """A background colour, and a text colour that is readable on it."""

    ground: str
    ink: str


def colour_of_percentile(percentile: float | None) -> CellColour | None:
    """The colour of a percentile rank, 0 (last) to 100 (first), in five steps."""
    if percentile is None:
        return None
    return _fifth_colours()[min(int(percentile / 100 * FIFTHS), FIFTHS - 1)]


@cache
def _fifth_colours() -> tuple[CellColour, ...]:
    ramp = colour_ramp(QUANTITY_RAMP, RAMP_STEPS)
    return tuple(_cell_colour(ramp[step]) for step in READABLE_STEPS)


def colour_of_distance(percent: float | None) -> CellColour | None:
    """The colour of a distance to the national value, in percent; None if near or missing."""
    if percent is None or abs(percent) < NEAR_PCT:
        return None
    far_below, below, _, _, _, above, far_above = color_brewer(DIVERGING, RAMP_STEPS)
    if percent > 0:
        return _cell_colour(far_above if percent >= FAR_PCT else above)
    return _cell_colour(far_below if percent <= -FAR_PCT else below)


def colour_of_correlation(coefficient: float) -> CellColour | None:
    """The colour of a correlation coefficient, -1 to 1.

    None if weaker than 0.3 or nan; the darker step from 0.7.
    """
    if not abs(coefficient) >= WEAK:
        return None
    strength = FAR_PCT if abs(coefficient) >= STRONG else NEAR_PCT
    return colour_of_distance(strength if coefficient > 0 else -strength)


def readable_colour(colour: str, otherwise: str) -> str:
    """A text colour for white: `colour` if its contrast is at least 4.5, else `otherwise`."""
    return colour if 1.05 / (_relative_luminance(colour) + 0.05) >= READABLE else otherwise


def contrasting_ink(ground: str) -> str:
    """Black or white text, whichever has more contrast on the background (at least 4.5)."""
    return COLOURS["black" if _relative_luminance(ground) > 0.179 else "surface"]


def _cell_colour(ground: str) -> CellColour:
    return CellColour(ground, contrasting_ink(ground))


@lru_cache(maxsize=LUMINANCE_CACHE_SIZE)
def _relative_luminance(colour: str) -> float:
    """The relative luminance of a colour, 0 to 1, by the formula of WCAG."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
