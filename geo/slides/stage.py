"""The bare slide: its size, the places on it, and the head, source line and notes of each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Inches

from geo.slides.letters import (
    EAST_ASIAN,
    FAINT,
    INK,
    LATIN,
    MUTED,
    Paragraph,
    Style,
    fit,
    write,
)
from geo.slides.typed import clean, line_count, shortened
from geo.text import Texts

POINTS: Final = 72.0  # an inch


@dataclass(frozen=True)
class Place:
    """A rectangle on a slide, in inches from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def room(self) -> float:
        """The width in points."""
        return self.width * POINTS

    def lines(self, size: float, spacing: float) -> int:
        """How many lines of letters of a size it holds."""
        return max(1, int(self.height * POINTS / (size * spacing) + 0.01))


WIDTH: Final = 13.333  # 16:9, as PowerPoint has it
HEIGHT: Final = 7.5
MARGIN: Final = 0.6
TITLE: Final = Place(MARGIN, 0.42, WIDTH - 2 * MARGIN, 0.9)
SUBTITLE: Final = Place(MARGIN, 1.36, WIDTH - 2 * MARGIN, 0.28)
BODY: Final = Place(MARGIN, 1.82, WIDTH - 2 * MARGIN, 4.78)
SOURCE: Final = Place(MARGIN, 6.78, WIDTH - 2 * MARGIN - 0.7, 0.5)
NUMBER: Final = Place(WIDTH - MARGIN - 0.6, 6.98, 0.6, 0.3)
COVER_TITLE: Final = Place(MARGIN + 0.5, 2.0, 10.6, 1.6)
COVER_TEXT: Final = Place(MARGIN + 0.5, 3.85, 10.6, 2.6)

TITLE_SIZES: Final = (26.0, 23.0, 20.0)  # the largest in which the title takes two lines
TITLE_SPACING: Final = 1.25
SUBTITLE_SIZE: Final = 14.0
SOURCE_SIZE: Final = 8.5
_COVER, _PLAIN = "Title Slide", "Title Only"


@dataclass(frozen=True)
class Words:
    """What a slide says around its content; notes: the paragraphs of its notes page."""

    title: str
    subtitle: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture as the bytes of a PNG, and what it shows in words."""

    png: bytes
    alt: str


def opened() -> Deck:
    """A deck without slides, 16:9, with a layout for the cover and one for the others."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in (_COVER, _PLAIN):
            deck.slide_layouts.remove(layout)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            _settle(shape, page.name == _COVER)
    # What a reader types into a slide later has the same fonts.
    for root in (deck.slide_master.element, deck.element):
        for name, font in (("a:latin", LATIN), ("a:ea", EAST_ASIAN)):
            for element in root.iter(qn(name)):
                element.set("typeface", font)
    for style in deck.slide_master.element.iter(qn("p:titleStyle")):
        for level in style:
            level.set("algn", "l")
    return deck


def _settle(shape: Any, cover: bool) -> None:
    """Move a placeholder of the library's 4:3 template to its place."""
    kind = shape.placeholder_format.type
    if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
        put(shape, COVER_TITLE if cover else TITLE)
    elif kind == PP_PLACEHOLDER.SUBTITLE:
        put(shape, COVER_TEXT)
    elif kind == PP_PLACEHOLDER.BODY:
        put(shape, BODY)
    elif kind == PP_PLACEHOLDER.SLIDE_NUMBER:
        put(shape, NUMBER)
    else:  # date and footer: no slide of ours has them
        shape.element.getparent().remove(shape.element)


def put(shape: BaseShape, place: Place) -> None:
    """Set a shape in its place."""
    shape.left, shape.top = Inches(place.left), Inches(place.top)
    shape.width, shape.height = Inches(place.width), Inches(place.height)


