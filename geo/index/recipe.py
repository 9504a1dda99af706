"""Recipes: all choices of method and weights of an open index, validated on creation.

geo.index.recipe_files writes and reads recipes as URLs and files.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final

from pydantic import AfterValidator, PlainValidator, StrictBool, ValidationInfo
from pydantic.dataclasses import dataclass

from geo.index.aggregation import AGGREGATIONS
from geo.index.imputation import IMPUTATIONS
from geo.index.inputs import SECURITY_DIMENSION, YEAR_SETS, index_indicators, indicator_years
from geo.index.normalisation import NORMALISATIONS
from geo.index.treatment import OUTLIER_RULES
from geo.index.weighting import WEIGHTINGS
from geo.limits import MAX_WEIGHT
from geo.measures import dimension_ids, published_indicators
from geo.text import N_, Fault, InputError, expect, one_of, refuse_with, shorten_echo

Weights = tuple[tuple[str, float], ...]
DECIMALS: Final = 4  # of a weight, to keep addresses short

# The choices that are one of several names.
CHOICES: Final[Mapping[str, Collection[str]]] = {
    "years": YEAR_SETS,
    "imputation": IMPUTATIONS,
    "outliers": OUTLIER_RULES,
    "normalisation": NORMALISATIONS,
    "weighting": WEIGHTINGS,
    "within": AGGREGATIONS,
    "across": AGGREGATIONS,
}
SWITCHES: Final = ("security", "doubtful", "nearest_year")
WEIGHED: Final = ("dimension_weights", "indicator_weights")


def choice_error(name: str, value: object, expected: str) -> InputError:
    """Return the error for an invalid choice."""
    return InputError(
        N_("“{value}” for {name} is not valid in the recipe. Expected: {expected}."),
        name=name,
        value=shorten_echo(value),
        expected=expected,
    )


def describe_choice(fault: Fault) -> InputError:
    """Return the error for a fault of a recipe; that of a weight names its part."""
    name, value = fault.slots.get("choice", (fault.place[0], fault.value))
    return choice_error(str(name), value, fault.expected)


def _check_weights(known: Sequence[str], weights: Weights, info: ValidationInfo) -> Weights:
    """Return valid weights in a fixed order, so that equal recipes compare equal."""
    name = info.field_name
    values: dict[str, float] = {}
    for part, weight in weights:
        if part not in known:
            raise expect(" | ".join(known), choice=(name, part), part=part)
        if part in values:
            raise expect(f"{part} × 1", choice=(name, part), part=part)
        number = isinstance(weight, (int, float)) and not isinstance(weight, bool)
        # A comparison with NaN is false.
        if not (number and 0 <= weight <= MAX_WEIGHT and round(weight, DECIMALS) == weight):
            expected = f"0 … {MAX_WEIGHT:g} (≤ {DECIMALS} decimals)"
            raise expect(expected, choice=(f"{name}, {part}", weight), part=part)
        values[part] = float(weight)
    if values and set(values) == set(known) and not any(values.values()):
        raise InputError(N_("All custom weights are zero. Set at least one above zero."))
    return tuple((part, values[part]) for part in known if part in values)


def _sort_indicators(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in index_indicators() if name in names)


def _check_dimension_weights(weights: Any, info: ValidationInfo) -> Weights:
    return _check_weights(dimension_ids(), weights, info)


def _check_indicator_weights(weights: Any, info: ValidationInfo) -> Weights:
    return _check_weights(index_indicators(), weights, info)


@refuse_with(describe_choice)
@dataclass(frozen=True)
class Recipe:
    """All choices, each with its default. Raises InputError for an invalid choice.

    years: the set of measures (geo.index.inputs.YEAR_SETS). imputation, outliers,
    normalisation, weighting: keys of the tables in their modules. within, across: the mean of
    the indicators of a dimension, and of the dimensions. security: whether network security
    counts. doubtful: whether doubtful values are used. nearest_year: whether measures without the
    year of the snapshot enter with their nearest year. left_out: measures that are left out.
    dimension_weights, indicator_weights: weights set by the reader, by id, relative to their
    siblings; the default is 1. They need the weighting ``own``.
    """

    years: Annotated[str, one_of(YEAR_SETS)] = "2017"
    imputation: Annotated[str, one_of(IMPUTATIONS)] = "none"
    outliers: Annotated[str, one_of(OUTLIER_RULES)] = "winsorise"
    normalisation: Annotated[str, one_of(NORMALISATIONS)] = "min_max"
    weighting: Annotated[str, one_of(WEIGHTINGS)] = "dimension"
    within: Annotated[str, one_of(AGGREGATIONS)] = "arithmetic"
    across: Annotated[str, one_of(AGGREGATIONS)] = "arithmetic"
    security: StrictBool = False
    doubtful: StrictBool = False
    nearest_year: StrictBool = False
    left_out: Annotated[
        tuple[Annotated[str, one_of(index_indicators)], ...], AfterValidator(_sort_indicators)
    ] = ()
    dimension_weights: Annotated[Weights, PlainValidator(_check_dimension_weights)] = ()
    indicator_weights: Annotated[Weights, PlainValidator(_check_indicator_weights)] = ()

    def __post_init__(self) -> None:
        """Check that the choices fit each other."""
        if (self.dimension_weights or self.indicator_weights) and self.weighting != "own":
            raise InputError(
                N_(
                    "Custom weights are given, but the weighting is “{weighting}”. Set it to “own”."
                ),
                weighting=self.weighting,
            )
        if self.nearest_year and not YEAR_SETS[self.years].snapshot:
            raise InputError(
                N_(
                    "The nearest year is available only with the indicators of 2017: the"
                    " indicators of {years} are compared over years, so each value must be of its"
                    " own year."
                ),
                years=self.years,
            )

    def weight_of(self, dimension: str) -> float:
        """Return the weight that the reader sets for a dimension; 1 if none is set."""
        return dict(self.dimension_weights).get(dimension, 1.0)

    def indicators_for(self, year: int) -> dict[str, int]:
        """Return the measures that enter, each with the year of its values.

        Raises InputError when the set does not have the year, when no measure is left, or when
        network security is to count and has no value.
        """
        numbers = indicator_years(self.years, year, self.nearest_year)
        numbers = {name: number for name, number in numbers.items() if name not in self.left_out}
        if self.security and not any(
            published_indicators()[m].dimension == SECURITY_DIMENSION for m in numbers
        ):
            raise InputError(
                N_(
                    "Network security is to count, but has no value for {year}. Choose a year from "
                    "2018 on, use the nearest year, or do not count it."
                ),
                year=year,
            )
        if not numbers:
            raise InputError(
                N_(
                    "All indicators are excluded, so the index cannot be calculated. Include at "
                    "least one."
                )
            )
        return numbers


# Weak proxies for what they are meant to measure (data/measures.csv, caveats).
WEAK: Final = (
    "digital_finance_index",
    "base_stations_per_10k",
    "optical_cable_density",
    "security_revenue_share_gdp",
    "policy_attention",
)


@dataclasses.dataclass(frozen=True)
class Preset:
    """A recipe with a name and a sentence on its purpose."""

    id: str
    name: str
    note: str
    recipe: Recipe


@cache
def presets() -> Mapping[str, Preset]:
    """Return the presets by id, the default first.

    They are built on the first call, not on import: a recipe is checked against the tables, and
    the start of the app has to report a broken table.
    """
    return {preset.id: preset for preset in _build_presets()}


def _build_presets() -> tuple[Preset, ...]:
    return (
        Preset(
            "default",
            N_("Equal weights for the six dimensions"),
            N_(
                "All dimensions have the same weight, except network security, which is shown "
                "and not counted. The report’s own weights are not published."
            ),
            Recipe(),
        ),
        Preset(
            "indicator",
            N_("Equal by indicator"),
            N_(
                "All indicators have the same weight, so dimensions with more indicators count "
                "more."
            ),
            Recipe(weighting="indicator"),
        ),
        Preset(
            "entropy",
            N_("Entropy"),
            N_(
                "The method most used in Chinese research. Unevenly distributed indicators get "
                "more weight, which favours skewed ones."
            ),
            Recipe(weighting="entropy"),
        ),
        Preset(
            "infrastructure",
            N_("Infrastructure first"),
            N_("Information infrastructure counts twice as much as any other dimension."),
            Recipe(weighting="own", dimension_weights=(("information_infrastructure", 2.0),)),
        ),
        Preset(
            "without_weak",
            N_("Without weak proxies"),
            N_(
                "Excludes security revenue, policy words, the finance index, base stations per "
                "capita and cable density."
            ),
            Recipe(left_out=WEAK),
        ),
    )
