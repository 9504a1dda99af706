"""Uncertainty of ranks: a Monte Carlo simulation over the choices of method and the weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.index.aggregation import AGGREGATIONS, group_scores, index_scores, rank_scores
from geo.index.composition import (
    IndexInputs,
    Method,
    TreatedValues,
    check_inputs,
    normalise_values,
    treat_outliers,
)
from geo.index.imputation import Bools, has_sufficient_coverage
from geo.index.normalisation import NORMALISATIONS
from geo.index.recipe import Recipe
from geo.index.scoring import IndexResult, score_index
from geo.index.treatment import OUTLIER_RULES
from geo.index.tree import Floats, Tree
from geo.limits import (
    DIMENSION_UNCERTAINTY_CACHE_SIZE,
    DRAWS_CHUNK_BYTES,
    MAX_DRAWS,
    MAX_SPREAD,
    UNCERTAINTY_CACHE_SIZE,
)
from geo.measures import LIST_LENGTH
from geo.text import N_, InputError

DEFAULT_SEED: Final = 20180416  # fixed and shown, so that everyone gets the same intervals
DEFAULT_DRAWS: Final = 10_000
DEFAULT_SPREAD: Final = 0.25
TIERS: Final = (3, 10, 20)  # the last rank of each tier except the lowest
SAFE_SHARE: Final = 0.95  # of the draws in which an order must hold to be called safe
LOW_PCT: Final = 5
HIGH_PCT: Final = 95
Ranks = NDArray[np.int16]


@dataclass(frozen=True)
class Assumptions:
    """The choices that are drawn, with equal probability; the recipe's choice is always included.

    outliers, normalisations, aggregations: names. (Ranks and goalposts repeat percentile ranks
    and min-max within one year, and single last ranks dominate the harmonic mean on a scale that
    begins at 1; none of the three is drawn unless the recipe has it.) spread: the coefficient of
    variation of an average weight among its siblings; 0 keeps the weights as set. leave_out:
    whether half of the draws leave out one indicator, each with equal probability.
    """

    outliers: tuple[str, ...] = ("none", "winsorise", "log")
    normalisations: tuple[str, ...] = (
        "min_max",
        "z_score",
        "percentile_rank",
        "distance_to_best",
    )
    aggregations: tuple[str, ...] = ("arithmetic", "geometric")
    spread: float = DEFAULT_SPREAD
    leave_out: bool = True

    def __post_init__(self) -> None:
        if not (np.isfinite(self.spread) and 0 <= self.spread <= MAX_SPREAD):
            raise InputError(
                N_("The spread of the weights is {spread}. Enter a number from 0 to {most}."),
                spread=self.spread,
                most=MAX_SPREAD,
            )
        for names, known in (
            (self.outliers, OUTLIER_RULES),
            (self.normalisations, NORMALISATIONS),
            (self.aggregations, AGGREGATIONS),
        ):
            for name in names:
                if name not in known:
                    raise KeyError(name)

    def method_combinations(self, chosen: Method) -> list[Method]:
        """Return every combination of the choices, the chosen one first."""
        methods = [chosen]
        for outliers in _own_choice_first(chosen.outliers, self.outliers):
            for normalisation in _own_choice_first(chosen.normalisation, self.normalisations):
                for within in _own_choice_first(chosen.within, self.aggregations):
                    for across in _own_choice_first(chosen.across, self.aggregations):
                        method = Method(outliers, normalisation, chosen.imputation, within, across)
                        if method != chosen:
                            methods.append(method)
        return methods


NO_ASSUMPTIONS: Final = Assumptions((), (), (), spread=0.0, leave_out=False)


def draw_weights(
    weights: Floats, spread: float, draws: int, generator: np.random.Generator
) -> Floats:
    """Draw weights around those that are set: draws by parts, each row summing to one.

    Dirichlet with parameters A w_j, whose means are the set weights w_j (summing to one). A =
    (n - 1) / spread² - 1, so that a weight of 1/n has the coefficient of variation
    `spread`; heavier ones vary less in proportion, lighter ones more. Weights of zero stay
    zero; a single part keeps all. (Handbook, step 8; Saisana, Saltelli and Tarantola 2005.)
    """
    held = weights > 0
    count = int(held.sum())
    result = np.tile(weights, (draws, 1))
    if spread == 0 or count < 2:
        return result
    concentration = (count - 1) / spread**2 - 1
    # A Dirichlet draw is a row of normalised gamma variates; one array holds all draws.
    gammas = generator.standard_gamma(concentration * weights[held], size=(draws, count))
    sums = gammas.sum(axis=1, keepdims=True)
    # Very uneven weights can give a draw of zeros only: it takes the set weights.
    result[:, held] = np.divide(gammas, sums, out=result[:, held], where=sums > 0)
    return result


def check_draws(draws: int) -> None:
    """Raise InputError unless the number of draws is from 1 to MAX_DRAWS."""
    if not 1 <= draws <= MAX_DRAWS:
        raise InputError(
            N_("The number of draws is {draws}. Enter a number from 1 to {most}."),
            draws=draws,
            most=MAX_DRAWS,
        )


def _own_choice_first(chosen: str, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((chosen, *names)))


@dataclass(frozen=True)
class Uncertainty:
    """Ranks over many draws. The tables are shared through a cache: never change them.

    table: a row for each unit that has a rank by default. ``rank`` (default), ``median``,
    ``low`` and ``high`` (5th and 95th percentile, nearest rank), ``top_ten`` (share of draws in
    the first ten), ``tier`` (1 to 4: ranks 1-3, 4-10, 11-20, from 21), ``tier_change`` (share
    of draws in another tier than by default), ``ranked`` (share of draws with a rank: a draw
    without an indicator may leave a unit below the coverage). Other shares are over the draws with
    a rank. draws, seed, spread: show them with every interval.
    ranks: draws by units, 0 without a rank.
    """

    table: pd.DataFrame
    draws: int
    seed: int
    spread: float
    ranks: Ranks

    @cached_property
    def unsafe_pairs(self) -> pd.DataFrame:
        """Pairs whose order holds in fewer than 95% of the draws, calculated on first access.

        Columns ahead, behind (by default rank), holds: the share of draws in which the unit
        ahead is strictly ahead, of those in which both have a rank. Units with the same default
        rank are a pair as well. Ordered by default rank.
        """
        order = np.argsort(self.table["rank"].to_numpy(int), kind="stable")
        ids, columns = self.table.index[order], np.ascontiguousarray(self.ranks[:, order].T)
        parts = []
        for place in range(len(ids) - 1):
            value, rest = columns[place], columns[place + 1 :]
            if value.all() and rest.all():
                holds = np.count_nonzero(value < rest, axis=1) / self.draws
            else:
                both = (value > 0) & (rest > 0)
                ahead = np.count_nonzero((value < rest) & both, axis=1)
                holds = ahead / np.maximum(both.sum(axis=1), 1)
            unsafe = np.flatnonzero(holds < SAFE_SHARE)
            parts.append(
                pd.DataFrame(
                    {
                        "ahead": ids[place],
                        "behind": ids[place + 1 + unsafe],
                        "holds": holds[unsafe],
                    }
                )
            )
        if not parts:
            return pd.DataFrame({"ahead": [], "behind": [], "holds": []})
        return pd.concat(parts, ignore_index=True)


def rank_tier(ranks: Ranks | pd.Series) -> np.ndarray:
    """Return the tier of each rank: 1 for ranks 1-3, 2 for 4-10, 3 for 11-20, 4 from 21.

    >>> rank_tier(np.array([1, 3, 4, 10, 11, 20, 21, 31], dtype=np.int16)).tolist()
    [1, 1, 2, 2, 3, 3, 4, 4]
    """
    return 1 + np.searchsorted(TIERS, np.asarray(ranks))


@lru_cache(maxsize=UNCERTAINTY_CACHE_SIZE)
def recipe_uncertainty(
    recipe: Recipe,
    year: int,
    draws: int = DEFAULT_DRAWS,
    spread: float = DEFAULT_SPREAD,
    seed: int = DEFAULT_SEED,
) -> Uncertainty:
    """Return the uncertainty of a recipe's ranks. Raises InputError as ``result_uncertainty``."""
    return result_uncertainty(score_index(recipe, year), Assumptions(spread=spread), draws, seed)


