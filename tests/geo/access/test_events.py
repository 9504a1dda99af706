"""The log of security events: a line of JSON each, and nothing that names a person."""

from __future__ import annotations

import json
import time

import pytest

from geo.access import SecurityEvent, build_access_policy, log_event, open_security_log
from geo.store import person_owner
from geo.store.errors import SlowStoreError
from tests.geo.access.cookies import ENVIRONMENT, ISSUER, SECRET, claims, sign_in_cookies
from tests.geo.access.events import logged_events


@pytest.fixture
def log():
    with logged_events() as found:
        yield found


def test_an_event_is_one_line_with_what_is_known(log):
    before = time.time()
    log_event(SecurityEvent.SIGNED_IN, "0123456789abcdef", "a1b2c3d4-1", role="editor", reason="")
    log_event(SecurityEvent.SIGN_IN_FAILED, reason="two\nlines")
    first, second = log.events()
    written = json.loads(log.text.splitlines()[0])["ts"]
    assert before - 0.001 <= written <= time.time() + 0.001
    assert first == {
        "event": "signed_in",
        "person": "0123456789abcdef",
        "role": "editor",
        "request_id": "a1b2c3d4-1",
    }
    assert set(second) == {"event", "reason"}


def test_a_request_id_is_an_id_or_nothing(log):
    for given in ("short", "x" * 65, 'a1b2c3d4","event":"signed_in', "a1b2c3d4\n", ""):
        log_event(SecurityEvent.SIGNED_OUT, "0", given)
    assert [event.get("request_id") for event in log.events()] == [None] * 5


def test_the_log_is_opened_once_however_often_it_is_asked_for(log):
    open_security_log(log.stream)
    log_event(SecurityEvent.SIGNED_OUT)
    assert len(log.events()) == 1


def test_a_pseudonym_is_the_beginning_of_the_hash_in_the_store_and_needs_the_secret():
    policy = build_access_policy(ENVIRONMENT)
    cookies = sign_in_cookies(claims(name="Li Hua", email="li@example.cn"))
    visitor = policy.find_visitor(cookies, lambda keys, began: False)
    assert visitor.pseudonym == person_owner(ISSUER, "li", SECRET).pseudonym
    assert len(visitor.pseudonym) == 16
    assert visitor.pseudonym != person_owner(ISSUER, "li", "w" * 32).pseudonym
    assert visitor.pseudonym != person_owner(ISSUER, "wu", SECRET).pseudonym
    assert policy.find_visitor({}, lambda keys, began: False).pseudonym == ""


def test_why_a_sign_in_is_refused_is_a_word_of_the_atlas():
    domains = {"ATLAS_OIDC_DOMAINS": "example.cn"}
    roles = {"ATLAS_OIDC_ROLE_CLAIM": "groups", "ATLAS_OIDC_ROLES": "*=none"}
    other = {"email": "li@example.org", "email_verified": True}

    def unreachable(keys, began):
        raise SlowStoreError("The store did not answer.")

    for settings, more, is_ended, reason in (
        (domains, {}, None, "no_verified_mail"),
        (domains, other, None, "domain_not_permitted"),
        (roles, {}, None, "no_role"),
        ({}, {}, unreachable, "store_unreachable"),
        ({}, {}, None, ""),
    ):
        policy = build_access_policy({**ENVIRONMENT, **settings})
        cookies = sign_in_cookies(claims(**more))
        visitor = policy.find_visitor(cookies, is_ended or (lambda keys, began: False))
        assert visitor.refusal_reason == reason
        assert visitor.pseudonym == person_owner(ISSUER, "li", SECRET).pseudonym, reason
