"""Colours: one class, one colour; order kept in grey; gaps never take a colour of the ramp."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from geo.analysis import published_measures, snapshot_of
from geo.limits import MAX_CLASSES, MIN_CLASSES
from geo.maps import (
    QUANTITY_RAMP,
    RANK_RAMP,
    STATUS_STYLES,
    class_label,
    classify_snapshot,
    colour_ramp,
)
from geo.maps.classes import METHODS
from geo.measures import Scale, Status
from geo.text import translator
from tests.cases import for_each, pair_in_turn

FIGURES = [
    (m.id, y)
    for m in published_measures().values()
    if m.kind == "indicator" and not m.is_total
    for y in m.years
]


def luminance(colour):
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


@pytest.mark.parametrize("name", [QUANTITY_RAMP, RANK_RAMP])
@pytest.mark.parametrize("count", range(1, MAX_CLASSES + 1))
def test_ramps_stay_ordered_in_grey(name, count):
    colours = colour_ramp(name, count)
    assert len(colours) == count
    assert all(luminance(a) > luminance(b) + 0.02 for a, b in pairwise(colours))


@for_each("result,method,count", pair_in_turn(FIGURES, METHODS, (MIN_CLASSES, 5, MAX_CLASSES)))
def test_counts_of_the_legend_are_those_of_the_map(result, method, count):
    drawn = classify_snapshot(snapshot_of(*result), method, count)
    placed = list(drawn.index.values())
    assert [placed.count(i) for i in range(len(drawn.classes))] == [
        map_class.count for map_class in drawn.classes
    ]
    assert len(placed) == len(drawn.snapshot.values_by_adcode())


def test_tiers():
    drawn = classify_snapshot(snapshot_of("report_comprehensive", 2017))
    assert [(map_class.lower, map_class.upper, map_class.count) for map_class in drawn.classes] == [
        (1, 3, 3),
        (4, 6, 3),
        (7, 10, 4),
    ]
    assert luminance(drawn.classes[0].colour) < luminance(drawn.classes[2].colour)
    assert class_label(drawn.classes[2], translator("zh")) == "第7至10位"


@pytest.mark.parametrize(
    ("measure_id", "year", "scale"),
    [
        ("report_network_security", 2017, Scale.AMONG_TEN),
        ("report_comprehensive", 2020, Scale.NAMED),
        ("report_comprehensive", 2021, Scale.NAMED),
    ],
)
def test_names_without_rank_and_places_among_ten_have_no_class(measure_id, year, scale):
    drawn = classify_snapshot(snapshot_of(measure_id, year))
    assert drawn.snapshot.scale is scale
    assert (drawn.classes, drawn.index) == ((), {})
    named = [c for c in drawn.snapshot.cells.values() if c.status is Status.NAMED]
    assert len({drawn.colour(cell) for cell in named}) <= 1


def test_gaps_take_no_colour_of_a_ramp_and_look_different_from_one_another():
    gaps = (Status.OUTSIDE, Status.NOT_PUBLISHED, Status.NOT_EVALUATED)
    colours = {
        c for name in (QUANTITY_RAMP, RANK_RAMP) for n in range(1, 8) for c in colour_ramp(name, n)
    }
    assert not {STATUS_STYLES[status].fill for status in gaps} & colours
    assert len({STATUS_STYLES[status].pattern for status in gaps}) == 3
    assert all(STATUS_STYLES[status].pattern for status in gaps)


def test_what_has_no_value_is_patterned_and_what_an_upload_lacks_looks_like_a_gap():
    plain = {status for status, style in STATUS_STYLES.items() if not style.pattern}
    assert plain == {Status.RANK_AMONG_TEN, Status.NAMED}  # statements, not gaps
    assert STATUS_STYLES[Status.NOT_GIVEN] == STATUS_STYLES[Status.NOT_PUBLISHED]


def test_labels_name_every_break_once():
    drawn = classify_snapshot(snapshot_of("gdp_per_capita", 2020), "pretty", 5)
    labels = [class_label(map_class, translator("en")) for map_class in drawn.classes]
    assert labels[0].startswith("up to ")
    assert labels[-1].startswith("over ")
    assert all(re.search(r"\d0,000", label) for label in labels)
