"""The route that exchanges a ticket for the cookie of a browser."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.limits import WORKSPACE_SECONDS
from geo.server.quotas import GUESSES, AddressQuotas
from geo.server.routes import error_response
from geo.settings import served_path
from geo.store import WorkspaceStore
from geo.text import RateLimitError, StoreError

KEEP_PATH: Final = "/keep"
KEY_COOKIE: Final = "atlas_key"
SAME_ORIGIN: Final = "same-origin"
BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
UNCACHED: Final = {"Cache-Control": "no-store"}


def keep_route(store: WorkspaceStore | None, quotas: AddressQuotas) -> Route:
    """A route that sets the cookie of a ticket of the store and answers with a blank image.

    quotas: count the tickets of an address that nobody issued; it gets 429 for too many.

    Only a page of this server may ask: else another site could give a reader a key that it knows,
    and read what the reader uploads. Scripts cannot read the cookie.
    """

    async def answer(request: Request) -> Response:
        response = Response(BLANK, media_type="image/svg+xml", headers=UNCACHED)
        ticket = request.query_params.get("ticket", "") if _is_own(request) else ""
        key = await run_in_threadpool(_redeem, store, ticket)
        if key:
            proxy = request.headers.get("x-forwarded-proto", "")
            response.set_cookie(
                KEY_COOKIE,
                key,
                max_age=WORKSPACE_SECONDS,
                path=served_path("/"),
                httponly=True,
                samesite="lax",
                secure="https" in (request.url.scheme, proxy),
            )
        elif key is not None and ticket:
            try:
                quotas.count(request, GUESSES)
            except RateLimitError as error:
                return error_response(error)
        return response

    return Route(KEEP_PATH, answer, methods=["GET"])


def _redeem(store: WorkspaceStore | None, ticket: str) -> str | None:
    """Return the key of a ticket, empty when it has none; None when the store cannot be used."""
    try:
        return store.redeem_ticket(ticket) if store and ticket else ""
    except StoreError:
        return None


def _is_own(request: Request) -> bool:
    """Whether a page of this server asks. Browsers say so only by HTTPS and on this machine."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == SAME_ORIGIN
    referrer = urlsplit(request.headers.get("referer", "")).netloc
    return bool(referrer) and referrer == request.headers.get("host")
