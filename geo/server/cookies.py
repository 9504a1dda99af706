"""Names of the cookies of the atlas: with HTTPS, browsers protect them by a prefix.

A cookie whose name begins with ``__Host-`` can be set by this host alone, by HTTPS, for the whole
host; one with ``__Secure-`` by HTTPS alone. Without a prefix another host of the same domain could
give a browser a key that it knows.

Reference: RFC 6265bis, 4.1.3, "Cookie Name Prefixes".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.settings import served_path

KEY_COOKIE: Final = "atlas_key"
RETURN_COOKIE: Final = "atlas_return"
HOST_PREFIX: Final = "__Host-"
SECURE_PREFIX: Final = "__Secure-"
ROOT: Final = "/"


def cookie_name(name: str, is_secure: bool, path: str = "") -> str:
    """Return the name of a cookie as browsers have it.

    is_secure: whether it is set by HTTPS. path: of the atlas, by default that of the settings;
    below a path ``__Host-`` is not possible.

    >>> cookie_name("atlas_key", True, "/"), cookie_name("atlas_key", True, "/atlas/")
    ('__Host-atlas_key', '__Secure-atlas_key')
    >>> cookie_name("atlas_key", False, "/")
    'atlas_key'
    """
    if not is_secure:
        return name
    return (HOST_PREFIX if (path or served_path(ROOT)) == ROOT else SECURE_PREFIX) + name


def read_browser_key(cookies: Mapping[str, str]) -> str:
    """Return the key of a browser, by the cookies of a request; empty when it has none.

    A browser that got its key before the prefix has the plain name, until ``keep_route`` gives it
    another one.
    """
    return cookies.get(cookie_name(KEY_COOKIE, True)) or cookies.get(KEY_COOKIE, "")
