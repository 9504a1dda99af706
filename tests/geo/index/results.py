"""The results of the open index on record: ``make index-results`` writes them again.

A change of data or method moves them. Then the difference of ``results.json`` shows what moved,
and goes into the same commit as the change.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from geo.index import (
    Recipe,
    agreement_by_edition,
    leave_one_out,
    one_at_a_time,
    presets,
    rank_changes_with_security,
    recipe_uncertainty,
    score_index,
)
from geo.index.inputs import comparable_indicators, index_indicators
from geo.index.recipe import YEAR_SETS

FILE = Path(__file__).parent / "results.json"
YEAR = 2017
DIGITS = 9  # of a number on record


def collect_results() -> dict[str, Any]:
    """Compute all results on record: measures, weights, scores, ranks, agreement with the lists."""
    return {
        "measures": {
            "all": list(index_indicators()),
            **{name: list(comparable_indicators(name)) for name in YEAR_SETS},
        },
        "recipes": {name: _recipe_results(recipe) for name, recipe in _recipes().items()},
        "editions": {
            str(edition): {row.index: [row.ours, row.published] for row in rows}
            for edition, rows in agreement_by_edition(Recipe(), YEAR).items()
        },
        "overlaps": {
            f"{pair.first} {pair.second}": round(pair.correlation, DIGITS)
            for pair in score_index(Recipe(), YEAR).overlaps
            if pair.shared
        },
        "counting_security": {
            adcode: [int(row["before"]), int(row["after"])]
            for adcode, row in rank_changes_with_security(
                Recipe(nearest_year=True), YEAR
            ).iterrows()
        },
        "uncertainty": _uncertainty_results(),
        "one_at_a_time": {
            f"{row.assumption} {row.choice}": round(row.mean_move, DIGITS)
            for row in one_at_a_time(Recipe(), YEAR).itertuples()
        },
        "leave_one_out": {
            row.part: round(row.mean_move, DIGITS)
            for row in leave_one_out(Recipe(), YEAR).itertuples()
        },
    }


def _uncertainty_results() -> dict[str, Any]:
    uncertainty = recipe_uncertainty(Recipe(), YEAR)
    columns = ["median", "low", "high", "top_ten"]
    return {
        "intervals": {
            str(adcode): [round(float(row[column]), DIGITS) for column in columns]
            for adcode, row in uncertainty.table.sort_values("rank").iterrows()
        },
        "unsafe_pairs": len(uncertainty.unsafe_pairs),
    }


def _recipes() -> dict[str, Recipe]:
    """The presets, and the choices of the report's trial: winsorised at 2.5%."""
    recipes = {name: preset.recipe for name, preset in presets().items()}
    return {**recipes, "trial": Recipe(outliers="percentile")}


def _recipe_results(recipe: Recipe) -> dict[str, Any]:
    result = score_index(recipe, YEAR)
    table = result.table.dropna(subset="rank").sort_values("rank")
    agreements = agreement_by_edition(recipe, YEAR)[YEAR]
    return {
        "ranks": {str(adcode): int(rank) for adcode, rank in table["rank"].items()},
        "scores": {str(adcode): round(score, DIGITS) for adcode, score in table["score"].items()},
        "weights": {
            str(name): round(weight, DIGITS)
            for name, weight in result.indicators["nominal"].items()
        },
        "agreement": {
            row.index: {
                "ours": row.ours,
                "published": row.published,
                "wealth": row.wealth,
                "tau": row.tau and round(row.tau, DIGITS),
                "tau_wealth": row.tau_wealth and round(row.tau_wealth, DIGITS),
                "spearman_wealth": row.spearman_wealth and round(row.spearman_wealth, DIGITS),
            }
            for row in agreements
        },
    }


def read_results() -> dict[str, Any]:
    """Return the results on record."""
    return json.loads(FILE.read_text("utf-8"))


if __name__ == "__main__":
    FILE.write_text(json.dumps(collect_results(), indent=1) + "\n", "utf-8")
