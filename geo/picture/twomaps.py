"""Two maps of one scale with what their colours mean, and the third map where it has room.

The maps stand beside each other or, on upright sizes, below each other, their legend below them or
at their left: whichever way the maps are largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.choropleth import Choropleth
from geo.compare import panes
from geo.picture import labels, legend, mapping, pairlegend
from geo.picture.fonts import ASCENT, BOLD, REGULAR
from geo.picture.legend import Legend
from geo.picture.lines import wrap
from geo.picture.sheet import FAINT, INK, Box, Sheet, Text
from geo.picture.subject import Subject

THIRD: Final = "third"  # the letter of the third map
GUTTER: Final = 1.6  # between maps, in sizes of the letters
LEADING: Final = 1.3
SECOND: Final = 0.86  # the size of the second language's title
LEAST: Final = 0.35  # of the room's height: lower maps show nothing
COLUMN: Final = 18.0  # the width of a legend beside the maps, in sizes of the letters
# Narrower main panes have no room for names beside the shapes.
LEAST_NAMED_PX: Final = 330.0
LEAST_BOTH_PX: Final = 460.0  # nor have these for names in two languages


@dataclass(frozen=True)
class _Map:
    letter: str
    drawn: Choropleth
    titles: tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    """Where everything stands. scale: pixels a metre; legends: each with its box and its width."""

    scale: float
    side: str
    cells: tuple[Box, ...]
    legends: tuple[tuple[Legend, Box], ...]
    column: bool = False


def draw(sheet: Sheet, room: Box, subject: Subject) -> None:
    """Put the maps of the subject's pair into a room."""
    maps = _maps(subject)
    legends = pairlegend.legends(subject.pair, subject.third, subject.says)
    best = max(_ways(sheet, room, maps, legends), key=lambda way: way.scale)
    put = legend.column if best.column else legend.strip
    shapes = []
    for own, cell in zip(maps, best.cells, strict=True):
        area = replace(cell, y0=_title(sheet, cell, own.titles))
        fills = mapping.fills(own.drawn)
        selected = subject.picture.province
        shapes.append((area, mapping.draw(sheet, area, fills, selected, best.side, own.letter)))
    for order, (told, box) in enumerate(best.legends):
        put(sheet, box, told, mapping.lettered("legend", "" if not order else str(order + 1)))
    # Names come last: they keep clear of the insets and the legends.
    for own, (area, units) in zip(maps, shapes, strict=True):
        pane = sheet.panes[mapping.lettered(mapping.MAIN, own.letter)]
        if pane.box.width >= LEAST_NAMED_PX:
            says = subject.says if pane.box.width >= LEAST_BOTH_PX else subject.says[:1]
            labels.put(sheet, own.drawn, says, units, area, own.letter)


