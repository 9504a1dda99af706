"""The legend of a picture: classes with counts, the national value, keys of what occurs.

The same entries stand as a column beside the map or as columns under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import shapely

from geo import classify, wording
from geo.cells import STATUS_ORDER, Status
from geo.choropleth import LOOKS, Choropleth, MapClass
from geo.indicators import Measure
from geo.picture.fonts import ASCENT, BOLD, width
from geo.picture.lines import wrap
from geo.picture.mapping import ACCENT
from geo.picture.sheet import FAINT, INK, MUTED, Box, Shape, Sheet, Stroke, Text, dot
from geo.picture.subject import Subject
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.thumbnail import BORDER

SWATCH: Final = (1.9, 1.05)  # width and height in sizes of the letters
ROW: Final = 1.62  # the height of a row in sizes of its letters
SECOND: Final = 0.86  # the size of what is said besides
GROUP_GAP: Final = 0.55  # between groups of a column, in rows
DOT: Final = 0.2  # radius of the mark of unsure ranks, in sizes of the letters
WORD_GAP: Final = "  "  # between two languages on a line
SHORT_SIGNS: Final = {"class", "key", "words"}
COLUMN_GAP: Final = 2.2  # between columns, in sizes of the letters


@dataclass(frozen=True)
class Entry:
    """A row of the legend: a sign, what it stands for, perhaps a figure at the right.

    sign: ``class``, ``key``, ``national``, ``selected``, ``unsure``, ``words`` (none: what heads
    the rows below it) or a character that stands for itself. more: lines below the label, smaller;
    the same in the other language among them.
    """

    sign: str
    label: str
    figure: str = ""
    fill: str = ""
    pattern: str = ""
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Legend:
    """What a legend says, in all languages of its picture.

    heads: what the classes are measured in. groups: the classes; then marks on their scale, and
    keys of what has no class. notes: how the classes came about.
    """

    heads: Sequence[str]
    groups: Sequence[Sequence[Entry]]
    notes: Sequence[str] = ()


def of_map(subject: Subject) -> Legend:
    """The legend of a picture of one map."""
    drawn, says = subject.drawn, subject.says
    groups = (classes([drawn], says), _marks(subject), keys([drawn], says))
    return Legend(heads(subject.measure, says), _kept(groups), method(drawn, says))


def of_side(measure: Measure, drawn: Choropleth, says: Sequence[Texts]) -> Legend:
    """The legend of one of several maps that has classes of its own."""
    groups = (classes([drawn], says), keys([drawn], says))
    return Legend(heads(measure, says), _kept(groups), method(drawn, says))


def _kept(groups: Iterable[list[Entry]]) -> list[list[Entry]]:
    return [group for group in groups if group]


def entry_of(
    says: Sequence[Texts], sign: str, of: Callable[[Texts], Sequence[str]], **look: str
) -> Entry:
    """An entry with its words in each language; what is the same in both stands once."""
    lines = dict.fromkeys(line for say in says for line in of(say) if line)
    label, *more = lines
    return Entry(sign, label, more=tuple(more), **look)


def classes(drawn: Sequence[Choropleth], says: Sequence[Texts]) -> list[Entry]:
    """The classes of a map, or those that several share, with the provinces in each."""

    def label(own: MapClass, say: Texts) -> list[str]:
        if len(says) > 1 and own.basis == "value":
            return [wording.class_range(own, say)]
        return [wording.class_label(own, say)]

    # Of two maps by places, one that has none has no classes.
    shown = max((own.classes for own in drawn), key=len)
    return [
        entry_of(
            says, "class", partial(label, own),
            figure=wording.plain_counts([one.counted(place) for one in drawn], says[0]),
            fill=own.colour,
        )
        for place, own in enumerate(shown)
    ]  # fmt: skip


def _marks(subject: Subject) -> list[Entry]:
    """The national value, and the province that is outlined."""
    found, measure = [], subject.measure
    national, cell = subject.snapshot.national, subject.selected
    if national:
        found.append(
            entry_of(
                subject.says, "national", lambda say: [wording.national(national, measure, say)]
            )
        )
    if cell:

        def standing(say: Texts) -> list[str]:
            name = provinces()[cell.adcode].name(say.lang)
            value = wording.headline(cell, measure, say)
            place = wording.rank(cell, say) if cell.value is not None else ""
            return [say(N_("{name}: {value}"), name=name, value=value), place]

        found.append(entry_of(subject.says, "selected", standing))
    return found


def _named(status: Status, say: Texts) -> list[str]:
    return [wording.status(status, say)]


def keys(drawn: Sequence[Choropleth], says: Sequence[Texts]) -> list[Entry]:
    """A key for every status that occurs without a class, and for the mark of unsure ranks."""
    found = []
    statuses = {status for own in drawn for status in own.keyed_statuses()}
    for status in sorted(statuses, key=STATUS_ORDER.__getitem__):
        look = LOOKS.get(status)
        counts = [own.snapshot.count(status) for own in drawn]
        found.append(
            entry_of(
                says, "key" if look else "?",
                partial(_named, status),
                figure=wording.plain_counts(counts, says[0]),
                fill=look.fill if look else "", pattern=look.pattern if look else "",
            )
        )  # fmt: skip
    unsure = [sum(cell.unsure for cell in own.snapshot.cells.values()) for own in drawn]
    if any(unsure):
        figure = wording.plain_counts(unsure, says[0])
        found.append(entry_of(says, "unsure", lambda say: [say(wording.UNSURE)], figure=figure))
    return found


def heads(measure: Measure, says: Sequence[Texts]) -> list[str]:
    """What the classes are measured in, in each language, each on a line of its own."""
    units = [say.pick(measure.unit_en, measure.unit_zh) for say in says]
    plain = [say(N_("Rank")) for say in says]
    return list(dict.fromkeys(own or other for own, other in zip(units, plain, strict=True)))


def method(drawn: Choropleth, says: Sequence[Texts]) -> list[str]:
    """How the classes came about, in each language; nothing where there are no classes to cut."""
    breaks = drawn.breaks
    if breaks is None:
        return []
    return [
        say(
            N_("{method}: {note} Each class includes its upper break."),
            method=say(classify.METHOD_NAMES[breaks.method]),
            note=say(classify.METHOD_NOTES[breaks.method]),
        )
        for say in says
    ]


def column(sheet: Sheet, box: Box, own: Legend, name: str = "legend") -> float:
    """The legend as a column at the upper left of a box; returns where it ends.

    name: of its box on the sheet.
    """
    letters = sheet.size.text
    y = box.y0
    y = _heads(sheet, box.x0, y, box.width, own.heads)
    for order, group in enumerate(own.groups):
        y += letters * ROW * GROUP_GAP if order else 0.0
        for entry in group:
            y = _entry(sheet, entry, box.x0, y, box.width)
    y += letters * ROW * GROUP_GAP
    for text in own.notes:
        y = _paragraph(sheet, text, box.x0, y, box.width)
    sheet.boxes[name] = Box(box.x0, box.y0, box.x1, y)
    return y


def strip_height(sheet: Sheet, room: float, own: Legend) -> float:
    """How high the legend is as columns within a width."""
    trial = replace(sheet, items=[], boxes={})
    return strip(trial, Box(0, 0, room, 0), own)


def strip(sheet: Sheet, box: Box, own: Legend, name: str = "legend") -> float:
    """The legend as columns from the upper left of a box; returns where it ends."""
    letters = sheet.size.text
    first, *rest = own.groups
    gap = letters * COLUMN_GAP
    half = (box.width - gap) / 2
    first = _in_line(sheet, first, half)
    others = _in_line(sheet, [entry for group in rest for entry in group], half)
    narrow = min(_room_of(sheet, first), half)
    y = _heads(sheet, box.x0, box.y0, box.width, own.heads)
    low = y
    for entry in first:
        low = _entry(sheet, entry, box.x0, low, narrow)
    x, wide = box.x0 + narrow + gap, box.width - narrow - gap
    top = y
    for entry in others:
        top = _entry(sheet, entry, x, top, min(wide, _room_of(sheet, others)))
    for text in own.notes:
        top = _paragraph(sheet, text, x, top + letters * 0.3, wide)
    end = max(low, top)
    sheet.boxes[name] = Box(box.x0, box.y0, box.x1, end)
    return end


def _heads(sheet: Sheet, x: float, y: float, room: float, shown: Sequence[str]) -> float:
    """The unit above the classes; returns where the classes begin."""
    letters = sheet.size.text
    for order, head in enumerate(shown):
        size = letters * (SECOND if order else 1.0)
        for line in wrap(head, room, size, 400 if order else BOLD):
            sheet.put(
                Text(
                    x, y + ASCENT * size, line, size, "legend",
                    400 if order else BOLD, FAINT if order else INK,
                )
            )  # fmt: skip
            y += size * 1.3
    return y + letters * 0.35


def _in_line(sheet: Sheet, group: Sequence[Entry], room: float) -> Sequence[Entry]:
    """Entries with the other language on the same line, where all of them have room for it."""
    joined = [
        replace(own, label=WORD_GAP.join((own.label, *own.more)), more=())
        if len(own.more) == 1 and own.sign in SHORT_SIGNS
        else own
        for own in group
    ]
    return joined if joined and _room_of(sheet, joined) <= room else group


def _room_of(sheet: Sheet, group: Sequence[Entry]) -> float:
    """The width that a group of entries asks for."""
    letters = sheet.size.text
    return max(
        letters * (SWATCH[0] + 0.7)
        + max(width(own.label, letters), *(width(line, letters * SECOND) for line in own.more), 0.0)
        + letters * 1.4
        + width(own.figure, letters)
        for own in group
    )


def _entry(sheet: Sheet, entry: Entry, x: float, y: float, room: float) -> float:
    """One row; returns where the next begins."""
    letters = sheet.size.text
    left = x if entry.sign == "words" else x + letters * (SWATCH[0] + 0.7)
    wide = room - (left - x) - (letters + width(entry.figure, letters) if entry.figure else 0)
    colour = MUTED if entry.sign == "words" else INK
    rows = [(line, letters, colour) for line in wrap(entry.label, wide, letters)]
    rows += [
        (line, letters * SECOND, FAINT)
        for text in entry.more
        for line in wrap(text, wide, letters * SECOND)
    ]
    step = letters * 1.25
    height = letters * ROW + step * (len(rows) - 1)
    _sign(sheet, entry, x, y + letters * ROW / 2)
    base = y + letters * (ROW / 2 + 0.36)
    for order, (line, size, colour) in enumerate(rows):
        sheet.put(Text(left, base + order * step, line, size, "legend", colour=colour))
    if entry.figure:
        sheet.put(
            Text(x + room, base, entry.figure, letters, "legend", colour=MUTED, align="right")
        )
    return y + height


def _sign(sheet: Sheet, entry: Entry, x: float, y: float) -> None:
    """The sign of an entry, its middle at a height."""
    letters = sheet.size.text
    wide, high = SWATCH[0] * letters, SWATCH[1] * letters
    swatch = shapely.box(x, y - high / 2, x + wide, y + high / 2)
    if entry.sign in ("class", "key"):
        sheet.put(Shape(swatch, "legend sign", entry.fill, BORDER, 0.6, entry.pattern))
    elif entry.sign == "unsure":
        sheet.put(dot(x + wide / 2, y, letters * DOT, INK, "legend sign"))
    elif entry.sign == "selected":
        sheet.put(Shape(swatch, "legend sign", edge=ACCENT, width=2.2))
    elif entry.sign == "national":
        middle = x + wide / 2
        line = np.array([[middle, y - high * 0.6], [middle, y + high * 0.6]])
        sheet.put(Stroke((line,), INK, 2.4, "legend sign"))
    elif entry.sign != "words":
        sheet.put(
            Text(x + wide / 2, y + letters * 0.36, entry.sign, letters, "legend", BOLD,
                 align="center")
        )  # fmt: skip


def _paragraph(sheet: Sheet, text: str, x: float, y: float, room: float) -> float:
    size = sheet.size.small
    for line in wrap(text, room, size, most=4):
        sheet.put(Text(x, y + ASCENT * size, line, size, "legend", colour=FAINT))
        y += size * 1.34
    return y + size * 0.3
