"""Rows of strips with ranks, and the key above a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from svg.path import Arc, parse_path

from geo.analysis import ComparedRow
from geo.labels import Box, stacking_levels
from geo.maps import MARKER_PATHS, NATIONAL_COLOUR, TICK_COLOUR, Marker
from geo.measures import Cell, Status, format_interval, format_place, mark_doubt, measure_name
from geo.pictures.fonts import REGULAR, shorten_text, text_width, wrap_text
from geo.pictures.sheet import FAINT, INK, PAPER, RULE, ShapeItem, Sheet, StrokeItem, TextItem
from geo.pictures.subject import FigureSubject
from geo.text import N_

# Lengths in em.
NAME: Final = 14.0  # least width of a measure's name
GAP: Final = 0.9  # between the parts of a row
MARK: Final = 0.78  # width of a mark
CHIP: Final = 2.75  # width of a mark with a rank
WITH_INTERVAL: Final = 6.3  # width of a mark with a rank and an interval
LEVEL: Final = 0.7  # vertical distance of marks that would overlap
LINE: Final = 1.36  # line height of the margin
MIN_ROW_HEIGHT: Final = 1.64
ASIDE: Final = 1.5  # between a strip and the margin, with half a mark
MAX_WITH_INTERVAL: Final = 3  # most provinces with intervals in the margin
MIN_MARGIN: Final = 13.0  # room for a few marks with a word
SECOND_LANGUAGE_FACTOR: Final = 0.84  # relative font size of secondary text
NAME_SHARE: Final = 0.6  # share of the width beside the margin
NAME_LINES: Final = 3
WORD_GAP: Final = 0.5  # between two languages on a line, in em
CURVE: Final = 24  # points of a curved outline
PATH_WIDTH: Final = 10.0  # width of the paths of geo.maps.markers

# A text with its font size and colour.
_Piece = tuple[str, float, str]
KEY_GAP: Final = 1.5  # between the signs, in em
# Draws a sign on a sheet, centred at a point, for a font size.
DrawSign = Callable[[Sheet, float, float, float], None]


def margin_width(count: int, letters: float) -> float:
    """The width of the margin of ranks for a number of compared provinces."""
    with_intervals = min(count, MAX_WITH_INTERVAL) * WITH_INTERVAL
    return max(MIN_MARGIN, count * CHIP, with_intervals) * letters


@dataclass(frozen=True)
class _RankChip:
    """Marks, followed by the rank or by the status if there is none. width: in the margin."""

    cells: tuple[Cell, ...]
    text: str
    small: str
    width: float


@dataclass(frozen=True)
class _RowLayout:
    """The parts of a row. levels: of the marks on the strip, by adcode; rows: of chips."""

    names: Sequence[Sequence[_Piece]]
    strip: tuple[float, float]
    levels: Mapping[str, int]
    rows: Sequence[Sequence[_RankChip]]
    margin: float
    height: float


def row_height(row: ComparedRow, wide: float, subject: FigureSubject, letters: float) -> float:
    """The height of a row within a width."""
    return _lay_out_row(row, wide, subject, letters).height


def draw_row(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    row: ComparedRow,
    marked: Mapping[str, Marker],
    subject: FigureSubject,
    letters: float,
) -> None:
    """Draw a row with its upper left corner at a point."""
    row_layout = _lay_out_row(row, wide, subject, letters)
    base = y + letters * 1.2
    for pieces in row_layout.names:
        at = x
        for text, size, colour in pieces:
            sheet.add_items(TextItem(at, base, text, size, "rows", REGULAR, colour))
            at += text_width(text, size) + letters * WORD_GAP
        base += pieces[0][1] * 1.22
    start, end = x + row_layout.strip[0], x + row_layout.strip[1]
    _draw_strip(sheet, row, start, end, y + letters * 0.85, marked, row_layout.levels, letters)
    for line, chips in enumerate(row_layout.rows):
        at = x + row_layout.margin
        for chip in chips:
            _draw_chip(sheet, at, y + letters * (0.85 + LINE * line), chip, marked, letters)
            at += chip.width


# ---- layout ----


def _lay_out_row(
    row: ComparedRow, wide: float, subject: FigureSubject, letters: float
) -> _RowLayout:
    aside = margin_width(len(row.cells), letters)
    rest = wide - aside - (GAP + ASIDE) * letters
    room = rest * NAME_SHARE
    names = _measure_names(row, room, subject, letters)
    strip = (room + GAP * letters, rest + GAP * letters)
    levels = _marker_levels(row, strip, letters)
    rows = _flow_chips(_rank_chips(row, subject, letters, aside), aside)
    height = max(
        MIN_ROW_HEIGHT * letters,
        letters * 0.5 + sum(pieces[0][1] * 1.22 for pieces in names),
        letters * (MIN_ROW_HEIGHT + LEVEL * max(levels.values(), default=0)),
        letters * (0.34 + LINE * len(rows)),
    )
    return _RowLayout(names, strip, levels, rows, wide - aside, height)


def _measure_names(
    row: ComparedRow, room: float, subject: FigureSubject, letters: float
) -> list[list[tuple[str, float, str]]]:
    """The measure in each language, with its year if that is not the picture's."""
    pieces: list[_Piece] = []
    for order, t in enumerate(subject.translators):
        text = measure_name(row.measure, t)
        if row.year != subject.picture.year:
            text = t(N_("{measure}, {year}"), measure=text, year=row.year)
        size = letters * (SECOND_LANGUAGE_FACTOR if order else 1.0)
        colour = FAINT if order else INK
        if subject.is_bilingual:
            pieces.append((shorten_text(text, room, size), size, colour))
        else:
            pieces += [
                (line, size, colour) for line in wrap_text(text, room, size, max_lines=NAME_LINES)
            ]
    both = sum(text_width(text, size) for text, size, _ in pieces) + letters * WORD_GAP
    if subject.is_bilingual and both <= room:
        return [pieces]
    return [[piece] for piece in pieces]


