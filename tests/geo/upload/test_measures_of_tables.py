"""Measures of the reader's own: their cells, and that they stand beside ours and nowhere else."""

from __future__ import annotations

import csv
import io
import json
import re
from statistics import median

import pytest

from geo.analysis import (
    DEFAULT_MEASURE,
    build_bivariate,
    build_catalogue,
    build_difference_map,
    build_map_pair,
    comparable_rank,
    format_years,
    longest_period,
    measure_csv,
    parse_state,
    published_measures,
    relate_measures,
    snapshot_of,
    uploaded_measures,
)
from geo.captions import map_heading
from geo.maps import (
    INDEX_RAMP,
    OWN_RAMP,
    QUANTITY_RAMP,
    build_tooltip,
    classify_snapshot,
    colour_ramp,
)
from geo.measures import (
    Status,
    picker_label,
    published_indicators,
    rank_of_national,
    ranking_groups,
    status_name,
)
from geo.tables.csv_text import BOM
from geo.text import InputError, translator
from geo.units import evaluated_adcodes, provinces
from geo.upload import (
    DIVISORS,
    MeasureDefinition,
    UploadedFile,
    UploadedMeasure,
    UploadedTable,
    UploadedTables,
    uploaded_definition,
    with_fitting_decimals,
)
from geo.upload.parsing import parse_table
from tests.geo.upload.yearbook import GDP, PATENTS, PEOPLE, figure, gdp_rows, text

EN, ZH = translator("en"), translator("zh")


def long_table(*extra: str, head: str = "省,年份,专利（件）,人口（人）") -> UploadedFile:
    rows = [
        f"{provinces()[a].short_zh},{y},{figure(PATENTS, a, y):.0f},{figure(PEOPLE, a, y):.0f}"
        for y in (2016, 2017)
        for a in evaluated_adcodes()
    ]
    return UploadedFile("专利.csv", "\n".join([head, *rows, *extra]).encode())


def only(definition: MeasureDefinition, raw: UploadedFile | None = None) -> UploadedMeasure:
    """The one measure of a session."""
    tables = UploadedTables((UploadedTable(raw or long_table(), measures=(definition,)),))
    (measure,) = tables.all_measures.values()
    return measure


PATENT_COUNT = MeasureDefinition(
    "专利", "发明专利授权", "件", count=True, per="residents_10k", decimals=2
)


def test_a_count_over_residents_gives_what_the_atlas_itself_reckons():
    measure = only(PATENT_COUNT)
    ours = snapshot_of("invention_patents_per_10k", 2017)
    snapshot = measure.snapshot(2017)
    assert measure.years == (2016, 2017)
    assert (measure.unit_en, measure.unit_zh) == ("件 per 10,000 residents", "件/万人")
    assert list(snapshot.cells) == list(provinces())
    for adcode in evaluated_adcodes():
        assert snapshot.cells[adcode].status is Status.OWN_DERIVED
        assert snapshot.cells[adcode].value == ours.cells[adcode].value
        assert snapshot.cells[adcode].rank == ours.cells[adcode].rank
    assert snapshot.cells["710000"].status is Status.NOT_GIVEN
    assert snapshot.national == ours.national
    assert snapshot.regions == ours.regions
    assert (snapshot.is_uploaded, snapshot.is_open_index) == (True, False)


def test_a_figure_that_is_no_count_stands_as_it_is_with_the_median():
    measure = only(MeasureDefinition("专利", "专利", "件"), long_table("台湾,2017,5,"))
    snapshot = measure.snapshot(2017)
    assert snapshot.cells["540000"].value == figure(PATENTS, "540000", 2017) == 42
    assert snapshot.cells["540000"].status is Status.OWN
    assert snapshot.cells["540000"].of == 32
    taiwan = snapshot.cells["710000"]
    assert (taiwan.status, taiwan.value, taiwan.rank) == (Status.OWN, 5, 32)
    assert snapshot.cells["810000"].status is Status.NOT_GIVEN
    values = [figure(PATENTS, a, 2017) for a in evaluated_adcodes()]
    assert (snapshot.national.value, snapshot.national.how) == (median(values), "median")
    assert (snapshot.national.count, snapshot.national.of) == (31, 31)


