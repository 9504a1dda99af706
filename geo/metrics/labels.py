"""The registry of the metrics, and labels whose values are few and never a reader's text.

Names follow the rules of Prometheus: base units, ``_total`` for what is counted.
Reference: https://prometheus.io/docs/practices/naming/
"""

from __future__ import annotations

import re
from typing import Any, Final, Generic, TypeVar

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.metrics import MetricWrapperBase

from geo.limits import MAX_LABEL_SETS

OTHER: Final = "other"
LABEL_VALUE: Final = re.compile(r"[a-z0-9_.-]{0,24}")
Metric = TypeVar("Metric", bound=MetricWrapperBase)

# The time at which each series began would double what is sent.
disable_created_metrics()  # type: ignore[no-untyped-call]  # of prometheus_client

REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)


class Labelled(Generic[Metric]):
    """A metric with labels; the series of each set of values is looked up once.

    metric: a class of ``prometheus_client``. options: further arguments of it, such as buckets.
    """

    def __init__(
        self,
        metric: type[Metric],
        name: str,
        help: str,  # noqa: A002  (the name that Prometheus has for it)
        labels: tuple[str, ...],
        **options: Any,
    ) -> None:
        self._metric = metric(name, help, labels, registry=REGISTRY, **options)
        self._series: dict[tuple[str, ...], Metric] = {}

    def series(self, *values: str) -> Metric:
        """Return the series of values, one for each label.

        Values must come from a list of the atlas. As a second barrier, a set with a value that is
        not a short name in small letters, or beyond MAX_LABEL_SETS, is counted as ``other``.

        >>> from prometheus_client import Counter
        >>> counter = Labelled(Counter, "doctest_visits", "Visits.", ("page",))
        >>> counter.series("Li Lei, 13 May") is counter.series("other")
        True
        """
        known = self._series.get(values)
        if known is not None:
            return known
        if len(self._series) >= MAX_LABEL_SETS or not all(map(LABEL_VALUE.fullmatch, values)):
            values = (OTHER,) * len(values)
        return self._series.setdefault(values, self._metric.labels(*values))
