"""A reload of the page keeps a reader's data; where it cannot, the browser asks before."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.server.keeping import BLANK
from geo.upload import PREFIX
from tests.browser.atlas import Atlas, Visit
from tests.browser.uploading import OWN, confirm_series, upload_table, yearbook
from tests.server import ROOT, Server


def cookies(visit):
    return {cookie["name"]: cookie for cookie in visit.context.cookies()}


def test_a_reload_keeps_tables_and_measures_and_only_this_browser_has_them(visit):
    place = visit()
    atlas = place.page()
    atlas.open("data?lang=en")
    assert "atlas_key" not in cookies(place)
    upload_table(atlas)
    confirm_series(atlas, "Kept by a cookie")
    atlas.until(lambda: "atlas_key" in cookies(place), "the cookie")
    cookie = cookies(place)["atlas_key"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    atlas.page.reload()
    atlas.wait_settled()
    line = atlas.page.locator("[class*='st-key-upload_line_']").first
    expect(line).to_contain_text("Kept by a cookie")
    line.get_by_role("link", name="Map").click()
    atlas.wait_painted(PREFIX)
    atlas.page.reload()
    atlas.wait_painted(PREFIX)
    expect(atlas.page.locator(".atlas-heading")).to_contain_text("Kept by a cookie")
    link = atlas.page.url.partition("/?")[2]
    other = visit(fresh=True).page().open(f"?{link}")
    expect(
        other.page.get_by_text("The address names a measure of an uploaded table")
    ).to_be_visible()
    expect(other.page.get_by_text("Kept by a cookie")).to_have_count(0)


def test_the_share_dialog_says_that_the_data_are_in_no_link(visit):
    atlas = upload_table(visit().page())
    confirm_series(atlas, "乙")
    atlas.switch_language("zh")
    atlas.page.locator("[class*='st-key-upload_line_'] a").first.click()
    atlas.wait_painted(PREFIX)
    atlas.page.locator("[data-dialog='share']").click()
    dialog = atlas.page.locator("dialog[data-name='share']")
    expect(dialog.locator("[data-part='own']")).to_contain_text("工作区文件")
    expect(dialog.locator("[data-part='link']")).to_be_hidden()


@pytest.mark.parametrize("at_once", [False, True])
def test_two_new_tabs_keep_the_work_of_both(visit, at_once):
    """Both tabs connect without a cookie; then each has a key of its own for its first save."""
    place = visit(fresh=True)
    held: list[str] = []

    def hold(route):
        """Answer the first request of each tab with nothing; it is sent again with the other."""
        if not at_once or len(held) == 2:
            route.continue_()
        else:
            held.append(route.request.url)
            route.fulfill(content_type="image/svg+xml", body=BLANK)

    place.context.route("**/keep?ticket=*", hold)
    tabs = [place.page().open("data?lang=en") for _ in range(2)]
    for tab, name in zip(tabs, ("first.csv", "second.csv"), strict=True):
        file = {**yearbook(), "name": name}
        tab.key("upload_file_0").locator("input").set_input_files(file)
        tab.key("upload_table_0").wait_for(timeout=60_000)
        if at_once:
            expected = tabs.index(tab) + 1
            tab.until(lambda: len(held) == expected, "the request for a cookie")  # noqa: B023
            assert "atlas_key" not in cookies(place)
    if at_once:
        tabs[1].page.evaluate("addresses => Promise.all(addresses.map(a => fetch(a)))", held)
    tabs[1].until(lambda: "atlas_key" in cookies(place), "the cookie")
    key = cookies(place)["atlas_key"]["value"]
    for tab, measure in zip(tabs, ("Of the first", "Of the second"), strict=True):
        tab.wait_settled()
        confirm_series(tab, measure)
        tab.wait_settled()
        expect(tab.page.locator("[class*='st-key-upload_line_']").first).to_contain_text(measure)
    third = place.page().open("work?lang=en")
    assert cookies(place)["atlas_key"]["value"] == key
    rows = third.page.locator(".workspace")
    expect(rows).to_have_count(2)
    for name in ("first.csv", "second.csv"):
        expect(rows.filter(has_text=name)).to_have_count(1)
    third.open("data?lang=en")
    expect(third.page.get_by_text("Of the second").first).to_be_visible()
    assert any("&waits=" in url for url in place.requests) == at_once


@pytest.fixture
def forgetful(monkeypatch):
    monkeypatch.setenv("ATLAS_KEEP", "off")
    server = Server(ROOT / "app.py")
    yield server
    server.close()


def test_without_keeping_the_browser_asks_before_the_data_are_lost(browser, forgetful):
    context = browser.new_context(locale="en-US")
    place = Visit(context, forgetful.url, 1440, 900)
    atlas: Atlas = place.page()
    asked: list[str] = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    atlas.page.on("dialog", answer)
    atlas.open("data?lang=en")
    atlas.page.reload()
    atlas.wait_settled()
    assert asked == []
    upload_table(atlas)
    expect(atlas.page.locator(OWN)).to_contain_text("a reload of the page loses them")
    # A page that nobody has touched may be left without a question, says the browser.
    atlas.page.locator("#own").click()
    assert asked == ["beforeunload"] * len(asked)
    before = len(asked)
    atlas.page.reload()
    atlas.wait_settled()
    assert len(asked) == before + 1
    assert "atlas_key" not in cookies(place)
    expect(atlas.key("upload_table_0")).to_have_count(0)
    assert place.faults == []
    context.close()
