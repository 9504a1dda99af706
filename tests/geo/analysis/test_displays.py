"""What a map of one measure displays: values, ranks, or the change since a year."""

from __future__ import annotations

import pytest

from geo.analysis import (
    Display,
    build_measure_map,
    measure_pane,
    possible_displays,
    published_measures,
    snapshot_of,
    years_to_compare,
)
from geo.measures import format_cell
from geo.text import InputError, translator
from geo.upload import MeasureDefinition, UploadedFile, UploadedTable

INCOME = published_measures()["gdp_per_capita"]
SICHUAN, HONG_KONG = "510000", "810000"
EN = translator("en")


def value(year, adcode=SICHUAN):
    return snapshot_of(INCOME.id, year).cells[adcode].value


def cell(shown, adcode=SICHUAN):
    return shown.choropleth.snapshot.cells[adcode]


def test_a_change_is_the_later_value_minus_the_earlier():
    shown = build_measure_map(INCOME, 2020, Display("change", 2017))
    assert cell(shown).value == pytest.approx(value(2020) - value(2017))
    assert format_cell(cell(shown), shown.measure, EN) == "+12,599 CNY per person"
    assert shown.results == [(INCOME, 2017), (INCOME, 2020)]
    assert cell(shown, HONG_KONG).value is None


def test_a_change_in_percent_is_of_the_earlier_value():
    shown = build_measure_map(INCOME, 2020, Display("percent", 2017))
    assert cell(shown).value == pytest.approx(100 * (value(2020) / value(2017) - 1))
    assert format_cell(cell(shown), shown.measure, EN).endswith("%")
    national = [snapshot_of(INCOME.id, year).national.value for year in (2017, 2020)]
    change = shown.choropleth.snapshot.national.value
    assert change == pytest.approx(100 * (national[1] / national[0] - 1))


def test_a_change_in_percent_from_zero_or_below_is_none():
    rows = "".join(
        f"{province},2016,{early}\n{province},2017,{late}\n"
        for province, early, late in (("北京", -4, 2), ("上海", 0, 5), ("广东", 4, 5))
    )
    file = UploadedFile("a.csv", f"省,年份,差额\n{rows}".encode())
    table = UploadedTable(file, measures=(MeasureDefinition("差额", "Balance", "亿元"),))
    (measure,) = table.measures_by_id.values()
    shown = build_measure_map(measure, 2017, Display("percent", 2016))
    cells = [cell(shown, adcode) for adcode in ("110000", "310000", "440000")]
    assert [entry.value for entry in cells] == [None, None, pytest.approx(25)]
    assert [entry.rank for entry in cells] == [None, None, 1]


def test_a_median_of_the_provinces_has_no_change():
    measure = published_measures()["digital_finance_index"]
    late = measure.years[-1]
    early = years_to_compare(measure, late)[0]
    assert [measure.snapshot(year).national.how for year in (early, late)] == ["median", "median"]
    for kind in ("change", "percent"):
        shown = build_measure_map(measure, late, Display(kind, early))
        assert shown.choropleth.snapshot.national is None


def test_a_change_of_rank_counts_places_and_ranks_all_by_it():
    shown = build_measure_map(INCOME, 2024, Display("places", 2017))
    for adcode, entry in shown.choropleth.snapshot.cells.items():
        ranks = [snapshot_of(INCOME.id, year).cells[adcode].rank for year in (2017, 2024)]
        assert entry.value == (None if None in ranks else ranks[0] - ranks[1])
    (first,) = [e for e in shown.choropleth.snapshot.cells.values() if e.rank == 1]
    assert (first.adcode, first.value, first.of) == ("540000", 6, 31)
    lines = measure_pane(shown, EN).tooltip_lines(first)
    assert lines == ["6 ranks up from 2017 to 2024", "Rank 27 (2017)", "Rank 21 (2024)"]


def test_classes_of_a_change_split_at_zero():
    measure = published_measures()["mobile_phones_per_100"]
    for year in years_to_compare(measure, measure.years[-1]):
        shown = build_measure_map(measure, measure.years[-1], Display("change", year))
        choropleth, difference = shown.choropleth, shown.difference
        below = difference.sides[0]
        for adcode, place in choropleth.index.items():
            change = choropleth.snapshot.cells[adcode].value
            assert (change <= 0) == (place < below), (year, adcode)


def test_ranks_are_coloured_by_tiers_of_all_31():
    shown = build_measure_map(INCOME, 2020, Display("rank"))
    assert [entry.count for entry in shown.choropleth.classes] == [3, 3, 4, 10, 11]
    assert shown.measure == INCOME


@pytest.mark.parametrize("since", [None, 2020, 2024, 1999])
def test_a_year_that_is_not_before_gives_the_earliest_that_compares(since):
    assert build_measure_map(INCOME, 2020, Display("change", since)).display.since == 2016


def test_what_cannot_be_displayed_is_an_error_with_its_reason():
    index, lists = published_measures()["index_comprehensive"], "report_comprehensive"
    with pytest.raises(InputError, match="no year before 2017"):
        build_measure_map(index, 2017, Display("change"))
    with pytest.raises(InputError, match="ranks without values"):
        build_measure_map(published_measures()[lists], 2018, Display("percent"))
    broken = published_measures()["enterprises_with_ecommerce"]
    with pytest.raises(InputError, match="a break in 20"):
        build_measure_map(broken, broken.years[-1], Display("change", broken.years[0]))
    # A change of rank needs years that compare, too: in 2017 the index has other indicators.
    for kind in ("change", "places"):
        assert 2017 not in years_to_compare(index, 2023)
        with pytest.raises(InputError):
            build_measure_map(index, 2023, Display(kind, 2017))


def test_only_what_a_measure_has_is_offered():
    assert possible_displays(INCOME) == ("value", "rank", "change", "percent", "places")
    assert possible_displays(published_measures()["report_comprehensive"]) == ("value", "places")
    assert possible_displays(published_measures()["internet_penetration"]) == ("value", "rank")
