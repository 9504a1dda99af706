"""A province's profile: where it lies, key figures, its published ranks, its open indicators.

Every indicator is a row with its figure and rank, and a strip of all provinces in which this one
is marked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from geo import profile, wording
from geo.boundaries import boundaries
from geo.cells import Status
from geo.measures import measures
from geo.peers import INCOME
from geo.picture import indicatorrows, mapping
from geo.picture.fonts import BOLD, REGULAR, width
from geo.picture.lines import shortened, wrap
from geo.picture.mapping import ACCENT
from geo.picture.sheet import FAINT, INK, MUTED, Box, Sheet, Text
from geo.picture.subject import Subject
from geo.profile import Standing, standing
from geo.text import N_, Texts
from geo.thumbnail import PLAIN

URBAN: Final = "urbanization"
SIDE_SHARE: Final = 0.25  # of the width, for what stands beside the rows
BAND_SHARE: Final = 0.25  # of the height at least, for what stands above them on upright sizes
PUBLISHED_ROWS: Final = 15.0  # the height of the published ranks, in sizes of the small letters
LEAST_LOCATOR: Final = 0.2  # of the height, for the map that shows where a province lies
BAND_MOST: Final = 0.3


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
        indicatorrows.draw(sheet, Box(room.x0, low + gap, room.x1, room.y1), subject)
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
    indicatorrows.draw(sheet, Box(side.x1 + gap * 1.4, room.y0, room.x1, room.y1), subject)


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
                        indicatorrows.titled(own, say),
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
            size = sheet.size.small * (indicatorrows.SECOND if order else 1.0)
            for line in wrap(head, box.width, size):
                y += size * 1.3
                sheet.put(Text(box.x0, y, line, size, "profile", colour=FAINT))
        shown = list(zip(figures, ranks, strict=True))
        for order, (figure, place) in enumerate(shown[:1] if brief else shown):
            size = letters * (1.15 if not order else indicatorrows.SECOND)
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
        size = letters * (indicatorrows.SECOND if order else 0.95)
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
        name = subject.told(wording.GROUPS[index])
        sheet.put(
            Text(box.x0, y - step * 0.3, shortened(name, room, size), size, "profile"),
            Text(
                box.x1, y - step * 0.3, place, size, "profile",
                colour=INK if first.cell.rank else FAINT, align="right",
            ),
        )  # fmt: skip
        sheet.rule(box.x0, y, box.x1, y)
    return y


def _place(own: Standing, say: Texts) -> str:
    cell = own.cell
    return (
        wording.place(cell, say)
        if cell.status is Status.RANK
        else wording.headline(cell, own.measure, say)
    )
