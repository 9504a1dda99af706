"""What rows of compared provinces say in the reader's language, on screen and as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geo import wording
from geo.cells import Cell, Status
from geo.compare.gaps import OPEN_INDEX, REPORT, SIX, UPLOADED, ComparedRow
from geo.csvsafe import to_csv
from geo.indicators import CONTEXT
from geo.provinces import provinces
from geo.text import N_, Translator

HEADS = {
    "value": N_("Value"),
    "rank": N_("Rank"),
    "national": N_("Percent of national"),
    "z": N_("z-score"),
}

# The groups that are no dimension.
TITLES: Final = {
    REPORT: N_("Published ranks of the report"),
    OPEN_INDEX: N_("Open index of this atlas, our own reckoning, each rank with its interval"),
    SIX: N_("Indicators of all six dimensions"),
    CONTEXT: N_("For context, not part of the index"),
    UPLOADED: N_("Own data"),
}


def row_group_title(group: str, t: Translator) -> str:
    """The title of a group of rows that is no dimension; empty for a dimension."""
    return t(TITLES[group]) if group in TITLES else ""


def format_row_cell(row: ComparedRow, cell: Cell, show: str, t: Translator) -> str:
    """A province's figure as it is to be shown, or the status that stands in its place."""
    if show == "rank" or row.measure.kind == "report":
        return wording.short_rank(cell, t) if _has_place(cell) else _status_instead(cell, t)
    if show == "value":
        return wording.format_cell(cell, row.measure, t)
    values = row.scaled_values(show)
    if cell.adcode not in values:
        return wording.status_name(cell, t) if cell.value is None else "–"
    return format_scaled(values[cell.adcode], show, t)


def format_scaled(value: float, show: str, t: Translator) -> str:
    """A percent of the national value, or a z with its sign."""
    if show == "national":
        return f"{t.format_number(value)}%"
    sign = "−" if round(value, 2) < 0 else "+"
    return f"{sign}{t.format_number(abs(value), 2)}"


def _has_place(cell: Cell) -> bool:
    return cell.rank is not None and cell.status is not Status.RANK_AMONG_TEN


def _status_instead(cell: Cell, t: Translator) -> str:
    return wording.format_rank(cell, t) or wording.status_name(cell, t)


def format_gap(row: ComparedRow, t: Translator) -> str:
    """The gap in percentile points; empty without one."""
    return "" if row.gap is None else t.format_number(row.gap)


def comparison_table(
    rows: Mapping[str, Sequence[ComparedRow]], show: str, t: Translator
) -> list[list[str]]:
    """A head and a row per measure: its name, year and unit, the national value, each province.

    Doubtful figures have a question mark.
    """
    compared_rows = [row for group in rows.values() for row in group]
    names = [provinces()[cell.adcode].name_in(t.lang) for cell in compared_rows[0].cells]
    head = [t(N_("Measure")), t(N_("Year")), *names, t(N_("Gap"))]
    return [head, *(_comparison_line(compared_row, show, t) for compared_row in compared_rows)]


def _comparison_line(row: ComparedRow, show: str, t: Translator) -> list[str]:
    cells = [
        format_row_cell(row, cell, show, t) + (wording.DOUBT_MARK if cell.is_doubtful else "")
        for cell in row.cells
    ]
    return [wording.measure_name(row.measure, t), str(row.year), *cells, format_gap(row, t)]


def comparison_csv(rows: Mapping[str, Sequence[ComparedRow]], show: str, t: Translator) -> str:
    """The same as a file: plain numbers as shown, with rank and status of each province."""
    compared_rows = [compared_row for group in rows.values() for compared_row in group]
    head = [t(N_("Measure")), t(N_("Year")), t(N_("Unit"))]
    for cell in compared_rows[0].cells:
        name = provinces()[cell.adcode].name_in(t.lang)
        parts = (t(HEADS[show]), t(N_("Rank")), t(N_("Status")))
        head += [t(N_("{name}: {part}"), name=name, part=part) for part in parts]
    lines: list[list[object]] = []
    for row in compared_rows:
        # Published lists have no other figure than the rank, which stands in its own column.
        values = {} if row.measure.kind == "report" else row.scaled_values(show)
        unit = t.localized(row.measure.unit_en, row.measure.unit_zh)
        line: list[object] = [wording.measure_name(row.measure, t), row.year, unit]
        for cell in row.cells:
            value = f"{values[cell.adcode]:.12g}" if cell.adcode in values else ""
            line += [value, cell.rank if _has_place(cell) else "", wording.status_name(cell, t)]
        lines.append([*line, "" if row.gap is None else f"{row.gap:.4g}"])
    return to_csv([[*head, t(N_("Gap"))], *lines])
