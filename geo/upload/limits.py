"""Checks of an upload against its limits, which stand with their reasons in geo/limits.py."""

from __future__ import annotations

from geo.limits import MB, UPLOAD_LIMITS, kB
from geo.text import InputError


def limit_of(name: str) -> int:
    """Return the maximum of a limit by name."""
    return UPLOAD_LIMITS[name].value


def check_limit(name: str, count: float, message: str, **slots: object) -> None:
    """Raise InputError with the message when a count exceeds its limit.

    The message has the limit in its slot ``limit_of``, and other values in ``slots``.
    """
    limit = limit_of(name)
    if count > limit:
        raise InputError(message, most=format_limit(name), **slots)


def format_limit(name: str) -> str:
    """Return a limit as text: bytes in MB or kB, other counts with grouped thousands.

    >>> format_limit("file_bytes"), format_limit("cell_bytes"), format_limit("rows")
    ('20 MB', '10 kB', '120,000')
    """
    limit = limit_of(name)
    if name.endswith("bytes"):
        return f"{limit // MB} MB" if limit >= MB else f"{limit // kB} kB"
    return f"{limit:,}"
