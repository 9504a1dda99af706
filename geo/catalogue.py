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
from geo.indicators import CONTEXT, Measure, indicators, published
from geo.measures import measures, snapshot
from geo.provinces import evaluated
from geo.text import LANGUAGES, N_, Texts, texts
from geo.upload import session
from geo.view import EVERY_GROUP, KINDS, View

SERIES = "series"
OWN = "own"


@dataclass(frozen=True)
class Entry:
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

    def name(self, say: Texts) -> str:
        if self.measure:
            return wording.measure_name(self.measure, say)
        return say.column(dataset().catalogue.loc[self.key], "name")

    def unit(self, say: Texts) -> str:
        """The unit of the figures; empty for published ranks."""
        if self.measure:
            return say.pick(self.measure.unit_en, self.measure.unit_zh)
        return say.column(dataset().catalogue.loc[self.key], "unit")

    def definition(self, say: Texts) -> list[tuple[str, str]]:
        """What it is and whose, as pairs of head and text."""
        if self.measure:
            return provenance.definition(self.measure, self.years[-1], say)
        source = provenance.series(self.key, say)
        used = [wording.measure_name(own, say) for own in users(self.key)]
        return [
            (say(N_("Unit as published")), source.unit),
            (say(N_("Source")), provenance.cited(source, say)),
            (say(N_("Used in")), say.listing(used) if used else say(N_("no measure"))),
        ]


def users(series: str) -> list[Measure]:
    """The indicators that are reckoned from a published series."""
    return [own for own in indicators().values() if series in own.indicators]


def entries() -> Mapping[str, tuple[Entry, ...]]:
    """All entries by the heads of the list.

    The heads: report, index, each dimension, context, and series; before them ``own``, if the
    session that is being served has measures of its own.
    """
    own = tuple(map(_entry, session.current().measures.values()))
    return {OWN: own, **_published()} if own else _published()


def _entry(own: Measure) -> Entry:
    return Entry(own.id, own.kind, (own.dimension,), own.years, own)


@cache
def _published() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {"report": [], "index": []}
    for own in measures().values():
        if own.kind != OWN:
            head = own.dimension if own.kind == "indicator" else own.kind
            found.setdefault(head, []).append(_entry(own))
    found[SERIES] = [_series(str(name)) for name in dataset().catalogue.index]
    return {head: tuple(listed) for head, listed in found.items()}


def _series(name: str) -> Entry:
    row = dataset().catalogue.loc[name]
    years = range(int(row["first_year"]), int(row["last_year"]) + 1)
    groups = dict.fromkeys(own.dimension for own in users(name))
    has = tuple(year for year in years if not published(name, year).empty)
    return Entry(name, SERIES, tuple(groups) or (CONTEXT,), has)


def listed(view: View) -> dict[str, list[Entry]]:
    """The entries that the search and the filters of a view leave, under their heads.

    Every word of the search must stand in the name, unit, definition or source of an entry, in
    either language, in any case. Heads with nothing under them are left out.
    """
    words = view.find.casefold().split()
    kept = {
        head: [
            own
            for own in found
            if view.kind in (KINDS[0], own.kind)
            and (view.group == EVERY_GROUP or view.group in own.groups)
            and all(word in searched(own) for word in words)
        ]
        for head, found in entries().items()
    }
    return {head: found for head, found in kept.items() if found}


def searched(own: Entry) -> str:
    """The text of an entry that a search looks into, in both languages."""
    # What is a reader's own is not kept beyond the session.
    return _text(own) if own.kind == OWN else _kept_text(own)


@lru_cache(maxsize=256)
def _kept_text(own: Entry) -> str:
    return _text(own)


def _text(own: Entry) -> str:
    parts = [own.key]
    for say in map(texts, LANGUAGES):
        parts += [own.name(say), own.unit(say)]
        parts += [text for _, text in own.definition(say)]
    return " ".join(parts).casefold()


def coverage(own: Entry) -> Mapping[int, tuple[Status, ...]]:
    """For each year of an entry, the status of each of the 31 provinces, in adcode order."""
    return _coverage(own) if own.kind == OWN else _kept_coverage(own)


@lru_cache(maxsize=256)
def _kept_coverage(own: Entry) -> Mapping[int, tuple[Status, ...]]:
    return _coverage(own)


def _coverage(own: Entry) -> Mapping[int, tuple[Status, ...]]:
    if own.measure:
        read = openindex.scored if own.kind == "index" else snapshot
        cells = {year: read(own.key, year).cells for year in own.years}
        return {y: tuple(found[a].status for a in evaluated()) for y, found in cells.items()}
    doubtful = dataset().doubtful
    rows = doubtful[doubtful["indicator"] == own.key]
    doubts = set(zip(rows["adcode"], rows["year"], strict=True))
    found = {}
    for year in own.years:
        there = set(published(own.key, year).index)
        found[year] = tuple(
            Status.NOT_PUBLISHED
            if adcode not in there
            else Status.DOUBTFUL
            if (adcode, year) in doubts
            else Status.VALUE
            for adcode in evaluated()
        )
    return found
