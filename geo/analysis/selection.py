"""The selection of provinces to compare, and groups of provinces."""

from __future__ import annotations

from typing import Final

from geo.analysis.dimensions import published_ten
from geo.analysis.peers import find_peers
from geo.analysis.state import PageState
from geo.limits import MAX_CHOSEN
from geo.units import evaluated_adcodes, provinces

EXAMPLES: Final = 3  # provinces that a page shows when the URL names none


def compared_provinces(view: PageState) -> tuple[str, ...]:
    """Return the provinces to compare: those of the URL, or an example.

    The example is the province of the view, if it has one, and the first of the report's
    comprehensive ranking.
    """
    if view.requested_provinces is not None:
        return view.requested_provinces
    lines = [view.province] if view.province in evaluated_adcodes() else []
    return tuple(dict.fromkeys([*lines, *report_top_ten()]))[:EXAMPLES]


def toggle_province(view: PageState, adcode: str) -> tuple[str, ...]:
    """Return the compared provinces with one added, or removed if it is among them."""
    now = compared_provinces(view)
    if adcode in now:
        return tuple(name for name in now if name != adcode)
    return (*now, adcode)


def is_full(chosen: tuple[str, ...]) -> bool:
    """Return whether the maximum number of provinces is chosen."""
    return len(chosen) >= MAX_CHOSEN


def provinces_of_region(region: str) -> tuple[str, ...]:
    """Return the provinces of one of the four regions (English name), in order of adcodes."""
    return tuple(
        adcode for adcode in evaluated_adcodes() if provinces()[adcode].region_en == region
    )


def province_with_peers(adcode: str, kind: str, year: int) -> tuple[str, ...]:
    """Return a province and its peers of a kind (geo.analysis.peers) that have values."""
    near = [peer.adcode for peer in find_peers(adcode, kind, year)]
    return (adcode, *(name for name in near if name in evaluated_adcodes()))


def report_top_ten() -> tuple[str, ...]:
    """Return the ten of the report's comprehensive ranking of 2017, in its order."""
    return tuple(cell.adcode for cell in published_ten("comprehensive"))
