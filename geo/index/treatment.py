"""Treatment of outliers: none, winsorisation, logarithms or percentile bounds.

A single extreme value makes all others look alike after normalisation (Handbook, step 5). The rule
is the JRC's, as in COINr: an indicator is treated where |skew| > 2 and kurtosis > 3.5, both with
the sample corrections (G1, G2; kurtosis is the excess).

All treatments keep the order of the units (weakly). They are fitted on one table and can be
applied to another, for example fitted over all years and applied to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from geo.index.tree import Floats
from geo.text import N_

SKEW: Final = 2.0
KURTOSIS: Final = 3.5
MIN_VALUES: Final = 4  # fewer values have no kurtosis
MAX_WINSORISED: Final = 5  # the most values that winsorisation may change, as in COINr; or:
MAX_WINSORISED_SHARE: Final = 0.05
TAIL_PCT: Final = 2.5
LOG_STRETCH: Final = 100.0
OUTLIER_RULES: Final = {
    "none": N_("No treatment"),
    "winsorise": N_("Winsorise where skewness is above 2 and kurtosis above 3.5"),
    "log": N_("Logarithms where skewness is above 2 and kurtosis above 3.5"),
    "percentile": N_("Winsorise the lowest and highest 2.5% of every indicator"),
}


@dataclass(frozen=True)
class Treatment:
    """The treatment of each indicator; arrays with one entry per indicator.

    low, high: the bounds to which values are clipped (infinite: none). logged: whether
    log(1 + 100 (x - origin) / reach) is taken instead. skew, kurtosis: before the treatment.
    """

    low: Floats
    high: Floats
    logged: Floats
    origin: Floats
    reach: Floats
    skew: Floats
    kurtosis: Floats

    def treatment_names(self) -> list[str]:
        """Return the treatment of each indicator: none, winsorise or log."""
        clipped = np.isfinite(self.low) | np.isfinite(self.high)
        return [
            "log" if log else "winsorise" if clip else "none"
            for log, clip in zip(self.logged > 0, clipped, strict=True)
        ]


def skew_and_kurtosis(figures: Floats) -> tuple[Floats, Floats]:
    """Return the sample skew G1 and the excess kurtosis G2 of each column, ignoring gaps.

    With m_k the k-th central moment: G1 = m3 / m2^1.5 √(n(n-1)) / (n-2) and G2 = (n-1) / ((n-2)
    (n-3)) ((n+1) (m4 / m2² - 3) + 6), as Excel's SKEW and KURT (Joanes and Gill 1998).
    nan with fewer than four values or no variance, so that the rule does not apply.
    """
    there = np.isfinite(figures)
    count = there.sum(axis=0).astype(float)
    count[count < MIN_VALUES] = np.nan
    off = np.where(there, figures, 0.0)
    off = np.where(there, off - off.sum(axis=0) / count, 0.0)
    # In units of the largest deviation, so that no power overflows.
    reach = np.abs(off).max(axis=0, initial=0.0)
    off = off / np.where(reach > 0, reach, np.nan)
    square = off * off
    second, third, fourth = (
        power.sum(axis=0) / count for power in (square, square * off, square * square)
    )
    skew = third / second**1.5 * np.sqrt(count * (count - 1)) / (count - 2)
    excess = (count + 1) * (fourth / second**2 - 3) + 6
    return skew, excess * (count - 1) / ((count - 2) * (count - 3))


def exceeds_rule(skew: Floats, kurtosis: Floats) -> np.ndarray:
    """Return whether the rule applies: |skew| > 2 and kurtosis > 3.5."""
    return (np.abs(skew) > SKEW) & (kurtosis > KURTOSIS)


def fit_treatment(figures: Floats, rule: str) -> Treatment:
    """Fit the treatment of each indicator to a table of units by indicators.

    winsorise: the outermost value on the side of the skew takes the next value, repeated until
    the rule no longer applies, for at most 5 values or 5% of them (the larger); where that is
    not enough, logarithms, as COINr's qTreat does. log: logarithms. percentile: bounds at the
    2.5th and 97.5th percentile (linear interpolation) of every indicator. Gaps are ignored and
    stay. Raises KeyError for an unknown rule.
    """
    if rule not in OUTLIER_RULES:
        raise KeyError(rule)
    count = figures.shape[1]
    skew, kurtosis = skew_and_kurtosis(figures)
    low, high, logged = np.full(count, -np.inf), np.full(count, np.inf), np.zeros(count)
    fires = exceeds_rule(skew, kurtosis)
    if rule == "percentile":
        tails = pd.DataFrame(figures).quantile([TAIL_PCT / 100, 1 - TAIL_PCT / 100])
        low, high = tails.to_numpy(float)
        # Where nearly all values are equal, bounds would make all of them equal.
        same = ~(low < high)
        low, high = np.where(same, -np.inf, low), np.where(same, np.inf, high)
    elif rule == "log":
        logged = fires.astype(float)
    elif rule == "winsorise":
        for column in np.flatnonzero(fires):
            bounds = _winsorise_bounds(figures[:, column])
            if bounds is None:
                logged[column] = 1.0
            else:
                low[column], high[column] = bounds
    frame = pd.DataFrame(figures)
    origin = frame.min().fillna(0.0).to_numpy(float)
    reach = (frame.max() - frame.min()).fillna(0.0).to_numpy(float)
    reach = np.where(reach > 0, reach, 1.0)
    return Treatment(low, high, logged, origin, reach, skew, kurtosis)


def apply_treatment(figures: Floats, treatment: Treatment) -> Floats:
    """Apply a treatment to a table of units by indicators. Gaps stay gaps.

    The logarithm is COINr's log_CT, log(x - min + 0.01 (max - min)), plus a constant so that it
    begins at zero; a value below the fitted minimum counts as the minimum.
    """
    treated = np.clip(figures, treatment.low, treatment.high)
    columns = treatment.logged > 0
    if columns.any():
        steps = (figures[:, columns] - treatment.origin[columns]) / treatment.reach[columns]
        treated[:, columns] = np.log1p(LOG_STRETCH * np.maximum(steps, 0.0))
    return treated


def _winsorise_bounds(column: Floats) -> tuple[float, float] | None:
    """Return the bounds that satisfy the rule, or None if too many values would change."""
    figures = np.sort(column[np.isfinite(column)])
    low, high = -np.inf, np.inf
    for _ in range(max(MAX_WINSORISED, int(MAX_WINSORISED_SHARE * len(figures)))):
        skew, _ = skew_and_kurtosis(figures[:, None])
        if skew[0] > 0:
            high = figures[figures < figures[-1]][-1]
        else:
            low = figures[figures > figures[0]][0]
        figures = np.clip(figures, low, high)
        if figures[0] == figures[-1]:
            return None
        if not exceeds_rule(*skew_and_kurtosis(figures[:, None]))[0]:
            return low, high
    return None
