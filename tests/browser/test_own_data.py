"""Tables of different kinds, from the file to the map, in both languages and by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from geo.text import translator
from geo.upload import PREFIX
from geo.workspace import open_workspace
from tests.browser.uploading import OWN, find_field

TABLES = Path(__file__).parents[1] / "data" / "own"
PREVIEW = f"{OWN} .upload-preview"
LINE = "[class*='st-key-upload_line_']"
# A table, and its first period, province and value as the page shows them.
CASES = {
    "monthly.csv": ("2019-01", {"en": "Beijing", "zh": "北京"}),
    "heads-zh-en.xlsx": ("", {"en": "Beijing", "zh": "北京"}),
    "across.csv": ("", {"en": "Beijing", "zh": "北京"}),
    "long.csv": ("", {"en": "Beijing", "zh": "北京"}),
    "sheet-a-year.xlsx": ("", {"en": "Beijing", "zh": "北京"}),
}


def give_files(atlas, names, turn=0):
    paths = [str(TABLES / name) for name in names]
    atlas.key(f"upload_file_{turn}").locator("input[type=file]").set_input_files(paths)
    atlas.key(f"upload_table_{len(names) - 1}").wait_for(timeout=60_000)
    atlas.wait_settled()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_five_tables_of_different_kinds_are_read_at_once_and_shown_at_a_glance(visit, lang):
    place = visit()
    atlas = place.page().open(f"data?lang={lang}")
    give_files(atlas, CASES)
    t = translator(lang)
    previews = atlas.page.locator(PREVIEW)
    expect(previews).to_have_count(len(CASES))
    # The last table stands first.
    for row, (period, names) in enumerate(reversed(CASES.values())):
        preview = previews.nth(row)
        expect(preview).to_contain_text(t("Province"))
        result = preview.locator("section").nth(1)
        expect(result.locator("tbody th").first).to_have_text(names[lang])
        expect(result.locator("tbody td").first).not_to_be_empty()
        if period:
            expect(result.locator("thead th").first).to_have_text(period)
    boxes = atlas.page.locator(f"{OWN} [data-testid=stSelectbox]")
    assert boxes.count() <= 3 * len(CASES)
    assert atlas.serious(atlas.page) == []
    assert atlas.find_violations() == []


def test_months_become_a_measure_by_keyboard_whose_slider_shows_months(visit):
    atlas = visit().page().open("data?lang=zh")
    give_files(atlas, ["monthly.csv"])
    keyboard = atlas.page.keyboard
    find_field(atlas, "name_").locator("input").focus()
    keyboard.press("Control+a")
    keyboard.type("月度指标")
    counts = find_field(atlas, "count_").locator("input")
    counts.first.focus()
    keyboard.press("ArrowDown")
    keyboard.press("Space")
    atlas.wait_settled()
    find_field(atlas, "make_").locator("button").focus()
    keyboard.press("Enter")
    line = atlas.page.locator(LINE).first
    line.wait_for(timeout=60_000)
    line.locator("a").first.focus()
    keyboard.press("Enter")
    atlas.wait_painted(PREFIX)
    ticks = atlas.frame.locator("#time .track span")
    expect(ticks.first).to_have_text("2019-01")
    expect(atlas.page.locator(".atlas-heading")).to_contain_text("2019年")
    atlas.frame.locator("#time .track").focus()
    keyboard.press("Home")
    atlas.until(lambda: atlas.params().get("year") == "2019-01", "the month in the address")
    expect(atlas.page.locator(".atlas-heading")).to_have_text("月度指标，2019年1月")


def test_a_total_is_drawn_by_circles_and_a_workspace_brings_it_to_another_browser(visit, tmp_path):
    atlas = visit().page().open("data?lang=en")
    give_files(atlas, ["across.csv"])
    find_field(atlas, "name_").locator("input").fill("A total")
    find_field(atlas, "count_").locator("label").nth(1).click()
    find_field(atlas, "make_").locator("button").click()
    line = atlas.page.locator(LINE).first
    line.wait_for(timeout=60_000)
    with atlas.page.expect_download() as download:
        atlas.key("upload_workspace_download").locator("button").click()
    path = tmp_path / "workspace.json"
    download.value.save_as(path)
    assert len(open_workspace(path.read_bytes()).tables.all_measures) == 1

    other = visit(fresh=True).page().open("data?lang=zh")
    other.page.get_by_text("打开工作区").click()
    other.key("upload_workspace").locator("input[type=file]").set_input_files(str(path))
    line = other.page.locator(LINE).first
    line.wait_for(timeout=60_000)
    expect(line).to_contain_text("A total")
    other.page.keyboard.press("Escape")
    line.locator("a").first.click()
    other.wait_painted(PREFIX)
    circles = other.frame.locator("path.circle")
    assert circles.count() > 2
    assert other.page.locator(".legend .circles i").count() == 3
    assert other.frame.locator("[data-class]").count() == 0


H = HOSTILE = "{{7*7}}<img src=x onerror='window.ran=1'>"
SHAPES = {
    "wide.csv": [["地区", H, "2020"], ["北京", "1", "2"], [H, "3", "4"], ["上海", "5", "6"]],
    "long.csv": [
        ["地区", "指标", "数值"],
        *([name, word, "1"] for name in ("北京", "上海") for word in (H, "产值")),
    ],
    "across.csv": [["指标", "北京", "上海", "天津"], [H, "1", "2", "3"], ["产值", "4", "5", "6"]],
    "titled.csv": [[H, "", ""], ["地区", "产值", "备注"], ["北京", "1", H], ["上海", "2", ""]],
    "heads.csv": [
        ["地区", H, H],
        ["", "2019", "2020"],
        ["北京", "1", "2"],
        ["上海", "3", "4"],
    ],
}  # fmt: skip


def test_hostile_cells_of_every_shape_are_text_on_the_page(visit):
    atlas = visit().page().open("data?lang=en")
    files = [
        {
            "name": f"{HOSTILE.replace('/', '')}{name}",
            "mimeType": "text/csv",
            "buffer": "".join(
                ",".join(f'"{cell}"' for cell in row) + "\n" for row in rows
            ).encode(),
        }
        for name, rows in SHAPES.items()
    ]
    atlas.key("upload_file_0").locator("input[type=file]").set_input_files(files)
    atlas.key(f"upload_table_{len(files) - 1}").wait_for(timeout=60_000)
    atlas.wait_settled()
    said = atlas.page.locator(OWN).inner_text()
    assert said.count("<img src=x onerror=") >= len(SHAPES)  # long texts are shortened
    assert atlas.page.evaluate("window.ran") is None
    assert atlas.page.locator("img[src=x]").count() == 0
    assert not re.search(r"\b49\b", said)
    assert atlas.find_violations() == []
