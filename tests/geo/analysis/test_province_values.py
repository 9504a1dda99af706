"""Key values of provinces: ranks, earlier values, lines, and the year that a page opens on."""

from __future__ import annotations

import pytest

from geo.analysis import (
    NATIONAL,
    RESIDENTS,
    key_values,
    latest_profile_year,
    latest_year_of,
    line_points,
    published_measures,
    small_line,
    snapshot_of,
    standing_in,
    strongest_dimension,
)
from geo.captions import describe_change
from geo.measures import dimension_ids, indicators_of, published_values
from geo.text import translator
from geo.units import evaluated_adcodes
from tests.cases import for_each


def covering(dimension, year):
    measures = indicators_of(dimension)
    return sum(year in measure.years for measure in measures) / len(measures)


def test_a_page_opens_on_the_latest_year_that_most_indicators_have():
    for dimension in dimension_ids():
        year = latest_year_of(dimension)
        assert covering(dimension, year) >= 0.5
        assert all(covering(dimension, later) < 0.5 for later in range(year + 1, 2025))
    assert latest_profile_year() == 2023
    assert all(covering(dimension, 2023) >= 0.5 for dimension in dimension_ids())
    assert not all(covering(dimension, 2024) >= 0.5 for dimension in dimension_ids())


@for_each("adcode", evaluated_adcodes)
def test_key_values_are_those_of_the_measures(adcode):
    for name, value in key_values(adcode, 2023).items():
        cell = value.standing.cell
        if name != RESIDENTS:
            assert value.standing == standing_in(adcode, published_measures()[name], 2023)
        assert cell.rank
        assert {point.line for point in value.points} == {NATIONAL, adcode}
        if value.earlier:
            assert value.earlier_year < value.standing.year
            assert value.change == pytest.approx(cell.value - value.earlier.value)


def test_residents_are_ranked_and_drawn_from_a_hundred():
    value = key_values("440000", 2023)[RESIDENTS]
    column = published_values(RESIDENTS, 2023)
    assert value.standing.cell.value == column["440000"] == column.max()
    assert value.standing.cell.rank == 1
    assert value.indexed
    starts = {p.line: p.value for p in value.points if p.year == 2016}
    assert starts == {NATIONAL: 100, "440000": 100}
    total = 100 * column.sum() / published_values(RESIDENTS, 2016).sum()
    ends = {p.line: p.value for p in value.points if p.year == 2023}
    assert ends[NATIONAL] == pytest.approx(total)


@for_each("adcode", evaluated_adcodes)
def test_the_strongest_dimension_has_the_best_rank_of_those_of_several_indicators(adcode):
    best = strongest_dimension(adcode, 2023).standing.cell
    assert not best.one_indicator
    for dimension in dimension_ids():
        measure = published_measures()["index_" + dimension]
        cell = standing_in(adcode, measure, 2023).cell
        assert cell.one_indicator or cell.percentile is None or cell.percentile <= best.percentile


def test_a_change_is_in_the_words_of_its_unit():
    t = translator("en")
    values = key_values("520000", 2023)
    before, now = (snapshot_of("gdp_per_capita", y).cells["520000"].value for y in (2016, 2023))
    percent = f"+{100 * (now / before - 1):.1f}% since 2016, at current prices"
    assert describe_change(values["gdp_per_capita"], t) == percent
    assert describe_change(values["urbanization"], t).endswith("percentage points since 2016")
    assert describe_change(values["index_comprehensive"], t) == "5 ranks down since 2021"
    # No year before 2024 has the set of indicators of that year.
    assert describe_change(key_values("520000", 2024)["index_comprehensive"], t) == ""


def test_a_small_line_has_the_points_of_the_series_in_pieces_that_compare():
    measure = published_measures()["index_comprehensive"]
    line = small_line(line_points(measure, "520000"), "520000")
    assert [year for year, _ in line.points] == list(measure.years)
    assert len(line.pieces) > 1
    for year, value in line.points:
        assert value == measure.snapshot(year).cells["520000"].value
