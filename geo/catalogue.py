"""The list of all that the atlas holds figures of, with search, filters and coverage.

An entry is a measure that a map may show, or one of the published series behind the measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from geo import openindex, provenance, wording
from geo.cells import Status
from geo.dataset import dataset
from geo.indicators import CONTEXT, Measure, published_indicators, published_values
from geo.measures import all_measures, snapshot_of
from geo.provinces import evaluated_adcodes
from geo.text import LANGUAGES, N_, Translator, translator
from geo.upload import session
from geo.view import EVERY_GROUP, KINDS, PageState

SERIES = "series"
OWN = "own"


@dataclass(frozen=True)
class CatalogueEntry:
    """One line of the catalogue.

    key: of the measure, or of the series in the catalogue of sources. kind: report, index,
    indicator or series. groups: the dimensions that it stands under, or ``context``; a series
    stands where the measures do that are reckoned from it. measure: None for a series.
    """

    key: str
    kind: str
    groups: tuple[str, ...]
    years: tuple[int, ...]
    measure: Measure | None = None

    def title(self, t: Translator) -> str:
        if self.measure:
            return wording.measure_name(self.measure, t)
        return t.localized_column(dataset().catalogue.loc[self.key], "name")

    def unit(self, t: Translator) -> str:
        """The unit of the figures; empty for published ranks."""
        if self.measure:
            return t.localized(self.measure.unit_en, self.measure.unit_zh)
        return t.localized_column(dataset().catalogue.loc[self.key], "unit")

    def definition_pairs(self, t: Translator) -> list[tuple[str, str]]:
        """What it is and whose, as pairs of head and text."""
        if self.measure:
            return provenance.measure_definition(self.measure, self.years[-1], t)
        source = provenance.series_source(self.key, t)
        used = [wording.measure_name(measure, t) for measure in indicators_using(self.key)]
        return [
            (t(N_("Unit as published")), source.unit),
            (t(N_("Source")), provenance.cite_source(source, t)),
            (t(N_("Used in")), t.join_names(used) if used else t(N_("no measure"))),
        ]


def indicators_using(series: str) -> list[Measure]:
    """The indicators that are reckoned from a published series."""
    return [
        indicator for indicator in published_indicators().values() if series in indicator.series_ids
    ]


def catalogue_entries() -> Mapping[str, tuple[CatalogueEntry, ...]]:
    """All entries by the heads of the list.

    The heads: report, index, each dimension, context, and series; before them ``own``, if the
    session that is being served has measures of its own.
    """
    entries = tuple(map(_measure_entry, session.current_tables().all_measures.values()))
    return {OWN: entries, **_published_entries()} if entries else _published_entries()


def _measure_entry(measure: Measure) -> CatalogueEntry:
    return CatalogueEntry(measure.id, measure.kind, (measure.dimension,), measure.years, measure)


@cache
def _published_entries() -> dict[str, tuple[CatalogueEntry, ...]]:
    entries: dict[str, list[CatalogueEntry]] = {"report": [], "index": []}
    for measure in all_measures().values():
        if measure.kind != OWN:
            head = measure.dimension if measure.kind == "indicator" else measure.kind
            entries.setdefault(head, []).append(_measure_entry(measure))
    entries[SERIES] = [_series_entry(str(name)) for name in dataset().catalogue.index]
    return {head: tuple(listed) for head, listed in entries.items()}


def _series_entry(name: str) -> CatalogueEntry:
    row = dataset().catalogue.loc[name]
    years = range(int(row["first_year"]), int(row["last_year"]) + 1)
    groups = dict.fromkeys(measure.dimension for measure in indicators_using(name))
    has = tuple(year for year in years if not published_values(name, year).empty)
    return CatalogueEntry(name, SERIES, tuple(groups) or (CONTEXT,), has)


def filter_entries(view: PageState) -> dict[str, list[CatalogueEntry]]:
    """The entries that the search and the filters of a view leave, under their heads.

    Every word of the search must stand in the name, unit, definition or source of an entry, in
    either language, in any case. Heads with nothing under them are left out.
    """
    words = view.find.casefold().split()
    entries = {
        head: [
            entry
            for entry in catalogue_entry
            if view.kind in (KINDS[0], entry.kind)
            and (view.group == EVERY_GROUP or view.group in entry.groups)
            and all(word in search_text(entry) for word in words)
        ]
        for head, catalogue_entry in catalogue_entries().items()
    }
    return {head: results for head, results in entries.items() if results}


def search_text(entry: CatalogueEntry) -> str:
    """The text of an entry that a search looks into, in both languages."""
    # What is a reader's own is not kept beyond the session.
    return _build_search_text(entry) if entry.kind == OWN else _cached_search_text(entry)


@lru_cache(maxsize=256)
def _cached_search_text(entry: CatalogueEntry) -> str:
    return _build_search_text(entry)


def _build_search_text(entry: CatalogueEntry) -> str:
    parts = [entry.key]
    for t in map(translator, LANGUAGES):
        parts += [entry.title(t), entry.unit(t)]
        parts += [text for _, text in entry.definition_pairs(t)]
    return " ".join(parts).casefold()


def coverage_of(entry: CatalogueEntry) -> Mapping[int, tuple[Status, ...]]:
    """For each year of an entry, the status of each of the 31 provinces, in adcode order."""
    return _compute_coverage(entry) if entry.kind == OWN else _cached_coverage(entry)


@lru_cache(maxsize=256)
def _cached_coverage(entry: CatalogueEntry) -> Mapping[int, tuple[Status, ...]]:
    return _compute_coverage(entry)


def _compute_coverage(entry: CatalogueEntry) -> Mapping[int, tuple[Status, ...]]:
    if entry.measure:
        read = openindex.score_snapshot if entry.kind == "index" else snapshot_of
        cells = {year: read(entry.key, year).cells for year in entry.years}
        return {y: tuple(cell[a].status for a in evaluated_adcodes()) for y, cell in cells.items()}
    doubtful = dataset().doubtful
    rows = doubtful[doubtful["indicator"] == entry.key]
    doubts = set(zip(rows["adcode"], rows["year"], strict=True))
    status = {}
    for year in entry.years:
        there = set(published_values(entry.key, year).index)
        status[year] = tuple(
            Status.NOT_PUBLISHED
            if adcode not in there
            else Status.DOUBTFUL
            if (adcode, year) in doubts
            else Status.VALUE
            for adcode in evaluated_adcodes()
        )
    return status
