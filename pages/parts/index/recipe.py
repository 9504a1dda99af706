"""The recipe of the Index page: from and to the URL, as a form, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from geo.captions import NAMED_SET, OWN_CHOICES
from geo.index import (
    AGGREGATIONS,
    DEFAULT_SPREAD,
    IMPUTATIONS,
    NORMALISATIONS,
    OUTLIER_RULES,
    SECURITY_DIMENSION,
    WEIGHTINGS,
    YEAR_SETS,
    IndexResult,
    Recipe,
    presets,
    recipe_from_address,
    recipe_from_json,
    recipe_to_address,
    recipe_to_json,
    score_index,
)
from geo.measures import GROUP_NAMES, dimension_ids, measure_name, published_indicators
from geo.text import N_, InputError, Translator
from pages.parts.state import notify, set_widget, sync_to_url, write_params

CUSTOM = "own"  # in place of a named recipe
SPREADS = {"0.1": N_("Narrow (0.1)"), "0.25": N_("Middle (0.25)"), "0.5": N_("Wide (0.5)")}
SLIDER_MAX = 4.0  # on a slider; a URL can hold more
STEP = 0.25
METHODS = {
    "weighting": (N_("Weights"), WEIGHTINGS),
    "normalisation": (N_("One scale by"), NORMALISATIONS),
    "outliers": (N_("Outliers"), OUTLIER_RULES),
    "within": (N_("Mean within a dimension"), AGGREGATIONS),
    "across": (N_("Mean across dimensions"), AGGREGATIONS),
    "imputation": (N_("In place of a missing figure"), IMPUTATIONS),
}
SWITCHES = {
    "security": N_("Count network security"),
    "doubtful": N_("Use doubtful figures"),
    "nearest_year": N_("Let in measures without the year, with their nearest"),
}


@dataclass(frozen=True)
class RequestedRecipe:
    """The recipe in the URL of the Index page; notes: errors of invalid values."""

    recipe: Recipe
    year: int
    spread: float
    notes: list[InputError]

    @property
    def name(self) -> str:
        """The id of the preset that equals this recipe in any set of years; else ``own``."""
        bare = replace(self.recipe, years=Recipe().years)
        return next((preset.id for preset in presets().values() if preset.recipe == bare), CUSTOM)


def read_requested_recipe() -> RequestedRecipe:
    """Return recipe, year and spread of the URL; an invalid value gives the default and a note."""
    params = st.query_params
    notes: list[InputError] = []
    try:
        recipe = recipe_from_address(params["recipe"]) if "recipe" in params else Recipe()
    except InputError as error:
        notes.append(error)
        recipe = Recipe()
    years = YEAR_SETS[recipe.years].years
    year_text = params.get("year", "")
    preferred = (
        int(year_text)
        if year_text.isascii() and year_text.isdigit() and len(year_text) == 4
        else 2017
    )
    year = min(years, key=lambda entry: (abs(entry - preferred), entry))
    try:
        score_index(recipe, year)
    except InputError as error:
        notes.append(error)
        recipe = replace(Recipe(), years=recipe.years)
    spread = params.get("spread", "")
    return RequestedRecipe(
        recipe, year, float(spread) if spread in SPREADS else DEFAULT_SPREAD, notes
    )


def change_recipe(
    requested: RequestedRecipe, key: str, make: Callable[[Recipe, Any], Recipe]
) -> None:
    """Callback of a widget: write the recipe with its new value into the URL, if it is valid.

    A choice that does not fit the others changes nothing and shows a message.
    """
    try:
        write_recipe_to_url(make(requested.recipe, st.session_state[key]), requested.year)
    except InputError as error:
        notify(error)


def write_recipe_to_url(recipe: Recipe, year: int) -> None:
    """Write a recipe into the URL, after a check with one of its years."""
    years = YEAR_SETS[recipe.years].years
    year = min(years, key=lambda number: abs(number - year))
    score_index(recipe, year)
    address = recipe_to_address(recipe)
    write_params(recipe="" if recipe == Recipe() else address, year=year)


def open_recipe_file() -> None:
    """Load a recipe file; an invalid one gives an error with its line."""
    file = st.session_state["recipe_file"]
    if file is None:
        return
    try:
        # A recipe has about 3 kB: reject a much longer file before decoding it.
        text = file.getvalue()[:100_000].decode("utf-8", "replace")
        loaded = recipe_from_json(text)
        write_recipe_to_url(loaded.recipe, loaded.year)
    except InputError as error:
        notify(error)
        return
    if not loaded.same_data:
        notify(
            InputError(
                N_(
                    "The recipe was made on other figures than this atlas holds now, so its scores"
                    " may differ."
                )
            )
        )


def weight_change(part: str, field: str) -> Callable[[Recipe, Any], Recipe]:
    """Return a function that changes the weight of a dimension or an indicator."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        weights = {**dict(getattr(recipe, field)), part: float(value)}
        pairs = tuple((name, weight) for name, weight in weights.items() if weight != 1)
        changes: dict[str, Any] = {field: pairs}
        return replace(recipe, weighting="own", **changes)

    return make


