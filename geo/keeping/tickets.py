"""Tickets: a page of Streamlit cannot set a cookie, so the browser exchanges a ticket for it.

A page shows an image with the ticket in its address; the answer sets the cookie. A ticket is
random, works once and for some minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Final

from geo.limits import MAX_TICKETS, TICKET_SECONDS

TICKET_LENGTH: Final = 32


@dataclass
class TicketBook:
    """The tickets that were issued and not exchanged. now: seconds of a clock."""

    now: Callable[[], float] = monotonic
    _keys: dict[str, tuple[str, float]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def issue(self, key: str) -> str:
        """Return a new ticket for a key; the oldest ticket is dropped where there are too many."""
        ticket = secrets.token_urlsafe(TICKET_LENGTH)
        with self._lock:
            while len(self._keys) >= MAX_TICKETS:
                del self._keys[next(iter(self._keys))]
            self._keys[ticket] = (key, self.now() + TICKET_SECONDS)
        return ticket

    def redeem(self, ticket: str) -> str:
        """Return the key of a ticket, once; empty when it is unknown, exchanged or too old."""
        with self._lock:
            key, end = self._keys.pop(ticket, ("", 0.0))
        return key if self.now() <= end else ""


TICKETS: Final = TicketBook()
