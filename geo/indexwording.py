"""What must be said of the open index wherever it shows: whose it is, and on what it rests."""

from __future__ import annotations

from typing import Final

from geo import openindex, wording
from geo.index.figures import YEAR_SETS
from geo.index.model import score
from geo.index.recipe import named_recipes
from geo.indicators import Measure
from geo.text import N_, Texts

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


def note(measure: Measure, year: int, say: Texts) -> str:
    """Whose the open index is, on how many indicators a year rests, and with what it compares."""
    result = score(openindex.recipe(year), year)
    chosen = YEAR_SETS[result.recipe.years]
    kind = "snapshot" if chosen.snapshot else "weak" if chosen.weak else "comparable"
    count = len(openindex.entered(result, measure.dimension))
    years = say(N_("{first} to {last}"), first=chosen.years[0], last=chosen.years[-1])
    return say(
        WHOSE[kind][count > 1],
        count=count,
        years=str(chosen.years[0]) if chosen.snapshot else years,
    )


def definition(measure: Measure, year: int, say: Texts) -> list[tuple[str, str]]:
    """How the index comes about, what enters, and how its intervals are made."""
    result = score(openindex.recipe(year), year)
    default = named_recipes()["default"]
    sure = openindex.intervals(result, measure.dimension)
    names = [wording.measure_name(own, say) for own in openindex.entered(result, measure.dimension)]
    listed = (
        say(N_("{count}, listed with their weights on the Index page"), count=len(names))
        if measure.dimension == openindex.WHOLE
        else say.listing(names)
    )
    return [
        (say(N_("Definition")), say(default.note)),
        (say(N_("Indicators")), listed),
        (
            say(N_("Intervals")),
            say(
                N_(
                    "The 5th to 95th percentile of the rank over {draws} draws of weights,"
                    " normalisation, aggregation, outlier rule and one indicator left out (seed"
                    " {seed}). It is no confidence interval."
                ),
                draws=say.number(sure.draws),
                seed=sure.seed,
            ),
        ),
    ]
