"""Pairs of maps with common classes, and the map of their difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from branca.utilities import color_brewer

from geo.analysis.change import is_nominal
from geo.analysis.compared_measures import MeasureInYear
from geo.index import default_recipe
from geo.maps import (
    DEFAULT_CLASS_COUNT,
    DEFAULT_METHOD,
    DIVERGING,
    INDEX_RAMP,
    QUANTITY_RAMP,
    RANK_RAMP,
    RANK_TIERS,
    RANKED_SCALES,
    Choropleth,
    Classes,
    MapClass,
    WebPane,
    build_pane,
    classify,
    classify_snapshot,
    colour_by_breaks,
    colour_by_tiers,
    colour_ramp,
)
from geo.measures import (
    QUANTITIES,
    Benchmark,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    derived_status,
    difference_unit,
    format_cell,
    format_difference,
    format_rank_change,
    localized_remark,
    name_with_unit,
    rank_cells,
    status_name,
)
from geo.tables import dataset
from geo.text import N_, InputError, Translator

PERCENTILES: Final = (20.0, 40.0, 60.0, 80.0)
# The tiers of published ranks, and two more for ranks that only indicators have.
ALL_TIERS: Final = (*RANK_TIERS, (11, 20), (21, 31))
STEPS: Final = 3  # classes on either side of zero
FAR: Final = 6  # places from which a move is in the outer class
ID: Final = "difference"
NO_RANKS: Final = N_(
    "The difference is not shown: the list of {year} has no ranks among 31 provinces."
)
SAME: Final = N_("The difference is not shown: both maps show the same data.")
BREAK: Final = N_("The difference is not shown: the series has a break in {year}.")
OTHER_SET: Final = N_(
    "The difference is not shown: the open index uses different indicators in "
    "{early} and in {late}."
)
BASIS_NOTES: Final = {
    "value": N_(
        "Both maps use the same classes, calculated from the values of both: equal "
        "colours mean equal values."
    ),
    "percentile": N_(
        "The units differ, so both maps show percentile ranks: the share of the other "
        "provinces that a province ranks above."
    ),
    "rank": N_(
        "The report publishes ranks without scores, so both maps show ranks among 31 "
        "provinces. Provinces without a published rank are hatched; they are not last."
    ),
    "": N_("Each map has its own classes: equal colours do not mean equal values."),
}
CIRCLE_NOTES: Final = {
    "value": N_("The circles of both maps have the same scale: equal circles mean equal values."),
    "": N_("Each map has its own scale: equal colours or circles do not mean equal values."),
}
LOWER: Final = N_("lower in {late}")
HIGHER: Final = N_("higher in {late}")
DOWN: Final = N_("lower rank in B")
UP: Final = N_("higher rank in B")
LOWER_RANK: Final = N_("lower rank in {late}")
HIGHER_RANK: Final = N_("higher rank in {late}")
NOMINAL: Final = N_("At current prices: the change includes price changes.")
RANKED_AMONG: Final = N_("Ranks are among the {count} provinces with data for both.")


@dataclass(frozen=True)
class MapSide(MeasureInYear):
    """One of the two maps: a measure, its cells of a year, and their classes."""

    choropleth: Choropleth


@dataclass(frozen=True)
class MapPair:
    """Both maps of a comparison.

    basis: the quantity of their shared classes, ``value``, ``percentile`` or ``rank``; empty if
    each map has its own classes.
    """

    first: MapSide
    second: MapSide
    basis: str

    @property
    def same_measure(self) -> bool:
        return self.first.measure.id == self.second.measure.id

    @property
    def basis_note(self) -> str:
        """The message on how both maps compare."""
        totals = self.first.measure.is_total or self.second.measure.is_total
        return (CIRCLE_NOTES if totals else BASIS_NOTES)[self.basis]


def map_side(measure: Measure, choropleth: Choropleth) -> MapSide:
    """Return one of the two maps: a choropleth with its measure."""
    return MapSide(measure, choropleth.snapshot, choropleth)


def common_basis(first: Measure, second: Measure) -> str:
    """Return the common basis of two measures: value, percentile (rank) or rank.

    Empty for circles of a total beside anything but another total in the same unit.
    """
    same_unit = all(
        getattr(first, name) == getattr(second, name) for name in ("kind", "unit_en", "unit_zh")
    )
    if first.is_total or second.is_total:
        return "value" if first.is_total and second.is_total and same_unit else ""
    if "report" in (first.kind, second.kind):
        return "rank"
    return "value" if same_unit else "percentile"


def build_map_pair(
    measure: Measure,
    year: int,
    measure2: Measure,
    year2: int,
    shared: bool = True,
    method: str = DEFAULT_METHOD,
    count: int = DEFAULT_CLASS_COUNT,
) -> MapPair:
    """Build both maps of a comparison, with shared classes or each with its own.

    Raises KeyError for a year that a measure does not have, and InputError as geo.maps.classes
    does.
    """
    shots = (measure.snapshot(year), measure2.snapshot(year2))
    how = common_basis(measure, measure2) if shared else ""
    if how == "value":
        pooled = [value for snapshot in shots for value in snapshot.values_by_adcode().values()]
        breaks = classify(pooled, method, count)
        choropleths = [colour_by_breaks(snapshot, breaks) for snapshot in shots]
    elif how == "percentile":
        choropleths = [
            _colour_by_percentile(snapshot, ours=any(s.is_open_index for s in shots))
            for snapshot in shots
        ]
    elif how == "rank":
        choropleths = [colour_by_place(snapshot) for snapshot in shots]
    else:
        choropleths = [classify_snapshot(snapshot, method, count) for snapshot in shots]
    return MapPair(map_side(measure, choropleths[0]), map_side(measure2, choropleths[1]), how)


def _colour_by_percentile(snapshot: Snapshot, ours: bool) -> Choropleth:
    """Colour by fifths of the percentile rank; ours: with the ramp of the open index."""
    counts = (0,) * (len(PERCENTILES) + 1)  # of the values: by_breaks counts the provinces
    fifths = Classes("own", PERCENTILES, counts, 0.0, 100.0)
    colours = colour_ramp(INDEX_RAMP if ours else QUANTITY_RAMP, len(fifths))
    return colour_by_breaks(snapshot, fifths, colours, percentiles=True)


def colour_by_place(snapshot: Snapshot) -> Choropleth:
    """Colour by tiers of ranks among 31; cells without a rank keep the style of their status."""
    if snapshot.scale in (Scale.AMONG_TEN, Scale.NAMED):
        return classify_snapshot(snapshot)
    purples = colour_ramp(RANK_RAMP, 7)
    # One step is left out: it is the style of provinces named without a rank.
    colours = [*purples[::-1][: len(RANK_TIERS)], purples[2], purples[1]]
    return colour_by_tiers(snapshot, ALL_TIERS, colours)


@dataclass(frozen=True)
class DifferenceMap:
    """The map of the difference, the third map of a comparison.

    basis: ``value`` (later minus earlier, in the unit of the measure), ``percent`` (of the earlier
    value) or ``moved`` (how many ranks higher a province is in the second map than in the first;
    negative: lower). sides: the
    number of classes below and above zero. ranked_again: the number of provinces, where they are
    ranked again among themselves. places: the ranks in the first and in the second map by adcode,
    where the basis is ranks. early, late: the years of a difference. nominal: whether it contains
    price changes.
    """

    choropleth: Choropleth
    basis: str
    sides: tuple[int, int]
    early: int = 0
    late: int = 0
    ranked_again: int = 0
    places: tuple[Mapping[str, int], ...] = ()
    nominal: bool = False


def build_difference_map(pair: MapPair) -> DifferenceMap:
    """Build the map of the difference of a pair. Raises InputError with the reason for none."""
    if pair.same_measure and pair.first.year == pair.second.year:
        raise InputError(SAME)
    if pair.same_measure and pair.first.measure.kind != "report":
        early, late = sorted((pair.first, pair.second), key=lambda side: side.year)
        # A change of a total in units would colour large provinces.
        return difference_of_years(early, late, early.measure.is_total)
    return rank_difference(pair)


def difference_of_years(early: MapSide, late: MapSide, in_percent: bool = False) -> DifferenceMap:
    """Build the map of the change of a measure from one year to another.

    in_percent: of the earlier value; a province where that is not above zero has none. Raises
    InputError if the years do not compare.
    """
    measure = early.measure
    check_comparable(measure, early.year, late.year)
    cells = []
    for adcode, new in late.snapshot.cells.items():
        old = early.snapshot.cells[adcode]
        if old.value is None or new.value is None:
            missing = new if new.value is None else old
            cells.append(Cell(adcode, missing.status))
        elif in_percent and old.value <= 0:
            cells.append(Cell(adcode, Status.NOT_PUBLISHED))
        else:
            status = derived_status((old, new))
            remarks = tuple(dict.fromkeys((*old.remarks, *new.remarks)))
            change = _change(old.value, new.value, in_percent)
            cells.append(Cell(adcode, status, change, remarks=remarks))
    snapshot = Snapshot(
        ID,
        late.year,
        Scale.QUANTITY,
        rank_cells(cells),
        national=_national_change(early.snapshot.national, late.snapshot.national, in_percent),
        is_open_index=late.snapshot.is_open_index,
    )
    breaks, below, above = _diverging_breaks(list(snapshot.values_by_adcode().values()))
    return DifferenceMap(
        colour_by_breaks(snapshot, breaks, [*below, *above]),
        "percent" if in_percent else "value",
        (len(below), len(above)),
        early.year,
        late.year,
        nominal=is_nominal(measure) if measure.kind == "indicator" else False,
    )


def _change(early: float, late: float, in_percent: bool) -> float:
    return 100 * (late / early - 1) if in_percent else late - early


def _national_change(
    early: Benchmark | None, late: Benchmark | None, in_percent: bool
) -> Benchmark | None:
    """Return the change of the national value; of a median there is none."""
    if early is None or late is None or early.how != late.how or late.how == "median":
        return None
    if in_percent and early.value <= 0:
        return None
    change = _change(early.value, late.value, in_percent)
    return replace(late, value=change, count=min(early.count, late.count))


def check_comparable(measure: Measure, early: int, late: int) -> None:
    """Raise InputError with the reason if two years of a measure do not compare."""
    if measure.kind == "index" and default_recipe(early) != default_recipe(late):
        raise InputError(OTHER_SET, early=early, late=late)
    rows = dataset().breaks
    broken = rows.loc[rows["indicator"].isin(measure.series_ids), "year"]
    between = sorted(year for year in broken if early < year <= late)
    if between:
        raise InputError(BREAK, year=between[0])


def _diverging_breaks(values: list[float]) -> tuple[Classes, list[str], list[str]]:
    """Return breaks symmetric around zero, as far as there are values; brown below, green above.

    The absolute values are cut into three classes of about equal counts.
    """
    sizes = sorted({abs(value) for value in values if value})
    cuts = list(classify(sizes, "quantiles", STEPS).breaks) if len(sizes) > 1 else []
    wings = len(cuts) + 1
    colours = color_brewer(DIVERGING, 7)
    below, above = list(colours[:3][:wings]), list(colours[4:][-wings:])
    low, high = min(values, default=0.0), max(values, default=0.0)
    breaks = [-cut for cut in reversed(cuts)] + [0.0] + cuts
    # A class entirely beyond the values is left out.
    while breaks and breaks[0] < low:
        del breaks[0], below[0]
    while breaks and breaks[-1] >= high:
        del breaks[-1], above[-1]
    counts = (0,) * (len(breaks) + 1)
    return Classes("own", tuple(breaks), counts, low, high), below, above


def rank_difference(pair: MapPair) -> DifferenceMap:
    """Build the map of the places gained from the first map to the second.

    Raises InputError for a list without ranks among 31.
    """
    sides = (pair.first.snapshot, pair.second.snapshot)
    for side in sides:
        if side.scale in (Scale.AMONG_TEN, Scale.NAMED):
            raise InputError(NO_RANKS, year=side.year)
    both = [a for a in sides[0].cells if all(_is_placed(side.cells[a]) for side in sides)]
    published = "report" in (pair.first.measure.kind, pair.second.measure.kind)
    counts = {side.cells[a].of for side in sides for a in both}
    again = not published and len(counts) > 1
    places = [
        _places_among(side, both) if again else _published_places(side, both) for side in sides
    ]
    cells = []
    for adcode in sides[0].cells:
        pair_of = [side.cells[adcode] for side in sides]
        if adcode in both:
            rank_change = float(places[0][adcode] - places[1][adcode])
            cells.append(replace(_carry_doubt(adcode, pair_of), value=rank_change))
        else:
            lacking = next(c for c in pair_of if not _is_placed(c))
            cells.append(replace(_carry_doubt(adcode, pair_of), status=lacking.status))
    snapshot = Snapshot(ID, pair.second.year, Scale.QUANTITY, {c.adcode: c for c in cells})
    return DifferenceMap(
        _colour_by_moves(snapshot),
        "moved",
        (2, 2),
        ranked_again=len(both) if again else 0,
        places=tuple(places),
    )


def _carry_doubt(adcode: str, cells: Sequence[Cell]) -> Cell:
    """Return a cell with the combined status of several cells and the ambiguity of one."""
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
    """Return ranks among some of the provinces only."""
    cells = rank_cells(Cell(a, side.cells[a].status, side.cells[a].value) for a in both)
    return {a: cell.rank or 0 for a, cell in cells.items()}


def _colour_by_moves(snapshot: Snapshot) -> Choropleth:
    """Colour by five classes of ranks lost or gained; the middle one, pale, is no change."""
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


def side_titles(third: DifferenceMap, t: Translator) -> tuple[str, str]:
    """Return the titles of the classes below and above zero; empty for a side without any."""
    if third.basis == "moved" and third.late:
        words = t(LOWER_RANK, late=third.late), t(HIGHER_RANK, late=third.late)
    elif third.basis == "moved":
        words = t(DOWN), t(UP)
    else:
        words = t(LOWER, late=third.late), t(HIGHER, late=third.late)
    below, above = third.sides
    return words[0] if below else "", words[1] if above else ""


def difference_note(third: DifferenceMap, t: Translator) -> str:
    """Return a note on price changes and on ranks among some provinces only; may be empty."""
    ranks = t(RANKED_AMONG, count=third.ranked_again) if third.ranked_again else ""
    nominal = t(NOMINAL) if third.nominal else ""
    return t.join_sentences([ranks, nominal])


def comparison_panes(pair: MapPair, third: DifferenceMap | None, t: Translator) -> list[WebPane]:
    """Return both maps with their titles, and the third if there is one."""
    panes = [
        build_pane(side.choropleth, side.measure, t, side_title_with_letter(side, letter, t))
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    if third:
        heading = difference_title(pair, third, t)
        panes.append(
            WebPane(
                third.choropleth, heading, lambda cell: difference_tooltip(pair, third, cell, t)
            )
        )
    return panes


def side_title_with_letter(side: MapSide, letter: str, t: Translator) -> str:
    """Return the title of one map: its letter, the measure with its unit, and the year."""
    return t(
        N_("{letter} · {measure}, {year}"),
        letter=letter,
        measure=name_with_unit(side.measure, t),
        year=side.year,
    )


def difference_title(pair: MapPair, third: DifferenceMap, t: Translator) -> str:
    """Return the title of the third map."""
    if third.basis == "moved":
        return t(N_("Difference in rank, A to B"))
    unit = difference_unit(pair.first.measure, t)
    return t(
        N_("Change from {early} to {late} ({unit})"), early=third.early, late=third.late, unit=unit
    )


def difference_tooltip(pair: MapPair, third: DifferenceMap, cell: Cell, t: Translator) -> list[str]:
    """Return the lines of a tooltip of the third map below the name of the unit."""
    if cell.value is None:
        return [format_cell(cell, pair.second.measure, t)]
    remarks = [localized_remark(text, t) for text in cell.remarks]
    if third.basis == "moved":
        return [format_rank_change(cell.value, t), *remarks]
    difference = format_difference(cell.value, pair.first.measure, t)
    change = t(
        N_("{value} from {early} to {late}"), value=difference, early=third.early, late=third.late
    )
    return [change, *([status_name(cell, t)] if cell.is_doubtful else []), *remarks]
