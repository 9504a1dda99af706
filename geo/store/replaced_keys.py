"""Keys of browsers that another key took the place of.

Two new tabs of a browser make two keys, of which the browser keeps one. The session of the other
tab finds here, by its own key alone, the one that the browser has.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from geo.limits import MAX_REPLACED_KEYS, REPLACED_KEY_SECONDS
from geo.store.cipher import ForgedError, decrypt, encrypt, hash_key
from geo.store.schema import replaced_keys

CONTEXT = "replaced"


def note_replacement(connection: Connection, key: str, kept: str, now: float) -> None:
    """Note which key took the place of a key. The oldest go where there are too many."""
    name = hash_key(key)
    connection.execute(delete(replaced_keys).where(replaced_keys.c.ends < now))
    connection.execute(delete(replaced_keys).where(replaced_keys.c.name == name))
    count = select(func.count()).select_from(replaced_keys)
    excess = connection.execute(count).scalar_one() + 1 - MAX_REPLACED_KEYS
    if excess > 0:
        oldest = select(replaced_keys.c.name).order_by(replaced_keys.c.ends).limit(excess)
        connection.execute(delete(replaced_keys).where(replaced_keys.c.name.in_(oldest)))
    connection.execute(
        insert(replaced_keys).values(
            name=name,
            sealed_key=encrypt(kept.encode(), key, CONTEXT),
            ends=now + REPLACED_KEY_SECONDS,
        )
    )


def find_replacement(connection: Connection, key: str, now: float) -> str:
    """Return the key that took the place of a key; empty for none."""
    found = select(replaced_keys.c.sealed_key).where(
        replaced_keys.c.name == hash_key(key), replaced_keys.c.ends >= now
    )
    sealed = connection.execute(found).scalar_one_or_none()
    if sealed is None:
        return ""
    try:
        return decrypt(sealed, key, CONTEXT).decode()
    except ForgedError:
        return ""