def _maps(subject: Subject) -> list[_Map]:
    pair, third = subject.pair, subject.third

    def titled(letter: str, drawn: Choropleth, titles: list[str]) -> _Map:
        return _Map(letter, drawn, tuple(dict.fromkeys(titles)))

    found = [
        titled(letter, side.drawn, [panes.title(side, letter, say) for say in subject.says])
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    if third:
        titles = [panes.third_title(pair, third, say) for say in subject.says]
        found.append(titled(THIRD, third.drawn, titles))
    return found


def _ways(sheet: Sheet, room: Box, maps: Sequence[_Map], legends: Sequence[Legend]) -> list[_Way]:
    """All arrangements that fit, with how large the maps are."""
    found = []
    for side in (mapping.BESIDE, mapping.UNDER):
        found.append(_across(sheet, room, maps, legends, side))
        # Beside the maps stands one legend; two would push them too far aside.
        if len(legends) == 1:
            letters = sheet.size.text
            wide = letters * COLUMN
            rest = replace(room, x0=room.x0 + wide + letters * GUTTER)
            column = replace(room, x1=room.x0 + wide)
            trial = replace(sheet, items=[], boxes={})
            if legend.column(trial, column, legends[0]) <= room.y1:
                ways = [_across(sheet, rest, maps, (), side)]
                if sheet.size.upright:
                    ways.append(_stacked(sheet, rest, maps, side))
                found += [replace(w, legends=((legends[0], column),), column=True) for w in ways]
        if sheet.size.upright:
            high = _legends_height(sheet, room, legends)
            rest = replace(room, y1=room.y1 - high)
            way = _stacked(sheet, rest, maps, side)
            below = replace(room, y0=way.cells[-1].y1 + sheet.size.text)
            found.append(replace(way, legends=_shared_out(sheet, below, legends)))
    return found


def _across(
    sheet: Sheet, room: Box, maps: Sequence[_Map], legends: Sequence[Legend], side: str
) -> _Way:
    """The maps in a row, their legends below them."""
    cells = _columns(sheet, room, len(maps))
    titles = max(_title_height(sheet, cells[0].width, own.titles) for own in maps)
    high = room.height - titles - _legends_height(sheet, room, legends, cells)
    own = mapping.block(side)
    scale = min(cells[0].width / own.width, high / own.height)
    low = room.y0 + titles + own.height * scale
    placed = tuple(replace(cell, y1=low) for cell in cells)
    below = replace(room, y0=low + sheet.size.text)
    return _Way(scale, side, placed, _shared_out(sheet, below, legends, cells))


def _stacked(sheet: Sheet, room: Box, maps: Sequence[_Map], side: str) -> _Way:
    """The maps below each other."""
    letters = sheet.size.text
    titles = [_title_height(sheet, room.width, own.titles) for own in maps]
    high = (room.height - sum(titles) - letters * GUTTER * (len(maps) - 1)) / len(maps)
    own = mapping.block(side)
    scale = min(room.width / own.width, high / own.height)
    cells, y = [], room.y0
    for title in titles:
        cells.append(replace(room, y0=y, y1=y + title + own.height * scale))
        y = cells[-1].y1 + letters * GUTTER
    return _Way(scale, side, tuple(cells), ())


def _columns(sheet: Sheet, room: Box, count: int) -> list[Box]:
    gap = sheet.size.text * GUTTER
    wide = (room.width - gap * (count - 1)) / count
    return [
        replace(room, x0=room.x0 + i * (wide + gap), x1=room.x0 + i * (wide + gap) + wide)
        for i in range(count)
    ]


def _shared_out(
    sheet: Sheet, room: Box, legends: Sequence[Legend], cells: Sequence[Box] = ()
) -> tuple[tuple[Legend, Box], ...]:
    """The legends beside each other, each below its maps: a first one of two lies below both."""
    boxes = list(cells) if len(cells) >= len(legends) else _columns(sheet, room, len(legends))
    if len(legends) < len(boxes) and legends:
        spare = len(boxes) - len(legends)
        boxes = [replace(boxes[0], x1=boxes[spare].x1), *boxes[spare + 1 :]]
    return tuple(
        (own, Box(box.x0, room.y0, box.x1, room.y1))
        for own, box in zip(legends, boxes, strict=False)
    )


def _legends_height(
    sheet: Sheet, room: Box, legends: Sequence[Legend], cells: Sequence[Box] = ()
) -> float:
    """How high the legends below the maps are, with the gap above them; 0 without any."""
    placed = _shared_out(sheet, room, legends, cells)
    heights = [legend.strip_height(sheet, box.width, own) for own, box in placed]
    return max(heights) + sheet.size.text if heights else 0.0


def _title_height(sheet: Sheet, wide: float, titles: Sequence[str]) -> float:
    trial = replace(sheet, items=[], boxes={})
    return _title(trial, Box(0.0, 0.0, wide, 0.0), titles)


def _title(sheet: Sheet, box: Box, titles: Sequence[str]) -> float:
    """The title of a map, in each language on lines of its own; returns where the map begins."""
    y = box.y0
    for order, title in enumerate(titles):
        size = sheet.size.text * (SECOND if order else 1.0)
        weight, colour = (REGULAR, FAINT) if order else (BOLD, INK)
        for line in wrap(title, box.width, size, weight):
            sheet.put(Text(box.x0, y + ASCENT * size, line, size, "heading", weight, colour))
            y += size * LEADING
    return y + sheet.size.text * 0.4
