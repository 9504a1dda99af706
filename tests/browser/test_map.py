"""The main job in a real browser: see, hover, click, read; by mouse and by keyboard alone."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from playwright.sync_api import expect

from geo.colours import COLOURS
from geo.maps import AtlasMap, web_assets
from geo.units import provinces
from tests.browser.views import SIZES

GDP = "?lang=en&measure=gdp_per_capita&year=2020"


def test_first_view_and_the_files_of_the_map(atlas, visit):
    atlas.open()
    assert atlas.painted == "index_comprehensive/2017"
    expect(atlas.frame.locator("#map_div path.unit")).to_have_count(34)
    expect(atlas.frame.locator("#inset path.unit")).to_have_count(34)
    dashes = atlas.frame.locator("#inset path.dashes").get_attribute("d")
    assert dashes.count("M") == 10
    assert atlas.fill("710000") == "url(#atlas-cross)"
    numbers = atlas.frame.locator("#map_div .labels > .number")
    assert sorted(map(int, numbers.all_inner_texts())) == list(range(1, 11))
    atlas.open("?measure=report_comprehensive")
    assert atlas.fill("130000") == "url(#atlas-dots)"


# The units and dashes of the first map that have a point in a box of the frame.
TOUCHED = """([left, top, right, bottom]) => {
  const shapes = [...document.querySelectorAll('#map_div path.unit, #map_div path.dashes')];
  return shapes.filter((path) => {
    const r = path.getBoundingClientRect();
    if (r.right < left || r.left > right || r.bottom < top || r.top > bottom) return false;
    const toShape = path.getScreenCTM().inverse();
    for (let x = left; x <= right; x += 2) for (let y = top; y <= bottom; y += 2) {
      const point = new DOMPoint(x, y).matrixTransform(toShape);
      if (path.isPointInFill(point) && path.matches('.unit')) return true;
      if (path.isPointInStroke(point)) return true;
    }
    return false;
  }).map((path) => path.dataset.adcode ?? 'dashes');
}"""
# The labels of the first map: kind, adcode, text, box, colour, halo; then leaders of names.
LABELS = r"""() => {
  const hex = (colour) => colour.match(/\d+/g).slice(0, 3).map(Number);
  const box = (e) => { const b = e.getBoundingClientRect();
    return [b.left, b.top, b.right, b.bottom]; };
  return [...document.querySelectorAll('#map_div .labels > div')].map((e) => ({
    kind: e.classList[0], adcode: e.dataset.adcode, text: e.textContent, box: box(e),
    colour: hex(getComputedStyle(e).color), halo: e.style.getPropertyValue('--halo'),
    shadow: getComputedStyle(e).textShadow,
  }));
}"""
# By adcode of a name: other units that a point of its box is over, well inside their border.
OVER_UNITS = """() => {
  const paths = [...document.querySelectorAll('#map_div path.unit')];
  const found = {};
  for (const name of document.querySelectorAll('#map_div .name')) {
    const b = name.getBoundingClientRect();
    for (const path of paths) {
      if (path.dataset.adcode === name.dataset.adcode) continue;
      const r = path.getBoundingClientRect();
      if (r.right < b.left || r.left > b.right || r.bottom < b.top || r.top > b.bottom) continue;
      const toShape = path.getScreenCTM().inverse();
      let points = 0;
      for (let x = b.left + 1; x < b.right; x += 1) for (let y = b.top + 1; y < b.bottom; y += 1)
        if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(toShape))) points += 1;
      if (points > 3) (found[name.textContent] ??= []).push([path.dataset.adcode, points]);
    }
  }
  return found;
}"""
OBSTACLES = """() => ['#inset', '#zoom', '.sea-name'].map((name) => {
  const b = document.querySelector(name).getBoundingClientRect();
  return [b.left, b.top, b.right, b.bottom]; })"""


def labels_of(atlas):
    return atlas.frame.evaluate(LABELS)


def luminance(colour):
    """WCAG's relative luminance of red, green and blue, 0 to 255."""
    parts = [part / 255 for part in colour]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first, second):
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def rgb(colour):
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def touch(first, second):
    """Whether two boxes share more than an edge."""
    return (
        first[0] < second[2] - 0.1
        and second[0] < first[2] - 0.1
        and first[1] < second[3] - 0.1
        and second[1] < first[3] - 0.1
    )


