"""Whole groups of provinces to compare, each by one click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo import webmap
from geo.choropleth import choropleth
from geo.compare import chosen as sets
from geo.dimension import regions
from geo.markers import markers
from geo.measures import measures, snapshot
from geo.peers import KINDS
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import choosers
from pages.parts.compare.clicked import on_click
from pages.parts.webmap import frame

KEY = "atlas_small"
HEIGHT_PX = 260
SMALL = 10_000  # as if no height were left: the frame takes the least that it can


def draw(view: View, chosen: Sequence[str], say: Texts) -> None:
    """The popover of groups: a region, the peers of the first chosen, the report's ten."""
    # What is in it runs only while it is open: its map would cost every change of a pane.
    over = st.popover(
        say(N_("Choose on a map or by group")),
        icon=":material/group_add:",
        key="groups",
        on_change="rerun",
    )
    if over.open:
        with over:
            _content(view, chosen, say)


def _content(view: View, chosen: Sequence[str], say: Texts) -> None:
    """A small map to click on, and the groups."""
    _small_map(view, chosen, say)
    _offer(say(N_("The report’s ten of 2017")), "ten", sets.the_ten(), say)
    st.caption(say(N_("One of the four regions")))
    with st.container(horizontal=True, key="group_regions"):
        for region, zh in regions().items():
            _offer(say.pick(region, zh), region, sets.of_region(region), say)
    first = chosen[0] if chosen else ""
    if not first:
        return
    name = provinces()[first].name(say.lang)
    st.caption(say(N_("{name}, the first chosen, and its peers"), name=name))
    with st.container(horizontal=True, key="group_peers"):
        for kind, label in KINDS.items():
            near = sets.with_peers(first, kind, view.wanted_year)
            _offer(say(label), kind, near, say)


def _small_map(view: View, chosen: Sequence[str], say: Texts) -> None:
    """The map of the view, small: a click adds a province or takes it away."""
    measure = measures()[view.measure]
    own = webmap.pane(choropleth(snapshot(view.measure, view.year)), measure, say)
    st.caption(say(N_("Click provinces on the map to add them or take them away")))
    frame(
        webmap.AtlasMap(rest_px=SMALL),
        webmap.state(
            [own], webmap.map_label(measure, view.year, say), say, chosen=markers("", chosen)
        ),
        KEY,
        HEIGHT_PX,
        say,
        on_click(KEY),
        holder="small_map",
    )


def _offer(label: str, key: str, group: Sequence[str], say: Texts) -> None:
    st.button(label, key=f"group_{key}", on_click=choosers.choose, args=(list(group), say))
