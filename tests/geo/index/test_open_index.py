"""The open index as a measure: one result behind every page, each rank with its interval."""

from __future__ import annotations

import pandas as pd
import pytest

from geo.analysis import open_index_standings, published_measures, snapshot_of, standing_in
from geo.index import (
    default_recipe,
    open_index_definition,
    open_index_measures,
    open_index_note,
    rank_intervals,
    recipe_uncertainty,
    score_index,
)
from geo.index.open_index import YEARS
from geo.index.uncertainty import rank_tier
from geo.maps import (
    INDEX_RAMP,
    QUANTITY_RAMP,
    RANK_RAMP,
    build_pane,
    classify_snapshot,
    colour_ramp,
)
from geo.measures import Status, format_interval, format_rank, published_indicators
from geo.text import translator

OURS = [(m.id, y) for m in published_measures().values() if m.kind == "index" for y in m.years]


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "year"), OURS)
def test_cells_are_those_of_the_default_recipe(measure, year):
    result = score_index(default_recipe(year), year)
    part = measure.removeprefix("index_")
    column = "" if part == "comprehensive" else f" {part}"
    cells = snapshot_of(measure, year).cells
    for adcode, cell in cells.items():
        value = result.table.at[adcode, f"score{column}"]
        if pd.isna(value):
            assert cell.status in (Status.TOO_FEW, Status.NOT_COVERED)
            assert cell.rank is None
            continue
        assert cell.value == pytest.approx(value)
        assert cell.rank == result.table.at[adcode, f"rank{column}"]
        if cell.one_indicator:
            assert (cell.low, cell.high, cell.unsure) == (None, None, False)
        else:
            assert 1 <= cell.low <= cell.high <= 31
    assert snapshot_of(measure, year).is_open_index


def test_a_year_takes_the_set_that_tells_most_and_the_weak_one_last():
    sets = {year: default_recipe(year).years for year in YEARS}
    assert sets[2017] == "2017"
    assert {sets[y] for y in (2016, 2018, 2019, 2020)} == {"2016-2020"}
    assert {sets[y] for y in (2021, 2022, 2023)} == {"2016-2023"}
    assert sets[2024] == "2016-2024"


def test_a_rank_on_one_indicator_has_no_interval_and_says_so():
    one = {(m, y) for m, y in OURS if next(iter(ranked_cells(m, y))).one_indicator}
    security = {("index_network_security", year) for year in range(2018, 2025)}
    policy = {("index_policy_environment", year) for year in range(2021, 2025)}
    assert one == security | policy
    cell = snapshot_of("index_policy_environment", 2023).cells["510000"]
    assert (cell.low, cell.high) == (None, None)
    assert format_interval(cell, translator("en")) == "one indicator"
    assert format_interval(cell, translator("zh")) == "仅一项指标"
    assert format_rank(cell, translator("en")) == f"Rank {cell.rank} of 31 (one indicator)"
    measure = published_measures()["index_policy_environment"]
    texts = dict(open_index_definition(measure, 2023, translator("en")))
    assert texts["Intervals"].startswith("Not available: the index uses one indicator")


def ranked_cells(measure, year):
    return (cell for cell in snapshot_of(measure, year).cells.values() if cell.rank)


def test_intervals_and_unsure_tiers_come_from_the_draws():
    cells = snapshot_of("index_comprehensive", 2017).cells
    table = recipe_uncertainty(default_recipe(2017), 2017).table
    for adcode, row in table.iterrows():
        assert (cells[adcode].low, cells[adcode].high) == (row["low"], row["high"])
        assert cells[adcode].unsure == (row["tier_change"] > 0.1)
    assert list(table["tier"]) == list(rank_tier(table["rank"]))
    assert sum(cell.unsure for cell in cells.values()) > 0


def test_a_dimension_has_draws_of_its_own():
    result = score_index(default_recipe(2017), 2017)
    sure = rank_intervals(result, "information_infrastructure")
    ranks = result.table["rank information_infrastructure"].dropna()
    assert list(sure.table["rank"]) == list(ranks)
    inside = (sure.table["low"] <= sure.table["median"]) & (
        sure.table["median"] <= sure.table["high"]
    )
    assert inside.all()


def test_a_rank_is_printed_with_its_interval_and_never_called_confidence():
    cell = snapshot_of("index_comprehensive", 2017).cells["350000"]
    text = format_rank(cell, translator("en"))
    assert text == f"Rank 7 of 31 ({cell.low} to {cell.high} by method)"
    assert f"{cell.low}至{cell.high}位" in format_rank(cell, translator("zh"))
    assert format_rank(snapshot_of("gdp_per_capita", 2017).cells["350000"], translator("en")) == (
        "Rank 6 of 31"
    )


def test_the_ramp_is_of_its_own_and_the_map_has_dots():
    drawn = classify_snapshot(snapshot_of("index_comprehensive", 2017))
    assert [c.colour for c in drawn.classes] == colour_ramp(INDEX_RAMP, 5)
    assert len({INDEX_RAMP, QUANTITY_RAMP, RANK_RAMP}) == 3
    results = build_pane(
        drawn, published_measures()["index_comprehensive"], translator("en")
    ).pane_state()
    adcodes = drawn.snapshot.cells
    dots = {a for a, (_, mark, _) in zip(adcodes, results["cells"], strict=True) if mark == "•"}
    assert dots == {a for a, c in drawn.snapshot.cells.items() if c.unsure}


@pytest.mark.slow
def test_years_of_different_sets_are_not_joined():
    standing = standing_in("440000", published_measures()["index_comprehensive"], 2019)
    assert set(standing.comparable_cells) == {2016, 2018, 2019, 2020}
    assert set(
        standing_in("440000", published_measures()["index_comprehensive"], 2024).comparable_cells
    ) == {2024}


def test_the_index_joins_the_measures_once_each():
    assert (
        next(m.id for m in published_measures().values() if m.kind == "index")
        == "index_comprehensive"
    )
    assert len([m for m in published_measures().values() if m.kind == "index"]) == 7
    assert not set(published_indicators()) & {
        m.id for m in published_measures().values() if m.kind == "index"
    }
    standings = open_index_standings("110000", 2017)
    assert next(s.cell.rank for s in standings) == 1


def test_one_indicator_is_not_called_indicators():
    for measure in open_index_measures():
        for year in measure.years:
            text = open_index_note(measure, year, translator("en"))
            assert "1 indicators" not in text, (measure.id, year)
    assert "from one open indicator" in open_index_note(
        published_measures()["index_network_security"], 2018, translator("en")
    )
