"""The cookie is set for a page of this server alone, and scripts cannot read it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.limits import ADDRESS_FILE_SECONDS, MAX_ADDRESS_GUESSES
from geo.server import KEEP_PATH, KEY_COOKIE, AddressQuotas, keep_route, parse_trusted_proxies
from geo.server.keeping import FirstCookies
from geo.store import WorkspaceStore, browser_owner, create_key, open_sqlite
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
    named, *parts = answer.headers["set-cookie"].split("; ")
    assert named == f"__Host-{KEY_COOKIE}=secret"
    assert {"Secure", "HttpOnly", "Path=/"} <= set(parts)
    assert not [part for part in parts if part.startswith("Domain")]


def test_without_a_store_no_cookie_is_set(store, quotas, tmp_path):
    ticket = store.issue_ticket("secret")
    address = f"{KEEP_PATH}?ticket={ticket}"
    without = TestClient(Starlette(routes=[keep_route(None, quotas)]))
    assert "set-cookie" not in without.get(address, headers=SAME).headers
    (tmp_path / "atlas.db").rename(tmp_path / "away.db")
    gone = TestClient(Starlette(routes=[keep_route(store, quotas)]))
    answer = gone.get(address, headers=SAME)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


def test_a_ticket_removes_the_cookie_with_its_key_alone(client, store):
    key = create_key()
    for held, removes in ((key, True), (create_key(), False)):
        address = f"{KEEP_PATH}?ticket={store.issue_ticket(key)}&end=1"
        cookie = {"cookie": f"{KEY_COOKIE}={held}"}
        elsewhere = client.get(address, headers={**cookie, "sec-fetch-site": "cross-site"})
        assert "set-cookie" not in elsewhere.headers
        answer = client.get(address, headers={**SAME, **cookie})
        assert ("set-cookie" in answer.headers) == removes
        if removes:
            assert f'{KEY_COOKIE}=""; ' in answer.headers["set-cookie"]
            assert "Max-Age=0" in answer.headers["set-cookie"]
        assert "set-cookie" not in client.get(address, headers={**SAME, **cookie}).headers
    secure = {**SECURE, "cookie": f"__Host-{KEY_COOKIE}={key}"}
    address = f"{KEEP_PATH}?ticket={store.issue_ticket(key)}&end=1"
    parts = client.get(address, headers=secure).headers["set-cookie"].split("; ")
    assert f'__Host-{KEY_COOKIE}=""' in parts
    assert {"Secure", "Path=/"} <= set(parts)


SECURE = {**SAME, "x-forwarded-proto": "https"}


def exchange(client, store, key, headers=SAME, **cookies):
    """Return the cookies that the answer to a ticket for a key sets: the value and the rest."""
    ticket = store.issue_ticket(key)
    sent = "; ".join(f"{name.replace('host', '__Host-')}={cookies[name]}" for name in cookies)
    answer = client.get(f"{KEEP_PATH}?ticket={ticket}", headers={**headers, "cookie": sent})
    assert answer.status_code == 200
    found = [text.partition("; ") for text in answer.headers.get_list("set-cookie")]
    return {first.partition("=")[0]: (first.partition("=")[2], rest) for first, _, rest in found}


def workspaces(store, key):
    return [info.name for info in store.list_workspaces(browser_owner(key))]


def test_the_key_that_a_browser_has_stays_and_gets_the_work_of_the_other(client, store):
    held, other = create_key(), create_key()
    store.create(browser_owner(held), "first tab", b"{}")
    store.create(browser_owner(other), "second tab", b"{}")
    cookies = exchange(client, store, other, atlas_key=held)
    assert cookies["atlas_key"][0] == held
    assert set(workspaces(store, held)) == {"first tab", "second tab"}
    assert workspaces(store, other) == []
    assert store.find_replacement(other) == held
    assert store.find_replacement(held) == ""
    assert exchange(client, store, held, atlas_key=held)["atlas_key"][0] == held
    assert store.find_replacement(held) == ""


def test_what_is_no_key_does_not_take_the_place_of_one(client, store):
    key = create_key()
    store.create(browser_owner(key), "mine", b"{}")
    for guess in ("guess", key[:-1], key + "x", "%22"):
        assert exchange(client, store, key, atlas_key=guess)["atlas_key"][0] == key
        assert workspaces(store, key) == ["mine"]


def test_a_browser_with_the_cookie_of_before_keeps_its_work_under_a_new_key(client, store):
    before = create_key()
    store.create(browser_owner(before), "mine", b"{}")
    cookies = exchange(client, store, before, SECURE, atlas_key=before)
    key, rest = cookies["__Host-atlas_key"]
    assert "Secure" in rest
    assert key != before  # another host may have set the first one
    assert cookies["atlas_key"][0] == '""'
    assert "Max-Age=0" in cookies["atlas_key"][1]
    assert workspaces(store, key) == ["mine"]
    assert workspaces(store, before) == []
    assert store.find_replacement(before) == key
    # Another tab still has the first key.
    store.create(browser_owner(before), "other tab", b"{}")
    again = exchange(client, store, before, SECURE, hostatlas_key=key)
    assert again["__Host-atlas_key"][0] == key
    assert set(workspaces(store, key)) == {"mine", "other tab"}


def test_below_a_path_the_cookie_is_bound_to_https(client, store, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_BASE_URL_PATH", "atlas")
    cookies = exchange(client, store, create_key(), SECURE)
    ((name, (_, rest)),) = cookies.items()
    assert name == "__Secure-atlas_key"
    assert {"Path=/atlas/", "Secure"} <= set(rest.split("; "))


def test_two_tabs_without_a_cookie_get_one_after_the_other(store, quotas):
    client = TestClient(
        Starlette(routes=[keep_route(store, quotas, lambda cookies: b"browser")]),
        follow_redirects=False,
    )
    keys = [create_key() for _ in range(2)]
    first, second = (f"{KEEP_PATH}?ticket={store.issue_ticket(key)}" for key in keys)
    assert f"{KEY_COOKIE}={keys[0]}" in client.get(first, headers=SAME).headers["set-cookie"]
    client.cookies.clear()  # the second one was asked before that arrived
    waiting = client.get(second, headers=SAME)
    assert (waiting.status_code, "set-cookie" in waiting.headers) == (307, False)
    assert waiting.headers["location"] == second.removeprefix(KEEP_PATH) + "&waits=1"
    cookie = {**SAME, "cookie": f"{KEY_COOKIE}={keys[0]}"}
    answer = client.get(KEEP_PATH + waiting.headers["location"], headers=cookie)
    assert f"{KEY_COOKIE}={keys[0]}" in answer.headers["set-cookie"]
    assert store.find_replacement(keys[1]) == keys[0]


def test_a_browser_that_takes_no_cookies_does_not_wait_for_ever(store, quotas):
    route = keep_route(store, quotas, lambda cookies: b"browser")
    client = TestClient(Starlette(routes=[route]))
    client.get(f"{KEEP_PATH}?ticket={store.issue_ticket(create_key())}", headers=SAME)
    client.cookies.clear()
    key = create_key()
    for waits in ("8", "-1", "x", "99"):
        ticket = store.issue_ticket(key)
        address = f"{KEEP_PATH}?ticket={ticket}&waits={waits}"
        answer = client.get(address, headers=SAME, follow_redirects=False)
        client.cookies.clear()
        assert f"{KEY_COOKIE}={key}" in answer.headers["set-cookie"]


def test_a_browser_that_has_just_got_a_cookie_and_guesses_does_not_wait(store, quotas):
    route = keep_route(store, quotas, lambda cookies: b"browser")
    client = TestClient(Starlette(routes=[route]), headers=SAME, follow_redirects=False)
    client.get(f"{KEEP_PATH}?ticket={store.issue_ticket(create_key())}")
    client.cookies.clear()
    assert client.get(f"{KEEP_PATH}?ticket={create_key()}").status_code == 200


def test_who_was_first_is_known_for_some_seconds():
    clock = [0.0]
    first = FirstCookies(now=lambda: clock[0])
    assert first.is_first(b"a", "one")
    assert first.is_first(b"a", "one")
    assert not first.is_first(b"a", "two")
    assert first.is_first(b"b", "two")
    clock[0] = 10.5
    assert first.is_first(b"a", "two")
    assert set(first.until) == {b"a"}


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
