"""Garbage is collected regularly, and never by the run of a page."""

from __future__ import annotations

import gc
import time
import tomllib
import weakref

from geo.server import regular_collection
from tests.server import ROOT


class Ring:
    """Refers to itself, so that only a collection frees it."""

    def __init__(self) -> None:
        self.ring = self


def test_what_sessions_leave_is_collected_until_the_end():
    gc.disable()
    try:
        with regular_collection(0.01):
            left = weakref.ref(Ring())
            end = time.monotonic() + 20
            while left() is not None and time.monotonic() < end:
                time.sleep(0.01)
            assert left() is None
        kept = weakref.ref(Ring())
        time.sleep(0.2)
        assert kept() is not None
    finally:
        gc.enable()


def test_streamlit_leaves_collections_to_the_server():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["runner"] == {"postScriptGC": False}
