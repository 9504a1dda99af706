"""A server, a Chromium, and a rule: no request leaves this machine, no fault stays unseen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.atlas import PATIENCE_MS, Visit
from tests.chromium import FLAGS, find
from tests.server import ROOT, Server

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server():
    entry = Server(ROOT / "app.py")
    yield entry
    output = entry.output()
    entry.close()
    assert "Traceback" not in output


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        entry = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield entry
        entry.close()


@pytest.fixture
def visit(browser, server):
    """A function that makes a visit of a size and a language; checked when the test ends."""
    result = []

    def start(width=1440, height=900, locale="en-US", **options):
        result.append(Visit(browser, server.url, width, height, locale=locale, **options))
        return result[-1]

    yield start
    for value in result:
        value.context.close()
        assert value.foreign == []
        assert value.faults == []


@pytest.fixture
def atlas(visit):
    return visit().page()
