"""The profile of a province: location, key figures, published ranks, indicators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from geo.analysis import (
    INCOME_MEASURE,
    Standing,
    dimension_standings,
    published_measures,
    published_standings,
    resident_population,
    standing_in,
)
from geo.labels import Box
from geo.maps import NATIONAL_COLOUR, PLAIN_COLOUR, TICK_COLOUR
from geo.measures import (
    GROUP_NAMES,
    STATUS_NOTES,
    TIGHT_UNITS,
    Status,
    dimension_name,
    format_cell,
    format_number,
    format_place,
    format_population,
    format_rank,
    format_value_beside_name,
    mark_doubt,
    measure_name,
    status_name,
    unit_beside_name,
)
from geo.pictures.fonts import ASCENT, BOLD, REGULAR, shorten_text, text_width, wrap_text
from geo.pictures.maps import ACCENT, BESIDE, arrange_panes, draw_map
from geo.pictures.sheet import FAINT, INK, MUTED, RULE, Sheet, StrokeItem, TextItem, dot_shape
from geo.pictures.subject import FigureSubject
from geo.text import N_, Translator
from geo.units import boundaries, provinces

MIN_PART_ROWS: Final = 2  # fewest rows of a group in a column
SECOND_LANGUAGE_FACTOR: Final = 0.86  # relative font size of the second language
MIN_FONT_FACTOR_BOTH: Final = 0.66
MIN_FONT_FACTOR: Final = 0.5  # smallest font size, share of the picture's
ROW: Final = 2.05  # height of a row in one language, in em
ROW_BOTH: Final = 2.75
MAX_ROW_GAP: Final = 0.8  # between rows, in em
NAME: Final = 0.5  # shares of a column's width
STRIP: Final = 0.22
UNIT: Final = 0.72  # font size of a unit below its value, share of the value's
URBAN: Final = "urbanization"
SIDE_SHARE: Final = 0.25  # share of the width for what is beside the rows
BAND_SHARE: Final = 0.25  # least share of the height above the rows, upright
PUBLISHED_ROWS: Final = 15.0  # height of the published ranks, in em of the small font
MIN_LOCATOR_SHARE: Final = 0.2  # of the height, for the locator map
MAX_BAND_SHARE: Final = 0.3


@dataclass(frozen=True)
class _IndicatorGroup:
    title: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class _RowSetting:
    """How rows are set: font size, one or both languages, extra space between rows."""

    letters: float
    both: bool
    air: float = 0.0

    @property
    def step(self) -> float:
        return self.letters * (ROW_BOTH if self.both else ROW) + self.air


def draw_indicator_rows(sheet: Sheet, box: Box, subject: FigureSubject) -> None:
    """Draw all indicators by dimension in two columns; the font shrinks until they fit."""
    picture = subject.picture
    if not provinces()[picture.province].evaluated:
        y = box.y0
        for t in subject.translators:
            for line in wrap_text(
                t(STATUS_NOTES[Status.NOT_EVALUATED]), box.width, 18, max_lines=4
            ):
                y += sheet.size.text * 1.4
                sheet.add_items(TextItem(box.x0, y, line, sheet.size.text, "profile", colour=MUTED))
        return
    groups = [
        _IndicatorGroup(
            subject.translate_each(partial(dimension_name, name)),
            standing.standings,
        )
        for name, standing in dimension_standings(picture.province, picture.year).items()
    ]
    _draw_groups(sheet, box, groups, subject, _fit_rows(sheet, box, groups, subject))
    sheet.boxes["profile"] = box


def _fit_rows(
    sheet: Sheet, box: Box, groups: Sequence[_IndicatorGroup], subject: FigureSubject
) -> _RowSetting:
    """The largest font that fits; the remaining height is distributed between rows.

    If names in two languages would be too small to read, only the first language is used.
    """
    rows = max(
        sum(len(group.standings) for group in stacked) for stacked in _split_into_columns(groups)
    )
    for both, least in (
        (subject.is_bilingual, MIN_FONT_FACTOR_BOTH if subject.is_bilingual else MIN_FONT_FACTOR),
        (False, MIN_FONT_FACTOR),
    ):
        letters = sheet.size.text * 0.92
        while letters > sheet.size.text * least:
            trial, row_setting = replace(sheet, items=[], boxes={}), _RowSetting(letters, both)
            spare = box.y1 - _draw_groups(trial, box, groups, subject, row_setting)
            if spare >= 0:
                return replace(row_setting, air=min(spare / rows, letters * MAX_ROW_GAP))
            letters *= 0.97
    return _RowSetting(letters, both=False)


def _draw_groups(
    sheet: Sheet,
    box: Box,
    groups: Sequence[_IndicatorGroup],
    subject: FigureSubject,
    setting: _RowSetting,
) -> float:
    """Draw the groups in columns of about the same height; returns the lowest bottom."""
    gap = setting.letters * 2.6
    wide = (box.width - gap) / 2
    y = _draw_strip_key(sheet, box, subject, setting.letters)
    low = y
    for column, stacked in enumerate(_split_into_columns(groups)):
        at = y
        for group in stacked:
            x = box.x0 + column * (wide + gap)
            at = _draw_group(sheet, x, at, wide, group, subject, setting)
        low = max(low, at)
    return low


def _split_into_columns(
    groups: Sequence[_IndicatorGroup],
) -> tuple[list[_IndicatorGroup], list[_IndicatorGroup]]:
    """The groups in two columns of about the same height, titles counted as rows.

    The group in the middle is split, with its title over both parts, unless a part would be short.
    """
    half = (sum(len(indicator_group.standings) + 1 for indicator_group in groups) + 1) / 2
    left: list[_IndicatorGroup] = []
    for place, group in enumerate(groups):
        rows = len(group.standings)
        room = int(half - sum(len(entry.standings) + 1 for entry in left)) - 1
        if room >= rows:
            left.append(group)
            continue
        rest = list(groups[place:])
        if room >= MIN_PART_ROWS and rows - room >= MIN_PART_ROWS:
            left.append(replace(group, standings=group.standings[:room]))
            rest[0] = replace(group, standings=group.standings[room:])
        elif room > rows / 2:
            left.append(rest.pop(0))
        return left, rest
    return left, []


def _draw_strip_key(sheet: Sheet, box: Box, subject: FigureSubject, letters: float) -> float:
    """Draw the key of a strip's signs; returns the top of the rows."""
    y = box.y0 + letters
    x = box.x0
    size = letters * 0.86
    province = provinces()[subject.picture.province]
    signs = [
        ("own", subject.translate_each(lambda t: province.name_in(t.lang))),
        (TICK_COLOUR, subject.translate_each(lambda t: t(N_("a province")))),
        (NATIONAL_COLOUR, subject.translate_each(lambda t: t(N_("national value or median")))),
    ]
    for sign, text in signs:
        middle = y - size * 0.36
        if sign == "own":
            sheet.add_items(dot_shape(x + size * 0.3, middle, size * 0.36, ACCENT, "key"))
        else:
            line = np.array([[x + size * 0.3, middle - size * 0.5], [x + size * 0.3, y]])
            sheet.add_items(StrokeItem((line,), sign, 1.6, "key"))
        x += size * 0.9
        sheet.add_items(TextItem(x, y, text, size, "profile", colour=MUTED))
        x += text_width(text, size) + size * 1.6
    return y + letters * 0.6


