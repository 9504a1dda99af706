"""The slides of one measure: its map with the leaders, and its whole ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil
from typing import Final

from pptx.presentation import Presentation as Deck
from pptx.slide import Slide

from geo import wording
from geo.cells import Cell, Scale, Snapshot
from geo.marks import NATIONAL
from geo.ranking import Group, groups, national_place
from geo.slides.brief import Brief, figure, map_words, named, note_line
from geo.slides.charts import Bar, bars
from geo.slides.grids import Column, Row, grid
from geo.slides.letters import Paragraph, Run, Style
from geo.slides.stage import BODY, Picture, Place, picture, slide, text
from geo.slides.typed import line_count
from geo.slides.typed import width as text_width
from geo.text import N_, Texts

LEADERS: Final = 10  # bars beside the map
LAST: Final = 3  # rows of those at the end
MOST_OWN: Final = 3  # rows of chosen provinces beside the map
BLOCKS: Final = 3  # side by side in the table of the whole ranking
HALVES: Final = 2  # charts side by side
GAP: Final = 0.3  # inches between what stands side by side
# Where the map stands: a picture of these proportions fills it.
PICTURE: Final = Place(BODY.left, BODY.top, 7.45, BODY.height)
BESIDE: Final = Place(BODY.left + 7.75, BODY.top, BODY.width - 7.75, BODY.height)
NAME_SIZE: Final = 10.5
NOTE_HEIGHT: Final = 0.36
CHART_SHARE: Final = 0.56  # of the height beside the map


def measure_slide(deck: Deck, brief: Brief, shown: bytes, say: Texts) -> Slide:
    """The map with its leaders: a picture, and beside it a native chart and table.

    shown: the map as a PNG. The report's lists have no figures and so no chart: the table takes
    all of the room.
    """
    found = map_words(brief, say)
    page = slide(deck, found, say)
    left, right = PICTURE, BESIDE
    if brief.note:
        left = replace(left, height=left.height - NOTE_HEIGHT)
        note_line(
            page, Place(left.left, left.top + left.height + 0.04, left.width, 0.32), brief, say
        )
    picture(page, left, Picture(shown, brief.caption(say).alt.text))
    own = brief.drawn.snapshot
    if own.scale is Scale.QUANTITY and own.values():
        high = right.height * CHART_SHARE
        _leaders(page, replace(right, height=high), brief, say)
        _key_figures(
            page, Place(right.left, right.top + high, right.width, right.height - high), brief, say
        )
    else:
        _list(page, right, brief, say)
    return page


def _leaders(page: Slide, place: Place, brief: Brief, say: Texts) -> None:
    """The first ten as bars, highest at the top, with the national value below them."""
    own = brief.drawn.snapshot
    shown = [_bar(cell, brief, say) for cell in _ranked(own)[:LEADERS]]
    if own.national:
        shown.append(_national_bar(own, say))
    alt = say(
        N_("Bar chart: {measure}, {year}, the first {count} provinces and the national value."),
        measure=wording.titled(brief.measure, say),
        year=brief.year,
        count=min(LEADERS, len(_ranked(own))),
    )
    heading = wording.titled(brief.measure, say)
    bars(page, place, shown, heading, brief.measure.decimals, alt, size=10.0)


def _key_figures(page: Slide, place: Place, brief: Brief, say: Texts) -> None:
    """What the bars do not show: the chosen provinces, the last, and who has no place."""
    own = brief.drawn.snapshot
    order = _ranked(own)
    asked = dict.fromkeys(filter(None, (brief.province, *brief.chosen)))
    chosen = [own.cells[adcode] for adcode in asked][:MOST_OWN]
    last = [c for c in order[LEADERS:][-LAST:] if c not in chosen]
    rows = [
        Row((named(cell, say), figure(cell, brief.measure, say), _rank(cell, say)), strong=True)
        for cell in chosen
    ]
    rows += [Row((named(c, say), figure(c, brief.measure, say), _rank(c, say))) for c in last]
    rows += [
        Row((wording.status(group.status, say), wording.counts((len(group.cells),), say), ""))
        for group in groups(own)
        if group.status
    ]
    columns = [
        Column(say(N_("Province")), 1.5),
        Column(_unit(brief, say), 1.15, "right"),
        Column(say(N_("Rank")), 1.35, "right"),
    ]
    alt = say(
        N_("Table: chosen provinces, the last of the ranking, and those without a place, {year}."),
        year=brief.year,
    )
    grid(page, place, columns, rows, alt, say, 10.0)


def _list(page: Slide, place: Place, brief: Brief, say: Texts) -> None:
    """What an edition publishes: the provinces it places or names, and the rest by status."""
    own = brief.drawn.snapshot
    rows = []
    for group in groups(own):
        cells = group.cells
        if group.status is None or any(cell.rank for cell in cells) or len(cells) <= LEADERS:
            rows += [
                Row((named(cell, say), wording.headline(cell, brief.measure, say)))
                for cell in cells
            ]
        else:
            rows.append(
                Row((wording.counts((len(cells),), say), wording.status(group.status, say)))
            )
    columns = [Column(say(N_("Province")), 1.0), Column(say(N_("Published")), 1.6)]
    alt = say(
        N_("Table: what the report’s edition of {year} publishes, province by province."),
        year=brief.year,
    )
    grid(page, place, columns, rows, alt, say, 11.0, lines=2)


def ranking_slides(deck: Deck, brief: Brief, say: Texts) -> list[Slide]:
    """The whole ranking: as bars and as a table, on a slide each; the report's lists as one."""
    own = brief.drawn.snapshot
    if own.scale is not Scale.QUANTITY or not own.values():
        return [_list_slide(deck, brief, say)]
    return [_chart_slide(deck, brief, say), _table_slide(deck, brief, say)]


