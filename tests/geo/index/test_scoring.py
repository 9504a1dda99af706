"""The open index over the atlas's own figures: what enters, what it says, how it agrees."""

from __future__ import annotations

import numpy as np
import pytest

from geo.index import (
    OWNER_NOTE,
    Recipe,
    agreement_by_edition,
    compare_with_edition,
    presets,
    rank_changes_with_security,
    score_index,
)
from geo.index.composition import uninformative_indicators
from geo.index.inputs import build_table, comparable_indicators, doubtful_cells, index_indicators
from geo.index.recipe import WEAK, YEAR_SETS
from geo.index.scoring import ScoreStatus, rank_changes, score_table
from geo.measures import Scale, indicator_snapshot, published_indicators, report_snapshot
from geo.text import InputError
from geo.units import evaluated_adcodes

SECURITY = "security_revenue_share_gdp"
BEIJING, SHANGHAI, XIZANG = "110000", "310000", "540000"


# --- what enters


def test_the_measures_of_a_set_have_every_year_of_it():
    for name, year_set in YEAR_SETS.items():
        measures = set(comparable_indicators(name))
        # Security has gaps, and is shown without being counted.
        for measure in index_indicators():
            has_all = set(year_set.years) <= set(published_indicators()[measure].years)
            if measure != SECURITY:
                assert (measure in measures) == has_all, (name, measure)


def test_the_snapshot_takes_other_years_only_by_the_switch_and_says_which():
    assert set(score_index(Recipe(), 2017).indicators["year"]) == {2017}
    frame = score_index(Recipe(nearest_year=True), 2017).indicators
    assert list(frame.index) == list(index_indicators())
    other = frame["year"][frame["year"] != 2017].to_dict()
    assert other == {
        name: published_indicators()[name].nearest_year(2017)
        for name in index_indicators()
        if 2017 not in published_indicators()[name].years
    }
    assert other["egov_capability"] == 2019


def test_a_comparable_set_has_no_other_years():
    with pytest.raises(InputError, match="do not include the year 2021"):
        score_index(Recipe(years="2016-2020"), 2021)
    with pytest.raises(InputError, match="only with the indicators of 2017"):
        Recipe(years="2016-2020", nearest_year=True)


def test_doubtful_figures_are_left_out_unless_switched_on():
    without, with_them = score_index(Recipe(), 2017), score_index(Recipe(doubtful=True), 2017)
    cells = doubtful_cells({"mobile_internet_users_per_100": 2017})
    assert cells == {"mobile_internet_users_per_100": ("110000", "310000", "320000")}
    assert without.figures["mobile_internet_users_per_100"].isna().sum() == 3
    assert with_them.figures["mobile_internet_users_per_100"].isna().sum() == 0
    assert without.indicators.at["mobile_internet_users_per_100", "doubtful"] == 3


def test_network_security_is_shown_but_not_counted_by_default():
    result = score_index(Recipe(years="2016-2020"), 2019)
    assert "network_security" in result.dimensions
    assert "network_security" not in result.counted
    assert result.table["score network_security"].notna().sum() == 19
    assert (result.table["points network_security"].dropna() == 0).all()
    assert result.indicators.at["security_revenue_share_gdp", "nominal"] == 0


def test_counting_network_security_says_who_moves():
    frame = rank_changes_with_security(Recipe(nearest_year=True), 2017)
    assert frame.iloc[0].to_dict() == {"before": 26, "after": 17, "places": 9}
    assert frame.index[0] == "220000"
    assert (frame["places"].abs().diff().dropna() <= 0).all()
    with pytest.raises(InputError, match="no value for 2017"):
        rank_changes_with_security(Recipe(), 2017)


def test_a_result_does_not_move_against_itself():
    assert rank_changes(score_index(Recipe(), 2017), score_index(Recipe(), 2017)).empty


# --- what it says


def test_the_default_index_of_2017():
    result = score_index(Recipe(), 2017)
    ranked = result.table.sort_values("rank").index
    assert list(ranked[:5]) == [BEIJING, SHANGHAI, "440000", "330000", "120000"]
    assert result.table.at[XIZANG, "rank"] == 31
    assert result.table.at[BEIJING, "score"] == pytest.approx(result.scores.max())
    assert result.notes[0].message == OWNER_NOTE


def test_hong_kong_macao_and_taiwan_are_not_evaluated():
    frame = score_index(Recipe(), 2017).table
    outside = frame[frame["standing"] == ScoreStatus.NOT_EVALUATED]
    assert list(outside.index) == ["710000", "810000", "820000"]
    assert outside["score"].isna().all()
    assert outside["rank"].isna().all()


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic"])
def test_points_sum_to_the_score(mean):
    result = score_index(Recipe(within=mean, across=mean), 2017)
    points = result.table[[f"points {dimension}" for dimension in result.dimensions]]
    scores = result.scores.to_dict()
    assert points.sum(axis=1).loc[list(scores)].to_dict() == pytest.approx(scores)
    assert result.points.sum(axis=1).to_dict() == pytest.approx(scores)


