"""Weighting schemes (Handbook, step 6), and overlapping measures that share a weight.

Every scheme takes a tree without weights and returns one with weights. Weights from the data
(entropy, principal component) say how the data vary, not what matters.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.index.tree import Floats, Tree
from geo.text import N_

WEIGHTINGS: Final = {
    "dimension": N_("Equal by dimension"),
    "indicator": N_("Equal by indicator"),
    "entropy": N_("Entropy"),
    "component": N_("First principal component"),
    "own": N_("Custom weights"),
}
CORRELATED: Final = 0.9
MIN_UNITS: Final = 10  # with fewer units a rank correlation of 0.9 does not show an overlap
# Series that are part of another one (catalogue of indicators).
CONTAINED: Final = (
    ("it_service_revenue", "software_revenue"),
    ("information_security_revenue", "software_revenue"),
)


@dataclass(frozen=True)
class Overlap:
    """Two indicators that measure nearly the same.

    correlation: Spearman's, the mean over the given years (nan where it cannot be calculated).
    contained: whether the first is part of the second. shared: whether they share one weight;
    across dimensions they do not, since each dimension has its own weight.
    """

    first: str
    second: str
    correlation: float
    contained: bool
    shared: bool


def find_overlaps(
    tables: Sequence[pd.DataFrame], tree: Tree, contained: Collection[tuple[str, str]] = ()
) -> tuple[Overlap, ...]:
    """Return pairs of indicators with a correlation above 0.9 or one contained in the other.

    tables: units by indicators, one per year; gaps are left out pair by pair. contained: pairs
    (part, whole) of indicators. Only rank correlations of at least ten units count.
    """
    names = list(tree.indicator_ids)
    results = [
        table.reindex(columns=names).corr("spearman", min_periods=MIN_UNITS).to_numpy()
        for table in tables
    ]
    many = np.array(results)
    known = np.isfinite(many)
    mean = np.where(known, many, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    mean = np.where(known.any(axis=0), mean, np.nan)
    pairs = []
    for i, first in enumerate(names):
        for j, second in enumerate(names[:i]):
            inside = (first, second) in contained or (second, first) in contained
            if inside or mean[i, j] > CORRELATED:
                part, whole = (second, first) if (second, first) in contained else (first, second)
                same = tree.group_of[first] == tree.group_of[second]
                pairs.append(Overlap(part, whole, float(mean[i, j]), inside, same))
    return tuple(pairs)


def overlap_clusters(tree: Tree, pairs: Collection[Overlap]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of indicators that share one weight: those that shared overlaps connect."""
    of = {name: {name} for name in tree.indicator_ids}
    for pair in pairs:
        if pair.shared:
            union = of[pair.first] | of[pair.second]
            for name in union:
                of[name] = union
    sets = {frozenset(names) for names in of.values() if len(names) > 1}
    return tuple(sorted(tuple(n for n in tree.indicator_ids if n in lines) for lines in sets))


def share_weights(tree: Tree, sets: Collection[tuple[str, ...]]) -> Tree:
    """Return the tree with the mean weight of each set divided equally among its members."""
    weights = {leaf.id: leaf.weight for leaf in tree.all_leaves}
    for names in sets:
        mean = sum(weights[name] for name in names) / len(names)
        weights |= {name: mean / len(names) for name in names}
    return tree.with_weights(weights, {})


def sum_group_weights(tree: Tree, uncounted: Collection[str] = ()) -> Tree:
    """Return the tree with the sum of its indicators' weights for each counted group, else zero."""
    sums = {
        group.id: 0.0 if group.id in uncounted else sum(leaf.weight for leaf in group.leaves)
        for group in tree.groups
    }
    return tree.with_weights({}, sums)


def entropy_weights(figures: Floats) -> Floats:
    """Return the entropy weights of a table of units by indicators (zero or above), sum one.

    With p_ij = x_ij / Σ_i x_ij over the n units that have a value, e_j = -Σ p ln p / ln n
    and w_j = (1 - e_j) / Σ (1 - e_j); 0 ln 0 is zero (Shannon 1948; Zeleny 1982; the entropy
    weight method, 熵值法, of Chinese evaluation). The less even an indicator, the more it counts:
    the method rewards skew, so it comes after the treatment of outliers.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = figures / np.nansum(figures, axis=0)
        terms = np.where(shares > 0, shares * np.log(shares), 0.0)
        even = -terms.sum(axis=0) / np.log(np.isfinite(figures).sum(axis=0))
    spread = np.maximum(1.0 - even, 0.0)
    if not spread.sum() > 0:
        return np.full(figures.shape[1], 1.0 / figures.shape[1])
    return spread / spread.sum()


def principal_component_weights(figures: Floats) -> tuple[Floats, Floats]:
    """Return weights from the first principal component of the correlations, and its loadings.

    The weights are the squared loadings, which sum to one (Handbook, 6.1; as in Nicoletti and
    others 2000, but for the first component alone). Correlations are pairwise where values
    are missing. Indicators that vary together count most. The sign of the loadings is set so that
    most are positive: an indicator with a negative one runs against the rest, although its
    weight is positive.
    """
    correlations = pd.DataFrame(figures).corr(min_periods=2).fillna(0.0).to_numpy(copy=True)
    np.fill_diagonal(correlations, 1.0)
    _, vectors = np.linalg.eigh(correlations)
    loadings = vectors[:, -1]
    loadings = loadings if loadings.sum() >= 0 else -loadings
    return loadings**2, loadings


def effective_weights(normalised: Floats, index: Floats, nominal: Floats) -> Floats:
    """Return the effective weight of each indicator in the scores; they sum to one.

    The squared correlation of an indicator's normalised values with the index over the units
    that have both, as a share of the sum over the indicators that count: the linear form of the
    importance measure of Paruolo, Saisana and Saltelli (2013) and Becker and others (2017).
    Nominal weights are those that are set; the difference is due to spread and correlation.
    Indicators without weight have zero.
    """
    table = pd.DataFrame(normalised)
    with np.errstate(divide="ignore", invalid="ignore"):
        strength = table.corrwith(pd.Series(index)).fillna(0.0).to_numpy() ** 2
    strength = np.where(nominal > 0, strength, 0.0)
    return strength / strength.sum() if strength.sum() > 0 else nominal.copy()
