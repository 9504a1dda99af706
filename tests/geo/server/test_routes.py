"""Files made from the data are sent small, and once."""

from __future__ import annotations

from starlette.requests import Request

from geo.exports import ServedFile
from geo.server.routes import build_response, render_file

MB = 2**20


def test_what_shrinks_is_sent_small():
    small = render_file(lambda query: ServedFile(bytes(query * MB), {}), 1)
    assert len(small.encodings["gzip"]) < len(small.encodings[""]) // 100
    assert small.size_in_bytes == MB + len(small.encodings["gzip"])
    assert list(render_file(lambda query: ServedFile(b"x", {}), 1).encodings) == [""]


def test_a_file_that_the_browser_has_is_not_sent_again_and_stays_in_its_cache():
    request = Request({"type": "http", "headers": [(b"if-none-match", b'"abc"')]})
    response = build_response(request, '"abc"', "public, max-age=60", {"": b"x"}, {})
    assert (response.status_code, response.body) == (304, b"")
    # RFC 9110, 15.4.5: an answer of 304 has the headers by which caches keep the file.
    kept = {name: response.headers[name] for name in ("etag", "cache-control", "vary")}
    assert kept == {
        "etag": '"abc"',
        "cache-control": "public, max-age=60",
        "vary": "Accept-Encoding",
    }
    changed = build_response(request, '"new"', "public, max-age=60", {"": b"x"}, {})
    assert (changed.status_code, changed.body) == (200, b"x")
