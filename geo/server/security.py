"""Security headers of every response, and the middleware that sets them."""

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

from geo.text import N_, InputError

FRAME_ANCESTORS: Final = "ATLAS_FRAME_ANCESTORS"
METRICS: Final = "ATLAS_METRICS"
METRICS_STATES: Final = ("closed", "open")

FRAME_PATHS: Final = "/component/"
# Streamlit's scripts and styles, and the files that pages hand out. A policy of its own spares
# the first visit the long one with each of a hundred small files.
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
# What a map of provinces never needs. Only what every browser knows, or its console complains.
UNUSED: Final = ("camera", "microphone", "geolocation", "payment", "usb")


def parse_frame_ancestors(given: str) -> tuple[str, ...]:
    """The origins that may show the atlas in a frame of theirs, from the operator's setting.

    given: origins with blanks between them; empty for none but the atlas itself. ``*.`` before
    a host stands for every host below it. Raises InputError for anything that is no origin, so
    that a slip cannot open the atlas to all or break the policy.

    >>> parse_frame_ancestors("https://portal.example.cn https://*.example.org:8443")
    ('https://portal.example.cn', 'https://*.example.org:8443')
    """
    origins = tuple(given.split())
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise InputError(
                N_(
                    "{setting}: “{given}” is no origin. Write addresses such as "
                    "https://portal.example.cn, with blanks between them."
                ),
                setting=FRAME_ANCESTORS,
                given=origin,
            )
    return origins


def is_metrics_open(given: str) -> bool:
    """Whether the server's own figures may be read, from the operator's setting.

    They tell how many sessions are open and what memory they take: nothing for readers. Raises
    InputError for a word that is neither ``open`` nor ``closed``.
    """
    word = given.strip().lower() or METRICS_STATES[0]
    if word not in METRICS_STATES:
        raise InputError(
            N_("{setting}: “{given}” is unknown. Write open or closed."),
            setting=METRICS,
            given=given,
        )
    return word == "open"


def script_checksums(page: str) -> tuple[str, ...]:
    """The scripts written inside a page of HTML, each as the source that allows it alone.

    >>> script_checksums("<script>a()</script><script src='b.js'></script>")
    ("'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",)
    """
    values = INLINE_SCRIPT.findall(page)
    digests = (hashlib.sha256(script.encode()).digest() for script in values)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def page_policy(scripts: Sequence[str]) -> dict[str, str]:
    """The policy of Streamlit's page, by directive. scripts: see ``script_checksums``."""
    return {
        "default-src": "'none'",
        # long.js, by which Streamlit reads its messages, has a part in WebAssembly, and tries it
        # on every visit. Refused, it would go on without, and hide real faults in the console.
        # Streamlit loads the script of a component of ours from a blob, which nothing but a
        # script that already runs can make.
        "script-src": " ".join(["'self'", *scripts, "'wasm-unsafe-eval'", "blob:"]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        # Streamlit's own style sheet carries one of its fonts inside.
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def serialize_policy(policy: Mapping[str, str], framers: Sequence[str]) -> str:
    """A policy as its header, with who may frame the answer."""
    ancestors = {"frame-ancestors": " ".join(["'self'", *framers])}
    return "; ".join(f"{name} {sources}" for name, sources in {**policy, **ancestors}.items())


@dataclass(frozen=True)
class SecurityPolicy:
    """The headers of every answer by its path, and the paths that are answered with 404.

    page: the HTML of Streamlit's page. files: the paths of the files that the server makes.
    framers: see the function of that name.
    """

    page: str
    files: Collection[str] = ()
    framers: Sequence[str] = ()
    metrics: bool = False
    kinds: Mapping[str, Mapping[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        """Write the headers of each kind once, not with every answer."""
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
            # An address holds what its reader studies: no other host learns it from a link.
            "Referrer-Policy": "same-origin",
        }
        if not self.framers:
            # The older header cannot name origins: with some allowed, it would forbid them.
            headers["X-Frame-Options"] = "SAMEORIGIN"
        return headers

    def headers_for(self, path: str) -> Mapping[str, str]:
        """What the answer to a path carries besides its own headers."""
        if path.startswith(FRAME_PATHS):
            return self.kinds["frame"]
        if path.startswith(FILE_PATHS) or path in self.files:
            return self.kinds["file"]
        return self.kinds["page"]

    def merge_headers(
        self, path: str, headers: Iterable[tuple[bytes, bytes]]
    ) -> list[tuple[bytes, bytes]]:
        """The headers of an answer as ASGI writes them: its own, and ours in place of such."""
        ours = {n.lower().encode(): value.encode() for n, value in self.headers_for(path).items()}
        return [*(pair for pair in headers if pair[0].lower() not in ours), *ours.items()]

    def is_closed(self, path: str) -> bool:
        """Whether a path is answered as if nothing were there."""
        return path.rstrip("/").endswith(METRICS_PATH) and not self.metrics


def build_security_policy(
    page: str, files: Collection[str], settings: Mapping[str, str]
) -> SecurityPolicy:
    """The guard that the operator's settings ask for; by default the tightest.

    settings: the environment. Raises InputError for a setting that cannot be read.
    """
    return SecurityPolicy(
        page,
        files,
        parse_frame_ancestors(settings.get(FRAME_ANCESTORS, "")),
        is_metrics_open(settings.get(METRICS, "")),
    )


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
