"""The pure modules of the map, each imported alone in the browser: plain values in and out."""

from __future__ import annotations

import json

import pytest

from geo.maps import WEB_DIR
from geo.units import BOUNDARIES_FILE

BASE = "http://localhost/"


@pytest.fixture(scope="module")
def page(browser):
    """An empty page beside the modules, which are read from their folder as they are."""
    context = browser.new_context()

    def answer(route):
        name = route.request.url.removeprefix(BASE)
        if name:
            route.fulfill(path=WEB_DIR / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!DOCTYPE html><title>Modules</title>", content_type="text/html")

    context.route("**/*", answer)
    entry = context.new_page()
    entry.goto(BASE)
    yield entry
    context.close()


@pytest.fixture
def call(page):
    """A function that calls what a module exports."""

    def run(module, function, *values):
        return page.evaluate(
            "([path, name, values]) => import(path).then(module => module[name](...values))",
            [f"/{module}.js", function, list(values)],
        )

    return run


@pytest.mark.parametrize("path", sorted(WEB_DIR.glob("*.js")), ids=lambda path: path.stem)
def test_every_module_imports_what_it_needs(page, path):
    names = page.evaluate("path => import(path).then(Object.keys)", f"/{path.name}")
    assert names


TOPOLOGY = {
    "transform": {"scale": [10_000, 20_000], "translate": [100_000, 0]},
    "arcs": [[[0, 0], [1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1]]],
    "objects": {
        "provinces": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"adcode": "110000"}},
                {"type": "MultiPolygon", "arcs": [[[0]], [[~0]]]},
            ]
        },
        "dashes": {
            "geometries": [
                {"type": "LineString", "arcs": [1]},
                {"type": "MultiLineString", "arcs": [[0], [1]]},
            ]
        },
    },
}


def test_topology_is_decoded_to_shapes_by_object(call):
    first = [[0, 10], [0, 11], [2, 11]]
    second = [[2, 11], [2, 10], [0, 10]]
    assert call("topology", "decodeTopology", TOPOLOGY) == {
        "provinces": [
            {"properties": {"adcode": "110000"}, "latlngs": [[first + second[1:]]]},
            {"properties": {}, "latlngs": [[first], [first[::-1]]]},
        ],
        "dashes": [
            {"properties": {}, "latlngs": [second]},
            {"properties": {}, "latlngs": [first, second]},
        ],
    }


def test_the_boundaries_are_decoded_to_34_closed_units(call):
    topology = json.loads(BOUNDARIES_FILE.read_text("utf-8"))
    shapes = call("topology", "decodeTopology", topology)
    assert len(shapes["provinces"]) == 34
    for shape, geometry in zip(
        shapes["provinces"], topology["objects"]["provinces"]["geometries"], strict=True
    ):
        parts = [shape["latlngs"]] if geometry["type"] == "Polygon" else shape["latlngs"]
        assert all(ring[0] == ring[-1] for part in parts for ring in part)


def test_corners_of_an_extent_are_south_west_and_north_east(call):
    corners = call("topology", "extentCorners", [-20_000, 10_000, 30_000, 50_000])
    assert corners == [[1, -2], [5, 3]]


@pytest.mark.parametrize(
    ("cell", "fill", "text"),
    [
        ({"fill": "#ffffff", "pattern": ""}, "#ffffff", "dark"),
        ({"fill": "#08306b", "pattern": ""}, "#08306b", "light"),
        ({"fill": "#08306b", "pattern": "dots"}, "url(#atlas-dots)", "dark"),
    ],
)
def test_fill_and_text_colour_of_a_cell(call, cell, fill, text):
    assert call("looks", "unitFill", cell) == fill
    assert call("looks", "textColour", cell) == text


def label_unit(adcode, at, width=100, **changes):
    plain = {"nameWidth": 40, "mark": "", "isChosen": False, "colour": "light"}
    return {"adcode": adcode, "at": at, "width": width} | plain | changes


def place_labels(page, units, visible=(0, 500), shares=None):
    """The labels of units; shares: by adcode, the part of any box that is over the unit."""
    return page.evaluate(
        "([units, visible, shares]) => import('/label_placement.js').then("
        "  ({ placeLabels }) => placeLabels(units, visible, adcode => shares[adcode] ?? 0))",
        [units, list(visible), shares or {}],
    )


def kinds(labels):
    return [(label["adcode"], label["kind"], label["drop"], label["colour"]) for label in labels]


def test_the_larger_unit_keeps_its_name_where_two_overlap(page):
    units = [
        label_unit("a", [100, 100], 80),
        label_unit("b", [120, 105], 120),
        label_unit("c", [300, 100]),
    ]
    assert kinds(place_labels(page, units)) == [("b", "name", 0, "dark"), ("c", "name", 0, "dark")]


@pytest.mark.parametrize(("name_width", "count"), [(79, 1), (80, 0)])
def test_a_name_wider_than_its_unit_is_left_out(page, name_width, count):
    assert len(place_labels(page, [label_unit("a", [100, 100], nameWidth=name_width)])) == count


