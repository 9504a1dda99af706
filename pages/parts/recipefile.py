"""The recipe of the Index page as a file, to download and to open again."""

from __future__ import annotations

import streamlit as st

from geo.index.exchange import to_json
from geo.text import N_, Texts
from pages.parts import recipes
from pages.parts.recipes import Asked


def draw(now: Asked, say: Texts) -> None:
    """The recipe as a file, to download and to open again."""
    st.download_button(
        say(N_("Download this recipe")),
        to_json(now.recipe, now.year),
        file_name=f"open-index-{now.year}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        key="recipe_download",
    )
    with st.popover(say(N_("Open a recipe")), icon=":material/upload:"):
        st.file_uploader(
            say(N_("A recipe file of this atlas (JSON)")),
            type="json",
            key="recipe_file",
            on_change=recipes.opened,
        )
