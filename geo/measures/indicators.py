"""The indicators: official statistics as intensities, and their snapshots.

They are one of the kinds of measure that a map can show; geo.analysis.registry covers all kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from geo.limits import SNAPSHOT_CACHE_SIZE
from geo.measures.cells import Benchmark, Cell, Remark, Scale, Snapshot, Status, rank_cells
from geo.tables import DOUBT_REASONS, dataset
from geo.text import N_, translator
from geo.units import provinces

CONTEXT: Final = "context"
TOTAL: Final = "total"  # the summary of a count or a sum
# Land area does not change from year to year and is published once.
TIMELESS: Final = frozenset({"land_area"})


@dataclass(frozen=True)
class Measure:
    """Whatever a map can show, with its names, its unit and its years.

    dimension is one of the report's six, ``comprehensive`` or ``context`` (``own`` for uploaded
    measures); kind says where the values come from. For indicators, numerator and denominator are
    keys of the catalogue (denominator empty: the value is shown as published). higher_is_better
    says which end has rank 1. is_difference: whether its values are written with their sign.
    is_total: whether its values are counts or sums, which no map shows by colours of provinces and
    which have no national value.
    source: gives the snapshot for an id and a year.
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
    is_difference: bool = False
    is_total: bool = False
    source: Callable[[str, int], Snapshot] | None = field(default=None, repr=False, compare=False)

    @property
    def is_derived(self) -> bool:
        """Whether the atlas calculates the value from two published ones."""
        return bool(self.denominator)

    @property
    def series_ids(self) -> tuple[str, ...]:
        """The published series that the measure uses."""
        return tuple(name for name in (self.numerator, self.denominator) if name)

    def snapshot(self, year: int) -> Snapshot:
        """Return the cells of all 34 units in a year. Raises KeyError for a year it lacks."""
        if year not in self.years or self.source is None:
            raise KeyError(f"{self.id} has no year {year}")
        return self.source(self.id, year)

    def nearest_year(self, year: int) -> int:
        """Return the year of this measure nearest to the given one; of two, the later."""
        return min(self.years, key=lambda candidate: (abs(candidate - year), -candidate))


@cache
def published_indicators() -> Mapping[str, Measure]:
    """Return the indicators by id, in the order of the table: by dimension, then context."""
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
            is_total=row.summary == TOTAL,
            caveat=Remark(row.caveat_en, row.caveat_zh),
            years=_common_years(row.numerator, row.denominator),
            source=indicator_snapshot,
        )
    return measures


@lru_cache(maxsize=SNAPSHOT_CACHE_SIZE)
def indicator_snapshot(measure_id: str, year: int) -> Snapshot:
    """Return the snapshot of an indicator in one of its years, for all 34 units."""
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
        is_total=measure.is_total,
    )


def national_value_without(
    measure_id: str, year: int, adcodes: Collection[str]
) -> Benchmark | None:
    """Return the national value without some provinces; None when no province is left."""
    measure = published_indicators()[measure_id]
    lines = [adcode for adcode in provinces() if adcode not in adcodes]
    return _group_benchmark(measure, _quotient_parts(measure, year), lines)


def published_values(indicator: str, year: int) -> pd.Series:
    """Return the published values of a series by adcode; empty when the year has none."""
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
    """Return the years that the numerator and the denominator share."""
    both = [
        {y for i, y in _values_by_year() if i == name} for name in (numerator, denominator) if name
    ]
    if denominator in TIMELESS:
        both = both[:1]
    return tuple(sorted(set.intersection(*both)))


def _quotient_parts(measure: Measure, year: int) -> pd.DataFrame:
    """Return numerator, denominator and population by adcode, where both parts exist.

    The denominator of a series shown as published is one, so that one formula serves all.
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
    """Return the value of a group over its provinces with all parts; None for none or a total."""
    if measure.is_total:
        return None
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
    """Return the regions of the statistical bureau (English name) with their provinces."""
    members: dict[str, list[str]] = {}
    for adcode, province in provinces().items():
        if province.evaluated:
            members.setdefault(province.region_en, []).append(adcode)
    return list(members.items())


def _doubt_remarks(measure: Measure, year: int) -> dict[str, tuple[Remark, ...]]:
    """Return why a value is doubtful, by adcode, for the series of the measure."""
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
                    series=t.localized(series, "name"),
                    reason=t(DOUBT_REASONS[row.reason]),
                )
                for t in (translator("en"), translator("zh"))
            )
        )
        remarks[row.adcode] = (*remarks.get(row.adcode, ()), remark)
    return remarks


def _cell_remarks(measure: Measure) -> dict[str, tuple[Remark, ...]]:
    """Return the remarks on single provinces in the series of the measure, by adcode."""
    rows = dataset().cell_remarks
    remarks: dict[str, tuple[Remark, ...]] = {}
    for row in rows[rows["indicator"].isin(measure.series_ids)].itertuples():
        remarks[row.adcode] = (*remarks.get(row.adcode, ()), Remark(row.remark_en, row.remark_zh))
    return remarks


def dimension_ids() -> list[str]:
    """Return the ids of the six dimensions in the order of the report."""
    return [str(index) for index in dataset().dimensions.index if index != "comprehensive"]


def indicators_of(group: str) -> list[Measure]:
    """Return the indicators that the atlas assigns to a dimension, or to ``context``."""
    return [measure for measure in published_indicators().values() if measure.dimension == group]