def slide(deck: Deck, words: Words, say: Texts) -> Slide:
    """A slide with title, subtitle, source line, number and notes, and room for its content.

    A title that is too long for two lines is shortened with a mark; the notes have it whole.
    """
    page = deck.slides.add_slide(_layout(deck, _PLAIN))
    title = page.shapes.title
    if title is None:
        raise ValueError("the layout has lost its title")
    size, shown = title_of(words.title, TITLE)
    fit(title.text_frame, MSO_ANCHOR.BOTTOM)
    write(title.text_frame, [shown], Style(size, bold=True), say)
    if words.subtitle:
        shown = shortened(words.subtitle, SUBTITLE.room, SUBTITLE_SIZE)
        text(page, SUBTITLE, [shown], Style(SUBTITLE_SIZE, MUTED), say)
    if words.source:
        lines = SOURCE.lines(SOURCE_SIZE, TITLE_SPACING)
        shown = shortened(words.source, SOURCE.room, SOURCE_SIZE, lines)
        text(page, SOURCE, [shown], Style(SOURCE_SIZE, FAINT), say, MSO_ANCHOR.BOTTOM)
    _number(page, say)
    note(page, words, say)
    return page


def cover(deck: Deck, title: str, paragraphs: Sequence[str], say: Texts) -> Slide:
    """The first slide: a title of up to three lines, and a few paragraphs below it."""
    page = deck.slides.add_slide(_layout(deck, _COVER))
    heading, below = page.placeholders[0], page.placeholders[1]
    fit(heading.text_frame, MSO_ANCHOR.BOTTOM)
    shown = shortened(title, COVER_TITLE.room, 34, 2, bold=True)
    write(heading.text_frame, [shown], Style(34, bold=True), say)
    fit(below.text_frame)
    write(below.text_frame, paragraphs, Style(16, MUTED, after=10), say)
    note(page, Words(title), say)
    return page


def title_of(title: str, place: Place) -> tuple[float, str]:
    """The size in which a title fits in two lines, and the title, shortened in the smallest."""
    for size in TITLE_SIZES:
        if line_count(title, place.room, size, bold=True) <= min(2, place.lines(size, 1.2)):
            return size, title
    return TITLE_SIZES[-1], shortened(title, place.room, TITLE_SIZES[-1], 2, bold=True)


def text(
    page: Slide,
    place: Place,
    paragraphs: Sequence[Paragraph],
    style: Style,
    say: Texts,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> BaseShape:
    """A text in its place."""
    box = page.shapes.add_textbox(*(Inches(x) for x in (place.left, place.top)), 0, 0)
    put(box, place)
    fit(box.text_frame, anchor)
    write(box.text_frame, paragraphs, style, say)
    return box


def picture(page: Slide, place: Place, shown: Picture) -> BaseShape:
    """A picture as large as its place allows, in its own proportions, with its words."""
    own = page.shapes.add_picture(io.BytesIO(shown.png), 0, 0)
    scale = min(Inches(place.width) / own.width, Inches(place.height) / own.height)
    wide, high = own.width * scale / Inches(1), own.height * scale / Inches(1)
    put(own, Place(place.left + (place.width - wide) / 2, place.top, wide, high))
    describe(own, shown.alt)
    return own


def describe(shape: BaseShape, alt: str) -> None:
    """Say in words what a picture, a chart or a table shows, for those who do not see it."""
    properties = next(shape.element.iter(qn("p:cNvPr")))
    properties.set("descr", clean(alt))


def note(page: Slide, words: Words, say: Texts) -> None:
    """The notes page: the whole title, then what there is to know, a paragraph each."""
    frame = page.notes_slide.notes_text_frame
    if frame is None:
        raise ValueError("the notes page has lost its text")
    paragraphs = [one for one in (words.title, *words.notes) if one]
    write(frame, paragraphs, Style(11, INK, after=4), say)


def _layout(deck: Deck, name: str) -> Any:
    return next(own for own in deck.slide_layouts if own.name == name)


def _number(page: Slide, say: Texts) -> None:
    """The number of the slide, as a field that stays right when slides are moved."""
    for shape in page.slide_layout.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            page.shapes.element.append(deepcopy(shape.element))
