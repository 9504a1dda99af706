"""Requests for pictures: the same request always gives the same picture.

A request is parsed from an address (``request_from_address``) or filled in by a page;
``geo.pictures.rendering.render_picture`` takes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo.analysis import (
    CLASS_MODES,
    DEFAULT_MEASURE,
    DEFAULT_YEAR,
    DIFFERENCE_MODES,
    FIT_MODES,
    LINE_MODES,
    MIN_PROVINCES,
    NONE_CHOSEN,
    QUADRANT_MODES,
    SECOND_MEASURES,
    PageState,
    add_query,
    all_measures,
    compared_provinces,
    parse_state,
    relate_measures,
    unknown_value_error,
)
from geo.index import INDEX_PREFIX, WHOLE_INDEX, YEAR_SETS, default_recipe
from geo.index import recipe_from_address as recipe_of
from geo.maps import CUSTOM_METHOD, DEFAULT_CLASS_COUNT, DEFAULT_METHOD
from geo.pictures.sheet import DEFAULT_SIZE, FIGURE_SIZES, PNG_SCALES
from geo.text import LANGUAGES, N_, InputError

BOTH_LANGUAGES: Final = "both"
FIGURE_LANGUAGES: Final = (*LANGUAGES, BOTH_LANGUAGES)
MAP_KIND: Final = "map"
RANKING_KIND: Final = "map_ranking"
PROFILE_KIND: Final = "profile"
INDEX_KIND: Final = "index"
TWO_MAPS_KIND: Final = "two_maps"
COMPARISON_KIND: Final = "comparison"
SCATTER_KIND: Final = "scatter"
TIME_SERIES_KIND: Final = "course"
FIGURE_NAMES: Final = {
    MAP_KIND: N_("Map"),
    RANKING_KIND: N_("Map with its ranking"),
    PROFILE_KIND: N_("Profile of a province"),
    INDEX_KIND: N_("Open index with intervals"),
    TWO_MAPS_KIND: N_("Two maps"),
    COMPARISON_KIND: N_("Provinces side by side"),
    SCATTER_KIND: N_("Scatter of two measures"),
    TIME_SERIES_KIND: N_("Lines over the years"),
}
# The path of the page that shows the same content, by kind.
_PAGES: Final = {
    MAP_KIND: "",
    RANKING_KIND: "",
    PROFILE_KIND: "province",
    INDEX_KIND: "index",
    TWO_MAPS_KIND: "compare",
    COMPARISON_KIND: "compare",
    SCATTER_KIND: "compare",
    TIME_SERIES_KIND: "compare",
}
# The names of the panes on the page of comparisons.
_PANES: Final = {
    TWO_MAPS_KIND: "maps",
    COMPARISON_KIND: "provinces",
    SCATTER_KIND: "scatter",
    TIME_SERIES_KIND: "years",
}
# The fields that a kind of picture depends on, besides those that all depend on.
_MAPPED: Final = {"measure", "year", "province", "method", "classes", "custom_breaks"}
_PARTS: Final = {
    MAP_KIND: _MAPPED,
    RANKING_KIND: _MAPPED,
    INDEX_KIND: {*_MAPPED, "recipe"},
    PROFILE_KIND: {"year", "province"},
    TWO_MAPS_KIND: {"measure", "year", "measure2", "year2", "province", "classed", "third"},
    COMPARISON_KIND: {"year", "provinces"},
    SCATTER_KIND: {"measure", "year", "measure2", "year2", "provinces", "quadrants", "fit"},
    TIME_SERIES_KIND: {"measure", "provinces", "course"},
}
_EVERY_PART: Final = set().union(*_PARTS.values())
MAX_TEXT_LENGTH: Final = 600  # characters of a title or a note; more never fit
MAX_LINK_LENGTH: Final = 1200  # QR codes of longer links are unreadable
SHOWN: Final = 40  # characters of a wrong value that a message quotes


@dataclass(frozen=True)
class FigureRequest:
    """A request for a picture.

    measure, year, province, method, classes, custom_breaks, measure2, year2, classed, third,
    quadrants, fit, course: as in geo.analysis.state.PageState. provinces: the adcodes of the
    compared ones. lang: en, zh or both. size: a key of geo.pictures.sheet.ALL_SIZES. scale: 1 to 4,
    for PNG only. title, note: the reader's own; the title replaces the atlas's, the note is above
    the atlas's notes. link: the address of the same content, printed, and as a QR code if qr is
    set. day: the printed date, as ISO 8601, or ''. recipe: of the open index, as in its address;
    '' for the default.
    """

    kind: str = MAP_KIND
    measure: str = DEFAULT_MEASURE
    year: int = DEFAULT_YEAR
    province: str = ""
    method: str = DEFAULT_METHOD
    classes: int = DEFAULT_CLASS_COUNT
    custom_breaks: tuple[float, ...] = ()
    lang: str = "en"
    size: str = DEFAULT_SIZE
    scale: int = 1
    title: str = ""
    note: str = ""
    qr: bool = False
    link: str = ""
    day: str = ""
    recipe: str = ""
    measure2: str = SECOND_MEASURES[0]
    year2: int = DEFAULT_YEAR
    classed: str = CLASS_MODES[0]
    third: str = DIFFERENCE_MODES[0]
    provinces: tuple[str, ...] = ()
    quadrants: str = QUADRANT_MODES[0]
    fit: str = FIT_MODES[0]
    course: str = LINE_MODES[0]

    @property
    def shows_user_data(self) -> bool:
        """Whether it shows uploaded data, which only one session knows."""
        lines = (self.measure, self.measure2)
        return any(all_measures()[name].kind == "own" for name in lines if name in all_measures())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its text; the first one is larger."""
        return ("zh", "en") if self.lang == BOTH_LANGUAGES else (self.lang,)

    @property
    def file_stem(self) -> str:
        """The name of its file without a suffix, made of the atlas's own words only."""
        subject = f"{self.kind}-{self.measure}-{self.year}"
        if self.kind == PROFILE_KIND:
            subject = f"{self.kind}-{self.province}-{self.year}"
        elif self.kind in (TWO_MAPS_KIND, SCATTER_KIND):
            subject = f"{subject}-{self.measure2}-{self.year2}"
        elif self.kind == TIME_SERIES_KIND:
            subject = f"{self.kind}-{self.measure}-{self.course}-{'-'.join(self.provinces)}"
        elif self.kind == COMPARISON_KIND:
            subject = f"{self.kind}-{'-'.join(self.provinces)}-{self.year}"
        return f"atlas-{subject}-{self.lang}-{self.size}".replace("_", "-")

    def canonical(self) -> FigureRequest:
        """The request with default values for all fields that its kind does not use."""
        result = replace(
            self, title=" ".join(self.title[:MAX_TEXT_LENGTH].split()),
            note=" ".join(self.note[:MAX_TEXT_LENGTH].split()), link=self.link[:MAX_LINK_LENGTH],
        )  # fmt: skip
        plain = FigureRequest()
        idle = _EVERY_PART - _PARTS[self.kind]
        result = replace(result, **{name: getattr(plain, name) for name in idle})
        if result.method != CUSTOM_METHOD:
            result = replace(result, custom_breaks=())
        return result


