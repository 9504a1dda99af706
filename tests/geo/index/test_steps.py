"""The steps of an index, each against an example that was calculated by someone else or by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from geo.index import NORMALISATIONS
from geo.index.aggregation import group_scores, index_scores, rank_scores, score_contributions
from geo.index.composition import IndexInputs, Method, compose_index, uninformative_indicators
from geo.index.imputation import (
    has_sufficient_coverage,
    impute_group_median,
    impute_regional_median,
)
from geo.index.normalisation import (
    distance_to_best,
    normalise,
    rank_from_bottom,
    scale_to_goalposts,
)
from geo.index.treatment import KURTOSIS, SKEW, apply_treatment, fit_treatment, skew_and_kurtosis
from geo.index.tree import Group, Indicator, Tree
from geo.index.weighting import (
    effective_weights,
    entropy_weights,
    find_overlaps,
    overlap_clusters,
    principal_component_weights,
    share_weights,
)
from geo.text import InputError


def column(*figures: float) -> np.ndarray:
    return np.array(figures, dtype=float)[:, None]


def tree(*groups: tuple[str, ...]) -> Tree:
    return Tree(
        tuple(Group(f"g{i}", tuple(map(Indicator, group))) for i, group in enumerate(groups))
    )


# --- outliers


def test_skew_and_kurtosis_are_the_sample_statistics():
    figures = np.random.default_rng(1).lognormal(size=(40, 3))
    skew, kurtosis = skew_and_kurtosis(figures)
    assert skew == pytest.approx(stats.skew(figures, bias=False))
    assert kurtosis == pytest.approx(stats.kurtosis(figures, bias=False))


def test_skew_leaves_gaps_out_and_needs_four_figures():
    with_gap = column(1, 2, 3, 9, np.nan)
    assert skew_and_kurtosis(with_gap)[0] == pytest.approx(stats.skew([1, 2, 3, 9], bias=False))
    assert np.isnan(skew_and_kurtosis(column(1, 2, 9))[0]).all()
    assert np.isnan(skew_and_kurtosis(column(2, 2, 2, 2))[1]).all()


def test_winsorising_is_that_of_the_example_in_coinr():
    # ?COINr::winsorise: 1 to 10, 30, 100 with thresholds 2 and 3.5 becomes 1 to 10, 30, 30.
    figures = column(*range(1, 11), 30, 100)
    treatment = fit_treatment(figures, "winsorise")
    assert treatment.treatment_names() == ["winsorise"]
    assert apply_treatment(figures, treatment).ravel().tolist() == [*range(1, 11), 30, 30]


def test_winsorising_pulls_in_the_side_of_the_skew():
    figures = -column(*range(1, 11), 30, 100)
    treated = apply_treatment(figures, fit_treatment(figures, "winsorise"))
    assert treated.ravel().tolist() == [-x for x in range(1, 11)] + [-30, -30]


@pytest.mark.parametrize("rule", ["winsorise", "log"])
def test_an_indicator_within_the_rule_is_left_alone(rule):
    figures = column(*range(1, 13))
    treatment = fit_treatment(figures, rule)
    assert treatment.treatment_names() == ["none"]
    assert apply_treatment(figures, treatment).tolist() == figures.tolist()


def test_skew_alone_does_not_make_an_outlier():
    figures = column(*[0] * 86, *[1] * 14)
    skew, kurtosis = skew_and_kurtosis(figures)
    assert skew[0] > SKEW
    assert kurtosis[0] < KURTOSIS
    assert fit_treatment(figures, "winsorise").treatment_names() == ["none"]


def test_logarithms_are_coinr_s_but_for_a_constant():
    figures = column(*range(1, 11), 30, 100)
    treated = apply_treatment(figures, fit_treatment(figures, "log")).ravel()
    coinr = np.log(figures.ravel() - 1 + 0.01 * 99)
    assert treated - treated[0] == pytest.approx(coinr - coinr[0])
    assert treated[0] == 0


def test_where_winsorising_would_pull_in_too_much_logarithms_serve():
    # Ten far figures among a hundred: five points do not correct it.
    figures = column(*np.linspace(1, 2, 190), *np.geomspace(50, 5000, 10))
    treatment = fit_treatment(figures, "winsorise")
    assert treatment.treatment_names() == ["winsorise"]
    few = column(*np.linspace(1, 2, 70), *np.geomspace(50, 50000, 7))
    assert fit_treatment(few, "winsorise").treatment_names() == ["log"]


def test_a_lone_figure_among_equals_is_not_winsorised_into_a_constant():
    figures = column(*[0] * 60, 1)
    for rule in ("winsorise", "percentile"):
        treated = apply_treatment(figures, fit_treatment(figures, rule))
        assert treated.max() > treated.min()


def test_percentiles_bound_every_indicator():
    figures = column(*range(41))
    assert apply_treatment(figures, fit_treatment(figures, "percentile")).ravel().tolist() == [
        1,
        *range(1, 40),
        39,
    ]


# --- one scale


def test_scales_by_hand():
    figures = column(10, 20, 40, np.nan)
    expected = {
        "min_max": [1, 34, 100],
        "percentile_rank": [100 / 6, 50, 500 / 6],
        "rank": [1, 2, 3],
        "distance_to_best": [25, 50, 100],
        # mean 70/3, sample deviation 15.2753
        "z_score": [41.2713, 47.8178, 60.9109],
    }
    for method, scale in expected.items():
        result = normalise(figures, method).ravel()
        assert result[:3] == pytest.approx(scale, abs=1e-4)
        assert math.isnan(result[3])


def test_ties_share_the_mean_of_their_places():
    assert rank_from_bottom(column(5, 7, 5)).ravel().tolist() == [1.5, 3, 1.5]


def test_the_share_of_the_best_where_less_is_better():
    # Directions are applied before: 2, 4 and 8 with less as better come as -2, -4 and -8.
    assert distance_to_best(column(-2, -4, -8)).ravel().tolist() == [100, 50, 25]
    assert distance_to_best(column(0, -4)).ravel().tolist() == [100, 1]


def test_goalposts_are_fixed_and_what_lies_beyond_counts_as_they_do():
    pool = column(0, 10)
    assert normalise(column(5, 12, -1), "goalposts", pool).ravel().tolist() == [
        50.5, 100, 1,
    ]  # fmt: skip


def test_an_unknown_scale_or_rule_is_no_choice():
    with pytest.raises(KeyError):
        normalise(column(1, 2), "magic")
    with pytest.raises(KeyError):
        fit_treatment(column(1, 2), "magic")


def test_the_human_development_index_of_china_2010():
    # HDR 2010, technical note 1: China, life expectancy 73.5, schooling 7.5 and 11.4 years,
    # income 7,263; goalposts 20 to 83.2, 0 to 13.2, 0 to 20.6, 163 to 108,211; education 0 to
    # 0.951. The note prints 0.847, 0.568, 0.553, 0.589, 0.584 and the index 0.663.
    figures = np.array([[73.5, 7.5, 11.4, math.log(7263)]])
    low = np.array([20, 0, 0, math.log(163)])
    high = np.array([83.2, 13.2, 20.6, math.log(108211)])
    indices = scale_to_goalposts(figures, low, high, 0, 1)
    assert indices.round(3).tolist() == [[0.847, 0.568, 0.553, 0.584]]
    schooling = group_scores(
        indices[:, 1:3], np.array([[0.5, 0.5]]), np.array([[True]]), "geometric"
    )
    education = scale_to_goalposts(schooling, np.array([0.0]), np.array([0.951]), 0, 1)
    assert education.round(2).tolist() == [[0.59]]
    three = np.array([[indices[0, 0]], [education[0, 0]], [indices[0, 3]]])
    index = index_scores(three, np.full(3, 1 / 3), np.array([True]), "geometric")
    assert index.round(3).tolist() == [0.663]


# --- weights


def test_entropy_by_hand():
    # Shares 1/2 and 1/2: no spread. 1/4 and 3/4: e = 0.8113. 1/10 and 9/10: e = 0.4690.
    weights = entropy_weights(np.array([[1.0, 1.0, 1.0], [1.0, 3.0, 9.0]]))
    assert weights == pytest.approx([0, 0.26221, 0.73779], abs=1e-5)
    with_nought = entropy_weights(np.array([[0.0, 1.0], [1.0, 3.0]]))
    assert with_nought == pytest.approx([1 / 1.18872, 0.18872 / 1.18872], abs=1e-5)


def test_entropy_of_even_figures_is_equal_weights():
    assert entropy_weights(np.ones((3, 4))).tolist() == [0.25] * 4


def test_the_first_component_weighs_what_varies_together():
    figures = np.array([[1, 2, 0], [2, 4, 1], [3, 6, 1], [4, 8, 0]], dtype=float)
    weights, loadings = principal_component_weights(figures)
    assert weights == pytest.approx([0.5, 0.5, 0])
    assert loadings[:2] == pytest.approx([math.sqrt(0.5)] * 2)
    _, against = principal_component_weights(figures * [1, -1, 1])
    assert against[0] * against[1] == pytest.approx(-0.5)


def test_overlapping_measures_share_one_weight():
    steps = np.arange(12.0)
    table = pd.DataFrame({"a": steps, "b": steps**2, "c": np.sin(steps * 2), "d": steps + 1})
    entry = tree(("a", "b", "c"), ("d",))
    pairs = find_overlaps([table], entry)
    assert {(p.second, p.first): p.shared for p in pairs} == {
        ("a", "b"): True, ("a", "d"): False, ("b", "d"): False,
    }  # fmt: skip
    sets = overlap_clusters(entry, pairs)
    assert sets == (("a", "b"),)
    assert share_weights(entry, sets).nominal_weights.tolist() == [0.125, 0.125, 0.25, 0.5]


def test_a_part_of_another_measure_shares_its_weight_whatever_the_correlation():
    table = pd.DataFrame({"a": np.arange(12.0), "b": np.tile([0.0, 1.0], 6)})
    (pair,) = find_overlaps([table], tree(("a", "b")), [("a", "b")])
    assert (pair.first, pair.second, pair.contained, pair.shared) == ("a", "b", True, True)


def test_nine_units_are_too_few_for_a_correlation():
    table = pd.DataFrame({"a": np.arange(9.0), "b": np.arange(9.0)})
    assert find_overlaps([table], tree(("a", "b"))) == ()


def test_effective_weights_show_what_spread_and_correlation_do():
    # The index is the first indicator but for a constant: the second says nothing of it.
    normalised = np.array([[0.0, 5.0], [50.0, 6.0], [100.0, 5.0]])
    index = normalised @ [0.5, 0.5]
    values = effective_weights(normalised, index, np.array([0.5, 0.5]))
    assert values.sum() == pytest.approx(1)
    assert values == pytest.approx([0.99999, 0.0001], abs=2e-4)
    assert effective_weights(normalised, index, np.array([1.0, 0.0])).tolist() == [1, 0]


# --- screen, imputation


def test_sixty_five_percent_of_the_weight_is_enough_and_less_is_not():
    present = np.array([[True, False], [False, True], [True, True]])
    in_group, in_index = has_sufficient_coverage(present, np.array([[0.65, 0.35]]), np.array([1.0]))
    assert in_group.tolist() == [[True, False, True]]
    assert in_index.tolist() == [True, False, True]


def test_a_unit_without_enough_groups_has_no_score():
    entry = tree(("a",), ("b",), ("c",))
    present = np.array([[True, True, False], [True, False, False]])
    in_group, in_index = has_sufficient_coverage(present, entry.leaf_weights, entry.group_weights)
    assert in_group.tolist() == [[True, True], [True, False], [False, False]]
    assert in_index.tolist() == [True, False]


def test_gaps_take_the_median_of_the_region():
    figures = pd.DataFrame({"a": [1.0, 3.0, np.nan, 9.0], "b": [np.nan, np.nan, 1.0, 2.0]})
    regions = pd.Series(["n", "n", "n", "s"])
    filled = impute_regional_median(figures, regions)
    assert filled["a"].tolist() == [1, 3, 2, 9]
    assert filled["b"].tolist()[2:] == [1, 2]
    assert filled["b"].iloc[:2].tolist() == [1, 1]


def test_gaps_take_the_median_of_the_group_s_other_figures():
    scaled = np.array([[10.0, np.nan, 30.0, 7.0], [np.nan, np.nan, np.nan, 8.0]])
    filled = impute_group_median(scaled, tree(("a", "b", "c"), ("d",)).membership)
    assert filled[0].tolist() == [10, 20, 30, 7]
    assert np.isnan(filled[1, :3]).all()


# --- means, ranks, contributions


def test_the_three_means_by_hand():
    values, weights, passed = np.array([[2.0, 8.0]]), np.array([[0.5, 0.5]]), np.array([[True]])
    results = [
        group_scores(values, weights, passed, mean)[0, 0]
        for mean in ("arithmetic", "geometric", "harmonic")
    ]
    assert results == pytest.approx([5, 4, 3.2])


def test_weights_of_what_is_there_are_scaled_up():
    values = np.array([[10.0, np.nan, 40.0]])
    weights = np.array([[0.25, 0.25, 0.5]])
    floats = group_scores(values, weights, np.array([[True]]), "arithmetic")
    assert floats[0, 0] == pytest.approx((10 * 0.25 + 40 * 0.5) / 0.75)


def test_ranks_are_standard_competition_ranks():
    assert rank_scores(np.array([9.0, 9.0, 8.0, 9.0, np.nan, 7.0])).tolist() == [
        1, 1, 4, 1, 0, 5,
    ]  # fmt: skip
    # What differs beyond the ninth decimal is rounding.
    assert rank_scores(np.array([0.1 + 0.2, 0.3])).tolist() == [1, 1]


def test_contributions_of_an_arithmetic_mean_are_weight_times_score():
    parts, weights = np.array([[10.0, 50.0]]), np.array([0.75, 0.25])
    values = score_contributions(parts, weights, np.array([20.0]), "arithmetic")
    assert values.tolist() == [[7.5, 12.5]]


def test_contributions_of_a_geometric_mean_share_out_logarithms():
    parts, weights, whole = np.array([[10.0, 1000.0]]), np.array([0.5, 0.5]), np.array([100.0])
    assert score_contributions(parts, weights, whole, "geometric")[0] == pytest.approx([25, 75])
    last = score_contributions(np.ones((1, 2)), weights, np.ones(1), "harmonic")
    assert last.tolist() == [[0.5, 0.5]]


# --- trees and tables that do not hold


@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf])
def test_a_weight_is_a_number_from_nought_on(weight):
    with pytest.raises(InputError, match="The weight of a is"):
        Tree((Group("g", (Indicator("a", weight), Indicator("b"))),))


def test_all_weights_nought_is_no_index():
    with pytest.raises(InputError, match="All dimensions have the weight zero"):
        Tree((Group("g", (Indicator("a"),), 0.0),))
    with pytest.raises(InputError, match="all its indicators have the weight zero"):
        Tree((Group("g", (Indicator("a", 0.0),)),))
    with pytest.raises(InputError, match="No indicator with a weight remains"):
        tree(("a",)).without_indicators(["a"])
    with pytest.raises(InputError, match="a appears twice"):
        tree(("a",), ("a",))


def test_all_weight_on_one_indicator_gives_its_scale():
    entry = Tree(
        (Group("g", (Indicator("a"), Indicator("b", 0.0))), Group("h", (Indicator("c"),), 0.0))
    )
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [3.0, 1.0, 2.0], "c": [5.0, 4.0, 6.0]})
    composition = compose_index(IndexInputs(table, entry), Method())
    assert composition.index.tolist() == [1, 50.5, 100]
    assert composition.groups[1].tolist() == [50.5, 1, 100]


def test_less_is_better_where_the_direction_says_so():
    entry = Tree((Group("g", (Indicator("a", direction=-1),)),))
    table = pd.DataFrame({"a": [1.0, 2.0, 3.0]})
    for scale in NORMALISATIONS:
        scores = compose_index(IndexInputs(table, entry), Method(normalisation=scale)).index
        assert rank_scores(scores).tolist() == [1, 2, 3]


def test_indicators_that_tell_no_units_apart_are_named():
    table = pd.DataFrame(
        {"a": [np.nan, np.nan], "b": [2.0, 2.0], "c": [1.0, np.nan], "d": [1.0, 2.0],
         "e": [0.1 + 0.2, 0.3]}
    )  # fmt: skip
    assert uninformative_indicators(table) == {
        "a": "missing",
        "b": "constant",
        "c": "constant",
        "e": "constant",
    }


def test_tables_that_no_index_can_come_of_are_refused():
    entry = tree(("a",))
    for figures, why in (
        ([1.0], "at least two provinces"),
        ([1.0, np.nan], "at least two provinces"),
        ([2.0, 2.0], "The values of a are the same in all provinces"),
        ([1.0, math.inf], "too large"),
        ([1.0, -1e200], "too large"),
    ):
        with pytest.raises(InputError, match=why):
            compose_index(IndexInputs(pd.DataFrame({"a": figures}), entry), Method())


@pytest.mark.parametrize(("far", "treatment_name"), [(5, "winsorise"), (6, "log")])
def test_at_most_five_values_of_few_are_winsorised(far, treatment_name):
    figures = column(*np.linspace(1, 2, 60), *np.geomspace(20, 20_000, far))
    assert fit_treatment(figures, "winsorise").treatment_names() == [treatment_name]


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_part_at_the_lowest_value_of_the_scale_adds_nothing_to_a_mean_that_is_no_sum(mean):
    parts, whole = np.array([[1.0, 50.0, 100.0]]), np.array([30.0])
    points = score_contributions(parts, np.array([1, 1, 1]) / 3, whole, mean)[0]
    assert points[0] == 0
    assert points.sum() == pytest.approx(30)


@pytest.mark.parametrize(("held", "passes"), [(65, True), (64, False)])
def test_a_score_needs_65_percent_of_the_weight(held, passes):
    present = np.arange(100)[None, :] < held
    leaves = np.full((1, 100), 1 / 100)
    in_group, in_index = has_sufficient_coverage(present, leaves, np.array([1.0]))
    assert (bool(in_group[0, 0]), bool(in_index[0])) == (passes, passes)
