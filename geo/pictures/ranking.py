"""The ranking of a picture: every province with its rank, value and a bar, in columns.

For the open index a whisker replaces the bar: the interval of the rank over choices of method.
Rows shrink until they fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely

from geo.colours import COLOURS
from geo.labels import Box
from geo.maps import BORDER_COLOUR
from geo.measures import (
    EVALUATED_COUNT,
    HOW_NATIONAL_SHORT,
    Cell,
    format_number,
    mark_doubt,
    measure_unit,
    rank_of_national,
    ranking_groups,
    status_name,
)
from geo.pictures.fonts import BOLD, REGULAR, shorten_text, text_width, wrap_text
from geo.pictures.maps import ACCENT
from geo.pictures.sheet import (
    FAINT,
    INK,
    MUTED,
    RULE,
    ShapeItem,
    Sheet,
    StrokeItem,
    TextItem,
    dot_shape,
)
from geo.pictures.subject import FigureSubject
from geo.text import N_, Translator
from geo.units import provinces

ROW: Final = 1.62  # row height, in em
TIGHT_ROW: Final = 1.36
TIGHT_BELOW: Final = 0.8
GAP: Final = 0.6  # between the parts of a row, in em
COLUMN_GAP: Final = 2.4  # between columns, in em
SECOND_LANGUAGE_FACTOR: Final = 0.84  # relative font size of the second language
COMPACT: Final = 0.86  # share of the picture's font size, below a map
MIN_FONT_FACTOR: Final = 0.6  # smallest font size, share of the picture's
BAR: Final = 0.62  # height of a bar, in rows
WHISKER: Final = COLOURS["ink-muted"]
PLACES: Final = EVALUATED_COUNT
WHISKERS: Final = N_(
    "Dot: rank. Line: 5th to 95th percentile of the rank over choices of method; no confidence"
    " interval."
)


@dataclass(frozen=True)
class RankingRow:
    """A row of the ranking; cell is None for the national value."""

    cell: Cell | None
    place: str
    names: tuple[str, ...]
    figure: str
    value: float | None
    fill: str = ""


@dataclass(frozen=True)
class _RankingGrid:
    """The columns of a ranking: the offsets of its parts in pixels from a row's left end."""

    letters: float
    step: float
    place: float
    name: float
    bar: float
    figure: float
    room: float


def ranking_rows(subject: FigureSubject) -> list[RankingRow]:
    """The ranked provinces by rank, with the national value inserted by its size."""
    drawn, measure, snapshot = subject.choropleth, subject.measure, subject.snapshot
    first = ranking_groups(snapshot)[0]
    if first.status is not None:
        return []
    t = subject.translators[0]
    rows = [
        RankingRow(
            cell,
            str(cell.rank),
            _row_names(cell, subject),
            format_number(cell.value, measure, t) if cell.value is not None else "",
            cell.value,
            drawn.colour(cell),
        )
        for cell in first.cells
    ]
    place = rank_of_national(snapshot)
    if snapshot.national and place is not None:
        mark = snapshot.national
        names = dict.fromkeys(
            translator(HOW_NATIONAL_SHORT[mark.how]) for translator in subject.translators
        )
        figure = format_number(mark.value, measure, t)
        rows.insert(place, RankingRow(None, "", tuple(names), figure, mark.value))
    return rows


def _row_names(cell: Cell, subject: FigureSubject) -> tuple[str, ...]:
    first, *others = (provinces()[cell.adcode].name_in(t.lang) for t in subject.translators)
    return (mark_doubt(first, cell), *others)


def draw_ranking(
    sheet: Sheet, box: Box, subject: FigureSubject, columns: int = 1, whiskers: bool = False
) -> None:
    """Draw the ranking into a box in columns, and below it the provinces without a rank."""
    rows = ranking_rows(subject)
    rest = _unranked_lines(subject, whiskers)
    sheet.boxes["ranking"] = box
    letters = sheet.size.text
    while True:
        end = _draw_ranking_in(
            sheet, box, subject, rows, rest, columns, whiskers, letters, trial=True
        )
        if end <= box.y1 or letters <= sheet.size.text * MIN_FONT_FACTOR:
            break
        letters *= 0.97
    _draw_ranking_in(sheet, box, subject, rows, rest, columns, whiskers, letters)


