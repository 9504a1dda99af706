"""Files that an address asks for: what may be asked, and what comes back.

The server (app.py) turns a request into a ``Query`` and a ``File`` into an answer; nothing in
here knows of either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from geo import tables, thumbnail
from geo.choropleth import choropleth
from geo.errors import InputError
from geo.measures import snapshot
from geo.text import N_, texts
from geo.view import read

SMALL_MAP: Final = "/small-map.svg"
TABLE: Final = "/table.csv"
NO_MEASURE: Final = N_(
    "The address of a table must name its measure, such as measure=gdp_per_capita."
)


@dataclass(frozen=True)
class Query:
    """What an address asks for, with defaults filled in, so that one file has one query."""

    lang: str
    measure: str
    year: int
    province: str


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
    return Query(view.lang, measure, view.year, view.province)


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


MAKERS: Final[dict[str, Callable[[Query], File]]] = {SMALL_MAP: _small_map, TABLE: _table}
