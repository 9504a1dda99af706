"""A session with uploaded data comes back in the same browser, and says when it cannot."""

from __future__ import annotations

import json
import re

import pytest

from geo.server import KEY_COOKIE
from geo.store import browser_owner, checks
from geo.text import translator
from geo.upload import KEPT_NOTE, UNKEPT_NOTE
from geo.workspace import open_workspace
from pages.parts.session import COOKIE_KEY, FAULT_KEY
from pages.parts.store import workspace_store
from tests.geo.upload.yearbook import text
from tests.pages.run import address, html, page
from tests.pages.test_uploads import PLACES, TABLE, make, tables, upload


def exchange_ticket(test, cookies):
    """Do what the browser does: exchange the ticket of the page for the cookie."""
    ticket = re.search(r'<img src="/keep\?ticket=([\w-]+)" alt="" hidden>', html(test))[1]
    key = workspace_store().redeem_ticket(ticket)
    assert key not in html(test)
    cookies[KEY_COOKIE] = key


def open_stored(cookies):
    """The only workspace of a browser, as it is stored."""
    store, owner = workspace_store(), browser_owner(cookies[KEY_COOKIE])
    (info,) = store.list_workspaces(owner)
    return store.open(owner, info.id)


def names(test):
    return [measure.name_en for measure in held(test).all_measures.values()]


