"""A recipe as one sentence: weights, years and indicators, scale, mean, network security."""

from __future__ import annotations

from typing import Final

from geo.index import SECURITY_DIMENSION, YEAR_SETS, IndexResult, presets
from geo.text import N_, Translator
from pages.parts.index.recipe import CUSTOM, RequestedRecipe

SENTENCE: Final = N_(
    "The index of {year} {weights}, uses {indicators}, {scale}, and takes {mean}{security}."
)
WEIGHTS: Final = {
    "dimension": N_("gives {dimensions} dimensions equal weight"),
    "indicator": N_("gives {count} indicators equal weight"),
    "entropy": N_("weights {count} indicators by their entropy"),
    "component": N_("weights {count} indicators by their first principal component"),
    CUSTOM: N_("gives {dimensions} dimensions custom weights"),
}
SCALES: Final = {
    "min_max": N_("scales them from minimum to maximum (min–max)"),
    "z_score": N_("scales them by standard deviations (z-scores)"),
    "percentile_rank": N_("scales them by percentile rank"),
    "rank": N_("scales them by rank"),
    "distance_to_best": N_("scales them as a share of the highest value"),
    "goalposts": N_("scales them from minimum to maximum over all years"),
}
MEANS: Final = {
    "arithmetic": N_("the arithmetic mean"),
    "geometric": N_("the geometric mean"),
    "harmonic": N_("the harmonic mean"),
}
OTHER_CHOICES: Final[dict[str, dict[object, str]]] = {
    "outliers": {
        "none": N_("outliers are not treated"),
        "log": N_("outliers are treated by logarithms"),
        "percentile": N_("the lowest and highest 2.5% of each indicator are winsorised"),
    },
    "imputation": {
        "group": N_("missing values are filled with the median of the dimension"),
        "region": N_("missing values are filled with the median of the region"),
    },
    "doubtful": {True: N_("doubtful values are used")},
    "nearest_year": {True: N_("indicators without the year use their nearest year")},
}


def describe_recipe(requested: RequestedRecipe, result: IndexResult, t: Translator) -> str:
    """Return the recipe in a sentence, and in a second one what else differs from the default."""
    recipe = requested.recipe
    count = int((result.indicators["nominal"] > 0).sum())
    text = t(
        SENTENCE,
        year=requested.year,
        weights=_weights_phrase(requested, count, len(result.counted), t),
        indicators=_indicators_phrase(requested, count, t),
        scale=t(SCALES[recipe.normalisation]),
        mean=_mean_phrase(recipe.within, recipe.across, t),
        security=_security_phrase(requested, result, t),
    )
    others = [
        t(names[value])
        for field, names in OTHER_CHOICES.items()
        if (value := getattr(recipe, field)) in names
    ]
    if recipe.left_out and requested.name not in presets():
        others.append(t(N_("{count} indicators are excluded"), count=len(recipe.left_out)))
    if not others:
        return text
    return " ".join([text, t(N_("Further choices: {choices}."), choices=t.join_names(others))])


def _weights_phrase(requested: RequestedRecipe, count: int, dimensions: int, t: Translator) -> str:
    named = presets().get(requested.name)
    if named and named.recipe.weighting == CUSTOM:
        return t(N_("takes the weights of “{name}”"), name=t(named.name))
    return t(WEIGHTS[requested.recipe.weighting], count=count, dimensions=dimensions)


def _indicators_phrase(requested: RequestedRecipe, count: int, t: Translator) -> str:
    chosen = YEAR_SETS[requested.recipe.years]
    if chosen.snapshot:
        return t(N_("{count} indicators of {year} only"), count=count, year=requested.year)
    first, last = chosen.years[0], chosen.years[-1]
    message = (
        N_("the few indicators ({count}) that are comparable over {first}–{last}")
        if chosen.weak
        else N_("{count} indicators that are comparable over {first}–{last}")
    )
    return t(message, count=count, first=first, last=last)


def _mean_phrase(within: str, across: str, t: Translator) -> str:
    if within == across:
        return t(MEANS[within])
    return t(
        N_("{within} within and {across} across dimensions"),
        within=t(MEANS[within]),
        across=t(MEANS[across]),
    )


def _security_phrase(requested: RequestedRecipe, result: IndexResult, t: Translator) -> str:
    if requested.recipe.security:
        return ""
    if SECURITY_DIMENSION in result.dimensions:
        return t(N_("; network security is shown, not counted"))
    return t(N_("; network security has no values in that year"))
