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

from geo.captions import NationalRow, RankingRow
from geo.colours import COLOURS
from geo.labels import Box
from geo.maps import BORDER_COLOUR
from geo.measures import EVALUATED_COUNT
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
from geo.text import N_

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
    "Dot: rank. Line: 5th to 95th percentile of the rank over choices of method; "
    "not a confidence interval."
)


@dataclass(frozen=True)
class FigureRow:
    """A row of the ranking in the main language, with its names in all languages."""

    row: RankingRow | NationalRow
    names: tuple[str, ...]

    @property
    def place(self) -> str:
        """The rank as text; empty for the national value."""
        return str(self.row.rank) if isinstance(self.row, RankingRow) else ""


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


def ranking_rows(subject: FigureSubject) -> list[FigureRow]:
    """The ranked provinces by rank, with the national value inserted by its size."""
    return [
        FigureRow(rows[0], _row_names(rows))
        for rows in zip(*(ranking.rows for ranking in subject.rankings), strict=True)
    ]


def _row_names(rows: Sequence[RankingRow | NationalRow]) -> tuple[str, ...]:
    """The names in all languages; a province has the mark of doubt after the first only."""
    first, *others = rows
    names = (row.name for row in others)
    if isinstance(first, RankingRow):
        return (first.marked_name, *names)
    return tuple(dict.fromkeys((first.name, *names)))


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
    sheet: Sheet, box: Box, subject: FigureSubject, rows: Sequence[FigureRow], rest: Sequence[str],
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
    title = subject.join_languages(ranking.title for ranking in subject.rankings)
    unit = subject.join_languages(ranking.unit for ranking in subject.rankings)
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
    rows: Sequence[FigureRow], room: float, letters: float, full: float
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
    figure = max(text_width(row.row.figure, letters) for row in rows)
    bar = place + gap + name + gap
    step = letters * (ROW if letters > full * TIGHT_BELOW else TIGHT_ROW)
    return _RankingGrid(letters, step, place, place + gap, bar, room - figure, room)


def _draw_ranking_row(
    sheet: Sheet,
    x: float,
    y: float,
    figure_row: FigureRow,
    grid: _RankingGrid,
    subject: FigureSubject,
    whiskers: bool,
) -> None:
    letters = grid.letters
    base = y + grid.step / 2 + letters * 0.36
    row = figure_row.row
    national = isinstance(row, NationalRow)
    chosen = isinstance(row, RankingRow) and row.adcode == subject.picture.province
    weight = BOLD if chosen or national else REGULAR
    add = sheet.add_items
    place = figure_row.place
    add(TextItem(x + grid.place, base, place, letters, "ranking", colour=MUTED, align="right"))
    left = x + grid.name
    for order, text in enumerate(figure_row.names):
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
        if isinstance(row, RankingRow):
            _draw_interval(sheet, row, start, end, middle, letters, chosen)
        return
    top = subject.rankings[0].top
    if row.value is not None and top > 0 and row.value > 0:
        _draw_bar(
            sheet, row, start, start + (end - start) * min(row.value / top, 1.0), middle, grid
        )
    elif row.value is None and isinstance(row, RankingRow):
        # A rank without a value has no bar length; its colour shows the tier.
        half = letters * 0.5
        swatch = shapely.box(end - 2.4 * half, middle - half, end, middle + half)
        add(ShapeItem(swatch, "bar", row.colour, BORDER_COLOUR, 0.5))


def _draw_bar(
    sheet: Sheet,
    row: RankingRow | NationalRow,
    start: float,
    end: float,
    middle: float,
    grid: _RankingGrid,
) -> None:
    half = grid.step * BAR / 2
    if isinstance(row, NationalRow):
        line = np.array([[start, middle], [end, middle]])
        sheet.add_items(StrokeItem((line,), INK, 1.4, "bar", (3.0, 2.0)))
        return
    bar = shapely.box(start, middle - half, end, middle + half)
    sheet.add_items(ShapeItem(bar, "bar", row.colour, BORDER_COLOUR, 0.5))


def _draw_interval(
    sheet: Sheet, row: RankingRow, start: float, end: float, y: float, letters: float, chosen: bool
) -> None:
    """Draw the interval of a rank as a line with ends, the rank as a dot."""

    def at(place: int) -> float:
        return start + (end - start) * (place - 1) / (PLACES - 1)

    high = letters * 0.32
    if row.low is not None and row.high is not None:
        low, top = at(row.low), at(row.high)
        lines = [[[low, y], [top, y]], *([[x, y - high], [x, y + high]] for x in (low, top))]
        results = tuple(np.array(line) for line in lines)
        sheet.add_items(StrokeItem(results, ACCENT if chosen else WHISKER, 1.5, "whisker"))
    if row.rank is not None:
        sheet.add_items(
            dot_shape(at(row.rank), y, letters * 0.27, ACCENT if chosen else INK, "whisker")
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
    lines = []
    for ranking, t in zip(subject.rankings, subject.translators, strict=True):
        lines += [t(WHISKERS)] if whiskers else []
        lines += [
            t(
                N_("{status}: {names}."),
                status=group.name,
                names=t(N_(", ")).join(group.labels),
            )
            for group in ranking.unranked
        ]
    return lines
