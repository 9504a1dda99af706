"""The state of a page, parsed from its URL and written to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SkipValidation,
    ValidationInfo,
    field_validator,
)

from geo.analysis.addresses import ITEM_SEPARATOR, AddressModel
from geo.analysis.compared_measures import MeasureChoice
from geo.analysis.displays import DISPLAYS, Display, possible_displays
from geo.analysis.peers import DEFAULT_KIND, PEER_KINDS
from geo.analysis.registry import Catalogue, published_measures
from geo.index import DEFAULT_SPREAD, INDEX_PREFIX, WHOLE_INDEX
from geo.limits import MAX_CHOSEN, MAX_CLASSES, MAX_SEARCH_LENGTH, MIN_CLASSES
from geo.maps import (
    CUSTOM_METHOD,
    DEFAULT_CLASS_COUNT,
    DEFAULT_METHOD,
    LAYOUTS,
    METHOD_NAMES,
    parse_custom_breaks,
)
from geo.measures import (
    CONTEXT,
    REPORT_EDITION,
    Measure,
    PublishedRanks,
    dimension_ids,
    published_indicators,
    published_ranks,
)
from geo.text import (
    LANGUAGES,
    N_,
    Fault,
    InputError,
    Period,
    choose_language,
    expect,
    one_of,
    parse_period_text,
)
from geo.units import find_province
from geo.upload import PREFIX

DEFAULT_MEASURE: Final = INDEX_PREFIX + WHOLE_INDEX
DEFAULT_YEAR: Final = REPORT_EDITION
DEFAULT_PROVINCE: Final = "110000"  # the first of the report's comprehensive ranking
FIRST_YEAR: Final = 2016
LAST_YEAR: Final = 2024
DEFAULT_DIMENSION: Final = "information_services"
NONE_CHOSEN: Final = "none"  # in the URL: no provinces, where the default would be an example
MARK_MODES: Final = ("none", "report")  # of a map: ranks of the report over another measure
COLOUR_MODES: Final = ("rank", "national")  # colours of the matrix of a dimension
PUBLISHED_ORDER: Final = "published"  # of its rows: by the ranks of the report
# The views of the Compare page and their options.
PANE_MODES: Final = ("provinces", "years", "maps", "scatter", "both")
SCALE_MODES: Final = ("value", "rank", "national", "z")
ROW_ORDERS: Final = ("dimension", "gap")
CLASS_MODES: Final = ("shared", "own")
DIFFERENCE_MODES: Final = ("shown", "hidden")
QUADRANT_MODES: Final = ("median", "national")
FIT_MODES: Final = ("none", "line")
LINE_MODES: Final = ("lines", "indexed", "ranks")
REGION_MODES: Final = ("shown", "hidden")  # lines of the four regions
SECOND_MEASURES: Final = ("gdp_per_capita", "fixed_broadband_per_100")  # the first that differs
# The views of the Index page, and how much its weights vary in the uncertainty of ranks.
INDEX_TABS: Final = ("result", "sure", "agreement", "takes", "method")
SPREADS: Final = ("0.1", f"{DEFAULT_SPREAD:g}", "0.5")
# The filters of the Data page: kinds of entry, and dimensions or entries without one.
LISTED_KINDS: Final = ("all", "report", "index", "indicator", "series", "own", "facts")
EVERY_GROUP: Final = "all"
TABLE_ORDERS: Final = ("province", "rank")
YEAR_VIEWS: Final = ("single", "all")  # of a map: one year, or a small map for each
VALUE_MODES: Final = ("hidden", "shown")  # of a map: values below the names
TOO_MANY_PROVINCES: Final = N_(
    "The address marks {count} provinces. Colours and shapes distinguish up to "
    "{most}, so the first {most} are shown."
)

NOT_IN_WORKSPACE: Final = N_(
    "The address names a measure of an uploaded table, which the open workspace does not have. If"
    " it is yours, open its workspace under “Your work”; otherwise ask for a link to the workspace."
)


def _check_measure(measure_id: str, info: ValidationInfo) -> str:
    if measure_id not in info.data["catalogue"]:
        if measure_id.startswith(PREFIX):
            raise expect(sentence=InputError(NOT_IN_WORKSPACE))
        raise expect()
    return measure_id


def _check_indicator(indicator: str) -> str:
    if indicator and indicator not in published_indicators():
        raise expect()
    return indicator


def _check_order(order: str) -> str:
    return order if order == PUBLISHED_ORDER else _check_indicator(order)


def _parse_year(text: Any) -> Any:
    if isinstance(text, str):
        period = parse_period_text(text)
        if period is None:
            raise expect()
        return period
    return text


def _find_adcode(name: str) -> str:
    try:
        return find_province(name).adcode if name else ""
    except InputError:
        raise expect() from None


def _split_provinces(text: Any) -> Any:
    if isinstance(text, str):
        return [name for name in text.split(ITEM_SEPARATOR) if name and name != NONE_CHOSEN]
    return text


def _limit_provinces(adcodes: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Keep each province once; an eleventh is a fault, of which the first ten remain."""
    unique = tuple(dict.fromkeys(adcodes or ()))
    if len(unique) > MAX_CHOSEN:
        raise expect(
            sentence=InputError(TOO_MANY_PROVINCES, count=len(unique), most=MAX_CHOSEN),
            fallback=ITEM_SEPARATOR.join(unique[:MAX_CHOSEN]),
        )
    return None if adcodes is None else unique


