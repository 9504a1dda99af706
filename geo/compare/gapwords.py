"""What rows of compared provinces say in the reader's language, on screen and as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geo import wording
from geo.cells import Cell, Status
from geo.compare.gaps import MINE, OURS, REPORT, SIX, Row
from geo.indicators import CONTEXT
from geo.provinces import provinces
from geo.tables import written
from geo.text import N_, Texts

HEADS = {
    "value": N_("Value"),
    "rank": N_("Rank"),
    "national": N_("Percent of national"),
    "z": N_("z-score"),
}

# The groups that are no dimension.
TITLES: Final = {
    REPORT: N_("Published ranks of the report"),
    OURS: N_("Open index of this atlas, our own reckoning, each rank with its interval"),
    SIX: N_("Indicators of all six dimensions"),
    CONTEXT: N_("For context, not part of the index"),
    MINE: N_("Own data"),
}


def title(group: str, say: Texts) -> str:
    """The title of a group of rows that is no dimension; empty for a dimension."""
    return say(TITLES[group]) if group in TITLES else ""


def figure(row: Row, cell: Cell, show: str, say: Texts) -> str:
    """A province's figure as it is to be shown, or the status that stands in its place."""
    if show == "rank" or row.measure.kind == "report":
        return wording.short_rank(cell, say) if _placed(cell) else _instead(cell, say)
    if show == "value":
        return wording.headline(cell, row.measure, say)
    found = row.figures(show)
    if cell.adcode not in found:
        return wording.status(cell, say) if cell.value is None else "–"
    return number(found[cell.adcode], show, say)


def number(value: float, show: str, say: Texts) -> str:
    """A percent of the national value, or a z with its sign."""
    if show == "national":
        return f"{say.number(value)}%"
    sign = "−" if round(value, 2) < 0 else "+"
    return f"{sign}{say.number(abs(value), 2)}"


def _placed(cell: Cell) -> bool:
    return cell.rank is not None and cell.status is not Status.RANK_AMONG_TEN


def _instead(cell: Cell, say: Texts) -> str:
    return wording.rank(cell, say) or wording.status(cell, say)


def gap(row: Row, say: Texts) -> str:
    """The gap in percentile points; empty without one."""
    return "" if row.gap is None else say.number(row.gap)


def table(rows: Mapping[str, Sequence[Row]], show: str, say: Texts) -> list[list[str]]:
    """A head and a row per measure: its name, year and unit, the national value, each province.

    Doubtful figures have a question mark.
    """
    found = [own for group in rows.values() for own in group]
    names = [provinces()[cell.adcode].name(say.lang) for cell in found[0].cells]
    head = [say(N_("Measure")), say(N_("Year")), *names, say(N_("Gap"))]
    return [head, *(_line(own, show, say) for own in found)]


def _line(own: Row, show: str, say: Texts) -> list[str]:
    cells = [
        figure(own, cell, show, say) + (wording.DOUBT_MARK if wording.is_doubtful(cell) else "")
        for cell in own.cells
    ]
    return [wording.measure_name(own.measure, say), str(own.year), *cells, gap(own, say)]


def csv(rows: Mapping[str, Sequence[Row]], show: str, say: Texts) -> str:
    """The same as a file: plain numbers as shown, with rank and status of each province."""
    found = [own for group in rows.values() for own in group]
    head = [say(N_("Measure")), say(N_("Year")), say(N_("Unit"))]
    for cell in found[0].cells:
        name = provinces()[cell.adcode].name(say.lang)
        parts = (say(HEADS[show]), say(N_("Rank")), say(N_("Status")))
        head += [say(N_("{name}: {part}"), name=name, part=part) for part in parts]
    lines: list[list[object]] = []
    for own in found:
        # Published lists have no other figure than the rank, which stands in its own column.
        shown = {} if own.measure.kind == "report" else own.figures(show)
        unit = say.pick(own.measure.unit_en, own.measure.unit_zh)
        line: list[object] = [wording.measure_name(own.measure, say), own.year, unit]
        for cell in own.cells:
            value = f"{shown[cell.adcode]:.12g}" if cell.adcode in shown else ""
            line += [value, cell.rank if _placed(cell) else "", wording.status(cell, say)]
        lines.append([*line, "" if own.gap is None else f"{own.gap:.4g}"])
    return written([[*head, say(N_("Gap"))], *lines])
