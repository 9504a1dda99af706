"""The address for proxies: ready, or what is not, without a word of why, and never late."""

from __future__ import annotations

import time
from threading import Event

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.limits import READY_SECONDS
from geo.server import READY_PATH, check_tables, ready_route
from geo.store import WorkspaceStore, open_sqlite
from geo.text import DataError
from tests.geo.metrics.readings import sample

SECRET = "/srv/secret/atlas.db"


def ask(seconds=READY_SECONDS, **checks):
    with TestClient(Starlette(routes=[ready_route(checks, seconds)])) as client:
        return client.get(READY_PATH)


def fail():
    raise DataError(f"{SECRET} is gone.")


def test_all_that_passes_is_ready():
    check_tables()  # a server has loaded them before it answers
    answer = ask(tables=check_tables, store=lambda: None)
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"tables": "ok", "store": "ok"}}
    assert answer.headers["cache-control"] == "no-store"
    assert sample("atlas_check_passed", check="store") == 1


def test_what_fails_is_named_without_its_reason(caplog):
    answer = ask(tables=lambda: None, store=fail)
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "checks": {"tables": "ok", "store": "failed"}}
    assert answer.headers["cache-control"] == "no-store"
    assert SECRET not in answer.text
    assert SECRET in caplog.text
    assert sample("atlas_check_passed", check="store") == 0


def test_a_fault_of_the_check_itself_is_no_readiness():
    def break_down():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(store=break_down)


def test_a_slow_check_is_not_waited_for_and_not_started_again():
    go, calls = Event(), []

    def hang():
        calls.append(1)
        go.wait(30)

    checks = {"tables": lambda: None, "store": hang}
    with TestClient(Starlette(routes=[ready_route(checks, 0.1)])) as client:
        start = time.monotonic()
        answers = [client.get(READY_PATH) for _ in range(3)]
        assert time.monotonic() - start < 5
        assert [answer.status_code for answer in answers] == [503] * 3
        assert answers[0].json()["checks"] == {"tables": "ok", "store": "slow"}
        assert len(calls) == 1
        go.set()
        end = time.monotonic() + 10
        while client.get(READY_PATH).status_code != 200 and time.monotonic() < end:
            time.sleep(0.05)
        assert client.get(READY_PATH).json()["ready"] is True


def test_a_check_that_fails_late_is_asked_for_again():
    go, errors = Event(), [True]

    def fail_once():
        if errors.pop() if errors else False:
            go.wait(30)
            fail()

    with TestClient(Starlette(routes=[ready_route({"store": fail_once}, 0.1)])) as client:
        assert client.get(READY_PATH).json()["checks"] == {"store": "slow"}
        go.set()
        time.sleep(0.2)
        assert client.get(READY_PATH).status_code == 200


def test_a_store_that_cannot_be_read_is_not_ready(tmp_path):
    store = WorkspaceStore(open_sqlite(tmp_path / "atlas.db"))
    assert ask(store=store.check_access).status_code == 200
    store.database.close()
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "atlas.db").write_bytes(b"no database, but long enough to be taken for one" * 9)
    answer = ask(store=store.check_access)
    assert (answer.status_code, answer.json()["checks"]) == (503, {"store": "failed"})
    assert str(tmp_path) not in answer.text
