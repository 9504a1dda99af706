"""Slides with their placements, and decks as reproducible bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Inches

from geo.slides.text import (
    EAST_ASIAN,
    FAINT,
    INK,
    LATIN,
    MUTED,
    Paragraph,
    TextStyle,
    clean_text,
    fit_frame,
    line_count,
    name_east_asian,
    shorten_to_lines,
    write_paragraphs,
)
from geo.text import N_, Translator

POINTS: Final = 72.0  # per inch
WIDTH: Final = 13.333  # 16:9, as in PowerPoint, in inches
HEIGHT: Final = 7.5
MARGIN: Final = 0.6
TITLE_SIZES: Final = (26.0, 23.0, 20.0)  # the largest that fits two lines is used
TITLE_SPACING: Final = 1.25
SUBTITLE_SIZE: Final = 14.0
SOURCE_SIZE: Final = 8.5
MIME: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time of a zip file
# The creation and modification times in a chart's workbook.
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Placement:
    """A rectangle on a slide, in inches from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def width_pt(self) -> float:
        """The width in points."""
        return self.width * POINTS

    def line_capacity(self, size: float, spacing: float) -> int:
        """The number of lines that fit at a font size."""
        return max(1, int(self.height * POINTS / (size * spacing) + 0.01))


TITLE: Final = Placement(MARGIN, 0.42, WIDTH - 2 * MARGIN, 0.9)
SUBTITLE: Final = Placement(MARGIN, 1.36, WIDTH - 2 * MARGIN, 0.28)
BODY: Final = Placement(MARGIN, 1.82, WIDTH - 2 * MARGIN, 4.78)
SOURCE: Final = Placement(MARGIN, 6.78, WIDTH - 2 * MARGIN - 0.7, 0.5)
NUMBER: Final = Placement(WIDTH - MARGIN - 0.6, 6.98, 0.6, 0.3)
COVER_TITLE: Final = Placement(MARGIN + 0.5, 2.0, 10.6, 1.6)
COVER_TEXT: Final = Placement(MARGIN + 0.5, 3.85, 10.6, 2.6)

_COVER, _PLAIN = "Title Slide", "Title Only"


@dataclass(frozen=True)
class SlideTexts:
    """The texts around the content of a slide; notes: the paragraphs of its notes page."""

    title: str
    subtitle: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlidePicture:
    """A picture as PNG, with its alternative text."""

    png: bytes
    alt: str


def new_deck() -> Deck:
    """A 16:9 deck without slides, with one layout for the cover and one for the others."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in (_COVER, _PLAIN):
            deck.slide_layouts.remove(layout)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            _move_placeholder(shape, page.name == _COVER)
    # Text that a reader types into a slide later gets the same fonts.
    for root in (deck.slide_master.element, deck.element):
        for name, font in (("a:latin", LATIN), ("a:ea", EAST_ASIAN)):
            for element in root.iter(qn(name)):
                element.set("typeface", font)
    for style in deck.slide_master.element.iter(qn("p:titleStyle")):
        for level in style:
            level.set("algn", "l")
    return deck


def _move_placeholder(shape: Any, cover: bool) -> None:
    """Move a placeholder of python-pptx's 4:3 template to its position."""
    kind = shape.placeholder_format.type
    if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
        place_shape(shape, COVER_TITLE if cover else TITLE)
    elif kind == PP_PLACEHOLDER.SUBTITLE:
        place_shape(shape, COVER_TEXT)
    elif kind == PP_PLACEHOLDER.BODY:
        place_shape(shape, BODY)
    elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
        place_shape(shape, NUMBER)
    else:  # date and footer are unused
        shape.element.getparent().remove(shape.element)


def place_shape(shape: BaseShape, place: Placement) -> None:
    """Set the position and size of a shape."""
    shape.left, shape.top = Inches(place.left), Inches(place.top)
    shape.width, shape.height = Inches(place.width), Inches(place.height)


def add_slide(deck: Deck, words: SlideTexts, t: Translator) -> Slide:
    """Add a slide with title, subtitle, source line, number and notes, and room for content.

    A title that is too long for two lines is shortened with “…”; the notes have the whole title.
    """
    page = deck.slides.add_slide(_layout_named(deck, _PLAIN))
    title = page.shapes.title
    if title is None:
        raise ValueError("the layout has lost its title")
    size, text = fit_title(words.title, TITLE)
    fit_frame(title.text_frame, MSO_ANCHOR.BOTTOM)
    write_paragraphs(title.text_frame, [text], TextStyle(size, bold=True), t)
    if words.subtitle:
        text = shorten_to_lines(words.subtitle, SUBTITLE.width_pt, SUBTITLE_SIZE)
        add_text(page, SUBTITLE, [text], TextStyle(SUBTITLE_SIZE, MUTED), t)
    if words.source:
        lines = SOURCE.line_capacity(SOURCE_SIZE, TITLE_SPACING)
        text = shorten_to_lines(words.source, SOURCE.width_pt, SOURCE_SIZE, lines)
        add_text(page, SOURCE, [text], TextStyle(SOURCE_SIZE, FAINT), t, MSO_ANCHOR.BOTTOM)
    _add_slide_number(page, t)
    write_notes(page, words, t)
    return page