def test_the_lowest_comes_first_where_less_is_better():
    measure = only(MeasureDefinition("专利", "专利", higher_is_better=False))
    snapshot = measure.snapshot(2017)
    assert snapshot.cells["540000"].rank == 1
    assert snapshot.cells["440000"].rank == 30  # only Beijing has more
    placed = ranking_groups(snapshot)[0].cells
    assert placed[0].adcode == "540000"
    few = only(MeasureDefinition("专利", "p", count=True, per="resident", higher_is_better=False))
    snapshot = few.snapshot(2017)
    per_head = {a: figure(PATENTS, a, 2017) / figure(PEOPLE, a, 2017) for a in evaluated_adcodes()}
    patents, people = (
        sum(figure(i, a, 2017) for a in evaluated_adcodes()) for i in (PATENTS, PEOPLE)
    )
    assert rank_of_national(snapshot) == sum(v < patents / people for v in per_head.values()) == 25


def test_a_count_over_another_column_of_the_table():
    definition = MeasureDefinition(
        "专利", "每万人专利", "件/万人", count=True, per="=人口", per_scale=1e4
    )
    measure = only(definition)
    cell = measure.snapshot(2016).cells["110000"]
    line = uploaded_definition(measure, EN)
    assert cell.value == 40602 / 21950000 * 1e4
    assert line == "专利 ÷ 人口, both from the uploaded table “专利.csv”."


def test_nought_and_gaps_divide_nothing():
    raw = UploadedFile("a.csv", "省,a,b\n北京,1,0\n天津,2,\n上海,,4\n河北,6,3\n".encode())
    definition = MeasureDefinition("a", "a", count=True, per="=b", year=2020)
    measure = only(definition, raw)
    cells = measure.snapshot(2020).cells
    assert {a: c.value for a, c in cells.items() if c.value is not None} == {"130000": 2}
    assert cells["110000"].status is Status.NOT_GIVEN


def test_years_without_a_divisor_are_not_among_the_measures_years():
    raw = UploadedFile("a.csv", "省,2010,2017,2024\n北京,1,2,3\n".encode())
    assert only(MeasureDefinition("·", "a", count=True, per="resident"), raw).years == (
        2017,
        2024,
    )
    area = only(MeasureDefinition("·", "a", count=True, per="km2"), raw)
    assert area.years == (2010, 2017, 2024)  # an area holds for every year


@pytest.mark.parametrize("per", DIVISORS)
def test_every_divisor_of_ours_has_figures(per):
    raw = UploadedFile("a.csv", "省,2017\n北京,100\n".encode())
    measure = only(MeasureDefinition("·", "a", "x", count=True, per=per), raw)
    divisor = DIVISORS[per]
    value = measure.snapshot(2017).cells["110000"].value
    assert value == pytest.approx(100 / figure(divisor.indicator, "110000", 2017) * divisor.scale)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"name": ""}, "The measure has no name. Give it one."),
        ({"name": " \u202e "}, "The measure has no name. Give it one."),
        ({"name": "x" * 121}, "has more than 120 characters. Shorten it."),
        ({"unit": "x" * 121}, "has more than 120 characters. Shorten it."),
        ({"decimals": 7}, "7 decimals cannot be shown. Choose 0 to 6."),
        ({"decimals": -1}, "-1 decimals cannot be shown."),
        ({"year": 1066}, "Give “a” a year from 1900 to 2100."),
        ({"per": "resident"}, "“a” is not a count, so it is not divided."),
        ({"count": True, "per": "moon"}, "“a” is to be divided by “moon”, which is not known."),
    ],
)
def test_answers_that_go_with_no_table_are_refused(answers, says):
    with pytest.raises(InputError, match=re.escape(says)):
        MeasureDefinition(**{"series": "·", "name": "a", **answers})


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (MeasureDefinition("b", "x", year=2017), "The table has no series “b”. Its series are: a."),
        (MeasureDefinition("a", "x"), "Give “x” a year from 1900 to 2100."),
        (MeasureDefinition("a", "x", year=2017, count=True, per="=c"), "no series “c”"),
        (
            MeasureDefinition("a", "x", year=2005, count=True, per="resident"),
            "“x” has no value that can be mapped",
        ),
    ],
)
def test_answers_that_the_table_cannot_give_are_refused(value, says):
    with pytest.raises(InputError, match=re.escape(says)):
        UploadedTable(UploadedFile("a.csv", "省,a\n北京,1\n".encode()), measures=(value,))