MeasureId = Annotated[str, AfterValidator(_check_measure)]
Year = Annotated[int, BeforeValidator(_parse_year)]
Adcode = Annotated[str, AfterValidator(_find_adcode)]
Adcodes = Annotated[
    tuple[Adcode, ...] | None, BeforeValidator(_split_provinces), AfterValidator(_limit_provinces)
]


def default_second_measure(values: dict[str, Any]) -> str:
    """Return the same measure for a second year, or else the first usual one that differs."""
    measure: str = values.get("measure", DEFAULT_MEASURE)
    if values.get("requested_year2") is not None:
        return measure
    return next(name for name in SECOND_MEASURES if name != measure)


def _default_marks(values: dict[str, Any]) -> str:
    """Return the report's ranks over the open index in the year of the report, else none."""
    measure = values["catalogue"].get(values.get("measure", DEFAULT_MEASURE))
    year = values.get("requested_year") or DEFAULT_YEAR
    fits = measure is not None and measure.kind == "index" and year == REPORT_EDITION
    return MARK_MODES[1] if fits else MARK_MODES[0]


def ranks_to_mark(measure: Measure, year: int, marks: str) -> PublishedRanks | None:
    """Return the ranks of the report to mark on the map of a measure.

    None unless marks is ``report``, and on a map of the report's own lists.
    """
    if marks == MARK_MODES[0] or measure.kind == "report":
        return None
    return published_ranks(measure.dimension, year)


