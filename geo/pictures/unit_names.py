"""Names on the map, placed without overlapping names, edges, boxes or dashes.

A name is inside its unit if it fits. The name of a small unit may slightly overlap its
neighbours, or is in the sea or abroad with a thin line to its unit. Units with the least room are
placed first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.colours import COLOURS
from geo.labels import (
    Box,
    box_edges,
    boxes_around,
    cheapest_candidate,
    first_candidate,
    non_overlapping,
    place_in_order,
)
from geo.maps import Choropleth
from geo.measures import DOUBT_MARK
from geo.pictures.fonts import ASCENT, DESCENT, REGULAR, text_width, wrap_text
from geo.pictures.maps import INSET, MAIN, pane_key, pane_lines, unit_parts
from geo.pictures.sheet import (
    INK,
    MUTED,
    PAPER,
    Pane,
    Sheet,
    StrokeItem,
    Territory,
    TextItem,
    build_territory,
    dot_shape,
)
from geo.text import Translator
from geo.units import INSET_NAME, boundaries, provinces

# Greatest share of a name's box over other units, and greatest share of another unit that a name
# covers. Beyond these, it looks like the name of that unit.
MAX_OFFSHORE_SHARE: Final = 0.5
MAX_COVERED_SHARE: Final = 0.3
SECOND_LANGUAGE_FACTOR: Final = 0.82  # relative font size of the second language
FULL_PX: Final = 900.0  # narrower main panes have smaller names
MIN_FONT_FACTOR: Final = 0.82  # share of the size's font size for names
MAX_CANDIDATES: Final = 60  # positions tried for a name that overlaps its unit's edge
STEP_PX: Final = 5.0  # between positions tried within a unit
CLEAR_PX: Final = 3.0  # between a name in the sea and everything else
ROUNDING_PX: Final = 0.01  # allowed beyond the inset's edge
DIRECTIONS: Final = 32
REACHES: Final = tuple(range(14, 180, 8))  # distances of a name in the sea, in pixels
CROSSING: Final = 4.0  # cost of a pixel of line over other units, in pixels over sea
DOT: Final = 0.17  # radius of the mark after a name, in em
DOT_ROOM: Final = 0.6
DISC: Final = 0.56  # radius of the disc of a rank before a name, in em
DISC_ROOM: Final = 1.3
NUMBER_FACTOR: Final = 0.74  # relative font size of the rank in its disc
LEADER_DOT_PX: Final = 1.8
# Longest line over other units; the second is tried where the first leaves a name without a place.
MAX_CROSSED_PX: Final = (60.0, 140.0)
# Widths tried for the inset's name, as shares of the inset's; narrower ones need more lines.
INSET_WIDTHS: Final = (1.0, 0.8, 0.65, 0.5, 0.4)
INSET_LINES: Final = 4  # most lines of its name, one for each word
INSET_SMALLER: Final = 0.86  # factor of its font size on sheets with three maps
LEADER: Final = COLOURS["ink-muted"]
LIGHT: Final = COLOURS["surface"]
DISC_COLOUR: Final = COLOURS["report-number"]
# Relative luminance (0 to 1) below which a fill is dark.
DARK: Final = 0.3
PALE: Final = 0.6  # fills need this luminance for grey text to be readable


@dataclass(frozen=True)
class _UnitName:
    """The lines of a name with their font sizes, and the size of the box around them.

    dotted: a dot follows the first line; it marks a rank whose tier is uncertain. number: the rank
    in the report, in a disc before the first line; empty for none.
    """

    adcode: str
    lines: tuple[tuple[str, float], ...]
    dotted: bool
    width: float
    height: float
    number: str = ""


@dataclass
class _LabelContext:
    """What is already on the map, in pixels. lines: dashes and leader lines, kept clear of names.

    size: the font size, smaller on smaller maps. choropleth: the fills of the units.
    """

    units: Mapping[str, BaseGeometry]
    land: Territory
    lines: BaseGeometry
    occupied: list[Box]
    room: Box
    size: float
    choropleth: Choropleth
    pane: Pane
    letter: str


def draw_unit_names(
    sheet: Sheet,
    choropleth: Choropleth,
    translators: Sequence[Translator],
    units: Mapping[str, BaseGeometry],
    room: Box,
    letter: str = "",
) -> None:
    """Draw the names of a map's units, in each language.

    units: their shapes in the main pane, in pixels, by adcode. room: the area for names in the
    sea. letter: the letter of one of several maps.
    """
    pane = sheet.panes[pane_key(MAIN, letter)]
    dashes = [
        shapely.LineString(pane.to_sheet(shapely.get_coordinates(line))).buffer(CLEAR_PX)
        for line in pane_lines(MAIN)["dashes"]
    ]
    occupied_boxes = [box.with_margin(CLEAR_PX) for box in sheet.boxes.values()]
    size = sheet.size.label * min(max(pane.box.width / FULL_PX, MIN_FONT_FACTOR), 1.0)
    ground = _LabelContext(
        units,
        build_territory(units),
        shapely.union_all(dashes),
        occupied_boxes,
        room,
        size,
        choropleth,
        pane,
        letter,
    )
    positions = place_in_order(
        _placing_order(units),
        lambda adcode, _: _find_name_position(
            ground, _build_unit_name(choropleth, translators, adcode, size)
        ),
    )
    for position in positions.values():
        _draw_unit_name(sheet, ground, position)
    _draw_inset_name(
        sheet,
        sheet.panes[pane_key(INSET, letter)],
        translators,
        size * SECOND_LANGUAGE_FACTOR,
    )


def _draw_inset_name(
    sheet: Sheet, pane: Pane, translators: Sequence[Translator], size: float
) -> None:
    """Draw the name of the inset inside it, over empty sea, preferably at the lower left.

    In both languages if there is room, else in the first one, on as few lines as fit.
    """
    choropleth = [shape for _, shape in unit_parts(INSET)]
    choropleth += list(pane_lines(INSET)["dashes"])
    shapes = shapely.transform(np.array(choropleth), pane.to_sheet)
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapes)
    room = pane.box.with_margin(-CLEAR_PX)
    lines = tuple((t(INSET_NAME), size) for t in translators)
    parted = [
        tuple(
            (line, letters)
            for line in wrap_text(
                translators[0](INSET_NAME), room.width * share, letters, max_lines=INSET_LINES
            )
        )
        for letters in (size, size * INSET_SMALLER)
        for share in INSET_WIDTHS
    ]
    for tried in (lines, lines[:1], *parted):
        name = _measure_name("", tried, dotted=False)
        across = np.linspace(room.x0 + name.width / 2, room.x1 - name.width / 2, 9)
        down = np.linspace(room.y1 - name.height / 2, room.y0 + name.height / 2, 24)
        places = np.array([(x, y) for y in down for x in across])
        boxes = boxes_around(places, name.width, name.height)
        edges = boxes + np.array([1, 1, -1, -1]) * ROUNDING_PX
        free = np.asarray((edges[:, :2] >= [room.x0, room.y0]).all(axis=1))
        free &= (edges[:, 2:] <= [room.x1, room.y1]).all(axis=1)
        free[tree.query(_clear_shapes(boxes), "intersects")[0]] = False
        best = first_candidate(free)
        if best is not None:
            x, top = places[best, 0], boxes[best, 1]
            for text, amount in name.lines:
                base = top + ASCENT * amount
                sheet.add_items(
                    TextItem(x, base, text, amount, "inset name", colour=MUTED, align="center")
                )
                top += amount * (ASCENT + DESCENT)
            return


def _clear_shapes(boxes: np.ndarray) -> np.ndarray:
    """Boxes (n by 4) with the room that stays clear around them, as shapes."""
    return np.asarray(shapely.box(*(boxes + np.array([-1, -1, 1, 1]) * CLEAR_PX).T))


def _placing_order(units: Mapping[str, BaseGeometry]) -> list[str]:
    """The units with the least room first."""
    return sorted(units, key=lambda adcode: units[adcode].area)


def _build_unit_name(
    choropleth: Choropleth, translators: Sequence[Translator], adcode: str, size: float
) -> _UnitName:
    cell = choropleth.snapshot.cells[adcode]
    lines = []
    for order, t in enumerate(translators):
        doubt = DOUBT_MARK if cell.is_doubtful and not order else ""
        text = provinces()[adcode].name_in(t.lang) + doubt
        lines.append((text, size * (SECOND_LANGUAGE_FACTOR if order else 1.0)))
    ranks = choropleth.ranks.ranks if choropleth.ranks else {}
    is_unsure = choropleth.is_unsure(cell)
    return _measure_name(adcode, tuple(lines), is_unsure, str(ranks.get(adcode, "")))


def _measure_name(
    adcode: str, lines: tuple[tuple[str, float], ...], dotted: bool, number: str = ""
) -> _UnitName:
    wide = [text_width(text, size) for text, size in lines]
    if dotted:
        wide[0] += lines[0][1] * DOT_ROOM
    if number:
        wide[0] += lines[0][1] * DISC_ROOM
    high = sum(size * (ASCENT + DESCENT) for _, size in lines)
    return _UnitName(adcode, lines, dotted, max(wide), high, number)


@dataclass(frozen=True)
class _NamePosition:
    """A name and the middle of its box; leader: the line from its unit to it, or None.

    A name without a leader is on its unit.
    """

    name: _UnitName
    at: np.ndarray
    leader: np.ndarray | None = None


def _find_name_position(context: _LabelContext, name: _UnitName) -> _NamePosition | None:
    """The best free position of a name; from then on, it and its leader are obstacles."""
    row = boundaries().units.loc[name.adcode]
    (point,) = context.pane.to_sheet(np.array([[row.label_x, row.label_y]]))
    position = _choose_name_position(context, name, point)
    if position is not None:
        box = boxes_around(position.at[None], position.name.width, position.name.height)[0]
        context.occupied.append(Box(*box))
        if position.leader is not None:
            line = shapely.LineString(position.leader)
            context.lines = context.lines.union(line.buffer(1.0))
    return position


def _choose_name_position(
    context: _LabelContext, name: _UnitName, point: np.ndarray
) -> _NamePosition | None:
    at = _position_within(context, name, point)
    if at is not None:
        return _NamePosition(name, at)
    if len(name.lines) > 1:
        # One language inside the unit is easier to read than two with a leader line.
        short = _measure_name(name.adcode, name.lines[:1], name.dotted, name.number)
        at = _position_within(context, short, point, strict=True)
        if at is not None:
            return _NamePosition(short, at)
    for most_crossed in MAX_CROSSED_PX:
        offshore = _offshore_position(context, name, point, most_crossed)
        if offshore is not None:
            return _NamePosition(name, *offshore)
    return None


def _position_within(
    context: _LabelContext, name: _UnitName, point: np.ndarray, strict: bool = False
) -> np.ndarray | None:
    """The position inside the unit nearest to its middle; strict: no overlap with neighbours."""
    largest = max(shapely.get_parts(context.units[name.adcode]), key=lambda part: part.area)
    shapely.prepare(largest)
    shapely.prepare(context.lines)
    places = _candidate_points(largest, point)
    boxes = boxes_around(places, name.width, name.height)
    free = non_overlapping(boxes, context.occupied, 1.0)
    places, boxes = places[free], boxes[free]
    shapes = shapely.box(*boxes.T)
    clear = ~shapely.intersects(context.lines, shapes)
    places, boxes, shapes = places[clear], boxes[clear], shapes[clear]
    if not len(places):
        return None
    inside = shapely.covers(largest, shapes)
    best = first_candidate(inside)
    if best is not None:
        return np.asarray(places[best])
    if strict:
        return None
    area = name.width * name.height
    places, boxes = places[:MAX_CANDIDATES], boxes[:MAX_CANDIDATES]
    shares = np.array([shapely.clip_by_rect(largest, *box).area for box in boxes]) / area
    # Candidates are sorted by distance from the middle, so the first of the best is the nearest.
    for i in np.argsort(-np.round(shares, 2), kind="stable"):
        if shares[i] < 1 - MAX_OFFSHORE_SHARE:
            return None
        if _may_overlap(context, name.adcode, Box(*boxes[i])):
            return np.asarray(places[i])
    return None


def _may_overlap(context: _LabelContext, adcode: str, box: Box) -> bool:
    """Whether a name in this box may extend beyond its unit's edge."""
    under = context.land.overlap_by_unit(box)
    under.pop(adcode, None)
    return sum(under.values()) <= MAX_OFFSHORE_SHARE * box.width * box.height and all(
        amount <= MAX_COVERED_SHARE * context.land.areas[other] for other, amount in under.items()
    )


