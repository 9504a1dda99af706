"""How far compared provinces lie apart, measure by measure, on scales that compare.

A gap must compare over measures whose units do not, so it is one of percentile ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Final

from geo.cells import Cell, Scale, Snapshot
from geo.indicators import CONTEXT, Measure, dimension_ids, indicators_of
from geo.measures import all_measures, snapshot_of
from geo.ranking import rank_of_national
from geo.report import EVALUATED_COUNT
from geo.text import N_

REPORT: Final = "report"
OPEN_INDEX: Final = "index"
SIX: Final = "indicators"
UPLOADED: Final = "own"  # of the reader, in this session
MIN_PROVINCES: Final = 2  # provinces that a comparison needs, and figures that a spread needs
# One scale for all rows; what lies beyond an end is drawn at it.
NATIONAL_ENDS: Final = (0.0, 300.0)  # percent: a third of the width is the national value
Z_ENDS: Final = (-3.5, 5.5)  # the lowest is -3.43 and the highest 5.25 in all years

RULE: Final = N_(
    "Gap: the highest percentile rank (100 first, 0 last) among the chosen provinces less the"
    " lowest, in points; doubtful figures are left out. The report’s lists have no gap, because"
    " places outside them are not published."
)
NOTES: Final = {
    "value": N_(
        "Each row has a scale of its own, from the lowest to the highest of all provinces."
    ),
    "rank": N_("All rows have one scale: the last place at the left, the first at the right."),
    "national": N_(
        "Percent of the national value, or of the median where none can be formed; all rows have"
        " one scale from {low} to {high}%, and what lies beyond is drawn at its end. The report’s"
        " lists stay ranks."
    ),
    "z": N_(
        "Distance from the mean of the provinces in standard deviations; doubtful figures enter"
        " neither, though they are placed. All rows have one scale. The report’s lists stay ranks."
    ),
}


@dataclass(frozen=True)
class ScaledRow:
    """All provinces of a row along a scale; low, high: its ends; national: None without one."""

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
    def snapshot(self) -> Snapshot:
        """All provinces in the same measure and year."""
        return snapshot_of(self.measure.id, self.year)

    @property
    def doubtful(self) -> list[str]:
        """The compared provinces whose figure is doubtful."""
        return [cell.adcode for cell in self.cells if cell.is_doubtful]

    @property
    def gap(self) -> float | None:
        """Percentile points from the lowest to the highest of the chosen, doubtful left out.

        None with fewer than two sound figures, and for the report's lists.
        """
        values = [
            cell.percentile
            for cell in self.cells
            if cell.percentile is not None and not cell.is_doubtful
        ]
        return max(values) - min(values) if len(values) >= MIN_PROVINCES else None

    def scaled_values(self, show: str) -> dict[str, float]:
        """All provinces that have one, as `show` says: value, rank, national (percent), or z.

        z is in standard deviations (of the population) from the mean, over the provinces with a
        sound figure. Published places are ranks whatever is asked for; a place among the
        comprehensive ten is none. Empty where the row does not have what is asked for.
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
        """Where the provinces stand on the scale; None where fewer than two stand on it."""
        values, snapshot = self.scaled_values(show), self.snapshot
        if len(values) < MIN_PROVINCES:
            return None
        if show == "rank" or self.measure.kind == "report":
            # The first place at the right, where the high values are.
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
        """What a value is measured from, and in steps of what; None where neither can be told."""
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
    """A measure in the year of its own that is nearest to `year`."""
    nearest = measure.nearest_year(year)
    cells = snapshot_of(measure.id, nearest).cells
    return ComparedRow(measure, nearest, tuple(cells[adcode] for adcode in chosen))


def compare_measures(
    chosen: Sequence[str], year: int, order: str
) -> dict[str, tuple[ComparedRow, ...]]:
    """All measures in groups that are never mixed, each in its year nearest to `year`.

    order ``dimension``: the report's lists, the open index, each dimension's indicators, those
    for context, the reader's own if there are any. ``gap``: the indicators of all dimensions in
    one group, the largest gap first; what has no gap last.
    """

    def group(measures: Sequence[Measure]) -> tuple[ComparedRow, ...]:
        rows = [compare_measure(measure, chosen, year) for measure in measures]
        if order == "gap":
            rows.sort(key=lambda one: -1.0 if one.gap is None else one.gap, reverse=True)
        return tuple(rows)

    kinds = {
        kind: group([m for m in all_measures().values() if m.kind == kind])
        for kind in (REPORT, OPEN_INDEX)
    }
    if order == "gap":
        six = [m for m in all_measures().values() if m.dimension in dimension_ids()]
        kinds[SIX] = group([m for m in six if m.kind == "indicator"])
    else:
        kinds |= {name: group(indicators_of(name)) for name in dimension_ids()}
    kinds[CONTEXT] = group(indicators_of(CONTEXT))
    mine = group([m for m in all_measures().values() if m.kind == UPLOADED])
    return {**kinds, UPLOADED: mine} if mine else kinds
