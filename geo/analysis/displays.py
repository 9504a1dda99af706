"""What a map of one measure displays: its values, its ranks, or the change since a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from geo.analysis.map_pairs import (
    DifferenceMap,
    MapPair,
    check_comparable,
    colour_by_place,
    comparison_panes,
    difference_of_years,
    map_side,
    rank_difference,
)
from geo.maps import (
    DEFAULT_CLASS_COUNT,
    DEFAULT_METHOD,
    Choropleth,
    WebPane,
    build_pane,
    classify_snapshot,
)
from geo.measures import (
    Cell,
    Measure,
    PublishedRanks,
    difference_unit,
    format_cell,
    format_number,
    format_rank_change,
    format_value,
    localized_remark,
    rank_cells,
    status_name,
)
from geo.text import N_, InputError, Translator, translator

VALUE: Final = "value"
RANK: Final = "rank"
CHANGE: Final = "change"
PERCENT: Final = "percent"
PERCENT_DECIMALS: Final = 1
PLACES: Final = "places"
DISPLAYS: Final = (VALUE, RANK, CHANGE, PERCENT, PLACES)
CHANGES: Final = (CHANGE, PERCENT, PLACES)
DISPLAY_NAMES: Final = {
    VALUE: N_("Value"),
    RANK: N_("Rank"),
    CHANGE: N_("Change"),
    PERCENT: N_("Change in percent"),
    PLACES: N_("Change of rank"),
}
NO_EARLIER_YEAR: Final = N_(
    "The change is not shown: no year before {year} is comparable with it. Choose a later year."
)
NO_RANKS_OF_LISTS: Final = N_(
    "The report publishes ranks without values, so only the change of rank is shown."
)


@dataclass(frozen=True)
class Display:
    """The choice of what a map displays; since: the year that a change starts from, or None."""

    kind: str = VALUE
    since: int | None = None

    @property
    def is_change(self) -> bool:
        return self.kind in CHANGES


@dataclass(frozen=True)
class MeasureMap:
    """The map of a measure in a year under a display.

    base: the measure of the values. measure: with the unit of what is displayed. pair and
    difference: of a change, both years and the map of their difference; else None.
    """

    base: Measure
    measure: Measure
    choropleth: Choropleth
    display: Display
    pair: MapPair | None = None
    difference: DifferenceMap | None = None

    @property
    def year(self) -> int:
        return self.choropleth.snapshot.year

    @property
    def results(self) -> list[tuple[Measure, int]]:
        """The measure with each year whose values it displays."""
        years = [side.year for side in (self.pair.first, self.pair.second)] if self.pair else []
        return [(self.base, year) for year in years or [self.year]]


def possible_displays(measure: Measure) -> tuple[str, ...]:
    """Return what a map of a measure can display: of lists of ranks only ranks and their change."""
    if measure.kind == "report":
        return (VALUE, PLACES) if len(measure.years) > 1 else (VALUE,)
    several = len(measure.years) > 1
    if measure.is_total:  # its ranks and its change in units would colour large provinces
        return (VALUE, PERCENT, PLACES) if several else (VALUE,)
    return DISPLAYS if several else (VALUE, RANK)


def years_to_compare(measure: Measure, year: int) -> tuple[int, ...]:
    """Return the years before a year that compare with it."""
    return tuple(
        early for early in measure.years if early < year and _compare(measure, early, year)
    )


def year_with_change(measure: Measure, year: int) -> int | None:
    """Return a year that has a change: this one, else the latest; None if no two years compare."""
    years = (year, *reversed(measure.years))
    return next((late for late in years if years_to_compare(measure, late)), None)


def _compare(measure: Measure, early: int, late: int) -> bool:
    try:
        check_comparable(measure, early, late)
    except InputError:
        return False
    return True


def build_measure_map(
    measure: Measure,
    year: int,
    display: Display = Display(),
    method: str = DEFAULT_METHOD,
    classes: int = DEFAULT_CLASS_COUNT,
    custom_breaks: tuple[float, ...] = (),
    ranks: PublishedRanks | None = None,
) -> MeasureMap:
    """Return the map of a measure in a year.

    A change without a year starts from the earliest that compares. method, classes, custom_breaks:
    of a map of values, as in ``classify_snapshot``. ranks: of the report, to be marked. Raises
    InputError with the reason if there is no such map, and KeyError for a year that the measure
    lacks.
    """
    if display.is_change:
        return _build_change_map(measure, year, display)
    snapshot = measure.snapshot(year)
    if display.kind == RANK and measure.kind != "report":
        choropleth = colour_by_place(snapshot)
    else:
        choropleth = classify_snapshot(snapshot, method, classes, custom_breaks)
    return MeasureMap(measure, measure, replace(choropleth, ranks=ranks), display)


def _build_change_map(measure: Measure, year: int, display: Display) -> MeasureMap:
    if measure.kind == "report" and display.kind != PLACES:
        raise InputError(NO_RANKS_OF_LISTS)
    since = display.since
    if since is None or since not in measure.years or since >= year:
        since = next(iter(years_to_compare(measure, year)), None)
    if since is None:
        raise InputError(NO_EARLIER_YEAR, year=year)
    check_comparable(measure, since, year)
    sides = [
        map_side(measure, classify_snapshot(measure.snapshot(entry))) for entry in (since, year)
    ]
    pair = MapPair(sides[0], sides[1], "")
    if display.kind == PLACES:
        difference = replace(rank_difference(pair), early=since, late=year)
    else:
        difference = difference_of_years(sides[0], sides[1], display.kind == PERCENT)
    choropleth = difference.choropleth
    cells = rank_cells(choropleth.snapshot.cells.values())
    snapshot = replace(choropleth.snapshot, measure=measure.id, cells=cells)
    return MeasureMap(
        measure,
        _measure_of_change(measure, display.kind),
        replace(choropleth, snapshot=snapshot),
        Display(display.kind, since),
        pair,
        difference,
    )


def measure_of_difference(pair: MapPair, difference: DifferenceMap) -> Measure:
    """Return the first measure of a pair with the unit of the map of their difference."""
    kind = {"moved": PLACES, "percent": PERCENT}.get(difference.basis, CHANGE)
    return _measure_of_change(pair.first.measure, kind)


def _measure_of_change(measure: Measure, kind: str) -> Measure:
    """Return the measure with the unit and the decimals of its change."""
    en, zh = (_unit_of_change(measure, kind, translator(lang)) for lang in ("en", "zh"))
    decimals = {PLACES: 0, PERCENT: PERCENT_DECIMALS}.get(kind, measure.decimals)
    return replace(measure, unit_en=en, unit_zh=zh, decimals=decimals, is_difference=True)


def _unit_of_change(measure: Measure, kind: str, t: Translator) -> str:
    if kind == PERCENT:
        return "%"
    return t(N_("ranks")) if kind == PLACES else difference_unit(measure, t)


def measure_pane(shown: MeasureMap, t: Translator, with_figures: bool = False) -> WebPane:
    """Return the pane of the web map, with tooltips that say what the map displays.

    with_figures: with the value of each cell, for a tile grid.
    """
    figure = partial(tile_figure, measure=shown.measure, t=t) if with_figures else None
    if shown.pair is None:
        return replace(build_pane(shown.choropleth, shown.base, t), figure=figure)
    return WebPane(shown.choropleth, "", lambda cell: _change_lines(shown, cell, t), figure)


def pair_panes(
    pair: MapPair, third: DifferenceMap | None, t: Translator, with_figures: bool = False
) -> list[WebPane]:
    """Return the panes of two maps and of the third if there is one.

    with_figures: with the value of each cell, for tile grids.
    """
    panes = comparison_panes(pair, third, t)
    if not with_figures:
        return panes
    measures = [pair.first.measure, pair.second.measure]
    measures += [measure_of_difference(pair, third)] if third else []
    return [
        replace(pane, figure=partial(tile_figure, measure=measure, t=t))
        for pane, measure in zip(panes, measures, strict=True)
    ]


def tile_figure(cell: Cell, measure: Measure, t: Translator) -> str:
    """Return the value of a cell on a tile without its unit, else its rank; empty for neither."""
    if cell.value is not None:
        return format_number(cell.value, measure, t)
    return str(cell.rank or "")


def _change_lines(shown: MeasureMap, cell: Cell, t: Translator) -> list[str]:
    """Return the lines of a tooltip: the change, then what it is the change of."""
    if cell.value is None or shown.pair is None:
        return [format_cell(cell, shown.measure, t)]
    early, late = shown.pair.first, shown.pair.second
    if shown.display.kind == PLACES:
        change = format_rank_change(cell.value, t)
    else:
        change = format_value(cell.value, shown.measure, t)
    lines = [
        t(N_("{value} from {early} to {late}"), value=change, early=early.year, late=late.year)
    ]
    for side in (early, late):
        place = side.snapshot.cells[cell.adcode]
        rank_only = shown.display.kind == PLACES and place.rank is not None
        text = f"{place.rank}" if rank_only else format_cell(place, shown.base, t)
        message = N_("Rank {value} ({year})") if rank_only else N_("{value} ({year})")
        lines.append(t(message, value=text, year=side.year))
    if cell.is_doubtful:
        lines.append(status_name(cell, t))
    return [*lines, *(localized_remark(remark, t) for remark in cell.remarks)]
