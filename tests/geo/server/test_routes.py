"""Files made from the data are sent small."""

from __future__ import annotations

from geo.exports import ServedFile
from geo.server.routes import render_file

MB = 2**20


def test_what_shrinks_is_sent_small():
    small = render_file(lambda query: ServedFile(bytes(query * MB), {}), 1)
    assert len(small.encodings["gzip"]) < len(small.encodings[""]) // 100
    assert small.size_in_bytes == MB + len(small.encodings["gzip"])
    assert list(render_file(lambda query: ServedFile(b"x", {}), 1).encodings) == [""]
