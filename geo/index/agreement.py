"""Agreement of an open index with the published lists of the report, and two reference values.

Agreement alone says little: gross regional product per head names nearly the same ten provinces,
and ten drawn at random match about three. So all three are reported together. Agreement does not
mean that the index reproduces the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from geo.index.aggregation import rank_column
from geo.index.recipe import Recipe
from geo.index.scoring import score_index
from geo.limits import AGREEMENT_CACHE_SIZE
from geo.measures import (
    EVALUATED_COUNT,
    LIST_LENGTH,
    REPORT_PREFIX,
    Scale,
    Status,
    editions_by_list,
    indicator_snapshot,
    published_indicators,
    report_snapshot,
)

COMPREHENSIVE: Final = "comprehensive"
WEALTH: Final = "gdp_per_capita"
MIN_FOR_TAU: Final = 3
_LISTS: Final = frozenset({Scale.TOP_TEN, Scale.PARTIAL, Scale.NAMED})


@dataclass(frozen=True)
class Agreement:
    """One list of one edition compared with the open index and with product per head.

    index: ``comprehensive`` or a dimension. scale: the scale of the list. published: the number
    of provinces known from the list. ours, wealth: how many of them are among the first ten of
    the open index (or its dimension) and of gross regional product per head in the year of the
    result. chance: the mean number of matches of ten drawn at random from the 31. tau,
    tau_wealth: Kendall's tau-b of the published ranks with those of the open index, or of product
    per head, over the published provinces; None where no order is published or fewer than three
    have both. spearman_wealth: rank correlation of the open index with product per head over all
    units that have both. partial: the published list is incomplete, so the counts are of the
    known part.
    """

    index: str
    edition: int
    scale: Scale
    published: int
    ours: int
    wealth: int
    chance: float
    tau: float | None
    tau_wealth: float | None
    spearman_wealth: float | None

    @property
    def partial(self) -> bool:
        return self.scale is Scale.PARTIAL


@lru_cache(maxsize=AGREEMENT_CACHE_SIZE)
def compare_with_edition(recipe: Recipe, year: int, edition: int) -> tuple[Agreement, ...]:
    """Compare the open index of a year with every published list of an edition that it covers.

    The comprehensive list comes first, then dimensions in the order of the report. Lists that
    only give ranks among the comprehensive ten (security, policy) are left out. Raises KeyError
    for an unknown edition.
    """
    result = score_index(recipe, year)
    known = [index for index, years in editions_by_list().items() if edition in years]
    if not known:
        raise KeyError(edition)
    agreements = []
    for index in known:
        whole = index == COMPREHENSIVE
        if not whole and index not in result.dimensions:
            continue
        published = report_snapshot(REPORT_PREFIX + index, edition)
        if published.scale in _LISTS:
            scores = result.table["score" if whole else f"score {index}"]
            agreements.append(_compare_list(result.year, index, edition, scores))
    return tuple(agreements)


def agreement_by_edition(recipe: Recipe, year: int) -> dict[int, tuple[Agreement, ...]]:
    """Return the agreement with every edition, ascending."""
    every = sorted({edition for numbers in editions_by_list().values() for edition in numbers})
    return {edition: compare_with_edition(recipe, year, edition) for edition in every}


def _compare_list(year: int, index: str, edition: int, scores: pd.Series) -> Agreement:
    published = report_snapshot(REPORT_PREFIX + index, edition)
    listed = [a for a, c in published.cells.items() if c.status in (Status.RANK, Status.NAMED)]
    wealth = _product_per_head(year).reindex(scores.index)
    ours = rank_column(scores).reindex(listed)
    theirs = pd.Series({a: published.cells[a].rank for a in listed}, dtype=float)
    rich = rank_column(wealth).reindex(listed)
    ordered = published.scale is not Scale.NAMED
    both = pd.DataFrame({"ours": scores, "wealth": wealth}).dropna()
    return Agreement(
        index=index,
        edition=edition,
        scale=published.scale,
        published=len(listed),
        ours=int((ours <= LIST_LENGTH).sum()),
        wealth=int((rich <= LIST_LENGTH).sum()),
        chance=len(listed) * LIST_LENGTH / EVALUATED_COUNT,
        tau=_kendall_tau(theirs, ours) if ordered else None,
        tau_wealth=_kendall_tau(theirs, rich) if ordered else None,
        spearman_wealth=_spearman_rho(both["ours"], both["wealth"]),
    )


def _product_per_head(year: int) -> pd.Series:
    nearest = published_indicators()[WEALTH].nearest_year(year)
    return pd.Series(indicator_snapshot(WEALTH, nearest).values_by_adcode(), dtype=float)


def _kendall_tau(first: pd.Series, second: pd.Series) -> float | None:
    both = pd.DataFrame({"a": first, "b": second.astype("Float64")}).dropna().astype(float)
    if len(both) < MIN_FOR_TAU or both["a"].nunique() == 1 or both["b"].nunique() == 1:
        return None
    return float(stats.kendalltau(both["a"], both["b"], variant="b").statistic)


def _spearman_rho(first: pd.Series, second: pd.Series) -> float | None:
    if len(first) < MIN_FOR_TAU or first.nunique() == 1:
        return None
    rho = float(stats.spearmanr(first, second).statistic)
    return rho if np.isfinite(rho) else None
