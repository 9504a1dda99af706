"""The recipe of the Index page: from and to the URL, its choices, and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from geo.analysis import LAST_YEAR, PageState
from geo.captions import NAMED_SET, OWN_CHOICES
from geo.index import (
    AGGREGATIONS,
    IMPUTATIONS,
    LATEST_YEAR,
    NORMALISATIONS,
    OUTLIER_RULES,
    SECURITY_DIMENSION,
    WEIGHTINGS,
    YEAR_SETS,
    Recipe,
    default_recipe,
    dimension_years,
    presets,
    recipe_from_address,
    recipe_from_json,
    recipe_to_address,
    recipe_to_json,
    score_index,
)
from geo.limits import MAX_PRESETS
from geo.text import N_, InputError, Translator
from geo.upload import limit_of
from geo.workspace import NamedRecipe
from pages.parts.session import hold_workspace, session_presets, session_workspace
from pages.parts.state import notify, set_widget, write_params

CUSTOM = "own"  # in place of a named recipe
SAVED = "saved:"  # before the name of a preset of the reader
SPREAD_NAMES = {"0.1": N_("Narrow (0.1)"), "0.25": N_("Medium (0.25)"), "0.5": N_("Wide (0.5)")}
METHODS = {
    "weighting": (N_("Weights"), WEIGHTINGS),
    "normalisation": (N_("Normalisation"), NORMALISATIONS),
    "outliers": (N_("Outliers"), OUTLIER_RULES),
    "within": (N_("Mean within a dimension"), AGGREGATIONS),
    "across": (N_("Mean across dimensions"), AGGREGATIONS),
    "imputation": (N_("Missing values"), IMPUTATIONS),
}
SWITCHES = {
    "security": N_("Count network security"),
    "doubtful": N_("Use doubtful values"),
    "nearest_year": N_("Use the nearest year where a measure lacks this one"),
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
        """The id of the preset that equals this recipe in any set of years; else ``own``.

        A preset of the reader equals it with its years.
        """
        bare = replace(self.recipe, years=Recipe().years)
        named = [preset.id for preset in presets().values() if preset.recipe == bare]
        address = recipe_to_address(self.recipe)
        named += [SAVED + preset.name for preset in session_presets() if preset.recipe == address]
        return named[0] if named else CUSTOM

    @property
    def default(self) -> Recipe:
        """The default choices over the same set of years, which ranks are compared with."""
        return Recipe(years=self.recipe.years)

    @property
    def address(self) -> str:
        """The recipe in an address; empty for the default of the year."""
        return address_of(self.recipe, self.year)

    @property
    def counts_security(self) -> bool:
        """Whether network security has values that the recipe can count."""
        return has_security(self.recipe, self.year)


def read_requested_recipe(view: PageState) -> RequestedRecipe:
    """Return recipe, year and spread of the URL; an invalid recipe gives the default and a note.

    Without a year it is the latest of the recipe's set; without a recipe, the default of the year.
    """
    params = st.query_params
    notes: list[InputError] = []
    requested_year = None if view.requested_year is None else view.preferred_year
    recipe = default_recipe(requested_year or LATEST_YEAR)
    try:
        if "recipe" in params:
            recipe = recipe_from_address(params["recipe"])
    except InputError as error:
        notes.append(error)
    year = nearest_year(recipe, requested_year or LAST_YEAR)
    try:
        score_index(recipe, year)
    except InputError as error:
        notes.append(error)
        recipe = replace(Recipe(), years=recipe.years)
    return RequestedRecipe(recipe, year, float(view.spread), notes)


def nearest_year(recipe: Recipe, year: int) -> int:
    """Return the year of the recipe's set that is nearest; of two, the earlier."""
    return min(YEAR_SETS[recipe.years].years, key=lambda entry: (abs(entry - year), entry))


def has_security(recipe: Recipe, year: int) -> bool:
    """Return whether network security has values for a year, or for the nearest if allowed."""
    return recipe.nearest_year or year in dimension_years(SECURITY_DIMENSION)


def without_missing_security(recipe: Recipe, year: int) -> Recipe:
    """Return the recipe without network security if that has no value for the year."""
    if not recipe.security or has_security(recipe, year):
        return recipe
    return set_weight(recipe, SECURITY_DIMENSION, 0.0, "dimension_weights")


def address_of(recipe: Recipe, year: int) -> str:
    """Return a recipe for the address; empty for the default of the year."""
    return "" if recipe == default_recipe(year) else recipe_to_address(recipe)


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
    year = nearest_year(recipe, year)
    recipe = without_missing_security(recipe, year)
    score_index(recipe, year)
    write_params(recipe=address_of(recipe, year), year=year)


def change_year(requested: RequestedRecipe, key: str) -> None:
    """Callback of the year: write it with the recipe, whose set of years stays."""
    try:
        write_recipe_to_url(requested.recipe, st.session_state[key])
    except InputError as error:
        notify(error)


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
                    "The recipe was made with other data than the atlas holds now, so its scores "
                    "may differ."
                )
            )
        )


