"""Who gets pictures, files and uploads, and how the routes of sign-in treat cookies.

Pages ask for themselves (``pages/parts/visitor.py``): they are drawn through the websocket, and one
who may not see them is shown the page that asks to sign in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.access import (
    CALLBACK_PATH,
    SIGN_IN_PATH,
    SIGN_OUT_PATH,
    TOKENS_COOKIE,
    USER_COOKIE,
    Provider,
    SecurityEvent,
    Visitor,
    log_event,
)
from geo.limits import SIGN_IN_SECONDS, SIGN_IN_TRIED_SECONDS
from geo.server.cookies import RETURN_COOKIE, ROOT, cookie_name
from geo.server.keeping import UNCACHED
from geo.server.quotas import GUESSES, AddressQuotas
from geo.server.routes import error_response
from geo.text import N_, InputError, RateLimitError, error_messages

MEDIA_PATHS: Final = "/media/"
UPLOAD_PATHS: Final = "/_stcore/upload_file/"
# Sec-Fetch-Site of what the reader or a page of this server asks for.
OUR_SITES: Final = (None, "same-origin", "none")
SIGN_IN_FIRST: Final = InputError(N_("This atlas is for people who signed in. Sign in first."))
REQUEST_ID: Final = "x-request-id"
# Errors of a provider (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6); the log has no others,
# because whoever opens the address of the way back can write anything there.
PROVIDER_ERRORS: Final = frozenset({
    "access_denied", "account_selection_required", "consent_required", "interaction_required",
    "invalid_request", "invalid_scope", "login_required", "server_error",
    "temporarily_unavailable", "unauthorized_client", "unsupported_response_type",
})  # fmt: skip
NOT_COMPLETED: Final = "not_completed"
NO_UPLOADS: Final = InputError(N_("Your role in this atlas does not permit uploads."))


@dataclass(frozen=True)
class AccessMiddleware:
    """ASGI middleware that answers instead of the app for those who may not have what they ask for.

    protected: paths of pictures and files, without the path of the atlas. find_visitor: who a
    browser is, by its cookies. owns_media: whether a browser may have a file that a page made for
    one session, by its cookies and the name of the file. owns_session: whether a session is one of
    the browser, by its cookies and the id of the session. quotas: count what an address asked for
    in vain; who owns it is never refused. provider: None without sign-in. is_closed:
    whether the atlas is for people signed in alone; its answers are then for one browser alone.
    base: the path of the atlas. end_sign_in: ends the sign-in of a visitor before its cookie does.
    """

    app: ASGIApp
    protected: Collection[str]
    find_visitor: Callable[[Mapping[str, str]], Visitor]
    owns_media: Callable[[Mapping[str, str], Visitor, str], bool]
    owns_session: Callable[[Mapping[str, str], Visitor, str], bool]
    quotas: AddressQuotas
    provider: Provider | None = None
    is_closed: bool = False
    base: str = ""
    end_sign_in: Callable[[Visitor], None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app, or refuse."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif path.startswith((MEDIA_PATHS, UPLOAD_PATHS)) or path in self.protected:
            await self._answer_asked(path, scope, receive, send)
        elif self.provider and path in (SIGN_IN_PATH, SIGN_OUT_PATH, CALLBACK_PATH):
            await self._answer_sign_in(self.provider, path, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer_asked(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        request, find = Request(scope), self.find_visitor
        cookies = request.cookies
        visitor = await run_in_threadpool(find, cookies) if self.provider else find(cookies)
        refused = self._refusal(path, visitor, request)
        if refused:
            self._log_refusal(path, visitor, Headers(scope=scope))
        answer = refused or self.app

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and self.is_closed:
                make_private(MutableHeaders(raw=message["headers"]))
            await send(message)

        await answer(scope, receive, sent)

    def _refusal(self, path: str, visitor: Visitor, request: Request) -> Response | None:
        if not visitor.may_look:
            return refusal_response(SIGN_IN_FIRST)
        if path.startswith(UPLOAD_PATHS) and not visitor.may_edit:
            return refusal_response(NO_UPLOADS)
        if path.startswith(MEDIA_PATHS):
            name = path.removeprefix(MEDIA_PATHS).partition(".")[0]
            is_owner = self.owns_media(request.cookies, visitor, name)
        elif path.startswith(UPLOAD_PATHS):
            session = path.removeprefix(UPLOAD_PATHS).partition("/")[0]
            is_owner = self.owns_session(request.cookies, visitor, session)
        else:
            return None
        return None if is_owner else self._refuse_guess(request)

    def _refuse_guess(self, request: Request) -> Response:
        """An answer of 404, or of 429 to an address that asked for too much in vain."""
        try:
            self.quotas.count(request, GUESSES)
        except RateLimitError as error:
            return error_response(error)
        return Response(status_code=404)

    def _log_refusal(self, path: str, visitor: Visitor, headers: Headers) -> None:
        """Write that somebody may not have a file; without sign-in nobody has a role."""
        if not self.provider:
            return
        asked = "file"
        if path.startswith((MEDIA_PATHS, UPLOAD_PATHS)):
            asked = "media" if path.startswith(MEDIA_PATHS) else "upload"
        reason = "not_signed_in"
        if visitor.may_look:
            reason = "not_owner" if asked == "media" else "role"
        log_event(
            SecurityEvent.ACCESS_REFUSED,
            visitor.pseudonym,
            headers.get(REQUEST_ID, ""),
            reason=reason,
            asked=asked,
        )

    async def _answer_sign_in(
        self, provider: Provider, path: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        headers = Headers(scope=scope)
        if path == SIGN_OUT_PATH and headers.get("sec-fetch-site") not in OUR_SITES:
            # A link of another site would sign the reader out.
            await RedirectResponse(self.base + "/")(scope, receive, send)
            return
        if path == SIGN_OUT_PATH and self.end_sign_in:
            visitor = await run_in_threadpool(self.find_visitor, Request(scope).cookies)
            if visitor.sign_in:  # a page has ended it; whoever opens the address has not
                await run_in_threadpool(self.end_sign_in, visitor)
        back = ""
        if path == SIGN_IN_PATH:
            back = own_address(headers.get("referer", ""), provider.origin, self.base)
        elif path == CALLBACK_PATH:
            name, _ = return_cookie_place(provider, self.base)
            kept = unquote(Request(scope).cookies.get(name, ""))
            back = own_address(provider.origin + kept, provider.origin, self.base)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(raw=message["headers"])
                found["Cache-Control"] = UNCACHED["Cache-Control"]
                if path == CALLBACK_PATH and back and "location" in found:
                    found["Location"] = back
                cookies = [rewrite_cookie(text, provider) for text in found.getlist("set-cookie")]
                if path != SIGN_OUT_PATH:
                    to = back if path == SIGN_IN_PATH else ""
                    cookies.append(return_cookie(to, provider, self.base))
                if path == CALLBACK_PATH:
                    await self._log_sign_in(cookies, Request(scope))
                del found["set-cookie"]
                for cookie in filter(None, cookies):
                    found.append("set-cookie", cookie)
                message["headers"] = found.raw
            await send(message)

        await self.app(scope, receive, sent)

    async def _log_sign_in(self, cookies: Sequence[str], request: Request) -> None:
        """Write whether somebody came in, by the cookies that the answer sets."""
        parsed = SimpleCookie("; ".join(text.partition(";")[0] for text in cookies if text))
        values = {name: morsel.value for name, morsel in parsed.items()}
        visitor = await run_in_threadpool(self.find_visitor, values)
        request_id = request.headers.get(REQUEST_ID, "")
        if visitor.person and visitor.role:
            role = visitor.role.name.lower()
            log_event(SecurityEvent.SIGNED_IN, visitor.pseudonym, request_id, role=role)
        elif visitor.refusal:
            reason = visitor.refusal_reason
            log_event(SecurityEvent.SIGN_IN_REFUSED, visitor.pseudonym, request_id, reason=reason)
        else:
            error = request.query_params.get("error", "")
            reason = error if error in PROVIDER_ERRORS else NOT_COMPLETED
            log_event(SecurityEvent.SIGN_IN_FAILED, "", request_id, reason=reason)


def refusal_response(error: InputError) -> Response:
    """An answer of 403 with a sentence in every language, which no cache keeps."""
    return PlainTextResponse("\n".join(error_messages(error)), 403, dict(UNCACHED))


def make_private(headers: MutableHeaders) -> None:
    """Let no cache but that of the browser keep an answer, and that by its cookies alone."""
    caching = headers.get("cache-control", "")
    if not caching:
        headers["Cache-Control"] = "private"
    elif "public" in caching:
        headers["Cache-Control"] = caching.replace("public", "private")
    headers.add_vary_header("Cookie")


def own_address(address: str, origin: str, base: str) -> str:
    """Return path and query of an address of a page of this server; empty for any other.

    >>> own_address("https://a.cn/data?lang=zh#x", "https://a.cn", "")
    '/data?lang=zh'
    >>> own_address("https://b.cn/data", "https://a.cn", "")
    ''
    >>> own_address("https://a.cn//b.cn/", "https://a.cn", "")
    ''
    """
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != origin or not parts.path.startswith(f"{base}/"):
        return ""
    # Browsers read // and /\ as the beginning of another host.
    if parts.path.startswith(("//", "/\\")) or not address.isascii() or not address.isprintable():
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def return_cookie_place(provider: Provider, base: str) -> tuple[str, str]:
    """Return name and path of the cookie with the page to return to. base: the path of the atlas.

    The name that only this host can set is for the whole host.
    """
    is_whole = provider.is_secure and not base
    path = ROOT if is_whole else urlsplit(provider.redirect_uri).path
    return cookie_name(RETURN_COOKIE, provider.is_secure, f"{base}/"), path


def return_cookie(address: str, provider: Provider, base: str) -> str:
    """Return the header of a cookie with the page to return to; without an address, it is removed.

    The provider sends a reader to one address alone, from which Streamlit leads to the first page.
    """
    age = SIGN_IN_TRIED_SECONDS if address else 0
    secure = "; Secure" if provider.is_secure else ""
    name, path = return_cookie_place(provider, base)
    return (
        f"{name}={quote(address, safe='')}; Path={path}; Max-Age={age}; HttpOnly;"
        f" SameSite=Lax{secure}"
    )


def rewrite_cookie(text: str, provider: Provider) -> str:
    """Return a header ``Set-Cookie`` of Streamlit as the atlas sends it; empty for none.

    Tokens of the provider are not needed after the sign-in, so that no browser gets them. The
    cookie of a sign-in lasts no longer than it is accepted, and is sent by HTTPS alone where there
    is HTTPS.
    """
    parsed = SimpleCookie(text)
    for name, morsel in parsed.items():
        removes = morsel["max-age"] == "0"
        if name.startswith(TOKENS_COOKIE) and not removes:
            return ""
        if name.startswith(USER_COOKIE) and not removes:
            morsel["max-age"] = str(SIGN_IN_SECONDS)
            morsel["secure"] = provider.is_secure
            return morsel.OutputString()
    return text
