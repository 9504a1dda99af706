"""The left side of the Index page: named sets, years, methods, the tree with its weights."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from geo import wording
from geo.index.aggregate import AGGREGATIONS
from geo.index.figures import SECURITY, YEAR_SETS
from geo.index.model import IndexResult
from geo.index.normalise import NORMALISATIONS
from geo.index.recipe import presets
from geo.index.screen import IMPUTATIONS
from geo.index.treat import OUTLIERS
from geo.index.weigh import WEIGHTINGS
from geo.indicators import dimension_ids, published_indicators
from geo.text import N_, Translator
from pages.parts import recipefile, recipes, state
from pages.parts.recipes import RequestedRecipe

SLIDER_MAX = 4.0  # on a slider; an address takes more
STEP = 0.25
METHODS = {
    "weighting": (N_("Weights"), WEIGHTINGS),
    "normalisation": (N_("One scale by"), NORMALISATIONS),
    "outliers": (N_("Outliers"), OUTLIERS),
    "within": (N_("Mean within a dimension"), AGGREGATIONS),
    "across": (N_("Mean across dimensions"), AGGREGATIONS),
    "imputation": (N_("In place of a missing figure"), IMPUTATIONS),
}
SWITCHES = {
    "security": N_("Count network security"),
    "doubtful": N_("Use doubtful figures"),
    "nearest_year": N_("Let in measures without the year, with their nearest"),
}


def draw_recipe_form(requested: RequestedRecipe, result: IndexResult, t: Translator) -> None:
    """All choices that make the index; each writes the recipe into the address."""
    names = {preset.id: preset.name for preset in presets().values()}
    _draw_choice(
        "named",
        N_("Set of choices"),
        {**names, recipes.CUSTOM: N_("Your own")},
        requested.name,
        recipes.apply_preset,
        requested,
        t,
    )
    sets = {year_set.id: year_set.id.replace("-", "–") for year_set in YEAR_SETS.values()}
    _draw_choice("years", N_("Years that compare"), sets, requested.recipe.years,
            recipes.choice_change("years"), requested, t)  # fmt: skip
    _draw_year(requested, t)
    with st.expander(t(N_("Methods")), key="methods", on_change="rerun") as opened:
        if opened.open:
            _draw_methods(requested, t)
    title = t(N_("Weights of the dimensions"))
    st.markdown(f"**{title}**")
    for dimension in dimension_ids():
        if dimension in result.dimensions:
            _draw_dimension_weights(dimension, requested, result, t)
    recipefile.draw_recipe_file(requested, t)


def _draw_choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    value: str,
    make: object,
    requested: RequestedRecipe,
    t: Translator,
) -> None:
    state.set_widget(key, value)
    st.selectbox(
        t(label),
        list(options),
        format_func=lambda name: t(options[name]),
        key=key,
        on_change=recipes.change_recipe,
        args=(requested, key, make),
    )


def _draw_year(requested: RequestedRecipe, t: Translator) -> None:
    years = YEAR_SETS[requested.recipe.years].years
    if len(years) == 1:
        return
    state.set_widget("year", requested.year)
    st.select_slider(
        t(N_("Year")), years, key="year",
        on_change=state.sync_to_url, args=("year",),
    )  # fmt: skip


def _draw_methods(requested: RequestedRecipe, t: Translator) -> None:
    for field, (label, options) in METHODS.items():
        value = getattr(requested.recipe, field)
        _draw_choice(field, label, options, value, recipes.choice_change(field), requested, t)
    for field, label in SWITCHES.items():
        state.set_widget(field, getattr(requested.recipe, field))
        st.toggle(
            t(label), key=field, on_change=recipes.change_recipe,
            args=(requested, field, recipes.choice_change(field)),
        )  # fmt: skip


def _draw_weight(
    part: str, label: str, field: str, weight: float, requested: RequestedRecipe, t: Translator
) -> None:
    key = f"weight_{part}"
    state.set_widget(key, min(weight, SLIDER_MAX))
    st.slider(
        label, 0.0, SLIDER_MAX, step=STEP, key=key, format="%.2f",
        on_change=recipes.change_recipe, args=(requested, key, recipes.weight_change(part, field)),
    )  # fmt: skip


def _draw_dimension_weights(
    dimension: str, requested: RequestedRecipe, result: IndexResult, t: Translator
) -> None:
    """A slider for the dimension, and when opened one for each of its indicators."""
    item = result.indicators[result.indicators["dimension"] == dimension]
    counted = dimension != SECURITY or requested.recipe.security
    share = t.format_number(100 * float(item["nominal"].sum()))
    label = t(wording.GROUPS[dimension])
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
        given = dict(requested.recipe.indicator_weights)
        for name, row in item.iterrows():
            if row["status"] == "used":
                title = t(
                    N_("{name}: {share}%"),
                    name=wording.measure_name(published_indicators()[str(name)], t),
                    share=t.format_number(100 * float(row["nominal"]), 1),
                )
                _draw_weight(
                    str(name), title, "indicator_weights", given.get(str(name), 1.0), requested, t
                )
