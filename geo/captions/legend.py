"""The legend of a map, of a pair of maps and of a bivariate map, in the reader's language.

A legend is built once from choropleths. Pages, the standalone map and pictures draw it and do not
look at the cells again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.analysis import (
    THIRD_COUNT,
    Bivariate,
    DifferenceMap,
    MapPair,
    published_measures,
    side_title_with_letter,
    side_titles,
)
from geo.maps import (
    METHOD_NAMES,
    METHOD_NOTES,
    STATUS_STYLES,
    Choropleth,
    Classes,
    FillStyle,
    MapClass,
    class_label,
    class_range,
)
from geo.measures import (
    HOW_NATIONAL_SHORT,
    REPORT_PREFIX,
    SCALE_NOTES,
    STATUS_NOTES,
    STATUS_ORDER,
    UNSURE_SIGN,
    Measure,
    PublishedRanks,
    Status,
    count_marks,
    format_cell,
    format_class_counts,
    format_national,
    format_number,
    format_rank,
    measure_name,
    measure_unit,
    plain_counts,
    status_name,
)
from geo.text import N_, Translator
from geo.units import provinces

CIRCLES_NOTE: Final = N_("The area of a circle is in proportion to the value.")
# Headings of shared classes of percentiles or ranks instead of values.
BASIS_HEADS: Final = {"percentile": N_("Percentile rank"), "rank": N_("Rank among 31")}


@dataclass(frozen=True)
class LegendClass:
    """One class of a legend.

    label: the bounds in words. symbols: the bounds in symbols where they are values, else the
    label. counts: the number of provinces on each map. figure: these numbers as text;
    figure_with_unit: the same, with the word for provinces if there is one map.
    """

    colour: str
    label: str
    symbols: str
    counts: tuple[int, ...]
    figure: str
    figure_with_unit: str


@dataclass(frozen=True)
class LegendCircle:
    """A circle of the legend of a total: its value as text.

    share: its radius, as a share of that of the largest circle of the map.
    """

    label: str
    share: float


@dataclass(frozen=True)
class LegendKey:
    """The key of a status without a class; style: None if it has no fill of its own."""

    status: Status
    style: FillStyle | None
    name: str
    note: str
    counts: tuple[int, ...]
    figure: str


@dataclass(frozen=True)
class LegendMark:
    """A mark on some cells; sign: its text on the map. numbered: a rank stands in its place."""

    sign: str
    name: str
    note: str
    counts: tuple[int, ...]
    figure: str
    numbered: bool = False


@dataclass(frozen=True)
class ScaleMark:
    """The national value or the selected province.

    kind: ``national`` or ``selected``. value: without its unit; empty if there is none. text:
    name and value with its unit, or the status in its place. rank: the rank of a province with a
    value, else empty. position: the position on a bar of equally wide classes, 0 to 1; None
    without a value or without class breaks.
    """

    kind: str
    name: str
    value: str
    text: str
    rank: str
    position: float | None


@dataclass(frozen=True)
class LegendSide:
    """The classes on one side of zero; title: empty if there are none."""

    title: str
    class_count: int


@dataclass(frozen=True)
class Legend:
    """What a legend says, in one language.

    head: the unit of the classes, or what they are classes of; empty for a difference. classes:
    from low to high, or from the best tier. sides: the classes below and above zero, for a
    difference; classes that are in neither are between them. scale_marks: the national value and
    the selected province, of a legend of one map. has_scale: whether the classes have breaks, so
    that marks have a position. keys, marks: of statuses and of marks that occur. method_note: the
    classification method; empty without breaks. scale_note: what a list without values is; empty
    for values. maps: the numbers of the maps, from 0. letter: of the map, where each of a pair has
    its own legend. circles: of a total, which has no classes, the largest first.
    """

    head: str
    classes: tuple[LegendClass, ...]
    keys: tuple[LegendKey, ...]
    marks: tuple[LegendMark, ...]
    method_note: str = ""
    scale_note: str = ""
    scale_marks: tuple[ScaleMark, ...] = ()
    has_scale: bool = False
    sides: tuple[LegendSide, ...] = ()
    maps: tuple[int, ...] = (0,)
    letter: str = ""
    circles: tuple[LegendCircle, ...] = ()


@dataclass(frozen=True)
class SquareField:
    """A field of the square of a bivariate map; place: its class on the map."""

    place: int
    colour: str
    count: int
    label: str


@dataclass(frozen=True)
class SquareCorners:
    """The names of the corners of a square: low and high of A, then of B."""

    low_high: str
    high_high: str
    low_low: str
    high_low: str


@dataclass(frozen=True)
class BivariateLegend:
    """The square legend of a bivariate map.

    titles: of A (across) and B (upwards). fields: by third of A, then by third of B, both from
    low to high. first_bounds, second_bounds: the bounds of the thirds; empty for a third that the
    values do not make. first_symbols, second_symbols: the same, of values in symbols only. keys:
    the legend of what has no field.
    """

    titles: tuple[str, str]
    fields: tuple[tuple[SquareField, ...], ...]
    first_bounds: tuple[str, ...]
    second_bounds: tuple[str, ...]
    first_symbols: tuple[str, ...]
    second_symbols: tuple[str, ...]
    corners: SquareCorners
    keys: Legend


def build_map_legend(
    measure: Measure,
    choropleth: Choropleth,
    t: Translator,
    province: str = "",
    difference: DifferenceMap | None = None,
) -> Legend:
    """Return the legend of one map.

    province: the adcode of the selected one, or ''. difference: what the map shows, if it is a
    change, whose classes are on two sides of zero.
    """
    legend = replace(
        _build_legend([choropleth], t, _unit_head(measure, t)),
        scale_marks=_scale_marks(measure, choropleth, t, province),
    )
    return replace(legend, method_note="", sides=_sides(difference, t)) if difference else legend


def build_pair_legends(pair: MapPair, third: DifferenceMap | None, t: Translator) -> list[Legend]:
    """Return the legends of two maps, one shared or one for each, and of the third if it is there.

    The legend of the third map is the last one.
    """
    maps = (pair.first, pair.second)
    if pair.basis:
        head = BASIS_HEADS.get(pair.basis)
        text = t(head) if head else _unit_head(pair.first.measure, t)
        legends = [_build_legend([side.choropleth for side in maps], t, text)]
    else:
        legends = [
            replace(
                _build_legend([side.choropleth], t, _unit_head(side.measure, t)),
                maps=(place,),
                letter=letter,
            )
            for place, (side, letter) in enumerate(zip(maps, "AB", strict=True))
        ]
    if third:
        sides = _sides(third, t)
        legends.append(replace(_build_legend([third.choropleth], t), sides=sides, maps=(2,)))
    return legends


def _sides(difference: DifferenceMap, t: Translator) -> tuple[LegendSide, ...]:
    titles = side_titles(difference, t)
    return tuple(LegendSide(*side) for side in zip(titles, difference.sides, strict=True))


def build_bivariate_legend(pair: MapPair, bivariate: Bivariate, t: Translator) -> BivariateLegend:
    """Return the square legend of a bivariate map of a pair."""
    both_thirds = (bivariate.first_thirds, bivariate.second_thirds)
    bounds = tuple(_bounds_of_thirds(thirds, class_label, t) for thirds in both_thirds)
    symbols = tuple(_bounds_of_thirds(thirds, _class_symbols, t) for thirds in both_thirds)
    return BivariateLegend(
        titles=(
            side_title_with_letter(pair.first, "A", t),
            side_title_with_letter(pair.second, "B", t),
        ),
        fields=tuple(
            tuple(
                _square_field(bivariate, first, second, bounds, t) for second in range(THIRD_COUNT)
            )
            for first in range(THIRD_COUNT)
        ),
        first_bounds=bounds[0],
        second_bounds=bounds[1],
        first_symbols=symbols[0],
        second_symbols=symbols[1],
        corners=SquareCorners(
            low_high=t(N_("A low, B high")),
            high_high=t(N_("both high")),
            low_low=t(N_("both low")),
            high_low=t(N_("A high, B low")),
        ),
        keys=_build_legend([bivariate.choropleth], t),
    )


def _bounds_of_thirds(
    thirds: Sequence[MapClass], write: Callable[[MapClass, Translator], str], t: Translator
) -> tuple[str, ...]:
    """The bounds of each third, low to high; empty for one that the values do not make."""
    return tuple(
        write(thirds[place], t) if place < len(thirds) else "" for place in range(THIRD_COUNT)
    )


def scale_marks_by_province(
    measure: Measure, choropleth: Choropleth, t: Translator
) -> Mapping[str, tuple[ScaleMark, ...]]:
    """Return the marks for each province that can be selected, and for '', none.

    Empty for a map without class breaks, on which no mark has a position.
    """
    if choropleth.breaks is None:
        return {}
    adcodes = ("", *choropleth.snapshot.cells)
    return {adcode: _scale_marks(measure, choropleth, t, adcode) for adcode in adcodes}


def position_on_scale(breaks: Classes, value: float) -> float:
    """The position of a value on a bar of equally wide classes, 0 to 1.

    >>> position_on_scale(Classes("own", (10.0,), (1, 1), 0.0, 20.0), 15.0)
    0.75
    """
    place = breaks.class_of(value)
    edges = (
        min(breaks.lowest, *breaks.breaks[:1]),
        *breaks.breaks,
        max(breaks.highest, *breaks.breaks[-1:]),
    )
    low, high = edges[place], edges[place + 1]
    within = (value - low) / (high - low) if high > low else 0.5
    return (place + min(max(within, 0.0), 1.0)) / len(breaks)


def _build_legend(choropleths: Sequence[Choropleth], t: Translator, head: str = "") -> Legend:
    """Return classes, keys, marks and notes of maps that share them."""
    first = choropleths[0]
    return Legend(
        head=head,
        classes=_legend_classes(choropleths, t),
        keys=_legend_keys(choropleths, t),
        marks=_legend_marks(choropleths, t),
        method_note=_method_note(first.breaks, t) if first.breaks else "",
        scale_note=_scale_note(first, t),
        circles=_legend_circles(choropleths, t),
        has_scale=first.breaks is not None,
        maps=tuple(range(len(choropleths))),
    )


def _scale_note(choropleth: Choropleth, t: Translator) -> str:
    if choropleth.circles:
        return t(CIRCLES_NOTE)
    note = SCALE_NOTES.get(choropleth.snapshot.scale)
    return t(note) if note else ""


def _legend_circles(choropleths: Sequence[Choropleth], t: Translator) -> tuple[LegendCircle, ...]:
    circles = next((entry.circles for entry in choropleths if entry.circles), None)
    if circles is None:
        return ()
    return tuple(
        LegendCircle(t.format_number(value, _decimals_of(value)), circles.radius_share(value))
        for value in circles.legend_values()
    )


def _decimals_of(value: float) -> int:
    """The decimals of a number of one digit."""
    return max(0, -math.floor(math.log10(value) + 1e-9))


def _unit_head(measure: Measure, t: Translator) -> str:
    """Return the unit over the classes; a table may have been uploaded without one."""
    unit = measure_unit(measure, t)
    return unit or t(N_("Rank") if measure.kind == "report" else N_("Value"))


def _legend_classes(choropleths: Sequence[Choropleth], t: Translator) -> tuple[LegendClass, ...]:
    # Of two maps by ranks, one without any ranks has no classes.
    map_classes = max((choropleth.classes for choropleth in choropleths), key=len)
    return tuple(
        _legend_class(
            entry, [choropleth.shared_class_count(place) for choropleth in choropleths], t
        )
        for place, entry in enumerate(map_classes)
        if entry.basis != "both"  # the fields of a square have no label of their own
    )


def _legend_class(map_class: MapClass, counts: Sequence[int], t: Translator) -> LegendClass:
    return LegendClass(
        colour=map_class.colour,
        label=class_label(map_class, t),
        symbols=_class_symbols(map_class, t),
        counts=tuple(counts),
        figure=plain_counts(counts, t),
        figure_with_unit=format_class_counts(counts, t),
    )


def _class_symbols(map_class: MapClass, t: Translator) -> str:
    """The bounds of a class of values in symbols; of other classes the label."""
    return (class_range if map_class.basis == "value" else class_label)(map_class, t)


def _legend_keys(choropleths: Sequence[Choropleth], t: Translator) -> tuple[LegendKey, ...]:
    statuses = {status for choropleth in choropleths for status in choropleth.keyed_statuses()}
    keys = []
    for status in sorted(statuses, key=STATUS_ORDER.__getitem__):
        counts = tuple(choropleth.snapshot.count_status(status) for choropleth in choropleths)
        name, note = status_name(status, t), t(STATUS_NOTES[status])
        style = STATUS_STYLES.get(status)
        keys.append(LegendKey(status, style, name, note, counts, plain_counts(counts, t)))
    return tuple(keys)


def _legend_marks(choropleths: Sequence[Choropleth], t: Translator) -> tuple[LegendMark, ...]:
    marks = [
        LegendMark(mark.sign, t(mark.name), t(mark.note), tuple(counts), plain_counts(counts, t))
        for mark, counts in count_marks([choropleth.snapshot for choropleth in choropleths])
    ]
    if ranks := next((entry.ranks for entry in choropleths if entry.ranks), None):
        marks = [mark for mark in marks if mark.sign != UNSURE_SIGN]
        counts = [len(entry.ranks.ranks) if entry.ranks else 0 for entry in choropleths]
        marks.insert(0, _rank_mark(ranks, counts, t))
    return tuple(marks)


def _rank_mark(ranks: PublishedRanks, counts: Sequence[int], t: Translator) -> LegendMark:
    """Return the mark of the ranks of a published list, with the list in its name."""
    return LegendMark(
        sign=f"1–{max(ranks.ranks.values())}",
        name=t(
            N_("Rank in the report, {list}, {year}"),
            list=measure_name(published_measures()[REPORT_PREFIX + ranks.index], t),
            year=ranks.edition,
        ),
        note=t(N_("The ten provinces that the report publishes, by rank.")),
        counts=tuple(counts),
        figure="",
        numbered=True,
    )


def _scale_marks(
    measure: Measure, choropleth: Choropleth, t: Translator, province: str
) -> tuple[ScaleMark, ...]:
    marks = []
    national, cell = choropleth.snapshot.national, choropleth.snapshot.cells.get(province)
    if national:
        marks.append(
            ScaleMark(
                kind="national",
                name=t(HOW_NATIONAL_SHORT[national.how]),
                value=format_number(national.value, measure, t),
                text=format_national(national, measure, t),
                rank="",
                position=_position(choropleth, national.value),
            )
        )
    if cell:
        name = provinces()[cell.adcode].name_in(t.lang)
        valued = cell.value is not None
        marks.append(
            ScaleMark(
                kind="selected",
                name=name,
                value=format_number(cell.value, measure, t) if cell.value is not None else "",
                text=t(N_("{name}: {value}"), name=name, value=format_cell(cell, measure, t)),
                rank=format_rank(cell, t) if valued else "",
                position=_position(choropleth, cell.value),
            )
        )
    return tuple(marks)


def _position(choropleth: Choropleth, value: float | None) -> float | None:
    if choropleth.breaks is None or value is None:
        return None
    return position_on_scale(choropleth.breaks, value)


def _method_note(breaks: Classes, t: Translator) -> str:
    return t(
        N_("{method}: {note} Each class includes its upper break."),
        method=t(METHOD_NAMES[breaks.method]),
        note=t(METHOD_NOTES[breaks.method]),
    )


def _square_field(
    bivariate: Bivariate,
    first: int,
    second: int,
    bounds: tuple[tuple[str, ...], ...],
    t: Translator,
) -> SquareField:
    place = THIRD_COUNT * first + second
    map_class = bivariate.choropleth.classes[place]
    label = t(
        N_("A {first}, B {second}: {count} provinces"),
        first=bounds[0][first],
        second=bounds[1][second],
        count=map_class.count,
    )
    return SquareField(place, map_class.colour, map_class.count, label)