def test_user_measures_follow_the_published_and_stay_in_their_session():
    measure = only(PATENT_COUNT)
    catalogue = build_catalogue({measure.id: measure})
    assert list(catalogue) == [*published_measures(), measure.id]
    assert uploaded_measures(catalogue) == [measure]
    view, notes = parse_state({"measure": measure.id, "year": "2024"}, catalogue=catalogue)
    assert (view.shown_measure, view.year, view.missing_year, notes) == (measure, 2017, 2024, [])
    assert measure.id not in published_measures()
    view, notes = parse_state({"measure": measure.id, "catalogue": "x"})
    assert view.measure == DEFAULT_MEASURE
    assert [str(note) for note in notes] == [
        "The address names a measure of an uploaded table, which the open workspace does not have."
        " If it is yours, open its workspace under “Your work”; otherwise ask for a link to the"
        " workspace."
    ]
    with pytest.raises(KeyError):
        measure.snapshot(2018)


def test_two_sessions_with_one_file_name_never_see_each_others_figures():
    raws = {n: UploadedFile("same.csv", f"省,2017\n北京,{n}\n".encode()) for n in ("1", "2")}
    one, two = (only(MeasureDefinition("·", "a"), raws[n]) for n in ("1", "2"))
    assert one.id != two.id
    assert one.snapshot(2017).cells["110000"].value == 1.0
    assert two.snapshot(2017).cells["110000"].value == 2.0
    assert two.id not in build_catalogue({one.id: one})


def test_the_id_says_all_that_makes_the_figures():
    ids = {only(definition, raw).id for definition, raw in (
        (MeasureDefinition("专利", "a"), long_table()),
        (MeasureDefinition("人口", "a"), long_table()),
        (MeasureDefinition("专利", "a", higher_is_better=False), long_table()),
        (MeasureDefinition("专利", "a", count=True, per="resident"), long_table()),
        (MeasureDefinition("专利", "a"), long_table("台湾,2017,5,")),
    )}  # fmt: skip
    assert len(ids) == 5
    assert only(MeasureDefinition("专利", "a")) == only(MeasureDefinition("专利", "a"))


def test_user_data_have_a_ramp_a_group_and_words_of_their_own():
    measure = only(PATENT_COUNT)
    snapshot = measure.snapshot(2017)
    drawn = classify_snapshot(snapshot)
    texts = {
        "label": picker_label(measure, EN),
        "标签": picker_label(measure, ZH),
        "status": status_name(snapshot.cells["110000"], EN),
        "from": uploaded_definition(measure, EN),
        "来源": uploaded_definition(measure, ZH),
    }
    line = build_tooltip(drawn, snapshot.cells["110000"], measure, EN)
    nominal_span = longest_period(measure)
    assert [c.colour for c in drawn.classes] == colour_ramp(OWN_RAMP, 5)
    assert OWN_RAMP not in (QUANTITY_RAMP, INDEX_RAMP)
    assert drawn.keyed_statuses() == (Status.NOT_GIVEN,)
    assert texts == {
        "label": "Uploaded data · 发明专利授权",
        "标签": "上传数据 · 发明专利授权",
        "status": "Calculated from uploaded data",
        "from": "专利 per 10,000 residents, from the uploaded table “专利.csv”.",
        "来源": "专利，每万常住人口，取自上传的表格“专利.csv”。",
    }
    assert "21.01 件 per 10,000 residents" in " ".join(line)
    assert nominal_span == (2016, 2017)


def test_the_table_of_an_own_measure():
    measure = only(PATENT_COUNT)
    body = measure_csv(measure, EN)
    rows = list(csv.DictReader(io.StringIO(body.removeprefix(BOM))))
    assert len(rows) == 2 * 34
    assert rows[34]["Province"] == "Beijing"
    assert (rows[34]["Year"], rows[34]["Status"]) == ("2017", "Calculated from uploaded data")
    assert float(rows[34]["Value"]) == pytest.approx(46091 / 21940000 * 1e4)


def test_one_province_alone_can_be_drawn():
    raw = UploadedFile("a.csv", "省,2017\n北京,1\n".encode())
    measure = only(MeasureDefinition("·", "a"), raw)
    drawn = classify_snapshot(measure.snapshot(2017))
    assert len(drawn.classes) == 1


