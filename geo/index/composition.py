"""An index out of a table, a tree and a method: the steps in their order, nothing else.

Knows nothing of provinces or years, so that it can be held against worked examples and used for
any units. geo.index.scoring gives it the atlas's figures; geo.index.uncertainty runs it many times.
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
LARGEST: Final = 1e100  # powers of what is larger run out of a float's range
SMALLEST: Final = 1e-100
SAME: Final = 1e-12  # of the largest figure: differences below are rounding


@dataclass(frozen=True)
class Method:
    """How figures become scores. Each name is a key of the table in its module."""

    outliers: str = "none"
    normalisation: str = "min_max"
    imputation: str = "none"
    within: str = "arithmetic"  # mean of the indicators of a group
    across: str = "arithmetic"  # mean of the groups


@dataclass(frozen=True)
class IndexInputs:
    """What an index is made of.

    figures: units by the tree's indicators in its order, as published, nan for a gap.
    reference: the figures of all years below one another, or None where the table is all
    there is. regions: the region of each unit, for the regional median.
    """

    figures: pd.DataFrame
    tree: Tree
    reference: pd.DataFrame | None = None
    regions: pd.Series | None = None

    @cached_property
    def is_present(self) -> Bools:
        """Units by indicators: whether there is a published figure."""
        return np.isfinite(self.figures.to_numpy(float))

    def imputed(self, imputation: str) -> Floats:
        """Figures with more as better, gaps filled from the region where that is asked."""
        figures = self.figures
        if imputation == "region" and self.regions is not None:
            figures = impute_regional_median(figures, self.regions)
        return figures.to_numpy(float) * self.tree.directions

    def goalpost_values(self, values: Floats) -> Floats:
        """The figures over which goalposts are fixed, with more as better."""
        if self.reference is None:
            return values
        return self.reference.to_numpy(float) * self.tree.directions


@dataclass(frozen=True)
class Composition:
    """An index with its steps. Arrays are units by indicators, or as said.

    treatment: what was done about outliers; treated, normalised: the figures after each step;
    groups: groups by units; index: units; nan where a unit does not pass the screen.
    """

    treatment: Treatment
    treated: Floats
    normalised: Floats
    groups: Floats
    index: Floats


def uninformative_indicators(figures: pd.DataFrame) -> dict[str, str]:
    """Indicators that can tell no units apart, with why: ``missing`` or ``constant``.

    An indicator with a single figure is constant too, and so is one whose figures differ by no
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
    """Raise InputError where no index can come of a table.

    Refused are: fewer than two units with figures; an indicator that tells no units apart
    (leave it out first, see ``uninformative_indicators``); a figure so large that sums run over.
    """
    if (np.abs(material.figures.to_numpy(float)) > LARGEST).any():
        raise InputError(
            N_(
                "A figure is too large to calculate with. Give a smaller one, or leave the cell"
                " empty."
            )
        )
    if material.is_present.any(axis=1).sum() < MIN_UNITS:
        raise InputError(N_("An index compares: figures of at least two provinces are needed."))
    for name in uninformative_indicators(material.figures):
        raise InputError(
            N_("The figures of {part} are the same everywhere. Leave it out of the index."),
            part=name,
        )


@dataclass(frozen=True)
class TreatedValues:
    """Figures after outliers: the treatment, the units' own, and those that goalposts span."""

    treatment: Treatment
    values: Floats
    reference: Floats | None


def treat_outliers(material: IndexInputs, method: Method) -> TreatedValues:
    """Gaps filled from the region where that is asked, outliers treated.

    Under goalposts the treatment is fitted over all years as well, or the scale would move
    from year to year after all.
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
    """Treated figures on one scale, gaps filled from the group where that is asked."""
    values = normalise(treated.values, method.normalisation, treated.reference)
    if method.imputation == "group":
        values = impute_group_median(values, material.tree.membership)
    return values


def compose_index(material: IndexInputs, method: Method) -> Composition:
    """The scores of all units. Raises InputError as ``check_inputs`` does."""
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
