"""The tables are whole, described, and a fault in one is named by file, row and column."""

from __future__ import annotations

import json
import shutil

import jsonschema
import pytest
from frictionless import Package

from geo.dataset import DATA, REASONS, dataset, jumps, load
from geo.errors import DataError


@pytest.fixture
def copy(tmp_path):
    for path in [*DATA.glob("*.csv"), DATA / "datapackage.json"]:
        shutil.copy(path, tmp_path)
    return tmp_path


def edit(path, change):
    path.write_text(change(path.read_text("utf-8")), "utf-8")


def test_frictionless_finds_the_package_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


def test_every_table_says_what_it_is():
    package = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    rules = json.loads((DATA / "table_rules.schema.json").read_text("utf-8"))
    jsonschema.validate(package, rules)
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.name for path in DATA.glob("*.csv")}


def test_sizes():
    data = dataset()
    assert len(data.provinces) == 34
    assert len(data.catalogue) == 46
    assert len(data.measures) == 33
    assert len(data.indicators) == 10_990
    assert len(data.rankings) == 96


@pytest.mark.parametrize(
    ("indicator", "total"),
    [
        ("fixed_broadband_subscribers", 348.54e6),
        ("fixed_broadband_subscribers_rural", 93.77e6),
        ("software_revenue", 5.5e12),
    ],
)
def test_sums_of_2017_are_those_of_the_report(indicator, total):
    frame = dataset().indicators
    own = frame[(frame["indicator"] == indicator) & (frame["year"] == 2017)]
    assert own["value"].sum() == pytest.approx(total, rel=0.005)


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (
            "indicators.csv",
            lambda t: t.replace("broadband_access_ports,120000,2016,", "x,", 1),
            "indicators.csv",
        ),
        ("measures.csv", lambda t: t.replace("measure,", "mesure,", 1), "head of the table"),
        ("doubtful.csv", lambda t: t.replace("spike", "spoke", 1), "column reason: “spoke”"),
        ("provinces.csv", lambda t: t.replace("120000", "110000", 1), "row 3, column adcode"),
        ("breaks.csv", lambda t: t.rsplit("\n", 2)[0] + "\n", "3 rows instead of the 4"),
        ("explained.csv", lambda t: t[:-40], "explained.csv"),
        (
            "doubtful.csv",
            lambda t: t.replace(",630000,2016,", ",710000,2016,", 1),
            "does not stand in indicators.csv",
        ),
        (
            "measures.csv",
            lambda t: t.replace(",netizens,", ",netizen,", 1),
            "row 2, column numerator",
        ),
        ("datapackage.json", lambda t: t[:100], "datapackage.json cannot be read"),
    ],
)
def test_a_damaged_table_is_named(copy, file, change, said):
    edit(copy / file, change)
    with pytest.raises(DataError) as caught:
        load(copy)
    assert file in str(caught.value)
    assert said in str(caught.value)


def test_text_in_a_column_of_figures(copy):
    lines = (copy / "indicators.csv").read_text("utf-8").splitlines()
    lines[16] = lines[16].rsplit(",", 1)[0] + ",abc"
    (copy / "indicators.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(
        DataError, match=r"indicators\.csv, row 17, column value: “abc” is no number"
    ):
        load(copy)


@pytest.mark.parametrize("file", sorted(path.name for path in DATA.glob("*.csv")))
def test_a_missing_table_is_named(copy, file):
    (copy / file).unlink()
    with pytest.raises(DataError, match=f"{file} is missing"):
        load(copy)


def test_a_doubled_row(copy):
    edit(copy / "doubtful.csv", lambda t: t.splitlines()[0] + "\n" + t.split("\n", 1)[1])
    lines = (copy / "doubtful.csv").read_text("utf-8").splitlines()
    lines[2] = lines[1]
    (copy / "doubtful.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DataError, match=r"doubtful\.csv, row 3, column indicator, adcode, year"):
        load(copy)


# ---- doubtful figures ----


def keys(frame):
    return set(frame[["indicator", "adcode", "year"]].itertuples(index=False, name=None))


def test_every_large_change_is_marked_or_explained():
    data = dataset()
    marked, explained = keys(data.doubtful), keys(data.explained)
    breaks = set(data.breaks[["indicator", "year"]].itertuples(index=False, name=None))
    frame = data.indicators
    left = []
    for jump in jumps(frame).itertuples():
        years = frame[(frame["indicator"] == jump.indicator) & (frame["adcode"] == jump.adcode)]
        before = int(years[years["year"] < jump.year]["year"].max())
        cells = {(jump.indicator, jump.adcode, year) for year in (before, jump.year)}
        if not (cells & (marked | explained) or (jump.indicator, jump.year) in breaks):
            left.append(f"{jump.indicator} {jump.adcode} {jump.year}: {jump.change:.2f} times")
    assert left == []


def test_the_search_finds_what_it_should():
    found = jumps(dataset().indicators).set_index(["indicator", "adcode", "year"])
    assert found.loc[("software_revenue", "150000", 2021), "change"] == pytest.approx(19.0, abs=0.3)
    assert found.loc[("it_service_revenue", "150000", 2021), "change"] == pytest.approx(30, abs=1.0)
    # Traffic more than doubled everywhere: no jump of one province.
    assert "mobile_internet_traffic" not in found.index.get_level_values("indicator")


def test_what_is_doubtful_is_known_by_a_reason_and_is_no_explained_change():
    data = dataset()
    assert set(data.doubtful["reason"]) == set(REASONS)
    assert not keys(data.doubtful) & keys(data.explained)
    assert keys(data.explained) <= keys(jumps(data.indicators))


@pytest.mark.parametrize(
    ("indicator", "adcode", "year"),
    [
        ("software_revenue", "150000", 2021),
        ("software_revenue", "230000", 2018),
        ("it_service_revenue", "610000", 2022),
        ("software_revenue", "610000", 2024),
        ("software_revenue", "130000", 2020),
        ("information_security_revenue", "310000", 2018),
        ("information_security_revenue", "230000", 2022),
        ("technology_market_turnover", "450000", 2021),
        ("technology_market_turnover", "500000", 2017),
        ("ecommerce_sales", "630000", 2016),
        ("ecommerce_purchases", "540000", 2017),
        ("mobile_internet_users", "110000", 2017),
        ("domain_names", "460000", 2017),
        ("websites", "310000", 2016),
        ("fixed_broadband_subscribers_rural", "310000", 2019),
        ("optical_cable_length", "540000", 2024),
        ("rd_expenditure_industry", "120000", 2016),
        ("web_pages", "640000", 2018),
        ("egov_service_capability", "330000", 2019),
    ],
)
def test_the_known_odd_figures_are_marked(indicator, adcode, year):
    assert (indicator, adcode, year) in keys(dataset().doubtful)
