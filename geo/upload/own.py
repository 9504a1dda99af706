"""A measure of the reader's own: what a series of their table means, and its cells for a year.

A count says how large a province is before it says anything else, so it is divided by something
before it is mapped: by a series of ours, or by another of the same table.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from statistics import median
from typing import Final

from geo.cells import Benchmark, Cell, Scale, Snapshot, Status, ranked
from geo.errors import InputError
from geo.indicators import Measure, published
from geo.provinces import evaluated, provinces
from geo.text import N_, texts
from geo.upload.heads import FIRST_YEAR, LAST_YEAR, in_range
from geo.upload.limits import check
from geo.upload.raw import clean, echo
from geo.upload.understand import Series, Understood

PREFIX: Final = "own_"
MOST_DECIMALS: Final = 6
DIGITS: Final = 3  # of the middle figure, where nobody says how many decimals to show
MOST_SCALE: Final = 10**12  # times that a quotient is taken: beyond, the unit is the wrong one


@dataclass(frozen=True)
class Divisor:
    """A series of ours that a count may be divided by, so many of its units at a time."""

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
        N_("{unit} per 100 million CNY of product"),
    ),
}  # fmt: skip

NO_SERIES: Final = N_("The table has no series “{series}”. Its series are: {known}.")
NO_NAME: Final = N_("The measure has no name. Give it one.")
LONG_TEXT: Final = N_("“{text}” has more than {most} characters. Shorten it.")
BAD_DECIMALS: Final = N_("{given} decimals cannot be shown. Choose 0 to {most}.")
NO_YEAR: Final = N_(
    "The table does not say which year its figures are of. Give “{name}” a year from {first} to"
    " {last}."
)
RAW_COUNT: Final = N_(
    "“{name}” is a count, and large provinces have more of everything. Choose what to divide it by."
)
NO_COUNT: Final = N_("“{name}” is no count, so it is not divided. Take the divisor back.")
NO_DIVISOR: Final = N_("“{name}” is to be divided by “{per}”, which is not known. Choose anew.")
BAD_SCALE: Final = N_(
    "“{name}” cannot be multiplied by “{given}”. Choose a number above nought, up to {most}."
)
NO_FIGURES: Final = N_(
    "“{name}” has no figure that can be mapped: no row with a figure is matched to a province, or"
    " the divisor has none for its years. Mend the rows, or divide by something else."
)


@dataclass(frozen=True)
class OwnMeasure:
    """What a reader says of one series of a table.

    series: its key. name and unit in the reader's words; name_zh and unit_zh where they differ
    in Chinese. year: of figures whose table says none. count: whether it is one; then per is a
    key of DIVISORS or, with a ``=`` before it, of another series of the table, and the quotient
    is multiplied by per_scale. higher_is_better: which end has rank 1.
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

    def __post_init__(self) -> None:
        """Clean the texts, and refuse what goes with no table. Raises InputError."""
        for name in ("name", "unit", "name_zh", "unit_zh"):
            text = clean(getattr(self, name))
            check("text", len(text), LONG_TEXT, text=echo(text))
            object.__setattr__(self, name, text)
        if not self.name:
            raise InputError(NO_NAME)
        if not 0 <= self.decimals <= MOST_DECIMALS:
            raise InputError(BAD_DECIMALS, given=self.decimals, most=MOST_DECIMALS)
        if not 0 < self.per_scale <= MOST_SCALE:
            most = f"{MOST_SCALE:,}"
            given = f"{self.per_scale:g}"
            raise InputError(BAD_SCALE, name=echo(self.name), given=given, most=most)
        if self.year is not None and not in_range(self.year):
            raise self._no_year()
        if self.count and not self.per:
            raise InputError(RAW_COUNT, name=echo(self.name))
        if self.per and not self.count:
            raise InputError(NO_COUNT, name=echo(self.name))
        if self.per and self.per not in DIVISORS and not self.per.startswith("="):
            raise InputError(NO_DIVISOR, name=echo(self.name), per=echo(self.per))

    def _no_year(self) -> InputError:
        return InputError(NO_YEAR, name=echo(self.name), first=FIRST_YEAR, last=LAST_YEAR)


@dataclass(frozen=True)
class Quotient:
    """A figure by its parts: below is 1 where nothing is divided."""

    above: float
    below: float


def measure_id(table_id: str, own: OwnMeasure) -> str:
    """The id of a measure: a checksum of the table's bytes and choices, and of the answers.

    So equal ids have equal figures, whatever session they are in.
    """
    said = json.dumps([table_id, asdict(own)], sort_keys=True)
    return PREFIX + hashlib.sha256(said.encode()).hexdigest()[:16]


def measure(table_id: str, own: OwnMeasure, understood: Understood) -> Measure:
    """The measure that an answer makes of a series.

    Its years are those that have at least one figure. Raises InputError when the series is not
    there, a year is wanting, or no figure is left.
    """
    years = tuple(sorted(figures(own, understood)))
    units = [
        _unit(own, understood, lang, unit)
        for lang, unit in (("en", own.unit), ("zh", own.unit_zh or own.unit))
    ]
    return Measure(
        id=measure_id(table_id, own),
        kind="own",
        dimension="own",
        name_en=own.name,
        name_zh=own.name_zh or own.name,
        years=years,
        unit_en=units[0],
        unit_zh=units[1],
        decimals=own.decimals,
        summary="ratio_of_sums" if own.count else "median",
        higher_is_better=own.higher_is_better,
    )


