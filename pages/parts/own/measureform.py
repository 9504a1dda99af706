"""A series of a table becomes a measure: its name, its unit, what it is divided by, which end."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.errors import InputError
from geo.text import N_, Texts
from geo.upload.heads import FIRST_YEAR, LAST_YEAR
from geo.upload.limits import most
from geo.upload.own import DIVISORS, MOST_DECIMALS, OwnMeasure, with_fitting_decimals
from geo.upload.raw import echo
from geo.upload.session import OwnTable
from geo.upload.understand import Series
from pages.parts import state
from pages.parts.own import decide

IS_COUNT: Final = {
    True: N_("A count or a sum: larger provinces have more of it"),
    False: N_("No count: a share, a rate, a mean, an index"),
}
DIRECTIONS: Final = {True: N_("The highest figure"), False: N_("The lowest figure")}
NOT_SAID: Final = N_("Say whether “{name}” is a count: only then it is known what may be mapped.")


def draw(place: int, table: OwnTable, say: Texts) -> None:
    """Choose a series, answer what the table does not say, and make the measure."""
    named = {own.key: _label(own, say) for own in table.understood.series}
    key = decide.name(place, table, "series")
    if st.session_state.get(key) not in named:
        st.session_state.pop(key, None)
    chosen = st.selectbox(
        say(N_("Make a measure of")), list(named), format_func=named.__getitem__, key=key
    )
    series = next(own for own in table.understood.series if own.key == chosen)
    _form(place, table, series, say)


def _label(own: Series, say: Texts) -> str:
    years = f"{own.years[0]}–{own.years[-1]}" if own.years else say(N_("no year"))
    named = echo(own.name) or say(N_("figures without a name"))
    return say(N_("{name} ({years})"), name=named, years=years)


def _form(place: int, table: OwnTable, series: Series, say: Texts) -> None:
    def key(part: str) -> str:
        # A series has answers of its own; a measure that was made leaves the form as it is.
        return decide.name(place, table, f"{part}_{series.key}")

    others = [own for own in table.understood.series if own.key != series.key]
    divisors = {name: say(own.name) for name, own in DIVISORS.items()}
    for own in others:
        divisors[f"={own.key}"] = say(N_("divided by “{name}”"), name=echo(own.name))
    with st.form(key("form")):
        with st.container(key=key("what"), horizontal=True):
            name = st.text_input(
                say(N_("Name of the measure")),
                value=echo(series.name),
                max_chars=most("text"),
                key=key("name"),
            )
            unit = st.text_input(
                say(N_("Unit of its figures")),
                value=echo(series.unit),
                max_chars=most("text"),
                key=key("unit"),
            )
            year = None
            if not series.years:
                year = st.number_input(
                    say(N_("Year of the figures")),
                    min_value=FIRST_YEAR, max_value=LAST_YEAR, value=None, key=key("year"),
                )  # fmt: skip
            decimals = st.number_input(
                say(N_("Decimals")),
                min_value=0, max_value=MOST_DECIMALS, value=None, key=key("decimals"),
                placeholder=say(N_("as the figures need")),
            )  # fmt: skip
        with st.container(key=key("how"), horizontal=True):
            count = st.radio(
                say(N_("What the figures are")),
                list(IS_COUNT),
                index=1 if series.unit in ("%", "‰") else None,
                format_func=lambda own: say(IS_COUNT[own]),
                key=key("count"),
            )
            per = st.selectbox(
                say(N_("A count is divided by")),
                list(divisors),
                index=None,
                format_func=divisors.__getitem__,
                placeholder=say(N_("Only for counts")),
                key=key("per"),
            )
            higher = st.radio(
                say(N_("Rank 1 has")),
                list(DIRECTIONS),
                format_func=lambda own: say(DIRECTIONS[own]),
                key=key("higher"),
            )
        if st.form_submit_button(say(N_("Make the measure")), key=key("make"), type="primary"):
            try:
                if count is None:
                    raise InputError(NOT_SAID, name=echo(name or series.name))
                made = OwnMeasure(
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
                    made = with_fitting_decimals(made, table.understood)
                decide.exchange(table, measures=(*table.measures, made))
            except InputError as error:
                st.warning(state.plain(say, error), icon=":material/info:")
            else:
                st.rerun()
