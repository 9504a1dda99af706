"""What a reader's browser keeps on the server: encrypted, by a key that only the browser has."""

from geo.keeping.store import UNAVAILABLE, KeptBytes, KeptStore
from geo.keeping.tickets import TICKETS, TicketBook
from geo.store import KEY_LENGTH, create_key

__all__ = [
    "KEY_LENGTH",
    "TICKETS",
    "UNAVAILABLE",
    "KeptBytes",
    "KeptStore",
    "TicketBook",
    "create_key",
]
