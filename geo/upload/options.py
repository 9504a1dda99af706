"""Import options: the reader's corrections of how a table is parsed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from geo.text import N_, InputError
from geo.units import provinces
from geo.upload.files import quote_for_message
from geo.upload.numbers import DecimalMark

NO_YEAR_COLUMN: Final = 0  # the option that no column holds years
COMBINATIONS: Final = ("sum", "mean", "latest")
TIME_STEPS: Final = ("month", "year")
STALE: Final = N_(
    "A choice names the row, column, sheet or province “{value}”, which this "
    "table does not have. Remove the choice, or choose again."
)


@dataclass(frozen=True)
class ImportOptions:
    """The reader's options; the atlas decides where one is None or empty.

    Rows and columns are counted from 1, as in a spreadsheet. year_column and head_row 0 mean that
    there is none. notations: the decimal mark of a column. mapped: the province (adcode) of a row.
    kept: the row to use of those about the same province and year. left_out: rows not to be used.
    combined: how several rows about the same province and time become one value ("sum", "mean" or
    "latest"). time_step: "month" or "year" where finer periods are combined to these.

    Raises InputError for an option that is invalid with any table.
    """

    sheet: str = ""
    head_row: int | None = None
    province_column: int | None = None
    year_column: int | None = None
    notations: tuple[tuple[int, DecimalMark], ...] = ()
    mapped: tuple[tuple[int, str], ...] = ()
    kept: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    combined: str = ""
    time_step: str = ""

    def __post_init__(self) -> None:
        """Check the options and sort them, so that equal options compare equal."""
        if not isinstance(self.sheet, str):
            raise stale_option_error(self.sheet)
        for name in ("head_row", "province_column", "year_column"):
            value = getattr(self, name)
            if value is not None:
                _check_count(value, 1 if name == "province_column" else 0)
        if self.combined not in ("", *COMBINATIONS) or self.time_step not in ("", *TIME_STEPS):
            raise stale_option_error(self.combined or self.time_step)
        marks = {_check_count(c): _check_decimal_mark(mark) for c, mark in self.notations}
        units = {_check_count(row): _check_adcode(adcode) for row, adcode in self.mapped}
        object.__setattr__(self, "notations", tuple(sorted(marks.items())))
        object.__setattr__(self, "mapped", tuple(sorted(units.items())))
        for name in ("kept", "left_out"):
            rows = {_check_count(row) for row in getattr(self, name)}
            object.__setattr__(self, name, tuple(sorted(rows)))


def stale_option_error(value: object) -> InputError:
    """Return the error for an option that does not fit the table."""
    return InputError(STALE, value=quote_for_message(value))


def _check_count(value: Any, least: int = 1) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise stale_option_error(value)
    return value


def _check_decimal_mark(mark: Any) -> DecimalMark:
    if mark not in tuple(DecimalMark):
        raise stale_option_error(mark)
    return DecimalMark(mark)


def _check_adcode(adcode: Any) -> str:
    if not isinstance(adcode, str) or adcode not in provinces():
        raise stale_option_error(adcode)
    return adcode
