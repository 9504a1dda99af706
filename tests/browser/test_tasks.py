"""Tasks of a new reader, counted in actions: a choice, a click, a drag, or a name that is typed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

SICHUAN = "510000"


class Reader:
    """A reader who counts what he does. Each method is one action."""

    def __init__(self, atlas):
        self.atlas = atlas
        self.actions = 0

    def choose(self, key, text):
        """Choose in a picker by what is typed."""
        self._act(lambda: self.atlas.choose(key, text))

    def press(self, locator):
        self._act(locator.click)

    def press_key(self, place, name):
        self._act(lambda: place.press(name))

    def move_slider(self, key, value):
        """Move a slider to the right by the arrow keys, which is one drag of the pointer."""
        thumb = self.atlas.key(key).get_by_role("slider")

        def move():
            while float(thumb.get_attribute("aria-valuenow") or thumb.input_value()) < value:
                thumb.press("ArrowRight")

        self._act(move)

    def _act(self, action):
        self.actions += 1
        action()
        self.atlas.wait_settled()


@pytest.fixture
def reader(atlas):
    return Reader(atlas)


def test_value_and_rank_of_a_province_in_a_year_take_three_actions(reader):
    atlas = reader.atlas.open("?lang=en")
    reader.choose("measure", "Urban share")
    atlas.until(lambda: atlas.painted.startswith("urbanization/"), "the measure")
    reader.press_key(atlas.frame.locator(".time [role=slider]"), "End")
    atlas.until(lambda: atlas.painted == "urbanization/2024", "the last year")
    reader.choose("find_province", "Sichuan")
    panel = atlas.page.locator(".panel").first
    expect(panel).to_contain_text("2024")
    expect(panel).to_contain_text("of 31")
    expect(panel).to_contain_text("60.1")
    assert reader.actions == 3


def test_three_provinces_over_time_take_three_actions(reader):
    atlas = reader.atlas.open("?lang=en&measure=gdp_per_capita")
    reader.choose("find_province", "Sichuan")
    reader.press(atlas.page.locator(".nav").get_by_role("link", name="Compare"))
    reader.press(atlas.key("view").get_by_text("Over time"))
    assert atlas.params()["measure"] == "gdp_per_capita"
    chosen = atlas.key("provinces").inner_text().split("\n")[-3:]
    assert chosen[0] == "Sichuan"
    ends = atlas.page.locator(".stVegaLiteChart svg").first
    for name in chosen:
        expect(ends).to_contain_text(re.compile(rf"{name} [\d,]+"))
    assert reader.actions == 3


def test_who_gained_most_places_takes_two_actions_and_lists_all(reader):
    atlas = reader.atlas.open("?lang=en&measure=gdp_per_capita&year=2024")
    reader.choose("display", "Change of rank")
    atlas.until(lambda: atlas.params().get("display") == "places", "the change in places")
    reader.choose("since", "2017")
    atlas.until(lambda: atlas.params().get("since") == "2017", "the year")
    rows = atlas.page.locator(".ranking li:not(.national)")
    expect(rows).to_have_count(31)
    assert reader.actions == 2


def test_double_security_and_see_sichuan_take_three_actions(reader):
    atlas = reader.atlas.open("index?lang=en&years=2016-2023")
    reader.press(atlas.key("count_security").get_by_role("button"))
    reader.move_slider("weight_network_security", 2)
    atlas.until(lambda: "network_security.2" in atlas.params().get("recipe", ""), "the weight")
    reader.choose("pinned", "Sichuan")
    expect(atlas.key("index_table").locator("tbody tr").first).to_contain_text("Sichuan")
    assert reader.actions == 3
    atlas.wait_settled()


def test_the_same_view_from_a_link(reader, visit):
    atlas = reader.atlas.open("?lang=en&measure=gdp_per_capita&year=2020")
    atlas.move_map(atlas.frame.locator("#zoom button").first.click)
    reader.press(atlas.page.locator("[data-dialog=share]"))
    link = atlas.page.locator("dialog[data-name=share] [data-part=link] code").inner_text()
    other = visit().page().open(link.removeprefix(f"{atlas.base}/"))
    assert other.painted == atlas.painted
    assert other.view() == pytest.approx(atlas.view(), abs=0.5)  # less than a pixel
    assert other.page.title() == atlas.page.title()
    assert "2020" in atlas.page.title()
    assert reader.actions == 1


def test_an_embed_code_takes_two_actions(reader):
    atlas = reader.atlas.open("?lang=en&measure=gdp_per_capita&year=2020")
    reader.press(atlas.page.locator("[data-dialog=share]"))
    embed = atlas.page.locator("dialog[data-name=share] [data-part=embed]")
    reader.press(embed.get_by_role("button").first)
    expect(atlas.page.locator("dialog[data-name=share] .copy-note")).not_to_be_empty()
    assert "embed=true" in embed.locator("code").first.inner_text()
    assert reader.actions == 2


def test_full_screen_takes_one_action(reader):
    atlas = reader.atlas.open("?lang=en&measure=gdp_per_capita&year=2020")
    reader.press_key(atlas.page.locator("body"), "f")
    expect(atlas.page.locator("body")).to_have_class(re.compile("atlas-presenting"))
    assert reader.actions == 1
