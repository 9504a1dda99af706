"""Index page: the open index with other weights and methods, and how certain ranks are."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.index import recipe_uncertainty, score_index
from geo.metrics import time_rerun
from geo.text import N_
from geo.upload import NOT_IN_INDEX
from pages.parts.index.method import draw_method
from pages.parts.index.recipe import (
    draw_methods,
    draw_recipe_choices,
    draw_recipe_file,
    read_requested_recipe,
)
from pages.parts.index.result import draw_index_agreement, draw_index_result
from pages.parts.index.sentence import describe_recipe
from pages.parts.index.uncertainty import draw_uncertainty, draw_what_if
from pages.parts.index.weights import draw_weights
from pages.parts.page_frame import draw_nav
from pages.parts.session import uploaded_tables
from pages.parts.state import current_page, show_notes
from pages.parts.widgets import draw_segmented_control

TABS = {
    "result": N_("Result"),
    "sure": N_("Uncertainty"),
    "agreement": N_("Agreement with the report"),
    "takes": N_("What if"),
    "method": N_("Method"),
}


def recipe_sentence(text: str) -> Markup:
    """Return the sentence on the recipe as a paragraph over the result."""
    return Markup('<p class="recipe-sentence">{}</p>').format(text)


@st.fragment
@time_rerun("index", "fragment")
def draw_page() -> None:
    """Draw the page below the header: weights at the left, choices and results at the right."""
    view, t, notes = current_page()
    now = read_requested_recipe(view)
    draw_nav("index", view, t)
    show_notes([*notes, *now.notes], t)
    if uploaded_tables().all_measures:
        st.html(quiet_note(t(NOT_IN_INDEX)))
    result = score_index(now.recipe, now.year)
    tab = view.tab
    with st.container(key="index_sheet"):
        with st.container(key="recipe"):
            draw_weights(now, result, t)
            draw_methods(now, t)
            draw_recipe_file(now, t)
        with st.container(key="outcome"):
            with st.container(key="recipe_choices", horizontal=True, vertical_alignment="bottom"):
                draw_recipe_choices(now, t)
            st.html(recipe_sentence(describe_recipe(now, result, t)))
            draw_segmented_control("tab", t(N_("View")), TABS, tab, t, hidden=True)
            if tab == "agreement":
                draw_index_agreement(now, result, view, t)
            elif tab == "takes":
                draw_what_if(now, result, view, t)
            elif tab == "method":
                draw_method(now, result, t)
            else:
                sure = recipe_uncertainty(now.recipe, now.year, spread=now.spread)
                if tab == "sure":
                    draw_uncertainty(now, result, sure, t)
                else:
                    draw_index_result(now, result, sure, view, t)


draw_page()
