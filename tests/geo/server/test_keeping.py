"""The cookie is set for a page of this server alone, and scripts cannot read it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.keeping import KeptStore, TicketBook
from geo.server import KEEP_PATH, KEY_COOKIE, keep_route, kept_store_of
from geo.text import InputError

SAME = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def book():
    return TicketBook()


@pytest.fixture
def client(book):
    return TestClient(Starlette(routes=[keep_route(book)]))


def test_a_ticket_is_exchanged_for_the_cookie_once(client, book):
    address = f"{KEEP_PATH}?ticket={book.issue('secret')}"
    answer = client.get(address, headers=SAME)
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert answer.headers["cache-control"] == "no-store"
    parts = set(answer.headers["set-cookie"].split("; "))
    assert parts == {
        f"{KEY_COOKIE}=secret", "HttpOnly", "Max-Age=604800", "Path=/", "SameSite=lax",
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
def test_another_site_cannot_give_a_reader_a_key(client, book, headers):
    ticket = book.issue("secret")
    answer = client.get(f"{KEEP_PATH}?ticket={ticket}", headers=headers)
    assert "set-cookie" not in answer.headers
    assert book.redeem(ticket) == "secret"


def test_behind_a_proxy_the_page_says_where_it_asks_from(client, book):
    headers = {"referer": "http://testserver/data?lang=zh", "x-forwarded-proto": "https"}
    answer = client.get(f"{KEEP_PATH}?ticket={book.issue('secret')}", headers=headers)
    assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_the_operator_turns_keeping_off_or_names_the_file(tmp_path):
    assert kept_store_of({}, tmp_path) == KeptStore(tmp_path / ".build" / "kept.db")
    assert kept_store_of({"ATLAS_KEPT_FILE": "/x/y.db"}, tmp_path).path.as_posix() == "/x/y.db"
    assert kept_store_of({"ATLAS_KEEP": " OFF "}, tmp_path) is None
    with pytest.raises(InputError, match="ATLAS_KEEP: “no” is not valid"):
        kept_store_of({"ATLAS_KEEP": "no"}, tmp_path)
