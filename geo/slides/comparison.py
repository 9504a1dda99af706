"""The chosen provinces side by side: in the measure, and in the open index by dimension."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo import wording
from geo.captions import caption
from geo.cells import Cell, Status
from geo.indicators import Measure
from geo.markers import Marker, markers
from geo.marks import NATIONAL, TICK
from geo.measures import measures, snapshot
from geo.openindex import PREFIX as INDEX
from geo.openindex import WHOLE
from geo.profile import Standing, openindex_standings
from geo.report import PREFIX as REPORT
from geo.report import editions
from geo.slides.brief import Brief, figure, map_words, named, words
from geo.slides.charts import Bar, Series, bars, groups
from geo.slides.grids import Column, Row, grid, height
from geo.slides.province import MEDIAN, index_label
from geo.slides.stage import BODY, Place, slide
from geo.text import N_, Texts

EDITION: Final = 2017  # of the report whose places are set beside
MOST_NAMED: Final = 4  # provinces that a title names
MOST_LABELLED: Final = 5  # colours whose every bar has room for its figure, with the median
# Shares of the width of a table.
PLAIN, WITH_STATUS, WITH_INTERVAL = 1.0, 1.3, 1.9
CHART_WIDTH: Final = 4.5
GAP: Final = 0.3
SIZE: Final = 11.0


def comparison_slides(deck: Deck, brief: Brief, say: Texts) -> list[Slide]:
    """The chosen provinces in the measure, and in the dimensions of the open index."""
    return [_measure_slide(deck, brief, say), _index_slide(deck, brief, say)]


def _title(brief: Brief, shown: str, year: int, say: Texts) -> str:
    names = [named_plain(adcode, say) for adcode in brief.chosen]
    if len(names) > MOST_NAMED:
        return say(
            N_("{count} provinces side by side: {measure}, {year}"),
            count=len(names),
            measure=shown,
            year=year,
        )
    return say(N_("{names}: {measure}, {year}"), names=say.listing(names), measure=shown, year=year)


def named_plain(adcode: str, say: Texts) -> str:
    return named(Cell(adcode, next(iter(wording.STATUS_NAMES))), say)


def _measure_slide(deck: Deck, brief: Brief, say: Texts) -> Slide:
    """Bars of the measure, and beside them its figures with the published and the open ranks."""
    own = brief.drawn.snapshot
    title = _title(brief, wording.measure_name(brief.measure, say), brief.year, say)
    page = slide(deck, replace(map_words(brief, say), title=title), say)
    order = sorted(
        (own.cells[adcode] for adcode in brief.chosen),
        key=lambda cell: (cell.rank or len(own.cells), brief.chosen.index(cell.adcode)),
    )
    valued = [cell for cell in order if cell.value is not None]
    table = BODY
    if valued:
        table = Place(
            BODY.left + CHART_WIDTH + GAP, BODY.top, BODY.width - CHART_WIDTH - GAP, BODY.height
        )
        _bars(page, replace(BODY, width=CHART_WIDTH), brief, valued, say)
    _table(page, table, brief, order, say)
    return page


def _bars(page: Slide, place: Place, brief: Brief, order: list[Cell], say: Texts) -> None:
    own, marks = brief.drawn.snapshot, _marks(brief)
    shown = [Bar(named(cell, say), cell.value, marks[cell.adcode].colour) for cell in order]
    if own.national:
        above = sum((cell.value or 0.0) > own.national.value for cell in order)
        name = say(wording.HOW_NATIONAL_SHORT[own.national.how])
        shown.insert(above, Bar(name, own.national.value, NATIONAL))
    alt = say(
        N_("Bar chart: {measure}, {year}, the chosen provinces and the national value."),
        measure=wording.titled(brief.measure, say),
        year=brief.year,
    )
    # Few bars do not grow into blocks.
    room = replace(place, height=min(place.height, 0.6 * len(shown) + 0.2))
    bars(page, room, shown, wording.titled(brief.measure, say), brief.measure.decimals, alt)


def _table(page: Slide, place: Place, brief: Brief, order: list[Cell], say: Texts) -> None:
    beside = _beside(brief)
    unit = say.pick(brief.measure.unit_en, brief.measure.unit_zh)
    valued = brief.measure.kind != "report"
    columns = [
        Column(say(N_("Province")), 1.0),
        Column(unit if valued else _heading(brief.measure, brief.year, say), PLAIN, "right"),
        *([Column(say(N_("Rank")), _share(brief.measure), "right")] if valued else []),
        *(Column(_heading(m, year, say), _share(m), "right") for m, year in beside),
    ]
    rows = []
    for cell in order:
        others = [snapshot(measure.id, year).cells[cell.adcode] for measure, year in beside]
        own = [figure(cell, brief.measure, say)] if valued else []
        placed = [_place(one, say) for one in (cell, *others)]
        rows.append(Row((named(cell, say), *own, *placed)))
    alt = say(
        N_("Table: figures and ranks of the chosen provinces, {measure}, {year}."),
        measure=wording.titled(brief.measure, say),
        year=brief.year,
    )
    grid(page, place, columns, rows, alt, say, SIZE, lines=2)


def _beside(brief: Brief) -> list[tuple[Measure, int]]:
    """What stands beside the measure: the report's first list, or all of them, and our index."""
    index = measures()[INDEX + WHOLE]
    lists = [name for name, years in editions().items() if EDITION in years]
    if brief.measure.kind != "report":
        lists = [WHOLE]
    found = [(measures()[REPORT + name], EDITION) for name in lists]
    found.append((index, index.nearest_year(brief.year)))
    return [(m, year) for m, year in found if (m.id, year) != (brief.measure.id, brief.year)]


