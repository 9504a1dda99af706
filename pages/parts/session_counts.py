"""The sessions of the server, as Streamlit counts them."""

from __future__ import annotations

from typing import Final

from streamlit import runtime
from streamlit.runtime.stats import CounterStat, GaugeStat

from geo.metrics import SessionCounts

ACTIVE: Final = "active_sessions"
EVENTS: Final = "session_events"


def session_counts() -> SessionCounts:
    """Return how many sessions have a connection, and how many connected since the start."""
    if not runtime.exists():
        return SessionCounts()
    # Of these two families only: others are per person, or take a second to measure.
    families = runtime.get_instance().stats_mgr.get_stats([ACTIVE, EVENTS])
    active = [stat.value for stat in families[ACTIVE] if isinstance(stat, GaugeStat)]
    events = {
        stat.labels["type"]: stat.value
        for stat in families[EVENTS]
        if isinstance(stat, CounterStat) and stat.labels
    }
    return SessionCounts(sum(active), events)
