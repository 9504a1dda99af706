"""Sentences that keep the source cell of each of their numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from geo.analysis import Standing
from geo.measures import Benchmark, Cell, Measure, format_number
from geo.text import N_, Translator
from geo.units import provinces

FIRST_MARK: Final = 0xE000  # Unicode's private use area, unused in texts
LAST_MARK: Final = 0xF8FF
MARKS: Final = re.compile(f"[{chr(FIRST_MARK)}-{chr(LAST_MARK)}]")
NAMED_COUNT = 3  # how many leaders, strengths or gains a sentence names


@dataclass(frozen=True)
class CitedFigure:
    """A number as a sentence shows it, and the cell that it comes from.

    adcode is empty for the national value and for numbers about all cells together. part: value,
    rank, of, gap (to the national value), count (of provinces with a value), low or high (the
    interval of a rank), level (how many share a rank), moved (the change of rank between two
    rankings) or change (as a map of changes shows it); in descriptions of maps also classes (how
    many) and members (of one class).
    """

    text: str
    measure: str
    year: int
    adcode: str
    part: str


@dataclass(frozen=True)
class Sentence:
    """A sentence in the reader's language, with its cited numbers in order."""

    text: str
    figures: tuple[CitedFigure, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass
class SentenceBuilder:
    """Builds one sentence and records which cell each number comes from.

    Each cited number is preceded by a mark character, so that it is found again wherever the
    language puts it; ``build`` removes the marks.
    """

    t: Translator
    figures: list[CitedFigure] = field(default_factory=list)

    def cite(self, value: object, measure: Measure, year: int, adcode: str, part: str) -> str:
        """Cite a number: return it with its mark, for a slot of the sentence."""
        self.figures.append(CitedFigure(str(value), measure.id, year, adcode, part))
        return f"{chr(FIRST_MARK + len(self.figures) - 1)}{value}"

    def cite_number(self, figure: Cell | Benchmark, measure: Measure, year: int) -> str:
        """Cite a value without its unit, of a province or the national value."""
        text = format_number(figure.value or 0.0, measure, self.t)
        adcode = figure.adcode if isinstance(figure, Cell) else ""
        return self.cite(text, measure, year, adcode, "value")

    def cite_rank(self, standing: Standing) -> str:
        rank = self.cite(
            standing.cell.rank, standing.measure, standing.year, standing.cell.adcode, "rank"
        )
        of = self.cite(
            standing.cell.of, standing.measure, standing.year, standing.cell.adcode, "of"
        )
        return self.t(N_("rank {rank} of {of}"), rank=rank, of=of)

    def cite_ordinal(self, cell: Cell, measure: Measure, year: int) -> str:
        """Cite the rank of a cell as an ordinal of the language: 1st, 第1位."""
        text = self.t.format_ordinal(cell.rank or 0)
        rank = self.cite(cell.rank, measure, year, cell.adcode, "rank")
        return text.replace(str(cell.rank), rank)

    def cite_list_place(self, cell: Cell, measure: Measure, year: int) -> str:
        """Cite the rank of a cell as lists write it: 1st, 第一."""
        text = self.t.format_list_place(cell.rank or 0)
        if text == self.t.format_ordinal(cell.rank or 0):
            return self.cite_ordinal(cell, measure, year)
        return self.cite(text, measure, year, cell.adcode, "rank")

    def build(self, message: str, **slots: object) -> Sentence:
        """Build the sentence, with its numbers in the order in which they appear."""
        marked = self.t(message, **slots)
        places = [ord(sign) - FIRST_MARK for sign in MARKS.findall(marked)]
        return Sentence(MARKS.sub("", marked), tuple([self.figures[place] for place in places]))


def province_name(adcode: str, t: Translator) -> str:
    return provinces()[adcode].name_in(t.lang)


def find_frame(standings: Sequence[Standing], year: int) -> Standing | None:
    """Return a standing with the most common year and number of provinces; None without any.

    Of years that are as common, the nearest to the preferred one.
    """
    counts = Counter((standing.year, standing.cell.of) for standing in standings)
    return max(
        standings,
        key=lambda s: (counts[s.year, s.cell.of], -abs(s.year - year), s.cell.of or 0),
        default=None,
    )


def is_in_frame(standing: Standing, frame: Standing | None) -> bool:
    """Whether a standing has the year and the number of provinces that the text has said."""
    return frame is not None and (standing.year, standing.cell.of) == (frame.year, frame.cell.of)


def join_sentences(sentences: Iterable[Sentence], t: Translator) -> Sentence:
    """Join sentences to one text, with all their numbers in order."""
    results = list(sentences)
    text = t.join_sentences(one.text for one in results)
    return Sentence(text, tuple(figure for one in results for figure in one.figures))
