"""A province's profile: where it lies, key figures, its published ranks, its open indicators.

Every indicator is a row with its figure and rank, and a strip of all provinces in which this one
is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from geo import profile, wording
from geo.boundaries import boundaries
from geo.cells import Status
from geo.marks import NATIONAL, TICK
from geo.measures import measures
from geo.peers import INCOME
from geo.picture import mapping
from geo.picture.fonts import ASCENT, BOLD, REGULAR, width
from geo.picture.lines import shortened, wrap
from geo.picture.mapping import ACCENT
from geo.picture.sheet import FAINT, INK, MUTED, RULE, Box, Sheet, Stroke, Text, dot
from geo.picture.subject import Subject
from geo.profile import Standing, standing
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.thumbnail import PLAIN

URBAN: Final = "urbanization"
SIDE_SHARE: Final = 0.25  # of the width, for what stands beside the rows
BAND_SHARE: Final = 0.25  # of the height at least, for what stands above them on upright sizes
PUBLISHED_ROWS: Final = 15.0  # the height of the published ranks, in sizes of the small letters
LEAST_LOCATOR: Final = 0.2  # of the height, for the map that shows where a province lies
BAND_MOST: Final = 0.3
COLUMNS: Final = 2
SECOND: Final = 0.86
LEAST_BOTH: Final = 0.66
LEAST: Final = 0.5  # the smallest letters of the rows, as a share of the size's
ROW: Final = 2.05  # the height of a row of one language in sizes of its letters
ROW_BOTH: Final = 2.75
NAME: Final = 0.5  # shares of a column's width
STRIP: Final = 0.22


@dataclass(frozen=True)
class _Group:
    title: str
    standings: tuple[Standing, ...]


def draw(sheet: Sheet, room: Box, subject: Subject) -> None:
    """Put the profile of the subject's province into a room."""
    adcode = subject.picture.province
    gap = sheet.size.text * 2.2
    if sheet.size.upright:
        third = (room.width - 2 * gap) / 3
        trial = replace(sheet, items=[], boxes={})
        figures = _key_figures(trial, Box(0, 0, third, 0), subject)
        brief = figures > room.height * BAND_MOST
        if brief:
            figures = _key_figures(trial, Box(0, 0, third, 0), subject, brief)
        low = room.y0 + max(room.height * BAND_SHARE, figures)
        _locator(sheet, Box(room.x0, room.y0, room.x0 + third, low), adcode)
        middle = room.x0 + third + gap
        _key_figures(sheet, Box(middle, room.y0, middle + third, low), subject, brief)
        _published(sheet, Box(middle + third + gap, room.y0, room.x1, low), subject)
        _indicators(sheet, Box(room.x0, low + gap, room.x1, room.y1), subject)
        return
    side = Box(room.x0, room.y0, room.x0 + sheet.size.width * SIDE_SHARE, room.y1)
    own = mapping.block(mapping.BESIDE)
    trial = replace(sheet, items=[], boxes={})
    figures = _key_figures(trial, Box(0, 0, side.width, 0), subject)
    lists = sheet.size.small * PUBLISHED_ROWS
    # The map takes what the figures and the lists leave.
    high = min(
        side.width * own.height / own.width,
        max(side.height - figures - lists - 1.1 * gap, side.height * LEAST_LOCATOR),
    )
    _locator(sheet, Box(side.x0, side.y0, side.x1, side.y0 + high), adcode)
    top = side.y0 + high + gap * 0.6
    low = _key_figures(sheet, Box(side.x0, top, side.x1, side.y1), subject)
    _published(sheet, Box(side.x0, low + gap * 0.3, side.x1, side.y1), subject)
    _indicators(sheet, Box(side.x1 + gap * 1.4, room.y0, room.x1, room.y1), subject)


def _locator(sheet: Sheet, area: Box, adcode: str) -> None:
    """The country plain, with the province in the accent."""
    fills = {own: (ACCENT if own == adcode else PLAIN, "") for own in boundaries().units.index}
    mapping.draw(sheet, area, fills)


def _key_figures(sheet: Sheet, box: Box, subject: Subject, brief: bool = False) -> float:
    """Residents, product per head and urban share; returns where they end.

    brief: the figures in the first language alone.
    """
    adcode, year = subject.picture.province, subject.picture.year

    def lines(say: Texts) -> list[tuple[str, str, str]]:
        found = []
        people = profile.population(adcode, year)
        if people:
            head = say(N_("{measure}, {year}"), measure=say(N_("Residents")), year=people[1])
            found.append((head, wording.people(people[0], say), ""))
        for name in (INCOME, URBAN):
            own = standing(adcode, measures()[name], year)
            if own.cell.value is not None:
                found.append(
                    (
                        _titled(own, say),
                        wording.headline(own.cell, own.measure, say),
                        wording.rank(own.cell, say),
                    )
                )
        return found or [(say(N_("Open indicators")), say(N_("no figure")), "")]

    letters, y = sheet.size.text, box.y0
    for heads, figures, ranks in (
        zip(*own, strict=True) for own in zip(*map(lines, subject.says), strict=True)
    ):
        for order, head in enumerate(dict.fromkeys(heads)):
            size = sheet.size.small * (SECOND if order else 1.0)
            for line in wrap(head, box.width, size):
                y += size * 1.3
                sheet.put(Text(box.x0, y, line, size, "profile", colour=FAINT))
        shown = list(zip(figures, ranks, strict=True))
        for order, (figure, place) in enumerate(shown[:1] if brief else shown):
            size = letters * (1.15 if not order else SECOND)
            y += size * 1.34
            text = shortened(figure, box.width, size, REGULAR if order else BOLD)
            sheet.put(
                Text(
                    box.x0, y, text, size, "profile", REGULAR if order else BOLD,
                    FAINT if order else INK,
                )
            )  # fmt: skip
            at = box.x0 + width(text, size, REGULAR if order else BOLD) + letters * 0.6
            small = sheet.size.small
            if place and at + width(place, small) <= box.x1:
                sheet.put(Text(at, y, place, small, "profile", colour=MUTED))
        y += letters * 0.45
    return y


