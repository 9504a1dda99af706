"""A slide by address: the map of a measure with its chart and table, as PowerPoint.

app.py imports this, so nothing here may import streamlit-folium: its component is lost if it is
declared before the server runs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from geo.exports import ServedFile
from geo.maps import classify_snapshot
from geo.pictures import MAP_KIND, SLIDE_PART, FigureRequest, picture_queue
from geo.slides import SlideRequest, build_single_slide, deck_file_name
from geo.task_processes import RENDERING
from geo.text import translator

SLIDE_PATH: Final = "/slide.pptx"
PPTX: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PNG_SCALE: Final = 2  # sharp on large screens, too
ONE: Final = "slide"


def render_slide(picture: FigureRequest) -> ServedFile:
    """Make the slide of a picture's measure: its map with a chart and a table, as PowerPoint.

    The first language of the picture is that of the slide.
    """
    t = translator(picture.languages[0])
    brief = slide_request(picture, ())
    body = RENDERING.run(build_single_slide, brief, render_slide_map(picture, t.lang), t)
    name = deck_file_name(brief, ONE, t)
    return ServedFile(
        body,
        {"Content-Type": PPTX, "Content-Disposition": f'attachment; filename="{name}"'},
    )


def render_slide_map(picture: FigureRequest, lang: str) -> bytes:
    """Draw the map of a slide, which has its own title, source and notes."""
    request = replace(
        picture, kind=MAP_KIND, lang=lang, size=SLIDE_PART.id, scale=PNG_SCALE,
        title="", note="", link="", day="", qr=False,
    )  # fmt: skip
    return picture_queue().render(request, "png").body


def slide_request(picture: FigureRequest, chosen: tuple[str, ...]) -> SlideRequest:
    """Return the request for slides of a picture's measure; chosen: adcodes of a whole pack."""
    measure = picture.shown_measure
    choropleth = classify_snapshot(
        measure.snapshot(picture.year),
        picture.method,
        picture.classes,
        picture.custom_breaks,
    )
    return SlideRequest(
        measure,
        choropleth,
        date.fromisoformat(picture.day) if picture.day else date.today(),
        picture.province,
        chosen,
        picture.title,
        picture.note,
        picture.link,
    )
