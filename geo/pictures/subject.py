"""The content of a picture: cells, classes and captions of a request, computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from geo.analysis import (
    CLASS_MODES,
    DIFFERENCE_MODES,
    Bivariate,
    DifferenceMap,
    MapPair,
    MeasureMap,
    Relation,
    TimeSeries,
    build_bivariate,
    build_difference_map,
    build_map_pair,
    build_measure_map,
    build_time_series,
    ranks_to_mark,
    relate_measures,
)
from geo.captions import (
    BivariateLegend,
    Caption,
    Legend,
    Ranking,
    build_bivariate_legend,
    build_map_legend,
    build_pair_legends,
    build_ranking,
)
from geo.index import (
    WHOLE_INDEX,
    recipe_from_address,
    recipe_uncertainty,
    result_snapshot,
    score_index,
)
from geo.maps import Choropleth, classify_snapshot
from geo.measures import Measure, Snapshot
from geo.pictures.figure_kinds import FIGURE_KINDS
from geo.pictures.request import (
    FigureRequest,
)
from geo.pictures.sheet import ALL_SIZES
from geo.text import InputError, Translator, translator


@dataclass(frozen=True)
class FigureTexts:
    """Title (without a full stop), subtitle, alternative text, and what stands below.

    feet: the paragraphs of the foot, from the fullest to the shortest. boundaries: the whole credit
    of the boundaries, for the metadata of a file; empty without a map.
    """

    title: str
    subtitle: str
    alt: str
    feet: tuple[tuple[str, ...], ...]
    boundaries: str


def texts_of_caption(caption: Caption) -> FigureTexts:
    """The texts of a caption as the atlas writes them, without the reader's own."""
    return FigureTexts(
        _strip_final_stop(caption.title.text),
        caption.subtitle,
        caption.alt.text,
        tuple(caption.foot.variants()),
        caption.notes[-1].text if caption.foot.boundaries else "",
    )


def _strip_final_stop(title: str) -> str:
    """The title without its full stop, because headings end without one."""
    return title.removesuffix(".").removesuffix("。")


@dataclass(frozen=True)
class FigureSubject:
    """A request with the data that it refers to."""

    picture: FigureRequest

    @cached_property
    def translators(self) -> tuple[Translator, ...]:
        """The translators of the picture's languages, the larger one first."""
        return tuple(translator(lang) for lang in self.picture.languages)

    @property
    def is_bilingual(self) -> bool:
        return len(self.translators) > 1

    @property
    def measure(self) -> Measure:
        return self.picture.shown_measure

    @cached_property
    def snapshot(self) -> Snapshot:
        """The cells of the measure and year; for a recipe, the result of the open index."""
        request = self.picture
        if not request.recipe:
            return request.shown_measure.snapshot(request.year)
        recipe = recipe_from_address(request.recipe)
        sure = recipe_uncertainty(recipe, request.year)
        return result_snapshot(score_index(recipe, request.year), WHOLE_INDEX, sure)

    @cached_property
    def shown(self) -> MeasureMap:
        """The map of one measure; of a recipe, its result."""
        request = self.picture
        ranks = ranks_to_mark(self.measure, request.year, request.marks)
        if request.recipe:
            choropleth = replace(classify_snapshot(self.snapshot), ranks=ranks)
            return MeasureMap(self.measure, self.measure, choropleth, request.display)
        return build_measure_map(
            self.measure,
            request.year,
            request.display,
            request.method,
            request.classes,
            request.custom_breaks,
            ranks,
        )

    @property
    def choropleth(self) -> Choropleth:
        return self.shown.choropleth

    @cached_property
    def pair(self) -> MapPair:
        """The two maps of a picture of two, or of both on one map."""
        request = self.picture
        return build_map_pair(
            request.shown_measure,
            request.year,
            request.second_measure,
            request.year2,
            request.classed == CLASS_MODES[0],
        )

    @cached_property
    def difference_map(self) -> DifferenceMap | None:
        """The third map; None if it is hidden, has no room, or cannot be formed."""
        if self.picture.third != DIFFERENCE_MODES[0] or not ALL_SIZES[self.picture.size].thirds:
            return None
        try:
            return build_difference_map(self.pair)
        except InputError:  # the caption's notes say why
            return None

    @cached_property
    def legends(self) -> tuple[Legend, ...]:
        """The legend of the map in each language."""
        shown, province = self.shown, self.picture.province
        return tuple(
            build_map_legend(shown.measure, shown.choropleth, t, province, shown.difference)
            for t in self.translators
        )

    @cached_property
    def pair_legends(self) -> tuple[tuple[Legend, ...], ...]:
        """The legends of a picture of two maps, each of them in each language."""
        legends = (build_pair_legends(self.pair, self.difference_map, t) for t in self.translators)
        return tuple(zip(*legends, strict=True))

    @cached_property
    def bivariate(self) -> Bivariate:
        """Both measures on one map."""
        return build_bivariate(self.pair.first, self.pair.second)

    @cached_property
    def bivariate_legends(self) -> tuple[BivariateLegend, ...]:
        """The legend of both measures on one map, in each language."""
        return tuple(build_bivariate_legend(self.pair, self.bivariate, t) for t in self.translators)

    @cached_property
    def rankings(self) -> tuple[Ranking, ...]:
        """The ranking of the map in each language."""
        return tuple(
            build_ranking(self.shown.measure, self.choropleth, t) for t in self.translators
        )

    @cached_property
    def relation(self) -> Relation:
        """The two measures of a scatter."""
        request = self.picture
        return relate_measures(
            request.shown_measure, request.year, request.second_measure, request.year2
        )

    @cached_property
    def time_series(self) -> TimeSeries:
        """The lines of a time series."""
        return build_time_series(self.measure, self.picture.provinces, self.picture.course)

    @cached_property
    def texts(self) -> tuple[FigureTexts, ...]:
        """Title, subtitle, source and notes in each language."""
        build_caption = FIGURE_KINDS[self.picture.kind].build_caption
        return tuple(texts_of_caption(build_caption(self, t)) for t in self.translators)

    def translate_each(self, of: Callable[[Translator], str], joint: str = "  ") -> str:
        """A text in each language of the picture, without duplicates."""
        return self.join_languages((of(t) for t in self.translators), joint)

    def join_languages(self, texts: Iterable[str], joint: str = "  ") -> str:
        """The texts of the languages as one, without duplicates and empty ones."""
        return joint.join(dict.fromkeys(filter(None, texts)))

    def message_each(self, message: str, joint: str = "  ") -> str:
        """A message of the catalogue in each language of the picture."""
        return self.translate_each(lambda t: t(message), joint)
