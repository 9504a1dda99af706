"""Charts in pictures: axes, the scatter of two measures, the lines of a time series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import floor, log10
from typing import Final

import numpy as np
import shapely
from matplotlib.ticker import MaxNLocator

from geo.analysis import (
    BAND_NAMES,
    DOUBT_SUFFIX,
    FONT_SIZE_PX,
    POINT_SIZES,
    SIDE_A,
    SIDE_B,
    SIDE_NAMES,
    Axis,
    Band,
    MeasureInYear,
    NamedMark,
    PlotArea,
    ScatterPoint,
    SeriesPoint,
    axis_ends,
    axis_title,
    axis_title_of,
    build_plot_area,
    build_quarters,
    build_time_axis,
    fit_line,
    format_quarter,
    line_name,
    mark_area_px2,
    place_names,
    rank_ticks,
    region_colour,
    region_name,
    region_names,
    scatter_points,
)
from geo.colours import COLOURS
from geo.labels import Box, spread_labels
from geo.maps import (
    REGION_COLOURS,
    REGION_DASHES,
    REGION_GREY,
    SOLID_LINE,
    Marker,
    assign_markers,
    readable_colour,
)
from geo.measures import format_population
from geo.pictures.fonts import ASCENT, BOLD, REGULAR, shorten_text, text_width
from geo.pictures.rows import KeyEntry, draw_key_row, line_sign, marker_shape, marker_sign
from geo.pictures.sheet import (
    FAINT,
    INK,
    MUTED,
    PAPER,
    RULE,
    Points,
    ShapeItem,
    Sheet,
    StrokeItem,
    TextItem,
    dot_shape,
)
from geo.pictures.subject import FigureSubject
from geo.text import N_, Translator, period_position
from geo.units import provinces

TICKS: Final = 6  # most steps of an axis
PADDING_SHARE: Final = 0.6  # between an axis and its labels, in em
FONT_FACTOR: Final = 0.86  # share of the picture's font size
BAND_GROUND: Final = COLOURS["band"]
QUARTER_DASH: Final = (4.0, 3.0)
FIT_DASH: Final = (7.0, 4.0)
PALE: Final = 0.8  # share of white in the fill of a mark
LINE: Final = 1.35  # line height, in em
LINE_FONT_FACTOR: Final = 0.92  # share of the picture's font size
NAME_ROOM: Final = 0.26  # most of the width that line names take
NAME_STEP: Final = 1.32  # distance between line names, in em
DASH: Final = 1.4  # length of dashes relative to the page's chart
MARK: Final = 0.62  # width of marks, in em
LINE_REACH: Final = 0.55  # half the length of a line in the key, in em
BREAK_DASH: Final = (2.0, 3.0)


@dataclass(frozen=True)
class AxisTick:
    """A position on an axis, with its label."""

    value: float
    text: str


@dataclass(frozen=True)
class PlotFrame:
    """The plot area. left, right, bottom, top: the ends of the axes in their units.

    An axis may run downwards, as rank axes do.
    """

    box: Box
    left: float
    right: float
    bottom: float
    top: float

    def x_of(self, value: float) -> float:
        return self.box.x0 + (value - self.left) / (self.right - self.left) * self.box.width

    def y_of(self, value: float) -> float:
        return self.box.y1 - (value - self.bottom) / (self.top - self.bottom) * self.box.height

    def to_pixels(self, points: Sequence[tuple[float, float]]) -> Points:
        """Convert points from the units of the axes to pixels of the sheet."""
        return np.array([[self.x_of(x), self.y_of(y)] for x, y in points])

    def draw_vertical(
        self, sheet: Sheet, value: float, colour: str, dash: tuple[float, ...]
    ) -> None:
        """Draw a line from the bottom to the top."""
        line = np.array([[self.x_of(value), self.box.y0], [self.x_of(value), self.box.y1]])
        sheet.add_items(StrokeItem((line,), colour, 1.2, "plot", dash))

    def draw_horizontal(
        self, sheet: Sheet, value: float, colour: str, dash: tuple[float, ...]
    ) -> None:
        """Draw a line from the left to the right."""
        line = np.array([[self.box.x0, self.y_of(value)], [self.box.x1, self.y_of(value)]])
        sheet.add_items(StrokeItem((line,), colour, 1.2, "plot", dash))


def axis_ticks(low: float, high: float, t: Translator) -> list[AxisTick]:
    """Ticks at round numbers between two values, with as many decimals as they need."""
    values = MaxNLocator(TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    step = values[1] - values[0]
    decimals = max(0, -floor(log10(step) + 1e-9))
    # A step such as 2.5 needs one decimal more than its magnitude suggests.
    decimals += abs(round(step, decimals) - step) > step * 1e-6
    slack = (high - low) * 1e-9
    inside = [value for value in values if low - slack <= value <= high + slack]
    return [AxisTick(float(value), t.format_number(float(value), decimals)) for value in inside]


def draw_axes(
    sheet: Sheet,
    plot: PlotFrame,
    across: Sequence[AxisTick],
    upwards: Sequence[AxisTick],
    letters: float,
    grid: bool = True,
) -> None:
    """Draw both axes with their ticks; grid: thin lines at the ticks of the vertical axis."""
    box = plot.box
    for tick in upwards:
        y = plot.y_of(tick.value)
        if grid:
            sheet.add_rule(box.x0, y, box.x1, y)
        sheet.add_items(
            TextItem(
                box.x0 - letters * PADDING_SHARE,
                y + letters * 0.36,
                tick.text,
                letters,
                "axis",
                colour=FAINT,
                align="right",
            )
        )
    sheet.add_rule(box.x0, box.y1, box.x1, box.y1)
    sheet.add_rule(box.x0, box.y0, box.x0, box.y1)
    base = box.y1 + letters * (PADDING_SHARE + ASCENT)
    for tick in across:
        x = plot.x_of(tick.value)
        sheet.add_items(
            StrokeItem((np.array([[x, box.y1], [x, box.y1 + letters * 0.3]]),), RULE, 1.0, "plot"),
            TextItem(x, base, tick.text, letters, "axis", colour=MUTED, align="center"),
        )


def draw_scatter(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw the scatter of the subject's two measures into a box."""
    relation, request = subject.relation, subject.picture
    letters = sheet.size.text * FONT_FACTOR
    scale = letters / FONT_SIZE_PX  # sheet pixels for one pixel of the page's chart
    marked = assign_markers("", request.provinces)
    where = build_plot_area(relation)
    top = draw_key_row(sheet, room, _scatter_key_entries(marked, scale / sheet.size.text, subject))
    across, upwards = (
        _scatter_ticks(axis, relation.by_rank, subject) for axis in (where.x, where.y)
    )
    bands = [_band_label(band, subject) for band in where.y.bands]
    written = [*(tick.text for tick in upwards), *bands]
    side = min(max(text_width(text, letters) for text in written) + letters, room.width * 0.2)
    step = letters * LINE
    chart = PlotFrame(
        Box(room.x0 + side, top + 2.6 * step, room.x1, room.y1 - 3.6 * step),
        where.x.start, where.x.end, where.y.start, where.y.end,
    )  # fmt: skip
    _draw_axis_titles(sheet, room, chart, subject, letters)
    _draw_bands(sheet, chart, where, side, subject, letters)
    draw_axes(sheet, chart, across, upwards, letters, grid=not relation.by_rank)
    quarters = build_quarters(relation, request.quadrants)
    if quarters:
        chart.draw_vertical(sheet, quarters.a, FAINT, QUARTER_DASH)
        chart.draw_horizontal(sheet, quarters.b, FAINT, QUARTER_DASH)
        for a_high in (False, True):
            for b_high in (False, True):
                text = subject.translate_each(partial(format_quarter, quarters, a_high, b_high))
                _draw_quarter_count(sheet, chart, text.replace("\n", " "), a_high, b_high, letters)
    _draw_fitted_line(sheet, chart, subject)
    _draw_points(sheet, chart, where, marked, scale, subject)
    sheet.boxes["scatter"] = chart.box


