"""How to cite a measure: whose figures, where they were read, and the atlas; as text and BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from babel.dates import format_date

from geo import provenance, wording
from geo.cells import Scale
from geo.indicators import Measure
from geo.measures import snapshot_of
from geo.text import LOCALES, N_, Translator
from geo.upload import words

ATLAS: Final = N_("Digital China Atlas")
REPORT_ISSUER: Final = N_("Cyberspace Administration of China")
# What BibTeX would take for an instruction.
TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def citation_text(measure: Measure, on: date, t: Translator, address: str = "") -> str:
    """A citation of a measure in the reader's language.

    on: the day on which it was looked up; address: where the atlas was seen, '' to leave it out.
    """
    message = {
        "report": N_("{source}. “{measure}”, {years}, as given in: {atlas}. Looked up on {day}."),
        "indicator": (
            N_("{source}. “{measure}”, {years}, reckoned from it in: {atlas}. Looked up on {day}.")
            if measure.is_derived
            else N_("{source}. “{measure}”, {years}, as given in: {atlas}. Looked up on {day}.")
        ),
        "index": N_("{atlas}: “{measure}”, {years}. {source}. Looked up on {day}."),
    }[measure.kind]
    text = t(
        message,
        source=source_name(measure, t),
        measure=wording.measure_name(measure, t),
        years=format_years(measure.years, t),
        atlas=t(ATLAS),
        day=format_date(on, "long", locale=LOCALES[t.lang]),
    )
    return f"{text} {address}".strip()


def citation_bibtex(measure: Measure, on: date, t: Translator, address: str = "") -> str:
    """The citation as an entry for BibTeX or biblatex, its key made of measure and years."""
    lines = {
        "author": f"{{{_escape_tex(issuer_name(measure, t))}}}",
        "title": f"{{{_escape_tex(wording.measure_name(measure, t))}}}",
        "year": str(measure.years[-1]),
        "howpublished": _escape_tex(t(ATLAS)),
        "note": _escape_tex(f"{format_years(measure.years, t)}. {source_name(measure, t)}"),
        "url": re.sub(r"[{}\\\s]", "", address),
        "urldate": on.isoformat(),
        "langid": "chinese" if t.lang == "zh" else "english",
    }
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items() if value)
    return f"@misc{{digitalchinaatlas_{measure.id}_{measure.years[-1]},\n{fields}\n}}\n"


def issuer_name(measure: Measure, t: Translator) -> str:
    """Who published the figures, or reckoned the index."""
    if measure.kind == "index":
        return t(ATLAS)
    if measure.kind == "report" and not _is_secondhand(measure):
        return t(REPORT_ISSUER)
    return _join_names((source.issuer for source in provenance.sources_of(measure, t)), t)


def source_name(measure: Measure, t: Translator) -> str:
    """Who published the figures and where they were read, or what the index was reckoned from."""
    if measure.kind == "own":
        return t(words.UNCHECKED)
    if measure.kind == "index":
        return t(N_("Reckoned by the atlas from open indicators; it is no index of the report"))
    sources = provenance.sources_of(measure, t)
    if measure.kind == "report":
        editions = _join_names((entry.issuer for entry in sources), t)
        if _is_secondhand(measure):
            return editions
        return t(N_("{issuer}: {read}"), issuer=t(REPORT_ISSUER), read=editions)
    return _join_names(
        (t(N_("{issuer} ({read})"), issuer=source.issuer, read=source.via) for source in sources), t
    )


def _is_secondhand(measure: Measure) -> bool:
    """Whether the report itself publishes no list, and a provincial notice is all that is known."""
    return all(snapshot_of(measure.id, year).scale is Scale.AMONG_TEN for year in measure.years)


def _join_names(names: Iterable[str], t: Translator) -> str:
    """Names that hold commas of their own, each once."""
    return t(N_("; ")).join(dict.fromkeys(names))


def title_with_years(measure: Measure, years: Sequence[int], t: Translator) -> str:
    """A measure with some of its years, as a heading."""
    return t(
        N_("{measure}, {year}"),
        measure=wording.measure_name(measure, t),
        year=format_years(years, t),
    )


def format_years(years: Sequence[int], t: Translator) -> str:
    """Years as a span, or one by one where the span has gaps."""
    if len(years) == 1:
        return str(years[0])
    if years[-1] - years[0] + 1 == len(years):
        return t(N_("{first} to {last}"), first=years[0], last=years[-1])
    return t.join_names(map(str, years))


def _escape_tex(text: str) -> str:
    """A text in which BibTeX reads nothing but letters.

    >>> _escape_tex("R&D, 50% {a}")
    'R\\\\&D, 50\\\\% \\\\{a\\\\}'
    """
    return "".join(TEX.get(letter, letter) for letter in text)
