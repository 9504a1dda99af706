"""Two maps in one frame that move together, the map of both, and every pane's looks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.maps import web_assets

MAPS = (
    "compare?view=maps&lang=en&measure=gdp_per_capita&year=2016&measure2=gdp_per_capita&year2=2020"
)
BOTH = "compare?view=both&lang=en&measure=gdp_per_capita&measure2=urbanization&year=2020&year2=2020"


def open_maps(atlas, query=MAPS):
    return atlas.open(query)


def point(atlas, adcode, pane):
    corner = atlas.page.locator(".st-key-map iframe").bounding_box()
    x, y = atlas.frame.evaluate(f"Atlas.pointOf('{adcode}', {pane})")
    return corner["x"] + x, corner["y"] + y


def drag(mouse, x, y):
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 60, y - 40, steps=6)
    mouse.up()


def looked_at(atlas):
    """Which part of the country each pane shows, in units of the map."""
    return atlas.frame.evaluate(
        "[0, 1, 2].map(p => Atlas.viewOf(p).map(n => Math.round(n * 10) / 10))"
    )


def test_three_panes_of_one_geometry_show_what_they_say(visit):
    atlas = visit(fresh=True).page()
    fetched = []
    atlas.page.on("request", lambda request: fetched.append(request.url))
    open_maps(atlas)
    assert atlas.painted == "gdp_per_capita/2016+gdp_per_capita/2020+difference/2020"
    expect(atlas.frame.locator("path.unit")).to_have_count(3 * 2 * 34)
    for inset in ("#inset", "#inset_1", "#inset_2"):
        assert atlas.frame.locator(f"{inset} path.dashes").get_attribute("d").count("M") == 10
    assert len([url for url in fetched if web_assets()["boundaries.js"].path in url]) == 1


def test_hover_pan_and_zoom_are_linked_without_a_rerun(atlas):
    open_maps(atlas)
    sent = len(atlas.sent)
    atlas.page.mouse.move(*point(atlas, "440000", 1))
    panes = [atlas.frame.locator(f"#tip{place}") for place in ("", "_1", "_2")]
    for pane in panes:
        expect(pane).to_contain_text("Guangdong")
    tips = [pane.inner_text() for pane in panes]
    assert all(tip.splitlines()[0] == "Guangdong" for tip in tips)
    assert "(2016)" in tips[0]
    assert "(2020)" in tips[1]
    assert "from 2016 to 2020" in tips[2]
    strokes = {
        p.get_attribute("stroke") for p in atlas.frame.locator("path[data-adcode='440000']").all()
    }
    assert strokes == {"#1b1f24"}
    before = looked_at(atlas)
    assert before[0] == before[1] == before[2]
    atlas.page.keyboard.down("Control")
    atlas.move_map(lambda: atlas.page.mouse.wheel(0, -500))
    atlas.page.keyboard.up("Control")
    zoomed = looked_at(atlas)
    assert zoomed[0] == zoomed[1] == zoomed[2] != before[0]
    x, y = point(atlas, "440000", 0)
    atlas.move_map(lambda: drag(atlas.page.mouse, x, y))
    panned = looked_at(atlas)
    assert panned[0] == panned[1] == panned[2] != zoomed[0]
    atlas.wait_settled()
    assert len(atlas.sent) == sent


def test_a_change_of_either_measure_keeps_frame_and_view(atlas):
    open_maps(atlas)
    atlas.frame.evaluate("window.sameFrame = true")
    atlas.move_map(atlas.frame.locator("#zoom button").first.click)
    zoomed = looked_at(atlas)
    atlas.choose("measure2", "Urban share")
    atlas.until(lambda: "+urbanization/2020" in atlas.painted, "the second measure")
    assert atlas.frame.evaluate("window.sameFrame") is True
    assert looked_at(atlas) == zoomed
    assert atlas.params()["measure2"] == "urbanization"
    expect(atlas.page.locator(".pair-legend")).to_contain_text("The units differ")


def test_the_shared_legend_dims_both_maps_and_not_the_third(atlas):
    open_maps(atlas)
    atlas.page.locator("[data-panes='0,1'] [data-class='0']").hover()
    result = [
        atlas.frame.locator(f"#map_div{place} path.unit:not(.dim)").count()
        for place in ("", "_1", "_2")
    ]
    value = atlas.page.locator("[data-panes='0,1'] [data-class='0'] small").inner_text()
    assert value == f"A {result[0]} · B {result[1]}"
    assert result[2] == 34
    atlas.page.locator("[data-panes='2'] [data-class='0']").hover()
    expect(atlas.frame.locator("#map_div path.dim")).to_have_count(0)
    assert atlas.frame.locator("#map_div_2 path.dim").count() > 0


@pytest.mark.parametrize("query", [MAPS, BOTH])
def test_a_click_adds_a_province_and_another_takes_it_away(atlas, query):
    open_maps(atlas, query + "&provinces=110000")
    signs = atlas.frame.locator("#map_div .sign")
    expect(signs).to_have_count(1)
    atlas.page.mouse.click(*point(atlas, "510000", 0))
    atlas.until(lambda: atlas.params()["provinces"] == "110000,510000", "the address")
    atlas.until(lambda: signs.count() == 2, "its sign")
    atlas.page.mouse.click(*point(atlas, "510000", 0))
    atlas.until(lambda: atlas.params()["provinces"] == "110000", "the address")
    atlas.page.go_back()
    atlas.until(lambda: atlas.params()["provinces"] == "110000,510000", "one step back")


def test_an_eleventh_is_declined_with_a_reason(atlas):
    ten = "110000,120000,130000,140000,210000,220000,230000,310000,320000,330000"
    open_maps(atlas, f"{MAPS}&provinces={ten}")
    atlas.page.mouse.click(*point(atlas, "510000", 0))
    atlas.page.get_by_text("At most 10 provinces").wait_for()
    assert atlas.params()["provinces"] == ten


def test_by_keyboard_alone(atlas):
    open_maps(atlas, MAPS + "&provinces=none")
    atlas.frame.locator("#map_div").focus()
    atlas.page.keyboard.press("ArrowDown")
    value = atlas.frame.locator("#say").inner_text()
    assert "A · " in value
    assert "B · " in value
    atlas.page.keyboard.press("Enter")
    atlas.until(lambda: atlas.params()["provinces"] != "none", "a province in the address")
