"""The panel beside the map: the chosen province, or China at a glance."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    MeasureMap,
    PageState,
    cache_published,
    measure_pane,
    sources_of,
    strengths_and_weaknesses,
)
from geo.captions import labelled_lines_image, measure_map_heading
from geo.limits import MAP_CACHE_SIZE
from geo.measures import (
    STATUS_NOTES,
    Measure,
    Status,
    format_cell,
    format_rank,
    localized_remark,
    measure_name,
    short_rank,
    status_name,
)
from geo.text import N_, Translator, render_template, translator
from geo.units import provinces
from pages.parts.about import source_pairs
from pages.parts.agreement import folded_agreement
from pages.parts.glance import glance_panel
from pages.parts.page_frame import TEMPLATES, draw_page_link
from pages.parts.province_head import dimension_strips, published_ranks
from pages.parts.state import write_params

STANDOUTS: Final = 3  # strengths and weaknesses that the panel names


def draw_panel(view: PageState, shown: MeasureMap, t: Translator) -> None:
    """Draw the standing of the chosen province; without one, China at a glance."""
    if not view.province:
        st.html(glance_panel(view, shown, t))
        return
    with st.container(key="panel"):
        st.html(_province_panel(view, shown, t))
        name = provinces()[view.province].name_in(t.lang)
        draw_page_link("province", t(N_("All data of {name}"), name=name), t, "arrow_forward")
        st.button(
            t(N_("Close the panel of this province")),  # not seen, but the name of the button
            icon=":material/close:",
            key="close",
            type="tertiary",
            on_click=write_params,
            kwargs={"province": ""},
        )


def _province_panel(view: PageState, shown: MeasureMap, t: Translator) -> Markup:
    province = provinces()[view.province]
    name = province.name_in(t.lang)
    full = province.name_zh if name == province.name_en else province.name_en
    region = province.region_in(t.lang)
    parts = Markup()
    if province.evaluated:
        parts += published_ranks(view.province, t)
        parts += _standouts(view, t)
        parts += dimension_strips(view.province, view.year, t)
        if shown.base.kind == "index":
            parts += folded_agreement(view.year, t)
    else:
        parts += Markup("<p>{}</p>").format(t(STATUS_NOTES[Status.NOT_EVALUATED]))
    return render_template(
        TEMPLATES,
        "province_panel",
        title=name,
        names=t(N_("{name}, {region} region"), name=full, region=region) if region else full,
        here=_current_cell(shown, view.province, t),
        lines=_years_of_measure(shown.base, view.province, shown.year, view.lang),
        parts=parts,
    ) + _panel_sources(shown.base, view.year, view.lang)


@cache_published(maxsize=MAP_CACHE_SIZE)
def _panel_sources(measure: Measure, year: int, lang: str) -> Markup:
    """Return the sources of the measure on the map, folded; empty for an uploaded measure.

    The open index has many: each without its codes.
    """
    t = translator(lang)
    sources = sources_of(measure, [year])
    if not sources:
        return Markup()
    return render_template(
        TEMPLATES,
        "about_measure",
        title=t(N_("Sources")),
        rows=source_pairs(sources, t, is_whole=measure.kind != "index"),
    )


@cache_published(maxsize=MAP_CACHE_SIZE)
def _years_of_measure(measure: Measure, adcode: str, year: int, lang: str) -> dict[str, str]:
    """Return the measure over the years as a picture, what it shows, and what its lines are.

    All empty without two values; the report publishes no values.
    """
    t = translator(lang)
    address, text = labelled_lines_image(measure, adcode, year, t)
    name = provinces()[adcode].name_in(lang)
    key = name if measure.is_total else t(N_("{name}; dashed: national value or median"), name=name)
    return {"address": address, "text": text, "key": key if address else ""}


def _standouts(view: PageState, t: Translator) -> Markup:
    """Return the first strengths and weaknesses, each with its rank."""
    strong, weak = strengths_and_weaknesses(view.province, view.year)
    lists = [
        (
            title,
            [
                (measure_name(one.standing.measure, t), short_rank(one.standing.cell, t))
                for one in standouts[:STANDOUTS]
            ],
        )
        for title, standouts in ((t(N_("Strengths")), strong), (t(N_("Weaknesses")), weak))
    ]
    return render_template(TEMPLATES, "panel_standouts", lists=lists)


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
