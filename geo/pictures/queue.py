"""The render queue: two pictures are drawn at a time, others wait, results are cached.

Downloads of the page and addresses of pictures both use it, so they return the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock

from geo.index import dataset_checksum
from geo.limits import (
    MAX_PICTURES_AT_ONCE,
    MAX_PICTURES_WAITING,
    PICTURE_CACHE_BYTES,
    RETRY_AFTER_SECONDS,
)
from geo.pictures.drawing import FIGURE_FORMATS
from geo.pictures.rendering import render_picture
from geo.pictures.request import FigureRequest
from geo.text import N_, BusyError
from geo.units import BOUNDARIES_FILE


@dataclass(frozen=True)
class RenderedFigure:
    """The file of a picture, with its media type and name.

    compressed: the body compressed by gzip, or empty if that saves nothing.
    """

    body: bytes
    media_type: str
    name: str
    compressed: bytes = b""

    @property
    def encodings(self) -> dict[str, bytes]:
        """The body by content coding, best first; '' is the plain one."""
        return {"gzip": self.compressed, "": self.body} if self.compressed else {"": self.body}

    @property
    def size_in_bytes(self) -> int:
        """The bytes that it takes in the cache."""
        return len(self.body) + len(self.compressed)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


RenderKey = tuple[FigureRequest, str, str]


class RenderQueue:
    """A queue of pictures to render, a pool of threads, and a cache of the results."""

    def __init__(
        self,
        draw: Callable[[FigureRequest, str], bytes] = render_picture,
        at_once: int = MAX_PICTURES_AT_ONCE,
        waiting: int = MAX_PICTURES_WAITING,
        kept_bytes: int = PICTURE_CACHE_BYTES,
    ) -> None:
        self._draw = draw
        self._drawers = ThreadPoolExecutor(at_once, thread_name_prefix="picture")
        self._most = at_once + waiting
        self._kept_bytes = kept_bytes
        self._shelf: OrderedDict[RenderKey, RenderedFigure] = OrderedDict()
        self._ordered: dict[RenderKey, Future[RenderedFigure]] = {}
        self._lock = Lock()

    def submit(self, picture: FigureRequest, form: str) -> Future[RenderedFigure]:
        """Render a picture in the background, or take it from the cache. form: png, svg or pdf.

        Equal requests share one result. The future raises as
        ``geo.pictures.rendering.render_picture`` does; submitting raises BusyError if the queue is
        full.
        """
        request = picture.canonical()
        request = request if form == "png" else replace(request, scale=1)
        key = (request, form, data_version())
        with self._lock:
            if key in self._shelf:
                self._shelf.move_to_end(key)
                done: Future[RenderedFigure] = Future()
                done.set_result(self._shelf[key])
                return done
            if key in self._ordered:
                return self._ordered[key]
            if len(self._ordered) >= self._most:
                raise BusyError(
                    N_("Too many pictures are being drawn. Ask again in {seconds} seconds."),
                    RETRY_AFTER_SECONDS,
                )
            future = self._drawers.submit(self._render_now, key)
            self._ordered[key] = future
        future.add_done_callback(lambda _: self._forget_pending(key))
        return future

    def render(self, picture: FigureRequest, form: str) -> RenderedFigure:
        """Render a picture and wait for it. Raises as ``submit`` and its future."""
        return self.submit(picture, form).result()

    @property
    def cached_bytes(self) -> int:
        """The size of the cached pictures."""
        with self._lock:
            return sum(drawing.size_in_bytes for drawing in self._shelf.values())

    def _render_now(self, key: RenderKey) -> RenderedFigure:
        request, form, _ = key
        scale = f"-{request.scale}x" if request.scale > 1 else ""
        body = self._draw(request, form)
        packed = gzip.compress(body, 6, mtime=0) if form == "svg" else b""
        drawing = RenderedFigure(
            body, FIGURE_FORMATS[form], f"{request.file_stem}{scale}.{form}", packed
        )
        if request.shows_user_data:
            return drawing  # private to one session: not cached
        with self._lock:
            self._shelf[key] = drawing
            size = sum(figure.size_in_bytes for figure in self._shelf.values())
            while size > self._kept_bytes:
                _, oldest = self._shelf.popitem(last=False)
                size -= oldest.size_in_bytes
        return drawing

    def _forget_pending(self, key: RenderKey) -> None:
        with self._lock:
            self._ordered.pop(key, None)


@cache
def render_queue() -> RenderQueue:
    """The render queue of the server."""
    return RenderQueue()


@cache
def data_version() -> str:
    """A checksum that changes with the tables or the boundaries."""
    return hashlib.sha256(dataset_checksum().encode() + BOUNDARIES_FILE.read_bytes()).hexdigest()[
        :16
    ]
