"""The rankings that the report publishes, as snapshots.

The report prints the names of leading provinces and no scores. The list of an edition is of one
of four kinds (geo.measures.cells.Scale): ten ranks of 31; a few ranks of 31; ranks among the
comprehensive ten, which say nothing about the other 21; or ten names without an order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import pandas as pd

from geo.measures.cells import Cell, Remark, Scale, Snapshot, Status
from geo.tables import dataset
from geo.text import DataError
from geo.units import provinces

REPORT_PREFIX: Final = "report_"
EVALUATED_COUNT: Final = 31
COMPREHENSIVE: Final = "comprehensive"
REPORT_EDITION: Final = 2017  # of the report that the atlas implements
LIST_LENGTH: Final = 10
# From this edition on the name of the report has no "construction" (data/report_rankings.csv).
FIRST_DEVELOPMENT_REPORT: Final = 2020


def is_development_report(edition: int) -> bool:
    """Return whether an edition is called Digital China Development Report (数字中国发展报告).

    >>> is_development_report(2018)
    False
    """
    return edition >= FIRST_DEVELOPMENT_REPORT


@dataclass(frozen=True, eq=False)
class PublishedRanks:
    """The ten of a published list by rank, to be marked on the map of another measure.

    index: what the list ranks, ``comprehensive`` or a dimension. edition: its year. ranks: 1 to
    10 by adcode, in the order of the list.
    """

    index: str
    edition: int
    ranks: Mapping[str, int]


@cache
def published_ranks(index: str, year: int) -> PublishedRanks:
    """Return the ten ranks of the list that fits a dimension and a year best.

    The list of the dimension itself if its ten ranks are published, else the comprehensive one;
    the edition of the year if it has ten ranks, else that of the report, 2017. index: a dimension,
    ``comprehensive``, or what has no list.
    """
    for name in (index, COMPREHENSIVE):
        editions = [e for e in editions_by_list().get(name, ()) if e in (year, REPORT_EDITION)]
        for edition in sorted(editions, key=lambda entry: entry != year):
            snapshot = report_snapshot(REPORT_PREFIX + name, edition)
            if snapshot.scale is Scale.TOP_TEN:
                listed = (cell for cell in snapshot.cells.values() if cell.rank is not None)
                by_rank = sorted(listed, key=lambda cell: cell.rank or 0)
                return PublishedRanks(name, edition, {c.adcode: c.rank or 0 for c in by_rank})
    raise DataError("the report's comprehensive list of 2017 has no ten ranks")


@cache
def editions_by_list() -> dict[str, tuple[int, ...]]:
    """Return the editions with a published list, for the comprehensive index and each dimension.

    In the order of dimensions.csv, each with its editions ascending.
    """
    lists = dataset().rankings.groupby("index")["edition"]
    years = {str(index): tuple(sorted(set(result))) for index, result in lists}
    return {str(index): years[str(index)] for index in dataset().dimensions.index}


@cache
def list_source(index: str, edition: int) -> Remark:
    """Return the source of the list of an edition, in both languages."""
    row = _edition_rows(index, edition).iloc[0]
    return Remark(row["source_en"], row["source_zh"])


@cache
def report_snapshot(measure_id: str, edition: int) -> Snapshot:
    """Return the list of an edition as a snapshot of the 34 units."""
    rows = _edition_rows(measure_id.removeprefix(REPORT_PREFIX), edition)
    scale = _edition_scale(rows)
    listed = {row.adcode: row for row in rows.itertuples()}
    # Where ten are published, the others are outside the list. Where fewer are known, nothing is
    # known about the others.
    rest = Status.OUTSIDE if scale in (Scale.TOP_TEN, Scale.NAMED) else Status.NOT_PUBLISHED
    # Other provinces that a rank may mean: the remark belongs to both, as neither is certain.
    namesakes = {row.or_adcode: row for row in rows.itertuples() if row.or_adcode}
    cells = {}
    for adcode, province in provinces().items():
        if not province.evaluated:
            cells[adcode] = Cell(adcode, Status.NOT_EVALUATED)
        elif adcode not in listed:
            cells[adcode] = Cell(adcode, rest)
            if adcode in namesakes:
                row = namesakes[adcode]
                cells[adcode] = replace(
                    cells[adcode], may_mean=row.adcode, remarks=(Remark(row.note_en, row.note_zh),)
                )
        else:
            row = listed[adcode]
            remarks = (Remark(row.note_en, row.note_zh),) if row.note_en else ()
            cell = _published_cell(adcode, scale, row.rank, remarks)
            cells[adcode] = replace(cell, may_mean=row.or_adcode or "")
    return Snapshot(measure_id, edition, scale, cells)


def _published_cell(adcode: str, scale: Scale, rank: float, remarks: tuple[Remark, ...]) -> Cell:
    if scale is Scale.NAMED:
        return Cell(adcode, Status.NAMED, remarks=remarks)
    if scale is Scale.AMONG_TEN:
        status, of = Status.RANK_AMONG_TEN, LIST_LENGTH
    else:
        status, of = Status.RANK, EVALUATED_COUNT
    return Cell(adcode, status, rank=int(rank), of=of, remarks=remarks)


def _edition_rows(index: str, edition: int) -> pd.DataFrame:
    frame = dataset().rankings
    return frame[(frame["index"] == index) & (frame["edition"] == edition)]


def _edition_scale(rows: pd.DataFrame) -> Scale:
    if (rows["order"] == "named").all():
        return Scale.NAMED
    if (rows["among"] == "comprehensive_ten").all():
        return Scale.AMONG_TEN
    if set(rows["rank"]) == set(range(1, LIST_LENGTH + 1)):
        return Scale.TOP_TEN
    return Scale.PARTIAL
