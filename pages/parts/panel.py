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
from geo.text import N_, Translator, render_template
from geo.units import provinces
from pages.parts.about import definition_pairs
from pages.parts.agreement import folded_agreement
from pages.parts.page_frame import TEMPLATES, draw_page_link, page_address
from pages.parts.province_head import dimension_strips, published_standings_list, section_citation
from pages.parts.report_lists import statement_groups
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
    """Return the definition of the measure and the strategy as the report states it, folded."""
    hint = t(N_("Click a province on the map or in the ranking to see how it stands."))
    return render_template(
        TEMPLATES,
        "measure_panel",
        title=measure_name(measure, t),
        rows=definition_pairs(measure, view.year, t),
        agreement=folded_agreement(view.year, t) if measure.kind == "index" else "",
        strategy={
            "title": t(N_("Digital China: three strategic tasks, six directions")),
            "groups": statement_groups(STRATEGY_KINDS, t),
            "section": section_citation(STRATEGY_SECTION, t),
            "address": page_address("data", view, listed="facts"),
            "link": t(N_("All that the report states")),
        },
        note=quiet_note(hint),
    )


def _province_panel(
    view: PageState, measure: Measure, choropleth: Choropleth, t: Translator
) -> Markup:
    province = provinces()[view.province]
    name = province.name_in(t.lang)
    full = province.name_zh if name == province.name_en else province.name_en
    region = province.region_in(t.lang)
    if province.evaluated:
        parts = published_standings_list(view.province, t)
        parts += dimension_strips(view.province, view.year, t)
        if measure.kind == "index":
            parts += folded_agreement(view.year, t)
    else:
        parts = Markup("<p>{}</p>").format(t(STATUS_NOTES[Status.NOT_EVALUATED]))
    return render_template(
        TEMPLATES,
        "province_panel",
        title=name,
        names=t(N_("{name}, {region} region"), name=full, region=region) if region else full,
        here=_current_cell(choropleth.snapshot.cells[view.province], measure, view.year, t),
        parts=parts,
    )


def _current_cell(cell: Cell, measure: Measure, year: int, t: Translator) -> dict[str, object]:
    """Return what the template shows of the cell on the map."""
    lines = [
        format_rank(cell, t) if cell.value is not None else "",
        status_name(cell, t),
    ]
    lines += [localized_remark(text, t) for text in cell.remarks]
    value = format_cell(cell, measure, t)
    return {
        "title": t(N_("{measure}, {year}"), measure=measure_name(measure, t), year=year),
        "value": value,
        "lines": [line for line in lines if line and line != value],
    }
