"""Sentences on the leaders of a measure, and on the largest rises."""

from __future__ import annotations

from geo.analysis import Change, all_changes, is_nominal, longest_period
from geo.captions.sentences import NAMED_COUNT, Sentence, SentenceBuilder, province_name
from geo.index import SCALE_MAX
from geo.limits import MAX_LEADERS_TIED
from geo.measures import (
    EVALUATED_COUNT,
    TIE_TOLERANCE,
    Cell,
    Measure,
    Scale,
    Snapshot,
    first_with_ties,
    measure_name,
    name_with_unit,
)
from geo.text import N_, Translator


def describe_leaders(measure: Measure, year: int, t: Translator) -> Sentence:
    """Name the leading provinces of a measure in a year, including all tied for the last place.

    Doubtful values are excluded, and the sentence says so. Raises ValueError for a measure that
    has published ranks instead of values.
    """
    snapshot = measure.snapshot(year)
    if snapshot.scale is not Scale.QUANTITY:
        raise ValueError("published ranks have no leaders to find: the list is the sentence")
    pen = SentenceBuilder(t)
    sound = [c for c in snapshot.cells.values() if c.rank and not c.is_doubtful]
    sound = sorted(sound, key=lambda cell: (cell.rank or 0, cell.adcode))
    values = [cell.value or 0.0 for cell in sound]
    shared = values.count(values[0])
    if shared > 1:
        first = _shared_first_message(sound[:shared], measure, year, pen)
        rest = sound[shared:] if shared < NAMED_COUNT else []
    else:
        first, rest = "", sound
    items = _format_leaders(
        rest, NAMED_COUNT - shared if first else NAMED_COUNT, measure, year, pen
    )
    message = N_("{measure}, {year}: highest in {list}{gap}.")
    if first:
        message = (
            N_("{measure}, {year}: {first}, followed by {list}{gap}.")
            if items
            else N_("{measure}, {year}: {first}{gap}.")
        )
    return pen.build(
        message,
        measure=name_with_unit(measure, t),
        year=year,
        first=first,
        list=t.join_names(items),
        gap=_leaders_gap(snapshot, len(sound), measure, pen),
    )


def _shared_first_message(
    cells: list[Cell], measure: Measure, year: int, pen: SentenceBuilder
) -> str:
    """Name or count the provinces tied for first, and say if the value is the scale's maximum."""
    value = pen.cite_number(cells[0], measure, year)
    capped = measure.kind == "index" and (cells[0].value or 0.0) >= SCALE_MAX
    if len(cells) > MAX_LEADERS_TIED:
        count = pen.cite(len(cells), measure, year, "", "level")
        message = (
            N_("{count} provinces share first place at {value}, the maximum of the scale")
            if capped
            else N_("{count} provinces share first place at {value}")
        )
        return pen.t(message, count=count, value=value)
    message = (
        N_("{names} share first place at {value}, the maximum of the scale")
        if capped
        else N_("{names} share first place at {value}")
    )
    names = pen.t.join_names([province_name(cell.adcode, pen.t) for cell in cells])
    return pen.t(message, names=names, value=value)


def _format_leaders(
    cells: list[Cell], count: int, measure: Measure, year: int, pen: SentenceBuilder
) -> list[str]:
    """The first `count` provinces with values; many tied for the last place are counted."""
    clear, level = first_with_ties(cells, [cell.value or 0.0 for cell in cells], count)
    leaders_to_name = clear if len(level) > MAX_LEADERS_TIED else [*clear, *level]
    items = [
        pen.t(
            N_("{name} ({value})"),
            name=province_name(cell.adcode, pen.t),
            value=pen.cite_number(cell, measure, year),
        )
        for cell in leaders_to_name
    ]
    if leaders_to_name == clear and level:
        items.append(
            pen.t(
                N_("{count} provinces ({value} each)"),
                count=pen.cite(len(level), measure, year, "", "level"),
                value=pen.cite_number(level[0], measure, year),
            )
        )
    return items


