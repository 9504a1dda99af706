"""The queue of files to render: bounded, made once, few at a time, and nothing private kept."""

from __future__ import annotations

from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock

import pytest

from geo.render_queue import RenderQueue
from geo.text import BusyError, DataError, RateLimitError
from tests.geo.metrics.readings import sample


@dataclass(eq=False)
class Made:
    """A result of some size."""

    size_in_bytes: int


class Renderer:
    """Counts what is rendered, and waits until it may go on."""

    def __init__(self, held: bool = False) -> None:
        self.keys: list[object] = []
        self.now, self.most = 0, 0
        self.lock, self.started, self.go = Lock(), Event(), Event()
        if not held:
            self.go.set()

    def __call__(self, key: object, size: int = 1) -> Made:
        with self.lock:
            self.keys.append(key)
            self.now += 1
            self.most = max(self.most, self.now)
        self.started.set()
        self.go.wait(10)
        with self.lock:
            self.now -= 1
        return Made(size)


def busy_error():
    return BusyError("Ask again in {seconds} seconds.", 7)


def test_results_stay_under_the_limit_of_the_cache():
    queue, render = RenderQueue(44, 2), Renderer()
    for size in (20, 21, 22):
        assert queue.submit(size, partial(render, size, size)).result(10).size_in_bytes == size
    assert queue.cached_bytes == 43
    assert set(queue.cached_keys) == {21, 22}
    # A result above the limit is returned and takes no other's place.
    assert queue.submit(45, partial(render, 45, 45)).result(10).size_in_bytes == 45
    assert set(queue.cached_keys) == {21, 22}
    assert queue.submit(44, partial(render, 44, 44)).result(10).size_in_bytes == 44
    assert queue.cached_keys == [44]


def test_the_result_least_recently_asked_for_is_dropped():
    queue, render = RenderQueue(3500, 2), Renderer()
    for number in range(100):
        queue.submit(number, partial(render, number, 1000)).result(10)
        queue.submit(0, partial(render, 0, 1000)).result(10)
    assert queue.cached_bytes == 3000
    assert set(queue.cached_keys) == {98, 99, 0}
    assert len(render.keys) == 100
    queue.submit(5, partial(render, 5, 1000)).result(10)
    assert len(render.keys) == 101


def test_what_two_ask_for_is_rendered_once():
    queue, render = RenderQueue(10, 2), Renderer(held=True)
    both = [queue.submit("key", partial(render, "key")) for _ in range(2)]
    assert both[0] is both[1]
    render.go.set()
    result = both[0].result(10)
    assert queue.submit("key", partial(render, "key")).result(10) is result
    assert render.keys == ["key"]


def test_few_are_rendered_at_a_time_and_any_number_waits_without_a_limit():
    queue, render = RenderQueue(100, 3), Renderer(held=True)
    futures = [queue.submit(n, partial(render, n)) for n in range(50)]
    render.go.set()
    assert all(future.result(10).size_in_bytes == 1 for future in futures)
    assert render.most == 3
    assert len(render.keys) == 50


def test_a_full_queue_refuses_new_keys_only():
    queue, render = RenderQueue(100, 2, 3, busy_error), Renderer(held=True)
    futures = [queue.submit(n, partial(render, n)) for n in range(5)]
    with pytest.raises(BusyError, match="Ask again in 7 seconds"):
        queue.submit("one more", partial(render, "one more"))
    assert queue.submit(0, partial(render, 0)) is futures[0]
    render.go.set()
    assert [future.result(10).size_in_bytes for future in futures] == [1] * 5
    assert render.most == 2
    queue.submit("one more", partial(render, "one more")).result(10)
    assert len(render.keys) == 6


def test_a_limit_needs_its_error():
    with pytest.raises(TypeError, match="needs the error"):
        RenderQueue(100, 2, 3)


def test_what_fails_is_rendered_again():
    calls = []

    def fail_once():
        calls.append(1)
        if len(calls) == 1:
            raise DataError("crooked")
        return Made(1)

    queue = RenderQueue(10, 1, 0, busy_error, "failing")
    with pytest.raises(DataError):
        queue.submit("key", fail_once).result(10)
    assert queue.submit("key", fail_once).result(10).size_in_bytes == 1
    # One thread: what follows a failure is done before the second result is there.
    assert sample("atlas_render_waiting", queue="failing") == 0


def test_a_private_result_is_never_kept():
    queue, render = RenderQueue(10, 2), Renderer()
    for _ in range(200):  # the next request may come before the first one has been tidied up
        first = queue.submit("key", partial(render, "key"), private=True).result(10)
        assert queue.submit("key", partial(render, "key"), private=True).result(10) is not first
    assert queue.cached_keys == []
    assert len(render.keys) == 400


def test_a_cancelled_request_leaves_its_place():
    queue, render = RenderQueue(10, 1, 1, busy_error), Renderer(held=True)
    running = queue.submit("first", partial(render, "first"))
    assert render.started.wait(10)
    waiting = queue.submit("second", partial(render, "second"))
    assert waiting.cancel()
    again = queue.submit("second", partial(render, "second"))
    render.go.set()
    assert running.result(10).size_in_bytes == again.result(10).size_in_bytes == 1
    with pytest.raises(CancelledError):
        waiting.result(10)


def test_a_permit_is_asked_for_only_before_something_is_rendered():
    def refuse():
        raise RateLimitError("Ask again in {seconds} seconds.", 7)

    asked = []
    queue, render = RenderQueue(100, 1), Renderer(held=True)
    first = queue.submit("a", partial(render, "a"), permit=lambda: asked.append("a"))
    assert queue.submit("a", partial(render, "a"), permit=refuse) is first
    with pytest.raises(RateLimitError):
        queue.submit("b", partial(render, "b"), permit=refuse)
    render.go.set()
    first.result(10)
    assert queue.submit("a", partial(render, "a"), permit=refuse).result(10) is first.result()
    assert (asked, render.keys) == (["a"], ["a"])
    queue.submit("b", partial(render, "b")).result(10)  # what was refused left nothing behind


def test_the_metrics_know_what_became_of_each_request():
    def count(outcome):
        labels = {"queue": "counted", "kind": "map", "form": "png", "outcome": outcome}
        return sample("atlas_render_requests_total", **labels)

    def submit(key, **options):
        return queue.submit(key, partial(render, key), kind="map", form="png", **options)

    def refuse():
        raise RateLimitError("Ask again in {seconds} seconds.", 7)

    queue = RenderQueue(100, 1, 1, busy_error, "counted")
    render = Renderer(held=True)
    first = submit("a")
    assert render.started.wait(10)
    with pytest.raises(RateLimitError):
        submit("b", permit=refuse)
    second = submit("b")
    submit("b")
    with pytest.raises(BusyError):
        submit("c")
    assert sample("atlas_render_waiting", queue="counted") == 1
    assert sample("atlas_render_running", queue="counted") == 1
    assert second.cancel()
    assert sample("atlas_render_waiting", queue="counted") == 0
    render.go.set()
    first.result(10)
    submit("a")
    outcomes = ("queued", "joined", "busy", "quota", "cached")
    assert [count(outcome) for outcome in outcomes] == [2, 1, 1, 1, 1]
    labels = {"queue": "counted", "kind": "map", "form": "png"}
    assert sample("atlas_render_seconds_count", **labels) == 1
    assert sample("atlas_render_running", queue="counted") == 0
