"""Turning and joining of tables, so that each province has a row and each head stands once.

Provinces across are turned, two halves side by side are put below one another, a continued table
and sheets for years are joined. What is done is said in ``Reshaping.done``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from geo.text import N_
from geo.units import normalise_name
from geo.upload.files import Cell, SourceTable, cell_text
from geo.upload.grid import TableGrid, filled_cells
from geo.upload.heads import PROVINCE_HEADS, is_note, is_one_of, is_region, is_total
from geo.upload.periods import format_period, parse_period, split_period
from geo.upload.provinces_column import column_tally, rank_province_columns

SEVERAL: Final = 2  # as many provinces side by side can mean that provinces are in a row
UNITS_BELOW: Final = 2  # at most in a column, where provinces are in a row
MERGED_OVER: Final = 2  # a line with more filled cells is no title
ROWS_ABOVE: Final = 60  # within which provinces side by side are searched
TURNED: Final = N_("The provinces stand beside one another: the table is turned.")
STACKED: Final = N_("The halves of the table stand side by side: they are put together.")
BESIDE: Final = N_(
    "Tables stand side by side, each with its column of provinces: they are joined by province."
)
CONTINUED: Final = N_("The table is continued below: its parts are joined.")
REPEATED: Final = N_(
    "Cells that are blank under a name, a time or an indicator repeat the one above, as merged"
    " cells do."
)
JOINED: Final = N_("The sheets have the same columns: they are joined, with the year of each.")
_SHEET_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True)
class Reshaping:
    """A table with a row for each province, and sentences on what was done to it."""

    source: SourceTable
    grid: TableGrid
    done: tuple[str, ...] = ()


def reshape_table(source: SourceTable) -> Reshaping:
    """Return the table turned and joined where that is plain; else as it is."""
    done: list[str] = []
    grid = TableGrid(source)
    row = _row_of_provinces(grid)
    if row:
        source = _turn(source, grid, row)
        grid = TableGrid(source)
        done.append(TURNED)
    columns = sorted(rank_province_columns(grid))
    together = _put_together(source, grid, columns) if len(columns) > 1 else None
    if together:
        source, grid = together[0], TableGrid(together[0])
        columns = sorted(rank_province_columns(grid))
        done.append(together[1])
    joined = _join_parts(source, grid, columns[0]) if columns else None
    if joined:
        source, grid = joined, TableGrid(joined)
        done.append(CONTINUED)
    repeated = _repeat_merged_cells(source, grid, columns[0]) if columns else None
    if repeated:
        source, grid = repeated, TableGrid(repeated)
        done.append(REPEATED)
    return Reshaping(source, grid, tuple(done))


def _row_of_provinces(grid: TableGrid) -> int:
    """Return the row that names provinces side by side, 0 where they stand below one another.

    Two digits are no names here: they are values, more likely.
    """
    best, most = 0, 0
    for number, row in enumerate(grid.rows[:ROWS_ABOVE], start=1):
        count = _count_units(grid, row)
        if count > most:
            best, most = number, count
    if most < SEVERAL:
        return 0
    cells = grid.rows[best - 1]
    first = next(i for i, cell in enumerate(cells) if grid.names_unit(cell))
    beside = filled_cells(cells[first:])
    if sum(grid.names_unit(cell) for cell in beside) * 2 <= len(beside):
        return 0
    below = max(_count_units(grid, column) for column in grid.columns)
    return best if below < most and below <= UNITS_BELOW else 0


def _count_units(grid: TableGrid, cells: Sequence[Cell]) -> int:
    mentions = [grid.mention_of(cell) for cell in cells if grid.names_unit(cell)]
    return len({mention.province.adcode for mention in mentions if mention})


def _turn(source: SourceTable, grid: TableGrid, row: int) -> SourceTable:
    """Return the table from the row of provinces on with rows and columns exchanged."""
    last = max(n for n, cells in enumerate(grid.rows, start=1) if len(filled_cells(cells)) > 1)
    body = grid.rows[row - 1 : last]
    first = row
    while first > 1 and len(filled_cells(grid.rows[first - 2])) > MERGED_OVER:
        first -= 1  # a line over the provinces, such as regions, is a column beside them
    body = [*body, *grid.rows[first - 1 : row - 1]]
    above = [(_line_of(cells),) for cells in grid.rows[: first - 1]]
    below = [(_line_of(cells),) for cells in grid.rows[last:]]
    width = max(map(len, body))
    turned = [
        tuple(cells[place] if place < len(cells) else "" for cells in body)
        for place in range(width)
    ]
    return replace(source, rows=_trim([*above, *turned, *below]), counts=(), merged=())


@dataclass(frozen=True)
class _Block:
    """A table beside others: its first and last column, and the one that names provinces."""

    first: int
    last: int
    names: int

    def cells_of(self, row: Sequence[Cell]) -> tuple[Cell, ...]:
        """Return the cells of a row in this block, as many as it has columns."""
        cells = row[self.first - 1 : self.last]
        return (*cells, *[""] * (self.last - self.first + 1 - len(cells)))


def _line_of(cells: Sequence[Cell]) -> str:
    return " ".join(cell_text(cell) for cell in filled_cells(cells))


def _repeat_merged_cells(source: SourceTable, grid: TableGrid, column: int) -> SourceTable | None:
    """Return a table in which blocks have the name, time or indicator of their first row, or None.

    Merged cells leave it in the first row alone. A column is one of blocks if another holds the
    same cells in each block, each of them once, as years do for provinces.
    """
    rows_from = range(column_tally(grid, column).first_row, len(grid.rows) + 1)
    if not _holds_blanks(grid, [n for n in rows_from[:ROWS_ABOVE] if grid.rows[n - 1]]):
        return None
    numbers = [n for n in rows_from if len(filled_cells(grid.rows[n - 1])) > 1]
    if len(numbers) < 2 * SEVERAL:
        return None
    rows = [list(cells) for cells in grid.rows]
    changed = False
    for place in range(1, grid.width + 1):
        cells = [grid.cell_at(number, place) for number in numbers]
        first = next((i for i, cell in enumerate(cells) if cell != ""), len(cells))
        starts = [i for i, cell in enumerate(cells) if cell != ""]
        if first or len(starts) < SEVERAL or len(starts) * 2 > len(cells) + 1:
            continue
        blocks = [
            numbers[one:other] for one, other in pairwise([*starts, len(cells)]) if other > one
        ]
        others = (c for c in range(1, grid.width + 1) if c != place)
        if not any(_comes_again(grid, blocks, other) for other in others):
            continue
        for block in blocks:
            for number in block[1:]:
                row = rows[number - 1]
                row.extend([""] * (place - len(row)))
                row[place - 1] = rows[block[0] - 1][place - 1]
        changed = True
    return replace(source, rows=_trim(rows)) if changed else None


def _holds_blanks(grid: TableGrid, numbers: Sequence[int]) -> bool:
    """Return whether some column is filled in the first of some rows and blank in the second."""
    return len(numbers) > 1 and any(
        grid.cell_at(numbers[0], c) != "" and grid.cell_at(numbers[1], c) == ""
        for c in range(1, grid.width + 1)
    )


def _comes_again(grid: TableGrid, blocks: Sequence[Sequence[int]], column: int) -> bool:
    """Return whether a column holds the same cells in each block, each of them once."""
    kept: set[Cell] = set()
    for place, block in enumerate(blocks):
        cells = [grid.cell_at(number, column) for number in block]
        distinct = set(cells)
        if "" in distinct or len(distinct) < len(cells):
            return False
        kept = distinct if not place else kept & distinct
        if len(kept) * 2 < max(len(distinct), SEVERAL):
            return False
    return len(kept) >= SEVERAL


def _find_blocks(grid: TableGrid, columns: Sequence[int], head: int) -> list[_Block]:
    """Return the tables that stand side by side, one for each column of names.

    Columns before the names, such as ranks, belong to a table where each has the same heads there.
    """
    heads = [normalise_name(cell_text(cell)) for cell in grid.rows[head - 1]]
    heads += [""] * (grid.width - len(heads))
    before = 0
    while all(column - before > 1 for column in columns):
        texts = {heads[column - before - 2] for column in columns}
        if len(texts) > 1 or texts == {""} or columns[1] - before - 1 <= columns[0]:
            break
        before += 1
    starts = [column - before for column in columns]
    lasts = [*(start - 1 for start in starts[1:]), grid.width]
    blocks = []
    for start, last, column in zip(starts, lasts, columns, strict=True):
        while last > start and all(cell == "" for cell in grid.column_cells(last)):
            last -= 1  # noqa: PLW2901  (without empty columns)
        blocks.append(_Block(start, last, column))
    return blocks


def _disagree(grid: TableGrid, one: int, other: int) -> bool:
    """Return whether two columns name different provinces in most rows that name two."""
    pairs = [
        (grid.unit_at(row, one), grid.unit_at(row, other)) for row in range(1, len(grid.rows) + 1)
    ]
    both = [first == second for first, second in pairs if first and second]
    return sum(both) * 2 <= len(both)


def _put_together(
    source: SourceTable, grid: TableGrid, columns: Sequence[int]
) -> tuple[SourceTable, str] | None:
    """Return tables that stand side by side as one table, and what was done; or None.

    Halves with equal heads are put below one another; tables of the same provinces are joined by
    province, each with its columns. In None, a column names what another does, or more is unclear.
    """
    start = min(column_tally(grid, column).first_row for column in columns)
    head = next((n for n in range(start - 1, 0, -1) if _is_head(grid, n, columns[0])), 0)
    sides = [columns[0], *(c for c in columns[1:] if _disagree(grid, columns[0], c))]
    if not head or len(sides) < 2:
        return None
    blocks = _find_blocks(grid, sides, head)
    heads = [
        [normalise_name(cell_text(cell)) for cell in block.cells_of(grid.rows[head - 1])]
        for block in blocks
    ]
    named = [cell_text(grid.cell_at(head, block.names)) for block in blocks]
    if any(block.last == block.names for block in blocks):
        return None
    provinces = [column_tally(grid, block.names).provinces for block in blocks]
    overlap = len(set().union(*provinces)) < sum(map(len, provinces))
    for texts, block in zip(heads, blocks, strict=True):
        texts.pop(block.names - block.first)
    filled = [[text for text in texts if text] for texts in heads]
    equal = all(texts == filled[0] for texts in filled)
    if equal and not overlap and filled[0]:
        return _stack_blocks(source, grid, blocks, head), STACKED
    if not all(is_one_of(text, PROVINCE_HEADS) for text in named) and len(set(named)) > 1:
        return None
    joined = _join_blocks(source, grid, blocks, head)
    return (joined, BESIDE) if joined else None


def _is_head(grid: TableGrid, number: int, column: int) -> bool:
    """Return whether a row above the first province is a head: neither blank nor a total."""
    name = grid.cell_at(number, column)
    if is_one_of(name, PROVINCE_HEADS):
        return True
    return bool(filled_cells(grid.rows[number - 1])) and not (is_total(name) or is_region(name))


def _stack_blocks(
    source: SourceTable, grid: TableGrid, blocks: Sequence[_Block], head: int
) -> SourceTable:
    """Return blocks with equal heads below one another; notes come last."""
    width = min(block.last - block.first + 1 for block in blocks)
    rows = [tuple(cells) for cells in grid.rows[: head - 1]]
    rows.append(blocks[0].cells_of(grid.rows[head - 1])[:width])
    notes: list[tuple[Cell, ...]] = []
    for block in blocks:
        for row in grid.rows[head:]:
            cells = block.cells_of(row)[:width]
            if not filled_cells(cells):
                continue
            single = len(filled_cells(row)) == 1 and is_note(cells[0])
            (notes if single else rows).append(cells)
    return replace(source, rows=_trim([*rows, *notes]), counts=(), merged=())


def _join_blocks(
    source: SourceTable, grid: TableGrid, blocks: Sequence[_Block], head: int
) -> SourceTable | None:
    """Return blocks about the same provinces joined by province; None where one comes twice."""
    first = blocks[0]
    heads: list[Cell] = [grid.cell_at(head, first.names)]
    body: dict[str, list[Cell]] = {}
    for block in blocks:
        places = [c for c in range(block.first, block.last + 1) if c != block.names]
        seen = set()
        for number in range(head + 1, len(grid.rows) + 1):
            name = grid.cell_at(number, block.names)
            values = [grid.cell_at(number, place) for place in places]
            if name == "" and not filled_cells(values):
                continue
            key = _key_of(grid, number, block.names)
            if key in seen or name == "":
                return None
            seen.add(key)
            cells = body.setdefault(key, [name])
            cells += [""] * (len(heads) - len(cells)) + values
        heads += [grid.cell_at(head, place) for place in places]
    above = [tuple(cells) for cells in grid.rows[: head - 1]]
    rows = [*above, tuple(heads), *(tuple(cells) for cells in body.values())]
    return replace(source, rows=_trim(rows), counts=(), merged=())


def _key_of(grid: TableGrid, row: int, column: int) -> str:
    """Return what tells the rows of parts apart: the adcode, else the text that is no province."""
    unit = grid.unit_at(row, column)
    return unit.adcode if unit else " " + normalise_name(cell_text(grid.cell_at(row, column)))


def _join_parts(source: SourceTable, grid: TableGrid, column: int) -> SourceTable | None:
    """Return a table whose head row comes again below with its parts joined, or None."""
    first = column_tally(grid, column).first_row
    cells = grid.column_cells(column)
    heads = {cell for cell in dict.fromkeys(cells) if is_one_of(cell, PROVINCE_HEADS)}
    again = [
        number
        for number in range(first + 1, len(grid.rows) + 1)
        if cells[number - 1] in heads
        and len(filled_cells(grid.rows[number - 1])) > 1
        and not grid.names_unit(grid.cell_at(number, column))
    ]
    top = next(
        (
            n
            for n in range(first - 1, 0, -1)
            if len(filled_cells(grid.rows[n - 1])) > 1 and _is_head(grid, n, column)
        ),
        0,
    )
    if not again or not top:
        return None
    starts = [top, *again]
    ends = [*(number - 1 for number in again), len(grid.rows)]
    head = list(grid.rows[top - 1])
    width = len(head)
    body: dict[str, list[Cell]] = {}
    lines: list[tuple[Cell, ...]] = []  # notes and what is about no row of the table
    for start, end in zip(starts, ends, strict=True):
        part_head = list(grid.rows[start - 1])
        alike = [normalise_name(cell_text(c)) for c in part_head] == [
            normalise_name(cell_text(c)) for c in grid.rows[top - 1]
        ]
        appends = start != top and not alike
        if appends:
            head += [""] * (width - len(head)) + [
                c for i, c in enumerate(part_head) if i != column - 1
            ]
        for number in range(start + 1, end + 1):
            cells = list(grid.rows[number - 1])
            if len(filled_cells(cells)) < 2:
                lines += [tuple(cells)] if filled_cells(cells) else []
                continue
            key = _key_of(grid, number, column)
            if not appends:
                if key in body:
                    return _stack_parts(source, grid, starts, ends, column)
                body[key] = cells
                continue
            blank: list[Cell] = [""] * (column - 1)
            known = body.setdefault(key, [*blank, grid.cell_at(number, column)])
            if len(known) > width:
                return None
            known += [""] * (width - len(known))
            known += [c for i, c in enumerate(cells) if i != column - 1]
        width = max(len(head), width)
    rows = [tuple(cells) for cells in grid.rows[: top - 1]]
    rows += [tuple(head), *(tuple(cells) for cells in body.values()), *lines]
    return replace(source, rows=_trim(rows), counts=(), merged=())


def _stack_parts(
    source: SourceTable, grid: TableGrid, starts: Sequence[int], ends: Sequence[int], column: int
) -> SourceTable | None:
    """Return parts with equal heads, each below a line with its year, as one table; else None."""
    years = []
    for number, start in enumerate(starts):
        first = ends[number - 1] - 4 if number else 1
        above = [cell_text(c) for row in grid.rows[max(first, 1) - 1 : start - 1] for c in row]
        found = [year for text in above for year in _SHEET_YEAR.findall(text)]
        years.append(found[-1] if found else "")
    if not all(years) or len(set(years)) < len(years):
        return None
    rows: list[tuple[Cell, ...]] = [(*grid.rows[starts[0] - 1], "年份")]
    width = len(rows[0]) - 1
    for start, end, year in zip(starts, ends, years, strict=True):
        for number in range(start + 1, end + 1):
            row = grid.rows[number - 1]
            if len(filled_cells(row)) > 1:
                rows.append((*[*row, *[""] * (width - len(row))][:width], year))
    return replace(source, rows=_trim(rows), counts=(), merged=())


def _period_in(name: str) -> int | None:
    """Return the one period that the name of a sheet states, such as 2023年3月 or 分省2019."""
    whole = parse_period(name) or split_period(name)[1]
    years = dict.fromkeys(_SHEET_YEAR.findall(name))
    return whole or (int(next(iter(years))) if len(years) == 1 else None)


def join_sheets(sources: Sequence[SourceTable]) -> SourceTable | None:
    """Return sheets with equal heads and a period of its own in each name as one table, or None."""
    if len(sources) < 2:
        return None
    periods = [_period_in(source.sheet) for source in sources]
    if None in periods or len(set(periods)) < len(periods):
        return None
    rows: list[tuple[Cell, ...]] = []
    heads: list[list[str]] = []
    for source, period in zip(sources, periods, strict=True):
        grid = TableGrid(source)
        columns = rank_province_columns(grid)
        if not columns:
            return None
        first = column_tally(grid, columns[0]).first_row
        head = next(
            (n for n in range(first - 1, 0, -1) if len(filled_cells(grid.rows[n - 1])) > 1), 0
        )
        if not head:
            return None
        cells = grid.rows[head - 1]
        heads.append([normalise_name(cell_text(cell)) for cell in cells])
        if heads[-1] != heads[0]:
            return None
        width = len(grid.rows[head - 1])
        if not rows:
            rows = [tuple(row) for row in grid.rows[: head - 1]]
            rows.append((*cells, "年份"))
        for row in grid.rows[head:]:
            padded = [*row, *[""] * (width - len(row))][:width]
            year = format_period(period) if len(filled_cells(row)) > 1 else ""
            rows.append((*padded, year))
    return replace(sources[0], rows=_trim(rows), counts=(), merged=())


def _trim(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows without the blank cells at their ends."""
    results = []
    for row in rows:
        cells = list(row)
        while cells and cells[-1] == "":
            cells.pop()
        results.append(tuple(cells))
    while results and not results[-1]:
        results.pop()
    return tuple(results)
