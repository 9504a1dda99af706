"""Label placement: boxes that overlap, positions that are chosen, labels along an axis."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.labels import (
    Box,
    cheapest_candidate,
    non_overlapping,
    overlap_matrix,
    place_in_order,
    place_in_rounds,
    spread_labels,
    stacking_levels,
)

EDGE = st.integers(0, 6)
BOX = st.tuples(EDGE, EDGE, st.integers(1, 4), st.integers(1, 4)).map(
    lambda side: Box(side[0], side[1], side[0] + side[2], side[1] + side[3])
)


@given(st.lists(BOX, min_size=1, max_size=6), st.lists(BOX, min_size=1, max_size=6))
def test_the_matrix_of_overlaps_agrees_with_each_pair(boxes, others):
    matrix = overlap_matrix(_edges(boxes), _edges(others))
    assert matrix.tolist() == [[box.overlaps_box(other) for other in others] for box in boxes]


@given(st.lists(BOX, min_size=1, max_size=6), st.lists(BOX, max_size=6), st.integers(0, 2))
def test_boxes_with_a_margin_are_free_of_occupied_ones(boxes, occupied, margin):
    free = non_overlapping(_edges(boxes), occupied, margin)
    assert free.tolist() == [
        not any(box.with_margin(margin).overlaps_box(other) for other in occupied) for box in boxes
    ]


def _edges(boxes):
    return np.array([[box.x0, box.y0, box.x1, box.y1] for box in boxes], dtype=float)


def test_the_cheapest_free_candidate_is_chosen_the_first_of_equals():
    costs = [1.0, 5.0, 4.0, 4.0, np.inf]
    free = np.array([False, True, True, True, True])
    assert cheapest_candidate(free, np.zeros(5), np.zeros(5), costs.__getitem__) == 2
    assert cheapest_candidate(~free, np.zeros(5), np.zeros(5), [np.inf].__getitem__) is None


def test_the_search_ends_beyond_the_lowest_cost_and_skips_what_cannot_be_cheaper():
    asked = []

    def find_cost(i):
        asked.append(i)
        return [3.0, 9.0, 2.0, 0.0][i]

    distances, least_costs = np.array([1.0, 2.0, 2.5, 4.0]), np.array([1.0, 3.0, 1.0, 0.0])
    assert cheapest_candidate(np.ones(4, dtype=bool), distances, least_costs, find_cost) == 2
    assert asked == [0, 2]


# "a" takes the only seat of "b", unless "b" comes first.
SEATS = {"a": (1, 2), "b": (1,), "c": (3,)}


def find_seat(label, placed):
    return next((seat for seat in SEATS[label] if seat not in placed.values()), None)


def test_an_earlier_label_takes_the_position_of_a_later_one():
    assert place_in_order("abc", find_seat) == {"a": 1, "c": 3}


def test_a_label_without_a_position_goes_first_in_the_next_round():
    assert place_in_rounds("abc", find_seat, rounds=1) == {"a": 1, "c": 3}
    assert place_in_rounds("abc", find_seat, rounds=2) == {"b": 1, "a": 2, "c": 3}


def test_of_equal_placements_the_first_is_kept():
    # One seat for two: each round places another one.
    assert place_in_rounds("ab", lambda label, placed: None if placed else 1, rounds=4) == {"a": 1}
    assert place_in_rounds("", find_seat, rounds=3) == {}


@given(st.lists(st.floats(0, 100), min_size=1, max_size=15), st.floats(0.1, 10))
def test_names_keep_their_order_and_their_distance(places, room):
    values = spread_labels(places, room, 0.0, 100.0)
    room = min(room, 100 / max(1, len(places) - 1))
    order = sorted(range(len(places)), key=lambda entry: (places[entry], entry))
    positions = [values[number] for number in order]
    assert all(b - a >= room - 1e-6 for a, b in pairwise(positions))
    assert min(positions) >= -1e-6
    assert max(positions) <= 100 + 1e-6


def test_names_that_are_apart_stay_where_they_are():
    assert spread_labels([10.0, 50.0, 30.0], 5.0, 0.0, 100.0) == pytest.approx([10.0, 50.0, 30.0])
    assert spread_labels([50.0, 50.0], 4.0, 0.0, 100.0) == pytest.approx([48.0, 52.0])


@given(st.lists(st.floats(0, 100), max_size=15), st.floats(0.1, 20))
def test_stacked_marks_of_a_level_are_a_step_apart_and_no_level_is_left_out(places, step):
    levels = stacking_levels(places, step)
    for level in range(max(levels, default=0) + 1):
        row = sorted(p for p, own in zip(places, levels, strict=True) if own == level)
        assert all(b - a >= step for a, b in pairwise(row))
        assert row or not places


def test_a_mark_takes_the_lowest_level_that_is_free():
    assert stacking_levels([0.0, 4.0, 8.0, 10.0, 30.0], 10.0) == [0, 1, 2, 0, 0]
