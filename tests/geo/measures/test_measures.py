"""Every cell of every measure and year: what it says, and what the country's figure is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from geo.analysis import dimension_standings, published_measures, published_standings, snapshot_of
from geo.measures import (
    QUANTITIES,
    Cell,
    Scale,
    Status,
    derived_status,
    dimension_ids,
    indicators_of,
    published_indicators,
    published_ranks,
    rank_cells,
    rank_of_national,
    ranking_groups,
)
from geo.tables import dataset
from geo.units import evaluated_adcodes, provinces
from tests.cases import for_each

ALL = [(measure.id, year) for measure in published_measures().values() for year in measure.years]
FIGURES = [(m, y) for m, y in ALL if published_measures()[m].kind == "indicator"]


def figure(indicator, adcode, year):
    frame = dataset().indicators
    entry = frame[
        (frame["indicator"] == indicator) & (frame["adcode"] == adcode) & (frame["year"] == year)
    ]
    return entry["value"].item()


def test_the_menu():
    kinds = [measure.kind for measure in published_measures().values()]
    assert kinds.count("indicator") == len(dataset().measures)
    assert kinds.count("report") == 7
    assert kinds.count("index") == 7
    assert next(iter(published_measures())) == "report_comprehensive"
    assert published_measures()["report_comprehensive"].years == (2017, 2018, 2020, 2021)
    assert published_measures()["optical_cable_density"].years == tuple(range(2016, 2025))
    assert published_measures()["internet_penetration"].years == (2016,)
    assert published_measures()["policy_attention"].years == tuple(range(2016, 2025))


@pytest.mark.slow
@for_each("measure_id, year", ALL)
def test_every_cell_has_a_status_and_what_goes_with_it(measure_id, year):
    snapshot = snapshot_of(measure_id, year)
    assert list(snapshot.cells) == list(provinces())
    for adcode, cell in snapshot.cells.items():
        # That a unit is not evaluated is a statement on the report alone.
        outside = Status.NOT_EVALUATED if measure_id.startswith("report_") else Status.NOT_COVERED
        assert (cell.status is outside) == (adcode not in evaluated_adcodes())
        assert (cell.value is not None) == (cell.status in QUANTITIES)
        if cell.value is not None:
            assert np.isfinite(cell.value)
            assert 1 <= cell.rank <= cell.of <= 31
    values = snapshot.values_by_adcode()
    for first, second in itertools.combinations(values, 2):
        higher = values[first] > values[second]
        assert higher == (snapshot.cells[first].rank < snapshot.cells[second].rank)


@for_each("measure_id, year", FIGURES)
def test_national_value_lies_between_the_provinces(measure_id, year):
    snapshot = snapshot_of(measure_id, year)
    values = snapshot.values_by_adcode().values()
    if snapshot.is_total:
        assert (snapshot.national, snapshot.regions) == (None, {})
        return
    assert min(values) <= snapshot.national.value <= max(values)
    assert snapshot.national.count == len(values)
    assert snapshot.national.of == 31
    assert set(snapshot.regions) == {"Eastern", "Central", "Western", "Northeast"}
    assert sum(mark.count for mark in snapshot.regions.values()) == len(values)
    place = rank_of_national(snapshot)
    assert sum(value > snapshot.national.value for value in values) == place


def test_totals_are_as_published_in_the_unit_of_the_bureau():
    totals = [m for m in published_indicators().values() if m.is_total]
    assert [m.id for m in totals] == ["population", "gross_regional_product"]
    by_series = {"population": 10_000, "gross_regional_product": 100_000_000}
    for measure in totals:
        for year in measure.years:
            for adcode, value in measure.snapshot(year).values_by_adcode().items():
                published = figure(measure.numerator, adcode, year)
                assert value * by_series[measure.id] == pytest.approx(published, rel=1e-12)


def test_a_derived_figure_by_hand():
    cell = snapshot_of("internet_penetration", 2016).cells["440000"]
    by_hand = figure("netizens", "440000", 2016) / figure("resident_population", "440000", 2016)
    assert cell.value == pytest.approx(100 * by_hand)
    assert cell.status is Status.DERIVED


def test_what_the_atlas_divides_is_never_called_published():
    undivided = {name for name, row in dataset().measures.iterrows() if not row["denominator"]}
    for measure_id, year in FIGURES:
        sound = Status.VALUE if measure_id in undivided else Status.DERIVED
        cells = snapshot_of(measure_id, year).cells.values()
        statuses = {
            cell.status for cell in cells if cell.value is not None and not cell.is_doubtful
        }
        assert statuses == {sound}, (measure_id, year)


def test_the_national_value_is_a_ratio_of_sums_over_those_that_have_both():
    snapshot = snapshot_of("software_revenue_share_gdp", 2017)
    frame = (
        dataset()
        .indicators.query("year == 2017")
        .pivot(index="adcode", columns="indicator", values="value")
    )
    both = frame.dropna(subset=["software_revenue", "gdp"])
    assert snapshot.national.value == pytest.approx(
        100 * both["software_revenue"].sum() / both["gdp"].sum()
    )
    assert snapshot.national.count == 30
    assert snapshot.cells["540000"].status is Status.NOT_PUBLISHED


def test_land_area_holds_for_every_year():
    early, late = (snapshot_of("population_density", year).cells["310000"] for year in (2016, 2024))
    area = figure("land_area", "310000", 2017)
    assert early.value == pytest.approx(figure("resident_population", "310000", 2016) / area)
    assert late.value == pytest.approx(figure("resident_population", "310000", 2024) / area)


def test_income_is_weighted_and_indices_are_medians():
    income = snapshot_of("disposable_income", 2020)
    assert income.national.how == "population_weighted_mean"
    weights = [figure("resident_population", adcode, 2020) for adcode in evaluated_adcodes()]
    values = [
        figure("disposable_income_per_capita", adcode, 2020) for adcode in evaluated_adcodes()
    ]
    assert income.national.value == pytest.approx(np.average(values, weights=weights))
    medians = [m.id for m in published_indicators().values() if m.summary == "median"]
    assert medians == [
        "digital_finance_index",
        "egov_capability",
        "enterprise_websites_per_100",
        "computers_per_100_staff",
    ]
    index = snapshot_of("digital_finance_index", 2017)
    assert index.national.value == pytest.approx(np.median(list(index.values_by_adcode().values())))
    assert index.cells["110000"].status is Status.VALUE


def test_a_doubtful_figure_marks_every_measure_made_of_it():
    for measure in ("software_revenue_share_gdp",):
        cell = snapshot_of(measure, 2021).cells["150000"]
        assert cell.status is Status.DOUBTFUL
        assert cell.remarks[0].en == ("Software business revenue: far above the adjacent years")
        assert cell.remarks[0].zh == "软件业务收入：远高于相邻年份"
    rows = dataset().doubtful
    for measure in published_measures().values():
        marked = rows[rows["indicator"].isin(measure.series_ids) & rows["year"].isin(measure.years)]
        for row in marked.itertuples():
            cell = snapshot_of(measure.id, row.year).cells[row.adcode]
            assert cell.status in (Status.DOUBTFUL, Status.NOT_PUBLISHED)


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ((Status.VALUE, Status.DERIVED), Status.DERIVED),
        ((Status.VALUE, Status.OWN), Status.OWN_DERIVED),
        ((Status.DOUBTFUL, Status.VALUE), Status.DOUBTFUL),
        ((Status.OWN, Status.DOUBTFUL), Status.DOUBTFUL),
    ],
)
def test_what_is_calculated_is_doubtful_before_it_is_anything_else(parts, status):
    assert derived_status([Cell("110000", part, 1.0) for part in parts]) is status


def test_ties_share_the_better_place():
    zhejiang, guangdong = (
        snapshot_of("egov_capability", 2019).cells[a] for a in ("330000", "440000")
    )
    assert zhejiang.value == guangdong.value
    assert zhejiang.rank == guangdong.rank
    cells = rank_cells(
        [Cell(a, Status.VALUE, v) for a, v in zip("abcd", (3, 3, 1, 2), strict=True)]
    )
    assert [cell.rank for cell in cells.values()] == [1, 1, 4, 3]


def test_a_year_that_is_not_there():
    with pytest.raises(KeyError, match="2017"):
        snapshot_of("internet_penetration", 2017)


# ---- the report ----


@pytest.mark.parametrize(
    ("index", "edition", "scale", "counts"),
    [
        ("comprehensive", 2017, Scale.TOP_TEN, {Status.RANK: 10, Status.OUTSIDE: 21}),
        ("comprehensive", 2018, Scale.TOP_TEN, {Status.RANK: 10, Status.OUTSIDE: 21}),
        ("comprehensive", 2020, Scale.NAMED, {Status.NAMED: 10, Status.OUTSIDE: 21}),
        ("comprehensive", 2021, Scale.NAMED, {Status.NAMED: 10, Status.OUTSIDE: 21}),
        ("information_services", 2017, Scale.TOP_TEN, {Status.RANK: 10, Status.OUTSIDE: 21}),
        ("information_services", 2018, Scale.PARTIAL, {Status.RANK: 1, Status.NOT_PUBLISHED: 30}),
        ("technology_industry", 2018, Scale.PARTIAL, {Status.RANK: 1, Status.NOT_PUBLISHED: 30}),
        (
            "industrial_digitalization",
            2018,
            Scale.PARTIAL,
            {Status.RANK: 6, Status.NOT_PUBLISHED: 25},
        ),
        (
            "network_security",
            2017,
            Scale.AMONG_TEN,
            {Status.RANK_AMONG_TEN: 1, Status.NOT_PUBLISHED: 30},
        ),
        (
            "policy_environment",
            2017,
            Scale.AMONG_TEN,
            {Status.RANK_AMONG_TEN: 1, Status.NOT_PUBLISHED: 30},
        ),
    ],
)
def test_what_an_edition_publishes(index, edition, scale, counts):
    snapshot = snapshot_of(f"report_{index}", edition)
    assert snapshot.scale is scale
    assert {s: snapshot.count_status(s) for s in snapshot.present_statuses()} == {
        **counts,
        Status.NOT_EVALUATED: 3,
    }


def test_a_place_that_may_be_anothers_has_its_caveat_in_both_cells():
    cells = snapshot_of("report_information_services", 2017).cells
    shanxi, shaanxi = cells["140000"], cells["610000"]
    assert shanxi.remarks == shaanxi.remarks
    assert "Shaanxi" in shanxi.remarks[0].en
    assert "陕西" in shanxi.remarks[0].zh
    others = [cell for adcode, cell in cells.items() if adcode not in ("140000", "610000")]
    assert not any(cell.remarks for cell in others)


def test_ranks_of_the_report():
    cells = snapshot_of("report_comprehensive", 2017).cells
    order = ["110000", "440000", "320000", "330000", "310000", "350000", "120000", "500000"]
    assert [cells[a].rank for a in [*order, "510000", "420000"]] == list(range(1, 11))
    assert cells["130000"].rank is None
    policy = snapshot_of("report_policy_environment", 2017).cells["350000"]
    assert (policy.rank, policy.of) == (1, 10)
    assert all(c.rank is None for c in snapshot_of("report_comprehensive", 2020).cells.values())


def test_the_list_to_mark_fits_the_dimension_and_the_year():
    def found(index, year):
        ranks = published_ranks(index, year)
        return ranks.index, ranks.edition

    assert found("information_services", 2017) == ("information_services", 2017)
    assert found("network_security", 2017) == ("comprehensive", 2017)
    assert found("context", 2022) == ("comprehensive", 2017)
    assert list(published_ranks("comprehensive", 2024).ranks.values()) == list(range(1, 11))


def test_the_nearest_year_of_a_measure_is_the_later_of_two():
    measure = published_measures()["report_comprehensive"]
    assert measure.years == (2017, 2018, 2020, 2021)
    asked = (2010, 2018, 2019, 2030)
    assert [measure.nearest_year(year) for year in asked] == [2017, 2018, 2020, 2021]


def test_outside_is_a_group_of_its_own_and_never_a_last_place():
    groups = ranking_groups(snapshot_of("report_comprehensive", 2017))
    assert [(group.status, len(group.cells)) for group in groups] == [
        (None, 10),
        (Status.OUTSIDE, 21),
        (Status.NOT_EVALUATED, 3),
    ]
    among_ten = ranking_groups(snapshot_of("report_network_security", 2017))
    assert [group.status for group in among_ten] == [
        Status.RANK_AMONG_TEN,
        Status.NOT_PUBLISHED,
        Status.NOT_EVALUATED,
    ]


def test_profile():
    lists = published_standings("350000")
    assert [s.cell.rank for s in lists["comprehensive"]] == [6, 6, None, None]
    assert lists["information_services"][0].cell.rank == 1
    dimensions = dimension_standings("110000", 2017)
    assert {name: len(group.standings) for name, group in dimensions.items()} == {
        name: len(indicators_of(name)) for name in dimension_ids()
    }
    assert dimensions["network_security"].standings[0].year == 2018
    assert dimensions["policy_environment"].median_rank is not None
    assert dimension_standings("810000", 2017)["network_security"].median_rank is None


def test_what_must_be_known_of_a_province_stands_in_its_cells():
    for measure in ("population_density", "optical_cable_density"):
        for year in published_measures()[measure].years:
            cells = snapshot_of(measure, year).cells
            lines = [
                a for a, cell in cells.items() if any("old value" in r.en for r in cell.remarks)
            ]
            assert lines == ["640000"], (measure, year)
