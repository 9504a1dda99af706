"""Tickets: a page of Streamlit cannot set a cookie, so the browser exchanges a ticket for it.

A page shows an image with the ticket in its address; the answer sets the cookie. A ticket is
random, works once and for some minutes, at whichever process the browser asks.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from geo.limits import MAX_TICKETS, TICKET_SECONDS
from geo.store.cipher import ForgedError, create_key, decrypt, encrypt, hash_key
from geo.store.schema import tickets


def issue_ticket(connection: Connection, key: str, now: float) -> str:
    """Add a ticket for a key; return it. The oldest go where there are too many."""
    ticket = create_key()
    connection.execute(delete(tickets).where(tickets.c.ends < now))
    excess = connection.execute(select(func.count()).select_from(tickets)).scalar_one() + 1
    if excess > MAX_TICKETS:
        oldest = select(tickets.c.name).order_by(tickets.c.ends).limit(excess - MAX_TICKETS)
        connection.execute(delete(tickets).where(tickets.c.name.in_(oldest)))
    connection.execute(
        insert(tickets).values(
            name=hash_key(ticket),
            sealed_key=encrypt(key.encode(), ticket, "ticket"),
            ends=now + TICKET_SECONDS,
        )
    )
    return ticket


def is_issued(connection: Connection, ticket: str) -> bool:
    """Whether there is a ticket that was not exchanged yet."""
    found = select(tickets.c.name).where(tickets.c.name == hash_key(ticket))
    return connection.execute(found).first() is not None


def redeem_ticket(connection: Connection, ticket: str, now: float) -> str:
    """Remove a ticket; return its key, empty when it is unknown, exchanged or too old."""
    row = connection.execute(
        delete(tickets)
        .where(tickets.c.name == hash_key(ticket))
        .returning(tickets.c.sealed_key, tickets.c.ends)
    ).first()
    if row is None or row.ends < now:
        return ""
    try:
        return decrypt(row.sealed_key, ticket, "ticket").decode()
    except ForgedError:
        return ""