def add_cover(deck: Deck, title: str, paragraphs: Sequence[str], t: Translator) -> Slide:
    """Add the cover: a title of up to three lines, and a few paragraphs below."""
    page = deck.slides.add_slide(_layout_named(deck, _COVER))
    heading, below = page.placeholders[0], page.placeholders[1]
    fit_frame(heading.text_frame, MSO_ANCHOR.BOTTOM)
    text = shorten_to_lines(title, COVER_TITLE.width_pt, 34, 2, bold=True)
    write_paragraphs(heading.text_frame, [text], TextStyle(34, bold=True), t)
    fit_frame(below.text_frame)
    write_paragraphs(below.text_frame, paragraphs, TextStyle(16, MUTED, after=10), t)
    write_notes(page, SlideTexts(title), t)
    return page


def fit_title(title: str, place: Placement) -> tuple[float, str]:
    """The font size at which a title fits on two lines, and the title, shortened if needed."""
    for size in TITLE_SIZES:
        if line_count(title, place.width_pt, size, bold=True) <= min(
            2, place.line_capacity(size, 1.2)
        ):
            return size, title
    return TITLE_SIZES[-1], shorten_to_lines(title, place.width_pt, TITLE_SIZES[-1], 2, bold=True)


def add_text(
    page: Slide,
    place: Placement,
    paragraphs: Sequence[Paragraph],
    style: TextStyle,
    t: Translator,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> BaseShape:
    """Add a text box."""
    box = page.shapes.add_textbox(*(Inches(x) for x in (place.left, place.top)), 0, 0)
    place_shape(box, place)
    fit_frame(box.text_frame, anchor)
    write_paragraphs(box.text_frame, paragraphs, style, t)
    return box


def add_picture(page: Slide, place: Placement, slide_picture: SlidePicture) -> BaseShape:
    """Add a picture as large as its placement allows, with its alternative text."""
    picture = page.shapes.add_picture(io.BytesIO(slide_picture.png), 0, 0)
    scale = min(Inches(place.width) / picture.width, Inches(place.height) / picture.height)
    wide, high = picture.width * scale / Inches(1), picture.height * scale / Inches(1)
    place_shape(picture, Placement(place.left + (place.width - wide) / 2, place.top, wide, high))
    set_alt_text(picture, slide_picture.alt)
    return picture


def set_alt_text(shape: BaseShape, alt: str) -> None:
    """Set the alternative text of a picture, chart or table."""
    properties = next(shape.element.iter(qn("p:cNvPr")))
    properties.set("descr", clean_text(alt))


def write_notes(page: Slide, words: SlideTexts, t: Translator) -> None:
    """Write the notes page: the whole title, then one paragraph for each note."""
    frame = page.notes_slide.notes_text_frame
    if frame is None:
        raise ValueError("the notes page has lost its text")
    paragraphs = [one for one in (words.title, *words.notes) if one]
    write_paragraphs(frame, paragraphs, TextStyle(11, INK, after=4), t)


def _layout_named(deck: Deck, name: str) -> Any:
    return next(layout for layout in deck.slide_layouts if layout.name == name)


def _add_slide_number(page: Slide, t: Translator) -> None:
    """Add the slide number as a field, which stays right when slides are moved."""
    for shape in page.slide_layout.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            page.shapes.element.append(deepcopy(shape.element))


def save_deck(deck: Deck, title: str, day: date, t: Translator) -> bytes:
    """The bytes of a PowerPoint file; day: the creation date in it."""
    for slide in deck.slides:
        roots = [slide.element, slide.notes_slide.element]
        roots += [shape.chart.element for shape in slide.shapes if shape.has_chart]
        for root in roots:
            name_east_asian(root)
    core_properties_part = deck.core_properties
    core_properties_part.title = title[:255]  # the limit of the property
    core_properties_part.author = core_properties_part.last_modified_by = t(
        N_("Digital China Atlas")
    )
    core_properties_part.created = core_properties_part.modified = datetime(
        day.year, day.month, day.day
    )
    core_properties_part.revision = 1
    core_properties_part.language = t.language.tag
    # The template's thumbnail shows an empty page.
    for name, rel in list(deck.part.package._rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            deck.part.package.drop_rel(name)
    out = io.BytesIO()
    deck.save(out)
    return _strip_timestamps(out.getvalue(), day)


def _strip_timestamps(package: bytes, day: date) -> bytes:
    """Remove the times from a zip file, and from the workbooks within it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name.endswith(".xlsx"):
                body = _strip_timestamps(body, day)
            elif name == "docProps/core.xml":
                body = _TIMES.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), body)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, body)
    return out.getvalue()
