"""Titles: one short sentence that says what a map, a profile or a comparison shows.

A title is written in forms from full to brief, and the first that is short enough stands. Every
form says what must be said: the gap where fewer than 31 provinces have a sound figure, a tie, the
interval of a rank of the open index, and whose a rank is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from geo import wording
from geo.cells import Cell, Scale, Snapshot, Status
from geo.extremes import Extremes, extremes
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.openindex import WHOLE
from geo.profile import Standing, standing
from geo.provinces import provinces
from geo.report import PREFIX
from geo.sentences.pen import NAMED_COUNT, Pen, Sentence, name
from geo.strengths import standouts
from geo.text import N_, Texts

# Characters that two lines of a slide's title hold.
LIMIT: Final = {"en": 96, "zh": 42}
EDITION: Final = 2017

Form = Callable[[Pen], Sentence]


def _fitting(forms: Iterator[Form], say: Texts) -> Sentence:
    """The first form within the limit, or else the shortest."""
    written = []
    for form in forms:
        written.append(form(Pen(say)))
        if len(written[-1].text) <= LIMIT[say.lang]:
            return written[-1]
    return min(written, key=lambda one: len(one.text))


# ---- a map ----


def of_map(measure: Measure, year: int, say: Texts, province: str = "") -> Sentence:
    """What a map shows: of a province where one is chosen, else who leads or what is known."""
    own = snapshot(measure.id, year)
    if province:
        return _fitting(_of_cell(Standing(measure, year, own.cells[province]), say), say)
    if own.scale is not Scale.QUANTITY:
        return _fitting(_of_list(measure, own, say), say)
    found = extremes(own.cells.values())
    if found is None:
        return Pen(say).done(
            N_("{measure}, {year}"), measure=wording.titled(measure, say), year=year
        )
    forms = _of_index if measure.kind == "index" else _of_figures
    return _fitting(forms(measure, year, found, say), say)


def _of_figures(measure: Measure, year: int, found: Extremes, say: Texts) -> Iterator[Form]:
    """The highest and the lowest, or the highest alone."""
    head = {"measure": wording.measure_name(measure, say), "year": year}
    if len(found.highest) > 1:
        yield from _level(measure, year, found, say, head)
        return
    first, last = found.highest[0], found.lowest[0]
    if found.complete and len(found.lowest) == 1:
        yield lambda pen: pen.done(
            N_("{measure}, {year}: {first} is highest ({most}), {last} lowest ({least})"),
            first=name(first.adcode, say),
            most=pen.number(first, measure, year),
            last=name(last.adcode, say),
            least=pen.number(last, measure, year),
            **head,
        )
    yield lambda pen: pen.done(
        N_("{measure}, {year}: {first} is highest ({most}){gap}"),
        first=name(first.adcode, say),
        most=pen.number(first, measure, year),
        gap=_gap(found, measure, year, pen),
        **head,
    )
    yield lambda pen: pen.done(
        N_("{measure}, {year}: {first} is highest{gap}"),
        first=name(first.adcode, say),
        gap=_gap(found, measure, year, pen),
        **head,
    )


def _of_index(measure: Measure, year: int, found: Extremes, say: Texts) -> Iterator[Form]:
    """Who is first in the open index, with the interval of the place."""
    head = {"measure": wording.measure_name(measure, say), "year": year}
    if len(found.highest) > 1:
        yield from _level(measure, year, found, say, head)
        return
    first = Standing(measure, year, found.highest[0])

    yield lambda pen: pen.done(
        N_("{measure}, {year}: {first} is first ({places} over method choices){gap}"),
        first=name(first.cell.adcode, say),
        places=pen.interval(first),
        gap=_gap(found, measure, year, pen),
        **head,
    )


def _level(
    measure: Measure, year: int, found: Extremes, say: Texts, head: dict[str, object]
) -> Iterator[Form]:
    """Several provinces with the same highest figure: nobody alone is first."""
    names = say.listing([name(cell.adcode, say) for cell in found.highest])
    yield lambda pen: pen.done(
        N_("{measure}, {year}: {names} share the highest figure ({most}){gap}"),
        names=names,
        most=pen.number(found.highest[0], measure, year),
        gap=_gap(found, measure, year, pen),
        **head,
    )
    yield lambda pen: pen.done(
        N_("{measure}, {year}: {names} share the highest figure{gap}"),
        names=names,
        gap=_gap(found, measure, year, pen),
        **head,
    )


def _gap(found: Extremes, measure: Measure, year: int, pen: Pen) -> str:
    """Of how many provinces a superlative is said; empty where it is of all 31."""
    if found.complete:
        return ""
    count = pen.keep(found.sound, measure, year, "", "count")
    if found.doubtful:
        return pen.say(N_(" of {count} with a sound figure"), count=count)
    if measure.kind == "index":
        return pen.say(N_(" of {count} with a score"), count=count)
    return pen.say(N_(" of {count} with a figure"), count=count)


def _of_list(measure: Measure, own: Snapshot, say: Texts) -> Iterator[Form]:
    """What the report publishes: its first three, or what little is known."""
    head = {"dimension": wording.dimension_name(measure.dimension, say), "year": own.year}
    placed = sorted((c for c in own.cells.values() if c.rank), key=lambda c: c.rank or 0)
    if own.scale is Scale.TOP_TEN:
        names = say.listing([name(cell.adcode, say) for cell in placed[:NAMED_COUNT]])
        yield lambda pen: pen.done(
            N_("{dimension}: {names} lead the report’s list of {year}"), names=names, **head
        )
    elif own.scale is Scale.NAMED:
        yield lambda pen: pen.done(
            N_("The report of {year} names {count} leading provinces, without an order"),
            count=pen.keep(
                own.count(Status.NAMED), measure, own.year, "", f"status {Status.NAMED}"
            ),
            year=own.year,
        )
    elif len(placed) == 1:
        yield from _of_cell(Standing(measure, own.year, placed[0]), say)
    else:
        yield lambda pen: pen.done(
            N_("{dimension}: only {count} ranks of the report’s list of {year} are known"),
            count=pen.keep(len(placed), measure, own.year, "", f"status {Status.RANK}"),
            **head,
        )


# ---- a province in a measure ----


def _of_cell(own: Standing, say: Texts) -> Iterator[Form]:
    """How one province stands: its figure and rank, or what it has instead."""
    cell, measure, year = own.cell, own.measure, own.year
    head = {"name": name(cell.adcode, say), "year": year}
    if measure.kind == "report":
        yield from _of_published(own, say)
        return
    head["measure"] = wording.measure_name(measure, say)
    if cell.value is None:
        yield lambda pen: pen.done(
            N_("{measure}, {year}: {name} – {status}"),
            status=wording.status(cell, say),
            **head,
        )
    elif cell.status is Status.DOUBTFUL:
        yield lambda pen: pen.done(
            N_("{measure}, {year}: {name} has {value}, doubtful as published"),
            value=pen.number(cell, measure, year),
            **head,
        )
        yield lambda pen: pen.done(
            N_("{measure}, {year}: {name} – {status}"),
            status=wording.status(cell, say),
            **head,
        )
    else:
        yield lambda pen: pen.done(
            N_("{measure}, {year}: {name} has {value}, {place}"),
            value=pen.number(cell, measure, year),
            place=pen.place(own),
            **head,
        )
        yield lambda pen: pen.done(
            N_("{measure}, {year}: {name} at {place}"), place=pen.place(own), **head
        )


def _of_published(own: Standing, say: Texts) -> Iterator[Form]:
    """A province in a published list."""
    cell = own.cell
    head = {
        "dimension": wording.dimension_name(own.measure.dimension, say),
        "name": name(cell.adcode, say),
        "year": own.year,
    }
    messages = {
        Status.RANK: N_("{dimension}: {name} at {place} in the report’s list of {year}"),
        Status.RANK_AMONG_TEN: N_(
            "{dimension}: {name} at {place} among the report’s comprehensive ten of {year}"
        ),
        Status.NAMED: N_("The report of {year} names {name} among the leading ten, without a rank"),
        Status.OUTSIDE: N_("{dimension}: {name} is outside the published ten of {year}"),
        Status.NOT_PUBLISHED: N_(
            "{dimension}: no rank of {name} is known from the report of {year}"
        ),
        Status.NOT_EVALUATED: N_("{dimension}: the report of {year} does not evaluate {name}"),
    }
    if cell.rank:
        yield lambda pen: pen.done(messages[cell.status], place=pen.place(own), **head)
    else:
        yield lambda pen: pen.done(messages[cell.status], **head)


# ---- a province's profile, a comparison ----


def of_profile(adcode: str, year: int, say: Texts) -> Sentence:
    """A province in one line: its published place, and the indicator in which it stands best."""
    if not provinces()[adcode].evaluated:
        return Pen(say).done(
            N_("{name} is one of China’s provincial units that the report does not evaluate"),
            name=name(adcode, say),
        )
    return _fitting(_of_profile(adcode, year, say), say)


def _of_profile(adcode: str, year: int, say: Texts) -> Iterator[Form]:
    published = standing(adcode, measures()[PREFIX + WHOLE], EDITION)
    best = [one.standing for one in standouts(adcode, year)[0]][:NAMED_COUNT]
    ranked = published.cell.status is Status.RANK
    head = {"name": name(adcode, say), "edition": EDITION}

    def strong(own: Standing) -> Form:
        title = wording.measure_name(own.measure, say)
        if ranked:
            return lambda pen: pen.done(
                N_("{name}: {place} in the report of {edition}, strong in “{measure}”"),
                place=pen.place(published),
                measure=title,
                **head,
            )
        return lambda pen: pen.done(
            N_("{name}: outside the report’s ten of {edition}, strong in “{measure}”"),
            measure=title,
            **head,
        )

    yield from map(strong, best)
    if ranked:
        yield lambda pen: pen.done(
            N_("{name}: {place} in the report’s comprehensive ranking of {edition}"),
            place=pen.place(published),
            **head,
        )
    else:
        yield lambda pen: pen.done(
            N_("{name}: outside the ten of the report’s comprehensive ranking of {edition}"),
            **head,
        )


def of_comparison(measure: Measure, year: int, chosen: Sequence[str], say: Texts) -> Sentence:
    """How chosen provinces stand in a measure: each with its figure, or the span of them."""
    own = snapshot(measure.id, year)
    cells = [own.cells[adcode] for adcode in chosen]
    return _fitting(_of_comparison(measure, year, cells, say), say)


def _of_comparison(
    measure: Measure, year: int, cells: Sequence[Cell], say: Texts
) -> Iterator[Form]:
    head = {"measure": wording.measure_name(measure, say), "year": year}
    names = [name(cell.adcode, say) for cell in cells]

    def each(pen: Pen) -> Sentence:
        parts = [
            say(N_("{name} {value}"), name=own, value=_brief(cell, measure, year, pen))
            for own, cell in zip(names, cells, strict=True)
        ]
        return pen.done(N_("{measure}, {year}: {list}"), list=say.listing(parts), **head)

    yield each
    found = extremes(cells)
    if found and len(found.highest) == len(found.lowest) == 1:
        first, last = found.highest[0], found.lowest[0]
        if found.sound == len(cells):
            yield lambda pen: pen.done(
                N_(
                    "{measure}, {year}: {count} provinces from {first} ({most}) to {last} ({least})"
                ),
                count=pen.keep(len(cells), measure, year, "", "chosen"),
                first=name(first.adcode, say),
                most=pen.number(first, measure, year),
                last=name(last.adcode, say),
                least=pen.number(last, measure, year),
                **head,
            )
    yield lambda pen: pen.done(
        N_("{measure}, {year}: {list} compared"), list=say.listing(names), **head
    )
    yield lambda pen: pen.done(
        N_("{measure}, {year}: {count} provinces compared"),
        count=pen.keep(len(cells), measure, year, "", "chosen"),
        **head,
    )


def _brief(cell: Cell, measure: Measure, year: int, pen: Pen) -> str:
    """A figure (with "?" where it is doubtful), a published place, or the status in brackets."""
    if cell.value is not None:
        mark = "?" if wording.is_doubtful(cell) else ""
        return pen.number(cell, measure, year) + mark
    if cell.rank:
        return pen.place(Standing(measure, year, cell))
    return pen.say(N_("({status})"), status=wording.status(cell, pen.say))
