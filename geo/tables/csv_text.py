"""Rows as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

# What a spreadsheet would take for the beginning of a formula.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
BOM: Final = "\ufeff"  # without it, a spreadsheet takes UTF-8 for the machine's own code page
FILE_DIGITS: Final = (
    12  # significant digits of a figure in a file; more are the noise of a quotient
)


def to_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV text with a byte order mark, every text made harmless for a spreadsheet."""
    out = io.StringIO()
    out.write(BOM)
    csv.writer(out, lineterminator="\r\n").writerows(
        [escape_formula(c) for c in row] for row in rows
    )
    return out.getvalue()


def escape_formula(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay as they are.

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
