"""Exceptions of the atlas.

    AtlasError
    ├── InputError   the reader can correct it: says what, where and what to do
    │   ├── BusyError    too many requests wait: the reader can try again after some seconds
    │   │   └── RateLimitError   too many requests from one address, by the same rule
    │   └── StoreError   what is kept cannot be read or written now
    └── DataError    the maintainer must correct it: a file is missing or damaged

A message is an English sentence with named slots. It is also the key of its Chinese
translation, so a page shows an error with ``t(error.message, **error.slots)``.
"""

from __future__ import annotations

from typing import Any


class AtlasError(Exception):
    """Base class: a message for the reader, and the values of its slots."""

    def __init__(self, message: str, **slots: object) -> None:
        self.message = message
        self.slots = slots
        super().__init__(message.format(**slots))

    def __reduce__(self) -> tuple[Any, ...]:
        # By default an exception is built again from its text, and loses its slots.
        return type(self).__new__, (type(self), *self.args), self.__dict__


class InputError(AtlasError):
    """Input that the reader can correct: an address, a name, a file."""


class BusyError(InputError):
    """Too many requests wait; the reader can try again after ``retry_after_s`` seconds."""

    def __init__(self, message: str, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message, seconds=retry_after_s)


class RateLimitError(BusyError):
    """An address asked for too much; it can go on after ``retry_after_s`` seconds."""


class StoreError(InputError):
    """What is kept for readers cannot be read or written now."""


class DataError(AtlasError):
    """A file in ``data/`` that is missing or invalid."""