def _share(measure: Measure) -> float:
    """The width of a column of ranks: those of our index have their interval beside them."""
    return {"index": WITH_INTERVAL, "report": WITH_STATUS}.get(measure.kind, PLAIN)


def _place(cell: Cell, say: Texts) -> str:
    """A place in its own column; what is no place among 31 says so."""
    if cell.rank and cell.status is not Status.RANK_AMONG_TEN:
        return wording.short_rank(cell, say)
    return wording.rank(cell, say) or wording.status(cell, say)


def _heading(measure: Measure, year: int, say: Texts) -> str:
    """What a column of ranks is: published by the report, or reckoned by us."""
    if measure.kind == "index":
        return say(N_("Rank in our open index, {year}"), year=year)
    if measure.dimension == WHOLE:
        return say(N_("Published rank, report of {year}"), year=year)
    name = say(wording.GROUPS[measure.dimension])
    return say(N_("{name}, report of {year}"), name=name, year=year)


def _index_slide(deck: Deck, brief: Brief, say: Texts) -> Slide:
    """Scores and ranks in the open index, whole and by dimension: a chart above its table."""
    whole = measures()[INDEX + WHOLE]
    year = whole.nearest_year(brief.year)
    own = words(brief, caption(whole, year, say), say)
    title = _title(brief, say(N_("our open index by dimension")), year, say)
    page = slide(deck, replace(own, title=title), say)
    found = {adcode: openindex_standings(adcode, brief.year) for adcode in brief.chosen}
    heads = [index_label(one, year, say) for one in found[brief.chosen[0]]]
    below = height(SIZE, 2) * 1.05 + len(found) * height(SIZE)
    chart = Place(BODY.left + 1.4, BODY.top, BODY.width - 1.4, BODY.height - below - 0.1)
    marks = _marks(brief)
    series = [
        Series(named_plain(adcode, say), tuple(s.cell.value for s in own), marks[adcode].colour)
        for adcode, own in found.items()
        if any(s.cell.value is not None for s in own)
    ]
    labelled = len(series) < MOST_LABELLED
    if labelled and series:
        middle = (own.snapshot.national for own in found[brief.chosen[0]])
        medians = tuple(mark.value if mark else None for mark in middle)
        series.append(Series(say(MEDIAN), medians, TICK))
    if series:
        alt = say(
            N_("Bar chart: scores in the open index of this atlas by dimension, {year}."), year=year
        )
        groups(page, chart, heads, series, whole.decimals, alt, labelled, size=9.5)
    columns = [Column(say(N_("Score (rank)")), 1.4)]
    columns += [Column(head, (BODY.width - 1.4) / len(heads), "center") for head in heads]
    rows = [
        Row((named_plain(adcode, say), *(_scored(one, say) for one in own)))
        for adcode, own in found.items()
    ]
    alt = say(N_("Table: scores and ranks in the open index of this atlas, {year}."), year=year)
    place = Place(BODY.left, BODY.top + BODY.height - below, BODY.width, below)
    grid(page, place, columns, rows, alt, say, SIZE)
    return page


def _scored(own: Standing, say: Texts) -> str:
    if own.cell.value is None:
        return wording.status(own.cell, say)
    value = wording.number(own.cell.value, own.measure, say)
    return say(N_("{value} ({rank})"), value=value, rank=own.cell.rank)


def _marks(brief: Brief) -> dict[str, Marker]:
    """A colour a province, as on the pages."""
    return markers(brief.province if brief.province in brief.chosen else "", brief.chosen)
