"""What can go wrong, in one small tree.

    AtlasError
    ├── InputError   the reader can correct it: says what, where and what to do
    │   └── BusyError    too much is waiting: ask again after some seconds
    └── DataError    we must correct it: a table or a boundary file is missing or damaged

A message is an English sentence with named slots. It is also the key of its Chinese
translation, so a page shows an error with ``t(error.message, **error.slots)``.
"""

from __future__ import annotations


class AtlasError(Exception):
    """A sentence for a reader, kept apart from what fills its slots."""

    def __init__(self, message: str, **slots: object) -> None:
        self.message = message
        self.slots = slots
        super().__init__(message.format(**slots))


class InputError(AtlasError):
    """Something that the reader gave and can correct: an address, a name, a file."""


class BusyError(InputError):
    """Too much is waiting already; the reader can ask again after some seconds."""

    def __init__(self, message: str, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message, seconds=retry_after_s)


class DataError(AtlasError):
    """Something in ``data/`` that is missing or does not hold what it should."""