def request_from_address(params: Mapping[str, str], base: str, today: date) -> FigureRequest:
    """Parse the picture request of an address, from the page's parameters and its own.

    kind, size, scale, title, note, qr: added to the parameters of geo.analysis.state. base: the
    address of the server with a slash at its end, for the link. Raises InputError for the first
    invalid value, or for one that the kind needs and that is missing.
    """
    lang = _choose_one("lang", FIGURE_LANGUAGES, "", params)
    kind = _choose_one("kind", FIGURE_NAMES, MAP_KIND, params)
    texts = {**params, "lang": "en" if lang in ("", BOTH_LANGUAGES) else lang}
    if kind == INDEX_KIND:
        texts.setdefault("measure", INDEX_PREFIX + WHOLE_INDEX)
    view, notes = parse_state(texts)
    if notes:
        raise unknown_value_error(notes[0])
    request = FigureRequest(
        kind=kind,
        measure=view.measure,
        year=view.preferred_year if kind in (PROFILE_KIND, COMPARISON_KIND) else view.year,
        province=view.province,
        method=view.method,
        classes=view.classes,
        custom_breaks=view.custom_breaks,
        lang=lang or "en",
        size=_choose_one("size", FIGURE_SIZES, DEFAULT_SIZE, params),
        scale=int(_choose_one("scale", map(str, PNG_SCALES), "1", params)),
        title=params.get("title", ""),
        note=params.get("note", ""),
        qr=_choose_one("qr", ("0", "1"), "0", params) == "1",
        day=today.isoformat(),
        recipe=_parse_recipe(params, view) if kind == INDEX_KIND else "",
        measure2=view.measure2,
        year2=view.year2,
        classed=view.classed,
        third=view.third,
        provinces=compared_provinces(view),
        quadrants=view.quadrants,
        fit=view.fit,
        course=view.course,
    )
    check_request(request)
    canonical = request.canonical()
    return replace(canonical, link=page_link(canonical, base)).canonical()


