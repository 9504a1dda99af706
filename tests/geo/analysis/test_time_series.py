"""Lines over the years: where they break, from what they are indexed, whose ranks they are."""

from __future__ import annotations

import csv
import io

import pytest

from geo.analysis import (
    LINE_MODES,
    axis_title,
    break_years,
    build_time_series,
    line_name,
    longest_period,
    published_measures,
    rank_ticks,
    snapshot_of,
    time_series_csv,
    time_series_notes,
    time_series_table,
)
from geo.analysis.change import comparable_periods
from geo.analysis.time_series import UNAVAILABLE_NOTES, Unavailable
from geo.index import default_recipe
from geo.measures import Status
from geo.tables import dataset
from geo.text import translator

THREE = ("110000", "520000", "540000")
EN = translator("en")


def lines(value):
    """The points of each line by piece."""
    result = {}
    for p in value.points:
        result.setdefault((p.line, p.segment), []).append(p.year)
    return result


def test_lines_break_where_the_series_does():
    table = dataset().breaks
    assert set(table.loc[table["indicator"] == "share_enterprises_with_ecommerce", "year"]) == {
        2017,
        2023,
    }
    assert break_years(published_measures()["enterprises_with_ecommerce"]) == (2017, 2023)
    series = build_time_series(published_measures()["enterprises_with_ecommerce"], THREE, "lines")
    pieces = [years for (line, _), years in lines(series).items() if line == "110000"]
    assert pieces == [[2016], [2017, 2018, 2019, 2020, 2021, 2022], [2023, 2024]]
    assert comparable_periods(published_measures()["gdp_per_capita"]) == (tuple(range(2016, 2025)),)
    text = time_series_notes(series, THREE, EN)
    assert any(t.startswith("Break at 2017: All provinces step at once") for t in text)
    assert any(t.startswith("Break at 2023") for t in text)


def test_lines_break_where_a_year_is_missing():
    series = build_time_series(
        published_measures()["security_revenue_share_gdp"], ("630000",), "lines"
    )
    has = [
        y
        for y in series.measure.years
        if "630000" in snapshot_of(series.measure.id, y).values_by_adcode()
    ]
    assert has == [2019, 2020, 2021, 2024]
    pieces = [years for (line, _), years in lines(series).items() if line == "630000"]
    assert pieces == [[2019, 2020, 2021], [2024]]
    series = build_time_series(
        published_measures()["security_revenue_share_gdp"], ("630000",), "ranks"
    )
    assert list(lines(series).values()) == [[2019, 2020, 2021], [2024]]


def test_lines_break_where_the_open_index_changes_its_measures():
    series = build_time_series(published_measures()["index_comprehensive"], THREE, "lines")
    assert series.breaks == (2017, 2018, 2021, 2024)
    for (_, _), years in lines(series).items():
        assert len({default_recipe(year).years for year in years}) == 1
    text = " ".join(time_series_notes(series, THREE, EN))
    assert "Lines are broken at 2017, 2018, 2021 and 2024" in text
    assert longest_period(published_measures()["index_comprehensive"]) == (2021, 2023)


@pytest.mark.parametrize("measure", ["gdp_per_capita", "enterprises_with_ecommerce"])
def test_indexed_from_the_first_year_of_a_span_without_a_break(measure):
    series = build_time_series(published_measures()[measure], THREE, "indexed")
    first, last = longest_period(published_measures()[measure])
    assert (series.mode, series.base_year) == ("indexed", first)
    assert {p.year for p in series.points} == set(range(first, last + 1))
    for p in series.points:
        if p.line not in THREE:
            continue
        cells = [snapshot_of(measure, year).cells[p.line].value for year in (first, p.year)]
        assert p.value == pytest.approx(100 * cells[1] / cells[0])
    assert {p.value for p in series.points if p.year == first} == {100.0}
    assert axis_title(series, EN) == f"{first} = 100"
    assert str(first) in time_series_notes(series, THREE, EN)[0]


def test_without_a_sound_base_a_province_is_left_out_and_named():
    measure = published_measures()["software_revenue_share_gdp"]
    first = longest_period(measure)[0]
    cell = snapshot_of(measure.id, first).cells["540000"]
    assert cell.value is None
    series = build_time_series(measure, THREE, "indexed")
    assert series.left_out == ("540000",)
    assert not any(p.line == "540000" for p in series.points)
    assert "Xizang" in " ".join(time_series_notes(series, THREE, EN))


def test_a_doubtful_base_is_none():
    drawn = 0
    for measure in published_measures().values():
        if measure.kind != "indicator" or not longest_period(measure):
            continue
        first = longest_period(measure)[0]
        cells = snapshot_of(measure.id, first).cells
        for adcode, cell in cells.items():
            if cell.status is Status.DOUBTFUL:
                drawn += 1
                assert build_time_series(measure, (adcode,), "indexed").left_out == (adcode,)
    assert drawn


