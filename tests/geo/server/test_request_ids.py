"""Lines of the log have the id of their request, in the threads that answer it, too."""

from __future__ import annotations

import logging
from threading import Barrier

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from geo.render_queue import RenderQueue
from geo.server import RequestIdMiddleware, add_request_ids, ready_route
from geo.text import InputError

LOG = logging.getLogger("test")


class Sized(str):
    size_in_bytes = 1


@pytest.fixture
def session_ids():
    """What the threads of sessions answer; the factory of the log is put back at the end."""
    before = logging.getLogRecordFactory()
    ids = [""]
    add_request_ids(lambda: ids[0])
    yield ids
    logging.setLogRecordFactory(before)


@pytest.fixture
def client(session_ids):
    queue = RenderQueue(1_000, 2, thread_name="test")

    def render():
        LOG.warning("rendering")
        return Sized("made")

    async def answer(request):
        LOG.warning("answering")
        queue.submit(request.query_params["key"], render).result()
        return PlainTextResponse("")

    async def talk(socket):
        await socket.accept()
        LOG.warning("talking")
        await socket.close()

    def check():
        LOG.warning("checking")
        raise InputError("gone")

    routes = [
        Route("/", answer),
        WebSocketRoute("/socket", talk),
        ready_route({"store": check}),
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(RequestIdMiddleware)]))


def ids_of(caplog):
    lines = [(record.message.partition(":")[0], record.request_id) for record in caplog.records]
    caplog.clear()
    return [line for line in lines if line[0] not in ("HTTP Request",)]


def test_the_lines_of_a_request_have_its_id(client, caplog):
    for key, given, expected in (
        ("first", "0b8f1c2d-1", "0b8f1c2d-1"),
        ("second", "ABCDEFGH", "ABCDEFGH"),
        ("no id", "a text\tof others", "-"),
        ("too short", "1234567", "-"),
        ("too long", "1" * 65, "-"),
    ):
        client.get(f"/?key={key}", headers={"X-Request-Id": given})
        assert ids_of(caplog) == [("answering", expected), ("rendering", expected)], key
    LOG.warning("later")
    assert ids_of(caplog) == [("later", "-")]


def test_the_lines_of_a_websocket_and_of_a_check_have_its_id(client, caplog):
    with client.websocket_connect("/socket", headers={"X-Request-Id": "socket-1"}):
        pass
    assert ids_of(caplog) == [("talking", "socket-1")]
    client.get("/atlas/ready", headers={"X-Request-Id": "ready-01"})
    assert ids_of(caplog) == [("checking", "ready-01"), ("Not ready", "ready-01")]


def test_requests_at_the_same_time_keep_their_ids(client, caplog):
    both = Barrier(2, timeout=20)
    queue = RenderQueue(1_000, 2, thread_name="both")

    def render():
        both.wait()
        LOG.warning("rendering")
        return Sized("made")

    async def answer(request):
        pending = queue.submit(request.headers["X-Request-Id"], render)
        if request.headers["X-Request-Id"] == "request-2":
            pending.result()
        return PlainTextResponse("")

    client.app.routes.append(Route("/both", answer))
    for number in (1, 2):
        client.get("/both", headers={"X-Request-Id": f"request-{number}"})
    expected = [("rendering", "request-1"), ("rendering", "request-2")]
    lines = ids_of(caplog)
    while len(lines) < 2:
        lines += ids_of(caplog)
    assert sorted(lines) == expected


def test_a_thread_of_a_session_says_its_id(session_ids, caplog):
    session_ids[0] = "session-1"
    LOG.warning("drawing")
    assert ids_of(caplog) == [("drawing", "session-1")]
