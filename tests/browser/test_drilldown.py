"""The drill-down pages in a real browser: ways in and back, pictures, sizes, axe, paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.exports import CSV_PATH, THUMBNAIL_PATH


def test_from_the_map_to_the_province_and_back(atlas):
    atlas.open("?lang=en&measure=gdp_per_capita&year=2020&province=440000")
    atlas.key("panel").get_by_text("All data of Guangdong").click()
    atlas.page.locator(".rows").wait_for()
    assert "/province" in atlas.page.url
    assert atlas.params()["province"] == "440000"
    assert atlas.params()["year"] == "2020"
    rank = atlas.page.locator("[data-measure='gdp_per_capita'] summary span").nth(2)
    expect(rank).to_have_text("7 of 31")
    atlas.key("steps").get_by_text("Chongqing").click()
    atlas.page.get_by_role("heading", name="Chongqing", exact=True).wait_for()
    assert atlas.params()["province"] == "500000"
    atlas.page.go_back()
    atlas.page.locator(".portrait h1", has_text="Guangdong").wait_for()
    atlas.page.go_back()
    atlas.wait_painted("gdp_per_capita/2020")


def test_the_row_of_pages_keeps_what_was_chosen_last(atlas):
    atlas.open("?lang=en")
    atlas.choose("measure", "Urban share")
    atlas.wait_painted("urbanization/")
    atlas.click("440000")
    atlas.key("panel").get_by_role("heading", name="Guangdong").wait_for()
    atlas.page.evaluate("window.visited = true")
    row = atlas.page.get_by_role("navigation", name="Pages")
    row.get_by_role("link", name="Province").click()
    atlas.page.get_by_role("heading", name="Guangdong", exact=True).wait_for()
    assert atlas.params()["measure"] == "urbanization"
    row.get_by_role("link", name="Compare").click()
    atlas.page.get_by_text("Provinces compared").wait_for()
    atlas.page.get_by_text("Two maps", exact=True).click()
    atlas.until(lambda: "+" in atlas.painted, "two maps")
    # The link of the page itself begins it anew, with what all pages share.
    row.get_by_role("link", name="Compare").click()
    atlas.until(lambda: "view" not in atlas.params(), "the address without the view")
    expect(atlas.page.locator("iframe")).to_have_count(0)
    row.get_by_role("link", name="Map").click()
    atlas.wait_painted("urbanization/")
    assert atlas.page.evaluate("window.visited"), "the page was loaded again"


def test_a_row_opens_by_keyboard_and_its_data_download(atlas):
    atlas.open("province?lang=en&province=330000")
    row = atlas.page.locator("[data-measure='egov_capability']")
    expect(row).not_to_be_visible()
    atlas.page.locator(".group > summary", has_text="Information service").focus()
    atlas.page.keyboard.press("Enter")
    expect(row).to_be_visible()
    row.locator("summary").focus()
    atlas.page.keyboard.press("Enter")
    expect(row.get_by_text("Read from:")).to_be_visible()
    with atlas.page.expect_download() as value:
        row.get_by_text("Download the values").click()
    assert value.value.suggested_filename == "egov_capability-2019-en.csv"


def test_files_by_address(atlas, server):
    small = f"{server.url}{THUMBNAIL_PATH}?measure=gdp_per_capita&year=2020"
    first = atlas.page.request.get(small)
    assert first.headers["content-type"] == "image/svg+xml"
    assert first.headers["content-encoding"] == "gzip"
    again = atlas.page.request.get(small, headers={"If-None-Match": first.headers["etag"]})
    assert again.status == 304
    wrong = atlas.page.request.get(f"{server.url}{CSV_PATH}?measure=<b>nonsense")
    assert wrong.status == 400
    assert "measure=<b>nonsense" in wrong.text()
    assert wrong.headers["content-type"].startswith("text/plain")
    table = atlas.page.request.get(f"{server.url}{CSV_PATH}?measure=urbanization&lang=zh")
    assert table.text().startswith("\ufeff行政区划代码")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_province_prints_on_a_few_sheets(visit, lang, tmp_path):
    atlas = visit().page().open(f"province?lang={lang}&province=520000")
    atlas.page.emulate_media(media="print")
    for key in ("choices", "nav", "steps"):
        expect(atlas.key(key)).not_to_be_visible()
    # A folded dimension cannot be opened on paper, so it is printed.
    expect(atlas.page.locator("[data-measure='egov_capability']")).to_be_visible()
    sheets = atlas.page.pdf(format="A4").count(b"/Type /Page\n")
    assert 2 <= sheets <= 4
