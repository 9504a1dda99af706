"""The export formats of a measure: one writer for each file ending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo.analysis import (
    licence_lines,
    measure_csv,
    source_name,
    table_years,
    title_with_years,
)
from geo.exports.geographic import (
    LINES,
    boundary_lines,
    measure_columns,
    units_with_columns,
    write_geojson,
    write_geopackage,
    write_topojson,
)
from geo.exports.workbooks import measure_workbook
from geo.measures import Measure
from geo.text import Translator


@dataclass(frozen=True)
class ExportRequest:
    """A measure to export; year: None for all of its years."""

    measure: Measure
    year: int | None
    t: Translator
    coordinates: str


@dataclass(frozen=True)
class ExportFormat:
    """An export format: its ending, media type, name in every language, and writer.

    has_geometry: whether it holds shapes, and so takes a coordinate system.
    """

    ending: str
    media_type: str
    name: str
    write: Callable[[ExportRequest], bytes]
    has_geometry: bool = False


def export_file_name(request: ExportRequest, form: ExportFormat) -> str:
    """The name of a file: measure, years, language, and coordinates if not WGS 84."""
    numbers = table_years(request.measure, request.year)
    span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
    plane = [request.coordinates] if form.has_geometry and request.coordinates != "wgs84" else []
    return "-".join([request.measure.id, span, *plane, request.t.lang]) + f".{form.ending}"


def _write_csv(request: ExportRequest) -> bytes:
    return measure_csv(request.measure, request.t, request.year).encode()


def _write_xlsx(request: ExportRequest) -> bytes:
    return measure_workbook(request.measure, request.t, request.year)


def _write_geojson(request: ExportRequest) -> bytes:
    frame = units_with_columns(request.measure, request.t, request.year, request.coordinates)
    return write_geojson(frame, **_dataset_metadata(request))


def _write_geopackage(request: ExportRequest) -> bytes:
    frame = units_with_columns(request.measure, request.t, request.year, request.coordinates)
    texts = _dataset_metadata(request)
    return write_geopackage(
        {request.measure.id: frame, LINES: boundary_lines(request.coordinates)},
        IDENTIFIER=request.measure.id,
        DESCRIPTION=". ".join(texts.values()),
    )


def _write_topojson(request: ExportRequest) -> bytes:
    columns = measure_columns(request.measure, request.t, request.year)
    return write_topojson(columns, request.coordinates, **_dataset_metadata(request))


def _dataset_metadata(request: ExportRequest) -> dict[str, str]:
    """The metadata of a geographic file."""
    measure = request.measure
    return {
        "title": title_with_years(measure, table_years(measure, request.year), request.t),
        "source": source_name(measure, request.t),
        "licence": " ".join(licence_lines(request.t)),
    }


EXPORT_FORMATS: Final = (
    ExportFormat("csv", "text/csv; charset=utf-8", "CSV", _write_csv),
    ExportFormat(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel (XLSX)",
        _write_xlsx,
    ),
    ExportFormat("geojson", "application/geo+json", "GeoJSON", _write_geojson, has_geometry=True),
    ExportFormat(
        "gpkg", "application/geopackage+sqlite3", "GeoPackage", _write_geopackage, has_geometry=True
    ),
    ExportFormat("topojson", "application/json", "TopoJSON", _write_topojson, has_geometry=True),
)
