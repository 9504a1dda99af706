"""Further key columns: what tells rows about one province and time apart.

A column of indicators, of sexes or of sectors gives a series for each of its values. A column
whose values belong to one province each, such as cities, tells nothing of provinces: its rows are
added up or averaged if the reader says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from geo.upload.files import cell_text
from geo.upload.grid import TableGrid
from geo.upload.heads import (
    CITY_HEADS,
    GROUP_HEADS,
    INDICATOR_HEADS,
    UNIT_HEADS,
    is_one_of,
    parse_head,
)
from geo.upload.layout import TableLayout
from geo.upload.limits import limit_of
from geo.upload.numbers import CellKind, read_cell
from geo.upload.rows import ABOUT, USED, RowReport

WORDS_SHARE: Final = 0.5  # of the filled cells of a key column that are no numbers
SHARED: Final = 0.5  # of the provinces that the values of a key have on average


@dataclass(frozen=True)
class TableKeys:
    """The key columns of a table: their numbers, and the column of units, 0 without one."""

    columns: tuple[int, ...] = ()
    unit_column: int = 0


def find_keys(
    grid: TableGrid, layout: TableLayout, rows: Sequence[RowReport], taken: Collection[int]
) -> TableKeys:
    """Return the key columns: those of indicators, and others until rows are told apart.

    taken: columns with another role.
    """
    used = [row for row in rows if row.outcome in USED]
    heads = layout.heads
    columns = [
        column
        for column in range(1, grid.width + 1)
        if column not in taken and column != layout.province_column
    ]
    unit_column = next(
        (c for c in columns if c <= len(heads) and is_one_of(heads[c - 1], UNIT_HEADS)), 0
    )
    keys = [
        c
        for c in columns
        if c <= len(heads)
        and is_one_of(heads[c - 1], INDICATOR_HEADS)
        and _holds_words(grid, c, used)
    ][:1]
    if _tells_apart(grid, used, keys):
        return TableKeys(tuple(keys), unit_column)
    candidates = []
    for column in columns:
        if column in keys or column == unit_column:
            continue
        grouped = column <= len(heads) and is_one_of(heads[column - 1], GROUP_HEADS)
        if not grouped and not _holds_words(grid, column, used):
            continue
        shares = _shared_values(grid, column, used)
        if shares:
            candidates.append((len(shares), column))
    for _, column in sorted(candidates):
        keys.append(column)
        if _tells_apart(grid, used, keys):
            break
    return TableKeys(tuple(keys), unit_column)


def _holds_words(grid: TableGrid, column: int, rows: Sequence[RowReport]) -> bool:
    cells = [grid.cell_at(row.number, column) for row in rows]
    distinct = dict.fromkeys(cell for cell in cells if cell != "")
    if not distinct or len(distinct) > limit_of("keys") * 20:
        return False
    words = sum(read_cell(cell).kind is CellKind.UNREAD for cell in distinct)
    return words > WORDS_SHARE * len(distinct)


def _shared_values(grid: TableGrid, column: int, rows: Sequence[RowReport]) -> set[str]:
    """Return the values of a column if most stand for many provinces, as sexes do; else none."""
    provinces: dict[str, set[str]] = {}
    for row in rows:
        text = cell_text(grid.cell_at(row.number, column))
        provinces.setdefault(text, set()).add(row.adcode)
    if len(provinces) < 2 or len(provinces) > limit_of("keys"):
        return set()
    count = len({row.adcode for row in rows})
    mean = sum(map(len, provinces.values())) / len(provinces)
    return set(provinces) if mean > SHARED * count else set()


def _tells_apart(grid: TableGrid, rows: Sequence[RowReport], keys: Sequence[int]) -> bool:
    seen = set()
    for row in rows:
        entry = (row.adcode, row.year, *(grid.cell_at(row.number, key) for key in keys))
        if entry in seen:
            return False
        seen.add(entry)
    return True


def add_keys(grid: TableGrid, rows: Sequence[RowReport], keys: TableKeys) -> list[RowReport]:
    """Return the reports with the key of each row about a unit."""
    if not keys.columns:
        return list(rows)
    return [
        replace(
            row, key=tuple(cell_text(grid.cell_at(row.number, column)) for column in keys.columns)
        )
        if row.outcome in ABOUT
        else row
        for row in rows
    ]


def key_units(
    grid: TableGrid, rows: Sequence[RowReport], keys: TableKeys
) -> Mapping[tuple[str, ...], str]:
    """Return the unit of each key that the column of units states, if it states one alone."""
    units: dict[tuple[str, ...], set[str]] = {}
    if keys.unit_column:
        for row in rows:
            if row.outcome in USED:
                text = cell_text(grid.cell_at(row.number, keys.unit_column))
                units.setdefault(row.key, set()).add(text)
    return {key: next(iter(texts)) for key, texts in units.items() if len(texts) == 1}


def name_of_key(key: Sequence[str]) -> tuple[str, str]:
    """Return the name and the unit in the values of a key.

    >>> name_of_key(["年末人口（万人）", "男"])
    ('年末人口 男', '万人')
    """
    heads = [parse_head(text) for text in key]
    names = " ".join(head.name or head.text for head in heads if head.text)
    return names, next((head.unit for head in heads if head.unit), "")


def is_city_column(layout: TableLayout, column: int) -> bool:
    return column <= len(layout.heads) and is_one_of(layout.heads[column - 1], CITY_HEADS)
