"""The panel beside the map: the chosen province, or the definition of the measure."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState
from geo.captions import quiet_note
from geo.maps import Choropleth
from geo.measures import (
    STATUS_NOTES,
    Cell,
    Measure,
    Status,
    format_cell,
    format_rank,
    localized_remark,
    measure_name,
    status_name,
)
from geo.tables import STRATEGY_KINDS
from geo.text import N_, Translator
from geo.units import provinces
from pages.parts.about import definition_pairs
from pages.parts.agreement import folded_agreement
from pages.parts.page_frame import draw_page_link, page_address
from pages.parts.province_head import dimension_strips, published_standings_list, section_citation
from pages.parts.report_lists import build_named_rows
from pages.parts.state import write_params

STRATEGY_SECTION: Final = "1.1"  # where the report sets out the tasks and directions


def draw_panel(view: PageState, measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """Draw the standing of the chosen province; without one, the measure and a hint."""
    if not view.province:
        st.html(_measure_panel(view, measure, t))
        return
    with st.container(key="panel"):
        st.html(_province_panel(view, measure, choropleth, t))
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


def _measure_panel(view: PageState, measure: Measure, t: Translator) -> Markup:
    rows = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(head, text)
        for head, text in definition_pairs(measure, view.year, t)
    ]
    agreed = folded_agreement(view.year, t) if measure.kind == "index" else ""
    return Markup('<div class="panel"><h2>{}</h2><dl>{}</dl></div>{}{}{}').format(
        measure_name(measure, t),
        Markup("").join(rows),
        agreed,
        _strategy_block(view, t),
        quiet_note(t(N_("Click a province on the map or in the ranking to see how it stands."))),
    )


def _strategy_block(view: PageState, t: Translator) -> Markup:
    """Return the parts of the strategy as the report states them, folded."""
    return Markup(
        '<details class="statements list"><summary>{}</summary>{}<small>{}</small> {}</details>'
    ).format(
        t(N_("Digital China: three strategic tasks, six directions")),
        build_named_rows(STRATEGY_KINDS, t),
        section_citation(STRATEGY_SECTION, t),
        Markup('<a href="{}">{}</a>').format(
            page_address("data", view, listed="facts"), t(N_("All that the report states"))
        ),
    )


def _province_panel(view: PageState, measure: Measure, drawn: Choropleth, t: Translator) -> Markup:
    province = provinces()[view.province]
    cell = drawn.snapshot.cells[view.province]
    full = province.name_zh if province.name_in(t.lang) == province.name_en else province.name_en
    region = province.region_in(t.lang)
    parts = [
        Markup('<h2 class="name">{}</h2>').format(province.name_in(t.lang)),
        Markup('<p class="names">{}</p>').format(
            t(N_("{name}, {region} region"), name=full, region=region) if region else full
        ),
        _current_cell(cell, measure, view.year, t),
    ]
    if province.evaluated:
        parts.append(published_standings_list(view.province, t))
        parts.append(dimension_strips(view.province, view.year, t))
        if measure.kind == "index":
            parts.append(folded_agreement(view.year, t))
    else:
        parts.append(Markup("<p>{}</p>").format(t(STATUS_NOTES[Status.NOT_EVALUATED])))
    return Markup('<div class="panel">{}</div>').format(Markup("").join(parts))


def _current_cell(cell: Cell, measure: Measure, year: int, t: Translator) -> Markup:
    """Return the cell that the map shows."""
    lines = [
        format_rank(cell, t) if cell.value is not None else "",
        status_name(cell, t),
    ]
    lines += [localized_remark(text, t) for text in cell.remarks]
    head = format_cell(cell, measure, t)
    return Markup('<div class="here"><small>{}</small><strong>{}</strong>{}</div>').format(
        t(N_("{measure}, {year}"), measure=measure_name(measure, t), year=year),
        head,
        Markup("").join(
            Markup("<p>{}</p>").format(line) for line in lines if line and line != head
        ),
    )
