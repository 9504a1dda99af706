"""The Data page: every measure in both languages, search, filters, figures, files, citation."""

from __future__ import annotations

import re
from html import unescape

import pytest

from geo.analysis import (
    catalogue_entries,
    count_findings,
    find_lost_leads,
    published_measures,
    snapshot_of,
)
from geo.exports import EXPORT_FORMATS, TABLE_PATHS
from geo.measures import SURE_OUTLIER_FACTOR, Status, format_number, measure_name, status_name
from geo.tables import (
    DOUBT_REASONS,
    dataset,
    missing_exhibits,
    national_facts,
    report_documents,
    report_statements,
)
from geo.text import translator
from geo.units import provinces
from tests.cases import choose_evenly
from tests.pages.run import address, html, page


def table(test):
    """The table of figures: by adcode, the cells in the order of years."""
    whole = re.search('<table class="matrix figures">.*?</table>', html(test), re.DOTALL)[0]
    return {
        adcode: re.findall(r"<td.*?</td>", row)
        for adcode, row in re.findall(r'<tr data-adcode="(\d+)">(.*?)</tr>', whole)
    }


def entries(test):
    return re.findall(r'<details data-kind="\w+" data-entry="(\w+)"', html(test))


IN_CHINESE = ["report_comprehensive", "report_policy_environment", "index_network_security",
              "software_revenue_share_gdp", "egov_capability", "population_density"]  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "lang"),
    [
        *((m, "en") for m in choose_evenly(published_measures(), 8)),
        *((m, "zh") for m in IN_CHINESE),
    ],
)
def test_every_measure_opens_with_figures_sources_files_and_citation(measure, lang):
    test = page("data", lang=lang, measure=measure)
    assert not test.exception
    assert not test.warning
    text, t, entry = unescape(html(test)), translator(lang), published_measures()[measure]
    assert f'<h2 class="atlas-heading">{measure_name(entry, t)}</h2>' in text
    rows = table(test)
    assert list(rows) == list(provinces())
    for adcode, cells in rows.items():
        for year, cell in zip(entry.years, cells, strict=True):
            item = snapshot_of(measure, year).cells[adcode]
            if item.value is not None:
                assert f">{format_number(item.value, entry, t)}" in cell
                assert f"<small>{item.rank}</small>" in cell
            assert status_name(item, t) in cell
            marked = item.status is Status.DOUBTFUL or bool(item.rank and item.may_mean)
            assert (">?</em>" in cell) == marked
    for form in EXPORT_FORMATS:
        assert f"{TABLE_PATHS[form.ending]}?measure={measure}&lang={lang}" in text
    for series in entry.series_ids:
        assert t.localized(dataset().catalogue.loc[series], "via") in text
    assert len(test.code) == 3
    assert measure_name(entry, t) in test.code[0].value
    assert test.code[2].value.startswith("@misc{")
    assert not re.search(r"\bnan\b|\bNone\b", text)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_says_of_every_entry_what_it_is_and_whose(lang):
    test = page("data", lang=lang)
    result, t = unescape(html(test)), translator(lang)
    every = [
        catalogue_entry
        for group in catalogue_entries(published_measures()).values()
        for catalogue_entry in group
    ]
    assert entries(test) == [item.key for item in every]
    for entry in every:
        start = result.index(f'<details data-kind="{entry.kind}" data-entry="{entry.key}"')
        part = result[start : result.index("</details>", start)]
        for head, text in entry.definition_pairs(t):
            assert f"<dt>{head}</dt><dd>{text}</dd>" in part
        assert entry.title(t) in part
        if entry.measure:
            assert f"?lang={lang}&measure={entry.key}&year=" in part
    assert result.count('src="data:image/svg+xml,') == len(every) + 1
    assert re.findall(r'<img src="data:[^"]*" alt="">', result) != []
    for reason in set(dataset().doubtful["reason"]):
        assert t(DOUBT_REASONS[reason]) in result


