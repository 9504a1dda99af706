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
    own = Server(ROOT / "app.py")
    yield own
    output = own.output()
    own.close()
    assert "Traceback" not in output


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        own = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        yield own
        own.close()


@pytest.fixture
def visit(browser, server):
    """A function that makes a visit of a size and a language; checked when the test ends."""
    made = []

    def start(width=1440, height=900, locale="en-US", **options):
        made.append(Visit(browser, server.url, width, height, locale=locale, **options))
        return made[-1]

    yield start
    for own in made:
        own.context.close()
        assert own.foreign == []
        assert own.faults == []


@pytest.fixture
def atlas(visit):
    return visit().page()
