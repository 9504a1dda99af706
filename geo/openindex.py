"""The open index as a measure: its scores by our default recipe, with the interval of each rank.

It is ours, not the report's. A year takes the set of measures that tells most of it: the snapshot
of 2017 for the report's own year, then the widest of the sets that compare over years. Years of
different sets do not compare.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from geo.cells import Benchmark, Cell, Scale, Snapshot, Status
from geo.dataset import dataset
from geo.index.figures import YEAR_SETS, indicator_years
from geo.index.model import IndexResult, ScoreStatus, score_index
from geo.index.recipe import Recipe
from geo.indicators import Measure, published_indicators
from geo.report import EVALUATED_COUNT
from geo.robustness.uncertainty import Uncertainty, dimension_uncertainty, recipe_uncertainty

PREFIX: Final = "index_"
WHOLE: Final = "comprehensive"
YEARS: Final = range(2016, 2025)
UNSURE: Final = 0.1  # a rank whose tier changes in more of the draws is marked


def default_recipe(year: int) -> Recipe:
    """The default recipe with the set of measures that a year takes."""
    sets = [year_set.id for year_set in YEAR_SETS.values() if year in year_set.years]
    return Recipe(years=sets[0])


def open_index_measures() -> list[Measure]:
    """The whole index and its six dimensions, each with the years that have a score."""
    names = dataset().dimensions
    return [
        Measure(
            id=PREFIX + part,
            kind="index",
            dimension=part,
            name_en=names.loc[part, "name_en"],
            name_zh=names.loc[part, "name_zh"],
            years=tuple(
                year for year in YEARS if part == WHOLE or part in _scored_dimensions(year)
            ),
            unit_en="points, 1 to 100",
            unit_zh="分（1—100）",
            decimals=1,
            summary="median",
        )
        for part in map(str, names.index)
    ]


def _scored_dimensions(year: int) -> set[str]:
    """The dimensions that have a measure in a year."""
    return {
        published_indicators()[name].dimension
        for name in indicator_years(default_recipe(year).years, year)
    }


def counted_indicators(result: IndexResult, part: str = WHOLE) -> list[Measure]:
    """The indicators that count in the whole index, or stand under a dimension of it."""
    rows = result.indicators
    if part == WHOLE:
        chosen = rows["nominal"] > 0
    else:
        chosen = (rows["status"] == "used") & (rows["dimension"] == part)
    return [published_indicators()[str(name)] for name in rows.index[chosen]]


@lru_cache(maxsize=128)
def open_index_snapshot(measure_id: str, year: int) -> Snapshot:
    """The scores and ranks of a year by the default recipe, each rank with its interval."""
    part = measure_id.removeprefix(PREFIX)
    result = score_index(default_recipe(year), year)
    return result_snapshot(result, part, rank_intervals(result, part))


def score_snapshot(measure_id: str, year: int) -> Snapshot:
    """The same without the intervals, which take the most time: for what only counts cells."""
    return result_snapshot(score_index(default_recipe(year), year), measure_id.removeprefix(PREFIX))


def rank_intervals(result: IndexResult, dimension: str = WHOLE) -> Uncertainty:
    """How sure the ranks of a result are, in the whole or in one dimension."""
    if dimension == WHOLE:
        return recipe_uncertainty(result.recipe, result.year)
    return dimension_uncertainty(result, dimension)


def result_snapshot(result: IndexResult, part: str, sure: Uncertainty | None = None) -> Snapshot:
    """A result as the cells of a map: the whole index, or one of its dimensions.

    Units with too few figures for a score have a status of their own. sure: the draws that give
    each rank its interval; without them the cells have none.
    """
    table = result.table
    scores, ranks = ("score", "rank") if part == WHOLE else (f"score {part}", f"rank {part}")
    of = int(table[ranks].notna().sum())
    cells = {}
    for adcode, value in table[scores].items():
        if table.at[adcode, "standing"] is ScoreStatus.NOT_EVALUATED:
            cells[adcode] = Cell(adcode, Status.NOT_COVERED)
        elif value != value:  # noqa: PLR0124  (nan)
            cells[adcode] = Cell(adcode, Status.TOO_FEW)
        else:
            low, high, unsure = _rank_interval(adcode, sure)
            rank = int(table.at[adcode, ranks])
            cells[adcode] = Cell(
                adcode, Status.DERIVED, float(value), rank, of, low=low, high=high, unsure=unsure
            )
    snapshot = [cell.value for cell in cells.values() if cell.value is not None]
    middle = Benchmark(float(table[scores].median()), "median", len(snapshot), EVALUATED_COUNT)
    return Snapshot(
        PREFIX + part,
        result.year,
        Scale.QUANTITY,
        cells,
        middle if snapshot else None,
        is_open_index=True,
    )


def _rank_interval(adcode: str, sure: Uncertainty | None) -> tuple[int | None, int | None, bool]:
    if sure is None or adcode not in sure.table.index:
        return None, None, False
    row = sure.table.loc[adcode]
    return int(row["low"]), int(row["high"]), bool(row["tier_change"] > UNSURE)
