"""Where a measure comes from: what it is, whose figures it uses, and where they were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo import indexwording, openindex, report, wording
from geo.dataset import dataset
from geo.index.model import score
from geo.indicators import CONTEXT, Measure
from geo.text import N_, Texts
from geo.upload import words


@dataclass(frozen=True)
class Source:
    """Whose figures a series holds and where they were read, in the reader's language.

    series: the name of a published series, or of a published list; unit: as the body prints it
    ('' for ranks); years: first and last.
    """

    series: str
    unit: str
    years: tuple[int, int]
    issuer: str
    via: str
    note: str


def kind(measure: Measure, year: int, say: Texts) -> str:
    """Who made the figures, what they are counted in, and who sorted them, in one line."""
    if measure.kind == "report":
        return say(N_("Published ranks of the Digital China report; no scores are published"))
    unit = say.pick(measure.unit_en, measure.unit_zh)
    if measure.kind == "index":
        return indexwording.note(measure, year, say)
    if measure.kind == "own":
        unchecked = say(words.UNCHECKED)
        return say(N_("{unchecked}, {unit}"), unchecked=unchecked, unit=unit) if unit else unchecked
    if measure.dimension == CONTEXT:
        return say(N_("Indicator, {unit}; for context, not part of the index"), unit=unit)
    return say(
        N_("Indicator, {unit}; we sort it under {dimension}, not the report"),
        unit=unit,
        dimension=wording.dimension_name(measure.dimension, say),
    )


def definition(measure: Measure, year: int, say: Texts) -> list[tuple[str, str]]:
    """What a measure is and whose figures it uses, as pairs of head and text."""
    if measure.kind == "report":
        source = report.sources(measure.dimension, year)
        return [(say(N_("Source")), wording.remark(source, say))]
    if measure.kind == "index":
        return indexwording.definition(measure, year, say)
    if measure.kind == "own":
        return [(say(N_("Definition")), words.definition(measure, say))]
    rows = [(say(N_("Definition")), wording.formula(measure, say))]
    caveat = wording.remark(measure.caveat, say)
    if caveat:
        rows.append((say(N_("Mind")), caveat))
    for own in sources(measure, say):
        rows.append((own.series, cited(own, say)))
    return rows


def cited(source: Source, say: Texts) -> str:
    """A source as sentences: the issuing body, where its figures were read, and what to mind."""
    if not source.via:
        return say.paragraph([source.issuer, source.note])
    line = say(N_("{source}. Read from: {via}."), source=source.issuer, via=source.via)
    return say.paragraph([line, source.note])


def sources(measure: Measure, say: Texts) -> list[Source]:
    """The published series behind a measure, or the editions of a published list.

    Of the open index, the series of every indicator that enters in some year.
    """
    if measure.kind == "report":
        return [_edition(measure, year, say) for year in measure.years]
    return [series(name, say) for name in series_of(measure)]


def series_of(measure: Measure) -> list[str]:
    """The keys of the published series behind a measure; none for a published list."""
    if measure.kind != "index":
        return list(measure.indicators)
    return list(
        dict.fromkeys(
            name
            for year in measure.years
            for own in openindex.entered(score(openindex.recipe(year), year), measure.dimension)
            for name in own.indicators
        )
    )


def series(name: str, say: Texts) -> Source:
    """One published series of the catalogue. Raises KeyError for an unknown one."""
    entry = dataset().catalogue.loc[name]
    return Source(
        series=say.column(entry, "name"),
        unit=str(entry["published_unit"]),
        years=(int(entry["first_year"]), int(entry["last_year"])),
        issuer=say.column(entry, "source"),
        via=say.column(entry, "via"),
        note=say.column(entry, "note"),
    )


def _edition(measure: Measure, year: int, say: Texts) -> Source:
    source = wording.remark(report.sources(measure.dimension, year), say)
    return Source(wording.measure_name(measure, say), "", (year, year), source, "", "")


def listed(names: Iterable[str], say: Texts) -> str:
    """Names in a row, each once, in the order of the alphabet."""
    return say.listing(sorted(set(names)))
