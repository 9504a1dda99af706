"""What a picture shows: the cells, classes and words of a request, resolved once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from geo import openindex
from geo.cells import Cell, Snapshot
from geo.choropleth import Choropleth, choropleth
from geo.index.exchange import from_address
from geo.index.model import score
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.picture.request import PROFILE, Picture
from geo.picture.words import Words, words
from geo.robustness.uncertainty import uncertainty
from geo.text import Texts, texts


@dataclass(frozen=True)
class Subject:
    """A request with what it stands for."""

    picture: Picture

    @cached_property
    def says(self) -> tuple[Texts, ...]:
        """The languages of the picture, the larger one first."""
        return tuple(texts(lang) for lang in self.picture.languages)

    @property
    def both(self) -> bool:
        return len(self.says) > 1

    @property
    def measure(self) -> Measure:
        return measures()[self.picture.measure]

    @cached_property
    def snapshot(self) -> Snapshot:
        """The cells of the measure and year; of the open index by its recipe."""
        asked = self.picture
        if not asked.recipe:
            return snapshot(asked.measure, asked.year)
        recipe = from_address(asked.recipe)
        sure = uncertainty(recipe, asked.year)
        return openindex.snapshot_of(score(recipe, asked.year), openindex.WHOLE, sure)

    @cached_property
    def drawn(self) -> Choropleth:
        asked = self.picture
        return choropleth(self.snapshot, asked.method, asked.classes, asked.own)

    @property
    def selected(self) -> Cell | None:
        """The cell of the province that is outlined."""
        return self.snapshot.cells.get(self.picture.province)

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """Title, subtitle, source and notes in each language."""
        drawn = None if self.picture.kind == PROFILE else self.drawn
        return tuple(words(self.picture, drawn, say) for say in self.says)

    def said(self, of: Callable[[Texts], str], joint: str = "  ") -> str:
        """A text in each language of the picture, the same one only once."""
        return joint.join(dict.fromkeys(filter(None, (of(say) for say in self.says))))
