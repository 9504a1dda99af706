"""National facts of the report, its sections and plan targets, and the text of a fact."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeVar

import pandas as pd

from geo.tables.loading import dataset
from geo.text import N_, Translator, count_decimals

# The kinds of section that a fact can belong to: one of the ten tasks, twelve actions, five
# experiences and seven directions.
HOMES: Final = ("task", "action", "experience", "direction")
NOT_IN_THE_TEXT: Final = N_("data not in the text")
Row = TypeVar("Row")
SCALES: Final = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINAL_UNITS: Final = ("rank", "batch", "phase", "generation")
BOUNDS: Final = {
    "over": N_("more than {amount}"),
    "under": N_("less than {amount}"),
    "about": N_("about {amount}"),
    "nearly": N_("nearly {amount}"),
    "expected": N_("{amount} expected"),
}
# By the unit of a change and the bound that the report gives it.
CHANGES: Final = {
    ("percent", ""): N_("up {number}% on {year}"),
    ("percentage_points", ""): N_("up {number} percentage points on {year}"),
    ("absolute", ""): N_("up {amount} on {year}"),
    ("times", ""): N_("{number} times that of {year}"),
    ("times", "over"): N_("more than {number} times that of {year}"),
}


@dataclass(frozen=True)
class Section:
    """A section of the report, such as 2.4, with its place under its part.

    kind: preface, part, overview, task, action, evaluation, experience or direction; number:
    its position among its kind (None for the preface); dimension: the id of one of the six
    dimensions or of the index, '' where none fits. The assignments to dimensions are the atlas's,
    except in section 4, the report's evaluation.
    """

    section: str
    part: int
    kind: str
    number: int | None
    name_en: str
    name_zh: str
    dimension: str


@dataclass(frozen=True)
class Fact:
    """One number that the report states for the whole country.

    value is in base units (persons, CNY, GB); value_text and scale are the numeral and the
    scale as printed ("348.54", "million"). topic: the task or action that the fact belongs to
    where it is stated under another; also_in: other sections that state the same. year: the year
    of the value, None where the text gives none; as_of: its date (2017-06) or span (2017-H1).
    change: the rise against base_year, in change_unit. differs_from: another fact on the same
    subject with a different value.
    """

    fact: str
    section: str
    topic: str
    also_in: str
    dimension: str
    subject_en: str
    subject_zh: str
    value: float
    value_text: str
    scale: str
    unit_en: str
    unit_zh: str
    bound: str
    year: int | None
    as_of: str
    change: float | None
    change_text: str
    change_unit: str
    change_bound: str
    base_year: int | None
    differs_from: str
    note_en: str
    note_zh: str

    @property
    def home_section(self) -> str:
        """The section that the fact belongs to: its topic, or else where it is stated."""
        return self.topic or self.section


@dataclass(frozen=True)
class Mention:
    """A province, or a place in it, that the report names as an example; no top-ten lists."""

    mention: str
    section: str
    adcode: str
    kind: str
    text_en: str
    text_zh: str
    value_text: str


@dataclass(frozen=True)
class Target:
    """An indicator of the five-year plan; fact: the id of the value reached, '' if not stated."""

    target: str
    name_en: str
    name_zh: str
    met_early: str
    section: str
    dimension: str
    fact: str
    note_en: str
    note_zh: str


@dataclass(frozen=True)
class Exhibit:
    """A table or figure of the report of which the text holds the title but not the data."""

    kind: str
    number: int
    title_en: str
    title_zh: str
    section: str
    source_en: str
    source_zh: str


def read_rows(frame: pd.DataFrame, form: type[Row]) -> list[Row]:
    """Return the rows of a table as dataclasses; an empty number is None, an int field an int."""
    texts = {field.name: str(field.type) for field in fields(form)}  # type: ignore[arg-type]  # a dataclass

    def cell(name: str, value: Any) -> Any:
        if value is None or value != value:  # noqa: PLR0124  (nan)
            return None
        return int(value) if texts[name].startswith("int") else value

    records = frame[list(texts)].to_dict("records")
    return [form(**{str(n): cell(str(n), value) for n, value in row.items()}) for row in records]


@cache
def report_sections() -> dict[str, Section]:
    """Return the sections by number ("2.4"), in the order of the report."""
    return {row.section: row for row in read_rows(dataset().sections, Section)}


@cache
def national_facts() -> dict[str, Fact]:
    """Return the national facts by id, in the order of the report."""
    return {row.fact: row for row in read_rows(dataset().facts, Fact)}


def facts_of_dimension(dimension: str) -> list[Fact]:
    """Return the facts of a dimension, as the atlas assigns them."""
    return [fact for fact in national_facts().values() if fact.dimension == dimension]


def facts_of_section(section: str) -> list[Fact]:
    """Return the facts that belong to a section, including those stated under another."""
    return [fact for fact in national_facts().values() if fact.home_section == section]


def province_mentions(adcode: str) -> list[Mention]:
    """Return the mentions of a province, in the order of the report; empty for most."""
    return [mention for mention in _all_mentions() if mention.adcode == adcode]


@cache
def _all_mentions() -> tuple[Mention, ...]:
    return tuple(read_rows(dataset().mentions, Mention))


@cache
def plan_targets() -> tuple[Target, ...]:
    """Return the indicators of the plan that the text mentions, those met before 2020 first."""
    return tuple(read_rows(dataset().targets, Target))


@cache
def missing_exhibits() -> tuple[Exhibit, ...]:
    """Return tables 1 to 7 and figures 1 to 16, of which the text holds titles and sources only."""
    return tuple(read_rows(dataset().exhibits, Exhibit))


def fact_value(fact: Fact, t: Translator) -> str:
    """Return the value of a fact as text, with its unit and bound ("more than").

    English keeps the printed scale ("348.54 million subscriptions"), Chinese counts by ten
    thousands (34,854万户); both are the same number.
    """
    amount = _format_amount(_printed_number(fact.value_text, fact.value), fact, t)
    return t(BOUNDS[fact.bound], amount=amount) if fact.bound else amount


def fact_change(fact: Fact, t: Translator) -> str:
    """Return the rise that the report states with the value, '' where it states none.

    Without a base year the rise is in percent; the table holds no other case.
    """
    if fact.change is None:
        return ""
    printed = _printed_number(fact.change_text, fact.change)
    number = _format_number(printed, t)
    if fact.base_year is None:
        return t(N_("up {number}%"), number=number)
    message = CHANGES[fact.change_unit, fact.change_bound]
    if fact.change_unit == "absolute":
        return t(message, amount=_format_amount(printed, fact, t), year=fact.base_year)
    return t(message, number=number, year=fact.base_year)


def fact_time(fact: Fact, t: Translator) -> str:
    """Return the year, date or span of the value, '' where the report gives none."""
    year, _, rest = fact.as_of.partition("-")
    if rest.startswith("H"):
        return t(N_("first half of {year}"), year=year)
    if rest.startswith("Q"):
        return t(N_("quarter {quarter} of {year}"), quarter=rest[1:], year=year)
    if rest:
        month = date(int(year), int(rest), 1)
        text = t.format_month(month)
        return t(N_("as of {month}"), month=text)
    return t(N_("in {year}"), year=fact.year) if fact.year else ""


def _printed_number(numeral: str, value: float) -> Decimal:
    """Return the numeral with its printed decimals; a number word ("seven") has a whole value."""
    digits = numeral.replace(",", "")
    return Decimal(digits) if digits[0].isdigit() else Decimal(round(value))


def _format_amount(printed: Decimal, fact: Fact, t: Translator) -> str:
    """Return a printed numeral with scale and unit; ranks and batches have the unit first."""
    number = _format_number(printed, t, fact.scale)
    if fact.unit_en == "%":
        return t(N_("{number}%"), number=number)
    unit = t.localized(fact, "unit")
    ordinal = fact.unit_en in ORDINAL_UNITS
    message = N_("{unit} {number}") if ordinal else N_("{number} {unit}")
    return t(message, number=number, unit=unit)


def _format_number(printed: Decimal, t: Translator, scale: str = "") -> str:
    if t.language.uses_myriads:
        exact = (printed * SCALES[scale]).normalize()
        counted = t.format_in_myriads(exact)
        if counted:
            return counted
        printed, scale = (exact if scale else printed), ""
    number = t.format_number(float(printed), count_decimals(printed))
    return f"{number} {scale}" if scale else number
