"""The main job in a real browser: see, hover, click, read; by mouse and by keyboard alone."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from playwright.sync_api import expect

from geo.maps import AtlasMap, web_assets
from geo.units import provinces
from tests.browser.views import SIZES

GDP = "?lang=en&measure=gdp_per_capita&year=2020"


def test_first_view_and_the_files_of_the_map(atlas, visit):
    atlas.open()
    assert atlas.painted == "report_comprehensive/2017"
    expect(atlas.frame.locator("#map_div path.unit")).to_have_count(34)
    expect(atlas.frame.locator("#inset path.unit")).to_have_count(34)
    dashes = atlas.frame.locator("#inset path.dashes").get_attribute("d")
    assert dashes.count("M") == 10
    assert atlas.fill("130000") == "url(#atlas-dots)"
    assert atlas.fill("710000") == "url(#atlas-cross)"


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
        part: atlas.frame.locator(part).bounding_box()
        for part in ("#map_div", "#inset", "#zoom", ".sea-name")
    }
    for first, second in itertools.combinations(boxes, 2):
        assert are_apart(boxes[first], boxes[second]), (width, first, second)
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
    zoomed = atlas.move_map(lambda: atlas.page.mouse.wheel(0, -400))
    assert zoomed[0] > atlas.frame.evaluate("map_div.getMinZoom()") + 0.5
    atlas.choose("measure", "Gross regional product per capita")
    atlas.wait_painted("gdp_per_capita/2017")
    assert atlas.fill("110000") != before
    atlas.key("year").get_by_role("slider").press("ArrowRight")
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
        number = int(counted.removesuffix(" prov."))
        expect(atlas.frame.locator("#map_div path.unit:not(.dim)")).to_have_count(number)
    atlas.page.locator("h1").hover()
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
    atlas.page.get_by_text("Click a province on the map").wait_for()
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
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.st-key-measure input')"):
            break
    page.keyboard.type("Urban share")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    atlas.wait_painted("urbanization/")
    for _ in range(12):
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
    expect(atlas.page.locator("h1")).to_have_text(titles.pop(locale))
    other = {"en-US": "中文", "zh-CN": "English"}[locale]
    atlas.frame.evaluate("window.sameFrame = true")
    atlas.key("lang").get_by_text(other).click()
    atlas.until(
        lambda: atlas.page.locator("h1").inner_text() in titles.values(), "the other language"
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
    text = atlas.page.get_by_text("The address says").inner_text()
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
        "texts => Atlas.paint(JSON.stringify({shows: 'x/1', lang: 'en', label: texts.join(),"
        " hint: '', selected: '', buttons: texts.slice(0, 3), names: [['440000', texts[0]]],"
        " chosen: [], panes: [{title: texts[1], looks: [[0, 'value', '#ffffff', '']],"
        " cells: [[0, '', texts.slice(1)]]}]}))",
        hostile,
    )
    atlas.hover("440000")
    assert atlas.tip().splitlines() == hostile
    assert atlas.frame.evaluate("window.ran") is None
    assert json.dumps(hostile[3])[1:-1] not in atlas.frame.locator("#tip").inner_html()
