"""The foot of a picture or a slide: who published the values, cautions, and the boundaries.

A foot has few lines. What else must be known is in the notes of a caption, which the page behind
the link and the notes of a slide show. A caution is never cut: it is said in fewer words where
there is less room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo.captions.sentences import Sentence
from geo.text import Translator

FOOT_LINES: Final = 3


@dataclass(frozen=True)
class Caution:
    """What a picture has to say of its data. short: the same in fewer words."""

    sentence: Sentence
    brief: Sentence | None = None

    @property
    def short(self) -> Sentence:
        return self.brief or self.sentence


@dataclass(frozen=True)
class Foot:
    """The parts of a foot.

    credit: who published the values; short_credit: the same in fewer words. boundaries: the credit
    of the boundaries, or what tiles are; empty without a map. hints: how to read the picture, left
    to the notes where there is no room.
    """

    credit: str
    short_credit: str
    cautions: tuple[Caution, ...] = ()
    boundaries: str = ""
    hints: tuple[Sentence, ...] = ()

    @property
    def figures(self) -> tuple[Sentence, ...]:
        """The sentences of the foot whose numbers are cited."""
        return tuple(one for caution in self.cautions for one in (caution.sentence, caution.short))

    def variants(self) -> Iterator[tuple[str, ...]]:
        """The paragraphs of the foot, from the fullest to the shortest; each has all cautions."""
        whole = [caution.sentence.text for caution in self.cautions]
        short = [caution.short.text for caution in self.cautions]
        hints = [hint.text for hint in self.hints]
        for credit, cautions, more in (
            (self.credit, whole, hints),
            (self.credit, whole, []),
            (self.short_credit, whole, []),
            (self.short_credit, short, []),
        ):
            yield tuple(dict.fromkeys(filter(None, [credit, *cautions, *more, self.boundaries])))


def choose_foot(
    variants: Iterable[tuple[str, ...]], count_lines: Callable[[str], int], t: Translator
) -> tuple[str, ...]:
    """Return the paragraphs of the first variant that fits in a foot, else of the shortest.

    Paragraphs that take too many lines run on as one. count_lines: of a paragraph.
    """
    paragraphs: tuple[str, ...] = ()
    for variant in variants:
        paragraphs = variant
        for candidate in (variant, (t.join_sentences(variant),)):
            if sum(map(count_lines, candidate)) <= FOOT_LINES:
                return candidate
    return (t.join_sentences(paragraphs),)
