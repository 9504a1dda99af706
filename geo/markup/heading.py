"""What a map shows, in words above it, and the quiet lines around it."""

from __future__ import annotations

from markupsafe import Markup

from geo import provenance, wording
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.text import N_, Texts


def note(text: str) -> Markup:
    """A quiet line: what a reader may want to know, in letters that can still be read."""
    return Markup('<p class="atlas-note">{}</p>').format(text)


def title(measure: Measure, year: int, say: Texts) -> str:
    """Measure and year."""
    return say(N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=year)


def under(measure: Measure, drawn: Choropleth, say: Texts) -> str:
    """The one line that a reader must not miss: whose figures, in which unit; the national one."""
    own = drawn.snapshot
    lines = [provenance.kind(measure, own.year, say)]
    if own.national:
        lines.append(wording.national(own.national, measure, say))
    return " · ".join(lines)
