"""The address gives the view; a wrong value gives the default and a note that names it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.analysis import PageState, parse_state, published_measures
from geo.limits import MAX_SEARCH_LENGTH


def test_an_empty_address_is_the_first_view_in_the_browsers_language():
    assert parse_state({}, "zh-CN") == (PageState(lang="zh"), [])
    assert parse_state({}, "de-DE") == (PageState(lang="en"), [])
    assert parse_state({})[0].measure == "index_comprehensive"
    assert parse_state({})[0].year == 2017


def test_a_whole_address():
    view, notes = parse_state(
        {
            "lang": "zh",
            "measure": "gdp_per_capita",
            "year": "2020",
            "province": "粤",
            "method": "fisher_jenks",
            "classes": "7",
            "measure2": "urbanization",
            "year2": "2021",
            "view": "scatter",
        }
    )
    assert notes == []
    assert view == PageState(
        lang="zh", measure="gdp_per_capita", requested_year=2020, province="440000",
        method="fisher_jenks", class_choice=7, measure2="urbanization", requested_year2=2021,
        pane="scatter",
    )  # fmt: skip
    assert (view.year, view.classes, view.year2) == (2020, 7, 2021)


def test_the_order_of_a_dimension_and_an_indicator_of_the_index():
    assert parse_state({})[0].sort == "published"
    view, notes = parse_state({"sort": "gdp_per_capita", "indicator": "fixed_broadband_per_100"})
    assert (view.sort, view.indicator, notes) == ("gdp_per_capita", "fixed_broadband_per_100", [])


def test_what_a_measure_is_compared_with_by_default():
    view, _ = parse_state({"measure": "gdp_per_capita", "year": "2020"})
    assert (view.measure2, view.year2) == ("fixed_broadband_per_100", 2020)
    entry = {"measure": "gdp_per_capita", "measure2": "gdp_per_capita"}
    assert parse_state({**entry, "year": "2024"})[0].year2 == 2016
    assert parse_state({**entry, "year": "2018"})[0].year2 == 2024
    other = {"measure": "report_comprehensive", "measure2": "policy_attention", "year": "2016"}
    assert parse_state(other)[0].year2 == 2017


def test_ranks_of_the_report_are_marked_over_the_open_index_of_its_year():
    def marked(**params):
        ranks = parse_state(params)[0].marked_ranks
        return ranks and (ranks.index, ranks.edition, len(ranks.ranks))

    assert marked() == ("comprehensive", 2017, 10)
    assert marked(measure="index_information_services") == ("information_services", 2017, 10)
    assert marked(measure="index_network_security", year="2018", marks="report") == (
        "comprehensive", 2018, 10,
    )  # fmt: skip
    assert marked(year="2020") is None
    assert marked(marks="none") is None
    assert marked(measure="gdp_per_capita") is None
    assert marked(measure="gdp_per_capita", marks="report") == ("comprehensive", 2017, 10)
    assert marked(measure="report_comprehensive", marks="report") is None


def test_a_second_year_alone_is_one_of_the_same_measure():
    view, notes = parse_state({"measure": "gdp_per_capita", "year": "2020", "year2": "2016"})
    assert (view.measure2, view.year2, notes) == ("gdp_per_capita", 2016, [])


def test_no_provinces_and_none_chosen_are_told_apart():
    assert parse_state({})[0].requested_provinces is None
    view, notes = parse_state({"provinces": "none"})
    assert (view.requested_provinces, view.chosen_provinces, notes) == ((), (), [])


def test_custom_breaks():
    view, notes = parse_state({"measure": "gdp_per_capita", "method": "own", "classes": "1,2.5,4"})
    assert notes == []
    assert (view.method, view.custom_breaks, view.classes) == ("own", (1, 2.5, 4), 4)
    view, notes = parse_state({"method": "own", "classes": "5"})
    assert view.method == "quantiles"
    assert "classes=5" in str(notes[0])


def test_a_year_that_the_measure_lacks_is_told():
    view, notes = parse_state({"measure": "internet_penetration", "year": "2020"})
    assert (view.year, view.missing_year, notes) == (2016, 2020, [])
    assert parse_state({"measure": "internet_penetration"})[0].missing_year is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lang", "fr"),
        ("measure", "nonsense"),
        ("year", "20x7"),
        ("year", "-1"),
        ("year", "２０１７"),
        ("province", "Atlantis"),
        ("method", "jenks"),
        ("classes", "99"),
        ("classes", "five"),
        ("sort", "gdp"),
        ("indicator", "published"),
        ("measure", "{{ 7*7 }}"),
        ("province", "<img src=x onerror=alert(1)>"),
    ],
)
def test_a_wrong_value_gives_the_default_and_a_note_that_names_it(name, value):
    view, notes = parse_state({name: value})
    assert view == PageState(lang="en")
    assert len(notes) == 1
    assert f"{name}={value}" in str(notes[0])


def test_names_of_fields_are_no_parameters():
    names = {"pane": "scatter", "requested_year": "2020", "class_choice": "7", "kind": "facts"}
    assert parse_state(names) == (PageState(lang="en"), [])


def test_a_long_wrong_value_is_shortened():
    _, notes = parse_state({"measure": "x" * 5000})
    assert len(str(notes[0])) < 150


texts = st.text(max_size=20)
PARAMETERS = ("lang", "measure", "year", "province", "method", "classes", "else")


@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(PARAMETERS, texts),
    )
)
def test_any_address_gives_a_view(params):
    view, _ = parse_state(params)
    assert view.year in published_measures()[view.measure].years


def test_chosen_provinces_each_once_and_an_eleventh_is_declined():
    view, notes = parse_state({"provinces": "粤,110000,Guangdong,Atlantis"})
    assert view.chosen_provinces == ("440000", "110000")
    assert [note.slots["value"] for note in notes] == ["Atlantis"]
    many = "11,12,13,14,15,21,22,23,31,32,33"
    view, notes = parse_state({"provinces": many})
    assert len(view.chosen_provinces) == 10
    assert "11 provinces" in str(notes[0])


def test_dimension_peers_and_tint():
    view, notes = parse_state(
        {"dimension": "network_security", "peers": "region", "tint": "national"}
    )
    assert (view.dimension, view.peers, view.tint, notes) == (
        "network_security", "region", "national", [],
    )  # fmt: skip
    view, notes = parse_state({"dimension": "x", "peers": "y", "tint": "z"})
    assert (view.dimension, view.peers, view.tint) == ("information_services", "income", "rank")
    assert [note.slots["name"] for note in notes] == ["dimension", "peers", "tint"]


def test_the_wanted_year_stays_within_the_years_of_the_data():
    assert (
        parse_state({"measure": "internet_penetration", "year": "2022"})[0].preferred_year == 2022
    )
    assert parse_state({"year": "1999"})[0].preferred_year == 2016
    assert parse_state({})[0].preferred_year == 2017


def test_a_page_opens_on_its_year_unless_the_address_says_another():
    assert parse_state({})[0].open_on(2023).preferred_year == 2023
    assert parse_state({"year": "2019"})[0].open_on(2023).preferred_year == 2019


def test_what_the_page_of_data_lists():
    view, notes = parse_state(
        {"find": "宽带 broadband", "group": "context", "listed": "series", "rows": "rank"}
    )
    assert (view.find, view.group, view.kind, view.rows, notes) == (
        "宽带 broadband", "context", "series", "rank", [],
    )  # fmt: skip
    view, notes = parse_state({"group": "x", "listed": "y", "rows": "z"})
    assert (view.find, view.group, view.kind, view.rows) == ("", "all", "all", "province")
    assert [note.slots["name"] for note in notes] == ["group", "listed", "rows"]
    assert len(parse_state({"find": "x" * 5000})[0].find) == MAX_SEARCH_LENGTH
