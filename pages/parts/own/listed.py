"""The measures of this session's own, each with its ways to the pages that show it."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import citation, wording
from geo.errors import InputError
from geo.indicators import Measure
from geo.text import N_, Translator
from geo.upload import words
from geo.upload.own import uploaded_measure_id
from pages.parts import about, nav, state
from pages.parts.own import decide

WAYS: Final = {"map": N_("Map"), "province": N_("Province"), "compare": N_("Compare")}


def draw_uploaded_measures(t: Translator) -> None:
    """A line for each measure: what it is, where it is shown, and how it is taken back."""
    measures = state.uploaded_tables().all_measures
    if not measures:
        return
    st.html(Markup('<h3 id="own-measures">{}</h3>').format(t(N_("Your measures"))))
    for measure in measures.values():
        with st.container(
            key=f"own_line_{measure.id}", horizontal=True, vertical_alignment="center"
        ):
            st.html(_uploaded_measure_line(measure, t))
            for page, label in WAYS.items():
                nav.draw_page_link(
                    page,
                    t(label),
                    t,
                    nav.ICONS[page],
                    measure=measure.id,
                    year=str(measure.years[-1]),
                    **({"view": "maps"} if page == "compare" else {}),
                )
            st.button(
                t(N_("Take back")),
                key=f"own_back_{measure.id}",
                icon=":material/delete:",
                type="tertiary",
                help=t(
                    N_("Take back the measure “{name}”"),
                    name=state.escape_markdown(measure.name_en),
                ),
                on_click=_remove_measure,
                args=(measure.id,),
            )


def _uploaded_measure_line(measure: Measure, t: Translator) -> Markup:
    unit = t.localized(measure.unit_en, measure.unit_zh)
    facts = [
        citation.format_years(measure.years, t),
        unit,
        words.uploaded_definition(measure, t),
    ]
    return Markup("<p>{}</p>{}").format(
        wording.measure_name(measure, t), about.quiet_note(" · ".join(filter(None, facts)))
    )


def _remove_measure(own_id: str) -> None:
    try:
        table, _ = state.uploaded_tables().table_and_definition(own_id)
    except KeyError:
        return
    definitions = tuple(
        measure for measure in table.measures if uploaded_measure_id(table.id, measure) != own_id
    )
    try:
        decide.replace_table(table, measures=definitions)
    except InputError as error:
        state.notify(error)
