"""The recipe of the Index page: from the address, to the address, and what every change does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from geo.captions.notes import NAMED_SET, OWN_CHOICES
from geo.errors import InputError
from geo.index.exchange import recipe_from_address, recipe_from_json, recipe_to_address
from geo.index.figures import YEAR_SETS
from geo.index.model import score_index
from geo.index.recipe import Recipe, presets
from geo.robustness.assumptions import SPREAD
from geo.text import N_, Translator
from pages.parts import state

CUSTOM = "own"  # in place of a named recipe
SPREADS = {"0.1": N_("Narrow (0.1)"), "0.25": N_("Middle (0.25)"), "0.5": N_("Wide (0.5)")}


@dataclass(frozen=True)
class RequestedRecipe:
    """What the address of the Index page asks for; notes: what in it does not fit."""

    recipe: Recipe
    year: int
    spread: float
    notes: list[InputError]

    @property
    def name(self) -> str:
        """The id of the named recipe that this one is, whatever its set of years; else ``own``."""
        bare = replace(self.recipe, years=Recipe().years)
        return next((preset.id for preset in presets().values() if preset.recipe == bare), CUSTOM)


def read_requested_recipe() -> RequestedRecipe:
    """The recipe, year and spread of the address; a misfit gives the default and a note."""
    params = st.query_params
    notes: list[InputError] = []
    try:
        recipe = recipe_from_address(params["recipe"]) if "recipe" in params else Recipe()
    except InputError as error:
        notes.append(error)
        recipe = Recipe()
    years = YEAR_SETS[recipe.years].years
    given = params.get("year", "")
    preferred = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else 2017
    year = min(years, key=lambda entry: (abs(entry - preferred), entry))
    try:
        score_index(recipe, year)
    except InputError as error:
        notes.append(error)
        recipe = replace(Recipe(), years=recipe.years)
    spread = params.get("spread", "")
    return RequestedRecipe(recipe, year, float(spread) if spread in SPREADS else SPREAD, notes)


def change_recipe(
    requested: RequestedRecipe, key: str, make: Callable[[Recipe, Any], Recipe]
) -> None:
    """A widget's callback: the recipe with its new value goes into the address, if it holds.

    A choice that does not fit the others changes nothing and says why.
    """
    try:
        write_recipe_to_url(make(requested.recipe, st.session_state[key]), requested.year)
    except InputError as error:
        state.notify(error)


def write_recipe_to_url(recipe: Recipe, year: int) -> None:
    """Write a recipe into the address, after it has been tried on a year that it has."""
    years = YEAR_SETS[recipe.years].years
    year = min(years, key=lambda number: abs(number - year))
    score_index(recipe, year)
    address = recipe_to_address(recipe)
    state.write_params(recipe="" if recipe == Recipe() else address, year=year)


def open_recipe_file() -> None:
    """Open a recipe file. One that does not fit is refused with its line."""
    file = st.session_state["recipe_file"]
    if file is None:
        return
    try:
        # A recipe has some 3 kB: what is much longer is refused before it is decoded.
        text = file.getvalue()[:100_000].decode("utf-8", "replace")
        loaded = recipe_from_json(text)
        write_recipe_to_url(loaded.recipe, loaded.year)
    except InputError as error:
        state.notify(error)
        return
    if not loaded.same_data:
        state.notify(
            InputError(
                N_(
                    "The recipe was made on other figures than this atlas holds now, so its scores"
                    " may differ."
                )
            )
        )


def weight_change(part: str, field: str) -> Callable[[Recipe, Any], Recipe]:
    """A change of one own weight of a dimension or an indicator."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        weights = {**dict(getattr(recipe, field)), part: float(value)}
        pairs = tuple((name, weight) for name, weight in weights.items() if weight != 1)
        changes: dict[str, Any] = {field: pairs}
        return replace(recipe, weighting="own", **changes)

    return make


def choice_change(field: str) -> Callable[[Recipe, Any], Recipe]:
    """A change of a choice that has a name; another weighting puts the own weights aside."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        changes: dict[str, Any] = {field: value}
        if field == "weighting" and value != CUSTOM:
            changes |= {"dimension_weights": (), "indicator_weights": ()}
        if field == "years":
            changes["nearest_year"] = recipe.nearest_year and YEAR_SETS[value].snapshot
        return replace(recipe, **changes)

    return make


def apply_preset(recipe: Recipe, value: Any) -> Recipe:
    """A named recipe in place of the present one, for the same set of years."""
    return recipe if value == CUSTOM else replace(presets()[value].recipe, years=recipe.years)


def recipe_mark(requested: RequestedRecipe, t: Translator) -> str:
    """The line on everything made with other choices than the default; empty with the default."""
    if requested.name == "default":
        return ""
    if requested.name == CUSTOM:
        return t(OWN_CHOICES)
    name = t(presets()[requested.name].name)
    return t(NAMED_SET, name=name)