VIEWS = (GDP, "?lang=en", "?lang=en&measure=software_revenue_share_gdp&year=2021")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("address", VIEWS)
def test_all_units_are_named_without_overlap_at_every_size(visit, lang, address):
    atlas = visit().page().open(address.replace("lang=en", f"lang={lang}"))
    for width, height in SIZES:
        atlas.resize(width, height)
        check_labels(atlas, lang, is_narrow=width < 600)


def check_labels(atlas, lang, is_narrow):
    """Fail where a unit has no name, or a name touches something or is hard to read."""
    labels = labels_of(atlas)
    names = {label["adcode"]: label for label in labels if label["kind"] == "name"}
    for adcode, province in provinces().items():
        expected = province.code_in(lang) if is_narrow else province.name_in(lang)
        assert names[adcode]["text"] == expected
    boxes = [*labels, *({"box": box, "text": "obstacle"} for box in obstacles(atlas))]
    for first, second in itertools.combinations(boxes, 2):
        assert not touch(first["box"], second["box"]), (first, second)
    assert atlas.frame.evaluate(OVER_UNITS) == {}
    frame = atlas.frame.evaluate("[innerWidth, document.body.offsetHeight]")
    for label in names.values():
        assert contrast(label["colour"], rgb(label["halo"])) >= 4.5, label
        # A halo without blur on all sides backs the text.
        assert label["shadow"].count("px 0px") >= 8, label
        left, top, right, bottom = label["box"]
        assert left >= 0
        assert top >= 0
        assert right <= frame[0]
        assert bottom <= frame[1]


def obstacles(atlas):
    return atlas.frame.evaluate(OBSTACLES)


def test_a_change_of_colours_keeps_the_names_in_place(atlas):
    atlas.open("?lang=en&measure=gdp_per_capita&year=2019")
    atlas.frame.evaluate("window.firstName = document.querySelector('#map_div .name')")
    before = {label["adcode"]: label["box"] for label in labels_of(atlas)}
    atlas.navigate(GDP)
    atlas.wait_painted("gdp_per_capita/2020")
    assert {label["adcode"]: label["box"] for label in labels_of(atlas)} == before
    assert atlas.frame.evaluate("window.firstName.isConnected")


@pytest.mark.parametrize(("width", "height"), [SIZES[1], SIZES[2]])
def test_units_in_view_are_named_again_when_the_reader_zooms(visit, width, height):
    atlas = visit(width, height).page().open("?lang=en&measure=gdp_per_capita&year=2020")
    for _ in range(2):
        atlas.move_map(atlas.frame.locator("#zoom button").first.click)
    # Names within the frame that are larger: no name is cut by its edge, none is over another.
    names = [label for label in labels_of(atlas) if label["kind"] == "name"]
    room = atlas.frame.evaluate("[innerWidth, document.body.offsetHeight]")
    assert len(names) >= 8
    assert all(
        b[0] >= 0 and b[1] >= 0 and b[2] <= room[0] and b[3] <= room[1]
        for b in (label["box"] for label in names)
    )
    for first, second in itertools.combinations(names, 2):
        assert not touch(first["box"], second["box"])
    assert "Shaanxi" in [label["text"] for label in names]
    assert atlas.frame.evaluate(OVER_UNITS) == {}


def test_the_zoomed_map_fills_its_frame(visit):
    atlas = visit(1280, 720).page().open(GDP)
    frame = atlas.page.locator(".st-key-map iframe").bounding_box()
    box = atlas.frame.locator("#map_div").bounding_box()
    assert box["width"] == pytest.approx(frame["width"], abs=1)
    for _ in range(3):
        atlas.move_map(atlas.frame.locator("#zoom button").first.click)
    # Every point along the edges is over a unit: no strip of the frame above the years is left.
    missed = atlas.frame.evaluate(
        "(() => { const [w, h] = [innerWidth, innerHeight - 40]; const points = [];"
        " for (let y = 20; y < h; y += 40) points.push([3, y], [w - 3, y]);"
        " for (let x = 20; x < w; x += 40) points.push([x, 3], [x, h - 3]);"
        " return points.filter(([x, y]) =>"
        "   !document.elementsFromPoint(x, y).some(e => e.matches('.unit, #zoom button, .sea')));"
        "})()"
    )
    assert missed == []