def _candidate_points(shape: BaseGeometry, point: np.ndarray) -> np.ndarray:
    """Points inside a shape, by their distance from its middle."""
    x0, y0, x1, y1 = shape.bounds
    step = max(STEP_PX, (x1 - x0) / 24, (y1 - y0) / 24)
    x, y = np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step))
    grid = np.stack([x.ravel(), y.ravel()], -1)
    shapely.prepare(shape)
    grid = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    grid = np.vstack([[point], grid])
    return grid[np.argsort(np.hypot(*(grid - point).T), kind="stable")]


def _offshore_position(
    context: _LabelContext, name: _UnitName, point: np.ndarray, most_crossed: float
) -> tuple[np.ndarray, np.ndarray] | None:
    """The nearest position off all land, and the line from the unit to it.

    most_crossed: the longest line over other units, in pixels.
    """
    turns = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    ways = np.stack([np.cos(turns), np.sin(turns)], -1)
    reaches = np.repeat(REACHES, DIRECTIONS)[:, None]
    ways = np.tile(ways, (len(REACHES), 1))
    # The nearest side of the box touches the end of the line.
    places = point + ways * reaches + ways * [name.width / 2 + 3, name.height / 2]
    boxes = boxes_around(places, name.width, name.height)
    room = context.room
    free = non_overlapping(boxes, context.occupied, 2 * CLEAR_PX)
    free &= (boxes[:, :2] >= [room.x0, room.y0]).all(axis=1)
    free &= (boxes[:, 2:] <= [room.x1, room.y1]).all(axis=1)
    places, boxes, reaches = places[free], boxes[free], reaches[free]
    shapes = _clear_shapes(boxes)
    free = ~shapely.intersects(context.lines, shapes)
    free[free] = ~context.land.are_touched_by(shapes[free])
    ends = np.clip(point, boxes[:, :2] - [2, 0], boxes[:, 2:] + [2, 0])
    leaders = np.stack([np.broadcast_to(point, ends.shape), ends], axis=1)
    lines = shapely.linestrings(leaders)
    free[free] = ~shapely.intersects(context.lines, lines[free])
    occupied_boxes = shapely.box(*np.array([box_edges(box) for box in context.occupied]).T)
    free[free] = ~shapely.intersects(lines[free, None], occupied_boxes).any(axis=1)
    lengths = shapely.length(lines)

    def find_cost(i: int) -> float:
        over = context.land.length_over_units(lines[i], but=name.adcode)
        return float(lengths[i] + CROSSING * over) if over <= most_crossed else np.inf

    best = cheapest_candidate(free, reaches[:, 0], lengths, find_cost)
    return None if best is None else (places[best], leaders[best])


