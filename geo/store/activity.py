"""The last action of each sign-in, by which it ends after some time without any.

The cookie of a sign-in is signed once, so that it cannot say when it was used last. A row has the
hash of the key of a sign-in; it is kept for as long as the cookie lasts.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from geo.limits import SIGN_IN_SECONDS
from geo.store.cipher import hash_key
from geo.store.schema import activity


def note_activity(connection: Connection, key: str, now: float) -> None:
    """Note that the sign-in of a key did something now. A clock set back takes nothing away."""
    name = hash_key(key)
    seen = find_activity(connection, key)
    connection.execute(delete(activity).where(activity.c.ends < now))
    connection.execute(delete(activity).where(activity.c.name == name))
    connection.execute(
        insert(activity).values(
            name=name, seen=max(now, seen or now), ends=now + SIGN_IN_SECONDS + 1
        )
    )


def find_activity(connection: Connection, key: str) -> float | None:
    """Return when the sign-in of a key did something, in seconds since 1970; None for never."""
    found = select(activity.c.seen).where(activity.c.name == hash_key(key))
    return connection.execute(found).scalar_one_or_none()