def test_a_wide_yearbook_table_becomes_a_measure():
    raw = UploadedFile("a.csv", text(gdp_rows()).encode())
    definition = MeasureDefinition("·", "GDP", "亿元", count=True, per="resident", decimals=3)
    measure = only(definition, raw)
    value = measure.snapshot(2017).cells["440000"].value
    gdp, people = figure(GDP, "440000", 2017), figure(PEOPLE, "440000", 2017)
    assert value == pytest.approx(gdp / 1e8 / people, abs=1e-8)
    assert published_indicators()["gdp_per_capita"].kind == "indicator"


def test_decimals_are_as_many_as_the_middle_figure_needs():
    body = "省,小,大,中,零\n北京,0.00123,123456,12.5,0\n上海,0.0456,234567,23.4,0\n"
    table = parse_table(UploadedFile("a.csv", body.encode()))
    numbers = {"小": 4, "大": 0, "中": 1, "零": 0}
    for series, decimals in numbers.items():
        definition = MeasureDefinition(series, series, year=2017, decimals=6)
        assert with_fitting_decimals(definition, table).decimals == decimals


def test_comparisons_rank_own_figures_and_say_that_they_rest_on_them():
    body = text([row for row in gdp_rows() if row[0] != "西 藏"])
    definition = MeasureDefinition("·", "产值", "亿元", count=True, per="residents_10k", decimals=2)
    tables = UploadedTables(
        (UploadedTable(UploadedFile("a.csv", body.encode()), measures=(definition,)),)
    )
    (measure,) = tables.all_measures.values()
    wealth = published_measures()["gdp_per_capita"]
    relation = relate_measures(measure, 2017, wealth, 2017)
    assert len(relation.complete_pairs) == 30
    assert {comparable_rank(p.a) for p in relation.pairs if p.adcode != "540000"} == set(
        range(1, 31)
    )
    both = build_map_pair(measure, 2017, wealth, 2017, shared=False)
    for drawn in (
        build_difference_map(both).choropleth,
        build_bivariate(both.first, both.second).choropleth,
    ):
        assert drawn.snapshot.cells["110000"].status is Status.OWN_DERIVED
        assert drawn.snapshot.cells["540000"].status is Status.NOT_GIVEN


def test_years_that_a_divisor_lacks_are_said():
    file = UploadedFile("a.csv", "省,1930,2019\n北京,1,2\n天津,3,4\n".encode())
    (series,) = parse_table(file).series
    definition = MeasureDefinition(series.key, "a", count=True, per="residents_10k")
    table = UploadedTable(file, measures=(definition,))
    (measure,) = table.measures_by_id.values()
    assert measure.years == (2019,)
    said = uploaded_definition(measure, translator("en"))
    assert said.endswith("The divisor has no values for 1930, which are excluded.")


def test_months_and_quarters_are_periods_and_never_bare_numbers():
    raw = UploadedFile(
        "a.csv", "省,时间,值\n北京,2023-01,1\n北京,2023-02,3\n上海,2023-02,4\n".encode()
    )
    measure = only(MeasureDefinition("值", "Sales", name_zh="销售"), raw)
    assert measure.years == (202301, 202302)
    assert [str(year) for year in measure.years] == ["2023-01", "2023-02"]
    catalogue = build_catalogue({measure.id: measure})
    for month in ("2023-01", "2023-02"):
        view, notes = parse_state({"measure": measure.id, "year": month}, catalogue=catalogue)
        assert (notes, str(view.year)) == ([], month)
        assert view.preferred_year == 2023
    view, notes = parse_state({"measure": measure.id, "year": "202301"}, catalogue=catalogue)
    assert len(notes) == 1
    en, zh = translator("en"), translator("zh")
    assert map_heading(measure, measure.years[0], en) == "Sales, 2023-01"
    assert map_heading(measure, measure.years[0], zh) == "销售，2023年1月"
    quarter = UploadedFile("q.csv", "省,时间,值\n北京,2023Q1,1\n北京,2023Q2,3\n".encode())
    years = only(MeasureDefinition("值", "Sales"), quarter).years
    assert zh("{year}年", year=years[1]) == "2023年第二季度"
    assert format_years(measure.years, en) == "2023-01 to 2023-02"
    assert json.dumps(measure.years) == "[202301, 202302]"
