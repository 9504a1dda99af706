"""What is odd in the figures: what looks wrong, breaks, and large changes that are believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd

from geo.cells import Remark
from geo.dataset import REASONS, dataset
from geo.text import N_, texts

DOUBTFUL: Final = "doubtful"
BREAK: Final = "break"
EXPLAINED: Final = "explained"
NAMES: Final = {
    DOUBTFUL: N_("Doubtful as published, kept and marked"),
    BREAK: N_("Break in the series, for all provinces"),
    EXPLAINED: N_("Large change that was looked at and is believed"),
}


@dataclass(frozen=True)
class Oddity:
    """One reason and where it applies.

    kind: DOUBTFUL, BREAK or EXPLAINED; series: key of the published series; places: adcode and
    year of each cell, the adcode empty for all provinces.
    """

    kind: str
    series: str
    reason: Remark
    places: tuple[tuple[str, int], ...]


def oddities(series: Sequence[str]) -> list[Oddity]:
    """What is odd in some published series, by kind, series and reason, each place once."""
    groups = _oddities_by_series()
    return [oddity for kind in NAMES for name in series for oddity in groups.get((kind, name), ())]


@cache
def _oddities_by_series() -> dict[tuple[str, str], tuple[Oddity, ...]]:
    """What is odd, by kind and series: computed once, as the tables do not change."""
    data = dataset()
    doubtful = data.doubtful.assign(
        reason_en=[_said(code, "en") for code in data.doubtful["reason"]],
        reason_zh=[_said(code, "zh") for code in data.doubtful["reason"]],
    )
    breaks = data.breaks.assign(adcode="")
    frames = {DOUBTFUL: doubtful, BREAK: breaks, EXPLAINED: data.explained}
    return {
        (kind, str(name)): tuple(_grouped(kind, rows))
        for kind, frame in frames.items()
        for name, rows in frame.groupby("indicator", sort=False)
    }


def _said(code: str, lang: str) -> str:
    return texts(lang)(REASONS[code])


def _grouped(kind: str, frame: pd.DataFrame) -> list[Oddity]:
    found: dict[tuple[str, Remark], list[tuple[str, int]]] = {}
    for row in frame.itertuples():
        key = (row.indicator, Remark(row.reason_en, row.reason_zh))
        found.setdefault(key, []).append((str(row.adcode), int(row.year)))
    return [
        Oddity(kind, series, reason, tuple(sorted(places)))
        for (series, reason), places in found.items()
    ]
