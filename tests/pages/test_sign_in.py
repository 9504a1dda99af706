"""A session shows the work of the person who signed in, and forgets it when the sign-in ends."""

from __future__ import annotations

import pytest
import streamlit as st

from geo.access import read_sign_in
from geo.server import KEY_COOKIE
from geo.store import WorkspaceStore, browser_owner, errors
from geo.text import translator
from geo.workspace import SavedView, Workspace, workspace_to_json
from pages.parts import session
from pages.parts.access import access_policy
from pages.parts.account import ROLE_NAMES
from pages.parts.uploads.section import NO_UPLOADS
from pages.parts.visitor import RELOAD
from tests.geo.access.cookies import ENVIRONMENT, PROVIDER, claims, sign_in_cookies
from tests.geo.upload.yearbook import text
from tests.pages.run import html, page
from tests.pages.test_uploads import TABLE, upload

FILE = ("gdp.csv", text(TABLE).encode("gb18030"), "text/csv")
HELD = "upload_tables"
BODY = workspace_to_json(Workspace(views=(SavedView("v", "map", {"year": "2019"}),))).encode()


@pytest.fixture
def browser(kept, monkeypatch):
    """The cookies of a browser at an atlas with sign-in; more settings by ``setenv``."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    access_policy.cache_clear()
    return kept


def sign_in(browser, subject="li", **more):
    cookies = sign_in_cookies(claims(subject, **more))
    browser.update(cookies)
    return read_sign_in(cookies, PROVIDER)


def held(test):
    return HELD in test.session_state and len(test.session_state[HELD].tables) > 0


def keys(test):
    return {button.key for button in test.button}


def test_without_a_provider_nothing_of_sign_in_is_seen(kept):
    assert not keys(page("data", lang="en")) & {"account", "sign_in", "sign_out"}


def test_the_work_of_a_person_comes_back_to_that_person_alone(browser):
    sign_in(browser)
    test = upload(page("data", lang="en"), FILE)
    assert held(test)
    assert "?ticket=" not in html(test)  # no key for the browser
    assert held(page("data", lang="en"))
    sign_in(browser, "wu")
    assert not held(page("data", lang="en"))
    browser.clear()
    stranger = page("data", lang="zh")
    assert not held(stranger)
    assert "account" in keys(stranger)


@pytest.mark.parametrize("ended", ["one", "person"])
def test_an_open_tab_forgets_everything_when_its_sign_in_was_ended(browser, ended):
    found = sign_in(browser)
    test = upload(page("data", lang="en"), FILE)
    person = access_policy().find_visitor(browser, lambda keys, began: False).person
    session.workspace_store().end_sign_ins(found.key if ended == "one" else person.key)
    test.run()
    assert not test.exception
    assert RELOAD in html(test)
    assert not held(test)
    assert FILE[0] not in html(test)
    test.run()
    assert RELOAD not in html(test)
    assert "account" in keys(test)
    assert not held(test)


def test_signing_out_forgets_the_session_and_holds_in_other_tabs(browser, monkeypatch):
    out = []
    monkeypatch.setattr(st, "logout", lambda: out.append(True))
    found = sign_in(browser)
    other = upload(page("data", lang="en"), FILE)
    test = page("data", lang="en")
    test.session_state["account"] = True
    test.run()
    assert translator("en")(ROLE_NAMES[2]) in [caption.value for caption in test.caption]
    next(button for button in test.button if button.key == "sign_out").click().run()
    assert out == [True]
    assert not held(test)
    store = session.workspace_store()
    assert store.is_sign_in_ended([found.key], found.began)
    other.run()
    assert not held(other)


def test_signing_out_everywhere_ends_all_sign_ins_of_the_person(browser, monkeypatch):
    monkeypatch.setattr(st, "logout", lambda: None)
    sign_in(browser)
    test = page("data", lang="en")
    test.session_state["account"] = True
    test.run()
    other = access_policy().find_visitor(browser, lambda keys, began: False)
    next(button for button in test.button if button.key == "sign_out_everywhere").click().run()
    store = session.workspace_store()
    assert store.is_sign_in_ended([other.person.key], other.sign_in.began)


def test_a_click_in_a_tab_whose_sign_in_was_ended_does_nothing(browser):
    found = sign_in(browser)
    person = access_policy().find_visitor(browser, lambda keys, began: False)
    store = session.workspace_store()
    made = store.create(person.owner, "theirs", BODY)
    test = page("work", lang="en")
    test.session_state[f"work_more_{made.id}"] = True
    test.run()
    store.end_sign_ins(found.key)
    next(one for one in test.button if str(one.key).startswith("work_double")).click().run()
    assert not test.exception
    assert [info.name for info in store.list_workspaces(person.owner)] == ["theirs"]
    assert "theirs" not in html(test.run())


def test_while_the_store_is_gone_an_open_tab_goes_on_and_nobody_comes_in(browser, monkeypatch):
    sign_in(browser)
    test = upload(page("data", lang="en"), FILE)

    def fail(*_):
        raise errors.SlowStoreError("The store did not answer.")

    monkeypatch.setattr(WorkspaceStore, "is_sign_in_ended", fail)
    test.run()
    assert held(test)
    fresh = page("data", lang="en")
    assert not held(fresh)
    assert "The store did not answer" in fresh.warning[0].value.replace("\\", "")
    assert not fresh.exception


def test_a_reader_gets_no_uploader_and_keeps_nothing(browser, monkeypatch):
    monkeypatch.setenv("ATLAS_OIDC_ROLE_CLAIM", "role")
    monkeypatch.setenv("ATLAS_OIDC_ROLES", "staff=editor")
    for role, note in ((None, True), ("staff", False)):
        sign_in(browser, role=role)
        test = page("data", lang="zh")
        found = translator("zh")(NO_UPLOADS) in [info.value for info in test.info]
        assert found == note
        assert bool(test.get("file_uploader")) != note


def test_a_closed_atlas_draws_one_page_alone(browser, monkeypatch):
    monkeypatch.setenv("ATLAS_ACCESS", "signed_in")
    for at in ("", "data", "index"):
        test = page(at, lang="en")
        assert keys(test) == {"sign_in"}
        assert "<nav" not in html(test)
        assert not test.get("file_uploader")
    secret = shared_secret()
    strange = page("work", lang="en", link=secret)
    assert keys(strange) == {"sign_in"}
    assert "shared_workspace" not in strange.session_state
    sign_in(browser)
    assert "<nav" in html(page("", lang="en"))
    assert "You see the shared workspace" in html(page("work", lang="en", link=secret))


def shared_secret():
    """The secret of a link to the workspace of somebody else."""
    store, owner = session.workspace_store(), browser_owner("key of somebody else")
    return store.share(owner, store.create(owner, "theirs", BODY).id, "look")


def test_a_reader_without_the_role_of_an_editor_stores_nothing(browser, monkeypatch):
    monkeypatch.setenv("ATLAS_OIDC_ROLE_CLAIM", "role")
    monkeypatch.setenv("ATLAS_OIDC_ROLES", "staff=editor")
    sign_in(browser, role=None)
    test = page(lang="en", measure="urbanization")
    test.switch_page("work.py").run()
    save = [one for one in test.button if one.key == "work_view_save"]
    test.text_input(key="work_view_name").set_value("Mine")
    save[0].click().run()
    person = access_policy().find_visitor(browser, lambda keys, began: False)
    assert person.owner is not None
    assert session.workspace_store().list_workspaces(person.owner) == []
    assert "data-at-risk" in html(test)


@pytest.mark.parametrize("choice", ["move_workspaces", "keep_in_browser"])
def test_work_of_the_browser_is_moved_on_request_alone(browser, choice):
    browser[KEY_COOKIE] = "key of the browser"
    upload(page("data", lang="en"), FILE)
    store, owner = session.workspace_store(), browser_owner("key of the browser")
    assert len(store.list_workspaces(owner)) == 1
    sign_in(browser)
    test = page("data", lang="en")
    assert not held(test)
    next(button for button in test.button if button.key == choice).click().run()
    moved = choice == "move_workspaces"
    assert held(test) == moved
    assert len(store.list_workspaces(owner)) == (0 if moved else 1)
    assert not keys(test) & {"move_workspaces", "keep_in_browser"}
