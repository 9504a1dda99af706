"""What a reader asks slides of, and the words that stand around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pptx.slide import Slide

from geo.analysis import all_measures
from geo.captions import Caption, map_caption
from geo.maps import Choropleth
from geo.measures import Cell, Measure, format_number, mark_doubt, short_rank, status_name
from geo.slides.layout import Placement, SlideTexts, add_text
from geo.slides.text import TextStyle, clean_text, shorten_to_lines
from geo.text import N_, Translator
from geo.units import provinces

NOTE_SIZE = 10.0


@dataclass(frozen=True)
class SlideRequest:
    """What the slides are about.

    choropleth: the map with the reader's classes. made_on: the day that the file names as its own.
    province: the adcode of the one that is outlined, or ''. chosen: those with a profile each,
    compared with each other. title, note: typed by the reader, in place of the title that the
    figures make, and besides. link: the address of the page that shows the same.
    """

    choropleth: Choropleth
    made_on: date
    province: str = ""
    chosen: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
    link: str = ""

    @property
    def measure(self) -> Measure:
        return all_measures()[self.choropleth.snapshot.measure]

    @property
    def year(self) -> int:
        return self.choropleth.snapshot.year

    @property
    def cells(self) -> dict[str, Cell]:
        return dict(self.choropleth.snapshot.cells)

    def caption(self, t: Translator) -> Caption:
        """The words around the map."""
        return map_caption(self.measure, self.year, t, self.province, self.choropleth)


def slide_texts(brief: SlideRequest, caption: Caption, t: Translator) -> SlideTexts:
    """A caption as the words of a slide; its notes page ends with the reader's note and link."""
    texts = SlideTexts(
        title=caption.title.text,
        subtitle=caption.subtitle,
        source=caption.source,
        notes=(caption.source, *(note.text for note in caption.notes)),
    )
    return add_notes_ending(brief, texts, t)


def add_notes_ending(brief: SlideRequest, texts: SlideTexts, t: Translator) -> SlideTexts:
    """The words of a slide with what closes every notes page: the reader's note, and the link."""
    endings = []
    if note := clean_text(brief.note, many_lines=True):
        endings.append(t(N_("Note: {text}"), text=note))
    if link := clean_text(brief.link):
        endings.append(t(N_("The same in the atlas: {link}"), link=link))
    return replace(texts, notes=tuple(dict.fromkeys((*texts.notes, *endings))))


def map_slide_texts(brief: SlideRequest, t: Translator) -> SlideTexts:
    """The words around the map, under the reader's own title if there is one."""
    texts = slide_texts(brief, brief.caption(t), t)
    return replace(texts, title=clean_text(brief.title) or texts.title)


def marked_name(cell: Cell, t: Translator) -> str:
    """The name of a province, marked where its figure is doubtful."""
    name = provinces()[cell.adcode].name_in(t.lang)
    return mark_doubt(name, cell)


def slide_figure(cell: Cell, measure: Measure, t: Translator) -> str:
    """The figure of a cell without its unit, or what it has instead."""
    if cell.value is not None:
        return format_number(cell.value, measure, t)
    return short_rank(cell, t) or status_name(cell, t)


def draw_user_note(page: Slide, place: Placement, brief: SlideRequest, t: Translator) -> None:
    """The reader's note on the slide itself, as much of it as its place holds."""
    note = clean_text(brief.note)
    if note:
        lines = place.line_capacity(NOTE_SIZE, 1.25)
        text = shorten_to_lines(t(N_("Note: {text}"), text=note), place.width_pt, NOTE_SIZE, lines)
        add_text(page, place, [text], TextStyle(NOTE_SIZE), t)
