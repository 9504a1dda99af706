"""What a reader asks slides of, and the words that stand around them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pptx.slide import Slide

from geo import wording
from geo.captions import Caption, caption
from geo.cells import Cell
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.measures import measures
from geo.provinces import provinces
from geo.slides.letters import Style
from geo.slides.stage import Place, Words, text
from geo.slides.typed import clean, shortened
from geo.text import N_, Texts

NOTE_SIZE = 10.0


@dataclass(frozen=True)
class Brief:
    """What the slides are about.

    drawn: the map with the reader's classes. made: the day that the file names as its own.
    province: the adcode of the one that is outlined, or ''. chosen: those with a profile each,
    compared with each other. title, note: typed by the reader, in place of the title that the
    figures make, and besides. link: the address of the page that shows the same.
    """

    drawn: Choropleth
    made: date
    province: str = ""
    chosen: tuple[str, ...] = ()
    title: str = ""
    note: str = ""
    link: str = ""

    @property
    def measure(self) -> Measure:
        return measures()[self.drawn.snapshot.measure]

    @property
    def year(self) -> int:
        return self.drawn.snapshot.year

    @property
    def cells(self) -> dict[str, Cell]:
        return dict(self.drawn.snapshot.cells)

    def caption(self, say: Texts) -> Caption:
        """The words around the map."""
        return caption(self.measure, self.year, say, self.province, self.drawn)


def words(brief: Brief, own: Caption, say: Texts) -> Words:
    """A caption as the words of a slide; its notes page ends with the reader's note and link."""
    found = Words(
        title=own.title.text,
        subtitle=own.subtitle,
        source=own.source,
        notes=(own.source, *(note.text for note in own.notes)),
    )
    return with_endings(brief, found, say)


def with_endings(brief: Brief, found: Words, say: Texts) -> Words:
    """The words of a slide with what closes every notes page: the reader's note, and the link."""
    endings = []
    if note := clean(brief.note, many_lines=True):
        endings.append(say(N_("Note: {text}"), text=note))
    if link := clean(brief.link):
        endings.append(say(N_("The same in the atlas: {link}"), link=link))
    return replace(found, notes=tuple(dict.fromkeys((*found.notes, *endings))))


def map_words(brief: Brief, say: Texts) -> Words:
    """The words around the map, under the reader's own title if there is one."""
    found = words(brief, brief.caption(say), say)
    return replace(found, title=clean(brief.title) or found.title)


def named(cell: Cell, say: Texts) -> str:
    """The name of a province, marked where its figure is doubtful."""
    name = provinces()[cell.adcode].name(say.lang)
    return name + wording.DOUBT_MARK if wording.is_doubtful(cell) else name


def figure(cell: Cell, measure: Measure, say: Texts) -> str:
    """The figure of a cell without its unit, or what it has instead."""
    if cell.value is not None:
        return wording.number(cell.value, measure, say)
    return wording.short_rank(cell, say) or wording.status(cell, say)


def note_line(page: Slide, place: Place, brief: Brief, say: Texts) -> None:
    """The reader's note on the slide itself, as much of it as its place holds."""
    note = clean(brief.note)
    if note:
        lines = place.lines(NOTE_SIZE, 1.25)
        shown = shortened(say(N_("Note: {text}"), text=note), place.room, NOTE_SIZE, lines)
        text(page, place, [shown], Style(NOTE_SIZE), say)
