"""The Dimension page: all six in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest

from geo.analysis import latest_year_of, published_measures
from geo.measures import dimension_ids, indicators_of
from geo.tables import dataset, documents_of_dimension, facts_of_dimension, statements_of_dimension
from geo.text import translator
from geo.units import evaluated_adcodes, provinces
from tests.cases import pair_in_turn
from tests.pages.run import address, html, page


@pytest.mark.parametrize(
    ("dimension", "tint", "lang"),
    pair_in_turn(dimension_ids(), ["rank", "national"], ["en", "zh"]),
)
def test_every_dimension_opens(dimension, tint, lang):
    test = page("dimension", lang=lang, dimension=dimension, tint=tint, provinces="110000,520000")
    assert not test.exception
    assert not test.warning
    text, t, value = unescape(html(test)), translator(lang), dataset().dimensions.loc[dimension]
    assert t.localized(value, "covers") in text
    assert t.localized(value, "evidence") in text
    assert sorted(re.findall(r'<tr data-adcode="(\d+)"', text)) == sorted(evaluated_adcodes())
    for measure in indicators_of(dimension):
        assert f"/small-map.svg?measure={measure.id}&year=" in text
    for fact in facts_of_dimension(dimension):
        assert t.localized(fact, "subject") in text
    for one in statements_of_dimension(dimension):
        assert t.localized(one, "text") in text
    for one in documents_of_dimension(dimension):
        assert t.localized(one, "name") in text


def published(text):
    """The published ten in their order: rank, name, mark of doubt."""
    block = text[text.index("<h2>Published ten of 2017</h2>") : text.index("<h2>First")]
    return re.findall(r"<b>(\d+)</b> (\w+)( \?)?</a>", block)


def test_the_published_ten_stand_in_their_order_or_not_at_all():
    text = html(page("dimension", lang="en", dimension="information_services"))
    ten = published(text)
    assert ten[:3] == [("1", "Fujian", ""), ("2", "Zhejiang", ""), ("3", "Beijing", "")]
    assert ten[9:] == [("10", "Shanxi", " ?")]
    assert "that Shaanxi (陕西) is meant is not excluded" in text
    text = html(page("dimension", lang="en", dimension="network_security"))
    assert published(text) == []
    assert "Rank 5 among the comprehensive 10" in text


def test_rows_are_sorted_by_the_measure_that_is_asked_for():
    text = html(page("dimension", lang="en", dimension="information_infrastructure", year="2017",
                     sort="rural_broadband_per_100"))  # fmt: skip
    rows = re.findall(r'<tr data-adcode="\d+">.*?</tr>', text)
    place = [m.id for m in indicators_of("information_infrastructure")].index(
        "rural_broadband_per_100"
    )
    cells = [re.findall(r"<td.*?>(.*?)</td>", row)[2 + place].split()[0] for row in rows]
    ranks = [int(cell) for cell in cells if cell != "–"]
    assert ranks == sorted(ranks)
    assert cells[-1] == "–"


def test_search_among_the_facts_in_either_language():
    test = page("dimension", lang="en", dimension="information_infrastructure")
    count = html(test).count("<li>")
    test.text_input(key="find").set_value("4G").run()
    assert address(test, "find") == "4G"
    text = html(test)
    assert text.count("<li>") < count
    assert "997 million users" in text
    assert "more than 1 billion users" in text
    test.text_input(key="find").set_value("宽带").run()
    assert "348.54 million" in html(test)
    test.text_input(key="find").set_value("ipv6 规模部署").run()
    text = html(test)
    assert "Action Plan for the Wide Deployment of Internet Protocol" in text
    assert "broadband of 100 Mbps common" not in text


def test_choices_go_into_the_address():
    test = page("dimension", lang="en")
    test.segmented_control(key="dimension").set_value("policy_environment").run()
    assert address(test, "dimension") == "policy_environment"
    test.selectbox(key="measure").set_value("science_spending_share").run()
    assert address(test, "measure") == "science_spending_share"
    test.segmented_control(key="tint").set_value("national").run()
    assert address(test, "tint") == "national"
    assert not test.exception


@pytest.mark.parametrize("dimension", dimension_ids())
def test_it_begins_with_who_leads_and_folds_how_sure_it_is(dimension):
    text = unescape(html(page("dimension", lang="en", dimension=dimension)))
    head, rest = text.split('<div class="small-maps">')
    year = latest_year_of(dimension)
    assert f"in the open index, {year}, calculated by this atlas" in head
    leaders = head[head.index("<h2>First") :]
    cells = published_measures()["index_" + dimension].snapshot(year).cells.values()
    first = sorted((cell.rank, provinces()[cell.adcode].name_en) for cell in cells
                   if cell.rank and cell.rank <= 5)  # fmt: skip
    named = re.findall(r"<b>(\d+)</b> ([\w ]+)</a>", leaders)
    assert [(int(rank), name) for rank, name in named] == first
    assert "Tau-b" not in head
    fold = rest[rest.index("Uncertainty of the result") :].split("</details>")[0]
    assert "Tau-b" in fold
    assert "Expected by chance" in fold


@pytest.mark.parametrize("dimension", dimension_ids())
def test_the_trend_opens_on_the_longest_series_with_the_chosen_province(dimension):
    test = page("dimension", lang="en", dimension=dimension, province="520000")
    shown = published_measures()[test.selectbox(key="measure").value]
    assert len(shown.years) == max(len(m.years) for m in indicators_of(dimension)) >= 5
    files = f"/picture.png?kind=course&lang=en&measure={shown.id}&provinces=520000"
    assert files in unescape(html(test))


def test_the_trend_keeps_a_measure_of_the_dimension():
    test = page("dimension", lang="en", dimension="information_services", measure="egov_capability")
    assert test.selectbox(key="measure").value == "egov_capability"
