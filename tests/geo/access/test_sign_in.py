"""The cookie of a sign-in is read as Streamlit writes it, and nothing else is a sign-in."""

from __future__ import annotations

import time
from dataclasses import replace
from hashlib import sha256

import pytest
from itsdangerous import timed
from streamlit.web.server.starlette import starlette_server_config

from geo.access import TOKENS_COOKIE, USER_COOKIE, read_sign_in
from geo.access.sign_in import build_person
from geo.limits import SIGN_IN_SECONDS
from tests.geo.access.cookies import ISSUER, PROVIDER, claims, sign_in_cookies

# Streamlit compresses a cookie before it is cut.
LARGE = [sha256(str(number).encode()).hexdigest() for number in range(200)]


def test_the_names_of_the_cookies_are_those_of_streamlit():
    assert starlette_server_config.USER_COOKIE_NAME == USER_COOKIE
    assert starlette_server_config.TOKENS_COOKIE_NAME == TOKENS_COOKIE


def test_a_cookie_of_streamlit_is_a_sign_in():
    before = int(time.time())
    found = read_sign_in(sign_in_cookies(claims(name="李 华")), PROVIDER)
    assert found.claims["sub"] == "li"
    assert before <= found.began <= time.time()
    person = build_person(found.claims)
    assert (person.issuer, person.subject, person.name) == (ISSUER, "li", "李 华")


def test_a_cookie_that_is_cut_is_joined_and_lacks_no_part():
    groups = LARGE
    cookies = sign_in_cookies(claims(groups=groups))
    assert len(cookies) > 3
    assert read_sign_in(cookies, PROVIDER).claims["groups"] == groups
    for name in cookies:
        assert read_sign_in({**cookies, name: ""}, PROVIDER) is None
        less = {key: value for key, value in cookies.items() if key != name}
        assert read_sign_in(less, PROVIDER) is None


def test_each_sign_in_has_a_key_of_its_own():
    groups = LARGE  # the main cookie of both says the number of parts alone
    found = [
        read_sign_in(sign_in_cookies(claims("li", nonce=nonce, groups=groups)), PROVIDER)
        for nonce in ("first", "first", "second")
    ]
    assert found[0].key == found[1].key != found[2].key


def test_persons_are_named_by_issuer_and_subject_together():
    people = [
        build_person(claims("li")),
        build_person(claims("wu")),
        build_person(claims("li", iss="https://other.example")),
    ]
    assert len({person.key for person in people}) == 3


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"name": "Li  Hua\n", "email": "li@example.cn"}, "Li Hua"),
        ({"name": " ", "preferred_username": "lihua"}, "lihua"),
        ({"name": 7, "email": "li@example.cn"}, "li@example.cn"),
        ({}, "li"),
    ],
)
def test_a_person_is_called_by_the_first_name_there_is(given, name):
    assert build_person(claims(**given)).name == name


def test_what_is_forged_or_made_for_another_place_is_no_sign_in():
    good = sign_in_cookies(claims())
    text = good[USER_COOKIE]
    cases = {
        "none": {},
        "empty": {USER_COOKIE: ""},
        "text": {USER_COOKIE: "alice"},
        "changed": {USER_COOKIE: ("J" if text[0] != "J" else "K") + text[1:]},
        "cut": {USER_COOKIE: text[:-1]},
        "other secret": sign_in_cookies(claims(), secret="f" * 32),
        "other origin": sign_in_cookies(claims(), origin="https://elsewhere.example"),
        "signed for another name": {USER_COOKIE: sign_in_cookies(claims(groups=LARGE))[
            f"{USER_COOKIE}_1"
        ]},
        "not signed in": sign_in_cookies(claims(), is_logged_in=False),
        "signed in by a text": sign_in_cookies(claims(), is_logged_in="true"),
        "no issuer": sign_in_cookies({"sub": "li"}),
        "no subject": sign_in_cookies({"iss": ISSUER}),
        "empty subject": sign_in_cookies(claims("")),
        "a number as subject": sign_in_cookies(claims(7)),
    }  # fmt: skip
    assert read_sign_in(good, PROVIDER)
    for name, cookies in cases.items():
        assert read_sign_in(cookies, PROVIDER) is None, name
    moved = replace(PROVIDER, redirect_uri="https://atlas.example.cn:8443/oauth2callback")
    assert read_sign_in(good, moved) is None


def test_a_sign_in_ends_after_its_time_and_does_not_begin_in_the_future(monkeypatch):
    cookies, now = sign_in_cookies(claims()), time.time()
    for seconds, valid in ((SIGN_IN_SECONDS - 2, True), (SIGN_IN_SECONDS + 2, False), (-9, False)):
        monkeypatch.setattr(timed.time, "time", lambda later=now + seconds: later)
        assert (read_sign_in(cookies, PROVIDER) is not None) == valid, seconds


def test_no_secret_is_in_what_is_printed():
    found = read_sign_in(sign_in_cookies(claims(email="li@example.cn")), PROVIDER)
    assert PROVIDER.cookie_secret not in repr(PROVIDER)
    assert "client_secret" not in repr(PROVIDER)
    assert "example.cn" not in repr(found)
    assert found.key not in repr(found)
