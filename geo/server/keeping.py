"""The route that exchanges a ticket for the cookie, and the setting that turns keeping off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.keeping import KeptStore, TicketBook
from geo.limits import KEPT_SECONDS
from geo.settings import KEEP, KEPT_FILE, served_path
from geo.text import N_, InputError

KEEP_PATH: Final = "/keep"
KEY_COOKIE: Final = "atlas_key"
KEEP_STATES: Final = ("on", "off")
SAME_ORIGIN: Final = "same-origin"
BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
UNCACHED: Final = {"Cache-Control": "no-store"}


def kept_store_of(settings: Mapping[str, str], root: Path) -> KeptStore | None:
    """Return the store that the operator's settings name; None when keeping is off.

    settings: the environment variables. root: the folder that a relative path starts from. Raises
    InputError for an invalid setting.
    """
    word = KEEP.read(settings).strip().lower() or KEEP.default
    if word not in KEEP_STATES:
        raise InputError(
            N_("{setting}: “{given}” is not valid. Write on or off."),
            setting=KEEP.name,
            given=KEEP.read(settings),
        )
    if word == "off":
        return None
    return KeptStore(root / (KEPT_FILE.read(settings) or KEPT_FILE.default))


def keep_route(tickets: TicketBook) -> Route:
    """A route that sets the cookie of a ticket and answers with a blank image.

    Only a page of this server may ask: else another site could give a reader a key that it knows,
    and read what the reader uploads. Scripts cannot read the cookie.
    """

    async def answer(request: Request) -> Response:
        response = Response(BLANK, media_type="image/svg+xml", headers=UNCACHED)
        key = tickets.redeem(request.query_params.get("ticket", "")) if _is_own(request) else ""
        if key:
            proxy = request.headers.get("x-forwarded-proto", "")
            response.set_cookie(
                KEY_COOKIE,
                key,
                max_age=KEPT_SECONDS,
                path=served_path("/"),
                httponly=True,
                samesite="lax",
                secure="https" in (request.url.scheme, proxy),
            )
        return response

    return Route(KEEP_PATH, answer, methods=["GET"])


def _is_own(request: Request) -> bool:
    """Whether a page of this server asks. Browsers say so only by HTTPS and on this machine."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == SAME_ORIGIN
    referrer = urlsplit(request.headers.get("referer", "")).netloc
    return bool(referrer) and referrer == request.headers.get("host")
