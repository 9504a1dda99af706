"""Two processes behind Caddy, below a path of its host, and a Chromium whose readers meet them."""

from __future__ import annotations

from contextlib import ExitStack

import psutil
import pytest
from playwright.sync_api import expect

from geo.settings import BASE_PATH
from tests.browser.atlas import PATIENCE_MS, Visit
from tests.chromium import FLAGS, find
from tests.deploy.fleet import COOKIE, FleetProcess

expect.set_options(timeout=PATIENCE_MS)


def is_alive(process):
    """Whether a process runs; one that has ended may wait for its parent to take note."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(scope="session")
def fleet(tmp_path_factory):
    """Two processes for all tests; at the end TERM has to end them, with readers and all."""
    entry = FleetProcess(tmp_path_factory.mktemp("fleet"), **{BASE_PATH.name: "atlas"})
    yield entry
    children = psutil.Process(entry.process.pid).children(recursive=True)
    drawing = [child for child in children if "geo.task_worker" in child.cmdline()]
    with ExitStack() as readers:
        for port in entry.ports:
            readers.enter_context(entry.websocket(port))
        seconds = entry.close()
    assert len(children) - len(drawing) == len(entry.ports) + 1
    assert seconds <= 10
    assert entry.process.returncode == 0
    assert [child for child in children if is_alive(child)] == []
    assert "Traceback" not in entry.log.read_text("utf-8")


@pytest.fixture(scope="session")
def browser(playwright):
    entry = playwright.chromium.launch(executable_path=find(), args=FLAGS)
    yield entry
    entry.close()


@pytest.fixture
def visit(browser):
    """A function that makes a visit to an address in a browser context of its own."""
    visits = []

    def start(address, cookies=()):
        context = browser.new_context(locale="en-US")
        context.add_cookies(list(cookies))
        visits.append(Visit(context, address, 1280, 800))
        return visits[-1]

    yield start
    for value in visits:
        value.close()
        value.context.close()
    for value in visits:
        assert value.foreign == []


@pytest.fixture
def reader(visit, fleet):
    """A function that opens a page for a reader of the process at a port."""

    def start(port, address):
        cookie = {
            "name": COOKIE,
            "value": fleet.cookie_of(port),
            "domain": "localhost",
            "path": "/",
        }
        value = visit(fleet.url, [cookie])
        atlas = value.page().open(address)
        assert process_port(value, fleet) == port
        return value, atlas

    return start


def process_port(visit, fleet):
    """Return the port of the process that a reader's browser comes back to."""
    values = [one["value"] for one in visit.context.cookies() if one["name"] == COOKIE]
    assert len(values) == 1
    return fleet.port_of(values[0])
