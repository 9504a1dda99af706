"""What a picture depends on, all of it: the same request gives the same picture.

Read from an address (``request_from_address``) or filled in by a page; ``geo.picture.render`` takes
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from geo import classify
from geo.address import add_query
from geo.compare.chosen import compared_provinces
from geo.compare.gaps import MIN_PROVINCES
from geo.compare.relation import relate_measures
from geo.errors import InputError
from geo.index.exchange import recipe_from_address as recipe_of
from geo.index.figures import YEAR_SETS
from geo.measures import all_measures
from geo.openindex import PREFIX, WHOLE, default_recipe
from geo.picture import sizes
from geo.text import LANGUAGES, N_
from geo.view import (
    CLASS_MODES,
    DEFAULT_MEASURE,
    DEFAULT_YEAR,
    DIFFERENCE_MODES,
    FIT_MODES,
    LINE_MODES,
    NONE_CHOSEN,
    QUADRANT_MODES,
    SECOND_MEASURES,
    PageState,
    parse_state,
    unknown_value_error,
)

BOTH: Final = "both"
LANGS: Final = (*LANGUAGES, BOTH)
MAP: Final = "map"
RANKING: Final = "map_ranking"
PROFILE: Final = "profile"
INDEX: Final = "index"
TWO_MAPS: Final = "two_maps"
COMPARISON: Final = "comparison"
SCATTER: Final = "scatter"
TIME_SERIES: Final = "course"
FIGURE_NAMES: Final = {
    MAP: N_("Map"),
    RANKING: N_("Map with its ranking"),
    PROFILE: N_("Profile of a province"),
    INDEX: N_("Open index with intervals"),
    TWO_MAPS: N_("Two maps"),
    COMPARISON: N_("Provinces side by side"),
    SCATTER: N_("Scatter of two measures"),
    TIME_SERIES: N_("Lines over the years"),
}
# The page that shows the same, by kind: what follows the address of the server.
_PAGES: Final = {
    MAP: "",
    RANKING: "",
    PROFILE: "province",
    INDEX: "index",
    TWO_MAPS: "compare",
    COMPARISON: "compare",
    SCATTER: "compare",
    TIME_SERIES: "compare",
}
# What the page of comparisons calls them.
_PANES: Final = {
    TWO_MAPS: "maps",
    COMPARISON: "provinces",
    SCATTER: "scatter",
    TIME_SERIES: "years",
}
# What has a part in a kind of picture, beside what has one in all.
_MAPPED: Final = {"measure", "year", "province", "method", "classes", "custom_breaks"}
_PARTS: Final = {
    MAP: _MAPPED,
    RANKING: _MAPPED,
    INDEX: {*_MAPPED, "recipe"},
    PROFILE: {"year", "province"},
    TWO_MAPS: {"measure", "year", "measure2", "year2", "province", "classed", "third"},
    COMPARISON: {"year", "provinces"},
    SCATTER: {"measure", "year", "measure2", "year2", "provinces", "quadrants", "fit"},
    TIME_SERIES: {"measure", "provinces", "course"},
}
_EVERY_PART: Final = set().union(*_PARTS.values())
MAX_TEXT_LENGTH: Final = 600  # characters of a title or a note: more never fits on a picture
MAX_LINK_LENGTH: Final = 1200  # a QR code of a longer one could not be read
SHOWN: Final = 40  # characters of a wrong value that a message repeats


@dataclass(frozen=True)
class FigureRequest:
    """A request for a picture.

    measure, year, province, method, classes, custom_breaks, measure2, year2, classed, third,
    quadrants, fit, course: as in geo.view.PageState. provinces: the adcodes of those that are
    compared. lang: en, zh or both. size: a key of geo.picture.sizes.ALL_SIZES. scale: 1 to 4, of
    PNG alone. title, note: of the reader, in place of the title and above the notes of the atlas.
    link: where the same is shown, printed, and as a QR code where qr is set. day: the date that is
    printed, as ISO 8601, or ''. recipe: of the open index, as in its address; '' for the default.
    """

    kind: str = MAP
    measure: str = DEFAULT_MEASURE
    year: int = DEFAULT_YEAR
    province: str = ""
    method: str = classify.DEFAULT_METHOD
    classes: int = classify.DEFAULT_COUNT
    custom_breaks: tuple[float, ...] = ()
    lang: str = "en"
    size: str = sizes.DEFAULT_SIZE
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
        """Whether it shows own data, which one session alone knows."""
        lines = (self.measure, self.measure2)
        return any(all_measures()[name].kind == "own" for name in lines if name in all_measures())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its words; the first is the larger one."""
        return ("zh", "en") if self.lang == BOTH else (self.lang,)

    @property
    def file_stem(self) -> str:
        """A name for its file, of our own words alone, without a suffix."""
        subject = f"{self.kind}-{self.measure}-{self.year}"
        if self.kind == PROFILE:
            subject = f"{self.kind}-{self.province}-{self.year}"
        elif self.kind in (TWO_MAPS, SCATTER):
            subject = f"{subject}-{self.measure2}-{self.year2}"
        elif self.kind == TIME_SERIES:
            subject = f"{self.kind}-{self.measure}-{self.course}-{'-'.join(self.provinces)}"
        elif self.kind == COMPARISON:
            subject = f"{self.kind}-{'-'.join(self.provinces)}-{self.year}"
        return f"atlas-{subject}-{self.lang}-{self.size}".replace("_", "-")

    def canonical(self) -> FigureRequest:
        """The same picture without what has no part in it, so that it is drawn and kept once."""
        result = replace(
            self, title=" ".join(self.title[:MAX_TEXT_LENGTH].split()),
            note=" ".join(self.note[:MAX_TEXT_LENGTH].split()), link=self.link[:MAX_LINK_LENGTH],
        )  # fmt: skip
        plain = FigureRequest()
        idle = _EVERY_PART - _PARTS[self.kind]
        result = replace(result, **{name: getattr(plain, name) for name in idle})
        if result.method != classify.CUSTOM:
            result = replace(result, custom_breaks=())
        return result


