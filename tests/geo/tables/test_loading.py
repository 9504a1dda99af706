"""The tables are whole, described, and a fault in one is named by file, row and column."""

from __future__ import annotations

import json
import re
import shutil

import jsonschema
import pytest
from frictionless import Package

from geo.tables import DATA_DIR, dataset
from geo.tables.loading import load_dataset
from geo.text import DataError


@pytest.fixture
def copy(tmp_path):
    for path in [*DATA_DIR.glob("*.csv"), DATA_DIR / "datapackage.json"]:
        shutil.copy(path, tmp_path)
    return tmp_path


def edit(path, change):
    path.write_text(change(path.read_text("utf-8")), "utf-8")


@pytest.mark.slow
def test_frictionless_finds_the_package_valid():
    report = Package(str(DATA_DIR / "datapackage.json")).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert report.valid


def test_every_table_says_what_it_is():
    package = json.loads((DATA_DIR / "datapackage.json").read_text("utf-8"))
    rules = json.loads((DATA_DIR / "table_rules.schema.json").read_text("utf-8"))
    jsonschema.validate(package, rules)
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.name for path in DATA_DIR.glob("*.csv")}


def test_texts_that_count_the_measures_have_their_number():
    package = json.loads((DATA_DIR / "datapackage.json").read_text("utf-8"))
    (description,) = (r["description"] for r in package["resources"] if r["name"] == "measures")
    readme = " ".join((DATA_DIR.parent / "README.md").read_text("utf-8").split())
    count = len(dataset().measures)
    assert re.findall(r"(\d+) measures over the indicators", description) == [str(count)]
    assert re.findall(r"(\d+) measures from open official data", readme) == [str(count)]


def test_sizes():
    data = dataset()
    assert len(data.provinces) == 34
    assert len(data.rankings) == 96
    assert set(data.catalogue.index) == set(data.indicators["indicator"])
    assert {
        name for m in data.measures.itertuples() for name in (m.numerator, m.denominator) if name
    } <= set(data.catalogue.index)


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
    entry = frame[(frame["indicator"] == indicator) & (frame["year"] == 2017)]
    assert entry["value"].sum() == pytest.approx(total, rel=0.005)


@pytest.mark.parametrize(
    ("file", "change", "value"),
    [
        (
            "indicators.csv",
            lambda t: t.replace("broadband_access_ports,120000,2016,", "x,", 1),
            "indicators.csv",
        ),
        ("measures.csv", lambda t: t.replace("measure,", "mesure,", 1), "header of the table"),
        ("doubtful.csv", lambda t: t.replace("spike", "spoke", 1), "column reason: “spoke”"),
        ("provinces.csv", lambda t: t.replace("120000", "110000", 1), "row 3, column adcode"),
        ("breaks.csv", lambda t: t.rsplit("\n", 2)[0] + "\n", "3 rows instead of the 4"),
        ("explained.csv", lambda t: t.rsplit("\n", 2)[0] + "\n", "33 rows instead of the 34"),
        (
            "doubtful.csv",
            lambda t: t.replace(",630000,2016,", ",710000,2016,", 1),
            "is not in indicators.csv",
        ),
        (
            "measures.csv",
            lambda t: t.replace(",netizens,", ",netizen,", 1),
            "row 2, column numerator",
        ),
        ("datapackage.json", lambda t: t[:100], "datapackage.json cannot be read"),
    ],
)
def test_a_damaged_table_is_named(copy, file, change, value):
    edit(copy / file, change)
    with pytest.raises(DataError) as caught:
        load_dataset(copy)
    assert file in str(caught.value)
    assert value in str(caught.value)


def test_text_in_a_column_of_figures(copy):
    lines = (copy / "indicators.csv").read_text("utf-8").splitlines()
    lines[16] = lines[16].rsplit(",", 1)[0] + ",abc"
    (copy / "indicators.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(
        DataError, match=r"indicators\.csv, row 17, column value: “abc” is not of the type number"
    ):
        load_dataset(copy)


@pytest.mark.parametrize("file", sorted(path.name for path in DATA_DIR.glob("*.csv")))
def test_a_missing_table_is_named(copy, file):
    (copy / file).unlink()
    with pytest.raises(DataError, match=f"{file} is missing"):
        load_dataset(copy)


