"""The tile grid: one equal tile for each unit, near its position on the map."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from geo.units.resolver import provinces, read_rows

TILE_M: Final = 500_000  # side of a tile, in metres of the plane of the map
GAP_SHARE: Final = 0.04  # of the side of a tile, left free on each side


class Tile(NamedTuple):
    """The position of a tile: its row from the north and its column from the west, from 1."""

    row: int
    column: int


@cache
def tile_grid() -> dict[str, Tile]:
    """Return the tile of each unit by adcode, in the order of the units.

    Raises DataError for an unreadable table, KeyError for a unit without a tile.
    """
    rows = {row["adcode"]: row for row in read_rows("tile_grid.csv", {"adcode", *Tile._fields})}
    return {a: Tile(int(rows[a]["row"]), int(rows[a]["column"])) for a in provinces()}


def grid_size() -> Tile:
    """Return the number of rows and columns."""
    tiles = tile_grid().values()
    return Tile(max(tile.row for tile in tiles), max(tile.column for tile in tiles))


def grid_extent() -> tuple[float, float, float, float]:
    """Return west, south, east and north of the grid in metres; its upper left corner is 0, 0."""
    rows, columns = grid_size()
    return 0.0, -rows * TILE_M, columns * TILE_M, 0.0
