"""Addresses of the atlas's own pages and files, as people read them in a document."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode


def add_query(path: str, params: Mapping[str, object]) -> str:
    """A path with its parameters; those that say nothing are left out, commas stay commas.

    >>> add_query("/compare", {"provinces": "110000,440000", "recipe": ""})
    '/compare?provinces=110000,440000'
    """
    given = {name: value for name, value in params.items() if value not in ("", None)}
    return f"{path}?{urlencode(given, safe=',')}" if given else path