def test_the_wheel_zooms_with_ctrl_and_else_scrolls_the_page(visit):
    atlas = visit(1280, 720).page().open(GDP)
    x, y = atlas.point("610000")
    atlas.page.mouse.move(x, y)
    before = atlas.view()
    atlas.page.mouse.wheel(0, 60)
    hint = atlas.frame.locator("#wheel")
    expect(hint).to_be_visible()
    expect(hint).to_have_text("Use Ctrl and the wheel to zoom")
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    atlas.until(lambda: atlas.page.evaluate(scrolled) > 0, "the page to scroll")
    assert atlas.view() == before
    expect(hint).to_be_hidden()
    atlas.switch_language("zh")
    atlas.page.mouse.move(*atlas.point("610000"))
    atlas.page.mouse.wheel(0, -30)
    expect(hint).to_have_text("按住 Ctrl 并滚动滚轮可缩放地图")
    atlas.page.keyboard.down("Control")
    zoomed = atlas.move_map(lambda: atlas.page.mouse.wheel(0, -300))
    atlas.page.keyboard.up("Control")
    assert zoomed[0] > before[0] + 0.5


def test_the_map_has_most_of_a_laptop_and_little_of_a_phone(visit):
    atlas = visit(1280, 720).page().open(GDP)
    frame = atlas.page.locator(".st-key-map iframe").bounding_box()
    assert frame["width"] >= 0.55 * 1280
    assert frame["height"] >= 400
    atlas.resize(390, 844)
    frame = atlas.frame.locator("#map_div").bounding_box()
    assert frame["height"] <= 305
    whole = atlas.page.locator(".st-key-map iframe").bounding_box()
    assert whole["height"] == frame["height"] + 40  # the years below the map
    inset = atlas.frame.locator("#inset").bounding_box()
    assert inset["y"] + inset["height"] <= frame["y"] + frame["height"]
    for button in atlas.frame.locator("#zoom button").all():
        box = button.bounding_box()
        assert box["width"] >= 40
        assert box["height"] >= 40


@pytest.mark.parametrize(("width", "height"), [SIZES[1], SIZES[2]])
def test_the_tooltip_is_beside_the_pointer_and_on_the_screen(visit, width, height):
    atlas = visit(width, height).page().open("?lang=en&measure=gdp_per_capita&year=2020")
    atlas.page.locator(".st-key-map iframe").scroll_into_view_if_needed()
    frame = atlas.page.locator(".st-key-map iframe").bounding_box()
    for adcode in ("650000", "230000", "710000", "460000", "540000", "310000"):
        x, y = atlas.point(adcode)
        atlas.page.mouse.move(x, y)
        box = atlas.frame.locator("#tip").bounding_box()
        dx = max(box["x"] - x, x - box["x"] - box["width"], 0)
        dy = max(box["y"] - y, y - box["y"] - box["height"], 0)
        assert (dx**2 + dy**2) ** 0.5 <= 40, adcode
        assert box["x"] >= max(0, frame["x"])
        assert box["x"] + box["width"] <= min(width, frame["x"] + frame["width"])
        assert box["y"] >= max(0, frame["y"])
        assert box["y"] + box["height"] <= min(height, frame["y"] + frame["height"])


def test_a_tap_shows_the_tooltip_beside_the_finger_until_the_next_one(visit):
    atlas = visit(390, 844, has_touch=True).page().open(GDP)
    atlas.page.locator(".st-key-map iframe").scroll_into_view_if_needed()
    x, y = atlas.point("650000")
    atlas.page.touchscreen.tap(x, y)
    atlas.until(lambda: atlas.tip().startswith("Xinjiang"), "the tooltip")
    atlas.until(lambda: atlas.params().get("province") == "650000", "the selection")
    atlas.wait_settled()
    lines = atlas.tip().splitlines()
    assert lines[0] == "Xinjiang"
    assert "(2020)" in lines[1]
    assert lines[2] == "Rank 20 of 31"
    box = atlas.frame.locator("#tip").bounding_box()
    assert max(box["x"] - x, 0) <= 40
    frame = atlas.page.locator(".st-key-map iframe").bounding_box()
    # The next tap, in the sea, ends it.
    atlas.page.wait_for_timeout(900)
    atlas.page.touchscreen.tap(frame["x"] + frame["width"] - 20, frame["y"] + frame["height"] - 60)
    atlas.until(lambda: atlas.tip() == "", "no tooltip")


