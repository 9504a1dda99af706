"""The Index page: every tab and named set in both languages, choices, recipes, bad input."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from geo.analysis import INDEX_TABS, SPREADS, published_measures
from geo.index import (
    Recipe,
    default_recipe,
    presets,
    recipe_from_address,
    recipe_to_address,
    recipe_to_json,
    score_index,
)
from geo.index.recipe import CHOICES
from geo.tables import dataset
from pages.index import TABS
from pages.parts.index.recipe import SPREAD_NAMES
from tests.cases import pair_in_turn
from tests.pages.run import address, html, page


def ranks(test):
    """The ranks of the table, by adcode."""
    return dict(re.findall(r'<tr data-adcode="(\d+)"[^>]*><th.*?</th><td><b>(\d+)</b>', html(test)))


def pinned(test):
    """The texts of the pinned row; empty without one."""
    row = re.search(r'<tbody class="pinned">.*?</tbody>', html(test), re.DOTALL)
    bare = re.sub('<img src="[^"]*" alt="">', "", row[0]) if row else ""
    cells = re.findall(r"<t[hd].*?>(.*?)</t[hd]>", bare, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", unescape(cell)).split()) for cell in cells]


def sentence(test):
    """The sentence on the recipe."""
    return unescape(re.search('<p class="recipe-sentence">(.*?)</p>', html(test))[1])


def table_ranks(recipe, year):
    """The ranks of a recipe as the table writes them, by adcode."""
    column = score_index(recipe, year).table["rank"].dropna()
    return {adcode: str(int(rank)) for adcode, rank in column.items()}


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
    test = page("index", lang=lang, year="2017")
    test.selectbox(key="named").set_value(name).run()
    assert not test.exception
    assert ranks(test) == table_ranks(presets()[name].recipe, 2017)
    marked = unescape(html(test)).count('class="marked"')
    assert marked == (0 if name == "default" else 2)


def test_custom_weights_go_into_the_address_and_mark_everything():
    test = page("index", lang="en")
    test.slider(key="weight_policy_environment").set_value(0.0).run()
    recipe = recipe_from_address(address(test, "recipe"))
    assert recipe.weighting == "own"
    assert dict(recipe.dimension_weights) == {"policy_environment": 0.0}
    assert test.selectbox(key="named").value == "own"
    assert html(test).count("Calculated with your own methods") == 2
    # A dimension that no longer counts keeps its slider, to come back.
    assert test.slider(key="weight_policy_environment").value == 0
    assert ranks(test) == table_ranks(recipe, 2023)


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
    years, year = ("2017", 2017) if bad == "1~security-1" else ("2016-2023", 2023)
    assert ranks(test) == table_ranks(Recipe(years=years), year)


def test_choices_of_method_that_do_not_go_together_are_declined():
    test = page("index", lang="en")
    test.selectbox(key="years").set_value("2016-2020").run()
    # It is the default of its last year, so the address needs no recipe.
    assert "recipe" not in test.query_params
    assert address(test, "year") == "2020"
    test.select_slider(key="year").set_value(2017).run()
    assert address(test, "year") == "2017"
    assert address(test, "recipe") == "1~years-2016_2020"
    assert test.select_slider(key="year").options == ["2016", "2017", "2018", "2019", "2020"]
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
        text = html(page("index", lang="en", tab=tab, year="2017"))
        assert "<td>8 of 10</td><td>9 of 10</td><td>3.2</td>" in text
        assert "the open index is not the report’s" in unescape(text)


def test_the_recipe_file_reads_back():
    text = recipe_to_json(presets()["infrastructure"].recipe, 2017)
    assert json.loads(text)["version"] == 1


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("en", "{} official series as intensities"), ("zh", "{}项官方数据（")],
)
def test_the_method_counts_the_measures_of_the_table(lang, sentence):
    count = int(dataset().measures["in_open_index"].sum())
    assert sentence.format(count) in unescape(html(page("index", lang=lang, tab="method")))


def test_it_opens_on_the_latest_sound_year_and_follows_the_year_of_the_address():
    test = page("index", lang="en")
    assert ranks(test) == table_ranks(Recipe(years="2016-2023"), 2023)
    assert test.select_slider(key="year").value == 2023
    assert ranks(page("index", lang="en", year="2020")) == table_ranks(default_recipe(2020), 2020)
    recipe = recipe_to_address(Recipe(years="2016-2024"))
    assert page("index", lang="en", recipe=recipe).select_slider(key="year").value == 2024


def test_another_year_links_to_the_year_of_the_report():
    for tab in ("result", "agreement"):
        text = unescape(html(page("index", lang="en", tab=tab)))
        assert "The report’s ranks are of 2017; this index is of 2023." in text
        link = re.search('<a href="(/index[^"]*)"[^>]*>Compare both for 2017', text)[1]
        assert "year=2017" in link
        assert "recipe" not in link
        assert "of 10</td>" not in text
    assert "Compare both" not in html(page("index", lang="en", year="2017"))


def test_views_and_spreads_of_the_address_have_names_and_others_a_note():
    assert tuple(TABS) == INDEX_TABS
    assert tuple(SPREAD_NAMES) == SPREADS
    test = page("index", lang="en", tab="sure", spread="0.5")
    assert [test.session_state[key] for key in ("tab", "spread")] == ["sure", "0.5"]
    invalid = page("index", lang="en", tab="sure", spread="wide")
    assert invalid.session_state["spread"] == "0.25"
    (note,) = invalid.warning
    assert note.value == "“spread=wide” in the address is not valid. The page uses the default."


def test_a_recipe_is_one_sentence():
    assert sentence(page("index", lang="en")) == (
        "The index of 2023 gives 5 dimensions equal weight, uses 19 indicators that "
        "are comparable over 2016–2023, scales them from minimum to maximum "
        "(min–max), and takes the arithmetic mean; network security is shown, not "
        "counted."
    )
    recipe = recipe_to_address(
        Recipe(years="2016-2023", weighting="entropy", within="geometric", security=True,
               outliers="log", normalisation="rank")
    )  # fmt: skip
    assert sentence(page("index", lang="en", year="2021", recipe=recipe)) == (
        "The index of 2021 weights 20 indicators by their entropy, uses 20 "
        "indicators that are comparable over 2016–2023, scales them by rank, and "
        "takes the geometric mean within and the arithmetic mean across dimensions. "
        "Further choices: outliers are treated by logarithms."
    )


@pytest.mark.parametrize("field", ["weighting", "normalisation", "outliers", "imputation"])
def test_every_choice_has_its_sentence(field):
    texts = set()
    for value in CHOICES[field]:
        recipe = recipe_to_address(Recipe(years="2016-2023", **{field: value}))
        test = page("index", lang="zh", year="2023", recipe=recipe)
        assert not test.exception
        texts.add(sentence(test))
    alike = {"dimension", "own"} <= set(CHOICES[field])
    assert len(texts) >= len(CHOICES[field]) - alike


def test_double_network_security_and_sichuan_pinned_take_three_actions():
    test = page("index", lang="en")  # the first: the page
    test.slider(key="weight_network_security").set_value(2.0).run()
    test.selectbox(key="pinned").set_value("510000").run()
    recipe = recipe_from_address(address(test, "recipe"))
    assert recipe.security
    assert dict(recipe.dimension_weights) == {"network_security": 2.0}
    assert address(test, "province") == "510000"
    after, before = (
        score_index(one, 2023).table.at["510000", "rank"] for one in (recipe, default_recipe(2023))
    )
    name, rank, _, interval, change = pinned(test)
    assert (name, rank) == ("Sichuan", str(int(after)))
    assert re.fullmatch(r"\d+ to \d+", interval)
    assert change == f"+{int(before - after)} ({int(before)})"
    test.button(key="reset_weights").click().run()
    assert "recipe" not in test.query_params
    assert pinned(test)[:2] == ["Sichuan", str(int(before))]
    assert len(pinned(test)) == 4


def test_network_security_says_why_it_does_not_count_and_offers_the_way():
    test = page("index", lang="en", year="2017")
    slider = test.slider(key="weight_network_security")
    assert slider.disabled
    assert [caption.value for caption in test.caption] == ["No values before 2018."]
    assert test.button(key="count_security").label == "Use 2018"
    test.button(key="count_security").click().run()
    assert address(test, "year") == "2018"
    recipe = recipe_from_address(address(test, "recipe"))
    assert (recipe.security, recipe.years) == (True, "2016-2020")
    assert test.slider(key="weight_network_security").value == 1.0
    # Back in a year without values it is not counted, and nothing has to be declined.
    test.select_slider(key="year").set_value(2016).run()
    assert not test.toast
    assert not test.warning
    assert test.slider(key="weight_network_security").disabled
    assert "recipe" not in test.query_params


def test_a_weight_back_at_one_is_the_default_again():
    test = page("index", lang="en")
    test.button(key="count_security").click().run()
    assert test.slider(key="weight_network_security").value == 1.0
    test.slider(key="weight_network_security").set_value(0.0).run()
    assert "recipe" not in test.query_params
    assert [caption.value for caption in test.caption] == [
        "Its only indicator varies widely from year to year."
    ]
    test.slider(key="weight_policy_environment").set_value(2.0).run()
    test.slider(key="weight_policy_environment").set_value(1.0).run()
    assert "recipe" not in test.query_params
    assert test.selectbox(key="named").value == "default"


@pytest.mark.parametrize("province", ["", "110000", "540000"])
def test_what_if_opens_on_a_value_that_is_there(province):
    test = page("index", lang="en", tab="takes", year="2017", province=province)
    adcode = test.selectbox(key="province").value
    assert not province or adcode == province
    measure = published_measures()[test.selectbox(key="indicator").value]
    value = measure.snapshot(2017).cells[adcode].value
    assert test.number_input[0].value == pytest.approx(value, abs=10**-measure.decimals)


def test_what_if_leaves_a_missing_value_empty():
    measure = published_measures()["software_revenue_share_gdp"]
    missing = measure.snapshot(2023).cells["540000"]
    assert missing.value is None
    test = page("index", lang="en", tab="takes", province="540000", indicator=measure.id)
    assert test.number_input[0].value is None
    assert "A value of this indicator is not available for Xizang in 2023." in html(test)
    assert not test.exception
