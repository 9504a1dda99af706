"""Calculation of an index from a table, a tree and a method, step by step.

It knows nothing about provinces or years, so it works for any units and can be tested on worked
examples. geo.index.scoring passes the data of the atlas; geo.index.uncertainty runs it many times.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from geo.index.aggregation import group_scores, index_scores
from geo.index.imputation import (
    Bools,
    has_sufficient_coverage,
    impute_group_median,
    impute_regional_median,
)
from geo.index.normalisation import normalise
from geo.index.treatment import Treatment, apply_treatment, fit_treatment
from geo.index.tree import Floats, Tree
from geo.text import N_, InputError

MIN_UNITS: Final = 2
LARGEST: Final = 1e100  # powers of larger values overflow a float
SMALLEST: Final = 1e-100
SAME: Final = 1e-12  # share of the largest value; smaller differences are rounding


@dataclass(frozen=True)
class Method:
    """The choices of method. Each name is a key of the table in the module of the step."""

    outliers: str = "none"
    normalisation: str = "min_max"
    imputation: str = "none"
    within: str = "arithmetic"  # mean of the indicators of a group
    across: str = "arithmetic"  # mean of the groups


@dataclass(frozen=True)
class IndexInputs:
    """The inputs of an index.

    figures: the published values, units by the indicators of the tree in its order, nan for a
    gap. reference: the values of all years stacked, or None when there is no other year.
    regions: the region of each unit, for the regional median.
    """

    figures: pd.DataFrame
    tree: Tree
    reference: pd.DataFrame | None = None
    regions: pd.Series | None = None

    @cached_property
    def is_present(self) -> Bools:
        """Units by indicators: whether there is a published value."""
        return np.isfinite(self.figures.to_numpy(float))

    def imputed(self, imputation: str) -> Floats:
        """Return the values with directions applied, gaps imputed by region if so chosen."""
        figures = self.figures
        if imputation == "region" and self.regions is not None:
            figures = impute_regional_median(figures, self.regions)
        return figures.to_numpy(float) * self.tree.directions

    def goalpost_values(self, values: Floats) -> Floats:
        """Return the values over which goalposts are fixed, with directions applied."""
        if self.reference is None:
            return values
        return self.reference.to_numpy(float) * self.tree.directions


@dataclass(frozen=True)
class Composition:
    """An index with the results of its steps. Arrays are units by indicators unless stated.

    treatment: the treatment of outliers; treated, normalised: the values after each step;
    groups: groups by units; index: units; nan where a unit does not pass the coverage screen.
    """

    treatment: Treatment
    treated: Floats
    normalised: Floats
    groups: Floats
    index: Floats


def uninformative_indicators(figures: pd.DataFrame) -> dict[str, str]:
    """Return the indicators without information, with the reason: ``missing`` or ``constant``.

    An indicator with a single value is constant too, and so is one whose values differ by no
    more than rounding.
    """
    values = figures.to_numpy(float)
    there = ~np.isnan(values)
    highest = np.where(there, values, -np.inf).max(axis=0, initial=-np.inf)
    lowest = np.where(there, values, np.inf).min(axis=0, initial=np.inf)
    missing = ~there.any(axis=0)
    same = np.maximum(SAME * np.maximum(np.abs(highest), np.abs(lowest)), SMALLEST)
    constant = ~missing & ~(highest - lowest > same)
    return {
        str(name): "missing" if missing[place] else "constant"
        for place, name in enumerate(figures.columns)
        if missing[place] or constant[place]
    }


def check_inputs(material: IndexInputs) -> None:
    """Raise InputError for inputs that give no index.

    These are: fewer than two units with values; an indicator without information (leave it out
    first, see ``uninformative_indicators``); a value so large that sums overflow.
    """
    if (np.abs(material.figures.to_numpy(float)) > LARGEST).any():
        raise InputError(
            N_(
                "A value is too large to calculate with. Enter a smaller one, or leave the cell "
                "empty."
            )
        )
    if material.is_present.any(axis=1).sum() < MIN_UNITS:
        raise InputError(
            N_("An index compares provinces: it requires values of at least two provinces.")
        )
    for name in uninformative_indicators(material.figures):
        raise InputError(
            N_("The values of {part} are the same in all provinces. Exclude it from the index."),
            part=name,
        )


@dataclass(frozen=True)
class TreatedValues:
    """Values after the treatment of outliers: those of the units, and those for goalposts."""

    treatment: Treatment
    values: Floats
    reference: Floats | None


def treat_outliers(material: IndexInputs, method: Method) -> TreatedValues:
    """Return the values with outliers treated, gaps imputed by region if so chosen.

    With goalposts the treatment too is fitted over all years; otherwise the scale would change
    from year to year.
    """
    values = material.imputed(method.imputation)
    if method.normalisation != "goalposts":
        treatment = fit_treatment(values, method.outliers)
        return TreatedValues(treatment, apply_treatment(values, treatment), None)
    pool = material.goalpost_values(values)
    treatment = fit_treatment(pool, method.outliers)
    return TreatedValues(
        treatment, apply_treatment(values, treatment), apply_treatment(pool, treatment)
    )


def normalise_values(material: IndexInputs, method: Method, treated: TreatedValues) -> Floats:
    """Return the treated values on one scale, gaps imputed by group if so chosen."""
    values = normalise(treated.values, method.normalisation, treated.reference)
    if method.imputation == "group":
        values = impute_group_median(values, material.tree.membership)
    return values


def compose_index(material: IndexInputs, method: Method) -> Composition:
    """Return the scores of all units. Raises the errors of ``check_inputs``."""
    check_inputs(material)
    ready = treat_outliers(material, method)
    scaled = normalise_values(material, method, ready)
    tree = material.tree
    in_group, in_index = has_sufficient_coverage(
        material.is_present, tree.leaf_weights, tree.group_weights
    )
    groups = group_scores(scaled, tree.leaf_weights, in_group, method.within)
    index = index_scores(groups, tree.group_weights, in_index, method.across)
    return Composition(ready.treatment, ready.values, scaled, groups, index)
