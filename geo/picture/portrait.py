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
from geo.measures import all_measures
from geo.peers import INCOME
from geo.picture import indicatorrows, mapping
from geo.picture.fonts import BOLD, REGULAR, text_width
from geo.picture.lines import shorten_text, wrap_text
from geo.picture.mapping import ACCENT
from geo.picture.sheet import FAINT, INK, MUTED, Box, Sheet, TextItem
from geo.picture.subject import FigureSubject
from geo.profile import Standing, standing_in
from geo.text import N_, Translator
from geo.thumbnail import PLAIN

URBAN: Final = "urbanization"
SIDE_SHARE: Final = 0.25  # of the width, for what stands beside the rows
BAND_SHARE: Final = 0.25  # of the height at least, for what stands above them on upright sizes
PUBLISHED_ROWS: Final = 15.0  # the height of the published ranks, in sizes of the small letters
MIN_LOCATOR_SHARE: Final = 0.2  # of the height, for the map that shows where a province lies
MAX_BAND_SHARE: Final = 0.3


def draw_profile(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Put the profile of the subject's province into a room."""
    adcode = subject.picture.province
    gap = sheet.size.text * 2.2
    if sheet.size.upright:
        third = (room.width - 2 * gap) / 3
        trial = replace(sheet, items=[], boxes={})
        figures = _draw_key_figures(trial, Box(0, 0, third, 0), subject)
        brief = figures > room.height * MAX_BAND_SHARE
        if brief:
            figures = _draw_key_figures(trial, Box(0, 0, third, 0), subject, brief)
        low = room.y0 + max(room.height * BAND_SHARE, figures)
        _draw_locator(sheet, Box(room.x0, room.y0, room.x0 + third, low), adcode)
        middle = room.x0 + third + gap
        _draw_key_figures(sheet, Box(middle, room.y0, middle + third, low), subject, brief)
        _draw_published_ranks(sheet, Box(middle + third + gap, room.y0, room.x1, low), subject)
        indicatorrows.draw_indicator_rows(sheet, Box(room.x0, low + gap, room.x1, room.y1), subject)
        return
    side = Box(room.x0, room.y0, room.x0 + sheet.size.width * SIDE_SHARE, room.y1)
    block = mapping.arrange_panes(mapping.BESIDE)
    trial = replace(sheet, items=[], boxes={})
    figures = _draw_key_figures(trial, Box(0, 0, side.width, 0), subject)
    lists = sheet.size.small * PUBLISHED_ROWS
    # The map takes what the figures and the lists leave.
    high = min(
        side.width * block.height / block.width,
        max(side.height - figures - lists - 1.1 * gap, side.height * MIN_LOCATOR_SHARE),
    )
    _draw_locator(sheet, Box(side.x0, side.y0, side.x1, side.y0 + high), adcode)
    top = side.y0 + high + gap * 0.6
    low = _draw_key_figures(sheet, Box(side.x0, top, side.x1, side.y1), subject)
    _draw_published_ranks(sheet, Box(side.x0, low + gap * 0.3, side.x1, side.y1), subject)
    indicatorrows.draw_indicator_rows(
        sheet, Box(side.x1 + gap * 1.4, room.y0, room.x1, room.y1), subject
    )


def _draw_locator(sheet: Sheet, area: Box, adcode: str) -> None:
    """The country plain, with the province in the accent."""
    fills = {
        adcode_: (ACCENT if adcode_ == adcode else PLAIN, "")
        for adcode_ in boundaries().units.index
    }
    mapping.draw_map(sheet, area, fills)


def _draw_key_figures(sheet: Sheet, box: Box, subject: FigureSubject, brief: bool = False) -> float:
    """Residents, product per head and urban share; returns where they end.

    brief: the figures in the first language alone.
    """
    adcode, year = subject.picture.province, subject.picture.year

    def lines(t: Translator) -> list[tuple[str, str, str]]:
        texts = []
        people = profile.resident_population(adcode, year)
        if people:
            head = t(N_("{measure}, {year}"), measure=t(N_("Residents")), year=people[1])
            texts.append((head, wording.format_population(people[0], t), ""))
        for name in (INCOME, URBAN):
            standing = standing_in(adcode, all_measures()[name], year)
            if standing.cell.value is not None:
                texts.append(
                    (
                        indicatorrows.name_with_year(standing, t),
                        wording.format_cell(standing.cell, standing.measure, t),
                        wording.format_rank(standing.cell, t),
                    )
                )
        return texts or [(t(N_("Open indicators")), t(N_("no figure")), "")]

    letters, y = sheet.size.text, box.y0
    for heads, figures, ranks in (
        zip(*parts, strict=True) for parts in zip(*map(lines, subject.translators), strict=True)
    ):
        for order, head in enumerate(dict.fromkeys(heads)):
            size = sheet.size.small * (indicatorrows.SECOND_LANGUAGE_FACTOR if order else 1.0)
            for line in wrap_text(head, box.width, size):
                y += size * 1.3
                sheet.add_items(TextItem(box.x0, y, line, size, "profile", colour=FAINT))
        values = list(zip(figures, ranks, strict=True))
        for order, (figure, place) in enumerate(values[:1] if brief else values):
            size = letters * (1.15 if not order else indicatorrows.SECOND_LANGUAGE_FACTOR)
            y += size * 1.34
            text = shorten_text(figure, box.width, size, REGULAR if order else BOLD)
            sheet.add_items(
                TextItem(
                    box.x0, y, text, size, "profile", REGULAR if order else BOLD,
                    FAINT if order else INK,
                )
            )  # fmt: skip
            at = box.x0 + text_width(text, size, REGULAR if order else BOLD) + letters * 0.6
            small = sheet.size.small
            if place and at + text_width(place, small) <= box.x1:
                sheet.add_items(TextItem(at, y, place, small, "profile", colour=MUTED))
        y += letters * 0.45
    return y


def _draw_published_ranks(sheet: Sheet, box: Box, subject: FigureSubject) -> float:
    """The places in the report's lists of its first edition; returns where they end."""
    standings = profile.published_standings(subject.picture.province)
    letters, small, y = sheet.size.text, sheet.size.small, box.y0
    heads = [t(N_("Published ranks, report of 2017")) for t in subject.translators]
    for order, head in enumerate(heads):
        size = letters * (indicatorrows.SECOND_LANGUAGE_FACTOR if order else 0.95)
        y += size * 1.25
        text = shorten_text(head, box.width, size, REGULAR if order else BOLD)
        sheet.add_items(
            TextItem(
                box.x0, y, text, size, "profile", REGULAR if order else BOLD,
                FAINT if order else INK,
            )
        )  # fmt: skip
    y += letters * 0.4
    # Rows take the height that is left, so that seven always fit.
    step = min(small * 1.75, (box.y1 - y) / len(standings))
    size = min(small, step / 1.3)
    for index, (first, *_) in standings.items():
        y += step
        place = _format_published_rank(first, subject.translators[0])
        room = box.width - text_width(place, size) - size
        name = subject.message_each(wording.GROUPS[index])
        sheet.add_items(
            TextItem(box.x0, y - step * 0.3, shorten_text(name, room, size), size, "profile"),
            TextItem(
                box.x1, y - step * 0.3, place, size, "profile",
                colour=INK if first.cell.rank else FAINT, align="right",
            ),
        )  # fmt: skip
        sheet.add_rule(box.x0, y, box.x1, y)
    return y


def _format_published_rank(standing: Standing, t: Translator) -> str:
    cell = standing.cell
    return (
        wording.format_place(cell, t)
        if cell.status is Status.RANK
        else wording.format_cell(cell, standing.measure, t)
    )
