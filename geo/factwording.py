"""A fact of the report as a reader of either language reads it: figure, rise and date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_date

from geo.facts import Fact
from geo.text import LOCALES, N_, Translator, count_decimals

SCALES: Final = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINAL_UNITS: Final = ("rank", "batch", "phase", "generation")
MONTHS: Final = {"en": "MMMM y", "zh": "y年M月"}

BOUNDS: Final = {
    "over": N_("more than {amount}"),
    "under": N_("less than {amount}"),
    "about": N_("about {amount}"),
    "nearly": N_("nearly {amount}"),
    "expected": N_("{amount} expected"),
}
# By what a change is counted in and how the report bounds it.
CHANGES: Final = {
    ("percent", ""): N_("up {number}% on {year}"),
    ("percentage_points", ""): N_("up {number} percentage points on {year}"),
    ("absolute", ""): N_("up {amount} on {year}"),
    ("times", ""): N_("{number} times that of {year}"),
    ("times", "over"): N_("more than {number} times that of {year}"),
}


def fact_value(fact: Fact, t: Translator) -> str:
    """The figure in the reader's language, with its unit and as the report bounds it.

    The English keeps the printed scale ("348.54 million subscriptions"), the Chinese counts
    by ten thousands (34,854万户); both are the same number.
    """
    amount = _format_amount(_printed_number(fact.value_text, fact.value), fact, t)
    return t(BOUNDS[fact.bound], amount=amount) if fact.bound else amount


def fact_change(fact: Fact, t: Translator) -> str:
    """The rise that the report states beside the figure, '' where it states none.

    Where the text names no base, the rise is in percent: the table holds no other.
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
    """The year, date or span of the figure, '' where the report gives none."""
    year, _, rest = fact.as_of.partition("-")
    if rest.startswith("H"):
        return t(N_("first half of {year}"), year=year)
    if rest.startswith("Q"):
        return t(N_("quarter {quarter} of {year}"), quarter=rest[1:], year=year)
    if rest:
        month = date(int(year), int(rest), 1)
        text = format_date(month, MONTHS[t.lang], locale=LOCALES[t.lang])
        return t(N_("as of {month}"), month=text)
    return t(N_("in {year}"), year=fact.year) if fact.year else ""


def _printed_number(numeral: str, value: float) -> Decimal:
    """The numeral with its printed decimals; a number word ("seven") has a whole value."""
    digits = numeral.replace(",", "")
    return Decimal(digits) if digits[0].isdigit() else Decimal(round(value))


def _format_amount(printed: Decimal, fact: Fact, t: Translator) -> str:
    """A printed numeral with the fact's scale and unit; ranks and batches are counted off."""
    number = _format_number(printed, t, fact.scale)
    if fact.unit_en == "%":
        return t(N_("{number}%"), number=number)
    unit = t.localized(fact.unit_en, fact.unit_zh)
    ordinal = fact.unit_en in ORDINAL_UNITS
    message = N_("{unit} {number}") if ordinal else N_("{number} {unit}")
    return t(message, number=number, unit=unit)


def _format_number(printed: Decimal, t: Translator, scale: str = "") -> str:
    if t.lang == "zh":
        exact = (printed * SCALES[scale]).normalize()
        counted = t.format_in_myriads(exact)
        if counted:
            return counted
        printed, scale = (exact if scale else printed), ""
    number = t.format_number(float(printed), count_decimals(printed))
    return f"{number} {scale}" if scale else number
