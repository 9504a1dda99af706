"""Legends of pictures: classes with counts, marks and statuses, for one map or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import shapely

from geo.analysis import DifferenceMap, MapPair, side_titles
from geo.labels import Box
from geo.maps import (
    BORDER_COLOUR,
    METHOD_NAMES,
    METHOD_NOTES,
    STATUS_STYLES,
    Choropleth,
    MapClass,
    class_label,
    class_range,
)
from geo.measures import (
    STATUS_ORDER,
    CellMark,
    Measure,
    Status,
    count_marks,
    format_cell,
    format_national,
    format_rank,
    measure_unit,
    plain_counts,
    status_name,
)
from geo.pictures.fonts import ASCENT, BOLD, text_width, wrap_text
from geo.pictures.maps import ACCENT
from geo.pictures.sheet import FAINT, INK, MUTED, ShapeItem, Sheet, StrokeItem, TextItem, dot_shape
from geo.pictures.subject import FigureSubject
from geo.text import N_, Translator
from geo.units import provinces

SWATCH: Final = (1.9, 1.05)  # width and height, in em
ROW: Final = 1.62  # row height, in em
SECOND_LANGUAGE_FACTOR: Final = 0.86  # relative font size of secondary text
GROUP_GAP: Final = 0.55  # between groups in a column, in rows
DOT: Final = 0.2  # radius of the mark of uncertain ranks, in em
WORD_GAP: Final = "  "  # between two languages on a line
SHORT_SIGNS: Final = {"class", "key", "words"}
COLUMN_GAP: Final = 2.2  # between columns, in em
# Headings of shared classes of percentiles or ranks instead of values.
HEADS: Final = {"percentile": N_("Percentile rank"), "rank": N_("Place among 31")}


@dataclass(frozen=True)
class LegendEntry:
    """A row of the legend: a sign, a label, and sometimes a number at the right.

    sign: ``class``, ``key``, ``national``, ``selected``, ``unsure``, ``words`` (no sign: a heading
    of the rows below) or a character that is drawn as it is. more: smaller lines below the label,
    including the other language.
    """

    sign: str
    label: str
    figure: str = ""
    fill: str = ""
    pattern: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureLegend:
    """The content of a legend, in all languages of its picture.

    heads: the units of the classes. groups: the classes, then marks on their scale, then keys of
    statuses without a class. notes: the classification method.
    """

    heads: Sequence[str]
    groups: Sequence[Sequence[LegendEntry]]
    notes: Sequence[str] = ()


def legend_of_map(subject: FigureSubject) -> FigureLegend:
    """The legend of a picture of one map."""
    drawn, says = subject.choropleth, subject.translators
    groups = (class_entries([drawn], says), _mark_entries(subject), status_entries([drawn], says))
    return FigureLegend(
        legend_heads(subject.measure, says), _non_empty(groups), classification_notes(drawn, says)
    )


def legend_of_side(
    measure: Measure, drawn: Choropleth, translators: Sequence[Translator]
) -> FigureLegend:
    """The legend of one of several maps that each have classes."""
    groups = (class_entries([drawn], translators), status_entries([drawn], translators))
    return FigureLegend(
        legend_heads(measure, translators),
        _non_empty(groups),
        classification_notes(drawn, translators),
    )


def _non_empty(groups: Iterable[list[LegendEntry]]) -> list[list[LegendEntry]]:
    return [group for group in groups if group]


def build_entry(
    translators: Sequence[Translator],
    sign: str,
    of: Callable[[Translator], Sequence[str]],
    **look: str,
) -> LegendEntry:
    """An entry with its text in each language, without duplicates."""
    lines = dict.fromkeys(line for t in translators for line in of(t) if line)
    label, *more = lines
    return LegendEntry(sign, label, more=tuple(more), **look)


def class_entries(
    drawn: Sequence[Choropleth], translators: Sequence[Translator]
) -> list[LegendEntry]:
    """The classes of a map, or the shared ones of several, with the provinces in each."""

    def label(map_class: MapClass, t: Translator) -> list[str]:
        if len(translators) > 1 and map_class.basis == "value":
            return [class_range(map_class, t)]
        return [class_label(map_class, t)]

    # Of two maps by ranks, one without any ranks has no classes.
    map_classes = max((choropleth.classes for choropleth in drawn), key=len)
    return [
        build_entry(
            translators,
            "class",
            partial(label, entry),
            figure=plain_counts([one.shared_class_count(place) for one in drawn], translators[0]),
            fill=entry.colour,
        )
        for place, entry in enumerate(map_classes)
    ]


def _mark_entries(subject: FigureSubject) -> list[LegendEntry]:
    """Entries for the national value and the outlined province."""
    legend_entries, measure = [], subject.measure
    national, cell = subject.snapshot.national, subject.selected_cell
    if national:
        legend_entries.append(
            build_entry(
                subject.translators,
                "national",
                lambda t: [format_national(national, measure, t)],
            )
        )
    if cell:

        def standing(t: Translator) -> list[str]:
            name = provinces()[cell.adcode].name_in(t.lang)
            value = format_cell(cell, measure, t)
            place = format_rank(cell, t) if cell.value is not None else ""
            return [t(N_("{name}: {value}"), name=name, value=value), place]

        legend_entries.append(build_entry(subject.translators, "selected", standing))
    return legend_entries


def _status_lines(status: Status, t: Translator) -> list[str]:
    return [status_name(status, t)]


def _mark_lines(mark: CellMark, t: Translator) -> list[str]:
    return [t(mark.name)]


def status_entries(
    drawn: Sequence[Choropleth], translators: Sequence[Translator]
) -> list[LegendEntry]:
    """A key for every status without a class, and for the mark of uncertain ranks."""
    legend_entries = []
    statuses = {status for choropleth in drawn for status in choropleth.keyed_statuses()}
    for status in sorted(statuses, key=STATUS_ORDER.__getitem__):
        look = STATUS_STYLES.get(status)
        counts = [drawn_map.snapshot.count_status(status) for drawn_map in drawn]
        legend_entries.append(
            build_entry(
                translators, "key" if look else "?",
                partial(_status_lines, status),
                figure=plain_counts(counts, translators[0]),
                fill=look.fill if look else "", pattern=look.pattern if look else "",
            )
        )  # fmt: skip
    for mark, counts in count_marks([map_drawn.snapshot for map_drawn in drawn]):
        figure = plain_counts(counts, translators[0])
        words = partial(_mark_lines, mark)
        legend_entries.append(build_entry(translators, mark.sign, words, figure=figure))
    return legend_entries


def legend_heads(measure: Measure, translators: Sequence[Translator]) -> list[str]:
    """The unit of the classes in each language, one line each."""
    units = [measure_unit(measure, t) for t in translators]
    plain = [t(N_("Rank")) for t in translators]
    return list(dict.fromkeys(unit or other for unit, other in zip(units, plain, strict=True)))


def classification_notes(drawn: Choropleth, translators: Sequence[Translator]) -> list[str]:
    """The classification method in each language; empty for maps without class breaks."""
    breaks = drawn.breaks
    if breaks is None:
        return []
    return [
        t(
            N_("{method}: {note} Each class includes its upper break."),
            method=t(METHOD_NAMES[breaks.method]),
            note=t(METHOD_NOTES[breaks.method]),
        )
        for t in translators
    ]


def draw_legend_column(sheet: Sheet, box: Box, legend: FigureLegend, name: str = "legend") -> float:
    """Draw the legend as a column at the upper left of a box; returns its bottom.

    name: the name of its box on the sheet.
    """
    letters = sheet.size.text
    y = box.y0
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
    first, *rest = legend.groups
    gap = letters * COLUMN_GAP
    half = (box.width - gap) / 2
    first = _join_languages(sheet, first, half)
    others = _join_languages(sheet, [entry for group in rest for entry in group], half)
    narrow = min(_group_width(sheet, first), half)
    y = _draw_legend_heads(sheet, box.x0, box.y0, box.width, legend.heads)
    low = y
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
        letters * (SWATCH[0] + 0.7)
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
    left = x if entry.sign == "words" else x + letters * (SWATCH[0] + 0.7)
    wide = room - (left - x) - (letters + text_width(entry.figure, letters) if entry.figure else 0)
    colour = MUTED if entry.sign == "words" else INK
    rows = [(line, letters, colour) for line in wrap_text(entry.label, wide, letters)]
    rows += [
        (line, letters * SECOND_LANGUAGE_FACTOR, FAINT)
        for text in entry.more
        for line in wrap_text(text, wide, letters * SECOND_LANGUAGE_FACTOR)
    ]
    step = letters * 1.25
    height = letters * ROW + step * (len(rows) - 1)
    _draw_entry_sign(sheet, entry, x, y + letters * ROW / 2)
    base = y + letters * (ROW / 2 + 0.36)
    for order, (line, size, colour) in enumerate(rows):
        sheet.add_items(TextItem(left, base + order * step, line, size, "legend", colour=colour))
    if entry.figure:
        sheet.add_items(
            TextItem(x + room, base, entry.figure, letters, "legend", colour=MUTED, align="right")
        )
    return y + height


def _draw_entry_sign(sheet: Sheet, entry: LegendEntry, x: float, y: float) -> None:
    """Draw the sign of an entry, centred at a height."""
    letters = sheet.size.text
    wide, high = SWATCH[0] * letters, SWATCH[1] * letters
    swatch = shapely.box(x, y - high / 2, x + wide, y + high / 2)
    if entry.sign in ("class", "key"):
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


def pair_legends(
    pair: MapPair, third: DifferenceMap | None, translators: Sequence[Translator]
) -> list[FigureLegend]:
    """The legends of two maps, shared or one for each, and of the third map if there is one."""
    sides = (pair.first, pair.second)
    if pair.basis:
        legends = [_shared_legend(pair, translators)]
    else:
        legends = []
        for letter, side in zip("AB", sides, strict=True):
            figure_legend = legend_of_side(side.measure, side.drawn, translators)
            first, *more = figure_legend.heads
            legends.append(replace(figure_legend, heads=[f"{letter} · {first}", *more]))
    if not third:
        return legends
    keyed = {status for side in sides for status in side.drawn.keyed_statuses()}
    return [*legends, _difference_legend(third, translators, keyed)]


def _shared_legend(pair: MapPair, translators: Sequence[Translator]) -> FigureLegend:
    drawn = [pair.first.drawn, pair.second.drawn]
    heads = legend_heads(pair.first.measure, translators)
    if pair.basis in HEADS:
        heads = list(dict.fromkeys(t(HEADS[pair.basis]) for t in translators))
    groups = [class_entries(drawn, translators), status_entries(drawn, translators)]
    return FigureLegend(
        heads,
        [group for group in groups if group],
        classification_notes(pair.first.drawn, translators),
    )


def _difference_legend(
    third: DifferenceMap, translators: Sequence[Translator], keyed: Set[Status]
) -> FigureLegend:
    """Diverging classes in two groups, each under the heading of its side of zero.

    keyed: the statuses that already have a key in another legend.
    """
    classes = class_entries([third.drawn], translators)
    below, above = third.sides
    middle = len(classes) - below - above
    groups: list[list[LegendEntry]] = []
    for order, part in ((0, classes[:below]), (1, classes[below:])):
        if not part:
            continue
        words = build_entry(translators, "words", partial(_side_heads, third, order))
        # The class of equal ranks is on neither side, so it comes between the headings.
        groups.append([*part[:middle], words, *part[middle:]] if order else [words, *part])
    more = set(third.drawn.keyed_statuses()) - keyed
    keys = status_entries([third.drawn], translators) if more else []
    return FigureLegend((), [*groups, keys] if keys else groups)


def _side_heads(third: DifferenceMap, order: int, t: Translator) -> list[str]:
    return [side_titles(third, t)[order]]
