"""Time on the map in a real browser: play, the track, all years, the line of a tooltip, values."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geo.analysis import series_checksum

GDP = "?lang=en&measure=gdp_per_capita&year=2018"
PLAY, TRACK, ALL = "#time .play", "#time .track", "#time .all"
SERIES = "map-series.js"


@pytest.fixture
def visited(visit):
    """A visit and its page, which has the script of time."""
    trip = visit()
    atlas = trip.page()
    atlas.open(GDP)
    atlas.frame.locator(PLAY).wait_for()
    return trip, atlas


def series_requests(trip):
    return [url for url in trip.requests if SERIES in url]


def test_playing_recolours_the_map_without_a_byte_and_ends_in_the_address(visited):
    trip, atlas = visited
    assert not series_requests(trip)
    frame = atlas.frame
    labels = atlas.page.locator(".legend [data-class]:visible span")
    counts = atlas.page.locator(".legend [data-class]:visible small")
    own = labels.all_inner_texts()
    before = [atlas.fill(adcode) for adcode in ("650000", "440000", "230000")]
    atlas.page.mouse.move(2, 2)
    frame.locator(TRACK).focus()
    sent, received = len(atlas.sent), len(atlas.received)
    frame.locator(TRACK).press(" ")
    expect(frame.locator("#year strong")).to_have_text("2018")
    fixed = labels.all_inner_texts()
    assert len(fixed) == len(own) == 5
    assert fixed != own
    assert sum(int(text.split()[0]) for text in counts.all_inner_texts()) == 31
    expect(frame.locator("#year strong")).to_have_text("2020")
    assert [atlas.fill(adcode) for adcode in ("650000", "440000", "230000")] != before
    assert frame.locator(TRACK).get_attribute("aria-valuetext") == "2020"
    assert len(series_requests(trip)) == 1
    assert series_checksum() in series_requests(trip)[0]
    assert (len(atlas.sent), len(atlas.received)) == (sent, received)
    assert frame.locator("#say").inner_text() != "2020"
    frame.locator(TRACK).press(" ")
    atlas.wait_painted("gdp_per_capita/2020")
    atlas.wait_settled()
    assert atlas.params()["year"] == "2020"
    expect(frame.locator("#year")).to_be_hidden()
    assert atlas.page.locator("[data-fixed]").count() == 0


def test_playing_waits_while_the_pointer_is_over_the_map_and_stops_at_the_last_year(visited):
    _, atlas = visited
    frame = atlas.frame
    pace = frame.locator("#time .pace")
    pace.click()
    expect(pace).to_have_text("2×")
    frame.locator(PLAY).click()
    expect(frame.locator("#year strong")).to_have_text(re.compile("2018|2019|202[0-3]"))
    atlas.hover("650000")
    year = frame.locator("#year strong").inner_text()
    atlas.page.wait_for_timeout(1500)
    assert frame.locator("#year strong").inner_text() == year
    assert f"({year})" in atlas.tip()
    atlas.page.mouse.move(2, 2)
    atlas.wait_painted("gdp_per_capita/2024")
    assert atlas.params()["year"] == "2024"
    assert frame.locator(PLAY).get_attribute("aria-label") == "Play the years"


def test_the_track_is_moved_by_keys_and_by_the_pointer(visited):
    _, atlas = visited
    track = atlas.frame.locator(TRACK)
    track.focus()
    track.press("ArrowRight")
    track.press("ArrowRight")
    atlas.wait_painted("gdp_per_capita/2020")
    track.press("Home")
    atlas.wait_painted("gdp_per_capita/2016")
    assert track.get_attribute("aria-valuenow") == "2016"
    box = track.bounding_box()
    atlas.page.mouse.move(box["x"] + 20, box["y"] + 14)
    atlas.page.mouse.down()
    atlas.page.mouse.move(box["x"] + box["width"] - 20, box["y"] + 14, steps=4)
    expect(atlas.frame.locator("#year strong")).to_have_text("2024")
    assert atlas.params()["year"] == "2016"
    atlas.page.mouse.up()
    atlas.wait_painted("gdp_per_capita/2024")


def test_a_choice_while_playing_takes_the_year_along(visited):
    _, atlas = visited
    atlas.frame.locator(PLAY).click()
    expect(atlas.frame.locator("#year strong")).to_have_text("2019")
    atlas.click("650000")
    atlas.until(lambda: atlas.params().get("province") == "650000", "the province")
    atlas.wait_painted("gdp_per_capita/2019")
    assert atlas.params()["year"] == "2019"


def test_all_years_are_small_maps_and_each_is_a_click_away(visited):
    _, atlas = visited
    frame = atlas.frame
    atlas.open(f"{GDP}&years=all")
    frame = atlas.frame
    maps = frame.locator("#years button")
    expect(maps).to_have_count(9)
    assert "66,307" in frame.locator("#years [data-year='2018']").inner_text()
    for year in (2016, 2024):
        paths = frame.locator(f"#years [data-year='{year}'] path[data-row]")
        assert paths.count() == 2 * 34
    fills = frame.evaluate(
        "year => [...document.querySelectorAll(`#years [data-year='${year}'] path[data-row]`)]"
        ".map(path => path.getAttribute('fill'))",
        2024,
    )
    expect(frame.locator("#map_div")).not_to_be_visible()
    frame.locator("#years [data-year='2024']").click()
    atlas.wait_painted("gdp_per_capita/2024")
    expect(frame.locator("#map_div")).to_be_visible()
    assert "years" not in atlas.params()
    assert len(set(fills)) > 3
    frame.locator(ALL).click()
    expect(maps).to_have_count(9)
    atlas.until(lambda: atlas.params().get("years") == "all", "the address")
    assert atlas.serious(frame) == []


def test_small_maps_are_drawn_in_time(visited):
    _, atlas = visited
    duration = atlas.frame.evaluate(
        """() => new Promise(resolve => {
          const start = performance.now();
          document.querySelector('#time .all').click();
          const look = () => document.querySelectorAll('#years button').length === 9
            ? resolve(performance.now() - start) : requestAnimationFrame(look);
          look();
        })"""
    )
    assert duration < 1500


def test_a_tooltip_has_the_change_and_a_line_once_the_series_is_there(visited):
    trip, atlas = visited
    atlas.hover("510000")
    atlas.until(lambda: "since 2017" in atlas.tip(), "the change on the year before")
    lines = atlas.tip().splitlines()
    assert lines[:4] == [
        "Sichuan",
        "52,324 CNY per person (2018)",
        "Rank 16 of 31",
        "+5,857 CNY per person since 2017",
    ]
    svg = atlas.frame.locator("#tip svg")
    assert svg.locator("polyline.unit").get_attribute("points").count(",") == 9
    assert svg.locator("polyline.national").count() == 1
    box = svg.bounding_box()
    assert (box["width"], box["height"]) == (124, 36)
    atlas.hover("650000")
    atlas.until(lambda: atlas.tip().startswith("Xinjiang"), "the next tooltip")
    assert len(series_requests(trip)) == 1


def test_values_stand_below_the_names_where_they_fit(visit):
    atlas = visit().page()
    atlas.open(f"{GDP}&values=shown")
    names = atlas.frame.locator("#map_div .labels .name").all_text_contents()
    assert "Xinjiang\n52,024" in names
    assert "Beijing" in names
    assert len(names) == 34
    numbered = [name for name in names if "\n" in name]
    assert 12 <= len(numbered) < 34


def test_targets_of_the_time_bar_are_a_finger_wide_on_a_phone(visit):
    atlas = visit(390, 844).page()
    atlas.open(GDP)
    atlas.frame.locator(PLAY).wait_for()
    for target in (PLAY, TRACK, "#time .pace", ALL):
        box = atlas.frame.locator(target).bounding_box()
        assert box["height"] >= 40
        assert box["width"] >= 40


def test_a_change_is_not_played_but_its_year_is_set(visit):
    atlas = visit().page()
    atlas.open(f"{GDP}&display=change")
    expect(atlas.frame.locator(PLAY)).to_be_disabled()
    expect(atlas.frame.locator(ALL)).to_be_disabled()
    atlas.frame.locator(TRACK).press("End")
    atlas.wait_painted("gdp_per_capita/2024")


def test_names_stay_in_place_while_playing_and_a_break_is_said(visit):
    atlas = visit().page()
    atlas.open("?lang=en&measure=index_comprehensive&year=2016&marks=none")
    frame = atlas.frame
    frame.locator(PLAY).wait_for()
    assert frame.locator("#map_div .labels .dot").count() > 5
    atlas.page.mouse.move(2, 2)
    frame.locator("#time .pace").click()
    frame.locator(TRACK).focus()
    frame.locator(TRACK).press(" ")
    expect(frame.locator("#year strong")).to_have_text("2016")
    # The same elements for all years: names are not placed anew.
    frame.evaluate("window.names = [...document.querySelectorAll('#map_div .labels .name')]")
    expect(frame.locator("#year strong")).to_have_text("2017")
    expect(frame.locator("#year")).to_contain_text("Break in the series in 2017")
    expect(frame.locator("#year")).to_contain_text("Same classes in all years")
    assert frame.locator("#map_div .labels .dot").count() == 0
    assert frame.evaluate("window.names.length === 34 && window.names.every(e => e.isConnected)")
    frame.locator(TRACK).press(" ")
    expect(frame.locator("#year")).to_be_hidden()
    expect(frame.locator("#map_div .labels .dot")).not_to_have_count(0)
