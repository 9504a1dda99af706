"""A reader's own data in a real browser: a table of a yearbook is read, corrected and mapped."""

from __future__ import annotations

from playwright.sync_api import expect

from geo.maps import OWN_RAMP, colour_ramp
from geo.upload.measures import PREFIX
from tests.browser.uploading import OWN, confirm_series, upload_table
from tests.geo.upload.yearbook import GDP, PEOPLE, figure


def test_a_table_is_uploaded_corrected_named_and_mapped(atlas):
    confirm_series(upload_table(atlas), "Product {{7*7}} <b>")
    line = atlas.page.locator("[class*='st-key-upload_line_']").first
    line.get_by_role("link", name="Map").focus()
    atlas.page.keyboard.press("Enter")
    atlas.wait_painted(PREFIX)
    expect(atlas.page.locator(".atlas-heading")).to_have_text("Product {{7*7}} <b>, 2017")
    expect(atlas.page.locator(".marked")).to_contain_text("the atlas has not checked them")
    atlas.hover("540000")
    atlas.until(lambda: "Xizang" in atlas.tip(), "the tip of Xizang")
    value = figure(GDP, "540000", 2017) / 1e8 / figure(PEOPLE, "540000", 2017) * 1e4
    assert f"{value:.2f}" in atlas.tip()
    assert atlas.fill("540000") in colour_ramp(OWN_RAMP, 5)


def test_a_table_or_its_refusal_is_scrolled_to_and_the_map_says_what_waits(visit):
    table = {"name": "no table.csv", "mimeType": "text/csv", "buffer": b"one,two\nthree"}
    for lang in ("zh", "en"):
        atlas = visit(fresh=True).page()
        atlas.open(f"data?lang={lang}")
        atlas.key("upload_file_0").locator("input").set_input_files(table)
        atlas.key("upload_refused_0").wait_for(timeout=60_000)
        atlas.wait_settled()
        refused = atlas.key("upload_refused_0").bounding_box()
        assert 0 <= refused["y"] <= 900 - refused["height"]
    upload_table(atlas)
    assert 0 <= atlas.key("upload_table_0").bounding_box()["y"] < 450
    assert "年鉴.csv" in atlas.page.locator("[data-testid=stToast]").first.inner_text()
    atlas.page.locator(".nav a").first.click()
    line = atlas.page.locator(".atlas-note", has_text="年鉴.csv")
    line.get_by_role("link").click()
    confirm_series(atlas, "Mine")
    atlas.page.locator(".nav a").first.click()
    atlas.page.locator(".ranking").wait_for()
    atlas.wait_settled()
    expect(line).to_have_count(0)


def test_a_link_in_a_text_keeps_the_tables_and_another_session_has_none(visit):
    atlas = upload_table(visit().page())
    confirm_series(atlas, "Mine alone")
    atlas.page.locator("[class*='st-key-upload_line_'] a").nth(1).click()
    row = atlas.page.locator(f"[data-measure^='{PREFIX}']")
    row.first.wait_for()
    measure = row.get_attribute("data-measure")
    row.locator("summary").click()
    row.get_by_role("link", name="Show on the map").click()
    atlas.wait_painted(measure)
    atlas.page.go_back()
    row.first.wait_for()
    other = visit(fresh=True).page().open(f"?lang=en&measure={measure}")
    expect(
        other.page.get_by_text("The address names a measure of an uploaded table")
    ).to_be_visible()
    expect(other.page.get_by_text("Mine alone")).to_have_count(0)


def test_a_file_that_is_no_table_is_answered_in_the_readers_language(atlas):
    atlas.open("data?lang=zh")
    old = {"name": "a.xls", "mimeType": "", "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 4}
    atlas.key("upload_file_0").locator("input").set_input_files(old)
    value = atlas.page.locator(f"{OWN} [role=alert]")
    value.wait_for()
    expect(value).to_contain_text("XLSX")
    assert "Traceback" not in atlas.page.content()
