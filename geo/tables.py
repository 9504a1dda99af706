"""The figures as files: the table of one measure, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from geo import wording
from geo.measures import measures, snapshot
from geo.provinces import provinces
from geo.text import N_, Texts

# What a spreadsheet would take for the beginning of a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
BOM: Final = "\ufeff"  # without it, a spreadsheet takes UTF-8 for the machine's own code page


def measure_csv(measure_id: str, say: Texts) -> str:
    """All provinces and years of a measure: a row for each cell, also those without a figure.

    Columns: adcode, province, year, value (plain number), unit, rank, of how many,
    the interval of a rank of the open index, status, remarks. In the reader's language, with a
    byte order mark. Raises KeyError for an unknown measure.
    """
    measure = measures()[measure_id]
    head = [
        say(N_("adcode")), say(N_("Province")), say(N_("Measure")), say(N_("Year")),
        say(N_("Value")), say(N_("Unit")), say(N_("Rank")), say(N_("of")),
        say(N_("Interval from")), say(N_("Interval to")), say(N_("Status")), say(N_("Remarks")),
    ]  # fmt: skip
    rows = [
        [
            cell.adcode,
            provinces()[cell.adcode].name(say.lang),
            wording.measure_name(measure, say),
            year,
            "" if cell.value is None else f"{cell.value:.12g}",
            say.pick(measure.unit_en, measure.unit_zh),
            cell.rank,
            cell.of,
            cell.low,
            cell.high,
            wording.status(cell, say),
            "; ".join(wording.remark(remark, say) for remark in cell.remarks),
        ]
        for year in measure.years
        for cell in snapshot(measure_id, year).cells.values()
    ]
    return written([head, *rows])


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
    if not isinstance(cell, str) or not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