@pytest.mark.parametrize("named", presets().values(), ids=presets())
def test_every_named_recipe_weighs_one_and_ranks_all(named):
    result = score_index(named.recipe, 2017)
    assert result.indicators["nominal"].sum() == pytest.approx(1)
    assert result.indicators["effective"].sum() == pytest.approx(1)
    assert result.table["rank"].notna().sum() == 31


def test_measures_that_say_the_same_share_one_weight():
    result = score_index(Recipe(), 2017)
    pairs = {(p.first, p.second): round(p.correlation, 2) for p in result.overlaps if p.shared}
    assert pairs == {
        ("telecom_volume_per_resident", "mobile_traffic_per_resident"): 0.91,
        ("it_service_revenue_per_resident", "software_revenue_share_gdp"): 0.98,
        ("rd_personnel_per_10k", "rd_intensity_industry"): 0.94,
    }
    weights = result.indicators["nominal"]
    # Six measures of the technology industry, of which two pairs share: four parts of a fifth.
    assert weights["software_revenue_share_gdp"] == pytest.approx(0.2 / 4 / 2)
    assert weights["invention_patents_per_10k"] == pytest.approx(0.2 / 4)


def test_weights_do_not_change_over_the_years_of_a_set():
    results = [
        score_index(Recipe(years="2016-2020"), year).indicators["nominal"] for year in (2016, 2020)
    ]
    assert results[1].drop("security_revenue_share_gdp").to_dict() == pytest.approx(
        results[0].to_dict()
    )


def test_goalposts_make_scores_rise_with_the_figures():
    means = [
        score_index(Recipe(years="2016-2020", normalisation="goalposts"), year).scores.mean()
        for year in (2016, 2018, 2020)
    ]
    assert means[0] < means[1] < means[2]


def test_infrastructure_first_doubles_its_weight():
    weights = score_index(presets()["infrastructure"].recipe, 2017).indicators
    sums = weights.groupby("dimension")["nominal"].sum()
    assert sums["information_infrastructure"] == pytest.approx(2 / 6)
    assert sums["information_services"] == pytest.approx(1 / 6)


def test_without_weak_proxies_none_of_them_is_there():
    assert not set(WEAK) & set(score_index(presets()["without_weak"].recipe, 2017).indicators.index)


def test_custom_weights_stay_as_given():
    recipe = Recipe(
        weighting="own",
        dimension_weights=(("technology_industry", 3.0),),
        indicator_weights=(("software_revenue_share_gdp", 3.0),),
    )
    weights = score_index(recipe, 2017).indicators["nominal"]
    # 3 of 3 + 1 + 1 + 2 * 0.5 + 1: the pair with a weight of its own does not share.
    assert weights["software_revenue_share_gdp"] == pytest.approx(3 / 7 * 3 / 7)
    assert weights["it_service_revenue_per_resident"] == pytest.approx(3 / 7 * 1 / 7)


def test_all_weight_on_one_measure_ranks_by_it():
    others = tuple((m, 0.0) for m in index_indicators() if m != "fixed_broadband_per_100")
    dimensions = tuple(
        (d, 0.0)
        for d in score_index(Recipe(), 2017).dimensions
        if d != "information_infrastructure"
    )
    recipe = Recipe(weighting="own", dimension_weights=dimensions, indicator_weights=others)
    result = score_index(recipe, 2017)
    expected = result.figures["fixed_broadband_per_100"].rank(ascending=False, method="min")
    assert result.table["rank"].reindex(expected.index).astype(int).tolist() == expected.tolist()


def test_imputation_changes_those_with_gaps():
    plain, region = score_index(Recipe(), 2017), score_index(Recipe(imputation="region"), 2017)
    assert plain.figures.isna().sum().sum() > 0
    assert region.figures.isna().sum().sum() == 0
    # Xizang has no published software revenue: the median of the western provinces stands in.
    assert region.table.at[XIZANG, "score technology_industry"] == pytest.approx(1.49853, abs=1e-5)
    assert plain.table.at[XIZANG, "score technology_industry"] == 1


def sentences(recipe, year):
    return " ".join(
        note.message.format(**dict(note.slots)) for note in score_index(recipe, year).notes
    )


def test_notes_say_what_a_reader_must_know():
    assert "it favours skewed ones" in sentences(Recipe(weighting="entropy"), 2017)
    assert "Only 15 indicators are comparable over" in sentences(Recipe(years="2016-2024"), 2024)
    counted = Recipe(years="2016-2020", security=True)
    assert "not comparable with earlier years" in sentences(counted, 2019)
    assert "shown, but not counted" in sentences(Recipe(nearest_year=True), 2017)
    assert "Doubtful values are used" in sentences(Recipe(doubtful=True), 2017)