def test_a_doubled_row(copy):
    edit(copy / "doubtful.csv", lambda t: t.splitlines()[0] + "\n" + t.split("\n", 1)[1])
    lines = (copy / "doubtful.csv").read_text("utf-8").splitlines()
    lines[2] = lines[1]
    (copy / "doubtful.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DataError, match=r"doubtful\.csv, row 3, column indicator, adcode, year"):
        load_dataset(copy)


@pytest.mark.parametrize("cell", ["1_000", " 12 ", "１２", "nan", "1e", "0x10"])
def test_a_figure_is_written_in_plain_digits(copy, cell):
    lines = (copy / "indicators.csv").read_text("utf-8").splitlines()
    lines[5] = lines[5].rsplit(",", 1)[0] + f",{cell}"
    (copy / "indicators.csv").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DataError, match=f"row 6, column value: “{cell}” is not of the type number"):
        load_dataset(copy)


def test_a_province_that_does_not_exist(copy):
    edit(copy / "indicators.csv", lambda t: t.replace("ports,110000,2016", "ports,830000,2016", 1))
    with pytest.raises(DataError, match=r"indicators\.csv, row 2, column adcode: “830000”"):
        load_dataset(copy)


def test_a_column_that_is_missing(copy):
    edit(copy / "indicators.csv", lambda t: t.replace("adcode,year,value", "adcode,value", 1))
    with pytest.raises(DataError, match=r"indicators\.csv: the header of the table must be indic"):
        load_dataset(copy)


def test_a_file_cut_off_in_the_middle_of_a_row(copy):
    text = (copy / "indicators.csv").read_text("utf-8")
    (copy / "indicators.csv").write_text(text[: text.index(",110000,2017")], "utf-8")
    with pytest.raises(DataError, match=r"indicators\.csv, row 33: 1 cells instead of 4"):
        load_dataset(copy)


def test_a_missing_descriptor_is_named_without_the_folders_of_the_machine(copy):
    (copy / "datapackage.json").unlink()
    with pytest.raises(DataError) as caught:
        load_dataset(copy)
    assert str(caught.value) == "datapackage.json is missing from the data folder."


# ---- facts that hold between columns, which a descriptor cannot say ----


def test_the_catalogue_tells_the_years_and_the_coverage_that_the_figures_have():
    data = dataset()
    years = data.indicators.groupby("indicator")["year"].agg(["min", "max"])
    fewest = data.indicators.groupby(["indicator", "year"]).size().groupby("indicator").min()
    for indicator, row in data.catalogue.iterrows():
        results = (row["first_year"], row["last_year"], row["fewest_provinces"])
        assert results == (*years.loc[indicator], fewest[indicator]), indicator


def test_a_rank_is_stated_or_only_a_mention_never_both():
    rankings = dataset().rankings
    ranked = rankings["order"] == "rank"
    assert ranked.sum() == 76
    assert (rankings["rank"].notna() == ranked).all()
    assert (rankings["position"].notna() == ~ranked).all()
    assert set(rankings.loc[~ranked, "edition"]) == {2020, 2021}
    assert not rankings[ranked].duplicated(["edition", "index", "rank"]).any()


def test_how_a_national_value_is_formed():
    summaries = dataset().measures["summary"]
    assert set(summaries.index[summaries == "population_weighted_mean"]) == {"disposable_income"}
    assert set(summaries.index[summaries == "median"]) == {
        "digital_finance_index",
        "egov_capability",
        "enterprise_websites_per_100",
        "computers_per_100_staff",
    }
    # A sum needs two parts; a figure without a denominator cannot be summed.
    measures = dataset().measures
    assert ((measures["denominator"] == "") == (summaries != "ratio_of_sums")).all()


def test_what_is_set_against_the_regional_product_is_no_share_of_it():
    measures = dataset().measures
    over_gdp = measures[measures["denominator"] == "gdp"].drop("tertiary_share_gdp")
    assert len(over_gdp) == 6
    assert over_gdp["name_zh"].str.endswith("与地区生产总值之比").all()
