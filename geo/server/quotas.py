"""What an address may ask for: how much is rendered anew, and how often it asks in vain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from time import time
from typing import Final

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import HTTPConnection

from geo.limits import (
    ADDRESS_FILE_SECONDS,
    ADDRESS_PICTURE_SECONDS,
    MAX_ADDRESS_DOWNLOADS,
    MAX_ADDRESS_GUESSES,
    MAX_ADDRESS_PAGE_FILES,
    MAX_ADDRESS_PICTURES,
)
from geo.server.addresses import Network, find_reader_address
from geo.text import N_, RateLimitError

Permit = Callable[[], None]
TOO_MUCH: Final = N_(
    "Too many new pictures or files were asked for from this network address. Try again in"
    " {seconds} seconds."
)


@dataclass(frozen=True)
class Quota:
    """How many files are rendered for an address, or asked for in vain, in how many seconds."""

    name: str
    amount: int
    seconds: int


PICTURES: Final = Quota("pictures", MAX_ADDRESS_PICTURES, ADDRESS_PICTURE_SECONDS)
DOWNLOADS: Final = Quota("downloads", MAX_ADDRESS_DOWNLOADS, ADDRESS_FILE_SECONDS)
PAGE_FILES: Final = Quota("page_files", MAX_ADDRESS_PAGE_FILES, ADDRESS_FILE_SECONDS)
GUESSES: Final = Quota("guesses", MAX_ADDRESS_GUESSES, ADDRESS_FILE_SECONDS)


class AddressQuotas:
    """What each address used up, in the memory of this process.

    trusted: networks from ``parse_trusted_proxies``. A window slides: what was rendered in the
    window before counts by the part of it that still overlaps. The library drops an address after
    two windows.
    """

    def __init__(self, trusted: Sequence[Network]) -> None:
        self._trusted = trusted
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def build_permit(self, connection: HTTPConnection, quota: Quota) -> Permit | None:
        """Return a function that raises RateLimitError for an address that used up a quota.

        None where no reader's address is known: a program on the machine of the server asks, or
        a proxy that does not say for whom; all its readers would share one quota.
        """
        address = find_reader_address(connection, self._trusted)
        if address is None:
            return None
        item = RateLimitItemPerSecond(quota.amount, quota.seconds, quota.name)

        def permit() -> None:
            if not self._limiter.hit(item, address):
                reset = self._limiter.get_window_stats(item, address).reset_time
                raise RateLimitError(TOO_MUCH, min(max(ceil(reset - time()), 1), quota.seconds))

        return permit

    def count(self, connection: HTTPConnection, quota: Quota) -> None:
        """Count something for an address at once. Raises RateLimitError as a permit does."""
        if permit := self.build_permit(connection, quota):
            permit()