class PageState(MeasureChoice, AddressModel):
    """What a page shows: what its URL says, and what follows from it.

    catalogue holds the measures that the page offers; no address gives it. measure and measure2
    are ids. province is an adcode or empty. class_choice is the number of classes, or the breaks
    if the method is ``own``. requested_provinces are the adcodes of up to ten provinces to mark or
    compare, None if the URL does not say. measure and year are compared with measure2 and year2.
    display_kind is what the map displays, since the year that a change starts from. layout: the
    boundaries or the tile grid. marks: what is marked over the map, the ranks of the report's list
    or nothing. year_view: one year on the map, or all as small maps. value_labels: whether names on
    the map carry values.
    sort is the order of the rows of a dimension: PUBLISHED_ORDER or an indicator.
    tab is the view of the Index page, spread how much its weights vary, indicator the one of which
    the page says what it takes to improve a position.
    find, group and kind filter the list of the Data page; rows is the order of its provinces.
    """

    catalogue: SkipValidation[Catalogue] = Field(default_factory=published_measures, repr=False)
    lang: Annotated[str, one_of(LANGUAGES)] = "en"
    measure: MeasureId = DEFAULT_MEASURE
    requested_year: Year | None = Field(None, validation_alias="year")
    requested_year2: Year | None = Field(None, validation_alias="year2")
    measure2: MeasureId = Field(default_factory=default_second_measure)
    method: Annotated[str, one_of(METHOD_NAMES)] = DEFAULT_METHOD
    class_choice: int | tuple[float, ...] = Field(DEFAULT_CLASS_COUNT, validation_alias="classes")
    display_kind: Annotated[str, one_of(DISPLAYS)] = Field(DISPLAYS[0], validation_alias="display")
    since: Year | None = None
    layout: Annotated[str, one_of(LAYOUTS)] = LAYOUTS[0]
    marks: Annotated[str, one_of(MARK_MODES)] = Field(default_factory=_default_marks)
    year_view: Annotated[str, one_of(YEAR_VIEWS)] = Field(YEAR_VIEWS[0], validation_alias="years")
    value_labels: Annotated[str, one_of(VALUE_MODES)] = Field(
        VALUE_MODES[0], validation_alias="values"
    )
    province: Adcode = ""
    requested_provinces: Adcodes = Field(None, validation_alias="provinces")
    find: Annotated[str, AfterValidator(lambda text: text[:MAX_SEARCH_LENGTH])] = ""
    dimension: Annotated[str, one_of(dimension_ids)] = DEFAULT_DIMENSION
    peers: Annotated[str, one_of(PEER_KINDS)] = DEFAULT_KIND
    tint: Annotated[str, one_of(COLOUR_MODES)] = COLOUR_MODES[0]
    sort: Annotated[str, AfterValidator(_check_order)] = PUBLISHED_ORDER
    pane: Annotated[str, one_of(PANE_MODES)] = Field(PANE_MODES[0], validation_alias="view")
    show: Annotated[str, one_of(SCALE_MODES)] = SCALE_MODES[0]
    order: Annotated[str, one_of(ROW_ORDERS)] = ROW_ORDERS[0]
    classed: Annotated[str, one_of(CLASS_MODES)] = CLASS_MODES[0]
    third: Annotated[str, one_of(DIFFERENCE_MODES)] = DIFFERENCE_MODES[0]
    quadrants: Annotated[str, one_of(QUADRANT_MODES)] = QUADRANT_MODES[0]
    fit: Annotated[str, one_of(FIT_MODES)] = FIT_MODES[0]
    course: Annotated[str, one_of(LINE_MODES)] = LINE_MODES[0]
    regions: Annotated[str, one_of(REGION_MODES)] = REGION_MODES[0]
    tab: Annotated[str, one_of(INDEX_TABS)] = INDEX_TABS[0]
    spread: Annotated[str, one_of(SPREADS)] = SPREADS[1]
    indicator: Annotated[str, AfterValidator(_check_indicator)] = ""
    group: Annotated[str, one_of(lambda: (EVERY_GROUP, *dimension_ids(), CONTEXT))] = EVERY_GROUP
    kind: Annotated[str, one_of(LISTED_KINDS)] = Field(LISTED_KINDS[0], validation_alias="listed")
    rows: Annotated[str, one_of(TABLE_ORDERS)] = TABLE_ORDERS[0]

    @field_validator("class_choice", mode="before")
    @classmethod
    def _parse_classes(cls, value: Any, info: ValidationInfo) -> Any:
        """Return a number of classes, or for the method ``own`` the breaks."""
        if info.data.get("method") == CUSTOM_METHOD:
            if isinstance(value, tuple):
                return value
            try:
                return parse_custom_breaks(value if isinstance(value, str) else "")
            except InputError:
                raise expect() from None
        allowed = {str(count): count for count in range(MIN_CLASSES, MAX_CLASSES + 1)}
        if str(value) not in allowed:
            raise expect(" | ".join(allowed))
        return allowed[str(value)]

    @classmethod
    def drop_fault(cls, params: dict[str, str], fault: Fault) -> None:
        """Remove what is invalid; breaks that cannot be read go with their method."""
        if fault.place == ("classes",) and params.get("method") == CUSTOM_METHOD:
            del params["method"]
        super().drop_fault(params, fault)

    @property
    def year(self) -> int:
        """The year of the shown measure: the requested one, or the nearest it has.

        Without one, a measure of the reader is opened on its newest year.
        """
        measure = self.shown_measure
        default = measure.years[-1] if measure.kind == "own" else DEFAULT_YEAR
        return measure.nearest_year(self.requested_year or default)

    @property
    def missing_year(self) -> int | None:
        """The requested year if the measure lacks it, and another is shown."""
        return self.requested_year if self.requested_year not in (None, self.year) else None

    @property
    def year2(self) -> int:
        """The year of the second measure; by default the other end of the same measure."""
        measure, measure2, year = self.shown_measure, self.second_measure, self.year
        default = year
        if measure.id == measure2.id:
            default = measure.years[0] if year == measure.years[-1] else measure.years[-1]
        return measure2.nearest_year(self.requested_year2 or default)

    @property
    def preferred_year(self) -> int:
        """The year for other measures: the requested one, or else that of the map."""
        year = Period(self.requested_year or self.year).calendar_year
        return min(max(year, FIRST_YEAR), LAST_YEAR)

    def open_on(self, year: int) -> PageState:
        """Return the state with a year that is requested where the address requests none."""
        if self.requested_year is not None:
            return self
        return self.model_copy(update={"requested_year": year})

    @property
    def classes(self) -> int:
        """The number of classes."""
        choice = self.class_choice
        return choice if isinstance(choice, int) else len(choice) + 1

    @property
    def custom_breaks(self) -> tuple[float, ...]:
        """The reader's own breaks; empty for other methods."""
        return self.class_choice if isinstance(self.class_choice, tuple) else ()

    @property
    def chosen_provinces(self) -> tuple[str, ...]:
        """The provinces that the URL chooses, in its order."""
        return self.requested_provinces or ()

    @property
    def display(self) -> Display:
        """What the map displays; of a list of ranks, its ranks where it cannot display more."""
        fits = self.display_kind in possible_displays(self.shown_measure)
        return Display(self.display_kind, self.since) if fits else Display()

    @property
    def marked_ranks(self) -> PublishedRanks | None:
        """The report's ranks to mark on the map; None on a map of the report's own lists."""
        return ranks_to_mark(self.shown_measure, self.year, self.marks)


def parse_state(
    params: Mapping[str, str], browser_locale: str = "", catalogue: Catalogue | None = None
) -> tuple[PageState, list[InputError]]:
    """Return the state for a URL, and a note for each invalid value in it.

    params: the query of the URL, one value per name. browser_locale, such as ``zh-CN``, gives
    the language if the URL names none. catalogue: the measures of the session; by default those
    that the atlas publishes.
    """
    lang = choose_language(browser_locale)
    measures = catalogue or published_measures()
    return PageState.parse_with_notes(params, {"lang": lang}, catalogue=measures)
