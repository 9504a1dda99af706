"""Whole groups of provinces to compare, each by one click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo.compare import chosen as sets
from geo.dimension import regions
from geo.peers import KINDS
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import choosers


def draw(view: View, chosen: Sequence[str], say: Texts) -> None:
    """The popover of groups: a region, the peers of the first chosen, the report's ten."""
    with st.popover(say(N_("Choose a group")), icon=":material/group_add:"):
        # A small map to click on stands here, above the lists of groups.
        _offer(say(N_("The report’s ten of 2017")), "ten", sets.the_ten())
        st.caption(say(N_("One of the four regions")))
        with st.container(horizontal=True, key="group_regions"):
            for region, zh in regions().items():
                _offer(say.pick(region, zh), region, sets.of_region(region))
        first = chosen[0] if chosen else ""
        if not first:
            return
        name = provinces()[first].name(say.lang)
        st.caption(say(N_("{name}, the first chosen, and its peers"), name=name))
        with st.container(horizontal=True, key="group_peers"):
            for kind, label in KINDS.items():
                near = sets.with_peers(first, kind, view.wanted_year)
                _offer(say(label), kind, near)


def _offer(label: str, key: str, group: Sequence[str]) -> None:
    st.button(label, key=f"group_{key}", on_click=choosers.choose, args=(list(group),))
