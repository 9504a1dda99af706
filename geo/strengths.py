"""A province's strengths and weaknesses among the open indicators, by rules that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from geo.profile import Standing, comparable_standings
from geo.text import N_

COUNT: Final = 5  # highest and lowest percentile ranks
LEADING: Final = 3  # a rank as good as this is a strength whatever the others are
PEER_COUNT: Final = 3
MIN_PEERS: Final = 2  # with a figure, for a median of peers to mean anything

RULE: Final = N_(
    "Within the province’s own indicators under the six dimensions ({year} or nearest; doubtful"
    " figures left out): strengths are the {count} highest percentile ranks and every rank of"
    " {leading} or better; weaknesses are the {count} lowest percentile ranks that are no"
    " strength."
)
RULE_PEERS: Final = N_(
    "Percentile rank less the median percentile rank of the peers: the {count} widest leads and"
    " the {count} widest lags."
)


@dataclass(frozen=True)
class StandoutIndicator:
    """An indicator that stands out; gap: percentile points above (below) the peers' median."""

    standing: Standing
    gap: float | None = None


def strengths_and_weaknesses(
    adcode: str, year: int
) -> tuple[list[StandoutIndicator], list[StandoutIndicator]]:
    """Strengths (best first) and weaknesses (worst first) within a province's own indicators.

    Both are empty for a unit without figures.
    """
    highest, lowest = highest_and_lowest(adcode, year)
    strong = [
        s
        for place, s in enumerate(highest)
        if place < COUNT or (s.cell.rank or LEADING + 1) <= LEADING
    ]
    weak = [s for s in lowest if s not in strong][:COUNT]
    return [StandoutIndicator(s) for s in strong], [StandoutIndicator(s) for s in weak]


def highest_and_lowest(adcode: str, year: int) -> tuple[list[Standing], list[Standing]]:
    """A province's own indicators by percentile rank, from the highest and from the lowest."""
    standings = sorted(
        comparable_standings(adcode, year), key=lambda s: (-_known_percentile(s), s.measure.id)
    )
    return standings, standings[::-1]


def compare_with_peers(
    adcode: str, peers: Sequence[str], year: int
) -> tuple[list[StandoutIndicator], list[StandoutIndicator]]:
    """Where a province leads and lags its peers most, by percentile points from their median.

    Doubtful figures are left out on both sides; an indicator counts where at least two peers
    have a figure.
    """
    result = []
    for comparable_standing in comparable_standings(adcode, year):
        cells = [comparable_standing.snapshot.cells[peer] for peer in peers]
        theirs = [
            cell.percentile
            for cell in cells
            if cell.percentile is not None and not cell.is_doubtful
        ]
        if len(theirs) >= MIN_PEERS:
            result.append(
                StandoutIndicator(
                    comparable_standing, _known_percentile(comparable_standing) - median(theirs)
                )
            )
    result.sort(key=lambda one: (-(one.gap or 0.0), one.standing.measure.id))
    lead = [one for one in result if one.gap and one.gap > 0][:PEER_COUNT]
    lag = [one for one in reversed(result) if one.gap and one.gap < 0][:PEER_COUNT]
    return lead, lag


def _known_percentile(standing: Standing) -> float:
    """The percentile of a standing that is known to have one."""
    return standing.cell.percentile or 0.0
