"""Who leads in a measure, and who gained most."""

from __future__ import annotations

from geo import wording
from geo.cells import Scale, Snapshot, Status
from geo.change import Change, gains, nominal, span
from geo.indicators import Measure
from geo.measures import snapshot
from geo.report import EVALUATED_COUNT
from geo.sentences.pen import NAMED_COUNT, Pen, Sentence, name
from geo.text import N_, Texts


def leaders(measure: Measure, year: int, say: Texts) -> Sentence:
    """Who leads in a measure and year, doubtful figures left aside and named."""
    own = snapshot(measure.id, year)
    if own.scale is not Scale.QUANTITY:
        raise ValueError("published ranks have no leaders to find: the list is the sentence")
    pen = Pen(say)
    sound = [c for c in own.cells.values() if c.rank and c.status is not Status.DOUBTFUL]
    first = sorted(sound, key=lambda cell: (cell.rank or 0, cell.adcode))[:NAMED_COUNT]
    tied = len(first) > 1 and first[0].value == first[1].value
    named = say.listing(
        [
            say(
                N_("{name} ({value})"), name=name(c.adcode, say), value=pen.number(c, measure, year)
            )
            for c in first
        ]
    )
    message = (
        N_("{measure}, {year}: highest, the first two level, in {list}{gap}.")
        if tied
        else N_("{measure}, {year}: highest in {list}{gap}.")
    )
    return pen.done(
        message,
        measure=wording.titled(measure, say),
        year=year,
        list=named,
        gap=_gap(own, len(sound), measure, pen),
    )


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
    """Who gained most over the years that can be compared, or why nobody can be named."""
    pen = Pen(say)
    years = span(measure.id)
    found = gains(measure)[:NAMED_COUNT]
    title = wording.measure_name(measure, say)
    if len(measure.years) == 1:
        return pen.done(
            N_("{measure}: published for {year} alone, so no change can be told."),
            measure=title,
            year=measure.years[0],
        )
    if years is None or not found:
        return pen.done(N_("{measure}: no two years can be compared."), measure=title)
    named = say.listing([_rise(own, measure, pen) for own in found])
    message = (
        N_("{measure}, {first} to {last}, nominal (current prices): largest rise in {list}{gap}.")
        if nominal(measure)
        else N_("{measure}, {first} to {last}: largest rise in {list}{gap}.")
    )
    compared = len(gains(measure))
    gap = ""
    if compared < EVALUATED_COUNT:
        gap = say(
            N_(", of the {count} provinces with sound figures throughout"),
            count=pen.keep(compared, measure, years[1], "", "count"),
        )
    return pen.done(
        message,
        measure=wording.titled(measure, say),
        first=years[0],
        last=years[1],
        list=named,
        gap=gap,
    )


def _rise(own: Change, measure: Measure, pen: Pen) -> str:
    return pen.say(
        N_("{name} (from {first} to {last})"),
        name=name(own.last.adcode, pen.say),
        first=pen.number(own.first, measure, own.first_year),
        last=pen.number(own.last, measure, own.last_year),
    )
