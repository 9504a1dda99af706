"""Uncertainty of the ranks of a recipe, and the effect of one changed value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState
from geo.captions import quiet_note
from geo.index import (
    DEFAULT_DRAWS,
    SAFE_SHARE,
    SCORE_STATUS_NAMES,
    IndexResult,
    ScorePosition,
    Uncertainty,
    change_one_figure,
    leave_one_out,
    one_at_a_time,
)
from geo.limits import MAX_MOVES_LISTED, MAX_PAIRS_LISTED
from geo.measures import (
    Measure,
    dimension_name,
    format_number,
    measure_name,
    measure_unit,
    published_indicators,
)
from geo.text import N_, InputError, Translator, render_template
from geo.units import evaluated_adcodes, provinces
from pages.parts.index.recipe import METHODS, SPREAD_NAMES, SWITCHES, RequestedRecipe
from pages.parts.state import format_error, set_widget, sync_to_url
from pages.parts.tables import plain_table
from pages.parts.widgets import draw_province_select, draw_segmented_control

TEMPLATES: Final = Path(__file__).parent / "templates"


def draw_uncertainty(
    requested: RequestedRecipe, result: IndexResult, uncertainty: Uncertainty, t: Translator
) -> None:
    """Draw the whole tab, from intervals to single choices."""
    label = t(N_("Spread of the weights"))
    draw_segmented_control("spread", label, SPREAD_NAMES, f"{requested.spread:g}", t)
    st.html(
        quiet_note(
            t(
                N_(
                    "{draws} draws of weights, normalisation, aggregation, outlier rule and, in "
                    "half of them, one excluded indicator; seed {seed}, spread {spread}. The "
                    "interval runs from the 5th to the 95th percentile of a rank over these "
                    "choices of method; it does not include errors in the data."
                ),
                draws=t.format_number(uncertainty.draws),
                seed=uncertainty.seed,
                spread=f"{uncertainty.spread:g}",
            )
        )
    )
    _draw_intervals(uncertainty, t)
    _draw_unsafe_pairs(uncertainty, t)
    st.html(Markup("<h2>{}</h2>").format(t(N_("Effect of each choice on ranks"))))
    st.html(_moves_table(one_at_a_time(result.recipe, result.year), _describe_choice, t))
    st.html(Markup("<h2>{}</h2>").format(t(N_("Effect of excluding each part on ranks"))))
    st.html(_moves_table(leave_one_out(result.recipe, result.year), _describe_part, t))


def _draw_intervals(uncertainty: Uncertainty, t: Translator) -> None:
    heads = [N_("Province"), N_("Rank"), N_("Median"), N_("Interval"), N_("Among the first ten"),
             N_("In another rank group")]  # fmt: skip
    rows = [
        [
            province_name(adcode, t),
            int(row["rank"]),
            int(row["median"]),
            t(N_("{low} to {high}"), low=int(row["low"]), high=int(row["high"])),
            t(N_("{number}%"), number=t.format_number(100 * row["top_ten"])),
            t(N_("{number}%"), number=t.format_number(100 * row["tier_change"])),
        ]
        for adcode, row in uncertainty.table.sort_values("rank").iterrows()
    ]
    st.html(plain_table([t(head) for head in heads], rows))


def _draw_unsafe_pairs(uncertainty: Uncertainty, t: Translator) -> None:
    """Draw the pairs of provinces whose order does not hold in 95% of the draws."""
    frame = uncertainty.unsafe_pairs
    title = t(
        N_("{count} pairs whose order is uncertain (same order in less than {safe}% of the draws)"),
        count=len(frame),
        safe=t.format_number(100 * SAFE_SHARE),
    )
    sentences = [
        t(
            N_("{ahead} ahead of {behind}: {number}%"),
            ahead=province_name(row.ahead, t),
            behind=province_name(row.behind, t),
            number=t.format_number(100 * row.holds),
        )
        for row in frame.sort_values("holds").head(MAX_PAIRS_LISTED).itertuples()
    ]
    more = len(frame) - len(sentences)
    note = t(N_("Most uncertain first; {count} more are not listed."), count=more) if more else ""
    st.html(
        render_template(
            TEMPLATES,
            "unsafe_pairs",
            title=title,
            sentences=sentences,
            note=quiet_note(note) if note else "",
        )
    )


def _moves_table(
    moves: pd.DataFrame, label: Callable[[pd.Series, Translator], str], t: Translator
) -> Markup:
    heads = [
        N_("Alternative"),
        N_("Mean change in rank"),
        N_("Largest change"),
        N_("Province with the largest change"),
    ]
    rows = [
        [
            label(row, t),
            t.format_number(row["mean_move"], 2),
            int(row["largest_move"]),
            province_name(row["mover"], t) if row["mover"] else "–",
        ]
        for _, row in moves.head(MAX_MOVES_LISTED).iterrows()
    ]
    return plain_table([t(head) for head in heads], rows)


def _describe_choice(row: pd.Series, t: Translator) -> str:
    """Return one alternative choice as text, such as the mean across dimensions."""
    assumption, choice = row["assumption"], row["choice"]
    if assumption in SWITCHES:
        state = N_("on") if choice == "on" else N_("off")
        return f"{t(SWITCHES[assumption])}: {t(state)}"
    label, options = METHODS[assumption]
    return f"{t(label)}: {t(options[choice])}"


def _describe_part(row: pd.Series, t: Translator) -> str:
    if row["kind"] == "dimension":
        return t(N_("without the dimension {name}"), name=dimension_name(row["part"], t))
    return t(N_("without “{name}”"), name=measure_name(published_indicators()[row["part"]], t))


def province_name(adcode: str, t: Translator) -> str:
    return provinces()[adcode].name_in(t.lang)


def draw_what_if(
    requested: RequestedRecipe, result: IndexResult, view: PageState, t: Translator
) -> None:
    """Draw the what-if form: choose a province and an indicator, type a value, see the rank."""
    adcode, measure = _what_if_subject(result, view)
    used = _used_indicators(result)
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        draw_province_select(adcode, t, evaluated_adcodes())
        set_widget("indicator", measure.id)
        st.selectbox(
            t(N_("Indicator")),
            used,
            format_func=lambda option: measure_name(published_indicators()[option], t),
            key="indicator",
            on_change=sync_to_url,
            args=("indicator",),
        )
        published = result.figures.loc[adcode, measure.id]
        typed = st.number_input(
            t(N_("Value, {unit}"), unit=measure_unit(measure, t)),
            value=None if pd.isna(published) else round(float(published), measure.decimals),
            format=f"%.{measure.decimals}f",
            key=f"figure_{adcode}_{measure.id}_{requested.year}",
            placeholder=t(N_("Enter a value")),
        )
    if typed is None:
        note = t(
            N_(
                "A value of this indicator is not available for {name} in {year}. Enter one "
                "to see its rank."
            ),
            name=province_name(adcode, t),
            year=requested.year,
        )
        st.html(quiet_note(note))
        return
    try:
        answer = change_one_figure(
            requested.recipe,
            requested.year,
            adcode,
            measure.id,
            float(typed),
            DEFAULT_DRAWS,
            requested.spread,
        )
    except InputError as error:
        st.warning(format_error(t, error), icon=":material/info:")
        return
    heads = ["", t(N_("Value")), t(N_("Score")), t(N_("Rank")), t(N_("Interval"))]
    before = format_number(answer.published, measure, t) if answer.published is not None else "–"
    rows = [
        [t(N_("As published")), before, *_describe_position(answer.before, t)],
        [
            t(N_("As entered")),
            format_number(answer.value, measure, t),
            *_describe_position(answer.after, t),
        ],
    ]
    st.html(plain_table(heads, rows))
    st.html(
        quiet_note(
            t(
                N_(
                    "This shows how the index reacts; it is not a forecast, because in reality "
                    "several indicators change together. The values of other provinces stay the "
                    "same."
                )
            )
        )
    )


def _used_indicators(result: IndexResult) -> list[str]:
    return [str(name) for name in result.indicators.index[result.indicators["status"] == "used"]]


def _what_if_subject(result: IndexResult, view: PageState) -> tuple[str, Measure]:
    """Return the province and the indicator of the form.

    Those of the address; else the first indicator with a value for the province, and the first
    province with a value of the indicator.
    """
    used = _used_indicators(result)
    figures = result.figures[used]
    chosen = view.indicator
    adcode = view.province if view.province in figures.index else ""
    if chosen not in used:
        known = figures.loc[adcode].dropna().index if adcode else figures.columns
        chosen = str(known[0]) if len(known) else used[0]
    if not adcode:
        adcode = str(figures[chosen].first_valid_index() or figures.index[0])
    return adcode, published_indicators()[chosen]


def _describe_position(position: ScorePosition, t: Translator) -> list[str]:
    if position.score is None or position.rank is None:
        return ["–", t(SCORE_STATUS_NAMES[position.standing]), "–"]
    interval = (
        t(N_("{low} to {high}"), low=position.low, high=position.high) if position.low else "–"
    )
    return [t.format_number(position.score, 1), str(position.rank), interval]