def _titled(deck: Deck, brief: Brief, say: Texts) -> Slide:
    # The names of the report's lists say already that they are rankings.
    listed = brief.measure.kind == "report"
    title = say(
        N_("{measure}, {year}") if listed else N_("Ranking: {measure}, {year}"),
        measure=wording.measure_name(brief.measure, say),
        year=brief.year,
    )
    return slide(deck, replace(map_words(brief, say), title=title), say)


def _chart_slide(deck: Deck, brief: Brief, say: Texts) -> Slide:
    """Every province with a figure as a bar, in two charts of one scale."""
    own = brief.drawn.snapshot
    page = _titled(deck, brief, say)
    shown = [_bar(cell, brief, say) for cell in _ranked(own)]
    place = national_place(own)
    if place is not None:
        shown.insert(place, _national_bar(own, say))
    half = ceil(len(shown) / HALVES)
    top = max(bar.value or 0.0 for bar in shown)
    names = max(text_width(bar.label, NAME_SIZE) for bar in shown)
    width = (BODY.width - GAP) / HALVES
    for number, part in enumerate((shown[:half], shown[half:])):
        if not part:
            continue
        alt = say(
            N_("Bar chart: {measure}, {year}, from {first} to {last} in the order of the figures."),
            measure=wording.titled(brief.measure, say),
            year=brief.year,
            first=part[0].label,
            last=part[-1].label,
        )
        where = Place(BODY.left + number * (width + GAP), BODY.top, width, BODY.height)
        # A shorter half keeps the thickness of the bars.
        where = replace(where, height=BODY.height * len(part) / half)
        heading = wording.titled(brief.measure, say)
        bars(page, where, part, heading, brief.measure.decimals, alt, top, names)
    return page


