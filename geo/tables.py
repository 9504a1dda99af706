"""The cells of a measure as rows, and rows as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from geo import wording
from geo.cells import Cell
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.provinces import provinces
from geo.text import N_, Texts

# What a spreadsheet would take for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
BOM: Final = "\ufeff"  # without it, a spreadsheet takes UTF-8 for the machine's own code page


# The columns of a table of cells, with their heads.
HEADS: Final = {
    "adcode": N_("adcode"),
    "province": N_("Province"),
    "measure": N_("Measure"),
    "year": N_("Year"),
    "value": N_("Value"),
    "unit": N_("Unit"),
    "rank": N_("Rank"),
    "of": N_("of"),
    "low": N_("Interval from"),
    "high": N_("Interval to"),
    "status": N_("Status"),
    "remarks": N_("Remarks"),
}
DIGITS: Final = 12  # significant digits of a figure in a file; more are the noise of a quotient


def years(measure: Measure, year: int | None) -> tuple[int, ...]:
    """The years of a table: the one that is asked for, or all that the measure has."""
    return measure.years if year is None else (year,)


def figure(value: float | None) -> float | None:
    """A figure as files hold it.

    >>> figure(0.1 + 0.2)
    0.3
    """
    return None if value is None else float(f"{value:.{DIGITS}g}")


def head(say: Texts) -> list[str]:
    """The heads of a table of cells, in the reader's language."""
    return [say(name) for name in HEADS.values()]


def rows(measure_id: str, say: Texts, year: int | None = None) -> list[list[object]]:
    """A row for each cell of a measure, also those without a figure, by years and adcodes.

    The columns are those of HEADS: numbers as numbers, None where there is none, texts in the
    reader's language. year: None for all years. Raises KeyError for an unknown measure or year.
    """
    measure = measures()[measure_id]
    return [
        [
            cell.adcode,
            provinces()[cell.adcode].name(say.lang),
            wording.measure_name(measure, say),
            own,
            figure(cell.value),
            say.pick(measure.unit_en, measure.unit_zh),
            cell.rank,
            cell.of,
            cell.low,
            cell.high,
            wording.status(cell, say),
            remarks(cell, say),
        ]
        for own in years(measure, year)
        for cell in snapshot(measure_id, own).cells.values()
    ]


def remarks(cell: Cell, say: Texts) -> str:
    """The remarks of a cell in one line; empty for most."""
    return "; ".join(wording.remark(remark, say) for remark in cell.remarks)


def measure_csv(measure_id: str, say: Texts, year: int | None = None) -> str:
    """The rows of a measure as CSV in the reader's language, with a byte order mark.

    Raises KeyError for an unknown measure or year.
    """
    return written([head(say), *rows(measure_id, say, year)])


def written(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV text with a byte order mark, every text made harmless for a spreadsheet."""
    out = io.StringIO()
    out.write(BOM)
    csv.writer(out, lineterminator="\r\n").writerows([harmless(c) for c in row] for row in rows)
    return out.getvalue()


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay as they are.

    >>> harmless("=1+1"), harmless("-1.5"), harmless(None)
    ("'=1+1", '-1.5', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.{DIGITS}g}"
    if not isinstance(cell, str) or not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
