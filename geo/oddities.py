"""What is odd in the figures: what looks wrong, breaks, and large changes that are believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd

from geo.cells import Remark
from geo.dataset import REASONS, dataset
from geo.text import N_, translator

DOUBTFUL: Final = "doubtful"
BREAK: Final = "break"
EXPLAINED: Final = "explained"
KIND_NAMES: Final = {
    DOUBTFUL: N_("Doubtful as published, kept and marked"),
    BREAK: N_("Break in the series, for all provinces"),
    EXPLAINED: N_("Large change that was looked at and is believed"),
}


@dataclass(frozen=True)
class QualityNote:
    """One reason and where it applies.

    kind: DOUBTFUL, BREAK or EXPLAINED; series: key of the published series; places: adcode and
    year of each cell, the adcode empty for all provinces.
    """

    kind: str
    series: str
    reason: Remark
    places: tuple[tuple[str, int], ...]


def data_quality_notes(series: Sequence[str]) -> list[QualityNote]:
    """What is odd in some published series, by kind, series and reason, each place once."""
    groups = _notes_by_series()
    return [
        oddity for kind in KIND_NAMES for name in series for oddity in groups.get((kind, name), ())
    ]


@cache
def _notes_by_series() -> dict[tuple[str, str], tuple[QualityNote, ...]]:
    """What is odd, by kind and series: computed once, as the tables do not change."""
    data = dataset()
    doubtful = data.doubtful.assign(
        reason_en=[_reason_text(code, "en") for code in data.doubtful["reason"]],
        reason_zh=[_reason_text(code, "zh") for code in data.doubtful["reason"]],
    )
    breaks = data.breaks.assign(adcode="")
    frames = {DOUBTFUL: doubtful, BREAK: breaks, EXPLAINED: data.explained}
    return {
        (kind, str(name)): tuple(_group_notes(kind, rows))
        for kind, frame in frames.items()
        for name, rows in frame.groupby("indicator", sort=False)
    }


def _reason_text(code: str, lang: str) -> str:
    return translator(lang)(REASONS[code])


def _group_notes(kind: str, frame: pd.DataFrame) -> list[QualityNote]:
    results: dict[tuple[str, Remark], list[tuple[str, int]]] = {}
    for row in frame.itertuples():
        key = (row.indicator, Remark(row.reason_en, row.reason_zh))
        results.setdefault(key, []).append((str(row.adcode), int(row.year)))
    return [
        QualityNote(kind, series, reason, tuple(sorted(places)))
        for (series, reason), places in results.items()
    ]
