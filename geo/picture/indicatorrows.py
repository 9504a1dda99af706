"""A province's open indicators under their dimensions: the larger part of its profile.

Each is a row with its figure and rank, and a strip of all provinces in which this one is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from geo import profile, wording
from geo.cells import Status
from geo.marks import NATIONAL, TICK
from geo.picture.fonts import ASCENT, BOLD, width
from geo.picture.lines import shortened, wrap
from geo.picture.mapping import ACCENT
from geo.picture.sheet import FAINT, INK, MUTED, RULE, Box, Sheet, Stroke, Text, dot
from geo.picture.subject import Subject
from geo.profile import Standing
from geo.provinces import provinces
from geo.text import N_, Texts

LEAST_PART: Final = 2  # rows of a group that may stand alone in a column
SECOND: Final = 0.86  # letters of the second language, as a share of the first's
LEAST_BOTH: Final = 0.66
LEAST: Final = 0.5  # the smallest letters of the rows, as a share of the size's
ROW: Final = 2.05  # the height of a row of one language in sizes of its letters
ROW_BOTH: Final = 2.75
MOST_AIR: Final = 0.8  # between rows, in sizes of their letters
NAME: Final = 0.5  # shares of a column's width
STRIP: Final = 0.22
UNIT: Final = 0.72  # letters of a unit below its value, as a share of the value's


@dataclass(frozen=True)
class _Group:
    title: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class _Setting:
    """How rows are set: the size of letters, whether in both languages, room between rows."""

    letters: float
    both: bool
    air: float = 0.0

    @property
    def step(self) -> float:
        return self.letters * (ROW_BOTH if self.both else ROW) + self.air


def draw(sheet: Sheet, box: Box, subject: Subject) -> None:
    """All indicators under their dimensions, in two columns; letters shrink until they fit."""
    picture = subject.picture
    if not provinces()[picture.province].evaluated:
        y = box.y0
        for say in subject.says:
            for line in wrap(
                say(wording.STATUS_NOTES[Status.NOT_EVALUATED]), box.width, 18, most=4
            ):
                y += sheet.size.text * 1.4
                sheet.put(Text(box.x0, y, line, sheet.size.text, "profile", colour=MUTED))
        return
    groups = [
        _Group(subject.said(partial(wording.dimension_name, name)), own.standings)
        for name, own in profile.dimension_standings(picture.province, picture.year).items()
    ]
    _rows(sheet, box, groups, subject, _fitting(sheet, box, groups, subject))
    sheet.boxes["profile"] = box


def _fitting(sheet: Sheet, box: Box, groups: Sequence[_Group], subject: Subject) -> _Setting:
    """The largest letters that fit; what height they leave parts the rows.

    Where names in two languages would be too small to read, the rows have the first alone.
    """
    rows = max(sum(len(own.standings) for own in stacked) for stacked in _columns(groups))
    for both, least in ((subject.both, LEAST_BOTH if subject.both else LEAST), (False, LEAST)):
        letters = sheet.size.text * 0.92
        while letters > sheet.size.text * least:
            trial, found = replace(sheet, items=[], boxes={}), _Setting(letters, both)
            spare = box.y1 - _rows(trial, box, groups, subject, found)
            if spare >= 0:
                return replace(found, air=min(spare / rows, letters * MOST_AIR))
            letters *= 0.97
    return _Setting(letters, both=False)


def _rows(
    sheet: Sheet, box: Box, groups: Sequence[_Group], subject: Subject, own: _Setting
) -> float:
    """The groups in columns of about the same height; returns where the longest ends."""
    gap = own.letters * 2.6
    wide = (box.width - gap) / 2
    y = _key(sheet, box, subject, own.letters)
    low = y
    for column, stacked in enumerate(_columns(groups)):
        at = y
        for group in stacked:
            x = box.x0 + column * (wide + gap)
            at = _group(sheet, x, at, wide, group, subject, own)
        low = max(low, at)
    return low


def _columns(groups: Sequence[_Group]) -> tuple[list[_Group], list[_Group]]:
    """The groups in two columns of about the same height, titles counted as rows.

    The group in the middle is parted, its title over both parts, unless one part would be short.
    """
    half = (sum(len(own.standings) + 1 for own in groups) + 1) / 2
    left: list[_Group] = []
    for place, group in enumerate(groups):
        rows = len(group.standings)
        room = int(half - sum(len(own.standings) + 1 for own in left)) - 1
        if room >= rows:
            left.append(group)
            continue
        rest = list(groups[place:])
        if room >= LEAST_PART and rows - room >= LEAST_PART:
            left.append(replace(group, standings=group.standings[:room]))
            rest[0] = replace(group, standings=group.standings[room:])
        elif room > rows / 2:
            left.append(rest.pop(0))
        return left, rest
    return left, []


def _key(sheet: Sheet, box: Box, subject: Subject, letters: float) -> float:
    """What the signs of a strip are; returns where the rows begin."""
    y = box.y0 + letters
    x = box.x0
    size = letters * 0.86
    own = provinces()[subject.picture.province]
    signs = [
        ("own", subject.said(lambda say: own.name(say.lang))),
        (TICK, subject.said(lambda say: say(N_("a province")))),
        (NATIONAL, subject.said(lambda say: say(N_("national value or median")))),
    ]
    for sign, text in signs:
        middle = y - size * 0.36
        if sign == "own":
            sheet.put(dot(x + size * 0.3, middle, size * 0.36, ACCENT, "key"))
        else:
            line = np.array([[x + size * 0.3, middle - size * 0.5], [x + size * 0.3, y]])
            sheet.put(Stroke((line,), sign, 1.6, "key"))
        x += size * 0.9
        sheet.put(Text(x, y, text, size, "profile", colour=MUTED))
        x += width(text, size) + size * 1.6
    return y + letters * 0.6


def _group(
    sheet: Sheet, x: float, y: float, wide: float, group: _Group, subject: Subject, own: _Setting
) -> float:
    letters = own.letters
    y += letters * 1.5
    title = shortened(group.title, wide, letters, BOLD)
    sheet.put(Text(x, y, title, letters, "profile", BOLD))
    y += letters * 0.5
    sheet.rule(x, y, x + wide, y)
    y += letters * 0.2
    for row in group.standings:
        _row(sheet, x, y, wide, row, subject, own)
        y += own.step
    return y + letters * 0.3


def _row(
    sheet: Sheet, x: float, y: float, wide: float, own: Standing, subject: Subject, how: _Setting
) -> None:
    say, cell, letters, step = subject.says[0], own.cell, how.letters, how.step
    names = [
        wording.measure_name(own.measure, said)
        if own.year == subject.picture.year
        else titled(own, said)
        for said in subject.says
    ]
    size = letters * 0.88
    lines = [(line, size, INK) for line in wrap(names[0], wide * NAME, size, most=2)]
    if how.both:
        small = size * SECOND
        lines = [(shortened(names[0], wide * NAME, size), size, INK)]
        lines += [(shortened(names[1], wide * NAME, small), small, FAINT)]
    height = sum(size * 1.12 for _, size, _ in lines)
    base = y + (step - height) / 2
    for line, own_size, colour in lines:
        base += own_size * 1.12
        at = base - own_size * (1.12 - ASCENT) * 0.9
        sheet.put(Text(x, at, line, own_size, "profile", colour=colour))
    middle = y + step / 2
    baseline = middle + letters * 0.36
    doubt = wording.DOUBT_MARK if wording.is_doubtful(cell) else ""
    figure = (
        wording.number(cell.value, own.measure, say) + doubt
        if cell.value is not None
        else wording.status(cell, say)
    )
    strip = wide * STRIP
    rank = f"{cell.rank}/{cell.of}" if cell.rank else ""
    rank_x = x + wide - strip - letters * 0.9
    figure_x = rank_x - letters * 3.3
    put = sheet.put
    if cell.value is None:
        put(Text(rank_x, baseline, figure, size, "profile", colour=FAINT, align="right"))
        return
    unit, above = wording.unit_beside_name(own.measure, say), baseline
    if unit in wording.TIGHT_UNITS:
        figure = wording.quantity_beside_name(cell.value, own.measure, say) + doubt
    elif unit:
        # The value stands above its unit, both in the middle of the row.
        longest = max(width(line, own_size) for line, own_size, _ in lines)
        room = figure_x - x - longest - letters * 0.5
        small = letters * UNIT * min(1, room / width(unit, letters * UNIT))
        above -= letters * 0.42
        under = above + letters * 0.24 + small * ASCENT
        put(Text(figure_x, under, unit, small, "profile", colour=MUTED, align="right"))
    put(Text(figure_x, above, figure, letters, "profile", BOLD, align="right"))
    put(Text(rank_x, baseline, rank, letters * 0.84, "profile", colour=MUTED, align="right"))
    _strip(sheet, own, x + wide - strip, x + wide, middle, letters)


def _strip(sheet: Sheet, own: Standing, start: float, end: float, y: float, letters: float) -> None:
    """All provinces along the measure's scale, the country's value and this province marked."""
    values = own.snapshot.values()
    low, high = min(values.values()), max(values.values())

    def at(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return start + (end - start) * min(max(share, 0.0), 1.0)

    def tick(value: float, half: float) -> np.ndarray:
        return np.array([[at(value), y - half], [at(value), y + half]])

    half = letters * 0.36
    sheet.put(
        Stroke((np.array([[start, y], [end, y]]),), RULE, sheet.size.hair, "strip"),
        Stroke(tuple(tick(value, half) for value in values.values()), TICK, 0.9, "strip"),
    )
    if own.snapshot.national:
        mark = tick(own.snapshot.national.value, half * 1.7)
        sheet.put(Stroke((mark,), NATIONAL, 1.6, "strip"))
    if own.cell.value is not None:
        sheet.put(dot(at(own.cell.value), y, letters * 0.33, ACCENT, "strip"))


def titled(own: Standing, say: Texts) -> str:
    """A measure's name with the year of its figure."""
    return say(
        N_("{measure}, {year}"), measure=wording.measure_name(own.measure, say), year=own.year
    )
