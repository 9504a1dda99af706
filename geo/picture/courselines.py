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
from geo.compare.course import ends
from geo.compare.coursewords import line_name, title
from geo.compare.labels import apart
from geo.dimension import Point, regions
from geo.markers import REGION_DASHES, REGION_GREY, SOLID, Marker, markers
from geo.picture import keyrow, plot, strips
from geo.picture.fonts import width
from geo.picture.keyrow import Entry
from geo.picture.lines import shortened
from geo.picture.plot import Plot, Tick
from geo.picture.sheet import FAINT, INK, MUTED, Box, Sheet, Stroke, Text, dot
from geo.picture.subject import Subject
from geo.report import EVALUATED_COUNT
from geo.text import N_

LETTERS: Final = 0.92  # of the size's letters
NAME_ROOM: Final = 0.26  # of the width, at most, for the names behind the lines
NAME_STEP: Final = 1.32  # from name to name, in sizes of the letters
DASH: Final = 1.4  # how much longer dashes are than on a page
MARK: Final = 0.62  # of the letters: how wide marks are
LINE_REACH: Final = 0.55  # of a piece of a line in the key, in sizes of its letters
BREAK_DASH: Final = (2.0, 3.0)


@dataclass(frozen=True)
class _Look:
    """How a line is drawn; only some have marks on their points."""

    marker: Marker
    dash: tuple[float, ...] = ()
    marked: bool = True


def draw(sheet: Sheet, room: Box, subject: Subject) -> None:
    """Put the lines of the subject's measure into a room."""
    own, say = subject.course, subject.says[0]
    looks = _looks(subject)
    top = keyrow.draw(sheet, room, _signs(looks, subject))
    letters = sheet.size.text * LETTERS
    if not own.points:
        told = subject.said(lambda told: told(N_("No line can be drawn.")))
        sheet.put(Text(room.x0, top + letters * 2, told, letters, "plot", colour=MUTED))
        return
    places = EVALUATED_COUNT if own.shown == "ranks" else 0
    low, high = ends([point.value for point in own.points], places)
    if places:
        upwards = [Tick(n, str(n)) for n in (1, *range(5, places + 1, 5))]
        low, high = high, low
    else:
        upwards = plot.ticks(low, high, say)
    names = {line: line_name(line, say) for line in looks}
    wide = min(max(width(name, letters) for name in names.values()), room.width * NAME_ROOM)
    side = max(width(tick.text, letters) for tick in upwards) + letters
    unit = subject.said(partial(title, own))
    sheet.put(Text(room.x0, top + letters, unit, letters, "axis", colour=MUTED))
    years = sorted({point.year for point in own.points})
    pad = 0.3
    chart = Plot(
        Box(room.x0 + side, top + letters * 2, room.x1 - wide - letters, room.y1 - letters * 2.2),
        years[0] - pad, years[-1] + pad, low, high,
    )  # fmt: skip
    across = [Tick(year, str(year)) for year in range(years[0], years[-1] + 1)]
    plot.axes(sheet, chart, across, upwards, letters)
    for year in own.breaks:
        if years[0] < year <= years[-1]:
            chart.upright(sheet, year - 0.5, FAINT, BREAK_DASH)
    # Regions stand behind, the provinces in front.
    for line in reversed(looks):
        points = [point for point in own.points if point.line == line]
        _line(sheet, chart, looks[line], points, letters)
    _names(sheet, chart, looks, names, own.points, wide, letters)
    sheet.boxes["lines"] = chart.box


def _looks(subject: Subject) -> dict[str, _Look]:
    """The looks of the lines that occur: the provinces, the country, the regions."""
    looks = {a: _Look(m) for a, m in markers("", subject.picture.provinces).items()}
    looks["national"] = _Look(Marker(INK, "circle"))
    looks |= {
        region: _Look(
            Marker(REGION_GREY, "circle"),
            () if dash == SOLID else tuple(part * DASH for part in dash),
            marked=False,
        )
        for region, dash in zip(regions(), REGION_DASHES, strict=True)
    }
    there = {point.line for point in subject.course.points}
    return {line: look for line, look in looks.items() if line in there}


def _signs(looks: dict[str, _Look], subject: Subject) -> Iterator[Entry]:
    for line, look in looks.items():
        name = subject.said(partial(line_name, line), " ")
        if look.marked:
            yield Entry(keyrow.mark(look.marker), name)
        else:
            yield Entry(keyrow.line(look.marker.colour, look.dash), name, LINE_REACH)
    if any(point.doubtful for point in subject.course.points):
        told = subject.said(lambda say: say(N_("doubtful figure")), " ")
        yield Entry(keyrow.mark(Marker(INK, "circle"), hollow=True), told)


def _line(sheet: Sheet, chart: Plot, look: _Look, points: list[Point], letters: float) -> None:
    colour = look.marker.colour
    for _, piece in groupby(points, key=lambda point: point.piece):
        own = [(float(point.year), point.value) for point in piece]
        if len(own) > 1:
            wide = 2.2 if look.marked else 1.6
            sheet.put(Stroke((chart.path(own),), colour, wide, "line", look.dash))
        elif not look.marked:
            # No line reaches a year alone.
            sheet.put(dot(chart.x(own[0][0]), chart.y(own[0][1]), letters * 0.2, colour, "line"))
    if look.marked:
        for point in points:
            x, y = chart.x(point.year), chart.y(point.value)
            sheet.put(strips.mark(x, y, letters * MARK, look.marker, "line", point.doubtful))


def _names(
    sheet: Sheet, chart: Plot, looks: dict[str, _Look], names: dict[str, str],
    points: tuple[Point, ...], wide: float, letters: float,
) -> None:  # fmt: skip
    """The names behind the ends of the lines, moved apart; the key has them in both languages."""
    last = {point.line: point for point in points}  # the points of a line are in order of years
    places = [chart.y(last[line].value) for line in looks]
    found = apart(places, letters * NAME_STEP, chart.box.y0, chart.box.y1)
    for (line, look), y in zip(looks.items(), found, strict=True):
        colour = tints.letters(look.marker.colour, INK if look.marked else MUTED)
        text = shortened(names[line], wide, letters)
        x = chart.box.x1 + letters * 0.5
        sheet.put(Text(x, y + letters * 0.36, text, letters, "name", colour=colour, about=line))
