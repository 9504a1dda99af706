"""The marker of a message, below all packages so that every table of texts can use it."""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark a message for extraction by gettext; return it unchanged."""
    return message
