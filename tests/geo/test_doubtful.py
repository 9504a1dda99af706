"""Every large change is marked or explained, and every mark is true of the figures."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from geo.dataset import REASONS, Dataset, dataset, jumps

CELL = ["indicator", "adcode", "year"]
# By how much a spike or a dip must stand out from each year beside it.
STANDS_OUT = 1.3


def keys(frame: pd.DataFrame) -> set[tuple]:
    return set(frame[CELL].itertuples(index=False, name=None))


def series(data: Dataset, indicator: str, adcode: str) -> dict[int, float]:
    """The published years of a province, ascending."""
    frame = data.indicators
    own = frame[(frame["indicator"] == indicator) & (frame["adcode"] == adcode)]
    return dict(sorted(zip(own["year"], own["value"], strict=True)))


def beside(years: dict[int, float], year: int) -> tuple[int | None, int | None]:
    """The published years before and after."""
    before = [other for other in years if other < year]
    after = [other for other in years if other > year]
    return (before[-1] if before else None), (after[0] if after else None)


def left_over(data: Dataset) -> list[str]:
    """The jumps that are neither marked nor explained, nor at a break, one line each."""
    marked, explained = keys(data.doubtful), keys(data.explained)
    breaks = set(data.breaks[["indicator", "year"]].itertuples(index=False, name=None))
    found = []
    for jump in jumps(data.indicators).itertuples():
        # The odd one of the two may be the year before: a spike comes back down.
        before, _ = beside(series(data, jump.indicator, jump.adcode), jump.year)
        cells = {(jump.indicator, jump.adcode, year) for year in (before, jump.year)}
        told = (jump.indicator, jump.adcode, jump.year) in explained
        if not (cells & marked or told or (jump.indicator, jump.year) in breaks):
            found.append(f"{jump.indicator} {jump.adcode} {jump.year}: {jump.change:.2f} times")
    return found


def test_every_large_change_is_marked_or_explained():
    assert left_over(dataset()) == []


def test_a_jump_that_is_not_marked_is_named():
    data = dataset()
    forgotten = (data.doubtful["adcode"] == "150000") & (data.doubtful["year"] == 2021)
    forgotten &= data.doubtful["indicator"] == "it_service_revenue"
    assert left_over(replace(data, doubtful=data.doubtful[~forgotten])) == [
        "it_service_revenue 150000 2021: 30.49 times",
        "it_service_revenue 150000 2022: 0.02 times",
    ]


def test_the_search_finds_what_it_should():
    found = jumps(dataset().indicators).set_index(CELL)
    assert len(found) == 82
    assert found.loc[("software_revenue", "150000", 2021), "change"] == pytest.approx(
        19.24, abs=0.01
    )
    # Traffic more than doubled everywhere: no jump of one province.
    assert "mobile_internet_traffic" not in found.index.get_level_values("indicator")


def test_a_change_that_all_provinces_share_is_no_jump():
    frame = pd.DataFrame(
        [("x", adcode, year, 3.0**step) for adcode in "abc" for step, year in enumerate((1, 2))],
        columns=[*CELL, "value"],
    )
    assert jumps(frame).empty
    frame.loc[frame["adcode"].eq("c") & frame["year"].eq(2), "value"] = 30.0
    assert keys(jumps(frame)) == {("x", "c", 2)}


def test_no_row_is_idle():
    data = dataset()
    figures = keys(data.indicators)
    assert keys(data.doubtful) <= figures
    assert keys(data.explained) <= keys(jumps(data.indicators))
    assert not keys(data.doubtful) & keys(data.explained)
    assert set(data.doubtful["reason"]) == set(REASONS)
    for row in data.breaks.itertuples():
        years = data.indicators.loc[data.indicators["indicator"] == row.indicator, "year"]
        assert years.min() < row.year <= years.max()


def is_true(data: Dataset, row) -> bool:
    """Whether the reason of a row of doubtful.csv can be said of its figures."""
    years = series(data, row.indicator, row.adcode)
    figure, sides = years[row.year], beside(years, row.year)
    # Two spikes in a row are held against the years on either side of both.
    alike = keys(data.doubtful[data.doubtful["reason"] == row.reason])
    others = [
        years[year]
        for year in sides
        if year is not None and (row.indicator, row.adcode, year) not in alike
    ]
    if row.reason == "spike":
        return bool(others) and all(figure > STANDS_OUT * other for other in others)
    if row.reason == "dip":
        return bool(others) and all(STANDS_OUT * figure < other for other in others)
    if row.reason == "step":  # the first year of a series leaves no earlier level
        return sides[0] is not None
    if row.reason == "exceeds":
        return figure > series(data, "mobile_phone_subscribers", row.adcode)[row.year]
    return True  # erratic, classification: a judgement on the whole series


def test_the_reason_is_true_of_the_figures():
    data = dataset()
    rows = data.doubtful.itertuples(index=False)
    assert [tuple(row) for row in rows if not is_true(data, row)] == []


def test_no_other_province_has_more_mobile_internet_than_mobile_phones():
    wide = dataset().indicators.pivot(index=["adcode", "year"], columns="indicator", values="value")
    over = wide[wide["mobile_internet_users"] > wide["mobile_phone_subscribers"]]
    assert set(over.index) == {("110000", 2017), ("310000", 2017), ("320000", 2017)}


@pytest.mark.parametrize(
    ("indicator", "adcode", "year", "figure"),
    [
        ("software_revenue", "150000", 2021, 2.778e10),
        ("software_revenue", "230000", 2018, 4.825e9),
        ("it_service_revenue", "610000", 2022, 7.058e10),
        ("software_revenue", "610000", 2024, 6.411e10),
        ("software_revenue", "130000", 2020, 1.704e10),
        ("software_revenue", "460000", 2019, 2.860e10),
        ("software_revenue", "450000", 2018, 1.525e10),
        ("information_security_revenue", "310000", 2018, 1.336e9),
        ("information_security_revenue", "230000", 2022, 3.581e8),
        ("information_security_revenue", "650000", 2024, 1.531e8),
        ("technology_market_turnover", "450000", 2021, 9.406e10),
        ("technology_market_turnover", "500000", 2017, 5.136e9),
        ("ecommerce_sales", "630000", 2016, 4.417e10),
        ("ecommerce_purchases", "540000", 2017, 2.8e8),
        ("ecommerce_purchases", "310000", 2023, 3.806e12),
        ("mobile_internet_users", "110000", 2017, 4.640e7),
        ("domain_names", "460000", 2017, 3.859e5),
        ("websites", "310000", 2016, 1.0e5),
        ("fixed_broadband_subscribers_rural", "310000", 2019, 1.4e4),
        ("optical_cable_length", "540000", 2024, 7.48e5),
        ("rd_expenditure_industry", "120000", 2016, 3.5e10),
        ("web_pages", "640000", 2018, 1.018e7),
    ],
)
def test_the_known_odd_figures_are_marked_and_kept_as_published(indicator, adcode, year, figure):
    data = dataset()
    assert (indicator, adcode, year) in keys(data.doubtful)
    assert series(data, indicator, adcode)[year] == pytest.approx(figure, rel=1e-3)