def _draw_group(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    group: _IndicatorGroup,
    subject: FigureSubject,
    setting: _RowSetting,
) -> float:
    letters = setting.letters
    y += letters * 1.5
    title = shorten_text(group.title, wide, letters, BOLD)
    sheet.add_items(TextItem(x, y, title, letters, "profile", BOLD))
    y += letters * 0.5
    sheet.add_rule(x, y, x + wide, y)
    y += letters * 0.2
    for row in group.standings:
        _draw_indicator_row(sheet, x, y, wide, row, subject, setting)
        y += setting.step
    return y + letters * 0.3


def _draw_indicator_row(
    sheet: Sheet,
    x: float,
    y: float,
    wide: float,
    standing: Standing,
    subject: FigureSubject,
    how: _RowSetting,
) -> None:
    t, cell, letters, step = subject.translators[0], standing.cell, how.letters, how.step
    names = [
        measure_name(standing.measure, translator)
        if standing.year == subject.picture.year
        else name_with_year(standing, translator)
        for translator in subject.translators
    ]
    size = letters * 0.88
    lines = [(line, size, INK) for line in wrap_text(names[0], wide * NAME, size, max_lines=2)]
    if how.both:
        small = size * SECOND_LANGUAGE_FACTOR
        lines = [(shorten_text(names[0], wide * NAME, size), size, INK)]
        lines += [(shorten_text(names[1], wide * NAME, small), small, FAINT)]
    height = sum(size * 1.12 for _, size, _ in lines)
    base = y + (step - height) / 2
    for line, letter_size, colour in lines:
        base += letter_size * 1.12
        at = base - letter_size * (1.12 - ASCENT) * 0.9
        sheet.add_items(TextItem(x, at, line, letter_size, "profile", colour=colour))
    middle = y + step / 2
    baseline = middle + letters * 0.36
    figure = (
        mark_doubt(format_number(cell.value, standing.measure, t), cell)
        if cell.value is not None
        else status_name(cell, t)
    )
    strip = wide * STRIP
    rank = f"{cell.rank}/{cell.of}" if cell.rank else ""
    rank_x = x + wide - strip - letters * 0.9
    figure_x = rank_x - letters * 3.3
    add = sheet.add_items
    if cell.value is None:
        add(TextItem(rank_x, baseline, figure, size, "profile", colour=FAINT, align="right"))
        return
    unit, above = unit_beside_name(standing.measure, t), baseline
    if unit in TIGHT_UNITS:
        figure = mark_doubt(format_value_beside_name(cell.value, standing.measure, t), cell)
    elif unit:
        # The value is above its unit; both are vertically centred in the row.
        longest = max(text_width(line, letter_size) for line, letter_size, _ in lines)
        room = figure_x - x - longest - letters * 0.45
        small = letters * UNIT * min(1, room / text_width(unit, letters * UNIT))
        above -= letters * 0.42
        under = above + letters * 0.24 + small * ASCENT
        add(TextItem(figure_x, under, unit, small, "profile", colour=MUTED, align="right"))
    add(TextItem(figure_x, above, figure, letters, "profile", BOLD, align="right"))
    add(TextItem(rank_x, baseline, rank, letters * 0.84, "profile", colour=MUTED, align="right"))
    _draw_indicator_strip(sheet, standing, x + wide - strip, x + wide, middle, letters)


