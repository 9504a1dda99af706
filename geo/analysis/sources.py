"""Definitions and sources of measures, and how to cite them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.dates import format_date

from geo.analysis.registry import cache_published
from geo.index import (
    counted_indicators,
    default_recipe,
    open_index_definition,
    open_index_note,
    score_index,
)
from geo.limits import DEFINITION_CACHE_SIZE
from geo.measures import (
    CONTEXT,
    Measure,
    Scale,
    describe_formula,
    dimension_name,
    list_source,
    localized_remark,
    measure_name,
    measure_unit,
)
from geo.tables import dataset
from geo.text import N_, Translator
from geo.upload import UNCHECKED_NOTE, uploaded_definition

ATLAS_NAME: Final = N_("Digital China Atlas")
REPORT_ISSUER: Final = N_("Cyberspace Administration of China")
# Characters with a special meaning in BibTeX.
TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """The source of a published series or list, in the reader's language.

    series: the name of a published series, or of a published list; unit: as the issuing body
    prints it ('' for ranks); years: first and last.
    """

    series: str
    unit: str
    years: tuple[int, int]
    issuer: str
    via: str
    note: str


def kind_line(measure: Measure, year: int, t: Translator) -> str:
    """Return the origin, the unit and the assignment to a dimension in one line."""
    if measure.kind == "report":
        return t(N_("Published ranks of the Digital China report; no scores are published"))
    unit = measure_unit(measure, t)
    if measure.kind == "index":
        return open_index_note(measure, year, t)
    if measure.kind == "own":
        unchecked = t(UNCHECKED_NOTE)
        return t(N_("{unchecked}, {unit}"), unchecked=unchecked, unit=unit) if unit else unchecked
    if measure.dimension == CONTEXT:
        return t(N_("Indicator, {unit}; for context, not part of the index"), unit=unit)
    return t(
        N_("Indicator, {unit}; we sort it under {dimension}, not the report"),
        unit=unit,
        dimension=dimension_name(measure.dimension, t),
    )


@cache_published(maxsize=DEFINITION_CACHE_SIZE)
def measure_definition(measure: Measure, year: int, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the definition and the sources of a measure as pairs of heading and text."""
    if measure.kind == "report":
        source = list_source(measure.dimension, year)
        return ((t(N_("Source")), localized_remark(source, t)),)
    if measure.kind == "index":
        return tuple(open_index_definition(measure, year, t))
    if measure.kind == "own":
        return ((t(N_("Definition")), uploaded_definition(measure, t)),)
    rows = [(t(N_("Definition")), describe_formula(measure, t))]
    caveat = localized_remark(measure.caveat, t)
    if caveat:
        rows.append((t(N_("Mind")), caveat))
    for entry in sources_of(measure, t):
        rows.append((entry.series, cite_source(entry, t)))
    return tuple(rows)


def cite_source(source: Source, t: Translator) -> str:
    """Return a source as sentences: the issuing body, where it was read, and its caveats."""
    if not source.via:
        return t.join_sentences([source.issuer, source.note])
    line = t(N_("{source}. Read from: {via}."), source=source.issuer, via=source.via)
    return t.join_sentences([line, source.note])


def sources_of(measure: Measure, t: Translator) -> list[Source]:
    """Return the published series that a measure uses, or the editions of a published list.

    For the open index, the series of every indicator that enters in some year.
    """
    if measure.kind == "report":
        return [_edition_source(measure, year, t) for year in measure.years]
    return [series_source(name, t) for name in series_ids_of(measure)]


def series_ids_of(measure: Measure) -> list[str]:
    """Return the keys of the published series that a measure uses; none for a published list."""
    if measure.kind != "index":
        return list(measure.series_ids)
    return list(
        dict.fromkeys(
            name
            for year in measure.years
            for indicator in counted_indicators(
                score_index(default_recipe(year), year), measure.dimension
            )
            for name in indicator.series_ids
        )
    )


def series_source(name: str, t: Translator) -> Source:
    """Return one published series of the catalogue. Raises KeyError for an unknown one."""
    entry = dataset().catalogue.loc[name]
    return Source(
        series=t.localized(entry, "name"),
        unit=str(entry["published_unit"]),
        years=(int(entry["first_year"]), int(entry["last_year"])),
        issuer=t.localized(entry, "source"),
        via=t.localized(entry, "via"),
        note=t.localized(entry, "note"),
    )


def _edition_source(measure: Measure, year: int, t: Translator) -> Source:
    source = localized_remark(list_source(measure.dimension, year), t)
    return Source(measure_name(measure, t), "", (year, year), source, "", "")


