"""Files made from the data: bounded by their bytes, made once, sent small."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from geo.exports import ServedFile
from geo.server import FileCache
from geo.server.routes import size_in_bytes

MB = 2**20
CACHE_BYTES = 44 * MB


def build_zeros(megabytes):
    return ServedFile(bytes(megabytes * MB), {})


def test_what_is_kept_stays_under_its_bound():
    files = FileCache({"/test": build_zeros}, CACHE_BYTES, 2)
    for megabytes in (20, 21, 22):
        assert len(files.render("/test", megabytes).file.body) == megabytes * MB
    assert files.entries.currsize <= CACHE_BYTES
    assert [key[1] for key in files.entries] == [21, 22]
    too_big = CACHE_BYTES // MB + 1
    assert size_in_bytes(files.render("/test", too_big)) > CACHE_BYTES
    assert [key[1] for key in files.entries] == [21, 22]


def test_a_file_that_two_ask_for_is_made_once():
    started, go_on, calls = Event(), Event(), []

    def build(query):
        calls.append(query)
        started.set()
        go_on.wait(5)
        return ServedFile(b"x", {})

    files = FileCache({"/test": build}, CACHE_BYTES, 2)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(files.render, "/test", "query") for _ in range(2)]
        started.wait(5)
        go_on.set()
        assert both[0].result() is both[1].result()
    assert calls == ["query"]


def test_few_are_made_at_once_and_what_shrinks_is_sent_small():
    files = FileCache({"/test": build_zeros}, CACHE_BYTES, 3)
    assert files.limiter.total_tokens == 3
    small = files.render("/test", 1)
    assert len(small.encodings["gzip"]) < len(small.encodings[""]) // 100
