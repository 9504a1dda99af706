"""Links from a page to its pictures: the same address gives the same file to a document or wiki."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.picture.drawing import FORMATS
from geo.text import N_, Texts
from pages.parts import nav

NAMES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF"}


def address(form: str, params: Mapping[str, object]) -> str:
    """The address of a picture in one of its forms; what is empty is left out."""
    return f"/picture.{form}?{urlencode({n: v for n, v in params.items() if v not in ('', None)})}"


def links(params: Mapping[str, object], say: Texts) -> Markup:
    """The picture in every form, each by one click."""
    link = Markup('<a href="{}" download aria-label="{}">{}</a>')
    return Markup(" · ").join(
        link.format(
            address(form, params), say(N_("Download as {form}"), form=NAMES[form]), NAMES[form]
        )
        for form in FORMATS
    )


def row(kind: str, params: Mapping[str, object], say: Texts) -> None:
    """What stands under a map or a chart: the picture in every form, and where to compose it."""
    with st.container(key="pictures", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(
            Markup('<p class="atlas-note files">{} {}</p>').format(
                say(N_("Picture:")), links({"kind": kind, **params}, say)
            )
        )
        nav.link("briefing", say(N_("Compose for a briefing")), say, "slideshow", kind=kind)