def sort_names(names: Iterable[str], t: Translator) -> str:
    """Return names joined in alphabetical order, each once."""
    return t.join_names(sorted(set(names)))


def citation_text(measure: Measure, on: date, t: Translator, address: str = "") -> str:
    """Return a citation of a measure in the reader's language.

    on: the date of access; address: the URL of the atlas, '' to leave it out.
    """
    message = {
        "report": N_("{source}. “{measure}”, {years}, as given in: {atlas}. Looked up on {day}."),
        "indicator": (
            N_(
                "{source}. “{measure}”, {years}, calculated from it in: {atlas}. Looked up on"
                " {day}."
            )
            if measure.is_derived
            else N_("{source}. “{measure}”, {years}, as given in: {atlas}. Looked up on {day}.")
        ),
        "index": N_("{atlas}: “{measure}”, {years}. {source}. Looked up on {day}."),
    }[measure.kind]
    text = t(
        message,
        source=source_name(measure, t),
        measure=measure_name(measure, t),
        years=format_years(measure.years, t),
        atlas=t(ATLAS_NAME),
        day=format_date(on, "long", locale=t.language.locale),
    )
    return f"{text} {address}".strip()


def citation_bibtex(measure: Measure, on: date, t: Translator, address: str = "") -> str:
    """Return the citation as a BibTeX or biblatex entry, its key made of measure and years."""
    lines = {
        "author": f"{{{_escape_tex(issuer_name(measure, t))}}}",
        "title": f"{{{_escape_tex(measure_name(measure, t))}}}",
        "year": str(measure.years[-1]),
        "howpublished": _escape_tex(t(ATLAS_NAME)),
        "note": _escape_tex(f"{format_years(measure.years, t)}. {source_name(measure, t)}"),
        "url": re.sub(r"[{}\\\s]", "", address),
        "urldate": on.isoformat(),
        "langid": t.language.bibliography,
    }
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items() if value)
    return f"@misc{{digitalchinaatlas_{measure.id}_{measure.years[-1]},\n{fields}\n}}\n"


def issuer_name(measure: Measure, t: Translator) -> str:
    """Return who published the values, or calculated the index."""
    if measure.kind == "index":
        return t(ATLAS_NAME)
    if measure.kind == "report" and not _is_secondhand(measure):
        return t(REPORT_ISSUER)
    return _join_names((source.issuer for source in sources_of(measure, t)), t)


def source_name(measure: Measure, t: Translator) -> str:
    """Return who published the values and where, or the inputs of the index."""
    if measure.kind == "own":
        return t(UNCHECKED_NOTE)
    if measure.kind == "index":
        return t(N_("Calculated by the atlas from open indicators; it is no index of the report"))
    sources = sources_of(measure, t)
    if measure.kind == "report":
        editions = _join_names((entry.issuer for entry in sources), t)
        if _is_secondhand(measure):
            return editions
        return t(N_("{issuer}: {read}"), issuer=t(REPORT_ISSUER), read=editions)
    return _join_names(
        (t(N_("{issuer} ({read})"), issuer=source.issuer, read=source.via) for source in sources), t
    )


def _is_secondhand(measure: Measure) -> bool:
    """Return whether the list is known only from a provincial notice, not from the report."""
    return all(measure.snapshot(year).scale is Scale.AMONG_TEN for year in measure.years)


def _join_names(names: Iterable[str], t: Translator) -> str:
    """Join names that contain commas, each once."""
    return t(N_("; ")).join(dict.fromkeys(names))


def title_with_years(measure: Measure, years: Sequence[int], t: Translator) -> str:
    """Return a measure with some of its years, as a heading."""
    return t(
        N_("{measure}, {year}"),
        measure=measure_name(measure, t),
        year=format_years(years, t),
    )


def format_years(years: Sequence[int], t: Translator) -> str:
    """Return years as a span, or one by one if the span has gaps."""
    if len(years) == 1:
        return str(years[0])
    if years[-1] - years[0] + 1 == len(years):
        return t(N_("{first} to {last}"), first=years[0], last=years[-1])
    return t.join_names(map(str, years))


def _escape_tex(text: str) -> str:
    """Return a text with the special characters of BibTeX escaped.

    >>> _escape_tex("R&D, 50% {a}")
    'R\\\\&D, 50\\\\% \\\\{a\\\\}'
    """
    return "".join(TEX.get(letter, letter) for letter in text)
