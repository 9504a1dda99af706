"""The measures: what a map may show, and its cells for a year.

Four kinds are never mixed: the report's published ranks (geo.measures.report), the open index,
which is ours (geo.index.open_index), indicators as intensities (geo.measures.indicators), and what
the reader of a session has brought (geo.upload). ``snapshot_of`` answers for all.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from geo.index import open_index_measures, open_index_snapshot
from geo.measures import (
    REPORT_PREFIX,
    Measure,
    Snapshot,
    editions_by_list,
    indicator_snapshot,
    published_indicators,
    report_snapshot,
)
from geo.tables import dataset
from geo.upload import current_tables, uploaded_snapshot

_SOURCES: Final[Mapping[str, Callable[[str, int], Snapshot]]] = {
    "report": report_snapshot,
    "index": open_index_snapshot,
    "indicator": indicator_snapshot,
    "own": uploaded_snapshot,
}


def all_measures() -> Mapping[str, Measure]:
    """All measures by id: the report's lists, the open index, the indicators by dimension.

    Then those of the reader's own, if the session that is being served has any.
    """
    measures = current_tables().all_measures
    return ChainMap(dict(measures), _published_measures()) if measures else _published_measures()


@cache
def _published_measures() -> dict[str, Measure]:
    lists = {measure.id: measure for measure in (*_report_measures(), *open_index_measures())}
    return {**lists, **published_indicators()}


def snapshot_of(measure_id: str, year: int) -> Snapshot:
    """The cells of one measure in one year, for all 34 units.

    Raises KeyError for an unknown measure or a year that the measure does not have.
    """
    measure = all_measures()[measure_id]
    if year not in measure.years:
        raise KeyError(f"{measure_id} has no year {year}")
    return _SOURCES[measure.kind](measure_id, year)


def _report_measures() -> list[Measure]:
    """A measure for each list that some edition of the report has published."""
    names = dataset().dimensions
    return [
        Measure(
            id=REPORT_PREFIX + index,
            kind="report",
            dimension=index,
            name_en=names.loc[index, "name_en"],
            name_zh=names.loc[index, "name_zh"],
            years=years,
        )
        for index, years in editions_by_list().items()
    ]
