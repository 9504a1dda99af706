"""Titles of two maps: a change between years, or who stands elsewhere in the second than the first.

A change is told of the years of the third map alone, which have no break between them, and of
provinces without a doubtful figure at the ends or in between. A published rank and one of the open
index are named as what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo import wording
from geo.captions.caption import fitting
from geo.captions.topics import kept, topic
from geo.cells import Cell, Status
from geo.compare.pair import Pair, Side
from geo.compare.third import Third
from geo.indicators import Measure
from geo.measures import snapshot
from geo.report import EVALUATED_COUNT
from geo.sentences import Pen, Sentence, name
from geo.text import N_, Texts

FEWEST: Final = 3  # provinces among which one may be called the furthest
MOST_LEVEL: Final = 2  # provinces that share the largest change and are named
QUOTED: Final = {
    "report": N_("the published ranking “{topic}”"),
    "index": N_("our open index “{topic}”"),
    "indicator": N_("“{topic}”"),
    "own": N_("“{topic}”"),
}
FIGURES: Final = frozenset({"indicator", "own"})  # kinds that are called by their own name
KINDS: Final = {"report": N_("the {year} report"), "index": N_("our {year} open index")}


def title(pair: Pair, third: Third | None, say: Texts) -> Sentence:
    """A finding from the third map; without it, what stands beside what."""
    cells = quotable(pair, third) if third else []
    if third is None or len(cells) < FEWEST:
        return _beside(pair, say)
    if third.basis == "moved":
        if pair.same_measure:
            return fitting(_moved(cells, pair, say), say)
        return fitting(_place_differences(cells, pair, third, say), say)
    level_fall = (cells[0].value or 0.0) <= 0 and _level(cells[0], cells[1])
    if pair.first.measure.kind == "index" or level_fall:
        # The scale of the open index is set anew each year: its points make no headline.
        return _beside(pair, say)
    return fitting(_changed(cells, pair, third, say), say)


def quotable(pair: Pair, third: Third) -> list[Cell]:
    """The cells of the third map that a sentence may name, the largest first."""
    cells = [c for c in third.drawn.snapshot.cells.values() if c.value is not None]
    unsound = {c.adcode for c in cells if c.status is Status.DOUBTFUL}
    if third.basis == "value":
        measure = pair.first.measure
        for year in (y for y in measure.years if third.early < y < third.late):
            between = snapshot(measure.id, year).cells.values()
            unsound |= {c.adcode for c in between if c.status is Status.DOUBTFUL}
    found = [cell for cell in cells if cell.adcode not in unsound]
    return sorted(found, key=lambda cell: (-(cell.value or 0.0), cell.adcode))


def _level(one: Cell, other: Cell) -> bool:
    """Whether two differences are the same; they come from floats."""
    return abs((one.value or 0.0) - (other.value or 0.0)) < 1e-9


def _sides(pair: Pair) -> tuple[Side, Side]:
    """The earlier side and the later one."""
    early, late = sorted((pair.first, pair.second), key=lambda side: side.year)
    return early, late


def _ends(cell: Cell, pair: Pair, pen: Pen) -> dict[str, str]:
    """Both figures of a change, each from the cell of its year."""
    found = {}
    for slot, side in zip(("first", "last"), _sides(pair), strict=True):
        value = side.snapshot.cells[cell.adcode].value or 0.0
        found[slot] = kept(pen, value, side.measure, side.year, cell.adcode)
    return found


def from_to(cell: Cell, pair: Pair, third: Third, pen: Pen) -> str:
    """A province with its figures of both years."""
    return pen.say(
        N_("{name} (from {first} to {last})"),
        name=name(cell.adcode, pen.say),
        **_ends(cell, pair, pen),
    )


def _changed(cells: list[Cell], pair: Pair, third: Third, say: Texts) -> Iterator[Sentence]:
    measure = pair.first.measure
    head = say(
        N_("{topic}, {early}–{late}, nominal") if third.nominal else N_("{topic}, {early}–{late}"),
        topic=topic(measure, say),
        early=third.early,
        late=third.late,
    )
    first = [cell for cell in cells if _level(cell, cells[0])]
    whole = len(cells) == EVALUATED_COUNT
    if len(first) > 1:
        yield from _alike(first, cells, measure, third.late, head, say)
        return
    rose = (cells[0].value or 0.0) > 0
    for message in _messages(rose, whole):
        pen = Pen(say)
        yield pen.done(
            message,
            change=head,
            name=name(cells[0].adcode, say),
            count=pen.keep(len(cells), measure, third.late, "", "count"),
            **_ends(cells[0], pair, pen),
        )


def _alike(
    first: list[Cell], cells: list[Cell], measure: Measure, year: int, head: str, say: Texts
) -> Iterator[Sentence]:
    """Several rose as far: named while they are few, then counted."""
    messages = [N_("{change}: {level} of {count} rose alike, more than the others")]
    if len(first) <= MOST_LEVEL:
        messages.insert(0, N_("{change}: {names} rose alike, more than the others of {count}"))
    for message in messages:
        pen = Pen(say)
        yield pen.done(
            message,
            change=head,
            names=say.listing([name(cell.adcode, say) for cell in first]),
            level=pen.keep(len(first), measure, year, "", "level"),
            count=pen.keep(len(cells), measure, year, "", "count"),
        )


def _messages(rose: bool, whole: bool) -> tuple[str, str]:
    """The sentence with both figures, and without them."""
    if rose and whole:
        return (
            N_("{change}: {name} rose most, from {first} to {last}"),
            N_("{change}: {name} rose most"),
        )
    if rose:
        return (
            N_("{change}: {name} rose most of {count} sound figures, from {first} to {last}"),
            N_("{change}: {name} rose most of {count} sound figures"),
        )
    if whole:
        return (
            N_("{change}: none rose; {name} fell least, from {first} to {last}"),
            N_("{change}: none rose; {name} fell least"),
        )
    return (
        N_("{change}: no sound figure of {count} rose; {name} fell least, {first} to {last}"),
        N_("{change}: no sound figure of {count} rose; {name} fell least"),
    )


def _moved(cells: list[Cell], pair: Pair, say: Texts) -> Iterator[Sentence]:
    """Who moves most from the earlier year to the later, or that several move as far."""
    furthest = max(abs(cell.value or 0.0) for cell in cells)
    movers = [cell for cell in cells if abs(cell.value or 0.0) == furthest]
    whole = len(cells) == EVALUATED_COUNT
    measure, year = pair.second.measure, pair.second.year
    backwards = pair.first.year > pair.second.year
    for labels in _labels(pair, say):
        first, second = labels[::-1] if backwards else labels
        pen = Pen(say)
        slots: dict[str, object] = {
            "first": first,
            "second": second,
            "count": pen.keep(len(cells), measure, year, "", "count"),
            "moved": pen.keep(f"{furthest:g}", measure, year, movers[0].adcode, "moved"),
            "level": pen.keep(len(movers), measure, year, "", "level"),
            "name": name(movers[0].adcode, say),
        }
        up = ((movers[0].value or 0.0) > 0) is not backwards
        yield pen.done(_moved_message(furthest, len(movers), up, whole), **slots)


def _moved_message(furthest: float, level: int, up: bool, whole: bool) -> str:
    if not furthest:
        return N_("All {count} stand in the same place in {first} and in {second}")
    if level > 1:
        return N_("{level} of {count} move furthest, by {moved}, from {first} to {second}")
    if whole:
        return (
            N_("{name} moves most, up by {moved}, from {first} to {second}")
            if up
            else N_("{name} moves most, down by {moved}, from {first} to {second}")
        )
    return (
        N_("Of {count} in both, {name} moves most, up by {moved}, from {first} to {second}")
        if up
        else N_("Of {count} in both, {name} moves most, down by {moved}, from {first} to {second}")
    )


def _place_differences(
    cells: list[Cell], pair: Pair, third: Third, say: Texts
) -> Iterator[Sentence]:
    """Whose place differs most between two measures: nothing moves from one to another."""
    furthest = max(abs(cell.value or 0.0) for cell in cells)
    level = [cell for cell in cells if abs(cell.value or 0.0) == furthest]
    first_named = level[0].adcode
    sides = (pair.first, pair.second)
    measure, year = pair.second.measure, pair.second.year
    for first, second in _labels(pair, say):
        pen = Pen(say)
        places = [
            pen.keep(
                say.ordinal(of_side[first_named]), side.measure, side.year, first_named, "place"
            )
            for side, of_side in zip(sides, third.places, strict=True)
        ]
        yield pen.done(
            _difference_message(furthest, len(level), len(cells) == EVALUATED_COUNT),
            first=first,
            second=second,
            count=pen.keep(len(cells), measure, year, "", "count"),
            moved=pen.keep(f"{furthest:g}", measure, year, first_named, "moved"),
            level=pen.keep(len(level), measure, year, "", "level"),
            name=name(first_named, say),
            first_place=places[0],
            second_place=places[1],
        )


def _difference_message(furthest: float, level: int, whole: bool) -> str:
    if not furthest:
        return N_("All {count} stand in the same place in {first} and in {second}")
    if level > 1:
        return N_("{level} of {count} differ most, by {moved} places, between {first} and {second}")
    if whole:
        return N_("{name} differs most: {first_place} in {first}, {second_place} in {second}")
    return N_(
        "Of {count} in both, {name} differs most: {first_place} in {first}, {second_place} in"
        " {second}"
    )


def _labels(pair: Pair, say: Texts) -> Iterator[tuple[str, str]]:
    """What the two maps are called, the fullest first; kinds of ranks are always told apart."""
    sides = (pair.first, pair.second)
    yield _both(
        say(N_("{topic} {year}"), topic=_quoted(side, say), year=side.year) for side in sides
    )
    if pair.same_measure:
        yield _both(say(N_("{year}"), year=side.year) for side in sides)
        return
    yield _both(_quoted(side, say) for side in sides)
    kinds = {side.measure.kind for side in sides}
    if len(kinds) == 1 or kinds <= FIGURES:
        if not kinds <= FIGURES:
            group = say(wording.GROUPS[pair.second.measure.dimension])
            yield _quoted(pair.first, say), say(N_("“{topic}”"), topic=group)
        yield "A", "B"
        return
    for letters in (False, True):
        names = zip(sides, "AB" if letters else ("", ""), strict=True)
        yield _both(_short(side, letter, say) for side, letter in names)


def _quoted(side: Side, say: Texts) -> str:
    """The topic of a map within a sentence."""
    message = QUOTED[side.measure.kind]
    if side.measure.kind in FIGURES:
        return say(message, topic=topic(side.measure, say))
    return say(message, topic=say(wording.GROUPS[side.measure.dimension]))


def _short(side: Side, letter: str, say: Texts) -> str:
    """A kind of ranks for a list or the open index; for an indicator its letter or its name."""
    kind = KINDS.get(side.measure.kind)
    return say(kind, year=side.year) if kind else letter or _quoted(side, say)


def _both(found: Iterator[str]) -> tuple[str, str]:
    first, second = found
    return first, second


def _beside(pair: Pair, say: Texts) -> Sentence:
    """No finding: what the two maps show."""
    if pair.same_measure:
        return Pen(say).done(
            N_("{topic} in {first} and in {second}"),
            topic=topic(pair.first.measure, say),
            first=pair.first.year,
            second=pair.second.year,
        )
    variants = [
        Pen(say).done(
            N_("{first} beside {second}"),
            first=topic(pair.first.measure, say),
            second=_quoted(pair.second, say),
        )
    ]
    if pair.first.measure.kind == pair.second.measure.kind == "indicator":
        groups = [say(wording.GROUPS[s.measure.dimension]) for s in (pair.first, pair.second)]
        message = N_("Two measures side by side: {first} and {second}")
        variants.append(Pen(say).done(message, first=groups[0], second=groups[1]))
    return fitting(variants, say)
