"""The mailed map in a real browser: opened from the disk, with no network, it asks for nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from geo.exports import RENDERERS, STANDALONE_MAP_PATH, parse_query
from tests.geo.maps.test_webmap import HOSTILE

GDP = {"measure": "gdp_per_capita", "year": "2020", "lang": "en"}


@pytest.fixture
def mailed(browser, tmp_path):
    """A function that saves a file and opens it; no request and no fault may follow."""
    opened = []

    def start(width=1440, height=900, **params):
        file = RENDERERS[STANDALONE_MAP_PATH](parse_query(params))
        path = tmp_path / "map.html"
        path.write_bytes(file.body)
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        page = context.new_page()
        simple_namespace = SimpleNamespace(
            page=page, context=context, path=path, requests=[], faults=[]
        )
        page.on("request", lambda request: simple_namespace.requests.append(request.url))
        page.on("pageerror", lambda error: simple_namespace.faults.append(str(error)))
        page.on("console", lambda message: simple_namespace.faults.append(message.text))
        page.on("dialog", lambda dialog: simple_namespace.faults.append(dialog.message))
        page.goto(path.as_uri())
        simple_namespace.frame = page.frames[1]
        simple_namespace.frame.wait_for_function("document.documentElement.dataset.painted")
        opened.append(simple_namespace)
        return simple_namespace

    yield start
    for value in opened:
        value.context.close()
        assert value.requests == [value.path.as_uri()]
        assert value.faults == []


def test_the_inset_of_the_mailed_map_is_named(mailed):
    for lang, named in (("en", "South China Sea Islands"), ("zh", "南海诸岛")):
        expect(mailed(**(GDP | {"lang": lang})).frame.locator(".sea-name")).to_have_text(named)


def point(value, adcode):
    """Where the label point of a unit is on the page."""
    corner = value.page.locator("iframe").bounding_box()
    x, y = value.frame.evaluate("adcode => Atlas.pointOf(adcode)", adcode)
    return corner["x"] + x, corner["y"] + y


def tip(value):
    box = value.frame.locator("#tip")
    return box.inner_text().splitlines() if box.is_visible() else []


def pressed(value):
    rows = value.page.locator("[aria-pressed='true']")
    return [row.get_attribute("data-adcode") for row in rows.all()]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_whole_country_is_there(mailed, width, height, lang):
    value = mailed(width, height, **{**GDP, "lang": lang})
    for pane in ("#map_div", "#inset"):
        expect(value.frame.locator(f"{pane} path.unit")).to_have_count(34)
    assert value.frame.locator("#inset").bounding_box()["width"] > 70
    assert value.frame.locator("#inset path.dashes").get_attribute("d").count("M") == 10
    assert value.page.evaluate("document.documentElement.scrollWidth") <= width
    frame = value.page.locator("iframe").bounding_box()
    assert frame["height"] == value.frame.evaluate("document.body.offsetHeight")
    box = value.page.locator(".legend .classes").bounding_box()
    assert box["y"] >= frame["y"] + frame["height"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_readers_with_other_needs(mailed, lang):
    value = mailed(**{**GDP, "lang": lang})
    for place in (value.page, value.frame):
        result = Axe().run(place).response["violations"]
        assert [one["id"] for one in result if one["impact"] in ("serious", "critical")] == []
    # The checker itself writes to the frame by an address that a file has not.
    value.faults = [fault for fault in value.faults if "postMessage" not in fault]


def test_map_and_legend_are_in_view_without_scrolling(mailed):
    value = mailed(**GDP, province="440000")
    box = value.page.locator("footer .atlas-note").bounding_box()
    assert box["y"] + box["height"] <= 900


def test_hover_shows_the_tooltip_and_the_row(mailed):
    value = mailed(**GDP)
    value.page.mouse.move(*point(value, "440000"))
    assert tip(value)[0] == "Guangdong"
    assert tip(value)[1] == "90,074 CNY per person (2020)"
    over = value.page.locator(".ranking .over")
    assert over.get_attribute("data-adcode") == "440000"
    value.page.locator(".ranking [data-adcode='650000']").hover()
    assert tip(value)[0] == "Xinjiang"


def test_a_class_of_the_legend_dims_the_others(mailed):
    value = mailed(**GDP)
    for place in range(5):
        value.page.locator(f".legend [data-class='{place}']").hover()
        result = value.frame.locator("#map_div path.unit:not(.dim)").count()
        counted = value.page.locator(f".legend [data-class='{place}'] small").inner_text()
        assert counted == f"{result} provinces"
    value.page.locator("h1").hover()
    expect(value.frame.locator("path.dim")).to_have_count(0)


def test_a_click_selects_on_the_map_in_the_ranking_and_in_the_legend(mailed):
    value = mailed(**GDP)
    assert pressed(value) == []
    value.page.mouse.click(*point(value, "440000"))
    assert pressed(value) == ["440000"]
    assert value.page.locator(".marks .chosen").inner_text().startswith("Guangdong 90,074")
    line = "#map_div path[data-adcode='440000']"
    value.page.mouse.move(5, 5)
    assert value.frame.locator(line).get_attribute("stroke") == "#b3261e"
    value.page.locator(".ranking [data-adcode='110000']").click()
    assert pressed(value) == ["110000"]
    assert value.page.locator(".marks .chosen").inner_text().startswith("Beijing")
    value.page.locator(".ranking [data-adcode='110000']").click()
    assert pressed(value) == []
    expect(value.page.locator(".marks .chosen")).to_have_count(0)
    expect(value.page.locator(".marks .national")).to_have_count(1)


def test_by_keyboard_alone(mailed):
    value = mailed(**GDP)
    value.page.keyboard.press("Tab")
    assert value.frame.evaluate("document.activeElement.id") == "map_div"
    expect(value.frame.locator("#say")).to_contain_text("Arrow keys")
    value.page.keyboard.press("ArrowDown")
    value.page.keyboard.press("ArrowLeft")
    result = value.frame.locator("#say").inner_text()
    assert result.startswith(tip(value)[0])
    assert "CNY per person (2020)" in result
    value.page.keyboard.press("Enter")
    (adcode,) = pressed(value)
    row = value.page.locator(f".ranking [data-adcode='{adcode}']").inner_text()
    assert result.split(". ")[0] in row
    value.page.keyboard.press("Escape")
    assert value.frame.evaluate("document.activeElement.id") != "map_div"


def test_a_hostile_title_is_shown_as_it_was_and_runs_nothing(mailed):
    title = " ".join(" ".join(HOSTILE).split())
    value = mailed(**GDP, title=" ".join(HOSTILE))
    expect(value.page.locator("h1")).to_have_text(title)
    assert value.page.title() == title
    expect(value.page.locator("img")).to_have_count(0)


def test_no_script_but_ours_would_run(mailed):
    value = mailed(**GDP)
    ran = value.page.evaluate(
        "(() => { const made = document.createElement('script'); made.textContent = 'window.ran=1';"
        " document.body.append(made); return window.ran; })()"
    )
    assert ran is None
    assert "Content Security Policy" in value.faults.pop()
    assert value.faults == []


def test_by_address_it_is_saved_under_our_own_name(visit):
    page = visit().page().page
    base = visit().base
    page.goto(f"{base}/?lang=en")
    with page.expect_download() as waiting:
        page.evaluate("location.href = '/map.html?measure=gdp_per_capita&year=2020&lang=zh'")
    assert waiting.value.suggested_filename == "map-gdp_per_capita-2020-zh.html"
    answer = page.request.get(f"{base}/map.html?measure=nonsense")
    assert answer.status == 400
