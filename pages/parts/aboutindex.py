"""How the open index comes about, as the definition beside a map prints it."""

from __future__ import annotations

from geo import indexwords, openindex, wording
from geo.index.recipe import named_recipes
from geo.indicators import Measure
from geo.text import N_, Texts


def definition(measure: Measure, year: int, say: Texts) -> list[tuple[str, str]]:
    """How the index comes about, what enters, and how its intervals are made."""
    result = indexwords.default_result(year)
    default = named_recipes()["default"]
    sure = openindex.intervals(result, measure.dimension)
    names = [wording.measure_name(own, say) for own in indexwords.entered(measure, result)]
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
