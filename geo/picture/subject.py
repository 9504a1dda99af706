"""What a picture shows: the cells, classes and words of a request, resolved once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from geo import captions
from geo.cells import Cell, Snapshot
from geo.choropleth import Choropleth, classify_snapshot
from geo.compare.course import TimeSeries, build_time_series
from geo.compare.pair import MapPair, build_map_pair
from geo.compare.relation import Relation, relate_measures
from geo.compare.third import DifferenceMap, build_difference_map
from geo.errors import InputError
from geo.index.exchange import recipe_from_address
from geo.index.model import score_index
from geo.indicators import Measure
from geo.measures import all_measures, snapshot_of
from geo.openindex import WHOLE, result_snapshot
from geo.picture.request import COMPARISON, PROFILE, SCATTER, TIME_SERIES, TWO_MAPS, FigureRequest
from geo.picture.sizes import ALL_SIZES
from geo.picture.words import FigureTexts, texts_of_caption
from geo.robustness.uncertainty import recipe_uncertainty
from geo.text import Translator, translator
from geo.view import CLASS_MODES, DIFFERENCE_MODES


@dataclass(frozen=True)
class FigureSubject:
    """A request with what it stands for."""

    picture: FigureRequest

    @cached_property
    def translators(self) -> tuple[Translator, ...]:
        """The languages of the picture, the larger one first."""
        return tuple(translator(lang) for lang in self.picture.languages)

    @property
    def is_bilingual(self) -> bool:
        return len(self.translators) > 1

    @property
    def measure(self) -> Measure:
        return all_measures()[self.picture.measure]

    @cached_property
    def snapshot(self) -> Snapshot:
        """The cells of the measure and year; of the open index by its recipe."""
        request = self.picture
        if not request.recipe:
            return snapshot_of(request.measure, request.year)
        recipe = recipe_from_address(request.recipe)
        sure = recipe_uncertainty(recipe, request.year)
        return result_snapshot(score_index(recipe, request.year), WHOLE, sure)

    @cached_property
    def choropleth(self) -> Choropleth:
        request = self.picture
        return classify_snapshot(
            self.snapshot, request.method, request.classes, request.custom_breaks
        )

    @cached_property
    def pair(self) -> MapPair:
        """Both maps of a picture of two."""
        request = self.picture
        return build_map_pair(
            request.measure,
            request.year,
            request.measure2,
            request.year2,
            request.classed == CLASS_MODES[0],
        )

    @cached_property
    def difference_map(self) -> DifferenceMap | None:
        """The third map; None where it is hidden, has no room, or cannot be formed."""
        if self.picture.third != DIFFERENCE_MODES[0] or not ALL_SIZES[self.picture.size].thirds:
            return None
        try:
            return build_difference_map(self.pair)
        except InputError:  # the notes of the caption say why there is none
            return None

    @cached_property
    def relation(self) -> Relation:
        """Both measures of a scatter."""
        request = self.picture
        return relate_measures(request.measure, request.year, request.measure2, request.year2)

    @cached_property
    def time_series(self) -> TimeSeries:
        """The lines over the years."""
        return build_time_series(self.measure, self.picture.provinces, self.picture.course)

    @property
    def selected_cell(self) -> Cell | None:
        """The cell of the province that is outlined."""
        return self.snapshot.cells.get(self.picture.province)

    @cached_property
    def texts(self) -> tuple[FigureTexts, ...]:
        """Title, subtitle, source and notes in each language."""
        return tuple(texts_of_caption(self._build_caption(t)) for t in self.translators)

    def _build_caption(self, t: Translator) -> captions.Caption:
        request = self.picture
        captions_by_kind: dict[str, Callable[[], captions.Caption]] = {
            TWO_MAPS: lambda: captions.comparison_caption(self.pair, self.difference_map, t),
            COMPARISON: lambda: captions.provinces_caption(request.provinces, request.year, t),
            SCATTER: lambda: captions.scatter_caption(
                self.relation, request.quadrants, request.fit, t
            ),
            TIME_SERIES: lambda: captions.time_series_caption(
                self.time_series, request.provinces, t
            ),
            PROFILE: lambda: captions.profile_caption(request.province, request.year, t),
        }
        return captions_by_kind.get(request.kind, lambda: self._caption_of_map(t))()

    def _caption_of_map(self, t: Translator) -> captions.Caption:
        request = self.picture
        if request.recipe:
            result = score_index(recipe_from_address(request.recipe), request.year)
            return captions.index_caption(result, t, WHOLE, request.province)
        return captions.map_caption(
            self.measure, request.year, t, request.province, self.choropleth
        )

    def translate_each(self, of: Callable[[Translator], str], joint: str = "  ") -> str:
        """A text in each language of the picture, the same one only once."""
        return joint.join(dict.fromkeys(filter(None, (of(t) for t in self.translators))))

    def message_each(self, message: str, joint: str = "  ") -> str:
        """A message of the catalogue in each language of the picture."""
        return self.translate_each(lambda t: t(message), joint)
