"""The tile grid: one tile for each unit, near where the unit is."""

from __future__ import annotations

from scipy.stats import spearmanr

from geo.units import boundaries, grid_extent, grid_size, provinces, tile_grid


def test_every_unit_has_a_tile_of_its_own():
    tiles = tile_grid()
    assert list(tiles) == list(provinces())
    assert len(set(tiles.values())) == 34
    assert grid_size() == (9, 7)
    assert grid_extent() == (0, -4_500_000, 3_500_000, 0)


def test_tiles_keep_the_order_from_north_to_south_and_from_west_to_east():
    units, tiles = boundaries().units, tile_grid()
    rows, columns = zip(*(tiles[adcode] for adcode in units.index), strict=True)
    assert spearmanr(rows, -units["label_y"]).statistic > 0.9
    assert spearmanr(columns, units["label_x"]).statistic > 0.9