def test_a_marked_unit_keeps_its_name_and_numbers_are_discs(atlas):
    atlas.open(GDP)
    state = atlas.frame.evaluate("JSON.stringify(window.atlasView.state)")
    shown = json.loads(state)
    ten = ["110000", "440000", "320000", "330000", "310000", "350000", "120000", "500000"]
    shown["panes"][0]["numbers"] = [[adcode, str(rank)] for rank, adcode in enumerate(ten, 1)]
    for cell in shown["panes"][0]["cells"]:
        cell[1] = "?"
    atlas.frame.evaluate("state => { Atlas.paint(JSON.stringify(state)); }", shown)
    labels = labels_of(atlas)
    assert {label["adcode"] for label in labels if label["kind"] == "name"} == set(provinces())
    numbers = {label["adcode"]: label for label in labels if label["kind"] == "number"}
    assert {adcode: label["text"] for adcode, label in numbers.items()} == {
        adcode: str(rank) for rank, adcode in enumerate(ten, 1)
    }
    ground = rgb(COLOURS["report-number"])
    for label in numbers.values():
        assert contrast(label["colour"], ground) >= 4.5
        assert label["box"][2] - label["box"][0] == 16
    assert sum(label["kind"] == "mark" for label in labels) == 34
    for first, second in itertools.combinations(labels, 2):
        assert not touch(first["box"], second["box"]), (first, second)


def test_a_hidden_frame_throws_nothing_and_fits_again_when_it_shows(atlas):
    atlas.open(GDP)
    frame = atlas.page.locator(".st-key-map iframe")
    for display in ("none", "block", "none"):
        frame.evaluate("(frame, display) => { frame.style.display = display; }", display)
        atlas.page.wait_for_timeout(150)
    # A frame that begins hidden draws its map all the same, and the frame may try again.
    atlas.frame.evaluate(
        "() => { window.map_div = Atlas.create('map_div', window.atlasView.frame); }"
    )
    frame.evaluate("frame => { frame.style.display = 'block'; }")
    atlas.until(lambda: whole_country_in_view(atlas), "the whole country")


def test_pages_that_are_switched_fast_throw_nothing(visit):
    value = visit()
    atlas = value.page().open("dimension?lang=en")
    links = atlas.page.locator(".nav a")
    for wait in (0, 60, 200, 500):
        for place in (2, 3, 0, 4, 0, 3):
            links.nth(place).click()
            atlas.page.wait_for_timeout(wait)
        atlas.page.get_by_text("Two maps").first.click()
        atlas.page.wait_for_timeout(wait)
    atlas.navigate(GDP)
    atlas.wait_settled()
    assert value.faults == []


@pytest.mark.parametrize(("lang", "named"), [("en", "South China Sea Islands"), ("zh", "南海诸岛")])
def test_the_inset_is_named_beside_it_and_clear_of_territory_and_buttons(visit, lang, named):
    atlas = visit().page().open(f"?lang={lang}&measure=gdp_per_capita&year=2020")
    for width, height in SIZES:
        atlas.resize(width, height)
        check_inset(atlas, named, width)


def check_inset(atlas, named, width):
    """Fail where the inset, its name, the buttons and the map touch each other."""
    label = atlas.frame.locator(".sea-name")
    expect(label).to_have_text(named)
    box = label.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    boxes = {
        part: atlas.frame.locator(part).bounding_box() for part in ("#inset", "#zoom", ".sea-name")
    }
    for first, second in itertools.combinations(boxes, 2):
        assert are_apart(boxes[first], boxes[second]), (width, first, second)
    for part, box in zip(boxes, obstacles(atlas), strict=False):
        assert atlas.frame.evaluate(TOUCHED, box) == [], (width, part)
    frame = atlas.page.locator(".st-key-map iframe").bounding_box()
    for box in boxes.values():
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1


