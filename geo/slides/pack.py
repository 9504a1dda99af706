"""A whole pack of slides in one go, and a single slide, as PowerPoint files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pptx.presentation import Presentation as Deck

from geo.errors import InputError
from geo.provinces import provinces
from geo.slides.brief import Brief, map_words
from geo.slides.comparison import comparison_slides
from geo.slides.measure import measure_slide, ranking_slides
from geo.slides.method import method_slides
from geo.slides.province import profile_slide
from geo.slides.saved import saved
from geo.slides.stage import cover, opened
from geo.slides.typed import clean, shortened
from geo.text import N_, Texts
from geo.view import MOST_CHOSEN

FEWEST_SLIDES: Final = 6
MOST_SLIDES: Final = 20
COVER_NOTE_CHARACTERS: Final = 400  # four lines of the cover

Draw = Callable[[], bytes]
Progress = Callable[[int, int, str], None]
Step = tuple[str, Callable[[Deck], object]]


def one_slide(brief: Brief, shown: bytes, say: Texts) -> bytes:
    """A file with one slide: the map, its leaders as a native chart, a native table.

    shown: the map as a PNG.
    """
    deck = opened()
    measure_slide(deck, brief, shown, say)
    return saved(deck, map_words(brief, say).title, brief.made, say)


def pack(brief: Brief, draw: Draw, say: Texts, progress: Progress | None = None) -> bytes:
    """A file with 6 to 20 slides on a measure and the chosen provinces.

    Cover, map, ranking, a profile of each chosen province, their comparison, method and sources.
    draw: gives the map as a PNG when it is its turn. progress: told before each step how many
    are done, of how many, and what comes; and at the end. Raises InputError unless 1 to 10
    provinces are chosen.
    """
    if not 1 <= len(brief.chosen) <= MOST_CHOSEN:
        raise InputError(
            N_("A pack compares 1 to {most} provinces, and {count} are chosen. Choose some."),
            most=MOST_CHOSEN,
            count=len(brief.chosen),
        )
    deck = opened()
    steps = _steps(brief, draw, say)
    for done, (what, make) in enumerate(steps):
        if progress:
            progress(done, len(steps), what)
        make(deck)
    made = saved(deck, map_words(brief, say).title, brief.made, say)
    if progress:
        progress(len(steps), len(steps), say(N_("Done")))
    return made


def _steps(brief: Brief, draw: Draw, say: Texts) -> list[Step]:
    """What is made one after another, each with its name for the reader who waits."""
    profiles: list[Step] = [
        (provinces()[adcode].name(say.lang), _profile(brief, adcode, say))
        for adcode in brief.chosen
    ]
    return [
        (say(N_("Cover")), lambda deck: _cover(deck, brief, say)),
        (say(N_("Map")), lambda deck: measure_slide(deck, brief, draw(), say)),
        (say(N_("Ranking")), lambda deck: ranking_slides(deck, brief, say)),
        *profiles,
        (say(N_("Comparison")), lambda deck: comparison_slides(deck, brief, say)),
        (say(N_("Method and sources")), lambda deck: method_slides(deck, brief, say)),
    ]


def _profile(brief: Brief, adcode: str, say: Texts) -> Callable[[Deck], object]:
    return lambda deck: profile_slide(deck, brief, adcode, say)


def _cover(deck: Deck, brief: Brief, say: Texts) -> None:
    words = map_words(brief, say)
    names = say.listing([provinces()[adcode].name(say.lang) for adcode in brief.chosen])
    paragraphs = [
        words.subtitle,
        say(N_("Provinces: {names}"), names=names),
        shortened(clean(brief.note), 600, 16, 3),
        say(
            N_("{atlas}, {date}"), atlas=say(N_("Digital China Atlas")), date=brief.made.isoformat()
        ),
    ]
    cover(deck, words.title, [one for one in paragraphs if one], say)


def file_name(brief: Brief, kind: str, say: Texts) -> str:
    """The name of a file, from our own words alone. kind: ``slide`` or ``pack``."""
    return f"{brief.measure.id}-{brief.year}-{kind}-{say.lang}.pptx"
