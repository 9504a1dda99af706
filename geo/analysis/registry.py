"""The registry of all measures, and the catalogue of a session.

Four kinds are never mixed: the ranks that the report publishes (geo.measures.report), the atlas's
open index (geo.index.open_index), indicators as intensities (geo.measures.indicators), and
uploaded measures of a session (geo.upload). Each measure gives its own snapshots. What a session
brings is in its catalogue, which is passed to what needs it.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

from geo.index import open_index_measures
from geo.measures import (
    REPORT_PREFIX,
    Measure,
    Snapshot,
    editions_by_list,
    published_indicators,
    report_snapshot,
)
from geo.tables import dataset

UPLOADED_KIND: Final = "own"  # of measures and entries that only one session knows

Catalogue = Mapping[str, Measure]  # measures by id, as a page offers them
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


@cache
def published_measures() -> Mapping[str, Measure]:
    """Return all measures that the atlas publishes, by id.

    The report's lists, the open index, the indicators by dimension.
    """
    lists = {measure.id: measure for measure in (*_report_measures(), *open_index_measures())}
    return {**lists, **published_indicators()}


def build_catalogue(uploaded: Mapping[str, Measure]) -> Catalogue:
    """Return the measures of a session: the published ones, and its uploaded ones last."""
    return (
        ChainMap(dict(uploaded), dict(published_measures())) if uploaded else published_measures()
    )


def uploaded_measures(catalogue: Catalogue) -> list[Measure]:
    """Return the measures of a catalogue that only its session knows."""
    if catalogue is published_measures():
        return []
    return [measure for measure in catalogue.values() if measure.kind == UPLOADED_KIND]


def snapshot_of(measure_id: str, year: int) -> Snapshot:
    """Return the snapshot of a published measure in a year, for all 34 units.

    Raises KeyError for an unknown measure or a year that the measure does not have.
    """
    return published_measures()[measure_id].snapshot(year)


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
            source=report_snapshot,
        )
        for index, years in editions_by_list().items()
    ]
