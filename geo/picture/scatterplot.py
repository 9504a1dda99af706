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
from geo.compare.axes import Axis, Band, Ground, ground
from geo.compare.dots import Dot
from geo.compare.relation import fitted, quarters
from geo.compare.relationwording import A, B
from geo.dimension import regions
from geo.markers import REGION_COLOURS, REGION_GREY, Marker, markers
from geo.picture import keyrow, plot, strips
from geo.picture.fonts import ASCENT, BOLD, REGULAR, width
from geo.picture.keyrow import Entry
from geo.picture.lines import shortened
from geo.picture.plot import Plot, Tick
from geo.picture.sheet import FAINT, INK, MUTED, PAPER, RULE, Box, Shape, Sheet, Stroke, Text
from geo.picture.subject import Subject
from geo.provinces import provinces
from geo.text import Texts

LETTERS: Final = 0.86  # of the size's letters
BAND_GROUND: Final = "#f4f4f2"
QUARTER_DASH: Final = (4.0, 3.0)
FIT_DASH: Final = (7.0, 4.0)
PALE: Final = 0.8  # of white in the fill of a mark
LINE: Final = 1.35  # from line to line, in sizes of the letters


def draw(sheet: Sheet, room: Box, subject: Subject) -> None:
    """Put the scatter of the subject's two measures into a room."""
    own, asked = subject.relation, subject.picture
    letters = sheet.size.text * LETTERS
    scale = letters / names.LETTERS_PX  # pixels of the sheet for one of the page's chart
    marked = markers("", asked.provinces)
    where = ground(own)
    top = keyrow.draw(sheet, room, _signs(marked, scale / sheet.size.text, subject))
    across, upwards = (_ticks(axis, own.by_rank, subject) for axis in (where.x, where.y))
    bands = [_band_name(band, subject) for band in where.y.bands]
    written = [*(tick.text for tick in upwards), *bands]
    side = min(max(width(text, letters) for text in written) + letters, room.width * 0.2)
    step = letters * LINE
    chart = Plot(
        Box(room.x0 + side, top + 2.6 * step, room.x1, room.y1 - 3.6 * step),
        where.x.start, where.x.end, where.y.start, where.y.end,
    )  # fmt: skip
    _titles(sheet, room, chart, subject, letters)
    _bands(sheet, chart, where, side, subject, letters)
    plot.axes(sheet, chart, across, upwards, letters, grid=not own.by_rank)
    found = quarters(own, asked.quadrants)
    if found:
        chart.upright(sheet, found.a, FAINT, QUARTER_DASH)
        chart.level(sheet, found.b, FAINT, QUARTER_DASH)
        for a_high in (False, True):
            for b_high in (False, True):
                text = subject.said(partial(relationwording.quarter, found, a_high, b_high))
                _corner(sheet, chart, text.replace("\n", " "), a_high, b_high, letters)
    _fitted(sheet, chart, subject)
    _marks(sheet, chart, where, marked, scale, subject)
    sheet.boxes["scatter"] = chart.box


def _ticks(axis: Axis, by_rank: bool, subject: Subject) -> list[Tick]:
    if by_rank:
        return [Tick(place, str(place)) for place in axis.ticks]
    return plot.ticks(axis.start, axis.end, subject.says[0])


def _titles(sheet: Sheet, room: Box, chart: Plot, subject: Subject, letters: float) -> None:
    """What the axes show: B over the upright one, A under the other."""
    own = subject.relation
    for key, side, base, align in (
        (B, own.b, chart.box.y0 - 1.75 * letters * LINE, "left"),
        (A, own.a, room.y1 - letters * 0.3, "right"),
    ):
        text = subject.said(partial(_side, key, side, own.by_rank))
        x = room.x0 if align == "left" else room.x1
        shown = shortened(text, room.width, letters)
        sheet.put(Text(x, base, shown, letters, "axis", colour=INK, align=align))


def _side(key: str, side: Snapshot, by_rank: bool, say: Texts) -> str:
    return say(relationwording.SIDES[key], title=relationwording.title(side, by_rank, say))


def _corner(
    sheet: Sheet, chart: Plot, text: str, a_high: bool, b_high: bool, letters: float
) -> None:
    """How many provinces a quarter holds: over the upper two, under the lower two."""
    box = chart.box
    x, align = (box.x1, "right") if a_high else (box.x0, "left")
    base = box.y0 - letters * 0.5 if b_high else box.y1 + letters * (0.6 + ASCENT + LINE)
    shown = shortened(text, box.width * 0.48, letters * 0.94)
    sheet.put(Text(x, base, shown, letters * 0.94, "corner", colour=MUTED, align=align))


# ---- bands of what has no rank ----


def _band_name(band: Band, subject: Subject) -> str:
    return subject.said(partial(_band_word, band), " ")


def _band_word(band: Band, say: Texts) -> str:
    return say(relationwording.BAND[band.status])


def _bands(
    sheet: Sheet, chart: Plot, where: Ground, side: float, subject: Subject, letters: float
) -> None:
    x, y, box = where.x, where.y, chart.box
    for band in x.bands:
        left, right = sorted((chart.x(band.near), chart.x(band.far)))
        sheet.put(_ground(left, box.y0, right, box.y1))
        text = shortened(_band_name(band, subject), right - left - letters * 0.4, letters)
        base = box.y1 + letters * (0.6 + ASCENT)
        sheet.put(
            Text((left + right) / 2, base, text, letters, "axis", colour=MUTED, align="center")
        )
    for band in y.bands:
        top, bottom = sorted((chart.y(band.near), chart.y(band.far)))
        sheet.put(_ground(box.x0, top, box.x1, bottom))
        text = shortened(_band_name(band, subject), side - letters * 0.7, letters)
        base = (top + bottom) / 2 + letters * 0.36
        sheet.put(
            Text(box.x0 - letters * plot.AIR, base, text, letters, "axis", colour=MUTED,
                 align="right")
        )  # fmt: skip


