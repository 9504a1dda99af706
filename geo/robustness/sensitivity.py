"""Which single choice moves ranks most: one assumption at a time, and one part left out at a time.

The Handbook's step 8 (sensitivity analysis). The measure is the mean absolute change of rank
over the units that have one in both results: R_s of Saisana, Saltelli and Tarantola (2005).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from geo.errors import InputError
from geo.index.figures import SECURITY
from geo.index.model import rank_table, score_index
from geo.index.recipe import CHOICES, SWITCHES, WEIGHED, Recipe

ONE_AT_A_TIME: Final = tuple(name for name in CHOICES if name != "years")
COLUMNS: Final = ("mean_move", "largest_move", "mover", "ranked")


@lru_cache(maxsize=32)
def one_at_a_time(recipe: Recipe, year: int) -> pd.DataFrame:
    """Every other choice in place of the recipe's own, those that move ranks most first.

    Columns: assumption, choice, mean_move (mean absolute change of rank, in places),
    largest_move, mover (adcode of the unit that moves most, '' where none does), ranked (units
    with a rank in both). Alternatives that cannot be reckoned are left out. Own weights are
    no alternative, as nobody has chosen them. Raises InputError as ``score`` does.
    """
    base = rank_table(recipe, year)
    rows = []
    for assumption, choice, changes in _alternative_choices(recipe):
        column = _ranks_with_changes(recipe, year, changes)
        if column is not None:
            rows.append((assumption, choice, *_largest_move(base, column)))
    frame = pd.DataFrame(rows, columns=["assumption", "choice", *COLUMNS])
    return frame.sort_values("mean_move", ascending=False, kind="stable", ignore_index=True)


@lru_cache(maxsize=32)
def leave_one_out(recipe: Recipe, year: int) -> pd.DataFrame:
    """Each indicator, and each dimension, left out in turn; those that move ranks most first.

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
    security = base.indicators.index[base.indicators["dimension"] == SECURITY]
    rows = []
    for kind, part, names in parts:
        left_out = (*recipe.left_out, *names)
        # Without its measures security cannot count.
        counts = recipe.security and not set(security) <= set(left_out)
        column = _ranks_with_changes(recipe, year, {"left_out": left_out, "security": counts})
        if column is not None:
            rows.append((kind, part, *_largest_move(ranks, column)))
    frame = pd.DataFrame(rows, columns=["kind", "part", *COLUMNS])
    return frame.sort_values("mean_move", ascending=False, kind="stable", ignore_index=True)


def _alternative_choices(recipe: Recipe) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each other choice: the assumption, the choice, and what changes in the recipe."""
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
    """The ranks of a changed recipe, or None where the choices do not fit one another.

    So it is with the nearest year in a comparable set, security in a year without, or when
    nothing is left to compare. Past the cache of ``score``: dozens of results that nobody
    looks at would empty it.
    """
    try:
        return rank_table(replace(recipe, **changes), year)
    except InputError:
        return None


def _largest_move(base: pd.Series, other: pd.Series) -> tuple[float, int, str, int]:
    both = pd.DataFrame({"base": base, "other": other}).dropna()
    moved = (both["base"] - both["other"]).abs().astype(float)
    if moved.empty:
        return 0.0, 0, "", 0
    largest = int(moved.max())
    return float(moved.mean()), largest, str(moved.idxmax()) if largest else "", len(both)
