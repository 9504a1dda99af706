"""The recipe of the Index page: from the address, to the address, and what every change does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from geo.captions.notes import NAMED_SET, OWN_CHOICES
from geo.errors import InputError
from geo.index.exchange import from_address, from_json, to_address
from geo.index.figures import YEAR_SETS
from geo.index.model import score
from geo.index.recipe import Recipe, named_recipes
from geo.robustness.assumptions import SPREAD
from geo.text import N_, Texts
from pages.parts import state

OWN = "own"  # in place of a named recipe
SPREADS = {"0.1": N_("Narrow (0.1)"), "0.25": N_("Middle (0.25)"), "0.5": N_("Wide (0.5)")}


@dataclass(frozen=True)
class Asked:
    """What the address of the Index page asks for; notes: what in it does not fit."""

    recipe: Recipe
    year: int
    spread: float
    notes: list[InputError]

    @property
    def name(self) -> str:
        """The id of the named recipe that this one is, whatever its set of years; else ``own``."""
        bare = replace(self.recipe, years=Recipe().years)
        return next((own.id for own in named_recipes().values() if own.recipe == bare), OWN)


def asked() -> Asked:
    """The recipe, year and spread of the address; a misfit gives the default and a note."""
    params = st.query_params
    notes: list[InputError] = []
    try:
        recipe = from_address(params["recipe"]) if "recipe" in params else Recipe()
    except InputError as error:
        notes.append(error)
        recipe = Recipe()
    years = YEAR_SETS[recipe.years].years
    given = params.get("year", "")
    wanted = int(given) if given.isascii() and given.isdigit() and len(given) == 4 else 2017
    year = min(years, key=lambda own: (abs(own - wanted), own))
    try:
        score(recipe, year)
    except InputError as error:
        notes.append(error)
        recipe = replace(Recipe(), years=recipe.years)
    spread = params.get("spread", "")
    return Asked(recipe, year, float(spread) if spread in SPREADS else SPREAD, notes)


def change(now: Asked, key: str, make: Callable[[Recipe, Any], Recipe]) -> None:
    """A widget's callback: the recipe with its new value goes into the address, if it holds.

    A choice that does not fit the others changes nothing and says why.
    """
    try:
        put(make(now.recipe, st.session_state[key]), now.year)
    except InputError as error:
        state.tell(error)


def put(recipe: Recipe, year: int) -> None:
    """Write a recipe into the address, after it has been tried on a year that it has."""
    years = YEAR_SETS[recipe.years].years
    year = min(years, key=lambda own: abs(own - year))
    score(recipe, year)
    address = to_address(recipe)
    state.write(recipe="" if recipe == Recipe() else address, year=year)


def opened() -> None:
    """Open a recipe file. One that does not fit is refused with its line."""
    file = st.session_state["recipe_file"]
    if file is None:
        return
    try:
        # A recipe has some 3 kB: what is much longer is refused before it is decoded.
        text = file.getvalue()[:100_000].decode("utf-8", "replace")
        found = from_json(text)
        put(found.recipe, found.year)
    except InputError as error:
        state.tell(error)
        return
    if not found.same_data:
        state.tell(
            InputError(
                N_(
                    "The recipe was made on other figures than this atlas holds now, so its scores"
                    " may differ."
                )
            )
        )


def with_weight(part: str, field: str) -> Callable[[Recipe, Any], Recipe]:
    """A change of one own weight of a dimension or an indicator."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        weights = {**dict(getattr(recipe, field)), part: float(value)}
        kept = tuple((name, weight) for name, weight in weights.items() if weight != 1)
        changes: dict[str, Any] = {field: kept}
        return replace(recipe, weighting="own", **changes)

    return make


def with_choice(field: str) -> Callable[[Recipe, Any], Recipe]:
    """A change of a choice that has a name; another weighting puts the own weights aside."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        changes: dict[str, Any] = {field: value}
        if field == "weighting" and value != OWN:
            changes |= {"dimension_weights": (), "indicator_weights": ()}
        if field == "years":
            changes["nearest_year"] = recipe.nearest_year and YEAR_SETS[value].snapshot
        return replace(recipe, **changes)

    return make


def named(recipe: Recipe, value: Any) -> Recipe:
    """A named recipe in place of the present one, for the same set of years."""
    return recipe if value == OWN else replace(named_recipes()[value].recipe, years=recipe.years)


def mark(now: Asked, say: Texts) -> str:
    """The line on everything made with other choices than the default; empty with the default."""
    if now.name == "default":
        return ""
    if now.name == OWN:
        return say(OWN_CHOICES)
    name = say(named_recipes()[now.name].name)
    return say(NAMED_SET, name=name)
