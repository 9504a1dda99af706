"""The top of every page: whose atlas this is, and the language switch."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from geo import webmap
from geo.text import LANGUAGES, N_, Translator
from geo.view import PageState
from pages.parts import looks, state

ICON = str(Path(__file__).parent / "icon.svg")


def draw_header(view: PageState, t: Translator) -> None:
    """The title and the language switch, in one row."""
    looks.load_shared_styles()
    script = Markup('<script src="{}"></script>').format(webmap.links_script().path)
    with st.container(key="links"):
        st.html(script, unsafe_allow_javascript=True)
    with st.container(
        key="header",
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
    ):
        st.title(t(N_("Digital China Atlas")), anchor=False, width="content")
        state.set_widget("lang", view.lang)
        st.segmented_control(
            "Language / 语言",
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            required=True,
            label_visibility="collapsed",
            on_change=state.sync_to_url,
            args=("lang",),
        )
