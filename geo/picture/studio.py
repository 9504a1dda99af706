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

from geo.boundaries import FILE
from geo.errors import InputError
from geo.index.exchange import data_hash
from geo.picture import render
from geo.picture.drawing import FORMATS
from geo.picture.request import Picture
from geo.text import N_

AT_ONCE: Final = 2  # drawn at the same time: each takes a core and, at scale 4, some 150 MB
WAITING: Final = 16  # in line behind them: the last waits some ten seconds
KEPT_BYTES: Final = 64_000_000  # of drawn pictures: some 200 of a usual size
RETRY_S: Final = 5  # when to ask again where the line is full


class BusyError(InputError):
    """The line is full; the reader can ask again a little later."""


@dataclass(frozen=True)
class Drawing:
    """The file of a picture, with what its address tells about it.

    packed: the body compressed by gzip, or empty where that saves nothing.
    """

    body: bytes
    media_type: str
    name: str
    packed: bytes = b""

    @property
    def forms(self) -> dict[str, bytes]:
        """The body by content coding, best first; the one under '' is plain."""
        return {"gzip": self.packed, "": self.body} if self.packed else {"": self.body}

    @property
    def size(self) -> int:
        """The bytes that it takes on the shelf."""
        return len(self.body) + len(self.packed)

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


Key = tuple[Picture, str, str]


class Studio:
    """A line of orders before a few drawers, and a shelf of what they drew."""

    def __init__(
        self,
        draw: Callable[[Picture, str], bytes] = render,
        at_once: int = AT_ONCE,
        waiting: int = WAITING,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        self._draw = draw
        self._drawers = ThreadPoolExecutor(at_once, thread_name_prefix="picture")
        self._most = at_once + waiting
        self._kept_bytes = kept_bytes
        self._shelf: OrderedDict[Key, Drawing] = OrderedDict()
        self._ordered: dict[Key, Future[Drawing]] = {}
        self._lock = Lock()

    def order(self, picture: Picture, form: str) -> Future[Drawing]:
        """The drawing of a picture, now or later. form: png, svg or pdf.

        Who orders the same gets the same. The future raises as geo.picture.render does; the order
        raises BusyError when too many wait already.
        """
        asked = picture.canonical()
        asked = asked if form == "png" else replace(asked, scale=1)
        key = (asked, form, data_stamp())
        with self._lock:
            if key in self._shelf:
                self._shelf.move_to_end(key)
                done: Future[Drawing] = Future()
                done.set_result(self._shelf[key])
                return done
            if key in self._ordered:
                return self._ordered[key]
            if len(self._ordered) >= self._most:
                raise BusyError(
                    N_("Too many pictures are being drawn. Ask again in {seconds} seconds."),
                    seconds=RETRY_S,
                )
            # The measures of a reader's own are known in the context of the session alone.
            future = self._drawers.submit(copy_context().run, self._made, key)
            self._ordered[key] = future
        future.add_done_callback(lambda _: self._finished(key))
        return future

    def picture(self, picture: Picture, form: str) -> Drawing:
        """The drawing of a picture, for who can wait for it. Raises as ``order`` and its future."""
        return self.order(picture, form).result()

    @property
    def kept(self) -> int:
        """The bytes on the shelf."""
        with self._lock:
            return sum(drawing.size for drawing in self._shelf.values())

    def _made(self, key: Key) -> Drawing:
        asked, form, _ = key
        scale = f"-{asked.scale}x" if asked.scale > 1 else ""
        body = self._draw(asked, form)
        packed = gzip.compress(body, 6, mtime=0) if form == "svg" else b""
        drawing = Drawing(body, FORMATS[form], f"{asked.name}{scale}.{form}", packed)
        if asked.of_session:
            return drawing  # of one session: nothing of it is kept
        with self._lock:
            self._shelf[key] = drawing
            size = sum(own.size for own in self._shelf.values())
            while size > self._kept_bytes:
                _, oldest = self._shelf.popitem(last=False)
                size -= oldest.size
        return drawing

    def _finished(self, key: Key) -> None:
        with self._lock:
            self._ordered.pop(key, None)


@cache
def studio() -> Studio:
    """The one studio of the server."""
    return Studio()


@cache
def data_stamp() -> str:
    """What changes when the tables or the boundaries do."""
    return hashlib.sha256(data_hash().encode() + FILE.read_bytes()).hexdigest()[:16]
