"""What if the weights or the method were different, and how sure is a rank?"""

from __future__ import annotations

import streamlit as st

from geo.index.model import score
from geo.robustness.uncertainty import uncertainty
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
def page() -> None:
    """All below the header: choices at the left, what they lead to at the right."""
    view, say, notes = state.current()
    now = recipes.asked()
    looks.wear("rows", "index")
    nav.draw(say)
    state.show([*notes, *now.notes], say)
    if state.own().measures:
        st.html(about.note(say(words.NOT_IN_INDEX)))
    result = score(now.recipe, now.year)
    asked = st.query_params.get("tab", "result")
    tab = asked if asked in TABS else "result"
    with st.container(key="index_sheet"):
        with st.container(key="recipe"):
            recipeform.draw(now, result, say)
        with st.container(key="outcome"):
            choosers.pick("tab", say(N_("View")), TABS, tab, say, hidden=True)
            if tab == "agreement":
                agreementtable.every(result, say)
            elif tab == "takes":
                takes.draw(now, result, view, say)
            elif tab == "method":
                method.draw(now, result, say)
            else:
                sure = uncertainty(now.recipe, now.year, spread=now.spread)
                if tab == "sure":
                    sureness.draw(now, result, sure, say)
                else:
                    indexresult.draw(now, result, sure, view, say)


page()