def test_a_name_has_the_text_colour_of_its_unit_only_over_it(page):
    for share, colour in ((1, "light"), (0.75, "light"), (0.5, "dark")):
        labels = place_labels(page, [label_unit("a", [100, 100])], shares={"a": share})
        assert kinds(labels) == [("a", "name", 0, colour)]


def test_signs_and_marks_take_the_point_and_the_name_goes_below_or_above(page):
    dotted_unit = label_unit("a", [100, 100], mark="•")
    assert kinds(place_labels(page, [dotted_unit])) == [
        ("a", "mark", 0, "light"),
        ("a", "name", 12, "dark"),
    ]
    labels = place_labels(page, [dotted_unit | {"isChosen": True}])
    assert kinds(labels) == [
        ("a", "sign", 0, "dark"),
        ("a", "mark", 15, "light"),
        ("a", "name", 27, "dark"),
    ]
    assert [label["size"] for label in labels] == [[16, 16], [8, 8], [40, 13]]
    # Below it is cut off by the lower edge of the map.
    assert kinds(place_labels(page, [dotted_unit], visible=(0, 110)))[1] == (
        "a",
        "name",
        -12,
        "dark",
    )


def test_a_name_is_not_over_another_unit_but_may_be_over_the_sea(page):
    units = [label_unit("a", [100, 100]), label_unit("b", [300, 100], width=10)]
    assert kinds(place_labels(page, units, shares={"b": 0.2})) == []
    assert kinds(place_labels(page, units)) == [("a", "name", 0, "dark")]


def sizes(call, width, count=1, screen=900, rest=395):
    room = {"width": width, "screenHeight": screen, "rest": rest, "count": count}
    return call("pane_sizes", "paneSizes", room)


def test_a_single_map_has_its_inset_beside_it_where_there_is_room(call):
    wide, narrow = sizes(call, 800), sizes(call, 390)
    assert (wide["isInsetBeside"], narrow["isInsetBeside"]) == (True, False)
    assert (wide["mapHeight"], wide["totalHeight"]) == (505, 505)
    assert (narrow["mapHeight"], narrow["totalHeight"]) == (325, 325 + 168)


def test_panes_that_are_too_narrow_go_to_the_next_row(call):
    assert [sizes(call, width, 3)["columns"] for width in (1400, 962, 961, 635)] == [3, 3, 2, 1]
    two = sizes(call, 1000, 3)
    assert (two["columns"], two["paneWidth"], two["titleHeight"]) == (3, 322, 40)
    rows = sizes(call, 800, 3)
    boxes = [call("pane_sizes", "paneBox", rows, number) for number in range(3)]
    height = rows["paneHeight"]
    assert [(box["left"], box["top"]) for box in boxes] == [(0, 0), (408, 0), (0, height + 16)]
    assert rows["totalHeight"] == 2 * height + 16


def test_a_low_screen_leaves_the_least_height(call):
    assert sizes(call, 800, screen=500)["mapHeight"] == 250


def test_a_tooltip_is_right_of_and_below_its_point_or_turns_back(call):
    pane = {"left": 0, "right": 400}
    for point, expected in (
        ([100, 100], [114, 114]),
        ([350, 100], [236, 114]),
        ([100, 280], [114, 220]),
        ([0, 10], [14, 24]),
        ([400, 290], [286, 230]),
    ):
        assert call("tips", "tipPosition", point, [100, 50], pane, 300) == expected
    # Too wide for either side: at the left edge of its pane. Too high: at the top.
    assert call("tips", "tipPosition", [200, 30], [390, 290], pane, 300) == [2, 2]


def test_a_tooltip_has_the_name_and_the_lines_of_its_pane(call):
    unit = {"short": "Hebei", "cells": [{"lines": ["1"]}, {"lines": ["2", "Rank 3"]}]}
    assert call("tips", "tipLines", unit, 1) == ["Hebei", "2", "Rank 3"]


CROSS = [
    {"adcode": "middle", "at": [0, 0]},
    {"adcode": "east", "at": [10, 1]},
    {"adcode": "north", "at": [1, 10]},
    {"adcode": "far west", "at": [-30, 0]},
    {"adcode": "aside", "at": [-2, 14]},
]


@pytest.mark.parametrize(
    ("start", "direction", "expected"),
    [
        ("middle", [1, 0], "east"),
        ("middle", [0, 1], "north"),
        ("middle", [-1, 0], "far west"),
        ("far west", [-1, 0], ""),
        ("middle", [0, -1], ""),
        (None, [1, 0], "east"),
    ],
)
def test_arrow_keys_walk_to_the_nearest_unit_in_their_direction(call, start, direction, expected):
    assert call("keyboard", "nextUnit", CROSS, start, direction, [9, 0]) == expected


def test_the_pointer_catches_very_small_units_nearby(call):
    units = [
        {"adcode": "820000", "width": 4, "at": [100, 100]},
        {"adcode": "440000", "width": 90, "at": [101, 100]},
    ]
    for pointer, inside, expected in (
        ([110, 100], "", "820000"),
        ([114, 100], "", ""),
        ([106, 100], "440000", "820000"),
        ([108, 100], "440000", "440000"),
    ):
        assert call("selection", "caughtUnit", units, pointer, inside) == expected
