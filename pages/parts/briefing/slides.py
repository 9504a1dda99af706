"""The same as slides: one, or a whole pack, with a bar while it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st
from markupsafe import Markup

from geo.choropleth import choropleth
from geo.compare.chosen import compared
from geo.measures import snapshot
from geo.picture.request import COMPARISON, COURSE, MAP, PROFILE, SCATTER, Picture
from geo.picture.sizes import SLIDE_PART
from geo.picture.studio import studio
from geo.slides.brief import Brief
from geo.slides.pack import file_name, one_slide, pack
from geo.text import N_, Texts
from geo.view import MOST_CHOSEN, View
from pages.parts import about, choosers
from pages.parts.briefing.asked import Asked

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PNG_SCALE = 2  # sharp on a large screen, too
ONE = "slide"
PACK = "pack"
LABELS = {ONE: N_("Make one slide of this measure"), PACK: N_("Make the pack of slides")}


def draw(now: Asked, view: View, say: Texts) -> None:
    """Whom the pack profiles and compares; a button for one slide and one for the pack."""
    chosen = compared(view)
    of_measure = now.picture
    if of_measure.kind in (PROFILE, COMPARISON, COURSE):
        # They lack a measure or a year of their own, or have a year that the view's may lack.
        of_measure = replace(of_measure, measure=view.measure, year=view.year)
    with st.container(key="slides"):
        st.html(Markup("<h3>{}</h3>").format(say(N_("Slides"))))
        # What compares has them chosen already: they are those of the pack too.
        if now.picture.kind not in (COMPARISON, SCATTER, COURSE):
            label = say(N_("Provinces of the pack, 1 to {count}"), count=MOST_CHOSEN)
            choosers.several(label, chosen, "", say)
        with st.container(horizontal=True, key="make_slides"):
            asked = [kind for kind in LABELS if st.button(say(LABELS[kind]), key=f"make_{kind}")]
        for kind in asked:
            _make(kind, of_measure, _brief(of_measure, chosen), say)
        st.html(
            about.note(
                say(
                    N_(
                        "PowerPoint, 16:9: tables and charts can be edited, notes tell method and"
                        " link. The pack has a cover, the map, the ranking, a profile of each"
                        " province, their comparison, method and sources."
                    )
                )
            )
        )


def _brief(picture: Picture, chosen: tuple[str, ...]) -> Brief:
    own = choropleth(
        snapshot(picture.measure, picture.year), picture.method, picture.classes, picture.own
    )
    return Brief(
        own, date.today(), picture.province, chosen, picture.title, picture.note, picture.link
    )


def _make(kind: str, picture: Picture, brief: Brief, say: Texts) -> None:
    """Make the slides while a bar tells how far they are, and offer them."""
    bar = st.progress(0.0)

    def tell(done: int, of: int, what: str) -> None:
        bar.progress(done / of, text=what)

    def shown() -> bytes:
        # The slide says title, source and notes itself.
        asked = replace(
            picture, kind=MAP, lang=say.lang, size=SLIDE_PART.id, scale=PNG_SCALE,
            title="", note="", link="", day="", qr=False,
        )  # fmt: skip
        return studio().picture(asked, "png").body

    body = pack(brief, shown, say, tell) if kind == PACK else one_slide(brief, shown(), say)
    bar.empty()
    st.download_button(
        say(N_("Download {name}"), name=file_name(brief, kind, say)),
        body,
        file_name=file_name(brief, kind, say),
        mime=PPTX,
        icon=":material/download:",
        on_click="ignore",
        key=f"take_{kind}",
        type="primary",
    )
