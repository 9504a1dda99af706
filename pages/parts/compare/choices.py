"""Choices of the Compare page: measures, groups of provinces, clicks on a map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from geo.analysis import (
    FIT_NAMES,
    PEER_KINDS,
    QUADRANT_NAMES,
    PageState,
    province_with_peers,
    provinces_of_region,
    region_name,
    region_names,
    report_top_ten,
    toggle_province,
)
from geo.maps import AtlasMap, assign_markers, build_pane, classify_snapshot, map_label, map_state
from geo.text import N_, Translator
from geo.units import provinces
from pages.parts.map_view import CIRCLES_KEY, clicked_province, draw_map_frame
from pages.parts.state import current_page, write_params
from pages.parts.widgets import (
    draw_measure_select,
    draw_segmented_control,
    draw_year_slider,
    set_compared_provinces,
)

KEY = "atlas_small"
HEIGHT_PX = 260
SMALL = 10_000  # px taken by the rest of the page, so that the frame has its least height


def toggle_on_click(key: str) -> Callable[[], None]:
    """Return the callback of the map with a key."""
    return partial(_toggle_clicked, key)


def _toggle_clicked(key: str) -> None:
    adcode = clicked_province(key)
    if adcode:
        view, _, _ = current_page()
        set_compared_provinces(toggle_province(view, adcode))


def draw_measure_pair(view: PageState, t: Translator) -> None:
    """Draw the choice of both measures and years, with a button to swap them."""
    with st.container(key="two", horizontal=True, vertical_alignment="bottom"):
        draw_measure_select("measure", t(N_("Measure A")), view.measure, view, t)
        draw_year_slider("year", t(N_("Year A")), view.shown_measure, view.year)
        st.button(
            t(N_("Swap A and B")),
            icon=":material/swap_horiz:",
            key="swap",
            on_click=write_params,
            kwargs={
                "measure": view.measure2,
                "year": view.year2,
                "measure2": view.measure,
                "year2": view.year,
            },
        )
        draw_measure_select("measure2", t(N_("Measure B")), view.measure2, view, t)
        draw_year_slider("year2", t(N_("Year B")), view.second_measure, view.year2, "measure2")


def draw_scatter_options(view: PageState, t: Translator) -> None:
    """Draw the options of a scatter: quarters and a line."""
    with st.container(key="scatter_choices", horizontal=True, vertical_alignment="bottom"):
        draw_segmented_control(
            "quadrants", t(N_("Quadrants at")), QUADRANT_NAMES, view.quadrants, t
        )
        draw_segmented_control("fit", t(N_("Fitted line")), FIT_NAMES, view.fit, t)


def draw_groups(view: PageState, chosen: Sequence[str], t: Translator) -> None:
    """Draw the popover of groups: a region, peers of the first province, the report's ten."""
    # The content runs only while the popover is open: its map would slow every change.
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
    """Draw a small map to click on, and the groups."""
    _draw_small_map(view, chosen, t)
    _draw_group_button(t(N_("The report’s ten of 2017")), "ten", report_top_ten())
    st.caption(t(N_("One of the four regions")))
    with st.container(horizontal=True, key="group_regions"):
        for region in region_names():
            _draw_group_button(region_name(region, t), region, provinces_of_region(region))
    first = chosen[0] if chosen else ""
    if not first:
        return
    name = provinces()[first].name_in(t.lang)
    st.caption(t(N_("{name} (first chosen) and its peers"), name=name))
    with st.container(horizontal=True, key="group_peers"):
        for kind, label in PEER_KINDS.items():
            near = province_with_peers(first, kind, view.preferred_year)
            _draw_group_button(t(label), kind, near)


def _draw_small_map(view: PageState, chosen: Sequence[str], t: Translator) -> None:
    """Draw a small map of the view: a click adds or removes a province."""
    measure = view.shown_measure
    pane = build_pane(classify_snapshot(measure.snapshot(view.year)), measure, t)
    key = KEY + (CIRCLES_KEY if measure.is_total else "")
    st.caption(t(N_("Click provinces on the map to add or remove them")))
    draw_map_frame(
        AtlasMap(rest_px=SMALL, circles=measure.is_total),
        map_state([pane], map_label(measure, view.year, t), t, chosen=assign_markers("", chosen)),
        key,
        HEIGHT_PX,
        t,
        toggle_on_click(key),
        holder="small_map",
    )


def _draw_group_button(label: str, key: str, group: Sequence[str]) -> None:
    st.button(label, key=f"group_{key}", on_click=set_compared_provinces, args=(list(group),))
