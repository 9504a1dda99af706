"""Encryption of what is kept: only who has the key of a reader can read or change it.

The standard library has no cipher, so one is made of its hash functions in the usual way: a key
stream of SHAKE-256 over a key and a number used once, and HMAC-SHA256 over the result (encrypt,
then authenticate). Each purpose has a key of its own, derived from the key of the reader.

References: FIPS 202 (SHAKE-256 as an extendable output function); RFC 2104 (HMAC); Bellare and
Namprempre (2000), Authenticated Encryption, on the order of both.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

import numpy as np

KEY_LENGTH: Final = 32  # bytes: 256 bits
NONCE_LENGTH: Final = 32
TAG_LENGTH: Final = 32


class ForgedError(ValueError):
    """The bytes were changed, or encrypted with another key."""


def create_key() -> str:
    """Return a new random key of 256 bits, as text for a cookie."""
    return secrets.token_urlsafe(KEY_LENGTH)


def hash_key(key: str) -> str:
    """Return the name under which what belongs to a key is kept; the key does not follow from it.

    A plain hash is enough: a random key of 256 bits cannot be guessed.
    """
    return _derive_key(key, b"name").hex()


def encrypt(body: bytes, key: str) -> bytes:
    """Return bytes that only the key opens: a random number used once, the text, the tag."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    text = nonce + _apply_stream(body, _derive_key(key, b"encrypt"), nonce)
    return text + _authenticate(text, key)


def decrypt(sealed: bytes, key: str) -> bytes:
    """Return what was encrypted. Raises ForgedError for another key or changed bytes.

    >>> key = create_key()
    >>> decrypt(encrypt(b"a table", key), key)
    b'a table'
    """
    text, tag = sealed[:-TAG_LENGTH], sealed[-TAG_LENGTH:]
    if len(sealed) < NONCE_LENGTH + TAG_LENGTH or not hmac.compare_digest(
        tag, _authenticate(text, key)
    ):
        raise ForgedError
    nonce, hidden = text[:NONCE_LENGTH], text[NONCE_LENGTH:]
    return _apply_stream(hidden, _derive_key(key, b"encrypt"), nonce)


def _derive_key(key: str, purpose: bytes) -> bytes:
    return hmac.digest(key.encode(), b"digital-china-atlas/" + purpose, "sha256")


def _authenticate(text: bytes, key: str) -> bytes:
    return hmac.digest(_derive_key(key, b"authenticate"), text, "sha256")


def _apply_stream(body: bytes, key: bytes, nonce: bytes) -> bytes:
    """Return the bytes combined with the key stream; twice gives the bytes again."""
    stream = hashlib.shake_256(key + nonce).digest(len(body))
    return np.bitwise_xor(np.frombuffer(body, "u1"), np.frombuffer(stream, "u1")).tobytes()
