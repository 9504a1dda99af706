"""The pure modules of the map, each imported alone in the browser: plain values in and out."""

from __future__ import annotations

import itertools
import json

import pytest

from geo.colours import COLOURS
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


PLACE = """async ([units, boxes, lines, size, obstacles]) => {
  const { buildLandGrid } = await import('/land_grid.js');
  const { placeLabels } = await import('/label_placement.js');
  const ring = ([l, t, r, b]) => Float64Array.from([l, -t, r, -t, r, -b, l, -b, l, -t]);
  const path = (points) => Float64Array.from(points.flatMap(([x, y]) => [x, -y]));
  const plain = { scale: 1, left: 0, top: 0 };
  const grid = buildLandGrid(boxes.map((box) => [ring(box)]), lines.map(path), plain, size);
  return placeLabels(units, grid, obstacles);
}"""


def label_unit(adcode, at, width=40, marks=(), may_leave=True):
    names = [{"size": [width, 12], "mayLeave": may_leave}]
    return {"adcode": adcode, "at": at, "names": names, "marks": list(marks)}


def place_labels(page, units, boxes, lines=(), size=(400, 300), obstacles=()):
    """The labels of units that are rectangles: left, top, right and bottom."""
    arguments = [units, boxes, [list(line) for line in lines], list(size), list(obstacles)]
    return page.evaluate(PLACE, arguments)


def name_of(labels, adcode):
    """The name of a unit and the edges of its box; None if it has none."""
    for label in labels:
        if (label["adcode"], label["kind"]) == (adcode, "name"):
            (x, y), (width, height) = label["at"], label["size"]
            return label, (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return None


def shares_pixels(first, second):
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )


def test_a_name_that_fits_is_at_the_label_point(page):
    labels = place_labels(page, [label_unit("a", [100, 100])], [[50, 50, 150, 150]])
    label, _ = name_of(labels, "a")
    assert (label["at"], label["isOver"], label["leader"]) == ([100, 100], True, None)


def test_a_name_wider_than_its_unit_is_in_the_sea_with_a_leader(page):
    units = [label_unit("a", [100, 100], width=60), label_unit("b", [200, 100])]
    boxes = [[90, 80, 110, 120], [110, 80, 300, 200]]
    label, box = name_of(place_labels(page, units, boxes), "a")
    assert label["isOver"] is False
    assert not any(shares_pixels(box, other) for other in boxes)
    (x, y), _ = label["leader"]
    assert 90 <= x <= 110
    assert 80 <= y <= 120


def test_a_name_is_over_its_unit_and_the_sea_but_not_over_another_unit(page):
    unit = label_unit("a", [110, 100], may_leave=False)
    label, box = name_of(place_labels(page, [unit], [[90, 80, 115, 120]]), "a")
    assert label["leader"] is None
    assert box[2] - box[0] == 40
    neighbours = [[115, 50, 300, 200], [0, 50, 90, 200]]
    units = [unit, label_unit("b", [200, 100]), label_unit("c", [40, 100])]
    assert name_of(place_labels(page, units, [[90, 80, 115, 120], *neighbours]), "a") is None


def test_names_leaders_marks_lines_and_obstacles_keep_apart(page):
    units = [label_unit(str(place), [50 + 30 * place, 100], marks="?") for place in range(6)]
    boxes = [[38 + 30 * place, 80, 62 + 30 * place, 120] for place in range(6)]
    obstacles = [[0, 0, 90, 60], [60, 140, 300, 160]]
    dashes = [[[10, 70], [300, 70]]]
    labels = place_labels(page, units, boxes, dashes, obstacles=obstacles)
    names = [name_of(labels, str(place)) for place in range(6)]
    assert all(names)
    boxes_of_names = [box for _, box in names]
    marks = [label for label in labels if label["kind"] == "?"]
    assert len(marks) == 6
    taken = [*boxes_of_names, *obstacles, [10, 70, 300, 71]]
    for first, second in itertools.combinations(taken, 2):
        if first in boxes_of_names or second in boxes_of_names:
            assert not shares_pixels(first, second)