def _marker_levels(row: ComparedRow, strip: tuple[float, float], letters: float) -> dict[str, int]:
    """The level of each mark; marks that would overlap are stacked."""
    positions = row.on_scale("value")
    if positions is None:
        return {}
    whose = [cell.adcode for cell in row.cells if cell.adcode in positions.values]
    places = [
        _position_on_strip(positions.values[adcode], positions.ends, strip) for adcode in whose
    ]
    return dict(zip(whose, stacking_levels(places, letters * MARK), strict=True))


def _position_on_strip(
    value: float, ends: tuple[float, float], strip: tuple[float, float]
) -> float:
    low, high = ends
    share = (value - low) / (high - low) if high > low else 0.5
    return strip[0] + (strip[1] - strip[0]) * min(max(share, 0.0), 1.0)


def _rank_chips(
    row: ComparedRow, subject: FigureSubject, letters: float, room: float
) -> list[_RankChip]:
    """The ranks of the provinces in order, then the provinces without one, by status."""
    t = subject.translators[0]
    ranked = [c for c in row.cells if c.rank and c.status is not Status.RANK_AMONG_TEN]
    rank_chips = []
    for cell in ranked:
        interval = format_interval(cell, t)
        small = f"({interval})" if interval else ""
        text = mark_doubt(str(cell.rank), cell)
        wide = max(CHIP * letters, _chip_width(1, text, "", letters))
        if small:
            wide = max(WITH_INTERVAL * letters, _chip_width(1, text, small, letters))
        rank_chips.append(_RankChip((cell,), text, small, wide))
    rest = [cell for cell in row.cells if cell not in ranked]
    for word in dict.fromkeys(format_place(cell, t) for cell in rest):
        cells = [cell for cell in rest if format_place(cell, t) == word]
        while cells:
            # As many marks before their word as fit on a line.
            few = 1
            while few < len(cells) and _chip_width(few + 1, "", word, letters) <= room:
                few += 1
            rank_chips.append(
                _RankChip(tuple(cells[:few]), "", word, _chip_width(few, "", word, letters))
            )
            cells = cells[few:]
    return rank_chips


def _chip_width(marks: int, text: str, small: str, letters: float) -> float:
    return (
        marks * letters
        + (text_width(text, letters) + letters * 0.3 if text else 0.0)
        + (text_width(small, letters * SECOND_LANGUAGE_FACTOR) + letters * 0.6 if small else 0.0)
    )


def _flow_chips(chips: Sequence[_RankChip], room: float) -> list[list[_RankChip]]:
    """Wrap chips into lines no wider than the box."""
    rows: list[list[_RankChip]] = []
    at = room
    for chip in chips:
        if not rows or at + chip.width > room + 0.5:
            rows.append([])
            at = 0.0
        rows[-1].append(chip)
        at += chip.width
    return rows


# ---- drawing ----


