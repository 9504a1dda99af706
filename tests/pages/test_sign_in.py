"""A session shows the work of the person who signed in, and forgets it when the sign-in ends."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import streamlit as st

from geo.access import Role, read_sign_in
from geo.server import KEY_COOKIE
from geo.store import (
    WorkspaceStore,
    activity,
    browser_owner,
    database_of,
    errors,
    link_holder,
    person_owner,
)
from geo.text import translator
from geo.upload import KEPT_FOR_PERSON_NOTE, KEPT_NOTE
from geo.workspace import SavedView, Workspace, open_workspace, workspace_to_json
from pages.parts import store, visitor
from pages.parts.access import ROLE_REFUSED, VISITOR_KEY, access_policy
from pages.parts.account import AS_VISITOR, MOVABLE, ONE_MOVABLE, ROLE_NAMES
from pages.parts.store import workspace_store
from pages.parts.uploads.section import NO_UPLOADS
from pages.parts.visitor import RELOAD, end_sign_in, find_visitor
from pages.parts.work import privacy
from pages.parts.work.actions import CHANGED_MEANWHILE, DeletedWorkspace
from pages.parts.work.links import WHO_SEES, WHO_SEES_SIGNED_IN
from pages.parts.work.listing import NOT_KEPT
from tests.geo.access.cookies import ENVIRONMENT, ISSUER, PROVIDER, SECRET, claims, sign_in_cookies
from tests.geo.access.events import logged_events
from tests.geo.upload.yearbook import text
from tests.pages.run import html, page
from tests.pages.test_keeping import names
from tests.pages.test_uploads import TABLE, make, upload
from tests.pages.test_work import click, rename_measure

FILE = ("gdp.csv", text(TABLE).encode("gb18030"), "text/csv")
HELD = "upload_tables"
BODY = workspace_to_json(Workspace(views=(SavedView("v", "map", {"year": "2019"}),))).encode()
# The beginnings of the keys of what stores something on the Work page.
EDITING = ("work_create", "work_renamed", "work_double", "work_undo", "work_redo", "work_restore",
           "work_link", "work_view_save")  # fmt: skip


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
    workspace_store().end_sign_ins(found.key if ended == "one" else person.key)
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
    with logged_events() as log:
        next(button for button in test.button if button.key == "sign_out").click().run()
    assert out == [True]
    person = person_owner(ISSUER, "li", SECRET).pseudonym
    assert log.events() == [{"event": "signed_out", "person": person}]
    assert not held(test)
    store = workspace_store()
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
    store = workspace_store()
    assert store.is_sign_in_ended([other.person.key], other.sign_in.began)


def test_a_click_in_a_tab_whose_sign_in_was_ended_does_nothing(browser):
    found = sign_in(browser)
    person = access_policy().find_visitor(browser, lambda keys, began: False)
    store = workspace_store()
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
        assert (translator("zh")(KEPT_FOR_PERSON_NOTE) in html(test)) != note
        assert translator("zh")(KEPT_NOTE, days=30) not in html(test)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_whoever_is_refused_learns_that_work_belongs_to_the_browser(browser, monkeypatch, lang):
    monkeypatch.setenv("ATLAS_OIDC_ROLE_CLAIM", "role")
    monkeypatch.setenv("ATLAS_OIDC_ROLES", "staff=editor; *=none")
    sentence = translator(lang)(AS_VISITOR, days=30)
    for role, is_said in ((None, True), ("staff", False)):
        sign_in(browser, role=role)
        test = page("work", lang=lang)
        assert (sentence in [info.value for info in test.info]) == is_said
        assert bool(test.warning) == is_said
    monkeypatch.setenv("ATLAS_VISITOR_ROLE", "reader")
    access_policy.cache_clear()
    sign_in(browser)
    test = page("work", lang=lang)
    assert sentence not in [info.value for info in test.info]
    assert test.warning


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_work_page_says_what_is_true_for_a_person(browser, monkeypatch, lang):
    t = translator(lang)
    sign_in(browser)
    store = workspace_store()
    store.create(person_owner(ISSUER, "li", SECRET), "mine", BODY)
    test = page("work", lang=lang)
    for sentence in (privacy.OF_PERSON, privacy.DELETION_OF_PERSON, privacy.SIGN_IN_COOKIE):
        assert t(sentence, hours=12) in html(test)
    assert t(WHO_SEES) in html(test)
    assert re.search(r'data-reader="(\w+)"', html(test))[1]
    monkeypatch.setenv("ATLAS_ACCESS", "signed_in")
    access_policy.cache_clear()
    test = page("work", lang=lang)
    assert t(WHO_SEES_SIGNED_IN) in html(test)
    assert t(WHO_SEES) not in html(test)
    browser.clear()
    assert "data-link-waits" in html(page("work", lang=lang))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_offer_to_move_work_counts_it(browser, lang):
    browser[KEY_COOKIE] = "key of the browser"
    sign_in(browser)
    for count, message in ((1, ONE_MOVABLE), (2, MOVABLE)):
        workspace_store().create(browser_owner("key of the browser"), "held", BODY)
        offer = [text.value for text in page("work", lang=lang).markdown]
        assert translator(lang)(message, count=count) in offer


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
    store, owner = workspace_store(), browser_owner("key of somebody else")
    return store.share(owner, store.create(owner, "theirs", BODY).id, "look")


def test_a_reader_without_the_role_of_an_editor_stores_nothing(browser, monkeypatch):
    monkeypatch.setenv("ATLAS_OIDC_ROLE_CLAIM", "role")
    monkeypatch.setenv("ATLAS_OIDC_ROLES", "staff=editor")
    sign_in(browser, role=None)
    test = page(lang="en", measure="urbanization")
    test.switch_page("work.py").run()
    assert "work_view_save" not in {one.key for one in test.button}
    upload_keys = [one.key for one in page("data", lang="en").get("file_uploader")]
    assert upload_keys == []
    person = access_policy().find_visitor(browser, lambda keys, began: False)
    assert person.owner is not None
    assert workspace_store().list_workspaces(person.owner) == []


@pytest.mark.parametrize("choice", ["move_workspaces", "keep_in_browser"])
def test_work_of_the_browser_is_moved_on_request_alone(browser, choice):
    browser[KEY_COOKIE] = "key of the browser"
    upload(page("data", lang="en"), FILE)
    store, owner = workspace_store(), browser_owner("key of the browser")
    assert len(store.list_workspaces(owner)) == 1
    sign_in(browser)
    test = page("data", lang="en")
    assert not held(test)
    next(button for button in test.button if button.key == choice).click().run()
    moved = choice == "move_workspaces"
    assert held(test) == moved
    assert len(store.list_workspaces(owner)) == (0 if moved else 1)
    assert not keys(test) & {"move_workspaces", "keep_in_browser"}


def test_a_process_opens_the_database_once(browser, monkeypatch):
    opened = []

    def note(environment, root):
        opened.append(root)
        return database_of(environment, root)

    monkeypatch.setattr(store, "database_of", note)
    assert access_policy().provider
    sign_in(browser)
    upload(page("data", lang="en"), FILE)
    assert opened == [store.ROOT]


def test_signing_out_everywhere_or_without_the_store_is_logged(browser, monkeypatch):
    sign_in(browser)
    found = find_visitor(browser)
    person = person_owner(ISSUER, "li", SECRET).pseudonym
    with logged_events() as log:
        end_sign_in(found, everywhere=True)
    assert log.events() == [{"event": "signed_out_everywhere", "person": person}]

    def fail(*_):
        raise errors.SlowStoreError("The store did not answer.")

    monkeypatch.setattr(WorkspaceStore, "end_sign_ins", fail)
    with logged_events() as log:
        end_sign_in(found)
    assert log.events() == [
        {"event": "sign_out_failed", "person": person, "reason": "store_unreachable"}
    ]


def test_links_that_are_made_and_withdrawn_are_logged_without_their_secrets(browser):
    sign_in(browser)
    upload(page("data", lang="en"), FILE)
    test = page("work", lang="en")
    test.text_input(key="work_label").set_value("For the ministry")
    with logged_events() as log:
        click(test, "work_link")
        secret = test.code[0].value.partition("#link=")[2]
        click(test, "work_withdraw_")
    person = person_owner(ISSUER, "li", SECRET).pseudonym
    link = link_holder(secret).pseudonym
    assert log.events() == [
        {"event": "link_made", "person": person, "link": link, "right": "look"},
        {"event": "link_withdrawn", "person": person, "link": link},
    ]
    assert secret
    for word in (secret, "ministry", "gdp"):
        assert word not in log.text


def test_whoever_is_a_reader_by_now_changes_no_stored_work(browser, monkeypatch):
    monkeypatch.setenv("ATLAS_OIDC_ROLE_CLAIM", "role")
    monkeypatch.setenv("ATLAS_OIDC_ROLES", "staff=editor")
    sign_in(browser, role="staff")
    upload(page("data", lang="en"), FILE)
    sign_in(browser, nonce="another sign-in")
    test = page("work", lang="zh")
    (info,) = workspace_store().list_workspaces(person_owner(ISSUER, "li", SECRET))
    test.session_state[f"work_more_{info.id}"] = True
    test.run()
    assert not {key for key in keys(test) if str(key).startswith(EDITING)}
    assert {f"work_delete_{info.id}", f"work_more_{info.id}"} & keys(test)
    assert held(test)
    sign_in(browser, "zhao")
    for lang in ("en", "zh"):
        assert translator(lang)(NOT_KEPT) in html(page("work", lang=lang))


def test_every_action_that_stores_is_refused_to_a_reader(browser, monkeypatch):
    """The page of an editor, whose role is that of a reader when the button is clicked."""
    monkeypatch.setenv("ATLAS_OIDC_ROLE_CLAIM", "role")
    monkeypatch.setenv("ATLAS_OIDC_ROLES", "staff=editor")
    sign_in(browser, role="staff")
    owner, store = person_owner(ISSUER, "li", SECRET), workspace_store()
    first = make(upload(page("data", lang="en"), FILE), "Mine")
    click(first.switch_page("work.py").run(), "work_undo")
    actions = {
        "work_create": "create_empty_workspace",
        "work_renamed": "rename_workspace",
        "work_double": "duplicate_workspace",
        "work_redo": "step_through_changes",
        "work_restore": "restore_version",
        "work_link": "make_link",
        "work_undelete": "undo_deletion",
    }
    before = stored_of(store, owner)
    for key, asked in actions.items():
        test = page("work", lang="en")
        test.session_state[f"work_more_{before[0][0]}"] = True
        test.session_state["deleted_workspace"] = DeletedWorkspace("gone", BODY)
        test.run()
        editor = test.session_state[VISITOR_KEY]
        test.session_state[VISITOR_KEY] = replace(editor, role=Role.READER)
        with logged_events() as log:
            click(test, key)
        assert log.events() == [
            {
                "event": "access_refused",
                "person": owner.pseudonym,
                "reason": "role",
                "asked": asked,
            }
        ]
        assert translator("en")(ROLE_REFUSED) in test.toast[0].value, key
        assert stored_of(store, owner) == before, key


def stored_of(store, owner):
    """What the store has of an owner: ids, names, versions, links."""
    return [
        (
            info.id,
            info.name,
            len(store.list_versions(owner, info.id)),
            len(store.list_links(owner, info.id)),
        )
        for info in store.list_workspaces(owner)
    ]


def test_a_tab_without_an_action_forgets_everything_and_says_why(browser, monkeypatch):
    found = sign_in(browser)
    test = upload(page("data", lang="en"), FILE)
    assert workspace_store().find_activity(found.key) >= found.began
    later = [found.began + 3_500]
    monkeypatch.setattr(visitor, "time", lambda: later[0])
    monkeypatch.setattr(
        visitor, "access_policy", lambda: replace(access_policy(), now=lambda: later[0])
    )
    monkeypatch.setattr(type(workspace_store()), "note_activity", note_at(later))
    test.run()
    assert held(test)
    later[0] += 3_500  # within an hour of that action
    test.run()
    assert held(test)
    later[0] += 3_601
    with logged_events() as log:
        test.run()
    person = person_owner(ISSUER, "li", SECRET).pseudonym
    assert log.events() == [{"event": "sign_in_expired", "person": person, "reason": "inactive"}]
    assert RELOAD in html(test)
    assert not held(test)
    fresh = page("data", lang="zh")
    assert not held(fresh)
    assert "您已 60 分钟未操作" in fresh.warning[0].value
    assert "account" in keys(fresh)
    assert "sign_out" not in keys(fresh)


def note_at(clock):
    """``WorkspaceStore.note_activity`` at a time of the test."""

    def note(store, key):
        with store.database.writing() as connection:
            activity.note_activity(connection, key, clock[0])

    return note


@pytest.fixture
def browsers(browser):
    """Two browsers in which one person is signed in; a function that runs something in one."""
    jars = [sign_in_cookies(claims("li", nonce=f"of sign-in {number}")) for number in range(2)]

    def run(number, step, *args, **kwargs):
        browser.clear()
        browser.update(jars[number])
        return step(*args, **kwargs)

    return run


def stored_names(workspaces=1):
    """The measures of each workspace of the person, as they are stored."""
    owner = person_owner(ISSUER, "li", SECRET)
    infos = workspace_store().list_workspaces(owner)
    assert len(infos) == workspaces
    bodies = [workspace_store().open(owner, info.id).body for info in infos]
    return sorted(
        [measure.name_en for measure in open_workspace(body).tables.all_measures.values()]
        for body in bodies
    )


def test_two_browsers_that_change_the_same_let_the_reader_decide(browsers):
    browsers(0, lambda: make(upload(page("data", lang="en"), FILE), "Mine"))
    one, two = (browsers(number, page, "data", lang="en") for number in range(2))
    browsers(0, rename_measure, one, "One")
    assert stored_names() == [["One"]]
    browsers(1, rename_measure, two, "Two")
    assert "Another tab or person changed the same: “Two”" in two.warning[0].value
    assert names(two) == ["Two"]  # nothing of it is lost
    assert stored_names() == [["One"]]  # nor of the other
    browsers(1, click, two, "keep_mine")
    assert stored_names(workspaces=2) == [["One"], ["Two"]]


def test_two_browsers_that_change_different_things_keep_both(browsers):
    browsers(0, lambda: upload(page("data", lang="en"), FILE))
    one, two = (browsers(number, page, "data", lang="en") for number in range(2))
    for number, test, name in ((0, one, "one.csv"), (1, two, "two.csv")):
        file = (name, f"省,2017\n北京,{number}\n".encode(), "text/csv")
        browsers(number, upload, test, file)
        assert not test.warning
    for number in range(2):
        found = browsers(number, page, "data", lang="en")
        found = {table.file.name for table in found.session_state[HELD].tables}
        assert found == {FILE[0], "one.csv", "two.csv"}


def test_a_step_back_from_what_another_browser_has_changed_is_refused(browsers):
    browsers(0, lambda: make(upload(page("data", lang="en"), FILE), "Mine"))
    one, two = (browsers(number, page, "work", lang="en") for number in range(2))
    browsers(0, click, one, "work_undo")
    assert stored_names() == [[]]
    browsers(1, click, two, "work_undo")
    assert translator("en")(CHANGED_MEANWHILE) in two.toast[0].value
    assert stored_names() == [[]]
    assert names(two) == []  # it shows by now what is stored
    browsers(1, click, two, "work_redo")
    assert stored_names() == [["Mine"]]
