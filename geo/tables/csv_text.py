"""Rows as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
BOM: Final = "\ufeff"  # without it, a spreadsheet reads UTF-8 in the machine's code page
FILE_DIGITS: Final = 12  # significant digits of a value in a file; more are rounding noise


def to_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV text with a byte order mark and with formulas escaped."""
    out = io.StringIO()
    out.write(BOM)
    csv.writer(out, lineterminator="\r\n").writerows(
        [escape_formula(c) for c in row] for row in rows
    )
    return out.getvalue()


def escape_formula(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula.

    Text that begins like a formula gets an apostrophe in front, unless it is a number. Floats are
    written with FILE_DIGITS significant digits, None becomes the empty text.

    >>> escape_formula("=1+1"), escape_formula("-1.5"), escape_formula(None)
    ("'=1+1", '-1.5', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.{FILE_DIGITS}g}"
    if not isinstance(cell, str) or not cell.startswith(FORMULA_STARTS):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
