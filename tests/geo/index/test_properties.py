"""What must hold of every index, whatever the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geo.index import AGGREGATIONS, IMPUTATIONS, NORMALISATIONS, OUTLIER_RULES
from geo.index.aggregation import group_scores, index_scores, rank_scores, score_contributions
from geo.index.composition import IndexInputs, Method, compose_index, uninformative_indicators
from geo.index.tree import Group, Indicator, Tree
from geo.index.weighting import effective_weights, entropy_weights, principal_component_weights

SLOW = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = ("a", "b", "c", "d")

figure = st.integers(min_value=-1000, max_value=1000).map(float)
weight = st.integers(min_value=1, max_value=9).map(float)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    first = tuple(Indicator(name, draw(weight)) for name in NAMES[:2])
    second = tuple(Indicator(name, draw(weight)) for name in NAMES[2:])
    return Tree((Group("g", first, draw(weight)), Group("h", second, draw(weight))))


@st.composite
def materials(draw: st.DrawFn, gaps: bool = False) -> IndexInputs:
    count = draw(st.integers(min_value=3, max_value=9))
    search_strategy = st.one_of(figure, st.just(np.nan)) if gaps else figure
    rows = [[draw(search_strategy) for _ in NAMES] for _ in range(count)]
    table = pd.DataFrame(rows, columns=list(NAMES), index=[f"u{n}" for n in range(count)])
    assume(not uninformative_indicators(table))
    regions = pd.Series(["n" if n % 2 else "s" for n in range(count)], index=table.index)
    return IndexInputs(table, draw(trees()), regions=regions)


methods = st.builds(
    Method,
    outliers=st.sampled_from(list(OUTLIER_RULES)),
    normalisation=st.sampled_from(list(NORMALISATIONS)),
    imputation=st.sampled_from(list(IMPUTATIONS)),
    within=st.sampled_from(list(AGGREGATIONS)),
    across=st.sampled_from(list(AGGREGATIONS)),
)


@SLOW
@given(materials(gaps=True), methods)
def test_a_score_is_a_number_or_a_stated_gap(material, method):
    composition = compose_index(material, method)
    assert not np.isinf(composition.index).any()
    assert not np.isinf(composition.groups).any()
    # A gap in the index is a unit that lacks a group's weight, never a slip of the calculation.
    share = np.isfinite(composition.groups).T.astype(float) @ material.tree.group_weights
    assert (np.isfinite(composition.index) == (share >= 0.65 - 1e-9)).all()


@SLOW
@given(materials(gaps=True), methods, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(material, method, random):
    order = list(material.figures.index)
    random.shuffle(order)
    turned = replace(material, figures=material.figures.loc[order])
    one = pd.Series(rank_scores(compose_index(material, method).index), material.figures.index)
    two = pd.Series(rank_scores(compose_index(turned, method).index), turned.figures.index)
    assert two.reindex(one.index).tolist() == one.tolist()


@SLOW
@given(
    materials(gaps=True),
    st.sampled_from([0.001, 3.0, 1e6]),
    st.sampled_from([0.0, 17.0]),
    st.sampled_from(["none", "percentile"]),
)
def test_the_unit_of_an_indicator_does_not_matter_under_min_max(material, factor, shift, outliers):
    table = material.figures.copy()
    table["a"] = table["a"] * factor + shift
    method = Method(outliers=outliers)
    one, two = (
        compose_index(material, method),
        compose_index(replace(material, figures=table), method),
    )
    assert two.index == pytest.approx(one.index, abs=1e-6, nan_ok=True)


@SLOW
@given(
    materials(),
    st.sampled_from(list(NORMALISATIONS)),
    st.sampled_from(list(AGGREGATIONS)),
    st.integers(min_value=1, max_value=500),
    st.integers(min_value=0, max_value=3),
)
def test_better_is_never_worse(material, scale, mean, step, place):
    better = material.figures.copy()
    better.iloc[0, place] += step
    assume(not uninformative_indicators(better))
    method = Method(normalisation=scale, within=mean, across=mean)
    one, two = (
        compose_index(material, method),
        compose_index(replace(material, figures=better), method),
    )
    assert two.index[0] >= one.index[0] - 1e-9
    # Under these the others' figures never gain by it, so the rank does not fall either.
    if scale in ("min_max", "percentile_rank", "rank"):
        assert rank_scores(two.index)[0] <= rank_scores(one.index)[0]


@SLOW
@given(trees())
def test_weights_sum_to_one(tree):
    assert tree.nominal_weights.sum() == pytest.approx(1)
    assert tree.group_weights.sum() == pytest.approx(1)
    assert tree.leaf_weights.sum(axis=1) == pytest.approx([1, 1])


@SLOW
@given(materials())
def test_weights_from_the_data_sum_to_one_and_none_is_negative(material):
    figures = material.figures.to_numpy()
    scaled = (figures - figures.min(axis=0)) / (figures.max(axis=0) - figures.min(axis=0))
    for weights in (entropy_weights(scaled), principal_component_weights(figures)[0]):
        assert weights.sum() == pytest.approx(1)
        assert weights.min() >= 0
    composition = compose_index(material, Method())
    values = effective_weights(
        composition.normalised, composition.index, material.tree.nominal_weights
    )
    assert values.sum() == pytest.approx(1)


@SLOW
@given(materials(gaps=True), st.sampled_from(list(NORMALISATIONS)))
def test_geometric_is_never_above_arithmetic_nor_harmonic_above_geometric(material, scale):
    scores = [
        compose_index(material, Method(normalisation=scale, within=mean, across=mean)).index
        for mean in ("harmonic", "geometric", "arithmetic")
    ]
    there = np.isfinite(scores[0])
    assert (scores[0][there] <= scores[1][there] + 1e-9).all()
    assert (scores[1][there] <= scores[2][there] + 1e-9).all()


@SLOW
@given(materials(gaps=True), methods)
def test_contributions_sum_to_the_score(material, method):
    composition, tree = compose_index(material, method), material.tree
    values = score_contributions(
        composition.groups.T, tree.group_weights, composition.index, method.across
    )
    there = np.isfinite(composition.index)
    assert np.nansum(values[there], axis=1) == pytest.approx(composition.index[there])


@pytest.mark.slow
@SLOW
@given(materials(gaps=True), st.lists(trees(), min_size=2, max_size=4), methods)
def test_many_sets_of_weights_give_what_each_gives_alone(material, value, method):
    composition = compose_index(material, method)
    passed = np.ones((2, len(material.figures)), dtype=bool)
    leaves = np.array([tree.leaf_weights for tree in value])
    groups = np.array([tree.group_weights for tree in value])
    many = group_scores(
        composition.normalised, leaves, np.array([passed] * len(value)), method.within
    )
    scores = index_scores(
        many, groups, np.ones((len(value), len(material.figures)), dtype=bool), method.across
    )
    for place, tree in enumerate(value):
        alone = group_scores(composition.normalised, tree.leaf_weights, passed, method.within)
        assert many[place] == pytest.approx(alone, nan_ok=True)
        whole = index_scores(alone, tree.group_weights, passed[0], method.across)
        assert scores[place] == pytest.approx(whole, nan_ok=True)


@SLOW
@given(st.lists(st.sampled_from([1.0, 2.0, 3.0, np.nan]), min_size=1, max_size=12))
def test_ranks_are_those_of_pandas(scores):
    expected = pd.Series(scores).rank(method="min", ascending=False).fillna(0).astype(int)
    assert rank_scores(np.array(scores)).tolist() == expected.tolist()
