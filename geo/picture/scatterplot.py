"""Two measures against each other: a mark for each province, as large as its residents are many.

On axes of ranks a province without a rank stands in a band of its own, as on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
import shapely

from geo import wording
from geo.cells import Snapshot
from geo.compare import dots, names, relationwording
from geo.compare.axes import Axis, Band, PlotArea, build_plot_area
from geo.compare.dots import ScatterPoint
from geo.compare.relation import build_quarters, fit_line
from geo.compare.relationwording import A, B
from geo.dimension import region_names
from geo.markers import REGION_COLOURS, REGION_GREY, Marker, assign_markers
from geo.picture import keyrow, plot, strips
from geo.picture.fonts import ASCENT, BOLD, REGULAR, text_width
from geo.picture.keyrow import KeyEntry
from geo.picture.lines import shorten_text
from geo.picture.plot import AxisTick, PlotFrame
from geo.picture.sheet import (
    FAINT,
    INK,
    MUTED,
    PAPER,
    RULE,
    Box,
    ShapeItem,
    Sheet,
    StrokeItem,
    TextItem,
)
from geo.picture.subject import FigureSubject
from geo.provinces import provinces
from geo.text import Translator

FONT_FACTOR: Final = 0.86  # of the size's letters
BAND_GROUND: Final = "#f4f4f2"
QUARTER_DASH: Final = (4.0, 3.0)
FIT_DASH: Final = (7.0, 4.0)
PALE: Final = 0.8  # of white in the fill of a mark
LINE: Final = 1.35  # from line to line, in sizes of the letters


def draw_scatter(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Put the scatter of the subject's two measures into a room."""
    relation, request = subject.relation, subject.picture
    letters = sheet.size.text * FONT_FACTOR
    scale = letters / names.FONT_SIZE_PX  # pixels of the sheet for one of the page's chart
    marked = assign_markers("", request.provinces)
    where = build_plot_area(relation)
    top = keyrow.draw_key_row(
        sheet, room, _scatter_key_entries(marked, scale / sheet.size.text, subject)
    )
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
    plot.draw_axes(sheet, chart, across, upwards, letters, grid=not relation.by_rank)
    quarters = build_quarters(relation, request.quadrants)
    if quarters:
        chart.draw_vertical(sheet, quarters.a, FAINT, QUARTER_DASH)
        chart.draw_horizontal(sheet, quarters.b, FAINT, QUARTER_DASH)
        for a_high in (False, True):
            for b_high in (False, True):
                text = subject.translate_each(
                    partial(relationwording.format_quarter, quarters, a_high, b_high)
                )
                _draw_quarter_count(sheet, chart, text.replace("\n", " "), a_high, b_high, letters)
    _draw_fitted_line(sheet, chart, subject)
    _draw_points(sheet, chart, where, marked, scale, subject)
    sheet.boxes["scatter"] = chart.box


def _scatter_ticks(axis: Axis, by_rank: bool, subject: FigureSubject) -> list[AxisTick]:
    if by_rank:
        return [AxisTick(place, str(place)) for place in axis.ticks]
    return plot.axis_ticks(axis.start, axis.end, subject.translators[0])


def _draw_axis_titles(
    sheet: Sheet, room: Box, chart: PlotFrame, subject: FigureSubject, letters: float
) -> None:
    """What the axes show: B over the upright one, A under the other."""
    relation = subject.relation
    for key, side, base, align in (
        (B, relation.b, chart.box.y0 - 1.75 * letters * LINE, "left"),
        (A, relation.a, room.y1 - letters * 0.3, "right"),
    ):
        text = subject.translate_each(partial(_axis_name, key, side, relation.by_rank))
        x = room.x0 if align == "left" else room.x1
        fitted = shorten_text(text, room.width, letters)
        sheet.add_items(TextItem(x, base, fitted, letters, "axis", colour=INK, align=align))


def _axis_name(key: str, side: Snapshot, by_rank: bool, t: Translator) -> str:
    return t(relationwording.SIDES[key], title=relationwording.axis_title_of(side, by_rank, t))


