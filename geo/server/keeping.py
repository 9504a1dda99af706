"""The route that exchanges a ticket for the cookie of a browser, or removes the cookie by one.

A browser has one key. Where a ticket has another one than the cookie that the browser has already,
which two new tabs make, the cookie stays and gets the workspaces of the other key, and the session
finds that in the store (``WorkspaceStore.find_replacement``).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from geo.limits import (
    COOKIE_WAIT_SECONDS,
    FIRST_COOKIE_SECONDS,
    MAX_COOKIE_WAITS,
    MAX_TICKETS,
    WORKSPACE_SECONDS,
)
from geo.server.cookies import KEY_COOKIE, ROOT, cookie_name
from geo.server.quotas import GUESSES, AddressQuotas
from geo.server.routes import error_response
from geo.settings import served_path
from geo.store import WorkspaceStore, create_key, is_key
from geo.text import RateLimitError, StoreError

KEEP_PATH: Final = "/keep"
SAME_ORIGIN: Final = "same-origin"
BLANK: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
UNCACHED: Final = {"Cache-Control": "no-store"}
TICKET_PARAM: Final = "ticket"
WAITS_PARAM: Final = "waits"
END_PARAM: Final = "end"  # the ticket removes the cookie with its key


@dataclass(frozen=True)
class FirstCookies:
    """The browsers that this process gave their first cookie a moment ago.

    Two tabs may ask at the same moment, both without a cookie, and the second answer would replace
    the cookie of the first. The second one waits and asks again, with the cookie. A proxy takes all
    requests of a browser to one process.
    """

    until: dict[bytes, tuple[str, float]] = field(default_factory=dict)
    now: Callable[[], float] = time.monotonic

    def is_first(self, browser: bytes, ticket: str) -> bool:
        """Whether a browser gets its first cookie by this ticket; it is then noted."""
        now = self.now()
        known, ends = self.until.get(browser, ("", 0.0))
        if ends > now and known != ticket:
            return False
        for other in [name for name, (_, end) in self.until.items() if end <= now]:
            del self.until[other]
        if len(self.until) < MAX_TICKETS:
            self.until[browser] = (ticket, now + FIRST_COOKIE_SECONDS)
        return True


def keep_route(
    store: WorkspaceStore | None,
    quotas: AddressQuotas,
    browser_of: Callable[[Mapping[str, str]], bytes | None] = lambda cookies: None,
) -> Route:
    """A route that sets the cookie of a ticket of the store and answers with a blank image.

    quotas: count the tickets of an address that nobody issued; it gets 429 for too many.

    Only a page of this server may ask: else another site could give a reader a key that it knows,
    and read what the reader uploads. Scripts cannot read the cookie. browser_of: what names a
    browser, by its cookies, before it has a key.
    """
    first = FirstCookies()

    async def answer(request: Request) -> Response:
        response = Response(BLANK, media_type="image/svg+xml", headers=UNCACHED)
        ticket = request.query_params.get(TICKET_PARAM, "") if _is_own(request) else ""
        if not ticket or store is None:
            return response
        try:
            is_issued = await run_in_threadpool(store.is_issued, ticket)
            if not is_issued:
                quotas.count(request, GUESSES)
        except StoreError:
            is_issued = False
        except RateLimitError as error:
            return error_response(error)
        if not is_issued:
            return response
        proxy = request.headers.get("x-forwarded-proto", "")
        secure = "https" in (request.url.scheme, proxy)
        name = cookie_name(KEY_COOKIE, secure)
        held = request.cookies.get(name, "")
        waits = _count_waits(request)
        browser = browser_of(request.cookies)
        is_later = browser and not held and not first.is_first(browser, ticket)
        if is_later and waits < MAX_COOKIE_WAITS:
            await asyncio.sleep(COOKIE_WAIT_SECONDS)
            again = request.url.include_query_params(**{WAITS_PARAM: waits + 1})
            return RedirectResponse(f"?{again.query}", headers=UNCACHED)
        plain = request.cookies.get(KEY_COOKIE, "") if secure else ""
        if END_PARAM in request.query_params:
            ended = await run_in_threadpool(_redeem_to_end, store, ticket)
            for other in (name, KEY_COOKIE):
                if ended and request.cookies.get(other) == ended:
                    response.delete_cookie(other, path=served_path(ROOT), secure=secure)
            return response
        key = await run_in_threadpool(_redeem, store, ticket, held, plain)
        if key:
            path = served_path(ROOT)
            response.set_cookie(
                name,
                key,
                max_age=WORKSPACE_SECONDS,
                path=path,
                httponly=True,
                samesite="lax",
                secure=secure,
            )
            if plain:
                response.delete_cookie(KEY_COOKIE, path=path)
        return response

    return Route(KEEP_PATH, answer, methods=["GET"])


def _redeem(store: WorkspaceStore, ticket: str, held: str, plain: str) -> str:
    """Return the key that the browser has from now on.

    Empty when the ticket has none any more or the store cannot be used. held: the key that the
    browser has. plain: the key of a cookie without a prefix where there is HTTPS. Another host may
    have set it, so that a new key takes its place.
    """
    try:
        key = store.redeem_ticket(ticket)
        if not key:
            return ""
        made = create_key() if key == plain else key
        kept = held if is_key(held) else made
        for other in {key, plain} - {"", kept}:
            store.replace_key(other, kept)
    except StoreError:
        return ""
    return kept


def _redeem_to_end(store: WorkspaceStore, ticket: str) -> str:
    """Return the key of a ticket; empty when there is none."""
    try:
        return store.redeem_ticket(ticket)
    except StoreError:
        return ""


def _count_waits(request: Request) -> int:
    text = request.query_params.get(WAITS_PARAM, "0")
    return int(text) if text in map(str, range(MAX_COOKIE_WAITS)) else MAX_COOKIE_WAITS


def _is_own(request: Request) -> bool:
    """Whether a page of this server asks. Browsers say so only by HTTPS and on this machine."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == SAME_ORIGIN
    referrer = urlsplit(request.headers.get("referer", "")).netloc
    return bool(referrer) and referrer == request.headers.get("host")
