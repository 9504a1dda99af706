"""What the report states of a dimension: facts, statements, documents, with one search."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import facts, statements
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, factlist, state, statementlist


def draw_report_statements(view: PageState, t: Translator) -> None:
    """The facts by section, the statements and documents by kind, as a search leaves them."""
    dimension = view.dimension
    results = facts.facts_of_dimension(dimension)
    stated = statements.statements_of_dimension(dimension)
    named = statements.documents_of_dimension(dimension)
    with st.container(key="facts"):
        if not (results or stated or named):
            st.html(_build_title(t(N_("What the report of 2017 states in figures"))))
            st.html(about.quiet_note(t(N_("The report’s text states no figure that fits here."))))
            return
        st.html(_build_title(t(N_("What the report of 2017 states"))))
        state.set_widget("find", st.query_params.get("find", ""))
        typed = (
            st.text_input(
                t(N_("Search what the report states")),
                key="find",
                on_change=state.sync_to_url,
                args=("find",),
            )
            or ""
        )
        items = [one for one in results if factlist.fact_matches(one, typed)]
        if results:
            count = t(N_("{kept} of {count} facts"), kept=len(items), count=len(results))
        else:
            count = t(N_("The report’s text states no figure that fits here."))
        st.html(
            about.quiet_note(count)
            + factlist.facts_by_section(items, t)
            + factlist.targets_list(dimension, t)
            + statementlist.build_lists(
                statementlist.search_statements(stated, typed),
                statementlist.search_documents(named, typed),
                opened=bool(typed),
                t=t,
            )
        )


def _build_title(text: str) -> Markup:
    return Markup("<h3>{}</h3>").format(text)
