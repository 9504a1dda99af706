"""Uncertainty, sensitivity and what-if: the same calculation as ``score``, many times over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geo.index import (
    Recipe,
    change_one_figure,
    leave_one_out,
    one_at_a_time,
    recipe_uncertainty,
    score_index,
)
from geo.index.aggregation import rank_scores
from geo.index.composition import IndexInputs, Method, compose_index
from geo.index.scoring import ScoreStatus
from geo.index.tree import Group, Indicator, Tree
from geo.index.uncertainty import (
    DEFAULT_SEED,
    NO_ASSUMPTIONS,
    Assumptions,
    check_draws,
    draw_ranks,
    draw_weights,
    rank_tier,
    result_uncertainty,
    summarise_ranks,
)
from geo.limits import MAX_DRAWS
from geo.text import InputError

FEW = 300


def ranks_of(material: IndexInputs, method: Method) -> list[int]:
    return rank_scores(compose_index(material, method).index).tolist()


def small_material(gaps: bool = False) -> IndexInputs:
    generator = np.random.default_rng(7)
    figures = generator.lognormal(sigma=1.2, size=(12, 5))
    if gaps:
        figures[generator.random(figures.shape) < 0.2] = np.nan
    tree = Tree(
        (
            Group("g", (Indicator("a", 2.0), Indicator("b"), Indicator("c"))),
            Group("h", (Indicator("d"),), 2.0),
            Group("i", (Indicator("e"),), 0.0),
        )
    )
    return IndexInputs(pd.DataFrame(figures, columns=list("abcde")), tree)


# --- the draws against the plain path


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        Recipe(within="geometric", across="harmonic", normalisation="z_score"),
        Recipe(weighting="entropy", outliers="log", normalisation="rank"),
        Recipe(years="2017", normalisation="goalposts", imputation="region"),
        Recipe(imputation="group", doubtful=True, nearest_year=True, security=True),
    ],
)
def test_a_draw_with_the_default_assumptions_gives_exactly_the_default_ranks(recipe):
    result = score_index(recipe, 2017)
    uncertainty = result_uncertainty(result, NO_ASSUMPTIONS, draws=3)
    default = result.table["rank"].dropna().astype(int).tolist()
    assert uncertainty.ranks.tolist() == [default] * 3
    table = uncertainty.table
    assert (table["low"] == table["rank"]).all()
    assert (table["high"] == table["rank"]).all()
    assert (table["tier_change"] == 0).all()


@pytest.mark.parametrize("gaps", [False, True])
def test_a_draw_without_an_indicator_is_the_index_without_it(gaps):
    material, method = small_material(gaps), Method(outliers="winsorise")
    without = {
        tuple(
            ranks_of(
                IndexInputs(
                    material.figures.drop(columns=lines), material.tree.without_indicators(lines)
                ),
                method,
            )
        )
        for lines in ([], ["a"], ["b"], ["c"], ["d"])
    }
    only = replace(NO_ASSUMPTIONS, leave_out=True)
    drawn = draw_ranks(material, method, only, 400, DEFAULT_SEED)
    assert {tuple(row) for row in drawn.tolist()} == without


def test_every_combination_of_methods_is_drawn_and_is_that_of_the_plain_path():
    material, entry = small_material(gaps=True), Method()
    assumptions = Assumptions(spread=0.0, leave_out=False)
    plain = {tuple(ranks_of(material, method)) for method in assumptions.method_combinations(entry)}
    drawn = draw_ranks(material, entry, assumptions, 2_000, DEFAULT_SEED)
    assert {tuple(row) for row in drawn.tolist()} == plain


def test_weights_that_are_drawn_are_those_of_the_plain_path():
    material, method = small_material(), Method(within="geometric")
    drawn = draw_ranks(material, method, replace(NO_ASSUMPTIONS, spread=0.5), 20, 5)
    generator = np.random.default_rng(5)
    generator.integers(1, size=20)  # the choice of method comes first
    leaves = [draw_weights(row, 0.5, 20, generator) for row in material.tree.leaf_weights]
    groups = draw_weights(material.tree.group_weights, 0.5, 20, generator)
    names, ids = material.tree.indicator_ids, [group.id for group in material.tree.groups]
    for place in range(20):
        tree = material.tree.with_weights(
            dict(zip(names, sum(leaf[place] for leaf in leaves), strict=True)),
            dict(zip(ids, groups[place], strict=True)),
        )
        assert drawn[place].tolist() == ranks_of(replace(material, tree=tree), method)


def test_chunks_change_nothing(monkeypatch):
    material = small_material(gaps=True)
    whole = draw_ranks(material, Method(), Assumptions(), 500, DEFAULT_SEED)
    monkeypatch.setattr("geo.index.uncertainty.DRAWS_CHUNK_BYTES", 2_000)
    assert (draw_ranks(material, Method(), Assumptions(), 500, DEFAULT_SEED) == whole).all()


# --- weights


def test_drawn_weights_sum_to_one_around_the_set_with_the_spread_asked_for():
    weights = np.array([0.25, 0.25, 0.25, 0.25, 0.0])
    drawn = draw_weights(weights, 0.3, 20_000, np.random.default_rng(0))
    assert drawn.sum(axis=1) == pytest.approx(np.ones(20_000))
    assert (drawn[:, 4] == 0).all()
    assert drawn.mean(axis=0) == pytest.approx(weights, abs=0.002)
    assert drawn[:, 0].std() / 0.25 == pytest.approx(0.3, abs=0.005)


def test_no_spread_and_single_parts_keep_the_weights():
    generator = np.random.default_rng(0)
    assert draw_weights(np.array([0.7, 0.3]), 0.0, 2, generator).tolist() == [[0.7, 0.3]] * 2
    assert draw_weights(np.array([0.0, 1.0]), 0.5, 2, generator).tolist() == [[0, 1]] * 2


def test_very_uneven_weights_draw_no_gaps():
    weights = np.array([1 - 1e-9, 1e-9])
    assert np.isfinite(draw_weights(weights, 0.9, 5_000, np.random.default_rng(0))).all()


def test_spread_and_draws_have_limits():
    for spread in (-0.1, 0.95, float("nan")):
        with pytest.raises(InputError, match=r"Enter a number from 0 to 0\.9"):
            Assumptions(spread=spread)
    for draws in (0, MAX_DRAWS + 1):
        with pytest.raises(InputError, match="Enter a number from 1 to 100000"):
            check_draws(draws)
    with pytest.raises(KeyError):
        Assumptions(outliers=("magic",))


# --- what is said of the draws


def test_the_summary_by_hand():
    # Three units, four draws; the second unit lacks a rank in one draw.
    ranks = np.array([[1, 2, 3], [1, 2, 3], [2, 1, 3], [1, 0, 2]], dtype=np.int16)
    uncertainty = summarise_ranks(pd.Series([1, 2, 3], index=list("abc")), ranks, 0.25, 1)
    assert uncertainty.table["median"].tolist() == [1, 2, 3]
    assert uncertainty.table["low"].tolist() == [1, 1, 2]
    assert uncertainty.table["high"].tolist() == [2, 2, 3]
    assert uncertainty.table["ranked"].tolist() == [1, 0.75, 1]
    assert uncertainty.table["top_ten"].tolist() == [1, 1, 1]
    assert uncertainty.table["tier_change"].tolist() == [0, 0, 0]
    pairs = uncertainty.unsafe_pairs
    assert list(zip(pairs["ahead"], pairs["behind"], strict=True)) == [("a", "b")]
    assert pairs["holds"].tolist() == pytest.approx([2 / 3])


def test_tiers():
    assert rank_tier(np.array([3, 4, 10, 11, 20, 21], dtype=np.int16)).tolist() == [
        1,
        2,
        2,
        3,
        3,
        4,
    ]


def test_units_that_share_a_place_are_an_unsafe_pair():
    ranks = np.array([[1, 1]] * 5, dtype=np.int16)
    uncertainty = summarise_ranks(pd.Series([1, 1], index=list("ab")), ranks, 0.0, 1)
    assert uncertainty.unsafe_pairs["holds"].tolist() == [0]


def test_the_default_uncertainty_of_2017():
    uncertainty = recipe_uncertainty(Recipe(), 2017)
    assert (uncertainty.draws, uncertainty.seed, uncertainty.spread) == (10_000, DEFAULT_SEED, 0.25)
    table = uncertainty.table
    assert (table["low"] <= table["median"]).all()
    assert (table["median"] <= table["high"]).all()
    assert table["top_ten"].sum() == pytest.approx(10, abs=0.01)
    pairs = uncertainty.unsafe_pairs
    assert len(pairs) > 0
    assert (pairs["holds"] < 0.95).all()


def test_the_seed_decides():
    one = draw_ranks(small_material(), Method(), Assumptions(), FEW, 1)
    assert (draw_ranks(small_material(), Method(), Assumptions(), FEW, 1) == one).all()
    assert (draw_ranks(small_material(), Method(), Assumptions(), FEW, 2) != one).any()


def test_wider_spread_widens_the_intervals():
    narrow, wide = (
        recipe_uncertainty(Recipe(), 2017, 2_000, spread).table for spread in (0.05, 0.8)
    )
    assert (wide["high"] - wide["low"]).mean() > (narrow["high"] - narrow["low"]).mean()


def test_one_indicator_and_two_units_have_intervals_too():
    material = IndexInputs(pd.DataFrame({"a": [1.0, 2.0]}), Tree((Group("g", (Indicator("a"),)),)))
    drawn = draw_ranks(material, Method(), Assumptions(), 50, DEFAULT_SEED)
    assert (drawn == [2, 1]).all()


# --- sensitivity


def mean_move(one: Recipe, other: Recipe) -> float:
    """How many ranks a province moves on average from one recipe to another."""
    ranks = [score_index(recipe, 2017).table["rank"].dropna() for recipe in (one, other)]
    return float((ranks[0] - ranks[1]).abs().mean())


def test_what_moves_ranks_most():
    frame = one_at_a_time(Recipe(), 2017)
    assert frame["mean_move"].is_monotonic_decreasing
    by_choice = frame.set_index(["assumption", "choice"])["mean_move"]
    assert by_choice["normalisation", "z_score"] == pytest.approx(
        mean_move(Recipe(), Recipe(normalisation="z_score"))
    )
    # Security has no figure for 2017, and own weights are nobody's.
    assert ("security", "on") not in by_choice.index
    assert ("weighting", "own") not in by_choice.index
    assert (frame["ranked"] == 31).all()


def test_sensitivity_of_own_weights_goes_back_to_the_set_ones():
    recipe = Recipe(weighting="own", dimension_weights=(("policy_environment", 3.0),))
    frame = one_at_a_time(recipe, 2017).set_index(["assumption", "choice"])
    assert frame.at[("weighting", "dimension"), "mean_move"] > 0


def test_leaving_out_each_indicator_and_each_dimension():
    frame = leave_one_out(Recipe(), 2017)
    names = Recipe().indicators_for(2017)
    assert frame["kind"].value_counts().to_dict() == {"indicator": len(names), "dimension": 5}
    assert frame["mean_move"].is_monotonic_decreasing
    by_part = frame.set_index("part")
    assert by_part.at["policy_attention", "mean_move"] == pytest.approx(
        mean_move(Recipe(), Recipe(left_out=("policy_attention",)))
    )


def test_leaving_out_security_where_it_counts():
    recipe = Recipe(nearest_year=True, security=True)
    assert "network_security" in set(leave_one_out(recipe, 2017)["part"])


# --- what would it take


def test_a_better_figure_lifts_a_province():
    answer = change_one_figure(
        Recipe(), 2017, "130000", "software_revenue_share_gdp", 20.0, draws=FEW
    )
    assert answer.published == pytest.approx(0.6, abs=0.3)
    assert (answer.before.rank, answer.after.rank) == (21, 20)
    assert answer.after.score > answer.before.score
    assert answer.before.low <= 22 <= answer.before.high
    assert answer.after.low <= 20 <= answer.after.high


def test_the_published_figure_changes_nothing():
    figures = score_index(Recipe(), 2017).figures
    value = figures.at["350000", "fixed_broadband_per_100"]
    answer = change_one_figure(Recipe(), 2017, "350000", "fixed_broadband_per_100", value)
    assert answer.after == answer.before
    assert answer.before.low is None


def test_a_figure_may_be_given_where_none_is_published():
    answer = change_one_figure(Recipe(), 2017, "540000", "software_revenue_share_gdp", 1.0)
    assert answer.published is None
    assert answer.after.standing is ScoreStatus.EVALUATED


def test_what_cannot_be_asked():
    for adcode, measure, value, why in (
        ("350000", "gdp_per_capita", 1.0, "not part of this index"),
        ("810000", "fixed_broadband_per_100", 1.0, "not evaluated"),
        ("350000", "fixed_broadband_per_100", float("nan"), "not a number"),
        ("350000", "fixed_broadband_per_100", 1e200, "too large"),
    ):
        with pytest.raises(InputError, match=why):
            change_one_figure(Recipe(), 2017, adcode, measure, value)


def test_an_interval_runs_from_the_5th_to_the_95th_percentile_of_the_ranks():
    ranks = np.arange(1, 102, dtype=np.int16)[:, None].repeat(2, axis=1)
    summary = summarise_ranks(pd.Series([1, 1], index=["a", "b"]), ranks, 0.25, DEFAULT_SEED)
    assert summary.table.loc["a", ["low", "median", "high"]].tolist() == [6, 51, 96]
