"""Provinces side by side: one row for each measure, with all provinces along its scale.

The chosen provinces are marked, and the margin gives their ranks. As many rows are drawn as fit;
a line below gives the number of rows left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from geo.analysis import ComparedRow, compare_measures, row_group_title
from geo.labels import Box
from geo.maps import NATIONAL_COLOUR, TICK_COLOUR, Marker, assign_markers
from geo.measures import dimension_name
from geo.pictures.fonts import ASCENT, BOLD, shorten_text
from geo.pictures.rows import (
    GAP,
    KeyEntry,
    draw_key_row,
    draw_row,
    margin_width,
    marker_sign,
    row_height,
    tick_sign,
)
from geo.pictures.sheet import MUTED, Sheet, TextItem
from geo.pictures.subject import FigureSubject
from geo.text import N_, Translator
from geo.units import provinces

MAX_FONT_FACTOR: Final = 0.94  # share of the picture's font size
SHRINK_FACTOR: Final = 0.96
COLUMNS: Final = (1, 2, 3)
MIN_COLUMN_EM: Final = 26.0  # of a column without its margin, in em
ROW_GAP: Final = 0.12
TITLE: Final = 2.0  # height of a group's title, in em
SHOWN: Final = "value"  # each row on the scale of its own measure


@dataclass(frozen=True)
class _RowBlock:
    """A group of rows under its title, in each language of the picture."""

    title: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True)
class _ColumnPlan:
    """Rows distributed over columns. positions: title (or '') or row, with its column and top."""

    letters: float
    columns: int
    column_width: float
    positions: tuple[tuple[str | ComparedRow, int, float], ...]
    left_out: int

    @property
    def order(self) -> tuple[int, float]:
        """The sort key of plans: fewest rows left out first, then the largest font."""
        return -self.left_out, self.letters


def draw_comparison(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw the rows of the subject's provinces into a box."""
    picture = subject.picture
    marked = assign_markers("", picture.provinces)
    groups = compare_measures(picture.provinces, picture.year, "dimension")
    blocks = [
        _RowBlock(subject.translate_each(partial(_block_title, name)), rows)
        for name, rows in groups.items()
        if rows
    ]
    top = draw_key_row(sheet, room, _comparison_key_entries(marked, subject))
    # Space for the line on omitted rows is always reserved.
    line = sheet.size.small * 1.6
    box = Box(room.x0, top, room.x1, room.y1 - line)
    plan = _choose_plan(sheet, box, blocks, subject)
    if plan.left_out:
        # Rows in which no chosen province has a rank are dropped first.
        row_blocks = [
            replace(block, rows=tuple(filter(_has_scale, block.rows))) for block in blocks
        ]
        dropped = sum(len(item.rows) for item in blocks) - sum(
            len(entry.rows) for entry in row_blocks
        )
        plan = _choose_plan(
            sheet, box, [row_block for row_block in row_blocks if row_block.rows], subject
        )
        plan = replace(plan, left_out=plan.left_out + dropped)
    for content, column, y in plan.positions:
        x = box.x0 + column * (plan.column_width + plan.letters * GAP * 2)
        if isinstance(content, ComparedRow):
            draw_row(sheet, x, y, plan.column_width, content, marked, subject, plan.letters)
        else:
            _draw_block_heading(sheet, x, y, plan, content)
    if plan.left_out:
        note = subject.translate_each(partial(_left_out_note, plan.left_out))
        base = room.y1 - sheet.size.small * 0.3
        size = sheet.size.small
        sheet.add_items(
            TextItem(box.x0, base, shorten_text(note, box.width, size), size, "rows", colour=MUTED)
        )
    sheet.boxes["rows"] = box


def _block_title(group: str, t: Translator) -> str:
    return row_group_title(group, t) or dimension_name(group, t)


def _has_scale(row: ComparedRow) -> bool:
    return any(cell.rank for cell in row.cells)


def _left_out_note(count: int, t: Translator) -> str:
    if count == 1:
        return t(N_("One more measure is in the table of the page."))
    return t(N_("{count} more measures are in the table of the page."), count=count)


