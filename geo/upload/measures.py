"""Uploaded measures: the definition of a series of an uploaded table, and its snapshots.

A map of counts by colours mostly shows the size of provinces, so a count is divided by a published
series or by another series of the same table; else it is a total, which maps show by circles.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from statistics import median
from typing import Final

from geo.limits import MAX_DECIMALS, MAX_SCALE, MAX_TYPED_TEXT_LENGTH
from geo.measures import (
    Benchmark,
    Cell,
    Measure,
    Remark,
    Scale,
    Snapshot,
    Status,
    published_values,
    rank_cells,
)
from geo.text import N_, InputError, Period, translator
from geo.units import evaluated_adcodes, provinces
from geo.upload.files import clean_line, quote_for_message
from geo.upload.limits import check_limit, limit_of
from geo.upload.parsing import FigureSeries, ParsedTable
from geo.upload.periods import FIRST_YEAR, LAST_YEAR, is_year_in_range, year_of

PREFIX: Final = "own_"
DIGITS: Final = 3  # significant digits of the median that fitting decimals show


@dataclass(frozen=True)
class Divisor:
    """A published series by which a count may be divided, and the number of its units."""

    indicator: str
    scale: float
    name: str
    unit: str


DIVISORS: Final[Mapping[str, Divisor]] = {
    "resident": Divisor(
        "resident_population", 1, N_("per resident"), N_("{unit} per resident")
    ),
    "residents_100": Divisor(
        "resident_population", 100, N_("per 100 residents"), N_("{unit} per 100 residents")
    ),
    "residents_1k": Divisor(
        "resident_population", 1e3, N_("per 1,000 residents"), N_("{unit} per 1,000 residents")
    ),
    "residents_10k": Divisor(
        "resident_population", 1e4, N_("per 10,000 residents"), N_("{unit} per 10,000 residents")
    ),
    "residents_1m": Divisor(
        "resident_population", 1e6, N_("per million residents"), N_("{unit} per million residents")
    ),
    "km2": Divisor("land_area", 1, N_("per km² of land"), N_("{unit} per km²")),
    "km2_10k": Divisor(
        "land_area", 1e4, N_("per 10,000 km² of land"), N_("{unit} per 10,000 km²")
    ),
    "gdp_100m": Divisor(
        "gdp",
        1e8,
        N_("per 100 million CNY of gross regional product"),
        N_("{unit} per 100 million CNY of GRP"),
    ),
}  # fmt: skip

DIVIDED: Final = N_("{name} {per}")
NO_SERIES: Final = N_("The table has no series “{series}”. Its series are: {known}.")
NO_NAME: Final = N_("The measure has no name. Give it one.")
LONG_TEXT: Final = N_("“{text}” has more than {most} characters. Shorten it.")
BAD_DECIMALS: Final = N_("{given} decimals cannot be shown. Choose 0 to {most}.")
NO_YEAR: Final = N_(
    "The table does not say the year of its values. Give “{name}” a year from {first} to {last}."
)
NO_COUNT: Final = N_("“{name}” is not a count, so it is not divided. Remove the divisor.")
NO_DIVISOR: Final = N_("“{name}” is to be divided by “{per}”, which is not known. Choose again.")
BAD_SCALE: Final = N_(
    "“{name}” cannot be multiplied by “{given}”. Choose a number above zero, up to {most}."
)
NO_FIGURES: Final = N_(
    "“{name}” has no value that can be mapped: no row with a value is matched to "
    "a province, or the divisor is not available for its years. Correct the "
    "rows, or divide by something else."
)


@dataclass(frozen=True)
class MeasureDefinition:
    """The reader's definition of a measure from one series of a table.

    series: key of the series. name and unit: as the reader types them; name_zh and unit_zh where
    they differ in Chinese. year: the year of values without one in the table. count: whether the
    values are counts; then per is a key of DIVISORS or, with a ``=`` before it, the key of another
    series of the table, and the quotient is multiplied by per_scale; without per the measure is a
    total. higher_is_better: which end has rank 1. source, note: as the reader types them.
    """

    series: str
    name: str
    unit: str = ""
    name_zh: str = ""
    unit_zh: str = ""
    higher_is_better: bool = True
    decimals: int = 1
    year: int | None = None
    count: bool = False
    per: str = ""
    per_scale: float = 1.0
    source: str = ""
    note: str = ""

    @property
    def is_total(self) -> bool:
        """Whether its values are counts that nothing divides."""
        return self.count and not self.per

    @property
    def is_quotient(self) -> bool:
        """Whether its values are divided."""
        return self.count and bool(self.per)

    def name_in(self, lang: str) -> str:
        """Return the name in a language."""
        return (self.name_zh or self.name) if lang == "zh" else self.name

    def __post_init__(self) -> None:
        """Clean the texts. Raises InputError for values that are invalid with any table."""
        for name in ("name", "unit", "name_zh", "unit_zh"):
            text = clean_line(getattr(self, name))
            check_limit("text", len(text), LONG_TEXT, text=quote_for_message(text))
            object.__setattr__(self, name, text)
        for name in ("source", "note"):
            text = clean_line(getattr(self, name))
            if len(text) > MAX_TYPED_TEXT_LENGTH:
                raise InputError(
                    LONG_TEXT, text=quote_for_message(text), most=MAX_TYPED_TEXT_LENGTH
                )
            object.__setattr__(self, name, text)
        if not self.name:
            raise InputError(NO_NAME)
        if not 0 <= self.decimals <= MAX_DECIMALS:
            raise InputError(BAD_DECIMALS, given=self.decimals, most=MAX_DECIMALS)
        if not 0 < self.per_scale <= MAX_SCALE:
            most = f"{MAX_SCALE:,}"
            multiplier = f"{self.per_scale:g}"
            raise InputError(
                BAD_SCALE, name=quote_for_message(self.name), given=multiplier, most=most
            )
        if self.year is not None and not is_year_in_range(self.year):
            raise self._no_year_error()
        if self.per and not self.count:
            raise InputError(NO_COUNT, name=quote_for_message(self.name))
        if self.per and self.per not in DIVISORS and not self.per.startswith("="):
            raise InputError(
                NO_DIVISOR, name=quote_for_message(self.name), per=quote_for_message(self.per)
            )

    def _no_year_error(self) -> InputError:
        return InputError(
            NO_YEAR, name=quote_for_message(self.name), first=FIRST_YEAR, last=LAST_YEAR
        )


def divided_names(names: tuple[str, str], per: str) -> tuple[str, str]:
    """Return the English and the Chinese name of a series that is divided, as its total is named.

    names: of the series, the Chinese one empty where it is the same. per: a key of DIVISORS; by
    another series nothing is added.
    """
    if per not in DIVISORS:
        return names
    en, zh = (
        t(DIVIDED, name=name, per=t(DIVISORS[per].name))
        for t, name in (
            (translator("en"), names[0]),
            (translator("zh"), names[1] or names[0]),
        )
    )
    most = limit_of("text")
    return (en, zh) if max(len(en), len(zh)) <= most else names


@dataclass(frozen=True)
class Quotient:
    """Numerator and denominator of a value; the denominator is 1 without a division."""

    above: float
    below: float


@dataclass(frozen=True, kw_only=True)
class UploadedMeasure(Measure):
    """A measure with its definition, the parsed table and the name of its file ('' if pasted)."""

    definition: MeasureDefinition = field(repr=False, compare=False)
    understood: ParsedTable = field(repr=False, compare=False)
    file_name: str = field(repr=False, compare=False)

    def snapshot(self, year: int) -> Snapshot:
        """Return the cells of all 34 units in a year. Raises KeyError for a year it lacks."""
        if year not in self.years:
            raise KeyError(f"{self.id} has no year {year}")
        return build_snapshot(self, year)


def uploaded_measure_id(table_id: str, definition: MeasureDefinition) -> str:
    """Return the id of a measure: a checksum of the table, its options and the definition.

    Equal ids have equal values in every session.
    """
    text = json.dumps([table_id, asdict(definition)], sort_keys=True)
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:16]


def build_measure(
    table_id: str, definition: MeasureDefinition, understood: ParsedTable, file_name: str
) -> UploadedMeasure:
    """Return the measure for a definition.

    Its years are those with at least one value. Raises InputError when the series does not
    exist, a year is missing, or no value is left.
    """
    years = tuple(Period(year) for year in sorted(measure_values(definition, understood)))
    units = [
        _unit_text(definition, understood, lang, unit)
        for lang, unit in (("en", definition.unit), ("zh", definition.unit_zh or definition.unit))
    ]
    return UploadedMeasure(
        definition=definition,
        understood=understood,
        file_name=file_name,
        id=uploaded_measure_id(table_id, definition),
        kind="own",
        dimension="own",
        name_en=definition.name,
        name_zh=definition.name_zh or definition.name,
        years=years,
        unit_en=units[0],
        unit_zh=units[1],
        decimals=definition.decimals,
        summary="ratio_of_sums" if definition.is_quotient else "median",
        is_total=definition.is_total,
        caveat=Remark(definition.note, definition.note),
        higher_is_better=definition.higher_is_better,
    )


def build_snapshot(measure: UploadedMeasure, year: int) -> Snapshot:
    """Return the snapshot of an uploaded measure in one year, for all 34 units.

    Hong Kong, Macao and Taiwan have a value and a rank where the table gives a value, and are
    not evaluated where it does not. The national value is over the 31 provinces: of a quotient the
    ratio of sums, of a total none, else the median.
    """
    definition = measure.definition
    quotients = measure_values(definition, measure.understood, year)[year]
    scale = _divisor_scale(definition)
    status = Status.OWN_DERIVED if definition.is_quotient else Status.OWN
    cells = []
    for adcode in provinces():
        parts = quotients.get(adcode)
        if parts is not None:
            cells.append(Cell(adcode, status, parts.above / parts.below * scale))
        else:
            cells.append(Cell(adcode, Status.NOT_GIVEN))
    members: dict[str, list[str]] = {}
    for adcode in evaluated_adcodes():
        members.setdefault(provinces()[adcode].region_en, []).append(adcode)
    regions = {
        name: _national_benchmark(definition, quotients, group) for name, group in members.items()
    }
    return Snapshot(
        measure=measure.id,
        year=Period(year),
        scale=Scale.QUANTITY,
        cells=rank_cells(cells, definition.higher_is_better),
        national=_national_benchmark(definition, quotients, evaluated_adcodes()),
        regions={name: mark for name, mark in regions.items() if mark},
        is_uploaded=True,
        is_total=definition.is_total,
        highest_first=definition.higher_is_better,
    )


def measure_values(
    definition: MeasureDefinition, understood: ParsedTable, only: int | None = None
) -> dict[int, dict[str, Quotient]]:
    """Return the values of a measure by year and adcode, for all years or only one.

    Raises the errors of ``build_measure``.
    """
    series = _find_series(definition.series, understood)
    if not series.years and definition.year is None:
        raise definition._no_year_error()
    divisor = _divisor_of(definition, understood)
    quotients: dict[int, dict[str, Quotient]] = {}
    for adcode, stated_year, value in series.figures:
        year = stated_year if stated_year is not None else definition.year
        if year is None:
            raise definition._no_year_error()
        if only is not None and year != only:
            continue
        below = divisor(adcode, stated_year, year)
        if below and math.isfinite(value / below * _divisor_scale(definition)):
            quotients.setdefault(year, {})[adcode] = Quotient(value, below)
    if not quotients:
        raise InputError(NO_FIGURES, name=quote_for_message(definition.name))
    return quotients


def years_without_divisor(
    definition: MeasureDefinition, understood: ParsedTable
) -> tuple[int, ...]:
    """Return the periods of a series that its divisor has no value for, so that none is mapped.

    Raises the errors of ``build_measure``.
    """
    mapped = measure_values(definition, understood)
    years = _find_series(definition.series, understood).years
    return tuple(year for year in years if year not in mapped)


def with_fitting_decimals(
    definition: MeasureDefinition, understood: ParsedTable
) -> MeasureDefinition:
    """Return the definition with the decimals that show three digits of the median value.

    At most MAX_DECIMALS, and none if every value is zero. Raises the errors of
    ``build_measure``.
    """
    scale = _divisor_scale(definition)
    sizes = [
        abs(parts.above / parts.below * scale)
        for measure_value in measure_values(definition, understood).values()
        for parts in measure_value.values()
    ]
    middle = median([size for size in sizes if size] or [1000.0])
    number = DIGITS - 1 - math.floor(math.log10(middle))
    return replace(definition, decimals=min(max(number, 0), MAX_DECIMALS))


def _find_series(key: str, understood: ParsedTable) -> FigureSeries:
    for series in understood.series:
        if series.key == key:
            return series
    known = ", ".join(
        quote_for_message(figure_series.key) for figure_series in understood.series[:10]
    )
    raise InputError(NO_SERIES, series=quote_for_message(key), known=known)


def _divisor_of(
    definition: MeasureDefinition, understood: ParsedTable
) -> Callable[[str, int | None, int], float | None]:
    """Return a function that gives the divisor for an adcode, the year in the table, and the year.

    The divisor is None if it is missing or zero.
    """
    if not definition.is_quotient:
        return lambda adcode, stated_year, year: 1.0
    if definition.per in DIVISORS:
        indicator = DIVISORS[definition.per].indicator

        by_year: dict[int, dict[str, float]] = {}

        def ours(adcode: str, stated_year: int | None, year: int) -> float | None:
            calendar_year = year_of(year)
            if calendar_year not in by_year:
                values = published_values(indicator, calendar_year)
                by_year[calendar_year] = values.dropna().to_dict()
            return by_year[calendar_year].get(adcode)

        return ours
    other = _find_series(definition.per[1:], understood)
    values = {(adcode, stated_year): value for adcode, stated_year, value in other.figures}

    def theirs(adcode: str, stated_year: int | None, year: int) -> float | None:
        return values.get((adcode, stated_year), values.get((adcode, None))) or None

    return theirs


def _divisor_scale(definition: MeasureDefinition) -> float:
    if not definition.is_quotient:
        return 1.0
    return DIVISORS[definition.per].scale if definition.per in DIVISORS else definition.per_scale


def _unit_text(definition: MeasureDefinition, understood: ParsedTable, lang: str, unit: str) -> str:
    if definition.per in DIVISORS:
        return translator(lang)(DIVISORS[definition.per].unit, unit=unit).strip()
    return unit


def _national_benchmark(
    definition: MeasureDefinition,
    values: Mapping[str, Quotient],
    members: tuple[str, ...] | list[str],
) -> Benchmark | None:
    parts = [values[adcode] for adcode in members if adcode in values]
    if not parts or definition.is_total:
        return None  # a sum is no value to compare provinces with
    if not definition.count:
        return Benchmark(median(p.above for p in parts), "median", len(parts), len(members))
    above, below = sum(p.above for p in parts), sum(p.below for p in parts)
    if not below:
        return None
    return Benchmark(
        above / below * _divisor_scale(definition), "ratio_of_sums", len(parts), len(members)
    )
