"""Pictures for briefings: layout, drawing, checks, and the render queue."""

from geo.pictures.drawing import FIGURE_FORMATS
from geo.pictures.figure_kinds import (
    BIVARIATE_KIND,
    COMPARISON_KIND,
    FIGURE_KINDS,
    INDEX_KIND,
    MAP_KIND,
    PROFILE_KIND,
    SCATTER_KIND,
    TIME_SERIES_KIND,
    TWO_MAPS_KIND,
    FigureKind,
    register_kind,
)
from geo.pictures.fonts import font_files
from geo.pictures.kinds import KINDS
from geo.pictures.queue import RenderedFigure, picture_queue
from geo.pictures.request import (
    BOTH_LANGUAGES,
    FIGURE_LANGUAGES,
    FigureRequest,
    request_from_address,
)
from geo.pictures.sheet import ALL_SIZES, FIGURE_SIZES, PNG_SCALES, SLIDE_PART
from geo.pictures.subject import FigureSubject

__all__ = [
    "ALL_SIZES",
    "BIVARIATE_KIND",
    "BOTH_LANGUAGES",
    "COMPARISON_KIND",
    "FIGURE_FORMATS",
    "FIGURE_KINDS",
    "FIGURE_LANGUAGES",
    "FIGURE_SIZES",
    "INDEX_KIND",
    "MAP_KIND",
    "PNG_SCALES",
    "PROFILE_KIND",
    "SCATTER_KIND",
    "SLIDE_PART",
    "TIME_SERIES_KIND",
    "TWO_MAPS_KIND",
    "FigureKind",
    "FigureRequest",
    "FigureSubject",
    "RenderedFigure",
    "font_files",
    "picture_queue",
    "request_from_address",
]

for _kind in KINDS:
    register_kind(_kind)
