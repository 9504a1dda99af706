"""Layout of an uploaded table: its head rows, and the column that names the provinces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.limits import MAX_HEAD_ROWS
from geo.text import InputError
from geo.units import normalise_name
from geo.upload.files import Cell, SourceTable, cell_text
from geo.upload.grid import TableGrid, filled_cells
from geo.upload.heads import (
    PROVINCE_HEADS,
    YEAR_HEADS,
    ColumnHead,
    is_one_of,
    is_region,
    is_total,
    parse_bare_unit,
    parse_head,
    parse_stated_unit,
    remove_stated_unit,
)
from geo.upload.numbers import CellKind, read_cell
from geo.upload.options import ImportOptions, stale_option_error
from geo.upload.periods import combine_period, parse_period, shorten_days
from geo.upload.provinces_column import HEADS_ALONE, find_province_column

FIGURES_SHARE: Final = 0.5  # a row with a larger share of numbers is no head
_INDICATOR_LINE: Final = re.compile(r"^(?:指标|项目|indicator|变量)\s*[:：]\s*(.+)", re.I)
_ABOUT_LINE: Final = re.compile(
    r"^(?:数据库|时间|数据来源|来源|database|time|period)\s*[:：]", re.I
)
_YEARBOOK: Final = re.compile(r"年鉴|yearbook", re.I)
_TITLE_PERIOD: Final = re.compile(
    r"(?:19|20)\d{2}\s*年\s*(?:\d{1,2}月(?:\d{1,2}日)?|第?[一二三四1-4]季度)"
    r"|(?<!\d)(?:19|20)\d{2}\s?Q[1-4]|Q[1-4]\s?(?:19|20)\d{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s(?:19|20)\d{2}",
    re.I,
)
_TITLE_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?")
_OF_REGIONS: Final = re.compile(
    r"^(?:中国|全国)?(?:分地区|各地区|各省份?市?区?|分省份?|按地区分|31个?省区?市?)的?"
    r"|\s+by (?:region|province)s?$",
    re.I,
)


@dataclass(frozen=True)
class TableLayout:
    """The positions of the parts of a table; rows and columns are counted from 1.

    head_row is the lowest row of heads, 0 without heads; head_rows has all of them. heads: the
    cells of that row; column_heads: what all rows of heads say of each column, and other_names
    its name in the other language where heads stand in two. units: by column, from the row of
    units. unit, title and period: stated for the whole table above it.
    """

    head_row: int
    head_rows: tuple[int, ...]
    first_body_row: int
    province_column: int
    heads: tuple[Cell, ...]
    column_heads: tuple[ColumnHead, ...]
    other_names: dict[int, str]
    units: dict[int, str]
    unit: str
    title: str
    period: int | None


def find_layout(grid: TableGrid, source: SourceTable, choices: ImportOptions) -> TableLayout:
    """Find the rows of heads and the column of provinces, or take those in the options.

    Raises InputError when there are no provinces, or only heads.
    """
    column = find_province_column(grid, choices)
    start = _find_first_body_row(grid, column, choices)
    row = choices.head_row if choices.head_row is not None else _find_head_row(grid, column, start)
    head_rows = _find_head_rows(grid, column, row) if row else ()
    units, body = _read_unit_row(grid, row, column) if row else ({}, start)
    top = head_rows[0] if head_rows else start
    lines = [cell for cells in grid.rows[: top - 1] for cell in cells if isinstance(cell, str)]
    title, unit, period = _read_lines_above([line for line in lines if line], source.sheet)
    heads, names = _merge_heads(grid, head_rows, column)
    return TableLayout(
        head_row=row,
        head_rows=head_rows,
        first_body_row=body,
        province_column=column,
        heads=tuple(grid.rows[row - 1]) if row else (),
        column_heads=heads,
        other_names=names,
        units=units,
        unit=unit,
        title=title,
        period=period,
    )


def _read_lines_above(lines: Sequence[str], sheet: str) -> tuple[str, str, int | None]:
    """Return the title, unit and period that the lines above a table, or its sheet, state."""
    unit = next((text for line in lines if (text := parse_stated_unit(line))), "")
    titles = [text for line in lines if (text := remove_stated_unit(line))]
    indicator = next((m[1] for line in titles if (m := _INDICATOR_LINE.match(line))), "")
    title = indicator or next((line for line in titles if not _ABOUT_LINE.match(line)), "")
    period = None
    for line in (*titles, sheet):
        years = dict.fromkeys(_TITLE_YEAR.findall(line))
        finer = _TITLE_PERIOD.findall(line)
        if len(finer) == 1 and len(years) == 1:
            years = {finer[0]: None}
        if len(years) == 1 and not _YEARBOOK.search(line) and not _ABOUT_LINE.match(line):
            period = period or parse_period(next(iter(years)))
    head = parse_head(title)
    if head.unit and (parse_bare_unit(head.unit) or indicator):
        return (
            title[: title.rindex(head.text[-1])] and _without_unit(title),
            unit or head.unit,
            period,
        )
    return title, unit, period


def _without_unit(title: str) -> str:
    return re.sub(r"\s*[(（\[][^()（）\[\]]{1,40}[)）\]]\s*$", "", title)


def _without_period(title: str) -> str:
    pattern = _TITLE_PERIOD if _TITLE_PERIOD.search(title) else _TITLE_YEAR
    return pattern.sub("", title, count=1)


def shorten_title(title: str) -> str:
    """Return the name of a series in a title: without its year and "by region".

    >>> shorten_title("2019年分地区地区生产总值")
    '地区生产总值'
    """
    return _OF_REGIONS.sub("", _without_period(title).strip()).strip(" ，,:：-") or title


def _find_first_body_row(grid: TableGrid, column: int, choices: ImportOptions) -> int:
    """Return the first row about a province, the country or a region."""
    if choices.head_row:
        if choices.head_row >= len(grid.rows):
            raise stale_option_error(choices.head_row)
        return choices.head_row + 1
    for number in range(1, len(grid.rows) + 1):
        cell = grid.cell_at(number, column)
        if grid.unit_at(number, column):
            return number
        below = number > 1 and len(filled_cells(grid.rows[number - 1])) > 1
        if below and (is_total(cell) or is_region(cell)) and not is_one_of(cell, PROVINCE_HEADS):
            return number
    # The reader chose a column that names no province: the first filled row is its head.
    first = next(n for n, row in enumerate(grid.rows, start=1) if filled_cells(row))
    if first == len(grid.rows):
        raise InputError(HEADS_ALONE, row=first)
    return first + 1


def _find_head_row(grid: TableGrid, column: int, start: int) -> int:
    """Return the nearest row above the body with words or periods, 0 without one."""
    for number in range(start - 1, 0, -1):
        row = grid.rows[number - 1]
        if len(filled_cells(row)) < min(2, grid.width) and not (
            grid.width <= 2 and filled_cells(row)
        ):
            continue
        named = is_one_of(grid.cell_at(number, column), PROVINCE_HEADS)
        if _holds_figures(row, column) and not named:
            continue
        if number > 1 and _is_unit_row(grid, number, column):
            continue
        return number
    return 0


def _find_head_rows(grid: TableGrid, column: int, row: int) -> tuple[int, ...]:
    """Return the rows of heads from the top: those above the lowest that speak of columns."""
    rows = [row]
    for number in range(row - 1, max(row - MAX_HEAD_ROWS, 0), -1):
        cells = grid.rows[number - 1]
        places = [place for place, cell in enumerate(cells, start=1) if cell != ""]
        beside = [place for place in places if place != column]
        texts = {cell_text(cells[place - 1]) for place in places}
        if not beside or _is_line(grid, number, column, texts) or _holds_figures(cells, column):
            break
        both = [grid.cell_at(n, column) for n in (number, row)]
        alike = all(is_one_of(cell, PROVINCE_HEADS) for cell in both)
        if alike and both[0] != both[1] and not _other_script(grid, number, row, column):
            break  # another head for the same table: the nearer one counts
        rows.insert(0, number)
    return tuple(rows)


def _is_line(grid: TableGrid, number: int, column: int, texts: set[str]) -> bool:
    """Return whether a row above the heads is a title, a note or a unit of the whole table."""
    if any(parse_stated_unit(text) or _ABOUT_LINE.match(text) for text in texts):
        return True
    blocks = [b for b in grid.merged if b.first_row <= number <= b.last_row]
    wide = [b for b in blocks if b.last_column > b.first_column]
    if any(b.first_column <= column <= b.last_column for b in wide):
        return True
    return len(texts) == 1 and not wide and parse_period(next(iter(texts))) is None


def _other_script(grid: TableGrid, one: int, other: int, column: int) -> bool:
    """Return whether one row of heads is Chinese and the other is in Latin letters."""
    texts = [
        "".join(
            cell_text(c) for place, c in enumerate(grid.rows[n - 1], start=1) if place != column
        )
        for n in (one, other)
    ]
    chinese = [bool(re.search(r"[\u4e00-\u9fff]{2}", text)) for text in texts]
    latin = [bool(re.search(r"[A-Za-z]{2}", text)) for text in texts]
    return (chinese[0] and not chinese[1] and latin[1]) or (
        chinese[1] and not chinese[0] and latin[0]
    )


def _merge_heads(
    grid: TableGrid, rows: Sequence[int], column: int
) -> tuple[tuple[ColumnHead, ...], dict[int, str]]:
    """Return the head of each column from all rows of heads, and names in the other language."""
    if not rows:
        return tuple(ColumnHead("", "") for _ in range(grid.width)), {}
    levels = [_spread_row(grid, row, rows[-1], column) for row in rows]
    two_languages = (
        len(rows) == 2
        and _other_script(grid, rows[0], rows[1], column)
        and all((one == "") == (other == "") for one, other in zip(*levels, strict=True))
        and not any(parse_period(cell) for cell in levels[0])
    )
    heads, names = [], {}
    for place in range(grid.width):
        cells = [level[place] for level in levels]
        parts = [parse_head(cell) for cell in dict.fromkeys(cells) if cell != ""]
        if two_languages and len(parts) == 2:
            chinese = next((p for p in parts if re.search(r"[\u4e00-\u9fff]", p.text)), parts[0])
            other = parts[1] if chinese is parts[0] else parts[0]
            heads.append(replace(chinese, unit=chinese.unit or other.unit))
            names[place + 1] = other.name
            continue
        heads.append(_join_heads(parts))
    return _shorten_days(heads), names


def _join_heads(parts: Sequence[ColumnHead]) -> ColumnHead:
    """Return one head of the levels over a column: names joined, the first unit and period."""
    if len(parts) == 1:
        return parts[0]
    years = [part.year for part in parts if part.year is not None]
    year = years[0] if years else None
    part_of_year = next((p for p in parts if _is_part(p) and combine_period(year, p.text)), None)
    if part_of_year is not None:  # a month or a quarter under its year
        year = combine_period(year, part_of_year.text)
        parts = [replace(part, name="") if part is part_of_year else part for part in parts]
    if len(years) > 1 and years[1] > years[0] and str(years[1]).startswith(str(years[0])):
        year = years[1]
    names = [part.name for part in parts if part.name]
    units = [part.unit for part in parts if part.unit]
    return ColumnHead(
        " ".join(part.text for part in parts), " ".join(names), units[-1] if units else "", year
    )


def _is_part(head: ColumnHead) -> bool:
    return head.year is None and not head.text.isdigit()


def _shorten_days(heads: Sequence[ColumnHead]) -> tuple[ColumnHead, ...]:
    """Return heads in which first days of several months stand for the months."""
    years = shorten_days([head.year for head in heads])
    return tuple(replace(head, year=year) for head, year in zip(heads, years, strict=True))


def _spread_row(grid: TableGrid, row: int, lowest: int, column: int) -> list[Cell]:
    """Return a row of heads in which a head stands over each column that it covers.

    It covers merged cells; without them the blank cells at its right under which there are heads.
    """
    cells = [grid.cell_at(row, place) for place in range(1, grid.width + 1)]
    wide = [b for b in grid.merged if b.first_row <= row <= b.last_row]
    for block in wide:
        head = grid.cell_at(block.first_row, block.first_column)
        for place in range(block.first_column, min(block.last_column, grid.width) + 1):
            cells[place - 1] = cells[place - 1] or head
    if row == lowest:
        return cells
    beside = [place for place in range(1, grid.width + 1) if cells[place - 1] != ""]
    first = min((place for place in beside if place > column), default=grid.width + 1)
    text: Cell = ""
    for place in range(first, grid.width + 1):
        if cells[place - 1] != "":
            text = cells[place - 1]
            if place > column and is_one_of(text, YEAR_HEADS):
                text = ""
        elif grid.cell_at(lowest, place) != "":
            cells[place - 1] = text
        else:
            text = ""
    return cells


def _holds_figures(row: Sequence[Cell], column: int = 0) -> bool:
    """Return whether most filled cells of a row, except in one column, are numbers, not periods."""
    cells = [cell for place, cell in enumerate(row, start=1) if cell != "" and place != column]
    figures = [
        cell
        for cell in cells
        if parse_period(cell) is None and read_cell(cell).kind is not CellKind.UNREAD
    ]
    return len(figures) > FIGURES_SHARE * len(cells)


def _is_unit_row(grid: TableGrid, number: int, column: int) -> bool:
    """Return whether a row below the heads holds only units."""
    cells = {place: cell for place, cell in enumerate(grid.rows[number - 1], start=1) if cell != ""}
    name = cells.pop(column, "")
    if name not in ("", grid.cell_at(number - 1, column)) and normalise_name(
        cell_text(name)
    ) not in (
        "单位",
        "计量单位",
        "unit",
        "units",
    ):
        return False
    # A vertically merged head is in both rows.
    cells = {place: c for place, c in cells.items() if c != grid.cell_at(number - 1, place)}
    return bool(cells) and all(
        parse_bare_unit(cell) and grid.cell_at(number - 1, place) != ""
        for place, cell in cells.items()
    )


def _read_unit_row(grid: TableGrid, row: int, column: int) -> tuple[dict[int, str], int]:
    """Return the units in the row below the heads, by column, and the first row of the body."""
    under = row + 1
    while under <= len(grid.rows) and not filled_cells(grid.rows[under - 1]):
        under += 1
    if under > len(grid.rows) or not _is_unit_row_of(grid, under, row, column):
        return {}, row + 1
    cells = enumerate(grid.rows[under - 1], start=1)
    return {place: unit for place, cell in cells if (unit := parse_bare_unit(cell))}, under + 1


def _is_unit_row_of(grid: TableGrid, number: int, row: int, column: int) -> bool:
    return number == row + 1 and _is_unit_row(grid, number, column)
