"""What the map shows and where it comes from: heading, definition, sources, credits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from geo import provenance
from geo.captions import sources as credits_of
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.heading import note, title, under
from geo.text import N_, Texts
from geo.view import View

__all__ = ["definition", "heading", "note", "other_year", "sources", "sources_of"]


def small(text: str) -> Markup:
    """A quiet word beside something."""
    return Markup('<small class="atlas-note">{}</small>').format(text)


def heading(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """Measure and year, with the one line that a reader must not miss."""
    st.html(
        Markup('<h2 class="atlas-heading">{}</h2>{}').format(
            title(measure, view.year, say), note(under(measure, drawn, say))
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


def definition(measure: Measure, year: int, say: Texts) -> list[tuple[str, str]]:
    """What a measure is and whose figures it uses, as pairs of head and text."""
    return provenance.definition(measure, year, say)


def sources(measure: Measure, year: int, say: Texts) -> Markup:
    """Source of the figures and credit of the boundaries, under every map."""
    return sources_of([(measure, year)], say)


def sources_of(shown: Sequence[tuple[Measure, int]], say: Texts) -> Markup:
    """The same under maps of several measures, each source once."""
    return note(credits_of.credit(shown, say))
