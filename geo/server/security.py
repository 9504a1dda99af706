"""Security headers for every response, and the middleware that sets them."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.settings import FRAME_ANCESTORS, METRICS, base_path
from geo.text import N_, InputError

METRICS_STATES: Final = ("closed", "open")

FRAME_PATHS: Final = "/component/"
# Streamlit's scripts and styles, and downloads. They get a short policy, because the long one
# would be sent with each of the hundred small files of a first visit.
FILE_PATHS: Final = ("/static/", "/media/", "/atlas/", "/_stcore/")
METRICS_PATH: Final = "/_stcore/metrics"

ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)

FRAME_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
}
FILE_POLICY: Final[Mapping[str, str]] = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
}
# Browser features that the atlas does not use. Only names that every browser knows: an unknown
# one causes a console warning.
UNUSED: Final = ("camera", "microphone", "geolocation", "payment", "usb")


def parse_frame_ancestors(text: str) -> tuple[str, ...]:
    """Parse the operator's list of origins that may show the atlas in a frame.

    text: origins separated by spaces; empty allows only the atlas itself. ``*.`` before a host
    matches every host below it. Raises InputError for anything that is not an origin, so that a
    typing error cannot open the atlas to all or break the policy.

    >>> parse_frame_ancestors("https://portal.example.cn https://*.example.org:8443")
    ('https://portal.example.cn', 'https://*.example.org:8443')
    """
    origins = tuple(text.split())
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise InputError(
                N_(
                    "{setting}: “{given}” is not an origin. Write addresses such as "
                    "https://portal.example.cn, separated by spaces."
                ),
                setting=FRAME_ANCESTORS.name,
                given=origin,
            )
    return origins


def is_metrics_open(text: str) -> bool:
    """Whether the operator's setting makes the server's metrics public.

    The metrics give the number of sessions and their memory. Raises InputError for a value other
    than ``open`` or ``closed``.
    """
    word = text.strip().lower() or METRICS.default
    if word not in METRICS_STATES:
        raise InputError(
            N_("{setting}: “{given}” is not valid. Write open or closed."),
            setting=METRICS.name,
            given=text,
        )
    return word == "open"


def script_checksums(page: str) -> tuple[str, ...]:
    """The CSP sources of a page's inline scripts, one checksum for each script.

    >>> script_checksums("<script>a()</script><script src='b.js'></script>")
    ("'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",)
    """
    values = INLINE_SCRIPT.findall(page)
    digests = (hashlib.sha256(script.encode()).digest() for script in values)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def page_policy(scripts: Sequence[str]) -> dict[str, str]:
    """The policy of Streamlit's page, by directive. scripts: from ``script_checksums``."""
    return {
        "default-src": "'none'",
        # long.js, which Streamlit uses to read its messages, tries WebAssembly on every visit.
        # If blocked, it still works, but its console errors would hide real ones. Streamlit
        # loads the script of the atlas's component from a blob; only a script that already
        # runs can create one.
        "script-src": " ".join(["'self'", *scripts, "'wasm-unsafe-eval'", "blob:"]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        # Streamlit's style sheet embeds one of its fonts.
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def serialize_policy(policy: Mapping[str, str], framers: Sequence[str]) -> str:
    """A policy as the value of its header, with the allowed frame ancestors."""
    ancestors = {"frame-ancestors": " ".join(["'self'", *framers])}
    return "; ".join(f"{name} {sources}" for name, sources in {**policy, **ancestors}.items())


@dataclass(frozen=True)
class SecurityPolicy:
    """The security headers of every response by its path, and the paths that return 404.

    page: the HTML of Streamlit's page. files: the paths of the files that the server makes.
    framers: origins from ``parse_frame_ancestors``. base: the path below which all others stand.
    """

    page: str
    files: Collection[str] = ()
    framers: Sequence[str] = ()
    metrics: bool = False
    base: str = ""
    kinds: Mapping[str, Mapping[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Build the headers of each kind of response once."""
        policies = {
            "page": page_policy(script_checksums(self.page)),
            "frame": FRAME_POLICY,
            "file": FILE_POLICY,
        }
        kinds = {kind: self._build_headers(policy) for kind, policy in policies.items()}
        unused = ", ".join(f"{feature}=()" for feature in UNUSED)
        kinds["page"]["Permissions-Policy"] = unused
        object.__setattr__(self, "kinds", kinds)

    def _build_headers(self, policy: Mapping[str, str]) -> dict[str, str]:
        headers = {
            "Content-Security-Policy": serialize_policy(policy, self.framers),
            "X-Content-Type-Options": "nosniff",
            # Addresses contain what a reader looks at; other hosts must not see them.
            "Referrer-Policy": "same-origin",
        }
        if not self.framers:
            # The older header cannot list origins, so it would block the allowed ones.
            headers["X-Frame-Options"] = "SAMEORIGIN"
        return headers

    def headers_for(self, path: str) -> Mapping[str, str]:
        """The security headers of the response to a path."""
        path = path.removeprefix(self.base)
        if path.startswith(FRAME_PATHS):
            return self.kinds["frame"]
        if path.startswith(FILE_PATHS) or path in self.files:
            return self.kinds["file"]
        return self.kinds["page"]

    def is_page(self, path: str) -> bool:
        """Whether a path is none of a frame or a file, so that it answers with the page."""
        return self.headers_for(path) is self.kinds["page"]

    def merge_headers(
        self, path: str, headers: Iterable[tuple[bytes, bytes]]
    ) -> list[tuple[bytes, bytes]]:
        """The headers of a response; security headers replace those of the same name."""
        ours = {n.lower().encode(): value.encode() for n, value in self.headers_for(path).items()}
        return [*(pair for pair in headers if pair[0].lower() not in ours), *ours.items()]

    def is_closed(self, path: str) -> bool:
        """Whether a path returns 404 although it exists."""
        return path.rstrip("/").endswith(METRICS_PATH) and not self.metrics


def build_security_policy(
    page: str, files: Collection[str], settings: Mapping[str, str]
) -> SecurityPolicy:
    """Build the policy from the operator's settings; the defaults are the strictest.

    settings: the environment variables. Raises InputError for an invalid setting.
    """
    return SecurityPolicy(
        page,
        files,
        parse_frame_ancestors(FRAME_ANCESTORS.read(settings)),
        is_metrics_open(METRICS.read(settings)),
        base_path(settings),
    )


@dataclass(frozen=True)
class SecurityHeadersMiddleware:
    """ASGI middleware that adds the security headers and returns 404 for closed paths."""

    app: ASGIApp
    guard: SecurityPolicy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app, and merge the security headers when the response starts."""
        path = scope.get("path", "")

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self.guard.merge_headers(path, message.get("headers", ()))
            await send(message)

        app = Response(status_code=404) if self.guard.is_closed(path) else self.app
        await app(scope, receive, sent)


def error_handler(guard: SecurityPolicy) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A handler that answers an unhandled exception with a bare 500; the details are in the log.

    Starlette calls it outside ``SecurityHeadersMiddleware``, so it sets the headers itself.
    """

    async def answer(request: Request, error: Exception) -> Response:
        texts = guard.headers_for(request.url.path)
        return PlainTextResponse("Internal Server Error", 500, texts)

    return answer
