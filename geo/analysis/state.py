"""The state of a page, parsed from its URL and written to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from geo.analysis.peers import DEFAULT_KIND, PEER_KINDS
from geo.analysis.registry import all_measures
from geo.maps import (
    CUSTOM_METHOD,
    DEFAULT_CLASS_COUNT,
    DEFAULT_METHOD,
    MAX_CLASSES,
    METHOD_NAMES,
    MIN_CLASSES,
    parse_custom_breaks,
)
from geo.measures import CONTEXT, Measure, dimension_ids
from geo.text import LANGUAGES, N_, InputError
from geo.units import find_province

DEFAULT_MEASURE: Final = "report_comprehensive"
DEFAULT_YEAR: Final = 2017  # the year of the report
DEFAULT_PROVINCE: Final = "110000"  # the first of the report's comprehensive ranking
FIRST_YEAR: Final = 2016
LAST_YEAR: Final = 2024
DEFAULT_DIMENSION: Final = "information_services"
MAX_CHOSEN: Final = 10  # colours and shapes can distinguish no more
NONE_CHOSEN: Final = "none"  # in the URL: no provinces, where the default would be an example
COLOUR_MODES: Final = ("rank", "national")  # colours of the matrix of a dimension
# The views of the Compare page and their options.
PANE_MODES: Final = ("provinces", "maps", "scatter", "both", "years")
SCALE_MODES: Final = ("value", "rank", "national", "z")
ROW_ORDERS: Final = ("dimension", "gap")
CLASS_MODES: Final = ("shared", "own")
DIFFERENCE_MODES: Final = ("shown", "hidden")
QUADRANT_MODES: Final = ("median", "national")
FIT_MODES: Final = ("none", "line")
LINE_MODES: Final = ("lines", "indexed", "ranks")
SECOND_MEASURES: Final = ("gdp_per_capita", "fixed_broadband_per_100")  # the first that differs
# The filters of the Data page: kinds of entry, and dimensions or entries without one.
LISTED_KINDS: Final = ("all", "report", "index", "indicator", "series", "own", "facts")
EVERY_GROUP: Final = "all"
TABLE_ORDERS: Final = ("province", "rank")
MAX_SEARCH_LENGTH: Final = 80  # characters of a search
MAX_ECHO_LENGTH: Final = 40  # characters of a wrong value that a note repeats
# Parameters whose name in the URL differs from the field of PageState.
PARAMETERS: Final = {"pane": "view", "kind": "listed"}


def add_query(path: str, params: Mapping[str, object]) -> str:
    """Return a path with its query; empty parameters are left out, commas are not escaped.

    >>> add_query("/compare", {"provinces": "110000,440000", "recipe": ""})
    '/compare?provinces=110000,440000'
    """
    given = {name: value for name, value in params.items() if value not in ("", None)}
    return f"{path}?{urlencode(given, safe=',')}" if given else path


@dataclass(frozen=True)
class PageState:
    """What a page shows, parsed from its URL.

    province is an adcode or empty. classes is the number of classes, and own the breaks if the
    method is ``own``. requested_year is the year of the URL if the measure lacks it and the
    nearest year is shown instead, otherwise None. requested_provinces are the adcodes of up to
    ten provinces to mark or compare, None if the URL does not say. measure and year are
    compared with measure2 and year2. find, group and kind filter the list of the Data page; rows
    is the order of its provinces.
    """

    lang: str
    measure: str = DEFAULT_MEASURE
    year: int = DEFAULT_YEAR
    province: str = ""
    method: str = DEFAULT_METHOD
    classes: int = DEFAULT_CLASS_COUNT
    custom_breaks: tuple[float, ...] = ()
    requested_year: int | None = None
    requested_provinces: tuple[str, ...] | None = None
    measure2: str = SECOND_MEASURES[0]
    year2: int = DEFAULT_YEAR
    dimension: str = DEFAULT_DIMENSION
    peers: str = DEFAULT_KIND
    tint: str = COLOUR_MODES[0]
    pane: str = PANE_MODES[0]
    show: str = SCALE_MODES[0]
    order: str = ROW_ORDERS[0]
    classed: str = CLASS_MODES[0]
    third: str = DIFFERENCE_MODES[0]
    quadrants: str = QUADRANT_MODES[0]
    fit: str = FIT_MODES[0]
    course: str = LINE_MODES[0]
    find: str = ""
    group: str = EVERY_GROUP
    kind: str = LISTED_KINDS[0]
    rows: str = TABLE_ORDERS[0]

    @property
    def chosen_provinces(self) -> tuple[str, ...]:
        """The provinces that the URL chooses, in its order."""
        return self.requested_provinces or ()

    @property
    def preferred_year(self) -> int:
        """The year for other measures: the requested one, or else that of the map."""
        return min(max(self.requested_year or self.year, FIRST_YEAR), LAST_YEAR)


def parse_state(
    params: Mapping[str, str], browser_locale: str = ""
) -> tuple[PageState, list[InputError]]:
    """Return the state for a URL, and a note for each invalid value in it.

    params: the query of the URL, one value per name. browser_locale, such as ``zh-CN``, gives
    the language if the URL names none.
    """
    notes: list[InputError] = []
    lang = _parse_language(params.get("lang"), browser_locale, notes)
    measure = _parse_measure("measure", DEFAULT_MEASURE, params, notes)
    requested = _parse_year("year", params, notes)
    year = measure.nearest_year(requested or DEFAULT_YEAR)
    other = next(name for name in SECOND_MEASURES if name != measure.id)
    asked2 = _parse_year("year2", params, notes)
    # A second year without a second measure means the same measure in another year.
    measure2 = _parse_measure("measure2", measure.id if asked2 else other, params, notes)
    year2 = measure2.nearest_year(asked2 or _default_second_year(measure, measure2, year))
    method, count, values = _parse_classes(params.get("method"), params.get("classes"), notes)
    view = PageState(
        lang=lang,
        measure=measure.id,
        year=year,
        province=_parse_province(params.get("province"), notes),
        method=method,
        classes=count,
        custom_breaks=values,
        requested_year=requested if requested and requested != year else None,
        requested_provinces=_parse_provinces(params.get("provinces"), notes),
        measure2=measure2.id,
        year2=year2,
        find=params.get("find", "")[:MAX_SEARCH_LENGTH],
    )
    options: dict[str, Any] = {
        field: _parse_option(PARAMETERS.get(field, field), allowed, params, notes)
        for field, allowed in _option_values().items()
    }
    return replace(view, **options), notes


def _option_values() -> dict[str, Sequence[str]]:
    """Return the options with a fixed set of values; the first value is the default."""
    return {
        "dimension": dimension_ids(),
        "peers": tuple(PEER_KINDS),
        "tint": COLOUR_MODES,
        "pane": PANE_MODES,
        "show": SCALE_MODES,
        "order": ROW_ORDERS,
        "classed": CLASS_MODES,
        "third": DIFFERENCE_MODES,
        "quadrants": QUADRANT_MODES,
        "fit": FIT_MODES,
        "group": (EVERY_GROUP, *dimension_ids(), CONTEXT),
        "kind": LISTED_KINDS,
        "rows": TABLE_ORDERS,
        "course": LINE_MODES,
    }


def _default_second_year(measure: Measure, measure2: Measure, year: int) -> int:
    """Return the default second year: the same, or for the same measure the other end."""
    if measure.id != measure2.id:
        return year
    return measure.years[0] if year == measure.years[-1] else measure.years[-1]


def _parse_language(given: str | None, browser_locale: str, notes: list[InputError]) -> str:
    default = "zh" if browser_locale.lower().startswith("zh") else "en"
    if given is None or given in LANGUAGES:
        return given or default
    notes.append(_fallback_note("lang", given))
    return default


def _parse_measure(
    name: str, default: str, params: Mapping[str, str], notes: list[InputError]
) -> Measure:
    given = params.get(name)
    if given is not None and given not in all_measures():
        notes.append(_fallback_note(name, given))
        given = None
    return all_measures()[given or default]


def _parse_year(name: str, params: Mapping[str, str], notes: list[InputError]) -> int | None:
    given = params.get(name)
    if given is None:
        return None
    if given.isascii() and given.isdigit() and len(given) == len("2017"):
        return int(given)
    notes.append(_fallback_note(name, given))
    return None


def _parse_province(given: str | None, notes: list[InputError], name: str = "province") -> str:
    if not given:
        return ""
    try:
        return find_province(given).adcode
    except InputError:
        notes.append(_fallback_note(name, given))
        return ""


def _parse_provinces(given: str | None, notes: list[InputError]) -> tuple[str, ...] | None:
    """Return the provinces to mark, each once; add a note for unknown ones and an eleventh."""
    if given is None:
        return None
    nones: dict[str, None] = {}
    for name in given.split(","):
        if name and name != NONE_CHOSEN:
            nones |= dict.fromkeys(filter(None, [_parse_province(name, notes, "provinces")]))
    if len(nones) > MAX_CHOSEN:
        notes.append(
            InputError(
                N_(
                    "The address marks {count} provinces. Colours and shapes tell {most} apart,"
                    " so the first {most} are shown."
                ),
                count=len(nones),
                most=MAX_CHOSEN,
            )
        )
    return tuple(nones)[:MAX_CHOSEN]


def _parse_option(
    name: str, allowed: Sequence[str], params: Mapping[str, str], notes: list[InputError]
) -> str:
    given = params.get(name)
    if given is None or given in allowed:
        return given or allowed[0]
    notes.append(_fallback_note(name, given))
    return allowed[0]


def _parse_classes(
    method: str | None, classes: str | None, notes: list[InputError]
) -> tuple[str, int, tuple[float, ...]]:
    if method is not None and method not in METHOD_NAMES:
        notes.append(_fallback_note("method", method))
        method = None
    method = method or DEFAULT_METHOD
    if method == CUSTOM_METHOD:
        try:
            values = parse_custom_breaks(classes or "")
        except InputError:
            notes.append(_fallback_note("classes", classes or ""))
            return DEFAULT_METHOD, DEFAULT_CLASS_COUNT, ()
        return method, len(values) + 1, values
    if classes is None:
        return method, DEFAULT_CLASS_COUNT, ()
    allowed = {str(n): n for n in range(MIN_CLASSES, MAX_CLASSES + 1)}
    if classes not in allowed:
        notes.append(_fallback_note("classes", classes))
    return method, allowed.get(classes, DEFAULT_CLASS_COUNT), ()


def unknown_value_error(note: InputError) -> InputError:
    """Return a note on a value of the URL as an error of a file, which has no default."""
    if "value" not in note.slots:
        return note
    return InputError(
        N_("The address says {name}={value}, which the atlas does not know."), **note.slots
    )


def _fallback_note(name: str, given: str) -> InputError:
    text = given if len(given) <= MAX_ECHO_LENGTH else given[: MAX_ECHO_LENGTH - 1] + "…"
    return InputError(
        N_("The address says {name}={value}, which the atlas does not know. The default is shown."),
        name=name,
        value=text,
    )
