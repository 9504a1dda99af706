"""The picture itself, at once as the file that it is, and the ways to take it along."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st
from markupsafe import Markup

from geo.picture.drawing import FORMATS
from geo.picture.sizes import EVERY, SCALES
from geo.picture.studio import studio
from geo.picture.subject import Subject
from geo.text import N_, Texts
from pages.parts import about, pictures
from pages.parts.briefing import copier
from pages.parts.briefing.asked import Asked, server


def draw(now: Asked, say: Texts) -> None:
    """The preview, which is the file; downloads in every form; the address to embed."""
    if now.picture.of_session:
        _of_session(now, say)
        return
    address = pictures.address("png", now.params)
    _shown(now, address)
    with st.container(key="take", horizontal=True, vertical_alignment="center"):
        st.html(_files(now, say), width="content")
        copier.draw(address, say)
    st.html(about.note(say(N_("The address of this picture, for a document or wiki:"))))
    st.code(server().rstrip("/") + address, language=None, wrap_lines=True)


def _shown(now: Asked, address: str) -> None:
    size = EVERY[now.picture.size]
    st.html(
        Markup(
            '<img class="sheet" src="{}" alt="{}" width="{}" height="{}"'
            ' style="aspect-ratio:{}/{}">'
        ).format(
            address, Subject(now.picture).words[0].alt, size.width, size.height, size.width,
            size.height,
        )
    )  # fmt: skip


def _of_session(now: Asked, say: Texts) -> None:
    """The same for own data, which no address may name: the files are made here."""
    body = studio().picture(now.picture, "png").body
    _shown(now, "data:image/png;base64," + b64encode(body).decode())
    st.html(
        about.note(
            say(N_("Own data: the picture has no address, it is known to this session alone."))
        )
    )
    with st.container(key="take", horizontal=True):
        for form in FORMATS:
            drawing = studio().picture(now.picture, form)
            st.download_button(
                pictures.NAMES[form],
                drawing.body,
                file_name=drawing.name,
                mime=drawing.media_type,
                key=f"take_{form}",
                on_click="ignore",
            )


def _files(now: Asked, say: Texts) -> Markup:
    """PNG in four sizes, SVG and PDF."""
    link = Markup('<a href="{}" download>{}</a>')
    found = [
        link.format(
            pictures.address("png", {**now.params, "scale": "" if scale == 1 else scale}),
            f"PNG ×{scale}",
        )
        for scale in SCALES
    ]
    found += [
        link.format(pictures.address(form, now.params), pictures.NAMES[form])
        for form in ("svg", "pdf")
    ]
    return Markup('<p class="files">{}</p>').format(
        Markup(say(N_("Download: {files}"))).format(files=Markup(" · ").join(found))
    )
