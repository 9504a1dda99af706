"""The legend of a picture: classes with counts, the national value, keys of what occurs.

The same entries stand as a column beside the map or as columns under it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import shapely

from geo import classify, wording
from geo.cells import Scale, Status
from geo.choropleth import LOOKS, MapClass
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
COLUMN_GAP: Final = 2.2  # between columns, in sizes of the letters


@dataclass(frozen=True)
class Entry:
    """A row of the legend: a sign, what it stands for, perhaps a figure at the right.

    sign: ``class``, ``key``, ``national``, ``selected``, ``unsure`` or a character that stands
    for itself. more: lines below the label, smaller; the same in the other language among them.
    """

    sign: str
    label: str
    figure: str = ""
    fill: str = ""
    pattern: str = ""
    more: tuple[str, ...] = ()


def entries(subject: Subject) -> list[list[Entry]]:
    """The groups of the legend: the classes; marks on their scale; keys; how they came about."""
    return [group for group in (_classes(subject), _marks(subject), _keys(subject)) if group]


def _entry_of(
    subject: Subject, sign: str, of: Callable[[Texts], Sequence[str]], **look: str
) -> Entry:
    """An entry with its words in each language; what is the same in both stands once."""
    lines = dict.fromkeys(line for say in subject.says for line in of(say) if line)
    label, *more = lines
    return Entry(sign, label, more=tuple(more), **look)


def _classes(subject: Subject) -> list[Entry]:
    def label(own: MapClass, say: Texts) -> list[str]:
        if subject.both and subject.snapshot.scale is Scale.QUANTITY:
            return [wording.class_range(own, say)]
        return [wording.class_label(own, say)]

    return [
        _entry_of(
            subject, "class", partial(label, own), figure=str(own.count), fill=own.colour
        )
        for own in subject.drawn.classes
    ]  # fmt: skip


def _marks(subject: Subject) -> list[Entry]:
    """The national value, and the province that is outlined."""
    found, measure = [], subject.measure
    national, cell = subject.snapshot.national, subject.selected
    if national:
        found.append(
            _entry_of(subject, "national", lambda say: [wording.national(national, measure, say)])
        )
    if cell:

        def standing(say: Texts) -> list[str]:
            name = provinces()[cell.adcode].name(say.lang)
            value = wording.headline(cell, measure, say)
            place = wording.rank(cell, say) if cell.value is not None else ""
            return [say(N_("{name}: {value}"), name=name, value=value), place]

        found.append(_entry_of(subject, "selected", standing))
    return found


def _named(status: Status, say: Texts) -> list[str]:
    return [wording.status(status, say)]


def _keys(subject: Subject) -> list[Entry]:
    """A key for every status that occurs without a class, and for the mark of unsure ranks."""
    drawn, found = subject.drawn, []
    for status in drawn.keyed_statuses():
        look = LOOKS.get(status)
        found.append(
            _entry_of(
                subject, "key" if look else "?",
                partial(_named, status),
                figure=str(drawn.snapshot.count(status)),
                fill=look.fill if look else "", pattern=look.pattern if look else "",
            )
        )  # fmt: skip
    unsure = sum(cell.unsure for cell in drawn.snapshot.cells.values())
    if unsure:
        found.append(
            _entry_of(subject, "unsure", lambda say: [say(wording.UNSURE)], figure=str(unsure))
        )
    return found


def heads(subject: Subject) -> list[str]:
    """What the classes are measured in, in each language, each on a line of its own."""
    measure = subject.measure
    units = [say.pick(measure.unit_en, measure.unit_zh) for say in subject.says]
    plain = [say(N_("Rank")) for say in subject.says]
    return list(dict.fromkeys(own or other for own, other in zip(units, plain, strict=True)))


def method(subject: Subject) -> list[str]:
    """How the classes came about, in each language; nothing where there are no classes to cut."""
    breaks = subject.drawn.breaks
    if breaks is None:
        return []
    return [
        say(
            N_("{method}: {note} Each class includes its upper break."),
            method=say(classify.METHOD_NAMES[breaks.method]),
            note=say(classify.METHOD_NOTES[breaks.method]),
        )
        for say in subject.says
    ]


def column(sheet: Sheet, box: Box, subject: Subject) -> float:
    """The legend as a column at the upper left of a box; returns where it ends."""
    letters = sheet.size.text
    y = box.y0
    y = _heads(sheet, box.x0, y, box.width, subject)
    for order, group in enumerate(entries(subject)):
        y += letters * ROW * GROUP_GAP if order else 0.0
        for entry in group:
            y = _entry(sheet, entry, box.x0, y, box.width)
    y += letters * ROW * GROUP_GAP
    for text in method(subject):
        y = _paragraph(sheet, text, box.x0, y, box.width)
    sheet.boxes["legend"] = Box(box.x0, box.y0, box.x1, y)
    return y


def strip_height(sheet: Sheet, room: float, subject: Subject) -> float:
    """How high the legend is as columns within a width."""
    trial = replace(sheet, items=[], boxes={})
    return strip(trial, Box(0, 0, room, 0), subject)


def strip(sheet: Sheet, box: Box, subject: Subject) -> float:
    """The legend as columns from the upper left of a box; returns where it ends."""
    letters = sheet.size.text
    first, *rest = entries(subject)
    others = [entry for group in rest for entry in group]
    gap = letters * COLUMN_GAP
    narrow = min(_room_of(sheet, first), (box.width - gap) / 2)
    y = _heads(sheet, box.x0, box.y0, box.width, subject)
    low = y
    for entry in first:
        low = _entry(sheet, entry, box.x0, low, narrow)
    x, wide = box.x0 + narrow + gap, box.width - narrow - gap
    top = y
    for entry in others:
        top = _entry(sheet, entry, x, top, min(wide, _room_of(sheet, others)))
    for text in method(subject):
        top = _paragraph(sheet, text, x, top + letters * 0.3, wide)
    end = max(low, top)
    sheet.boxes["legend"] = Box(box.x0, box.y0, box.x1, end)
    return end


def _heads(sheet: Sheet, x: float, y: float, room: float, subject: Subject) -> float:
    """The unit above the classes; returns where the classes begin."""
    letters = sheet.size.text
    for order, head in enumerate(heads(subject)):
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
    left = x + letters * (SWATCH[0] + 0.7)
    wide = room - (left - x) - (letters + width(entry.figure, letters) if entry.figure else 0)
    rows = [(line, letters, INK) for line in wrap(entry.label, wide, letters)]
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
    else:
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