def test_marks_stand_side_by_side_at_the_label_point_and_the_name_stays(page):
    unit = label_unit("a", [100, 100], marks=["sign", "number", "?"])
    labels = place_labels(page, [unit], [[50, 50, 150, 150]])
    assert [(label["kind"], label["at"], label["size"]) for label in labels[:3]] == [
        ("sign", [84.5, 100], [16, 16]),
        ("number", [101.5, 100], [16, 16]),
        ("?", [117, 100], [13, 13]),
    ]
    _, box = name_of(labels, "a")
    assert not shares_pixels(box, (76.5, 92, 123.5, 108))
    assert box[1] >= 50
    assert box[3] <= 150


def test_a_mark_without_room_at_its_point_is_beside_its_name(page):
    units = [label_unit("a", [100, 100], marks="?"), label_unit("b", [106, 100], marks="?")]
    labels = place_labels(page, units, [[97, 97, 103, 103], [104, 97, 108, 103]])
    first, second = (label for label in labels if label["kind"] == "?")
    assert first["at"] == [100, 100]
    _, box = name_of(labels, "b")
    assert box[0] - second["at"][0] == pytest.approx(13 / 2 + 2)
    assert second["at"][1] == pytest.approx((box[1] + box[3]) / 2)


def test_a_substitute_names_a_unit_whose_other_names_have_no_room(page):
    names = [
        {"size": [60, 12], "mayLeave": False},
        {"size": [14, 12], "mayLeave": True, "isSubstitute": True},
    ]
    unit = {"adcode": "a", "at": [100, 100], "names": names, "marks": []}
    around = [[0, 0, 90, 300], [110, 0, 400, 300]]
    others = [label_unit("b", [50, 150]), label_unit("c", [250, 150])]
    label, _ = name_of(place_labels(page, [unit, *others], [[90, 0, 110, 300], *around]), "a")
    assert label["option"] == 1


def test_the_same_input_has_the_same_labels(page):
    units = [label_unit(str(place), [50 + 20 * place, 100]) for place in range(8)]
    boxes = [[40 + 20 * place, 80, 60 + 20 * place, 120] for place in range(8)]
    assert place_labels(page, units, boxes) == place_labels(page, units, boxes)


@pytest.mark.parametrize(
    ("segment", "is_touching"),
    [([[0, 0], [10, 10]], True), ([[0, 9], [4, 9]], False), ([[5, 0], [5, 3]], False)],
)
def test_a_leader_that_touches_a_box_is_found(call, segment, is_touching):
    assert call("label_placement", "touchesBox", segment, [4, 4, 8, 8]) is is_touching


@pytest.mark.parametrize(
    ("fill", "text"), [("#2c7fb8", "dark"), ("#41b6c4", "dark"), ("#253494", "light")]
)
def test_a_text_on_a_fill_or_its_halo_has_a_contrast_of_4_5(page, fill, text):
    contrast = page.evaluate(
        """async ([fill, ink, surface]) => {
          const looks = await import('/looks.js');
          (await import('/view.js')).view.colours = { surface };
          const cell = { fill, pattern: '' };
          const colour = looks.textColour(cell);
          const pair = [colour === 'dark' ? ink : surface, looks.haloColour(cell)];
          const [low, high] = pair.map(looks.relativeLuminance).sort((a, b) => a - b);
          return [colour, (high + 0.05) / (low + 0.05)];
        }""",
        [fill, COLOURS["ink"], COLOURS["surface"]],
    )
    assert contrast[0] == text
    assert contrast[1] >= 4.5


def sizes(call, width, count=1, screen=900, rest=395, least=250):
    room = {"width": width, "screenHeight": screen, "rest": rest, "least": least, "count": count}
    return call("pane_sizes", "paneSizes", room)


def test_a_single_map_has_its_inset_beside_it_where_there_is_room(call):
    wide, narrow = sizes(call, 800), sizes(call, 390)
    assert (wide["isInsetBeside"], narrow["isInsetBeside"]) == (True, False)
    assert (wide["insetWidth"], wide["padding"]["right"]) == (118, 131)
    assert (wide["mapHeight"], wide["totalHeight"]) == (505, 505)


def test_the_inset_of_a_narrow_map_is_in_its_corner_and_takes_no_height(call):
    narrow = sizes(call, 360)
    assert (narrow["mapHeight"], narrow["totalHeight"]) == (304, 304)
    assert narrow["insetWidth"] == 68


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
    # The least height of a page counts unless it is most of the screen.
    assert sizes(call, 800, screen=720, least=440)["mapHeight"] == 440
    assert sizes(call, 800, screen=500, least=440)["mapHeight"] == 310
    assert sizes(call, 800, screen=900, least=440)["mapHeight"] == 505


