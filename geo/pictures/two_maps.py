"""Two maps with a legend of their comparison, and the third map if there is room.

The maps are side by side or, on upright sizes, one below the other. The legend is below them or
at their left, whichever makes the maps largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.analysis import difference_title, measure_of_difference, side_title_with_letter
from geo.labels import Box
from geo.maps import TILE_LAYOUT, Choropleth
from geo.measures import Measure
from geo.pictures.circles import draw_circles
from geo.pictures.fonts import ASCENT, BOLD, REGULAR, wrap_text
from geo.pictures.legends import (
    FigureLegend,
    draw_legend_column,
    draw_legend_strip,
    legend_strip_height,
    pair_legends,
)
from geo.pictures.maps import (
    BESIDE,
    GRID,
    MAIN,
    UNDER,
    arrange_panes,
    draw_map,
    pane_key,
    unit_fills,
)
from geo.pictures.sheet import FAINT, INK, Sheet, TextItem
from geo.pictures.subject import FigureSubject
from geo.pictures.tiles import draw_tile_grid
from geo.pictures.unit_names import draw_unit_names

THIRD: Final = "third"  # letter of the third map
GUTTER: Final = 1.6  # between maps, in em
LEADING: Final = 1.3
SECOND_LANGUAGE_FACTOR: Final = 0.86  # relative font size of the second title
COLUMN: Final = 18.0  # width of a legend beside the maps, in em
# Least width of a main pane with names.
LEAST_NAMED_PX: Final = 330.0
LEAST_BOTH_PX: Final = 460.0  # least width for names in two languages


@dataclass(frozen=True)
class _TitledMap:
    """One of the maps; measure: gives the decimals of its values."""

    letter: str
    measure: Measure
    choropleth: Choropleth
    titles: tuple[str, ...]


@dataclass(frozen=True)
class _MapsLayout:
    """A layout. scale: pixels per metre; legends: each with its box and its width."""

    scale: float
    side: str
    cells: tuple[Box, ...]
    legends: tuple[tuple[FigureLegend, Box], ...]
    column: bool = False


def draw_two_maps(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw the maps of the subject's pair into a box."""
    maps = _titled_maps(subject)
    legends = pair_legends(subject)
    sides = (GRID,) if subject.picture.layout == TILE_LAYOUT else (BESIDE, UNDER)
    best = max(_possible_layouts(sheet, room, maps, legends, sides), key=lambda way: way.scale)
    draw_legend = draw_legend_column if best.column else draw_legend_strip
    shapes = []
    for shown_map, cell in zip(maps, best.cells, strict=True):
        area = replace(cell, y0=_draw_map_title(sheet, cell, shown_map.titles))
        fills = unit_fills(shown_map.choropleth)
        selected = subject.picture.province
        if best.side == GRID:
            draw_tile_grid(
                sheet, area, shown_map.choropleth, shown_map.measure, subject.translators[:1],
                selected,
            )  # fmt: skip
            continue
        shapes.append((area, draw_map(sheet, area, fills, selected, best.side, shown_map.letter)))
        draw_circles(sheet, shown_map.choropleth, shown_map.letter)
    for order, (legend, box) in enumerate(best.legends):
        draw_legend(
            sheet,
            box,
            legend,
            pane_key("legend", "" if not order else str(order + 1)),
        )
    # Names are placed last, because they avoid the insets and the legends.
    for shown_map, (area, units) in zip(maps, shapes, strict=best.side != GRID):
        pane = sheet.panes[pane_key(MAIN, shown_map.letter)]
        if pane.box.width >= LEAST_NAMED_PX:
            says = (
                subject.translators if pane.box.width >= LEAST_BOTH_PX else subject.translators[:1]
            )
            draw_unit_names(sheet, shown_map.choropleth, says, units, area, shown_map.letter)