def ranking_height(
    sheet: Sheet, room: float, subject: FigureSubject, columns: int = 1, whiskers: bool = False
) -> float:
    """The height of the ranking within a width, in the compact font size."""
    box = Box(0, 0, room, 0)
    letters = sheet.size.text * COMPACT
    return _draw_ranking_in(
        sheet,
        box,
        subject,
        ranking_rows(subject),
        _unranked_lines(subject, whiskers),
        columns,
        whiskers,
        letters,
        trial=True,
    )


def _draw_ranking_in(
    sheet: Sheet, box: Box, subject: FigureSubject, rows: Sequence[RankingRow], rest: Sequence[str],
    columns: int, whiskers: bool, letters: float, trial: bool = False,
) -> float:  # fmt: skip
    """Draw it in a font size, or only measure it; returns its bottom."""
    if trial:
        sheet = replace(sheet, items=[], boxes={})
    y = _draw_ranking_head(sheet, box, subject, letters)
    if rows:
        gap = letters * COLUMN_GAP
        wide = (box.width - gap * (columns - 1)) / columns
        grid = _build_grid(rows, wide, letters, sheet.size.text)
        each = -(-len(rows) // columns)
        if whiskers:
            y += letters * 1.1
        for order in range(columns):
            x = box.x0 + order * (wide + gap)
            part = rows[order * each : (order + 1) * each]
            if whiskers and part:
                _draw_rank_axis(sheet, x, y, y + grid.step * len(part), grid, subject)
            for place, row in enumerate(part):
                _draw_ranking_row(sheet, x, y + place * grid.step, row, grid, subject, whiskers)
        y += each * grid.step
    y += letters * 0.6
    size = min(sheet.size.small, letters)
    for text in rest:
        for line in wrap_text(text, box.width, size, max_lines=6):
            y += size * 1.34
            sheet.add_items(TextItem(box.x0, y, line, size, "ranking", colour=FAINT))
        y += size * 0.3
    return y


def _draw_ranking_head(sheet: Sheet, box: Box, subject: FigureSubject, letters: float) -> float:
    title = subject.translate_each(lambda t: t(N_("Ranking")))
    unit = subject.translate_each(lambda t: measure_unit(subject.measure, t))
    y = box.y0 + letters * 0.88
    sheet.add_items(TextItem(box.x0, y, title, letters, "ranking", BOLD))
    room = box.width - text_width(title, letters, BOLD) - letters
    sheet.add_items(
        TextItem(
            box.x1,
            y,
            shorten_text(unit, room, letters * SECOND_LANGUAGE_FACTOR),
            letters * SECOND_LANGUAGE_FACTOR,
            "ranking",
            colour=FAINT,
            align="right",
        )
    )
    return y + letters * 0.8


def _build_grid(
    rows: Sequence[RankingRow], room: float, letters: float, full: float
) -> _RankingGrid:
    """full: the picture's font size; much smaller fonts get lower rows."""
    gap = letters * GAP
    place = text_width("31", letters)
    name = max(
        sum(
            text_width(text, letters * (SECOND_LANGUAGE_FACTOR if i else 1.0))
            for i, text in enumerate(row.names)
        )
        + gap * (len(row.names) - 1)
        for row in rows
    )
    figure = max(text_width(row.figure, letters) for row in rows)
    bar = place + gap + name + gap
    step = letters * (ROW if letters > full * TIGHT_BELOW else TIGHT_ROW)
    return _RankingGrid(letters, step, place, place + gap, bar, room - figure, room)


def _draw_ranking_row(
    sheet: Sheet,
    x: float,
    y: float,
    row: RankingRow,
    grid: _RankingGrid,
    subject: FigureSubject,
    whiskers: bool,
) -> None:
    letters = grid.letters
    base = y + grid.step / 2 + letters * 0.36
    national = row.cell is None
    chosen = row.cell is not None and row.cell.adcode == subject.picture.province
    weight = BOLD if chosen or national else REGULAR
    add = sheet.add_items
    add(TextItem(x + grid.place, base, row.place, letters, "ranking", colour=MUTED, align="right"))
    left = x + grid.name
    for order, text in enumerate(row.names):
        size = letters * (SECOND_LANGUAGE_FACTOR if order else 1.0)
        colour = FAINT if order else ACCENT if chosen else INK
        add(TextItem(left, base, text, size, "ranking", REGULAR if order else weight, colour))
        left += text_width(text, size, weight) + letters * GAP
    if row.figure:
        add(
            TextItem(
                x + grid.room, base, row.figure, letters, "ranking", weight,
                ACCENT if chosen else INK, "right",
            )
        )  # fmt: skip
    start, end = x + grid.bar + letters * 0.3, x + grid.figure - letters * GAP
    middle = y + grid.step / 2
    if whiskers:
        if row.cell is not None:
            _draw_interval(sheet, row.cell, start, end, middle, letters, chosen)
        return
    top = max(subject.snapshot.values_by_adcode().values(), default=0.0)
    if row.value is not None and top > 0 and row.value > 0:
        _draw_bar(
            sheet, row, start, start + (end - start) * min(row.value / top, 1.0), middle, grid
        )
    elif row.value is None and row.cell is not None:
        # A rank without a value has no bar length; its colour shows the tier.
        half = letters * 0.5
        swatch = shapely.box(end - 2.4 * half, middle - half, end, middle + half)
        add(ShapeItem(swatch, "bar", row.fill, BORDER_COLOUR, 0.5))


def _draw_bar(
    sheet: Sheet, row: RankingRow, start: float, end: float, middle: float, grid: _RankingGrid
) -> None:
    half = grid.step * BAR / 2
    if row.cell is None:
        line = np.array([[start, middle], [end, middle]])
        sheet.add_items(StrokeItem((line,), INK, 1.4, "bar", (3.0, 2.0)))
        return
    bar = shapely.box(start, middle - half, end, middle + half)
    sheet.add_items(ShapeItem(bar, "bar", row.fill, BORDER_COLOUR, 0.5))


def _draw_interval(
    sheet: Sheet, cell: Cell, start: float, end: float, y: float, letters: float, chosen: bool
) -> None:
    """Draw the interval of a rank as a line with ends, the rank as a dot."""

    def at(place: int) -> float:
        return start + (end - start) * (place - 1) / (PLACES - 1)

    high = letters * 0.32
    if cell.low is not None and cell.high is not None:
        low, top = at(cell.low), at(cell.high)
        lines = [[[low, y], [top, y]], *([[x, y - high], [x, y + high]] for x in (low, top))]
        results = tuple(np.array(line) for line in lines)
        sheet.add_items(StrokeItem(results, ACCENT if chosen else WHISKER, 1.5, "whisker"))
    if cell.rank is not None:
        sheet.add_items(
            dot_shape(at(cell.rank), y, letters * 0.27, ACCENT if chosen else INK, "whisker")
        )


def _draw_rank_axis(
    sheet: Sheet, x: float, top: float, bottom: float, grid: _RankingGrid, subject: FigureSubject
) -> None:
    """Draw ranks above the whiskers, with a thin line down from each."""
    start, end = x + grid.bar + grid.letters * 0.3, x + grid.figure - grid.letters * GAP
    size = grid.letters * 0.8
    lines = []
    for place in (1, 5, 10, 15, 20, 25, PLACES):
        at = start + (end - start) * (place - 1) / (PLACES - 1)
        lines.append(np.array([[at, top], [at, bottom]]))
        sheet.add_items(
            TextItem(
                at, top - size * 0.35, str(place), size, "ranking", colour=FAINT, align="center"
            )
        )
    sheet.add_items(StrokeItem(tuple(lines), RULE, sheet.size.hair, "axis"))


def _unranked_lines(subject: FigureSubject, whiskers: bool) -> list[str]:
    """The provinces without a rank by status, in each language, and what whiskers are."""

    def line(t: Translator) -> list[str]:
        lines = []
        for group in ranking_groups(subject.snapshot):
            if group.status is not None:
                names = [
                    mark_doubt(provinces()[cell.adcode].name_in(t.lang), cell)
                    for cell in group.cells
                ]
                places = [f" ({cell.rank})" if cell.rank else "" for cell in group.cells]
                listed = t(N_(", ")).join(map("".join, zip(names, places, strict=True)))
                status = status_name(group.status, t)
                lines.append(t(N_("{status}: {names}."), status=status, names=listed))
        return lines

    note = [WHISKERS] if whiskers else []
    return [
        text for t in subject.translators for text in (*(t(adcode) for adcode in note), *line(t))
    ]
