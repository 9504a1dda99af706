"""The scatter in a real browser: names apart at every width, brush, clicks, axe."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import expect

from geo.maps.markers import CHOSEN
from geo.text import LANGUAGES
from geo.units import provinces
from tests.browser.views import SIZES

VALUES = "&measure=gdp_per_capita&year=2020&measure2=fixed_broadband_per_100&year2=2020"
LIST = "&measure=report_comprehensive&year=2017&measure2=gdp_per_capita&year2=2017"
LISTS = "&measure=report_comprehensive&measure2=report_information_services"
CHART = ".st-key-scatter_part svg.marks"
# Boxes of the names that are shown (their white rims aside), and of the marks.
BOXES = """known => {
  const svg = document.querySelector('.st-key-scatter_part svg.marks');
  const box = e => (r => [r.left, r.right, r.top, r.bottom])(e.getBoundingClientRect());
  const names = [...svg.querySelectorAll('text')].filter(
    e => known.includes(e.textContent.replace(' ?', '')) && !e.getAttribute('stroke'));
  const marks = [...svg.querySelectorAll('.mark-symbol path')].filter(
    e => e.getAttribute('fill') && e.getAttribute('opacity') !== '0');
  return {
    names: names.map(e => [e.textContent, ...box(e)]),
    colours: Object.fromEntries(names.map(e => [e.textContent, e.getAttribute('fill')])),
    marks: marks.map(box),
    fills: marks.map(e => e.getAttribute('fill')),
    frame: box(svg),
  };
}"""


def boxes(atlas):
    return atlas.page.evaluate(
        BOXES, [p.name_in(x) for p in provinces().values() for x in LANGUAGES]
    )


def open_scatter(visit, query, width=1440, height=900, lang="en"):
    atlas = visit(width, height).page()
    return atlas.open(f"compare?view=scatter&lang={lang}{query}")


def shared(first, second):
    across = min(first[1], second[1]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[2], second[2])
    return max(across, 0) * max(down, 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("query", [VALUES, LIST, LISTS])
def test_no_two_names_overlap_and_none_covers_a_mark_at_any_width(visit, query, lang):
    atlas = open_scatter(visit, query, lang=lang)
    for width, height in (*SIZES, (768, 900)):
        atlas.resize(width, height)
        check_names(boxes(atlas), width)


def check_names(value, width):
    """Fail where names of the scatter touch each other, a mark, or the edge of the chart."""
    names = value["names"]
    assert len(value["marks"]) == 31
    least = 29 if width >= 768 else 18
    assert len(names) >= least
    assert len({name for name, *_ in names}) == len(names)
    for (one, *first), (two, *second) in itertools.combinations(names, 2):
        assert shared(first, second) < 1, (one, two)
    for name, *box in names:
        for mark in value["marks"]:
            assert shared(box, mark) < 2, name
        assert box[0] >= value["frame"][0] - 1
        assert box[1] <= value["frame"][1] + 1


def test_names_find_new_places_when_the_window_changes_without_a_rerun(visit):
    atlas = open_scatter(visit, VALUES)
    before = len(boxes(atlas)["names"])
    atlas.resize(390, 844)
    value = boxes(atlas)["names"]
    assert 18 <= len(value) < before
    for (one, *first), (two, *second) in itertools.combinations(value, 2):
        assert shared(first, second) < 1, (one, two)


def test_chosen_provinces_have_their_own_colour_on_mark_and_name(visit):
    atlas = open_scatter(visit, f"{VALUES}&provinces=110000,440000,520000")
    value = boxes(atlas)
    for name, marker in zip(("Beijing", "Guangdong", "Guizhou"), CHOSEN, strict=False):
        assert value["colours"][name] == marker.colour
        assert value["fills"].count(marker.colour) == 1
    assert len(set(value["fills"])) == 4 + 3


def mark(atlas, name):
    """The middle of the mark of a province on the screen."""
    value = atlas.page.locator(f"{CHART} path[aria-label^='{name}:']")
    atlas.until(lambda: value.count() == 1 and value.bounding_box(), f"the mark of {name}")
    box = value.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(atlas, start, end):
    mouse = atlas.page.mouse
    mouse.move(*start)
    mouse.down()
    mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    mouse.move(*end, steps=4)
    mouse.up()


def chosen(atlas):
    return set(atlas.params().get("provinces", "").split(","))


def test_a_brush_chooses_for_all_panes_and_one_step_back_undoes_it(visit):
    atlas = open_scatter(visit, f"{VALUES}&provinces=110000", 1440, 1000)
    (x1, y1), (x2, y2) = mark(atlas, "Zhejiang"), mark(atlas, "Fujian")
    drag(atlas, (x1 - 20, y1 - 18), (x2 + 20, y2 + 18))
    atlas.until(lambda: chosen(atlas) == {"330000", "350000"}, "the brushed provinces")
    atlas.wait_settled()
    sent = len(atlas.sent)
    atlas.wait_settled()
    assert len(atlas.sent) == sent  # nothing goes round and round
    tags = atlas.key("provinces").inner_text()
    assert "Zhejiang" in tags
    assert "Beijing" not in tags
    atlas.page.go_back()
    atlas.until(lambda: chosen(atlas) == {"110000"}, "what was chosen before")


def test_a_click_adds_and_takes_away_again_and_again(visit):
    atlas = open_scatter(visit, f"{VALUES}&provinces=110000", 1440, 1000)
    for lines in ({"110000", "620000"}, {"110000"}, {"110000", "620000"}):
        # The chart is drawn again after each choice; a click before that meets the old one.
        atlas.wait_settled()
        atlas.page.mouse.click(*mark(atlas, "Gansu"))
        atlas.until(lambda value=lines: chosen(atlas) == value, f"{lines} to be chosen")


def test_of_a_brush_over_many_the_first_ten_by_a_are_taken_and_named(visit):
    atlas = open_scatter(visit, f"{VALUES}&provinces=620000", 1440, 1000)
    box = atlas.page.locator(CHART).bounding_box()
    top, bottom = box["y"] + 45, box["y"] + 460
    drag(atlas, (box["x"] + 70, top), (box["x"] + box["width"] - 20, bottom))
    toast = atlas.page.locator("[data-testid=stToast]")
    toast.wait_for()
    expect(toast).to_contain_text("31 provinces were selected, and up to 10 can be distinguished")
    first = {"110000", "310000", "320000", "350000", "330000"}
    atlas.until(lambda: first <= chosen(atlas), "the first by product per head")
    assert len(chosen(atlas)) == 10


def test_the_tooltip_has_both_figures_with_ranks_and_residents(visit):
    atlas = open_scatter(visit, VALUES, 1440, 1000)
    atlas.page.mouse.move(*mark(atlas, "Gansu"))
    tip = atlas.page.locator("#vg-tooltip-element.visible")
    tip.wait_for()
    value = tip.inner_text()
    for part in (
        "Gansu",
        "A: 2020",
        "B: 2020",
        "CNY per person",
        "31 of 31",
        "7 of 31",
        "25.0 million",
    ):
        assert part in value
