"""The open index as a measure: default recipe, snapshots, rank intervals, definition."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from geo.index.inputs import YEAR_SETS, indicator_years
from geo.index.recipe import Recipe, presets
from geo.index.scoring import IndexResult, ScoreStatus, score_index
from geo.index.uncertainty import Uncertainty, dimension_uncertainty, recipe_uncertainty
from geo.limits import INDEX_SNAPSHOT_CACHE_SIZE
from geo.measures import (
    EVALUATED_COUNT,
    Benchmark,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    measure_name,
    published_indicators,
)
from geo.tables import dataset
from geo.text import N_, Translator

INDEX_PREFIX: Final = "index_"
WHOLE_INDEX: Final = "comprehensive"
YEARS: Final = range(2016, 2025)
UNSURE: Final = 0.1  # mark a rank whose tier changes in a larger share of the draws
# By the kind of set, for one indicator and for several.
DEFINITION_OWNER: Final = {
    "snapshot": (
        N_("Calculated by this atlas from one open indicator of {years}; not the report’s index"),
        N_(
            "Calculated by this atlas from {count} open indicators of {years}; not the "
            "report’s index"
        ),
    ),
    "comparable": (
        N_(
            "Calculated by this atlas from one open indicator comparable over {years}; not "
            "the report’s index"
        ),
        N_(
            "Calculated by this atlas from {count} open indicators comparable over {years}; "
            "not the report’s index"
        ),
    ),
    "weak": (
        N_(
            "Calculated by this atlas from one open indicator comparable over {years} (weak "
            "evidence); not the report’s index"
        ),
        N_(
            "Calculated by this atlas from {count} open indicators comparable over {years} "
            "(few, weak evidence); not the report’s index"
        ),
    ),
}


@cache
def default_recipe(year: int) -> Recipe:
    """Return the default recipe with the set of measures of a year."""
    sets = [year_set.id for year_set in YEAR_SETS.values() if year in year_set.years]
    return Recipe(years=sets[0])


def open_index_measures() -> list[Measure]:
    """Return the whole index and its six dimensions, each with the years that have a score."""
    names = dataset().dimensions
    return [
        Measure(
            id=INDEX_PREFIX + part,
            kind="index",
            dimension=part,
            name_en=names.loc[part, "name_en"],
            name_zh=names.loc[part, "name_zh"],
            years=tuple(
                year for year in YEARS if part == WHOLE_INDEX or part in _scored_dimensions(year)
            ),
            unit_en="points, 1 to 100",
            unit_zh="分，1—100",
            decimals=1,
            summary="median",
            source=open_index_snapshot,
        )
        for part in map(str, names.index)
    ]


def _scored_dimensions(year: int) -> set[str]:
    """Return the dimensions that have a measure in a year."""
    return {
        published_indicators()[name].dimension
        for name in indicator_years(default_recipe(year).years, year)
    }


def counted_indicators(result: IndexResult, part: str = WHOLE_INDEX) -> list[Measure]:
    """Return the indicators that count in the whole index, or those of one dimension."""
    rows = result.indicators
    if part == WHOLE_INDEX:
        chosen = rows["nominal"] > 0
    else:
        chosen = (rows["status"] == "used") & (rows["dimension"] == part)
    return [published_indicators()[str(name)] for name in rows.index[chosen]]


def rests_on_one_indicator(result: IndexResult, part: str = WHOLE_INDEX) -> bool:
    """Return whether a single indicator counts, so that no choice of method moves a rank."""
    return len(counted_indicators(result, part)) == 1


@lru_cache(maxsize=INDEX_SNAPSHOT_CACHE_SIZE)
def open_index_snapshot(measure_id: str, year: int) -> Snapshot:
    """Return the scores and ranks of a year by the default recipe, with rank intervals."""
    part = measure_id.removeprefix(INDEX_PREFIX)
    result = score_index(default_recipe(year), year)
    if rests_on_one_indicator(result, part):
        return result_snapshot(result, part)
    return result_snapshot(result, part, rank_intervals(result, part))


def score_snapshot(measure_id: str, year: int) -> Snapshot:
    """Return ``open_index_snapshot`` without the intervals, which take most of the time."""
    return result_snapshot(
        score_index(default_recipe(year), year), measure_id.removeprefix(INDEX_PREFIX)
    )


def rank_intervals(result: IndexResult, dimension: str = WHOLE_INDEX) -> Uncertainty:
    """Return the uncertainty of the ranks of a result, in the whole index or one dimension."""
    if dimension == WHOLE_INDEX:
        return recipe_uncertainty(result.recipe, result.year)
    return dimension_uncertainty(result, dimension)


def result_snapshot(result: IndexResult, part: str, sure: Uncertainty | None = None) -> Snapshot:
    """Return a result as a snapshot: the whole index, or one of its dimensions.

    Units with too few values for a score have the status TOO_FEW. sure: the draws that give
    each rank its interval; without them the cells have no interval. Ranks that rest on one
    indicator have none: an interval of one rank would claim a certainty that the draws do not
    measure.
    """
    one_indicator = rests_on_one_indicator(result, part)
    table = result.table
    scores, ranks = ("score", "rank") if part == WHOLE_INDEX else (f"score {part}", f"rank {part}")
    of = int(table[ranks].notna().sum())
    cells = {}
    for adcode, value in table[scores].items():
        if table.at[adcode, "standing"] is ScoreStatus.NOT_EVALUATED:
            cells[adcode] = Cell(adcode, Status.NOT_COVERED)
        elif value != value:  # noqa: PLR0124  (nan)
            cells[adcode] = Cell(adcode, Status.TOO_FEW)
        else:
            low, high, unsure = _rank_interval(adcode, None if one_indicator else sure)
            rank = int(table.at[adcode, ranks])
            cells[adcode] = Cell(
                adcode,
                Status.DERIVED,
                float(value),
                rank,
                of,
                low=low,
                high=high,
                unsure=unsure,
                one_indicator=one_indicator,
            )
    snapshot = [cell.value for cell in cells.values() if cell.value is not None]
    middle = Benchmark(float(table[scores].median()), "median", len(snapshot), EVALUATED_COUNT)
    return Snapshot(
        INDEX_PREFIX + part,
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


def open_index_note(measure: Measure, year: int, t: Translator) -> str:
    """Return a note on who makes the open index, its indicators in a year, and comparability."""
    result = score_index(default_recipe(year), year)
    chosen = YEAR_SETS[result.recipe.years]
    kind = "snapshot" if chosen.snapshot else "weak" if chosen.weak else "comparable"
    count = len(counted_indicators(result, measure.dimension))
    years = t(N_("{first} to {last}"), first=chosen.years[0], last=chosen.years[-1])
    return t(
        DEFINITION_OWNER[kind][count > 1],
        count=count,
        years=str(chosen.years[0]) if chosen.snapshot else years,
    )


def open_index_definition(measure: Measure, year: int, t: Translator) -> list[tuple[str, str]]:
    """Return the method, the indicators and the intervals as pairs of heading and text."""
    result = score_index(default_recipe(year), year)
    default = presets()["default"]
    names = [
        measure_name(indicator, t) for indicator in counted_indicators(result, measure.dimension)
    ]
    listed = (
        t(N_("{count}, listed with their weights on the Index page"), count=len(names))
        if measure.dimension == WHOLE_INDEX
        else t.join_names(names)
    )
    return [
        (t(N_("Definition")), t(default.note)),
        (t(N_("Indicators")), listed),
        (t(N_("Intervals")), _describe_intervals(result, measure.dimension, t)),
    ]


def _describe_intervals(result: IndexResult, part: str, t: Translator) -> str:
    if rests_on_one_indicator(result, part):
        return t(
            N_(
                "Not available: the index uses one indicator, so no choice of method changes a "
                "rank. The accuracy of that indicator is not known."
            )
        )
    sure = rank_intervals(result, part)
    return t(
        N_(
            "The 5th to 95th percentile of the rank over {draws} draws of weights, "
            "normalisation, aggregation, outlier rule and one excluded indicator (seed "
            "{seed}). It is not a confidence interval."
        ),
        draws=t.format_number(sure.draws),
        seed=sure.seed,
    )
