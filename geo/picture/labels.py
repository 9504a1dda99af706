"""Names on the map, none over another, over an edge of the picture, a box or a dash.

A name stands within its own unit where it fits there; a small unit's name may reach a little over
its neighbours, or stands in the sea or abroad with a thin line to its unit. Units with the least
room choose first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import wording
from geo.boundaries import boundaries
from geo.choropleth import Choropleth
from geo.extent import INSET_NAME
from geo.picture import mapping
from geo.picture.fonts import ASCENT, DESCENT, REGULAR, width
from geo.picture.lines import wrap
from geo.picture.mapping import INSET, MAIN
from geo.picture.sheet import INK, MUTED, PAPER, Box, Pane, Sheet, Stroke, Text, dot
from geo.picture.territory import Territory, clear_of, edges, territory
from geo.provinces import provinces
from geo.text import Texts

# The most of a name's box that may lie over other units, and the most of another unit that it may
# cover: more, and a reader would take it for that unit's name.
MOST_ABROAD: Final = 0.5
MOST_COVERED: Final = 0.3
SECOND: Final = 0.82  # the size of the second language's name
FULL_PX: Final = 900.0  # a main pane narrower than this has smaller names
SMALLEST: Final = 0.82  # of the size's own letters
MOST_TRIES: Final = 60  # places that are tried for a name that reaches over its unit's edge
STEP_PX: Final = 5.0  # between the places that are tried within a unit
CLEAR_PX: Final = 3.0  # between a name in the sea and everything else
DIRECTIONS: Final = 32
REACHES: Final = tuple(range(14, 180, 8))  # pixels from a unit to its name in the sea
CROSSING: Final = 4.0  # what a pixel of a line over other units costs, in pixels over open sea
DOT: Final = 0.17  # radius of the mark after a name, in sizes of its letters
DOT_ROOM: Final = 0.6
LEADER_DOT_PX: Final = 1.8
MOST_CROSSED_PX: Final = 60.0  # of a line over other units: a longer one leads nowhere
# Shares of the inset's width that its name may take: the narrower, the more lines.
INSET_WIDTHS: Final = (1.0, 0.8, 0.65, 0.5, 0.4)
INSET_LINES: Final = 4  # of its name at most, one for each word
INSET_SMALLER: Final = 0.86  # of its letters, where three maps share a sheet
LEADER: Final = "#545d68"
LIGHT: Final = "#ffffff"
# Names that are never drawn over a fill darker than this, by relative luminance (0 to 1).
DARK: Final = 0.3
PALE: Final = 0.6  # on a darker fill than this, grey letters could not be read well


@dataclass(frozen=True)
class _Name:
    """The lines of a name with their sizes, and the size of the box around them.

    dotted: a dot follows the first line, as the mark of a rank whose tier is not sure.
    """

    adcode: str
    lines: tuple[tuple[str, float], ...]
    dotted: bool
    wide: float
    high: float


@dataclass
class _Ground:
    """What is on the map already, in pixels. lines: dashes and leaders, which no name may cover.

    size: of the letters, smaller where the map is. drawn: how the units are filled.
    """

    units: Mapping[str, BaseGeometry]
    land: Territory
    lines: BaseGeometry
    taken: list[Box]
    room: Box
    size: float
    drawn: Choropleth
    pane: Pane
    letter: str


def put(
    sheet: Sheet,
    drawn: Choropleth,
    says: Sequence[Texts],
    units: Mapping[str, BaseGeometry],
    room: Box,
    letter: str = "",
) -> None:
    """Put the names of a map's units, in each language.

    units: their shapes in the main pane, in pixels, by adcode. room: where names in the sea may
    stand. letter: of one of several maps.
    """
    pane = sheet.panes[mapping.lettered(MAIN, letter)]
    dashes = [
        shapely.LineString(pane.place(shapely.get_coordinates(line))).buffer(CLEAR_PX)
        for line in mapping.lines(MAIN)["dashes"]
    ]
    taken = [box.grown(CLEAR_PX) for box in sheet.boxes.values()]
    size = sheet.size.label * min(max(pane.box.width / FULL_PX, SMALLEST), 1.0)
    ground = _Ground(
        units, territory(units), shapely.union_all(dashes), taken, room, size, drawn, pane, letter
    )
    for adcode in _order(units):
        _place(sheet, ground, _name(drawn, says, adcode, size))
    _name_inset(sheet, sheet.panes[mapping.lettered(INSET, letter)], says, size * SECOND)


def _name_inset(sheet: Sheet, pane: Pane, says: Sequence[Texts], size: float) -> None:
    """Put the name of the inset within it where nothing lies below, the lower left first.

    In both languages where there is room for both, else in the first, on as few lines as fit.
    """
    drawn = [shape for _, shape in mapping.parts(INSET)]
    drawn += list(mapping.lines(INSET)["dashes"])
    shapes = shapely.transform(np.array(drawn), pane.place)
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapes)
    room = pane.box.grown(-CLEAR_PX)
    lines = tuple((say(INSET_NAME), size) for say in says)
    parted = [
        tuple(
            (line, letters)
            for line in wrap(says[0](INSET_NAME), room.width * share, letters, most=INSET_LINES)
        )
        for letters in (size, size * INSET_SMALLER)
        for share in INSET_WIDTHS
    ]
    for tried in (lines, lines[:1], *parted):
        name = _sized("", tried, dotted=False)
        across = np.linspace(room.x0 + name.wide / 2, room.x1 - name.wide / 2, 9)
        down = np.linspace(room.y1 - name.high / 2, room.y0 + name.high / 2, 24)
        for x, y in ((x, y) for y in down for x in across):
            box = _box(name, (x, y))
            shape = shapely.box(*edges(box.grown(CLEAR_PX)))
            if room.holds(box.grown(-0.01)) and not tree.query(shape, "intersects").size:
                top = box.y0
                for text, own in name.lines:
                    base = top + ASCENT * own
                    sheet.put(Text(x, base, text, own, "inset name", colour=MUTED, align="center"))
                    top += own * (ASCENT + DESCENT)
                return


def _order(units: Mapping[str, BaseGeometry]) -> list[str]:
    """Those with the least room first."""
    return sorted(units, key=lambda adcode: units[adcode].area)


def _name(drawn: Choropleth, says: Sequence[Texts], adcode: str, size: float) -> _Name:
    cell = drawn.snapshot.cells[adcode]
    lines = []
    for order, say in enumerate(says):
        doubt = wording.DOUBT_MARK if wording.is_doubtful(cell) and not order else ""
        text = provinces()[adcode].name(say.lang) + doubt
        lines.append((text, size * (SECOND if order else 1.0)))
    return _sized(adcode, tuple(lines), cell.unsure)


def _sized(adcode: str, lines: tuple[tuple[str, float], ...], dotted: bool) -> _Name:
    wide = [width(text, size) for text, size in lines]
    if dotted:
        wide[0] += lines[0][1] * DOT_ROOM
    high = sum(size * (ASCENT + DESCENT) for _, size in lines)
    return _Name(adcode, lines, dotted, max(wide), high)


def _place(sheet: Sheet, ground: _Ground, name: _Name) -> None:
    """Put one name at the best place that is left; a unit without one goes without a name."""
    row = boundaries().units.loc[name.adcode]
    (point,) = ground.pane.place(np.array([[row.label_x, row.label_y]]))
    at = _within(ground, name, point)
    if at is None and len(name.lines) > 1:
        # One language within is easier to read than two with a line.
        short = _sized(name.adcode, name.lines[:1], name.dotted)
        at = _within(ground, short, point, strict=True)
        name = short if at is not None else name
    if at is not None:
        _letters(sheet, ground, name, at, on_land=True)
        return
    found = _abroad(ground, name, point)
    if found is not None:
        at, line = found
        ground.lines = ground.lines.union(shapely.LineString(line).buffer(1.0))
        sheet.put(
            Stroke((line,), LEADER, sheet.size.hair * 0.8, "leader"),
            dot(float(line[0][0]), float(line[0][1]), LEADER_DOT_PX, LEADER, "leader"),
        )
        _letters(sheet, ground, name, at, on_land=False)


def _box(name: _Name, at: Sequence[float] | np.ndarray) -> Box:
    return Box(
        at[0] - name.wide / 2, at[1] - name.high / 2, at[0] + name.wide / 2, at[1] + name.high / 2
    )


def _boxes(name: _Name, places: np.ndarray) -> np.ndarray:
    """The boxes of a name with its middle at each of several places, n by 4."""
    half = np.array([name.wide / 2, name.high / 2])
    return np.hstack([places - half, places + half])


def _within(
    ground: _Ground, name: _Name, point: np.ndarray, strict: bool = False
) -> np.ndarray | None:
    """The place within its unit, nearest to the middle; strict: not over a neighbour at all."""
    own = max(shapely.get_parts(ground.units[name.adcode]), key=lambda part: part.area)
    shapely.prepare(own)
    shapely.prepare(ground.lines)
    places = _tries(own, point)
    boxes = _boxes(name, places)
    free = clear_of(boxes, ground.taken, 1.0)
    places, boxes = places[free], boxes[free]
    shapes = shapely.box(*boxes.T)
    clear = ~shapely.intersects(ground.lines, shapes)
    places, boxes, shapes = places[clear], boxes[clear], shapes[clear]
    if not len(places):
        return None
    inside = shapely.covers(own, shapes)
    if inside.any():
        return np.asarray(places[int(np.argmax(inside))])
    if strict:
        return None
    area = name.wide * name.high
    places, boxes = places[:MOST_TRIES], boxes[:MOST_TRIES]
    shares = np.array([shapely.clip_by_rect(own, *box).area for box in boxes]) / area
    # The tries come by their distance from the middle: the first of the best is the nearest.
    for i in np.argsort(-np.round(shares, 2), kind="stable"):
        if shares[i] < 1 - MOST_ABROAD:
            return None
        if _allowed(ground, name.adcode, Box(*boxes[i])):
            return np.asarray(places[i])
    return None


def _allowed(ground: _Ground, adcode: str, box: Box) -> bool:
    """Whether a name may reach over its unit's edge as this box does."""
    under = ground.land.under(box)
    under.pop(adcode, None)
    return sum(under.values()) <= MOST_ABROAD * box.width * box.height and all(
        own <= MOST_COVERED * ground.land.areas[other] for other, own in under.items()
    )


