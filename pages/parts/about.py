"""What the map shows and where it comes from: heading, definition, sources, attribution."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import attribution, indexwords, report, wording
from geo.choropleth import Choropleth
from geo.dataset import dataset
from geo.indicators import CONTEXT, Measure
from geo.text import N_, Texts
from geo.view import View
from pages.parts import aboutindex


def note(text: str) -> Markup:
    """A quiet line: what a reader may want to know, in letters that can still be read."""
    return Markup('<p class="atlas-note">{}</p>').format(text)


def heading(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """Measure and year, with the one line that a reader must not miss."""
    lines = [_kind(measure, view.year, say)]
    national = drawn.snapshot.national
    if national:
        lines.append(wording.national(national, measure, say))
    st.html(
        Markup('<h2 class="atlas-heading">{}</h2>{}').format(
            say(
                N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=view.year
            ),
            note(" · ".join(lines)),
        )
    )


def other_year(view: View, say: Texts) -> None:
    """Say so when the measure lacks the year that was asked for."""
    if view.asked_year is not None:
        st.info(
            say(
                N_("This measure has no figures for {asked}; the map shows {year}."),
                asked=view.asked_year,
                year=view.year,
            ),
            icon=":material/info:",
        )


def _kind(measure: Measure, year: int, say: Texts) -> str:
    if measure.kind == "report":
        return say(N_("Published ranks of the Digital China report; no scores are published"))
    unit = say.pick(measure.unit_en, measure.unit_zh)
    if measure.kind == "index":
        return indexwords.reckoning(measure, year, say)
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
        return aboutindex.definition(measure, year, say)
    rows = [(say(N_("Definition")), wording.formula(measure, say))]
    caveat = wording.remark(measure.caveat, say)
    if caveat:
        rows.append((say(N_("Mind")), caveat))
    catalogue = dataset().catalogue
    for indicator in measure.indicators:
        entry = catalogue.loc[indicator]
        line = say(
            N_("{source}. Read from: {via}."),
            source=say.column(entry, "source"),
            via=say.column(entry, "via"),
        )
        rows.append((say.column(entry, "name"), f"{line} {say.column(entry, 'note')}".strip()))
    return rows


def sources(measure: Measure, year: int, say: Texts) -> Markup:
    """Source of the figures and credit of the boundaries, under every map."""
    lines = (attribution.figures(measure, year, say), attribution.boundaries(say))
    return note(say.pick(" ", "").join(lines))