def _scatter_ticks(axis: Axis, by_rank: bool, subject: FigureSubject) -> list[AxisTick]:
    if by_rank:
        return [AxisTick(place, str(place)) for place in axis.ticks]
    return axis_ticks(axis.start, axis.end, subject.translators[0])


def _draw_axis_titles(
    sheet: Sheet, room: Box, chart: PlotFrame, subject: FigureSubject, letters: float
) -> None:
    """Write the titles of the axes: measure B on the vertical one, A on the horizontal one."""
    relation = subject.relation
    for key, side, base, align in (
        (SIDE_B, relation.b, chart.box.y0 - 1.75 * letters * LINE, "left"),
        (SIDE_A, relation.a, room.y1 - letters * 0.3, "right"),
    ):
        text = subject.translate_each(partial(_axis_name, key, side, relation.by_rank))
        x = room.x0 if align == "left" else room.x1
        fitted = shorten_text(text, room.width, letters)
        sheet.add_items(TextItem(x, base, fitted, letters, "axis", colour=INK, align=align))


def _axis_name(key: str, side: MeasureInYear, by_rank: bool, t: Translator) -> str:
    return t(SIDE_NAMES[key], title=axis_title_of(side, by_rank, t))


def _draw_quarter_count(
    sheet: Sheet, chart: PlotFrame, text: str, a_high: bool, b_high: bool, letters: float
) -> None:
    """Write the number of provinces in a quarter: above the upper two, below the lower two."""
    box = chart.box
    x, align = (box.x1, "right") if a_high else (box.x0, "left")
    base = box.y0 - letters * 0.5 if b_high else box.y1 + letters * (0.6 + ASCENT + LINE)
    fitted = shorten_text(text, box.width * 0.48, letters * 0.94)
    sheet.add_items(TextItem(x, base, fitted, letters * 0.94, "corner", colour=MUTED, align=align))


