"""What a map shows, in words above it, and the quiet lines around it."""

from __future__ import annotations

from markupsafe import Markup

from geo import provenance, wording
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.text import N_, Translator


def quiet_note(text: str) -> Markup:
    """A quiet line: what a reader may want to know, in letters that can still be read."""
    return Markup('<p class="atlas-note">{}</p>').format(text)


def map_heading(measure: Measure, year: int, t: Translator) -> str:
    """Measure and year."""
    return t(N_("{measure}, {year}"), measure=wording.measure_name(measure, t), year=year)


def map_subheading(measure: Measure, drawn: Choropleth, t: Translator) -> str:
    """The one line that a reader must not miss: whose figures, in which unit; the national one."""
    snapshot = drawn.snapshot
    lines = [provenance.kind_line(measure, snapshot.year, t)]
    if snapshot.national:
        lines.append(wording.format_national(snapshot.national, measure, t))
    return " · ".join(lines)
