"""Settings of hypothesis for all tests."""

from __future__ import annotations

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

# An example may take long on a busy machine; what holds a clock to a bound is marked `timed`.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def playwright():
    """One for all tests of a process: a second one cannot be started beside it."""
    with sync_playwright() as entry:
        yield entry
