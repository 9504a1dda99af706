"""The guard of geo.headers in its place around the server, as plain ASGI.

It wraps the whole app, Streamlit's own answers included, and reads no body: an answer costs it
a few microseconds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.headers import SecurityPolicy


@dataclass(frozen=True)
class SecurityHeadersMiddleware:
    """Every answer with the headers of its kind; a closed address with nothing behind it."""

    app: ASGIApp
    guard: SecurityPolicy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, and write the headers as the answer starts."""
        path = scope.get("path", "")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self.guard.merge_headers(path, message.get("headers", ()))
            await send(message)

        app = Response(status_code=404) if self.guard.is_closed(path) else self.app
        await app(scope, receive, sent)


def error_handler(guard: SecurityPolicy) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The answer in place of one that could not be made, without a word of why: the log has it.

    Starlette sends it from outside of ``SecurityHeadersMiddleware``, so it brings the headers
    itself.
    """

    async def answer(request: Request, error: Exception) -> Response:
        texts = guard.headers_for(request.url.path)
        return PlainTextResponse("Internal Server Error", 500, texts)

    return answer
