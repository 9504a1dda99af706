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
from geo.measures import snapshot
from geo.text import LOCALES, N_, Texts
from geo.upload import words

ATLAS: Final = N_("Digital China Atlas")
REPORT_ISSUER: Final = N_("Cyberspace Administration of China")
# What BibTeX would take for an instruction.
TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def text(measure: Measure, on: date, say: Texts, address: str = "") -> str:
    """A citation of a measure in the reader's language.

    on: the day on which it was looked up; address: where the atlas was seen, '' to leave it out.
    """
    message = {
        "report": N_("{source}. “{measure}”, {years}, as given in: {atlas}. Looked up on {day}."),
        "indicator": (
            N_("{source}. “{measure}”, {years}, reckoned from it in: {atlas}. Looked up on {day}.")
            if measure.derived
            else N_("{source}. “{measure}”, {years}, as given in: {atlas}. Looked up on {day}.")
        ),
        "index": N_("{atlas}: “{measure}”, {years}. {source}. Looked up on {day}."),
    }[measure.kind]
    found = say(
        message,
        source=source(measure, say),
        measure=wording.measure_name(measure, say),
        years=span(measure.years, say),
        atlas=say(ATLAS),
        day=format_date(on, "long", locale=LOCALES[say.lang]),
    )
    return f"{found} {address}".strip()


def bibtex(measure: Measure, on: date, say: Texts, address: str = "") -> str:
    """The citation as an entry for BibTeX or biblatex, its key made of measure and years."""
    lines = {
        "author": f"{{{_tex(issuer(measure, say))}}}",
        "title": f"{{{_tex(wording.measure_name(measure, say))}}}",
        "year": str(measure.years[-1]),
        "howpublished": _tex(say(ATLAS)),
        "note": _tex(f"{span(measure.years, say)}. {source(measure, say)}"),
        "url": re.sub(r"[{}\\\s]", "", address),
        "urldate": on.isoformat(),
        "langid": "chinese" if say.lang == "zh" else "english",
    }
    fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items() if value)
    return f"@misc{{digitalchinaatlas_{measure.id}_{measure.years[-1]},\n{fields}\n}}\n"


def issuer(measure: Measure, say: Texts) -> str:
    """Who published the figures, or reckoned the index."""
    if measure.kind == "index":
        return say(ATLAS)
    if measure.kind == "report" and not _secondhand(measure):
        return say(REPORT_ISSUER)
    return _row((own.issuer for own in provenance.sources(measure, say)), say)


def source(measure: Measure, say: Texts) -> str:
    """Who published the figures and where they were read, or what the index was reckoned from."""
    if measure.kind == "own":
        return say(words.UNCHECKED)
    if measure.kind == "index":
        return say(N_("Reckoned by the atlas from open indicators; it is no index of the report"))
    found = provenance.sources(measure, say)
    if measure.kind == "report":
        editions = _row((own.issuer for own in found), say)
        if _secondhand(measure):
            return editions
        return say(N_("{issuer}: {read}"), issuer=say(REPORT_ISSUER), read=editions)
    return _row(
        (say(N_("{issuer} ({read})"), issuer=own.issuer, read=own.via) for own in found), say
    )


def _secondhand(measure: Measure) -> bool:
    """Whether the report itself publishes no list, and a provincial notice is all that is known."""
    return all(snapshot(measure.id, year).scale is Scale.AMONG_TEN for year in measure.years)


def _row(names: Iterable[str], say: Texts) -> str:
    """Names that hold commas of their own, each once."""
    return say(N_("; ")).join(dict.fromkeys(names))


def title(measure: Measure, own: Sequence[int], say: Texts) -> str:
    """A measure with some of its years, as a heading."""
    return say(
        N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=span(own, say)
    )


def span(own: Sequence[int], say: Texts) -> str:
    """Years as a span, or one by one where the span has gaps."""
    if len(own) == 1:
        return str(own[0])
    if own[-1] - own[0] + 1 == len(own):
        return say(N_("{first} to {last}"), first=own[0], last=own[-1])
    return say.listing(map(str, own))


def _tex(said: str) -> str:
    """A text in which BibTeX reads nothing but letters.

    >>> _tex("R&D, 50% {a}")
    'R\\\\&D, 50\\\\% \\\\{a\\\\}'
    """
    return "".join(TEX.get(letter, letter) for letter in said)
