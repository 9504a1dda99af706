"""One province on a slide: its strengths and weaknesses, and its scores in the open index."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo import wording
from geo.captions import profile_caption
from geo.choropleth import INDEX_RAMP, ramp
from geo.marks import TICK
from geo.profile import Standing, openindex_standings
from geo.provinces import provinces
from geo.sentences import portrait
from geo.slides.brief import Brief, named, words
from geo.slides.charts import Series, groups
from geo.slides.grids import Column, Row, grid
from geo.slides.letters import Style
from geo.slides.stage import BODY, Place, Words, slide, text
from geo.strengths import COUNT, LEADING, RULE, Standout, standouts
from geo.text import N_, Texts

GAP: Final = 0.35
TABLE_WIDTH: Final = 7.3
MEDIAN: Final = wording.HOW_NATIONAL["median"]
INDEX_COLOUR: Final = ramp(INDEX_RAMP, 5)[2]


def profile_slide(deck: Deck, brief: Brief, adcode: str, say: Texts) -> Slide:
    """How a province stands: a table of what stands out, and a chart of the open index.

    A unit without figures has what can be said of it as text.
    """
    told = portrait(adcode, brief.year, say)
    strong, weak = standouts(adcode, brief.year)
    page = slide(deck, _words(brief, adcode, say), say)
    if not strong:
        text(page, BODY, [one.text for one in told], Style(16, after=8), say)
        return page
    _standouts(page, Place(BODY.left, BODY.top, TABLE_WIDTH, BODY.height), strong, weak, say)
    left = BODY.left + TABLE_WIDTH + GAP
    place = Place(left, BODY.top, BODY.width - TABLE_WIDTH - GAP, BODY.height)
    _index(page, place, brief, adcode, say)
    return page


def _words(brief: Brief, adcode: str, say: Texts) -> Words:
    found = words(brief, profile_caption(adcode, brief.year, say), say)
    told = tuple(one.text for one in portrait(adcode, brief.year, say))
    rule = say(RULE, year=brief.year, count=COUNT, leading=LEADING)
    notes = dict.fromkeys((*told, rule, *found.notes))
    return replace(found, notes=tuple(notes))


def _standouts(
    page: Slide, place: Place, strong: list[Standout], weak: list[Standout], say: Texts
) -> None:
    """The five best and the five weakest, each with its figure, rank and year."""
    rows = []
    for heading, found in ((N_("Strengths"), strong[:COUNT]), (N_("Weaknesses"), weak[:COUNT])):
        rows.append(Row((say(heading), "", "", ""), strong=True))
        rows += [_row(one.standing, say) for one in found]
    columns = [
        Column(say(N_("Measure")), 3.6),
        Column(say(N_("Value")), 1.0, "right"),
        Column(say(N_("Rank")), 0.9, "right"),
        Column(say(N_("Year")), 0.6, "right"),
    ]
    alt = say(N_("Table: the measures in which the province stands highest and lowest."))
    grid(page, place, columns, rows, alt, say, 11.0, lines=2, fill=True)


def _row(own: Standing, say: Texts) -> Row:
    return Row(
        (
            wording.titled(own.measure, say),
            wording.quantity_beside_name(own.cell.value or 0.0, own.measure, say),
            wording.short_rank(own.cell, say),
            str(own.year),
        )
    )


def _index(page: Slide, place: Place, brief: Brief, adcode: str, say: Texts) -> None:
    """Its scores beside the median of the provinces: ours, and so in the ramp of the index."""
    found = openindex_standings(adcode, brief.year)
    medians = tuple(own.snapshot.national.value if own.snapshot.national else None for own in found)
    series = [
        Series(named(found[0].cell, say), tuple(own.cell.value for own in found), INDEX_COLOUR),
        Series(say(MEDIAN), medians, TICK),
    ]
    heading = say(N_("Open index of this atlas, our own reckoning: score, 1 to 100"))
    text(page, Place(place.left, place.top, place.width, 0.3), [heading], Style(11, bold=True), say)
    alt = say(
        N_("Bar chart: scores of {name} in the open index of this atlas, beside the medians."),
        name=provinces()[adcode].name(say.lang),
    )
    below = Place(place.left, place.top + 0.3, place.width, place.height - 0.3)
    names = [index_label(own, brief.year, say) for own in found]
    groups(page, below, names, series, found[0].measure.decimals, alt, upright=False)


def index_label(own: Standing, year: int, say: Texts) -> str:
    """A part of the open index, with its year where that is another than the one asked for."""
    name = say(wording.GROUPS[own.measure.dimension])
    if own.year == year:
        return name
    return say(N_("{name} ({year})"), name=name, year=own.year)
