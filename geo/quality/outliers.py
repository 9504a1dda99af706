"""The rule that finds values to be looked at: changes that leave those of the other provinces.

A change from one published year to the next is the logarithm of their ratio. For each series and
year the median of all provinces' changes is what everyone shares; a change is an outlier where it
leaves that median by more than ``DEVIATIONS`` median absolute deviations, scaled by
``NORMAL_SCALE`` to a standard deviation under normality (Iglewicz and Hoaglin 1993). Two bounds
hold the rule where the spread is tiny or wide: less than ``LEAST_FACTOR`` is never an outlier,
``SURE_FACTOR`` and more always is.

A second look at the levels says which of the two years is the odd one: a year that leaves both its
neighbours in the same direction is a spike or a dip, otherwise the later year begins a new level.
The rule finds; people decide: every outlier stands in doubtful.csv or in explained.csv.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

DEVIATIONS: Final = 5.0
NORMAL_SCALE: Final = 1.4826
LEAST_FACTOR: Final = 1.35
SURE_FACTOR: Final = 2.0
# By how much a spike or a dip must leave each of the years next to it.
NEIGHBOUR_FACTOR: Final = 1.3

SERIES: Final = ["indicator", "adcode"]


def find_outliers(indicators: pd.DataFrame) -> pd.DataFrame:
    """The changes that leave those of the other provinces, with the year that looks odd.

    indicators: one row per published value, columns indicator, adcode, year, value; values that
    are not above zero have no logarithm and are left aside. Returns one row per outlying change,
    ordered by indicator, adcode and year: ``year`` and ``year_before`` (the published year before),
    ``factor`` (value over the value before), ``median_factor`` (of all provinces),
    ``threshold_factor`` (what the ratio of both must reach, up or down), ``odd_year`` and
    ``shape`` (spike, dip or step).
    """
    frame = indicators.loc[indicators["value"] > 0, [*SERIES, "year", "value"]]
    frame = frame.sort_values([*SERIES, "year"], ignore_index=True)
    year = [frame["indicator"], frame["year"]]
    logs = np.log(frame["value"])
    frame["level"] = logs - logs.groupby(year).transform("median")
    series = frame.groupby(SERIES)
    frame["year_before"] = series["year"].shift()
    frame["change"] = logs - np.log(series["value"].shift())
    frame["median"] = frame["change"].groupby(year).transform("median")
    deviation = (frame["change"] - frame["median"]).abs()
    spread = NORMAL_SCALE * deviation.groupby(year).transform("median")
    frame["threshold"] = (DEVIATIONS * spread).clip(np.log(LEAST_FACTOR), np.log(SURE_FACTOR))
    frame["step"] = series["level"].diff()
    frame["step_before"] = frame.groupby(SERIES)["step"].shift()
    frame["step_after"] = frame.groupby(SERIES)["step"].shift(-1)
    outlying = frame[deviation >= frame["threshold"]]
    odd = [_look_at_levels(row) for row in outlying.itertuples()]
    return pd.DataFrame(
        {
            **{name: outlying[name] for name in ("indicator", "adcode", "year")},
            "year_before": outlying["year_before"].astype(int),
            "factor": np.exp(outlying["change"]),
            "median_factor": np.exp(outlying["median"]),
            "threshold_factor": np.exp(outlying["threshold"]),
            "odd_year": [year for year, _ in odd],
            "shape": [shape for _, shape in odd],
        }
    ).reset_index(drop=True)


def _look_at_levels(row: Any) -> tuple[int, str]:
    """The odd year of an outlying change, and what it is: spike, dip or step.

    row: steps of the level relative to the median of all provinces, into the later year, into the
    earlier and out of the later; nan at the ends of a series, where a value has one neighbour and
    cannot be told from a step.
    """
    result = []
    for year, into, out_of in (
        (row.year_before, row.step_before, row.step),
        (row.year, row.step, row.step_after),
    ):
        apart = min(abs(into), abs(out_of))
        if into * out_of < 0 and apart > np.log(NEIGHBOUR_FACTOR):
            result.append((apart, int(year), "spike" if into > 0 else "dip"))
    if not result:
        return int(row.year), "step"
    _, year, shape = max(result)
    return year, shape
