"""The words around a map of one measure, of whatever kind, and around an index by any recipe."""

from __future__ import annotations

from geo import openindex
from geo.captions import alternative, figuretitles, listtitles, notes, sources
from geo.captions.caption import Caption
from geo.captions.topics import map_subtitle
from geo.cells import Scale, Snapshot
from geo.choropleth import Choropleth, classify_snapshot
from geo.index.model import IndexResult, score_index
from geo.indicators import Measure
from geo.measures import all_measures, snapshot_of
from geo.sentences import Sentence
from geo.text import N_, Translator


def map_caption(
    measure: Measure,
    year: int,
    t: Translator,
    province: str = "",
    drawn: Choropleth | None = None,
) -> Caption:
    """The words around the map of a measure in a year that it has.

    province: the adcode that the title is about; empty for the whole country. drawn: the map
    where it has other classes than the default, for the alternative text. Raises KeyError for a
    year that the measure does not have.
    """
    snapshot = snapshot_of(measure.id, year)
    drawn = drawn or classify_snapshot(snapshot)
    if measure.kind == "index":
        result = score_index(openindex.default_recipe(year), year)
        return _index_map_caption(result, measure, drawn, t, province)
    if measure.kind == "report":
        sentences = notes.published_list_notes(snapshot, t)
    else:
        sentences = notes.indicator_notes(snapshot, measure, t)
    return Caption(
        title=map_title(snapshot, measure, t, province),
        subtitle=map_subtitle(measure, year, t),
        alt=alternative.describe_map(drawn, measure, t),
        source=sources.source_line([(measure, year)], t),
        notes=notes.deduplicate([*sentences, notes.boundary_note(t)]),
    )


def index_caption(
    result: IndexResult, t: Translator, part: str = openindex.WHOLE, province: str = ""
) -> Caption:
    """The words around an index by any recipe, or one of its dimensions, with its intervals.

    What is not made by the default recipe says so in the subtitle and in the notes.
    """
    measure = all_measures()[openindex.PREFIX + part]
    snapshot = openindex.result_snapshot(result, part, openindex.rank_intervals(result, part))
    return _index_map_caption(result, measure, classify_snapshot(snapshot), t, province)


def _index_map_caption(
    result: IndexResult, measure: Measure, drawn: Choropleth, t: Translator, province: str
) -> Caption:
    under = map_subtitle(measure, result.year, t)
    if result.recipe != openindex.default_recipe(result.year):
        under = t(N_("{subtitle}; {mark}"), subtitle=under, mark=notes.recipe_label(result, t))
    return Caption(
        title=map_title(drawn.snapshot, measure, t, province),
        subtitle=under,
        alt=alternative.describe_map(drawn, measure, t),
        source=sources.index_source_line(result, measure.dimension, t),
        notes=notes.deduplicate(
            [*notes.index_notes(result, measure.dimension, t), notes.boundary_note(t)]
        ),
    )


def map_title(snapshot: Snapshot, measure: Measure, t: Translator, province: str = "") -> Sentence:
    """A finding on the country, or on one province."""
    figures = snapshot.scale is Scale.QUANTITY
    if province:
        cell = snapshot.cells[province]
        if figures:
            return figuretitles.title_for_province(cell, snapshot, measure, t)
        return listtitles.list_title_for_province(cell, snapshot, measure, t)
    if figures:
        return figuretitles.title_for_country(snapshot, measure, t)
    return listtitles.list_title_for_country(snapshot, measure, t)
