"""The measures of this session's own, each with its ways to the pages that show it."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo import citation, wording
from geo.errors import InputError
from geo.indicators import Measure
from geo.text import N_, Texts
from geo.upload import words
from geo.upload.own import measure_id
from pages.parts import about, nav, state
from pages.parts.own import decide

WAYS: Final = {"map": N_("Map"), "province": N_("Province"), "compare": N_("Compare")}


def draw(say: Texts) -> None:
    """A line for each measure: what it is, where it is shown, and how it is taken back."""
    found = state.own().measures
    if not found:
        return
    st.html(Markup('<h3 id="own-measures">{}</h3>').format(say(N_("Your measures"))))
    for own in found.values():
        with st.container(key=f"own_line_{own.id}", horizontal=True, vertical_alignment="center"):
            st.html(_line(own, say))
            for page, label in WAYS.items():
                nav.link(
                    page,
                    say(label),
                    say,
                    nav.ICONS[page],
                    measure=own.id,
                    year=str(own.years[-1]),
                    **({"view": "maps"} if page == "compare" else {}),
                )
            st.button(
                say(N_("Take back")),
                key=f"own_back_{own.id}",
                icon=":material/delete:",
                type="tertiary",
                help=say(N_("Take back the measure “{name}”"), name=state.literal(own.name_en)),
                on_click=_back,
                args=(own.id,),
            )


def _line(own: Measure, say: Texts) -> Markup:
    unit = say.pick(own.unit_en, own.unit_zh)
    facts = [citation.span(own.years, say), unit, words.definition(own, say)]
    return Markup("<p>{}</p>{}").format(
        wording.measure_name(own, say), about.note(" · ".join(filter(None, facts)))
    )


def _back(own_id: str) -> None:
    try:
        table, _ = state.own().source(own_id)
    except KeyError:
        return
    kept = tuple(own for own in table.measures if measure_id(table.id, own) != own_id)
    try:
        decide.exchange(table, measures=kept)
    except InputError as error:
        state.tell(error)
