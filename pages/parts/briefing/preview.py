"""The picture itself, at once as the file that it is, and the ways to take it along."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo.picture.sizes import EVERY, SCALES
from geo.picture.subject import Subject
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, pictures
from pages.parts.briefing import copier
from pages.parts.briefing.asked import Asked, server


def draw(now: Asked, view: View, say: Texts) -> None:
    """The preview, which is the file; downloads in every form; the address to embed."""
    size = EVERY[now.picture.size]
    st.html(
        Markup(
            '<img class="sheet" src="{}" alt="{}" width="{}" height="{}"'
            ' style="aspect-ratio:{}/{}">'
        ).format(
            pictures.address("png", now.params),
            Subject(now.picture).words[0].alt,
            size.width,
            size.height,
            size.width,
            size.height,
        )
    )
    with st.container(key="take", horizontal=True, vertical_alignment="center"):
        st.html(_files(now, say))
        copier.draw(pictures.address("png", now.params), say)
    st.html(about.note(say(N_("The address of this picture, for a document or wiki:"))))
    st.code(server().rstrip("/") + pictures.address("png", now.params), language=None)


def _files(now: Asked, say: Texts) -> Markup:
    """PNG in four sizes, SVG and PDF."""
    link = Markup('<a href="{}" download>{}</a>')
    found = [
        link.format(
            pictures.address("png", {**now.params, "scale": "" if scale == 1 else scale}),
            say(N_("PNG ×{scale}"), scale=scale),
        )
        for scale in SCALES
    ]
    found += [
        link.format(pictures.address(form, now.params), pictures.NAMES[form])
        for form in ("svg", "pdf")
    ]
    return Markup('<p class="files">{}: {}</p>').format(
        say(N_("Download")), Markup(" · ").join(found)
    )
