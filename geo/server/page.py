"""The HTML page that every address answers with: Streamlit's own, with our styles and script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.maps import WebAsset
from geo.server.security import SecurityPolicy
from geo.settings import served_path

ROOT_ELEMENT: Final = '<div id="root"></div>'
HTML: Final = "text/html"
SCRIPTS: Final = "static/js"
# Streamlit's client takes the address of a page for that of the server, and asks below each page
# but the first for what is not there. Every page stands directly below the path of the server.
SERVER_ADDRESS_SCRIPT: Final = (
    '<script>window.__streamlit={BACKEND_BASE_URL:new URL(".",location.href).href}</script>'
)
# Streamlit loads the script of each kind of element when the first one arrives: these kinds are
# on every page or on the Map page, which is shown first.
KINDS: Final = ("Html", "Selectbox", "ButtonGroup", "Slider", "ComponentInstance")
IMPORTED: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
# The body depends on the atlas, too: what the browser knows of Streamlit's file does not count.
CONDITIONS: Final = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
OUTDATED: Final = ("etag", "last-modified", "accept-ranges", "content-encoding")


def scripts_of_elements(folder: Path) -> list[str]:
    """Return the names of the scripts that draw the elements of a first visit, sorted.

    folder: Streamlit's scripts, whose names have a checksum. With the scripts that they import.
    Raises ValueError if a kind of element does not have one script.
    """
    waiting: list[str] = []
    for kind in KINDS:
        files = [path.name for path in folder.glob(f"{kind}.*.js")]
        if len(files) != 1:
            raise ValueError(f"Streamlit has not one script for {kind}: {files}")
        waiting += files
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += IMPORTED.findall((folder / name).read_text("utf-8"))
    return sorted(found)


def build_page(index: Path, style: WebAsset, script: WebAsset) -> str:
    """Return Streamlit's page with our style sheet and scripts, which the first picture has.

    As elements of Streamlit they would arrive by the websocket after the first parts of the page,
    which would then move. They stand in the body, after the style sheets of Streamlit in the
    head, so that of two rules of equal weight ours applies. The scripts of the elements are
    loaded with the page, so that an element is not first a grey box of another height.

    index: the file of Streamlit's page. Raises ValueError if it has no root element, or lacks
    scripts.
    """
    page = index.read_text("utf-8")
    if ROOT_ELEMENT not in page:
        raise ValueError(f"the page of Streamlit has no {ROOT_ELEMENT}")
    ours = [
        SERVER_ADDRESS_SCRIPT,
        f'<link rel="stylesheet" href="{served_path(style.path)}">',
        f'<script src="{served_path(script.path)}" defer></script>',
        *(
            f'<link rel="modulepreload" crossorigin href="./{SCRIPTS}/{name}">'
            for name in scripts_of_elements(index.parent / SCRIPTS)
            if name not in page
        ),
    ]
    return page.replace(ROOT_ELEMENT, "".join(ours) + ROOT_ELEMENT)


def _flat_address(path: str) -> str:
    """Return the address of a page by the last name in a path of several; empty for any other.

    Below another name the page would look for its scripts there, and stay blank.

    >>> _flat_address("/old/province/"), _flat_address("/province"), _flat_address("/")
    ('/province', '', '')
    """
    name = path.rstrip("/").rpartition("/")[2]
    return "" if path == f"/{name}" else f"/{quote(name, safe='')}"


@dataclass(frozen=True)
class PageMiddleware:
    """ASGI middleware that answers with a page wherever Streamlit answers with its own.

    A path of several names is redirected to its last one.

    page: from ``build_page``. guard: it knows which addresses answer with a page.
    """

    app: ASGIApp
    page: str
    guard: SecurityPolicy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the app, and replace the body of an answer that is Streamlit's page."""
        if scope["type"] != "http" or not self.guard.is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        base = self.guard.base
        address = _flat_address(scope["path"].removeprefix(base))
        is_page = False

        async def replaced(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                is_page = message["status"] == 200 and kind.startswith(HTML)
                if is_page and address:
                    query = scope["query_string"].decode("latin-1")
                    redirect = RedirectResponse(base + address + (f"?{query}" if query else ""))
                    message["status"] = redirect.status_code
                    message["headers"] = redirect.raw_headers
                elif is_page:
                    message["headers"] = self._page_headers(message["headers"])
            elif is_page:
                if message.get("more_body"):
                    return
                body = b"" if address or scope["method"] == "HEAD" else self.page.encode()
                message = {"type": "http.response.body", "body": body}
            await send(message)

        headers = [pair for pair in scope["headers"] if pair[0] not in CONDITIONS]
        await self.app({**scope, "headers": headers}, receive, replaced)

    def _page_headers(self, pairs: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        headers = MutableHeaders(raw=list(pairs))
        for name in OUTDATED:
            if name in headers:
                del headers[name]
        headers["content-length"] = str(len(self.page.encode()))
        return headers.raw
