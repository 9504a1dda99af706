"""Normalisation: methods that bring all indicators to one scale (Handbook, step 5).

Every method takes a table of units by indicators in which more is better (directions applied),
with gaps as nan, and returns a table of the same shape with the same gaps. Min-max and goalposts
run from 1 to 100 rather than from 0, so that geometric and harmonic means are defined and a single
last rank does not dominate them; the other methods stay at 1 or above for the same reason.
Indicators whose values are all equal must be left out before.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from geo.index.tree import Floats
from geo.text import N_

SCALE_MIN: Final = 1.0
SCALE_MAX: Final = 100.0
Z_MEAN: Final = 50.0
Z_DEVIATION: Final = 10.0
NORMALISATIONS: Final = {
    "min_max": N_("Min–max within the year, 1 to 100"),
    "z_score": N_("z-scores: 50 plus 10 for each standard deviation from the mean"),
    "percentile_rank": N_("Percentile rank"),
    "rank": N_("Borda count"),
    "distance_to_best": N_("Percent of the best value"),
    "goalposts": N_("Min–max over all years, 1 to 100, comparable across years"),
}


def normalise(figures: Floats, method: str, reference: Floats | None = None) -> Floats:
    """Return a table on the scale of a method. reference: the values that fix the goalposts.

    Raises KeyError for an unknown method.
    """
    if method == "goalposts":
        pool = figures if reference is None else reference
        return scale_to_goalposts(figures, np.nanmin(pool, axis=0), np.nanmax(pool, axis=0))
    return _METHODS[method](figures)


def scale_to_goalposts(
    figures: Floats,
    lowest: Floats,
    highest: Floats,
    low: float = SCALE_MIN,
    high: float = SCALE_MAX,
) -> Floats:
    """Return low + (high - low) (x - lowest) / (highest - lowest), clipped to low and high.

    lowest, highest: one fixed goalpost per indicator, so that scores of different years
    compare (as in the human development index: HDR 2010, technical note 1).
    """
    share = (figures - lowest) / (highest - lowest)
    return np.clip(low + (high - low) * share, low, high)


def scale_min_max(figures: Floats, low: float = SCALE_MIN, high: float = SCALE_MAX) -> Floats:
    """Return low + (high - low) (x - min x) / (max x - min x), over the units.

    >>> scale_min_max(np.array([[2.0], [3.0], [6.0]]), 0, 1).ravel().tolist()
    [0.0, 0.25, 1.0]
    """
    return scale_to_goalposts(
        figures, np.nanmin(figures, axis=0), np.nanmax(figures, axis=0), low, high
    )


def scale_z_score(figures: Floats, mean: float = Z_MEAN, deviation: float = Z_DEVIATION) -> Floats:
    """Return mean + deviation (x - x̄) / s with the sample standard deviation s, at least 1.

    The floor applies only to values more than 4.9 deviations below the mean; it keeps geometric
    means defined.
    """
    return np.maximum(mean + deviation * standardise(figures), SCALE_MIN)


def standardise(figures: Floats) -> Floats:
    """Return (x - x̄) / s over the units: mean 0, sample standard deviation 1."""
    centred = figures - np.nanmean(figures, axis=0)
    return centred / np.nanstd(figures, axis=0, ddof=1)


def percentile_rank(figures: Floats) -> Floats:
    """Return 100 (r - 1/2) / n with r the rank from the bottom among the n units with a value.

    Ties share the mean of their ranks (Hazen's plotting position).
    """
    places = _mean_ranks(figures)
    return np.maximum(100.0 * (places - 0.5) / np.sum(np.isfinite(figures), axis=0), SCALE_MIN)


def rank_from_bottom(figures: Floats) -> Floats:
    """Return the rank from the bottom: 1 for the last, n for the first; ties share their mean.

    An indicator with gaps has fewer ranks (Borda's count); percentile_rank corrects for that.
    """
    return _mean_ranks(figures)


def distance_to_best(figures: Floats) -> Floats:
    """Return 100 x / max x, at least 1: the share of the best value in percent.

    Where all values are below zero (less is better, or losses), 100 max x / x, the
    corresponding share for values without their sign.
    """
    best = np.nanmax(figures, axis=0)
    below = best <= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(below, best / figures, figures / best)
    # The best value may be zero: its share is still 1.
    share = np.where(figures == best, 1.0, share)
    share = np.where(np.isnan(figures), np.nan, share)
    return np.maximum(SCALE_MAX * share, SCALE_MIN)


def _mean_ranks(figures: Floats) -> Floats:
    return pd.DataFrame(figures).rank().to_numpy(float)


_METHODS: Final = {
    "min_max": scale_min_max,
    "z_score": scale_z_score,
    "percentile_rank": percentile_rank,
    "rank": rank_from_bottom,
    "distance_to_best": distance_to_best,
}
