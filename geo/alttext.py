"""The alternative text of a map: what somebody who does not see it must be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from geo import wording
from geo.cells import Cell, Scale, Snapshot, Status
from geo.choropleth import Choropleth
from geo.extremes import extremes
from geo.indicators import Measure
from geo.profile import Standing
from geo.report import EVALUATED_COUNT
from geo.sentences import Pen, Sentence, joined, name
from geo.text import N_, Texts

NAMED: Final = 3  # how many of the highest and lowest are named
MOST_LISTED: Final = 6  # provinces of a status that are listed by name; more are counted


def of_map(drawn: Choropleth, measure: Measure, say: Texts, province: str = "") -> Sentence:
    """What a map shows: subject, classes with their counts, both ends, gaps, a chosen province."""
    own = drawn.snapshot
    parts = [_subject(measure, own.year, say)]
    if drawn.classes:
        parts.append(_classes(drawn, measure, say))
    if own.scale is Scale.QUANTITY:
        parts += _ends(measure, own, say)
    else:
        parts += _listed(measure, own, say)
    parts += _statuses(measure, own, say)
    if province:
        chosen = Standing(measure, own.year, own.cells[province])
        parts += [Pen(say).done(N_("One province is outlined.")), _stands(chosen, say)]
    return joined(parts, say)


def _subject(measure: Measure, year: int, say: Texts) -> Sentence:
    return Pen(say).done(
        N_("Map of China’s 34 provincial units: {measure}, {year}."),
        measure=wording.titled(measure, say),
        year=year,
    )


def _classes(drawn: Choropleth, measure: Measure, say: Texts) -> Sentence:
    """The classes with the count of provinces in each."""
    pen, own = Pen(say), drawn.snapshot
    parts = []
    for place, group in enumerate(drawn.classes):
        label = wording.class_label(group, own, say)
        parts.append(
            say(
                N_("{label} ({count})"),
                label=pen.keep(label, measure, own.year, "", f"class {place}"),
                count=pen.keep(group.count, measure, own.year, "", f"class {place} count"),
            )
        )
    message = (
        N_("Classes from light to dark, with their number of provinces: {classes}.")
        if own.scale is Scale.QUANTITY
        else N_("Tiers from dark to light, with their number of provinces: {classes}.")
    )
    return pen.done(message, classes=say(N_("; ")).join(parts))


def _ends(measure: Measure, own: Snapshot, say: Texts) -> list[Sentence]:
    """The highest and the lowest with their figures, and what the country has."""
    sound = [
        cell
        for cell in own.cells.values()
        if cell.value is not None and not wording.is_doubtful(cell)
    ]
    found = extremes(sound)
    parts = []
    if found is not None and len(sound) >= 2 * NAMED:
        order = sorted(sound, key=lambda cell: (-(cell.value or 0.0), cell.adcode))
        # All that are level with the last one named, or somebody would be left out by his code.
        first, last = order[NAMED - 1].value or 0.0, order[-NAMED].value or 0.0
        pen = Pen(say)
        count = pen.keep(len(sound), measure, own.year, "", "count")
        high = [cell for cell in order if (cell.value or 0.0) >= first]
        low = [cell for cell in order if (cell.value or 0.0) <= last]
        low.sort(key=lambda cell: (cell.value or 0.0, cell.adcode))
        message = (
            N_("Highest: {high}. Lowest: {low}.")
            if len(sound) == EVALUATED_COUNT
            else N_("Highest of the {count} provinces with a sound figure: {high}. Lowest: {low}.")
        )
        parts.append(
            pen.done(
                message,
                count=count,
                high=_valued(high, measure, own.year, pen),
                low=_valued(low, measure, own.year, pen),
            )
        )
    if own.national:
        pen = Pen(say)
        parts.append(
            pen.done(
                N_("{name}: {value}."),
                name=say(wording.HOW_NATIONAL[own.national.how]),
                value=pen.national(own.national, measure, own.year),
            )
        )
    return parts


def _valued(cells: list[Cell], measure: Measure, year: int, pen: Pen) -> str:
    return pen.say.listing(
        pen.say(
            N_("{name} ({value})"),
            name=name(cell.adcode, pen.say),
            value=pen.number(cell, measure, year),
        )
        for cell in cells
    )


def _listed(measure: Measure, own: Snapshot, say: Texts) -> list[Sentence]:
    """The published places in their order."""
    placed = sorted((c for c in own.cells.values() if c.rank), key=lambda c: c.rank or 0)
    if not placed:
        return []
    pen = Pen(say)
    among = own.scale is Scale.AMONG_TEN
    listed = say.listing(
        say(
            N_("{rank} {name}"),
            rank=pen.keep(cell.rank, measure, own.year, cell.adcode, "rank"),
            name=name(cell.adcode, say),
        )
        for cell in placed
    )
    message = (
        N_("Known places among the report’s comprehensive ten: {list}.")
        if among
        else N_("Ranks that the report publishes: {list}.")
    )
    return [pen.done(message, list=listed)]


def _statuses(measure: Measure, own: Snapshot, say: Texts) -> list[Sentence]:
    """The provinces without a place in a class, by what they have instead."""
    found = []
    for status in own.statuses():
        cells = [cell for cell in own.cells.values() if cell.status is status]
        if status in (Status.VALUE, Status.DERIVED, Status.RANK, Status.RANK_AMONG_TEN):
            continue
        pen = Pen(say)
        if len(cells) > MOST_LISTED and status is not Status.NAMED:
            found.append(
                pen.done(
                    N_("{status}: {count} provinces."),
                    status=wording.status(status, say),
                    count=pen.keep(len(cells), measure, own.year, "", f"status {status}"),
                )
            )
        else:
            names = say.listing(name(cell.adcode, say) for cell in cells)
            found.append(
                pen.done(N_("{status}: {names}."), status=wording.status(status, say), names=names)
            )
    return found


def _stands(own: Standing, say: Texts) -> Sentence:
    """A province with its figure and place, or with what it has instead."""
    pen, cell = Pen(say), own.cell
    named = name(cell.adcode, say)
    if cell.value is not None and not wording.is_doubtful(cell):
        return pen.done(
            N_("{name}: {value}, {place}."),
            name=named,
            value=pen.value(cell, own.measure, own.year),
            place=pen.place(own),
        )
    what = wording.status(cell, say)
    if cell.value is not None:
        value = pen.value(cell, own.measure, own.year)
        return pen.done(N_("{name}: {value}, {what}."), name=named, value=value, what=what)
    if cell.status is Status.RANK:
        what = pen.place(own)
    return pen.done(N_("{name}: {what}."), name=named, what=what)


def of_comparison(cells: Sequence[Cell], measure: Measure, year: int, say: Texts) -> Sentence:
    """How chosen provinces stand beside one another: each with its figure and place."""
    parts = [_stands(Standing(measure, year, cell), say) for cell in cells]
    return joined([_compared(measure, year, say), *parts], say)


def _compared(measure: Measure, year: int, say: Texts) -> Sentence:
    return Pen(say).done(
        N_("Provinces compared: {measure}, {year}."),
        measure=wording.titled(measure, say),
        year=year,
    )
