"""Coverage screen and imputation of missing values (Handbook, steps 2 and 3).

A score from too few values does not measure the same thing, so a unit with too little of the
weight of a group has no score.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.index.tree import Floats
from geo.text import N_

COVERAGE: Final = 0.65  # share of a group's weight: the Handbook's example, two thirds, rounded
IMPUTATIONS: Final = {
    "none": N_("Not filled: the weights of the available indicators are scaled up"),
    "group": N_(
        "The median of the province’s other indicators in the same dimension, after normalisation"
    ),
    "region": N_("The median of the provinces of the same region"),
}
_ROUNDING: Final = 1e-9

Bools = NDArray[np.bool_]


def has_sufficient_coverage(
    present: Bools, leaf_weights: Floats, group_weights: Floats
) -> tuple[Bools, Bools]:
    """Return whether each unit has at least 65% of the weight of each group, and of the index.

    present: units by indicators. leaf_weights: (..., groups, indicators); group_weights:
    (..., groups); leading axes are variants, calculated at once. Returns (..., groups,
    units) and (..., units). The weight of a group that a unit does not pass is missing for it
    at the level of the index; no unit passes a group without weighted indicators.

    >>> here = np.array([[True, True, False], [True, False, False]])
    >>> has_sufficient_coverage(here, np.array([[1/3, 1/3, 1/3]]), np.array([1.0]))[1].tolist()
    [True, False]
    """
    total = leaf_weights.sum(axis=-1)
    held = leaf_weights @ present.T.astype(float)
    in_group = (held >= (COVERAGE - _ROUNDING) * total[..., None]) & (total[..., None] > 0)
    counted = group_weights * (total > 0)
    carried = (counted[..., None] * in_group).sum(axis=-2)
    whole = counted.sum(axis=-1)[..., None]
    return in_group, (carried >= (COVERAGE - _ROUNDING) * whole) & (whole > 0)


def impute_regional_median(figures: pd.DataFrame, regions: pd.Series) -> pd.DataFrame:
    """Return values (units by indicators) with each gap filled by the median of its region.

    regions: the region of each unit. A gap stays where no unit of the region has a value.
    """
    medians = figures.groupby(regions.reindex(figures.index)).transform("median")
    return figures.fillna(medians)


def impute_group_median(normalised: Floats, membership: Floats) -> Floats:
    """Return normalised values with each gap filled by the unit's median in the same group.

    normalised: units by indicators, on one scale (a median over different units of measurement
    has no meaning). membership: groups by indicators, 0 or 1. A gap stays where the unit has no
    value in the group.
    """
    filled = normalised.copy()
    for row in membership.astype(bool):
        block = pd.DataFrame(normalised[:, row])
        medians = block.median(axis=1)
        filled[:, row] = block.apply(lambda column, m=medians: column.fillna(m)).to_numpy()
    return filled
