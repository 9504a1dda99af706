"""What a picture shows: the cells, classes and words of a request, resolved once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from geo import captions
from geo.cells import Cell, Snapshot
from geo.choropleth import Choropleth, choropleth
from geo.compare.course import Course, course
from geo.compare.pair import Pair, pair
from geo.compare.relation import Relation, relation
from geo.compare.third import Third, third
from geo.errors import InputError
from geo.index.exchange import from_address
from geo.index.model import score
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.openindex import WHOLE, snapshot_of
from geo.picture.request import COMPARISON, COURSE, PROFILE, SCATTER, TWO, Picture
from geo.picture.sizes import EVERY
from geo.picture.words import Words, of_caption
from geo.robustness.uncertainty import uncertainty
from geo.text import Texts, texts
from geo.view import CLASSED, THIRDS


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
        return snapshot_of(score(recipe, asked.year), WHOLE, sure)

    @cached_property
    def drawn(self) -> Choropleth:
        asked = self.picture
        return choropleth(self.snapshot, asked.method, asked.classes, asked.own)

    @cached_property
    def pair(self) -> Pair:
        """Both maps of a picture of two."""
        asked = self.picture
        return pair(
            asked.measure, asked.year, asked.measure2, asked.year2, asked.classed == CLASSED[0]
        )

    @cached_property
    def third(self) -> Third | None:
        """The third map; None where it is hidden, has no room, or cannot be formed."""
        if self.picture.third != THIRDS[0] or not EVERY[self.picture.size].thirds:
            return None
        try:
            return third(self.pair)
        except InputError:  # the notes of the caption say why there is none
            return None

    @cached_property
    def relation(self) -> Relation:
        """Both measures of a scatter."""
        asked = self.picture
        return relation(asked.measure, asked.year, asked.measure2, asked.year2)

    @cached_property
    def course(self) -> Course:
        """The lines over the years."""
        return course(self.measure, self.picture.provinces, self.picture.course)

    @property
    def selected(self) -> Cell | None:
        """The cell of the province that is outlined."""
        return self.snapshot.cells.get(self.picture.province)

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """Title, subtitle, source and notes in each language."""
        return tuple(of_caption(self._caption(say)) for say in self.says)

    def _caption(self, say: Texts) -> captions.Caption:
        asked = self.picture
        made: dict[str, Callable[[], captions.Caption]] = {
            TWO: lambda: captions.comparison_caption(self.pair, self.third, say),
            COMPARISON: lambda: captions.provinces_caption(asked.provinces, asked.year, say),
            SCATTER: lambda: captions.scatter_caption(
                self.relation, asked.quadrants, asked.fit, say
            ),
            COURSE: lambda: captions.course_caption(self.course, asked.provinces, say),
            PROFILE: lambda: captions.profile_caption(asked.province, asked.year, say),
        }
        return made.get(asked.kind, lambda: self._of_map(say))()

    def _of_map(self, say: Texts) -> captions.Caption:
        asked = self.picture
        if asked.recipe:
            result = score(from_address(asked.recipe), asked.year)
            return captions.index_caption(result, say, WHOLE, asked.province)
        return captions.caption(self.measure, asked.year, say, asked.province, self.drawn)

    def said(self, of: Callable[[Texts], str], joint: str = "  ") -> str:
        """A text in each language of the picture, the same one only once."""
        return joint.join(dict.fromkeys(filter(None, (of(say) for say in self.says))))

    def told(self, message: str, joint: str = "  ") -> str:
        """A message of the catalogue in each language of the picture."""
        return self.said(lambda say: say(message), joint)
