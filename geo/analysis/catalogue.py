"""The catalogue of all measures and series, with search, filters and coverage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from typing import Final

from geo.analysis.definitions import format_years, measure_definition
from geo.analysis.registry import (
    UPLOADED_KIND,
    Catalogue,
    cache_published,
    published_measures,
    uploaded_measures,
)
from geo.analysis.sources import describe_source, series_source
from geo.analysis.state import EVERY_GROUP, LISTED_KINDS, PageState
from geo.colours import COLOURS
from geo.index import score_snapshot
from geo.limits import CATALOGUE_CACHE_SIZE
from geo.maps import (
    BORDER_COLOUR,
    INDEX_RAMP,
    OWN_RAMP,
    QUANTITY_RAMP,
    RANK_RAMP,
    SELECTED_COLOUR,
    STATUS_STYLES,
    colour_ramp,
)
from geo.measures import (
    CONTEXT,
    EVALUATED_COUNT,
    Measure,
    Status,
    measure_name,
    measure_unit,
    published_indicators,
    published_values,
)
from geo.tables import dataset
from geo.text import LANGUAGES, N_, Translator, translator
from geo.units import evaluated_adcodes

SERIES_HEAD = "series"
UPLOADED_HEAD = UPLOADED_KIND
CELL: Final = (4, 3)  # width and height of a province in a year, px
# Known cells are filled, doubtful ones have another colour, and gaps are empty.
STATUS_COLOURS: Final = {
    Status.VALUE: colour_ramp(QUANTITY_RAMP, 5)[3],
    Status.DERIVED: colour_ramp(QUANTITY_RAMP, 5)[3],
    Status.DOUBTFUL: SELECTED_COLOUR,
    Status.OWN: colour_ramp(OWN_RAMP, 5)[3],
    Status.OWN_DERIVED: colour_ramp(OWN_RAMP, 5)[3],
    Status.RANK: colour_ramp(RANK_RAMP, 5)[4],
    Status.RANK_AMONG_TEN: STATUS_STYLES[Status.RANK_AMONG_TEN].fill,
    Status.NAMED: STATUS_STYLES[Status.NAMED].fill,
    Status.OUTSIDE: colour_ramp(RANK_RAMP, 5)[0],
}
SURFACE: Final = COLOURS["surface"]
OURS: Final = colour_ramp(INDEX_RAMP, 5)[3]
# What each colour of a grid means, in the order of the key.
COVERAGE_KEY: Final = (
    (STATUS_COLOURS[Status.VALUE], N_("value, published or calculated")),
    (OURS, N_("score of the open index")),
    (STATUS_COLOURS[Status.RANK], N_("published rank")),
    (STATUS_COLOURS[Status.RANK_AMONG_TEN], N_("rank among the comprehensive ten only")),
    (STATUS_COLOURS[Status.NAMED], N_("listed without a rank")),
    (STATUS_COLOURS[Status.OUTSIDE], N_("outside the published ten")),
    (STATUS_COLOURS[Status.DOUBTFUL], N_("doubtful value")),
    (SURFACE, N_("not published")),
)
UPLOADED_KEY: Final = (STATUS_COLOURS[Status.OWN], N_("value in uploaded data"))


@dataclass(frozen=True)
class CatalogueEntry:
    """One line of the catalogue.

    key: of the measure, or of the series in the catalogue of sources. kind: report, index,
    indicator or series. groups: the dimensions to which it belongs, or ``context``; a series
    has the groups of the measures that use it. measure: None for a series.
    """

    key: str
    kind: str
    groups: tuple[str, ...]
    years: tuple[int, ...]
    measure: Measure | None = None

    def title(self, t: Translator) -> str:
        if self.measure:
            return measure_name(self.measure, t)
        return series_source(self.key).title(t)

    def unit(self, t: Translator) -> str:
        """Return the unit of the values; empty for published ranks."""
        if self.measure:
            return measure_unit(self.measure, t)
        return t.localized(dataset().catalogue.loc[self.key], "unit")

    def definition_pairs(self, t: Translator) -> list[tuple[str, str]]:
        """Return the definition and the source as pairs of heading and text."""
        if self.measure:
            return list(measure_definition(self.measure, self.years[-1], t))
        source = series_source(self.key)
        used = [measure_name(measure, t) for measure in indicators_using(self.key)]
        return [
            (t(N_("Unit as published")), source.unit),
            (t(N_("Source")), describe_source(source, t)),
            (t(N_("Used in")), t.join_names(used) if used else t(N_("not used by any measure"))),
        ]


def indicators_using(series: str) -> list[Measure]:
    """Return the indicators that are calculated from a published series."""
    return _indicators_by_series().get(series, [])


@cache
def _indicators_by_series() -> dict[str, list[Measure]]:
    users: dict[str, list[Measure]] = {}
    for indicator in published_indicators().values():
        for series in dict.fromkeys(indicator.series_ids):
            users.setdefault(series, []).append(indicator)
    return users


def catalogue_entries(catalogue: Catalogue) -> Mapping[str, tuple[CatalogueEntry, ...]]:
    """Return all entries by the headings of the list.

    The headings: report, index, each dimension, context, and series; before them ``own``, if the
    catalogue has uploaded measures.
    """
    entries = tuple(map(_measure_entry, uploaded_measures(catalogue)))
    return {UPLOADED_HEAD: entries, **_published_entries()} if entries else _published_entries()


def _measure_entry(measure: Measure) -> CatalogueEntry:
    return CatalogueEntry(measure.id, measure.kind, (measure.dimension,), measure.years, measure)


@cache
def _published_entries() -> dict[str, tuple[CatalogueEntry, ...]]:
    entries: dict[str, list[CatalogueEntry]] = {"report": [], "index": []}
    for measure in published_measures().values():
        head = measure.dimension if measure.kind == "indicator" else measure.kind
        entries.setdefault(head, []).append(_measure_entry(measure))
    entries[SERIES_HEAD] = [_series_entry(str(name)) for name in dataset().catalogue.index]
    return {head: tuple(listed) for head, listed in entries.items()}


def _series_entry(name: str) -> CatalogueEntry:
    first, last = series_source(name).years
    years = range(first, last + 1)
    groups = dict.fromkeys(measure.dimension for measure in indicators_using(name))
    has = tuple(year for year in years if not published_values(name, year).empty)
    return CatalogueEntry(name, SERIES_HEAD, tuple(groups) or (CONTEXT,), has)


def filter_entries(view: PageState) -> dict[str, list[CatalogueEntry]]:
    """Return the entries that match the search and the filters of a view, under their headings.

    Every word of the search must occur in the name, unit, definition or source of an entry, in
    either language, ignoring case. Empty headings are left out.
    """
    words = view.find.casefold().split()
    entries = {
        head: [
            entry
            for entry in catalogue_entry
            if view.kind in (LISTED_KINDS[0], entry.kind)
            and (view.group == EVERY_GROUP or view.group in entry.groups)
            and all(word in search_text(entry) for word in words)
        ]
        for head, catalogue_entry in catalogue_entries(view.catalogue).items()
    }
    return {head: results for head, results in entries.items() if results}


@cache_published(maxsize=CATALOGUE_CACHE_SIZE)
def search_text(entry: CatalogueEntry) -> str:
    """Return the searchable text of an entry, in both languages."""
    parts = [entry.key]
    for t in map(translator, LANGUAGES):
        parts += [entry.title(t), entry.unit(t)]
        parts += [text for _, text in entry.definition_pairs(t)]
    return " ".join(parts).casefold()


@cache_published(maxsize=CATALOGUE_CACHE_SIZE)
def coverage_of(entry: CatalogueEntry) -> Mapping[int, tuple[Status, ...]]:
    """Return the statuses of the 31 provinces, in adcode order, for each year of an entry."""
    if entry.measure:
        measure = entry.measure
        # Intervals of the index take most of the time, and change no status.
        read = partial(score_snapshot, measure.id) if entry.kind == "index" else measure.snapshot
        cells = {year: read(year).cells for year in entry.years}
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


def coverage_grid(
    coverage: Mapping[int, Sequence[Status]], axis: tuple[int, int], ours: bool = False
) -> str:
    """Return a grid as SVG: a row for each year, the first on top, a column for each province.

    coverage: the statuses of the provinces by year. ours: draw in the colours of the open index.
    """
    first, last = axis
    wide, high = CELL
    width, height = EVALUATED_COUNT * wide, (last - first + 1) * high
    paths: dict[str, str] = {}
    for year, statuses in coverage.items():
        y = (year - first) * high
        x = 0
        for colour, run in groupby(_status_colour(status, ours) for status in statuses):
            length = wide * len(list(run))
            if colour:
                paths[colour] = paths.get(colour, "") + f"M{x} {y}h{length}v{high}h-{length}z"
            x += length
    filled = "".join(f'<path d="{path}" fill="{colour}"/>' for colour, path in paths.items())
    frame = (
        f'<path d="M.5.5h{width}v{height - 1}h-{width}z" fill="{SURFACE}"'
        f' stroke="{BORDER_COLOUR}"/>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 1} {height}"'
        f' width="{width + 1}" height="{height}" shape-rendering="crispEdges">{frame}{filled}</svg>'
    )


def _status_colour(status: Status, ours: bool) -> str:
    if ours and status is Status.DERIVED:
        return OURS
    return STATUS_COLOURS.get(status, "")


def coverage_key(catalogue: Catalogue, t: Translator) -> list[tuple[str, str]]:
    """Return the colours of the coverage grids, as `#rrggbb`, each with what it means.

    The colour of uploaded data is among them only if the catalogue has uploaded measures.
    """
    own = [UPLOADED_KEY] if uploaded_measures(catalogue) else []
    return [(colour, t(name)) for colour, name in (*own, *COVERAGE_KEY)]


def describe_coverage(coverage: Mapping[int, Sequence[Status]], t: Translator) -> str:
    """Return as text the years, the provinces in each, and the number of doubtful values."""
    counts = [sum(_is_known(status) for status in statuses) for statuses in coverage.values()]
    doubtful = sum(
        status is Status.DOUBTFUL for statuses in coverage.values() for status in statuses
    )
    years = format_years(list(coverage), t)
    few, many = min(counts), max(counts)
    if few == many:
        text = t(N_("{years}: {count} of {of} provinces"), years=years, count=few,
                   of=EVALUATED_COUNT)  # fmt: skip
    else:
        text = t(
            N_("{years}: {few} to {many} of {of} provinces"),
            years=years,
            few=few,
            many=many,
            of=EVALUATED_COUNT,
        )
    if doubtful:
        return t(N_("{text}; doubtful values: {count}"), text=text, count=doubtful)
    return text


def _is_known(status: Status) -> bool:
    """Return whether a status states something about a province."""
    return status in STATUS_COLOURS and status is not Status.OUTSIDE