def check_request(picture: FigureRequest) -> None:
    """Raise InputError if the request lacks something that its kind shows."""
    if picture.kind == PROFILE_KIND and not picture.province:
        raise InputError(N_("A profile needs its province, such as province=440000."))
    if picture.kind == INDEX_KIND and all_measures()[picture.measure].kind != "index":
        raise InputError(
            N_("“{measure}” is no measure of the open index. Ask for one, such as {such}."),
            measure=picture.measure,
            such=INDEX_PREFIX + WHOLE_INDEX,
        )
    if picture.kind == COMPARISON_KIND and len(picture.provinces) < MIN_PROVINCES:
        raise InputError(
            N_("A comparison needs two provinces or more, such as provinces=110000,440000.")
        )
    if picture.kind == TIME_SERIES_KIND and not picture.provinces:
        raise InputError(N_("Lines need a province or more, such as provinces=110000,440000."))
    if picture.kind == SCATTER_KIND and not _is_drawable(picture):
        raise InputError(N_("No province has figures in both."))


def _is_drawable(picture: FigureRequest) -> bool:
    relation = relate_measures(picture.measure, picture.year, picture.measure2, picture.year2)
    return bool(relation.by_rank or relation.complete_pairs)


def page_link(picture: FigureRequest, base: str) -> str:
    """The address of the page that shows the same as a picture."""
    plain = FigureRequest()
    params: dict[str, object] = {"lang": picture.languages[0]}
    if picture.kind in _PANES:
        params["view"] = _PANES[picture.kind]
    parts = _PARTS[picture.kind]
    if "measure" in parts and picture.kind != INDEX_KIND:
        params["measure"] = picture.measure
    if "year" in parts:
        params["year"] = picture.year
    if picture.province:
        params["province"] = picture.province
    if picture.kind in (MAP_KIND, RANKING_KIND) and (picture.method, picture.classes) != (
        plain.method,
        plain.classes,
    ):
        params["method"] = picture.method
        breaks = ",".join(f"{number:g}" for number in picture.custom_breaks)
        params["classes"] = breaks or picture.classes
    if picture.recipe:
        params["recipe"] = picture.recipe
    if "measure2" in parts:
        params |= {"measure2": picture.measure2, "year2": picture.year2}
    for name in ("classed", "third", "quadrants", "fit", "course"):
        if getattr(picture, name) != getattr(plain, name):
            params[name] = getattr(picture, name)
    if "provinces" in parts:
        params["provinces"] = ",".join(picture.provinces) or NONE_CHOSEN
    return add_query(base + _PAGES[picture.kind], params)


def _parse_recipe(params: Mapping[str, str], view: PageState) -> str:
    """The recipe of the address, if it is valid and not the default."""
    given = params.get("recipe", "")
    if not given:
        return ""
    recipe = recipe_of(given)
    if view.measure != INDEX_PREFIX + WHOLE_INDEX:
        raise InputError(N_("A recipe makes the whole index, not one of its dimensions."))
    if view.year not in YEAR_SETS[recipe.years].years:
        raise InputError(
            N_("The set of measures {years} has no year {year}. Choose one of {known}."),
            years=recipe.years,
            year=view.year,
            known=", ".join(map(str, YEAR_SETS[recipe.years].years)),
        )
    return "" if recipe == default_recipe(view.year) else given


def _choose_one(name: str, allowed: Iterable[str], default: str, params: Mapping[str, str]) -> str:
    given = params.get(name)
    known = list(allowed)
    if given is None or given in known:
        return given or default
    raise InputError(
        N_("The address says {name}={value}. It may say: {allowed}."),
        name=name,
        value=given if len(given) <= SHOWN else given[: SHOWN - 1] + "…",
        allowed=", ".join(known),
    )
