"""The forms in which the cells of a measure leave the atlas: one writer for each ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo import citation, tables
from geo.exports import geofiles, readme, shapes, workbook
from geo.exports.geofiles import LINES
from geo.measures import measures
from geo.text import Texts


@dataclass(frozen=True)
class Asked:
    """What of a measure is to be written: year None for all of its years."""

    measure: str
    year: int | None
    say: Texts
    coordinates: str


@dataclass(frozen=True)
class Form:
    """A form of file: its ending, its media type, its name in every language, and its writer.

    placed: whether it holds shapes, and so takes coordinates.
    """

    ending: str
    media_type: str
    name: str
    write: Callable[[Asked], bytes]
    placed: bool = False


def file_name(asked: Asked, form: Form) -> str:
    """The name of a file: measure, years, language, and the plane where it is no WGS 84."""
    own = tables.years(measures()[asked.measure], asked.year)
    span = str(own[0]) if len(own) == 1 else f"{own[0]}-{own[-1]}"
    plane = [asked.coordinates] if form.placed and asked.coordinates != "wgs84" else []
    return "-".join([asked.measure, span, *plane, asked.say.lang]) + f".{form.ending}"


def _csv(asked: Asked) -> bytes:
    return tables.measure_csv(asked.measure, asked.say, asked.year).encode()


def _xlsx(asked: Asked) -> bytes:
    return workbook.of_measure(asked.measure, asked.say, asked.year)


def _geojson(asked: Asked) -> bytes:
    frame = shapes.frame(asked.measure, asked.say, asked.year, asked.coordinates)
    return geofiles.geojson(frame, **_told(asked))


def _geopackage(asked: Asked) -> bytes:
    frame = shapes.frame(asked.measure, asked.say, asked.year, asked.coordinates)
    told = _told(asked)
    return geofiles.geopackage(
        {asked.measure: frame, LINES: shapes.lines(asked.coordinates)},
        IDENTIFIER=asked.measure,
        DESCRIPTION=". ".join(told.values()),
    )


def _topojson(asked: Asked) -> bytes:
    columns = shapes.columns(asked.measure, asked.say, asked.year)
    return geofiles.topojson(columns, asked.coordinates, **_told(asked))


def _told(asked: Asked) -> dict[str, str]:
    """What a geographical file says of itself."""
    measure = measures()[asked.measure]
    return {
        "title": citation.title(measure, tables.years(measure, asked.year), asked.say),
        "source": citation.source(measure, asked.say),
        "licence": " ".join(readme.licences(asked.say)),
    }


FORMS: Final = (
    Form("csv", "text/csv; charset=utf-8", "CSV", _csv),
    Form(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel (XLSX)",
        _xlsx,
    ),
    Form("geojson", "application/geo+json", "GeoJSON", _geojson, placed=True),
    Form("gpkg", "application/geopackage+sqlite3", "GeoPackage", _geopackage, placed=True),
    Form("topojson", "application/json", "TopoJSON", _topojson, placed=True),
)
