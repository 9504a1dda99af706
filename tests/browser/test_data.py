"""The Data page in a real browser: sizes, axe, keyboard, files that arrive and open."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from playwright.sync_api import expect

from geo.exports import ARCHIVE_PATH, TABLE_PATHS


def test_an_entry_opens_by_keyboard_and_leads_to_its_figures(atlas):
    atlas.open("data?lang=en&find=urban")
    entry = atlas.page.locator("[data-entry='urbanization']")
    entry.locator("summary").focus()
    atlas.page.keyboard.press("Enter")
    expect(entry.get_by_text("Read from:").first).to_be_visible()
    entry.get_by_text("Data and files").focus()
    atlas.page.keyboard.press("Enter")
    atlas.page.locator("[data-entry='urbanization'].chosen").wait_for()
    assert atlas.params()["measure"] == "urbanization"
    assert atlas.params()["find"] == "urban"
    atlas.wait_settled()  # until the row of links below is of the new measure too
    atlas.key("elsewhere").get_by_text("Show on the map").click()
    atlas.wait_painted("urbanization/")


def test_search_narrows_list_and_facts_and_back_undoes_it(atlas):
    atlas.open("data?lang=en")
    field = atlas.key("find").locator("input")
    field.fill("broadband")
    field.press("Enter")
    rows = atlas.page.locator("[data-entry]")
    atlas.until(lambda: rows.count() == 10, "ten entries")
    assert atlas.params()["find"] == "broadband"
    expect(atlas.page.get_by_text("348.54 million").first).to_be_visible()
    atlas.page.go_back()
    atlas.until(lambda: rows.count() == 95, "all entries")


def test_files_arrive_under_their_names(atlas):
    atlas.open("data?lang=zh&measure=gdp_per_capita&year=2020")
    links = atlas.page.locator("section.files a")
    names = []
    for link in links.all():
        with atlas.page.expect_download() as value:
            link.click()
        names.append(value.value.suggested_filename)
    endings = ["csv", "xlsx", "geojson", "gpkg", "topojson"]
    result = []
    for span in ("2016-2024", "2020"):
        for ending in endings:
            result.append(f"gdp_per_capita-{span}-zh.{ending}")
            if ending in endings[2:]:
                result.append(f"gdp_per_capita-{span}-albers-zh.{ending}")
    assert names == result


def test_tables_by_address_and_all_in_one(atlas, server):
    def get(path, **params):
        # All in one is made when it is first asked for: seconds, on a busy machine a minute.
        return atlas.page.request.get(f"{server.url}{path}", params=params, timeout=180_000)

    book = get(TABLE_PATHS["xlsx"], measure="gdp_per_capita", lang="en", year="2020")
    assert book.headers["content-disposition"].endswith('"gdp_per_capita-2020-en.xlsx"')
    assert openpyxl.load_workbook(io.BytesIO(book.body())).sheetnames[0] == "Data"
    again = atlas.page.request.get(book.url, headers={"If-None-Match": book.headers["etag"]})
    assert again.status == 304
    whole = get(ARCHIVE_PATH)
    assert whole.headers["x-content-type-options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(whole.body())) as zip_file:
        assert zip_file.testzip() is None
        assert "datapackage.json" in zip_file.namelist()
    wrong = get(TABLE_PATHS["gpkg"], measure="gdp_per_capita", crs="<b>")
    assert (wrong.status, wrong.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert "crs=<b>" in wrong.text()
