"""How to cite a measure: as a sentence, and as an entry for BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.analysis.definitions import format_years
from geo.analysis.sources import ATLAS_NAME, issuer_name, source_name
from geo.measures import Measure, measure_name
from geo.text import N_, Translator

# What the atlas did to the figures that are cited.
AS_GIVEN: Final = N_("{source}. “{measure}”, {years}, as given in: {atlas}. Accessed on {day}.")
DERIVED: Final = N_(
    "{source}. “{measure}”, {years}, calculated from it in: {atlas}. Accessed on {day}."
)
OURS: Final = N_("{atlas}: “{measure}”, {years}. {source}. Accessed on {day}.")
# Characters with a special meaning in BibTeX.
TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True)
class Citation:
    """A citation of a published measure in one language.

    author: who published the figures, or calculated the index; source: who published them and
    where they were read; looked_up: the date of access; address: the URL of the measure, '' to
    leave it out.
    """

    measure: Measure
    author: str
    source: str
    looked_up: date
    address: str
    t: Translator

    @property
    def text(self) -> str:
        """The citation as a sentence, followed by the address."""
        message = AS_GIVEN
        if self.measure.kind == "index":
            message = OURS
        elif self.measure.is_derived:
            message = DERIVED
        text = self.t(
            message,
            source=self.source,
            measure=measure_name(self.measure, self.t),
            years=format_years(self.measure.years, self.t),
            atlas=self.t(ATLAS_NAME),
            day=self.t.format_date(self.looked_up),
        )
        return f"{text} {self.address}".strip()

    @property
    def bibtex(self) -> str:
        """The citation as a BibTeX or biblatex entry, its key made of measure and years."""
        measure, t = self.measure, self.t
        lines = {
            "author": f"{{{_escape_tex(self.author)}}}",
            "title": f"{{{_escape_tex(measure_name(measure, t))}}}",
            "year": str(measure.years[-1]),
            "howpublished": _escape_tex(t(ATLAS_NAME)),
            "note": _escape_tex(f"{format_years(measure.years, t)}. {self.source}"),
            "url": re.sub(r"[{}\\\s]", "", self.address),
            "urldate": self.looked_up.isoformat(),
            "langid": t.language.bibliography,
        }
        fields = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items() if value)
        return f"@misc{{digitalchinaatlas_{measure.id}_{measure.years[-1]},\n{fields}\n}}\n"


def citation(measure: Measure, looked_up: date, t: Translator, address: str = "") -> Citation:
    """Return the citation of a measure in the reader's language.

    looked_up: the date of access; address: the URL of the measure, '' to leave it out. Raises
    ValueError for an uploaded measure: nobody else can look it up.
    """
    if measure.kind == "own":
        raise ValueError(f"{measure.id} is uploaded and cannot be cited")
    return Citation(
        measure, issuer_name(measure, t), source_name(measure, t), looked_up, address, t
    )


def _escape_tex(text: str) -> str:
    """Return a text with the special characters of BibTeX escaped.

    >>> _escape_tex("R&D, 50% {a}")
    'R\\\\&D, 50\\\\% \\\\{a\\\\}'
    """
    return "".join(TEX.get(letter, letter) for letter in text)
