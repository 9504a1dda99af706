"""The recipe of the Index page as a file, to download and to open again."""

from __future__ import annotations

import streamlit as st

from geo.index.exchange import recipe_to_json
from geo.text import N_, Translator
from pages.parts import recipes
from pages.parts.recipes import RequestedRecipe


def draw_recipe_file(requested: RequestedRecipe, t: Translator) -> None:
    """The recipe as a file, to download and to open again."""
    st.download_button(
        t(N_("Download this recipe")),
        recipe_to_json(requested.recipe, requested.year),
        file_name=f"open-index-{requested.year}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="recipe_download",
    )
    with st.popover(t(N_("Open a recipe")), icon=":material/upload:"):
        st.file_uploader(
            t(N_("A recipe file of this atlas (JSON)")),
            type="json",
            key="recipe_file",
            on_change=recipes.open_recipe_file,
        )
