"""The provincial units of China: names, codes, regions and boundaries."""

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
    "INSET_NAME",
    "LINES",
    "MAIN_SOUTH",
    "MAP_CRS",
    "Extent",
    "Province",
    "boundaries",
    "evaluated_adcodes",
    "find_province",
    "inset_extent",
    "main_extent",
    "nearest_provinces",
    "normalise_name",
    "pinyin_names",
    "provinces",
    "recognise_province",
]
