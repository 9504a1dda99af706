"""Requests for pictures: the same request always gives the same picture.

A request is parsed from an address (``request_from_address``) or filled in by a page;
``geo.pictures.rendering.render_picture`` takes nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from geo.analysis import (
    CLASS_MODES,
    DEFAULT_MEASURE,
    DEFAULT_YEAR,
    DIFFERENCE_MODES,
    DISPLAYS,
    FIT_MODES,
    LINE_MODES,
    MARK_MODES,
    NONE_CHOSEN,
    QUADRANT_MODES,
    SECOND_MEASURES,
    UPLOADED_KIND,
    Catalogue,
    Display,
    MeasureChoice,
    PageState,
    add_query,
    build_catalogue,
    compared_provinces,
    published_measures,
)
from geo.index import INDEX_PREFIX, WHOLE_INDEX, YEAR_SETS, default_recipe
from geo.index import recipe_from_address as recipe_of
from geo.limits import MAX_LINK_LENGTH, MAX_PICTURE_TEXT_LENGTH
from geo.maps import CUSTOM_METHOD, DEFAULT_CLASS_COUNT, DEFAULT_METHOD, LAYOUTS
from geo.pictures.figure_kinds import FIGURE_KINDS, MAP_KIND
from geo.pictures.sheet import DEFAULT_SIZE, FIGURE_SIZES, PNG_SCALES
from geo.text import LANGUAGES, N_, InputError, one_of

BOTH_LANGUAGES: Final = "both"
FIGURE_LANGUAGES: Final = (*LANGUAGES, BOTH_LANGUAGES)


@dataclass(frozen=True)
class FigureRequest(MeasureChoice):
    """A request for a picture.

    measure, year, province, method, classes, custom_breaks, display_kind, since, layout, marks,
    measure2, year2, classed, third, quadrants, fit, course: as in geo.analysis.state.PageState.
    provinces: the adcodes of the compared ones. lang: en, zh or both. size: a key of ALL_SIZES.
    scale: 1 to 4, for PNG only. title, note: the reader's own; the title replaces the atlas's, the
    note is above the atlas's notes. link: the address of the same content, printed, and as a QR
    code if qr is set. day: the printed date, as ISO 8601, or ''. recipe: of the open index, as in
    its address; '' for the default. catalogue: the measures of the session that asks.
    """

    kind: str = MAP_KIND
    measure: str = DEFAULT_MEASURE
    year: int = DEFAULT_YEAR
    province: str = ""
    method: str = DEFAULT_METHOD
    classes: int = DEFAULT_CLASS_COUNT
    custom_breaks: tuple[float, ...] = ()
    display_kind: str = DISPLAYS[0]
    since: int | None = None
    layout: str = LAYOUTS[0]
    marks: str = MARK_MODES[0]
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
    catalogue: Catalogue = field(default_factory=published_measures, compare=False, repr=False)

    @property
    def display(self) -> Display:
        """What a map displays: values, ranks, or a change."""
        return Display(self.display_kind, self.since)

    @property
    def shows_user_data(self) -> bool:
        """Whether it shows uploaded data, which only one session knows."""
        return UPLOADED_KIND in (self.shown_measure.kind, self.second_measure.kind)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its text; the first one is larger."""
        return ("zh", "en") if self.lang == BOTH_LANGUAGES else (self.lang,)

    @property
    def file_stem(self) -> str:
        """The name of its file without a suffix, made of the atlas's own words only."""
        values = [getattr(self, name) for name in FIGURE_KINDS[self.kind].stem]
        words = ["-".join(v) if isinstance(v, tuple) else str(v) for v in values]
        subject = "-".join([self.kind, *words])
        return f"atlas-{subject}-{self.lang}-{self.size}".replace("_", "-")

    def __getstate__(self) -> dict[str, Any]:
        """What crosses to another process: of the catalogue only the uploaded measures it shows."""
        shown = (self.shown_measure, self.second_measure)
        uploaded = {measure.id: measure for measure in shown if measure.kind == UPLOADED_KIND}
        return {**self.__dict__, "catalogue": uploaded}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, catalogue=build_catalogue(state["catalogue"]))

    def canonical(self) -> FigureRequest:
        """The request with default values for all fields that its kind does not use."""
        result = replace(
            self, title=" ".join(self.title[:MAX_PICTURE_TEXT_LENGTH].split()),
            note=" ".join(self.note[:MAX_PICTURE_TEXT_LENGTH].split()),
            link=self.link[:MAX_LINK_LENGTH],
        )  # fmt: skip
        plain = FigureRequest()
        every = set().union(*(kind.fields for kind in FIGURE_KINDS.values()))
        idle = every - FIGURE_KINDS[self.kind].fields
        result = replace(result, **{name: getattr(plain, name) for name in idle})
        if result.method != CUSTOM_METHOD:
            result = replace(result, custom_breaks=())
        return result


