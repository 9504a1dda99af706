"""The words around a map of one measure, of whatever kind, and around an index by any recipe."""

from __future__ import annotations

from geo import openindex
from geo.captions import alternative, figuretitles, listtitles, notes, sources
from geo.captions.caption import Caption
from geo.captions.topics import subtitle
from geo.cells import Scale, Snapshot
from geo.choropleth import Choropleth, choropleth
from geo.index.model import IndexResult, score
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.sentences import Sentence
from geo.text import N_, Texts


def caption(
    measure: Measure,
    year: int,
    say: Texts,
    province: str = "",
    drawn: Choropleth | None = None,
) -> Caption:
    """The words around the map of a measure in a year that it has.

    province: the adcode that the title is about; empty for the whole country. drawn: the map
    where it has other classes than the default, for the alternative text. Raises KeyError for a
    year that the measure does not have.
    """
    own = snapshot(measure.id, year)
    drawn = drawn or choropleth(own)
    if measure.kind == "index":
        result = score(openindex.recipe(year), year)
        return _of_index(result, measure, drawn, say, province)
    if measure.kind == "report":
        told = notes.of_list(own, say)
    else:
        told = notes.of_figures(own, measure, say)
    return Caption(
        title=title(own, measure, say, province),
        subtitle=subtitle(measure, year, say),
        alt=alternative.of_map(drawn, measure, say),
        source=sources.line([(measure, year)], say),
        notes=notes.once([*told, notes.boundaries(say)]),
    )


def index_caption(
    result: IndexResult, say: Texts, part: str = openindex.WHOLE, province: str = ""
) -> Caption:
    """The words around an index by any recipe, or one of its dimensions, with its intervals.

    What is not made by the default recipe says so in the subtitle and in the notes.
    """
    measure = measures()[openindex.PREFIX + part]
    own = openindex.snapshot_of(result, part, openindex.intervals(result, part))
    return _of_index(result, measure, choropleth(own), say, province)


def _of_index(
    result: IndexResult, measure: Measure, drawn: Choropleth, say: Texts, province: str
) -> Caption:
    under = subtitle(measure, result.year, say)
    if result.recipe != openindex.recipe(result.year):
        under = say(N_("{subtitle}; {mark}"), subtitle=under, mark=notes.mark(result, say))
    return Caption(
        title=title(drawn.snapshot, measure, say, province),
        subtitle=under,
        alt=alternative.of_map(drawn, measure, say),
        source=sources.index_line(result, measure.dimension, say),
        notes=notes.once([*notes.of_index(result, measure.dimension, say), notes.boundaries(say)]),
    )


def title(own: Snapshot, measure: Measure, say: Texts, province: str = "") -> Sentence:
    """A finding on the country, or on one province."""
    titles = figuretitles if own.scale is Scale.QUANTITY else listtitles
    if province:
        return titles.of_province(own.cells[province], own, measure, say)
    return titles.of_country(own, measure, say)
