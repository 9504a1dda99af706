"""Where the figures of a pack come from and how they came about, in words: the last slides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo import openindex, report, wording
from geo.captions import caption
from geo.classify import METHOD_NOTES
from geo.measures import measures
from geo.slides.brief import Brief, with_endings
from geo.slides.letters import LINE, Run, Style
from geo.slides.stage import BODY, POINTS, SUBTITLE, Place, Words, slide, text
from geo.slides.typed import clean, line_count, shortened
from geo.strengths import COUNT, LEADING, RULE
from geo.text import N_, Texts

EDITION: Final = 2017
MOST_SLIDES: Final = 2
SIZES_OF_ONE: Final = (12.0, 11.0, 10.0)  # the largest in which all of it fits on one slide
SIZES: Final = (12.0, 11.0, 10.0, 9.0)  # or else on two
ROOM: Final = Place(BODY.left, SUBTITLE.top + 0.14, BODY.width, BODY.height + 0.5)
AFTER: Final = 4.0

Told = tuple[str, str]  # a heading, empty where the one before goes on, and a paragraph


def method_slides(deck: Deck, brief: Brief, say: Texts) -> list[Slide]:
    """One slide, or two where one does not hold all; what two do not hold is in the notes."""
    told = list(_told(brief, say))
    size, parts = _parted(told, say)
    notes = tuple(_joined(one, say) for one in told)
    title = say(N_("Method and sources"))
    made = []
    for part in parts:
        words = with_endings(brief, Words(title, notes=notes), say)
        page = slide(deck, words, say)
        link = clean(brief.link)
        paragraphs = [
            [Run(_head(head, say), bold=True), Run(body, address=body if body == link else "")]
            for head, body in part
        ]
        text(page, ROOM, paragraphs, Style(size, after=AFTER), say)
        made.append(page)
    return made


def _told(brief: Brief, say: Texts) -> Iterator[Told]:
    """All there is to know of a pack, each thing once."""
    own = brief.caption(say)
    if own.subtitle:
        yield own.subtitle, own.notes[0].text
    yield from (("", note.text) for note in own.notes[1:])
    if brief.drawn.breaks:
        method = brief.drawn.breaks.method
        yield say(N_("Classes of the map")), say(METHOD_NOTES[method])
    for status in brief.drawn.snapshot.statuses():
        yield wording.status(status, say), say(wording.STATUS_NOTES[status])
    if brief.chosen:
        rule = say(RULE, year=brief.year, count=COUNT, leading=LEADING)
        yield say(N_("Strengths and weaknesses")), rule
    whole = measures()[openindex.PREFIX + openindex.WHOLE]
    index = caption(whole, whole.nearest_year(brief.year), say)
    if brief.measure.kind != "index":
        for note in index.notes:
            if note.text not in {one.text for one in own.notes}:
                yield say(N_("Open index of this atlas")), note.text
    sources = [
        own.source,
        index.source,
        wording.remark(report.sources(openindex.WHOLE, EDITION), say),
    ]
    for source in dict.fromkeys(sources):
        yield say(N_("Sources")), source
    if link := clean(brief.link):
        yield say(N_("The same in the atlas")), link


def _parted(told: list[Told], say: Texts) -> tuple[float, list[list[Told]]]:
    """The size of letters, and what stands on each slide."""
    for most, sizes in ((1, SIZES_OF_ONE), (MOST_SLIDES, SIZES)):
        for size in sizes:
            parts = list(_slides(told, size, say))
            if len(parts) <= most:
                return size, parts
    kept = parts[:MOST_SLIDES]
    head, body = kept[-1][-1]
    kept[-1][-1] = head, shortened(body, ROOM.room, size, 1)
    return size, kept


def _slides(told: Iterable[Told], size: float, say: Texts) -> Iterator[list[Told]]:
    room, now = ROOM.height * POINTS, list[Told]()
    shown = ""
    for head, body in told:
        one = ("" if head == shown else head, body)
        shown = head or shown
        lines = line_count(_joined(one, say), ROOM.room, size)
        high = lines * size * LINE + AFTER
        if now and high > room:
            yield now
            room, now = ROOM.height * POINTS, []
        now.append(one)
        room -= high
    if now:
        yield now


def _head(head: str, say: Texts) -> str:
    return head + say.pick(": ", "：") if head else ""


def _joined(one: Told, say: Texts) -> str:
    return _head(one[0], say) + one[1]
