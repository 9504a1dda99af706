"""What if the weights or the method were different, and how sure is a rank?"""

from __future__ import annotations

import streamlit as st

from geo.index.model import score_index
from geo.robustness.uncertainty import recipe_uncertainty
from geo.text import N_
from geo.upload import words
from pages.parts import (
    about,
    agreementtable,
    choosers,
    indexresult,
    looks,
    method,
    nav,
    recipeform,
    recipes,
    state,
    sureness,
    takes,
)

TABS = {
    "result": N_("Result"),
    "sure": N_("How sure"),
    "agreement": N_("Agreement with the report"),
    "takes": N_("What would it take"),
    "method": N_("Method"),
}


@st.fragment
def draw_page() -> None:
    """All below the header: choices at the left, what they lead to at the right."""
    view, t, notes = state.current_page()
    now = recipes.read_requested_recipe()
    looks.load_styles("rows", "index")
    nav.draw_nav(t)
    state.show_notes([*notes, *now.notes], t)
    if state.uploaded_tables().all_measures:
        st.html(about.quiet_note(t(words.NOT_IN_INDEX)))
    result = score_index(now.recipe, now.year)
    requested = st.query_params.get("tab", "result")
    tab = requested if requested in TABS else "result"
    with st.container(key="index_sheet"):
        with st.container(key="recipe"):
            recipeform.draw_recipe_form(now, result, t)
        with st.container(key="outcome"):
            choosers.draw_segmented_control("tab", t(N_("View")), TABS, tab, t, hidden=True)
            if tab == "agreement":
                agreementtable.draw_all_editions(result, t)
            elif tab == "takes":
                takes.draw_what_if(now, result, view, t)
            elif tab == "method":
                method.draw_method(now, result, t)
            else:
                sure = recipe_uncertainty(now.recipe, now.year, spread=now.spread)
                if tab == "sure":
                    sureness.draw_uncertainty(now, result, sure, t)
                else:
                    indexresult.draw_index_result(now, result, sure, view, t)


draw_page()
