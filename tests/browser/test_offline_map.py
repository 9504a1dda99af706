"""The mailed map in a real browser: opened from the disk, with no network, it asks for nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from geo import files
from tests.geo.test_webmap import HOSTILE

GDP = {"measure": "gdp_per_capita", "year": "2020", "lang": "en"}


@pytest.fixture
def mailed(browser, tmp_path):
    """A function that saves a file and opens it; no request and no fault may follow."""
    opened = []

    def start(width=1440, height=900, **params):
        file = files.RENDERERS[files.OFFLINE_MAP](files.parse_query(params))
        path = tmp_path / "map.html"
        path.write_bytes(file.body)
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        page = context.new_page()
        own = SimpleNamespace(page=page, context=context, path=path, requests=[], faults=[])
        page.on("request", lambda request: own.requests.append(request.url))
        page.on("pageerror", lambda error: own.faults.append(str(error)))
        page.on("console", lambda message: own.faults.append(message.text))
        page.on("dialog", lambda dialog: own.faults.append(dialog.message))
        page.goto(path.as_uri())
        own.frame = page.frames[1]
        own.frame.wait_for_function("document.documentElement.dataset.painted")
        page.wait_for_timeout(300)
        opened.append(own)
        return own

    yield start
    for own in opened:
        own.context.close()
        assert own.requests == [own.path.as_uri()]
        assert own.faults == []


def test_the_inset_of_the_mailed_map_is_named(mailed):
    for lang, named in (("en", "South China Sea Islands"), ("zh", "南海诸岛")):
        expect(mailed(**(GDP | {"lang": lang})).frame.locator(".sea-name")).to_have_text(named)


def point(own, adcode):
    """Where the label point of a unit is on the page."""
    corner = own.page.locator("iframe").bounding_box()
    x, y = own.frame.evaluate("adcode => Atlas.pointOf(adcode)", adcode)
    return corner["x"] + x, corner["y"] + y


def tip(own):
    box = own.frame.locator("#tip")
    return box.inner_text().splitlines() if box.is_visible() else []


def pressed(own):
    rows = own.page.locator("[aria-pressed='true']")
    return [row.get_attribute("data-adcode") for row in rows.all()]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_whole_country_is_there(mailed, width, height, lang):
    own = mailed(width, height, **{**GDP, "lang": lang})
    for pane in ("#map_div", "#inset"):
        expect(own.frame.locator(f"{pane} path.unit")).to_have_count(34)
    assert own.frame.locator("#inset").bounding_box()["width"] > 70
    assert own.frame.locator("#inset path.dashes").get_attribute("d").count("M") == 10
    assert own.page.evaluate("document.documentElement.scrollWidth") <= width
    frame = own.page.locator("iframe").bounding_box()
    assert frame["height"] == own.frame.evaluate("document.body.offsetHeight")
    box = own.page.locator(".legend .classes").bounding_box()
    assert box["y"] >= frame["y"] + frame["height"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_readers_with_other_needs(mailed, lang):
    own = mailed(**{**GDP, "lang": lang})
    for place in (own.page, own.frame):
        found = Axe().run(place).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    # The checker itself writes to the frame by an address that a file has not.
    own.faults = [fault for fault in own.faults if "postMessage" not in fault]


def test_map_and_legend_are_in_view_without_scrolling(mailed):
    own = mailed(**GDP, province="440000")
    box = own.page.locator("footer .atlas-note").bounding_box()
    assert box["y"] + box["height"] <= 900


def test_hover_shows_the_tooltip_and_the_row(mailed):
    own = mailed(**GDP)
    own.page.mouse.move(*point(own, "440000"))
    assert tip(own)[0] == "Guangdong"
    assert tip(own)[1] == "90,074 CNY per person (2020)"
    over = own.page.locator(".ranking .over")
    assert over.get_attribute("data-adcode") == "440000"
    own.page.locator(".ranking [data-adcode='650000']").hover()
    assert tip(own)[0] == "Xinjiang"


def test_a_class_of_the_legend_dims_the_others(mailed):
    own = mailed(**GDP)
    for place in range(5):
        own.page.locator(f".legend [data-class='{place}']").hover()
        shown = own.frame.locator("#map_div path.unit:not(.dim)").count()
        counted = own.page.locator(f".legend [data-class='{place}'] small").inner_text()
        assert counted == f"{shown} prov."
    own.page.locator("h1").hover()
    expect(own.frame.locator("path.dim")).to_have_count(0)


def test_a_click_selects_on_the_map_in_the_ranking_and_in_the_legend(mailed):
    own = mailed(**GDP)
    assert pressed(own) == []
    own.page.mouse.click(*point(own, "440000"))
    assert pressed(own) == ["440000"]
    assert own.page.locator(".marks .chosen").inner_text().startswith("Guangdong 90,074")
    line = "#map_div path[data-adcode='440000']"
    own.page.mouse.move(5, 5)
    assert own.frame.locator(line).get_attribute("stroke") == "#b3261e"
    own.page.locator(".ranking [data-adcode='110000']").click()
    assert pressed(own) == ["110000"]
    assert own.page.locator(".marks .chosen").inner_text().startswith("Beijing")
    own.page.locator(".ranking [data-adcode='110000']").click()
    assert pressed(own) == []
    expect(own.page.locator(".marks .chosen")).to_have_count(0)
    expect(own.page.locator(".marks .national")).to_have_count(1)


def test_by_keyboard_alone(mailed):
    own = mailed(**GDP)
    own.page.keyboard.press("Tab")
    assert own.frame.evaluate("document.activeElement.id") == "map_div"
    expect(own.frame.locator("#say")).to_contain_text("Arrow keys")
    own.page.keyboard.press("ArrowDown")
    own.page.keyboard.press("ArrowLeft")
    said = own.frame.locator("#say").inner_text()
    assert said.startswith(tip(own)[0])
    assert "CNY per person (2020)" in said
    own.page.keyboard.press("Enter")
    (adcode,) = pressed(own)
    row = own.page.locator(f".ranking [data-adcode='{adcode}']").inner_text()
    assert said.split(". ")[0] in row
    own.page.keyboard.press("Escape")
    assert own.frame.evaluate("document.activeElement.id") != "map_div"


def test_a_hostile_title_is_shown_as_it_was_and_runs_nothing(mailed):
    title = " ".join(" ".join(HOSTILE).split())
    own = mailed(**GDP, title=" ".join(HOSTILE))
    expect(own.page.locator("h1")).to_have_text(title)
    assert own.page.title() == title
    expect(own.page.locator("img")).to_have_count(0)


def test_no_script_but_ours_would_run(mailed):
    own = mailed(**GDP)
    ran = own.page.evaluate(
        "(() => { const made = document.createElement('script'); made.textContent = 'window.ran=1';"
        " document.body.append(made); return window.ran; })()"
    )
    assert ran is None
    assert "Content Security Policy" in own.faults.pop()
    assert own.faults == []


def test_by_address_it_is_saved_under_our_own_name(visit):
    page = visit().page().page
    base = visit().base
    page.goto(f"{base}/?lang=en")
    with page.expect_download() as waiting:
        page.evaluate("location.href = '/map.html?measure=gdp_per_capita&year=2020&lang=zh'")
    assert waiting.value.suggested_filename == "map-gdp_per_capita-2020-zh.html"
    answer = page.request.get(f"{base}/map.html?measure=nonsense")
    assert answer.status == 400
