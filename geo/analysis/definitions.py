"""What a measure is: its origin, unit and definition in words, and its years in headings."""

from __future__ import annotations

from collections.abc import Sequence

from geo.analysis.registry import cache_published
from geo.analysis.sources import describe_source, sources_of
from geo.index import open_index_definition, open_index_note
from geo.limits import DEFINITION_CACHE_SIZE, MAX_YEARS_NAMED
from geo.measures import (
    CONTEXT,
    Measure,
    describe_formula,
    dimension_name,
    localized_remark,
    measure_name,
    measure_unit,
)
from geo.text import N_, Translator
from geo.upload import UNCHECKED_NOTE, uploaded_definition


def kind_line(measure: Measure, year: int, t: Translator) -> str:
    """Return the origin, the unit and the assignment to a dimension in one line."""
    if measure.kind == "report":
        return t(N_("Ranks published in the Digital China report; scores are not published"))
    unit = measure_unit(measure, t)
    if measure.kind == "index":
        return open_index_note(measure, year, t)
    if measure.kind == "own":
        unchecked = t(UNCHECKED_NOTE)
        return t(N_("{unchecked}, {unit}"), unchecked=unchecked, unit=unit) if unit else unchecked
    if measure.dimension == CONTEXT:
        return t(N_("Indicator, {unit}; context only, not part of the index"), unit=unit)
    return t(
        N_("Indicator, {unit}; this atlas, not the report, assigns it to {dimension}"),
        unit=unit,
        dimension=dimension_name(measure.dimension, t),
    )


@cache_published(maxsize=DEFINITION_CACHE_SIZE)
def measure_definition(measure: Measure, year: int, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the definition and the sources of a measure as pairs of heading and text."""
    if measure.kind == "report":
        return tuple((t(N_("Source")), source.issuer(t)) for source in sources_of(measure, [year]))
    if measure.kind == "index":
        return tuple(open_index_definition(measure, year, t))
    if measure.kind == "own":
        own_note = localized_remark(measure.caveat, t)
        note = ((t(N_("Note")), own_note),) if own_note else ()
        return ((t(N_("Definition")), uploaded_definition(measure, t)), *note)
    rows = [(t(N_("Definition")), describe_formula(measure, t))]
    caveat = localized_remark(measure.caveat, t)
    if caveat:
        rows.append((t(N_("Note")), caveat))
    rows += [(source.title(t), describe_source(source, t)) for source in sources_of(measure)]
    return tuple(rows)


def title_with_years(measure: Measure, years: Sequence[int], t: Translator) -> str:
    """Return a measure with some of its years, as a heading."""
    return t(
        N_("{measure}, {year}"),
        measure=measure_name(measure, t),
        year=format_years(years, t),
    )


def format_years(years: Sequence[int], t: Translator) -> str:
    """Return years as a span, or one by one if the span has gaps and they are few."""
    if len(years) == 1:
        return str(years[0])
    if years[-1] - years[0] + 1 == len(years) or len(years) > MAX_YEARS_NAMED:
        return t(N_("{first} to {last}"), first=years[0], last=years[-1])
    return t.join_names(map(str, years))
