"""Provinces side by side: a row for each measure, with all provinces along its scale.

The chosen ones are marked there, and have their ranks in the margin. As many rows are drawn as
fit; how many more there are is told below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from geo import wording
from geo.compare import gaps, gapwords
from geo.compare.gaps import Row
from geo.markers import Marker, markers
from geo.marks import NATIONAL, TICK
from geo.picture import keyrow, strips
from geo.picture.fonts import ASCENT, BOLD
from geo.picture.keyrow import Entry
from geo.picture.lines import shortened
from geo.picture.sheet import MUTED, Box, Sheet, Text
from geo.picture.strips import GAP
from geo.picture.subject import Subject
from geo.provinces import provinces
from geo.text import N_, Texts

LARGEST: Final = 0.94  # of the size's letters
SHRINK: Final = 0.96
COLUMNS: Final = (1, 2, 3)
LEAST_WIDTH: Final = 26.0  # of a column without its margin of ranks, in sizes of the letters
ROW_GAP: Final = 0.12
TITLE: Final = 2.0  # the height of a group's title
SHOWN: Final = "value"  # each row on the scale of its own measure


@dataclass(frozen=True)
class _Block:
    """A group of rows under its title, in each language of the picture."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Plan:
    """Rows shared out over columns. placed: title (or '') or row, column and top of each."""

    letters: float
    columns: int
    wide: float
    placed: tuple[tuple[str | Row, int, float], ...]
    left_out: int

    @property
    def order(self) -> tuple[int, float]:
        """Better plans leave out fewer rows, and then have larger letters."""
        return -self.left_out, self.letters


def draw(sheet: Sheet, room: Box, subject: Subject) -> None:
    """Put the rows of the subject's provinces into a room."""
    picture = subject.picture
    marked = markers("", picture.provinces)
    groups = gaps.rows(picture.provinces, picture.year, "dimension")
    blocks = [
        _Block(subject.said(partial(_title, name)), rows) for name, rows in groups.items() if rows
    ]
    top = keyrow.draw(sheet, room, _signs(marked, subject))
    # The line that tells what is left out has its place whether it is needed or not.
    line = sheet.size.small * 1.6
    box = Box(room.x0, top, room.x1, room.y1 - line)
    plan = _plan(sheet, box, blocks, subject)
    if plan.left_out:
        # Rows in which none of them has a place say least.
        kept = [replace(own, rows=tuple(filter(_placed, own.rows))) for own in blocks]
        dropped = sum(len(own.rows) for own in blocks) - sum(len(own.rows) for own in kept)
        plan = _plan(sheet, box, [own for own in kept if own.rows], subject)
        plan = replace(plan, left_out=plan.left_out + dropped)
    for what, column, y in plan.placed:
        x = box.x0 + column * (plan.wide + plan.letters * GAP * 2)
        if isinstance(what, Row):
            strips.draw(sheet, x, y, plan.wide, what, marked, subject, plan.letters)
        else:
            _heading(sheet, x, y, plan, what)
    if plan.left_out:
        told = subject.said(partial(_left_out, plan.left_out))
        base = room.y1 - sheet.size.small * 0.3
        size = sheet.size.small
        sheet.put(Text(box.x0, base, shortened(told, box.width, size), size, "rows", colour=MUTED))
    sheet.boxes["rows"] = box


def _title(group: str, say: Texts) -> str:
    return gapwords.title(group, say) or wording.dimension_name(group, say)


def _placed(row: Row) -> bool:
    return any(cell.rank for cell in row.cells)


def _left_out(count: int, say: Texts) -> str:
    if count == 1:
        return say(N_("One further measure is in the table of the page."))
    return say(N_("{count} further measures are in the table of the page."), count=count)


def _heading(sheet: Sheet, x: float, y: float, plan: _Plan, title: str) -> None:
    letters = plan.letters
    base = y + letters * (0.55 + ASCENT)
    text = shortened(title, plan.wide, letters, BOLD)
    sheet.put(Text(x, base, text, letters, "rows", BOLD))
    low = y + letters * (TITLE - 0.15)
    sheet.rule(x, low, x + plan.wide, low)


# ---- how the rows are shared out ----


def _plan(sheet: Sheet, box: Box, blocks: Sequence[_Block], subject: Subject) -> _Plan:
    """The letters and columns with which most rows fit, and of those the largest letters."""
    found: list[_Plan] = []
    for columns in COLUMNS:
        letters = sheet.size.text * LARGEST
        while True:
            wide = (box.width - letters * GAP * 2 * (columns - 1)) / columns
            margin = strips.margin(len(subject.picture.provinces), letters)
            if wide >= letters * LEAST_WIDTH + margin or columns == 1:
                found.append(_shared(box, blocks, subject, letters, columns, wide))
                if not found[-1].left_out:
                    break
            if letters * SHRINK < sheet.size.small:
                break
            letters *= SHRINK
    return max(found, key=lambda own: own.order)


def _shared(
    box: Box, blocks: Sequence[_Block], subject: Subject, letters: float, columns: int, wide: float
) -> _Plan:
    """Rows put into columns one after another; a group that is parted has its title again."""
    heights = {
        id(row): strips.height(row, wide, subject, letters) + letters * ROW_GAP
        for block in blocks
        for row in block.rows
    }
    high = letters * TITLE
    # Columns are filled evenly where all rows fit.
    whole = sum(heights.values()) + high * len(blocks)
    for share in (1.0, 1.04, 1.09, 1.15, 1.25, 0.0):
        low = box.y0 + whole / columns * share if share else box.y1
        placed, left = _filled(blocks, heights, high, box.y0, min(low, box.y1), columns)
        if not left:
            break
    return _Plan(letters, columns, wide, tuple(placed), left)


def _filled(
    blocks: Sequence[_Block],
    heights: dict[int, float],
    high: float,
    top: float,
    low: float,
    columns: int,
) -> tuple[list[tuple[str | Row, int, float]], int]:
    placed: list[tuple[str | Row, int, float]] = []
    column, y = 0, top
    for order, block in enumerate(blocks):
        headed = -1
        for at, row in enumerate(block.rows):
            need = heights[id(row)] + (high if headed != column else 0.0)
            if y + need > low and column + 1 < columns:
                column, y = column + 1, top
                need = heights[id(row)] + high
            if y + need > low:
                later = sum(len(own.rows) for own in blocks[order + 1 :])
                return placed, len(block.rows) - at + later
            if headed != column:
                placed.append((block.title, column, y))
                y, headed = y + high, column
            placed.append((row, column, y))
            y += heights[id(row)]
    return placed, 0


# ---- the key ----


def _signs(marked: dict[str, Marker], subject: Subject) -> Iterator[Entry]:
    for adcode, marker in marked.items():
        yield Entry(keyrow.mark(marker), subject.said(partial(_name, adcode), " "))
    for sign, message in (
        (keyrow.tick(TICK), N_("a province")),
        (keyrow.tick(NATIONAL), N_("national value or median")),
        (keyrow.mark(Marker(NATIONAL, "circle"), hollow=True), N_("doubtful figure")),
    ):
        yield Entry(sign, subject.told(message, " "))


def _name(adcode: str, say: Texts) -> str:
    return provinces()[adcode].name(say.lang)
