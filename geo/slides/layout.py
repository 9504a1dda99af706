"""Slides whose layouts are filled, and decks as reproducible bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.util import Emu

from geo.analysis import ATLAS_NAME
from geo.captions import choose_foot
from geo.slides.template import (
    EMU,
    LayoutName,
    PlaceholderIndex,
    Placement,
    find_layout,
    layout_area,
    layout_text,
)
from geo.slides.text import (
    INK,
    LAYOUT_STYLE,
    Paragraph,
    TextStyle,
    clean_text,
    fit_frame,
    line_count,
    shorten_to_lines,
    write_paragraphs,
)
from geo.text import Translator

Indices = PlaceholderIndex
SEEN: Final = 0.005  # inches; smaller differences cannot be seen
TITLE_STEPS_PT: Final = (0.0, -3.0, -6.0)  # of the layout's size; the first that fits is used
TITLE_LINES: Final = 2
TITLE_SPACING: Final = 1.25
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time of a zip file
# The creation and modification times in a chart's workbook.
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class SlideTexts:
    """The texts around the content of a slide.

    feet: what stands at its foot, from the fullest to the shortest. notes: the paragraphs of its
    notes page.
    """

    title: str
    subtitle: str = ""
    feet: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SlidePicture:
    """A picture as PNG, with its alternative text."""

    png: bytes
    alt: str


def place_shape(shape: BaseShape, place: Placement) -> None:
    """Set the position and size of a shape."""
    shape.left, shape.top = _round_emu(place.left), _round_emu(place.top)
    shape.width, shape.height = _round_emu(place.width), _round_emu(place.height)


def _round_emu(inches: float) -> Emu:
    return Emu(round(inches * EMU))


def add_slide(deck: Deck, name: LayoutName, words: SlideTexts, t: Translator) -> Slide:
    """Add a slide with title, subtitle, source line, number and notes, and room for content.

    name: the layout. A title that is too long for two lines is shortened with “…”; the notes have
    the whole title.
    """
    layout = find_layout(deck, name)
    page = deck.slides.add_slide(layout)
    _add_footers(page)
    size, text = _fit_title(words.title, layout)
    # A size of its own has the line spacing of that size.
    style = replace(LAYOUT_STYLE, size=size)
    write_paragraphs(find_placeholder(page, Indices.TITLE).text_frame, [text], style, t)
    if words.subtitle:
        fill_placeholder(page, Indices.SUBTITLE, words.subtitle, t)
    if words.feet:
        _fill_foot(page, words.feet, t)
    write_notes(page, words, t)
    return page


def add_cover(deck: Deck, title: str, paragraphs: Sequence[str], t: Translator) -> Slide:
    """Add the cover: a title of up to two lines, and a few paragraphs below."""
    layout = find_layout(deck, LayoutName.COVER)
    page = deck.slides.add_slide(layout)
    fill_placeholder(page, Indices.TITLE, title, t, bold=True)
    below = layout_area(layout, Indices.COVER_TEXT)
    add_text(page, below, paragraphs, LAYOUT_STYLE, t)
    write_notes(page, SlideTexts(title), t)
    return page


def fill_placeholder(
    page: Slide, index: PlaceholderIndex, text: str, t: Translator, bold: bool = False
) -> None:
    """Write a text into a placeholder, shortened to the lines that it has room for."""
    place = layout_area(page.slide_layout, index)
    size = layout_text(page.slide_layout, index).size
    lines = place.line_capacity(size, TITLE_SPACING)
    short = shorten_to_lines(text, place.width_pt, size, lines, bold)
    write_paragraphs(find_placeholder(page, index).text_frame, [short], LAYOUT_STYLE, t)


def _fill_foot(page: Slide, feet: Sequence[tuple[str, ...]], t: Translator) -> None:
    """Write the fullest foot that its lines have room for."""
    place = layout_area(page.slide_layout, Indices.SOURCE)
    size = layout_text(page.slide_layout, Indices.SOURCE).size
    paragraphs = choose_foot(feet, lambda text: line_count(text, place.width_pt, size), t)
    frame = find_placeholder(page, Indices.SOURCE).text_frame
    write_paragraphs(frame, list(paragraphs), LAYOUT_STYLE, t)


def _fit_title(title: str, layout: SlideLayout) -> tuple[float | None, str]:
    """The font size at which a title fits on two lines, and the title, shortened if needed.

    The size is None if it is the layout's.
    """
    place = layout_area(layout, Indices.TITLE)
    largest = layout_text(layout, Indices.TITLE).size
    for step in TITLE_STEPS_PT:
        size = largest + step
        lines = min(TITLE_LINES, place.line_capacity(size, 1.2))
        if line_count(title, place.width_pt, size, bold=True) <= lines:
            return (size if step else None), title
    return size, shorten_to_lines(title, place.width_pt, size, TITLE_LINES, bold=True)


def add_text(
    page: Slide,
    place: Placement,
    paragraphs: Sequence[Paragraph],
    style: TextStyle,
    t: Translator,
) -> BaseShape:
    """Fill a placeholder with text, or add a text box.

    A placeholder keeps the layout's position if the placement is the layout's.
    """
    if place.placeholder is None:
        box = page.shapes.add_textbox(0, 0, 0, 0)
        fit_frame(box.text_frame)
        place_shape(box, place)
    else:
        box = find_placeholder(page, place.placeholder)
        if place != layout_area(page.slide_layout, place.placeholder):
            place_shape(box, place)
    write_paragraphs(box.text_frame, paragraphs, style, t)
    return box


def add_picture(page: Slide, place: Placement, slide_picture: SlidePicture) -> BaseShape:
    """Fill a placeholder with a picture, or add one, with its alternative text.

    It is as large as its placement allows without cutting. It keeps the layout's position if it
    has the same proportions.
    """
    file = io.BytesIO(slide_picture.png)
    if place.placeholder is None:
        picture = page.shapes.add_picture(file, 0, 0)
    else:
        picture = find_placeholder(page, place.placeholder).insert_picture(file)
        picture.crop_left = picture.crop_right = picture.crop_top = picture.crop_bottom = 0
    wide, high = picture.image.size
    scale = min(place.width / wide, place.height / high)
    wide, high = wide * scale, high * scale
    area = replace(place, left=place.left + (place.width - wide) / 2, width=wide, height=high)
    if place.placeholder is None or not _is_same_size(area, place):
        place_shape(picture, area)
    set_alt_text(picture, slide_picture.alt)
    return picture


def _is_same_size(one: Placement, other: Placement) -> bool:
    """Whether two sizes differ by less than what can be seen."""
    differences = (one.width - other.width, one.height - other.height)
    return all(abs(inches) < SEEN for inches in differences)


def find_placeholder(page: Slide, index: PlaceholderIndex) -> Any:
    """The placeholder of a slide. Raises KeyError if the layout has none, or it is filled."""
    return page.placeholders[index]


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


def _add_footers(page: Slide) -> None:
    """Add the placeholders that PowerPoint leaves to the author: the source and the slide number.

    The number is a field, which stays right when slides are moved.
    """
    for shape in page.slide_layout.placeholders:
        index = shape.placeholder_format.idx
        if index in (Indices.SOURCE, Indices.NUMBER):
            page.shapes.clone_placeholder(shape)
        if index == Indices.NUMBER:
            body = find_placeholder(page, Indices.NUMBER).text_frame._txBody
            for paragraph in body.findall(qn("a:p")):
                body.remove(paragraph)
            for paragraph in shape.text_frame._txBody.findall(qn("a:p")):
                body.append(deepcopy(paragraph))


def _remove_unfilled(page: Slide) -> None:
    """Remove the placeholders that nothing fills; PowerPoint would show their prompts."""
    for shape in list(page.placeholders):
        if shape.has_text_frame and next(shape.element.iter(qn("a:t")), None) is None:
            shape.element.getparent().remove(shape.element)


def save_deck(deck: Deck, title: str, day: date, t: Translator) -> bytes:
    """The bytes of a PowerPoint file; day: the creation date in it."""
    for page in deck.slides:
        _remove_unfilled(page)
    core_properties_part = deck.core_properties
    core_properties_part.title = title[:255]  # the limit of the property
    core_properties_part.author = core_properties_part.last_modified_by = t(ATLAS_NAME)
    core_properties_part.created = core_properties_part.modified = datetime(
        day.year, day.month, day.day
    )
    core_properties_part.revision = 1
    core_properties_part.language = t.language.tag
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
