"""The server's made files: bounded by their bytes, made once, wrong addresses answered in words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

import app
from geo.exports import CACHE_BYTES, MAX_CONCURRENT, RENDERERS, FileQuery, ServedFile


@pytest.fixture
def maker(monkeypatch):
    """A file of our own among those that the server makes; its size by the year that is asked."""
    calls = []

    def make(value):
        calls.append(value.year)
        return ServedFile(bytes(value.year * 2**20), {})

    monkeypatch.setitem(RENDERERS, "/test", make)
    app.render_cached.cache_clear()
    yield calls
    app.render_cached.cache_clear()


def test_what_is_kept_stays_under_its_bound(maker):
    for megabytes in (20, 21, 22):
        assert (
            len(app.render_cached("/test", FileQuery(year=megabytes)).file.body)
            == megabytes * 2**20
        )
    assert app.render_cached.cache.currsize <= CACHE_BYTES
    assert [key[1].year for key in app.render_cached.cache] == [21, 22]
    too_big = CACHE_BYTES // 2**20 + 1
    assert app.size_in_bytes(app.render_cached("/test", FileQuery(year=too_big))) > CACHE_BYTES
    assert [key[1].year for key in app.render_cached.cache] == [21, 22]


def test_a_file_that_two_ask_for_is_made_once(monkeypatch):
    started, go_on, calls = Event(), Event(), []

    def make(value):
        calls.append(value)
        started.set()
        go_on.wait(5)
        return ServedFile(b"x", {})

    monkeypatch.setitem(RENDERERS, "/test", make)
    app.render_cached.cache_clear()
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(app.render_cached, "/test", FileQuery()) for _ in range(2)]
        started.wait(5)
        go_on.set()
        assert both[0].result() is both[1].result()
    assert len(calls) == 1
    app.render_cached.cache_clear()


def test_few_are_made_at_once_and_what_shrinks_is_sent_small(maker):
    assert app.at_once.total_tokens == MAX_CONCURRENT
    small = app.render_cached("/test", FileQuery(year=1))
    assert len(small.forms["gzip"]) < len(small.forms[""]) // 100
