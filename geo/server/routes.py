"""Routes of the server: files of the map, files made from the data, pictures."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.limits import ASSET_SECONDS, FILE_SECONDS
from geo.maps import WebAsset
from geo.render_queue import RenderQueue
from geo.server.quotas import PICTURES, AddressQuotas, Permit, Quota
from geo.text import AtlasError, BusyError, InputError, RateLimitError, error_messages

ASSET_CACHING: Final = f"public, max-age={ASSET_SECONDS}, immutable"
FILE_CACHING: Final = f"public, max-age={FILE_SECONDS}"
COMPRESSED_SHARE: Final = 0.9  # compressed if at most this share remains
METHODS: Final = ["GET", "HEAD"]
Answer = TypeVar("Answer")


class MadeFile(Protocol):
    """What a renderer returns: the body of a file and the headers that describe it."""

    @property
    def body(self) -> bytes: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class RenderedFile:
    """A rendered file: its checksum, and its body by content coding (best first, '' is plain)."""

    file: MadeFile
    etag: str
    encodings: Mapping[str, bytes]

    @property
    def size_in_bytes(self) -> int:
        """The bytes that all its encodings take in the cache."""
        return sum(map(len, self.encodings.values()))


def render_file(render: Callable[[Any], MadeFile], query: Hashable) -> RenderedFile:
    """Render a file from its query, and compress it if that makes it a good deal smaller."""
    file = render(query)
    etag = f'"{hashlib.sha256(file.body).hexdigest()[:32]}"'
    packed = gzip.compress(file.body, 6, mtime=0)
    small = len(packed) < COMPRESSED_SHARE * len(file.body)
    encodings = {"gzip": packed} if small else {}
    return RenderedFile(file, etag, {**encodings, "": file.body})


def build_response(
    request: Request,
    etag: str,
    cache_control: str,
    encodings: Mapping[str, bytes],
    headers: Mapping[str, str],
) -> Response:
    """Return a file in an encoding that the browser accepts, or 304 if the browser has it."""
    sent = {**headers, "ETag": etag, "Cache-Control": cache_control, "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=sent)
    accepted = request.headers.get("accept-encoding", "")
    coding = next((name for name in encodings if name and name in accepted), "")
    if coding:
        sent["Content-Encoding"] = coding
    return Response(encodings[coding], headers=sent)


def error_response(error: AtlasError) -> Response:
    """An error in every language.

    429 if an address asked for too much, 503 if the server is busy, 400 for a bad address, else
    500.
    """
    text = "\n".join(error_messages(error))
    if isinstance(error, BusyError):
        status = 429 if isinstance(error, RateLimitError) else 503
        headers = {"Retry-After": str(error.retry_after_s), "Cache-Control": "no-store"}
        return PlainTextResponse(text, status, headers)
    return PlainTextResponse(text, 400 if isinstance(error, InputError) else 500)


def asset_route(asset: WebAsset) -> Route:
    """A route for one script of the map, compressed in advance and cached for a year.

    The address contains the file's checksum, so a changed file has a new address.
    """

    async def answer(request: Request) -> Response:
        encodings = {**asset.encodings, "": asset.body}
        headers = {"Content-Type": asset.media_type}
        return build_response(request, asset.etag, ASSET_CACHING, encodings, headers)

    return Route(asset.path, answer, methods=METHODS)


async def wait_for_result(pending: Future[Answer]) -> Answer:
    """Wait for a result that others may wait for too: who stops waiting does not cancel it."""
    return await asyncio.shield(asyncio.wrap_future(pending))


def _never(_: Mapping[str, str]) -> bool:
    return False


def file_route(
    path: str,
    parse: Callable[[Mapping[str, str], str], Hashable],
    render: Callable[[Any], MadeFile],
    queue: RenderQueue[RenderedFile],
    quotas: AddressQuotas,
    quota: Quota,
    is_immutable: Callable[[Mapping[str, str]], bool] = _never,
) -> Route:
    """A route for a file that is rendered from its query parameters, by a render queue.

    parse: returns what the file depends on, from the query parameters and the server's address; it
    raises InputError.
    render: returns the file for that.
    quota: what a file that has to be rendered is counted by, for each address.
    is_immutable: whether an address never gives another file, so that the browser keeps it.
    """
    name, _, ending = path.strip("/").partition(".")

    async def answer(request: Request) -> Response:
        try:
            query = parse(request.query_params, str(request.base_url))
            pending = queue.submit(
                (path, query),
                partial(render_file, render, query),
                permit=quotas.build_permit(request, quota),
                kind=name,
                form=ending,
            )
            rendered = await wait_for_result(pending)
        except InputError as error:
            return error_response(error)
        caching = ASSET_CACHING if is_immutable(request.query_params) else FILE_CACHING
        return build_response(
            request, rendered.etag, caching, rendered.encodings, rendered.file.headers
        )

    return Route(path, answer, methods=METHODS)


def picture_route(
    form: str,
    submit: Callable[[Mapping[str, str], str, str, Permit | None], Future[Any]],
    quotas: AddressQuotas,
) -> Route:
    """A route for pictures in one format.

    submit: takes query parameters, the server's address, the format and the permit of
    ``RenderQueue.submit``; returns a future of a picture with media_type, name, etag and encodings.
    """

    async def answer(request: Request) -> Response:
        try:
            permit = quotas.build_permit(request, PICTURES)
            pending = submit(request.query_params, str(request.base_url), form, permit)
            figure = await wait_for_result(pending)
        except AtlasError as error:
            return error_response(error)
        headers = {
            "Content-Type": figure.media_type,
            "Content-Disposition": f'inline; filename="{figure.name}"',
        }
        return build_response(request, figure.etag, FILE_CACHING, figure.encodings, headers)

    return Route(f"/picture.{form}", answer, methods=METHODS)