# ---- bands of provinces without a rank ----


def _band_label(band: Band, subject: FigureSubject) -> str:
    return subject.translate_each(partial(_short_status, band), " ")


def _short_status(band: Band, t: Translator) -> str:
    return t(BAND_NAMES[band.status])


def _draw_bands(
    sheet: Sheet,
    chart: PlotFrame,
    where: PlotArea,
    side: float,
    subject: FigureSubject,
    letters: float,
) -> None:
    x, y, box = where.x, where.y, chart.box
    for band in x.bands:
        left, right = sorted((chart.x_of(band.near), chart.x_of(band.far)))
        sheet.add_items(_band_shape(left, box.y0, right, box.y1))
        text = shorten_text(_band_label(band, subject), right - left - letters * 0.4, letters)
        base = box.y1 + letters * (0.6 + ASCENT)
        sheet.add_items(
            TextItem((left + right) / 2, base, text, letters, "axis", colour=MUTED, align="center")
        )
    for band in y.bands:
        top, bottom = sorted((chart.y_of(band.near), chart.y_of(band.far)))
        sheet.add_items(_band_shape(box.x0, top, box.x1, bottom))
        text = shorten_text(_band_label(band, subject), side - letters * 0.7, letters)
        base = (top + bottom) / 2 + letters * 0.36
        sheet.add_items(
            TextItem(
                box.x0 - letters * PADDING_SHARE,
                base,
                text,
                letters,
                "axis",
                colour=MUTED,
                align="right",
            )
        )


def _band_shape(x0: float, y0: float, x1: float, y1: float) -> ShapeItem:
    return ShapeItem(shapely.box(x0, y0, x1, y1), "band", BAND_GROUND, RULE, 0.6)


# ---- marks, names and the line ----


def _draw_fitted_line(sheet: Sheet, chart: PlotFrame, subject: FigureSubject) -> None:
    """Draw the fitted line, clipped to the axes."""
    line = fit_line(subject.relation) if subject.picture.fit == "line" else None
    if line is None:
        return
    ends = [(x, line.value_at(x)) for x in (chart.left, chart.right)]
    path = shapely.LineString(chart.to_pixels(ends))
    box = chart.box
    inside = shapely.clip_by_rect(path, box.x0, box.y0, box.x1, box.y1)
    if not inside.is_empty:
        points = np.asarray(shapely.get_coordinates(inside))
        sheet.add_items(StrokeItem((points,), MUTED, 1.8, "plot", FIT_DASH))


def _draw_points(
    sheet: Sheet, chart: PlotFrame, where: PlotArea, marked: dict[str, Marker], scale: float,
    subject: FigureSubject,
) -> None:  # fmt: skip
    relation = subject.relation
    doubtful = {pair.adcode for pair in relation.pairs if pair.doubtful}
    points = scatter_points(where, list(marked), relation.a.year)
    # Small marks are drawn over large ones, and chosen provinces over all.
    for dot in sorted(points, key=lambda one: (one.adcode in marked, -one.area_px2)):
        hollow = dot.adcode in doubtful
        radius = dot.radius_px * scale
        x, y = chart.x_of(dot.x), chart.y_of(dot.y)
        if dot.adcode in marked:
            marker = marked[dot.adcode]
            shape = marker_shape(x, y, radius * 2, marker, "dot", hollow, dot.adcode)
        else:
            shape = _circle_shape(x, y, radius, region_colour(dot.adcode), hollow, dot.adcode)
        sheet.add_items(shape)
    _draw_point_names(sheet, chart, points, marked, doubtful, scale, subject)