def test_what_cannot_be_drawn_as_asked_says_why():
    def mode_and_reason(measure, value):
        time_series = build_time_series(published_measures()[measure], THREE, value)
        return time_series.mode, time_series.declined

    assert mode_and_reason("report_comprehensive", "lines") == ("ranks", Unavailable.RANKS_ONLY)
    assert mode_and_reason("report_comprehensive", "ranks") == ("ranks", None)
    assert mode_and_reason("index_comprehensive", "indexed") == ("lines", Unavailable.NO_ZERO)
    assert mode_and_reason("internet_penetration", "indexed") == ("lines", Unavailable.ONE_YEAR)
    series = build_time_series(published_measures()["internet_penetration"], THREE, "indexed")
    assert UNAVAILABLE_NOTES[Unavailable.ONE_YEAR] == time_series_notes(series, THREE, EN)[0]


def test_ranks_are_those_of_each_year():
    series = build_time_series(published_measures()["gdp_per_capita"], THREE, "ranks")
    for p in series.points:
        values = snapshot_of("gdp_per_capita", p.year).values_by_adcode()
        assert p.value == 1 + sum(v > values[p.line] for v in values.values())
    assert {p.line for p in series.points} == set(THREE)


def test_ranks_of_the_report_are_published_ones_and_no_others():
    table = dataset().rankings
    for name in [m for m in published_measures() if m.startswith("report_")]:
        series = build_time_series(
            published_measures()[name], tuple(snapshot_of(name, 2017).cells), "ranks"
        )
        rows = table[(table["index"] == name.removeprefix("report_")) & table["rank"].notna()]
        rows = rows[rows["among"] != "comprehensive_ten"]
        published = {(r.adcode, r.edition): r.rank for r in rows.itertuples()}
        assert {(p.line, p.year): p.value for p in series.points} == published
    series = build_time_series(published_measures()["report_comprehensive"], THREE, "ranks")
    text = time_series_notes(series, THREE, EN)
    assert "Edition 2017, Outside the published ten: Guizhou and Xizang." in text
    assert any(t.startswith("Edition 2020, Listed among the leading ten") for t in text)


def test_doubtful_points_are_marked_in_every_mode():
    measure = published_measures()["software_revenue_share_gdp"]
    assert snapshot_of(measure.id, 2021).cells["150000"].status is Status.DOUBTFUL
    for mode in LINE_MODES:
        series = build_time_series(measure, ("150000", "110000"), mode)
        for p in series.points:
            doubtful = p.line in ("150000", "110000") and (
                snapshot_of(measure.id, p.year).cells[p.line].status is Status.DOUBTFUL
            )
            assert p.doubtful == doubtful
        assert "Hollow marks are doubtful values." in time_series_notes(series, ("150000",), EN)


def test_the_regions_and_the_country_stand_behind_values():
    series = build_time_series(published_measures()["urbanization"], THREE, "lines")
    assert {p.line for p in series.points} == {
        *THREE, "national", "Eastern", "Central", "Western", "Northeast",
    }  # fmt: skip


def test_table_and_file():
    series = build_time_series(published_measures()["report_comprehensive"], THREE, "ranks")
    table = time_series_table(series, THREE, EN)
    assert table[0] == ["Line", *map(str, range(2016, 2025))]
    assert table[1][:4] == ["Beijing", "–", "1", "1"]
    assert table[2][2] == "Outside the published ten"
    series = build_time_series(
        published_measures()["software_revenue_share_gdp"], ("150000",), "indexed"
    )
    text = time_series_csv(series, ("150000",), EN)
    parsed = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    line = next(row for row in parsed if row[0] == "Inner Mongolia" and row[3] == "2021")
    cell = snapshot_of("software_revenue_share_gdp", 2021).cells["150000"]
    base = snapshot_of("software_revenue_share_gdp", 2016).cells["150000"]
    assert float(line[4]) == pytest.approx(100 * cell.value / base.value)
    assert float(line[5]) == pytest.approx(cell.value)
    assert line[9] == "Published value in doubt"
    # What is drawn elsewhere has its rows too.
    assert {"Eastern region", "National"} <= {row[0] for row in parsed}


@pytest.mark.parametrize(
    ("last", "ticks"),
    [
        (0, ()),
        (1, (1,)),
        (10, tuple(range(1, 11))),
        (11, (1, 5, 10)),
        (31, (1, 5, 10, 15, 20, 25, 30)),
    ],
)
def test_a_rank_axis_has_every_rank_of_ten_and_every_fifth_of_more(last, ticks):
    assert rank_ticks(last) == ticks


@pytest.mark.parametrize(("mode", "count"), [("lines", 0), ("indexed", 0), ("ranks", 31)])
def test_only_ranks_have_an_axis_of_ranks(mode, count):
    assert (
        build_time_series(published_measures()["gdp_per_capita"], THREE, mode).rank_count == count
    )


def test_the_line_of_the_country_says_what_it_is():
    named = {}
    for measure in published_measures().values():
        named.setdefault(line_name("national", measure, EN), []).append(measure.id)
    assert set(named) == {"National", "National (approx.)", "Median", "National value or median"}
    assert "gdp_per_capita" in named["National"]
    assert "index_comprehensive" in named["Median"]
    for measure_id in named["National value or median"]:
        measure = published_measures()[measure_id]
        hows = {mark.how for y in measure.years if (mark := measure.snapshot(y).national)}
        assert len(hows) != 1, measure_id
