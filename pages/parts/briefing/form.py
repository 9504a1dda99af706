"""What a picture is asked for: kind, figures, size, words."""

from __future__ import annotations

import streamlit as st

from geo.compare import coursewords
from geo.measures import all_measures
from geo.picture import sizes
from geo.picture.request import (
    COMPARISON,
    FIGURE_NAMES,
    INDEX,
    LANGS,
    PROFILE,
    SCATTER,
    TIME_SERIES,
    TWO_MAPS,
)
from geo.provinces import provinces
from geo.text import LANGUAGES, N_, Translator
from geo.view import MAX_CHOSEN, PageState
from pages.parts import choosers, state
from pages.parts.briefing.asked import RequestedFigure
from pages.parts.compare import choices, maps

MAX_LENGTHS = 300  # characters of a title or a note that a reader types


def draw_form(requested: RequestedFigure, view: PageState, t: Translator) -> None:
    """All choices; each writes itself into the address."""
    picture = requested.picture
    choosers.draw_select(
        "kind",
        t(N_("What")),
        {name: t(text) for name, text in FIGURE_NAMES.items()},
        picture.kind,
    )
    _draw_subject(requested, view, t)
    names = {size.id: t(size.name) for size in sizes.SIZES.values()}
    choosers.draw_select("size", t(N_("Size")), names, picture.size)
    tongues = {lang: LANGUAGES.get(lang) or t(N_("Both languages")) for lang in LANGS}
    choosers.draw_select("words", t(N_("Language of the picture")), tongues, picture.lang)
    _draw_text_field("title", t(N_("Title in place of the atlas’s own")), picture.title)
    _draw_text_field("note", t(N_("Note of your own")), picture.note)
    state.set_widget("qr", picture.qr)
    st.toggle(t(N_("With a QR code of the link")), key="qr", on_change=_write_switch, args=("qr",))


def _draw_subject(requested: RequestedFigure, view: PageState, t: Translator) -> None:
    """The measures and the years, and the provinces that are outlined, profiled or compared."""
    kind = requested.picture.kind
    if kind in (COMPARISON, SCATTER, TIME_SERIES):
        _draw_compared(requested, view, t)
        return
    if kind == TWO_MAPS:
        choices.draw_measure_pair(view, t)
        choosers.draw_segmented_control(
            "classed", t(N_("Classes")), maps.CLASSES, view.classed, t, hidden=True
        )
        choosers.draw_segmented_control(
            "third", t(N_("Third map")), maps.THIRD, view.third, t, hidden=True
        )
        provinces_of = ["", *provinces()]
    elif kind != PROFILE:
        measure = all_measures()[requested.picture.measure]
        among = [m.id for m in all_measures().values() if kind != INDEX or m.kind == "index"]
        choosers.draw_measure_select("measure", t(N_("Measure")), measure.id, t, measure_ids=among)
        choosers.draw_year_slider("year", t(N_("Year")), measure, requested.picture.year)
        provinces_of = ["", *provinces()]
    else:
        choosers.draw_page_year_slider(view, t)
        provinces_of = list(provinces())
    state.set_widget("province", requested.picture.province)
    st.selectbox(
        t(N_("Province")) if kind == PROFILE else t(N_("Province to outline")),
        provinces_of,
        format_func=lambda option: choosers.bilingual_name(option, t) if option else t(N_("None")),
        key="province",
        on_change=state.sync_to_url,
        args=("province",),
    )


def _draw_compared(requested: RequestedFigure, view: PageState, t: Translator) -> None:
    """What is compared as on the page of comparisons, and the provinces that are marked there."""
    kind = requested.picture.kind
    label = t(N_("Provinces to mark, up to {count}"), count=MAX_CHOSEN)
    if kind == COMPARISON:
        choosers.draw_page_year_slider(view, t)
        label = t(N_("Provinces to compare, 2 to {count}"), count=MAX_CHOSEN)
    elif kind == TIME_SERIES:
        choosers.draw_measure_select("measure", t(N_("Measure")), view.measure, t)
        choosers.draw_segmented_control(
            "course", t(N_("Drawn as")), coursewords.MODES, view.course, t
        )
    else:
        choices.draw_measure_pair(view, t)
        choices.draw_scatter_options(view, t)
    choosers.draw_province_multiselect(label, requested.picture.provinces, "", t)


def _draw_text_field(key: str, label: str, value: str) -> None:
    state.set_widget(key, value)
    st.text_input(label, key=key, max_chars=MAX_LENGTHS, on_change=state.sync_to_url, args=(key,))


def _write_switch(key: str) -> None:
    state.write_params(**{key: "1" if st.session_state[key] else ""})