def test_a_tooltip_is_right_of_and_below_its_point_or_turns_back(call):
    room = {"left": 0, "top": 0, "right": 400, "bottom": 300}
    for point, expected in (
        ([100, 100], [114, 114]),
        ([350, 100], [236, 114]),
        ([100, 280], [114, 220]),
        ([0, 10], [14, 24]),
        ([400, 290], [286, 230]),
    ):
        assert call("tips", "tipPosition", point, [100, 50], room) == expected
    # Too wide for either side: at the left edge of its pane. Too high: at the top.
    assert call("tips", "tipPosition", [200, 30], [390, 290], room) == [2, 2]
    # The window cuts the frame off at its top and its bottom.
    seen = room | {"top": 100, "bottom": 220}
    assert call("tips", "tipPosition", [100, 110], [100, 100], seen) == [114, 102]


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


YEARS = [2016, 2017, 2019, 2024]


@pytest.mark.parametrize(
    ("share", "year"), [(0, 2016), (0.1, 2017), (0.3, 2019), (0.7, 2024), (1.2, 2024), (-1, 2016)]
)
def test_the_track_gives_the_nearest_year(call, share, year):
    assert call("time_bar", "yearAt", YEARS, share) == year


@pytest.mark.parametrize(
    ("key", "year"),
    [
        ("ArrowLeft", 2016),
        ("ArrowRight", 2019),
        ("Home", 2016),
        ("End", 2024),
        ("a", None),
    ],
)
def test_keys_lead_from_year_to_year(call, key, year):
    assert call("time_bar", "yearByKey", YEARS, 2017, key) == year
    assert call("time_bar", "yearByKey", YEARS, 2024, "ArrowRight") == 2024


@pytest.mark.parametrize(
    ("text", "number"), [("1,234.5", 1234.5), ("−3", -3), ("", None), ("1,000,000", 1e6)]
)
def test_numbers_are_read_from_their_texts(call, text, number):
    assert call("series", "parseNumber", text, [",", "."]) == number


TEXTS = {
    "value": "{value} ({year})",
    "rank": "Rank {rank} of {of}",
    "change": "{change} on {year}",
    "break": "Break in {year}",
    "doubtful_one": "1 doubtful value",
    "doubtful": "{count} doubtful values",
}


def series_frame(year, value, national, mark=" ", rank=1, change=""):
    look = "0" if value else "1"
    return {
        "year": year,
        "looks": look,
        "values": [value],
        "ranks": [rank if value else 0],
        "of": 31,
        "marks": mark,
        "changes": [change] if change else [],
        "national": national,
    }


SERIES = {
    "adcodes": ["110000"],
    "looks": [[2, "value", "#123456", ""], [-1, "not_published", "#eeeeee", "hatch"]],
    "classes": [],
    "statuses": {"value": "As published", "not_published": "Not published"},
    "frames": [
        series_frame(2016, "1,000", "5"),
        series_frame(2017, "1,010", "6", change="+10"),
        series_frame(2018, "", "7"),
        series_frame(2019, "1,020", "", "?"),
        series_frame(2020, "1,030", "9", "?"),
        series_frame(2021, "1,040", "10"),
    ],
    "breaks": [2021],
    "unit": " CNY",
    "changeUnit": " CNY",
    "separators": [",", "."],
}


def test_a_cell_of_a_year_says_value_rank_and_doubt(call):
    frames = SERIES["frames"]
    cell = call("series", "seriesCell", SERIES, frames[0], 0, TEXTS)
    assert cell["lines"] == ["1,000 CNY (2016)", "Rank 1 of 31"]
    assert (cell["group"], cell["fill"], cell["mark"]) == (2, "#123456", "")
    missing = call("series", "seriesCell", SERIES, frames[2], 0, TEXTS)
    assert missing["lines"] == ["Not published (2018)"]
    assert missing["pattern"] == "hatch"
    assert call("series", "seriesCell", SERIES, frames[3], 0, TEXTS)["mark"] == "?"


def test_the_change_names_the_year_before_and_is_left_out_without_one(call):
    assert call("series", "changeLine", SERIES, 2017, 0, TEXTS) == "+10 CNY on 2016"
    assert call("series", "changeLine", SERIES, 2016, 0, TEXTS) == ""