def result_uncertainty(
    result: IndexResult,
    assumptions: Assumptions,
    draws: int = DEFAULT_DRAWS,
    seed: int = DEFAULT_SEED,
) -> Uncertainty:
    """Return the uncertainty of the ranks of a result under explicit assumptions."""
    ranked = result.table["rank"].dropna()
    ranks = draw_ranks(result.material, result.method, assumptions, draws, seed)
    columns = [result.material.figures.index.get_loc(adcode) for adcode in ranked.index]
    return summarise_ranks(ranked, ranks[:, columns], assumptions.spread, seed)


@lru_cache(maxsize=DIMENSION_UNCERTAINTY_CACHE_SIZE)
def _cached_dimension_uncertainty(
    recipe: Recipe, year: int, dimension: str, draws: int, seed: int
) -> Uncertainty:
    result, assumptions = score_index(recipe, year), Assumptions()
    whole = result.material
    group = next(item for item in whole.tree.groups if item.id == dimension)
    names = [leaf.id for leaf in group.leaves]
    part = replace(
        whole,
        figures=whole.figures[names],
        tree=Tree((replace(group, weight=1.0),)),
        reference=None if whole.reference is None else whole.reference[names],
    )
    ranked = result.table[f"rank {dimension}"].dropna()
    ranks = draw_ranks(part, result.method, assumptions, draws, seed)
    columns = [part.figures.index.get_loc(adcode) for adcode in ranked.index]
    return summarise_ranks(ranked, ranks[:, columns], assumptions.spread, seed)


