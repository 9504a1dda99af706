"""Choices that the drill-down pages share: a province, a year, provinces to mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from geo import wording
from geo.errors import InputError
from geo.indicators import Measure
from geo.measures import measures
from geo.provinces import evaluated, provinces
from geo.text import N_, Texts
from geo.view import FIRST_YEAR, LAST_YEAR, MOST_CHOSEN, NONE_CHOSEN, View
from pages.parts import state

NO_PARAMS: Final[Mapping[str, str]] = {}
TOO_MANY: Final = N_(
    "At most {count} provinces: more colours and shapes cannot be told apart. Take one away first."
)


def both_names(adcode: str, say: Texts) -> str:
    """A province in both languages, so that a search finds it by either."""
    own = provinces()[adcode]
    return f"{own.name(say.lang)} · {own.name_en if say.lang == 'zh' else own.short_zh}"


def province(adcode: str, say: Texts) -> None:
    """Choose another province by search."""
    state.follow("province", adcode)
    st.selectbox(
        say(N_("Province")),
        list(provinces()),
        format_func=lambda own: both_names(own, say),
        key="province",
        on_change=state.keep,
        args=("province",),
        help=say(N_("Type a name in either language to search.")),
    )


def measure(
    key: str,
    label: str,
    value: str,
    say: Texts,
    on_change: Callable[..., None] = state.keep,
    args: tuple[object, ...] = (),
    among: Sequence[str] = (),
) -> None:
    """Choose a measure by search; the address has it under the same name as the widget.

    among: the ids of those that may be chosen; all where it is empty.
    """
    state.follow(key, value)
    st.selectbox(
        label,
        list(among or measures()),
        format_func=lambda name: wording.picker_label(measures()[name], say),
        key=key,
        on_change=on_change,
        args=args or (key,),
        help=say(
            N_("Type to search. Groups: the report’s lists, its six dimensions, context, own data.")
        ),
    )


def year_of(key: str, label: str, own: Measure, value: int, measure_key: str = "") -> None:
    """Choose one of the years that a measure has.

    measure_key: the parameter of the measure, written with the year where the year alone would
    be read as that of another measure.
    """
    _slider(key, label, own.years, value, {measure_key: own.id} if measure_key else {})


def year(view: View, say: Texts) -> None:
    """The year to show, or the nearest that a measure has."""
    label = say(N_("Year, or the nearest that a measure has"))
    _slider("year", label, range(FIRST_YEAR, LAST_YEAR + 1), view.wanted_year)


def _slider(
    key: str, label: str, years: Sequence[int], value: int, params: Mapping[str, str] = NO_PARAMS
) -> None:
    state.follow(key, value)
    st.select_slider(
        label,
        years,
        key=key,
        disabled=len(years) == 1,
        on_change=state.keep,
        args=(key,),
        kwargs=dict(params),
    )


def chosen(view: View, but: str, say: Texts) -> None:
    """Up to ten provinces to mark on every chart of the page."""
    label = say(N_("Mark up to {count} other provinces"), count=MOST_CHOSEN)
    several(label, [adcode for adcode in view.chosen if adcode != but], but, say)


def several(label: str, now: Sequence[str], but: str, say: Texts) -> None:
    """Choose provinces by search; `but` one that the page is about anyway."""
    state.follow("provinces", list(now))
    st.multiselect(
        label,
        [adcode for adcode in evaluated() if adcode != but],
        format_func=lambda own: provinces()[own].name(say.lang),
        key="provinces",
        placeholder=say(N_("None marked")),
        on_change=_keep_chosen,
    )


def _keep_chosen() -> None:
    choose(st.session_state["provinces"])


def choose(wanted: Sequence[str]) -> None:
    """Write provinces into the address; what goes beyond ten is declined with the reason."""
    if len(wanted) > MOST_CHOSEN:
        state.tell(InputError(TOO_MANY, count=MOST_CHOSEN))
    state.write(provinces=",".join(wanted[:MOST_CHOSEN]) or NONE_CHOSEN)


def pick(
    key: str, label: str, options: dict[str, str], value: str, say: Texts, hidden: bool = False
) -> None:
    """One of a few options side by side, kept in the address."""
    state.follow(key, value)
    st.segmented_control(
        label,
        list(options),
        format_func=lambda name: say(options[name]),
        key=key,
        required=True,
        label_visibility="collapsed" if hidden else "visible",
        on_change=state.keep,
        args=(key,),
    )


def listed(key: str, label: str, options: dict[str, str], value: str) -> None:
    """One of several options in a list, named in the reader's language; kept in the address."""
    state.follow(key, value)
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=state.keep,
        args=(key,),
    )
