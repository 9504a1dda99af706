"""Recipes: what fits, and that an address and a file say the same as the recipe they came from."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.index import (
    YEAR_SETS,
    Recipe,
    dataset_checksum,
    presets,
    recipe_from_address,
    recipe_from_json,
    recipe_to_address,
    recipe_to_json,
)
from geo.index.inputs import index_indicators
from geo.index.recipe import CHOICES
from geo.limits import MAX_RECIPE_ADDRESS_LENGTH, MAX_RECIPE_FILE_LENGTH
from geo.measures import dimension_ids
from geo.text import InputError, translator

OWN = Recipe(
    weighting="own",
    dimension_weights=(("policy_environment", 0.5), ("information_services", 2.25)),
    indicator_weights=(("websites_per_1000", 0.0),),
    left_out=("policy_attention",),
    security=True,
    nearest_year=True,
)

HASH = dataset_checksum()
weights = st.integers(min_value=1, max_value=10_000_000).map(lambda n: n / 10_000)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    choices = {name: draw(st.sampled_from(list(known))) for name, known in CHOICES.items()}
    switches = {name: draw(st.booleans()) for name in ("security", "doubtful")}
    near = YEAR_SETS[choices["years"]].snapshot and draw(st.booleans())
    recipe = {}
    if choices["weighting"] == "own":
        for name, ids in (
            ("dimension_weights", dimension_ids()),
            ("indicator_weights", list(index_indicators())),
        ):
            recipe[name] = tuple(draw(st.dictionaries(st.sampled_from(ids), weights)).items())
    left_out = tuple(draw(st.lists(st.sampled_from(index_indicators()), unique=True, max_size=5)))
    return Recipe(**choices, **switches, nearest_year=near, left_out=left_out, **recipe)


@settings(max_examples=200, deadline=None)
@given(recipes())
def test_an_address_gives_its_recipe_back_and_needs_no_escaping(recipe):
    address = recipe_to_address(recipe)
    assert recipe_from_address(address) == recipe
    assert quote(address, safe="") == address
    assert len(address) <= MAX_RECIPE_ADDRESS_LENGTH


@settings(max_examples=60, deadline=None)
@given(recipes())
def test_a_file_gives_its_recipe_back(recipe):
    year = YEAR_SETS[recipe.years].years[-1]
    try:
        recipe.indicators_for(year)
    except InputError:
        return  # security in 2017 without the nearest year has no file to make
    opened = recipe_from_json(recipe_to_json(recipe, year))
    assert (opened.recipe, opened.year, opened.same_data) == (recipe, year, True)
    assert len(recipe_to_json(recipe, year)) <= MAX_RECIPE_FILE_LENGTH


def test_addresses_are_compact():
    assert recipe_to_address(Recipe()) == "1"
    assert recipe_to_address(OWN) == (
        "1~weighting-own~security-1~nearest_year-1~left_out-policy_attention"
        "~dimension_weights-information_services.2p25.policy_environment.0p5"
        "~indicator_weights-websites_per_1000.0"
    )


def test_the_order_in_which_choices_are_given_does_not_matter():
    turned = Recipe(left_out=("websites_per_1000", "policy_attention"))
    assert turned == Recipe(left_out=("policy_attention", "websites_per_1000"))
    assert hash(turned) == hash(Recipe(left_out=("policy_attention", "websites_per_1000")))


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("", "“” for version is not valid in the recipe. Expected: 1"),
        ("2", "“2” for version is not valid in the recipe. Expected: 1"),
        (
            "1~outliers-magic",
            "“magic” for outliers is not valid in the recipe. Expected: none | winsorise | log",
        ),
        ("1~colour-red", "Expected: years-…"),
        ("1~outliers", "Expected: years-…"),
        ("1~outliers-log~outliers-log", "outliers × 1"),
        ("1~security-yes", "“yes” for security is not valid in the recipe. Expected: 0 | 1"),
        ("1~years-2016-2020~years-2017", "years"),
        ("1~years-2015_2020", "“2015-2020” for years"),
        ("1~left_out-nothing", "“nothing” for left_out"),
        ("1~weighting-own~dimension_weights-policy_environment", "….1p5"),
        ("1~weighting-own~dimension_weights-policy_environment.-1", "….1p5"),
        ("1~weighting-own~dimension_weights-policy_environment.1e9", "….1p5"),
        ("1~weighting-own~dimension_weights-policy_environment.9999", "0 … 1000"),
        ("1~weighting-own~dimension_weights-poetry.1", "“poetry” for dimension_weights"),
        ("1~dimension_weights-policy_environment.2", "the weighting is “dimension”"),
        ("1" + "~" * 5000, "longer than 4000 characters"),
    ],
)
def test_an_address_that_does_not_fit_is_refused_with_what_was_expected(address, why):
    with pytest.raises(InputError, match=re.escape(why)):
        recipe_from_address(address)


def altered(old: str, new: str) -> str:
    text = recipe_to_json(OWN, 2017)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (altered('"winsorise"', '"magic"'),
         "Line 8 of the recipe is not valid: “magic” for outliers. Expected: none"),
        (altered('"security": true', '"security": 1'),
         "Line 13 of the recipe is not valid: “1” for security. Expected: true | false"),
        (altered('"version": 1', '"version": 2'), "Line 3 of the recipe is not valid"),
        (altered('"version": 1', '"version": true'), "Line 3"),
        (altered('open-index"', 'other"'), "Line 2"),
        (altered(HASH, "xyz"), f'Line 4 of the recipe is not valid. Expected: "{HASH}"'),
        (altered('"year": 2017', '"year": 2018'), "is not valid. Expected: 2017"),
        (altered('"year": 2017', '"year": "2017"'), "Line 5"),
        (altered("2.25", "-1"), "Line 20 of the recipe is not valid: “-1” for"),
        (altered("2.25", "NaN"), "Line 20 of the recipe is not valid. Expected: JSON"),
        (altered("2.25", '"2"'), "Line 20"),
        (altered("2.25", "0.00001"), "Line 20"),
        (altered("2.25", "true"), "Line 20"),
        (altered('"policy_environment": 0.5', '"poetry": 0.5'), "Line 21"),
        (altered('"policy_environment": 0.5', '"information_services": 1'), "Line 21"),
        (altered('"websites_per_1000": 0.0', '"websites": 0.0'), "Line 24"),
        (altered('"policy_attention"\n', '"poetry"\n'), "Line 16"),
        (altered('"policy_attention"\n', "7\n"), "Line 16"),
        (altered('  "doubtful": false,\n', ""), "The recipe has no “doubtful”"),
        (altered('  "doubtful": false,\n', '  "doubtful": false,\n  "more": 1,\n'), "Line 15"),
        (altered('"outliers": "winsorise",', '"outliers": "winsorise"'), "Line 9"),
        (altered('"weighting": "own"', '"weighting": "entropy"'), "the weighting is “entropy”"),
        (altered('"years": "2017"', '"years": ["2017"]'), "Line 6"),
        ("[1]", "Line 1 of the recipe is not valid. Expected: {"),
        ("", "Line 1"),
        ("[" * 15_000, "Expected: JSON"),
        ("1" * 9_000, "Expected: JSON"),
        (" " * 30_000, "longer than 20000 characters"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_refused_with_the_line(text, why):
    with pytest.raises(InputError, match=re.escape(why)):
        recipe_from_json(text)


def test_a_file_made_on_other_figures_opens_and_says_so():
    opened = recipe_from_json(altered(dataset_checksum(), "0" * 16))
    assert opened.recipe == OWN
    assert not opened.same_data


def test_a_file_for_a_year_that_the_set_lacks_is_not_made():
    with pytest.raises(InputError, match="do not include the year 2020"):
        recipe_to_json(Recipe(), 2020)


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        (
            {"across": "median"},
            "“median” for across is not valid in the recipe. Expected: arithmetic",
        ),
        ({"security": 1}, "“1” for security"),
        ({"years": 2017}, "“2017” for years"),
        ({"left_out": ("gdp_per_capita",)}, "“gdp_per_capita” for left_out"),
        (
            {"weighting": "own", "dimension_weights": (("policy_environment", float("nan")),)},
            "“nan” for dimension_weights, policy_environment",
        ),
        (
            {"weighting": "own", "dimension_weights": (("policy_environment", 1.0),) * 2},
            "policy_environment × 1",
        ),
        (
            {"weighting": "own", "dimension_weights": tuple((d, 0.0) for d in dimension_ids())},
            "All custom weights are zero",
        ),
    ],
)
def test_a_choice_that_does_not_fit_is_refused(choices, why):
    with pytest.raises(InputError, match=re.escape(why)):
        Recipe(**choices)


def test_a_long_wrong_value_is_not_repeated_in_full():
    with pytest.raises(InputError) as caught:
        recipe_from_address("1~outliers-" + "x" * 500)
    assert len(str(caught.value)) < 200


def test_the_fault_of_a_file_is_told_in_chinese_too():
    with pytest.raises(InputError) as caught:
        recipe_from_json(altered('"winsorise"', '"magic"'))
    error = caught.value
    assert translator("zh")(error.message, **error.slots).startswith("方案第8行无效：outliers")


def test_named_recipes():
    assert list(presets()) == [
        "default",
        "indicator",
        "entropy",
        "infrastructure",
        "without_weak",
    ]
    assert presets()["default"].recipe == Recipe()
    assert len({preset.recipe for preset in presets().values()}) == 5


def test_the_file_is_json_that_others_can_read():
    assert json.loads(recipe_to_json(OWN, 2017))["dimension_weights"] == {
        "information_services": 2.25, "policy_environment": 0.5,
    }  # fmt: skip
