"""The indicators: official figures as intensities, and their cells for a year.

They are one of the three kinds of measure that a map may show; geo.analysis.registry answers for
all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.measures.cells import Benchmark, Cell, Remark, Scale, Snapshot, Status, rank_cells
from geo.tables import DOUBT_REASONS, dataset
from geo.text import N_, translator
from geo.units import provinces

CONTEXT: Final = "context"
# A country's area does not change from year to year, but is published once.
TIMELESS: Final = frozenset({"land_area"})


@dataclass(frozen=True)
class Measure:
    """What a map may show: its names, its unit and the years it has.

    dimension is one of the report's six, ``comprehensive`` or ``context`` (``own`` for measures
    of the reader's own); kind says who made the figures. For indicators, numerator and
    denominator are keys of the catalogue (denominator empty: the figure is shown as published).
    higher_is_better says which end has rank 1.
    """

    id: str
    kind: Literal["report", "index", "indicator", "own"]
    dimension: str
    name_en: str
    name_zh: str
    years: tuple[int, ...]
    unit_en: str = ""
    unit_zh: str = ""
    decimals: int = 0
    numerator: str = ""
    denominator: str = ""
    scale: float = 1.0
    summary: str = ""
    caveat: Remark = field(default_factory=Remark)
    higher_is_better: bool = True

    @property
    def is_derived(self) -> bool:
        """Whether the figure is calculated by us from two published ones."""
        return bool(self.denominator)

    @property
    def series_ids(self) -> tuple[str, ...]:
        """The published series behind the figure."""
        return tuple(name for name in (self.numerator, self.denominator) if name)

    def nearest_year(self, year: int) -> int:
        """The year of this measure that lies nearest; of two equally near the later one."""
        return min(self.years, key=lambda candidate: (abs(candidate - year), -candidate))


@cache
def published_indicators() -> Mapping[str, Measure]:
    """The indicators by id, in the order of the table: by dimension, then those for context."""
    data = dataset()
    measures = {}
    for row in data.measures.itertuples():
        measures[str(row.Index)] = Measure(
            id=str(row.Index),
            kind="indicator",
            dimension=row.dimension,
            name_en=row.name_en,
            name_zh=row.name_zh,
            unit_en=row.unit_en,
            unit_zh=row.unit_zh,
            decimals=int(row.decimals),
            numerator=row.numerator,
            denominator=row.denominator,
            scale=float(row.scale),
            summary=row.summary,
            caveat=Remark(row.caveat_en, row.caveat_zh),
            years=_common_years(row.numerator, row.denominator),
        )
    return measures


@lru_cache(maxsize=512)
def indicator_snapshot(measure_id: str, year: int) -> Snapshot:
    """The cells of one indicator in one year that it has, for all 34 units."""
    measure = published_indicators()[measure_id]
    parts = _quotient_parts(measure, year)
    value = parts["numerator"] / parts["denominator"] * measure.scale
    doubts, remarks = _doubt_remarks(measure, year), _cell_remarks(measure)
    cells = []
    for adcode, province in provinces().items():
        figure = value.get(adcode, np.nan)
        if not province.evaluated:
            cells.append(Cell(adcode, Status.NOT_COVERED))
        elif np.isnan(figure):
            cells.append(Cell(adcode, Status.NOT_PUBLISHED))
        elif adcode in doubts:
            known = (*doubts[adcode], *remarks.get(adcode, ()))
            cells.append(Cell(adcode, Status.DOUBTFUL, float(figure), remarks=known))
        else:
            status = Status.DERIVED if measure.is_derived else Status.VALUE
            cells.append(Cell(adcode, status, float(figure), remarks=remarks.get(adcode, ())))
    regions = {
        region: _group_benchmark(measure, parts, members)
        for region, members in _regions_with_members()
    }
    return Snapshot(
        measure=measure_id,
        year=year,
        scale=Scale.QUANTITY,
        cells=rank_cells(cells),
        national=_group_benchmark(measure, parts, list(provinces())),
        regions={region: mark for region, mark in regions.items() if mark},
    )


def national_value_without(
    measure_id: str, year: int, adcodes: Collection[str]
) -> Benchmark | None:
    """The national value over all provinces but some; None where nothing is left."""
    measure = published_indicators()[measure_id]
    lines = [adcode for adcode in provinces() if adcode not in adcodes]
    return _group_benchmark(measure, _quotient_parts(measure, year), lines)


def published_values(indicator: str, year: int) -> pd.Series:
    """One published figure per adcode; empty where the year has none."""
    by_year = _values_by_year()
    if indicator in TIMELESS:
        year = next(y for i, y in by_year if i == indicator)
    return by_year.get((indicator, year), pd.Series(dtype=float))


@cache
def _values_by_year() -> dict[tuple[str, int], pd.Series]:
    frame = dataset().indicators
    groups = frame.set_index("adcode").groupby(["indicator", "year"])["value"]
    return {(str(indicator), int(year)): series for (indicator, year), series in groups}


def _common_years(numerator: str, denominator: str) -> tuple[int, ...]:
    """The years that the numerator and the denominator have in common."""
    both = [
        {y for i, y in _values_by_year() if i == name} for name in (numerator, denominator) if name
    ]
    if denominator in TIMELESS:
        both = both[:1]
    return tuple(sorted(set.intersection(*both)))


def _quotient_parts(measure: Measure, year: int) -> pd.DataFrame:
    """Numerator, denominator and population of a year by adcode, where both parts exist.

    A figure without a denominator of its own is over one, so that one formula serves all.
    """
    numerator = published_values(measure.numerator, year)
    denominator = (
        published_values(measure.denominator, year)
        if measure.denominator
        else pd.Series(1.0, index=numerator.index)
    )
    population = published_values("resident_population", year)
    frame = pd.DataFrame({"numerator": numerator, "denominator": denominator})
    frame = frame.dropna()
    return frame.assign(population=population.reindex(frame.index))


def _group_benchmark(measure: Measure, parts: pd.DataFrame, members: list[str]) -> Benchmark | None:
    """The figure of a group of provinces, over those that have all it needs."""
    group = parts.loc[parts.index.intersection(members)]
    of = sum(provinces()[adcode].evaluated for adcode in members)
    if group.empty:
        return None
    if measure.summary == "ratio_of_sums":
        value = group["numerator"].sum() / group["denominator"].sum()
    elif measure.summary == "population_weighted_mean":
        value = np.average(group["numerator"], weights=group["population"])
    else:
        value = (group["numerator"] / group["denominator"]).median()
    return Benchmark(float(value) * measure.scale, measure.summary, len(group), of)


def _regions_with_members() -> list[tuple[str, list[str]]]:
    """The statistical bureau's regions (English name) with their provinces."""
    members: dict[str, list[str]] = {}
    for adcode, province in provinces().items():
        if province.evaluated:
            members.setdefault(province.region_en, []).append(adcode)
    return list(members.items())


