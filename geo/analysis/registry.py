"""The registry of all measures, and their snapshots.

Four kinds are never mixed: the ranks that the report publishes (geo.measures.report), the atlas's
open index (geo.index.open_index), indicators as intensities (geo.measures.indicators), and
uploaded measures of the session (geo.upload). ``snapshot_of`` returns a snapshot of any kind.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

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


UPLOADED_KIND: Final = "own"  # of measures and entries that only one session knows

P = ParamSpec("P")
T = TypeVar("T")


def cache_published(maxsize: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache a function of a measure or an entry, unless it is uploaded.

    What is made of a reader's table must not outlive the session. The first argument has a
    ``kind``, such as a measure, a standing or a compared row; all arguments are hashable.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        cached = cast("Callable[P, T]", lru_cache(maxsize)(function))

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            subject: Any = args[0]
            chosen = function if subject.kind == UPLOADED_KIND else cached
            return chosen(*args, **kwargs)

        return call

    return decorate


def all_measures() -> Mapping[str, Measure]:
    """Return all measures by id: the report's lists, the open index, the indicators by dimension.

    Uploaded measures of the current session come last.
    """
    measures = current_tables().all_measures
    return ChainMap(dict(measures), _published_measures()) if measures else _published_measures()


@cache
def _published_measures() -> dict[str, Measure]:
    lists = {measure.id: measure for measure in (*_report_measures(), *open_index_measures())}
    return {**lists, **published_indicators()}


def snapshot_of(measure_id: str, year: int) -> Snapshot:
    """Return the snapshot of one measure in one year, for all 34 units.

    Raises KeyError for an unknown measure or a year that the measure does not have.
    """
    measure = _published_measures().get(measure_id) or all_measures()[measure_id]
    if year not in measure.years:
        raise KeyError(f"{measure_id} has no year {year}")
    return _SOURCES[measure.kind](measure_id, year)


def _report_measures() -> list[Measure]:
    """Return a measure for each list that an edition of the report publishes."""
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
