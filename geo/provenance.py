"""Where a measure comes from: what it is, whose figures it uses, and where they were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo import indexwording, openindex, report, wording
from geo.dataset import dataset
from geo.index.model import score_index
from geo.indicators import CONTEXT, Measure
from geo.text import N_, Translator
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


def kind_line(measure: Measure, year: int, t: Translator) -> str:
    """Who made the figures, what they are counted in, and who sorted them, in one line."""
    if measure.kind == "report":
        return t(N_("Published ranks of the Digital China report; no scores are published"))
    unit = t.localized(measure.unit_en, measure.unit_zh)
    if measure.kind == "index":
        return indexwording.open_index_note(measure, year, t)
    if measure.kind == "own":
        unchecked = t(words.UNCHECKED)
        return t(N_("{unchecked}, {unit}"), unchecked=unchecked, unit=unit) if unit else unchecked
    if measure.dimension == CONTEXT:
        return t(N_("Indicator, {unit}; for context, not part of the index"), unit=unit)
    return t(
        N_("Indicator, {unit}; we sort it under {dimension}, not the report"),
        unit=unit,
        dimension=wording.dimension_name(measure.dimension, t),
    )


def measure_definition(measure: Measure, year: int, t: Translator) -> list[tuple[str, str]]:
    """What a measure is and whose figures it uses, as pairs of head and text."""
    if measure.kind == "report":
        source = report.list_source(measure.dimension, year)
        return [(t(N_("Source")), wording.localized_remark(source, t))]
    if measure.kind == "index":
        return indexwording.open_index_definition(measure, year, t)
    if measure.kind == "own":
        return [(t(N_("Definition")), words.uploaded_definition(measure, t))]
    rows = [(t(N_("Definition")), wording.describe_formula(measure, t))]
    caveat = wording.localized_remark(measure.caveat, t)
    if caveat:
        rows.append((t(N_("Mind")), caveat))
    for entry in sources_of(measure, t):
        rows.append((entry.series, cite_source(entry, t)))
    return rows


def cite_source(source: Source, t: Translator) -> str:
    """A source as sentences: the issuing body, where its figures were read, and what to mind."""
    if not source.via:
        return t.join_sentences([source.issuer, source.note])
    line = t(N_("{source}. Read from: {via}."), source=source.issuer, via=source.via)
    return t.join_sentences([line, source.note])


def sources_of(measure: Measure, t: Translator) -> list[Source]:
    """The published series behind a measure, or the editions of a published list.

    Of the open index, the series of every indicator that enters in some year.
    """
    if measure.kind == "report":
        return [_edition_source(measure, year, t) for year in measure.years]
    return [series_source(name, t) for name in series_ids_of(measure)]


def series_ids_of(measure: Measure) -> list[str]:
    """The keys of the published series behind a measure; none for a published list."""
    if measure.kind != "index":
        return list(measure.series_ids)
    return list(
        dict.fromkeys(
            name
            for year in measure.years
            for counted_indicator in openindex.counted_indicators(
                score_index(openindex.default_recipe(year), year), measure.dimension
            )
            for name in counted_indicator.series_ids
        )
    )


def series_source(name: str, t: Translator) -> Source:
    """One published series of the catalogue. Raises KeyError for an unknown one."""
    entry = dataset().catalogue.loc[name]
    return Source(
        series=t.localized_column(entry, "name"),
        unit=str(entry["published_unit"]),
        years=(int(entry["first_year"]), int(entry["last_year"])),
        issuer=t.localized_column(entry, "source"),
        via=t.localized_column(entry, "via"),
        note=t.localized_column(entry, "note"),
    )


def _edition_source(measure: Measure, year: int, t: Translator) -> Source:
    source = wording.localized_remark(report.list_source(measure.dimension, year), t)
    return Source(wording.measure_name(measure, t), "", (year, year), source, "", "")


def sort_names(names: Iterable[str], t: Translator) -> str:
    """Names in a row, each once, in the order of the alphabet."""
    return t.join_names(sorted(set(names)))
