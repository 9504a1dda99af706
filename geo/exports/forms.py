"""The forms in which the cells of a measure leave the atlas: one writer for each ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo import citation, tables
from geo.exports import geofiles, readme, shapes, workbook
from geo.exports.geofiles import LINES
from geo.measures import all_measures
from geo.text import Translator


@dataclass(frozen=True)
class ExportRequest:
    """What of a measure is to be written: year None for all of its years."""

    measure: str
    year: int | None
    t: Translator
    coordinates: str


@dataclass(frozen=True)
class ExportFormat:
    """A form of file: its ending, its media type, its name in every language, and its writer.

    placed: whether it holds shapes, and so takes coordinates.
    """

    ending: str
    media_type: str
    name: str
    write: Callable[[ExportRequest], bytes]
    placed: bool = False


def export_file_name(asked: ExportRequest, form: ExportFormat) -> str:
    """The name of a file: measure, years, language, and the plane where it is no WGS 84."""
    own = tables.table_years(all_measures()[asked.measure], asked.year)
    span = str(own[0]) if len(own) == 1 else f"{own[0]}-{own[-1]}"
    plane = [asked.coordinates] if form.placed and asked.coordinates != "wgs84" else []
    return "-".join([asked.measure, span, *plane, asked.t.lang]) + f".{form.ending}"


def _write_csv(asked: ExportRequest) -> bytes:
    return tables.measure_csv(asked.measure, asked.t, asked.year).encode()


def _write_xlsx(asked: ExportRequest) -> bytes:
    return workbook.measure_workbook(asked.measure, asked.t, asked.year)


def _write_geojson(asked: ExportRequest) -> bytes:
    frame = shapes.units_with_columns(asked.measure, asked.t, asked.year, asked.coordinates)
    return geofiles.write_geojson(frame, **_dataset_metadata(asked))


def _write_geopackage(asked: ExportRequest) -> bytes:
    frame = shapes.units_with_columns(asked.measure, asked.t, asked.year, asked.coordinates)
    told = _dataset_metadata(asked)
    return geofiles.write_geopackage(
        {asked.measure: frame, LINES: shapes.boundary_lines(asked.coordinates)},
        IDENTIFIER=asked.measure,
        DESCRIPTION=". ".join(told.values()),
    )


def _write_topojson(asked: ExportRequest) -> bytes:
    columns = shapes.measure_columns(asked.measure, asked.t, asked.year)
    return geofiles.write_topojson(columns, asked.coordinates, **_dataset_metadata(asked))


def _dataset_metadata(asked: ExportRequest) -> dict[str, str]:
    """What a geographical file says of itself."""
    measure = all_measures()[asked.measure]
    return {
        "title": citation.title_with_years(
            measure, tables.table_years(measure, asked.year), asked.t
        ),
        "source": citation.source_name(measure, asked.t),
        "licence": " ".join(readme.licence_lines(asked.t)),
    }


FORMATS: Final = (
    ExportFormat("csv", "text/csv; charset=utf-8", "CSV", _write_csv),
    ExportFormat(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel (XLSX)",
        _write_xlsx,
    ),
    ExportFormat("geojson", "application/geo+json", "GeoJSON", _write_geojson, placed=True),
    ExportFormat(
        "gpkg", "application/geopackage+sqlite3", "GeoPackage", _write_geopackage, placed=True
    ),
    ExportFormat("topojson", "application/json", "TopoJSON", _write_topojson, placed=True),
)
