"""Captions of two maps and of their difference."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from typing import Final

from geo.analysis import (
    PERCENT_DECIMALS,
    DifferenceMap,
    MapPair,
    MapSide,
    difference_note,
    source_line,
)
from geo.analysis import build_difference_map as third_of
from geo.captions.caption import (
    Caption,
    choose_title,
    map_subtitle,
    name_with_unit_in_brackets,
    record_value,
    short_name,
    topic_phrase,
)
from geo.captions.cautions import pair_cautions
from geo.captions.foot import Caution
from geo.captions.maps import describe_map, describe_missing, map_foot
from geo.captions.notes import (
    boundary_note,
    deduplicate,
    index_notes,
    indicator_notes,
    join_sides,
    note_with_letter,
    plain_note,
    published_list_notes,
)
from geo.captions.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.index import default_recipe, score_index
from geo.limits import MAX_MOVES_TIED
from geo.measures import EVALUATED_COUNT, GROUP_NAMES, Cell, Measure
from geo.text import N_, InputError, Translator

MIN_COMPARED: Final = 3  # fewest provinces for naming a largest difference
QUOTED: Final = {
    "report": N_("the published ranking “{topic}”"),
    "index": N_("the open index “{topic}”"),
}
FIGURES: Final = frozenset({"indicator", "own"})  # kinds that are called by their name
KINDS: Final = {"report": N_("the {year} report"), "index": N_("the {year} open index")}
NAMED_COUNT = 3  # largest changes named on each side


def pair_title(pair: MapPair, third: DifferenceMap | None, t: Translator) -> Sentence:
    """A finding from the third map; without one, the names of both maps."""
    cells = notable_differences(pair, third) if third else []
    if third is None or len(cells) < MIN_COMPARED:
        return plain_pair_title(pair, t)
    if third.basis == "moved":
        if pair.same_measure:
            return choose_title(_move_titles(cells, pair, t), t)
        return choose_title(_place_difference_titles(cells, pair, third, t), t)
    level_fall = (cells[0].value or 0.0) <= 0 and _is_tie(cells[0], cells[1])
    if pair.first.measure.kind == "index" or level_fall:
        # The open index is rescaled each year, so a change of its score is no finding.
        return plain_pair_title(pair, t)
    return choose_title(_change_titles(cells, pair, third, t), t)


def notable_differences(pair: MapPair, third: DifferenceMap) -> list[Cell]:
    """The cells of the third map that a title may name, largest difference first."""
    cells = [c for c in third.choropleth.snapshot.cells.values() if c.value is not None]
    unsound = {c.adcode for c in cells if c.is_doubtful}
    if third.basis != "moved":
        measure = pair.first.measure
        for year in (y for y in measure.years if third.early < y < third.late):
            between = measure.snapshot(year).cells.values()
            unsound |= {c.adcode for c in between if c.is_doubtful}
    results = [cell for cell in cells if cell.adcode not in unsound]
    return sorted(results, key=lambda cell: (-(cell.value or 0.0), cell.adcode))


def _is_tie(first: Cell, second: Cell) -> bool:
    """Whether two differences are equal within float tolerance."""
    return abs((first.value or 0.0) - (second.value or 0.0)) < 1e-9


def _by_year(pair: MapPair) -> tuple[MapSide, MapSide]:
    """The earlier side and the later side."""
    early, late = sorted((pair.first, pair.second), key=lambda side: side.year)
    return early, late


def _format_both_years(cell: Cell, pair: MapPair, pen: SentenceBuilder) -> dict[str, str]:
    """Both values of a change, each cited from the cell of its year."""
    texts = {}
    for slot, side in zip(("first", "last"), _by_year(pair), strict=True):
        value = side.snapshot.cells[cell.adcode].value or 0.0
        texts[slot] = record_value(pen, value, side.measure, side.year, cell.adcode)
    return texts


def format_change_of(cell: Cell, pair: MapPair, third: DifferenceMap, pen: SentenceBuilder) -> str:
    """A province with its values in both years."""
    return pen.t(
        N_("{name} (from {first} to {last})"),
        name=province_name(cell.adcode, pen.t),
        **_format_both_years(cell, pair, pen),
    )


def _change_titles(
    cells: list[Cell], pair: MapPair, third: DifferenceMap, t: Translator
) -> Iterator[Sentence]:
    """Headlines on the largest rise of values, from long to short."""
    measure = pair.first.measure
    period = t(
        N_("{early} to {late}, nominal") if third.nominal else N_("{early} to {late}"),
        early=third.early,
        late=third.late,
    )
    first = [cell for cell in cells if _is_tie(cell, cells[0])]
    whole = len(cells) == EVALUATED_COUNT
    if len(first) > 1:
        yield from _tied_change_titles(first, cells, measure, third.late, period, t)
        return
    rose = (cells[0].value or 0.0) > 0
    messages = _growth_messages if third.basis == "percent" else _change_messages
    for message in messages(rose, whole):
        pen = SentenceBuilder(t)
        percent = t.format_number(abs(cells[0].value or 0.0), PERCENT_DECIMALS)
        yield pen.build(
            message,
            topic=short_name(measure, t),
            period=period,
            name=province_name(cells[0].adcode, t),
            count=pen.cite(len(cells), measure, third.late, "", "count"),
            percent=pen.cite(percent, measure, third.late, cells[0].adcode, "change"),
            **_format_both_years(cells[0], pair, pen),
        )


def _tied_change_titles(
    first: list[Cell], cells: list[Cell], measure: Measure, year: int, period: str, t: Translator
) -> Iterator[Sentence]:
    """Titles for several provinces with the same rise: named if few, else counted."""
    messages = [N_("{level} of {count} provinces share the largest rise in {topic}, {period}")]
    if len(first) <= MAX_MOVES_TIED:
        messages.insert(
            0, N_("{names} share the largest rise of {count} provinces in {topic}, {period}")
        )
    for message in messages:
        pen = SentenceBuilder(t)
        yield pen.build(
            message,
            topic=topic_phrase(measure, t),
            period=period,
            names=t.join_names([province_name(cell.adcode, t) for cell in first]),
            level=pen.cite(len(first), measure, year, "", "level"),
            count=pen.cite(len(cells), measure, year, "", "count"),
        )


def _change_messages(rose: bool, whole: bool) -> tuple[str, ...]:
    """The messages with and without both values."""
    if rose and whole:
        return (
            N_("{topic} rose most in {name}, {period}: from {first} to {last}"),
            N_("{topic} rose most in {name}, {period}"),
        )
    if rose:
        return (
            N_("{topic} rose most in {name} of {count} provinces, {period}: {first} to {last}"),
            N_("{topic} rose most in {name} of {count} provinces, {period}"),
            N_("{topic} rose most in {name} (of {count}), {period}"),
        )
    if whole:
        return (
            N_("{topic} rose nowhere; least fall in {name}, {period}: from {first} to {last}"),
            N_("{topic} rose nowhere; least fall in {name}, {period}"),
        )
    return (
        N_(
            "{topic} rose in none of {count} provinces; least fall in {name}, {period}: {first} to"
            " {last}"
        ),
        N_("{topic} rose in none of {count} provinces; least fall in {name}, {period}"),
    )


def _growth_messages(rose: bool, whole: bool) -> tuple[str, ...]:
    """The messages on a change in percent."""
    if rose and whole:
        return (
            N_("{topic} grew fastest in {name}, {period}: by {percent}%"),
            N_("{topic} grew fastest in {name}, {period}"),
        )
    if rose:
        return (
            N_("{topic} grew fastest in {name} of {count} provinces, {period}: by {percent}%"),
            N_("{topic} grew fastest in {name} of {count} provinces, {period}"),
            N_("{topic} grew fastest in {name} (of {count}), {period}"),
        )
    if whole:
        return (
            N_("{topic} grew nowhere; least fall in percent in {name}, {period}"),
            N_("{topic} grew nowhere; least fall in {name}, {period}"),
        )
    return (
        N_("{topic} grew in none of {count} provinces; least fall in percent in {name}, {period}"),
        N_("{topic} grew in none of {count} provinces; least fall in {name}, {period}"),
    )


def _move_titles(cells: list[Cell], pair: MapPair, t: Translator) -> Iterator[Sentence]:
    """Headlines on the largest change of rank between two years, or on a tie."""
    furthest = max(abs(cell.value or 0.0) for cell in cells)
    movers = [cell for cell in cells if abs(cell.value or 0.0) == furthest]
    whole = len(cells) == EVALUATED_COUNT
    measure, year = pair.second.measure, pair.second.year
    backwards = pair.first.year > pair.second.year
    early, late = _by_year(pair)
    up = ((movers[0].value or 0.0) > 0) is not backwards
    for message in _move_messages(furthest, len(movers), up, whole):
        pen = SentenceBuilder(t)
        yield pen.build(
            message,
            topic=topic_phrase(measure, t),
            early=early.year,
            late=late.year,
            count=pen.cite(len(cells), measure, year, "", "count"),
            moved=pen.cite(f"{furthest:g}", measure, year, movers[0].adcode, "moved"),
            level=pen.cite(len(movers), measure, year, "", "level"),
            name=province_name(movers[0].adcode, t),
        )


def _move_messages(furthest: float, level: int, up: bool, whole: bool) -> tuple[str, str]:
    """The messages with and without the measure, which the subtitle names too."""
    if not furthest:
        return (
            N_("All {count} provinces rank the same in {topic} in {early} and in {late}"),
            N_("All {count} provinces rank the same in {early} and in {late}"),
        )
    if level > 1:
        return (
            N_(
                "{level} of {count} provinces moved most in {topic}, {early} to {late}: {moved}"
                " places"
            ),
            N_("{level} of {count} provinces moved most, {early} to {late}: {moved} places"),
        )
    if whole and up:
        return (
            N_("{name} gained most places in {topic}, {early} to {late}: up {moved}"),
            N_("{name} gained most places, {early} to {late}: up {moved}"),
        )
    if whole:
        return (
            N_("{name} lost most places in {topic}, {early} to {late}: down {moved}"),
            N_("{name} lost most places, {early} to {late}: down {moved}"),
        )
    if up:
        return (
            N_(
                "{name} gained most places of {count} provinces in {topic}, {early} to {late}: up"
                " {moved}"
            ),
            N_("{name} gained most places of {count} provinces, {early} to {late}: up {moved}"),
        )
    return (
        N_(
            "{name} lost most places of {count} provinces in {topic}, {early} to {late}: down"
            " {moved}"
        ),
        N_("{name} lost most places of {count} provinces, {early} to {late}: down {moved}"),
    )


def _place_difference_titles(
    cells: list[Cell], pair: MapPair, third: DifferenceMap, t: Translator
) -> Iterator[Sentence]:
    """Titles on the largest rank difference between two measures; nothing has moved in time."""
    furthest = max(abs(cell.value or 0.0) for cell in cells)
    level = [cell for cell in cells if abs(cell.value or 0.0) == furthest]
    first_named = level[0].adcode
    sides = (pair.first, pair.second)
    measure, year = pair.second.measure, pair.second.year
    messages = _difference_messages(furthest, len(level), len(cells) == EVALUATED_COUNT)
    for (first, second), message in product(side_labels(pair, t), messages):
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
            message,
            first=first,
            second=second,
            count=pen.cite(len(cells), measure, year, "", "count"),
            moved=pen.cite(f"{furthest:g}", measure, year, first_named, "moved"),
            level=pen.cite(len(level), measure, year, "", "level"),
            name=province_name(first_named, t),
            first_place=places[0],
            second_place=places[1],
        )


def _difference_messages(furthest: float, level: int, whole: bool) -> tuple[str, ...]:
    """The messages on the largest rank difference, from long to short."""
    if not furthest:
        return (N_("All {count} provinces have the same rank in {first} and in {second}"),)
    if level > 1:
        return (
            N_(
                "{level} of {count} provinces differ most, by {moved} ranks, between {first} and"
                " {second}"
            ),
        )
    if whole:
        return (
            N_("{name} has the widest gap: {first_place} in {first}, {second_place} in {second}"),
        )
    return (
        N_(
            "Of {count} provinces, {name} has the widest gap: {first_place} in {first},"
            " {second_place} in {second}"
        ),
        N_("Widest gap of {count}: {name}, {first_place} in {first}, {second_place} in {second}"),
    )


def side_labels(pair: MapPair, t: Translator) -> Iterator[tuple[str, str]]:
    """Labels of the two maps, longest first; published ranks and index ranks always differ."""
    sides = (pair.first, pair.second)
    yield _both_labels(
        t(N_("{topic} ({year})"), topic=_quote_side(side, t), year=side.year) for side in sides
    )
    if pair.same_measure:
        yield _both_labels(t(N_("{year}"), year=side.year) for side in sides)
        return
    yield _both_labels(_quote_side(side, t) for side in sides)
    kinds = {side.measure.kind for side in sides}
    if len(kinds) == 1 or kinds <= FIGURES:
        if not kinds <= FIGURES:
            group = t(GROUP_NAMES[pair.second.measure.dimension])
            yield _quote_side(pair.first, t), t(N_("“{topic}”"), topic=group)
        yield "A", "B"
        return
    for letters in (False, True):
        names = zip(sides, "AB" if letters else ("", ""), strict=True)
        yield _both_labels(_short_side(side, letter, t) for side, letter in names)


def _quote_side(side: MapSide, t: Translator) -> str:
    """The topic of a map, as part of a sentence."""
    if side.measure.kind in FIGURES:
        return topic_phrase(side.measure, t)
    return t(QUOTED[side.measure.kind], topic=t(GROUP_NAMES[side.measure.dimension]))


def _short_side(side: MapSide, letter: str, t: Translator) -> str:
    """A short label: the kind of ranks for a list or the index, else a letter or a name."""
    kind = KINDS.get(side.measure.kind)
    return t(kind, year=side.year) if kind else letter or _quote_side(side, t)


def _both_labels(lines: Iterator[str]) -> tuple[str, str]:
    first, second = lines
    return first, second


def plain_pair_title(pair: MapPair, t: Translator) -> Sentence:
    """A title without a finding: what the two maps show."""
    if pair.same_measure:
        return SentenceBuilder(t).build(
            N_("{topic} in {first} and in {second}"),
            topic=short_name(pair.first.measure, t),
            first=pair.first.year,
            second=pair.second.year,
        )
    variants = [
        SentenceBuilder(t).build(
            N_("{first} compared with {second}"),
            first=short_name(pair.first.measure, t),
            second=_quote_side(pair.second, t),
        )
    ]
    if pair.first.measure.kind == pair.second.measure.kind == "indicator":
        groups = [t(GROUP_NAMES[s.measure.dimension]) for s in (pair.first, pair.second)]
        message = N_("Two measures side by side: {first} and {second}")
        variants.append(SentenceBuilder(t).build(message, first=groups[0], second=groups[1]))
    return choose_title(variants, t)


def comparison_caption(pair: MapPair, third: DifferenceMap | None, t: Translator) -> Caption:
    """The caption of two maps; third: the map of their difference, None if it is not shown.

    Without a third map the title states no difference, and the notes say why none can be formed.
    """
    sides = (pair.first, pair.second)
    return Caption(
        title=pair_title(pair, third, t),
        subtitle=pair_subtitle(pair, t),
        alt=_describe_pair(pair, third, t),
        source=source_line([(side.measure, [side.year]) for side in sides], t),
        notes=deduplicate(
            [
                *_comparison_notes(pair, third, t),
                *side_notes(pair, t),
                boundary_note(t),
            ]
        ),
        foot=map_foot(
            [(side.measure, [side.year]) for side in sides],
            [*_difference_cautions(pair, third, t), *pair_cautions(pair, t)],
            t,
            hints=[plain_note(pair.basis_note, t)] if pair.basis else [],
        ),
    )


def _difference_cautions(
    pair: MapPair, third: DifferenceMap | None, t: Translator
) -> list[Caution]:
    """That classes differ, and what the third map shows or why there is none."""
    first, *others = _comparison_notes(pair, third, t)
    cautions = [Caution(note) for note in others]
    if pair.basis:
        return cautions
    brief = N_("Separate classes for each map.")
    return [Caution(first, plain_note(brief, t)), *cautions]


def pair_subtitle(pair: MapPair, t: Translator) -> str:
    if pair.same_measure:
        return t(
            N_("{measure}; A {first}, B {second}"),
            measure=name_with_unit_in_brackets(pair.first.measure, t),
            first=pair.first.year,
            second=pair.second.year,
        )
    lines = [map_subtitle(side.measure, side.year, t) for side in (pair.first, pair.second)]
    return t(N_("A: {first}. B: {second}"), first=lines[0], second=lines[1])


def _comparison_notes(pair: MapPair, third: DifferenceMap | None, t: Translator) -> list[Sentence]:
    """What equal colours mean, and what the third map shows or why there is none."""
    sentences = [plain_note(pair.basis_note, t)]
    if third:
        note = difference_note(third, t)
        return [*sentences, Sentence(note)] if note else sentences
    try:
        third_of(pair)
    except InputError as error:
        sentences.append(plain_note(error.message, t, **error.slots))
    return sentences


def side_notes(pair: MapPair, t: Translator) -> list[Sentence]:
    """The notes of both maps; a note of only one map starts with its letter."""
    first, second = (_notes_of_side(side, t) for side in (pair.first, pair.second))
    return join_sides(first, second, partial(note_with_letter, t=t))


def _notes_of_side(side: MapSide, t: Translator) -> list[Sentence]:
    if side.measure.kind == "report":
        return published_list_notes(side.snapshot, t)
    if side.measure.kind == "index":
        result = score_index(default_recipe(side.year), side.year)
        return index_notes(result, side.measure.dimension, t)
    return indicator_notes(side.snapshot, side.measure, t)


def _describe_pair(pair: MapPair, third: DifferenceMap | None, t: Translator) -> Sentence:
    head = SentenceBuilder(t).build(N_("Two maps of China’s provinces side by side."))
    sides = [
        describe_map(side.choropleth, side.measure, t, letter)
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    return join_sentences(
        [head, *sides, *(_describe_difference(pair, third, t) if third else [])], t
    )


def _describe_difference(pair: MapPair, third: DifferenceMap, t: Translator) -> list[Sentence]:
    """The third map in words: largest rises and falls, provinces without a difference."""
    pen = SentenceBuilder(t)
    cells = notable_differences(pair, third)
    up = [_format_difference(c, pair, third, pen) for c in _largest_differences(cells, 1)]
    down = [_format_difference(c, pair, third, pen) for c in _largest_differences(cells[::-1], -1)]
    none = t(N_("none"))
    message = (
        N_("Third map, change from {early} to {late}: up most: {up}; down most: {down}.")
        if third.basis == "value"
        else N_(
            "Third map, difference in rank: higher in B by most ranks: {up}; lower in B by "
            "most ranks: {down}."
        )
    )
    sentence = pen.build(
        message,
        early=third.early,
        late=third.late,
        up=t.join_names(up) or none,
        down=t.join_names(down) or none,
    )
    return [sentence, *describe_missing(third.choropleth.snapshot, t)]


def _largest_differences(cells: list[Cell], sign: int) -> list[Cell]:
    """The three largest differences on one side of zero, with all ties of the third."""
    results = [cell for cell in cells if sign * (cell.value or 0.0) > 0]
    least = min((abs(cell.value or 0.0) for cell in results[:NAMED_COUNT]), default=0.0)
    return [cell for cell in results if abs(cell.value or 0.0) >= least]


def _format_difference(
    cell: Cell, pair: MapPair, third: DifferenceMap, pen: SentenceBuilder
) -> str:
    if third.basis == "value":
        return format_change_of(cell, pair, third, pen)
    count = pen.cite(
        f"{abs(cell.value or 0):g}", pair.second.measure, pair.second.year, cell.adcode, "moved"
    )
    return pen.t(N_("{name} by {count}"), name=province_name(cell.adcode, pen.t), count=count)
