"""The scatter of the Compare page: kinds of measures, what is said, and what is chosen."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from geo.analysis import (
    build_plot_area,
    published_measures,
    snapshot_of,
    spearman_correlation,
)
from geo.analysis.relations import pearson_correlation
from geo.measures import format_cell
from geo.text import translator
from geo.units import provinces
from pages.parts.compare.scatter import provinces_inside
from tests.cases import pair_in_turn, relate
from tests.pages.run import address, html, page

VALUES = {
    "measure": "gdp_per_capita",
    "year": "2020",
    "measure2": "fixed_broadband_per_100",
    "year2": "2020",
}
PAIRS = [
    VALUES,
    {"measure": "report_comprehensive", "year": "2017"},
    {"measure": "report_comprehensive", "measure2": "report_information_services"},
    {"measure": "report_comprehensive", "year": "2020", "measure2": "report_policy_environment"},
    {"measure": "report_industrial_digitalization", "year": "2018", "measure2": "gdp_per_capita"},
    {"measure": "index_comprehensive", "year": "2019", "measure2": "gdp_per_capita"},
    {"measure": "gdp_per_capita", "year": "2024", "measure2": "gdp_per_capita", "year2": "2016"},
]


def scatter(lang="en", **params):
    return page("compare", view="scatter", lang=lang, **params)


def chart(test):
    return test.get("vega_lite_chart")[0].proto


def marks(spec):
    """The marks of all layers of a chart."""
    inner = [mark for layer in spec.get("layer", ()) for mark in marks(layer)]
    return [spec["mark"]] if "mark" in spec else inner


def page_text(test):
    return unescape(html(test))


@pytest.mark.parametrize(
    ("params", "extra", "lang"),
    pair_in_turn(PAIRS, [{}, {"quadrants": "national", "fit": "line"}], ["en", "zh"]),
)
def test_every_kind_of_pair_opens(params, extra, lang):
    test = scatter(lang, **params, **extra)
    assert not test.exception
    assert not test.warning
    assert not re.search(r"\bnan\b|\binf\b", page_text(test), re.IGNORECASE)
    assert chart(test).alt


def test_the_correlations_of_the_page_are_those_of_the_relation():
    relation = relate("gdp_per_capita", 2020, "fixed_broadband_per_100", 2020)
    text = page_text(scatter(**VALUES))
    spearman = spearman_correlation(relation)
    assert f"(Spearman) {spearman.value:.2f} (95%: {spearman.low:.2f}" in text
    pearson = pearson_correlation(relation)
    assert f"(Pearson) {pearson.value:.2f} (95%: {pearson.low:.2f}" in text
    assert "over 31 provinces" in text
    assert "Bonett" in text


def test_a_report_list_is_compared_by_rank_and_says_so():
    test = scatter(measure="report_comprehensive", fit="line")
    assert "the measures are compared by rank" in page_text(test)
    assert "Pearson" not in page_text(test)
    assert "Fitted line (least" not in page_text(test)
    keys = [control.key for control in test.get("button_group")]
    assert "fit" not in keys
    assert '"(rank)' not in page_text(test)
    assert "Comprehensive ranking, 2017 (rank)" in chart(test).spec


def test_the_open_index_is_named_as_ours():
    test = scatter(measure="index_comprehensive", year="2019", measure2="gdp_per_capita")
    assert "Calculated by this atlas" in page_text(test)
    assert "Open index of this atlas, 2019" in chart(test).spec


def test_the_line_is_drawn_and_told_only_when_it_is_switched_on():
    off, on = scatter(**VALUES), scatter(**VALUES, fit="line")
    assert "least squares" not in page_text(off)
    assert "where A is 100,000 CNY per person higher" in page_text(on)
    kinds = [[mark["type"] for mark in marks(json.loads(chart(t).spec))] for t in (off, on)]
    assert "line" not in kinds[0]
    assert kinds[1].count("line") == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_has_both_figures_of_every_province(lang):
    text, t = page_text(scatter(lang, **VALUES)), translator(lang)
    rows = dict(re.findall(r'<tr data-adcode="(\d+)"[^>]*>(.*?)</tr>', text))
    assert len(rows) == 31
    for adcode, row in rows.items():
        assert provinces()[adcode].name_in(lang) in row
        assert provinces()[adcode].region_in(lang) in row
        for name in ("gdp_per_capita", "fixed_broadband_per_100"):
            cell = snapshot_of(name, 2020).cells[adcode]
            assert f"<td>{format_cell(cell, published_measures()[name], t)}</td>" in row
            assert f"<td>{cell.rank}</td>" in row


def test_the_choices_go_into_the_address():
    test = scatter(**VALUES)
    test.segmented_control(key="quadrants").set_value("national").run()
    assert address(test, "quadrants") == "national"
    test.segmented_control(key="fit").set_value("line").run()
    assert address(test, "fit") == "line"
    assert not test.exception


def test_a_brush_holds_the_provinces_between_its_edges_on_axes_that_run_either_way():
    values = snapshot_of("gdp_per_capita", 2020).values_by_adcode()
    other = snapshot_of("fixed_broadband_per_100", 2020).values_by_adcode()
    where = build_plot_area(relate("gdp_per_capita", 2020, "fixed_broadband_per_100", 2020))
    expected = {a for a, x in values.items() if 1e5 <= x <= 13e4 and 40 <= other[a] <= 50}
    assert (
        set(provinces_inside(where, [1e5, 13e4], [40, 50]))
        == expected
        == {"320000", "330000", "350000"}
    )
    ranks = build_plot_area(relate("report_comprehensive", 2017, "gdp_per_capita", 2017))
    assert set(provinces_inside(ranks, [3.4, 0.5], [10.2, 0.5])) == {"110000", "440000", "320000"}