def _draw_unit_name(sheet: Sheet, context: _LabelContext, position: _NamePosition) -> None:
    """Draw a name at its position, with its leader line if it has one."""
    name, at, leader = position.name, position.at, position.leader
    if leader is not None:
        sheet.add_items(
            StrokeItem((leader,), LEADER, sheet.size.hair * 0.8, "leader"),
            dot_shape(float(leader[0][0]), float(leader[0][1]), LEADER_DOT_PX, LEADER, "leader"),
        )
    colour, halo, second = INK, PAPER, MUTED
    if leader is None:
        # Text and halo colours follow the name's own unit, even beyond its edge.
        cell = context.choropleth.snapshot.cells[name.adcode]
        halo = context.choropleth.colour(cell)
        dark = not context.choropleth.pattern(cell) and relative_luminance(halo) <= DARK
        colour = LIGHT if dark else INK
        second = MUTED if relative_luminance(halo) > PALE else colour
    role = pane_key("label", context.letter)
    top = at[1] - name.height / 2
    for order, (text, size) in enumerate(name.lines):
        base = top + ASCENT * size
        shade = second if order else colour
        dotted = name.dotted and not order
        x = at[0] - (size * DOT_ROOM / 2 if dotted else 0)
        if name.number and not order:
            x += size * DISC_ROOM / 2
            left = x - text_width(text, size) / 2 - size * DISC_ROOM
            _draw_rank_disc(sheet, role, name, left + size * DISC, base - size * 0.36, size)
        sheet.add_items(
            TextItem(x, base, text, size, role, REGULAR, shade, "center", halo, name.adcode)
        )
        if dotted:
            right = x + text_width(text, size) / 2 + size * DOT_ROOM * 0.6
            sheet.add_items(
                dot_shape(right, base - size * 0.36, size * DOT, colour, "mark", name.adcode)
            )
        top += size * (ASCENT + DESCENT)


def _draw_rank_disc(
    sheet: Sheet, role: str, name: _UnitName, x: float, y: float, size: float
) -> None:
    """Draw the rank of a unit in the report in a disc around a point, as a part of its name.

    role: of the name; size: its font size.
    """
    letters = size * NUMBER_FACTOR
    base, centre, about = y + letters * 0.36, "center", name.adcode
    sheet.add_items(
        dot_shape(x, y, size * DISC, DISC_COLOUR, "mark", about),
        TextItem(x, base, name.number, letters, role, REGULAR, LIGHT, centre, "", about),
    )


def relative_luminance(colour: str) -> float:
    """The relative luminance of a colour written as ``#rrggbb``, 0 to 1 (WCAG)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
