"""The state of a page, to and from its address.

The address owns what a reader would share. A value that does not fit gives the default and
a note that names it; it never stops a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo import classify
from geo.errors import InputError
from geo.measures import Measure, measures
from geo.provinces import find
from geo.text import LANGUAGES, N_

DEFAULT_MEASURE: Final = "report_comprehensive"
DEFAULT_YEAR: Final = 2017  # the year of the report
LONGEST_ECHO: Final = 40  # characters of a wrong value that a note repeats


@dataclass(frozen=True)
class View:
    """What a page shows.

    province is an adcode or empty. classes is the number of classes, and own the breaks
    where the method is ``own``. asked_year is the year of the address where the measure lacks
    it and a neighbouring year is shown instead, otherwise None.
    """

    lang: str
    measure: str = DEFAULT_MEASURE
    year: int = DEFAULT_YEAR
    province: str = ""
    method: str = classify.DEFAULT_METHOD
    classes: int = classify.DEFAULT_COUNT
    own: tuple[float, ...] = ()
    asked_year: int | None = None


def read(params: Mapping[str, str], browser_locale: str = "") -> tuple[View, list[InputError]]:
    """The view of an address, and a note for each value in it that does not fit.

    params: the query of the address, one value a name. browser_locale decides the language
    where the address names none, e.g. ``zh-CN``.
    """
    notes: list[InputError] = []
    lang = _lang(params.get("lang"), browser_locale, notes)
    measure = _measure(params.get("measure"), notes)
    asked = _year(params.get("year"), notes)
    year = measure.nearest_year(asked or DEFAULT_YEAR)
    province = _province(params.get("province"), notes)
    method, count, own = _classes(params.get("method"), params.get("classes"), notes)
    return (
        View(
            lang=lang,
            measure=measure.id,
            year=year,
            province=province,
            method=method,
            classes=count,
            own=own,
            asked_year=asked if asked and asked != year else None,
        ),
        notes,
    )


def _lang(given: str | None, browser_locale: str, notes: list[InputError]) -> str:
    default = "zh" if browser_locale.lower().startswith("zh") else "en"
    if given is None or given in LANGUAGES:
        return given or default
    notes.append(_note("lang", given))
    return default


def _measure(given: str | None, notes: list[InputError]) -> Measure:
    if given is not None and given not in measures():
        notes.append(_note("measure", given))
        given = None
    return measures()[given or DEFAULT_MEASURE]


def _year(given: str | None, notes: list[InputError]) -> int | None:
    if given is None:
        return None
    if given.isascii() and given.isdigit() and len(given) == len("2017"):
        return int(given)
    notes.append(_note("year", given))
    return None


def _province(given: str | None, notes: list[InputError]) -> str:
    if not given:
        return ""
    try:
        return find(given).adcode
    except InputError:
        notes.append(_note("province", given))
        return ""


def _classes(
    method: str | None, classes: str | None, notes: list[InputError]
) -> tuple[str, int, tuple[float, ...]]:
    if method is not None and method not in classify.METHOD_NAMES:
        notes.append(_note("method", method))
        method = None
    method = method or classify.DEFAULT_METHOD
    if method == classify.OWN:
        try:
            own = classify.own_breaks(classes or "")
        except InputError:
            notes.append(_note("classes", classes or ""))
            return classify.DEFAULT_METHOD, classify.DEFAULT_COUNT, ()
        return method, len(own) + 1, own
    if classes is None:
        return method, classify.DEFAULT_COUNT, ()
    allowed = {str(n): n for n in range(classify.FEWEST, classify.MOST + 1)}
    if classes not in allowed:
        notes.append(_note("classes", classes))
    return method, allowed.get(classes, classify.DEFAULT_COUNT), ()


def _note(name: str, given: str) -> InputError:
    shown = given if len(given) <= LONGEST_ECHO else given[: LONGEST_ECHO - 1] + "…"
    return InputError(
        N_("The address says {name}={value}, which the atlas does not know. The default is shown."),
        name=name,
        value=shown,
    )