def _titled_maps(subject: FigureSubject) -> list[_TitledMap]:
    pair, third = subject.pair, subject.difference_map

    def titled(
        letter: str, measure: Measure, choropleth: Choropleth, titles: list[str]
    ) -> _TitledMap:
        return _TitledMap(letter, measure, choropleth, tuple(dict.fromkeys(titles)))

    titled_maps = [
        titled(
            letter,
            side.measure,
            side.choropleth,
            [side_title_with_letter(side, letter, t) for t in subject.translators],
        )
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    if third:
        titles = [difference_title(pair, third, t) for t in subject.translators]
        measure = measure_of_difference(pair, third)
        titled_maps.append(titled(THIRD, measure, third.choropleth, titles))
    return titled_maps


def _possible_layouts(
    sheet: Sheet,
    room: Box,
    maps: Sequence[_TitledMap],
    legends: Sequence[FigureLegend],
    sides: Sequence[str],
) -> list[_MapsLayout]:
    """All layouts that fit, with the scale of their maps; sides: of the insets, to choose from."""
    maps_layouts = []
    for side in sides:
        maps_layouts.append(_lay_out_in_row(sheet, room, maps, legends, side))
        # Only one legend goes beside the maps; two would take too much width.
        if len(legends) == 1:
            letters = sheet.size.text
            wide = letters * COLUMN
            rest = replace(room, x0=room.x0 + wide + letters * GUTTER)
            column = replace(room, x1=room.x0 + wide)
            trial = replace(sheet, items=[], boxes={})
            if draw_legend_column(trial, column, legends[0]) <= room.y1:
                ways = [_lay_out_in_row(sheet, rest, maps, (), side)]
                if sheet.size.upright:
                    ways.append(_lay_out_stacked(sheet, rest, maps, side))
                maps_layouts += [
                    replace(w, legends=((legends[0], column),), column=True) for w in ways
                ]
        if sheet.size.upright:
            high = _legends_height(sheet, room, legends)
            rest = replace(room, y1=room.y1 - high)
            way = _lay_out_stacked(sheet, rest, maps, side)
            below = replace(room, y0=way.cells[-1].y1 + sheet.size.text)
            maps_layouts.append(replace(way, legends=_distribute_legends(sheet, below, legends)))
    return maps_layouts


def _lay_out_in_row(
    sheet: Sheet, room: Box, maps: Sequence[_TitledMap], legends: Sequence[FigureLegend], side: str
) -> _MapsLayout:
    """The maps in a row, with their legends below."""
    cells = _legend_boxes(sheet, room, len(maps))
    titles = max(_title_height(sheet, cells[0].width, shown_map.titles) for shown_map in maps)
    high = room.height - titles - _legends_height(sheet, room, legends, cells)
    block = arrange_panes(side)
    scale = min(cells[0].width / block.width, high / block.height)
    low = room.y0 + titles + block.height * scale
    boxes_of_maps = tuple(replace(cell, y1=low) for cell in cells)
    below = replace(room, y0=low + sheet.size.text)
    return _MapsLayout(
        scale, side, boxes_of_maps, _distribute_legends(sheet, below, legends, cells)
    )


def _lay_out_stacked(sheet: Sheet, room: Box, maps: Sequence[_TitledMap], side: str) -> _MapsLayout:
    """The maps one below the other."""
    letters = sheet.size.text
    titles = [_title_height(sheet, room.width, shown_map.titles) for shown_map in maps]
    high = (room.height - sum(titles) - letters * GUTTER * (len(maps) - 1)) / len(maps)
    block = arrange_panes(side)
    scale = min(room.width / block.width, high / block.height)
    cells, y = [], room.y0
    for title in titles:
        cells.append(replace(room, y0=y, y1=y + title + block.height * scale))
        y = cells[-1].y1 + letters * GUTTER
    return _MapsLayout(scale, side, tuple(cells), ())


def _legend_boxes(sheet: Sheet, room: Box, count: int) -> list[Box]:
    gap = sheet.size.text * GUTTER
    wide = (room.width - gap * (count - 1)) / count
    return [
        replace(room, x0=room.x0 + i * (wide + gap), x1=room.x0 + i * (wide + gap) + wide)
        for i in range(count)
    ]


def _distribute_legends(
    sheet: Sheet, room: Box, legends: Sequence[FigureLegend], cells: Sequence[Box] = ()
) -> tuple[tuple[FigureLegend, Box], ...]:
    """The legends in a row below their maps; the first of two is below both maps."""
    boxes = list(cells) if len(cells) >= len(legends) else _legend_boxes(sheet, room, len(legends))
    if len(legends) < len(boxes) and legends:
        spare = len(boxes) - len(legends)
        boxes = [replace(boxes[0], x1=boxes[spare].x1), *boxes[spare + 1 :]]
    return tuple(
        (legend, Box(box.x0, room.y0, box.x1, room.y1))
        for legend, box in zip(legends, boxes, strict=False)
    )


def _legends_height(
    sheet: Sheet, room: Box, legends: Sequence[FigureLegend], cells: Sequence[Box] = ()
) -> float:
    """The height of the legends below the maps with the gap above them; 0 without any."""
    boxes_of_maps = _distribute_legends(sheet, room, legends, cells)
    heights = [legend_strip_height(sheet, box.width, legend) for legend, box in boxes_of_maps]
    return max(heights) + sheet.size.text if heights else 0.0


def _title_height(sheet: Sheet, wide: float, titles: Sequence[str]) -> float:
    trial = replace(sheet, items=[], boxes={})
    return _draw_map_title(trial, Box(0.0, 0.0, wide, 0.0), titles)


def _draw_map_title(sheet: Sheet, box: Box, titles: Sequence[str]) -> float:
    """Draw the title of a map, each language on its own lines; returns the top of the map."""
    y = box.y0
    for order, title in enumerate(titles):
        size = sheet.size.text * (SECOND_LANGUAGE_FACTOR if order else 1.0)
        weight, colour = (REGULAR, FAINT) if order else (BOLD, INK)
        for line in wrap_text(title, box.width, size, weight):
            sheet.add_items(
                TextItem(box.x0, y + ASCENT * size, line, size, "heading", weight, colour)
            )
            y += size * LEADING
    return y + sheet.size.text * 0.4
