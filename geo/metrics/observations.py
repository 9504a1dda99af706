"""The metrics that the atlas counts itself, each with the function that observes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import local
from time import perf_counter
from typing import Final, Literal

from prometheus_client import Counter, Gauge, Histogram, Info

from geo.metrics.labels import REGISTRY, Labelled
from geo.text import AtlasError, InputError, StoreError

RERUN_SCOPES: Final = ("page", "fragment")
RenderOutcome = Literal["cached", "joined", "queued", "busy", "quota"]

_RERUN_BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 3.0, 6.0)
_RENDER_BOUNDS: Final = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_STORE_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 5.0)

_RERUN_SECONDS: Final = Labelled(
    Histogram,
    "atlas_rerun_seconds",
    "Seconds for which a page was drawn on the server; scope: the whole page, or the fragment"
    " that a choice draws anew.",
    ("page", "scope"),
    buckets=_RERUN_BOUNDS,
)
_RERUN_FAULTS: Final = Labelled(
    Counter,
    "atlas_rerun_faults_total",
    "Pages that ended with an error of the atlas.",
    ("page", "scope"),
)
_RENDER_REQUESTS: Final = Labelled(
    Counter,
    "atlas_render_requests_total",
    "Requests for pictures and files; outcome: cached, joined (another waits for the same), queued,"
    " busy (the line is full), quota (the address asked for too much).",
    ("queue", "kind", "form", "outcome"),
)
_RENDER_SECONDS: Final = Labelled(
    Histogram,
    "atlas_render_seconds",
    "Seconds for which a picture or a file was made.",
    ("queue", "kind", "form"),
    buckets=_RENDER_BOUNDS,
)
_RENDER_FAULTS: Final = Labelled(
    Counter,
    "atlas_render_faults_total",
    "Pictures and files that could not be made.",
    ("queue", "kind", "form"),
)
_RENDER_WAIT_SECONDS: Final = Labelled(
    Histogram,
    "atlas_render_wait_seconds",
    "Seconds for which a picture or a file waited in line.",
    ("queue",),
    buckets=_RENDER_BOUNDS,
)
_RENDER_WAITING: Final = Labelled(
    Gauge, "atlas_render_waiting", "Pictures and files in line.", ("queue",)
)
_RENDER_RUNNING: Final = Labelled(
    Gauge, "atlas_render_running", "Pictures and files that are being made.", ("queue",)
)
_STORE_SECONDS: Final = Labelled(
    Histogram,
    "atlas_store_seconds",
    "Seconds of an operation of the store; outcome: done, refused (too much), failed (it cannot be"
    " read or written).",
    ("operation", "outcome"),
    buckets=_STORE_BOUNDS,
)
_UPLOAD_SECONDS: Final = Labelled(
    Histogram,
    "atlas_upload_seconds",
    "Seconds for which an uploaded table was read; outcome: taken or refused.",
    ("form", "outcome"),
    buckets=_RENDER_BOUNDS,
)
_CHECK_PASSED: Final = Labelled(
    Gauge, "atlas_check_passed", "Whether a check of /atlas/ready passed when last asked.",
    ("check",),
)  # fmt: skip
_BUILD: Final = Info("atlas_build", "Versions of the data and the software.", registry=REGISTRY)

_running = local()


@contextmanager
def time_rerun(page: str, scope: Literal["page", "fragment"]) -> Iterator[None]:
    """Observe how long a page takes; also a decorator.

    page: the name of a page of the atlas. A fragment that is drawn as a part of its page counts
    as the page alone.
    """
    if getattr(_running, "is_timed", False):
        yield
        return
    _running.is_timed = True
    start = perf_counter()
    try:
        yield
    except Exception:
        _RERUN_FAULTS.series(page, scope).inc()
        raise
    finally:
        # Streamlit ends a script early by exceptions that are none of Exception: they are timed.
        _running.is_timed = False
        _RERUN_SECONDS.series(page, scope).observe(perf_counter() - start)


class RenderMetrics:
    """The metrics of one render queue. queue: its name."""

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._waiting = _RENDER_WAITING.series(queue)
        self._running = _RENDER_RUNNING.series(queue)
        self._wait_seconds = _RENDER_WAIT_SECONDS.series(queue)

    def count_request(self, kind: str, form: str, outcome: RenderOutcome) -> None:
        """Count a request; one that is queued waits until it is rendered or leaves the line."""
        _RENDER_REQUESTS.series(self._queue, kind, form, outcome).inc()
        if outcome == "queued":
            self._waiting.inc()

    def leave_line(self) -> None:
        """Count out a request that nobody waits for any more."""
        self._waiting.dec()

    @contextmanager
    def time_rendering(self, kind: str, form: str, queued_at: float) -> Iterator[None]:
        """Observe a rendering, which ends the waiting. queued_at: of ``time.perf_counter``."""
        start = perf_counter()
        self._waiting.dec()
        self._wait_seconds.observe(start - queued_at)
        self._running.inc()
        try:
            yield
        except InputError:
            raise  # the address asks for what cannot be made
        except BaseException:
            _RENDER_FAULTS.series(self._queue, kind, form).inc()
            raise
        finally:
            self._running.dec()
            _RENDER_SECONDS.series(self._queue, kind, form).observe(perf_counter() - start)


@contextmanager
def time_store(operation: str) -> Iterator[None]:
    """Observe an operation of a store, and whether it was done, refused or failed."""
    start = perf_counter()
    outcome = "failed"
    try:
        yield
        outcome = "done"
    except StoreError:
        raise
    except AtlasError:
        outcome = "refused"
        raise
    finally:
        _STORE_SECONDS.series(operation, outcome).observe(perf_counter() - start)


def observe_upload(form: str, outcome: Literal["taken", "refused"], seconds: float) -> None:
    """Observe the reading of an uploaded table. form: a format that the atlas knows."""
    _UPLOAD_SECONDS.series(form, outcome).observe(seconds)


def observe_check(check: str, passed: bool) -> None:
    """Observe the result of a check of ``/atlas/ready``."""
    _CHECK_PASSED.series(check).set(passed)


def describe_build(versions: Mapping[str, str]) -> None:
    """Set the versions that ``atlas_build_info`` has as labels."""
    _BUILD.info(dict(versions))
