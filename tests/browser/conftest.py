"""A server, a Chromium, and a rule: no request leaves this machine, no fault stays unseen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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
    assert "Traceback" not in output, output[output.index("Traceback") :][:6000]


@pytest.fixture(scope="session")
def browser(playwright):
    """A browser for the tests that need a context of their own."""
    entry = playwright.chromium.launch(executable_path=find(), args=FLAGS)
    yield entry
    entry.close()


@pytest.fixture(scope="session")
def context(playwright, tmp_path_factory):
    """The context of all tests that need none of their own.

    It has a folder for its cache, so that Streamlit's scripts are fetched and compiled once.
    """
    entry = playwright.chromium.launch_persistent_context(
        tmp_path_factory.mktemp("chromium"), executable_path=find(), args=FLAGS, locale="en-US"
    )
    yield entry
    entry.close()


@pytest.fixture
def visit(request, context, server):
    """A function that makes a visit of a size; checked when the test ends.

    With any option of a browser context (``locale``, ``bypass_csp``), or ``fresh=True``, the
    visit has a context of its own, with an empty cache.
    """
    visits = []

    def start(width=1440, height=900, fresh=False, **options):
        place = context
        if fresh or options:
            browser = request.getfixturevalue("browser")
            place = browser.new_context(**{"locale": "en-US"} | options)
        visits.append(Visit(place, server.url, width, height))
        return visits[-1]

    yield start
    for value in visits:
        value.close()
        if value.context is not context:
            value.context.close()
    for value in visits:
        assert value.foreign == []
        assert value.faults == []


@pytest.fixture
def atlas(visit):
    return visit().page()
