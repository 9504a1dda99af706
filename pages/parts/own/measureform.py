"""A series of a table becomes a measure: its name, its unit, what it is divided by, which end."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import N_, Translator
from geo.upload.heads import FIRST_YEAR, LAST_YEAR
from geo.upload.limits import limit_of
from geo.upload.own import DIVISORS, MAX_DECIMALS, MeasureDefinition, with_fitting_decimals
from geo.upload.raw import quote_for_message
from geo.upload.session import UploadedTable
from geo.upload.understand import FigureSeries
from pages.parts import state
from pages.parts.own import decide

IS_COUNT: Final = {
    True: N_("A count or a sum: larger provinces have more of it"),
    False: N_("No count: a share, a rate, a mean, an index"),
}
DIRECTIONS: Final = {True: N_("The highest figure"), False: N_("The lowest figure")}
NOT_SAID: Final = N_("Say whether “{name}” is a count: only then it is known what may be mapped.")


def draw_measure_form(place: int, table: UploadedTable, t: Translator) -> None:
    """Choose a series, answer what the table does not say, and make the measure."""
    named = {
        figure_series.key: _series_label(figure_series, t)
        for figure_series in table.understood.series
    }
    key = decide.widget_key(place, table, "series")
    if st.session_state.get(key) not in named:
        st.session_state.pop(key, None)
    chosen = st.selectbox(
        t(N_("Make a measure of")), list(named), format_func=named.__getitem__, key=key
    )
    series = next(entry for entry in table.understood.series if entry.key == chosen)
    _draw_answers(place, table, series, t)


def _series_label(series: FigureSeries, t: Translator) -> str:
    years = f"{series.years[0]}–{series.years[-1]}" if series.years else t(N_("no year"))
    named = quote_for_message(series.name) or t(N_("figures without a name"))
    return t(N_("{name} ({years})"), name=named, years=years)


def _draw_answers(place: int, table: UploadedTable, series: FigureSeries, t: Translator) -> None:
    def key(part: str) -> str:
        # A series has answers of its own; a measure that was made leaves the form as it is.
        return decide.widget_key(place, table, f"{part}_{series.key}")

    others = [
        figure_series
        for figure_series in table.understood.series
        if figure_series.key != series.key
    ]
    divisors = {name: t(divisor.name) for name, divisor in DIVISORS.items()}
    for other in others:
        divisors[f"={other.key}"] = t(N_("divided by “{name}”"), name=quote_for_message(other.name))
    with st.form(key("form")):
        with st.container(key=key("what"), horizontal=True):
            name = st.text_input(
                t(N_("Name of the measure")),
                value=quote_for_message(series.name),
                max_chars=limit_of("text"),
                key=key("name"),
            )
            unit = st.text_input(
                t(N_("Unit of its figures")),
                value=quote_for_message(series.unit),
                max_chars=limit_of("text"),
                key=key("unit"),
            )
            year = None
            if not series.years:
                year = st.number_input(
                    t(N_("Year of the figures")),
                    min_value=FIRST_YEAR, max_value=LAST_YEAR, value=None, key=key("year"),
                )  # fmt: skip
            decimals = st.number_input(
                t(N_("Decimals")),
                min_value=0, max_value=MAX_DECIMALS, value=None, key=key("decimals"),
                placeholder=t(N_("as the figures need")),
            )  # fmt: skip
        with st.container(key=key("how"), horizontal=True):
            count = st.radio(
                t(N_("What the figures are")),
                list(IS_COUNT),
                index=1 if series.unit in ("%", "‰") else None,
                format_func=lambda option: t(IS_COUNT[option]),
                key=key("count"),
            )
            per = st.selectbox(
                t(N_("A count is divided by")),
                list(divisors),
                index=None,
                format_func=divisors.__getitem__,
                placeholder=t(N_("Only for counts")),
                key=key("per"),
            )
            higher = st.radio(
                t(N_("Rank 1 has")),
                list(DIRECTIONS),
                format_func=lambda option: t(DIRECTIONS[option]),
                key=key("higher"),
            )
        if st.form_submit_button(t(N_("Make the measure")), key=key("make"), type="primary"):
            try:
                if count is None:
                    raise InputError(NOT_SAID, name=quote_for_message(name or series.name))
                definition = MeasureDefinition(
                    series=series.key,
                    name=name or "",
                    unit=unit or "",
                    higher_is_better=bool(higher),
                    decimals=0 if decimals is None else int(decimals),
                    year=None if year is None else int(year),
                    count=count,
                    per=(per or "") if count else "",
                )
                if decimals is None:
                    definition = with_fitting_decimals(definition, table.understood)
                decide.replace_table(table, measures=(*table.measures, definition))
            except InputError as error:
                st.warning(state.format_error(t, error), icon=":material/info:")
            else:
                st.rerun()
