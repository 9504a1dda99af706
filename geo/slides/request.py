"""Requests for slides, and the texts around their content."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pptx.slide import Slide

from geo.captions import Caption, Ranking, build_ranking, map_caption
from geo.maps import Choropleth
from geo.measures import Cell, Measure, format_number, mark_doubt, short_rank, status_name
from geo.slides.layout import SlideTexts, fill_placeholder
from geo.slides.template import PlaceholderIndex
from geo.slides.text import clean_text
from geo.text import N_, Translator
from geo.units import provinces


@dataclass(frozen=True)
class SlideRequest:
    """The content of the slides.

    measure: the measure of the map. choropleth: the map with the reader's classes. made_on: the
    date in the file. province: the adcode of the outlined province, or ''. chosen: the adcodes of
    the provinces that get a profile and are compared. title: the reader's title, replaces the
    generated one. note: the reader's own note. link: the address of the page with the same content.
    """

    measure: Measure
    choropleth: Choropleth
    made_on: date
    province: str = ""
    chosen: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
    link: str = ""

    @property
    def year(self) -> int:
        return self.choropleth.snapshot.year

    @property
    def cells(self) -> dict[str, Cell]:
        return dict(self.choropleth.snapshot.cells)

    def ranking(self, t: Translator) -> Ranking:
        """The ranking of the map."""
        return build_ranking(self.measure, self.choropleth, t)

    def caption(self, t: Translator) -> Caption:
        """The caption of the map."""
        return map_caption(self.measure, self.year, t, self.province, self.choropleth)


def slide_texts(brief: SlideRequest, caption: Caption, t: Translator) -> SlideTexts:
    """The texts of a slide from a caption; the notes page ends with the reader's note and link."""
    texts = SlideTexts(
        title=caption.title.text,
        subtitle=caption.subtitle,
        feet=tuple(caption.foot.variants()),
        notes=(caption.source, *(note.text for note in caption.notes)),
    )
    return add_notes_ending(brief, texts, t)


def add_notes_ending(brief: SlideRequest, texts: SlideTexts, t: Translator) -> SlideTexts:
    """Add the reader's note and the link to the notes page."""
    endings = []
    if note := clean_text(brief.note, many_lines=True):
        endings.append(t(N_("Note: {text}"), text=note))
    if link := clean_text(brief.link):
        endings.append(t(N_("View in the atlas: {link}"), link=link))
    return replace(texts, notes=tuple(dict.fromkeys((*texts.notes, *endings))))


def map_slide_texts(brief: SlideRequest, t: Translator) -> SlideTexts:
    """The texts around the map, with the reader's own title if there is one."""
    texts = slide_texts(brief, brief.caption(t), t)
    return replace(texts, title=clean_text(brief.title) or texts.title)


def marked_name(cell: Cell, t: Translator) -> str:
    """The name of a province, marked if its value is doubtful."""
    name = provinces()[cell.adcode].name_in(t.lang)
    return mark_doubt(name, cell)


def slide_figure(cell: Cell, measure: Measure, t: Translator) -> str:
    """The value of a cell without its unit, or its status if it has none."""
    if cell.value is not None:
        return format_number(cell.value, measure, t)
    return short_rank(cell, t) or status_name(cell, t)


def draw_user_note(page: Slide, brief: SlideRequest, t: Translator) -> None:
    """Write the reader's note on the slide, cut to the room that its placeholder has."""
    note = clean_text(brief.note)
    if note:
        fill_placeholder(page, PlaceholderIndex.NOTE, t(N_("Note: {text}"), text=note), t)