def _tries(own: BaseGeometry, point: np.ndarray) -> np.ndarray:
    """Places within a shape, by their distance from its middle."""
    x0, y0, x1, y1 = own.bounds
    step = max(STEP_PX, (x1 - x0) / 24, (y1 - y0) / 24)
    x, y = np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step))
    grid = np.stack([x.ravel(), y.ravel()], -1)
    shapely.prepare(own)
    grid = grid[shapely.contains_xy(own, grid[:, 0], grid[:, 1])]
    grid = np.vstack([[point], grid])
    return grid[np.argsort(np.hypot(*(grid - point).T), kind="stable")]


def _abroad(
    ground: _Ground, name: _Name, point: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    """The nearest place off all land, and the line from the unit to it."""
    turns = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    ways = np.stack([np.cos(turns), np.sin(turns)], -1)
    reaches = np.repeat(REACHES, DIRECTIONS)[:, None]
    ways = np.tile(ways, (len(REACHES), 1))
    # The box touches the end of the line with its nearest side.
    places = point + ways * reaches + ways * [name.wide / 2 + 3, name.high / 2]
    boxes = _boxes(name, places)
    room = ground.room
    free = clear_of(boxes, ground.taken, 2 * CLEAR_PX)
    free &= (boxes[:, :2] >= [room.x0, room.y0]).all(axis=1)
    free &= (boxes[:, 2:] <= [room.x1, room.y1]).all(axis=1)
    shapes = shapely.box(*(boxes + np.array([-1, -1, 1, 1]) * CLEAR_PX).T)
    free &= ~shapely.intersects(ground.lines, shapes)
    taken = shapely.box(*np.array([edges(box) for box in ground.taken]).T)
    best: tuple[float, np.ndarray, np.ndarray] | None = None
    for i in np.flatnonzero(free):
        if best is not None and best[0] < reaches[i, 0]:
            break
        if ground.land.touches(shapes[i]):
            continue
        x0, y0, x1, y1 = boxes[i]
        end = np.clip(point, [x0 - 2, y0], [x1 + 2, y1])
        line = shapely.LineString([point, end])
        if best is not None and line.length >= best[0]:
            continue
        if shapely.intersects(line, ground.lines) or shapely.intersects(line, taken).any():
            continue
        over = ground.land.length(line, but=name.adcode)
        if over > MOST_CROSSED_PX:
            continue
        cost = line.length + CROSSING * over
        if best is None or cost < best[0]:
            best = cost, places[i], np.array([point, end])
    return None if best is None else best[1:]


def _letters(sheet: Sheet, ground: _Ground, name: _Name, at: np.ndarray, on_land: bool) -> None:
    """Put the lines of a name with its middle at a place."""
    box = _box(name, at)
    ground.taken.append(box)
    colour, halo, second = INK, PAPER, MUTED
    if on_land:
        # Letters and halo go by the name's own unit, also where they reach over its edge.
        cell = ground.drawn.snapshot.cells[name.adcode]
        halo = ground.drawn.colour(cell)
        dark = not ground.drawn.pattern(cell) and luminance(halo) <= DARK
        colour = LIGHT if dark else INK
        second = MUTED if luminance(halo) > PALE else colour
    role = mapping.lettered("label", ground.letter)
    top = box.y0
    for order, (text, size) in enumerate(name.lines):
        base = top + ASCENT * size
        shade = second if order else colour
        dotted = name.dotted and not order
        x = at[0] - (size * DOT_ROOM / 2 if dotted else 0)
        sheet.put(Text(x, base, text, size, role, REGULAR, shade, "center", halo, name.adcode))
        if dotted:
            right = x + width(text, size) / 2 + size * DOT_ROOM * 0.6
            sheet.put(dot(right, base - size * 0.36, size * DOT, colour, "mark", name.adcode))
        top += size * (ASCENT + DESCENT)


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as ``#1b1f24``, 0 to 1 (WCAG)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