def _published(sheet: Sheet, box: Box, subject: Subject) -> float:
    """The places in the report's lists of its first edition; returns where they end."""
    found = profile.report_standings(subject.picture.province)
    letters, small, y = sheet.size.text, sheet.size.small, box.y0
    heads = [say(N_("Published ranks, report of 2017")) for say in subject.says]
    for order, head in enumerate(heads):
        size = letters * (SECOND if order else 0.95)
        y += size * 1.25
        text = shortened(head, box.width, size, REGULAR if order else BOLD)
        sheet.put(
            Text(
                box.x0, y, text, size, "profile", REGULAR if order else BOLD,
                FAINT if order else INK,
            )
        )  # fmt: skip
    y += letters * 0.4
    # Rows take the height that is left, so that seven always fit.
    step = min(small * 1.75, (box.y1 - y) / len(found))
    size = min(small, step / 1.3)
    for index, (first, *_) in found.items():
        y += step
        place = _place(first, subject.says[0])
        room = box.width - width(place, size) - size
        name = subject.said(partial(_translated, wording.GROUPS[index]))
        sheet.put(
            Text(box.x0, y - step * 0.3, shortened(name, room, size), size, "profile"),
            Text(
                box.x1, y - step * 0.3, place, size, "profile",
                colour=INK if first.cell.rank else FAINT, align="right",
            ),
        )  # fmt: skip
        sheet.rule(box.x0, y, box.x1, y)
    return y


def _translated(message: str, say: Texts) -> str:
    return say(message)


def _place(own: Standing, say: Texts) -> str:
    cell = own.cell
    return (
        str(cell.rank) if cell.status is Status.RANK else wording.headline(cell, own.measure, say)
    )


def _titled(own: Standing, say: Texts) -> str:
    return say(
        N_("{measure}, {year}"), measure=wording.measure_name(own.measure, say), year=own.year
    )


# ---- the open indicators ----


def _indicators(sheet: Sheet, box: Box, subject: Subject) -> None:
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
    letters, both = _fitting(sheet, box, groups, subject)
    _rows(sheet, box, groups, subject, letters, both)
    sheet.boxes["profile"] = box


def _fitting(
    sheet: Sheet, box: Box, groups: Sequence[_Group], subject: Subject
) -> tuple[float, bool]:
    """The largest letters that fit, and whether the rows are named in both languages.

    Where names in two languages would be too small to read, the rows have the first alone.
    """
    for both, least in ((subject.both, LEAST_BOTH if subject.both else LEAST), (False, LEAST)):
        letters = sheet.size.text * 0.92
        while letters > sheet.size.text * least:
            trial = replace(sheet, items=[], boxes={})
            if _rows(trial, box, groups, subject, letters, both) <= box.y1:
                return letters, both
            letters *= 0.97
    return letters, False


def _rows(
    sheet: Sheet, box: Box, groups: Sequence[_Group], subject: Subject, letters: float, both: bool
) -> float:
    """The groups in columns of about the same height; returns where the longest ends."""
    gap = letters * 2.6
    wide = (box.width - gap) / COLUMNS
    y = _key(sheet, box, subject, letters)
    half = sum(len(own.standings) + 1 for own in groups) / COLUMNS
    column, count, at, low = 0, 0, y, y
    for group in groups:
        # A group goes to the second column once its middle lies beyond the half of all rows.
        if column == 0 and count + (len(group.standings) + 1) / 2 > half:
            column, at = 1, y
        count += len(group.standings) + 1
        x = box.x0 + column * (wide + gap)
        at = _group(sheet, x, at, wide, group, subject, letters, both)
        low = max(low, at)
    return low


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
    sheet: Sheet, x: float, y: float, wide: float, group: _Group, subject: Subject,
    letters: float, both: bool,
) -> float:  # fmt: skip
    y += letters * 1.5
    title = shortened(group.title, wide, letters, BOLD)
    sheet.put(Text(x, y, title, letters, "profile", BOLD))
    y += letters * 0.5
    sheet.rule(x, y, x + wide, y)
    y += letters * 0.2
    step = letters * (ROW_BOTH if both else ROW)
    for own in group.standings:
        _row(sheet, x, y, wide, step, own, subject, letters, both)
        y += step
    return y + letters * 0.3


def _row(
    sheet: Sheet, x: float, y: float, wide: float, step: float, own: Standing, subject: Subject,
    letters: float, both: bool,
) -> None:  # fmt: skip
    say, cell = subject.says[0], own.cell
    names = [
        wording.measure_name(own.measure, said)
        if own.year == subject.picture.year
        else _titled(own, said)
        for said in subject.says
    ]
    size = letters * 0.88
    lines = [(line, size, INK) for line in wrap(names[0], wide * NAME, size, most=2)]
    if both:
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
    doubt = " ?" if wording.is_doubtful(cell) else ""
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
    put(Text(figure_x, baseline, figure, letters, "profile", BOLD, align="right"))
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
