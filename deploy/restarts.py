"""Pauses before a process starts again: longer each time that it ends soon after its start.

Circus starts a process again at once. Its plugin for that (flapping) starts it once more before it
waits, and waits as long each time; so its hook before a start decides here.
Reference: Circus, "Hooks".
"""

from __future__ import annotations

import logging
import math
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from circus.exc import ConflictError
from tornado.ioloop import IOLoop

from geo.limits import MAX_RESTART_PAUSE_SECONDS, MIN_RESTART_PAUSE_SECONDS, STEADY_SECONDS

HOOK: Final = "deploy.restarts.permit_start"
LOG: Final = logging.getLogger(__name__)


@dataclass
class Starts:
    """The starts of one process. Times are seconds of a clock that is never set.

    last: when it started last. failures: how often in a row it ended soon after a start.
    resume_at: when it may start again, while it has to wait.
    """

    last: float = -math.inf
    failures: int = 0
    resume_at: float | None = None

    def find_pause(self, now: float) -> float:
        """Return the seconds to wait before a start, and note the start when it is 0.

        >>> starts = Starts()
        >>> starts.find_pause(0.0), starts.find_pause(1.0), starts.find_pause(3.0)
        (0.0, 2.0, 0.0)
        """
        if self.resume_at is None and now - self.last < STEADY_SECONDS:
            pause = MIN_RESTART_PAUSE_SECONDS * 2.0**self.failures
            self.resume_at = now + min(pause, MAX_RESTART_PAUSE_SECONDS)
            self.failures += 1
        elif self.resume_at is None:
            self.failures = 0
        if self.resume_at is not None and now < self.resume_at:
            return self.resume_at - now
        self.resume_at = None
        self.last = now
        return 0.0


_starts: Final[defaultdict[str, Starts]] = defaultdict(Starts)


def permit_start(watcher: Any, **_: object) -> bool:
    """Return whether a process may start now; if not, start it when its pause is over.

    Circus calls it before each start. watcher: what Circus keeps of the process; it is stopped
    after the answer False.
    """
    starts = _starts[watcher.name]
    pause = starts.find_pause(time.monotonic())
    if not pause:
        return True
    LOG.warning(
        "%s ended within %d seconds of its start, %d times in a row: it starts again in %d seconds",
        watcher.name,
        STEADY_SECONDS,
        starts.failures,
        math.ceil(pause),
    )
    IOLoop.current().call_later(pause, start_again, watcher)
    return False


def start_again(watcher: Any) -> None:
    """Start a process whose pause is over, as soon as Circus does nothing else."""
    if not watcher.is_stopped():
        return
    try:
        watcher.start()
    except ConflictError:  # Circus does one thing at a time
        IOLoop.current().call_later(MIN_RESTART_PAUSE_SECONDS, start_again, watcher)
