"""The Index page in a real browser: weights by keyboard, recipes as files, sizes, axe."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.views import SIZES

# Of every name on the map: the name, and whether it goes over the edge of the map.
NAMES = """() => {
  const map = document.getElementById('map_div').getBoundingClientRect();
  return [...document.querySelectorAll('#map_div .name')].map((one) => {
    const box = one.getBoundingClientRect();
    return [one.innerText, box.top < map.top || box.bottom > map.bottom];
  });
}"""


def ranks(atlas):
    return atlas.page.locator(".whiskers tr td:nth-child(2)").all_inner_texts()


def order(atlas):
    return atlas.page.locator(".whiskers tr th a").all_inner_texts()


def test_no_name_on_the_map_is_cut_off_by_its_edge(visit):
    # Under the dots of ranks that are not sure, Hainan's name has no room below.
    atlas = visit().page().open("index?lang=zh")
    for width, height in SIZES:
        atlas.resize(width, height)
        named = dict(atlas.frame.evaluate(NAMES))
        assert ("新" if width < 600 else "新疆") in named  # narrow frames have short names
        assert [name for name, over in named.items() if over] == []


@pytest.mark.timed
def test_a_weight_by_keyboard_moves_the_ranks_within_a_second_and_back_undoes_it(visit):
    # Waiting for a function runs text as a script, which the policy of pages forbids.
    atlas = visit(bypass_csp=True).page()
    atlas.open("index?lang=en")
    before = order(atlas)
    assert before[0] == "Beijing"
    slider = atlas.key("weight_policy_environment").get_by_role("slider")
    slider.focus()
    atlas.page.evaluate("window.began = performance.now()")
    atlas.page.keyboard.press("Home")
    atlas.page.wait_for_function("document.querySelectorAll('.marked').length === 2")
    took = atlas.page.evaluate("performance.now() - window.began")
    # The bench holds the second of the issue to account; here a slow machine gets some more.
    assert took < 3000
    assert order(atlas) != before
    assert "policy_environment.0" in atlas.params()["recipe"]
    atlas.page.go_back()
    atlas.until(lambda: order(atlas) == before, "the ranks of the default")


def test_the_map_follows_without_a_new_frame(atlas):
    atlas.open("index?lang=en")
    atlas.until(lambda: atlas.painted.startswith("index_comprehensive"), "the map")
    atlas.frame.evaluate("window.sameFrame = true")
    before = {a: atlas.fill(a) for a in ("520000", "140000", "230000", "630000")}
    atlas.choose("named", "Entropy")
    atlas.until(lambda: atlas.page.locator(".marked").count() == 2, "the mark of other choices")
    atlas.until(
        lambda: {a: atlas.fill(a) for a in before} != before, "other colours for other scores"
    )
    assert atlas.frame.evaluate("window.sameFrame") is True
    dots = atlas.frame.locator("#map_div .dot").count()
    assert dots > 3


def test_a_recipe_goes_out_and_comes_back(visit, tmp_path):
    recipe = "1~weighting-own~dimension_weights-information_infrastructure.2"
    atlas = visit().page().open(f"index?lang=en&recipe={recipe}")
    value = order(atlas)
    with atlas.page.expect_download() as result:
        atlas.key("recipe_download").get_by_role("button").click()
    path = tmp_path / result.value.suggested_filename
    result.value.save_as(path)
    other = visit().page().open("index?lang=en")
    assert order(other) != value
    other.page.get_by_text("Open a recipe").click()
    other.page.locator("input[type=file]").set_input_files(path)
    other.until(lambda: order(other) == value, "the ranks of the recipe")
    broken = json.loads(path.read_text("utf-8"))
    broken["outliers"] = "magic"
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(broken, indent=1), "utf-8")
    third = visit().page().open("index?lang=en")
    third.page.get_by_text("Open a recipe").click()
    third.page.locator("input[type=file]").set_input_files(bad)
    toast = third.page.locator("[data-testid=stToast]")
    toast.wait_for()
    expect(toast).to_contain_text("magic")
    expect(toast).to_contain_text("Line")
    assert "recipe" not in third.params()
