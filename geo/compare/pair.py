"""Two maps that mean the same by the same colour.

Where both measures have one unit, both maps are cut into the same classes of values. Where they
have not, places are all that compares: percentile ranks of two figures, places among 31 where one
of the two is a list of the report, which prints no values. Unlocked, each map has its own classes,
and equal colours mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.cells import Scale, Snapshot
from geo.choropleth import (
    INDEX_RAMP,
    QUANTITY_RAMP,
    RANK_RAMP,
    RANK_TIERS,
    Choropleth,
    classify_snapshot,
    colour_by_breaks,
    colour_by_tiers,
    colour_ramp,
)
from geo.classify import DEFAULT_COUNT, DEFAULT_METHOD, Classes, classify
from geo.indicators import Measure
from geo.measures import all_measures, snapshot_of

PERCENTILES: Final = (20.0, 40.0, 60.0, 80.0)
# The tiers of published ranks, and two more for places that only figures have.
ALL_TIERS: Final = (*RANK_TIERS, (11, 20), (21, 31))


@dataclass(frozen=True)
class MapSide:
    """One of the two maps."""

    measure: Measure
    drawn: Choropleth

    @property
    def snapshot(self) -> Snapshot:
        return self.drawn.snapshot

    @property
    def year(self) -> int:
        return self.drawn.snapshot.year


@dataclass(frozen=True)
class MapPair:
    """Both maps. basis: what their shared classes hold, ``value``, ``percentile`` or ``rank``;
    empty where each has its own.
    """

    first: MapSide
    second: MapSide
    basis: str

    @property
    def same_measure(self) -> bool:
        return self.first.measure.id == self.second.measure.id


def common_basis(first: Measure, second: Measure) -> str:
    """What can be compared of two measures: their values, their percentile ranks, their places."""
    if "report" in (first.kind, second.kind):
        return "rank"
    if (first.kind, first.unit_en, first.unit_zh) == (second.kind, second.unit_en, second.unit_zh):
        return "value"
    return "percentile"


def build_map_pair(
    measure: str,
    year: int,
    measure2: str,
    year2: int,
    shared: bool = True,
    method: str = DEFAULT_METHOD,
    count: int = DEFAULT_COUNT,
) -> MapPair:
    """Both maps of a comparison, with classes in common or each with its own.

    Raises KeyError for an unknown measure or a year that a measure does not have, and
    InputError as geo.classify does.
    """
    owns = (all_measures()[measure], all_measures()[measure2])
    shots = (snapshot_of(measure, year), snapshot_of(measure2, year2))
    how = common_basis(*owns) if shared else ""
    if how == "value":
        pooled = [value for snapshot in shots for value in snapshot.values_by_adcode().values()]
        breaks = classify(pooled, method, count)
        drawn = [colour_by_breaks(snapshot, breaks) for snapshot in shots]
    elif how == "percentile":
        drawn = [
            _colour_by_percentile(snapshot, ours=any(s.is_open_index for s in shots))
            for snapshot in shots
        ]
    elif how == "rank":
        drawn = [_colour_by_place(snapshot) for snapshot in shots]
    else:
        drawn = [classify_snapshot(snapshot, method, count) for snapshot in shots]
    return MapPair(MapSide(owns[0], drawn[0]), MapSide(owns[1], drawn[1]), how)


def _colour_by_percentile(snapshot: Snapshot, ours: bool) -> Choropleth:
    """By fifths of the percentile rank; one ramp for both maps, that of our index if one is."""
    counts = (0,) * (len(PERCENTILES) + 1)  # of the values: by_breaks counts the provinces
    fifths = Classes("own", PERCENTILES, counts, 0.0, 100.0)
    colours = colour_ramp(INDEX_RAMP if ours else QUANTITY_RAMP, len(fifths))
    return colour_by_breaks(snapshot, fifths, colours, percentiles=True)


def _colour_by_place(snapshot: Snapshot) -> Choropleth:
    """By tiers of places; what a list of the report does not place keeps the look of its status."""
    if snapshot.scale in (Scale.AMONG_TEN, Scale.NAMED):
        return classify_snapshot(snapshot)
    purples = colour_ramp(RANK_RAMP, 7)
    # One step is left out: it is the look of those who are named without a rank.
    colours = [*purples[::-1][: len(RANK_TIERS)], purples[2], purples[1]]
    return colour_by_tiers(snapshot, ALL_TIERS, colours)