def _draw_indicator_strip(
    sheet: Sheet, standing: Standing, start: float, end: float, y: float, letters: float
) -> None:
    """Draw all provinces on the measure's scale; the national value and this one are marked."""
    values = standing.snapshot.values_by_adcode()
    low, high = min(values.values()), max(values.values())

    def at(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return start + (end - start) * min(max(share, 0.0), 1.0)

    def tick(value: float, half: float) -> np.ndarray:
        return np.array([[at(value), y - half], [at(value), y + half]])

    half = letters * 0.36
    sheet.add_items(
        StrokeItem((np.array([[start, y], [end, y]]),), RULE, sheet.size.hair, "strip"),
        StrokeItem(
            tuple(tick(value, half) for value in values.values()), TICK_COLOUR, 0.9, "strip"
        ),
    )
    if standing.snapshot.national:
        mark = tick(standing.snapshot.national.value, half * 1.7)
        sheet.add_items(StrokeItem((mark,), NATIONAL_COLOUR, 1.6, "strip"))
    if standing.cell.value is not None:
        sheet.add_items(dot_shape(at(standing.cell.value), y, letters * 0.33, ACCENT, "strip"))


def name_with_year(standing: Standing, t: Translator) -> str:
    """The name of a measure with the year of its value."""
    return t(
        N_("{measure}, {year}"),
        measure=measure_name(standing.measure, t),
        year=standing.year,
    )


def draw_profile(sheet: Sheet, room: Box, subject: FigureSubject) -> None:
    """Draw the profile of the subject's province into a box."""
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
        draw_indicator_rows(sheet, Box(room.x0, low + gap, room.x1, room.y1), subject)
        return
    side = Box(room.x0, room.y0, room.x0 + sheet.size.width * SIDE_SHARE, room.y1)
    block = arrange_panes(BESIDE)
    trial = replace(sheet, items=[], boxes={})
    figures = _draw_key_figures(trial, Box(0, 0, side.width, 0), subject)
    lists = sheet.size.small * PUBLISHED_ROWS
    # The map takes the height that figures and lists leave.
    high = min(
        side.width * block.height / block.width,
        max(side.height - figures - lists - 1.1 * gap, side.height * MIN_LOCATOR_SHARE),
    )
    _draw_locator(sheet, Box(side.x0, side.y0, side.x1, side.y0 + high), adcode)
    top = side.y0 + high + gap * 0.6
    low = _draw_key_figures(sheet, Box(side.x0, top, side.x1, side.y1), subject)
    _draw_published_ranks(sheet, Box(side.x0, low + gap * 0.3, side.x1, side.y1), subject)
    draw_indicator_rows(sheet, Box(side.x1 + gap * 1.4, room.y0, room.x1, room.y1), subject)


def _draw_locator(sheet: Sheet, area: Box, adcode: str) -> None:
    """Draw the country plain, with the province highlighted."""
    fills = {
        code: (ACCENT if code == adcode else PLAIN_COLOUR, "") for code in boundaries().units.index
    }
    draw_map(sheet, area, fills)


def _draw_key_figures(sheet: Sheet, box: Box, subject: FigureSubject, brief: bool = False) -> float:
    """Draw residents, product per head and urban share; returns the bottom.

    brief: in the first language only.
    """
    adcode, year = subject.picture.province, subject.picture.year

    def lines(t: Translator) -> list[tuple[str, str, str]]:
        texts = []
        people = resident_population(adcode, year)
        if people:
            head = t(N_("{measure}, {year}"), measure=t(N_("Residents")), year=people[1])
            texts.append((head, format_population(people[0], t), ""))
        for name in (INCOME_MEASURE, URBAN):
            standing = standing_in(adcode, published_measures()[name], year)
            if standing.cell.value is not None:
                texts.append(
                    (
                        name_with_year(standing, t),
                        format_cell(standing.cell, standing.measure, t),
                        format_rank(standing.cell, t),
                    )
                )
        return texts or [(t(N_("Open indicators")), t(N_("not available")), "")]

    letters, y = sheet.size.text, box.y0
    for heads, figures, ranks in (
        zip(*parts, strict=True) for parts in zip(*map(lines, subject.translators), strict=True)
    ):
        for order, head in enumerate(dict.fromkeys(heads)):
            size = sheet.size.small * (SECOND_LANGUAGE_FACTOR if order else 1.0)
            for line in wrap_text(head, box.width, size):
                y += size * 1.3
                sheet.add_items(TextItem(box.x0, y, line, size, "profile", colour=FAINT))
        values = list(zip(figures, ranks, strict=True))
        for order, (figure, place) in enumerate(values[:1] if brief else values):
            size = letters * (1.15 if not order else SECOND_LANGUAGE_FACTOR)
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
    """Draw the ranks in the lists of the report's first edition; returns the bottom."""
    standings = published_standings(subject.picture.province)
    letters, small, y = sheet.size.text, sheet.size.small, box.y0
    heads = [t(N_("Published ranks, report of 2017")) for t in subject.translators]
    for order, head in enumerate(heads):
        size = letters * (SECOND_LANGUAGE_FACTOR if order else 0.95)
        y += size * 1.25
        text = shorten_text(head, box.width, size, REGULAR if order else BOLD)
        sheet.add_items(
            TextItem(
                box.x0, y, text, size, "profile", REGULAR if order else BOLD,
                FAINT if order else INK,
            )
        )  # fmt: skip
    y += letters * 0.4
    # Rows share the remaining height, so that all seven fit.
    step = min(small * 1.75, (box.y1 - y) / len(standings))
    size = min(small, step / 1.3)
    for index, (first, *_) in standings.items():
        y += step
        place = _format_published_rank(first, subject.translators[0])
        room = box.width - text_width(place, size) - size
        name = subject.message_each(GROUP_NAMES[index])
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
        format_place(cell, t)
        if cell.status is Status.RANK
        else format_cell(cell, standing.measure, t)
    )
