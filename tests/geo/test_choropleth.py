"""Colours: one class, one colour; order kept in grey; gaps never take a colour of the ramp."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from geo.cells import Scale, Status
from geo.choropleth import LOOKS, QUANTITY_RAMP, RANK_RAMP, choropleth, ramp
from geo.classify import FEWEST, METHODS, MOST
from geo.measures import measures, snapshot
from geo.text import texts
from geo.wording import class_label

FIGURES = [(m.id, y) for m in measures().values() if m.kind == "indicator" for y in m.years]


def luminance(colour):
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2


@pytest.mark.parametrize("name", [QUANTITY_RAMP, RANK_RAMP])
@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_ramps_stay_ordered_in_grey(name, count):
    colours = ramp(name, count)
    assert len(colours) == count
    assert all(luminance(a) > luminance(b) + 0.02 for a, b in pairwise(colours))


@pytest.mark.parametrize(("measure_id", "year"), FIGURES)
def test_counts_of_the_legend_are_those_of_the_map(measure_id, year):
    for method in METHODS:
        for count in (FEWEST, 5, MOST):
            drawn = choropleth(snapshot(measure_id, year), method, count)
            placed = list(drawn.index.values())
            assert [placed.count(i) for i in range(len(drawn.classes))] == [
                own.count for own in drawn.classes
            ]
            assert len(placed) == len(drawn.snapshot.values())


def test_tiers():
    drawn = choropleth(snapshot("report_comprehensive", 2017))
    assert [(own.lower, own.upper, own.count) for own in drawn.classes] == [
        (1, 3, 3),
        (4, 6, 3),
        (7, 10, 4),
    ]
    assert luminance(drawn.classes[0].colour) < luminance(drawn.classes[2].colour)
    assert class_label(drawn.classes[2], texts("zh")) == "第7至10名"


@pytest.mark.parametrize(
    ("measure_id", "year", "scale"),
    [
        ("report_network_security", 2017, Scale.AMONG_TEN),
        ("report_comprehensive", 2020, Scale.NAMED),
        ("report_comprehensive", 2021, Scale.NAMED),
    ],
)
def test_names_without_rank_and_places_among_ten_have_no_class(measure_id, year, scale):
    drawn = choropleth(snapshot(measure_id, year))
    assert drawn.snapshot.scale is scale
    assert (drawn.classes, drawn.index) == ((), {})
    named = [c for c in drawn.snapshot.cells.values() if c.status is Status.NAMED]
    assert len({drawn.colour(cell) for cell in named}) <= 1


def test_gaps_take_no_colour_of_a_ramp_and_look_different_from_one_another():
    gaps = (Status.OUTSIDE, Status.NOT_PUBLISHED, Status.NOT_EVALUATED)
    colours = {c for name in (QUANTITY_RAMP, RANK_RAMP) for n in range(1, 8) for c in ramp(name, n)}
    assert not {LOOKS[status].fill for status in gaps} & colours
    assert len({LOOKS[status].pattern for status in gaps}) == 3
    assert all(LOOKS[status].pattern for status in gaps)


def test_labels_name_every_break_once():
    drawn = choropleth(snapshot("gdp_per_capita", 2020), "pretty", 5)
    labels = [class_label(own, texts("en")) for own in drawn.classes]
    assert labels[0].startswith("up to ")
    assert labels[-1].startswith("over ")
    assert all(re.search(r"\d0,000", label) for label in labels)
