"""A measure over the years: lines of the compared provinces, the country and the regions.

Lines are broken where years do not compare, and doubtful figures are hollow, as on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Final

from geo import tints
from geo.compare.course import axis_ends
from geo.compare.coursewords import axis_title, line_name
from geo.compare.labels import spread_labels
from geo.dimension import SeriesPoint, region_names
from geo.markers import REGION_DASHES, REGION_GREY, SOLID, Marker, assign_markers
from geo.picture import keyrow, plot, strips
from geo.picture.fonts import text_width
from geo.picture.keyrow import KeyEntry
from geo.picture.lines import shorten_text
from geo.picture.plot import AxisTick, PlotFrame
from geo.picture.sheet import FAINT, INK, MUTED, Box, Sheet, StrokeItem, TextItem, dot_shape
from geo.picture.subject import FigureSubject
from geo.report import EVALUATED_COUNT
from geo.text import N_

FONT_FACTOR: Final = 0.92  # of the size's letters
NAME_ROOM: Final = 0.26  # of the width, at most, for the names behind the lines
NAME_STEP: Final = 1.32  # from name to name, in sizes of the letters
DASH: Final = 1.4  # how much longer dashes are than on a page
MARK: Final = 0.62  # of the letters: how wide marks are
LINE_REACH: Final = 0.55  # of a piece of a line in the key, in sizes of its letters
BREAK_DASH: Final = (2.0, 3.0)


@dataclass(frozen=True)
class _LineStyle:
    """How a line is drawn; only some have marks on their points."""

    marker: Marker
    dash: tuple[float, ...] = ()
    marked: bool = True


def draw_time_series(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Put the lines of the subject's measure into a room."""
    series, t = subject.time_series, subject.translators[0]
    looks = _line_styles(subject)
    top = keyrow.draw_key_row(sheet, room, _line_key_entries(looks, subject))
    letters = sheet.size.text * FONT_FACTOR
    if not series.points:
        words = subject.translate_each(lambda tr: tr(N_("No line can be drawn.")))
        sheet.add_items(TextItem(room.x0, top + letters * 2, words, letters, "plot", colour=MUTED))
        return
    places = EVALUATED_COUNT if series.mode == "ranks" else 0
    low, high = axis_ends([point.value for point in series.points], places)
    if places:
        upwards = [AxisTick(n, str(n)) for n in (1, *range(5, places + 1, 5))]
        low, high = high, low
    else:
        upwards = plot.axis_ticks(low, high, t)
    names = {line: line_name(line, t) for line in looks}
    wide = min(max(text_width(name, letters) for name in names.values()), room.width * NAME_ROOM)
    side = max(text_width(tick.text, letters) for tick in upwards) + letters
    unit = subject.translate_each(partial(axis_title, series))
    sheet.add_items(TextItem(room.x0, top + letters, unit, letters, "axis", colour=MUTED))
    years = sorted({point.year for point in series.points})
    pad = 0.3
    chart = PlotFrame(
        Box(room.x0 + side, top + letters * 2, room.x1 - wide - letters, room.y1 - letters * 2.2),
        years[0] - pad, years[-1] + pad, low, high,
    )  # fmt: skip
    across = [AxisTick(year, str(year)) for year in range(years[0], years[-1] + 1)]
    plot.draw_axes(sheet, chart, across, upwards, letters)
    for year in series.breaks:
        if years[0] < year <= years[-1]:
            chart.draw_vertical(sheet, year - 0.5, FAINT, BREAK_DASH)
    # Regions stand behind, the provinces in front.
    for line in reversed(looks):
        points = [point for point in series.points if point.line == line]
        _draw_series_line(sheet, chart, looks[line], points, letters)
    _draw_line_names(sheet, chart, looks, names, series.points, wide, letters)
    sheet.boxes["lines"] = chart.box


def _line_styles(subject: FigureSubject) -> dict[str, _LineStyle]:
    """The looks of the lines that occur: the provinces, the country, the regions."""
    looks = {a: _LineStyle(m) for a, m in assign_markers("", subject.picture.provinces).items()}
    looks["national"] = _LineStyle(Marker(INK, "circle"))
    looks |= {
        region: _LineStyle(
            Marker(REGION_GREY, "circle"),
            () if dash == SOLID else tuple(part * DASH for part in dash),
            marked=False,
        )
        for region, dash in zip(region_names(), REGION_DASHES, strict=True)
    }
    there = {point.line for point in subject.time_series.points}
    return {line: look for line, look in looks.items() if line in there}


def _line_key_entries(looks: dict[str, _LineStyle], subject: FigureSubject) -> Iterator[KeyEntry]:
    for line, look in looks.items():
        name = subject.translate_each(partial(line_name, line), " ")
        if look.marked:
            yield KeyEntry(keyrow.marker_sign(look.marker), name)
        else:
            yield KeyEntry(keyrow.line_sign(look.marker.colour, look.dash), name, LINE_REACH)
    if any(point.doubtful for point in subject.time_series.points):
        words = subject.translate_each(lambda t: t(N_("doubtful figure or place")), " ")
        yield KeyEntry(keyrow.marker_sign(Marker(INK, "circle"), hollow=True), words)


def _draw_series_line(
    sheet: Sheet, chart: PlotFrame, look: _LineStyle, points: list[SeriesPoint], letters: float
) -> None:
    colour = look.marker.colour
    for _, piece in groupby(points, key=lambda point: point.segment):
        values = [(float(point.year), point.value) for point in piece]
        if len(values) > 1:
            wide = 2.2 if look.marked else 1.6
            sheet.add_items(StrokeItem((chart.to_pixels(values),), colour, wide, "line", look.dash))
        elif not look.marked:
            # No line reaches a year alone.
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
            x, y = chart.x_of(point.year), chart.y_of(point.value)
            sheet.add_items(
                strips.marker_shape(x, y, letters * MARK, look.marker, "line", point.doubtful)
            )


def _draw_line_names(
    sheet: Sheet, chart: PlotFrame, looks: dict[str, _LineStyle], names: dict[str, str],
    points: tuple[SeriesPoint, ...], wide: float, letters: float,
) -> None:  # fmt: skip
    """The names behind the ends of the lines, moved apart; the key has them in both languages."""
    last = {point.line: point for point in points}  # the points of a line are in order of years
    places = [chart.y_of(last[line].value) for line in looks]
    values = spread_labels(places, letters * NAME_STEP, chart.box.y0, chart.box.y1)
    for (line, look), y in zip(looks.items(), values, strict=True):
        colour = tints.readable_colour(look.marker.colour, INK if look.marked else MUTED)
        text = shorten_text(names[line], wide, letters)
        x = chart.box.x1 + letters * 0.5
        sheet.add_items(
            TextItem(x, y + letters * 0.36, text, letters, "name", colour=colour, about=line)
        )
