"""The slides of one measure: its map with the leaders, and its whole ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo.captions import NationalRow, Ranking, RankingRow, UnrankedGroup
from geo.maps import NATIONAL_COLOUR
from geo.measures import format_class_counts, measure_name, name_with_unit
from geo.slides.charts import ChartBar, add_bar_chart
from geo.slides.layout import SlidePicture, add_picture, add_slide, add_text
from geo.slides.request import (
    SlideRequest,
    draw_user_note,
    map_slide_texts,
)
from geo.slides.tables import TableColumn, TableRow, add_table
from geo.slides.template import (
    POINTS,
    LayoutName,
    LayoutText,
    PlaceholderIndex,
    Placement,
    join_placements,
    layout_area,
    layout_text,
)
from geo.slides.text import LAYOUT_STYLE, LINE, Paragraph, TextRun, line_count
from geo.slides.text import text_width_pt as text_width
from geo.text import N_, Translator

LEADER_COUNT: Final = 10  # bars beside the map
LAST: Final = 3  # rows of the last provinces
MAX_CHOSEN: Final = 3  # rows of chosen provinces beside the map
BLOCKS: Final = 3  # blocks side by side in the ranking table
NAME_SIZE: Final = 10.5
TEXT_GAP: Final = 0.08  # inches between a table and the text below it
Indices = PlaceholderIndex


def add_map_slide(deck: Deck, brief: SlideRequest, body: bytes, t: Translator) -> Slide:
    """Add the map as a picture, and beside it a native chart and table of its leaders.

    body: the map as PNG. The report's lists have no values and therefore no chart; the table
    takes all the room.
    """
    texts = map_slide_texts(brief, t)
    ranking = brief.ranking(t)
    valued = _ranks_values(ranking)
    page = add_slide(deck, _map_layout(valued, bool(brief.note)), texts, t)
    layout = page.slide_layout
    if brief.note:
        draw_user_note(page, brief, t)
    picture = SlidePicture(body, brief.caption(t).alt.text)
    add_picture(page, layout_area(layout, Indices.PICTURE), picture)
    table = layout_area(layout, Indices.TABLE)
    if valued:
        _add_leaders_chart(page, layout_area(layout, Indices.CHART), brief, ranking, t)
        _add_key_figures(page, table, brief, ranking, t)
    else:
        _add_published_list(page, table, brief, ranking, t)
    return page


def _map_layout(valued: bool, noted: bool) -> LayoutName:
    if valued:
        return LayoutName.MAP_CHART_TABLE_NOTE if noted else LayoutName.MAP_CHART_TABLE
    return LayoutName.MAP_TABLE_NOTE if noted else LayoutName.MAP_TABLE


def _add_leaders_chart(
    page: Slide, place: Placement, brief: SlideRequest, ranking: Ranking, t: Translator
) -> None:
    """Add the first ten as bars, highest at the top, and the national value below."""
    leaders = ranking.ranked[:LEADER_COUNT]
    chart_bars = [_ranking_bar(row) for row in leaders]
    if ranking.national:
        chart_bars.append(_ranking_bar(ranking.national))
    alt = t(
        N_("Bar chart: {measure}, {year}, the first {count} provinces and the national value."),
        measure=name_with_unit(brief.measure, t),
        year=brief.year,
        count=len(leaders),
    )
    heading = name_with_unit(brief.measure, t)
    add_bar_chart(page, place, chart_bars, heading, brief.measure.decimals, alt, size=10.0)


def _add_key_figures(
    page: Slide, place: Placement, brief: SlideRequest, ranking: Ranking, t: Translator
) -> None:
    """Add what the bars do not show: chosen provinces, the last ones, those without a rank."""
    values = dict.fromkeys(filter(None, (brief.province, *brief.chosen)))
    chosen = [ranking.by_adcode[adcode] for adcode in values][:MAX_CHOSEN]
    last = [row for row in ranking.ranked[LEADER_COUNT:][-LAST:] if row not in chosen]
    rows = [
        TableRow((row.marked_name, row.figure_or_status, row.short_rank), bold=row in chosen)
        for row in (*chosen, *last)
    ]
    rows += [
        TableRow((group.name, format_class_counts((len(group.provinces),), t), ""))
        for group in ranking.unranked
    ]
    columns = [
        TableColumn(t(N_("Province")), 1.5),
        TableColumn(ranking.unit, 1.15, "right"),
        TableColumn(t(N_("Rank")), 1.35, "right"),
    ]
    alt = t(
        N_("Table: chosen provinces, the last of the ranking, and units without a rank, {year}."),
        year=brief.year,
    )
    add_table(page, place, columns, rows, alt, t, 10.0)


def _add_published_list(
    page: Slide, place: Placement, brief: SlideRequest, ranking: Ranking, t: Translator
) -> None:
    """Add what an edition publishes: its ranked or named provinces, the rest by status."""
    rows = [_published_row(row) for row in ranking.ranked]
    for group in ranking.unranked:
        members = group.provinces
        if any(row.rank for row in members) or len(members) <= LEADER_COUNT:
            rows += [_published_row(row) for row in members]
        else:
            rows.append(TableRow((format_class_counts((len(members),), t), group.name)))
    columns = [TableColumn(t(N_("Province")), 1.0), TableColumn(t(N_("Published")), 1.6)]
    alt = t(
        N_("Table: what the report’s edition of {year} publishes, by province."),
        year=brief.year,
    )
    add_table(page, place, columns, rows, alt, t, 11.0, lines=2)


def add_ranking_slides(deck: Deck, brief: SlideRequest, t: Translator) -> list[Slide]:
    """Add the whole ranking: a slide of bars and one of a table; a single slide for a list."""
    ranking = brief.ranking(t)
    if not _ranks_values(ranking):
        return [_add_list_slide(deck, brief, ranking, t)]
    return [
        _add_ranking_charts(deck, brief, ranking, t),
        _add_ranking_tables(deck, brief, ranking, t),
    ]


def _ranks_values(ranking: Ranking) -> bool:
    """Whether there are values to draw as bars."""
    return ranking.has_values and any(row.value is not None for row in ranking.by_adcode.values())


def _titled_slide(deck: Deck, name: LayoutName, brief: SlideRequest, t: Translator) -> Slide:
    # The names of the report's lists already say that they are rankings.
    listed = brief.measure.kind == "report"
    title = t(
        N_("{measure}, {year}") if listed else N_("Ranking: {measure}, {year}"),
        measure=measure_name(brief.measure, t),
        year=brief.year,
    )
    return add_slide(deck, name, replace(map_slide_texts(brief, t), title=title), t)


def _add_ranking_charts(deck: Deck, brief: SlideRequest, ranking: Ranking, t: Translator) -> Slide:
    """Add every province with a value as a bar, in two charts of one scale."""
    page = _titled_slide(deck, LayoutName.TWO_CHARTS, brief, t)
    chart_bars = [_ranking_bar(row) for row in ranking.rows]
    half = ceil(len(chart_bars) / 2)
    top = max(bar.value or 0.0 for bar in chart_bars)
    names = max(text_width(bar.label, NAME_SIZE) for bar in chart_bars)
    halves = ((Indices.CHART, chart_bars[:half]), (Indices.SECOND_CHART, chart_bars[half:]))
    for index, part in halves:
        if not part:
            continue
        alt = t(
            N_("Bar chart: {measure}, {year}, from {first} to {last} in order of value."),
            measure=name_with_unit(brief.measure, t),
            year=brief.year,
            first=part[0].label,
            last=part[-1].label,
        )
        where = layout_area(page.slide_layout, index)
        # A shorter half is lower, so that bars keep their thickness.
        where = replace(where, height=where.height * len(part) / half)
        heading = name_with_unit(brief.measure, t)
        add_bar_chart(page, where, part, heading, brief.measure.decimals, alt, top, names)
    return page


def _add_ranking_tables(deck: Deck, brief: SlideRequest, ranking: Ranking, t: Translator) -> Slide:
    """Add every province with rank and value in three blocks; those without a rank below."""
    page = _titled_slide(deck, LayoutName.TABLE_ABOVE_TEXT, brief, t)
    entries = [
        (str(row.rank), row.marked_name, row.figure_or_status, row.interval)
        if isinstance(row, RankingRow)
        else ("", row.name, row.figure, "")
        for row in ranking.rows
    ]
    parts = slice(0, 4 if ranking.is_open_index else 3)
    length = ceil(len(entries) / BLOCKS)
    blank = ("", "", "", "")
    blocks = [entries[i * length : (i + 1) * length] for i in range(BLOCKS)]
    rows = [
        TableRow(
            tuple(text for block in blocks for text in (block[i : i + 1] or [blank])[0][parts])
        )
        for i in range(length)
    ]
    heads = [
        TableColumn(t(N_("Rank")), 0.5, "right"),
        TableColumn(t(N_("Province")), 1.35),
        TableColumn(ranking.unit, 1.2, "right"),
        TableColumn(t(N_("Interval")), 0.9, "right"),
    ][parts]
    alt = t(
        N_("Table: rank and value of every province, {measure}, {year}."),
        measure=name_with_unit(brief.measure, t),
        year=brief.year,
    )
    rest = ranking.unranked
    layout = page.slide_layout
    text = layout_area(layout, Indices.TEXT)
    whole = join_placements(layout_area(layout, Indices.TABLE), text)
    # The table ends where the text needs its room to begin.
    below = _others_height(rest, text, layout_text(layout, Indices.TEXT), t)
    table = replace(whole, height=whole.height - below)
    add_table(page, table, heads * BLOCKS, rows, alt, t, 11.0, fill=True)
    _draw_unranked(page, replace(text, top=table.bottom + TEXT_GAP, height=below), rest, t)
    return page


def _add_list_slide(deck: Deck, brief: SlideRequest, ranking: Ranking, t: Translator) -> Slide:
    """Add the published list at the left; at the right all others, and what the list means."""
    page = _titled_slide(deck, LayoutName.TABLE_BESIDE_TEXT, brief, t)
    first = ranking.ranked or next((group.provinces for group in ranking.unranked), ())
    columns = [TableColumn(t(N_("Province")), 1.0), TableColumn(t(N_("Published")), 1.5)]
    rows = [_published_row(row) for row in first[:LEADER_COUNT]]
    alt = t(
        N_("Table: what the report’s edition of {year} publishes, by province."),
        year=brief.year,
    )
    table = layout_area(page.slide_layout, Indices.TABLE)
    add_table(page, table, columns, rows, alt, t, 12.0, lines=2)
    paragraphs: list[Paragraph] = []
    for group in ranking.unranked:
        paragraphs += [_unranked_paragraph(group, t), group.note]
    add_text(page, layout_area(page.slide_layout, Indices.TEXT), paragraphs, LAYOUT_STYLE, t)
    return page


def _unranked_paragraph(group: UnrankedGroup, t: Translator) -> list[TextRun]:
    """The provinces without a rank under one status."""
    return [
        TextRun(group.name + t.language.colon, bold=True),
        TextRun(t.join_names([row.marked_name for row in group.provinces])),
    ]


def _draw_unranked(
    page: Slide, place: Placement, rest: Sequence[UnrankedGroup], t: Translator
) -> None:
    if rest:
        paragraphs = [_unranked_paragraph(group, t) for group in rest]
        add_text(page, place, paragraphs, LAYOUT_STYLE, t)


def _others_height(
    rest: Sequence[UnrankedGroup], place: Placement, setting: LayoutText, t: Translator
) -> float:
    """The height in inches of the provinces without a rank below a table."""
    texts = ("".join(run.text for run in _unranked_paragraph(group, t)) for group in rest)
    lines = sum(line_count(one, place.width_pt, setting.size) for one in texts)
    points = lines * setting.size * LINE + setting.after * len(rest)
    return points / POINTS + 0.12 if rest else 0.0


def _ranking_bar(row: RankingRow | NationalRow) -> ChartBar:
    if isinstance(row, NationalRow):
        return ChartBar(row.name, row.value, NATIONAL_COLOUR)
    return ChartBar(row.marked_name, row.value, row.colour)


def _published_row(row: RankingRow) -> TableRow:
    return TableRow((row.marked_name, row.text))
