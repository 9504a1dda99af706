"""Slides of the Briefing page: one slide or a whole pack, with a progress bar."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState, compared_provinces
from geo.captions import quiet_note
from geo.limits import MAX_CHOSEN
from geo.pictures import (
    FIGURE_KINDS,
    FigureRequest,
)
from geo.slides import SlideRequest, build_deck, build_single_slide, deck_file_name
from geo.task_processes import RENDERING
from geo.text import N_, Translator
from pages.parts.briefing.figure import RequestedFigure
from pages.parts.share import ONE, PPTX, render_slide_map, slide_request
from pages.parts.widgets import draw_province_multiselect

PACK = "pack"
LABELS = {ONE: N_("Create a slide of this measure"), PACK: N_("Create a slide deck")}


def draw_slides_form(requested: RequestedFigure, view: PageState, t: Translator) -> None:
    """Draw the choice of provinces for the pack, and the buttons for one slide and the pack."""
    chosen = compared_provinces(view)
    of_measure = requested.picture
    fields = FIGURE_KINDS[of_measure.kind].fields
    if not {"measure", "year"} <= fields:
        # Such a picture has no measure or year, or a year that the measure of the view may lack.
        of_measure = replace(of_measure, measure=view.measure, year=view.year)
    with st.container(key="slides"):
        st.html(Markup("<h2>{}</h2>").format(t(N_("Slides"))))
        # A comparison already has chosen provinces: the pack uses them, too.
        if "provinces" not in fields:
            label = t(N_("Provinces in the slide deck, 1 to {count}"), count=MAX_CHOSEN)
            draw_province_multiselect(label, chosen, "", t)
        with st.container(horizontal=True, key="make_slides"):
            lines = [kind for kind in LABELS if st.button(t(LABELS[kind]), key=f"make_{kind}")]
        for kind in lines:
            _build_slides(kind, of_measure, slide_request(of_measure, chosen), t)
        st.html(
            quiet_note(
                t(
                    N_(
                        "PowerPoint, 16:9: tables and charts can be edited, the notes give method "
                        "and link. The slide deck has a cover, the map, the ranking, a profile of "
                        "each province, their comparison, method and sources."
                    )
                )
            )
        )


def _build_slides(kind: str, picture: FigureRequest, brief: SlideRequest, t: Translator) -> None:
    """Make the slides with a progress bar, and offer them for download."""
    bar = st.progress(0.0, text=t(N_("Map")))

    def tell(progress: tuple[int, int, str]) -> None:
        done, count, text = progress
        bar.progress(done / count, text=text)

    drawing = render_slide_map(picture, t.lang)
    body = (
        RENDERING.run_steps(tell, build_deck, brief, drawing, t)
        if kind == PACK
        else RENDERING.run(build_single_slide, brief, drawing, t)
    )
    bar.empty()
    st.download_button(
        t(N_("Download {name}"), name=deck_file_name(brief, kind, t)),
        body,
        file_name=deck_file_name(brief, kind, t),
        mime=PPTX,
        icon=":material/download:",
        on_click="ignore",
        key=f"take_{kind}",
        type="primary",
    )