def _table_slide(deck: Deck, brief: Brief, say: Texts) -> Slide:
    """Every province with its rank and figure, in three blocks; those without below."""
    own = brief.drawn.snapshot
    page = _titled(deck, brief, say)
    entries = [
        (str(c.rank), named(c, say), figure(c, brief.measure, say), wording.interval(c, say))
        for c in _ranked(own)
    ]
    place = national_place(own)
    if own.national and place is not None:
        mark = own.national
        name = say(wording.HOW_NATIONAL_SHORT[mark.how])
        entries.insert(place, ("", name, wording.number(mark.value, brief.measure, say), ""))
    parts = slice(0, 4 if own.ours else 3)
    length = ceil(len(entries) / BLOCKS)
    blank = ("", "", "", "")
    blocks = [entries[i * length : (i + 1) * length] for i in range(BLOCKS)]
    rows = [
        Row(tuple(text for block in blocks for text in (block[i : i + 1] or [blank])[0][parts]))
        for i in range(length)
    ]
    heads = [
        Column(say(N_("Rank")), 0.5, "right"),
        Column(say(N_("Province")), 1.35),
        Column(_unit(brief, say), 1.2, "right"),
        Column(say(N_("Interval")), 0.9, "right"),
    ][parts]
    alt = say(
        N_("Table: rank and figure of every province, {measure}, {year}."),
        measure=wording.titled(brief.measure, say),
        year=brief.year,
    )
    rest = [group for group in groups(own) if group.status]
    below = _others_height(rest, BODY, say)
    grid(
        page, replace(BODY, height=BODY.height - below), heads * BLOCKS, rows, alt, say, 11.0,
        fill=True,
    )  # fmt: skip
    _others(
        page, Place(BODY.left, BODY.top + BODY.height - below + 0.08, BODY.width, below), rest, say
    )
    return page


def _list_slide(deck: Deck, brief: Brief, say: Texts) -> Slide:
    """What an edition publishes at the left; at the right everybody else, and what it means."""
    own = brief.drawn.snapshot
    page = _titled(deck, brief, say)
    shown = groups(own)[:1]
    columns = [Column(say(N_("Province")), 1.0), Column(say(N_("Published")), 1.5)]
    rows = [_headline(cell, brief, say) for group in shown for cell in group.cells[:LEADERS]]
    width = (BODY.width - GAP) / 2
    alt = say(
        N_("Table: what the report’s edition of {year} publishes, province by province."),
        year=brief.year,
    )
    grid(page, replace(BODY, width=width), columns, rows, alt, say, 12.0, lines=2)
    right = Place(BODY.left + width + GAP, BODY.top, width, BODY.height)
    rest = [group for group in groups(own) if group.status]
    paragraphs: list[Paragraph] = []
    for group, told in zip(rest, _told(rest, say), strict=True):
        paragraphs += [told, *([say(wording.STATUS_NOTES[group.status])] if group.status else [])]
    text(page, right, paragraphs, Style(12, after=7), say)
    return page


def _told(rest: Sequence[Group], say: Texts) -> list[list[Run]]:
    """Who has no place, a paragraph for each status."""
    return [
        [
            Run(wording.status(group.status, say) + say.pick(": ", "："), bold=True),
            Run(say.listing([named(cell, say) for cell in group.cells])),
        ]
        for group in rest
        if group.status
    ]


def _others(page: Slide, place: Place, rest: Sequence[Group], say: Texts) -> None:
    if rest:
        text(page, place, _told(rest, say), Style(10.5, after=2), say)


def _others_height(rest: Sequence[Group], place: Place, say: Texts) -> float:
    """How much room, in inches, those without a place take below a table."""
    told = ("".join(run.text for run in one) for one in _told(rest, say))
    lines = sum(line_count(one, place.room, 10.5) for one in told)
    return (lines * 10.5 * 1.25 + 2 * len(rest)) / 72 + 0.12 if rest else 0.0


def _ranked(own: Snapshot) -> list[Cell]:
    """The cells with a place, first to last."""
    return [cell for group in groups(own)[:1] if group.status is None for cell in group.cells]


def _bar(cell: Cell, brief: Brief, say: Texts) -> Bar:
    return Bar(named(cell, say), cell.value, brief.drawn.colour(cell))


def _national_bar(own: Snapshot, say: Texts) -> Bar:
    if own.national is None:
        raise ValueError("no national value to draw")
    return Bar(say(wording.HOW_NATIONAL_SHORT[own.national.how]), own.national.value, NATIONAL)


def _headline(cell: Cell, brief: Brief, say: Texts) -> Row:
    return Row((named(cell, say), wording.headline(cell, brief.measure, say)))


def _rank(cell: Cell, say: Texts) -> str:
    return wording.short_rank(cell, say)


def _unit(brief: Brief, say: Texts) -> str:
    return say.pick(brief.measure.unit_en, brief.measure.unit_zh)
