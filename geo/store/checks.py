"""What a name, a label and a body of a workspace may be."""

from __future__ import annotations

from geo.limits import (
    MAX_OPENED_BYTES,
    MAX_STORED_BYTES,
    MAX_VERSION_LABEL_LENGTH,
    MAX_WORKSPACE_NAME_LENGTH,
    MB,
)
from geo.store.errors import INVALID_LABEL, INVALID_NAME, TOO_MUCH, QuotaError
from geo.text import InputError


def checked_name(name: str) -> str:
    """Return a name with single blanks. Raises InputError for an empty or a long one."""
    name = " ".join(name.split())
    if not 0 < len(name) <= MAX_WORKSPACE_NAME_LENGTH:
        raise InputError(INVALID_NAME, most=MAX_WORKSPACE_NAME_LENGTH)
    return name


def checked_label(label: str) -> str:
    """Return a label with single blanks. Raises InputError for a long one."""
    label = " ".join(label.split())
    if len(label) > MAX_VERSION_LABEL_LENGTH:
        raise InputError(INVALID_LABEL, most=MAX_VERSION_LABEL_LENGTH)
    return label


def checked_body(body: bytes) -> bytes:
    """Return the bytes of a workspace file. Raises QuotaError if there are too many."""
    if len(body) > MAX_OPENED_BYTES:
        raise QuotaError(TOO_MUCH, most=MAX_OPENED_BYTES // MB)
    return body


def check_packed(size: int) -> None:
    """Raise QuotaError if the compressed bytes of a version are too many."""
    if size > MAX_STORED_BYTES:
        raise QuotaError(TOO_MUCH, most=MAX_STORED_BYTES // MB)