def test_search_and_filters_leave_their_mark_in_the_address():
    test = page("data", lang="en")
    test.text_input(key="find").set_value("broadband").run()
    assert address(test, "find") == "broadband"
    values = entries(test)
    assert "fixed_broadband_per_100" in values
    assert "gdp_per_capita" not in values
    test.selectbox(key="listed").set_value("series").run()
    assert address(test, "listed") == "series"
    assert set(entries(test)) == set(values) & set(dataset().catalogue.index)
    test.text_input(key="find").set_value("").run()
    test.selectbox(key="listed").set_value("indicator").run()
    test.selectbox(key="group").set_value("network_security").run()
    assert entries(test) == ["security_revenue_share_gdp"]
    assert not test.exception


def test_a_link_of_the_list_keeps_search_and_filters():
    text = html(page("data", lang="en", find="all", listed="indicator"))
    links = re.findall(r'href="(/data\?[^"]*)"', text)
    assert links
    link = links[0]
    assert "find=all" in link
    assert "listed=indicator" in link
    assert "group" not in link


def test_measure_year_and_order_go_into_the_address():
    test = page("data", lang="en")
    test.selectbox(key="measure").set_value("gdp_per_capita").run()
    assert address(test, "measure") == "gdp_per_capita"
    test.select_slider(key="year").set_value(2020).run()
    test.segmented_control(key="rows").set_value("rank").run()
    assert address(test, "rows") == "rank"
    first = list(table(test))
    cells = snapshot_of("gdp_per_capita", 2020).cells
    assert [cells[adcode].rank for adcode in first[:31]] == list(range(1, 32))
    text = html(test)
    assert "/table.gpkg?measure=gdp_per_capita&amp;year=2020&amp;lang=en&amp;crs=albers" in text
    assert '<th scope="col" aria-sort="ascending">2020</th>' in text


def test_breaks_and_national_values_stand_in_the_table():
    series = "enterprises_with_ecommerce"
    broken = next(entry for entry in published_measures().values() if series in entry.series_ids)
    text = html(page("data", lang="en", measure=broken.id))
    assert len(re.findall("‖</em></th>", text)) == 2
    measure = published_measures()["gdp_per_capita"]
    text = html(page("data", lang="en", measure=measure.id))
    national = snapshot_of(measure.id, 2020).national.value
    assert f"<td>{format_number(national, measure, translator('en'))}</td>" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_facts_are_there_those_that_fit_no_dimension_too(lang):
    test = page("data", lang=lang)
    text, t = unescape(html(test)), translator(lang)
    for national_fact in national_facts().values():
        assert t.localized(national_fact, "subject") in text
    for national_fact in missing_exhibits():
        assert t.localized(national_fact, "title") in text
    for statement in report_statements():
        assert t.localized(statement, "text") in text
    for document in report_documents():
        assert t.localized(document, "name") in text
    none = unescape(html(page("data", lang=lang, group="context", listed="facts")))
    lone = [fact for fact in national_facts().values() if not fact.dimension]
    assert len(lone) == 40
    for national_fact in lone:
        assert t.localized(national_fact, "subject") in none
    assert t("{kept} of {count} facts", kept=len(lone), count=len(national_facts())) in none


def test_hostile_words_stay_words():
    hostile = "<img src=x onerror=alert(1)>{{ 7*7 }}"
    test = page("data", lang="en", find=hostile, group=hostile)
    assert not test.exception
    assert "<img src=x" not in html(test)
    assert test.text_input(key="find").value == hostile
    assert len(test.warning) == 1
    assert entries(test) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_rule_for_doubtful_values_and_its_effects_are_told(lang):
    text, t = unescape(html(page("data", lang=lang))), translator(lang)
    findings = count_findings()
    for count in (findings.outliers, findings.marked, findings.explained):
        assert str(count) in text
    for one in find_lost_leads():
        assert (
            t(
                "{measure}, {year}: {doubtful} has the highest value; sentences name {leader}.",
                measure=measure_name(published_measures()[one.measure], t),
                year=one.year,
                doubtful=provinces()[one.doubtful].name_in(lang),
                leader=provinces()[one.leader].name_in(lang),
            )
            in text
        )
    assert f"{SURE_OUTLIER_FACTOR:g}" in text
