"""Slides of one province, and of the chosen provinces compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo.analysis import (
    LEADING_COUNT,
    STANDOUT_COUNT,
    STANDOUT_RULE,
    Standing,
    StandoutIndicator,
    open_index_standings,
    published_measures,
    strengths_and_weaknesses,
)
from geo.captions import describe_province, map_caption, profile_caption
from geo.index import INDEX_PREFIX as INDEX
from geo.index import WHOLE_INDEX
from geo.limits import MAX_NAMED_IN_TITLE
from geo.maps import INDEX_RAMP, NATIONAL_COLOUR, TICK_COLOUR, Marker, assign_markers, colour_ramp
from geo.measures import (
    GROUP_NAMES,
    HOW_NATIONAL,
    HOW_NATIONAL_SHORT,
    STATUS_NAMES,
    Cell,
    Measure,
    Status,
    editions_by_list,
    format_number,
    format_rank,
    format_value_beside_name,
    measure_name,
    measure_unit,
    name_with_unit,
    short_rank,
    status_name,
)
from geo.measures import REPORT_PREFIX as REPORT
from geo.slides.charts import BarSeries, ChartBar, add_bar_chart, add_grouped_bar_chart
from geo.slides.layout import SlideTexts, add_slide, add_text
from geo.slides.request import SlideRequest, map_slide_texts, marked_name, slide_figure, slide_texts
from geo.slides.tables import TableColumn, TableRow, add_table, table_row_height
from geo.slides.template import (
    LayoutName,
    PlaceholderIndex,
    Placement,
    join_placements,
    layout_area,
)
from geo.slides.text import LAYOUT_STYLE
from geo.text import N_, Translator
from geo.units import provinces

MEDIAN: Final = HOW_NATIONAL["median"]
INDEX_COLOUR: Final = colour_ramp(INDEX_RAMP, 5)[2]
EDITION: Final = 2017  # edition whose ranks are shown
MAX_LABELLED: Final = 5  # most colours with labelled bars, median included
SIZE: Final = 11.0
CHART_GAP: Final = 0.1  # inches between a chart and the table below it
Indices = PlaceholderIndex


def add_profile_slide(deck: Deck, brief: SlideRequest, adcode: str, t: Translator) -> Slide:
    """Add the profile of a province: a table of its best and weakest, a chart of the index.

    A unit without values gets text instead.
    """
    sentences = describe_province(adcode, brief.year, t)
    strong, weak = strengths_and_weaknesses(adcode, brief.year)
    name = LayoutName.TABLE_BESIDE_CHART if strong else LayoutName.TEXT
    page = add_slide(deck, name, _profile_texts(brief, adcode, t), t)
    layout = page.slide_layout
    if not strong:
        texts = [one.text for one in sentences]
        add_text(page, layout_area(layout, Indices.TEXT), texts, LAYOUT_STYLE, t)
        return page
    _add_standouts_table(page, layout_area(layout, Indices.TABLE), strong, weak, t)
    _add_index_chart(page, brief, adcode, t)
    return page


def _profile_texts(brief: SlideRequest, adcode: str, t: Translator) -> SlideTexts:
    texts = slide_texts(brief, profile_caption(adcode, brief.year, t), t)
    lines = tuple(one.text for one in describe_province(adcode, brief.year, t))
    rule = t(STANDOUT_RULE, year=brief.year, count=STANDOUT_COUNT, leading=LEADING_COUNT)
    notes = dict.fromkeys((*lines, rule, *texts.notes))
    return replace(texts, notes=tuple(notes))


def _add_standouts_table(
    page: Slide,
    place: Placement,
    strong: list[StandoutIndicator],
    weak: list[StandoutIndicator],
    t: Translator,
) -> None:
    """Add the five best and five weakest indicators, each with value, rank and year."""
    rows = []
    for heading, standouts in (
        (N_("Strengths"), strong[:STANDOUT_COUNT]),
        (N_("Weaknesses"), weak[:STANDOUT_COUNT]),
    ):
        rows.append(TableRow((t(heading), "", "", ""), bold=True))
        rows += [_standing_row(one.standing, t) for one in standouts]
    columns = [
        TableColumn(t(N_("Measure")), 3.6),
        TableColumn(t(N_("Value")), 1.0, "right"),
        TableColumn(t(N_("Rank")), 0.9, "right"),
        TableColumn(t(N_("Year")), 0.6, "right"),
    ]
    alt = t(N_("Table: the measures in which the province ranks highest and lowest."))
    add_table(page, place, columns, rows, alt, t, 11.0, lines=2, fill=True)


def _standing_row(standing: Standing, t: Translator) -> TableRow:
    return TableRow(
        (
            name_with_unit(standing.measure, t),
            format_value_beside_name(standing.cell.value or 0.0, standing.measure, t),
            short_rank(standing.cell, t),
            str(standing.year),
        )
    )


def _add_index_chart(page: Slide, brief: SlideRequest, adcode: str, t: Translator) -> None:
    """Add its scores beside the median of the provinces, in the ramp of the open index."""
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
        BarSeries(t(MEDIAN), medians, TICK_COLOUR),
    ]
    heading = t(N_("Open index of this atlas, calculated by the atlas: score, 1 to 100"))
    add_text(page, layout_area(page.slide_layout, Indices.HEADING), [heading], LAYOUT_STYLE, t)
    alt = t(
        N_("Bar chart: scores of {name} in the open index of this atlas, with the medians."),
        name=provinces()[adcode].name_in(t.lang),
    )
    below = layout_area(page.slide_layout, Indices.CHART)
    names = [index_label(standing, brief.year, t) for standing in standings]
    add_grouped_bar_chart(
        page, below, names, series, standings[0].measure.decimals, alt, upright=False
    )


def index_label(standing: Standing, year: int, t: Translator) -> str:
    """A part of the open index, with its year if it differs from the requested one."""
    name = t(GROUP_NAMES[standing.measure.dimension])
    if standing.year == year:
        return name
    return t(N_("{name} ({year})"), name=name, year=standing.year)


# Relative widths of table columns.
PLAIN, WITH_STATUS, WITH_INTERVAL = 1.0, 1.3, 1.9


def comparison_slides(deck: Deck, brief: SlideRequest, t: Translator) -> list[Slide]:
    """Add the chosen provinces in the measure, and in the dimensions of the open index."""
    return [_add_measure_slide(deck, brief, t), _add_index_slide(deck, brief, t)]


def _comparison_title(brief: SlideRequest, text: str, year: int, t: Translator) -> str:
    names = [short_province_name(adcode, t) for adcode in brief.chosen]
    if len(names) > MAX_NAMED_IN_TITLE:
        return t(
            N_("{count} provinces compared: {measure}, {year}"),
            count=len(names),
            measure=text,
            year=year,
        )
    return t(N_("{names}: {measure}, {year}"), names=t.join_names(names), measure=text, year=year)


def short_province_name(adcode: str, t: Translator) -> str:
    return marked_name(Cell(adcode, next(iter(STATUS_NAMES))), t)


def _add_measure_slide(deck: Deck, brief: SlideRequest, t: Translator) -> Slide:
    """Add bars of the measure, and a table of values, published ranks and index ranks."""
    snapshot = brief.choropleth.snapshot
    title = _comparison_title(brief, measure_name(brief.measure, t), brief.year, t)
    order = sorted(
        (snapshot.cells[adcode] for adcode in brief.chosen),
        key=lambda cell: (cell.rank or len(snapshot.cells), brief.chosen.index(cell.adcode)),
    )
    valued = [cell for cell in order if cell.value is not None]
    name = LayoutName.CHART_BESIDE_TABLE if valued else LayoutName.TABLE
    page = add_slide(deck, name, replace(map_slide_texts(brief, t), title=title), t)
    layout = page.slide_layout
    if valued:
        _add_province_bars(page, layout_area(layout, Indices.CHART), brief, valued, t)
    _add_province_table(page, layout_area(layout, Indices.TABLE), brief, order, t)
    return page


def _add_province_bars(
    page: Slide, place: Placement, brief: SlideRequest, order: list[Cell], t: Translator
) -> None:
    snapshot, marks = brief.choropleth.snapshot, _province_markers(brief)
    chart_bars = [
        ChartBar(marked_name(cell, t), cell.value, marks[cell.adcode].colour) for cell in order
    ]
    if snapshot.national:
        above = sum((cell.value or 0.0) > snapshot.national.value for cell in order)
        name = t(HOW_NATIONAL_SHORT[snapshot.national.how])
        chart_bars.insert(above, ChartBar(name, snapshot.national.value, NATIONAL_COLOUR))
    alt = t(
        N_("Bar chart: {measure}, {year}, the chosen provinces and the national value."),
        measure=name_with_unit(brief.measure, t),
        year=brief.year,
    )
    # A chart of few bars is lower, so that they do not get too thick.
    room = replace(place, height=min(place.height, 0.6 * len(chart_bars) + 0.2))
    add_bar_chart(
        page,
        room,
        chart_bars,
        name_with_unit(brief.measure, t),
        brief.measure.decimals,
        alt,
    )


def _add_province_table(
    page: Slide, place: Placement, brief: SlideRequest, order: list[Cell], t: Translator
) -> None:
    beside = _rank_columns(brief)
    unit = measure_unit(brief.measure, t)
    valued = brief.measure.kind != "report"
    columns = [
        TableColumn(t(N_("Province")), 1.0),
        TableColumn(
            unit if valued else _rank_column_heading(brief.measure, brief.year, t), PLAIN, "right"
        ),
        *([TableColumn(t(N_("Rank")), _column_share(brief.measure), "right")] if valued else []),
        *(
            TableColumn(_rank_column_heading(m, year, t), _column_share(m), "right")
            for m, year in beside
        ),
    ]
    rows = []
    for cell in order:
        others = [measure.snapshot(year).cells[cell.adcode] for measure, year in beside]
        lines = [slide_figure(cell, brief.measure, t)] if valued else []
        rank_texts = [_format_rank_cell(one, t) for one in (cell, *others)]
        rows.append(TableRow((marked_name(cell, t), *lines, *rank_texts)))
    alt = t(
        N_("Table: values and ranks of the chosen provinces, {measure}, {year}."),
        measure=name_with_unit(brief.measure, t),
        year=brief.year,
    )
    add_table(page, place, columns, rows, alt, t, SIZE, lines=2)


def _rank_columns(brief: SlideRequest) -> list[tuple[Measure, int]]:
    """The columns beside the measure: the first or all lists of the report, and the open index."""
    index = published_measures()[INDEX + WHOLE_INDEX]
    lists = [name for name, years in editions_by_list().items() if EDITION in years]
    if brief.measure.kind != "report":
        lists = [WHOLE_INDEX]
    results = [(published_measures()[REPORT + name], EDITION) for name in lists]
    results.append((index, index.nearest_year(brief.year)))
    return [(m, year) for m, year in results if (m.id, year) != (brief.measure.id, brief.year)]


def _column_share(measure: Measure) -> float:
    """The width of a column of ranks; those of the open index include the interval."""
    return {"index": WITH_INTERVAL, "report": WITH_STATUS}.get(measure.kind, PLAIN)


def _format_rank_cell(cell: Cell, t: Translator) -> str:
    """A rank as a table cell, or the status of a province without a rank among 31."""
    if cell.rank and cell.status is not Status.RANK_AMONG_TEN:
        return short_rank(cell, t)
    return format_rank(cell, t) or status_name(cell, t)


def _rank_column_heading(measure: Measure, year: int, t: Translator) -> str:
    """The heading of a column of ranks: published by the report, or calculated here."""
    if measure.kind == "index":
        return t(N_("Rank in the open index of this atlas, {year}"), year=year)
    if measure.dimension == WHOLE_INDEX:
        return t(N_("Published rank, report of {year}"), year=year)
    name = t(GROUP_NAMES[measure.dimension])
    return t(N_("{name}, report of {year}"), name=name, year=year)


def _add_index_slide(deck: Deck, brief: SlideRequest, t: Translator) -> Slide:
    """Add a chart of scores and a table of ranks in the open index and its dimensions."""
    whole = published_measures()[INDEX + WHOLE_INDEX]
    year = whole.nearest_year(brief.year)
    texts = slide_texts(brief, map_caption(whole, year, t), t)
    title = _comparison_title(brief, t(N_("open index of this atlas by dimension")), year, t)
    page = add_slide(deck, LayoutName.CHART_ABOVE_TABLE, replace(texts, title=title), t)
    standings = {adcode: open_index_standings(adcode, brief.year) for adcode in brief.chosen}
    heads = [index_label(one, year, t) for one in standings[brief.chosen[0]]]
    below = table_row_height(SIZE, 2) * 1.05 + len(standings) * table_row_height(SIZE)
    chart = layout_area(page.slide_layout, Indices.CHART)
    place = join_placements(layout_area(page.slide_layout, Indices.TABLE), chart)
    # The table takes the height of its rows, and the chart what is left; bars stand above columns.
    place = replace(place, top=place.bottom - below, height=below)
    chart = replace(chart, height=place.top - CHART_GAP - chart.top)
    first = chart.left - place.left
    marks = _province_markers(brief)
    series = [
        BarSeries(
            short_province_name(adcode, t),
            tuple(s.cell.value for s in results),
            marks[adcode].colour,
        )
        for adcode, results in standings.items()
        if any(s.cell.value is not None for s in results)
    ]
    labelled = len(series) < MAX_LABELLED
    if labelled and series:
        middle = (standing.snapshot.national for standing in standings[brief.chosen[0]])
        medians = tuple(mark.value if mark else None for mark in middle)
        series.append(BarSeries(t(MEDIAN), medians, TICK_COLOUR))
    if series:
        alt = t(
            N_("Bar chart: scores in the open index of this atlas by dimension, {year}."), year=year
        )
        add_grouped_bar_chart(page, chart, heads, series, whole.decimals, alt, labelled, size=9.5)
    columns = [TableColumn(t(N_("Score (rank)")), first)]
    columns += [TableColumn(head, chart.width / len(heads), "center") for head in heads]
    rows = [
        TableRow((short_province_name(adcode, t), *(_format_score(one, t) for one in items)))
        for adcode, items in standings.items()
    ]
    alt = t(N_("Table: scores and ranks in the open index of this atlas, {year}."), year=year)
    add_table(page, place, columns, rows, alt, t, SIZE)
    return page


def _format_score(standing: Standing, t: Translator) -> str:
    if standing.cell.value is None:
        return status_name(standing.cell, t)
    value = format_number(standing.cell.value, standing.measure, t)
    return t(N_("{value} ({rank})"), value=value, rank=standing.cell.rank)


def _province_markers(brief: SlideRequest) -> dict[str, Marker]:
    """The colour of each province, as on the pages."""
    return assign_markers(brief.province if brief.province in brief.chosen else "", brief.chosen)
