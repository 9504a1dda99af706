"""When the server collects garbage: every few seconds, and never while a reader waits for a page.

Streamlit would do it after every run of a page (``runner.postScriptGC``, off in
``.streamlit/config.toml``). That looks at every object that came since the start, so it takes
longer the more the caches hold: on an aged server more than half of a change of measure.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Event, Thread

from geo.limits import COLLECTION_SECONDS


@cache
def freeze_objects() -> None:
    """Exclude all loaded objects from garbage collection, once, when loading is complete.

    All modules and tables live as long as the server, and a collection of them takes 20 to 50 ms.
    Only the first page that a server shows calls this, so the objects of later sessions are still
    collected.
    """
    gc.collect()
    gc.freeze()


@contextmanager
def regular_collection(seconds: float = COLLECTION_SECONDS) -> Iterator[None]:
    """Collect garbage regularly, in a thread of its own, until the end of the context.

    Python itself collects all generations only when the objects that survived younger collections
    have grown by a quarter; what closed sessions held would stay long.
    """
    ended = Event()

    def collect() -> None:
        while not ended.wait(seconds):
            gc.collect()

    thread = Thread(target=collect, name="garbage", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
