"""Who leads in a measure, and who gained most."""

from __future__ import annotations

from geo import wording
from geo.cells import Cell, Scale, Snapshot, Status
from geo.change import Change, gains, nominal, span
from geo.index.normalise import HIGH
from geo.indicators import Measure
from geo.measures import snapshot
from geo.ranking import LEVEL, first_with_ties
from geo.report import EVALUATED_COUNT
from geo.sentences.pen import NAMED_COUNT, Pen, Sentence, name
from geo.text import N_, Texts

MOST_LEVEL_NAMED = 5  # provinces level at one place that are named; more are counted


def leaders(measure: Measure, year: int, say: Texts) -> Sentence:
    """Who leads in a measure and year, with everybody level at the last place that is named.

    Doubtful values are excluded and named. Raises ValueError for a list of published ranks.
    """
    own = snapshot(measure.id, year)
    if own.scale is not Scale.QUANTITY:
        raise ValueError("published ranks have no leaders to find: the list is the sentence")
    pen = Pen(say)
    sound = [c for c in own.cells.values() if c.rank and c.status is not Status.DOUBTFUL]
    sound = sorted(sound, key=lambda cell: (cell.rank or 0, cell.adcode))
    values = [cell.value or 0.0 for cell in sound]
    shared = values.count(values[0])
    if shared > 1:
        first = _shared_first(sound[:shared], measure, year, pen)
        rest = sound[shared:] if shared < NAMED_COUNT else []
    else:
        first, rest = "", sound
    items = _leading(rest, NAMED_COUNT - shared if first else NAMED_COUNT, measure, year, pen)
    message = N_("{measure}, {year}: highest in {list}{gap}.")
    if first:
        message = (
            N_("{measure}, {year}: {first}, followed by {list}{gap}.")
            if items
            else N_("{measure}, {year}: {first}{gap}.")
        )
    return pen.done(
        message,
        measure=wording.titled(measure, say),
        year=year,
        first=first,
        list=say.listing(items),
        gap=_gap(own, len(sound), measure, pen),
    )


def _shared_first(cells: list[Cell], measure: Measure, year: int, pen: Pen) -> str:
    """Who shares the first place, and whether the scale ends there."""
    value = pen.number(cells[0], measure, year)
    capped = measure.kind == "index" and (cells[0].value or 0.0) >= HIGH
    if len(cells) > MOST_LEVEL_NAMED:
        count = pen.keep(len(cells), measure, year, "", "level")
        message = (
            N_("{count} provinces share first place at {value}, the maximum of the scale")
            if capped
            else N_("{count} provinces share first place at {value}")
        )
        return pen.say(message, count=count, value=value)
    message = (
        N_("{names} share first place at {value}, the maximum of the scale")
        if capped
        else N_("{names} share first place at {value}")
    )
    names = pen.say.listing([name(cell.adcode, pen.say) for cell in cells])
    return pen.say(message, names=names, value=value)


def _leading(cells: list[Cell], count: int, measure: Measure, year: int, pen: Pen) -> list[str]:
    """The first `count` provinces with their values; many level at the last place are counted."""
    clear, level = first_with_ties(cells, [cell.value or 0.0 for cell in cells], count)
    named = clear if len(level) > MOST_LEVEL_NAMED else [*clear, *level]
    items = [
        pen.say(
            N_("{name} ({value})"),
            name=name(cell.adcode, pen.say),
            value=pen.number(cell, measure, year),
        )
        for cell in named
    ]
    if named == clear and level:
        items.append(
            pen.say(
                N_("{count} provinces ({value} each)"),
                count=pen.keep(len(level), measure, year, "", "level"),
                value=pen.number(level[0], measure, year),
            )
        )
    return items


def _gap(own: Snapshot, sound: int, measure: Measure, pen: Pen) -> str:
    """What the sentence must own up to: provinces without a figure, or with a doubtful one."""
    if sound == EVALUATED_COUNT:
        return ""
    count = pen.keep(sound, measure, own.year, "", "count")
    doubtful = [c.adcode for c in own.cells.values() if c.status is Status.DOUBTFUL]
    if not doubtful:
        return pen.say(N_(", of the {count} provinces with a figure"), count=count)
    names = pen.say.listing([name(adcode, pen.say) for adcode in doubtful])
    return pen.say(
        N_(", of the {count} provinces with a sound figure (doubtful: {names})"),
        count=count,
        names=names,
    )


def risers(measure: Measure, say: Texts) -> Sentence:
    """Who gained most over comparable years and how many fell, or why nobody can be named."""
    pen = Pen(say)
    years = span(measure.id)
    changes = gains(measure)
    if len(measure.years) == 1:
        return pen.done(
            N_("{measure}: published for {year} alone, so no change can be told."),
            measure=wording.measure_name(measure, say),
            year=measure.years[0],
        )
    if years is None or not changes:
        return pen.done(
            N_("{measure}: no two years can be compared."),
            measure=wording.measure_name(measure, say),
        )
    head = (
        N_("{measure}, {first} to {last}, nominal (current prices)")
        if nominal(measure)
        else N_("{measure}, {first} to {last}")
    )
    rises = [one for one in changes if one.difference > LEVEL]
    fallen = sum(one.difference < -LEVEL for one in changes)
    clear, level = first_with_ties(rises, [one.difference for one in rises], NAMED_COUNT)
    few_rose = 0 < len(rises) <= NAMED_COUNT and len(rises) < len(changes)
    return pen.done(
        _risers_message(rises, few_rose, fallen),
        head=say(head, measure=wording.titled(measure, say), first=years[0], last=years[1]),
        list=say.listing([_rise(one, measure, pen) for one in (*clear, *level)]),
        fallen=pen.keep(fallen, measure, years[1], "", "count"),
        compared=_compared(len(changes), measure, years[1], pen),
        gap=_comparable_gap(len(changes), measure, years[1], pen),
    )


def _risers_message(rises: list[Change], few_rose: bool, fallen: int) -> str:
    """The sentence that fits: nobody, only a few or most rose, and some fell or none."""
    if not rises:
        return N_("{head}: no province rose; it fell in {fallen} of {compared}.")
    if few_rose:
        return (
            N_("{head}: rose only in {list}; it fell in {fallen} of {compared}.")
            if fallen
            else N_("{head}: rose only in {list}{gap}.")
        )
    return (
        N_("{head}: largest rise in {list}; it fell in {fallen} of {compared}.")
        if fallen
        else N_("{head}: largest rise in {list}{gap}.")
    )


def _compared(count: int, measure: Measure, year: int, pen: Pen) -> str:
    """The provinces that a change could be formed for, within a sentence."""
    message = (
        N_("{count} provinces")
        if count == EVALUATED_COUNT
        else N_("the {count} provinces with sound figures throughout")
    )
    return pen.say(message, count=pen.keep(count, measure, year, "", "count"))


def _comparable_gap(compared: int, measure: Measure, year: int, pen: Pen) -> str:
    """How many provinces a change could be formed for, where not for all."""
    if compared == EVALUATED_COUNT:
        return ""
    count = pen.keep(compared, measure, year, "", "count")
    return pen.say(N_(", of the {count} provinces with sound figures throughout"), count=count)


def _rise(own: Change, measure: Measure, pen: Pen) -> str:
    return pen.say(
        N_("{name} (from {first} to {last})"),
        name=name(own.last.adcode, pen.say),
        first=pen.number(own.first, measure, own.first_year),
        last=pen.number(own.last, measure, own.last_year),
    )