def request_from_address(params: Mapping[str, str], base: str, today: date) -> FigureRequest:
    """The picture that an address asks for, by the parameters of the page's link and its own.

    kind, size, scale, title, note, qr stand beside those of geo.view. base: the address of the
    server, with a slash at its end, for the link. Raises InputError for the first value that does
    not fit, or that a kind needs and lacks.
    """
    lang = _choose_one("lang", LANGS, "", params)
    kind = _choose_one("kind", FIGURE_NAMES, MAP, params)
    texts = {**params, "lang": "en" if lang in ("", BOTH) else lang}
    if kind == INDEX:
        texts.setdefault("measure", PREFIX + WHOLE)
    view, notes = parse_state(texts)
    if notes:
        raise unknown_value_error(notes[0])
    request = FigureRequest(
        kind=kind,
        measure=view.measure,
        year=view.preferred_year if kind in (PROFILE, COMPARISON) else view.year,
        province=view.province,
        method=view.method,
        classes=view.classes,
        custom_breaks=view.custom_breaks,
        lang=lang or "en",
        size=_choose_one("size", sizes.SIZES, sizes.DEFAULT_SIZE, params),
        scale=int(_choose_one("scale", map(str, sizes.SCALES), "1", params)),
        title=params.get("title", ""),
        note=params.get("note", ""),
        qr=_choose_one("qr", ("0", "1"), "0", params) == "1",
        day=today.isoformat(),
        recipe=_parse_recipe(params, view) if kind == INDEX else "",
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
    figure_request = request.canonical()
    return replace(figure_request, link=page_link(figure_request, base)).canonical()


def check_request(picture: FigureRequest) -> None:
    """Raises InputError when a kind lacks what it shows."""
    if picture.kind == PROFILE and not picture.province:
        raise InputError(N_("A profile needs its province, such as province=440000."))
    if picture.kind == INDEX and all_measures()[picture.measure].kind != "index":
        raise InputError(
            N_("“{measure}” is no measure of the open index. Ask for one, such as {such}."),
            measure=picture.measure,
            such=PREFIX + WHOLE,
        )
    if picture.kind == COMPARISON and len(picture.provinces) < MIN_PROVINCES:
        raise InputError(
            N_("A comparison needs two provinces or more, such as provinces=110000,440000.")
        )
    if picture.kind == TIME_SERIES and not picture.provinces:
        raise InputError(N_("Lines need a province or more, such as provinces=110000,440000."))
    if picture.kind == SCATTER and not _is_drawable(picture):
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
    if "measure" in parts and picture.kind != INDEX:
        params["measure"] = picture.measure
    if "year" in parts:
        params["year"] = picture.year
    if picture.province:
        params["province"] = picture.province
    if picture.kind in (MAP, RANKING) and (picture.method, picture.classes) != (
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
    """The recipe of the address, when it fits and is not the default."""
    given = params.get("recipe", "")
    if not given:
        return ""
    recipe = recipe_of(given)
    if view.measure != PREFIX + WHOLE:
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