def test_notes_name_a_break_and_count_doubtful_values(call):
    frames = SERIES["frames"]
    assert call("series", "yearNotes", SERIES, frames[5], TEXTS) == ["Break in 2021"]
    assert call("series", "yearNotes", SERIES, frames[4], TEXTS) == ["1 doubtful value"]
    assert call("series", "yearNotes", SERIES, {**frames[4], "marks": "??"}, TEXTS) == [
        "2 doubtful values"
    ]
    assert call("series", "yearNotes", SERIES, frames[0], TEXTS) == []


def test_a_line_has_gaps_where_values_are_missing_and_at_breaks(call):
    runs = call("series_line", "seriesRuns", SERIES, 0)
    assert [[point["year"] for point in run] for run in runs["unit"]] == [
        [2016, 2017],
        [2019, 2020],
        [2021],
    ]
    assert [[point["year"] for point in run] for run in runs["national"]] == [
        [2016, 2017, 2018],
        [2020],
        [2021],
    ]
    assert [point["isDoubtful"] for run in runs["unit"] for point in run].count(True) == 2


def test_a_line_of_ranks_rises_with_a_better_rank(call):
    frames = [{**frame, "values": [""]} for frame in SERIES["frames"]]
    ranked = [{**frame, "ranks": [row + 1]} for row, frame in enumerate(frames)]
    runs = call("series_line", "seriesRuns", {**SERIES, "breaks": [], "frames": ranked}, 0)
    assert [point["value"] for point in runs["unit"][0]] == [-1, -2, -3, -4, -5, -6]


@pytest.mark.parametrize(
    ("count", "room", "columns"),
    [
        (9, {"width": 750, "height": 460}, 3),
        (9, {"width": 360, "height": 304}, 3),
        (2, {"width": 750, "height": 460}, 2),
        (1, {"width": 750, "height": 460}, 1),
    ],
)
def test_small_maps_are_as_large_as_fits(call, count, room, columns):
    assert call("small_years", "smallMapColumns", count, room, 1.45) == columns


def test_an_islet_stays_as_a_dot(page):
    path = page.evaluate(
        "import('/small_years.js').then(module =>"
        " module.coarsePath([5, 5, 5.1, 5, 5, 5.1], (x, y) => [x, y], true))"
    )
    assert path == "M5 5h.6v.6h-.6z"


@pytest.mark.parametrize(
    ("address", "extent", "expected"),
    [
        ("/", "", "/"),
        ("/", "1.50,20,-3", "/?at=1.50,20,-3"),
        ("/?lang=en&provinces=110000%2C540000", "", "/?lang=en&provinces=110000%2C540000"),
        ("/?at=1,2,3&lang=en&what=at=1", "2.00,0,0", "/?lang=en&what=at=1&at=2.00,0,0"),
        ("/?lang=en&at=1,2,3", "", "/?lang=en"),
    ],
)
def test_a_link_has_the_part_of_the_map_that_is_shown_now(call, address, extent, expected):
    assert call("share", "addExtent", address, extent) == expected


@pytest.mark.parametrize(
    ("kept_for", "row", "has_pages", "is_asked", "step"),
    [
        ("", {}, False, False, "wait"),  # before the sign-in
        ("", {"link": "", "reader": "li"}, True, False, "send"),  # after it, or after a reload
        ("li", {"link": "", "reader": "li"}, True, False, "send"),
        ("li", {"link": "", "reader": "li"}, True, True, "keep"),  # the page has not answered yet
        ("", {"link": "closed"}, True, True, "keep"),  # which is about an earlier link
        ("", {"link": "shown"}, True, False, "keep"),
        ("", {"link": "refused"}, True, False, "keep"),
        ("", {"link": "closed"}, True, False, "forget"),
        ("li", {"link": "shown", "reader": "wu"}, True, False, "forget"),  # another person
        ("li", {"link": "", "reader": ""}, True, False, "forget"),  # after the sign-out
        ("li", {}, False, False, "forget"),
    ],
)
def test_the_secret_of_a_link_is_kept_for_its_reader(
    call, kept_for, row, has_pages, is_asked, step
):
    assert call("document", "linkStep", kept_for, row, has_pages, is_asked) == step


def test_a_smaller_circle_is_drawn_over_a_larger_one_whatever_its_sign(call):
    assert call("circle_order", "circleOrder", [0.2, -0.9, 0, 0.5, -0.1]) == [1, 3, 0, 4]
