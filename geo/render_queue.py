"""The queue of files to render: a few are made at a time, others wait, results are cached.

Pictures (``geo.pictures``) and files by address (``geo.server``) each have one, with their limits
of ``geo.limits``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import copy_context
from functools import partial
from threading import Lock
from time import perf_counter
from typing import Any, Generic, Protocol, TypeVar

from cachetools import LRUCache

from geo.metrics import RenderMetrics
from geo.text import BusyError, RateLimitError


class RenderedResult(Protocol):
    """What a renderer returns: anything that knows how many bytes it takes in the cache."""

    @property
    def size_in_bytes(self) -> int: ...


Result = TypeVar("Result", bound=RenderedResult)


class RenderQueue(Generic[Result]):
    """A pool of threads that render, with requests that wait, and a cache of results.

    cache_bytes: the most that cached results take together; the one least recently asked for is
    dropped first, and a result above the limit is not cached. at_once: how many are rendered at a
    time. waiting: how many more may wait, None for any number. busy: makes the error that is raised
    beyond; needed if waiting is a number. thread_name: the prefix of the names of its threads, and
    the name of the queue in the metrics.
    """

    def __init__(
        self,
        cache_bytes: int,
        at_once: int,
        waiting: int | None = None,
        busy: Callable[[], BusyError] | None = None,
        thread_name: str = "render",
    ) -> None:
        if waiting is not None and busy is None:
            raise TypeError("A queue of limited length needs the error for when it is full.")
        self.at_once = at_once
        self._most = None if waiting is None else at_once + waiting
        self._busy = busy
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix=thread_name)
        self._cache: LRUCache[Hashable, Result] = LRUCache(
            cache_bytes, lambda result: result.size_in_bytes
        )
        self._pending: dict[Hashable, Future[Result]] = {}
        self._lock = Lock()
        self._metrics = RenderMetrics(thread_name)

    def submit(
        self,
        key: Hashable,
        render: Callable[[], Result],
        private: bool = False,
        permit: Callable[[], None] | None = None,
        kind: str = "",
        form: str = "",
    ) -> Future[Result]:
        """Render a result in the background, or take it from the cache.

        key: what the result depends on; requests with equal keys share one result. private: the
        result holds data of a user, so it is not cached. permit: called before something is
        rendered that is neither cached nor in line; it raises RateLimitError where the asker had
        too many. kind, form: what is rendered, for the metrics; names of the atlas, never text of a
        reader. The future raises what `render` raises, and the next request with the key renders
        again. Raises BusyError if too many wait.
        """
        count = partial(self._metrics.count_request, kind, form)
        with self._lock:
            if key in self._cache:
                count("cached")
                done: Future[Result] = Future()
                done.set_result(self._cache[key])
                return done
            if key in self._pending:
                count("joined")
                return self._pending[key]
            if self._busy and self._most is not None and len(self._pending) >= self._most:
                count("busy")
                raise self._busy()
            try:
                if permit:
                    permit()
            except RateLimitError:
                count("quota")
                raise
            count("queued")
            timing = partial(self._metrics.time_rendering, kind, form, perf_counter())
            # Its log lines know the request that was the first to ask.
            run = copy_context().run
            future = self._pool.submit(run, self._render_now, key, render, private, timing)
            self._pending[key] = future
        future.add_done_callback(partial(self._forget_cancelled, key))
        return future

    @property
    def cached_bytes(self) -> int:
        """The size of the cached results."""
        with self._lock:
            return int(self._cache.currsize)

    @property
    def cached_keys(self) -> list[Hashable]:
        """The keys of the cached results, without an order."""
        with self._lock:
            return list(self._cache)

    def _render_now(
        self,
        key: Hashable,
        render: Callable[[], Result],
        private: bool,
        timing: Callable[[], AbstractContextManager[None]],
    ) -> Result:
        # The request is no longer pending when its future is done: who asks then must not get a
        # private result or an error from it.
        try:
            with timing():
                result = render()
        except BaseException:
            with self._lock:
                self._pending.pop(key, None)
            raise
        with self._lock:
            self._pending.pop(key, None)
            if not private and result.size_in_bytes <= self._cache.maxsize:
                self._cache[key] = result
        return result

    def _forget_cancelled(self, key: Hashable, future: Future[Any]) -> None:
        with self._lock:
            if self._pending.get(key) is future:
                del self._pending[key]
                self._metrics.leave_line()
