"""Titles of two maps: a change between years, or who stands elsewhere in the second than the first.

A change is told of the years of the third map alone, which have no break between them, and of
provinces without a doubtful figure at the ends or in between. A published rank and one of the open
index are named as what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo import wording
from geo.captions.caption import choose_title
from geo.captions.topics import record_value, short_name
from geo.cells import Cell
from geo.compare.pair import MapPair, MapSide
from geo.compare.third import DifferenceMap
from geo.indicators import Measure
from geo.measures import snapshot_of
from geo.report import EVALUATED_COUNT
from geo.sentences import Sentence, SentenceBuilder, province_name
from geo.text import N_, Translator

MIN_COMPARED: Final = 3  # provinces among which one may be called the furthest
MAX_TIED_NAMED: Final = 2  # provinces that share the largest change and are named
QUOTED: Final = {
    "report": N_("the published ranking “{topic}”"),
    "index": N_("our open index “{topic}”"),
    "indicator": N_("“{topic}”"),
    "own": N_("“{topic}”"),
}
FIGURES: Final = frozenset({"indicator", "own"})  # kinds that are called by their own name
KINDS: Final = {"report": N_("the {year} report"), "index": N_("our {year} open index")}


def pair_title(pair: MapPair, third: DifferenceMap | None, t: Translator) -> Sentence:
    """A finding from the third map; without it, what stands beside what."""
    cells = notable_differences(pair, third) if third else []
    if third is None or len(cells) < MIN_COMPARED:
        return _plain_pair_title(pair, t)
    if third.basis == "moved":
        if pair.same_measure:
            return choose_title(_move_titles(cells, pair, t), t)
        return choose_title(_place_difference_titles(cells, pair, third, t), t)
    level_fall = (cells[0].value or 0.0) <= 0 and _is_tie(cells[0], cells[1])
    if pair.first.measure.kind == "index" or level_fall:
        # The scale of the open index is set anew each year: its points make no headline.
        return _plain_pair_title(pair, t)
    return choose_title(_change_titles(cells, pair, third, t), t)


def notable_differences(pair: MapPair, third: DifferenceMap) -> list[Cell]:
    """The cells of the third map that a sentence may name, the largest first."""
    cells = [c for c in third.drawn.snapshot.cells.values() if c.value is not None]
    unsound = {c.adcode for c in cells if c.is_doubtful}
    if third.basis == "value":
        measure = pair.first.measure
        for year in (y for y in measure.years if third.early < y < third.late):
            between = snapshot_of(measure.id, year).cells.values()
            unsound |= {c.adcode for c in between if c.is_doubtful}
    results = [cell for cell in cells if cell.adcode not in unsound]
    return sorted(results, key=lambda cell: (-(cell.value or 0.0), cell.adcode))


def _is_tie(first: Cell, second: Cell) -> bool:
    """Whether two differences are the same; they come from floats."""
    return abs((first.value or 0.0) - (second.value or 0.0)) < 1e-9


def _by_year(pair: MapPair) -> tuple[MapSide, MapSide]:
    """The earlier side and the later one."""
    early, late = sorted((pair.first, pair.second), key=lambda side: side.year)
    return early, late


def _format_both_years(cell: Cell, pair: MapPair, pen: SentenceBuilder) -> dict[str, str]:
    """Both figures of a change, each from the cell of its year."""
    texts = {}
    for slot, side in zip(("first", "last"), _by_year(pair), strict=True):
        value = side.snapshot.cells[cell.adcode].value or 0.0
        texts[slot] = record_value(pen, value, side.measure, side.year, cell.adcode)
    return texts


def format_change_of(cell: Cell, pair: MapPair, third: DifferenceMap, pen: SentenceBuilder) -> str:
    """A province with its figures of both years."""
    return pen.t(
        N_("{name} (from {first} to {last})"),
        name=province_name(cell.adcode, pen.t),
        **_format_both_years(cell, pair, pen),
    )


def _change_titles(
    cells: list[Cell], pair: MapPair, third: DifferenceMap, t: Translator
) -> Iterator[Sentence]:
    measure = pair.first.measure
    head = t(
        N_("{topic}, {early}–{late}, nominal") if third.nominal else N_("{topic}, {early}–{late}"),
        topic=short_name(measure, t),
        early=third.early,
        late=third.late,
    )
    first = [cell for cell in cells if _is_tie(cell, cells[0])]
    whole = len(cells) == EVALUATED_COUNT
    if len(first) > 1:
        yield from _tied_change_titles(first, cells, measure, third.late, head, t)
        return
    rose = (cells[0].value or 0.0) > 0
    for message in _change_messages(rose, whole):
        pen = SentenceBuilder(t)
        yield pen.build(
            message,
            change=head,
            name=province_name(cells[0].adcode, t),
            count=pen.cite(len(cells), measure, third.late, "", "count"),
            **_format_both_years(cells[0], pair, pen),
        )


def _tied_change_titles(
    first: list[Cell], cells: list[Cell], measure: Measure, year: int, head: str, t: Translator
) -> Iterator[Sentence]:
    """Several rose as far: named while they are few, then counted."""
    messages = [N_("{change}: {level} of {count} rose alike, more than the others")]
    if len(first) <= MAX_TIED_NAMED:
        messages.insert(0, N_("{change}: {names} rose alike, more than the others of {count}"))
    for message in messages:
        pen = SentenceBuilder(t)
        yield pen.build(
            message,
            change=head,
            names=t.join_names([province_name(cell.adcode, t) for cell in first]),
            level=pen.cite(len(first), measure, year, "", "level"),
            count=pen.cite(len(cells), measure, year, "", "count"),
        )


def _change_messages(rose: bool, whole: bool) -> tuple[str, str]:
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


def _move_titles(cells: list[Cell], pair: MapPair, t: Translator) -> Iterator[Sentence]:
    """Who moves most from the earlier year to the later, or that several move as far."""
    furthest = max(abs(cell.value or 0.0) for cell in cells)
    movers = [cell for cell in cells if abs(cell.value or 0.0) == furthest]
    whole = len(cells) == EVALUATED_COUNT
    measure, year = pair.second.measure, pair.second.year
    backwards = pair.first.year > pair.second.year
    for labels in _side_labels(pair, t):
        first, second = labels[::-1] if backwards else labels
        pen = SentenceBuilder(t)
        slots: dict[str, object] = {
            "first": first,
            "second": second,
            "count": pen.cite(len(cells), measure, year, "", "count"),
            "moved": pen.cite(f"{furthest:g}", measure, year, movers[0].adcode, "moved"),
            "level": pen.cite(len(movers), measure, year, "", "level"),
            "name": province_name(movers[0].adcode, t),
        }
        up = ((movers[0].value or 0.0) > 0) is not backwards
        yield pen.build(_move_message(furthest, len(movers), up, whole), **slots)


def _move_message(furthest: float, level: int, up: bool, whole: bool) -> str:
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
        N_(
            "Of {count} that can be compared, {name} moves most, up by {moved}, from {first} to"
            " {second}"
        )
        if up
        else N_(
            "Of {count} that can be compared, {name} moves most, down by {moved}, from {first} to"
            " {second}"
        )
    )


def _place_difference_titles(
    cells: list[Cell], pair: MapPair, third: DifferenceMap, t: Translator
) -> Iterator[Sentence]:
    """Whose place differs most between two measures: nothing moves from one to another."""
    furthest = max(abs(cell.value or 0.0) for cell in cells)
    level = [cell for cell in cells if abs(cell.value or 0.0) == furthest]
    first_named = level[0].adcode
    sides = (pair.first, pair.second)
    measure, year = pair.second.measure, pair.second.year
    for first, second in _side_labels(pair, t):
        pen = SentenceBuilder(t)
        places = [
            pen.cite(
                t.format_ordinal(of_side[first_named]),
                side.measure,
                side.year,
                first_named,
                "place",
            )
            for side, of_side in zip(sides, third.places, strict=True)
        ]
        yield pen.build(
            _difference_message(furthest, len(level), len(cells) == EVALUATED_COUNT),
            first=first,
            second=second,
            count=pen.cite(len(cells), measure, year, "", "count"),
            moved=pen.cite(f"{furthest:g}", measure, year, first_named, "moved"),
            level=pen.cite(len(level), measure, year, "", "level"),
            name=province_name(first_named, t),
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
        "Of {count} that can be compared, {name} differs most: {first_place} in {first},"
        " {second_place} in {second}"
    )


def _side_labels(pair: MapPair, t: Translator) -> Iterator[tuple[str, str]]:
    """What the two maps are called, the fullest first; kinds of ranks are always told apart."""
    sides = (pair.first, pair.second)
    yield _both_labels(
        t(N_("{topic} {year}"), topic=_quote_side(side, t), year=side.year) for side in sides
    )
    if pair.same_measure:
        yield _both_labels(t(N_("{year}"), year=side.year) for side in sides)
        return
    yield _both_labels(_quote_side(side, t) for side in sides)
    kinds = {side.measure.kind for side in sides}
    if len(kinds) == 1 or kinds <= FIGURES:
        if not kinds <= FIGURES:
            group = t(wording.GROUPS[pair.second.measure.dimension])
            yield _quote_side(pair.first, t), t(N_("“{topic}”"), topic=group)
        yield "A", "B"
        return
    for letters in (False, True):
        names = zip(sides, "AB" if letters else ("", ""), strict=True)
        yield _both_labels(_short_side(side, letter, t) for side, letter in names)


def _quote_side(side: MapSide, t: Translator) -> str:
    """The topic of a map within a sentence."""
    message = QUOTED[side.measure.kind]
    if side.measure.kind in FIGURES:
        return t(message, topic=short_name(side.measure, t))
    return t(message, topic=t(wording.GROUPS[side.measure.dimension]))


def _short_side(side: MapSide, letter: str, t: Translator) -> str:
    """A kind of ranks for a list or the open index; for an indicator its letter or its name."""
    kind = KINDS.get(side.measure.kind)
    return t(kind, year=side.year) if kind else letter or _quote_side(side, t)


def _both_labels(lines: Iterator[str]) -> tuple[str, str]:
    first, second = lines
    return first, second


def _plain_pair_title(pair: MapPair, t: Translator) -> Sentence:
    """No finding: what the two maps show."""
    if pair.same_measure:
        return SentenceBuilder(t).build(
            N_("{topic} in {first} and in {second}"),
            topic=short_name(pair.first.measure, t),
            first=pair.first.year,
            second=pair.second.year,
        )
    variants = [
        SentenceBuilder(t).build(
            N_("{first} beside {second}"),
            first=short_name(pair.first.measure, t),
            second=_quote_side(pair.second, t),
        )
    ]
    if pair.first.measure.kind == pair.second.measure.kind == "indicator":
        groups = [t(wording.GROUPS[s.measure.dimension]) for s in (pair.first, pair.second)]
        message = N_("Two measures side by side: {first} and {second}")
        variants.append(SentenceBuilder(t).build(message, first=groups[0], second=groups[1]))
    return choose_title(variants, t)
