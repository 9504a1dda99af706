"""What the log of security events has, read back."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager

from geo.access import open_security_log
from geo.access.events import LOG


class EventLog:
    """The events that were written while ``logged_events`` lasts."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def events(self) -> list[dict[str, str]]:
        """The events without their times."""
        found = [json.loads(line) for line in self.text.splitlines()]
        return [{name: value for name, value in each.items() if name != "ts"} for each in found]


@contextmanager
def logged_events() -> Iterator[EventLog]:
    """Write the log of security events into memory."""
    before = (LOG.handlers[:], LOG.level, LOG.propagate)
    log = EventLog()
    open_security_log(log.stream)
    try:
        yield log
    finally:
        LOG.handlers[:], LOG.level, LOG.propagate = before
