"""The list of all figures: what it holds, what a search finds, what the grids show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from geo.analysis import (
    LISTED_KINDS,
    catalogue_entries,
    coverage_grid,
    coverage_key,
    coverage_of,
    describe_coverage,
    filter_entries,
    format_year_cell,
    known_gaps,
    parse_state,
    published_measures,
    snapshot_of,
    year_rows,
)
from geo.analysis.catalogue import CELL, OURS, STATUS_COLOURS
from geo.analysis.missing import count_filled_cells
from geo.measures import Status, data_quality_notes, dimension_ids, indicators_of
from geo.tables import dataset
from geo.text import translator
from geo.units import evaluated_adcodes, provinces


def entry(key, kind=""):
    entries = [
        catalogue_entry
        for group in catalogue_entries(published_measures()).values()
        for catalogue_entry in group
    ]
    return next(entry for entry in entries if entry.key == key and kind in ("", entry.kind))


def filtered_keys(**params):
    view, notes = parse_state(params)
    assert notes == []
    return [
        catalogue_entry.key for group in filter_entries(view).values() for catalogue_entry in group
    ]


def test_every_measure_and_every_series_is_listed_once():
    lines = [
        (e.key, e.kind) for group in catalogue_entries(published_measures()).values() for e in group
    ]
    assert len(lines) == len(set(lines)) == len(published_measures()) + len(dataset().catalogue)
    assert {key for key, kind in lines if kind != "series"} == set(published_measures())
    assert {key for key, kind in lines if kind == "series"} == set(dataset().catalogue.index)
    assert list(catalogue_entries(published_measures()))[:2] == ["report", "index"]
    for dimension in dimension_ids():
        listed = [e.key for e in catalogue_entries(published_measures())[dimension]]
        assert listed == [m.id for m in indicators_of(dimension)]


def test_a_search_finds_by_name_source_and_definition_in_either_language():
    assert "fixed_broadband_per_100" in filtered_keys(find="fixed BROADBAND")
    assert filtered_keys(find="fixed BROADBAND") == filtered_keys(find="broadband fixed", lang="zh")
    assert "fixed_broadband_per_100" in filtered_keys(find="宽带")
    assert filtered_keys(find="PKU-DFIIC", listed="indicator") == ["digital_finance_index"]
    assert filtered_keys(find="secondary copy", listed="series") == ["egov_service_capability"]
    assert filtered_keys(find="no such thing") == []
    assert filtered_keys(find="{{ 7*7 }}") == []


def test_filters_by_kind_and_dimension():
    assert filtered_keys(listed="report") == [
        m for m, measure in published_measures().items() if measure.kind == "report"
    ]
    assert filtered_keys(listed="index", group="network_security") == ["index_network_security"]
    assert filtered_keys(listed="facts") == []
    security = filtered_keys(group="network_security")
    assert security == [
        "report_network_security", "index_network_security", "security_revenue_share_gdp",
        "gdp", "information_security_revenue",
    ]  # fmt: skip
    assert len(filtered_keys(listed="series")) == len(dataset().catalogue)
    assert set(LISTED_KINDS) >= {
        e.kind for group in catalogue_entries(published_measures()).values() for e in group
    }


@pytest.mark.parametrize("key", ["software_revenue_share_gdp", "report_comprehensive",
                                 "index_network_security", "rural_broadband_per_100"])  # fmt: skip
def test_coverage_of_a_measure_is_that_of_its_cells(key):
    status = coverage_of(entry(key))
    assert list(status) == list(published_measures()[key].years)
    for year, statuses in status.items():
        cells = snapshot_of(key, year).cells
        assert statuses == tuple(cells[adcode].status for adcode in evaluated_adcodes())


def test_coverage_of_a_series():
    status = coverage_of(entry("information_security_revenue"))
    assert list(status) == list(range(2018, 2025))
    frame = dataset().indicators
    rows = frame[(frame["indicator"] == "information_security_revenue") & (frame["year"] == 2020)]
    assert sum(s is not Status.NOT_PUBLISHED for s in status[2020]) == len(rows)
    doubtful = dataset().doubtful
    result = (doubtful["indicator"] == "information_security_revenue").sum()
    assert sum(s is Status.DOUBTFUL for year in status.values() for s in year) == result == 37
    assert describe_coverage(status, translator("en")) == (
        "2018 to 2024: 28 to 30 of 31 provinces; doubtful values: 37"
    )


def test_a_grid_has_a_row_for_each_year_and_a_run_for_each_status():
    gap, full = Status.NOT_PUBLISHED, Status.VALUE
    svg = coverage_grid(
        {2016: (full,) * 31, 2018: (full, gap, Status.DOUBTFUL, *[full] * 28)}, (2016, 2018)
    )
    root = ElementTree.fromstring(svg)
    paths = {p.get("fill"): p.get("d") for p in root}
    wide, high = CELL
    assert (root.get("width"), root.get("height")) == (str(31 * wide + 1), str(3 * high))
    blue = STATUS_COLOURS[full]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)", paths[blue])
    assert runs == [
        ("0", "0", str(31 * wide)),
        ("0", str(2 * high), str(wide)),
        (str(3 * wide), str(2 * high), str(28 * wide)),
    ]
    assert paths[STATUS_COLOURS[Status.DOUBTFUL]].startswith(f"M{2 * wide} {2 * high}h{wide}v")
    ours = coverage_grid({2016: (Status.DERIVED,) * 31}, (2016, 2016), ours=True)
    assert OURS in ours
    assert STATUS_COLOURS[Status.DERIVED] not in ours


def test_the_key_has_every_colour_of_the_grids():
    measures = published_measures()
    entries = [one for group in catalogue_entries(measures).values() for one in group]
    drawn = {
        colour
        for one in entries
        for colour in re.findall(
            'fill="(#[0-9a-f]{6})"',
            coverage_grid(coverage_of(one), (2016, 2024), one.kind == "index"),
        )
    }
    for lang in ("en", "zh"):
        key = coverage_key(measures, translator(lang))
        assert {colour for colour, _ in key} >= drawn
        assert len({name for _, name in key}) == len(key) == 8
    assert drawn == {colour for colour, _ in key}


def test_every_oddity_of_the_tables_is_told():
    data = dataset()
    every = data_quality_notes(list(data.catalogue.index))

    def places(kind):
        return [(o.series, *p) for o in every if o.kind == kind for p in o.places]

    for kind, frame in (("doubtful", data.doubtful), ("explained", data.explained)):
        iterable = frame[["indicator", "adcode", "year"]].itertuples(index=False, name=None)
        assert sorted(places(kind)) == sorted(iterable)
    assert sorted(places("break")) == sorted(
        (row.indicator, "", row.year) for row in data.breaks.itertuples()
    )
    assert all(re.search("[\u4e00-\u9fff]", o.reason.zh) and o.reason.en for o in every)


@pytest.mark.slow
@pytest.mark.parametrize("measure", list(published_measures()))
def test_the_table_by_years_shows_every_cell(measure):
    entry, t = published_measures()[measure], translator("en")
    rows = year_rows(entry)
    assert [row.adcode for row in rows] == list(provinces())
    for row in rows:
        for year, cell in row.cells.items():
            assert cell is snapshot_of(measure, year).cells[row.adcode]
            assert format_year_cell(cell, entry, t)[0]
    by_rank = [row.cells[entry.years[-1]].rank for row in year_rows(entry, entry.years[-1])]
    known = [rank for rank in by_rank if rank]
    assert known == sorted(known)
    assert not any(by_rank[len(known) :])


def test_what_is_missing_names_scores_table_2_and_figure_5_in_both_languages():
    for lang, words in (
        ("en", ("Scores", "Table 2", "Indicator system", "Figure 5", "Social security card")),
        ("zh", ("得分", "表2", "指标体系", "图5", "社会保障卡")),
    ):
        text = " ".join(known_gaps(translator(lang)))
        assert [word for word in words if word not in text] == []


def test_cells_with_a_figure_are_counted():
    filled, cells = count_filled_cells()
    years = [
        (m.id, y) for m in published_measures().values() if m.kind == "indicator" for y in m.years
    ]
    assert cells == 31 * len(years)
    assert filled == sum(len(snapshot_of(name, year).values_by_adcode()) for name, year in years)
