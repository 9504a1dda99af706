"""The picture itself, at once as the file that it is, and the ways to take it along."""

from __future__ import annotations

from base64 import b64encode

import streamlit as st
from markupsafe import Markup

from geo.picture.drawing import FORMATS
from geo.picture.sizes import ALL_SIZES, SCALES
from geo.picture.studio import render_queue
from geo.picture.subject import FigureSubject
from geo.text import N_, Translator
from pages.parts import about, pictures
from pages.parts.briefing import copier
from pages.parts.briefing.asked import RequestedFigure, server_address


def draw_preview(requested: RequestedFigure, t: Translator) -> None:
    """The preview, which is the file; downloads in every form; the address to embed."""
    if requested.picture.shows_user_data:
        _draw_session_files(requested, t)
        return
    address = pictures.figure_address("png", requested.params)
    _draw_preview_image(requested, address)
    with st.container(key="take", horizontal=True, vertical_alignment="center"):
        st.html(_file_links(requested, t), width="content")
        copier.draw_copy_button(address, t)
    st.html(about.quiet_note(t(N_("The address of this picture, for a document or wiki:"))))
    st.code(server_address().rstrip("/") + address, language=None, wrap_lines=True)


def _draw_preview_image(requested: RequestedFigure, address: str) -> None:
    size = ALL_SIZES[requested.picture.size]
    st.html(
        Markup(
            '<img class="sheet" src="{}" alt="{}" width="{}" height="{}"'
            ' style="aspect-ratio:{}/{}">'
        ).format(
            address,
            FigureSubject(requested.picture).texts[0].alt,
            size.width,
            size.height,
            size.width,
            size.height,
        )
    )


def _draw_session_files(requested: RequestedFigure, t: Translator) -> None:
    """The same for own data, which no address may name: the files are made here."""
    body = render_queue().render(requested.picture, "png").body
    _draw_preview_image(requested, "data:image/png;base64," + b64encode(body).decode())
    st.html(
        about.quiet_note(
            t(N_("Own data: the picture has no address, it is known to this session alone."))
        )
    )
    with st.container(key="take", horizontal=True):
        for form in FORMATS:
            drawing = render_queue().render(requested.picture, form)
            st.download_button(
                pictures.NAMES[form],
                drawing.body,
                file_name=drawing.name,
                mime=drawing.media_type,
                key=f"take_{form}",
                on_click="ignore",
            )


def _file_links(requested: RequestedFigure, t: Translator) -> Markup:
    """PNG in four sizes, SVG and PDF."""
    link = Markup('<a href="{}" download>{}</a>')
    markups = [
        link.format(
            pictures.figure_address(
                "png", {**requested.params, "scale": "" if scale == 1 else scale}
            ),
            f"PNG ×{scale}",
        )
        for scale in SCALES
    ]
    markups += [
        link.format(pictures.figure_address(form, requested.params), pictures.NAMES[form])
        for form in ("svg", "pdf")
    ]
    return Markup('<p class="files">{}</p>').format(
        Markup(t(N_("Download: {files}"))).format(files=Markup(" · ").join(markups))
    )
