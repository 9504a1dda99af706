"""The third map of a comparison: the difference of two years, or the change in rank.

A difference is formed of one measure in two years that compare. Of two measures only the places
compare: where both rank the same provinces they stand as they are, else the provinces with both
are ranked anew among themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from branca.utilities import color_brewer

from geo import openindex
from geo.cells import QUANTITIES, Cell, Scale, Snapshot, derived_status, rank_cells
from geo.change import is_nominal
from geo.choropleth import RANKED_SCALES, Choropleth, MapClass, colour_by_breaks
from geo.classify import Classes, classify
from geo.compare.pair import MapPair, MapSide
from geo.dataset import dataset
from geo.errors import InputError
from geo.text import N_
from geo.tints import DIVERGING

STEPS: Final = 3  # classes on either side of nought
FAR: Final = 6  # places that are many
ID: Final = "difference"
NO_RANKS: Final = N_(
    "No third map: the list of {year} has no places among 31 provinces that could be compared."
)
SAME: Final = N_("No third map: both maps show the same.")
BREAK: Final = N_(
    "No third map: the series has a break in {year}, so the two years are not comparable."
)
OTHER_SET: Final = N_(
    "No third map: the open index is reckoned from another set of indicators in {early} than in"
    " {late}, so its points do not compare."
)


@dataclass(frozen=True)
class DifferenceMap:
    """The third map.

    basis: ``value`` (later less earlier, in the unit of the measure) or ``moved`` (places that
    a province stands higher in the second map than in the first; negative: lower). sides: the
    number of classes below and above nought. anew: the
    number of provinces, where they were ranked anew among themselves. places: the places in the
    first and in the second map by adcode, where the basis is places. early, late: the years
    of a difference. nominal: it holds price changes.
    """

    drawn: Choropleth
    basis: str
    sides: tuple[int, int]
    early: int = 0
    late: int = 0
    anew: int = 0
    places: tuple[Mapping[str, int], ...] = ()
    nominal: bool = False


def build_difference_map(pair: MapPair) -> DifferenceMap:
    """The third map of a pair. Raises InputError that says why there is none."""
    if pair.same_measure and pair.first.year == pair.second.year:
        raise InputError(SAME)
    if pair.same_measure and pair.first.measure.kind != "report":
        return _difference_of_years(*sorted((pair.first, pair.second), key=lambda side: side.year))
    return _rank_difference(pair)


def _difference_of_years(early: MapSide, late: MapSide) -> DifferenceMap:
    measure = early.measure
    _check_comparable(early, late)
    cells = []
    for adcode, new in late.snapshot.cells.items():
        old = early.snapshot.cells[adcode]
        if old.value is None or new.value is None:
            missing = new if new.value is None else old
            cells.append(Cell(adcode, missing.status))
        else:
            status = derived_status((old, new))
            remarks = tuple(dict.fromkeys((*old.remarks, *new.remarks)))
            cells.append(Cell(adcode, status, new.value - old.value, remarks=remarks))
    snapshot = Snapshot(
        ID, late.year, Scale.QUANTITY, rank_cells(cells), is_open_index=late.snapshot.is_open_index
    )
    breaks, below, above = _diverging_breaks(list(snapshot.values_by_adcode().values()))
    return DifferenceMap(
        colour_by_breaks(snapshot, breaks, [*below, *above]),
        "value",
        (len(below), len(above)),
        early.year,
        late.year,
        nominal=is_nominal(measure) if measure.kind == "indicator" else False,
    )


def _check_comparable(early: MapSide, late: MapSide) -> None:
    measure = early.measure
    if measure.kind == "index" and openindex.default_recipe(early.year) != openindex.default_recipe(
        late.year
    ):
        raise InputError(OTHER_SET, early=early.year, late=late.year)
    rows = dataset().breaks
    broken = rows.loc[rows["indicator"].isin(measure.series_ids), "year"]
    between = sorted(year for year in broken if early.year < year <= late.year)
    if between:
        raise InputError(BREAK, year=between[0])


def _diverging_breaks(values: list[float]) -> tuple[Classes, list[str], list[str]]:
    """Breaks alike on both sides of nought, as far as there are values; brown below, green above.

    The sizes are cut into three classes that hold about as many each.
    """
    sizes = sorted({abs(value) for value in values if value})
    cuts = list(classify(sizes, "quantiles", STEPS).breaks) if len(sizes) > 1 else []
    wings = len(cuts) + 1
    colours = color_brewer(DIVERGING, 7)
    below, above = list(colours[:3][:wings]), list(colours[4:][-wings:])
    low, high = min(values, default=0.0), max(values, default=0.0)
    breaks = [-cut for cut in reversed(cuts)] + [0.0] + cuts
    # A class that lies wholly beyond the values is left out.
    while breaks and breaks[0] < low:
        del breaks[0], below[0]
    while breaks and breaks[-1] >= high:
        del breaks[-1], above[-1]
    counts = (0,) * (len(breaks) + 1)
    return Classes("own", tuple(breaks), counts, low, high), below, above


def _rank_difference(pair: MapPair) -> DifferenceMap:
    sides = (pair.first.snapshot, pair.second.snapshot)
    for side in sides:
        if side.scale in (Scale.AMONG_TEN, Scale.NAMED):
            raise InputError(NO_RANKS, year=side.year)
    both = [a for a in sides[0].cells if all(_is_placed(side.cells[a]) for side in sides)]
    published = "report" in (pair.first.measure.kind, pair.second.measure.kind)
    counts = {side.cells[a].of for side in sides for a in both}
    anew = not published and len(counts) > 1
    places = [
        _places_among(side, both) if anew else _published_places(side, both) for side in sides
    ]
    cells = []
    for adcode in sides[0].cells:
        pair_of = [side.cells[adcode] for side in sides]
        if adcode in both:
            moved = float(places[0][adcode] - places[1][adcode])
            cells.append(replace(_carry_doubt(adcode, pair_of), value=moved))
        else:
            lacking = next(c for c in pair_of if not _is_placed(c))
            cells.append(replace(_carry_doubt(adcode, pair_of), status=lacking.status))
    snapshot = Snapshot(ID, pair.second.year, Scale.QUANTITY, {c.adcode: c for c in cells})
    return DifferenceMap(
        _colour_by_moves(snapshot),
        "moved",
        (2, 2),
        anew=len(both) if anew else 0,
        places=tuple(places),
    )


def _carry_doubt(adcode: str, cells: Sequence[Cell]) -> Cell:
    """A cell with the status of several cells, and with whose place another may be."""
    unclear = next((cell for cell in cells if cell.may_mean), None)
    return Cell(
        adcode,
        derived_status(cells),
        may_mean=unclear.may_mean if unclear else "",
        remarks=unclear.remarks if unclear else (),
    )


def _is_placed(cell: Cell) -> bool:
    return cell.rank is not None and cell.status in RANKED_SCALES


def _published_places(side: Snapshot, both: list[str]) -> dict[str, int]:
    return {a: side.cells[a].rank or 0 for a in both}


def _places_among(side: Snapshot, both: list[str]) -> dict[str, int]:
    """Places among some of the provinces only."""
    cells = rank_cells(Cell(a, side.cells[a].status, side.cells[a].value) for a in both)
    return {a: cell.rank or 0 for a, cell in cells.items()}


def _colour_by_moves(snapshot: Snapshot) -> Choropleth:
    """Five classes of places lost or gained; those in the same place stand between, pale."""
    colours = color_brewer(DIVERGING, 5)
    bounds: list[tuple[float | None, float | None]] = [
        (None, -FAR), (1 - FAR, -1), (0, 0), (1, FAR - 1), (FAR, None),
    ]  # fmt: skip
    index = {
        adcode: next(
            place
            for place, (low, high) in enumerate(bounds)
            if (low is None or cell.value >= low) and (high is None or cell.value <= high)
        )
        for adcode, cell in snapshot.cells.items()
        if cell.value is not None and cell.status in QUANTITIES
    }
    classes = tuple(
        MapClass(colour, low, high, list(index.values()).count(place), "moved")
        for place, (colour, (low, high)) in enumerate(zip(colours, bounds, strict=True))
    )
    return Choropleth(snapshot, classes, index)
