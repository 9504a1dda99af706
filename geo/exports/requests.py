"""Files by address: the parameters that an address can have, and the files it returns.

The server (app.py) turns a request into a ``FileQuery`` and a ``ServedFile`` into a response;
nothing here depends on either.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from geo.analysis import (
    DEFAULT_MEASURE,
    DEFAULT_YEAR,
    DISPLAYS,
    MARK_MODES,
    SERIES_PATH,
    PageState,
    build_map_series,
    published_measures,
    ranks_to_mark,
    series_checksum,
    snapshot_of,
)
from geo.exports.archive import NAME, build_archive
from geo.exports.formats import EXPORT_FORMATS, ExportFormat, ExportRequest, export_file_name
from geo.exports.geographic import COORDINATES
from geo.exports.standalone_map import map_texts, shorten_title, standalone_html
from geo.maps import DEFAULT_CLASS_COUNT, DEFAULT_METHOD, classify_snapshot, thumbnail_svg
from geo.text import N_, InputError, one_of, translator

THUMBNAIL_PATH: Final = "/small-map.svg"
TABLE_PATHS: Final = {form.ending: f"/table.{form.ending}" for form in EXPORT_FORMATS}
CSV_PATH: Final = TABLE_PATHS["csv"]
ARCHIVE_PATH: Final = "/everything.zip"
STANDALONE_MAP_PATH: Final = "/map.html"
WGS84: Final = "wgs84"


NO_MEASURE: Final = N_(
    "The address of a table must name its measure, for example measure=gdp_per_capita."
)
NO_YEAR: Final = N_("{measure} is not available for {year}. Choose one of: {years}.")


@dataclass(frozen=True)
class FileQuery:
    """The parameters of an address with defaults filled in, so that one file has one query.

    year: the nearest that the measure has; only_year: the year that the address names, None where
    it names none, and a table holds all years. coordinates: a key of COORDINATES. method, classes,
    custom_breaks, marks, display: as in geo.analysis.state.PageState. title: the reader’s own,
    empty for the default.
    """

    lang: str = "en"
    measure: str = ""
    year: int = DEFAULT_YEAR
    province: str = ""
    only_year: int | None = None
    coordinates: str = WGS84
    method: str = DEFAULT_METHOD
    classes: int = DEFAULT_CLASS_COUNT
    custom_breaks: tuple[float, ...] = ()
    marks: str = MARK_MODES[0]
    display: str = DISPLAYS[0]
    title: str = ""


@dataclass(frozen=True)
class ServedFile:
    """The body of a file and the headers that describe it."""

    body: bytes
    headers: Mapping[str, str]


class FileAddress(PageState):
    """The address of a file: what a page's says, its coordinates and a title.

    checksum: of what a series file is made from, so that its address never gives another file.
    """

    coordinates: Annotated[str, one_of(COORDINATES)] = Field(WGS84, validation_alias="crs")
    marks: Annotated[str, one_of(MARK_MODES)] = MARK_MODES[0]
    title: Annotated[str, AfterValidator(shorten_title)] = ""
    checksum: str = Field("", validation_alias="data")


def parse_query(params: Mapping[str, str]) -> FileQuery:
    """Parse the query of an address. Raises InputError for the first invalid value."""
    address = FileAddress.parse(params)
    return FileQuery(
        lang=address.lang,
        measure=address.measure if "measure" in params else "",
        year=address.year,
        province=address.province,
        only_year=address.requested_year,
        coordinates=address.coordinates,
        method=address.method,
        classes=address.classes,
        custom_breaks=address.custom_breaks,
        marks=address.marks,
        display=address.display_kind,
        title=address.title,
    )


def canonical_query(path: str, query: FileQuery) -> FileQuery:
    """A query with only the fields that the file at a path depends on, for the cache."""
    plain = FileQuery()
    unused = {field.name: getattr(plain, field.name) for field in fields(FileQuery)}
    for name in CACHE_KEYS[path]:
        del unused[name]
    return replace(query, **unused)


def parse_file_query(path: str, params: Mapping[str, str]) -> FileQuery:
    """Parse the canonical query for the file at a path. Raises as ``parse_query`` does."""
    return canonical_query(path, parse_query(params))


def _render_small_map(query: FileQuery) -> ServedFile:
    """A small map of a measure and year; without a measure, the location of a province."""
    choropleth = (
        classify_snapshot(snapshot_of(query.measure, query.year)) if query.measure else None
    )
    body = thumbnail_svg(choropleth, query.province).encode()
    return ServedFile(body, {"Content-Type": "image/svg+xml"})


def _render_table(form: ExportFormat, query: FileQuery) -> ServedFile:
    """The cells of a measure in one format, of all years or of the given one."""
    if not query.measure:
        raise InputError(NO_MEASURE)
    measure = published_measures()[query.measure]
    if query.only_year is not None and query.only_year not in measure.years:
        raise InputError(
            NO_YEAR,
            measure=query.measure,
            year=query.only_year,
            years=", ".join(map(str, measure.years)),
        )
    request = ExportRequest(measure, query.only_year, translator(query.lang), query.coordinates)
    return _download_file(form.write(request), form.media_type, export_file_name(request, form))


def _render_offline_map(query: FileQuery) -> ServedFile:
    """The map of the page with the same parameters, as a file that works offline."""
    measure, t = published_measures()[query.measure or DEFAULT_MEASURE], translator(query.lang)
    choropleth = classify_snapshot(
        measure.snapshot(query.year), query.method, query.classes, query.custom_breaks
    )
    choropleth = replace(choropleth, ranks=ranks_to_mark(measure, query.year, query.marks))
    texts = map_texts(measure, choropleth, t)
    if query.title:
        texts = replace(texts, title=query.title)
    body = standalone_html(measure, choropleth, texts, t, query.province).encode()
    name = f"map-{measure.id}-{query.year}-{query.lang}.html"
    return _download_file(body, "text/html; charset=utf-8", name)


def _render_series(query: FileQuery) -> ServedFile:
    """All years of a measure with the same classes: what the map plays.

    It is a script, as the boundaries are: the policy of the map's frame lets it connect to nothing.
    """
    if not query.measure:
        raise InputError(NO_MEASURE)
    series = build_map_series(
        published_measures()[query.measure],
        translator(query.lang),
        query.display,
        query.method,
        query.classes,
        query.custom_breaks,
    )
    text = json.dumps(series, ensure_ascii=False, separators=(",", ":"))
    body = f"document.currentScript.series={text};".encode()
    return ServedFile(body, {"Content-Type": "text/javascript; charset=utf-8"})


def is_immutable(params: Mapping[str, str]) -> bool:
    """Return whether an address holds the checksum of what its file is made from."""
    return FileAddress.parse(params).checksum == series_checksum()


def _render_archive(_: FileQuery) -> ServedFile:
    return _download_file(build_archive(), "application/zip", NAME)


def _download_file(body: bytes, media_type: str, name: str) -> ServedFile:
    return ServedFile(
        body,
        {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'},
    )


RENDERERS: Final[dict[str, Callable[[FileQuery], ServedFile]]] = {
    THUMBNAIL_PATH: _render_small_map,
    **{TABLE_PATHS[form.ending]: partial(_render_table, form) for form in EXPORT_FORMATS},
    ARCHIVE_PATH: _render_archive,
    SERIES_PATH: _render_series,
    STANDALONE_MAP_PATH: _render_offline_map,
}
# The fields of a query that each file depends on.
CACHE_KEYS: Final[dict[str, tuple[str, ...]]] = {
    THUMBNAIL_PATH: ("measure", "year", "province"),
    **{
        TABLE_PATHS[form.ending]: ("lang", "measure", "only_year")
        + (("coordinates",) if form.has_geometry else ())
        for form in EXPORT_FORMATS
    },
    ARCHIVE_PATH: (),
    SERIES_PATH: ("lang", "measure", "method", "classes", "custom_breaks", "display"),
    STANDALONE_MAP_PATH: (
        "lang",
        "measure",
        "year",
        "province",
        "method",
        "classes",
        "custom_breaks",
        "marks",
        "title",
    ),
}
