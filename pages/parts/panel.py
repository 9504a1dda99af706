"""The panel beside the map: the chosen province, or what the measure is."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import statements, wording
from geo.cells import Cell, Status
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, agreementtable, nav, standings, state, statementlist
from pages.parts.portrait import section

STRATEGY_SECTION: Final = "1.1"  # where the report sets out the tasks and directions


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """The chosen province's standing; without one, the measure and how to choose."""
    with st.container(key="panel"):
        if not view.province:
            st.html(_measure(view, measure, say))
            return
        st.html(_province(view, measure, drawn, say))
        name = provinces()[view.province].name(say.lang)
        nav.link("province", say(N_("All figures of {name}"), name=name), say, "arrow_forward")
        st.button(
            "",
            icon=":material/close:",
            key="close",
            type="tertiary",
            help=say(N_("Close the panel of this province")),
            on_click=state.write,
            kwargs={"province": ""},
        )


def _measure(view: View, measure: Measure, say: Texts) -> Markup:
    rows = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(head, text)
        for head, text in about.definition(measure, view.year, say)
    ]
    agreed = agreementtable.folded(view.year, say) if measure.kind == "index" else ""
    return Markup('<div class="panel"><h2>{}</h2><dl>{}</dl></div>{}{}{}').format(
        wording.measure_name(measure, say),
        Markup("").join(rows),
        agreed,
        _strategy(view, say),
        about.note(say(N_("Click a province on the map or in the ranking to see how it stands."))),
    )


def _strategy(view: View, say: Texts) -> Markup:
    """What the strategy consists of, as the report has it, folded."""
    return Markup(
        '<details class="stated list"><summary>{}</summary>{}<small>{}</small> {}</details>'
    ).format(
        say(N_("Digital China: three strategic tasks, six directions")),
        statementlist.build_named_rows(statements.STRATEGY, say),
        section(STRATEGY_SECTION, say),
        Markup('<a href="{}">{}</a>').format(
            nav.address("data", view, listed="facts"), say(N_("All that the report states"))
        ),
    )


def _province(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> Markup:
    province = provinces()[view.province]
    cell = drawn.snapshot.cells[view.province]
    full = province.name_zh if say.lang == "en" else province.name_en
    region = province.region(say.lang)
    parts = [
        Markup('<h2 class="name">{}</h2>').format(province.name(say.lang)),
        Markup('<p class="names">{}</p>').format(
            say(N_("{name}, {region} region"), name=full, region=region) if region else full
        ),
        _here(cell, measure, view.year, say),
    ]
    if province.evaluated:
        parts.append(standings.report(view.province, say))
        parts.append(standings.dimensions(view.province, view.year, say))
        if measure.kind == "index":
            parts.append(agreementtable.folded(view.year, say))
    else:
        parts.append(Markup("<p>{}</p>").format(say(wording.STATUS_NOTES[Status.NOT_EVALUATED])))
    return Markup('<div class="panel">{}</div>').format(Markup("").join(parts))


def _here(cell: Cell, measure: Measure, year: int, say: Texts) -> Markup:
    """The cell that the map shows."""
    lines = [wording.rank(cell, say) if cell.value is not None else "", wording.status(cell, say)]
    lines += [wording.remark(text, say) for text in cell.remarks]
    head = wording.headline(cell, measure, say)
    return Markup('<div class="here"><small>{}</small><strong>{}</strong>{}</div>').format(
        say(N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=year),
        head,
        Markup("").join(
            Markup("<p>{}</p>").format(line) for line in lines if line and line != head
        ),
    )
