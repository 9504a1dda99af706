"""Sessions of readers, which the server counts and the metrics read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from geo.metrics.labels import REGISTRY


@dataclass(frozen=True)
class SessionCounts:
    """active: sessions with a connection now. events: how often each has happened since the start:
    connect, reconnect and disconnect.
    """

    active: int = 0
    events: Mapping[str, int] = field(default_factory=dict)


@dataclass(eq=False)  # a registry tells collectors apart by their identity
class SessionCollector(Collector):
    """A collector of what a function counts. read: called for each scrape, in a thread of it."""

    read: Callable[[], SessionCounts] = SessionCounts

    def collect(self) -> Iterable[Metric]:
        """Yield the metrics of the sessions."""
        counts = self.read()
        yield GaugeMetricFamily("atlas_sessions", "Sessions with a connection.", counts.active)
        events = CounterMetricFamily(
            "atlas_session_events", "Connections of sessions that began or ended.", labels=["event"]
        )
        for event, count in counts.events.items():
            events.add_metric([event], count)
        yield events


_SESSIONS: Final = SessionCollector()
REGISTRY.register(_SESSIONS)


def watch_sessions(read: Callable[[], SessionCounts]) -> None:
    """Let the metrics read the sessions from a function."""
    _SESSIONS.read = read
