"""The words that stand around one picture, and how long a title may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geo.sentences import Sentence
from geo.text import Translator

# What fits two lines of a slide in its largest letters.
MAX_TITLE_LENGTH: Final = {"en": 90, "zh": 40}


@dataclass(frozen=True)
class Caption:
    """Everything that a picture says in words, complete by itself.

    title: a finding. subtitle: measure, unit and year. alt: what a reader who does not see the
    picture needs. source: issuing bodies and where the figures were read. notes: what must be
    known, the credit of the boundaries last.
    """

    title: Sentence
    subtitle: str
    alt: Sentence
    source: str
    notes: tuple[Sentence, ...]


def choose_title(variants: Iterable[Sentence], t: Translator) -> Sentence:
    """The first of several titles, fullest first, that is short enough; else the shortest."""
    sentences = list(variants)
    short = [one for one in sentences if len(one.text) <= MAX_TITLE_LENGTH[t.lang]]
    return short[0] if short else min(sentences, key=lambda one: len(one.text))
