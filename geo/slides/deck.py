"""A whole deck and a single slide as PowerPoint files."""

from __future__ import annotations

from collections.abc import Callable, Generator

from pptx.presentation import Presentation as Deck

from geo.analysis import ATLAS_NAME
from geo.limits import MAX_CHOSEN
from geo.slides.layout import add_cover, save_deck
from geo.slides.measure import add_map_slide, add_ranking_slides
from geo.slides.method import add_method_slides
from geo.slides.provinces import add_profile_slide, comparison_slides
from geo.slides.request import SlideRequest, map_slide_texts
from geo.slides.template import new_deck
from geo.slides.text import clean_text, shorten_to_lines
from geo.text import N_, InputError, Translator
from geo.units import provinces

# The number of finished steps, the number of all, and the name of the next.
DeckProgress = tuple[int, int, str]
DeckStep = tuple[str, Callable[[Deck], object]]


def build_single_slide(brief: SlideRequest, body: bytes, t: Translator) -> bytes:
    """A file with one slide: the map, its leaders as a native chart, and a native table.

    body: the map as PNG.
    """
    deck = new_deck()
    add_map_slide(deck, brief, body, t)
    return save_deck(deck, map_slide_texts(brief, t).title, brief.made_on, t)


def build_deck(
    brief: SlideRequest, body: bytes, t: Translator
) -> Generator[DeckProgress, None, bytes]:
    """Build a file with 6 to 20 slides on a measure and the chosen provinces, step by step.

    Cover, map, ranking, a profile of each chosen province, their comparison, method and sources.
    body: the map as PNG. Yields the progress before each step and at the end; returns the file.
    Raises InputError unless 1 to 10 provinces are chosen.
    """
    if not 1 <= len(brief.chosen) <= MAX_CHOSEN:
        raise InputError(
            N_(
                "A slide deck compares 1 to {most} provinces, and {count} are chosen. Choose fewer."
            ),
            most=MAX_CHOSEN,
            count=len(brief.chosen),
        )
    deck = new_deck()
    steps = _deck_steps(brief, body, t)
    for done, (text, make) in enumerate(steps):
        yield done, len(steps), text
        make(deck)
    file = save_deck(deck, map_slide_texts(brief, t).title, brief.made_on, t)
    yield len(steps), len(steps), t(N_("Done"))
    return file


def _deck_steps(brief: SlideRequest, body: bytes, t: Translator) -> list[DeckStep]:
    """The steps of making a deck, each with a name for the progress display."""
    profiles: list[DeckStep] = [
        (provinces()[adcode].name_in(t.lang), _profile_step(brief, adcode, t))
        for adcode in brief.chosen
    ]
    return [
        (t(N_("Cover")), lambda deck: _add_cover(deck, brief, t)),
        (t(N_("Map")), lambda deck: add_map_slide(deck, brief, body, t)),
        (t(N_("Ranking")), lambda deck: add_ranking_slides(deck, brief, t)),
        *profiles,
        (t(N_("Comparison")), lambda deck: comparison_slides(deck, brief, t)),
        (t(N_("Method and sources")), lambda deck: add_method_slides(deck, brief, t)),
    ]


def _profile_step(brief: SlideRequest, adcode: str, t: Translator) -> Callable[[Deck], object]:
    return lambda deck: add_profile_slide(deck, brief, adcode, t)


def _add_cover(deck: Deck, brief: SlideRequest, t: Translator) -> None:
    words = map_slide_texts(brief, t)
    names = t.join_names([provinces()[adcode].name_in(t.lang) for adcode in brief.chosen])
    paragraphs = [
        words.subtitle,
        t(N_("Provinces: {names}"), names=names),
        shorten_to_lines(clean_text(brief.note), 600, 16, 3),
        t(
            N_("{atlas}, {date}"),
            atlas=t(ATLAS_NAME),
            date=brief.made_on.isoformat(),
        ),
    ]
    add_cover(deck, words.title, [one for one in paragraphs if one], t)


def deck_file_name(brief: SlideRequest, kind: str, t: Translator) -> str:
    """The name of a file, from our own words alone. kind: ``slide`` or ``build_deck``."""
    return f"{brief.measure.id}-{brief.year}-{kind}-{t.lang}.pptx"
