"""What must be said of the open index wherever it shows: whose it is, and on what it rests."""

from __future__ import annotations

from typing import Final

from geo import openindex
from geo.index.agreement import Agreement, agreement
from geo.index.figures import YEAR_SETS
from geo.index.model import IndexResult, score
from geo.indicators import Measure, indicators
from geo.text import N_, Texts

EDITION: Final = 2017


def default_result(year: int) -> IndexResult:
    """The open index of a year by our default recipe."""
    return score(openindex.recipe(year), year)


def entered(measure: Measure, result: IndexResult) -> list[Measure]:
    """The indicators that count in the whole index, or stand under a dimension of it."""
    rows = result.indicators
    if measure.dimension == openindex.WHOLE:
        chosen = rows["nominal"] > 0
    else:
        chosen = (rows["status"] == "used") & (rows["dimension"] == measure.dimension)
    return [indicators()[str(name)] for name in rows.index[chosen]]


def reckoning(measure: Measure, year: int, say: Texts) -> str:
    """Whose the open index is, on how many indicators a year rests, and with what it compares."""
    result = default_result(year)
    chosen = YEAR_SETS[result.recipe.years]
    parts = entered(measure, result)
    years = say(N_("{first} to {last}"), first=chosen.years[0], last=chosen.years[-1])
    if chosen.snapshot:
        message = N_("Our own reckoning, not the report’s, from {count} indicators of {years}")
        years = str(chosen.years[0])
    elif len(parts) == 1:
        message = N_(
            "Our own reckoning, not the report’s, from one indicator that compares over {years}"
            " (alone: weak)"
        )
    elif chosen.weak:
        message = N_(
            "Our own reckoning, not the report’s, from {count} indicators that compare over {years}"
            " (few: weak)"
        )
    else:
        message = N_(
            "Our own reckoning, not the report’s, from {count} indicators that compare over {years}"
        )
    return say(message, count=len(parts), years=years)


def with_report(measure: Measure, year: int) -> Agreement | None:
    """How an open index agrees with its published list of 2017; None where there is none."""
    found = agreement(default_result(year), EDITION)
    return next((own for own in found if own.index == measure.dimension), None)
