"""The provider of sign-in, from the environment or from the section of a secrets file.

Streamlit talks to it (OpenID Connect by Authlib) and takes its settings as ``st.secrets["auth"]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from geo.limits import MIN_SECRET_LENGTH
from geo.settings import (
    COOKIE_SECRET,
    HOST,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_ISSUER,
    OIDC_SCOPES,
    PUBLIC_ADDRESS,
    Setting,
    served_path,
)
from geo.text import N_, InputError

# As Streamlit names them.
SIGN_IN_PATH: Final = "/auth/login"
SIGN_OUT_PATH: Final = "/auth/logout"
CALLBACK_PATH: Final = "/oauth2callback"

WELL_KNOWN: Final = "/.well-known/openid-configuration"
THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")
SECTION: Final = "auth"
# What a section of a secrets file must have, and what else it may have.
KEYS: Final = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
MORE_KEYS: Final = ("client_kwargs",)
NOT_AN_ADDRESS: Final = N_(
    "{setting}: “{given}” is not valid. Write an address with https://, or with http:// on this"
    " machine."
)
NOT_SET: Final = N_("{setting} is not set. Sign-in needs it.")


@dataclass(frozen=True)
class Provider:
    """A provider of sign-in and how the atlas is registered there.

    metadata_url: where it describes itself (OpenID Connect Discovery). redirect_uri: where it sends
    readers back, below the path of the atlas. cookie_secret: signs the cookie of a sign-in.
    client_kwargs: more for Authlib.
    """

    metadata_url: str
    client_id: str
    redirect_uri: str
    client_secret: str = field(repr=False)
    cookie_secret: str = field(repr=False)
    client_kwargs: Mapping[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """The origin of the atlas, as readers open it."""
        parts = urlsplit(self.redirect_uri)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_secure(self) -> bool:
        """Whether readers open the atlas by HTTPS."""
        return self.redirect_uri.startswith("https:")

    def secrets(self) -> dict[str, Any]:
        """Return what Streamlit reads. Every sign-in is bound to its browser (PKCE, RFC 7636)."""
        kwargs = {**self.client_kwargs, "code_challenge_method": "S256"}
        return {
            SECTION: {
                "redirect_uri": self.redirect_uri,
                "cookie_secret": self.cookie_secret,
                "client_id": self.client_id,
                "client_secret": self.client_secret,
                "server_metadata_url": self.metadata_url,
                "client_kwargs": kwargs,
            }
        }


def build_provider(
    environment: Mapping[str, str], section: Mapping[str, object] | None
) -> Provider | None:
    """Return the provider of the environment or of a secrets file; None when neither names one.

    section: ``[auth]`` of Streamlit's secrets file. Raises InputError for settings that are not
    valid, that lack something, or that come from both.
    """
    named = [
        setting.name
        for setting in (OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)
        if setting.read(environment)
    ]
    if section is not None:
        if named:
            raise InputError(
                N_(
                    "{setting} is set, and the secrets file has a section [auth]. Configure sign-in"
                    " in one of the two."
                ),
                setting=named[0],
            )
        return _from_section(section)
    return _from_environment(environment) if named else None


def _from_environment(environment: Mapping[str, str]) -> Provider:
    issuer = _checked_address(OIDC_ISSUER.name, _required(OIDC_ISSUER, environment))
    return Provider(
        metadata_url=issuer if issuer.endswith(WELL_KNOWN) else issuer.rstrip("/") + WELL_KNOWN,
        client_id=_required(OIDC_CLIENT_ID, environment),
        redirect_uri=_public_origin(environment) + served_path(CALLBACK_PATH, environment),
        client_secret=_required(OIDC_CLIENT_SECRET, environment),
        cookie_secret=check_secret(COOKIE_SECRET.name, _required(COOKIE_SECRET, environment)),
        client_kwargs={"scope": OIDC_SCOPES.read(environment)},
    )


def _from_section(section: Mapping[str, object]) -> Provider:
    for key in KEYS:
        if not isinstance(section.get(key), str) or not section[key]:
            raise InputError(NOT_SET, setting=f"{SECTION}.{key}")
    if unknown := sorted(set(section) - {*KEYS, *MORE_KEYS}):
        raise InputError(
            N_(
                "The section [auth] of the secrets file has “{given}”. The atlas takes one"
                " provider, whose settings stand in the section itself: {permitted}."
            ),
            given=unknown[0],
            permitted=", ".join([*KEYS, *MORE_KEYS]),
        )
    values = {key: str(section[key]) for key in KEYS}
    redirect = _checked_address(f"{SECTION}.redirect_uri", values["redirect_uri"])
    if urlsplit(redirect).path != served_path(CALLBACK_PATH):
        raise InputError(
            N_("{setting}: “{given}” is not valid. Its path has to be {path}."),
            setting=f"{SECTION}.redirect_uri",
            given=redirect,
            path=served_path(CALLBACK_PATH),
        )
    more = section.get("client_kwargs")
    return Provider(
        metadata_url=_checked_address(
            f"{SECTION}.server_metadata_url", values["server_metadata_url"]
        ),
        client_id=values["client_id"],
        redirect_uri=redirect,
        client_secret=values["client_secret"],
        cookie_secret=check_secret(f"{SECTION}.cookie_secret", values["cookie_secret"]),
        client_kwargs={str(name): str(value) for name, value in more.items()}
        if isinstance(more, Mapping)
        else {},
    )


def _public_origin(environment: Mapping[str, str]) -> str:
    """Return the origin that readers open. Raises InputError when nothing names it."""
    host = HOST.read(environment).strip()
    text = PUBLIC_ADDRESS.read(environment).strip() or (f"https://{host}" if host else "")
    if not text:
        raise InputError(NOT_SET, setting=PUBLIC_ADDRESS.name)
    parts = urlsplit(_checked_address(PUBLIC_ADDRESS.name, text))
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise InputError(
            N_("{setting}: “{given}” is not valid. Write it without a path: https://{host}"),
            setting=PUBLIC_ADDRESS.name,
            given=text,
            host=parts.netloc,
        )
    return f"{parts.scheme}://{parts.netloc}"


def _required(setting: Setting, environment: Mapping[str, str]) -> str:
    value = setting.read(environment).strip()
    if not value:
        raise InputError(NOT_SET, setting=setting.name)
    return value


def _checked_address(name: str, text: str) -> str:
    """Return an address. Raises InputError unless nobody on the way can read what is sent there."""
    parts = urlsplit(text.strip())
    local = parts.scheme == "http" and parts.hostname in THIS_MACHINE
    if not parts.hostname or "@" in parts.netloc or not (parts.scheme == "https" or local):
        raise InputError(NOT_AN_ADDRESS, setting=name, given=text)
    return text.strip()


def check_secret(name: str, secret: str) -> str:
    """Return a secret. Raises InputError for one that could be guessed; it is not repeated."""
    if len(secret) < MIN_SECRET_LENGTH:
        raise InputError(
            N_(
                "{setting} has fewer than {least} characters. Write random ones, the same for all"
                " processes."
            ),
            setting=name,
            least=MIN_SECRET_LENGTH,
        )
    return secret
