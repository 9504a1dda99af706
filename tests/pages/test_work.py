"""The Work page keeps workspaces, versions, views and links; nothing is overwritten in silence."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from geo.analysis import NOT_IN_WORKSPACE, published_measures
from geo.analysis.state import DEFAULT_YEAR
from geo.limits import MAX_WORKSPACE_NAME_LENGTH, MOST_WORKSPACES_LISTED
from geo.measures import measure_name
from geo.server import KEY_COOKIE
from geo.store import NotFoundError, WorkspaceStore, browser_owner, create_key, link_holder
from geo.store import store as store_module
from geo.text import InputError, StoreError, translator
from geo.workspace import SavedView, Workspace, open_workspace, workspace_to_json
from pages.parts import save_view, session
from pages.parts.banner import DELETED_ELSEWHERE, UNSAVED_MINE
from pages.parts.page_frame import OWN_LINK_NOTE, SHARED_LOOK_NOTE
from pages.parts.state import escape_markdown
from pages.parts.store import workspace_store
from pages.parts.uploads.section import SHARED_NOTE
from pages.parts.work import actions, listing, privacy
from pages.parts.work.actions import NOW_OPEN
from pages.parts.work.sheet import NONE_OPEN
from tests.pages.run import address, html, page
from tests.pages.test_keeping import exchange_ticket, names, open_stored
from tests.pages.test_uploads import make, tables, upload

NOT_FOUND = NotFoundError().message
BODY = workspace_to_json(Workspace(views=(SavedView("v", "map", {"year": "2019"}),))).encode()


def click(test, key):
    """Click a button by its key, or by the beginning of it."""
    button = next(one for one in test.button if str(one.key).startswith(key))
    assert not button.disabled, key
    return button.click().run()


def delete_everything(test):
    """Open the part that deletes everything, confirm it, and press the button."""
    test.session_state["work_all"] = True
    test.run()
    test.checkbox(key="work_all_sure").check()
    test.session_state["work_all"] = True
    test.run()
    click(test, "work_delete_all")


def open_more(test, workspace):
    test.session_state[f"work_more_{workspace}"] = True
    return test.run()


def confirm_deletion(test, workspace):
    open_more(test, workspace)
    assert test.button(key=f"work_delete_{workspace}").disabled
    test.checkbox(key=f"work_sure_{workspace}").check()
    open_more(test, workspace)
    click(test, f"work_delete_{workspace}")


def stored(kept):
    """The store and the owner of the browser, which has a key from now on."""
    kept.setdefault(KEY_COOKIE, create_key())
    return workspace_store(), browser_owner(kept[KEY_COOKIE])


def listed(kept):
    store, owner = stored(kept)
    return [info.name for info in store.list_workspaces(owner)]


def labels(kept):
    store, owner = stored(kept)
    (info,) = store.list_workspaces(owner)
    return [version.label for version in store.list_versions(owner, info.id)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_reader_creates_renames_duplicates_and_deletes_workspaces(kept, lang):
    t = translator(lang)
    test = page("work", lang=lang)
    assert t("Nothing is stored yet. A workspace begins when you upload a table, save a preset or a"
             " view, or create an empty one.") in html(test)  # fmt: skip
    test.text_input(key="work_new_name").set_value("First {{7*7}} <b>")
    click(test, "work_create")
    exchange_ticket(test, kept)
    assert listed(kept) == ["First {{7*7}} <b>"]
    assert "First {{7*7}} &lt;b&gt;" in html(test)
    store, owner = stored(kept)
    (info,) = store.list_workspaces(owner)
    open_more(test, info.id)
    test.text_input(key=f"work_name_{info.id}").set_value("Second")
    click(test, "work_renamed")
    assert listed(kept) == ["Second"]
    open_more(test, info.id)
    click(test, "work_double")
    assert sorted(listed(kept)) == ["Second", t("{name} (copy)", name="Second")]
    confirm_deletion(test, info.id)
    assert listed(kept) == [t("{name} (copy)", name="Second")]
    click(test, "work_undelete")
    assert sorted(listed(kept)) == ["Second", t("{name} (copy)", name="Second")]
    assert not test.exception
    assert not test.toast


def test_all_workspaces_are_deleted_only_after_a_confirmation(kept):
    store, owner = stored(kept)
    for name in ("a", "b"):
        store.create(owner, name, BODY)
    test = page("work", lang="en")
    assert "2 of 200 workspaces, 0.0 of 200 MB" in html(test)
    test.session_state["work_all"] = True
    test.run()
    assert test.button(key="work_delete_all").disabled
    test.checkbox(key="work_all_sure").check()
    test.session_state["work_all"] = True
    test.run()
    click(test, "work_delete_all")
    assert listed(kept) == []
    assert "0 of 200 workspaces" in html(test)
    assert not page("work", lang="en").exception


def test_a_workspace_is_opened_and_its_changes_go_there(kept):
    store, owner = stored(kept)
    other = store.create(owner, "other", BODY)
    store.create(owner, "newest", workspace_to_json(Workspace()).encode())
    test = page("work", lang="en")
    assert test.session_state["stored_name"] == "newest"
    click(test, f"work_see_{other.id}")
    assert test.session_state["stored_name"] == "other"
    assert [view.name for view in test.session_state["saved_views"]] == ["v"]
    assert "?lang=en&amp;year=2019" in html(test)
    test.switch_page("data.py").run()
    upload(test)
    opened = {info.name: open_workspace(store.open(owner, info.id).body)
              for info in store.list_workspaces(owner)}  # fmt: skip
    assert [len(opened[name].tables.tables) for name in ("other", "newest")] == [1, 0]


def test_every_save_says_what_changed_and_is_undone_redone_and_restored(kept):
    test = make(upload(page("data", lang="en")), "Mine")
    exchange_ticket(test, kept)
    assert labels(kept) == ["measure-added|Mine", "table-added|gdp.csv"]
    test.switch_page("work.py").run()
    assert "Measure “Mine” added" in html(test)
    click(test, "work_undo")
    assert names(test) == []
    assert "Back to version 1: Table “gdp.csv” added" in html(test)
    assert test.button(key="work_undo").disabled
    click(test, "work_redo")
    assert names(test) == ["Mine"]
    test.selectbox(key="work_version").set_value(1).run()
    click(test, "work_restore")
    assert names(test) == []
    assert labels(kept)[0] == "restored|1"
    click(test, "work_undo")
    assert names(test) == ["Mine"]
    assert not test.exception


def test_views_briefings_and_provinces_are_saved_and_come_back(kept):
    test = page(lang="en", measure="urbanization", year="2019")
    for name in ("briefing.py", "work.py"):
        test.switch_page(name).run()
    test.query_params["provinces"] = "520000,110000"
    test.run()
    assert test.selectbox(key="work_view_page").value == "map"
    test.text_input(key="work_view_name").set_value("Cities {{7*7}}")
    click(test, "work_view_save")
    test.selectbox(key="work_view_page").select("briefing")
    test.text_input(key="work_view_name").set_value("Cabinet")
    click(test, "work_view_save")
    click(test, "work_provinces_save")
    exchange_ticket(test, kept)
    assert labels(kept) == ["provinces|", "view-added|Cabinet", "view-added|Cities {{7*7}}"]
    workspace = open_workspace(open_stored(kept).body)
    assert workspace.provinces == ("520000", "110000")
    assert workspace.views[0] == SavedView(
        "Cities {{7*7}}", "map", {"measure": "urbanization", "year": "2019"}
    )
    again = page("work", lang="en")
    shown = html(again)
    assert "Guizhou and Beijing" in shown
    briefings = shown.split("<h3>Briefings</h3>")[1].split("</ul>")[0]
    assert "Cabinet" in briefings
    assert "Cities" not in briefings
    click(again, "work_provinces_choose")
    assert address(again, "provinces") == "520000,110000"
    again.session_state["work_views"] = True
    again.run()
    again.text_input(key="work_view_new_0").set_value("Cabinet")
    click(again, "work_view_rename")
    assert "Another view is called" in again.toast[0].value
    again.session_state["work_views"] = True
    again.run()
    click(again, "work_view_delete")
    assert [view.name for view in open_workspace(open_stored(kept).body).views] == ["Cabinet"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_view_is_named_and_saved_where_the_reader_is(kept, lang):
    t = translator(lang)
    test = page(lang=lang, measure="urbanization")
    click(test, "save_view")
    name = test.text_input(key="save_view_name")
    assert measure_name(published_measures()["urbanization"], t).lower() in name.value.lower()
    assert "·" not in name.value
    name.set_value("")
    click(test, "save_view_now")
    assert "name" in test.session_state[save_view.FAULT_KEY].message
    assert "saved_views" not in test.session_state
    click(test, "save_view")
    assert not test.warning
    test.text_input(key="save_view_name").set_value("Cities of mine")
    click(test, "save_view_now")
    (view,) = test.session_state["saved_views"]
    # The year that the address leaves out is in it.
    shown = {"measure": "urbanization", "year": str(DEFAULT_YEAR)}
    assert view == SavedView("Cities of mine", "map", shown)
    assert test.toast[0].value == t(save_view.SAVED, name="Cities of mine")
    assert not page("work", lang=lang).exception


def test_a_name_that_is_empty_or_too_long_is_refused_with_a_sentence(kept):
    store, owner = stored(kept)
    made = store.create(owner, "Plan", BODY)
    test = page("work", lang="en")
    for name in ("", "x" * (MAX_WORKSPACE_NAME_LENGTH + 1)):
        test.text_input(key="work_new_name").set_value(name)
        click(test, "work_create")
        assert f"1 to {MAX_WORKSPACE_NAME_LENGTH}" in test.toast[0].value, name
        open_more(test, made.id)
        test.text_input(key=f"work_name_{made.id}").set_value(name)
        click(test, "work_renamed")
        assert f"1 to {MAX_WORKSPACE_NAME_LENGTH}" in test.toast[0].value, name
    assert listed(kept) == ["Plan"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_workspace_or_copy_is_opened_and_that_is_said(kept, lang):
    t = translator(lang)
    store, owner = stored(kept)
    made = store.create(owner, "Plan", BODY)
    test = page("work", lang=lang)
    open_more(test, made.id)
    click(test, "work_double")
    copy = t("{name} (copy)", name="Plan")
    assert test.session_state["stored_name"] == copy
    assert test.toast[0].value == t(NOW_OPEN, name=escape_markdown(copy))
    test.text_input(key="work_new_name").set_value("Spring")
    click(test, "work_create")
    assert test.session_state["stored_name"] == "Spring"
    assert test.toast[0].value == t(NOW_OPEN, name="Spring")


def test_versions_have_their_numbers_and_an_end_is_a_day(kept):
    store, owner = stored(kept)
    made = store.create(owner, "Plan", BODY)
    store.save(owner, made.id, workspace_to_json(Workspace()).encode(), 1, "restored|1")
    shown = html(page("work", lang="en"))
    versions = shown[shown.index('<ol class="versions"') :]
    assert re.findall(r"<li><b>(\d+)</b>", versions) == ["2", "1"]
    assert re.search(r"<span>Ends on \d+ [A-Z][a-z]+ \d{4} if not visited</span>", shown)
    assert '<h1 class="atlas-heading">Your work</h1>' in shown


def test_a_long_list_has_pages_and_a_search(kept):
    store, owner = stored(kept)
    for number in range(2 * MOST_WORKSPACES_LISTED + 1):
        store.create(owner, f"Report {number}", BODY)
    test = page("work", lang="en")
    assert html(test).count('class="workspace"') == MOST_WORKSPACES_LISTED
    test.session_state["work_turn"] = 3
    test.run()
    assert html(test).count('class="workspace"') == 1
    test.text_input(key="work_find").set_value("report 13").run()
    assert html(test).count('class="workspace"') == 1
    assert "<strong>Report 13</strong>" in html(test)
    test.text_input(key="work_find").set_value("nothing").run()
    assert "No workspace has this name." in html(test)
    assert not test.exception


def test_all_workspaces_are_one_file(kept):
    store, owner = stored(kept)
    named = [(store.create(owner, name, BODY).id, name) for name in ("甲", "乙")]
    with ZipFile(BytesIO(listing.zip_stored(store, owner, named))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "甲.json": BODY,
            "乙.json": BODY,
        }


# Links.


def share(right, name="theirs"):
    """The workspace of somebody else: its owner, its id and the secret of a link to it."""
    store, owner = workspace_store(), browser_owner(create_key())
    info = store.create(owner, name, BODY)
    return owner, info.id, store.share(owner, info.id, right)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_deleted_or_withdrawn_is_said(kept, lang):
    t = translator(lang)
    store, owner = stored(kept)
    info = store.create(owner, "mine", BODY)
    store.share(owner, info.id, "look", "部委*")
    test = page("work", lang=lang)
    click(test, "work_withdraw")
    assert [toast.value for toast in test.toast] == [t(actions.WITHDRAWN, name="部委\\*")]
    confirm_deletion(test, info.id)
    assert [toast.value for toast in test.toast] == [t(actions.DELETED, name="mine")]
    click(test, "work_undelete")
    test.session_state["work_all"] = True
    test.run()
    assert [box.label for box in test.checkbox] == [t(listing.ONE_ALL)]
    test.checkbox(key="work_all_sure").check()
    test.session_state["work_all"] = True
    test.run()
    click(test, "work_delete_all")
    assert [toast.value for toast in test.toast] == [t(actions.ALL_DELETED)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_deleting_everything_removes_the_cookie_which_saving_brings_back(kept, lang):
    t = translator(lang)
    store, owner = stored(kept)
    store.create(owner, "mine", BODY)
    test = page("work", lang=lang)
    for sentence in (privacy.OF_BROWSER, privacy.DELETION, privacy.OTHER_COOKIES):
        assert t(sentence, days=30) in html(test)
    delete_everything(test)
    ticket = re.search(r'<img src="/keep\?ticket=([\w-]+)&amp;end=1"', html(test))[1]
    assert workspace_store().redeem_ticket(ticket) == kept[KEY_COOKIE]
    test.text_input(key="work_new_name").set_value("new")
    click(test, "work_create")
    exchange_ticket(test, kept)  # which has no end=1


def test_a_link_is_made_shown_once_and_withdrawn(kept):
    store, owner = stored(kept)
    info = store.create(owner, "mine", BODY)
    test = page("work", lang="en")
    test.radio(key="work_right").set_value("copy")
    test.text_input(key="work_label").set_value("Ministry")
    click(test, "work_link")
    (link,) = store.list_links(owner, info.id)
    assert (link.right, link.name, link.used) == ("copy", "Ministry", None)
    made = test.code[0].value
    secret = made.partition("/work#link=")[2]
    assert store.open_link(secret).info.name == "mine"
    assert "<strong>Ministry</strong>" in html(test)
    assert "<span>Look and copy ·</span> <span>made " in html(test)
    assert not page("work", lang="en").code
    click(test, "work_withdraw")
    assert store.list_links(owner, info.id) == []
    assert store.list_workspaces(link_holder(secret)) == []
    assert not test.code


def test_a_link_shows_the_workspace_of_somebody_else_and_changes_nothing(kept):
    mine = make(upload(page("data", lang="en")), "Mine")
    exchange_ticket(mine, kept)
    before = open_stored(kept)
    _, _, secret = share("look")
    test = page("work", lang="en", link=secret)
    assert "link" not in test.query_params
    assert secret not in html(test)
    assert "You see the shared workspace “theirs”. You may look at it." in html(test)
    assert names(test) == []
    # What only who may save or download can follow is not said.
    assert "No briefing is saved.<" in html(test)
    assert "<h3>Workspace file</h3>" not in html(test)
    assert "<h3>Workspace file</h3>" in html(mine.switch_page("work.py").run())
    assert not [one for one in test.button if one.key == "shared_copy"]
    of_mine = ("work_undo", "work_restore", "work_link", "work_view_save", "work_provinces_save")
    assert not [one for one in test.button if str(one.key).startswith(of_mine)]
    test.switch_page("data.py").run()
    assert "You see the shared workspace" in html(test)
    assert ">Shared data</h2>" in html(test)
    assert translator("en")(SHARED_NOTE) in html(test)
    assert not test.get("file_uploader")
    assert tables(test) == ()
    assert open_stored(kept) == before
    click(test, "shared_close")
    assert test.get("file_uploader")
    assert ">Your data</h2>" in html(test)
    assert names(test) == ["Mine"]
    assert "You see the shared workspace" not in html(test)
    assert open_stored(kept) == before


def link_word(test):
    """What the page says to its script about a link."""
    return re.search(r'data-link="(\w*)"', html(test))[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_measure_of_a_link_leaves_the_address_with_the_link(kept, lang):
    t = translator(lang)
    made = make(upload(page("data", lang="en")), "Theirs")
    exchange_ticket(made, kept)
    (measure,) = made.session_state["upload_tables"].all_measures
    store, owner = stored(kept)
    (info,) = store.list_workspaces(owner)
    secret = store.share(owner, info.id, "look")
    kept.clear()
    test = page(lang=lang, link=secret, measure=measure)
    assert not test.warning
    assert t("Uploaded data; the atlas has not checked them") in html(test)
    assert t(SHARED_LOOK_NOTE) in share_targets_of(test)["own"]
    assert "save" not in share_targets_of(test)
    click(test, "shared_close")
    assert "measure" not in test.query_params
    assert not test.warning
    again = page(lang=lang, link=secret, measure=measure)
    (link,) = store.list_links(owner, info.id)
    store.withdraw(owner, info.id, link.id)
    again.run()
    assert [warning.value for warning in again.warning] == [t(NOT_FOUND)]
    assert "measure" not in again.query_params
    fresh = page(lang=lang, link=secret, measure=measure)
    assert [warning.value for warning in fresh.warning] == [t(NOT_FOUND)]
    without = page(lang=lang, measure=measure)
    assert [warning.value for warning in without.warning] == [t(NOT_IN_WORKSPACE)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_owner_of_a_measure_is_not_told_to_ask_for_it(kept, lang):
    t = translator(lang)
    test = make(upload(page("data", lang=lang)), "Mine")
    exchange_ticket(test, kept)
    (measure,) = test.session_state["upload_tables"].all_measures
    test.query_params["measure"] = measure
    test.switch_page("map.py").run()
    assert share_targets_of(test)["own"] == t(OWN_LINK_NOTE)
    test.switch_page("work.py").run()
    assert not test.warning
    test.text_input(key="work_new_name").set_value("Other")
    click(test, "work_create")
    assert not test.warning
    assert "measure" not in test.query_params


def share_targets_of(test):
    """What the page gives to the Share dialog."""
    return json.loads(unescape(re.search(r'data-share="([^"]*)"', html(test))[1]))


def test_a_double_click_makes_one(kept, monkeypatch):
    store, owner = stored(kept)
    info = store.create(owner, "mine", BODY)
    test = page("work", lang="en")
    made = {
        "work_link": lambda: sum(one.links for one in store.count_details(owner).values()),
        "work_create": lambda: len(store.list_workspaces(owner)),
        f"work_double_{info.id}": lambda: len(store.list_workspaces(owner)),
    }
    for seconds, more in ((60.0, 1), (0.0, 2)):
        monkeypatch.setattr(actions, "DOUBLE_CLICK_SECONDS", seconds)
        for key, count in made.items():
            before = count()
            for _ in range(2):
                open_more(test, info.id)
                test.text_input(key="work_new_name").set_value("new")
                click(test, key)
            assert count() - before == more, (key, seconds)


def test_a_withdrawn_link_ends_at_the_next_action(kept):
    t = translator("en")
    owner, workspace, secret = share("look")
    test = page(lang="en", link=secret)
    assert "You see the shared workspace" in html(test)
    assert link_word(test) == "shown"
    assert link_word(page(lang="en")) == ""
    store = workspace_store()
    newer = workspace_to_json(Workspace(provinces=("110000",))).encode()
    store.save(owner, workspace, newer, 1)
    assert test.run().session_state["saved_provinces"] == ("110000",)
    (link,) = store.list_links(owner, workspace)
    store.withdraw(owner, workspace, link.id)
    test.run()
    for _ in range(2):  # a sentence that stays, until the reader closes it
        assert [warning.value for warning in test.warning] == [t(NOT_FOUND)]
        assert not test.toast
        assert link_word(test) == "refused"
        test.run()
    assert "You see the shared workspace" not in html(test)
    assert test.session_state["saved_provinces"] == ()
    click(test, "link_fault_close")
    assert not test.warning
    assert link_word(test) == "closed"


def test_a_link_that_permits_it_is_copied(kept):
    _, _, secret = share("copy")
    test = page("work", lang="en", link=secret)
    click(test, "shared_copy")
    exchange_ticket(test, kept)
    assert listed(kept) == ["theirs"]
    assert labels(kept) == ["copied|theirs"]
    assert "You see the shared workspace" not in html(test)


def test_a_link_that_nobody_made_is_one_sentence(kept):
    test = page("work", lang="en", link="guess")
    assert [warning.value for warning in test.warning] == [translator("en")(NOT_FOUND)]
    assert "link" not in test.query_params
    assert not test.exception


# Two at once.


def two_tabs(kept, *measures, lang="en"):
    """Two tabs of a browser that begin from the same version. lang: of the second one."""
    first = upload(page("data", lang="en"))
    for name in measures:
        make(first, name)
    exchange_ticket(first, kept)
    return page("data", lang="en"), page("data", lang=lang)


def rename_measure(test, name):
    """Give the only measure of a session another name, as its form does."""
    (measure,) = test.session_state["upload_tables"].all_measures.values()
    test.session_state[f"upload_edit_{measure.id}"] = True
    test.run()
    test.text_input(key=f"upload_edit_{measure.id}_name").set_value(name)
    test.text_input(key=f"upload_edit_{measure.id}_name_zh").set_value(name)
    return click(test, f"upload_edit_{measure.id}_save")


def test_one_measure_edited_in_two_tabs_is_for_the_reader_to_decide(kept):
    one, two = two_tabs(kept, "Mine")
    rename_measure(one, "One")
    rename_measure(two, "Two")
    assert "Another tab or person changed the same" in two.warning[0].value
    assert "Two" in two.warning[0].value
    assert names(two) == ["Two"]
    assert "data-at-risk" in html(two)
    assert names(page("data", lang="en")) == ["One"]
    click(two, "keep_mine")
    assert not two.exception
    assert "data-at-risk" not in html(two)
    store, owner = stored(kept)
    held = {info.name: open_workspace(store.open(owner, info.id).body).tables
            for info in store.list_workspaces(owner)}  # fmt: skip
    named = {name: [measure.name_en for measure in entry.all_measures.values()]
             for name, entry in held.items()}  # fmt: skip
    assert named == {"gdp.csv": ["One"], "gdp.csv (copy)": ["Two"]}
    rename_measure(two, "Three")
    assert names(two) == ["Three"]
    assert not two.warning


def test_theirs_is_taken_over(kept):
    one, two = two_tabs(kept, "Mine")
    rename_measure(one, "One")
    rename_measure(two, "Two")
    click(two, "take_theirs")
    assert names(two) == ["One"]
    rename_measure(two, "Two")
    assert names(page("data", lang="en")) == ["Two"]
    assert len(listed(kept)) == 1


def test_what_one_tab_removes_and_another_leaves_stays_removed(kept):
    one, two = two_tabs(kept, "Mine")
    click(one, "upload_back_")
    two.switch_page("work.py").run()
    assert names(two) == []
    assert "Measure “Mine” removed" in html(two)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("way", ["take_theirs", "keep_mine"])
def test_what_was_deleted_in_another_tab_is_stored_again_only_if_the_reader_says_so(
    kept, way, lang
):
    _, two = two_tabs(kept, "Mine", lang=lang)
    store, owner = stored(kept)
    store.delete_all(owner)
    rename_measure(two, "Two")
    assert listed(kept) == []
    said = translator(lang)(DELETED_ELSEWHERE, name="gdp.csv")
    assert said in two.warning[0].value.replace("\\", "")
    click(two, way)
    assert not two.exception
    assert not two.warning
    is_kept = way == "keep_mine"
    assert names(two) == (["Two"] if is_kept else [])
    assert len(listed(kept)) == is_kept
    if is_kept:
        rename_measure(two, "Three")
        assert len(listed(kept)) == 1
    else:
        two.switch_page("work.py").run()
        assert not two.warning


def test_the_page_says_what_was_deleted_in_another_tab(kept):
    _, two = two_tabs(kept, "Mine")
    store, owner = stored(kept)
    store.delete_all(owner)
    two.switch_page("work.py").run()
    assert "it was deleted elsewhere" in two.warning[0].value
    click(two, "take_theirs")
    assert names(two) == []
    assert "No view is saved" in html(two)


def test_what_follows_the_deletion_of_the_open_workspace_begins_a_new_one(kept):
    test = make(upload(page("data", lang="en")), "Mine")
    exchange_ticket(test, kept)
    store, owner = stored(kept)
    other = store.create(owner, "other", BODY)
    (mine,) = (info for info in store.list_workspaces(owner) if info.id != other.id)
    test.switch_page("work.py").run()
    confirm_deletion(test, mine.id)
    assert translator("en")(NONE_OPEN) in html(test)
    make(upload(test.switch_page("data.py").run()), "Next")
    numbers = {info.id: info.number for info in store.list_workspaces(owner)}
    assert numbers[other.id] == other.number
    assert len(numbers) == 2
    assert translator("en")(NONE_OPEN) not in html(test.switch_page("work.py").run())


# Without the store.


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_store_the_page_offers_the_file_alone(lang):
    test = page("work", lang=lang)
    assert translator(lang)(
        "This server stores no workspaces. The workspace file holds your tables, measures, presets"
        " and views: download it before you leave, and open it here when you return."
    ) in html(test)
    assert not [one for one in test.button if str(one.key).startswith("work_create")]
    assert not page("work", lang=lang, link="anything").exception


def test_a_store_out_of_reach_is_a_sentence_and_the_work_stays(kept, monkeypatch):
    test = make(upload(page("data", lang="en")), "Mine")
    exchange_ticket(test, kept)
    test.switch_page("work.py").run()
    store = workspace_store()

    class Gone:
        def __getattr__(self, name):
            raise StoreError("The store of workspaces cannot be reached.")

    monkeypatch.setattr(session, "workspace_store", lambda: replace(store, database=Gone()))
    for module in ("sheet", "actions"):
        monkeypatch.setattr(f"pages.parts.work.{module}.workspace_store", session.workspace_store)
    test.run()
    assert not test.exception
    assert "cannot be reached" in test.warning[0].value
    assert names(test) == ["Mine"]
    assert json.loads(workspace_to_json(Workspace(tables=test.session_state["upload_tables"])))


def test_a_large_workspace_is_not_held_after_it_was_deleted(kept, monkeypatch):
    monkeypatch.setattr(actions, "MAX_DELETED_BYTES", 10)
    store, owner = stored(kept)
    info = store.create(owner, "large", BODY)
    test = page("work", lang="en")
    confirm_deletion(test, info.id)
    assert listed(kept) == []
    assert not [one for one in test.button if one.key == "work_undelete"]


# What goes wrong: each of these was found by breaking the product.


@pytest.mark.parametrize("way", ["work_undo", "work_restore"])
def test_a_step_from_an_older_version_changes_nothing_and_says_so(kept, way):
    one, two = two_tabs(kept, "Mine")
    for tab in (one, two):
        tab.switch_page("work.py").run()
    two.selectbox(key="work_version").set_value(1)
    rename_measure(one.switch_page("data.py").run(), "Newer")
    before = open_stored(kept)
    click(two, way)
    assert translator("en")(actions.CHANGED_MEANWHILE) in two.toast[0].value
    assert open_stored(kept) == before
    assert names(two) == ["Newer"]


def test_what_another_tab_saves_between_looking_and_saving_is_kept(kept, monkeypatch):
    test = upload(page("data", lang="en"))
    exchange_ticket(test, kept)
    save = WorkspaceStore.save

    def save_after_another(store, owner, workspace, body, expected, label=""):
        monkeypatch.setattr(WorkspaceStore, "save", save)
        theirs = replace(open_workspace(store.open(owner, workspace).body), provinces=("110000",))
        save(store, owner, workspace, workspace_to_json(theirs).encode(), expected)
        return save(store, owner, workspace, body, expected, label)

    monkeypatch.setattr(WorkspaceStore, "save", save_after_another)
    make(test, "Mine")
    stored = open_workspace(open_stored(kept).body)
    assert stored.provinces == ("110000",)
    assert [measure.name_en for measure in stored.tables.all_measures.values()] == ["Mine"]
    assert "data-at-risk" not in html(test)


def test_the_quota_of_workspaces_is_held_and_said(kept, monkeypatch):
    monkeypatch.setattr(store_module, "MAX_OWNER_WORKSPACES", 1)
    store, owner = stored(kept)
    info = store.create(owner, "first", BODY)
    test = page("work", lang="en")
    test.text_input(key="work_new_name").set_value("second")
    click(test, "work_create")
    assert "workspaces" in test.toast[0].value
    open_more(test, info.id)
    click(test, "work_double")
    assert listed(kept) == ["first"]


def test_the_quota_of_bytes_is_held_and_what_was_brought_stays_at_risk(kept, monkeypatch):
    test = upload(page("data", lang="en"))
    exchange_ticket(test, kept)
    before = open_stored(kept)
    monkeypatch.setattr(store_module, "MAX_OWNER_BYTES", 10)
    make(test, "Mine")
    assert "data-at-risk" in html(test)
    assert test.warning
    assert open_stored(kept) == before
    assert names(test) == ["Mine"]


@pytest.mark.parametrize("right", ["look", "copy"])
def test_a_shared_workspace_is_downloaded_only_where_its_link_permits_a_copy(kept, right):
    _, _, secret = share(right)
    test = page("work", lang="en", link=secret)
    keys = [button.proto.id.split("-", 2)[2] for button in test.get("download_button")]
    assert ("upload_workspace_download" in keys) == (right == "copy")
    assert not [key for key in keys if key.startswith("work_file_")]
    assert not [one for one in test.button if str(one.key).startswith(("work_undo", "work_link"))]


def test_the_store_itself_refuses_a_copy_by_a_link_to_look(kept):
    _, workspace, secret = share("look")
    store, owner = stored(kept)
    with pytest.raises(InputError):
        store.duplicate(link_holder(secret), workspace, owner)
    assert listed(kept) == []


def test_what_is_not_saved_is_replaced_neither_by_another_workspace_nor_by_a_copy(kept):
    one, two = two_tabs(kept, "Mine")
    store, owner = stored(kept)
    other = store.create(owner, "other", BODY)
    rename_measure(one, "One")
    rename_measure(two, "Two")
    two.switch_page("work.py").run()
    click(two, f"work_see_{other.id}")
    assert translator("en")(actions.UNSAVED) in two.toast[0].value
    assert names(two) == ["Two"]
    click(two, "work_create")
    assert names(two) == ["Two"]
    _, _, secret = share("copy")
    two.query_params["link"] = secret
    two.run()
    click(two, "shared_copy")
    assert translator("en")(UNSAVED_MINE) in two.toast[0].value
    click(two, "shared_close")
    assert names(two) == ["Two"]
    assert len(listed(kept)) == 2


def test_deleting_the_open_workspace_empties_the_session_and_undoing_fills_it(kept):
    test = make(upload(page("data", lang="en")), "Mine")
    exchange_ticket(test, kept)
    test.switch_page("work.py").run()
    (info,) = session.workspace_store().list_workspaces(stored(kept)[1])
    confirm_deletion(test, info.id)
    assert names(test) == []
    assert "Mine" not in html(test.switch_page("data.py").run())
    test.switch_page("work.py").run()
    click(test, "work_undelete")
    assert names(test) == ["Mine"]
    delete_everything(test)
    assert names(test) == []
    assert listed(kept) == []


def test_a_new_or_another_workspace_closes_the_shared_one(kept):
    store, owner = stored(kept)
    mine = store.create(owner, "mine", BODY)
    _, _, secret = share("look")
    for key in ("work_create", f"work_see_{mine.id}"):
        test = page("work", lang="en", link=secret)
        assert "You see the shared workspace" in html(test)
        click(test, key)
        assert "You see the shared workspace" not in html(test)
        assert "shared_workspace" not in test.session_state
