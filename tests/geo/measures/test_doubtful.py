"""Every large change is marked or explained, and every mark is true of the figures."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from geo.measures import find_outliers
from geo.tables import DOUBT_REASONS, dataset
from geo.tables.loading import Dataset

CELL = ["indicator", "adcode", "year"]
# By how much a spike or a dip must stand out from each year beside it.
STANDS_OUT = 1.3


def keys(frame: pd.DataFrame) -> set[tuple]:
    return set(frame[CELL].itertuples(index=False, name=None))


def series(data: Dataset, indicator: str, adcode: str) -> dict[int, float]:
    """The published years of a province, ascending."""
    frame = data.indicators
    entry = frame[(frame["indicator"] == indicator) & (frame["adcode"] == adcode)]
    return dict(sorted(zip(entry["year"], entry["value"], strict=True)))


def beside(years: dict[int, float], year: int) -> tuple[int | None, int | None]:
    """The published years before and after."""
    before = [other for other in years if other < year]
    after = [other for other in years if other > year]
    return (before[-1] if before else None), (after[0] if after else None)


def left_over(data: Dataset) -> list[str]:
    """The outliers that are neither marked nor explained, nor at a break, one line each."""
    reasons = data.doubtful.set_index(CELL)["reason"].to_dict()
    pairs = keys(data.doubtful) | keys(data.explained)
    breaks = set(data.breaks[["indicator", "year"]].itertuples(index=False, name=None))
    lines = []
    for outlier in find_outliers(data.indicators).itertuples():
        series = (outlier.indicator, outlier.adcode)
        cells = {(*series, outlier.year), (*series, outlier.odd_year)}
        # A spike comes back down: the year after it is no outlier of its own. A step has none.
        returned = reasons.get((*series, outlier.year_before), "step") != "step"
        if not (cells & pairs or returned or (outlier.indicator, outlier.year) in breaks):
            lines.append(f"{' '.join(series)} {outlier.year}: {outlier.factor:.2f} times")
    return lines


def test_every_outlier_is_marked_or_explained():
    assert left_over(dataset()) == []


def test_an_outlier_that_is_not_marked_is_named():
    data = dataset()
    forgotten = (data.doubtful["adcode"] == "150000") & (data.doubtful["year"] == 2021)
    forgotten &= data.doubtful["indicator"] == "it_service_revenue"
    assert left_over(replace(data, doubtful=data.doubtful[~forgotten])) == [
        "it_service_revenue 150000 2021: 30.49 times",
        "it_service_revenue 150000 2022: 0.02 times",
    ]


def test_the_rule_finds_what_it_should():
    frame = find_outliers(dataset().indicators).set_index(CELL)
    assert len(frame.loc["software_revenue"]) == 23
    row = frame.loc[("software_revenue", "150000", 2021)]
    assert row["factor"] == pytest.approx(19.24, abs=0.01)
    assert (row["year_before"], row["odd_year"], row["shape"]) == (2020, 2021, "spike")
    # Traffic more than doubled everywhere: an outlier only where it left the others behind.
    traffic = frame.loc["mobile_internet_traffic"].index.tolist()
    assert traffic == [("540000", 2019), ("650000", 2019)]


def frame_of(rows: dict[str, list[float]]) -> pd.DataFrame:
    return pd.DataFrame(
        [("x", a, 2016 + i, v) for a, values in rows.items() for i, v in enumerate(values)],
        columns=[*CELL, "value"],
    )


def test_a_change_that_all_provinces_share_is_no_outlier():
    rows = {adcode: [1.0, 3.0, 9.0] for adcode in "abc"}
    assert find_outliers(frame_of(rows)).empty
    rows["c"] = [1.0, 30.0, 90.0]
    assert keys(find_outliers(frame_of(rows))) == {("x", "c", 2017)}


def test_a_wide_spread_allows_wide_changes_up_to_the_sure_factor():
    calm = {str(i): [100.0, 100.0 + i % 3] for i in range(9)}
    wide = {str(i): [100.0, 100.0 * (0.8 + 0.05 * (i % 9))] for i in range(9)}
    for others, factor, hit in [
        (calm, 1.30, False), (calm, 1.40, True), (wide, 1.70, False), (wide, 2.10, True),
        (wide, 0.45, True), (calm, 0.70, True),
    ]:  # fmt: skip
        frame = find_outliers(frame_of({**others, "z": [100.0, 101.0 * factor]}))
        assert (keys(frame) == {("x", "z", 2017)}) is hit, factor


def test_a_second_look_names_the_odd_year():
    flat = {str(i): [100.0] * 5 for i in range(5)}
    for values, results in [
        ([100, 100, 300, 100, 100], [(2018, 2018, "spike"), (2019, 2018, "spike")]),
        ([100, 100, 30, 100, 100], [(2018, 2018, "dip"), (2019, 2018, "dip")]),
        ([100, 100, 300, 300, 300], [(2018, 2018, "step")]),
        ([100, 100, 100, 100, 300], [(2020, 2020, "step")]),
        ([300, 100, 100, 100, 100], [(2017, 2017, "step")]),
    ]:
        frame = find_outliers(frame_of({**flat, "z": [float(v) for v in values]}))
        assert list(frame[["year", "odd_year", "shape"]].itertuples(index=False)) == results, values


def test_values_without_a_logarithm_are_left_aside():
    frame = find_outliers(frame_of({"a": [0.0, 5.0, 5.0], "b": [4.0, 5.0, 5.0]}))
    assert frame.empty


def test_no_row_is_idle():
    data = dataset()
    figures = keys(data.indicators)
    assert keys(data.doubtful) <= figures
    assert keys(data.explained) <= keys(find_outliers(data.indicators))
    assert not keys(data.doubtful) & keys(data.explained)
    assert set(data.doubtful["reason"]) == set(DOUBT_REASONS)
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


@pytest.mark.slow
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


def test_a_spike_differs_from_both_adjacent_years_by_the_factor():
    calm = {f"c{n}": [1.0, 1.0, 1.0, 1.0] for n in range(9)}
    for after, shape in ((2.6, "step"), (1.5, "spike")):
        rows = find_outliers(frame_of({**calm, "a": [1.0, 3.0, after, after]}))
        row = rows[(rows["adcode"] == "a") & (rows["year"] == 2017)].iloc[0]
        assert row["shape"] == shape, after
