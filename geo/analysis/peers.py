"""Peers of a province: four kinds, each by a rule that is shown to the reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean
from typing import Final

from geo.analysis.profiles import comparable_standings, standing_in
from geo.analysis.registry import published_measures
from geo.limits import PROFILE_CACHE_SIZE
from geo.text import N_
from geo.units import boundaries, evaluated_adcodes, provinces

NEAREST_COUNT: Final = 5  # peers by income or profile
MIN_SHARED: Final = 10  # measures that two provinces must share for a distance of profiles
INCOME_MEASURE: Final = "gdp_per_capita"
# Neighbours across a strait: the boundaries have only land borders.
LINKS: Final = {"440000": ("460000",), "460000": ("440000",)}

PEER_KINDS: Final = {
    "income": N_("Closest GRP per capita"),
    "neighbours": N_("Land neighbours"),
    "region": N_("Same region"),
    "profile": N_("Most similar profile"),
}
DEFAULT_KIND: Final = "income"
PEER_RULES: Final = {
    "income": N_(
        "The {count} provinces with the closest gross regional product per capita ({year})."
    ),
    "neighbours": N_(
        "The provincial units that share a land border in the boundaries of this atlas; "
        "Hainan is linked to Guangdong across the strait."
    ),
    "region": N_("The provinces in the same one of the statistical bureau’s four regions."),
    "profile": N_(
        "The {count} provinces with the smallest mean difference in percentile rank over "
        "the open indicators available for both ({year} or nearest; doubtful values "
        "excluded)."
    ),
}


@dataclass(frozen=True)
class Peer:
    """A province to compare with, and its distance by the rule of the kind.

    distance: CNY per head (income; negative where the peer is poorer) or percentile points
    (profile); None for neighbours and regions.
    """

    adcode: str
    distance: float | None = None


def find_peers(adcode: str, kind: str, year: int) -> list[Peer]:
    """Return the peers of a province of one kind, nearest first, or in the order of adcodes.

    Units that the report does not evaluate have only neighbours. Raises KeyError for an unknown
    kind.
    """
    if kind == "neighbours":
        lines = {*boundaries().neighbours[adcode], *LINKS.get(adcode, ())}
        return [Peer(other) for other in sorted(lines)]
    others = [other for other in evaluated_adcodes() if other != adcode]
    if adcode not in evaluated_adcodes():
        return []
    if kind == "region":
        region = provinces()[adcode].region_en
        return [Peer(other) for other in others if provinces()[other].region_en == region]
    measure_distances = {"income": _income_differences, "profile": _profile_distances}[kind]
    distances = measure_distances(adcode, others, year)
    nearest = sorted(distances, key=lambda other: (abs(distances[other]), other))
    return [Peer(other, distances[other]) for other in nearest[:NEAREST_COUNT]]


def _income_differences(adcode: str, others: list[str], year: int) -> dict[str, float]:
    """Return how much more product per head the others have, in CNY."""
    measure = published_measures()[INCOME_MEASURE]
    values = standing_in(adcode, measure, year).snapshot.values_by_adcode()
    return {other: values[other] - values[adcode] for other in others}


def _profile_distances(adcode: str, others: list[str], year: int) -> dict[str, float]:
    """Return the mean absolute difference in percentile rank over shared measures, in points."""
    mine = _percentile_ranks(adcode, year)
    values = {}
    for other in others:
        theirs = _percentile_ranks(other, year)
        shared = mine.keys() & theirs.keys()
        if len(shared) >= MIN_SHARED:
            values[other] = fmean([abs(mine[name] - theirs[name]) for name in shared])
    return values


@lru_cache(maxsize=PROFILE_CACHE_SIZE)
def _percentile_ranks(adcode: str, year: int) -> dict[str, float]:
    """Return the percentile ranks of a province by measure, where they are comparable."""
    return {s.measure.id: s.cell.percentile or 0.0 for s in comparable_standings(adcode, year)}
