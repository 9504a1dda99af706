"""Titles of maps of figures: indicators and the open index.

A superlative stands alone only where 31 provinces have a sound figure; else the title says of how
many it holds. Provinces that are level are named together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.captions.caption import fitting
from geo.captions.topics import kept, topic
from geo.cells import Cell, Snapshot, Status
from geo.indicators import Measure
from geo.report import EVALUATED_COUNT
from geo.sentences import Pen, Sentence, name
from geo.text import N_, Texts

MOST_LEVEL: Final = 3  # provinces that share the first place and are named
LEVEL_PCT: Final = 0.5  # closer to the national value than this is level with it
NATIONAL: Final = {
    "ratio_of_sums": N_("the national value"),
    "population_weighted_mean": N_("the approximate national mean"),
    "median": N_("the median"),
}


def sound(own: Snapshot) -> list[Cell]:
    """The cells that may be called first or last, highest first: with a figure, not doubtful."""
    found = [c for c in own.cells.values() if c.value is not None]
    found = [c for c in found if c.status is not Status.DOUBTFUL]
    return sorted(found, key=lambda cell: (-(cell.value or 0.0), cell.adcode))


def of_country(own: Snapshot, measure: Measure, say: Texts) -> Sentence:
    """Who is highest, and lowest where there is room."""
    cells = sound(own)
    if not cells:
        return Pen(say).done(N_("{topic}: no province has a figure"), topic=topic(measure, say))
    first = [cell for cell in cells if cell.value == cells[0].value]
    if len(first) > 1:
        return fitting(_level(first, own, measure, say), say)
    return fitting(_highest(cells, own, measure, say), say)


def _highest(cells: list[Cell], own: Snapshot, measure: Measure, say: Texts) -> Iterator[Sentence]:
    whole = len(cells) == EVALUATED_COUNT
    last = len(cells) > 1 and cells[-1].value != cells[-2].value
    if measure.kind == "index":
        yield _scored(cells[0], own, measure, say)
    if last:
        message = (
            N_("{topic}: {name} is highest at {value}, {last} lowest at {least}")
            if whole
            else N_(
                "{topic}: of {count} provinces with a sound figure, {name} is highest at {value},"
                " {last} lowest at {least}"
            )
        )
        yield _filled(message, cells, own, measure, say)
    message = (
        N_("{topic}: {name} is highest at {value}")
        if whole
        else N_("{topic}: {name} is highest at {value}, of {count} sound figures")
    )
    yield _filled(message, cells, own, measure, say)
    message = (
        N_("{topic}: {name} is highest")
        if whole
        else N_("{topic}: {name} is highest of the {count} with a sound figure")
    )
    yield _filled(message, cells, own, measure, say)


def _filled(
    message: str, cells: list[Cell], own: Snapshot, measure: Measure, say: Texts
) -> Sentence:
    pen = Pen(say)
    first, last = cells[0], cells[-1]
    return pen.done(
        message,
        topic=topic(measure, say),
        count=pen.keep(len(cells), measure, own.year, "", "count"),
        name=name(first.adcode, say),
        value=kept(pen, first.value or 0.0, measure, own.year, first.adcode),
        last=name(last.adcode, say),
        least=kept(pen, last.value or 0.0, measure, own.year, last.adcode),
    )


def _scored(first: Cell, own: Snapshot, measure: Measure, say: Texts) -> Sentence:
    """The first of the open index, with how sure its place is."""
    pen = Pen(say)
    return pen.done(
        _ranked_by_methods(first),
        topic=topic(measure, say),
        **_places(pen, first, own, measure),
    )


def _ranked_by_methods(cell: Cell) -> str:
    """The sentence for one place, with its interval where methods differ on it."""
    if cell.low == cell.rank == cell.high:
        return N_("{topic}: {name} ranks {place} of {of} by every method")
    return N_("{topic}: {name} ranks {place} of {of} ({low} to {high} by method)")


def _places(pen: Pen, cell: Cell, own: Snapshot, measure: Measure) -> dict[str, str]:
    parts = {part: getattr(cell, part) for part in ("of", "low", "high")}
    kept_parts = {
        part: pen.keep(number, measure, own.year, cell.adcode, part)
        for part, number in parts.items()
        if number is not None
    }
    place = pen.ordinal(cell, measure, own.year)
    return {"name": name(cell.adcode, pen.say), "place": place, **kept_parts}


def _level(first: list[Cell], own: Snapshot, measure: Measure, say: Texts) -> Iterator[Sentence]:
    """Provinces that share the first place, named while they are few."""
    for named in (True, False):
        if named and len(first) > MOST_LEVEL:
            continue
        pen = Pen(say)
        value = kept(pen, first[0].value or 0.0, measure, own.year, first[0].adcode)
        message = (
            N_("{topic}: {names} are level at the top of {count}")
            if named
            else N_("{topic}: {level} are level at the top of {count}, at {value}")
        )
        yield pen.done(
            message,
            topic=topic(measure, say),
            names=say.listing([name(cell.adcode, say) for cell in first]),
            level=pen.keep(len(first), measure, own.year, "", "level"),
            value=value,
            count=pen.keep(len(sound(own)), measure, own.year, "", "count"),
        )


def of_province(cell: Cell, own: Snapshot, measure: Measure, say: Texts) -> Sentence:
    """Where one province stands among all, and beside the country."""
    slots = {"topic": topic(measure, say), "name": name(cell.adcode, say)}
    if cell.status is Status.NOT_COVERED:
        return Pen(say).done(N_("{topic}: the series does not cover {name}"), **slots)
    if cell.status is Status.TOO_FEW:
        return Pen(say).done(N_("{topic}: {name} has too few figures for a score"), **slots)
    if cell.value is None:
        return Pen(say).done(N_("{topic}: no figure is published for {name}"), **slots)
    pen = Pen(say)
    slots["value"] = kept(pen, cell.value, measure, own.year, cell.adcode)
    if cell.status is Status.DOUBTFUL:
        return pen.done(N_("{topic}: the figure of {name}, {value}, is doubtful"), **slots)
    return fitting(_standing(cell, own, measure, say), say)


def _standing(cell: Cell, own: Snapshot, measure: Measure, say: Texts) -> Iterator[Sentence]:
    level = sum(other.value == cell.value for other in own.cells.values()) > 1
    if measure.kind == "index" and cell.low is not None:
        pen = Pen(say)
        message = (
            N_("{topic}: {name} shares {place} place of {of} ({low} to {high} by method)")
            if level
            else _ranked_by_methods(cell)
        )
        yield pen.done(message, topic=topic(measure, say), **_places(pen, cell, own, measure))
    elif own.national and own.national.value and cell.value is not None:
        yield _beside(cell, own, measure, say, level)
    pen = Pen(say)
    message = (
        N_("{topic}: {name} shares {place} place of {of}, at {value}")
        if level
        else N_("{topic}: {name} ranks {place} of {of}, at {value}")
    )
    yield pen.done(
        message,
        topic=topic(measure, say),
        value=kept(pen, cell.value or 0.0, measure, own.year, cell.adcode),
        **_places(pen, cell, own, measure),
    )


def _beside(cell: Cell, own: Snapshot, measure: Measure, say: Texts, level: bool) -> Sentence:
    """With the distance to the national value."""
    pen = Pen(say)
    national = own.national
    if national is None or cell.value is None:
        raise ValueError("no distance without both figures")
    percent = 100 * (cell.value / national.value - 1)
    if abs(percent) < LEVEL_PCT:
        message = (
            N_("{topic}: {name} shares {place} place of {of}, level with {national}")
            if level
            else N_("{topic}: {name} ranks {place} of {of}, level with {national}")
        )
    elif percent > 0:
        message = (
            N_("{topic}: {name} shares {place} place of {of}, {gap}% above {national}")
            if level
            else N_("{topic}: {name} ranks {place} of {of}, {gap}% above {national}")
        )
    else:
        message = (
            N_("{topic}: {name} shares {place} place of {of}, {gap}% below {national}")
            if level
            else N_("{topic}: {name} ranks {place} of {of}, {gap}% below {national}")
        )
    return pen.done(
        message,
        topic=topic(measure, say),
        gap=pen.keep(say.number(abs(percent)), measure, own.year, cell.adcode, "gap"),
        national=say(NATIONAL[national.how]),
        **_places(pen, cell, own, measure),
    )
