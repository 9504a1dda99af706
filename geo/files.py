"""Files that an address asks for: what may be asked, and what comes back.

The server (app.py) turns a request into a ``Query`` and a ``File`` into an answer; nothing in
here knows of either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Final

from geo import classify, offlinemap, thumbnail
from geo.choropleth import choropleth
from geo.errors import InputError
from geo.exports.everything import NAME, everything
from geo.exports.forms import FORMS, Asked, Form, file_name
from geo.exports.shapes import COORDINATES
from geo.measures import measures, snapshot
from geo.text import N_, texts
from geo.view import DEFAULT_MEASURE, DEFAULT_YEAR, LONGEST_ECHO, read

SMALL_MAP: Final = "/small-map.svg"
TABLES: Final = {form.ending: f"/table.{form.ending}" for form in FORMS}
TABLE: Final = TABLES["csv"]
EVERYTHING: Final = "/everything.zip"
OFFLINE_MAP: Final = "/map.html"
WGS84: Final = "wgs84"

KEPT_BYTES: Final = (
    48 * 2**20
)  # made files kept ready: all in one (3 MB) and some forty with shapes
AT_ONCE: Final = 2  # files made at the same time: the pages need the processor too

NO_MEASURE: Final = N_(
    "The address of a table must name its measure, such as measure=gdp_per_capita."
)
NO_YEAR: Final = N_("{measure} has nothing for {year}. It has: {years}.")
NO_PLANE: Final = N_("The address says crs={value}. Known are: {known}.")


@dataclass(frozen=True)
class Query:
    """What an address asks for, with defaults filled in, so that one file has one query.

    year: the nearest that the measure has; only_year: the year that the address names, None where
    it names none, and a table holds all years. coordinates: a key of COORDINATES.
    method, classes, own: as in geo.view.View. title: the reader's own, empty for the atlas's.
    """

    lang: str = "en"
    measure: str = ""
    year: int = DEFAULT_YEAR
    province: str = ""
    only_year: int | None = None
    coordinates: str = WGS84
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
    plane = params.get("crs", WGS84)
    if plane not in COORDINATES:
        raise InputError(NO_PLANE, value=plane[:LONGEST_ECHO], known=", ".join(COORDINATES))
    return Query(
        view.lang,
        view.measure if "measure" in params else "",
        view.year,
        view.province,
        (view.asked_year or view.year) if "year" in params else None,
        plane,
        view.method,
        view.classes,
        view.own,
        offlinemap.shortened(params.get("title", "")),
    )


def needed(path: str, asked: Query) -> Query:
    """A query with only what the file at a path depends on, so that no file is made twice."""
    plain = Query()
    unused = {own.name: getattr(plain, own.name) for own in fields(Query)}
    for name in READ_BY[path]:
        del unused[name]
    return replace(asked, **unused)


def _small_map(asked: Query) -> File:
    """A small map of a measure and year, or without a measure the place of a province."""
    drawn = choropleth(snapshot(asked.measure, asked.year)) if asked.measure else None
    body = thumbnail.svg(drawn, asked.province).encode()
    return File(body, {"Content-Type": "image/svg+xml"})


def _table(form: Form, asked: Query) -> File:
    """The cells of a measure in one form, of all years or of the one that is named."""
    if not asked.measure:
        raise InputError(NO_MEASURE)
    years = measures()[asked.measure].years
    if asked.only_year is not None and asked.only_year not in years:
        raise InputError(
            NO_YEAR, measure=asked.measure, year=asked.only_year, years=", ".join(map(str, years))
        )
    wanted = Asked(asked.measure, asked.only_year, texts(asked.lang), asked.coordinates)
    return _download(form.write(wanted), form.media_type, file_name(wanted, form))


def _offline_map(asked: Query) -> File:
    """The map of the page with the same parameters, to be kept and opened without a server."""
    measure, say = measures()[asked.measure or DEFAULT_MEASURE], texts(asked.lang)
    drawn = choropleth(snapshot(measure.id, asked.year), asked.method, asked.classes, asked.own)
    said = offlinemap.words(measure, drawn, say)
    if asked.title:
        said = replace(said, title=asked.title)
    body = offlinemap.html(measure, drawn, said, say, asked.province).encode()
    name = f"map-{measure.id}-{asked.year}-{asked.lang}.html"
    return _download(body, "text/html; charset=utf-8", name)


def _everything(_: Query) -> File:
    return _download(everything(), "application/zip", NAME)


def _download(body: bytes, media_type: str, name: str) -> File:
    return File(
        body,
        {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'},
    )


MAKERS: Final[dict[str, Callable[[Query], File]]] = {
    SMALL_MAP: _small_map,
    **{TABLES[form.ending]: partial(_table, form) for form in FORMS},
    EVERYTHING: _everything,
    OFFLINE_MAP: _offline_map,
}
# What of a query each file depends on.
READ_BY: Final[dict[str, tuple[str, ...]]] = {
    SMALL_MAP: ("measure", "year", "province"),
    **{
        TABLES[form.ending]: ("lang", "measure", "only_year")
        + (("coordinates",) if form.placed else ())
        for form in FORMS
    },
    EVERYTHING: (),
    OFFLINE_MAP: (
        "lang",
        "measure",
        "year",
        "province",
        "method",
        "classes",
        "own",
        "title",
    ),
}
