"""Sign-outs: what ends a sign-in before its cookie does, in all tabs and processes.

The cookie of a sign-in is signed and not stored, so that deleting it in one tab does not end what
another tab began with it. A row names, by a hash, one sign-in or a person, and the time up to which
sign-ins are ended. It is kept for as long as a cookie lasts.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from geo.limits import SIGN_IN_SECONDS
from geo.store.cipher import hash_key
from geo.store.schema import sign_outs


def end_sign_ins(connection: Connection, key: str, now: float) -> None:
    """End the sign-ins of a key (of a sign-in or a person) that began until now."""
    name = hash_key(key)
    connection.execute(delete(sign_outs).where(sign_outs.c.ends < now))
    connection.execute(delete(sign_outs).where(sign_outs.c.name == name))
    connection.execute(
        insert(sign_outs).values(name=name, until=now, ends=now + SIGN_IN_SECONDS + 1)
    )


def is_sign_in_ended(connection: Connection, keys: Sequence[str], began: float) -> bool:
    """Whether a sign-in that began at a time was ended by one of its keys."""
    names = [hash_key(key) for key in keys]
    found = select(sign_outs.c.name).where(sign_outs.c.name.in_(names), sign_outs.c.until >= began)
    return connection.execute(found.limit(1)).first() is not None