def _leaders_gap(snapshot: Snapshot, sound: int, measure: Measure, pen: SentenceBuilder) -> str:
    """The number of provinces with a reliable value, if not all, and the doubtful ones."""
    if sound == EVALUATED_COUNT:
        return ""
    count = pen.cite(sound, measure, snapshot.year, "", "count")
    doubtful = [c.adcode for c in snapshot.cells.values() if c.is_doubtful]
    if not doubtful:
        return pen.t(N_(", of the {count} provinces with a value"), count=count)
    names = pen.t.join_names([province_name(adcode, pen.t) for adcode in doubtful])
    return pen.t(
        N_(", of the {count} provinces with a reliable value (doubtful: {names})"),
        count=count,
        names=names,
    )


def describe_risers(measure: Measure, t: Translator) -> Sentence:
    """Name the largest rises over comparable years and count the falls, or say why it cannot."""
    pen = SentenceBuilder(t)
    years = longest_period(measure)
    changes = all_changes(measure)
    if len(measure.years) == 1:
        return pen.build(
            N_("{measure}: available for {year} only, so there is no change to give."),
            measure=measure_name(measure, t),
            year=measure.years[0],
        )
    if years is None or not changes:
        return pen.build(
            N_("{measure}: no two years are comparable."),
            measure=measure_name(measure, t),
        )
    head = (
        N_("{measure}, {first} to {last}, nominal (current prices)")
        if is_nominal(measure)
        else N_("{measure}, {first} to {last}")
    )
    rises = [one for one in changes if one.difference > TIE_TOLERANCE]
    fallen = sum(one.difference < -TIE_TOLERANCE for one in changes)
    clear, level = first_with_ties(rises, [one.difference for one in rises], NAMED_COUNT)
    few_rose = 0 < len(rises) <= NAMED_COUNT and len(rises) < len(changes)
    return pen.build(
        _risers_message(rises, few_rose, fallen),
        head=t(head, measure=name_with_unit(measure, t), first=years[0], last=years[1]),
        list=t.join_names([_format_rise(one, measure, pen) for one in (*clear, *level)]),
        fallen=pen.cite(fallen, measure, years[1], "", "count"),
        compared=_format_compared(len(changes), measure, years[1], pen),
        gap=_risers_gap(len(changes), measure, years[1], pen),
    )


def _risers_message(rises: list[Change], few_rose: bool, fallen: int) -> str:
    """Choose the message for no, few or most provinces rising, and for any falls."""
    if not rises:
        return N_("{head}: no province rose; the value fell in {fallen} of {compared}.")
    if few_rose:
        return (
            N_("{head}: rose only in {list}; the value fell in {fallen} of {compared}.")
            if fallen
            else N_("{head}: rose only in {list}{gap}.")
        )
    return (
        N_("{head}: largest rise in {list}; the value fell in {fallen} of {compared}.")
        if fallen
        else N_("{head}: largest rise in {list}{gap}.")
    )


def _format_compared(count: int, measure: Measure, year: int, pen: SentenceBuilder) -> str:
    """The provinces with a comparable change, as part of a sentence."""
    message = (
        N_("{count} provinces")
        if count == EVALUATED_COUNT
        else N_("the {count} provinces with reliable values throughout")
    )
    return pen.t(message, count=pen.cite(count, measure, year, "", "count"))


def _risers_gap(compared: int, measure: Measure, year: int, pen: SentenceBuilder) -> str:
    """The number of provinces with a comparable change, if not all."""
    if compared == EVALUATED_COUNT:
        return ""
    count = pen.cite(compared, measure, year, "", "count")
    return pen.t(N_(", of the {count} provinces with reliable values throughout"), count=count)


def _format_rise(change: Change, measure: Measure, pen: SentenceBuilder) -> str:
    return pen.t(
        N_("{name} (from {first} to {last})"),
        name=province_name(change.last.adcode, pen.t),
        first=pen.cite_number(change.first, measure, change.first_year),
        last=pen.cite_number(change.last, measure, change.last_year),
    )
