"""The cookie of a sign-in: Streamlit signs it (``itsdangerous``), and so it is read here.

The cookie holds the claims of the ID token, which Authlib has verified. A large one is cut into
several, each signed by its own name. A test compares this with what Streamlit writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from itsdangerous import BadData, URLSafeTimedSerializer

from geo.access.provider import Provider
from geo.limits import SIGN_IN_SECONDS

USER_COOKIE: Final = "_streamlit_user"
TOKENS_COOKIE: Final = "_streamlit_user_tokens"
CHUNKS: Final = re.compile(r"chunks-(\d{1,2})")


@dataclass(frozen=True)
class SignIn:
    """A sign-in as its cookie proves it.

    claims: of the ID token. began: seconds since 1970, when the cookie was signed. key: names this
    sign-in and no other of the same person.
    """

    claims: Mapping[str, object] = field(repr=False)
    began: float
    key: str = field(repr=False)


@dataclass(frozen=True)
class Person:
    """A person who is signed in; issuer and subject name the person together."""

    issuer: str
    subject: str
    name: str

    @property
    def key(self) -> str:
        """What names all sign-ins of the person."""
        return json.dumps(["person", self.issuer, self.subject])


def read_sign_in(cookies: Mapping[str, str], provider: Provider) -> SignIn | None:
    """Return the sign-in of a browser; None without one that is valid here and now.

    cookies: of a request. A cookie that was changed, that is older than SIGN_IN_SECONDS, or that
    was made for another origin is none.
    """
    read = _read_whole(cookies, provider.cookie_secret)
    if read is None:
        return None
    text, began = read
    try:
        claims = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True:
        return None
    named = all(isinstance(claims.get(name), str) and claims[name] for name in ("iss", "sub"))
    if not named or claims.get("origin") != provider.origin:
        return None
    return SignIn(claims, began, sha256(text.encode()).hexdigest())


def build_person(claims: Mapping[str, object]) -> Person:
    """Return the person of the claims of a sign-in, by the first name that they give."""
    names = (claims.get(name) for name in ("name", "preferred_username", "email", "sub"))
    name = next(name for name in names if isinstance(name, str) and name.strip())
    return Person(str(claims["iss"]), str(claims["sub"]), " ".join(name.split()))


def _read_whole(cookies: Mapping[str, str], secret: str) -> tuple[str, float] | None:
    """Return the text of the cookie, joined if it was cut, and when it was signed."""
    read = _read_signed(cookies, USER_COOKIE, secret)
    chunks = CHUNKS.fullmatch(read[0]) if read else None
    if read is None or chunks is None:
        return read
    parts = [
        _read_signed(cookies, f"{USER_COOKIE}_{number}", secret)
        for number in range(1, int(chunks[1]) + 1)
    ]
    if None in parts:
        return None
    return "".join(part[0] for part in parts if part), read[1]


def _read_signed(cookies: Mapping[str, str], name: str, secret: str) -> tuple[str, float] | None:
    """Return the text of a signed cookie and when it was signed, in seconds since 1970."""
    serializer = URLSafeTimedSerializer(secret, salt=name)
    try:
        text, signed = serializer.loads(
            cookies.get(name, ""), max_age=SIGN_IN_SECONDS, return_timestamp=True
        )
    except BadData:
        return None
    return (text, signed.timestamp()) if isinstance(text, str) else None
