"""The cookie is set for a page of this server alone, and scripts cannot read it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.server import KEEP_PATH, KEY_COOKIE, keep_route
from geo.store import WorkspaceStore, open_sqlite

SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def store(tmp_path):
    found = WorkspaceStore(open_sqlite(tmp_path / "atlas.db"))
    yield found
    found.database.close()


@pytest.fixture
def client(store):
    return TestClient(Starlette(routes=[keep_route(store)]))


def test_a_ticket_is_exchanged_for_the_cookie_once(client, store):
    address = f"{KEEP_PATH}?ticket={store.issue_ticket('secret')}"
    answer = client.get(address, headers=SAME)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert answer.headers["cache-control"] == "no-store"
    parts = set(answer.headers["set-cookie"].split("; "))
    assert parts == {
        f"{KEY_COOKIE}=secret", "HttpOnly", "Max-Age=2592000", "Path=/", "SameSite=lax",
    }  # fmt: skip
    assert "set-cookie" not in client.get(address, headers=SAME).headers
    assert "set-cookie" not in client.get(f"{KEEP_PATH}?ticket=x", headers=SAME).headers
    assert "set-cookie" not in client.get(KEEP_PATH, headers=SAME).headers


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-site", "referer": "http://testserver/data"},
        {"referer": "http://elsewhere.example/"},
        {"referer": "http://testserver.example/"},
        {},
    ],
)
def test_another_site_cannot_give_a_reader_a_key(client, store, headers):
    ticket = store.issue_ticket("secret")
    answer = client.get(f"{KEEP_PATH}?ticket={ticket}", headers=headers)
    assert "set-cookie" not in answer.headers
    assert store.redeem_ticket(ticket) == "secret"


def test_behind_a_proxy_the_page_says_where_it_asks_from(client, store):
    headers = {"referer": "http://testserver/data?lang=zh", "x-forwarded-proto": "https"}
    answer = client.get(f"{KEEP_PATH}?ticket={store.issue_ticket('secret')}", headers=headers)
    assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_without_a_store_no_cookie_is_set(store, tmp_path):
    ticket = store.issue_ticket("secret")
    address = f"{KEEP_PATH}?ticket={ticket}"
    without = TestClient(Starlette(routes=[keep_route(None)]))
    assert "set-cookie" not in without.get(address, headers=SAME).headers
    (tmp_path / "atlas.db").rename(tmp_path / "away.db")
    gone = TestClient(Starlette(routes=[keep_route(store)]))
    answer = gone.get(address, headers=SAME)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
