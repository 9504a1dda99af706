"""The selection of provinces to compare, and groups of provinces."""

from __future__ import annotations

from typing import Final

from geo.analysis.dimensions import published_ten
from geo.analysis.peers import find_peers
from geo.analysis.state import LAST_YEAR, PANE_MODES, PageState, default_second_measure
from geo.index import LATEST_YEAR
from geo.limits import MAX_CHOSEN
from geo.units import evaluated_adcodes, provinces

COMPARED_MEASURE: Final = "fixed_broadband_per_100"  # 31 provinces in each year from 2016 on
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


def carried_provinces(view: PageState) -> tuple[str, ...]:
    """Return the provinces of the Compare page: those chosen on other pages come along.

    The province of the view is the first, then those of the URL; an example if there are none. At
    most ten.
    """
    if view.requested_provinces is None:
        return compared_provinces(view)
    first = [view.province] if view.province in evaluated_adcodes() else []
    return tuple(dict.fromkeys([*first, *view.requested_provinces]))[:MAX_CHOSEN]


def compare_page_state(view: PageState) -> PageState:
    """Return the state of the Compare page, with defaults that fill its maps and lines.

    Without a measure in the URL: one with values for all provinces in all years. Without a year:
    for rows of all measures the latest with a sound open index, else the latest of the measure; a
    list of the report opens on the year of the report.
    """
    update: dict[str, object] = {}
    if "measure" not in view.model_fields_set:
        update["measure"] = COMPARED_MEASURE
        if "measure2" not in view.model_fields_set:
            second = {"measure": COMPARED_MEASURE, "requested_year2": view.requested_year2}
            update["measure2"] = default_second_measure(second)
    measure = view.catalogue[str(update.get("measure", view.measure))]
    if view.requested_year is None:
        if view.pane == PANE_MODES[0]:
            update["requested_year"] = LATEST_YEAR
        elif measure.kind != "report":
            last = LATEST_YEAR if measure.kind == "index" else LAST_YEAR
            update["requested_year"] = measure.nearest_year(last)
    return view.model_copy(update=update)


def toggle_province(view: PageState, adcode: str) -> tuple[str, ...]:
    """Return the compared provinces with one added, or removed if it is among them."""
    now = carried_provinces(view)
    if adcode in now:
        return tuple(name for name in now if name != adcode)
    return (*now, adcode)


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
