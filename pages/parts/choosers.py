"""Choices that the drill-down pages share: a province, a year, provinces to mark."""

from __future__ import annotations

import streamlit as st

from geo.provinces import evaluated, provinces
from geo.text import N_, Texts
from geo.view import FIRST_YEAR, LAST_YEAR, MOST_CHOSEN, View
from pages.parts import state


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


def year(view: View, say: Texts) -> None:
    """The year to show, or the nearest that a measure has."""
    state.follow("year", view.wanted_year)
    st.select_slider(
        say(N_("Year, or the nearest that a measure has")),
        range(FIRST_YEAR, LAST_YEAR + 1),
        key="year",
        on_change=state.keep,
        args=("year",),
    )


def chosen(view: View, but: str, say: Texts) -> None:
    """Up to ten provinces to mark on every chart of the page."""
    state.follow("chosen", [adcode for adcode in view.chosen if adcode != but])
    st.multiselect(
        say(N_("Mark up to {count} other provinces"), count=MOST_CHOSEN),
        [adcode for adcode in evaluated() if adcode != but],
        format_func=lambda own: provinces()[own].name(say.lang),
        key="chosen",
        max_selections=MOST_CHOSEN,
        placeholder=say(N_("None marked")),
        on_change=_keep_chosen,
    )


def _keep_chosen() -> None:
    state.write(chosen=",".join(st.session_state["chosen"]))


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
