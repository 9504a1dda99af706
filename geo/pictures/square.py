"""The square of a bivariate map's legend: three classes of A across, three of B upwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from geo.captions import BivariateLegend, SquareField
from geo.maps import BORDER_COLOUR, contrasting_ink
from geo.pictures.fonts import ASCENT, BOLD, REGULAR, text_width, wrap_text
from geo.pictures.sheet import FAINT, INK, MUTED, ShapeItem, Sheet, TextItem

ROLE: Final = "legend"
FIELD: Final = (2.7, 4.4)  # least and greatest width of a field, in em
FIELD_HEIGHT: Final = 1.9  # least, in em
GAP: Final = 0.5  # between the square and the bounds beside it, in em
SMALLER: Final = 0.86  # font size of bounds, corners and a second language
LEADING: Final = 1.3
TITLE_LINES: Final = 4
AXIS_ARROWS: Final = {"up": "↑", "across": "→"}


@dataclass(frozen=True)
class SquareLegend:
    """The square in all languages of its picture.

    fields: by class of A, then by class of B, both from low to high. across, up: the titles of
    both axes, one a language. first_bounds, second_bounds: by class, the bounds in each language.
    top, foot: the words at the left and the right corner, in the larger language alone, because the
    arrows of the titles say the same.
    """

    fields: Sequence[Sequence[SquareField]]
    across: Sequence[str]
    up: Sequence[str]
    first_bounds: Sequence[Sequence[str]]
    second_bounds: Sequence[Sequence[str]]
    top: tuple[str, str]
    foot: tuple[str, str]


def build_square(legends: Sequence[BivariateLegend]) -> SquareLegend:
    """Build the square from the legend of each language, without duplicates of texts."""
    corners = legends[0].corners
    return SquareLegend(
        fields=legends[0].fields,
        across=_distinct(legend.titles[0] for legend in legends),
        up=_distinct(legend.titles[1] for legend in legends),
        first_bounds=[
            _distinct(texts) for texts in zip(*(one.first_symbols for one in legends), strict=True)
        ],
        second_bounds=[
            _distinct(texts) for texts in zip(*(one.second_symbols for one in legends), strict=True)
        ],
        top=(corners.low_high, corners.high_high),
        foot=(corners.low_low, corners.high_low),
    )


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def draw_square(sheet: Sheet, square: SquareLegend, x: float, y: float, room: float) -> float:
    """Draw the square from its upper left corner within a width; returns its bottom."""
    letters = sheet.size.text
    wide = _field_width(sheet, square, room)
    lines = max(map(len, square.second_bounds))
    high = letters * max(FIELD_HEIGHT, lines * SMALLER * LEADING + GAP)
    y = _draw_axis_title(sheet, square.up, "up", x, y, room)
    y = _draw_corners(sheet, square.top, x, y, 3 * wide)
    for second in reversed(range(len(square.second_bounds))):
        for first, column in enumerate(square.fields):
            _draw_field(sheet, column[second], x + first * wide, y, wide, high)
        _draw_bounds_beside(
            sheet, square.second_bounds[second], x + 3 * wide + letters * GAP, y + high / 2
        )
        y += high
    y = _draw_bounds_below(sheet, square.first_bounds, x, y + letters * 0.15, wide)
    y = _draw_corners(sheet, square.foot, x, y, 3 * wide)
    return _draw_axis_title(sheet, square.across, "across", x, y + letters * 0.2, room)


def _field_width(sheet: Sheet, square: SquareLegend, room: float) -> float:
    letters = sheet.size.text
    rest = (room - _bounds_width(sheet, square) - letters * GAP) / 3
    least, greatest = (letters * em for em in FIELD)
    return min(max(rest, least), greatest)


def _bounds_width(sheet: Sheet, square: SquareLegend) -> float:
    size = sheet.size.text * SMALLER
    return max(
        (text_width(text, size) for texts in square.second_bounds for text in texts), default=0.0
    )


def _draw_field(
    sheet: Sheet, field: SquareField, x: float, y: float, wide: float, high: float
) -> None:
    letters = sheet.size.text
    sheet.add_items(
        ShapeItem(
            shapely.box(x, y, x + wide, y + high), "legend sign", field.colour, BORDER_COLOUR, 0.6
        ),
        TextItem(
            x + wide / 2,
            y + high / 2 + letters * 0.36,
            str(field.count),
            letters,
            ROLE,
            colour=contrasting_ink(field.colour),
            align="center",
        ),
    )


def _draw_axis_title(
    sheet: Sheet, titles: Sequence[str], axis: str, x: float, y: float, room: float
) -> float:
    letters = sheet.size.text
    for order, title in enumerate(titles):
        size = letters * (SMALLER if order else 1.0)
        weight, colour = (REGULAR, FAINT) if order else (BOLD, INK)
        text = title if order else f"{AXIS_ARROWS[axis]} {title}"
        for line in wrap_text(text, room, size, weight, TITLE_LINES):
            sheet.add_items(TextItem(x, y + ASCENT * size, line, size, ROLE, weight, colour))
            y += size * LEADING
    return y + letters * 0.2


def _draw_corners(sheet: Sheet, corners: tuple[str, str], x: float, y: float, wide: float) -> float:
    """Draw the words at two corners; on lines of their own if one line has no room for both."""
    size = sheet.size.text * SMALLER
    left, right = corners
    crowded = text_width(left, size) + text_width(right, size) > wide - size
    base = y + ASCENT * size
    sheet.add_items(TextItem(x, base, left, size, ROLE, colour=MUTED))
    if crowded:
        base += size * LEADING
    sheet.add_items(TextItem(x + wide, base, right, size, ROLE, colour=MUTED, align="right"))
    return base + size * (LEADING - ASCENT + 0.2)


def _draw_bounds_beside(sheet: Sheet, texts: Sequence[str], x: float, middle: float) -> None:
    size = sheet.size.text * SMALLER
    top = middle - size * LEADING * len(texts) / 2
    for order, text in enumerate(texts):
        base = top + order * size * LEADING + ASCENT * size
        sheet.add_items(TextItem(x, base, text, size, ROLE, colour=MUTED))


def _draw_bounds_below(
    sheet: Sheet, columns: Sequence[Sequence[str]], x: float, y: float, wide: float
) -> float:
    """Draw the bounds of A, each on a line of its own if one line has no room for all."""
    size = sheet.size.text * SMALLER
    step = size * LEADING
    lines = max(map(len, columns))
    widths = [max((text_width(text, size) for text in texts), default=0.0) for texts in columns]
    crowded = max(widths) > wide - size * 0.4
    for place, texts in enumerate(columns):
        at, align = x + wide * (place + 0.5), "center"
        if crowded and place != 1:
            at, align = x + wide * 1.5 * place, "right" if place else "left"
        top = y + (lines * step * place if crowded else 0.0)
        for order, text in enumerate(texts):
            base = top + order * step + ASCENT * size
            sheet.add_items(TextItem(at, base, text, size, ROLE, colour=MUTED, align=align))
    return y + step * lines * (len(columns) if crowded else 1)
