"""Comparison of provinces by measure: gaps on comparable scales, as rows and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, pstdev
from typing import Final

from geo.analysis.registry import Catalogue, cache_published, published_measures
from geo.limits import COMPARED_LINE_CACHE_SIZE
from geo.measures import (
    CONTEXT,
    EVALUATED_COUNT,
    Cell,
    Measure,
    Scale,
    Snapshot,
    Status,
    dimension_ids,
    format_cell,
    format_rank,
    indicators_of,
    mark_doubt,
    measure_name,
    measure_unit,
    rank_of_national,
    short_rank,
    status_name,
)
from geo.tables import to_csv
from geo.text import N_, Translator
from geo.units import provinces

REPORT_GROUP: Final = "report"
OPEN_INDEX_GROUP: Final = "index"
MAX_ON_CHART: Final = "indicators"
UPLOADED_GROUP: Final = "own"  # uploaded measures of this session
MIN_PROVINCES: Final = 2  # provinces that a comparison needs, and values that a spread needs
# One scale for all rows; values beyond an end are drawn at the end.
NATIONAL_ENDS: Final = (0.0, 300.0)  # percent: a third of the width is the national value
Z_ENDS: Final = (-3.5, 5.5)  # the lowest is -3.43 and the highest 5.25 in all years

GAP_RULE: Final = N_(
    "Gap: the highest minus the lowest percentile rank (100 first, 0 last) among the "
    "chosen provinces, in points; doubtful values are excluded. The report’s lists "
    "have no gap, because other ranks are not published."
)
SCALE_NOTES_BY_MODE: Final = {
    "value": N_(
        "Each row has its own scale, from the lowest to the highest value of all provinces."
    ),
    "rank": N_("All rows have the same scale: the last rank on the left, the first on the right."),
    "national": N_(
        "Percent of the national value, or of the median where no national value is "
        "available. All rows have the same scale, from {low} to {high}%; values beyond "
        "it are shown at its end. The report’s lists show ranks."
    ),
    "z": N_(
        "Distance from the mean of the provinces in standard deviations; doubtful values "
        "are shown but not counted in either. All rows have the same scale. The report’s "
        "lists show ranks."
    ),
}
ROW_HEADS = {
    "value": N_("Value"),
    "rank": N_("Rank"),
    "national": N_("Percent of national value"),
    "z": N_("z-score"),
}
# The groups that are no dimension.
GROUP_TITLES: Final = {
    REPORT_GROUP: N_("Ranks published in the report"),
    OPEN_INDEX_GROUP: N_("Open index, calculated by this atlas, each rank with its interval"),
    MAX_ON_CHART: N_("Indicators of all six dimensions"),
    CONTEXT: N_("Context, not part of the index"),
    UPLOADED_GROUP: N_("Uploaded data"),
}


@dataclass(frozen=True)
class ScaledRow:
    """All provinces of a row on a scale; low, high: its ends; national: None without one."""

    values: Mapping[str, float]
    national: float | None
    ends: tuple[float, float]


@dataclass(frozen=True)
class ComparedRow:
    """One measure in one year, with the cells of the compared provinces in their order."""

    measure: Measure
    year: int
    cells: tuple[Cell, ...]

    @property
    def kind(self) -> str:
        """The kind of the measure."""
        return self.measure.kind

    @cached_property
    def snapshot(self) -> Snapshot:
        """All provinces in the same measure and year."""
        return self.measure.snapshot(self.year)

    @property
    def doubtful(self) -> list[str]:
        """The compared provinces with a doubtful value."""
        return [cell.adcode for cell in self.cells if cell.is_doubtful]

    @cached_property
    def gap(self) -> float | None:
        """Percentile points from the lowest to the highest compared province, doubtful left out.

        None with fewer than two sound values, and for the report's lists.
        """
        values = [
            cell.percentile
            for cell in self.cells
            if cell.percentile is not None and not cell.is_doubtful
        ]
        return max(values) - min(values) if len(values) >= MIN_PROVINCES else None

    def scaled_values(self, show: str) -> dict[str, float]:
        """Return value, rank, national (percent) or z of all provinces, as `show` says.

        z is in standard deviations (of the population) from the mean, over the provinces with a
        sound value. Published lists always give ranks; a rank among the comprehensive ten does not
        count. Empty if the row does not have the requested quantity.
        """
        cells = self.snapshot.cells.values()
        if show == "rank" or self.measure.kind == "report":
            among_ten = self.snapshot.scale is Scale.AMONG_TEN
            return {} if among_ten else {c.adcode: float(c.rank) for c in cells if c.rank}
        step = self._scale_step(show)
        if step is None:
            return {}
        start, unit = step
        return {a: (value - start) / unit for a, value in self.snapshot.values_by_adcode().items()}

    def on_scale(self, show: str) -> ScaledRow | None:
        """Return the provinces on the scale; None if fewer than two have a position."""
        values, snapshot = self.scaled_values(show), self.snapshot
        if len(values) < MIN_PROVINCES:
            return None
        if show == "rank" or self.measure.kind == "report":
            # The first rank is at the right, like high values.
            above = rank_of_national(snapshot) if snapshot.national else None
            return ScaledRow(
                {a: -rank for a, rank in values.items()},
                None if above is None else -(above + 0.5),
                (-float(EVALUATED_COUNT), -1.0),
            )
        start, unit = self._scale_step(show) or (0.0, 1.0)
        national = (snapshot.national.value - start) / unit if snapshot.national else None
        low, high = min(values.values()), max(values.values())
        ends = {"national": NATIONAL_ENDS, "z": Z_ENDS}.get(show, (low, high))
        return ScaledRow(values, national, ends)

    def _scale_step(self, show: str) -> tuple[float, float] | None:
        """Return the origin and the step of the scale; None if they cannot be calculated."""
        snapshot = self.snapshot
        if show == "value":
            return 0.0, 1.0
        if show == "national":
            return (
                (0.0, snapshot.national.value / 100)
                if snapshot.national and snapshot.national.value
                else None
            )
        sound = [
            cell.value
            for cell in snapshot.cells.values()
            if cell.value is not None and not cell.is_doubtful
        ]
        spread = pstdev(sound) if len(sound) >= MIN_PROVINCES else 0.0
        return (fmean(sound), spread) if spread else None


def compare_measure(measure: Measure, chosen: Sequence[str], year: int) -> ComparedRow:
    """Return a measure in its year nearest to `year`, with the chosen provinces."""
    nearest = measure.nearest_year(year)
    cells = measure.snapshot(nearest).cells
    return ComparedRow(measure, nearest, tuple(map(cells.__getitem__, chosen)))


def compare_measures(
    chosen: Sequence[str], year: int, order: str, catalogue: Catalogue | None = None
) -> dict[str, tuple[ComparedRow, ...]]:
    """Return the measures of a catalogue in groups that are never mixed.

    Each is in its year nearest to `year`. Groups of the order ``dimension``: the report's lists,
    the open index, the indicators of each dimension, those for context, and uploaded measures; of
    the order ``gap``: the indicators of all dimensions in one group, the largest gap first,
    measures without a gap last. catalogue: by default what the atlas publishes.
    """
    all_measures = (catalogue or published_measures()).values()

    def group(measures: Sequence[Measure]) -> tuple[ComparedRow, ...]:
        rows = [compare_measure(measure, chosen, year) for measure in measures]
        if order == "gap":
            rows.sort(key=lambda one: -1.0 if one.gap is None else one.gap, reverse=True)
        return tuple(rows)

    kinds = {
        kind: group([m for m in all_measures if m.kind == kind])
        for kind in (REPORT_GROUP, OPEN_INDEX_GROUP)
    }
    if order == "gap":
        six = [m for m in all_measures if m.dimension in dimension_ids()]
        kinds[MAX_ON_CHART] = group([m for m in six if m.kind == "indicator"])
    else:
        kinds |= {name: group(indicators_of(name)) for name in dimension_ids()}
    kinds[CONTEXT] = group(indicators_of(CONTEXT))
    mine = group([m for m in all_measures if m.kind == UPLOADED_GROUP])
    return {**kinds, UPLOADED_GROUP: mine} if mine else kinds


def row_group_title(group: str, t: Translator) -> str:
    """Return the title of a group of rows that is no dimension; empty for a dimension."""
    return t(GROUP_TITLES[group]) if group in GROUP_TITLES else ""


def format_row_cell(row: ComparedRow, cell: Cell, show: str, t: Translator) -> str:
    """Return the value of a province in the requested form, or its status."""
    if show == "rank" or row.measure.kind == "report":
        return short_rank(cell, t) if _has_place(cell) else _status_instead(cell, t)
    if show == "value":
        return format_cell(cell, row.measure, t)
    values = row.scaled_values(show)
    if cell.adcode not in values:
        return status_name(cell, t) if cell.value is None else "–"
    return format_scaled(values[cell.adcode], show, t)


def format_scaled(value: float, show: str, t: Translator) -> str:
    """Return a percentage of the national value, or a z with its sign, as text."""
    if show == "national":
        return f"{t.format_number(value)}%"
    sign = "−" if round(value, 2) < 0 else "+"
    return f"{sign}{t.format_number(abs(value), 2)}"


def _has_place(cell: Cell) -> bool:
    return cell.rank is not None and cell.status is not Status.RANK_AMONG_TEN


def _status_instead(cell: Cell, t: Translator) -> str:
    return format_rank(cell, t) or status_name(cell, t)


def format_gap(row: ComparedRow, t: Translator) -> str:
    """Return the gap in percentile points as text; empty without one."""
    return "" if row.gap is None else t.format_number(row.gap)


def comparison_table(
    rows: Mapping[str, Sequence[ComparedRow]], show: str, t: Translator
) -> list[list[str]]:
    """Return a head and one row per measure: name, year, unit, national value, each province.

    Doubtful values have a question mark.
    """
    listed = [row for group in rows.values() for row in group]
    names = [provinces()[cell.adcode].name_in(t.lang) for cell in listed[0].cells]
    head = [t(N_("Measure")), t(N_("Year")), *names, t(N_("Gap"))]
    return [head, *([*_comparison_line(row, show, t)] for row in listed)]


@cache_published(maxsize=COMPARED_LINE_CACHE_SIZE)
def _comparison_line(row: ComparedRow, show: str, t: Translator) -> tuple[str, ...]:
    cells = [mark_doubt(format_row_cell(row, cell, show, t), cell) for cell in row.cells]
    return (measure_name(row.measure, t), str(row.year), *cells, format_gap(row, t))


def comparison_csv(rows: Mapping[str, Sequence[ComparedRow]], show: str, t: Translator) -> str:
    """Return the comparison as CSV: plain numbers, with rank and status of each province."""
    listed = [row for group in rows.values() for row in group]
    head = [t(N_("Measure")), t(N_("Year")), t(N_("Unit"))]
    for cell in listed[0].cells:
        name = provinces()[cell.adcode].name_in(t.lang)
        parts = (t(ROW_HEADS[show]), t(N_("Rank")), t(N_("Status")))
        head += [t(N_("{name}: {part}"), name=name, part=part) for part in parts]
    return to_csv([[*head, t(N_("Gap"))], *(_csv_line(row, show, t) for row in listed)])


@cache_published(maxsize=COMPARED_LINE_CACHE_SIZE)
def _csv_line(row: ComparedRow, show: str, t: Translator) -> tuple[object, ...]:
    # Published lists have no value other than the rank, which has its own column.
    values = {} if row.measure.kind == "report" else row.scaled_values(show)
    line: list[object] = [measure_name(row.measure, t), row.year, measure_unit(row.measure, t)]
    for cell in row.cells:
        value = f"{values[cell.adcode]:.12g}" if cell.adcode in values else ""
        line += [value, cell.rank if _has_place(cell) else "", status_name(cell, t)]
    return (*line, "" if row.gap is None else f"{row.gap:.4g}")
