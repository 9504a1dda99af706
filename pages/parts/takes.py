"""What would it take: one figure of one province changed, everything else as it is."""

from __future__ import annotations

import streamlit as st

from geo import wording
from geo.errors import InputError
from geo.index.model import SCORE_STATUS_NAMES, IndexResult
from geo.indicators import published_indicators
from geo.provinces import evaluated_adcodes
from geo.robustness.assumptions import DRAWS
from geo.robustness.whatif import ScorePosition, change_one_figure
from geo.text import N_, Translator
from geo.view import DEFAULT_PROVINCE, PageState
from pages.parts import about, choosers, state
from pages.parts.recipes import RequestedRecipe
from pages.parts.sureness import plain_table


def draw_what_if(
    requested: RequestedRecipe, result: IndexResult, view: PageState, t: Translator
) -> None:
    """Choose a province and an indicator, type a figure, read the new place."""
    adcode = view.province if view.province in evaluated_adcodes() else DEFAULT_PROVINCE
    used = result.indicators.index[result.indicators["status"] == "used"]
    chosen = st.query_params.get("indicator", "")
    measure = published_indicators()[chosen if chosen in used else str(used[0])]
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_province_select(adcode, t)
        state.set_widget("indicator", measure.id)
        st.selectbox(
            t(N_("Indicator")),
            [str(value) for value in used],
            format_func=lambda option: wording.measure_name(published_indicators()[option], t),
            key="indicator",
            on_change=state.sync_to_url,
            args=("indicator",),
        )
        published = result.figures.loc[adcode, measure.id]
        known = bool(published == published)  # noqa: PLR0124  (nan)
        typed = st.number_input(
            t(N_("Figure, {unit}"), unit=t.localized(measure.unit_en, measure.unit_zh)),
            value=round(float(published), measure.decimals) if known else 0.0,
            format=f"%.{measure.decimals}f",
            key=f"figure_{adcode}_{measure.id}_{requested.year}",
        )
    try:
        answer = change_one_figure(
            requested.recipe,
            requested.year,
            adcode,
            measure.id,
            float(typed or 0.0),
            DRAWS,
            requested.spread,
        )
    except InputError as error:
        st.warning(state.format_error(t, error), icon=":material/info:")
        return
    heads = ["", t(N_("Figure")), t(N_("Score")), t(N_("Rank")), t(N_("Interval"))]
    before = (
        wording.format_number(answer.published, measure, t) if answer.published is not None else "–"
    )
    rows = [
        [t(N_("As published")), before, *_describe_position(answer.before, t)],
        [
            t(N_("As typed")),
            wording.format_number(answer.value, measure, t),
            *_describe_position(answer.after, t),
        ],
    ]
    st.html(plain_table(heads, rows))
    st.html(
        about.quiet_note(
            t(
                N_(
                    "A statement about the index, not about the world: in reality figures move"
                    " together. The other provinces keep theirs."
                )
            )
        )
    )


def _describe_position(position: ScorePosition, t: Translator) -> list[str]:
    if position.score is None or position.rank is None:
        return ["–", t(SCORE_STATUS_NAMES[position.standing]), "–"]
    interval = (
        t(N_("{low} to {high}"), low=position.low, high=position.high) if position.low else "–"
    )
    return [t.format_number(position.score, 1), str(position.rank), interval]
