"""The panel beside the map: the chosen province, or China at a glance."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.analysis import MeasureMap, PageState, measure_pane
from geo.captions import measure_map_heading
from geo.measures import (
    STATUS_NOTES,
    Status,
    format_cell,
    format_rank,
    localized_remark,
    status_name,
)
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.agreement import folded_agreement
from pages.parts.glance import glance_panel
from pages.parts.page_frame import TEMPLATES, draw_page_link
from pages.parts.province_head import dimension_strips, published_standings_list
from pages.parts.state import write_params


def draw_panel(view: PageState, shown: MeasureMap, t: Translator) -> None:
    """Draw the standing of the chosen province; without one, China at a glance."""
    if not view.province:
        st.html(glance_panel(view, shown, t))
        return
    with st.container(key="panel"):
        st.html(_province_panel(view, shown, t))
        name = provinces()[view.province].name_in(t.lang)
        draw_page_link("province", t(N_("All figures of {name}"), name=name), t, "arrow_forward")
        st.button(
            "",
            icon=":material/close:",
            key="close",
            type="tertiary",
            help=t(N_("Close the panel of this province")),
            on_click=write_params,
            kwargs={"province": ""},
        )


def _province_panel(view: PageState, shown: MeasureMap, t: Translator) -> Markup:
    province = provinces()[view.province]
    name = province.name_in(t.lang)
    full = province.name_zh if name == province.name_en else province.name_en
    region = province.region_in(t.lang)
    if province.evaluated:
        parts = published_standings_list(view.province, t)
        parts += dimension_strips(view.province, view.year, t)
        if shown.base.kind == "index":
            parts += folded_agreement(view.year, t)
    else:
        parts = Markup("<p>{}</p>").format(t(STATUS_NOTES[Status.NOT_EVALUATED]))
    return render_template(
        TEMPLATES,
        "province_panel",
        title=name,
        names=t(N_("{name}, {region} region"), name=full, region=region) if region else full,
        here=_current_cell(shown, view.province, t),
        parts=parts,
    )


def _current_cell(shown: MeasureMap, adcode: str, t: Translator) -> dict[str, object]:
    """Return what the template shows of the cell on the map."""
    cell = shown.choropleth.snapshot.cells[adcode]
    if shown.pair is not None:
        value, *lines = measure_pane(shown, t).tooltip_lines(cell)
    else:
        value = format_cell(cell, shown.measure, t)
        lines = [format_rank(cell, t) if cell.value is not None else "", status_name(cell, t)]
        lines += [localized_remark(text, t) for text in cell.remarks]
    return {
        "title": measure_map_heading(shown, t),
        "value": value,
        "lines": [line for line in lines if line and line != value],
    }