def _draw_point_names(
    sheet: Sheet,
    chart: PlotFrame,
    points: list[ScatterPoint],
    marked: dict[str, Marker],
    doubtful: set[str],
    scale: float,
    subject: FigureSubject,
) -> None:
    letters = FONT_SIZE_PX * scale
    wide, high = chart.box.width / scale, chart.box.height / scale
    written = [_point_name(dot.adcode, dot.adcode in doubtful, subject) for dot in points]
    marks = [
        NamedMark(
            text,
            (chart.x_of(dot.x) - chart.box.x0) / chart.box.width,
            (chart.y_of(dot.y) - chart.box.y0) / scale,
            dot.radius_px + 1,
            dot.adcode in marked,
            text_width(text, FONT_SIZE_PX, BOLD if dot.adcode in marked else REGULAR),
        )
        for dot, text in zip(points, written, strict=True)
    ]
    for i, spot in place_names(marks, (wide, wide), high).items():
        dot = points[i]
        x, y = chart.x_of(dot.x), chart.y_of(dot.y)
        at = x + spot.dx_px * scale, y + spot.dy_px * scale
        if spot.far:
            sheet.add_items(StrokeItem((np.array([[x, y], at]),), RULE, 1.0, "leader"))
        chosen = dot.adcode in marked
        sheet.add_items(
            TextItem(
                at[0],
                at[1] + letters * 0.36,
                written[i],
                letters,
                "name",
                BOLD if chosen else REGULAR,
                marked[dot.adcode].colour if chosen else INK,
                spot.align,
                PAPER,
                dot.adcode,
            )
        )


def _point_name(adcode: str, doubtful: bool, subject: FigureSubject) -> str:
    text = subject.translate_each(lambda t: provinces()[adcode].name_in(t.lang), " ")
    return text + (DOUBT_SUFFIX if doubtful else "")


def _circle_shape(
    x: float, y: float, radius: float, colour: str, hollow: bool, about: str = ""
) -> ShapeItem:
    shape = shapely.Point(x, y).buffer(radius, quad_segs=12)
    return ShapeItem(shape, "dot", PAPER if hollow else _lighten(colour), colour, 1.3, about=about)


def _lighten(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 * PALE + part * (1 - PALE)):02x}" for part in parts)


# ---- the key ----


def _scatter_key_entries(
    markers: dict[str, Marker], scale: float, subject: FigureSubject
) -> Iterator[KeyEntry]:
    """The key's entries. scale: of the marks, in em of the key for a pixel of the page's chart."""
    for adcode, marker in markers.items():
        yield KeyEntry(marker_sign(marker), _point_name(adcode, False, subject))
    for region, colour in zip(region_names(), REGION_COLOURS, strict=True):
        yield KeyEntry(
            partial(_draw_ring_sign, colour, 0.36),
            subject.translate_each(partial(region_name, region), " "),
        )
    for size in POINT_SIZES:
        radius = ScatterPoint("", 0, 0, mark_area_px2(size)).radius_px * scale
        sign = partial(_draw_ring_sign, REGION_GREY, radius)
        yield KeyEntry(sign, subject.translate_each(partial(_format_population, size), " "), radius)


def _format_population(size: float, t: Translator) -> str:
    return format_population(size, t, decimals=0)


def _draw_ring_sign(
    colour: str, radius: float, sheet: Sheet, x: float, y: float, letters: float
) -> None:
    """Draw a circle of a colour; radius: in em."""
    sheet.add_items(_circle_shape(x, y, radius * letters, colour, hollow=False))


@dataclass(frozen=True)
class _LineStyle:
    """How a line is drawn; only some lines have marks on their points."""

    marker: Marker
    dash: tuple[float, ...] = ()
    marked: bool = True


