"""What the report states of a dimension: facts, statements, documents, with one search."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import facts, statements
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, factlist, state, statementlist


def draw(view: View, say: Texts) -> None:
    """The facts by section, the statements and documents by kind, as a search leaves them."""
    dimension = view.dimension
    found = facts.facts_of_dimension(dimension)
    stated = statements.statements_of_dimension(dimension)
    named = statements.documents_of_dimension(dimension)
    with st.container(key="facts"):
        if not (found or stated or named):
            st.html(_build_title(say(N_("What the report of 2017 states in figures"))))
            st.html(about.note(say(N_("The report’s text states no figure that fits here."))))
            return
        st.html(_build_title(say(N_("What the report of 2017 states"))))
        state.follow("find", st.query_params.get("find", ""))
        typed = (
            st.text_input(
                say(N_("Search what the report states")),
                key="find",
                on_change=state.keep,
                args=("find",),
            )
            or ""
        )
        kept = [one for one in found if factlist.fits(one, typed)]
        if found:
            count = say(N_("{kept} of {count} facts"), kept=len(kept), count=len(found))
        else:
            count = say(N_("The report’s text states no figure that fits here."))
        st.html(
            about.note(count)
            + factlist.by_section(kept, say)
            + factlist.targets(dimension, say)
            + statementlist.build_lists(
                statementlist.search_statements(stated, typed),
                statementlist.search_documents(named, typed),
                opened=bool(typed),
                say=say,
            )
        )


def _build_title(text: str) -> Markup:
    return Markup("<h3>{}</h3>").format(text)
