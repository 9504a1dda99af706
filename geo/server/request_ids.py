"""The id of the request that a line of the log belongs to, which the proxy gives each request."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER: Final = "x-request-id"
ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")  # as in deploy/Caddyfile
NO_ID: Final = "-"

_request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")


@dataclass(frozen=True)
class RequestIdMiddleware:
    """ASGI middleware that lets log lines know the id of a request or a websocket.

    Tasks that answer it know the id, and so do threads that run in a copy of their context.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app with the id of the request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        token = _request_id.set(read_request_id(Headers(scope=scope)))
        try:
            await self.app(scope, receive, send)
        finally:
            _request_id.reset(token)


def read_request_id(headers: Mapping[str, str]) -> str:
    """Return the id in the headers of a request; empty without one, or for what is not an id.

    >>> read_request_id({"x-request-id": "0b8f-1c2d"}), read_request_id({"x-request-id": "no id"})
    ('0b8f-1c2d', '')
    """
    value = headers.get(HEADER) or ""
    return value if ID.fullmatch(value) else ""


def add_request_ids(find_session_id: Callable[[], str]) -> None:
    """Give each record of Python's logging the field ``request_id``, ``-`` without a request.

    find_session_id: returns the id of the websocket of the session whose page this thread runs;
    empty in other threads.
    """
    make_record = logging.getLogRecordFactory()

    def make_record_with_id(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make_record(*args, **kwargs)
        record.request_id = _request_id.get() or find_session_id() or NO_ID
        return record

    logging.setLogRecordFactory(make_record_with_id)
