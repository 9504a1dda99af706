"""Small lines of a province and the country: scale, pieces, rings and labels."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from geo.colours import COLOURS
from geo.maps import (
    OWN_PROVINCE,
    Marker,
    SmallLine,
    interval_svg,
    small_lines_svg,
    strip_of_values_svg,
)

YEARS = (2016, 2020)
MARKERS = [Marker(COLOURS["accent"], "square"), Marker(COLOURS["ink"], "circle"), OWN_PROVINCE]


def points_of(path):
    return [tuple(map(float, pair)) for pair in re.findall(r"([\d.]+) ([\d.]+)", path)]


def lines_of(svg):
    """The country's line and the province's, by their paths."""
    root = ElementTree.fromstring(svg)
    paths = root.findall("{*}path")
    dashed = [path for path in paths if "stroke-dasharray" in path.attrib]
    own = [path for path in paths if path.get("stroke-width") == "2"]
    return [path.get("d") for path in (*dashed, *own)]


def test_both_lines_have_one_scale():
    own = SmallLine([[(2016, 0.0), (2018, 5.0), (2020, 10.0)]])
    national = SmallLine([[(2016, 10.0), (2020, 10.0)]])
    country, province = map(points_of, lines_of(small_lines_svg(own, national, YEARS)))
    assert country[0][1] == country[1][1] == province[2][1] < province[1][1] < province[0][1]
    assert province[1][1] == (province[0][1] + province[2][1]) / 2
    assert [country[0][0], country[1][0]] == [province[0][0], province[2][0]]


def test_pieces_are_not_joined_and_a_single_year_is_a_dot():
    own = SmallLine([[(2016, 1.0), (2017, 2.0)], [(2019, 3.0)]])
    path = lines_of(small_lines_svg(own, SmallLine(()), YEARS))[0]
    assert path.count("M") == 2
    assert path.endswith("h0")


def test_a_province_with_one_value_has_no_lines():
    assert small_lines_svg(SmallLine([[(2016, 1.0)]]), SmallLine(()), YEARS) == ""


def test_doubtful_values_are_rings_and_the_named_year_a_dot():
    own = SmallLine([[(2016, 1.0), (2017, 2.0), (2018, 3.0)]], doubtful={2017})
    root = ElementTree.fromstring(small_lines_svg(own, SmallLine(()), YEARS, named_year=2016))
    ring, dot = root.findall("{*}circle")
    first = points_of(lines_of(ElementTree.tostring(root, "unicode"))[0])[0]
    assert ring.get("stroke")
    assert (float(dot.get("cx")), float(dot.get("cy"))) == first


def test_labels_stand_apart_with_the_years_below():
    own = SmallLine([[(2016, 1.0), (2020, 2.0)]], label="2.0 <")
    national = SmallLine([[(2016, 1.5), (2020, 2.0)]], label="2.01")
    root = ElementTree.fromstring(small_lines_svg(own, national, YEARS, (270, 84)))
    texts = root.findall("{*}text")
    assert [text.text for text in texts] == ["2016", "2020", "2.0 <", "2.01"]
    high, low = (float(text.get("y")) for text in texts[2:])
    assert abs(high - low) >= 12


def test_a_strip_has_a_tick_for_each_value_and_hollow_marks_for_doubtful_ones():
    values = {"110000": 0.0, "120000": 5.0, "130000": 10.0}
    marks = {"110000": MARKERS[0], "130000": MARKERS[1], "310000": MARKERS[2]}
    root = ElementTree.fromstring(
        strip_of_values_svg(values, 5.0, marks, (0.0, 10.0), doubtful={"130000"}, width=114)
    )
    axis, ticks, national, *drawn = root.findall("{*}path")
    assert axis.get("d") == "M7 11H107"
    assert ticks.get("d") == "M7.0 6v10M57.0 6v10M107.0 6v10"
    assert national.get("d") == "M57.0 1v20"
    assert [mark.get("transform") for mark in drawn] == [
        "translate(7.0 11.0)",
        "translate(107.0 11.0)",
    ]
    filled, hollow = drawn
    assert (filled.get("fill"), hollow.get("stroke")) == (MARKERS[0].colour, MARKERS[1].colour)
    assert filled.get("stroke") == hollow.get("fill") == COLOURS["surface"]


def test_an_interval_without_bounds_is_the_rank_alone():
    both = ElementTree.fromstring(interval_svg(1, 16, 31, 31))
    alone = ElementTree.fromstring(interval_svg(None, 16, None, 31))
    assert [len(root.findall("{*}path")) for root in (both, alone)] == [2, 1]
    assert [root.find("{*}circle").get("cx") for root in (both, alone)] == ["100.0", "100.0"]
