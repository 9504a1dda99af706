"""Legends of pictures: classes with counts, marks and statuses, for one map or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import shapely

from geo.captions import Legend
from geo.labels import Box
from geo.maps import BORDER_COLOUR
from geo.measures import Status
from geo.pictures.circles import RADIUS_EM, circle_shape
from geo.pictures.fonts import ASCENT, BOLD, text_width, wrap_text
from geo.pictures.maps import ACCENT
from geo.pictures.sheet import FAINT, INK, MUTED, ShapeItem, Sheet, StrokeItem, TextItem, dot_shape
from geo.pictures.square import SquareLegend, build_square, draw_square
from geo.pictures.subject import FigureSubject

SWATCH: Final = (1.9, 1.05)  # width and height, in em
ROW: Final = 1.62  # row height, in em
SECOND_LANGUAGE_FACTOR: Final = 0.86  # relative font size of secondary text
GROUP_GAP: Final = 0.55  # between groups in a column, in rows
DOT: Final = 0.2  # radius of the mark of uncertain ranks, in em
WORD_GAP: Final = "  "  # between two languages on a line
SHORT_SIGNS: Final = {"class", "key", "words"}
COLUMN_GAP: Final = 2.2  # between columns, in em


@dataclass(frozen=True)
class LegendEntry:
    """A row of the legend: a sign, a label, and sometimes a number at the right.

    sign: ``class``, ``key``, ``national``, ``selected``, ``unsure``, ``words`` (no sign: a heading
    of the rows below), ``circle`` or a character that is drawn as it is. size: of a circle, its
    radius as a share of the largest. more: smaller lines below the label,
    including the other language.
    """

    sign: str
    label: str
    figure: str = ""
    fill: str = ""
    pattern: str = ""
    more: tuple[str, ...] = ()
    size: float = 0.0


@dataclass(frozen=True)
class FigureLegend:
    """The content of a legend, in all languages of its picture.

    heads: the units of the classes. groups: the classes, then marks on their scale, then keys of
    statuses without a class. notes: the classification method. square: the classes of a bivariate
    map, in place of a first group.
    """

    heads: Sequence[str]
    groups: Sequence[Sequence[LegendEntry]]
    notes: Sequence[str] = ()
    square: SquareLegend | None = None


def legend_of_map(subject: FigureSubject) -> FigureLegend:
    """The legend of a picture of one map."""
    legends = subject.legends
    if legends[0].sides:
        heads = list(dict.fromkeys(legend.head for legend in legends))
        figure_legend = _difference_legend(legends, set())
        scale = _scale_entries(legends)
        groups = [*figure_legend.groups, *([scale] if scale else [])]
        return replace(figure_legend, heads=heads, groups=groups)
    classes, keys = class_entries(legends), key_entries(legends)
    return _figure_legend(
        legends, (circle_entries(legends), classes, _scale_entries(legends), keys)
    )


def bivariate_legend(subject: FigureSubject) -> FigureLegend:
    """The legend of both measures on one map: the square, and keys of what has no field."""
    legends = subject.bivariate_legends
    keys = key_entries([legend.keys for legend in legends])
    return FigureLegend((), [keys] if keys else [], square=build_square(legends))


def legend_of_side(legends: Sequence[Legend]) -> FigureLegend:
    """The legend of two maps that share their classes, or of one of two that do not."""
    figure_legend = _figure_legend(
        legends, (circle_entries(legends), class_entries(legends), key_entries(legends))
    )
    if not legends[0].letter:
        return figure_legend
    first, *more = figure_legend.heads
    return replace(figure_legend, heads=[f"{legends[0].letter} · {first}", *more])


def _figure_legend(legends: Sequence[Legend], groups: Iterable[list[LegendEntry]]) -> FigureLegend:
    """The legend in all languages, without empty groups."""
    return FigureLegend(
        list(dict.fromkeys(legend.head for legend in legends)),
        [group for group in groups if group],
        [
            note
            for legend in legends
            if (note := legend.method_note or (legend.scale_note if legend.circles else ""))
        ],
    )


def build_entry(lines_of_languages: Iterable[Sequence[str]], sign: str, **look: Any) -> LegendEntry:
    """An entry with its lines in each language, without duplicates."""
    lines = dict.fromkeys(line for lines in lines_of_languages for line in lines if line)
    label, *more = lines
    return LegendEntry(sign, label, more=tuple(more), **look)


def circle_entries(legends: Sequence[Legend]) -> list[LegendEntry]:
    """The circles of a legend, each with its value."""
    return [
        replace(
            build_entry([[circle.label] for circle in circles], "circle"), size=circles[0].share
        )
        for circles in zip(*(legend.circles for legend in legends), strict=True)
    ]


def class_entries(legends: Sequence[Legend]) -> list[LegendEntry]:
    """The classes of a legend, with the provinces in each."""
    return [
        build_entry(
            # Two languages share the bounds in symbols.
            [[entry.symbols if len(legends) > 1 else entry.label] for entry in entries],
            "class",
            figure=entries[0].figure,
            fill=entries[0].colour,
        )
        for entries in zip(*(legend.classes for legend in legends), strict=True)
    ]


def _scale_entries(legends: Sequence[Legend]) -> list[LegendEntry]:
    """Entries for the national value and the outlined province."""
    return [
        build_entry([[mark.text, mark.rank] for mark in marks], marks[0].kind)
        for marks in zip(*(legend.scale_marks for legend in legends), strict=True)
    ]


def key_entries(legends: Sequence[Legend]) -> list[LegendEntry]:
    """A key for every status without a class, and for every mark on cells."""
    entries = []
    for keys in zip(*(legend.keys for legend in legends), strict=True):
        style = keys[0].style
        entries.append(
            build_entry(
                [[key.name] for key in keys],
                "key" if style else "?",
                figure=keys[0].figure,
                fill=style.fill if style else "",
                pattern=style.pattern if style else "",
            )
        )
    for marks in zip(*(legend.marks for legend in legends), strict=True):
        names = [[mark.name] for mark in marks]
        entries.append(build_entry(names, marks[0].sign, figure=marks[0].figure))
    return entries


def draw_legend_column(sheet: Sheet, box: Box, legend: FigureLegend, name: str = "legend") -> float:
    """Draw the legend as a column at the upper left of a box; returns its bottom.

    name: the name of its box on the sheet.
    """
    letters = sheet.size.text
    y = box.y0
    if legend.square:
        y = draw_square(sheet, legend.square, box.x0, y, box.width)
    y = _draw_legend_heads(sheet, box.x0, y, box.width, legend.heads)
    for order, group in enumerate(legend.groups):
        y += letters * ROW * GROUP_GAP if order else 0.0
        for entry in group:
            y = _draw_entry(sheet, entry, box.x0, y, box.width)
    y += letters * ROW * GROUP_GAP
    for text in legend.notes:
        y = _draw_paragraph(sheet, text, box.x0, y, box.width)
    sheet.boxes[name] = Box(box.x0, box.y0, box.x1, y)
    return y


def legend_strip_height(sheet: Sheet, room: float, legend: FigureLegend) -> float:
    """The height of the legend in columns within a width."""
    trial = replace(sheet, items=[], boxes={})
    return draw_legend_strip(trial, Box(0, 0, room, 0), legend)


def draw_legend_strip(sheet: Sheet, box: Box, legend: FigureLegend, name: str = "legend") -> float:
    """Draw the legend in columns from the upper left of a box; returns its bottom."""
    letters = sheet.size.text
    first, *rest = legend.groups if legend.square is None else ((), *legend.groups)
    gap = letters * COLUMN_GAP
    half = (box.width - gap) / 2
    first = _join_languages(sheet, first, half)
    others = _join_languages(sheet, [entry for group in rest for entry in group], half)
    y = _draw_legend_heads(sheet, box.x0, box.y0, box.width, legend.heads)
    low = y
    if legend.square:
        narrow = half
        low = draw_square(sheet, legend.square, box.x0, y, narrow)
    else:
        narrow = min(_group_width(sheet, first), half)
    for entry in first:
        low = _draw_entry(sheet, entry, box.x0, low, narrow)
    x, wide = box.x0 + narrow + gap, box.width - narrow - gap
    top = y
    for entry in others:
        top = _draw_entry(sheet, entry, x, top, min(wide, _group_width(sheet, others)))
    for text in legend.notes:
        top = _draw_paragraph(sheet, text, x, top + letters * 0.3, wide)
    end = max(low, top)
    sheet.boxes[name] = Box(box.x0, box.y0, box.x1, end)
    return end


def _draw_legend_heads(
    sheet: Sheet, x: float, y: float, room: float, lines: Sequence[str]
) -> float:
    """Draw the unit above the classes; returns the top of the classes."""
    letters = sheet.size.text
    for order, head in enumerate(lines):
        size = letters * (SECOND_LANGUAGE_FACTOR if order else 1.0)
        for line in wrap_text(head, room, size, 400 if order else BOLD):
            sheet.add_items(
                TextItem(
                    x, y + ASCENT * size, line, size, "legend",
                    400 if order else BOLD, FAINT if order else INK,
                )
            )  # fmt: skip
            y += size * 1.3
    return y + letters * 0.35


def _join_languages(
    sheet: Sheet, group: Sequence[LegendEntry], room: float
) -> Sequence[LegendEntry]:
    """Put both languages on one line if all entries have room for it."""
    joined = [
        replace(entry, label=WORD_GAP.join((entry.label, *entry.more)), more=())
        if len(entry.more) == 1 and entry.sign in SHORT_SIGNS
        else entry
        for entry in group
    ]
    return joined if joined and _group_width(sheet, joined) <= room else group


def _group_width(sheet: Sheet, group: Sequence[LegendEntry]) -> float:
    """The width that a group of entries needs."""
    letters = sheet.size.text
    return max(
        _label_indent(sheet, entry)
        + max(
            text_width(entry.label, letters),
            *(text_width(line, letters * SECOND_LANGUAGE_FACTOR) for line in entry.more),
            0.0,
        )
        + letters * 1.4
        + text_width(entry.figure, letters)
        for entry in group
    )


def _draw_entry(sheet: Sheet, entry: LegendEntry, x: float, y: float, room: float) -> float:
    """Draw one row; returns the top of the next."""
    letters = sheet.size.text
    left = x + _label_indent(sheet, entry)
    wide = room - (left - x) - (letters + text_width(entry.figure, letters) if entry.figure else 0)
    colour = MUTED if entry.sign == "words" else INK
    rows = [(line, letters, colour) for line in wrap_text(entry.label, wide, letters)]
    rows += [
        (line, letters * SECOND_LANGUAGE_FACTOR, FAINT)
        for text in entry.more
        for line in wrap_text(text, wide, letters * SECOND_LANGUAGE_FACTOR)
    ]
    step = letters * 1.25
    row = max(letters * ROW, 2 * entry.size * _circle_radius(sheet) + letters * 0.3)
    height = row + step * (len(rows) - 1)
    _draw_entry_sign(sheet, entry, x, y + row / 2)
    base = y + row / 2 + letters * 0.36
    for order, (line, size, colour) in enumerate(rows):
        sheet.add_items(TextItem(left, base + order * step, line, size, "legend", colour=colour))
    if entry.figure:
        sheet.add_items(
            TextItem(x + room, base, entry.figure, letters, "legend", colour=MUTED, align="right")
        )
    return y + height


def _label_indent(sheet: Sheet, entry: LegendEntry) -> float:
    """The width of the sign of an entry, with the gap to its label."""
    letters = sheet.size.text
    if entry.sign == "words":
        return 0.0
    wide = 2 * _circle_radius(sheet) if entry.sign == "circle" else letters * SWATCH[0]
    return wide + letters * 0.7


def _circle_radius(sheet: Sheet) -> float:
    """The radius of the largest circle; before the maps are drawn, the most that it can be."""
    return sheet.circle_px or RADIUS_EM * sheet.size.text


def _draw_entry_sign(sheet: Sheet, entry: LegendEntry, x: float, y: float) -> None:
    """Draw the sign of an entry, centred at a height."""
    letters = sheet.size.text
    wide, high = SWATCH[0] * letters, SWATCH[1] * letters
    swatch = shapely.box(x, y - high / 2, x + wide, y + high / 2)
    if entry.sign == "circle":
        radius = _circle_radius(sheet)
        sheet.add_items(circle_shape(x + radius, y, radius, entry.size, "legend sign"))
    elif entry.sign in ("class", "key"):
        sheet.add_items(
            ShapeItem(swatch, "legend sign", entry.fill, BORDER_COLOUR, 0.6, entry.pattern)
        )
    elif entry.sign == "•":
        sheet.add_items(dot_shape(x + wide / 2, y, letters * DOT, INK, "legend sign"))
    elif entry.sign == "selected":
        sheet.add_items(ShapeItem(swatch, "legend sign", edge=ACCENT, width=2.2))
    elif entry.sign == "national":
        middle = x + wide / 2
        line = np.array([[middle, y - high * 0.6], [middle, y + high * 0.6]])
        sheet.add_items(StrokeItem((line,), INK, 2.4, "legend sign"))
    elif entry.sign != "words":
        sheet.add_items(
            TextItem(x + wide / 2, y + letters * 0.36, entry.sign, letters, "legend", BOLD,
                 align="center")
        )  # fmt: skip


def _draw_paragraph(sheet: Sheet, text: str, x: float, y: float, room: float) -> float:
    size = sheet.size.small
    for line in wrap_text(text, room, size, max_lines=4):
        sheet.add_items(TextItem(x, y + ASCENT * size, line, size, "legend", colour=FAINT))
        y += size * 1.34
    return y + size * 0.3


def pair_legends(subject: FigureSubject) -> list[FigureLegend]:
    """The legends of two maps, shared or one for each, and of the third map if there is one."""
    figure_legends: list[FigureLegend] = []
    keyed: set[Status] = set()
    for legends in subject.pair_legends:
        if legends[0].sides:
            figure_legends.append(_difference_legend(legends, keyed))
        else:
            figure_legends.append(legend_of_side(legends))
        keyed |= {key.status for key in legends[0].keys}
    return figure_legends


def _difference_legend(legends: Sequence[Legend], keyed: Set[Status]) -> FigureLegend:
    """Diverging classes in two groups, each under the heading of its side of zero.

    keyed: the statuses that already have a key in another legend.
    """
    classes = class_entries(legends)
    below, above = legends[0].sides
    middle = len(classes) - below.class_count - above.class_count
    groups: list[list[LegendEntry]] = []
    for order, part in ((0, classes[: below.class_count]), (1, classes[below.class_count :])):
        if not part:
            continue
        words = build_entry([[legend.sides[order].title] for legend in legends], "words")
        # The class of equal ranks is on neither side, so it comes between the headings.
        groups.append([*part[:middle], words, *part[middle:]] if order else [words, *part])
    more = {key.status for key in legends[0].keys} - keyed
    keys = key_entries(legends) if more else []
    return FigureLegend((), [*groups, keys] if keys else groups)