def choice_change(field: str) -> Callable[[Recipe, Any], Recipe]:
    """Return a function that changes one choice; another weighting drops the own weights."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        changes: dict[str, Any] = {field: value}
        if field == "weighting" and value != CUSTOM:
            changes |= {"dimension_weights": (), "indicator_weights": ()}
        if field == "years":
            changes["nearest_year"] = recipe.nearest_year and YEAR_SETS[value].snapshot
        return replace(recipe, **changes)

    return make


def apply_preset(recipe: Recipe, value: Any) -> Recipe:
    """Return a preset for the set of years of the current recipe."""
    return recipe if value == CUSTOM else replace(presets()[value].recipe, years=recipe.years)


def recipe_mark(requested: RequestedRecipe, t: Translator) -> str:
    """Return the note on results of other recipes than the default; empty for the default."""
    if requested.name == "default":
        return ""
    if requested.name == CUSTOM:
        return t(OWN_CHOICES)
    name = t(presets()[requested.name].name)
    return t(NAMED_SET, name=name)


def draw_recipe_file(requested: RequestedRecipe, t: Translator) -> None:
    """Draw the recipe file, to download and to load again."""
    st.download_button(
        t(N_("Download this recipe")),
        recipe_to_json(requested.recipe, requested.year),
        file_name=f"open-index-{requested.year}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="recipe_download",
    )
    with st.popover(t(N_("Open a recipe")), icon=":material/upload:"):
        st.file_uploader(
            t(N_("A recipe file of this atlas (JSON)")),
            type="json",
            key="recipe_file",
            on_change=open_recipe_file,
        )


def draw_recipe_form(requested: RequestedRecipe, result: IndexResult, t: Translator) -> None:
    """Draw all choices of the recipe; each writes the recipe into the URL."""
    names = {preset.id: preset.name for preset in presets().values()}
    _draw_choice(
        "named",
        N_("Set of choices"),
        {**names, CUSTOM: N_("Your own")},
        requested.name,
        apply_preset,
        requested,
        t,
    )
    sets = {year_set.id: year_set.id.replace("-", "–") for year_set in YEAR_SETS.values()}
    _draw_choice("years", N_("Years that compare"), sets, requested.recipe.years,
            choice_change("years"), requested, t)  # fmt: skip
    _draw_year(requested, t)
    with st.expander(t(N_("Methods")), key="methods", on_change="rerun") as opened:
        if opened.open:
            _draw_methods(requested, t)
    title = t(N_("Weights of the dimensions"))
    st.markdown(f"**{title}**")
    for dimension in dimension_ids():
        if dimension in result.dimensions:
            _draw_dimension_weights(dimension, requested, result, t)
    draw_recipe_file(requested, t)


def _draw_choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    value: str,
    make: object,
    requested: RequestedRecipe,
    t: Translator,
) -> None:
    set_widget(key, value)
    st.selectbox(
        t(label),
        list(options),
        format_func=lambda name: t(options[name]),
        key=key,
        on_change=change_recipe,
        args=(requested, key, make),
    )


def _draw_year(requested: RequestedRecipe, t: Translator) -> None:
    years = YEAR_SETS[requested.recipe.years].years
    if len(years) == 1:
        return
    set_widget("year", requested.year)
    st.select_slider(
        t(N_("Year")), years, key="year",
        on_change=sync_to_url, args=("year",),
    )  # fmt: skip


def _draw_methods(requested: RequestedRecipe, t: Translator) -> None:
    for field, (label, options) in METHODS.items():
        value = getattr(requested.recipe, field)
        _draw_choice(field, label, options, value, choice_change(field), requested, t)
    for field, label in SWITCHES.items():
        set_widget(field, getattr(requested.recipe, field))
        st.toggle(
            t(label), key=field, on_change=change_recipe,
            args=(requested, field, choice_change(field)),
        )  # fmt: skip


def _draw_weight(
    part: str, label: str, field: str, weight: float, requested: RequestedRecipe, t: Translator
) -> None:
    key = f"weight_{part}"
    set_widget(key, min(weight, SLIDER_MAX))
    st.slider(
        label, 0.0, SLIDER_MAX, step=STEP, key=key, format="%.2f",
        on_change=change_recipe, args=(requested, key, weight_change(part, field)),
    )  # fmt: skip


def _draw_dimension_weights(
    dimension: str, requested: RequestedRecipe, result: IndexResult, t: Translator
) -> None:
    """Draw a slider for the dimension and, when expanded, one for each of its indicators."""
    item = result.indicators[result.indicators["dimension"] == dimension]
    counted = dimension != SECURITY_DIMENSION or requested.recipe.security
    share = t.format_number(100 * float(item["nominal"].sum()))
    label = t(GROUP_NAMES[dimension])
    if counted:
        weight = requested.recipe.weight_of(dimension)
        title = t(N_("{name}: {share}% of the weight"), name=label, share=share)
        _draw_weight(dimension, title, "dimension_weights", weight, requested, t)
    else:
        st.caption(t(N_("{name}: shown, not counted"), name=label))
    if not counted or len(item) < 2:
        return
    with st.expander(
        t(N_("Its {count} indicators"), count=len(item)),
        key=f"tree_{dimension}",
        on_change="rerun",
    ) as opened:
        if not opened.open:
            return
        weights = dict(requested.recipe.indicator_weights)
        for name, row in item.iterrows():
            if row["status"] == "used":
                title = t(
                    N_("{name}: {share}%"),
                    name=measure_name(published_indicators()[str(name)], t),
                    share=t.format_number(100 * float(row["nominal"]), 1),
                )
                _draw_weight(
                    str(name), title, "indicator_weights", weights.get(str(name), 1.0), requested, t
                )
