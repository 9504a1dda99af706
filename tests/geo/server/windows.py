"""Wait for a window in which requests are counted, so that a test does not see two of them."""

from __future__ import annotations

import time


def begin_window(seconds: float, room: float = 2) -> None:
    """Wait for the next window if the present one ends within some seconds."""
    rest = seconds - time.time() % seconds
    if rest < room:
        time.sleep(rest)