def _doubt_remarks(measure: Measure, year: int) -> dict[str, tuple[Remark, ...]]:
    """Why a figure looks wrong, by adcode, for the series behind the measure."""
    data = dataset()
    rows = data.doubtful[
        data.doubtful["indicator"].isin(measure.series_ids) & (data.doubtful["year"] == year)
    ]
    remarks: dict[str, tuple[Remark, ...]] = {}
    for row in rows.itertuples():
        series = data.catalogue.loc[row.indicator]
        remark = Remark(
            *(
                t(
                    N_("{series}: {reason}"),
                    series=t.localized_column(series, "name"),
                    reason=t(DOUBT_REASONS[row.reason]),
                )
                for t in (translator("en"), translator("zh"))
            )
        )
        remarks[row.adcode] = (*remarks.get(row.adcode, ()), remark)
    return remarks


def _cell_remarks(measure: Measure) -> dict[str, tuple[Remark, ...]]:
    """What must be known of single provinces in the series behind the measure, by adcode."""
    rows = dataset().cell_remarks
    remarks: dict[str, tuple[Remark, ...]] = {}
    for row in rows[rows["indicator"].isin(measure.series_ids)].itertuples():
        remarks[row.adcode] = (*remarks.get(row.adcode, ()), Remark(row.remark_en, row.remark_zh))
    return remarks


def dimension_ids() -> list[str]:
    """The six dimensions in the report's order."""
    return [str(index) for index in dataset().dimensions.index if index != "comprehensive"]


def indicators_of(group: str) -> list[Measure]:
    """The indicators that we sort under a dimension, or under ``context``."""
    return [measure for measure in published_indicators().values() if measure.dimension == group]