class FigureAddress(PageState):
    """The address of a picture: what a page's says, and how the picture is made."""

    lang: Annotated[str, one_of(FIGURE_LANGUAGES)] = "en"
    marks: Annotated[str, one_of(MARK_MODES)] = MARK_MODES[0]
    figure_kind: Annotated[str, one_of(FIGURE_KINDS)] = Field(MAP_KIND, validation_alias="kind")
    size: Annotated[str, one_of(FIGURE_SIZES)] = DEFAULT_SIZE
    scale: Annotated[str, one_of([str(scale) for scale in PNG_SCALES])] = "1"
    qr: Annotated[str, one_of(("0", "1"))] = "0"
    title: str = ""
    note: str = ""
    recipe: str = ""


def request_from_address(
    params: Mapping[str, str], base: str, today: date, catalogue: Catalogue | None = None
) -> FigureRequest:
    """Parse the picture request of an address, from the page's parameters and its own.

    base: the address of the server with a slash at its end, for the link. catalogue: the measures
    of a session; by default those that the atlas publishes. Raises InputError for the first invalid
    value, or for one that the kind needs and that is missing.
    """
    kind = FIGURE_KINDS.get(params.get("kind", MAP_KIND))
    shows_recipe = kind is not None and "recipe" in kind.fields
    measure = INDEX_PREFIX + WHOLE_INDEX if shows_recipe else DEFAULT_MEASURE
    with_default = {"measure": measure, **params}
    address = FigureAddress.parse(with_default, catalogue=catalogue or published_measures())
    kind = FIGURE_KINDS[address.figure_kind]
    names = (known.name for known in fields(FigureRequest))
    request = FigureRequest(
        **{name: getattr(address, name) for name in names if hasattr(address, name)}
        | {
            "kind": kind.id,
            "year": address.year if "measure" in kind.fields else address.preferred_year,
            "scale": int(address.scale),
            "qr": address.qr == "1",
            "recipe": _check_recipe(address) if shows_recipe else "",
            "provinces": compared_provinces(address),
            "day": today.isoformat(),
        }
    )
    check_request(request)
    canonical = request.canonical()
    if canonical.shows_user_data:
        return canonical  # a link does not contain them, so it would be dead for everyone else
    return replace(canonical, link=page_link(canonical, base)).canonical()


def check_request(picture: FigureRequest) -> None:
    """Raise InputError if the request lacks something that its kind shows."""
    lack = FIGURE_KINDS[picture.kind].find_lack(picture)
    if lack is not None:
        raise lack


def page_link(picture: FigureRequest, base: str) -> str:
    """The address of the page that shows the same as a picture."""
    plain = FigureRequest()
    params: dict[str, object] = {"lang": picture.languages[0]}
    kind = FIGURE_KINDS[picture.kind]
    parts = kind.fields
    if kind.view:
        params["view"] = kind.view
    if "measure" in parts and "recipe" not in parts:
        params["measure"] = picture.measure
    if "year" in parts:
        params["year"] = picture.year
    if picture.province:
        params["province"] = picture.province
    styled = (picture.method, picture.classes) != (plain.method, plain.classes)
    if styled and "recipe" not in parts:
        params["method"] = picture.method
        breaks = ",".join(f"{number:g}" for number in picture.custom_breaks)
        params["classes"] = breaks or picture.classes
    if "display_kind" in parts and picture.display_kind != plain.display_kind:
        params |= {"display": picture.display_kind, "since": picture.since or ""}
    if "marks" in parts and "recipe" not in parts and _default_page_marks(picture) != picture.marks:
        params["marks"] = picture.marks
    if picture.recipe:
        params["recipe"] = picture.recipe
    if "measure2" in parts:
        params |= {"measure2": picture.measure2, "year2": picture.year2}
    for name in ("classed", "third", "quadrants", "fit", "course", "layout"):
        if getattr(picture, name) != getattr(plain, name):
            params[name] = getattr(picture, name)
    if "provinces" in parts:
        params["provinces"] = ",".join(picture.provinces) or NONE_CHOSEN
    return add_query(base + kind.page, params)


def _default_page_marks(picture: FigureRequest) -> str:
    """The marks of the page if its address does not say; a picture without a word has none."""
    params = {"measure": picture.measure, "year": str(picture.year)}
    return PageState.parse(params, catalogue=picture.catalogue).marks


def _check_recipe(address: FigureAddress) -> str:
    """The recipe of the address, if it is valid and not the default."""
    if not address.recipe:
        return ""
    recipe = recipe_of(address.recipe)
    if address.measure != INDEX_PREFIX + WHOLE_INDEX:
        raise InputError(N_("A recipe applies to the whole index, not to one of its dimensions."))
    if address.year not in YEAR_SETS[recipe.years].years:
        raise InputError(
            N_("The indicators of {years} do not include the year {year}. Choose one of {known}."),
            years=recipe.years,
            year=address.year,
            known=", ".join(map(str, YEAR_SETS[recipe.years].years)),
        )
    return "" if recipe == default_recipe(address.year) else address.recipe
