"""What would it take: one figure of one province changed, everything else as it is.

A statement about the index, not about the world: in reality figures move together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.errors import InputError
from geo.index import figures
from geo.index.model import IndexResult, ScoreStatus, score_index, score_table
from geo.index.recipe import Recipe
from geo.robustness.assumptions import DRAWS, SEED, SPREAD, Assumptions
from geo.robustness.uncertainty import result_uncertainty
from geo.text import N_


@dataclass(frozen=True)
class ScorePosition:
    """Where a province stands: None without a score; low and high None without draws."""

    standing: ScoreStatus
    score: float | None
    rank: int | None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class WhatIf:
    """A changed figure, and where the province stands with the published and the changed one.

    published: the figure as it is, None where there is none (or it is doubtful and left out).
    after_result: the whole changed index, since one figure moves the others' ranks too.
    """

    adcode: str
    measure: str
    published: float | None
    value: float
    before: ScorePosition
    after: ScorePosition
    after_result: IndexResult


def change_one_figure(
    recipe: Recipe,
    year: int,
    adcode: str,
    measure: str,
    value: float,
    draws: int = 0,
    spread: float = SPREAD,
    seed: int = SEED,
) -> WhatIf:
    """A province's score and rank with one figure changed, in the measure's unit.

    draws: how many for the 90% intervals; 0 for none. Goalposts stay as they are, so a figure
    beyond them counts as the goalpost. Raises InputError for a measure that the recipe does
    not let in, a province that is not evaluated, or a value that is no number.
    """
    names = recipe.indicators_for(year)
    if measure not in names:
        raise InputError(
            N_("The measure {measure} is not part of this index. Choose one of {known}."),
            measure=measure,
            known=", ".join(names),
        )
    table = figures.build_table(names, recipe.doubtful)
    if adcode not in table.index:
        raise InputError(
            N_("The province {province} is not evaluated, so it has no figure to change."),
            province=adcode,
        )
    if not math.isfinite(value):
        raise InputError(N_("The value {value} is no number. Give one."), value=value)
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
        after_result=after,
    )


def score_position(
    result: IndexResult, adcode: str, draws: int = DRAWS, spread: float = SPREAD, seed: int = SEED
) -> ScorePosition:
    """Where a province stands in a result, with its interval where draws are asked for."""
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