def snapshot(made: Measure, own: OwnMeasure, understood: Understood, year: int) -> Snapshot:
    """The cells of an own measure in one year, for all 34 units.

    Hong Kong, Macao and Taiwan have their figure and a rank where the table gives them one, and
    stay not evaluated where it does not. The national value is over the 31: for counts the sum
    over the sum, else the median.
    """
    found = figures(own, understood, year)[year]
    scale = _scale(own)
    status = Status.OWN_DERIVED if own.count else Status.OWN
    cells = []
    for adcode in provinces():
        parts = found.get(adcode)
        if parts is not None:
            cells.append(Cell(adcode, status, parts.above / parts.below * scale))
        else:
            cells.append(Cell(adcode, Status.NOT_GIVEN))
    members: dict[str, list[str]] = {}
    for adcode in evaluated():
        members.setdefault(provinces()[adcode].region_en, []).append(adcode)
    regions = {name: _benchmark(own, found, group) for name, group in members.items()}
    return Snapshot(
        measure=made.id,
        year=year,
        scale=Scale.QUANTITY,
        cells=ranked(cells, own.higher_is_better),
        national=_benchmark(own, found, evaluated()),
        regions={name: mark for name, mark in regions.items() if mark},
        own=True,
        highest_first=own.higher_is_better,
    )


def figures(
    own: OwnMeasure, understood: Understood, only: int | None = None
) -> dict[int, dict[str, Quotient]]:
    """The figures of a measure by year and adcode, of all years or of one.

    Raises InputError as ``measure`` does.
    """
    series = _series(own.series, understood)
    if not series.years and own.year is None:
        raise own._no_year()
    divisor = _divisor(own, understood)
    found: dict[int, dict[str, Quotient]] = {}
    for adcode, said, value in series.figures:
        year = said if said is not None else own.year
        if year is None:
            raise own._no_year()
        if only is not None and year != only:
            continue
        below = divisor(adcode, said, year)
        if below and math.isfinite(value / below * _scale(own)):
            found.setdefault(year, {})[adcode] = Quotient(value, below)
    if not found:
        raise InputError(NO_FIGURES, name=echo(own.name))
    return found


def with_fitting_decimals(own: OwnMeasure, understood: Understood) -> OwnMeasure:
    """The same measure with as many decimals as show three digits of its middle figure.

    At most MOST_DECIMALS, and none where every figure is nought. Raises InputError as
    ``measure`` does.
    """
    scale = _scale(own)
    sizes = [
        abs(parts.above / parts.below * scale)
        for found in figures(own, understood).values()
        for parts in found.values()
    ]
    middle = median([size for size in sizes if size] or [1000.0])
    wanted = DIGITS - 1 - math.floor(math.log10(middle))
    return replace(own, decimals=min(max(wanted, 0), MOST_DECIMALS))


def _series(key: str, understood: Understood) -> Series:
    for series in understood.series:
        if series.key == key:
            return series
    known = ", ".join(echo(own.key) for own in understood.series[:10])
    raise InputError(NO_SERIES, series=echo(key), known=known)


def _divisor(
    own: OwnMeasure, understood: Understood
) -> Callable[[str, int | None, int], float | None]:
    """What a figure is divided by, for its adcode, the year that its table says, and its year.

    None where there is nothing to divide by, or nought.
    """
    if not own.count:
        return lambda adcode, said, year: 1.0
    if own.per in DIVISORS:
        indicator = DIVISORS[own.per].indicator

        by_year: dict[int, dict[str, float]] = {}

        def ours(adcode: str, said: int | None, year: int) -> float | None:
            if year not in by_year:
                by_year[year] = published(indicator, year).dropna().to_dict()
            return by_year[year].get(adcode)

        return ours
    other = _series(own.per[1:], understood)
    values = {(adcode, said): value for adcode, said, value in other.figures}

    def theirs(adcode: str, said: int | None, year: int) -> float | None:
        return values.get((adcode, said), values.get((adcode, None))) or None

    return theirs


def _scale(own: OwnMeasure) -> float:
    if not own.count:
        return 1.0
    return DIVISORS[own.per].scale if own.per in DIVISORS else own.per_scale


def _unit(own: OwnMeasure, understood: Understood, lang: str, unit: str) -> str:
    if own.per in DIVISORS:
        return texts(lang)(DIVISORS[own.per].unit, unit=unit).strip()
    return unit


def _benchmark(
    own: OwnMeasure, found: Mapping[str, Quotient], members: tuple[str, ...] | list[str]
) -> Benchmark | None:
    parts = [found[adcode] for adcode in members if adcode in found]
    if not parts:
        return None
    if not own.count:
        return Benchmark(median(p.above for p in parts), "median", len(parts), len(members))
    above, below = sum(p.above for p in parts), sum(p.below for p in parts)
    if not below:
        return None
    return Benchmark(above / below * _scale(own), "ratio_of_sums", len(parts), len(members))
