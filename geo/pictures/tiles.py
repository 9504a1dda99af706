"""The tile grid of a picture: one equal tile for each unit, with its name and its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from geo.analysis import tile_figure
from geo.colours import COLOURS
from geo.labels import Box
from geo.maps import BORDER_COLOUR, Choropleth
from geo.measures import DOUBT_MARK, Cell, Measure
from geo.pictures.circles import RADIUS_EM, TILE_SHARE, circle_shape
from geo.pictures.fonts import ASCENT, BOLD, DESCENT, REGULAR, text_width
from geo.pictures.maps import ACCENT
from geo.pictures.sheet import INK, PAPER, ShapeItem, Sheet, TextItem, dot_shape
from geo.pictures.unit_names import DARK, relative_luminance
from geo.text import Translator
from geo.units import GAP_SHARE, grid_size, provinces, tile_grid

EDGE_SHARE: Final = 0.05  # of the side of a tile, between a text and the edge
EDGE_PX: Final = 0.7
SELECTED_PX: Final = 2.4
LEADING: Final = 1.15
SECOND_LANGUAGE_FACTOR: Final = 0.8  # relative font size of the second language
SMALLEST: Final = 0.62  # of the font size of names; a smaller one gives way to the short name
DISC: Final = 0.13  # radius of the disc of a rank, share of the side of a tile
DOT: Final = 0.03  # radius of the mark of an uncertain rank, likewise
NUMBER: Final = 0.72  # font size of a rank, share of the diameter of its disc
DISC_COLOUR: Final = COLOURS["report-number"]
LIGHT: Final = COLOURS["surface"]


@dataclass(frozen=True)
class _Line:
    """A line of text on a tile, with its font size and weight."""

    text: str
    size: float
    weight: int


def draw_tile_grid(
    sheet: Sheet,
    area: Box,
    choropleth: Choropleth,
    measure: Measure,
    translators: Sequence[Translator],
    selected: str = "",
) -> None:
    """Draw the tiles of all units into a box, as large as they fit.

    measure: gives the decimals of the values. selected: the adcode of an outlined unit.
    """
    rows, columns = grid_size()
    side = min(area.width / columns, area.height / rows)
    left = area.x0 + (area.width - side * columns) / 2
    top = area.y0 + (area.height - side * rows) / 2
    gap = side * GAP_SHARE
    sizes = choropleth.circle_sizes()
    if sizes:
        sheet.circle_px = min(RADIUS_EM * sheet.size.text, TILE_SHARE * side)
    for adcode, (row, column) in tile_grid().items():
        x, y = left + (column - 1) * side, top + (row - 1) * side
        box = Box(x + gap, y + gap, x + side - gap, y + side - gap)
        cell = choropleth.snapshot.cells[adcode]
        is_selected = adcode == selected
        sheet.add_items(
            ShapeItem(
                shapely.box(box.x0, box.y0, box.x1, box.y1),
                "tile",
                choropleth.colour(cell),
                ACCENT if is_selected else BORDER_COLOUR,
                SELECTED_PX if is_selected else EDGE_PX,
                choropleth.pattern(cell),
                about=adcode,
            )
        )
        if adcode in sizes:
            middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
            sheet.add_items(circle_shape(*middle, sheet.circle_px, sizes[adcode], "circle", adcode))
        _draw_texts(
            sheet, box, choropleth, cell, _tile_lines(sheet, box, cell, measure, translators)
        )
        _draw_marks(sheet, box, choropleth, cell)


def _tile_lines(
    sheet: Sheet, box: Box, cell: Cell, measure: Measure, translators: Sequence[Translator]
) -> list[_Line]:
    """The name in each language and the value, each as large as it fits."""
    room = box.width * (1 - 2 * EDGE_SHARE)
    size = min(sheet.size.label, box.height / 4)
    lines = []
    for order, t in enumerate(translators):
        largest = size * (SECOND_LANGUAGE_FACTOR if order else 1.0)
        province = provinces()[cell.adcode]
        for text in (province.name_in(t.lang), province.code_in(t.lang)):
            fit = _fitting_size(text, largest, room, REGULAR)
            if fit >= size * SMALLEST:
                lines.append(_Line(text, fit, REGULAR))
                break
    doubt = DOUBT_MARK if cell.is_doubtful else ""
    figure = tile_figure(cell, measure, translators[0]) + doubt
    fit = _fitting_size(figure, size, room, BOLD) if figure else 0.0
    return [*lines, _Line(figure, fit, BOLD)] if fit >= size * SMALLEST else lines


def _fitting_size(text: str, largest: float, room: float, weight: int) -> float:
    wide = text_width(text, largest, weight)
    return largest if wide <= room else largest * room / wide


def _draw_texts(
    sheet: Sheet, box: Box, choropleth: Choropleth, cell: Cell, lines: Sequence[_Line]
) -> None:
    fill, pattern = choropleth.colour(cell), choropleth.pattern(cell)
    is_dark = not pattern and relative_luminance(fill) <= DARK
    colour, halo = (LIGHT, fill) if is_dark else (INK, PAPER if pattern else fill)
    high = sum(line.size * LEADING for line in lines)
    y = (box.y0 + box.y1 - high) / 2
    for line in lines:
        base = y + line.size * (LEADING - ASCENT - DESCENT) / 2 + line.size * ASCENT
        x = (box.x0 + box.x1) / 2
        sheet.add_items(
            TextItem(
                x, base, line.text, line.size, "tile label", line.weight, colour, "center", halo,
                cell.adcode,
            )
        )  # fmt: skip
        y += line.size * LEADING


def _draw_marks(sheet: Sheet, box: Box, choropleth: Choropleth, cell: Cell) -> None:
    """Draw the rank in the report in the upper right corner, else the dot of an uncertain rank."""
    rank = choropleth.ranks.ranks.get(cell.adcode) if choropleth.ranks else None
    if rank:
        radius = box.width * DISC
        x, y = box.x1 - radius * 0.9, box.y0 + radius * 0.9
        size = 2 * radius * NUMBER
        sheet.add_items(
            dot_shape(x, y, radius, DISC_COLOUR, "mark", cell.adcode),
            TextItem(
                x, y + size * 0.36, str(rank), size, "tile label", REGULAR, LIGHT, "center", "",
                cell.adcode,
            ),
        )  # fmt: skip
    elif choropleth.is_unsure(cell):
        reach = box.width * 0.09
        sheet.add_items(
            dot_shape(box.x1 - reach, box.y0 + reach, box.width * DOT, INK, "mark", cell.adcode)
        )
