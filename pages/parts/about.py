"""What the map shows and where it comes from: heading, definition, sources, credits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from markupsafe import Markup

from geo import provenance, wording
from geo.captions import sources as credits_of
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup.heading import note, title
from geo.text import N_, Texts
from geo.upload import words
from geo.view import View

__all__ = [
    "definition", "heading", "made_by", "note", "other_year", "own_mark", "sources", "sources_of",
]  # fmt: skip


def small(text: str) -> Markup:
    """A quiet word beside something."""
    return Markup('<small class="atlas-note">{}</small>').format(text)


def own_mark(shown: Iterable[Measure], say: Texts) -> Markup:
    """The line on everything that shows a measure of the reader's own; empty where nothing does."""
    if not any(measure.kind == "own" for measure in shown):
        return Markup()
    return Markup('<p class="marked">{}</p>').format(say(words.UNCHECKED))


def made_by(measure: Measure, year: int, say: Texts, *more: str) -> Markup:
    """Who made the figures and what they are counted in, as a note, or as the mark of own data."""
    kind = provenance.kind(measure, year, say)
    if measure.kind != "own":
        return note(" · ".join([kind, *more]))
    mark = Markup('<p class="marked">{}</p>').format(kind)
    return mark + note(" · ".join(more)) if more else mark


def heading(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """Measure and year, with the one line that a reader must not miss."""
    national = drawn.snapshot.national
    more = [wording.national(national, measure, say)] if national else []
    st.html(
        Markup('<h2 class="atlas-heading">{}</h2>{}').format(
            title(measure, view.year, say), made_by(measure, view.year, say, *more)
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
