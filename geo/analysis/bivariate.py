"""Bivariate maps: thirds of one measure by thirds of another, in nine colours.

Thirds of values hold about equal numbers of provinces; published ranks are grouped by tiers. The
colours are products of two ramps, blue for the first measure and amber for the second, so that
both axes of the square grow darker and the high-high corner is darkest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from branca.utilities import color_brewer

from geo.analysis.map_pairs import MapSide
from geo.colours import COLOURS, RAMPS
from geo.maps import RANK_TIERS, RANKED_SCALES, Choropleth, MapClass, classify
from geo.measures import Cell, Scale, Snapshot, derived_status
from geo.text import N_, InputError

NO_TOTALS: Final = N_(
    "A total is not shown on a bivariate map: colours of whole provinces would show how large they"
    " are. Choose measures per resident, or “Two maps”."
)
THIRD_COUNT: Final = 3
ID: Final = "both"
PALE: Final = COLOURS["bivariate-pale"]
# Colour-blind readers can distinguish the nine products, too (tested).
FIRST: Final = (PALE, *(color_brewer(RAMPS["bivariate-first"], 7)[i] for i in (3, 5)))
SECOND: Final = (PALE, *(color_brewer(RAMPS["bivariate-second"], 7)[i] for i in (1, 3)))


@dataclass(frozen=True)
class Bivariate:
    """The bivariate map, and the contents of the rows and columns of its legend.

    A class is 3 * (third of the first) + (third of the second), thirds from low to high. thirds
    and thirds2 are classes of one measure alone, with their bounds and counts.
    """

    choropleth: Choropleth
    first_thirds: tuple[MapClass, ...]
    second_thirds: tuple[MapClass, ...]

    def field_count(self, first: int, second: int) -> int:
        """Return the number of provinces in one field of the square."""
        return self.choropleth.classes[THIRD_COUNT * first + second].count


def bivariate_colours() -> list[str]:
    """Return the nine colours in the order of the classes."""
    return [_multiply_colours(a, b) for a in FIRST for b in SECOND]


def build_bivariate(first: MapSide, second: MapSide) -> Bivariate:
    """Build the map of both measures; cells without a class keep the style of their status.

    Raises InputError for a total, which no map shows by colours of provinces.
    """
    if first.measure.is_total or second.measure.is_total:
        raise InputError(NO_TOTALS)
    parts = [_classify_thirds(side.snapshot) for side in (first, second)]
    cells, index = [], {}
    for adcode in first.snapshot.cells:
        pair = [side.snapshot.cells[adcode] for side in (first, second)]
        if all(adcode in thirds for _, thirds in parts):
            index[adcode] = THIRD_COUNT * parts[0][1][adcode] + parts[1][1][adcode]
            cells.append(Cell(adcode, derived_status(pair)))
        else:
            lacking = next(
                c for c, (_, thirds) in zip(pair, parts, strict=True) if adcode not in thirds
            )
            cells.append(Cell(adcode, lacking.status))
    places = list(index.values())
    classes = tuple(
        MapClass(colour, None, None, places.count(place), "both")
        for place, colour in enumerate(bivariate_colours())
    )
    snapshot = Snapshot(ID, first.year, Scale.QUANTITY, {cell.adcode: cell for cell in cells})
    return Bivariate(Choropleth(snapshot, classes, index), parts[0][0], parts[1][0])


def _classify_thirds(snapshot: Snapshot) -> tuple[tuple[MapClass, ...], dict[str, int]]:
    """Return the classes of one measure, low to high, and the class of each province with one."""
    if snapshot.scale is not Scale.QUANTITY:
        tiers = RANK_TIERS[::-1]
        index = {
            a: next(i for i, (first, last) in enumerate(tiers) if first <= cell.rank <= last)
            for a, cell in snapshot.cells.items()
            if cell.status in RANKED_SCALES and cell.rank is not None
        }
        bounds: list[tuple[float | None, float | None]] = [*tiers]
        basis = "rank"
    else:
        values = snapshot.values_by_adcode()
        breaks = classify(list(values.values()), "quantiles", THIRD_COUNT)
        index = {a: breaks.class_of(value) for a, value in values.items()}
        edges = (None, *breaks.breaks, None)
        bounds = list(pairwise(edges))
        basis = "value"
    counts = [list(index.values()).count(place) for place in range(len(bounds))]
    map_classes = (MapClass("", *b, c, basis) for b, c in zip(bounds, counts, strict=True))
    return tuple(map_classes), index


def _multiply_colours(first: str, second: str) -> str:
    """Return the product of two colours, like overprinted inks."""
    channels = (int(first[i : i + 2], 16) * int(second[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "#" + "".join(f"{round(channel):02x}" for channel in channels)
