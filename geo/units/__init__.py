"""The provincial units of China: names, codes, regions and boundaries."""

from geo.units.mentions import Mention, MentionKind, recognise_mention
from geo.units.resolver import (
    Province,
    evaluated_adcodes,
    find_province,
    nearest_provinces,
    normalise_name,
    pinyin_names,
    provinces,
    recognise_province,
)
from geo.units.tiles import GAP_SHARE, TILE_M, Tile, grid_extent, grid_size, tile_grid
from geo.units.topology import (
    BOUNDARIES_FILE,
    DASHES,
    INSET_NAME,
    LINES,
    MAIN_SOUTH,
    MAP_CRS,
    Extent,
    boundaries,
    inset_extent,
    main_extent,
)

__all__ = [
    "BOUNDARIES_FILE",
    "DASHES",
    "GAP_SHARE",
    "INSET_NAME",
    "LINES",
    "MAIN_SOUTH",
    "MAP_CRS",
    "TILE_M",
    "Extent",
    "Mention",
    "MentionKind",
    "Province",
    "Tile",
    "boundaries",
    "evaluated_adcodes",
    "find_province",
    "grid_extent",
    "grid_size",
    "inset_extent",
    "main_extent",
    "nearest_provinces",
    "normalise_name",
    "pinyin_names",
    "provinces",
    "recognise_mention",
    "recognise_province",
    "tile_grid",
]
