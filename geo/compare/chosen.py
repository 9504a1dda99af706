"""Which provinces are compared, and whole groups to choose at once."""

from __future__ import annotations

from typing import Final

from geo import dimension, peers
from geo.provinces import evaluated, provinces
from geo.view import MOST_CHOSEN, View

EXAMPLES: Final = 3  # how many a page begins with where the address names none


def compared(view: View) -> tuple[str, ...]:
    """The provinces to compare: those of the address, or an example.

    The example is the province of the view, if it has one, and the first of the report's
    comprehensive ranking.
    """
    if view.asked_provinces is not None:
        return view.asked_provinces
    own = [view.province] if view.province in evaluated() else []
    return tuple(dict.fromkeys([*own, *the_ten()]))[:EXAMPLES]


def toggled(view: View, adcode: str) -> tuple[str, ...]:
    """The compared provinces with one more, or one fewer where it was among them."""
    now = compared(view)
    if adcode in now:
        return tuple(own for own in now if own != adcode)
    return (*now, adcode)


def full(chosen: tuple[str, ...]) -> bool:
    """Whether no further province can be told apart."""
    return len(chosen) >= MOST_CHOSEN


def of_region(region: str) -> tuple[str, ...]:
    """The provinces of one of the four regions (English name), in the order of adcodes."""
    return tuple(own for own in evaluated() if provinces()[own].region_en == region)


def with_peers(adcode: str, kind: str, year: int) -> tuple[str, ...]:
    """A province and its peers of a kind (geo.peers), those without figures left out."""
    near = [peer.adcode for peer in peers.peers(adcode, kind, year)]
    return (adcode, *(own for own in near if own in evaluated()))


def the_ten() -> tuple[str, ...]:
    """The ten of the report's comprehensive ranking of 2017, in its order."""
    return tuple(cell.adcode for cell in dimension.leading("comprehensive"))
