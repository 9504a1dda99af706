"""The outlier rule for doubtful values, and the notes on data quality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from geo.measures.cells import Remark
from geo.tables import DOUBT_REASONS, dataset
from geo.text import N_, translator

OUTLIER_DEVIATIONS: Final = 5.0
NORMAL_SCALE: Final = 1.4826
MIN_OUTLIER_FACTOR: Final = 1.35
SURE_OUTLIER_FACTOR: Final = 2.0
# The factor by which a spike or a dip must differ from each of the adjacent years.
NEIGHBOUR_FACTOR: Final = 1.3

SERIES: Final = ["indicator", "adcode"]
DOUBTFUL_KIND: Final = "doubtful"
BREAK_KIND: Final = "break"
EXPLAINED_KIND: Final = "explained"
QUALITY_KIND_NAMES: Final = {
    DOUBTFUL_KIND: N_("Published value in doubt, shown and marked"),
    BREAK_KIND: N_("Break in the series, for all provinces"),
    EXPLAINED_KIND: N_("Large change, checked and accepted"),
}


def find_outliers(indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the changes that differ much from those of the other provinces.

    indicators: one row per published value, columns indicator, adcode, year, value; values that
    are not above zero have no logarithm and are ignored. Returns one row per outlying change,
    ordered by indicator, adcode and year: ``year`` and ``year_before`` (the published year before),
    ``factor`` (value over the value before), ``median_factor`` (of all provinces),
    ``threshold_factor`` (what the ratio of both must reach, up or down), ``odd_year`` (the year
    that looks wrong) and ``shape`` (spike, dip or step).
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
    frame["threshold"] = (OUTLIER_DEVIATIONS * spread).clip(
        np.log(MIN_OUTLIER_FACTOR), np.log(SURE_OUTLIER_FACTOR)
    )
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
    """Return the odd year of an outlying change, and its shape: spike, dip or step.

    The row has the steps of the level relative to the median of all provinces: into the later
    year, into the earlier year and out of the later year. They are nan at the ends of a series,
    where a value has only one neighbour, so that the change counts as a step.
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


@dataclass(frozen=True)
class QualityNote:
    """One remark on data quality and the cells to which it applies.

    kind: a key of QUALITY_KIND_NAMES; series: key of the published series; places: adcode and
    year of each cell, the adcode empty for all provinces.
    """

    kind: str
    series: str
    reason: Remark
    places: tuple[tuple[str, int], ...]


def data_quality_notes(series: Sequence[str]) -> list[QualityNote]:
    """Return the notes on some published series, by kind, series and reason, each cell once."""
    groups = _notes_by_series()
    return [
        oddity
        for kind in QUALITY_KIND_NAMES
        for name in series
        for oddity in groups.get((kind, name), ())
    ]


@cache
def _notes_by_series() -> dict[tuple[str, str], tuple[QualityNote, ...]]:
    """Return all notes by kind and series, computed once: the tables do not change."""
    data = dataset()
    doubtful = data.doubtful.assign(
        reason_en=[_reason_text(code, "en") for code in data.doubtful["reason"]],
        reason_zh=[_reason_text(code, "zh") for code in data.doubtful["reason"]],
    )
    breaks = data.breaks.assign(adcode="")
    frames = {DOUBTFUL_KIND: doubtful, BREAK_KIND: breaks, EXPLAINED_KIND: data.explained}
    return {
        (kind, str(name)): tuple(_group_notes(kind, rows))
        for kind, frame in frames.items()
        for name, rows in frame.groupby("indicator", sort=False)
    }


def _reason_text(code: str, lang: str) -> str:
    return translator(lang)(DOUBT_REASONS[code])


def _group_notes(kind: str, frame: pd.DataFrame) -> list[QualityNote]:
    results: dict[tuple[str, Remark], list[tuple[str, int]]] = {}
    for row in frame.itertuples():
        key = (row.indicator, Remark(row.reason_en, row.reason_zh))
        results.setdefault(key, []).append((str(row.adcode), int(row.year)))
    return [
        QualityNote(kind, series, reason, tuple(sorted(places)))
        for (series, reason), places in results.items()
    ]