def are_apart(first, second):
    """Whether two boxes share nothing."""
    return any(
        one[start] + one[length] <= other[start]
        for start, length in (("x", "width"), ("y", "height"))
        for one, other in ((first, second), (second, first))
    )


def test_a_change_recolours_in_place_and_keeps_zoom(atlas):
    atlas.open()
    atlas.frame.evaluate("window.sameFrame = true")
    before = atlas.fill("110000")
    x, y = atlas.point("610000")
    atlas.page.mouse.move(x, y)
    atlas.page.keyboard.down("Control")
    zoomed = atlas.move_map(lambda: atlas.page.mouse.wheel(0, -400))
    atlas.page.keyboard.up("Control")
    assert zoomed[0] > atlas.frame.evaluate("map_div.getMinZoom()") + 0.5
    atlas.choose("measure", "Gross regional product per capita")
    atlas.wait_painted("gdp_per_capita/2017")
    assert atlas.fill("110000") != before
    atlas.frame.get_by_role("slider").press("ArrowRight")
    atlas.wait_painted("gdp_per_capita/2018")
    assert atlas.view() == pytest.approx(zoomed)
    assert atlas.frame.evaluate("window.sameFrame") is True
    assert atlas.params() == {"measure": "gdp_per_capita", "year": "2018"}


def test_hover_and_legend_act_without_a_rerun(atlas):
    atlas.open(GDP)
    sent = len(atlas.sent)
    for adcode in ("110000", "540000", "650000", "710000", "440000"):
        atlas.hover(adcode)
        name = provinces()[adcode].name_in("en")
        atlas.until(lambda name=name: atlas.tip().startswith(name), f"the tooltip of {name}")
    assert atlas.tip().splitlines()[0] == "Guangdong"
    assert "(2020)" in atlas.tip()
    assert "of 31" in atlas.tip()
    over = atlas.page.locator(".ranking .over")
    assert over.get_attribute("data-adcode") == "440000"
    for place in range(5):
        atlas.page.locator(f".legend [data-class='{place}']").hover()
        counted = atlas.page.locator(f".legend [data-class='{place}'] small").inner_text()
        number = int(counted.removesuffix(" provinces"))
        expect(atlas.frame.locator("#map_div path.unit:not(.dim)")).to_have_count(number)
    atlas.page.locator(".brand .name").hover()
    expect(atlas.frame.locator("path.dim")).to_have_count(0)
    atlas.page.locator(".ranking [data-adcode='650000']").hover()
    assert atlas.tip().splitlines()[0] == "Xinjiang"
    atlas.wait_settled()
    assert len(atlas.sent) == sent


def test_small_units_have_a_catch_radius(atlas):
    atlas.open(GDP)
    for adcode, name in (("820000", "Macao"), ("810000", "Hong Kong")):
        x, y = atlas.point(adcode)
        atlas.page.mouse.move(x + (-5 if name == "Macao" else 5), y + 3)
        assert atlas.tip().splitlines()[0] == name


def test_a_click_opens_the_panel_and_back_closes_it(atlas):
    atlas.open(GDP)
    atlas.click("440000")
    panel = atlas.key("panel")
    panel.get_by_role("heading", name="Guangdong").wait_for()
    assert atlas.params()["province"] == "440000"
    expect(panel).to_contain_text("Rank 7 of 31")
    row = atlas.page.locator(".ranking [data-adcode='440000']")
    assert row.get_attribute("aria-pressed") == "true"
    atlas.page.locator(".ranking [data-adcode='110000']").click()
    panel.get_by_role("heading", name="Beijing").wait_for()
    atlas.page.go_back()
    panel.get_by_role("heading", name="Guangdong").wait_for()
    atlas.page.go_back()
    atlas.page.get_by_role("heading", name="China at a glance").wait_for()
    atlas.page.go_forward()
    panel.get_by_role("heading", name="Guangdong").wait_for()
    panel.get_by_role("button").first.click()
    atlas.until(lambda: "province" not in atlas.params(), "the address without a province")


