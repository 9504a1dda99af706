"""The last slides of a deck: sources of the data and methods, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo.analysis import (
    LEADING_COUNT,
    STANDOUT_COUNT,
    STANDOUT_RULE,
    edition_source,
    published_measures,
)
from geo.captions import map_caption
from geo.index import INDEX_PREFIX, WHOLE_INDEX
from geo.limits import MAX_METHOD_SLIDES
from geo.maps import METHOD_NOTES
from geo.measures import STATUS_NOTES, status_name
from geo.slides.layout import SlideTexts, add_slide, add_text
from geo.slides.request import SlideRequest, add_notes_ending
from geo.slides.template import (
    POINTS,
    LayoutName,
    LayoutText,
    PlaceholderIndex,
    Placement,
    find_layout,
    layout_area,
    layout_text,
)
from geo.slides.text import LAYOUT_STYLE, LINE, TextRun, clean_text, line_count, shorten_to_lines
from geo.text import N_, Translator

EDITION: Final = 2017
# Points by which the font is smaller than the layout's, for one slide and for two.
STEPS_OF_ONE: Final = (0.0, 1.0, 2.0)
STEPS: Final = (0.0, 1.0, 2.0, 3.0)

MethodParagraph = tuple[str, str]  # heading ('' continues the last one), text


def add_method_slides(deck: Deck, brief: SlideRequest, t: Translator) -> list[Slide]:
    """Add one slide, or two if one is too small; what does not fit on two is in the notes."""
    method_paragraphs = list(_method_paragraphs(brief, t))
    layout = find_layout(deck, LayoutName.METHOD)
    place = layout_area(layout, PlaceholderIndex.TEXT)
    normal = layout_text(layout, PlaceholderIndex.TEXT)
    text, parts = _split_over_slides(method_paragraphs, place, normal, t)
    # A size of its own is written only if it differs from the layout's.
    style = LAYOUT_STYLE if text == normal else replace(LAYOUT_STYLE, size=text.size)
    notes = tuple(_join_paragraph(one, t) for one in method_paragraphs)
    title = t(N_("Method and sources"))
    slides = []
    for part in parts:
        words = add_notes_ending(brief, SlideTexts(title, notes=notes), t)
        page = add_slide(deck, LayoutName.METHOD, words, t)
        link = clean_text(brief.link)
        paragraphs = [
            [
                TextRun(_section_head(head, t), bold=True),
                TextRun(body, address=body if body == link else ""),
            ]
            for head, body in part
        ]
        add_text(page, place, paragraphs, style, t)
        slides.append(page)
    return slides


def _method_paragraphs(brief: SlideRequest, t: Translator) -> Iterator[MethodParagraph]:
    """All notes on a deck, without duplicates."""
    caption = brief.caption(t)
    if caption.subtitle:
        yield caption.subtitle, caption.notes[0].text
    yield from (("", note.text) for note in caption.notes[1:])
    if brief.choropleth.breaks:
        method = brief.choropleth.breaks.method
        yield t(N_("Classes of the map")), t(METHOD_NOTES[method])
    for status in brief.choropleth.snapshot.present_statuses():
        yield status_name(status, t), t(STATUS_NOTES[status])
    if brief.chosen:
        rule = t(STANDOUT_RULE, year=brief.year, count=STANDOUT_COUNT, leading=LEADING_COUNT)
        yield t(N_("Strengths and weaknesses")), rule
    whole = published_measures()[INDEX_PREFIX + WHOLE_INDEX]
    index = map_caption(whole, whole.nearest_year(brief.year), t)
    if brief.measure.kind != "index":
        for note in index.notes:
            if note.text not in {one.text for one in caption.notes}:
                yield t(N_("Open index of this atlas")), note.text
    sources = [
        caption.source,
        index.source,
        edition_source(WHOLE_INDEX, EDITION).issuer(t),
    ]
    for source in dict.fromkeys(sources):
        yield t(N_("Sources")), source
    if link := clean_text(brief.link):
        yield t(N_("View in the atlas")), link


def _split_over_slides(
    paragraphs: list[MethodParagraph], place: Placement, normal: LayoutText, t: Translator
) -> tuple[LayoutText, list[list[MethodParagraph]]]:
    """How the text is set, and the paragraphs of each slide."""
    for most, steps in ((1, STEPS_OF_ONE), (MAX_METHOD_SLIDES, STEPS)):
        for step in steps:
            setting = replace(normal, size=normal.size - step)
            parts = list(_group_by_slide(paragraphs, place, setting, t))
            if len(parts) <= most:
                return setting, parts
    result = parts[:MAX_METHOD_SLIDES]
    head, body = result[-1][-1]
    result[-1][-1] = head, shorten_to_lines(body, place.width_pt, setting.size, 1)
    return setting, result


def _group_by_slide(
    paragraphs: Iterable[MethodParagraph], place: Placement, setting: LayoutText, t: Translator
) -> Iterator[list[MethodParagraph]]:
    room, now = place.height * POINTS, list[MethodParagraph]()
    head_before = ""
    for head, body in paragraphs:
        one = ("" if head == head_before else head, body)
        head_before = head or head_before
        lines = line_count(_join_paragraph(one, t), place.width_pt, setting.size)
        high = lines * setting.size * LINE + setting.after
        if now and high > room:
            yield now
            room, now = place.height * POINTS, []
        now.append(one)
        room -= high
    if now:
        yield now


def _section_head(head: str, t: Translator) -> str:
    return head + t.language.colon if head else ""


def _join_paragraph(one: MethodParagraph, t: Translator) -> str:
    return _section_head(one[0], t) + one[1]