def _draw_quarter_count(
    sheet: Sheet, chart: PlotFrame, text: str, a_high: bool, b_high: bool, letters: float
) -> None:
    """How many provinces a quarter holds: over the upper two, under the lower two."""
    box = chart.box
    x, align = (box.x1, "right") if a_high else (box.x0, "left")
    base = box.y0 - letters * 0.5 if b_high else box.y1 + letters * (0.6 + ASCENT + LINE)
    fitted = shorten_text(text, box.width * 0.48, letters * 0.94)
    sheet.add_items(TextItem(x, base, fitted, letters * 0.94, "corner", colour=MUTED, align=align))


# ---- bands of what has no rank ----


def _band_label(band: Band, subject: FigureSubject) -> str:
    return subject.translate_each(partial(_short_status, band), " ")


def _short_status(band: Band, t: Translator) -> str:
    return t(relationwording.BAND[band.status])


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
                box.x0 - letters * plot.PADDING_SHARE,
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
    """The fitted line as far as it runs within the axes."""
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
    doubtful = {pair.adcode for pair in relation.doubtful}
    points = dots.scatter_points(where, list(marked), relation.a.year)
    # Small marks over large ones, and chosen ones over all.
    for dot in sorted(points, key=lambda one: (one.adcode in marked, -one.area_px2)):
        hollow = dot.adcode in doubtful
        radius = dot.radius_px * scale
        x, y = chart.x_of(dot.x), chart.y_of(dot.y)
        if dot.adcode in marked:
            marker = marked[dot.adcode]
            shape = strips.marker_shape(x, y, radius * 2, marker, "dot", hollow, dot.adcode)
        else:
            shape = _circle_shape(x, y, radius, _region_colour(dot.adcode), hollow, dot.adcode)
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
    letters = names.FONT_SIZE_PX * scale
    wide, high = chart.box.width / scale, chart.box.height / scale
    written = [_point_name(dot.adcode, dot.adcode in doubtful, subject) for dot in points]
    marks = [
        names.NamedMark(
            text,
            (chart.x_of(dot.x) - chart.box.x0) / chart.box.width,
            (chart.y_of(dot.y) - chart.box.y0) / scale,
            dot.radius_px + 1,
            dot.adcode in marked,
            text_width(text, names.FONT_SIZE_PX, BOLD if dot.adcode in marked else REGULAR),
        )
        for dot, text in zip(points, written, strict=True)
    ]
    for i, spot in names.place_names(marks, (wide, wide), high).items():
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
    return text + (dots.DOUBT if doubtful else "")


def _region_colour(adcode: str) -> str:
    return REGION_COLOURS[list(region_names()).index(provinces()[adcode].region_en)]


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
    """scale: of the marks, in sizes of the key's letters for a pixel of the page's chart."""
    for adcode, marker in markers.items():
        yield KeyEntry(keyrow.marker_sign(marker), _point_name(adcode, False, subject))
    for (en, zh), colour in zip(region_names().items(), REGION_COLOURS, strict=True):
        yield KeyEntry(
            partial(_draw_ring_sign, colour, 0.36),
            subject.translate_each(partial(_localized_name, en, zh), " "),
        )
    for size in dots.SIZES:
        radius = ScatterPoint("", 0, 0, dots.mark_area_px2(size)).radius_px * scale
        sign = partial(_draw_ring_sign, REGION_GREY, radius)
        yield KeyEntry(sign, subject.translate_each(partial(_format_population, size), " "), radius)


def _localized_name(en: str, zh: str, t: Translator) -> str:
    return t.localized(en, zh)


def _format_population(size: float, t: Translator) -> str:
    return wording.format_population(size, t, decimals=0)


def _draw_ring_sign(
    colour: str, radius: float, sheet: Sheet, x: float, y: float, letters: float
) -> None:
    """A circle of a colour; radius: in sizes of the letters."""
    sheet.add_items(_circle_shape(x, y, radius * letters, colour, hollow=False))