def test_a_click_on_the_selected_unit_takes_it_back(atlas):
    atlas.open(GDP + "&province=440000")
    atlas.click("440000")
    atlas.until(lambda: "province" not in atlas.params(), "the address without a province")


def test_the_journey_by_keyboard_alone(atlas):
    atlas.open("?lang=en")
    page = atlas.page
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.st-key-measure input')"):
            break
    page.keyboard.type("Urban share")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    atlas.wait_painted("urbanization/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "IFRAME":
            break
    assert atlas.frame.evaluate("document.activeElement.id") == "map_div"
    expect(atlas.frame.locator("#say")).to_contain_text("Arrow keys")
    result = set()
    for key in ("ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        result.add(atlas.frame.locator("#say").inner_text())
    assert len(result) == 4
    assert all(re.search(r"\d% \(2017\)", text) for text in result)
    name = atlas.tip().splitlines()[0]
    page.keyboard.press("Enter")
    atlas.key("panel").get_by_role("heading", name=name, exact=True).wait_for()
    page.keyboard.press("Escape")
    assert atlas.frame.evaluate("document.activeElement.id") != "map_div"


def test_a_row_of_the_ranking_keeps_the_focus_over_the_rerun(atlas):
    atlas.open(GDP)
    row = atlas.page.locator(".ranking [data-adcode='330000']")
    row.focus()
    assert atlas.tip().splitlines()[0] == "Zhejiang"
    atlas.page.keyboard.press("Enter")
    atlas.key("panel").get_by_role("heading", name="Zhejiang").wait_for()
    atlas.until(
        lambda: atlas.page.evaluate("document.activeElement.dataset.adcode") == "330000",
        "the focus on its row",
    )


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_the_browsers_language_comes_first_and_the_switch_stays_in_place(visit, locale):
    atlas = visit(locale=locale).page().open()
    titles = {"en-US": "Digital China Atlas", "zh-CN": "数字中国地图集"}
    expect(atlas.page.locator(".brand .name")).to_have_text(titles.pop(locale))
    other = {"en-US": "中文", "zh-CN": "English"}[locale]
    atlas.frame.evaluate("window.sameFrame = true")
    atlas.key("lang").get_by_text(other).click()
    atlas.until(
        lambda: atlas.page.locator(".brand .name").inner_text() in titles.values(),
        "the other language",
    )
    assert atlas.frame.evaluate("window.sameFrame") is True
    lang = atlas.params()["lang"]
    atlas.until(
        lambda: atlas.page.evaluate("document.documentElement.lang") == lang, "lang of the page"
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("province", ["", "&province=440000"])
def test_complete_without_scrolling_at_1440_by_900(visit, lang, province):
    atlas = visit().page().open(f"?lang={lang}&year=2017{province}")
    for measure in ("report_comprehensive", "software_revenue_share_gdp", "index_comprehensive"):
        atlas.navigate(f"?lang={lang}&measure={measure}&year=2017{province}")
        atlas.wait_painted(measure)
        atlas.wait_settled()
        tall, room = atlas.page.evaluate(
            "(main => [main.scrollHeight, main.clientHeight])"
            "(document.querySelector('[data-testid=stMain]'))"
        )
        assert tall <= room


def whole_country_in_view(atlas):
    """Whether every unit but the southern islands, which the inset holds, is inside the map."""
    return atlas.frame.evaluate(
        "(() => { const pane = map_div.getContainer().getBoundingClientRect();"
        " const north = document.querySelector('#map_div path[data-adcode=\"230000\"]');"
        " const west = document.querySelector('#map_div path[data-adcode=\"650000\"]');"
        " const south = Atlas.pointOf('460000')[1];"
        " return north.getBoundingClientRect().top >= pane.top"
        " && west.getBoundingClientRect().left >= pane.left"
        " && north.getBoundingClientRect().right <= pane.right && south <= pane.bottom; })()"
    )


def test_the_whole_country_is_in_view_also_when_the_window_changes(visit):
    for start in (SIZES[0], SIZES[-1]):
        atlas = visit(*start).page().open(GDP)
        assert whole_country_in_view(atlas)
        for width, height in (*SIZES, (330, 694), (1640, 1000)):
            atlas.resize(width, height)
            assert whole_country_in_view(atlas), (start, width)


def test_geometry_is_fetched_once_and_kept(visit):
    value = visit(fresh=True)
    value.page().open(GDP)
    path = web_assets()["boundaries.js"].path
    assert sum(url.endswith(path) for url in value.requests) == 1
    second = value.page()
    second.open("?lang=en&measure=urbanization")
    size = second.frame.evaluate(
        f"performance.getEntriesByName(location.origin + '{path}')[0].transferSize"
    )
    assert size == 0


def test_assets_answer_with_etag_and_compression(atlas, server):
    for asset in web_assets().values():
        first = atlas.page.request.get(server.url + asset.path)
        assert first.headers["etag"] == asset.etag
        assert "immutable" in first.headers["cache-control"]
        assert first.headers["content-encoding"] in ("br", "gzip")
        again = atlas.page.request.get(
            server.url + asset.path, headers={"If-None-Match": asset.etag}
        )
        assert again.status == 304


def test_a_killed_server_comes_back_with_the_same_view(visit, browser, server):
    value = visit()
    atlas = value.page().open(GDP + "&province=440000")
    server.kill()
    server.restart()
    atlas.page.reload()
    value.faults.clear()  # the browser said that the server was gone: it was
    atlas.wait_painted("gdp_per_capita/2020")
    expect(atlas.key("panel").get_by_role("heading", name="Guangdong")).to_be_visible()


def test_a_hostile_address_runs_nothing_and_reaches_nobody(atlas):
    query = "?lang=en&province=![x](http://example.com/x.png)%3Cimg src=x onerror=alert(1)%3E"
    atlas.page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    atlas.open(query)
    text = atlas.page.get_by_text("in the address is not valid").inner_text()
    assert "![x](http://example.com/x.png)" in text
    expect(atlas.page.locator("[data-testid=stAlert] img")).to_have_count(0)


def test_a_map_that_cannot_load_says_so_and_the_ranking_stands(visit):
    """Hazard 4: the frame stops without a word when one of its files fails."""
    value = visit(fresh=True)
    value.context.route("**/atlas/leaflet.*", lambda route: route.abort())
    atlas = value.page()
    atlas.page.goto(f"{atlas.base}/{GDP}")
    atlas.page.locator(".ranking [data-adcode='440000']").wait_for()
    missing = atlas.page.get_by_text("The map could not be loaded.")
    atlas.until(missing.is_visible, "the sentence instead of the map")
    value.faults.clear()  # the browser said that a file was refused: it was


def test_every_file_of_the_map_is_there(atlas, server):
    """Hazard 4 again: no link of the frame may fail."""
    for _, link in AtlasMap().default_js:
        answer = atlas.page.request.get(server.url + link)
        assert answer.status == 200
        assert "javascript" in answer.headers["content-type"]


def test_hostile_texts_on_the_map_are_shown_as_they_are(atlas):
    """Hazards 1 and 5: whatever a name holds, the frame shows it and runs nothing."""
    hostile = ["{{ 7*7 }}", "${1+1}", "`x`", "<img src=x onerror='window.ran=1'>"]
    atlas.open(GDP)
    atlas.frame.evaluate(
        "texts => { atlasView.texts.names.en = [['440000', texts[0]]];"
        " atlasView.texts.buttons.en = texts;"
        " Atlas.paint(JSON.stringify({shows: 'x/1', lang: 'en', label: texts.join(),"
        " selected: '', chosen: [], panes: [{title: texts[1], lines: texts.slice(1, 2),"
        " ends: [['', ''], ['', ''], [texts[3].slice(0, 5), '']],"
        " looks: [[0, 'value', '#ffffff', '']],"
        " cells: [[0, '', [0, texts[2], texts[3].slice(5)]]]}]})); }",
        hostile,
    )
    atlas.hover("440000")
    assert atlas.tip().splitlines() == hostile
    assert atlas.frame.evaluate("window.ran") is None
    assert json.dumps(hostile[3])[1:-1] not in atlas.frame.locator("#tip").inner_html()
