"""The left side of the Index page: named sets, years, methods, the tree with its weights."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from geo import wording
from geo.index.aggregate import AGGREGATIONS
from geo.index.figures import SECURITY, YEAR_SETS
from geo.index.model import IndexResult
from geo.index.normalise import NORMALISATIONS
from geo.index.recipe import named_recipes
from geo.index.screen import IMPUTATIONS
from geo.index.treat import OUTLIERS
from geo.index.weigh import WEIGHTINGS
from geo.indicators import dimensions, indicators
from geo.text import N_, Texts
from pages.parts import recipefile, recipes, state
from pages.parts.recipes import Asked

HEAVIEST = 4.0  # on a slider; an address takes more
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


def draw(now: Asked, result: IndexResult, say: Texts) -> None:
    """All choices that make the index; each writes the recipe into the address."""
    names = {own.id: own.name for own in named_recipes().values()}
    _select("named", N_("Set of choices"), {**names, recipes.OWN: N_("Your own")}, now.name,
            recipes.named, now, say)  # fmt: skip
    sets = {own.id: own.id.replace("-", "–") for own in YEAR_SETS.values()}
    _select("years", N_("Years that compare"), sets, now.recipe.years,
            recipes.with_choice("years"), now, say)  # fmt: skip
    _year(now, say)
    with st.expander(say(N_("Methods")), key="methods", on_change="rerun") as opened:
        if opened.open:
            _methods(now, say)
    title = say(N_("Weights of the dimensions"))
    st.markdown(f"**{title}**")
    for dimension in dimensions():
        if dimension in result.dimensions:
            _dimension(dimension, now, result, say)
    recipefile.draw(now, say)


def _select(
    key: str,
    label: str,
    options: Mapping[str, str],
    value: str,
    make: object,
    now: Asked,
    say: Texts,
) -> None:
    state.follow(key, value)
    st.selectbox(
        say(label),
        list(options),
        format_func=lambda name: say(options[name]),
        key=key,
        on_change=recipes.change,
        args=(now, key, make),
    )


def _year(now: Asked, say: Texts) -> None:
    years = YEAR_SETS[now.recipe.years].years
    if len(years) == 1:
        return
    state.follow("year", now.year)
    st.select_slider(
        say(N_("Year")), years, key="year",
        on_change=state.keep, args=("year",),
    )  # fmt: skip


def _methods(now: Asked, say: Texts) -> None:
    for field, (label, options) in METHODS.items():
        value = getattr(now.recipe, field)
        _select(field, label, options, value, recipes.with_choice(field), now, say)
    for field, label in SWITCHES.items():
        state.follow(field, getattr(now.recipe, field))
        st.toggle(
            say(label), key=field, on_change=recipes.change,
            args=(now, field, recipes.with_choice(field)),
        )  # fmt: skip


def _slider(part: str, label: str, field: str, weight: float, now: Asked, say: Texts) -> None:
    key = f"weight_{part}"
    state.follow(key, min(weight, HEAVIEST))
    st.slider(
        label, 0.0, HEAVIEST, step=STEP, key=key, format="%.2f",
        on_change=recipes.change, args=(now, key, recipes.with_weight(part, field)),
    )  # fmt: skip


def _dimension(dimension: str, now: Asked, result: IndexResult, say: Texts) -> None:
    """A slider for the dimension, and when opened one for each of its indicators."""
    own = result.indicators[result.indicators["dimension"] == dimension]
    counted = dimension != SECURITY or now.recipe.security
    share = say.number(100 * float(own["nominal"].sum()))
    label = say(wording.GROUPS[dimension])
    if counted:
        weight = now.recipe.weight_of(dimension)
        title = say(N_("{name}: {share}% of the weight"), name=label, share=share)
        _slider(dimension, title, "dimension_weights", weight, now, say)
    else:
        st.caption(say(N_("{name}: shown, not counted"), name=label))
    if not counted or len(own) < 2:
        return
    with st.expander(
        say(N_("Its {count} indicators"), count=len(own)),
        key=f"tree_{dimension}",
        on_change="rerun",
    ) as opened:
        if not opened.open:
            return
        given = dict(now.recipe.indicator_weights)
        for name, row in own.iterrows():
            if row["status"] == "used":
                title = say(
                    N_("{name}: {share}%"),
                    name=wording.measure_name(indicators()[str(name)], say),
                    share=say.number(100 * float(row["nominal"]), 1),
                )
                _slider(str(name), title, "indicator_weights", given.get(str(name), 1.0), now, say)
