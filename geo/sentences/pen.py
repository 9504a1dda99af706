"""A sentence, and the pen that keeps where each of its numbers was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from geo import wording
from geo.cells import Benchmark, Cell
from geo.indicators import Measure
from geo.profile import Standing
from geo.provinces import provinces
from geo.text import N_, Texts

NAMED_COUNT: Final = 3  # how many leaders, strengths or gains a sentence names
# Where a figure stands until the sentence is whole: each language orders them its own way.
_PLACE: Final = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True)
class Figure:
    """A number as a sentence shows it, and the cell behind it.

    adcode is empty for the national value and for counts. part: value, rank, of, low or high (of
    a rank's interval), gap (to the national value), count (of provinces with a sound figure),
    chosen (how many were), ``status outside`` and so on (how many provinces have it), ``class 0``
    and so on (its label) and ``class 0 count``, or what geo.caveats says of the agreement
    (published, agreed, agreed wealth, agreed chance).
    """

    shown: str
    measure: str
    year: int
    adcode: str
    part: str


@dataclass(frozen=True)
class Sentence:
    """A whole sentence in the reader's language with the figures in it, in their order."""

    text: str
    figures: tuple[Figure, ...]


@dataclass
class Pen:
    """Writes the parts of one sentence and keeps where each number came from."""

    say: Texts
    _kept: list[Figure] = field(default_factory=list)

    def keep(self, shown: object, measure: Measure, year: int, adcode: str, part: str) -> str:
        """Take a figure; returns what holds its place until ``done``."""
        self._kept.append(Figure(str(shown), measure.id, year, adcode, part))
        return f"\ue000{len(self._kept) - 1}\ue001"

    def value(self, cell: Cell, measure: Measure, year: int) -> str:
        """A figure with its unit."""
        shown = wording.quantity(cell.value or 0.0, measure, self.say)
        return self.keep(shown, measure, year, cell.adcode, "value")

    def number(self, figure: Cell | Benchmark, measure: Measure, year: int) -> str:
        """A figure without its unit, of a province or of the country."""
        shown = wording.number(figure.value or 0.0, measure, self.say)
        adcode = figure.adcode if isinstance(figure, Cell) else ""
        return self.keep(shown, measure, year, adcode, "value")

    def national(self, mark: Benchmark, measure: Measure, year: int) -> str:
        shown = wording.quantity(mark.value, measure, self.say)
        return self.keep(shown, measure, year, "", "value")

    def place(self, own: Standing) -> str:
        """A rank, of the open index with its interval."""
        rank = self.keep(own.cell.rank, own.measure, own.year, own.cell.adcode, "rank")
        of = self.keep(own.cell.of, own.measure, own.year, own.cell.adcode, "of")
        if own.cell.low is None:
            return self.say(N_("rank {rank} of {of}"), rank=rank, of=of)
        return self.say(
            N_("rank {rank} of {of} ({places} over method choices)"),
            rank=rank,
            of=of,
            places=self.interval(own),
        )

    def named(self, own: Standing) -> str:
        """A measure with the province's rank in it."""
        return self.say(
            N_("“{measure}” ({year}: {place})"),
            measure=wording.measure_name(own.measure, self.say),
            year=own.year,
            place=self.place(own),
        )

    def interval(self, own: Standing) -> str:
        """The interval of a rank of the open index; one place where both ends are the same."""
        cell = own.cell
        low = self.keep(cell.low, own.measure, own.year, cell.adcode, "low")
        if cell.low == cell.high:
            return self.say(N_("place {low}"), low=low)
        high = self.keep(cell.high, own.measure, own.year, cell.adcode, "high")
        return self.say(N_("{low} to {high}"), low=low, high=high)

    def done(self, message: str, **slots: object) -> Sentence:
        """The sentence, its figures in the order in which its language has put them."""
        figures: list[Figure] = []

        def put(place: re.Match[str]) -> str:
            figures.append(self._kept[int(place[1])])
            return figures[-1].shown

        text = _PLACE.sub(put, self.say(message, **slots))
        return Sentence(text, tuple(figures))


def joined(parts: Iterable[Sentence], say: Texts) -> Sentence:
    """Sentences in a row as one text, with the figures of all."""
    own = list(parts)
    text = say.pick(" ", "").join(part.text for part in own)
    return Sentence(text, tuple(figure for part in own for figure in part.figures))


def name(adcode: str, say: Texts) -> str:
    return provinces()[adcode].name(say.lang)
