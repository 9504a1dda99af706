"""The provincial units of China: names, codes, regions, boundaries."""

from geo.units.boundaries import (
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
from geo.units.provinces import (
    Province,
    evaluated_adcodes,
    find_province,
    nearest_provinces,
    normalise_name,
    provinces,
    recognise_province,
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
    "provinces",
    "recognise_province",
]