def _draw_block_heading(sheet: Sheet, x: float, y: float, plan: _ColumnPlan, title: str) -> None:
    letters = plan.letters
    base = y + letters * (0.55 + ASCENT)
    text = shorten_text(title, plan.column_width, letters, BOLD)
    sheet.add_items(TextItem(x, base, text, letters, "rows", BOLD))
    low = y + letters * (TITLE - 0.15)
    sheet.add_rule(x, low, x + plan.column_width, low)


# ---- distribution of rows ----


def _choose_plan(
    sheet: Sheet, box: Box, blocks: Sequence[_RowBlock], subject: FigureSubject
) -> _ColumnPlan:
    """The plan with the most rows, and of those the one with the largest font."""
    column_plans: list[_ColumnPlan] = []
    for columns in COLUMNS:
        letters = sheet.size.text * MAX_FONT_FACTOR
        while True:
            wide = (box.width - letters * GAP * 2 * (columns - 1)) / columns
            margin = margin_width(len(subject.picture.provinces), letters)
            if wide >= letters * MIN_COLUMN_EM + margin or columns == 1:
                column_plans.append(_fill_plan(box, blocks, subject, letters, columns, wide))
                if not column_plans[-1].left_out:
                    break
            if letters * SHRINK_FACTOR < sheet.size.small:
                break
            letters *= SHRINK_FACTOR
    return max(column_plans, key=lambda column_plan: column_plan.order)


def _fill_plan(
    box: Box,
    blocks: Sequence[_RowBlock],
    subject: FigureSubject,
    letters: float,
    columns: int,
    wide: float,
) -> _ColumnPlan:
    """Fill columns with rows in order; a group that is split repeats its title."""
    heights = {
        id(row): row_height(row, wide, subject, letters) + letters * ROW_GAP
        for block in blocks
        for row in block.rows
    }
    high = letters * TITLE
    # Columns are filled evenly if all rows fit.
    whole = sum(heights.values()) + high * len(blocks)
    for share in (1.0, 1.04, 1.09, 1.15, 1.25, 0.0):
        low = box.y0 + whole / columns * share if share else box.y1
        rows_in_columns, left = _fill_columns(
            blocks, heights, high, box.y0, min(low, box.y1), columns
        )
        if not left:
            break
    return _ColumnPlan(letters, columns, wide, tuple(rows_in_columns), left)


def _fill_columns(
    blocks: Sequence[_RowBlock],
    heights: dict[int, float],
    high: float,
    top: float,
    low: float,
    columns: int,
) -> tuple[list[tuple[str | ComparedRow, int, float]], int]:
    rows_in_columns: list[tuple[str | ComparedRow, int, float]] = []
    column, y = 0, top
    for order, block in enumerate(blocks):
        headed = -1
        for at, row in enumerate(block.rows):
            need = heights[id(row)] + (high if headed != column else 0.0)
            if y + need > low and column + 1 < columns:
                column, y = column + 1, top
                need = heights[id(row)] + high
            if y + need > low:
                later = sum(len(row_block.rows) for row_block in blocks[order + 1 :])
                return rows_in_columns, len(block.rows) - at + later
            if headed != column:
                rows_in_columns.append((block.title, column, y))
                y, headed = y + high, column
            rows_in_columns.append((row, column, y))
            y += heights[id(row)]
    return rows_in_columns, 0


# ---- the key ----


def _comparison_key_entries(
    marked: dict[str, Marker], subject: FigureSubject
) -> Iterator[KeyEntry]:
    for adcode, marker in marked.items():
        yield KeyEntry(marker_sign(marker), subject.translate_each(partial(_key_name, adcode), " "))
    for sign, message in (
        (tick_sign(TICK_COLOUR), N_("a province")),
        (tick_sign(NATIONAL_COLOUR), N_("national value or median")),
        (
            marker_sign(Marker(NATIONAL_COLOUR, "circle"), hollow=True),
            N_("doubtful value or rank"),
        ),
    ):
        yield KeyEntry(sign, subject.message_each(message, " "))


def _key_name(adcode: str, t: Translator) -> str:
    return provinces()[adcode].name_in(t.lang)
