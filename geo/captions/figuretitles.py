"""Titles of maps of figures: indicators and the open index.

A superlative stands alone only where 31 provinces have a sound figure; else the title says of how
many it holds. Provinces that are level are named together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.captions.caption import choose_title
from geo.captions.topics import record_value, short_name
from geo.cells import Cell, Snapshot, Status
from geo.indicators import Measure
from geo.report import EVALUATED_COUNT
from geo.sentences import Sentence, SentenceBuilder, province_name
from geo.text import N_, Translator

MAX_TIED_NAMED: Final = 3  # provinces that share the first place and are named
LEVEL_PCT: Final = 0.5  # closer to the national value than this is level with it
NATIONAL: Final = {
    "ratio_of_sums": N_("the national value"),
    "population_weighted_mean": N_("the approximate national mean"),
    "median": N_("the median"),
}


def reliable_cells(snapshot: Snapshot) -> list[Cell]:
    """The cells that may be called first or last, highest first: with a figure, not doubtful."""
    cells = [c for c in snapshot.cells.values() if c.value is not None]
    cells = [c for c in cells if not c.is_doubtful]
    return sorted(cells, key=lambda cell: (-(cell.value or 0.0), cell.adcode))


def title_for_country(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """Who is highest, and lowest where there is room."""
    cells = reliable_cells(snapshot)
    if not cells:
        return SentenceBuilder(t).build(
            N_("{topic}: no province has a figure"), topic=short_name(measure, t)
        )
    first = [cell for cell in cells if cell.value == cells[0].value]
    if len(first) > 1:
        return choose_title(_titles_for_tie(first, snapshot, measure, t), t)
    return choose_title(_titles_with_leader(cells, snapshot, measure, t), t)


def _titles_with_leader(
    cells: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    whole = len(cells) == EVALUATED_COUNT
    last = len(cells) > 1 and cells[-1].value != cells[-2].value
    if measure.kind == "index":
        yield _title_for_index(cells[0], snapshot, measure, t)
    if last:
        message = (
            N_("{topic}: {name} is highest at {value}, {last} lowest at {least}")
            if whole
            else N_(
                "{topic}: of {count} provinces with a sound figure, {name} is highest at {value},"
                " {last} lowest at {least}"
            )
        )
        yield _fill_title(message, cells, snapshot, measure, t)
    message = (
        N_("{topic}: {name} is highest at {value}")
        if whole
        else N_("{topic}: {name} is highest at {value}, of {count} sound figures")
    )
    yield _fill_title(message, cells, snapshot, measure, t)
    message = (
        N_("{topic}: {name} is highest")
        if whole
        else N_("{topic}: {name} is highest of the {count} with a sound figure")
    )
    yield _fill_title(message, cells, snapshot, measure, t)


def _fill_title(
    message: str, cells: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Sentence:
    pen = SentenceBuilder(t)
    first, last = cells[0], cells[-1]
    return pen.build(
        message,
        topic=short_name(measure, t),
        count=pen.cite(len(cells), measure, snapshot.year, "", "count"),
        name=province_name(first.adcode, t),
        value=record_value(pen, first.value or 0.0, measure, snapshot.year, first.adcode),
        last=province_name(last.adcode, t),
        least=record_value(pen, last.value or 0.0, measure, snapshot.year, last.adcode),
    )


def _title_for_index(first: Cell, snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """The first of the open index, with how sure its place is."""
    pen = SentenceBuilder(t)
    return pen.build(
        _rank_message(first),
        topic=short_name(measure, t),
        **_rank_slots(pen, first, snapshot, measure),
    )


def _rank_message(cell: Cell) -> str:
    """The sentence for one place, with its interval where methods differ on it."""
    if cell.low == cell.rank == cell.high:
        return N_("{topic}: {name} ranks {place} of {of} by every method")
    return N_("{topic}: {name} ranks {place} of {of} ({low} to {high} by method)")


def _rank_slots(
    pen: SentenceBuilder, cell: Cell, snapshot: Snapshot, measure: Measure
) -> dict[str, str]:
    parts = {part: getattr(cell, part) for part in ("of", "low", "high")}
    kept_parts = {
        part: pen.cite(number, measure, snapshot.year, cell.adcode, part)
        for part, number in parts.items()
        if number is not None
    }
    place = pen.cite_ordinal(cell, measure, snapshot.year)
    return {"name": province_name(cell.adcode, pen.t), "place": place, **kept_parts}


def _titles_for_tie(
    first: list[Cell], snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    """Provinces that share the first place, named while they are few."""
    for named in (True, False):
        if named and len(first) > MAX_TIED_NAMED:
            continue
        pen = SentenceBuilder(t)
        value = record_value(pen, first[0].value or 0.0, measure, snapshot.year, first[0].adcode)
        message = (
            N_("{topic}: {names} are level at the top of {count}")
            if named
            else N_("{topic}: {level} are level at the top of {count}, at {value}")
        )
        yield pen.build(
            message,
            topic=short_name(measure, t),
            names=t.join_names([province_name(cell.adcode, t) for cell in first]),
            level=pen.cite(len(first), measure, snapshot.year, "", "level"),
            value=value,
            count=pen.cite(len(reliable_cells(snapshot)), measure, snapshot.year, "", "count"),
        )


def title_for_province(cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """Where one province stands among all, and beside the country."""
    slots = {"topic": short_name(measure, t), "name": province_name(cell.adcode, t)}
    if cell.status is Status.NOT_COVERED:
        return SentenceBuilder(t).build(N_("{topic}: the series does not cover {name}"), **slots)
    if cell.status is Status.TOO_FEW:
        return SentenceBuilder(t).build(
            N_("{topic}: {name} has too few figures for a score"), **slots
        )
    if cell.value is None:
        return SentenceBuilder(t).build(N_("{topic}: no figure is published for {name}"), **slots)
    pen = SentenceBuilder(t)
    slots["value"] = record_value(pen, cell.value, measure, snapshot.year, cell.adcode)
    if cell.is_doubtful:
        return pen.build(N_("{topic}: the figure of {name}, {value}, is doubtful"), **slots)
    return choose_title(_province_titles(cell, snapshot, measure, t), t)


def _province_titles(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator
) -> Iterator[Sentence]:
    level = sum(other.value == cell.value for other in snapshot.cells.values()) > 1
    if measure.kind == "index" and cell.low is not None:
        pen = SentenceBuilder(t)
        message = (
            N_("{topic}: {name} shares {place} place of {of} ({low} to {high} by method)")
            if level
            else _rank_message(cell)
        )
        yield pen.build(
            message, topic=short_name(measure, t), **_rank_slots(pen, cell, snapshot, measure)
        )
    elif snapshot.national and snapshot.national.value and cell.value is not None:
        yield _title_with_national(cell, snapshot, measure, t, level)
    pen = SentenceBuilder(t)
    message = (
        N_("{topic}: {name} shares {place} place of {of}, at {value}")
        if level
        else N_("{topic}: {name} ranks {place} of {of}, at {value}")
    )
    yield pen.build(
        message,
        topic=short_name(measure, t),
        value=record_value(pen, cell.value or 0.0, measure, snapshot.year, cell.adcode),
        **_rank_slots(pen, cell, snapshot, measure),
    )


def _title_with_national(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator, level: bool
) -> Sentence:
    """With the distance to the national value."""
    pen = SentenceBuilder(t)
    national = snapshot.national
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
    return pen.build(
        message,
        topic=short_name(measure, t),
        gap=pen.cite(t.format_number(abs(percent)), measure, snapshot.year, cell.adcode, "gap"),
        national=t(NATIONAL[national.how]),
        **_rank_slots(pen, cell, snapshot, measure),
    )
