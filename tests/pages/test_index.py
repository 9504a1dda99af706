"""The Index page: every tab and named set in both languages, choices, recipes, bad input."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from geo.index import (
    Recipe,
    presets,
    recipe_from_address,
    recipe_to_address,
    recipe_to_json,
    score_index,
)
from geo.tables import dataset
from pages.index import TABS
from tests.cases import pair_in_turn
from tests.pages.run import address, html, page


def ranks(test):
    """The ranks of the table, by adcode."""
    return dict(re.findall(r'<tr data-adcode="(\d+)">.*?<td><b>(.*?)</b>', html(test)))


@pytest.mark.parametrize(
    ("tab", "year", "lang"), pair_in_turn([*TABS, *TABS], ["2017", "2020"], ["en", "zh"])
)
def test_every_tab_opens(tab, year, lang):
    recipe = "" if year == "2017" else recipe_to_address(Recipe(years="2016-2020"))
    params = {"recipe": recipe} if recipe else {}
    test = page("index", lang=lang, tab=tab, year=year, province="520000", **params)
    assert not test.exception
    assert not test.warning
    assert not re.search(r"\bnan\b|\binf\b", html(test), re.IGNORECASE)


@pytest.mark.parametrize(("name", "lang"), pair_in_turn(presets(), ["en", "zh"]))
def test_every_named_set(lang, name):
    test = page("index", lang=lang)
    test.selectbox(key="named").set_value(name).run()
    assert not test.exception
    entry = score_index(presets()[name].recipe, 2017).table["rank"].dropna()
    assert ranks(test) == {a: str(int(r)) for a, r in entry.items()}
    marked = unescape(html(test)).count('class="marked"')
    assert marked == (0 if name == "default" else 2)


def test_custom_weights_go_into_the_address_and_mark_everything():
    test = page("index", lang="en")
    test.slider(key="weight_policy_environment").set_value(0.0).run()
    recipe = recipe_from_address(address(test, "recipe"))
    assert recipe.weighting == "own"
    assert dict(recipe.dimension_weights) == {"policy_environment": 0.0}
    assert test.selectbox(key="named").value == "own"
    assert html(test).count("Made with your own choices") == 2
    # A dimension that no longer counts keeps its slider, to come back.
    assert test.slider(key="weight_policy_environment").value == 0
    entry = score_index(recipe, 2017).table["rank"].dropna()
    assert ranks(test) == {a: str(int(r)) for a, r in entry.items()}


def test_all_weights_nought_changes_nothing_and_says_why():
    recipe = Recipe(
        weighting="own",
        dimension_weights=tuple(
            (d, 0.0)
            for d in ("information_services", "technology_industry", "industrial_digitalization",
                      "information_infrastructure")
        ),
    )  # fmt: skip
    test = page("index", lang="en", recipe=recipe_to_address(recipe))
    before = address(test, "recipe")
    test.slider(key="weight_policy_environment").set_value(0.0).run()
    assert not test.exception
    assert address(test, "recipe") == before
    assert "weight" in test.toast[0].value


WRONG_RECIPES = [
    "nonsense", "1~outliers-magic", "9", "1~dimension_weights-policy_environment.1",
    "1~weighting-own~dimension_weights-policy_environment.x", "{{ 7*7 }}", "1~security-1",
]  # fmt: skip


@pytest.mark.parametrize(("bad", "lang"), pair_in_turn(WRONG_RECIPES, ["en", "zh"]))
def test_a_recipe_that_does_not_fit_gives_the_default_and_a_note(lang, bad):
    test = page("index", lang=lang, recipe=bad)
    assert not test.exception
    assert len(test.warning) == 1
    assert "49" not in test.warning[0].value
    entry = score_index(Recipe(), 2017).table["rank"].dropna()
    assert ranks(test) == {a: str(int(r)) for a, r in entry.items()}


def test_choices_of_method_that_do_not_go_together_are_declined():
    test = page("index", lang="en")
    test.selectbox(key="years").set_value("2016-2020").run()
    assert address(test, "recipe") == "1~years-2016_2020"
    test.select_slider(key="year").set_value(2020).run()
    assert address(test, "year") == "2020"
    assert not test.exception


@pytest.mark.slow
def test_what_would_it_take():
    test = page("index", lang="en", tab="takes", province="520000",
                indicator="fixed_broadband_per_100")  # fmt: skip
    key = next(n.key for n in test.number_input)
    test.number_input(key=key).set_value(40.0).run()
    assert not test.exception
    assert "<td>40.0</td>" in html(test)
    test.selectbox(key="province").set_value("110000").run()
    assert address(test, "province") == "110000"


def test_agreement_shows_chance_wealth_and_ours_side_by_side():
    for tab in ("result", "agreement"):
        text = html(page("index", lang="en", tab=tab))
        assert "<td>8 of 10</td><td>9 of 10</td><td>3.2</td>" in text
        assert "the open index is not the report’s" in unescape(text)


def test_the_recipe_file_reads_back():
    text = recipe_to_json(presets()["infrastructure"].recipe, 2017)
    assert json.loads(text)["version"] == 1


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "{} official figures as intensities"), ("zh", "{}项官方数据（")],
)
def test_the_method_counts_the_measures_of_the_table(lang, sentence):
    count = int(dataset().measures["in_open_index"].sum())
    assert sentence.format(count) in unescape(html(page("index", lang=lang, tab="method")))