def _ground(x0: float, y0: float, x1: float, y1: float) -> Shape:
    return Shape(shapely.box(x0, y0, x1, y1), "band", BAND_GROUND, RULE, 0.6)


# ---- marks, names and the line ----


def _fitted(sheet: Sheet, chart: Plot, subject: Subject) -> None:
    """The fitted line as far as it runs within the axes."""
    line = fitted(subject.relation) if subject.picture.fit == "line" else None
    if line is None:
        return
    ends = [(x, line.at(x)) for x in (chart.left, chart.right)]
    path = shapely.LineString(chart.path(ends))
    box = chart.box
    inside = shapely.clip_by_rect(path, box.x0, box.y0, box.x1, box.y1)
    if not inside.is_empty:
        points = np.asarray(shapely.get_coordinates(inside))
        sheet.put(Stroke((points,), MUTED, 1.8, "plot", FIT_DASH))


def _marks(
    sheet: Sheet, chart: Plot, where: Ground, marked: dict[str, Marker], scale: float,
    subject: Subject,
) -> None:  # fmt: skip
    own = subject.relation
    doubtful = {pair.adcode for pair in own.doubtful}
    found = dots.dots(where, list(marked), own.a.year)
    # Small marks over large ones, and chosen ones over all.
    for dot in sorted(found, key=lambda one: (one.adcode in marked, -one.area_px2)):
        hollow = dot.adcode in doubtful
        radius = dot.radius_px * scale
        x, y = chart.x(dot.x), chart.y(dot.y)
        if dot.adcode in marked:
            marker = marked[dot.adcode]
            shape = strips.mark(x, y, radius * 2, marker, "dot", hollow, dot.adcode)
        else:
            shape = _circle(x, y, radius, _region_colour(dot.adcode), hollow, dot.adcode)
        sheet.put(shape)
    _names(sheet, chart, found, marked, doubtful, scale, subject)


def _names(
    sheet: Sheet, chart: Plot, found: list[Dot], marked: dict[str, Marker], doubtful: set[str],
    scale: float, subject: Subject,
) -> None:  # fmt: skip
    letters = names.LETTERS_PX * scale
    wide, high = chart.box.width / scale, chart.box.height / scale
    written = [_name(dot.adcode, dot.adcode in doubtful, subject) for dot in found]
    marks = [
        names.Mark(
            text,
            (chart.x(dot.x) - chart.box.x0) / chart.box.width,
            (chart.y(dot.y) - chart.box.y0) / scale,
            dot.radius_px + 1,
            dot.adcode in marked,
            width(text, names.LETTERS_PX, BOLD if dot.adcode in marked else REGULAR),
        )
        for dot, text in zip(found, written, strict=True)
    ]
    for i, spot in names.place(marks, (wide, wide), high).items():
        dot = found[i]
        x, y = chart.x(dot.x), chart.y(dot.y)
        at = x + spot.dx_px * scale, y + spot.dy_px * scale
        if spot.far:
            sheet.put(Stroke((np.array([[x, y], at]),), RULE, 1.0, "leader"))
        chosen = dot.adcode in marked
        sheet.put(
            Text(
                at[0], at[1] + letters * 0.36, written[i], letters, "name",
                BOLD if chosen else REGULAR, marked[dot.adcode].colour if chosen else INK,
                spot.align, PAPER, dot.adcode,
            )
        )  # fmt: skip


def _name(adcode: str, doubtful: bool, subject: Subject) -> str:
    text = subject.said(lambda say: provinces()[adcode].name(say.lang), " ")
    return text + (dots.DOUBT if doubtful else "")


def _region_colour(adcode: str) -> str:
    return REGION_COLOURS[list(regions()).index(provinces()[adcode].region_en)]


def _circle(x: float, y: float, radius: float, colour: str, hollow: bool, about: str = "") -> Shape:
    shape = shapely.Point(x, y).buffer(radius, quad_segs=12)
    return Shape(shape, "dot", PAPER if hollow else _pale(colour), colour, 1.3, about=about)


def _pale(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 * PALE + part * (1 - PALE)):02x}" for part in parts)


# ---- the key ----


def _signs(marked: dict[str, Marker], scale: float, subject: Subject) -> Iterator[Entry]:
    """scale: of the marks, in sizes of the key's letters for a pixel of the page's chart."""
    for adcode, marker in marked.items():
        yield Entry(keyrow.mark(marker), _name(adcode, False, subject))
    for (en, zh), colour in zip(regions().items(), REGION_COLOURS, strict=True):
        yield Entry(partial(_ring, colour, 0.36), subject.said(partial(_picked, en, zh), " "))
    for size in dots.SIZES:
        radius = Dot("", 0, 0, dots.area_px2(size)).radius_px * scale
        sign = partial(_ring, REGION_GREY, radius)
        yield Entry(sign, subject.said(partial(_people, size), " "), radius)


def _picked(en: str, zh: str, say: Texts) -> str:
    return say.pick(en, zh)


def _people(size: float, say: Texts) -> str:
    return wording.people(size, say, decimals=0)


def _ring(colour: str, radius: float, sheet: Sheet, x: float, y: float, letters: float) -> None:
    """A circle of a colour; radius: in sizes of the letters."""
    sheet.put(_circle(x, y, radius * letters, colour, hollow=False))
