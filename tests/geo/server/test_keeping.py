"""The cookie is set for a page of this server alone, and scripts cannot read it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.limits import ADDRESS_FILE_SECONDS, MAX_ADDRESS_GUESSES
from geo.server import KEEP_PATH, KEY_COOKIE, AddressQuotas, keep_route, parse_trusted_proxies
from geo.store import WorkspaceStore, open_sqlite
from tests.geo.server.windows import begin_window

SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def store(tmp_path):
    found = WorkspaceStore(open_sqlite(tmp_path / "atlas.db"))
    yield found
    found.database.close()


@pytest.fixture
def quotas():
    return AddressQuotas(parse_trusted_proxies({}))


@pytest.fixture
def client(store, quotas):
    return TestClient(Starlette(routes=[keep_route(store, quotas)]))


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


def test_without_a_store_no_cookie_is_set(store, quotas, tmp_path):
    ticket = store.issue_ticket("secret")
    address = f"{KEEP_PATH}?ticket={ticket}"
    without = TestClient(Starlette(routes=[keep_route(None, quotas)]))
    assert "set-cookie" not in without.get(address, headers=SAME).headers
    (tmp_path / "atlas.db").rename(tmp_path / "away.db")
    gone = TestClient(Starlette(routes=[keep_route(store, quotas)]))
    answer = gone.get(address, headers=SAME)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


def test_an_address_that_guesses_tickets_is_refused_and_its_colleagues_get_theirs(store, quotas):
    begin_window(ADDRESS_FILE_SECONDS)
    app = Starlette(routes=[keep_route(store, quotas)])
    office = TestClient(app, client=("203.0.113.7", 1), headers=SAME)
    for number in range(MAX_ADDRESS_GUESSES):
        assert office.get(f"{KEEP_PATH}?ticket=guess{number}").status_code == 200
    refused = office.get(f"{KEEP_PATH}?ticket=guess")
    assert (refused.status_code, refused.headers["cache-control"]) == (429, "no-store")
    assert 1 <= int(refused.headers["retry-after"]) <= ADDRESS_FILE_SECONDS
    elsewhere = TestClient(app, client=("198.51.100.2", 1), headers=SAME)
    assert elsewhere.get(f"{KEEP_PATH}?ticket=guess").status_code == 200
    found = office.get(f"{KEEP_PATH}?ticket={store.issue_ticket('secret')}")
    assert found.headers["set-cookie"].startswith(f"{KEY_COOKIE}=secret;")
    assert office.get(KEEP_PATH).status_code == 200
