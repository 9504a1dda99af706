"""Your work in a real browser: create, undo, share, withdraw, two tabs at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.uploading import confirm_series, upload_table

BANNER = ".st-key-shared_banner"


@pytest.fixture
def work(visit):
    """The Work page of a browser with a table and a measure."""
    place = visit(fresh=True)
    atlas = upload_table(place.page())
    confirm_series(atlas, "Mine")
    atlas.until(
        lambda: any(c["name"] == "atlas_key" for c in place.context.cookies()), "the cookie"
    )
    atlas.page.locator(".nav a", has_text="Your work").click()
    atlas.key("work_undo").wait_for()
    atlas.wait_settled()
    return place, atlas


def click(atlas, key):
    atlas.page.locator(f"[class*='st-key-{key}'] button").first.click()
    atlas.wait_settled()


def fill(atlas, key, text):
    atlas.key(key).locator("input").fill(text)


def share(atlas, right):
    """Make a link with a right; return its address."""
    atlas.key("work_right").get_by_text(right, exact=True).click()
    fill(atlas, "work_label", "Ministry")
    click(atlas, "work_link")
    return atlas.page.locator("code", has_text="#link=").inner_text().strip()


def test_a_workspace_is_created_and_a_change_undone_and_redone(work):
    _, atlas = work
    versions = atlas.page.locator(".versions li")
    expect(versions.first).to_contain_text("Measure “Mine” added")
    click(atlas, "work_undo")
    expect(versions.first).to_contain_text("Back to version")
    click(atlas, "work_redo")
    fill(atlas, "work_new_name", "Spring report")
    click(atlas, "work_create")
    rows = atlas.page.locator(".workspace")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Spring report")
    atlas.page.reload()
    atlas.wait_settled()
    expect(atlas.page.locator(".open-workspace")).to_contain_text("Spring report")
    click(atlas, "work_see_")
    expect(atlas.page.locator(".open-workspace")).to_contain_text("年鉴.csv")


def test_a_page_is_saved_as_a_view_and_a_briefing(visit):
    atlas = visit(fresh=True).page().open("?lang=en")
    for page in ("Briefing", "Your work"):
        atlas.page.locator(".nav a", has_text=page).click()
        atlas.page.locator(".nav a[aria-current]", has_text=page).wait_for()
        atlas.wait_settled()
    for page in ("Map", "Briefing"):
        row = atlas.key("work_view_row")
        row.locator("[data-testid=stSelectbox] input").click()
        atlas.page.get_by_role("option", name=page).click()
        row.locator("[data-testid=stTextInput] input").fill(f"The {page}")
        click(atlas, "work_view_save")
        expect(atlas.page.locator(".saved-views a", has_text=f"The {page}")).to_be_visible()
    atlas.page.locator(".saved-views a", has_text="The Briefing").click()
    atlas.page.locator(".nav a[aria-current]", has_text="Briefing").wait_for()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_view_is_named_and_saved_without_leaving_the_page(visit, lang):
    atlas = visit(fresh=True).page().open(f"?lang={lang}&measure=urbanization&year=2019")
    atlas.page.locator("[data-dialog=share]").click()
    atlas.page.locator("[data-press=save_view]").click()
    name = atlas.key("save_view_name").locator("input")
    expect(name).not_to_have_value("")
    assert atlas.serious(atlas.page) == []
    name.fill("")
    click(atlas, "save_view_now")
    expect(atlas.page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    name.fill("Cities")
    name.press("Enter")
    expect(name).to_have_count(0)
    expect(atlas.page.locator("[data-testid=stToast]")).to_contain_text("Cities")
    assert "measure=urbanization" in atlas.page.url
    atlas.page.locator(".nav a").last.click()
    saved = atlas.page.locator(".saved-views a", has_text="Cities")
    expect(saved).to_have_attribute("href", re.compile("measure=urbanization&year=2019"))


def test_a_link_opens_in_another_browser_and_ends_when_it_is_withdrawn(work, visit):
    _, atlas = work
    address = share(atlas, "Look")
    secret = address.partition("#link=")[2]
    other_place = visit(fresh=True)
    other = other_place.page()
    other.page.goto(address)
    other.page.locator(BANNER).wait_for()
    other.wait_settled()
    assert "link" not in other.page.url
    assert not [url for url in other_place.requests if secret in url.partition("#")[0]]
    back = other.page.evaluate("history.length")
    assert secret not in other.page.evaluate("JSON.stringify(history.state) + document.referrer")
    assert back <= 3
    expect(other.page.get_by_role("button", name="Copy to my work")).to_have_count(0)
    other.page.locator(".nav a", has_text="Data").click()
    other.page.locator("[class*='st-key-upload_line_']").first.wait_for()
    expect(other.page.locator(BANNER)).to_contain_text("年鉴.csv")
    click(atlas, "work_withdraw_")
    other.page.locator(".nav a", has_text="Map").click()
    expect(other.page.locator(BANNER)).to_have_count(0)
    expect(other.page.get_by_text("its link was withdrawn")).to_be_visible()


def kept_link(atlas):
    return atlas.page.evaluate("sessionStorage.getItem('atlas-link')")


def test_a_shared_view_comes_back_after_a_reload_until_it_is_closed(work, visit):
    _, atlas = work
    address = share(atlas, "Look")
    secret = address.partition("#link=")[2]
    place = visit(fresh=True)
    other = place.page().open("work?lang=zh")
    # Pasted into a tab that is already there.
    other.page.evaluate("hash => { location.hash = hash; }", f"link={secret}")
    other.page.locator(BANNER).wait_for()
    other.wait_settled()
    assert secret not in other.page.url
    for _ in range(2):
        other.page.reload()
        expect(other.page.locator(BANNER)).to_contain_text("年鉴.csv")
        other.wait_settled()
    assert secret not in other.page.url
    assert secret in kept_link(other)
    assert not [url for url in place.requests if secret in url.partition("#")[0]]
    click(atlas, "work_withdraw_")
    fault = other.key("link_fault")
    for _ in range(2):
        other.page.reload()
        expect(fault).to_contain_text("链接已被撤回")
        other.wait_settled()
    click(other, "link_fault_close")
    expect(fault).to_have_count(0)
    other.until(lambda: kept_link(other) is None, "the secret to go")
    other.page.reload()
    other.wait_settled()
    expect(fault).to_have_count(0)
    again = other.page
    again.evaluate("hash => { location.hash = hash; }", f"link={share(atlas, 'Look')[-43:]}")
    expect(again.locator(BANNER)).to_be_visible()
    click(other, "shared_close")
    other.until(lambda: kept_link(other) is None, "the secret to go")


def test_a_link_that_permits_a_copy_gives_a_workspace_of_the_reader(work, visit):
    _, atlas = work
    other = visit(fresh=True).page()
    other.page.goto(share(atlas, "Look and copy"))
    other.page.get_by_role("button", name="Copy to my work").click()
    expect(other.page.locator(BANNER)).to_have_count(0)
    expect(other.page.locator(".open-workspace")).to_contain_text("年鉴.csv")
    other.page.reload()
    other.wait_settled()
    expect(other.page.locator(".versions li").first).to_contain_text("Copied from “年鉴.csv”")


def test_two_tabs_edit_one_measure_and_the_reader_decides(work):
    place, atlas = work
    tabs = [place.page().open("data?lang=en") for _ in range(2)]
    for tab, name in zip(tabs, ("One", "Two"), strict=True):
        line = tab.page.locator("[class*='st-key-upload_line_']").first
        line.get_by_role("button", name="Edit").click()
        field = tab.page.locator("[class*='st-key-upload_edit_'][class*='_name'] input").first
        field.fill(name)
        field.press("Tab")
        chinese = tab.page.locator("[class*='st-key-upload_edit_'][class*='_name_zh'] input").first
        chinese.fill(name)
        chinese.press("Tab")
        tab.page.locator("[class*='st-key-upload_edit_'][class*='_save'] button").first.click()
        expect(tab.page.locator("[class*='st-key-upload_line_']").first).to_contain_text(name)
    first, second = tabs
    expect(first.page.locator(".st-key-undecided")).to_have_count(0)
    expect(second.page.locator(".st-key-undecided")).to_contain_text("“Two”")
    second.page.get_by_role("button", name="Keep mine as a copy").click()
    expect(second.page.locator(".st-key-undecided")).to_have_count(0)
    atlas.page.reload()
    atlas.wait_settled()
    expect(atlas.page.locator(".workspace")).to_have_count(2)
