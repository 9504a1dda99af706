"""What must be said of the open index wherever it shows: whose it is, and on what it rests."""

from __future__ import annotations

from typing import Final

from geo import openindex, wording
from geo.index.figures import YEAR_SETS
from geo.index.model import score_index
from geo.index.recipe import presets
from geo.indicators import Measure
from geo.text import N_, Translator

# By the kind of set, for one indicator and for several.
WHOSE: Final = {
    "snapshot": (
        N_("Our own reckoning, not the report’s, from one indicator of {years}"),
        N_("Our own reckoning, not the report’s, from {count} indicators of {years}"),
    ),
    "comparable": (
        N_("Our own reckoning, not the report’s, from one indicator that compares over {years}"),
        N_(
            "Our own reckoning, not the report’s, from {count} indicators that compare over {years}"
        ),
    ),
    "weak": (
        N_(
            "Our own reckoning, not the report’s, from one indicator that compares over {years}"
            " (few: weak)"
        ),
        N_(
            "Our own reckoning, not the report’s, from {count} indicators that compare over {years}"
            " (few: weak)"
        ),
    ),
}


def open_index_note(measure: Measure, year: int, t: Translator) -> str:
    """Whose the open index is, on how many indicators a year rests, and with what it compares."""
    result = score_index(openindex.default_recipe(year), year)
    chosen = YEAR_SETS[result.recipe.years]
    kind = "snapshot" if chosen.snapshot else "weak" if chosen.weak else "comparable"
    count = len(openindex.counted_indicators(result, measure.dimension))
    years = t(N_("{first} to {last}"), first=chosen.years[0], last=chosen.years[-1])
    return t(
        WHOSE[kind][count > 1],
        count=count,
        years=str(chosen.years[0]) if chosen.snapshot else years,
    )


def open_index_definition(measure: Measure, year: int, t: Translator) -> list[tuple[str, str]]:
    """How the index comes about, what enters, and how its intervals are made."""
    result = score_index(openindex.default_recipe(year), year)
    default = presets()["default"]
    sure = openindex.rank_intervals(result, measure.dimension)
    names = [
        wording.measure_name(counted_indicator, t)
        for counted_indicator in openindex.counted_indicators(result, measure.dimension)
    ]
    listed = (
        t(N_("{count}, listed with their weights on the Index page"), count=len(names))
        if measure.dimension == openindex.WHOLE
        else t.join_names(names)
    )
    return [
        (t(N_("Definition")), t(default.note)),
        (t(N_("Indicators")), listed),
        (
            t(N_("Intervals")),
            t(
                N_(
                    "The 5th to 95th percentile of the rank over {draws} draws of weights,"
                    " normalisation, aggregation, outlier rule and one indicator left out (seed"
                    " {seed}). It is no confidence interval."
                ),
                draws=t.format_number(sure.draws),
                seed=sure.seed,
            ),
        ),
    ]