def _draw_strip(
    sheet: Sheet,
    row: ComparedRow,
    start: float,
    end: float,
    y: float,
    marked: Mapping[str, Marker],
    levels: Mapping[str, int],
    letters: float,
) -> None:
    """Draw all provinces as ticks, the national value as a taller tick, the chosen as marks."""
    positions = row.on_scale("value")
    if positions is None:
        return
    ends = (start, end)
    half = letters * 0.38
    places = [
        _position_on_strip(value, positions.ends, ends) for value in positions.values.values()
    ]
    lines = tuple(np.array([[x, y - half], [x, y + half]]) for x in places)
    sheet.add_items(
        StrokeItem((np.array([[start, y], [end, y]]),), RULE, sheet.size.hair, "strip"),
        StrokeItem(lines, TICK_COLOUR, 0.9, "strip"),
    )
    if positions.national is not None:
        sheet.add_items(
            tick_stroke(
                _position_on_strip(positions.national, positions.ends, ends),
                y,
                half * 1.6,
                NATIONAL_COLOUR,
                "strip",
            )
        )
    for adcode, level in levels.items():
        x = _position_on_strip(positions.values[adcode], positions.ends, ends)
        hollow = adcode in row.doubtful
        at = y + level * LEVEL * letters
        sheet.add_items(
            marker_shape(x, at, letters * MARK, marked[adcode], "strip", hollow, adcode)
        )


def _draw_chip(
    sheet: Sheet, x: float, y: float, chip: _RankChip, marked: Mapping[str, Marker], letters: float
) -> None:
    for cell in chip.cells:
        sheet.add_items(
            marker_shape(x + letters * 0.4, y, letters * MARK, marked[cell.adcode], "margin",
                 about=cell.adcode)
        )  # fmt: skip
        x += letters
    base = y + letters * 0.36
    if chip.text:
        sheet.add_items(TextItem(x, base, chip.text, letters, "rows", colour=INK))
        x += text_width(chip.text, letters) + letters * 0.3
    if chip.small:
        sheet.add_items(
            TextItem(x, base, chip.small, letters * SECOND_LANGUAGE_FACTOR, "rows", colour=FAINT)
        )


def marker_shape(
    x: float,
    y: float,
    wide: float,
    marker: Marker,
    role: str,
    hollow: bool = False,
    about: str = "",
) -> ShapeItem:
    """The mark of a province, centred at a point; hollow if its value is doubtful."""
    scale = wide / PATH_WIDTH
    shape = shapely.transform(_marker_outline(marker.shape), lambda points: points * scale + [x, y])
    fill, edge = (PAPER, marker.colour) if hollow else (marker.colour, PAPER)
    return ShapeItem(shape, role, fill, edge, 1.4 if hollow else 0.8, about=about)


def tick_stroke(x: float, y: float, half: float, colour: str, role: str) -> StrokeItem:
    """A short vertical line, centred at a point."""
    return StrokeItem((np.array([[x, y - half], [x, y + half]]),), colour, 1.7, role)


@cache
def _marker_outline(shape: str) -> BaseGeometry:
    """The outline of a mark; curves become many short lines."""
    points = []
    for segment in parse_path(MARKER_PATHS[shape]):
        steps = CURVE if isinstance(segment, Arc) else 1
        points += [segment.point(i / steps) for i in range(1, steps + 1)]
    return shapely.Polygon([(point.real, point.imag) for point in points])


class KeyEntry(NamedTuple):
    """A sign and its label; reach: half the width of the sign, in em."""

    sign: DrawSign
    text: str
    reach: float = 0.4


def draw_key_row(sheet: Sheet, room: Box, entries: Iterable[KeyEntry]) -> float:
    """Draw signs with their labels at the top of a box; returns the top of the rest."""
    size = sheet.size.text
    x, y = room.x0, room.y0
    for sign, text, reach in entries:
        before = size * (0.3 + 2 * reach)
        wide = before + text_width(text, size)
        if x > room.x0 and x + wide > room.x1:
            x, y = room.x0, y + size * 1.6
        sign(sheet, x + size * reach, y + size * 0.55, size)
        sheet.add_items(TextItem(x + before, y + size * 0.91, text, size, "key", colour=INK))
        x += wide + size * KEY_GAP
    return y + size * 2.0


def marker_sign(marker: Marker, hollow: bool = False) -> DrawSign:
    """The mark of a province."""
    return partial(_draw_marker_sign, marker, hollow)


def tick_sign(colour: str) -> DrawSign:
    """A short vertical line."""
    return partial(_draw_tick_sign, colour)


def line_sign(colour: str, dash: tuple[float, ...]) -> DrawSign:
    """A piece of a line."""
    return partial(_draw_line_sign, colour, dash)


def _draw_marker_sign(
    marker: Marker, hollow: bool, sheet: Sheet, x: float, y: float, size: float
) -> None:
    sheet.add_items(marker_shape(x, y, size * MARK, marker, "key", hollow))


def _draw_tick_sign(colour: str, sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.add_items(tick_stroke(x, y, size * 0.5, colour, "key"))


def _draw_line_sign(
    colour: str, dash: tuple[float, ...], sheet: Sheet, x: float, y: float, size: float
) -> None:
    path = np.array([[x - size * 0.5, y], [x + size * 0.5, y]])
    sheet.add_items(StrokeItem((path,), colour, 1.8, "key", dash))