def held(test):
    return test.session_state["upload_tables"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_reload_brings_tables_choices_and_measures_back(kept, lang):
    rows = [list(row) for row in TABLE]
    rows[PLACES["西 藏"] - 1][0] = "Xizng"
    test = upload(page("data", lang=lang), ("gdp.csv", text(rows).encode("gb18030"), "text/csv"))
    row = next(box for box in test.selectbox if f"row_{PLACES['西 藏']}" in str(box.key))
    row.set_value("540000").run()
    make(test, "Kept {{7*7}}")
    exchange_ticket(test, kept)
    again = page("data", lang=lang)
    assert not again.exception
    assert held(again) == held(test)
    assert dict(tables(again)[0].options.mapped) == {PLACES["西 藏"]: "540000"}
    assert "Kept {{7*7}}" in html(again)
    assert "data-at-risk" not in html(again)
    assert translator(lang)(KEPT_NOTE, days=30) in html(again)


def test_another_browser_sees_nothing_and_an_unknown_key_is_no_fault(kept):
    make(upload(page("data", lang="en")), "Mine alone")
    assert tables(page("data", lang="en")) == ()
    kept[KEY_COOKIE] = "unknown"
    other = page("data", lang="en")
    assert tables(other) == ()
    assert not other.exception
    assert not other.toast


def test_what_is_removed_does_not_come_back_and_removing_it_can_be_undone(kept):
    test = upload(page("data", lang="en"))
    exchange_ticket(test, kept)
    assert len(tables(page("data", lang="en"))) == 1
    next(button for button in test.button if str(button.key).endswith("_out")).click().run()
    assert tables(test) == ()
    assert tables(page("data", lang="en")) == ()
    stored = open_stored(kept)
    assert open_workspace(stored.body).is_empty
    assert stored.version.label == "table-removed|gdp.csv"
    store, owner = workspace_store(), browser_owner(kept[KEY_COOKIE])
    store.undo(owner, stored.info.id, stored.version.number)
    assert [table.file.name for table in tables(page("data", lang="en"))] == ["gdp.csv"]


def test_two_tabs_of_a_browser_lose_nothing(kept):
    first = upload(page("data", lang="en"))
    exchange_ticket(first, kept)
    one, two = page("data", lang="en"), page("data", lang="en")
    upload(one, ("one.csv", "省,2017\n北京,1\n".encode(), "text/csv"))
    upload(two, ("two.csv", "省,2017\n北京,2\n".encode(), "text/csv"))
    again = page("data", lang="en")
    assert {table.file.name for table in tables(again)} == {"gdp.csv", "one.csv", "two.csv"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_keeping_the_page_says_that_a_reload_loses_the_data(lang):
    t = translator(lang)
    assert "data-at-risk" not in html(page("data", lang=lang))
    test = upload(page("data", lang=lang))
    assert "data-at-risk" in html(test)
    assert "/keep?" not in html(test)
    assert t(UNKEPT_NOTE) in html(test)
    test.switch_page("map.py").run()
    assert "data-at-risk" in html(test)


def test_what_is_too_much_to_keep_is_said(kept, monkeypatch):
    monkeypatch.setattr(checks, "MAX_STORED_BYTES", 10)
    test = upload(page("data", lang="en"))
    assert "too much to be saved" in test.warning[0].value
    assert "data-at-risk" in html(test)
    assert len(tables(test)) == 1


def test_what_cannot_be_read_any_more_is_one_sentence(kept):
    test = upload(page("data", lang="en"))
    exchange_ticket(test, kept)
    stored = open_stored(kept)
    document = {**json.loads(stored.body), "version": 9}
    workspace_store().save(
        browser_owner(kept[KEY_COOKIE]), stored.info.id, json.dumps(document).encode(), 1
    )
    again = page("data", lang="en")
    assert not again.exception
    assert "The file is not a workspace" in again.toast[0].value


def test_the_workspace_holds_the_state_of_the_pages_that_were_seen(kept):
    test = page(lang="zh", measure="urbanization", year="2019")
    test.switch_page("data.py").run()
    upload(test)
    exchange_ticket(test, kept)
    workspace = open_workspace(open_stored(kept).body)
    assert workspace.pages["map"] == {"measure": "urbanization", "year": "2019"}
    again = html(page("data", lang="zh"))
    assert "/?lang=zh&amp;measure=urbanization&amp;year=2019" in again.split("工作区中各页面")[1]


def test_a_preset_of_the_index_is_saved_and_comes_back_with_the_workspace(kept):
    test = page("index", lang="en", recipe="1~outliers-log", year="2017")
    test.session_state["preset"] = True
    test.run()
    test.text_input(key="preset_name").set_value("Logs {{7*7}} <b>")
    test.button(key="preset_save").click().run()
    assert not test.exception
    (preset,) = test.session_state["index_presets"]
    assert (preset.name, preset.recipe, preset.year) == ("Logs {{7*7}} <b>", "1~outliers-log", 2017)
    assert test.selectbox(key="named").value == "saved:Logs {{7*7}} <b>"
    test.switch_page("data.py").run()
    exchange_ticket(test, kept)
    again = page("index", lang="en", year="2017")
    again.selectbox(key="named").set_value("saved:Logs {{7*7}} <b>").run()
    assert not again.exception
    assert address(again, "recipe") == "1~outliers-log"


def test_a_tab_finds_the_key_that_another_tab_gave_the_browser(kept):
    """What ``keep_route`` does with the ticket of a second tab: the first key stays."""
    first = upload(page("data", lang="en"))
    second = upload(page("data", lang="en"), ("two.csv", "省,2017\n北京,2\n".encode(), "text/csv"))
    exchange_ticket(first, kept)
    store, owner = workspace_store(), browser_owner(kept[KEY_COOKIE])
    lost = second.session_state[COOKIE_KEY]
    assert lost != kept[KEY_COOKIE]
    store.replace_key(lost, kept[KEY_COOKIE])
    make(second, "From the second tab")
    assert second.session_state[COOKIE_KEY] == kept[KEY_COOKIE]
    assert FAULT_KEY not in second.session_state
    infos = {info.name: info for info in store.list_workspaces(owner)}
    assert set(infos) == {"gdp.csv", "two.csv"}
    content = open_workspace(store.open(owner, infos["two.csv"].id).body)
    assert [m.name_en for m in content.tables.all_measures.values()] == ["From the second tab"]
    assert store.list_workspaces(browser_owner(lost)) == []
