"""Where pictures are ordered: two are drawn at once, some wait, and what was drawn is kept a while.

The page's download and the address both order here, so both hand out the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import cache
from threading import Lock
from typing import Final

from geo.index import dataset_checksum
from geo.pictures.drawing import FIGURE_FORMATS
from geo.pictures.rendering import render_picture
from geo.pictures.request import FigureRequest
from geo.text import N_, BusyError
from geo.units import BOUNDARIES_FILE

MAX_CONCURRENT: Final = 2  # drawn at the same time: each takes a core and, at scale 4, some 150 MB
MAX_WAITING: Final = 16  # in line behind them: the last waits some ten seconds
CACHE_BYTES: Final = 64_000_000  # of drawn pictures: some 200 of a usual size
RETRY_AFTER_S: Final = 5  # when to ask again where the line is full


@dataclass(frozen=True)
class RenderedFigure:
    """The file of a picture, with what its address tells about it.

    compressed: the body compressed by gzip, or empty where that saves nothing.
    """

    body: bytes
    media_type: str
    name: str
    compressed: bytes = b""

    @property
    def encodings(self) -> dict[str, bytes]:
        """The body by content coding, best first; the one under '' is plain."""
        return {"gzip": self.compressed, "": self.body} if self.compressed else {"": self.body}

    @property
    def size_in_bytes(self) -> int:
        """The bytes that it takes on the shelf."""
        return len(self.body) + len(self.compressed)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


RenderKey = tuple[FigureRequest, str, str]


class RenderQueue:
    """A line of orders before a few drawers, and a shelf of what they drew."""

    def __init__(
        self,
        draw: Callable[[FigureRequest, str], bytes] = render_picture,
        at_once: int = MAX_CONCURRENT,
        waiting: int = MAX_WAITING,
        kept_bytes: int = CACHE_BYTES,
    ) -> None:
        self._draw = draw
        self._drawers = ThreadPoolExecutor(at_once, thread_name_prefix="picture")
        self._most = at_once + waiting
        self._kept_bytes = kept_bytes
        self._shelf: OrderedDict[RenderKey, RenderedFigure] = OrderedDict()
        self._ordered: dict[RenderKey, Future[RenderedFigure]] = {}
        self._lock = Lock()

    def submit(self, picture: FigureRequest, form: str) -> Future[RenderedFigure]:
        """The drawing of a picture, now or later. form: png, svg or pdf.

        Who orders the same gets the same. The future raises as geo.pictures.rendering.render does;
        the order raises BusyError when too many wait already.
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
                    RETRY_AFTER_S,
                )
            # The measures of a reader's own are known in the context of the session alone.
            future = self._drawers.submit(copy_context().run, self._render_now, key)
            self._ordered[key] = future
        future.add_done_callback(lambda _: self._forget_pending(key))
        return future

    def render(self, picture: FigureRequest, form: str) -> RenderedFigure:
        """The drawing of a picture, for who can wait for it. Raises as ``order`` and its future."""
        return self.submit(picture, form).result()

    @property
    def cached_bytes(self) -> int:
        """The bytes on the shelf."""
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
            return drawing  # of one session: nothing of it is kept
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
    """The one studio of the server."""
    return RenderQueue()


@cache
def data_version() -> str:
    """What changes when the tables or the boundaries do."""
    return hashlib.sha256(dataset_checksum().encode() + BOUNDARIES_FILE.read_bytes()).hexdigest()[
        :16
    ]
