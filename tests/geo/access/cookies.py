"""Cookies of a sign-in, as Streamlit itself writes them."""

from __future__ import annotations

from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from geo.access import Provider

SECRET = "0123456789abcdef" * 2
ORIGIN = "https://atlas.example.cn"
ISSUER = "https://id.example.cn"
PROVIDER = Provider(
    f"{ISSUER}/.well-known/openid-configuration", "atlas", f"{ORIGIN}/oauth2callback", "s", SECRET
)
ENVIRONMENT = {
    "ATLAS_OIDC_ISSUER": ISSUER,
    "ATLAS_OIDC_CLIENT_ID": "atlas",
    "ATLAS_OIDC_CLIENT_SECRET": "secret of the client",
    "ATLAS_PUBLIC_ADDRESS": ORIGIN,
    "STREAMLIT_SERVER_COOKIE_SECRET": SECRET,
}


def claims(subject="li", **more):
    return {"iss": ISSUER, "sub": subject, "nonce": f"nonce of {subject}", **more}


def sign_in_cookies(found, secret=SECRET, origin=ORIGIN, **more):
    """The cookies of a sign-in with claims."""
    cookies: dict[str, str] = {}

    def sign(name, value):
        return create_signed_value(secret, name, value)

    payload = {**found, "origin": origin, "is_logged_in": True, "provider": "default", **more}
    set_cookie_with_chunks(
        lambda name, value: cookies.__setitem__(name, sign(name, value).decode()),
        sign,
        USER_COOKIE_NAME,
        payload,
        cookie_attr_size=80,
    )
    return cookies
