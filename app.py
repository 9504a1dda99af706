"""The server: Streamlit's app with the few files that pages load, checked before it opens.

Start it with ``streamlit run app.py`` or, better, with ``make run``.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Condition

import streamlit as st
from anyio import CapacityLimiter, to_thread
from cachetools import LRUCache, cached
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo.exports import (  # noqa: E402
    CACHE_BYTES,
    MAX_CONCURRENT,
    RENDERERS,
    FileQuery,
    ServedFile,
    canonical_query,
    parse_query,
)
from geo.maps import WebAsset, links_script, web_assets  # noqa: E402
from geo.pictures import (  # noqa: E402
    FIGURE_FORMATS,
    RETRY_AFTER_S,
    BusyError,
    FigureRequest,
    font_files,
    render_queue,
    request_from_address,
)
from geo.server import (  # noqa: E402
    SecurityHeadersMiddleware,
    build_security_policy,
    check_data,
    error_handler,
    error_messages,
)
from geo.text import AtlasError, DataError, InputError  # noqa: E402
from pages.parts.page_frame import show_fault  # noqa: E402

UNCHANGING = f"public, max-age={365 * 24 * 3600}, immutable"
COMPRESSED_FIRST = 0.9  # a file that compressing makes no smaller than this share is sent as it is
MADE_SECONDS = 300  # how long a browser may show one without asking: the data may be mended


def build_response(
    request: Request,
    etag: str,
    cache_control: str,
    encodings: Mapping[str, bytes],
    headers: Mapping[str, str],
) -> Response:
    """One file in a form that the browser takes, or word that it has it already.

    forms: the file by content coding, best first; the one under '' is plain.
    """
    texts = {**headers, "ETag": etag, "Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=texts)
    accepted = request.headers.get("accept-encoding", "")
    coding = next((name for name in encodings if name and name in accepted), "")
    if coding:
        texts["Content-Encoding"] = coding
    return Response(encodings[coding], headers=texts)


def asset_route(asset: WebAsset) -> Route:
    """A route for one file of the map: compressed beforehand, kept by the browser for a year.

    The address carries the checksum of the file, so a new file has a new address.
    """

    async def answer(request: Request) -> Response:
        forms = {**asset.encodings, "": asset.body}
        return build_response(
            request, asset.etag, UNCHANGING, forms, {"Content-Type": asset.media_type}
        )

    return Route(asset.path, answer, methods=["GET", "HEAD"])


@dataclass(frozen=True)
class RenderedFile:
    """A file made from the data, with its forms by content coding and its checksum."""

    file: ServedFile
    etag: str
    forms: Mapping[str, bytes]


def size_in_bytes(rendered: RenderedFile) -> int:
    """How much room a made file takes, in bytes."""
    return sum(map(len, rendered.forms.values()))


@cached(LRUCache(CACHE_BYTES, size_in_bytes), condition=Condition())
def render_cached(path: str, query: FileQuery) -> RenderedFile:
    """A file by its path and by what it depends on, made once though several ask for it."""
    file = RENDERERS[path](query)
    etag = f'"{hashlib.sha256(file.body).hexdigest()[:32]}"'
    packed = gzip.compress(file.body, 6, mtime=0)
    forms = {"gzip": packed} if len(packed) < COMPRESSED_FIRST * len(file.body) else {}
    return RenderedFile(file, etag, {**forms, "": file.body})


at_once = CapacityLimiter(MAX_CONCURRENT)


def file_route(path: str) -> Route:
    """A route for files made from the data by what the address asks for, off the pages' thread."""

    async def answer(request: Request) -> Response:
        try:
            requested = canonical_query(path, parse_query(request.query_params))
            rendered_file = await to_thread.run_sync(
                render_cached, path, requested, limiter=at_once
            )
        except InputError as error:
            return PlainTextResponse("\n".join(error_messages(error)), status_code=400)
        cache_control = f"public, max-age={MADE_SECONDS}"
        return build_response(
            request,
            rendered_file.etag,
            cache_control,
            rendered_file.forms,
            rendered_file.file.headers,
        )

    return Route(path, answer, methods=["GET", "HEAD"])


def picture_route(form: str) -> Route:
    """A route for pictures in one form. They are drawn in threads, so that pages never wait."""

    async def answer(request: Request) -> Response:
        try:
            figure_request = request_from_address(
                request.query_params, str(request.base_url), date.today()
            )
            drawn = await asyncio.wrap_future(render_queue().submit(figure_request, form))
        except BusyError as error:
            headers = {"Retry-After": str(RETRY_AFTER_S)}
            return PlainTextResponse("\n".join(error_messages(error)), 503, headers)
        except InputError as error:
            return PlainTextResponse("\n".join(error_messages(error)), status_code=400)
        except DataError as error:
            return PlainTextResponse("\n".join(error_messages(error)), status_code=500)
        headers = {
            "Content-Type": drawn.media_type,
            "Content-Disposition": f'inline; filename="{drawn.name}"',
        }
        cache_control = f"public, max-age={MADE_SECONDS}"
        return build_response(request, drawn.etag, cache_control, drawn.encodings, headers)

    return Route(f"/picture.{form}", answer, methods=["GET", "HEAD"])


try:
    check_data()
    font_files()
    index = Path(st.__file__).parent / "static" / "index.html"
    made_here = {*RENDERERS, *(f"/picture.{form}" for form in FIGURE_FORMATS)}
    guard = build_security_policy(index.read_text("utf-8"), made_here, os.environ)
except AtlasError as error:
    # Nothing to serve: one sentence for whoever started it, in both languages.
    sys.exit("\n".join(error_messages(error)))

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=[
        *map(asset_route, (*web_assets().values(), links_script())),
        *map(file_route, RENDERERS),
        *map(picture_route, FIGURE_FORMATS),
    ],
    middleware=[Middleware(SecurityHeadersMiddleware, guard=guard)],
    exception_handlers={Exception: error_handler(guard)},
    on_script_error=show_fault,
)
# The first picture reads fonts and shapes, which takes a second: not a reader's.
render_queue().submit(FigureRequest(), "png")
