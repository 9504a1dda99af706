"""One province on a slide: its strengths and weaknesses, and its scores in the open index."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo import wording
from geo.captions import profile_caption
from geo.choropleth import INDEX_RAMP, colour_ramp
from geo.marks import TICK
from geo.profile import Standing, open_index_standings
from geo.provinces import provinces
from geo.sentences import describe_province
from geo.slides.brief import SlideRequest, marked_name, slide_texts
from geo.slides.charts import BarSeries, add_grouped_bar_chart
from geo.slides.grids import TableColumn, TableRow, add_table
from geo.slides.letters import TextStyle
from geo.slides.stage import BODY, Placement, SlideTexts, add_slide, add_text
from geo.strengths import COUNT, LEADING, RULE, StandoutIndicator, strengths_and_weaknesses
from geo.text import N_, Translator

GAP: Final = 0.35
TABLE_WIDTH: Final = 7.3
MEDIAN: Final = wording.HOW_NATIONAL["median"]
INDEX_COLOUR: Final = colour_ramp(INDEX_RAMP, 5)[2]


def add_profile_slide(deck: Deck, brief: SlideRequest, adcode: str, t: Translator) -> Slide:
    """How a province stands: a table of what stands out, and a chart of the open index.

    A unit without figures has what can be said of it as text.
    """
    sentences = describe_province(adcode, brief.year, t)
    strong, weak = strengths_and_weaknesses(adcode, brief.year)
    page = add_slide(deck, _profile_texts(brief, adcode, t), t)
    if not strong:
        add_text(page, BODY, [one.text for one in sentences], TextStyle(16, after=8), t)
        return page
    _add_standouts_table(
        page, Placement(BODY.left, BODY.top, TABLE_WIDTH, BODY.height), strong, weak, t
    )
    left = BODY.left + TABLE_WIDTH + GAP
    place = Placement(left, BODY.top, BODY.width - TABLE_WIDTH - GAP, BODY.height)
    _add_index_chart(page, place, brief, adcode, t)
    return page


def _profile_texts(brief: SlideRequest, adcode: str, t: Translator) -> SlideTexts:
    texts = slide_texts(brief, profile_caption(adcode, brief.year, t), t)
    lines = tuple(one.text for one in describe_province(adcode, brief.year, t))
    rule = t(RULE, year=brief.year, count=COUNT, leading=LEADING)
    notes = dict.fromkeys((*lines, rule, *texts.notes))
    return replace(texts, notes=tuple(notes))


def _add_standouts_table(
    page: Slide,
    place: Placement,
    strong: list[StandoutIndicator],
    weak: list[StandoutIndicator],
    t: Translator,
) -> None:
    """The five best and the five weakest, each with its figure, rank and year."""
    rows = []
    for heading, standouts in ((N_("Strengths"), strong[:COUNT]), (N_("Weaknesses"), weak[:COUNT])):
        rows.append(TableRow((t(heading), "", "", ""), bold=True))
        rows += [_standing_row(one.standing, t) for one in standouts]
    columns = [
        TableColumn(t(N_("Measure")), 3.6),
        TableColumn(t(N_("Value")), 1.0, "right"),
        TableColumn(t(N_("Rank")), 0.9, "right"),
        TableColumn(t(N_("Year")), 0.6, "right"),
    ]
    alt = t(N_("Table: the measures in which the province stands highest and lowest."))
    add_table(page, place, columns, rows, alt, t, 11.0, lines=2, fill=True)


def _standing_row(standing: Standing, t: Translator) -> TableRow:
    return TableRow(
        (
            wording.name_with_unit(standing.measure, t),
            wording.format_value_beside_name(standing.cell.value or 0.0, standing.measure, t),
            wording.short_rank(standing.cell, t),
            str(standing.year),
        )
    )


def _add_index_chart(
    page: Slide, place: Placement, brief: SlideRequest, adcode: str, t: Translator
) -> None:
    """Its scores beside the median of the provinces: ours, and so in the ramp of the index."""
    standings = open_index_standings(adcode, brief.year)
    medians = tuple(
        entry.snapshot.national.value if entry.snapshot.national else None for entry in standings
    )
    series = [
        BarSeries(
            marked_name(standings[0].cell, t),
            tuple(item.cell.value for item in standings),
            INDEX_COLOUR,
        ),
        BarSeries(t(MEDIAN), medians, TICK),
    ]
    heading = t(N_("Open index of this atlas, our own reckoning: score, 1 to 100"))
    add_text(
        page,
        Placement(place.left, place.top, place.width, 0.3),
        [heading],
        TextStyle(11, bold=True),
        t,
    )
    alt = t(
        N_("Bar chart: scores of {name} in the open index of this atlas, beside the medians."),
        name=provinces()[adcode].name_in(t.lang),
    )
    below = Placement(place.left, place.top + 0.3, place.width, place.height - 0.3)
    names = [index_label(standing, brief.year, t) for standing in standings]
    add_grouped_bar_chart(
        page, below, names, series, standings[0].measure.decimals, alt, upright=False
    )


def index_label(standing: Standing, year: int, t: Translator) -> str:
    """A part of the open index, with its year where that is another than the one asked for."""
    name = t(wording.GROUPS[standing.measure.dimension])
    if standing.year == year:
        return name
    return t(N_("{name} ({year})"), name=name, year=standing.year)
