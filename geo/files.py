"""Files that an address asks for: what may be asked, and what comes back.

The server (app.py) turns a request into a ``Query`` and a ``File`` into an answer; nothing in
here knows of either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from geo import classify, offlinemap, tables, thumbnail
from geo.choropleth import choropleth
from geo.errors import InputError
from geo.measures import measures, snapshot
from geo.text import N_, texts
from geo.view import DEFAULT_MEASURE, read

SMALL_MAP: Final = "/small-map.svg"
TABLE: Final = "/table.csv"
OFFLINE_MAP: Final = "/map.html"
NO_MEASURE: Final = N_(
    "The address of a table must name its measure, such as measure=gdp_per_capita."
)


@dataclass(frozen=True)
class Query:
    """What an address asks for, with defaults filled in, so that one file has one query.

    method, classes, own: as in geo.view.View. title: the reader's own, empty for the atlas's.
    """

    lang: str
    measure: str
    year: int
    province: str
    method: str = classify.DEFAULT_METHOD
    classes: int = classify.DEFAULT_COUNT
    own: tuple[float, ...] = ()
    title: str = ""


@dataclass(frozen=True)
class File:
    """The body of a file and the headers that describe it."""

    body: bytes
    headers: Mapping[str, str]


def query(params: Mapping[str, str]) -> Query:
    """The query of an address. Raises InputError for the first value that does not fit.

    A page shows the default for a wrong value, with a note; a file has no place for a note.
    """
    view, notes = read(params)
    if notes:
        raise notes[0]
    measure = view.measure if "measure" in params else ""
    title = offlinemap.shortened(params.get("title", ""))
    return Query(
        view.lang, measure, view.year, view.province, view.method, view.classes, view.own, title
    )


def _small_map(asked: Query) -> File:
    """A small map of a measure and year, or without a measure the place of a province."""
    drawn = choropleth(snapshot(asked.measure, asked.year)) if asked.measure else None
    body = thumbnail.svg(drawn, asked.province).encode()
    return File(body, {"Content-Type": "image/svg+xml"})


def _table(asked: Query) -> File:
    if not asked.measure:
        raise InputError(NO_MEASURE)
    name = f"{asked.measure}-{asked.lang}.csv"
    body = tables.measure_csv(asked.measure, texts(asked.lang)).encode()
    return File(
        body,
        {
            "Content-Type": "text/csv; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _offline_map(asked: Query) -> File:
    """The map of the page with the same parameters, to be kept and opened without a server."""
    measure, say = measures()[asked.measure or DEFAULT_MEASURE], texts(asked.lang)
    drawn = choropleth(snapshot(measure.id, asked.year), asked.method, asked.classes, asked.own)
    said = offlinemap.words(measure, drawn, say)
    if asked.title:
        said = replace(said, title=asked.title)
    name = f"map-{measure.id}-{asked.year}-{asked.lang}.html"
    return File(
        offlinemap.html(measure, drawn, said, say, asked.province).encode(),
        {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


MAKERS: Final[dict[str, Callable[[Query], File]]] = {
    SMALL_MAP: _small_map,
    TABLE: _table,
    OFFLINE_MAP: _offline_map,
}
