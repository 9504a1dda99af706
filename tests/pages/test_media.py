"""Whose a session is: of one browser and one sign-in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from geo.access import Role, SignIn, Visitor
from pages.parts import media

HERE, ELSEWHERE = generate_xsrf_token_string(b"h" * 16), generate_xsrf_token_string(b"e" * 16)
STRANGER = Visitor(Role.READER)


def signed_in(key):
    return Visitor(Role.READER, sign_in=SignIn({}, 0.0, key))


@pytest.fixture
def connected(monkeypatch):
    """Sessions by id: cookies of the browser that shows them, with the key of a sign-in."""
    sessions = {}

    def find(session):
        cookies = sessions.get(session)
        context = SimpleNamespace(cookies=cookies)
        return cookies and SimpleNamespace(client=SimpleNamespace(client_context=context))

    manager = SimpleNamespace(get_session_info=find)
    instance = SimpleNamespace(_session_mgr=manager)
    monkeypatch.setattr(media.runtime, "exists", lambda: True)
    monkeypatch.setattr(media.runtime, "get_instance", lambda: instance)
    monkeypatch.setattr(media, "_sign_in_of", lambda cookies: cookies.get("sign_in", ""))
    return sessions


def test_a_session_is_of_its_browser_and_its_sign_in_alone(connected):
    connected["open"] = {"_streamlit_xsrf": HERE}
    connected["mine"] = {"_streamlit_xsrf": HERE, "sign_in": "a"}
    here, elsewhere = {"_streamlit_xsrf": HERE}, {"_streamlit_xsrf": ELSEWHERE}
    for cookies, visitor, session, expected in (
        (here, STRANGER, "open", True),
        (elsewhere, STRANGER, "open", False),
        ({}, STRANGER, "open", False),
        (here, STRANGER, "closed", False),
        (here, signed_in("a"), "mine", True),
        (here, signed_in("b"), "mine", False),  # the next person at the same machine
        (here, STRANGER, "mine", False),
        (here, signed_in("a"), "open", False),
        (elsewhere, signed_in("a"), "mine", False),
    ):
        case = (cookies, visitor.sign_in, session)
        assert media.owns_session(cookies, visitor, session) == expected, case
