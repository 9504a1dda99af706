"""The picture of the Briefing page: request, form, preview, copy button."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    LINE_MODE_NAMES,
    MIN_PROVINCES,
    PageState,
)
from geo.captions import quiet_note
from geo.colours import define_colours
from geo.limits import MAX_CHOSEN, MAX_TYPED_TEXT_LENGTH
from geo.pictures import (
    ALL_SIZES,
    BOTH_LANGUAGES,
    FIGURE_FORMATS,
    FIGURE_KINDS,
    FIGURE_SIZES,
    PNG_SCALES,
    FigureRequest,
    FigureSubject,
    picture_queue,
    request_from_address,
)
from geo.text import LANGUAGES, N_, InputError, Translator, render_template
from geo.units import provinces
from pages.parts.compare.choices import draw_measure_pair, draw_scatter_options
from pages.parts.compare.two_maps import CLASSES, THIRD
from pages.parts.figure_links import NAMES, FileLink, figure_address, file_links
from pages.parts.share import picture_params
from pages.parts.state import set_widget, sync_to_url, write_params
from pages.parts.widgets import (
    draw_measure_select,
    draw_page_year_slider,
    draw_province_multiselect,
    draw_segmented_control,
    draw_select,
    draw_year_slider,
)

PARAMETERS = ("kind", "size", "title", "note", "qr", "recipe")
COMPARED_LABEL: Final = N_("Provinces to compare, 2 to {count}")
MARKED_LABEL: Final = N_("Provinces to mark, up to {count}")
TEMPLATES: Final = Path(__file__).parent / "templates"
COPY_BUTTON: Final = Path(__file__).parent / "copy_picture"


@dataclass(frozen=True)
class RequestedFigure:
    """The picture, the parameters of its URL, and notes on invalid values."""

    picture: FigureRequest
    params: dict[str, str]
    notes: list[InputError]


def read_requested_figure(view: PageState) -> RequestedFigure:
    """Return the picture of the URL; an invalid value gives a note and the default."""
    url_params = st.query_params.to_dict()
    params = {name: url_params[name] for name in PARAMETERS if url_params.get(name)}
    params |= picture_params(view, url_params)
    try:
        return RequestedFigure(_parse_request(params, view), params, [])
    except InputError as error:
        plain = picture_params(view, url_params)
        return RequestedFigure(_parse_request(plain, view), plain, [error])


def _parse_request(params: dict[str, str], view: PageState) -> FigureRequest:
    return request_from_address(params, server_address(), date.today(), view.catalogue)


def server_address() -> str:
    """Return the URL of this server as the browser sees it, with a slash at the end."""
    seen = (st.context.url or "").partition("?")[0]
    return f"{seen.removesuffix('/briefing').rstrip('/')}/" if seen else "/"


@cache
def _copy_button_files() -> dict[str, str]:
    """Return the HTML, the style and the script of the button."""
    files = {
        part: (COPY_BUTTON / f"button.{part}").read_text("utf-8") for part in ("html", "css", "js")
    }
    return {**files, "css": define_colours(files["css"])}


def draw_copy_button(address: str, t: Translator) -> None:
    """Draw the button that copies the picture at a URL."""
    files = _copy_button_files()
    st.components.v2.component(
        "copy_picture", html=files["html"], css=files["css"], js=files["js"]
    )(
        key="copy_picture",
        data={
            "address": address,
            "label": t(N_("Copy the PNG")),
            "done": t(N_("Copied.")),
            "failed": t(N_("The browser does not allow copying. Download the PNG instead.")),
        },
    )


def draw_form(requested: RequestedFigure, view: PageState, t: Translator) -> None:
    """Draw all options; each writes itself into the URL."""
    picture = requested.picture
    draw_select(
        "kind",
        t(N_("Type")),
        {kind.id: t(kind.name) for kind in FIGURE_KINDS.values()},
        picture.kind,
    )
    _draw_subject(requested, view, t)
    names = {size.id: t(size.name) for size in FIGURE_SIZES.values()}
    draw_select("size", t(N_("Size")), names, picture.size)
    tongues = {lang: language.name for lang, language in LANGUAGES.items()}
    tongues[BOTH_LANGUAGES] = t(N_("Both languages"))
    draw_select("words", t(N_("Language of the picture")), tongues, picture.lang)
    _draw_text_field("title", t(N_("Custom title")), picture.title)
    _draw_text_field("note", t(N_("Custom note")), picture.note)
    set_widget("qr", picture.qr)
    st.toggle(
        t(N_("With a QR code of the link")),
        key="qr",
        on_change=_write_switch,
        args=("qr",),
        disabled=picture.shows_user_data,  # which has no link
    )


def _draw_subject(requested: RequestedFigure, view: PageState, t: Translator) -> None:
    """Draw the choices that a kind of picture has: measures, years, options, provinces."""
    picture = requested.picture
    kind = FIGURE_KINDS[picture.kind]
    if "measure2" in kind.fields:
        draw_measure_pair(view, t)
    elif "measure" in kind.fields:
        _draw_measure(picture, view, t)
    else:
        draw_page_year_slider(view, t)
    if "classed" in kind.fields:
        draw_segmented_control("classed", t(N_("Classes")), CLASSES, view.classed, t, hidden=True)
        draw_segmented_control("third", t(N_("Third map")), THIRD, view.third, t, hidden=True)
    if "course" in kind.fields:
        draw_segmented_control("course", t(N_("Show")), LINE_MODE_NAMES, view.course, t)
    if "quadrants" in kind.fields:
        draw_scatter_options(view, t)
    if "provinces" in kind.fields:
        compared = kind.min_provinces >= MIN_PROVINCES
        label = COMPARED_LABEL if compared else MARKED_LABEL
        draw_province_multiselect(t(label, count=MAX_CHOSEN), picture.provinces, "", t)
    if "province" in kind.fields:
        _draw_province(picture, kind.needs_province, t)


def _draw_measure(picture: FigureRequest, view: PageState, t: Translator) -> None:
    """Draw the choice of one measure, and of its year unless the picture shows all years."""
    kind, measure = FIGURE_KINDS[picture.kind], picture.shown_measure
    among = [one.id for one in view.catalogue.values() if kind.measure_kind in ("", one.kind)]
    draw_measure_select("measure", t(N_("Measure")), measure.id, view, t, measure_ids=among)
    if "year" in kind.fields:
        draw_year_slider("year", t(N_("Year")), measure, picture.year)


def _draw_province(picture: FigureRequest, needed: bool, t: Translator) -> None:
    """Draw the choice of the province to show, or of one to outline."""
    set_widget("province", picture.province)
    st.selectbox(
        t(N_("Province")) if needed else t(N_("Province to outline")),
        list(provinces()) if needed else ["", *provinces()],
        format_func=lambda option: (
            provinces()[option].bilingual_name(t.lang) if option else t(N_("None"))
        ),
        key="province",
        on_change=sync_to_url,
        args=("province",),
    )


def _draw_text_field(key: str, label: str, value: str) -> None:
    set_widget(key, value)
    st.text_input(
        label, key=key, max_chars=MAX_TYPED_TEXT_LENGTH, on_change=sync_to_url, args=(key,)
    )


def _write_switch(key: str) -> None:
    write_params(**{key: "1" if st.session_state[key] else ""})


def draw_preview(requested: RequestedFigure, t: Translator) -> None:
    """Draw the preview, which is the file itself, the downloads, and the URL to embed."""
    if requested.picture.shows_user_data:
        _draw_session_files(requested, t)
        return
    address = figure_address("png", requested.params)
    _draw_preview_image(requested, address)
    with st.container(key="take", horizontal=True, vertical_alignment="center"):
        st.html(_file_links(requested, t), width="content")
        draw_copy_button(address, t)
    st.html(quiet_note(t(N_("Address of this picture, for a document or wiki:"))))
    st.code(server_address().rstrip("/") + address, language=None, wrap_lines=True)


def _draw_preview_image(requested: RequestedFigure, address: str) -> None:
    st.html(
        render_template(
            TEMPLATES,
            "sheet",
            address=address,
            text=FigureSubject(requested.picture).texts[0].alt,
            size=ALL_SIZES[requested.picture.size],
        )
    )


def _draw_session_files(requested: RequestedFigure, t: Translator) -> None:
    """Draw the preview and downloads for uploaded data, which have no URL: made in the session."""
    body = picture_queue().render(requested.picture, "png").body
    _draw_preview_image(requested, "data:image/png;base64," + b64encode(body).decode())
    st.html(
        quiet_note(
            t(
                N_(
                    "The picture has no address and no link, because it shows uploaded data, which"
                    " are not public."
                )
            )
        )
    )
    with st.container(key="take", horizontal=True):
        for form in FIGURE_FORMATS:
            drawing = picture_queue().render(requested.picture, form)
            st.download_button(
                NAMES[form],
                drawing.body,
                file_name=drawing.name,
                mime=drawing.media_type,
                key=f"take_{form}",
                on_click="ignore",
            )


def _file_links(requested: RequestedFigure, t: Translator) -> Markup:
    """Return links to PNG in four sizes, SVG and PDF."""
    links = [
        FileLink(
            figure_address("png", {**requested.params, "scale": "" if scale == 1 else scale}),
            f"PNG ×{scale}",
        )
        for scale in PNG_SCALES
    ]
    links += [
        FileLink(figure_address(form, requested.params), NAMES[form]) for form in ("svg", "pdf")
    ]
    return Markup('<p class="files">{}</p>').format(
        Markup(t(N_("Download: {files}"))).format(files=file_links(links))
    )
