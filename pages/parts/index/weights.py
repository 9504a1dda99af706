"""The weights of the Index page: a slider for each dimension, in view, and for its indicators."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.index import SECURITY_DIMENSION, IndexResult, dimension_years
from geo.measures import GROUP_NAMES, dimension_ids, measure_name, published_indicators
from geo.text import N_, Translator
from pages.parts.index.recipe import (
    RequestedRecipe,
    change_recipe,
    count_security,
    reset_weights,
    security_year,
    weight_change,
)
from pages.parts.state import set_widget

SLIDER_MAX: Final = 4.0  # on a slider; a URL can hold more
STEP: Final = 0.25


def draw_weights(requested: RequestedRecipe, result: IndexResult, t: Translator) -> None:
    """Draw the sliders of all six dimensions with a reset button, and the indicators, folded."""
    with st.container(
        key="weights_head",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.markdown("**{}**".format(t(N_("Weights of the dimensions"))), width="content")
        st.button(
            t(N_("Reset")),
            key="reset_weights",
            on_click=reset_weights,
            args=(requested,),
        )
    for dimension in dimension_ids():
        if dimension == SECURITY_DIMENSION:
            _draw_security_weight(requested, result, t)
        elif dimension in result.dimensions:
            title = _weight_title(dimension, result, t)
            weight = requested.recipe.weight_of(dimension)
            _draw_weight(dimension, title, "dimension_weights", weight, requested)
    _draw_indicator_weights(requested, result, t)


def _weight_title(dimension: str, result: IndexResult, t: Translator) -> str:
    rows = result.indicators[result.indicators["dimension"] == dimension]
    share = t.format_number(100 * float(rows["nominal"].sum()))
    return t(N_("{name}: {share}%"), name=t(GROUP_NAMES[dimension]), share=share)


def _draw_security_weight(requested: RequestedRecipe, result: IndexResult, t: Translator) -> None:
    """Draw the slider of network security; where it does not count, why, and how it would.

    A weight above zero counts it.
    """
    recipe = requested.recipe
    is_known = requested.counts_security
    if recipe.security:
        title = _weight_title(SECURITY_DIMENSION, result, t)
    else:
        message = N_("{name}: shown, not counted") if is_known else N_("{name}: not counted")
        title = t(message, name=t(GROUP_NAMES[SECURITY_DIMENSION]))
    weight = recipe.weight_of(SECURITY_DIMENSION) if recipe.security else 0.0
    _draw_weight(
        SECURITY_DIMENSION, title, "dimension_weights", weight, requested, disabled=not is_known
    )
    if recipe.security:
        return
    with st.container(
        key="security_reason", horizontal=True, vertical_alignment="center", gap="small"
    ):
        if is_known:
            reason = t(N_("Its only indicator varies widely from year to year."))
            label = t(N_("Count it"))
        else:
            year = security_year(recipe, requested.year)
            first = dimension_years(SECURITY_DIMENSION)[0]
            reason = t(N_("No values before {year}."), year=first)
            label = t(N_("Use {year}"), year=year)
        st.caption(reason, width="stretch")
        st.button(label, key="count_security", on_click=count_security, args=(requested,))


def _draw_weight(
    part: str,
    label: str,
    field: str,
    weight: float,
    requested: RequestedRecipe,
    disabled: bool = False,
) -> None:
    key = f"weight_{part}"
    set_widget(key, min(weight, SLIDER_MAX))
    st.slider(
        label, 0.0, SLIDER_MAX, step=STEP, key=key, format="%.2f", disabled=disabled,
        on_change=change_recipe, args=(requested, key, weight_change(part, field)),
    )  # fmt: skip


def _draw_indicator_weights(requested: RequestedRecipe, result: IndexResult, t: Translator) -> None:
    """Draw a slider for each indicator that counts beside others, folded."""
    weights = dict(requested.recipe.indicator_weights)
    with st.expander(
        t(N_("Weights of the indicators")), key="indicator_weights", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        for dimension in result.counted:
            rows = result.indicators[
                (result.indicators["dimension"] == dimension)
                & (result.indicators["status"] == "used")
            ]
            if len(rows) < 2:
                continue
            st.markdown(f"**{t(GROUP_NAMES[dimension])}**")
            for name, row in rows.iterrows():
                title = t(
                    N_("{name}: {share}%"),
                    name=measure_name(published_indicators()[str(name)], t),
                    share=t.format_number(100 * float(row["nominal"]), 1),
                )
                weight = weights.get(str(name), 1.0)
                _draw_weight(str(name), title, "indicator_weights", weight, requested)
