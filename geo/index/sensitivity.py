"""Sensitivity of ranks: one choice changed, one part left out, one value changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from geo.index.inputs import SECURITY_DIMENSION, build_table
from geo.index.recipe import CHOICES, SWITCHES, WEIGHED, Recipe
from geo.index.scoring import IndexResult, ScoreStatus, rank_table, score_index, score_table
from geo.index.uncertainty import (
    DEFAULT_DRAWS,
    DEFAULT_SEED,
    DEFAULT_SPREAD,
    Assumptions,
    result_uncertainty,
)
from geo.limits import SENSITIVITY_CACHE_SIZE
from geo.text import N_, InputError

ONE_AT_A_TIME: Final = tuple(name for name in CHOICES if name != "years")
COLUMNS: Final = ("mean_move", "largest_move", "mover", "ranked")


@lru_cache(maxsize=SENSITIVITY_CACHE_SIZE)
def one_at_a_time(recipe: Recipe, year: int) -> pd.DataFrame:
    """Replace each choice of the recipe by every alternative; the largest moves first.

    Columns: assumption, choice, mean_move (mean absolute change of rank, in places),
    largest_move, mover (adcode of the unit that moves most, '' where none does), ranked (units
    with a rank in both). Alternatives that cannot be calculated are left out. Own weights are
    no alternative, as their values are not known. Raises InputError as ``score_index`` does.
    """
    base = rank_table(recipe, year)
    rows = []
    for assumption, choice, changes in _alternative_choices(recipe):
        column = _ranks_with_changes(recipe, year, changes)
        if column is not None:
            rows.append((assumption, choice, *_largest_move(base, column)))
    frame = pd.DataFrame(rows, columns=["assumption", "choice", *COLUMNS])
    return frame.sort_values("mean_move", ascending=False, kind="stable", ignore_index=True)


@lru_cache(maxsize=SENSITIVITY_CACHE_SIZE)
def leave_one_out(recipe: Recipe, year: int) -> pd.DataFrame:
    """Leave out each indicator and each dimension in turn; the largest moves first.

    Columns: kind (indicator, dimension), part (its id) and those of ``one_at_a_time``. Parts
    that do not count, and the last one that does, are left out of the table.
    """
    base = score_index(recipe, year)
    ranks = base.table["rank"].reindex(base.material.figures.index)
    weights = base.indicators["nominal"]
    parts = [("indicator", str(name), (str(name),)) for name in weights.index[weights > 0]]
    for dimension in base.counted:
        value = base.indicators.index[base.indicators["dimension"] == dimension]
        parts.append(("dimension", dimension, tuple(value)))
    security = base.indicators.index[base.indicators["dimension"] == SECURITY_DIMENSION]
    rows = []
    for kind, part, names in parts:
        left_out = (*recipe.left_out, *names)
        # Without its measures network security cannot count.
        counts = recipe.security and not set(security) <= set(left_out)
        column = _ranks_with_changes(recipe, year, {"left_out": left_out, "security": counts})
        if column is not None:
            rows.append((kind, part, *_largest_move(ranks, column)))
    frame = pd.DataFrame(rows, columns=["kind", "part", *COLUMNS])
    return frame.sort_values("mean_move", ascending=False, kind="stable", ignore_index=True)


def _alternative_choices(recipe: Recipe) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each alternative: the assumption, the choice, and the changes to the recipe."""
    for assumption in ONE_AT_A_TIME:
        for choice in CHOICES[assumption]:
            if choice not in (getattr(recipe, assumption), "own"):
                changes: dict[str, Any] = {assumption: choice}
                if assumption == "weighting":
                    changes |= dict.fromkeys(WEIGHED, ())
                yield assumption, choice, changes
    for switch in SWITCHES:
        on = not getattr(recipe, switch)
        yield switch, "on" if on else "off", {switch: on}


def _ranks_with_changes(recipe: Recipe, year: int, changes: dict[str, Any]) -> pd.Series | None:
    """Return the ranks of a changed recipe, or None when its choices do not fit each other.

    Examples are the nearest year in a comparable set, network security in a year without it, or
    no measure left. This bypasses the cache of ``score_index``, which dozens of results that no
    page shows would flush.
    """
    try:
        return rank_table(replace(recipe, **changes), year)
    except InputError:
        return None


def _largest_move(base: pd.Series, other: pd.Series) -> tuple[float, int, str, int]:
    both = pd.DataFrame({"base": base, "other": other}).dropna()
    rank_changes = (both["base"] - both["other"]).abs().astype(float)
    if rank_changes.empty:
        return 0.0, 0, "", 0
    largest = int(rank_changes.max())
    return (
        float(rank_changes.mean()),
        largest,
        str(rank_changes.idxmax()) if largest else "",
        len(both),
    )


@dataclass(frozen=True)
class ScorePosition:
    """Score, rank and interval of a province; None without a score, no interval without draws."""

    standing: ScoreStatus
    score: float | None
    rank: int | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class WhatIf:
    """A changed value, and the position of the province before and after the change.

    published: the published value, None where there is none (or it is doubtful and left out).
    """

    adcode: str
    measure: str
    published: float | None
    value: float
    before: ScorePosition
    after: ScorePosition


def change_one_figure(
    recipe: Recipe,
    year: int,
    adcode: str,
    measure: str,
    value: float,
    draws: int = 0,
    spread: float = DEFAULT_SPREAD,
    seed: int = DEFAULT_SEED,
) -> WhatIf:
    """Return the score and rank of a province with one value changed, in the measure's unit.

    draws: their number for the 90% intervals; 0 for no intervals. Goalposts do not change, so a
    value beyond them counts as the goalpost. Raises InputError for a measure that the recipe does
    not include, a province that is not evaluated, or a value that is not a finite number.
    """
    names = recipe.indicators_for(year)
    if measure not in names:
        raise InputError(
            N_("The measure {measure} is not part of this index. Choose one of {known}."),
            measure=measure,
            known=", ".join(names),
        )
    table = build_table(names, recipe.doubtful)
    if adcode not in table.index:
        raise InputError(
            N_("{province} is not evaluated, so it has no value to change."),
            province=adcode,
        )
    if not math.isfinite(value):
        raise InputError(N_("“{value}” is not a number. Enter a number."), value=value)
    published = table.at[adcode, measure]
    changed = table.copy()
    changed.loc[adcode, measure] = float(value)
    before, after = score_index(recipe, year), score_table(recipe, year, changed)
    return WhatIf(
        adcode=adcode,
        measure=measure,
        published=None if math.isnan(published) else float(published),
        value=float(value),
        before=score_position(before, adcode, draws, spread, seed),
        after=score_position(after, adcode, draws, spread, seed),
    )


def score_position(
    result: IndexResult,
    adcode: str,
    draws: int = DEFAULT_DRAWS,
    spread: float = DEFAULT_SPREAD,
    seed: int = DEFAULT_SEED,
) -> ScorePosition:
    """Return the position of a province in a result, with its interval if draws is above 0."""
    row = result.table.loc[adcode]
    if row["standing"] is not ScoreStatus.EVALUATED:
        return ScorePosition(row["standing"], None, None)
    low = high = None
    if draws:
        value = result_uncertainty(result, Assumptions(spread=spread), draws, seed).table.loc[
            adcode
        ]
        low, high = int(value["low"]), int(value["high"])
    return ScorePosition(row["standing"], float(row["score"]), int(row["rank"]), low, high)