def dimension_uncertainty(
    result: IndexResult, dimension: str, draws: int = DEFAULT_DRAWS, seed: int = DEFAULT_SEED
) -> Uncertainty:
    """Return the uncertainty of the ranks in one dimension, with draws over its measures only."""
    return _cached_dimension_uncertainty(result.recipe, result.year, dimension, draws, seed)


def summarise_ranks(default: pd.Series, ranks: Ranks, spread: float, seed: int) -> Uncertainty:
    """Summarise draws of ranks; default: the rank of each unit by the recipe itself."""
    entry = default.to_numpy(int)
    there = ranks > 0
    count = np.maximum(there.sum(axis=0), 1)
    table = pd.DataFrame({"rank": entry}, index=default.index)
    # Without gaps every percentile is a fixed row of the sorted draws; zeros would sort first.
    ordered = np.sort(ranks, axis=0)
    gaps = len(ranks) - there.sum(axis=0)
    for name, percent in (("median", 50), ("low", LOW_PCT), ("high", HIGH_PCT)):
        rows = gaps + np.rint(percent / 100 * (count - 1)).astype(int)
        rows = np.minimum(rows, len(ranks) - 1)
        table[name] = ordered[rows, np.arange(len(entry))]
    table["top_ten"] = ((ranks <= LIST_LENGTH) & there).sum(axis=0) / count
    table["tier"] = rank_tier(entry)
    table["tier_change"] = ((rank_tier(ranks) != rank_tier(entry)) & there).sum(axis=0) / count
    table["ranked"] = there.mean(axis=0)
    return Uncertainty(table, len(ranks), seed, spread, ranks)