def set_weight(recipe: Recipe, part: str, weight: float, field: str) -> Recipe:
    """Return the recipe with another weight of a dimension or an indicator.

    Network security counts from a weight above zero on. Weights that all are as by default are
    no own weights.
    """
    weights = {**dict(getattr(recipe, field)), part: weight}
    changes: dict[str, Any] = {}
    if part == SECURITY_DIMENSION:
        changes["security"] = weight > 0
        if not weight:
            del weights[part]
    changes[field] = tuple((name, number) for name, number in weights.items() if number != 1)
    other = "indicator_weights" if field == "dimension_weights" else "dimension_weights"
    is_own = bool(changes[field] or getattr(recipe, other))
    plain = "dimension" if recipe.weighting == CUSTOM else recipe.weighting
    return replace(recipe, weighting=CUSTOM if is_own else plain, **changes)


def weight_change(part: str, field: str) -> Callable[[Recipe, Any], Recipe]:
    """Return a function that changes the weight of a dimension or an indicator."""

    def make(recipe: Recipe, value: Any) -> Recipe:
        return set_weight(recipe, part, float(value), field)

    return make


def reset_weights(requested: RequestedRecipe) -> None:
    """Callback: all weights as by default, network security not counted; methods stay."""
    recipe = replace(
        requested.recipe,
        weighting=Recipe().weighting,
        security=False,
        dimension_weights=(),
        indicator_weights=(),
    )
    write_recipe_to_url(recipe, requested.year)


def count_security(requested: RequestedRecipe) -> None:
    """Callback: count network security, in the nearest year that has it.

    The set of years stays if it has such a year; else it is the default of that year.
    """
    recipe, year = requested.recipe, requested.year
    if not has_security(recipe, year):
        year = security_year(recipe, year)
        if year not in YEAR_SETS[recipe.years].years:
            recipe = replace(recipe, years=default_recipe(year).years)
    write_recipe_to_url(set_weight(recipe, SECURITY_DIMENSION, 1.0, "dimension_weights"), year)


def security_year(recipe: Recipe, year: int) -> int:
    """Return the nearest year with values for network security, in the set if it has one."""
    known = dimension_years(SECURITY_DIMENSION)
    within = [entry for entry in known if entry in YEAR_SETS[recipe.years].years]
    return min(within or known, key=lambda entry: abs(entry - year))


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
    """Return a preset for the set of years of the current recipe, or one of the reader."""
    saved = {SAVED + preset.name: preset.recipe for preset in session_presets()}
    if value in saved:
        return recipe_from_address(saved[value])
    return recipe if value == CUSTOM else replace(presets()[value].recipe, years=recipe.years)


def recipe_mark(requested: RequestedRecipe, t: Translator) -> str:
    """Return the note on results of other recipes than the default; empty for the default."""
    if requested.name == "default":
        return ""
    if requested.name not in presets():
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
    popover = st.popover(
        t(N_("Save as a preset")), icon=":material/bookmark:", key="preset", on_change="rerun"
    )
    if popover.open:
        with popover, st.form("preset_form", border=False):
            name = st.text_input(
                t(N_("Name of the preset")), max_chars=limit_of("text"), key="preset_name"
            )
            if st.form_submit_button(t(N_("Save the preset")), key="preset_save"):
                _save_preset(name, requested)
    with st.popover(t(N_("Open a recipe")), icon=":material/upload:"):
        st.file_uploader(
            t(N_("A recipe file of this atlas (JSON)")),
            type="json",
            key="recipe_file",
            on_change=open_recipe_file,
        )


def _save_preset(name: str, requested: RequestedRecipe) -> None:
    """Add the recipe to the presets of the reader; one of the same name is replaced."""
    name = " ".join(name.split())
    if not name:
        return
    preset = NamedRecipe(name, recipe_to_address(requested.recipe), requested.year)
    now = session_workspace()
    kept = tuple(one for one in now.presets if one.name != name)[-MAX_PRESETS + 1 :]
    try:
        hold_workspace(replace(now, presets=(*kept, preset)))
    except InputError as error:
        notify(error)
    st.rerun()


def draw_recipe_choices(requested: RequestedRecipe, t: Translator) -> None:
    """Draw the named set, the years that compare, and the year."""
    names = {preset.id: preset.name for preset in presets().values()}
    names |= {SAVED + preset.name: preset.name for preset in session_presets()}
    _draw_choice(
        "named",
        N_("Preset"),
        {**names, CUSTOM: N_("Custom weights")},
        requested.name,
        apply_preset,
        requested,
        t,
    )
    sets = {year_set.id: year_set.id.replace("-", "–") for year_set in YEAR_SETS.values()}
    _draw_choice("years", N_("Comparable years"), sets, requested.recipe.years,
            choice_change("years"), requested, t)  # fmt: skip
    _draw_year(requested, t)


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
        format_func=lambda name: options[name] if name.startswith(SAVED) else t(options[name]),
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
        on_change=change_year, args=(requested, "year"),
    )  # fmt: skip


def draw_methods(requested: RequestedRecipe, t: Translator) -> None:
    """Draw the choices of method, folded; network security has its switch at its weight."""
    with st.expander(t(N_("Method options")), key="methods", on_change="rerun") as opened:
        if not opened.open:
            return
        for field, (label, options) in METHODS.items():
            value = getattr(requested.recipe, field)
            _draw_choice(field, label, options, value, choice_change(field), requested, t)
        for field, label in SWITCHES.items():
            if field == "security":
                continue
            set_widget(field, getattr(requested.recipe, field))
            needs_snapshot = field == "nearest_year"
            st.toggle(
                t(label), key=field, on_change=change_recipe,
                disabled=needs_snapshot and not YEAR_SETS[requested.recipe.years].snapshot,
                args=(requested, field, choice_change(field)),
            )  # fmt: skip
