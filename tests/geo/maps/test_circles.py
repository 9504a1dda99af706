"""A total is never a choropleth: its values are circles whose areas are in proportion."""

from __future__ import annotations

import math
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis import (
    Display,
    build_map_pair,
    build_map_series,
    build_measure_map,
    measure_pane,
    possible_displays,
)
from geo.captions import build_map_legend, map_caption, map_legend
from geo.colours import COLOURS
from geo.exports.standalone_map import map_texts, standalone_html
from geo.maps import circle_script, classify, classify_snapshot, colour_by_breaks, scale_circles
from geo.text import translator
from geo.upload import MeasureDefinition, UploadedFile, UploadedTable

TABLE = UploadedTable(
    UploadedFile(
        "a.csv",
        "省,年份,产值,净迁入\n北京,2016,100,-25\n北京,2017,400,-100\n上海,2017,100,25\n"
        "西藏,2017,1,0\n上海,2016,50,4\n西藏,2016,0,1\n".encode(),
    ),
    measures=(
        MeasureDefinition("产值", "Output", "亿元", count=True, decimals=0),
        MeasureDefinition("净迁入", "Net arrivals", "人", count=True, decimals=0),
        MeasureDefinition("产值", "Output per person", count=True, per="resident"),
    ),
)
OUTPUT, ARRIVALS, RATIO = TABLE.measures_by_id.values()


@given(st.lists(st.floats(1e-6, 1e12), min_size=2, max_size=30))
def test_areas_are_in_proportion_to_the_values(values):
    circles = scale_circles(values)
    areas = [math.pi * circles.radius_share(value) ** 2 for value in values]
    assert max(areas) == pytest.approx(math.pi)
    for value, area in zip(values, areas, strict=True):
        assert area / math.pi == pytest.approx(value / max(values))


@given(st.floats(1e-9, 1e15))
def test_the_legend_has_three_round_circles_from_large_to_small(largest):
    values = scale_circles([largest]).legend_values()
    assert len(values) == 3
    assert sorted(set(values), reverse=True) == list(values)
    assert values[0] <= largest * (1 + 1e-9) < values[0] * 2.5 + 1e-12 + largest
    for value in values:
        digits = f"{value:.3e}"
        assert digits[0] in "125"
        assert digits.startswith(f"{digits[0]}.000")


def test_a_map_of_a_total_has_circles_and_no_colours():
    assert (OUTPUT.is_total, RATIO.is_total) == (True, False)
    choropleth = classify_snapshot(OUTPUT.snapshot(2017))
    assert choropleth.classes == ()
    assert choropleth.index == {}
    assert choropleth.breaks is None
    assert choropleth.circle_sizes() == {"110000": 1.0, "310000": 0.5, "540000": 0.05}
    cells = choropleth.snapshot.cells
    assert {choropleth.colour(cells[a]) for a in choropleth.circle_sizes()} == {
        COLOURS["unit-plain"]
    }
    assert choropleth.pattern(cells["110000"]) == ""
    assert choropleth.pattern(cells["440000"]) == "hatch"
    assert choropleth.mark_colour(cells["110000"]) == COLOURS["circle"]
    assert classify_snapshot(RATIO.snapshot(2017)).circles is None


def test_no_way_of_colouring_a_total_gives_classes():
    snapshot = OUTPUT.snapshot(2017)
    breaks = classify([1.0, 900.0, 1600.0], "quantiles", 3)
    shared = colour_by_breaks(snapshot, breaks)
    assert shared.index == {}
    assert shared.circle_sizes()["110000"] == 0.5  # 400 of 1,600
    pair = build_map_pair(OUTPUT, 2016, OUTPUT, 2017)
    assert pair.first.choropleth.circles == pair.second.choropleth.circles
    assert pair.first.choropleth.circle_sizes()["110000"] == 0.5
    mixed = build_map_pair(OUTPUT, 2017, RATIO, 2017)
    assert mixed.basis == ""
    assert mixed.first.choropleth.index == {}
    assert mixed.second.choropleth.circles is None
    assert possible_displays(OUTPUT) == ("value", "percent", "places")
    assert possible_displays(RATIO) == ("value", "rank", "change", "percent", "places")


def test_values_below_zero_are_hollow_circles():
    sizes = classify_snapshot(ARRIVALS.snapshot(2017)).circle_sizes()
    assert sizes == {"110000": -1.0, "310000": 0.5, "540000": 0.0}


def test_the_scale_of_circles_stays_over_the_years():
    frames = build_map_series(OUTPUT, translator("en"))["frames"]
    sizes = {frame["year"]: frame["sizes"] for frame in frames}
    assert sizes[2016][0] == 0.5
    assert sizes[2017][0] == 1.0
    assert all(
        "sizes" not in frame for frame in build_map_series(RATIO, translator("en"))["frames"]
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_legend_and_file_say_what_the_circles_are(lang):
    t = translator(lang)
    shown = build_measure_map(OUTPUT, 2017, Display())
    state = measure_pane(shown, t).pane_state()
    assert state["sizes"][0] == 1.0
    assert state["sizes"].count(0.0) == 31
    legend = build_map_legend(OUTPUT, shown.choropleth, t)
    assert [circle.label for circle in legend.circles] == ["200", "100", "20"]
    assert legend.circles[1].share == 0.5
    assert legend.classes == ()
    html = map_legend(OUTPUT, shown.choropleth, t)
    assert html.count("--share:") == 3
    assert "亿元" in html
    assert t("The area of a circle is in proportion to the value.") in html
    file = standalone_html(OUTPUT, shown.choropleth, map_texts(OUTPUT, shown.choropleth, t), t)
    assert circle_script().body.decode() in unescape(file)
    ratio = classify_snapshot(RATIO.snapshot(2017))
    assert "drawCircles" not in standalone_html(RATIO, ratio, map_texts(RATIO, ratio, t), t)
    caption = map_caption(OUTPUT, 2017, t)
    assert "classes" not in caption.alt.text