def draw_ranks(
    material: IndexInputs, method: Method, assumptions: Assumptions, draws: int, seed: int
) -> Ranks:
    """Return the rank of every unit in every draw: draws by units, 0 without a rank.

    The coverage screen uses the set weights without the indicator left out, not the drawn
    weights. Group medians are imputed before an indicator is left out. Memory is bounded by
    chunks of draws; the result takes two bytes per draw and unit. Raises InputError as
    ``geo.index.composition.check_inputs`` does, or for the number of draws.
    """
    check_draws(draws)
    check_inputs(material)
    generator = np.random.default_rng(seed)
    tree, methods = material.tree, assumptions.method_combinations(method)
    chosen = generator.integers(len(methods), size=draws)
    gone = _draw_left_out(material, assumptions, draws, generator)
    leaves = np.zeros((draws, len(tree.indicator_ids)))
    for row in tree.leaf_weights:
        leaves += draw_weights(row, assumptions.spread, draws, generator)
    groups = draw_weights(tree.group_weights, assumptions.spread, draws, generator)
    leaves[np.arange(draws)[gone >= 0], gone[gone >= 0]] = 0.0
    screens = _CoverageScreens(material)
    units = len(material.figures)
    size = max(1, DRAWS_CHUNK_BYTES // (8 * max(units * len(tree.groups), 1)))
    ranks = np.empty((draws, units), dtype=np.int16)
    tables = _NormalisedTables(material)
    for number, entry in enumerate(methods):
        members = np.flatnonzero(chosen == number)
        if not len(members):
            continue
        table = tables.table_for(entry)
        for start in range(0, len(members), size):
            part = members[start : start + size]
            weights = leaves[part, None, :] * tree.membership
            passed, whole = screens.screens_for(gone[part])
            values = group_scores(table, weights, passed, entry.within)
            scores = index_scores(values, groups[part], whole, entry.across)
            ranks[part] = rank_scores(scores)
    return ranks


def _draw_left_out(
    material: IndexInputs, assumptions: Assumptions, draws: int, generator: np.random.Generator
) -> NDArray[np.int64]:
    """Draw the column of the indicator that each draw leaves out; -1 for none."""
    gone = np.full(draws, -1)
    counted = np.flatnonzero(material.tree.nominal_weights > 0)
    if assumptions.leave_out and len(counted) > 1:
        without = generator.random(draws) < 0.5
        picks = counted[generator.integers(len(counted), size=draws)]
        gone = np.where(without, picks, gone)
    return gone


class _NormalisedTables:
    """Normalised tables, calculated once for each treatment rule and scale."""

    def __init__(self, material: IndexInputs) -> None:
        self.material = material
        self.treated: dict[tuple[str, bool], TreatedValues] = {}
        self.scaled: dict[tuple[str, str], Floats] = {}

    def table_for(self, method: Method) -> Floats:
        rule = (method.outliers, method.normalisation == "goalposts")
        scale = (method.outliers, method.normalisation)
        if rule not in self.treated:
            self.treated[rule] = treat_outliers(self.material, method)
        if scale not in self.scaled:
            self.scaled[scale] = normalise_values(self.material, method, self.treated[rule])
        return self.scaled[scale]


class _CoverageScreens:
    """The coverage screens for each indicator left out, calculated once for all draws."""

    def __init__(self, material: IndexInputs) -> None:
        tree, count = material.tree, len(material.tree.indicator_ids)
        # The last variant, at index -1, leaves out no indicator.
        masks = np.vstack([1.0 - np.eye(count), np.ones(count)])
        variants = tree.leaf_weights[None] * masks[:, None, :]
        weights = np.tile(tree.group_weights, (count + 1, 1))
        self.groups, self.index = has_sufficient_coverage(material.is_present, variants, weights)
        self.complete = bool(material.is_present.all())
        self.weighted = (variants.sum(axis=-1) > 0)[..., None]

    def screens_for(self, gone: NDArray[np.int64]) -> tuple[Bools, Bools]:
        """Return the screens (draws, groups, units) and (draws, units) for the columns left out."""
        if self.complete:
            return self.weighted[gone], self.index[gone]
        return self.groups[gone], self.index[gone]
