"""What would it take: one figure of one province changed, everything else as it is."""

from __future__ import annotations

import streamlit as st

from geo import wording
from geo.errors import InputError
from geo.index.model import STANDING_NAMES, IndexResult
from geo.indicators import indicators
from geo.provinces import evaluated
from geo.robustness.assumptions import DRAWS
from geo.robustness.whatif import Place, what_if
from geo.text import N_, Texts
from geo.view import DEFAULT_PROVINCE, View
from pages.parts import about, choosers, state
from pages.parts.recipes import Asked
from pages.parts.sureness import table


def draw(now: Asked, result: IndexResult, view: View, say: Texts) -> None:
    """Choose a province and an indicator, type a figure, read the new place."""
    adcode = view.province if view.province in evaluated() else DEFAULT_PROVINCE
    used = result.indicators.index[result.indicators["status"] == "used"]
    asked = st.query_params.get("indicator", "")
    measure = indicators()[asked if asked in used else str(used[0])]
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        choosers.province(adcode, say)
        state.follow("indicator", measure.id)
        st.selectbox(
            say(N_("Indicator")),
            [str(own) for own in used],
            format_func=lambda own: wording.measure_name(indicators()[own], say),
            key="indicator",
            on_change=state.keep,
            args=("indicator",),
        )
        published = result.figures.loc[adcode, measure.id]
        known = bool(published == published)  # noqa: PLR0124  (nan)
        typed = st.number_input(
            say(N_("Figure, {unit}"), unit=say.pick(measure.unit_en, measure.unit_zh)),
            value=round(float(published), measure.decimals) if known else 0.0,
            format=f"%.{measure.decimals}f",
            key=f"figure_{adcode}_{measure.id}_{now.year}",
        )
    try:
        found = what_if(
            now.recipe, now.year, adcode, measure.id, float(typed or 0.0), DRAWS, now.spread
        )
    except InputError as error:
        st.warning(state.plain(say, error), icon=":material/info:")
        return
    heads = ["", say(N_("Figure")), say(N_("Score")), say(N_("Rank")), say(N_("Interval"))]
    before = wording.number(found.published, measure, say) if found.published is not None else "–"
    rows = [
        [say(N_("As published")), before, *_place(found.before, say)],
        [say(N_("As typed")), wording.number(found.value, measure, say), *_place(found.after, say)],
    ]
    st.html(table(heads, rows))
    st.html(
        about.note(
            say(
                N_(
                    "A statement about the index, not about the world: in reality figures move"
                    " together. The other provinces keep theirs."
                )
            )
        )
    )


def _place(own: Place, say: Texts) -> list[str]:
    if own.score is None or own.rank is None:
        return ["–", say(STANDING_NAMES[own.standing]), "–"]
    interval = say(N_("{low} to {high}"), low=own.low, high=own.high) if own.low else "–"
    return [say.number(own.score, 1), str(own.rank), interval]
