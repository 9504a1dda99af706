"""Encryption of what is stored: only who has the key can read or change it.

AES-256 in GCM, which authenticates what it encrypts, with a key that HKDF derives from the key of
the holder. The name under which data are stored is derived in the same way, for another purpose.

References: NIST SP 800-38D (GCM); RFC 5869 (HKDF); RFC 2104 (HMAC).
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_LENGTH: Final = 32  # bytes: 256 bits
KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits in base64
NONCE_LENGTH: Final = 12  # bytes, as GCM takes them


class ForgedError(ValueError):
    """The bytes were changed, or encrypted with another key."""


def create_key() -> str:
    """Return a new random key of 256 bits, as text for a cookie."""
    return secrets.token_urlsafe(KEY_LENGTH)


def is_key(text: str) -> bool:
    """Whether a text has the form of a key; whoever sent it may have chosen it.

    >>> is_key(create_key()), is_key("guess")
    (True, False)
    """
    return KEY.fullmatch(text) is not None


def hash_key(key: str) -> str:
    """Return the name under which what belongs to a key is stored, as 64 hexadecimal digits.

    The key does not follow from it. No slow hash is needed: a random key of 256 bits cannot be
    guessed.
    """
    return _derive_key(key, b"name").hex()


def hash_content(body: bytes, key: str) -> str:
    """Return a name of bytes, as 64 hexadecimal digits: the same for the same bytes and key.

    Without the key nobody can test whether guessed bytes are stored.
    """
    return hmac.new(_derive_key(key, b"content"), body, sha256).hexdigest()


def names_match(first: str, second: str) -> bool:
    """Compare two names in a time that does not depend on where they differ."""
    return hmac.compare_digest(first.encode(), second.encode())


def derive_person_key(issuer: str, subject: str, server_secret: str) -> str:
    """Return the key of a person who signed in; only who has the secret of the server can.

    issuer, subject: the claims ``iss`` and ``sub`` of an ID token, which name a person together.
    """
    person = json.dumps([issuer, subject]).encode()
    return _derive_key(server_secret, b"person/" + person).hex()


def encrypt(body: bytes, key: str, context: str = "") -> bytes:
    """Return bytes that only the key opens: a random number used once, then text and tag.

    context: what the bytes belong to. They do not open in another context, so that whoever writes
    into the store cannot exchange them.
    """
    nonce = secrets.token_bytes(NONCE_LENGTH)
    cipher = AESGCM(_derive_key(key, b"encrypt"))
    return nonce + cipher.encrypt(nonce, body, context.encode() or None)


def decrypt(sealed: bytes, key: str, context: str = "") -> bytes:
    """Return what was encrypted. Raises ForgedError for another key or context, or changed bytes.

    >>> key = create_key()
    >>> decrypt(encrypt(b"a table", key), key)
    b'a table'
    """
    nonce, text = sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:]
    cipher = AESGCM(_derive_key(key, b"encrypt"))
    try:
        return cipher.decrypt(nonce, text, context.encode() or None)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
        raise ForgedError from error


def _derive_key(key: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_LENGTH, None, b"digital-china-atlas/" + purpose).derive(key.encode())
