"""Time series of a measure for the compared provinces: values, indexed or ranks, with notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from geo.analysis.change import break_years, longest_period
from geo.analysis.dimensions import (
    SeriesPoint,
    region_name,
    region_names,
    split_at_breaks,
    trend_points,
)
from geo.analysis.state import FIRST_YEAR, LAST_YEAR
from geo.index import default_recipe
from geo.measures import (
    EVALUATED_COUNT,
    HOW_NATIONAL_SHORT,
    Cell,
    Measure,
    Status,
    ambiguity_lines,
    format_cell,
    mark_doubt,
    measure_name,
    measure_unit,
    status_name,
)
from geo.tables import dataset, to_csv
from geo.text import N_, Translator
from geo.units import provinces

HUNDRED = 100.0
PUBLISHED_YEARS: Final = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
RANK_STEP = 5  # a long axis has a tick at every fifth rank
LINE_MODE_NAMES = {
    "lines": N_("Values"),
    "indexed": N_("Indexed to the first year"),
    "ranks": N_("Ranks"),
}


class Unavailable(StrEnum):
    """Why a time series is not shown in the requested mode."""

    RANKS_ONLY = "ranks_only"  # the report publishes ranks, no scores
    NO_ZERO = "no_zero"  # scores between goalposts: twice the score is not twice as much
    ONE_YEAR = "one_year"  # no two years compare


@dataclass(frozen=True)
class TimeSeries:
    """The lines of a measure, in one of geo.analysis.state.LINE_MODES.

    mode: the mode that is drawn; declined: why it is not the one requested.
    base_year: the year that is 100 in the indexed mode. breaks: years from which on the measure
    is not comparable. left_out: provinces that cannot be indexed, because they have no sound
    value above zero in the base year.
    """

    measure: Measure
    mode: str
    points: tuple[SeriesPoint, ...]
    breaks: tuple[int, ...]
    declined: Unavailable | None = None
    base_year: int | None = None
    left_out: tuple[str, ...] = ()

    @property
    def rank_count(self) -> int:
        """The number of ranks on the vertical axis; 0 if the lines are no ranks."""
        return EVALUATED_COUNT if self.mode == "ranks" else 0


def build_time_series(measure: Measure, chosen: Sequence[str], mode: str) -> TimeSeries:
    """Return the lines of the chosen provinces, for values also of the country and regions."""
    broken = break_years(measure)
    if measure.kind == "report":
        why = None if mode == "ranks" else Unavailable.RANKS_ONLY
        return TimeSeries(measure, "ranks", _rank_points(measure, chosen), broken, why)
    if mode == "ranks":
        return TimeSeries(measure, "ranks", _rank_points(measure, chosen), broken)
    points = tuple(trend_points(measure, chosen))
    years = longest_period(measure)
    if mode != "indexed":
        return TimeSeries(measure, "lines", points, broken)
    if measure.kind == "index" or years is None:
        why = Unavailable.NO_ZERO if measure.kind == "index" else Unavailable.ONE_YEAR
        return TimeSeries(measure, "lines", points, broken, why)
    first, last = years
    base = {p.line: p.value for p in points if p.year == first and p.value > 0 and not p.doubtful}
    indexed = tuple(
        replace(p, value=HUNDRED * (p.value / base[p.line]))
        for p in points
        if p.line in base and first <= p.year <= last
    )
    out = tuple(adcode for adcode in chosen if adcode not in base)
    return TimeSeries(measure, "indexed", indexed, (), base_year=first, left_out=out)


def _rank_points(measure: Measure, chosen: Sequence[str]) -> tuple[SeriesPoint, ...]:
    """Return the ranks of each year among the provinces with a value, or the published ranks."""
    points = []
    for year in measure.years:
        cells = measure.snapshot(year).cells
        for adcode in chosen:
            cell = cells[adcode]
            # A rank among the comprehensive ten is no rank among 31.
            if cell.rank is not None and cell.status is not Status.RANK_AMONG_TEN:
                doubtful = cell.is_doubtful
                points.append(SeriesPoint(adcode, year, float(cell.rank), doubtful))
    return tuple(split_at_breaks(points, measure))


def axis_ends(values: Sequence[float], places: int) -> tuple[float, float]:
    """Return the ends of the vertical axis: all ranks, or around the values.

    The axis starts at zero if zero is near the values. places: the number of ranks; 0 for
    values.
    """
    if places:
        return 0.5, places + 0.5
    low, high = min(values), max(values)
    if 0 <= low < high / 2:
        low = 0.0
    spread = (high - low) or abs(high) or 1.0
    return (low if low == 0.0 else low - 0.05 * spread), high + 0.05 * spread


def rank_ticks(last: int) -> tuple[int, ...]:
    """Return the ranks with a tick on an axis from 1 to the last rank.

    Every rank of an axis of up to ten; of a longer one the first and every fifth. Empty if last
    is 0.

    >>> rank_ticks(12)
    (1, 5, 10)
    """
    if last <= 2 * RANK_STEP:
        return tuple(range(1, last + 1))
    return (1, *range(RANK_STEP, last + 1, RANK_STEP))


UNAVAILABLE_NOTES = {
    Unavailable.RANKS_ONLY: N_("The report publishes ranks without scores, so ranks are shown."),
    Unavailable.NO_ZERO: N_(
        "Scores of the open index have no true zero, so they cannot be indexed; scores are shown."
    ),
    Unavailable.ONE_YEAR: N_(
        "No two years of this measure are comparable, so it cannot be indexed; values are shown."
    ),
}


def axis_title(series: TimeSeries, t: Translator) -> str:
    """Return the title of the vertical axis."""
    if series.mode == "ranks":
        return t(N_("Rank"))
    if series.base_year is not None:
        return t(N_("{year} = 100"), year=series.base_year)
    return measure_unit(series.measure, t)


def time_series_notes(series: TimeSeries, chosen: Sequence[str], t: Translator) -> list[str]:
    """Return the notes on the lines, as sentences."""
    lines = [t(UNAVAILABLE_NOTES[series.declined])] if series.declined else []
    lines += _base_notes(series, t)
    if series.mode == "ranks" and series.measure.kind != "report":
        lines.append(
            t(N_("Each rank is among the provinces with a value in that year; 1 is the highest."))
        )
    lines += _break_notes(series, t)
    if series.measure.kind == "report":
        lines += _edition_notes(series, chosen, t)
        snapshots = [series.measure.snapshot(year) for year in series.measure.years]
        lines += ambiguity_lines((s.cells[a] for s in snapshots for a in chosen), t)
    return lines + _doubt_notes(series, t)


def time_series_cautions(series: TimeSeries, t: Translator) -> list[str]:
    """Return what a picture of the lines has to say: their base, breaks, and values in doubt."""
    lines = _base_notes(series, t)
    if series.breaks:
        years = t.join_names([str(year) for year in series.breaks])
        message = N_("Lines are broken at {years}: the years before and after are not comparable.")
        lines.append(t(message, years=years))
    return lines + _doubt_notes(series, t)


def _doubt_notes(series: TimeSeries, t: Translator) -> list[str]:
    if series.measure.kind == "report" or not any(point.doubtful for point in series.points):
        return []
    return [t(N_("Hollow marks are doubtful values."))]


def _base_notes(series: TimeSeries, t: Translator) -> list[str]:
    """Return the year in which each line is 100, and the provinces without a value in it."""
    lines = []
    if series.base_year is not None:
        lines.append(
            t(
                N_(
                    "Each line is 100 in {year}, the first of the longest run of comparable years; "
                    "doubtful values are included, shown hollow."
                ),
                year=series.base_year,
            )
        )
    if series.left_out:
        names = t.join_names([provinces()[adcode].name_in(t.lang) for adcode in series.left_out])
        lines.append(
            t(
                N_(
                    "Not shown, because a reliable value above zero in {year} is not available: "
                    "{names}."
                ),
                year=series.base_year,
                names=names,
            )
        )
    return lines


def _break_notes(series: TimeSeries, t: Translator) -> list[str]:
    """Return the reasons for breaks in the lines, each with its year."""
    if series.measure.kind == "index":
        if not series.breaks:
            return []
        years = t.join_names([str(year) for year in series.breaks])
        return [
            t(
                N_(
                    "Lines are broken at {years}: from each of these years the open index uses a "
                    "different set of indicators ({sets}), and the years are not comparable."
                ),
                years=years,
                sets=t.join_names(
                    list(dict.fromkeys(default_recipe(year).years for year in series.measure.years))
                ),
            )
        ]
    table = dataset().breaks
    rows = table[table["indicator"].isin(series.measure.series_ids)]
    return [
        t(
            N_("Break at {year}: {reason}"),
            year=row.year,
            reason=t.localized(row._asdict(), "reason"),
        )
        for row in rows.itertuples()
        if row.year in series.breaks
    ]


def _edition_notes(series: TimeSeries, chosen: Sequence[str], t: Translator) -> list[str]:
    """Return for each edition the chosen provinces without a rank, and their status."""
    lines = []
    for year in series.measure.years:
        cells = series.measure.snapshot(year).cells
        unranked = [cells[a] for a in chosen if cells[a].status is not Status.RANK]
        for status in dict.fromkeys(cell.status for cell in unranked):
            names = [
                mark_doubt(provinces()[c.adcode].name_in(t.lang), c)
                for c in unranked
                if c.status is status
            ]
            lines.append(
                t(
                    N_("Edition {year}, {status}: {names}."),
                    year=year,
                    status=status_name(status, t),
                    names=t.join_names(names),
                )
            )
    return lines


def series_decimals(series: TimeSeries) -> int:
    """Return the number of decimals of the values of a time series."""
    return {"ranks": 0, "indexed": 1}.get(series.mode, series.measure.decimals)


def line_name(line: str, measure: Measure, t: Translator) -> str:
    """Return the name of a line: a province, a region, or what stands for the country."""
    if line == "national":
        marks = (measure.snapshot(year).national for year in measure.years)
        hows = {mark.how for mark in marks if mark}
        if len(hows) == 1:
            return t(HOW_NATIONAL_SHORT[hows.pop()])
        return t(N_("National value or median"))
    if line in region_names():
        return t(N_("{region} region"), region=region_name(line, t))
    return provinces()[line].name_in(t.lang)


def time_series_table(series: TimeSeries, chosen: Sequence[str], t: Translator) -> list[list[str]]:
    """Return a head row of years, and a row for each line with its values as drawn.

    Doubtful values have a question mark; a missing value is replaced by its status.
    """
    years = series.measure.years if series.measure.kind == "own" else PUBLISHED_YEARS
    points = {(p.line, p.year): p for p in series.points}
    lines = [*chosen, *dict.fromkeys(p.line for p in series.points if p.line not in chosen)]
    head = [t(N_("Line")), *map(str, years)]
    return [
        head,
        *(
            [
                line_name(line, series.measure, t),
                *(_format_drawn_value(series, line, year, points, t) for year in years),
            ]
            for line in lines
        ),
    ]


def _format_drawn_value(
    series: TimeSeries,
    line: str,
    year: int,
    points: Mapping[tuple[str, int], SeriesPoint],
    t: Translator,
) -> str:
    point = points.get((line, year))
    if point is None:
        cell = _cell_of_line(series, line, year)
        missing = cell is not None and cell.value is None
        return format_cell(cell, series.measure, t) if cell and missing else "–"
    figure = t.format_number(point.value, series_decimals(series))
    return f"{figure} ?" if point.doubtful else figure


def _cell_of_line(series: TimeSeries, line: str, year: int) -> Cell | None:
    if year not in series.measure.years or line not in provinces():
        return None
    return series.measure.snapshot(year).cells[line]


def time_series_csv(series: TimeSeries, chosen: Sequence[str], t: Translator) -> str:
    """Return CSV with a row for each line and year: the value as drawn, value, rank and status.

    In the reader's language, with a byte order mark.
    """
    head = [
        t(N_("Line")), t(N_("adcode")), t(N_("Measure")), t(N_("Year")), axis_title(series, t),
        t(N_("Value")), t(N_("Unit")), t(N_("Rank")), t(N_("of")), t(N_("Status")),
    ]  # fmt: skip
    points = {(p.line, p.year): p for p in series.points}
    lines = [*chosen, *dict.fromkeys(p.line for p in series.points if p.line not in chosen)]
    rows: list[list[object]] = []
    for line in lines:
        for year in series.measure.years:
            point, cell = points.get((line, year)), _cell_of_line(series, line, year)
            if point is None and cell is None:
                continue
            rows.append(
                [
                    line_name(line, series.measure, t),
                    line if cell else "",
                    measure_name(series.measure, t),
                    year,
                    f"{point.value:.12g}" if point else "",
                    f"{cell.value:.12g}" if cell and cell.value is not None else "",
                    measure_unit(series.measure, t),
                    cell.rank if cell else "",
                    cell.of if cell else "",
                    status_name(cell, t) if cell else "",
                ]
            )
    return to_csv([head, *rows])
