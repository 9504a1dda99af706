"""Encryption of what is kept: only who has the key of a reader can read or change it.

AES-256 in GCM, which authenticates what it encrypts, with a key that HKDF derives from the key of
the reader. The name under which data are kept is derived in the same way, for another purpose.

References: NIST SP 800-38D (GCM); RFC 5869 (HKDF).
"""

from __future__ import annotations

import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH: Final = 32  # bytes: 256 bits
NONCE_LENGTH: Final = 12  # bytes, as GCM takes them


class ForgedError(ValueError):
    """The bytes were changed, or encrypted with another key."""


def create_key() -> str:
    """Return a new random key of 256 bits, as text for a cookie."""
    return secrets.token_urlsafe(KEY_LENGTH)


def hash_key(key: str) -> str:
    """Return the name under which what belongs to a key is kept; the key does not follow from it.

    No slow hash is needed: a random key of 256 bits cannot be guessed.
    """
    return _derive_key(key, b"name").hex()


def encrypt(body: bytes, key: str) -> bytes:
    """Return bytes that only the key opens: a random number used once, then text and tag."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return nonce + AESGCM(_derive_key(key, b"encrypt")).encrypt(nonce, body, None)


def decrypt(sealed: bytes, key: str) -> bytes:
    """Return what was encrypted. Raises ForgedError for another key or changed bytes.

    >>> key = create_key()
    >>> decrypt(encrypt(b"a table", key), key)
    b'a table'
    """
    nonce, text = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
    try:
        return AESGCM(_derive_key(key, b"encrypt")).decrypt(nonce, text, None)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise ForgedError from error


def _derive_key(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_LENGTH, None, b"digital-china-atlas/" + purpose).derive(key.encode())
