"""Aggregation of values to scores, ranks, and contributions to a score (Handbook, step 7).

The three means are written as phi⁻¹(Σ w phi(x) / Σ w) with phi(x) = x, log x or -1/x, so that the
same code serves one set of weights or ten thousand. Gaps are ignored: the weights of the other
indicators are scaled up, if the unit passes the coverage screen.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.index.imputation import Bools
from geo.index.tree import Floats
from geo.text import N_

AGGREGATIONS: Final = {
    "arithmetic": N_("Arithmetic mean: high values fully compensate for low ones"),
    "geometric": N_("Geometric mean: high values compensate in part"),
    "harmonic": N_("Harmonic mean: high values compensate little"),
}
DECIMALS: Final = 9  # scores are compared to nine decimals; smaller differences are rounding

Ints = NDArray[np.int32]


def mean_transform(values: Floats, mean: str) -> Floats:
    """Return phi of the values (all above zero). Raises KeyError for an unknown mean."""
    if mean == "arithmetic":
        return values
    if mean == "geometric":
        return np.log(values)
    if mean == "harmonic":
        return -1.0 / values
    raise KeyError(mean)


def inverse_mean_transform(values: Floats, mean: str) -> Floats:
    """Return phi⁻¹, on the scale of the values. Raises KeyError for an unknown mean."""
    if mean == "arithmetic":
        return values
    if mean == "geometric":
        return np.exp(values)
    if mean == "harmonic":
        return -1.0 / values
    raise KeyError(mean)


def group_scores(normalised: Floats, leaf_weights: Floats, passed: Bools, mean: str) -> Floats:
    """Return the score of every unit in every group, for one or many sets of weights.

    normalised: units by indicators, above zero, nan for a gap. leaf_weights: (..., groups,
    indicators), zero outside the group. passed: (..., groups, units), from
    ``has_sufficient_coverage``. Returns (..., groups, units), nan where a unit does not pass or
    has no value.
    """
    gaps = np.isnan(normalised)
    spread = np.where(gaps, 0.0, mean_transform(np.where(gaps, 1.0, normalised), mean))
    shape = (*leaf_weights.shape[:-1], len(normalised))
    flat = leaf_weights.reshape(-1, leaf_weights.shape[-1])
    sums = (flat @ spread.T).reshape(shape)
    if gaps.any():
        held = (flat @ (~gaps).T.astype(float)).reshape(shape)
    else:
        held = leaf_weights.sum(axis=-1)[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = inverse_mean_transform(sums / held, mean)
    return np.where(passed & (held > 0), scores, np.nan)


def index_scores(groups: Floats, group_weights: Floats, passed: Bools, mean: str) -> Floats:
    """Return the score of every unit over the groups, for one or many sets of weights.

    groups: (..., groups, units) with gaps; group_weights: (..., groups); passed: (..., units).
    Returns (..., units), nan where a unit does not pass.
    """
    gaps = np.isnan(groups)
    spread = np.where(gaps, 0.0, mean_transform(np.where(gaps, 1.0, groups), mean))
    sums = np.einsum("...g,...gu->...u", group_weights, spread)
    held = np.einsum("...g,...gu->...u", group_weights, (~gaps).astype(float))
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = inverse_mean_transform(sums / held, mean)
    return np.where(passed & (held > 0), scores, np.nan)


def rank_scores(scores: Floats) -> Ints:
    """Return standard competition ranks along the last axis, the highest first.

    Equal scores (to nine decimals) share the better rank and the next is left empty. A unit
    without a score has rank 0.

    >>> rank_scores(np.array([5.0, 7.0, 5.0, np.nan, 1.0])).tolist()
    [2, 1, 2, 0, 4]
    """
    # The sign is changed because numpy sorts nan to the end, where missing scores belong.
    turned = -np.round(scores, DECIMALS)
    order = np.argsort(turned, axis=-1, kind="stable")
    ordered = np.take_along_axis(turned, order, axis=-1)
    first = np.ones(ordered.shape, dtype=bool)
    first[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    steps = np.where(first, np.arange(1, scores.shape[-1] + 1, dtype=np.int32), 0)
    places = np.maximum.accumulate(steps, axis=-1).astype(np.int32)
    places[np.isnan(ordered)] = 0
    result = np.empty_like(places)
    np.put_along_axis(result, order, places, axis=-1)
    return result


def score_contributions(parts: Floats, weights: Floats, whole: Floats, mean: str) -> Floats:
    """Return what each part adds to a score; the parts sum to the score.

    parts: units by parts (1 or above, nan for a gap), weights: one per part, whole: the score of
    each unit. With the arithmetic mean a part adds its share of weight times its score, and
    the sum is exact. A geometric or harmonic mean is no sum; there the score is divided in
    proportion to w (phi(x) - phi(1)), what each part adds above the lowest value of the scale:
    a convention, stated wherever it is shown. nan for gaps and for units without a score.
    """
    lowest = 0.0 if mean == "arithmetic" else float(mean_transform(np.array(1.0), mean))
    with np.errstate(divide="ignore", invalid="ignore"):
        raised = (mean_transform(parts, mean) - lowest) * weights
        held = np.where(np.isnan(parts), np.nan, np.broadcast_to(weights, parts.shape))
        sums = np.nansum(raised, axis=1, keepdims=True)
        # A unit that is last in every part: divide by weight alone.
        shares = np.where(sums > 0, raised / sums, held / np.nansum(held, axis=1, keepdims=True))
    return shares * whole[:, None]


def rank_column(scores: pd.Series) -> pd.Series:
    """Return the ranks of a column of scores as integers, missing without a score."""
    places = pd.Series(rank_scores(scores.to_numpy(float)), index=scores.index, dtype="Int64")
    return places.mask(places == 0)
