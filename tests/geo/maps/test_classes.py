"""Classes: rounded breaks move nobody, ties stay together, few values make few classes."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.limits import MAX_CLASSES, MIN_CLASSES
from geo.maps import DEFAULT_CLASS_COUNT, classify, parse_custom_breaks
from geo.maps.classes import METHODS, roundest_number
from geo.text import InputError

finite = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False).map(lambda v: round(v, 6))
values = st.lists(finite, min_size=1, max_size=60)
counts = st.integers(MIN_CLASSES, MAX_CLASSES)


@given(values, st.sampled_from(sorted(METHODS)), counts)
def test_every_value_has_one_class_and_ties_share_it(numbers, method, count):
    classes = classify(numbers, method, count)
    assert sum(classes.counts) == len(numbers)
    assert list(classes.breaks) == sorted(set(classes.breaks))
    lowers, uppers = (-np.inf, *classes.breaks), (*classes.breaks, np.inf)
    for number in numbers:
        entry = classes.class_of(number)
        assert lowers[entry] < number <= uppers[entry]


NEARLY_EQUAL_QUANTILES = [0.0] * 6 + [1.0] * 3 + [2.0, 3.0, 4.0, -9.0, -10.0, -11.0]


@given(values, st.sampled_from(sorted(METHODS)), counts)
@example(NEARLY_EQUAL_QUANTILES, "quantiles", 7)
def test_rounding_moves_no_value_to_another_class(numbers, method, count):
    distinct = np.unique(numbers)
    if len(distinct) <= count:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        raw = np.asarray(METHODS[method](np.sort(np.asarray(numbers, dtype=float)), count))
    inner = np.unique(raw[(raw >= distinct[0]) & (raw < distinct[-1])])
    inner = inner[np.diff(inner, prepend=-np.inf) > 1e-9 * (distinct[-1] - distinct[0])]
    rounded = classify(numbers, method, count)
    below = [int((distinct <= upper).sum()) for upper in inner]
    assert [int((distinct <= b).sum()) for b in rounded.breaks] == below


@given(finite, st.floats(min_value=1e-6, max_value=1e9), st.floats(0, 1))
def test_roundest_stays_in_its_gap(low, width, part):
    high = low + width
    if not low < high:
        return
    number = roundest_number(low, high, low + part * width)
    assert low <= number < high


@pytest.mark.parametrize(
    ("low", "high", "wish", "expected"),
    [
        (37.26, 41.9, 38.1, 40.0),
        (0.0123, 0.0129, 0.0125, 0.0125),
        (-3.0, 5.0, 1.0, 0.0),
        (999.0, 1001.0, 1000.4, 1000.0),
        (10.0, 10.001, 10.0005, 10.0),
        (61.34, 61.36, 61.35, 61.35),
    ],
)
def test_roundest_examples(low, high, wish, expected):
    assert roundest_number(low, high, wish) == expected


def test_a_class_is_closed_above():
    classes = classify([1, 2, 3, 4, 5, 6], "own", 3, custom_breaks=(2.0, 4.0))
    assert classes.counts == (2, 2, 2)
    assert [classes.class_of(v) for v in (2.0, 2.0001, 4.0, 4.5)] == [0, 1, 1, 2]


@pytest.mark.parametrize("method", sorted(METHODS))
def test_fewer_distinct_values_than_classes(method):
    assert classify([7.0] * 31, method, 5).counts == (31,)
    assert classify([1.0, 1.0, 2.0], method, 5).counts == (2, 1)
    assert classify([3.0], method, 7).counts == (1,)


def test_quantiles_of_distinct_values_are_even():
    assert classify(range(30), "quantiles", DEFAULT_CLASS_COUNT).counts == (6, 6, 6, 6, 6)


def test_unknown_method_names_the_known_ones():
    with pytest.raises(InputError, match="quantiles, fisher_jenks"):
        classify([1, 2], "jenks")


@pytest.mark.parametrize("count", [2, 8, 0, -1])
def test_count_out_of_range(count):
    with pytest.raises(InputError, match="Choose 3 to 7"):
        classify(range(20), "quantiles", count)


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("10, 20, 40", (10, 20, 40)),
        ("1 2", (1, 2)),
        ("0.5，1.5、2", (0.5, 1.5, 2)),
        ("-3,0,3", (-3, 0, 3)),
    ],
)
def test_custom_breaks(text, breaks):
    assert parse_custom_breaks(text) == breaks


@pytest.mark.parametrize(
    "text", ["", "1", "3 2 1", "1 1 2", "a b", "1,2,3,4,5,6,7", "nan 1 2", "1 inf"]
)
def test_custom_breaks_that_are_none(text):
    with pytest.raises(InputError):
        parse_custom_breaks(text)
