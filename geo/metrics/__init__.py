"""Metrics of a process for Prometheus: what it did, how often and how long, and never for whom."""

from geo.metrics.labels import REGISTRY
from geo.metrics.observations import (
    RERUN_SCOPES,
    RenderMetrics,
    describe_build,
    observe_check,
    observe_upload,
    time_rerun,
    time_store,
)
from geo.metrics.publishing import metrics_place, open_metrics_port
from geo.metrics.sessions import SessionCounts, watch_sessions

__all__ = [
    "REGISTRY",
    "RERUN_SCOPES",
    "RenderMetrics",
    "SessionCounts",
    "describe_build",
    "metrics_place",
    "observe_check",
    "observe_upload",
    "open_metrics_port",
    "time_rerun",
    "time_store",
    "watch_sessions",
]
