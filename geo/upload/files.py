"""An uploaded file and the raw cells read from it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from openpyxl.utils import get_column_letter

from geo.limits import MAX_ECHO_LENGTH
from geo.text import N_, InputError, shorten_echo
from geo.upload.limits import check_limit, limit_of

# Invisible characters that change direction, join or hide others; no name contains them.
INVISIBLE: Final = frozenset("\u00ad\u180e\ufeff\u2028\u2029") | frozenset(
    chr(code)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB))
    for code in range(first, last + 1)
)

_FOLDERS: Final = re.compile(r".*[\\/]", re.DOTALL)
Cell = str | float  # a text without hidden characters, or a number as stored; "" if empty
TOO_MANY_ROWS = N_(
    "The table continues below row {most}, which is the limit. Split it, or "
    "delete the rows that are not needed."
)
TOO_MANY_COLUMNS = N_(
    "Row {row} has cells beyond column {most}, which is the limit. Delete the "
    "columns that are not needed, or split the table."
)
TOO_MANY_CELLS = N_(
    "The table has more than {most} filled cells. Split it, or delete what is not needed."
)
CELL_TOO_LONG = N_(
    "The cell in column {column}, row {row} holds more than {most} of text. Shorten it."
)
NOTHING = N_("The file holds no cell with anything in it. Choose the file that holds the table.")


@dataclass(frozen=True)
class UploadedFile:
    """The bytes of a file and its name; the name is never opened.

    A pasted text is a file without a name (``UploadedFile.from_pasted``).
    """

    name: str
    data: bytes = field(repr=False)

    @classmethod
    def from_pasted(cls, text: str) -> UploadedFile:
        return cls("", text.encode("utf-8", "surrogatepass"))

    @property
    def suffix(self) -> str:
        """The suffix of the name in lower case, with its dot; empty without one.

        >>> UploadedFile("../a/Table.XLSX", b"").suffix
        '.xlsx'
        """
        _, dot, end = self.display_name.rpartition(".")
        return (dot + end).lower() if dot else ""

    @property
    def display_name(self) -> str:
        """The name without folders, for display."""
        return clean_line(_FOLDERS.sub("", self.name))

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def clean_line(text: str) -> str:
    """Return a text in one line, without control and invisible characters.

    >>> clean_line(" a\\tb\\x07\\u202e c ")
    'a b c'
    """
    if text.isprintable():
        return " ".join(text.split())
    seen = (" " if c.isspace() else c for c in text if c.isspace() or not _is_hidden(c))
    return " ".join("".join(seen).split())


def _is_hidden(letter: str) -> bool:
    return letter in INVISIBLE or unicodedata.category(letter) in ("Cc", "Cs")


def quote_for_message(text: object) -> str:
    """Return a text of the reader for a message: clean, and shortened.

    >>> quote_for_message("x" * 50)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    return shorten_echo(clean_line(str(text)[: 4 * MAX_ECHO_LENGTH]))


@dataclass(frozen=True)
class MergedBlock:
    """A block of merged cells by its first and last row and column, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class SourceTable:
    """The raw rows of a table; row n of the file is ``rows[n - 1]``.

    Rows end with their last filled cell; counts has the number of cells of each row including
    empty ones at its end (only for delimited text, where a wrong number is a fault). For GeoJSON
    the first row holds the names of the properties, and row n + 1 the properties of feature n.
    encoding and delimiter are empty where there is none; sheet is the one that was read, sheets
    all sheets of a workbook. formulas: the number of cells with a formula, of which the stored
    values are read. links: whether the workbook refers to other files, which are never opened.
    """

    kind: Literal["csv", "xlsx", "ods", "geojson", "gpkg"]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    counts: tuple[int, ...] = field(default=(), repr=False)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    merged: tuple[MergedBlock, ...] = ()
    formulas: int = 0
    links: bool = False


class RowCollector:
    """Collects rows one by one and checks the limits of a table."""

    def __init__(self) -> None:
        self._rows: list[tuple[Cell, ...]] = []
        self._counts: list[int] = []
        self._filled = 0

    def add_row(self, row: list[Cell], number: int) -> None:
        """Add row `number` (from 1); blank rows are kept, except after the last filled row.

        Raises InputError when the table has too many rows, columns or cells.
        """
        count = len(row)
        while row and row[-1] == "":
            row.pop()
        if not row:
            return
        check_limit("rows", number, TOO_MANY_ROWS)
        check_limit("columns", len(row), TOO_MANY_COLUMNS, row=number)
        self._filled += len(row) - row.count("")
        check_limit("cells", self._filled, TOO_MANY_CELLS)
        most = limit_of("cell_bytes")
        for place, cell in enumerate(row, start=1):
            if isinstance(cell, str) and len(cell) * 4 > most:
                size = len(cell.encode("utf-8", "replace"))
                check_limit(
                    "cell_bytes", size, CELL_TOO_LONG, column=column_letters(place), row=number
                )
        blank = number - len(self._rows) - 1
        self._rows += [()] * blank + [tuple(row)]
        self._counts += [0] * blank + [count]

    def all_rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows. Raises InputError when all are empty."""
        if not self._rows:
            raise InputError(NOTHING)
        return tuple(self._rows)

    def cell_counts(self) -> tuple[int, ...]:
        return tuple(self._counts)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1, as in spreadsheets.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    return str(get_column_letter(column))


def cell_text(cell: Cell) -> str:
    """Return a cell as text: a number with only the digits that it needs.

    >>> cell_text(2016.0), cell_text("a")
    ('2016', 'a')
    """
    return cell if isinstance(cell, str) else f"{cell:.15g}"
