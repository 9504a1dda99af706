"""The queue of pictures: two are drawn at a time, others wait, results are cached.

The server draws them in processes of their own (``geo.task_processes``).

Downloads of the page and addresses of pictures both use it, so they return the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cache, partial

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
from geo.render_queue import RenderQueue
from geo.task_processes import RENDERING
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


def render_in_pool(picture: FigureRequest, form: str) -> bytes:
    """Draw a picture as ``render_picture`` does, in a process of the server if it has some."""
    return RENDERING.run(render_picture, picture, form)


class PictureQueue:
    """A render queue of pictures, by request and format.

    draw: what draws a picture, from the request and the format. at_once, waiting, kept_bytes: for
    tests; the limits of the server otherwise.
    """

    def __init__(
        self,
        draw: Callable[[FigureRequest, str], bytes] = render_in_pool,
        at_once: int = MAX_PICTURES_AT_ONCE,
        waiting: int = MAX_PICTURES_WAITING,
        kept_bytes: int = PICTURE_CACHE_BYTES,
    ) -> None:
        self._draw = draw
        self._queue: RenderQueue[RenderedFigure] = RenderQueue(
            kept_bytes, at_once, waiting, _busy_error, thread_name="picture"
        )

    def submit(
        self, picture: FigureRequest, form: str, permit: Callable[[], None] | None = None
    ) -> Future[RenderedFigure]:
        """Render a picture in the background, or take it from the cache. form: png, svg or pdf.

        Equal requests share one result. permit: as in ``RenderQueue.submit``. The future raises as
        ``geo.pictures.rendering.render_picture`` does; submitting raises BusyError if the queue is
        full.
        """
        request = picture.canonical()
        request = request if form == "png" else replace(request, scale=1)
        return self._queue.submit(
            (request, form, data_version()),
            partial(self._render_figure, request, form),
            private=request.shows_user_data,
            permit=permit,
            kind=request.kind,
            form=form,
        )

    def render(self, picture: FigureRequest, form: str) -> RenderedFigure:
        """Render a picture and wait for it. Raises as ``submit`` and its future."""
        return self.submit(picture, form).result()

    @property
    def cached_bytes(self) -> int:
        """The size of the cached pictures."""
        return self._queue.cached_bytes

    def _render_figure(self, request: FigureRequest, form: str) -> RenderedFigure:
        scale = f"-{request.scale}x" if request.scale > 1 else ""
        body = self._draw(request, form)
        packed = gzip.compress(body, 6, mtime=0) if form == "svg" else b""
        return RenderedFigure(
            body, FIGURE_FORMATS[form], f"{request.file_stem}{scale}.{form}", packed
        )


def _busy_error() -> BusyError:
    return BusyError(
        N_("Too many pictures are being drawn. Try again in {seconds} seconds."),
        RETRY_AFTER_SECONDS,
    )


@cache
def picture_queue() -> PictureQueue:
    """The picture queue of the server."""
    return PictureQueue()


@cache
def data_version() -> str:
    """A checksum that changes with the tables or the boundaries."""
    return hashlib.sha256(dataset_checksum().encode() + BOUNDARIES_FILE.read_bytes()).hexdigest()[
        :16
    ]
