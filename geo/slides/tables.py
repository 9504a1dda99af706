"""Native tables: a heading row, thin lines between rows, numbers aligned right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Inches, Pt

from geo.slides.layout import find_placeholder, place_shape, set_alt_text
from geo.slides.template import POINTS, Placement
from geo.slides.text import (
    INK,
    LINE,
    MUTED,
    RULE,
    TextStyle,
    colour_xml,
    line_count,
    shorten_to_lines,
    write_paragraphs,
)
from geo.text import Translator

PLAIN_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # without fills and lines
SIDE: Final = 0.05  # inches left and right of a cell's text
ABOVE_PT: Final = 2.0  # points above and below a cell's text
LINE_PT: Final = 0.5
HEAD_LINES: Final = 3
HEAD_LESS: Final = 0.5  # points by which the heading's font is smaller
MIN_SIZE_PT: Final = 8.0
STEP: Final = 0.5


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, its relative width, and the alignment of its texts."""

    heading: str
    share: float
    align: str = "left"


@dataclass(frozen=True)
class TableRow:
    """A row of texts, one for each column; bold: in bold."""

    cells: tuple[str, ...]
    bold: bool = False


def add_table(
    page: Slide,
    place: Placement,
    columns: Sequence[TableColumn],
    rows: Sequence[TableRow],
    alt: str,
    t: Translator,
    size: float = 10.5,
    lines: int = 1,
    fill: bool = False,
) -> GraphicFrame:
    """Fill a placeholder with a table, or add one, in a font size or the next smaller that fits.

    lines: the most lines of a cell; longer texts are shortened. fill: the rows take all of the
    height, else as much as their text needs.
    """
    while True:
        setting = _fit_table(place, columns, rows, size, lines)
        if setting.height <= place.height or size <= MIN_SIZE_PT:
            break
        size -= STEP
    if place.placeholder is None:
        frame = page.shapes.add_table(len(rows) + 1, len(columns), 0, 0, 0, 0)
    else:
        holder = find_placeholder(page, place.placeholder)
        frame = holder.insert_table(len(rows) + 1, len(columns))
    place_shape(frame, place)
    next(frame.element.iter(qn("a:tableStyleId"))).text = PLAIN_STYLE
    table: Any = frame.table
    table.horz_banding = False
    for value, wide in zip(table.columns, setting.widths, strict=True):
        value.width = Inches(wide)
    spare = place.height - setting.height
    more = spare / len(rows) if fill and rows and spare > 0 else 0.0
    for value, high in zip(table.rows, setting.heights, strict=True):
        value.height = Inches(high + more)
    table.rows[0].height = Inches(setting.heights[0])
    frame.height = sum(row.height for row in table.rows)
    bolds = (True, *(row.bold for row in rows))
    for number, (texts, bold) in enumerate(zip(setting.texts, bolds, strict=True)):
        for place_in_row, (text, column) in enumerate(zip(texts, columns, strict=True)):
            colour, rule = (MUTED, INK) if number == 0 else (INK, RULE)
            letters = size - HEAD_LESS if number == 0 else size
            style = TextStyle(letters, colour, bold, column.align)
            _write_cell(table.cell(number, place_in_row), text, style, t, rule)
    set_alt_text(frame, alt)
    return frame


@dataclass(frozen=True)
class _TableSetting:
    """The layout of a table at a font size: widths and heights in inches, and all texts."""

    widths: list[float]
    heights: list[float]
    texts: list[list[str]]

    @property
    def height(self) -> float:
        return sum(self.heights)


def _fit_table(
    place: Placement,
    columns: Sequence[TableColumn],
    rows: Sequence[TableRow],
    size: float,
    lines: int,
) -> _TableSetting:
    shares = sum(column.share for column in columns)
    widths = [place.width * column.share / shares for column in columns]
    rooms = [(width - 2 * SIDE) * POINTS for width in widths]
    heights, texts = [], []
    heads = TableRow(tuple(column.heading for column in columns), bold=True)
    for number, row in enumerate((heads, *rows)):
        letters, most = (size - HEAD_LESS, HEAD_LINES) if number == 0 else (size, lines)
        pairs = list(zip(row.cells, rooms, strict=True))
        matches = [shorten_to_lines(text, room, letters, most, row.bold) for text, room in pairs]
        pairs = list(zip(matches, rooms, strict=True))
        tallest = max(line_count(text, room, letters, row.bold) for text, room in pairs)
        texts.append(matches)
        heights.append(table_row_height(letters, tallest))
    # Rows of equal height are easier to read, if there is room.
    even = [heights[0], *[max(heights[1:], default=0.0)] * len(rows)]
    return _TableSetting(widths, even if sum(even) <= place.height else heights, texts)


def table_row_height(size: float, lines: int = 1) -> float:
    """The height of a row, in inches."""
    return (lines * size * LINE + 2 * ABOVE_PT) / POINTS


def _write_cell(cell: Any, text: str, style: TextStyle, t: Translator, rule: str) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE_PT)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write_paragraphs(cell.text_frame, [text], style, t)
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="{int(Pt(LINE_PT))}">'
        f"<a:solidFill>{colour_xml(rule)}</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, line)
