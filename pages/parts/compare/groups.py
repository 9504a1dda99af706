"""Whole groups of provinces to compare, each by one click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from geo import webmap
from geo.choropleth import classify_snapshot
from geo.compare import chosen as sets
from geo.dimension import region_names
from geo.markers import assign_markers
from geo.measures import all_measures, snapshot_of
from geo.peers import KINDS
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import choosers
from pages.parts.compare.clicked import toggle_on_click
from pages.parts.webmap import draw_map_frame

KEY = "atlas_small"
HEIGHT_PX = 260
SMALL = 10_000  # as if no height were left: the frame takes the least that it can


def draw_groups(view: PageState, chosen: Sequence[str], t: Translator) -> None:
    """The popover of groups: a region, the peers of the first chosen, the report's ten."""
    # What is in it runs only while it is open: its map would cost every change of a pane.
    over = st.popover(
        t(N_("Choose on a map or by group")),
        icon=":material/group_add:",
        key="groups",
        on_change="rerun",
    )
    if over.open:
        with over:
            _draw_group_choices(view, chosen, t)


def _draw_group_choices(view: PageState, chosen: Sequence[str], t: Translator) -> None:
    """A small map to click on, and the groups."""
    _draw_small_map(view, chosen, t)
    _draw_group_button(t(N_("The report’s ten of 2017")), "ten", sets.report_top_ten())
    st.caption(t(N_("One of the four regions")))
    with st.container(horizontal=True, key="group_regions"):
        for region, zh in region_names().items():
            _draw_group_button(t.localized(region, zh), region, sets.provinces_of_region(region))
    first = chosen[0] if chosen else ""
    if not first:
        return
    name = provinces()[first].name_in(t.lang)
    st.caption(t(N_("{name}, the first chosen, and its peers"), name=name))
    with st.container(horizontal=True, key="group_peers"):
        for kind, label in KINDS.items():
            near = sets.province_with_peers(first, kind, view.preferred_year)
            _draw_group_button(t(label), kind, near)


def _draw_small_map(view: PageState, chosen: Sequence[str], t: Translator) -> None:
    """The map of the view, small: a click adds a province or takes it away."""
    measure = all_measures()[view.measure]
    pane = webmap.build_pane(classify_snapshot(snapshot_of(view.measure, view.year)), measure, t)
    st.caption(t(N_("Click provinces on the map to add them or take them away")))
    draw_map_frame(
        webmap.AtlasMap(rest_px=SMALL),
        webmap.map_state(
            [pane], webmap.map_label(measure, view.year, t), t, chosen=assign_markers("", chosen)
        ),
        KEY,
        HEIGHT_PX,
        t,
        toggle_on_click(KEY),
        holder="small_map",
    )


def _draw_group_button(label: str, key: str, group: Sequence[str]) -> None:
    st.button(label, key=f"group_{key}", on_click=choosers.set_provinces, args=(list(group),))