def draw_time_series(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw the lines of the subject's measure into a box."""
    series, t = subject.time_series, subject.translators[0]
    looks = _line_styles(subject)
    top = draw_key_row(sheet, room, _line_key_entries(looks, subject))
    letters = sheet.size.text * LINE_FONT_FACTOR
    if not series.points:
        words = subject.translate_each(lambda tr: tr(N_("No line is available.")))
        sheet.add_items(TextItem(room.x0, top + letters * 2, words, letters, "plot", colour=MUTED))
        return
    places = series.rank_count
    low, high = axis_ends([point.value for point in series.points], places)
    if places:
        upwards = [AxisTick(rank, str(rank)) for rank in rank_ticks(places)]
        low, high = high, low
    else:
        upwards = axis_ticks(low, high, t)
    names = {line: line_name(line, series.measure, t) for line in looks}
    wide = min(max(text_width(name, letters) for name in names.values()), room.width * NAME_ROOM)
    side = max(text_width(tick.text, letters) for tick in upwards) + letters
    unit = subject.translate_each(partial(axis_title, series))
    sheet.add_items(TextItem(room.x0, top + letters, unit, letters, "axis", colour=MUTED))
    years = sorted({point.year for point in series.points})
    time = build_time_axis(series.measure, years)
    chart = PlotFrame(
        Box(room.x0 + side, top + letters * 2, room.x1 - wide - letters, room.y1 - letters * 2.2),
        time.first - time.pad, time.last + time.pad, low, high,
    )  # fmt: skip
    across = [AxisTick(place, text) for place, text in time.ticks]
    draw_axes(sheet, chart, across, upwards, letters)
    for year in series.breaks:
        if years[0] < year <= years[-1]:
            chart.draw_vertical(sheet, year - 0.5, FAINT, BREAK_DASH)
    # Regions are drawn first, so that provinces are in front.
    for line in reversed(looks):
        points = [point for point in series.points if point.line == line]
        _draw_series_line(sheet, chart, looks[line], points, letters)
    _draw_line_names(sheet, chart, looks, names, series.points, wide, letters)
    sheet.boxes["lines"] = chart.box


def _line_styles(subject: FigureSubject) -> dict[str, _LineStyle]:
    """The styles of the lines that occur: provinces, country, regions."""
    looks = {a: _LineStyle(m) for a, m in assign_markers("", subject.picture.provinces).items()}
    looks["national"] = _LineStyle(Marker(INK, "circle"))
    looks |= {
        region: _LineStyle(
            Marker(REGION_GREY, "circle"),
            () if dash == SOLID_LINE else tuple(part * DASH for part in dash),
            marked=False,
        )
        for region, dash in zip(region_names(), REGION_DASHES, strict=True)
    }
    there = {point.line for point in subject.time_series.points}
    return {line: look for line, look in looks.items() if line in there}


def _line_key_entries(looks: dict[str, _LineStyle], subject: FigureSubject) -> Iterator[KeyEntry]:
    measure = subject.time_series.measure
    for line, look in looks.items():
        name = subject.translate_each(partial(line_name, line, measure), " ")
        if look.marked:
            yield KeyEntry(marker_sign(look.marker), name)
        else:
            yield KeyEntry(line_sign(look.marker.colour, look.dash), name, LINE_REACH)
    if any(point.doubtful for point in subject.time_series.points):
        words = subject.translate_each(lambda t: t(N_("doubtful value or rank")), " ")
        yield KeyEntry(marker_sign(Marker(INK, "circle"), hollow=True), words)


def _draw_series_line(
    sheet: Sheet, chart: PlotFrame, look: _LineStyle, points: list[SeriesPoint], letters: float
) -> None:
    colour = look.marker.colour
    for _, piece in groupby(points, key=lambda point: point.segment):
        values = [(period_position(point.year), point.value) for point in piece]
        if len(values) > 1:
            wide = 2.2 if look.marked else 1.6
            sheet.add_items(StrokeItem((chart.to_pixels(values),), colour, wide, "line", look.dash))
        elif not look.marked:
            # A single year has no line, so it is drawn as a dot.
            sheet.add_items(
                dot_shape(
                    chart.x_of(values[0][0]),
                    chart.y_of(values[0][1]),
                    letters * 0.2,
                    colour,
                    "line",
                )
            )
    if look.marked:
        for point in points:
            x, y = chart.x_of(period_position(point.year)), chart.y_of(point.value)
            sheet.add_items(marker_shape(x, y, letters * MARK, look.marker, "line", point.doubtful))


def _draw_line_names(
    sheet: Sheet, chart: PlotFrame, looks: dict[str, _LineStyle], names: dict[str, str],
    points: tuple[SeriesPoint, ...], wide: float, letters: float,
) -> None:  # fmt: skip
    """Write the names at the ends of lines without overlaps; the key has them in both languages."""
    last = {point.line: point for point in points}  # points are in order of years
    places = [chart.y_of(last[line].value) for line in looks]
    values = spread_labels(places, letters * NAME_STEP, chart.box.y0, chart.box.y1)
    for (line, look), y in zip(looks.items(), values, strict=True):
        colour = readable_colour(look.marker.colour, INK if look.marked else MUTED)
        text = shorten_text(names[line], wide, letters)
        x = chart.box.x1 + letters * 0.5
        sheet.add_items(
            TextItem(x, y + letters * 0.36, text, letters, "name", colour=colour, about=line)
        )
