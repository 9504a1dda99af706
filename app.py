"""The server: Streamlit's app with the few files that pages load, checked before it opens.

Start it with ``streamlit run app.py`` or, better, with ``make run``.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

ROOT = Path(__file__).parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from geo import files, start, webmap  # noqa: E402  (the root must be on the path first)
from geo.errors import DataError, InputError  # noqa: E402
from geo.picture import Picture, drawing, fonts, request, studio  # noqa: E402

YEAR_SECONDS = 365 * 24 * 3600
MADE_KEPT = 256  # files made from the data that are kept ready: some 10 kB each
MADE_SECONDS = 300  # how long a browser may show one without asking: the data may be mended


def respond(
    request: Request, etag: str, kept: str, forms: Mapping[str, bytes], headers: Mapping[str, str]
) -> Response:
    """One file in a form that the browser takes, or word that it has it already.

    forms: the file by content coding, best first; the one under '' is plain.
    """
    told = {
        **headers,
        "ETag": etag,
        "Cache-Control": kept,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    accepted = request.headers.get("accept-encoding", "")
    coding = next((name for name in forms if name and name in accepted), "")
    if coding:
        told["Content-Encoding"] = coding
    return Response(forms[coding], headers=told)


def serve(asset: webmap.Asset) -> Route:
    """A route for one file of the map: compressed beforehand, kept by the browser for a year.

    The address carries the checksum of the file, so a new file has a new address.
    """
    kept = f"public, max-age={YEAR_SECONDS}, immutable"
    headers = {"Content-Type": asset.media_type}

    async def answer(request: Request) -> Response:
        forms = {**asset.encodings, "": asset.body}
        return respond(request, asset.etag, kept, forms, headers)

    return Route(asset.path, answer, methods=["GET", "HEAD"])


def make(path: str, maker: Callable[[files.Query], files.File]) -> Route:
    """A route for files made from the data by what the address asks for."""

    @lru_cache(maxsize=MADE_KEPT)
    def made(query: files.Query) -> tuple[files.File, str, bytes]:
        file = maker(query)
        etag = f'"{hashlib.sha256(file.body).hexdigest()[:32]}"'
        return file, etag, gzip.compress(file.body, 6, mtime=0)

    async def answer(request: Request) -> Response:
        try:
            file, etag, packed = made(files.query(request.query_params))
        except InputError as error:
            return PlainTextResponse("\n".join(start.sentences(error)), status_code=400)
        forms = {"gzip": packed, "": file.body}
        kept = f"public, max-age={MADE_SECONDS}"
        return respond(request, etag, kept, forms, file.headers)

    return Route(path, answer, methods=["GET", "HEAD"])


def picture(form: str) -> Route:
    """A route for pictures in one form. They are drawn in threads, so that pages never wait."""

    async def answer(asked: Request) -> Response:
        try:
            wanted = request.from_address(asked.query_params, str(asked.base_url), date.today())
            made = await asyncio.wrap_future(studio.studio().order(wanted, form))
        except studio.BusyError as error:
            told = {"Retry-After": str(studio.RETRY_S)}
            return PlainTextResponse("\n".join(start.sentences(error)), 503, told)
        except InputError as error:
            return PlainTextResponse("\n".join(start.sentences(error)), status_code=400)
        except DataError as error:
            return PlainTextResponse("\n".join(start.sentences(error)), status_code=500)
        headers = {
            "Content-Type": made.media_type,
            "Content-Disposition": f'inline; filename="{made.name}"',
        }
        kept = f"public, max-age={MADE_SECONDS}"
        return respond(asked, made.etag, kept, made.forms, headers)

    return Route(f"/picture.{form}", answer, methods=["GET", "HEAD"])


try:
    start.check()
    fonts.font_files()
except DataError as error:
    # Nothing to serve: one sentence for whoever started it, in both languages.
    sys.exit("\n".join(start.sentences(error)))

app = st.App(
    ROOT / "pages" / "frame.py",
    routes=[
        *(serve(asset) for asset in webmap.assets().values()),
        *(make(path, maker) for path, maker in files.MAKERS.items()),
        *(picture(form) for form in drawing.FORMATS),
    ],
)
# The first picture reads fonts and shapes, which takes a second: not a reader's.
studio.studio().order(Picture(), "png")
