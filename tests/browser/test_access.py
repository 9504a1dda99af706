"""What everyone can reach and read: language, names, focus, targets, zoom, spacing, motion.

docs/accessibility.md says which criterion each test holds.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_views import FIND_WIDE

PAGES = ("", "province", "dimension", "compare", "index", "briefing", "data")
LEAST_PX, LEAST_PHONE_PX = 24, 40
LEAST_CONTRAST = 3.0
READING = (Path(__file__).parent / "reading.js").read_text("utf-8")
# WCAG 1.4.12: what a reader may set, and nothing is lost.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
# A role without a name, in Playwright's picture of the accessibility tree.
NAMELESS = re.compile(
    r"^\s*- (?:button|link|combobox|slider|textbox|checkbox|radio|radiogroup|img|heading)"
    r"(?: \[[^\]]*\])*:?$",
    re.MULTILINE,
)
# A name that is that of an icon, such as "close" or "arrow_forward icon".
ICON_NAME = re.compile(r'- (?:button|link) "(?:[a-z]+(?:_[a-z]+)+|[a-z_]+ icon|close|tune)\b.*"')
CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("at", PAGES)
def test_a_page_says_its_language_and_names_and_bears_zoom_and_spacing(visit, at):
    atlas = visit().page().open(f"{at}?lang=zh")
    page = atlas.page
    assert page.evaluate("document.documentElement.lang") == "zh"
    assert CHINESE.search(page.title())
    assert all(
        title for title in page.locator("iframe").evaluate_all("all => all.map(e => e.title)")
    )
    tree = page.locator("body").aria_snapshot()
    assert NAMELESS.findall(tree) == []
    assert ICON_NAME.findall(tree) == []
    page.evaluate(READING)
    # WCAG excepts what another control of the page does: the map and the search select provinces.
    but = ".ranking li button"
    small = "([least, but]) => Reading.smallTargets(least, true, but)"
    assert page.evaluate(small, [LEAST_PX, but]) == []
    spaced = page.add_style_tag(content=SPACING)
    atlas.wait_settled()
    assert page.evaluate("Reading.cutTexts()") == []
    assert page.evaluate(FIND_WIDE, 1440) == []
    spaced.evaluate("element => element.remove()")
    for width, height in ((640, 512), (320, 256)):  # a window of 1280 px at 200% and at 400%
        atlas.resize(width, height)
        atlas.wait_for_none(lambda width=width: page.evaluate(FIND_WIDE, width))
        assert page.evaluate("Reading.cutTexts()") == []
        assert page.evaluate(small, [LEAST_PX, ""]) == []
    atlas.resize(390, 844)
    assert page.evaluate("least => Reading.lowControls(least)", LEAST_PHONE_PX) == []


@pytest.mark.parametrize("path", ["nonsense", "old/a%20b"])
def test_a_wrong_address_answers_in_the_language_of_the_page(visit, path):
    atlas = visit().page().open(f"{path}?lang=zh")
    assert atlas.page.evaluate("document.documentElement.lang") == "zh"
    expect(atlas.page.get_by_role("heading", level=1)).to_have_text("页面不存在")
    expect(atlas.page.get_by_role("dialog")).to_have_count(0)
    atlas.page.locator(".nav a").nth(2).click()
    atlas.wait_settled()
    assert atlas.page.url.endswith("/dimension?lang=zh")


def luminance(pixels):
    """The relative luminance of WCAG, 0 to 1, of an array of red, green and blue, 0 to 255."""
    parts = pixels / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def changed_share(before, after, box):
    """The number of changed pixels in and around a box, as a share of its shorter side.

    A pixel has changed if its colours before and after contrast as 3 to 1; a line along the
    shorter side is the least that can be seen.
    """
    left, top = (max(0, round(box[name]) - 4) for name in ("x", "y"))
    width, height = (round(box[name]) + 8 for name in ("width", "height"))
    part = np.s_[top : top + height, left : left + width]
    lights = np.sort([luminance(before[part]), luminance(after[part])], axis=0)
    contrast = (lights[1] + 0.05) / (lights[0] + 0.05)
    return (contrast >= LEAST_CONTRAST).sum() / min(width, height)


def picture(page):
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))


def test_the_focus_is_seen_on_every_control_of_the_map_page(visit):
    atlas = visit(1440, 1000).page().open("?lang=en")
    page = atlas.page
    before, faint, seen = picture(page), [], set()
    for _ in range(30):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.outerHTML.slice(0, 100)")
        if page.evaluate("document.activeElement === document.body"):
            break
        if name.startswith("<iframe") or "stSkipToContent" in name or name in seen:
            continue
        seen.add(name)
        box = page.evaluate_handle(
            "document.activeElement.closest('[role=group], [data-testid=stSlider]')"
            " ?? document.activeElement"
        ).bounding_box()
        if box["y"] + box["height"] < 1000 and changed_share(before, picture(page), box) < 1:
            faint.append(name)
    assert len(seen) > 15
    assert faint == []


def test_the_panel_and_the_options_of_the_map_have_names(visit):
    atlas = visit().page().open("?lang=zh&province=440000&measure=gdp_per_capita&year=2020")
    close = atlas.key("panel").get_by_role("button")
    expect(close).to_have_accessible_name("关闭该省面板")
    atlas.key("map_options").get_by_role("button").first.click()
    dialog = atlas.page.get_by_role("dialog")
    dialog.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas").first.wait_for()
    tree = dialog.aria_snapshot()
    assert NAMELESS.findall(tree) == []
    assert ICON_NAME.findall(tree) == []


def test_the_ranking_is_one_tab_stop_with_arrows(atlas):
    atlas.open("?lang=en&measure=gdp_per_capita&year=2020&province=330000")
    rows = atlas.page.locator(".ranking button[data-adcode]")
    assert rows.evaluate_all(
        "all => all.filter(e => e.tabIndex === 0).map(e => e.dataset.adcode)"
    ) == ["330000"]
    focused = "document.activeElement.dataset.adcode"
    order = rows.evaluate_all("all => all.map(e => e.dataset.adcode)")
    place = order.index("330000")
    messages = len(atlas.sent)
    rows.nth(place).focus()
    for key, expected in (("ArrowDown", place + 1), ("ArrowUp", place), ("End", 33), ("Home", 0)):
        atlas.page.keyboard.press(key)
        assert atlas.page.evaluate(focused) == order[expected]
        assert atlas.tip()
    assert rows.evaluate_all("all => all.filter(e => e.tabIndex === 0).length") == 1
    assert len(atlas.sent) == messages, "an arrow key runs nothing on the server"
    atlas.page.keyboard.press("Tab")
    assert not atlas.page.evaluate("document.activeElement.closest('.ranking')")


def test_less_motion_and_the_readers_own_colours(visit):
    atlas = visit(reduced_motion="reduce", forced_colors="active").page()
    atlas.open("?lang=en&province=440000")
    page = atlas.page
    page.evaluate(READING)
    page.locator(".legend [data-class='0']").hover()
    page.locator(".nav a").nth(1).hover()
    for place in (page, atlas.frame):
        durations = place.evaluate(
            "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
            ".flatMap(text => text.split(', ')).filter(text => parseFloat(text) > 0)"
        )
        assert durations == []
    colours = page.locator(".legend .classes i").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert len(set(colours)) == len(colours) > 2
    current, other = (
        page.locator(f".nav a{which}").first for which in ("[aria-current]", ":not([aria-current])")
    )
    width = "e => getComputedStyle(e).borderBottomWidth"
    assert (current.evaluate(width), other.evaluate(width)) == ("2px", "0px")


@pytest.mark.parametrize(("lang", "hint"), [("en", "Arrow keys"), ("zh", "方向键")])
def test_the_map_is_read_by_keyboard_in_both_languages(atlas, lang, hint):
    atlas.open(f"?lang={lang}&measure=gdp_per_capita&year=2020")
    frame = atlas.frame
    assert frame.evaluate("document.documentElement.lang") == lang
    frame.locator("#map_div").focus()
    expect(frame.locator("#say")).to_contain_text(hint)
    texts = set()
    for key in ("ArrowDown", "ArrowLeft", "ArrowUp"):
        atlas.page.keyboard.press(key)
        texts.add(frame.locator("#say").inner_text())
    assert len(texts) == 3
    assert all(
        re.search(r"[\d,]+", text) and bool(CHINESE.search(text)) == (lang == "zh")
        for text in texts
    )


def test_the_current_page_is_in_view_in_the_row_of_pages_on_a_phone(visit):
    atlas = visit(390, 844).page().open("data?lang=en")
    row, link = (
        atlas.page.locator(selector).bounding_box()
        for selector in (".nav", ".nav [aria-current=page]")
    )
    assert row["x"] <= link["x"] + 1
    assert link["x"] + link["width"] <= row["x"] + row["width"] + 1