# --- what cannot be


def changed():
    return build_table(Recipe().indicators_for(2017), doubtful=False)


def test_a_measure_that_is_missing_or_constant_is_left_out_and_said_so():
    figures = changed()
    figures["fixed_broadband_per_100"] = np.nan
    figures["computers_per_100_staff"] = 7.0
    result = score_table(Recipe(), 2017, figures)
    assert result.indicators["status"].value_counts().to_dict() == {
        "used": len(figures.columns) - 2, "missing": 1, "constant": 1,
    }  # fmt: skip
    assert result.indicators.at["fixed_broadband_per_100", "nominal"] == 0
    assert result.table["rank"].notna().sum() == 31


def test_a_province_with_too_few_figures_is_left_out_and_said_so():
    figures = changed()
    figures.loc[XIZANG, figures.columns[:14]] = np.nan
    result = score_table(Recipe(), 2017, figures)
    assert result.table.at[XIZANG, "standing"] is ScoreStatus.LEFT_OUT
    assert np.isnan(result.table.at[XIZANG, "score"])
    assert result.table["rank"].max() == 30
    assert not np.isnan(result.table.at[XIZANG, "score information_infrastructure"])


def test_one_province_left_is_no_index():
    figures = changed()
    figures.loc[figures.index != BEIJING] = np.nan
    assert len(uninformative_indicators(figures)) == len(figures.columns)
    with pytest.raises(InputError, match="No indicator with a weight remains"):
        score_table(Recipe(), 2017, figures)


def test_two_provinces_left_are_an_index():
    figures = changed()
    figures.loc[~figures.index.isin([BEIJING, SHANGHAI])] = np.nan
    result = score_table(Recipe(), 2017, figures)
    assert sorted(result.table["rank"].dropna()) == [1, 2]
    assert (result.table["standing"] == ScoreStatus.LEFT_OUT).sum() == 29


def test_leaving_everything_out_is_refused():
    with pytest.raises(InputError, match="All indicators are excluded"):
        score_index(Recipe(left_out=index_indicators()), 2017)
    only_security = tuple(m for m in index_indicators() if m != "security_revenue_share_gdp")
    with pytest.raises(InputError, match="All dimensions have the weight zero"):
        score_index(Recipe(left_out=only_security, nearest_year=True), 2017)


# --- agreement with the published lists


def by_list(recipe, edition=2017):
    return {agreement.index: agreement for agreement in compare_with_edition(recipe, 2017, edition)}


def test_agreement_stands_beside_wealth_and_chance():
    whole = by_list(Recipe())["comprehensive"]
    assert whole.published == 10
    assert whole.chance == pytest.approx(100 / 31)
    ours = set(score_index(Recipe(), 2017).table.nsmallest(10, "rank").index)
    published = {
        adcode
        for adcode, cell in report_snapshot("report_comprehensive", 2017).cells.items()
        if cell.rank
    }
    wealth = indicator_snapshot("gdp_per_capita", 2017).values_by_adcode()
    richest = set(sorted(wealth, key=wealth.__getitem__)[-10:])
    assert (whole.ours, whole.wealth) == (len(ours & published), len(richest & published))


def test_editions_that_publish_less_are_compared_with_what_is_known():
    agreements = agreement_by_edition(Recipe(), 2017)
    assert list(agreements) == [2017, 2018, 2020, 2021]
    whole = {year: rows[0] for year, rows in agreements.items()}
    assert [(entry.scale, entry.published) for entry in whole.values()] == [
        (Scale.TOP_TEN, 10), (Scale.TOP_TEN, 10), (Scale.NAMED, 10), (Scale.NAMED, 10),
    ]  # fmt: skip
    assert whole[2020].tau is None
    partial = {agreement.index: agreement for agreement in agreements[2018] if agreement.partial}
    assert partial["industrial_digitalization"].published == 6
    assert partial["industrial_digitalization"].chance == pytest.approx(60 / 31)
    # A single known place has no order.
    assert partial["technology_industry"].tau is None


def test_places_among_the_ten_are_no_list():
    assert {"network_security", "policy_environment"}.isdisjoint(by_list(Recipe()))
    with pytest.raises(KeyError):
        compare_with_edition(Recipe(), 2017, 1999)


def test_the_evaluated_are_thirty_one():
    assert len(evaluated_adcodes()) == len(score_index(Recipe(), 2017).figures) == 31


@pytest.mark.parametrize("weighting", ["dimension", "entropy", "component"])
def test_security_counts_under_no_kind_of_weights_unless_switched_on(weighting):
    for counted in (False, True):
        recipe = Recipe(years="2016-2020", weighting=weighting, security=counted)
        weight = score_index(recipe, 2019).indicators.at[SECURITY, "nominal"]
        assert (weight > 0) == counted
