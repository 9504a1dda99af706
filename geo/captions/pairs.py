"""The words around two maps and the third that says how they differ."""

from __future__ import annotations

from geo.captions import alternative, notes, pairtitles, sources
from geo.captions.caption import Caption
from geo.captions.topics import map_subtitle, name_with_unit_in_brackets
from geo.cells import Cell
from geo.compare import pairnotes
from geo.compare.pair import MapPair, MapSide
from geo.compare.third import DifferenceMap
from geo.compare.third import build_difference_map as third_of
from geo.errors import InputError
from geo.index.model import score_index
from geo.openindex import default_recipe
from geo.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.text import N_, Translator

NAMED_COUNT = 3  # moves on either side that the description names


def comparison_caption(pair: MapPair, third: DifferenceMap | None, t: Translator) -> Caption:
    """The words around two maps; third: the map of their difference, None where it is not shown.

    Without a third map the title tells no change, and the notes say so where none can be formed.
    """
    sides = (pair.first, pair.second)
    return Caption(
        title=pairtitles.pair_title(pair, third, t),
        subtitle=_pair_subtitle(pair, t),
        alt=_describe_pair(pair, third, t),
        source=sources.source_line([(side.measure, side.year) for side in sides], t),
        notes=notes.deduplicate(
            [
                *_comparison_notes(pair, third, t),
                *_side_notes(pair, t),
                notes.boundary_note(t),
            ]
        ),
    )


def _pair_subtitle(pair: MapPair, t: Translator) -> str:
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
    """What equal colours mean, and what the third map is or why there is none."""
    sentences = [notes.plain_note(pairnotes.NOTES[pair.basis], t)]
    if third:
        note = pairnotes.difference_note(third, t)
        return [*sentences, Sentence(note)] if note else sentences
    try:
        third_of(pair)
    except InputError as error:
        sentences.append(notes.plain_note(error.message, t, **error.slots))
    return sentences


def _side_notes(pair: MapPair, t: Translator) -> list[Sentence]:
    """The notes of both maps, with their letter where they are not of both."""
    first, second = (_notes_of_side(side, t) for side in (pair.first, pair.second))
    both = [one for one in first if one in second]
    sentences = list(both)
    for letter, own_notes in (("A", first), ("B", second)):
        for one in own_notes:
            if one not in both:
                text = t(N_("{letter}: {note}"), letter=letter, note=one.text)
                sentences.append(Sentence(text, one.figures))
    return sentences


def _notes_of_side(side: MapSide, t: Translator) -> list[Sentence]:
    if side.measure.kind == "report":
        return notes.published_list_notes(side.snapshot, t)
    if side.measure.kind == "index":
        result = score_index(default_recipe(side.year), side.year)
        return notes.index_notes(result, side.measure.dimension, t)
    return notes.indicator_notes(side.snapshot, side.measure, t)


def _describe_pair(pair: MapPair, third: DifferenceMap | None, t: Translator) -> Sentence:
    head = SentenceBuilder(t).build(N_("Two maps of China’s provinces side by side."))
    sides = [
        alternative.describe_map(side.drawn, side.measure, t, letter)
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    return join_sentences(
        [head, *sides, *(_describe_difference(pair, third, t) if third else [])], t
    )


def _describe_difference(pair: MapPair, third: DifferenceMap, t: Translator) -> list[Sentence]:
    """The third map: who rises and falls most, and who has no difference to show."""
    pen = SentenceBuilder(t)
    cells = pairtitles.notable_differences(pair, third)
    up = [_format_difference(c, pair, third, pen) for c in _largest_differences(cells, 1)]
    down = [_format_difference(c, pair, third, pen) for c in _largest_differences(cells[::-1], -1)]
    none = t(N_("none"))
    message = (
        N_("Third map, change from {early} to {late}: up most: {up}; down most: {down}.")
        if third.basis == "value"
        else N_(
            "Third map, difference in place: most places higher in B: {up}; most places lower in"
            " B: {down}."
        )
    )
    sentence = pen.build(
        message,
        early=third.early,
        late=third.late,
        up=t.join_names(up) or none,
        down=t.join_names(down) or none,
    )
    return [sentence, *alternative.describe_missing(third.drawn.snapshot, t)]


def _largest_differences(cells: list[Cell], sign: int) -> list[Cell]:
    """The first three on one side of nought, and all that are level with the third."""
    results = [cell for cell in cells if sign * (cell.value or 0.0) > 0]
    least = min((abs(cell.value or 0.0) for cell in results[:NAMED_COUNT]), default=0.0)
    return [cell for cell in results if abs(cell.value or 0.0) >= least]


def _format_difference(
    cell: Cell, pair: MapPair, third: DifferenceMap, pen: SentenceBuilder
) -> str:
    if third.basis == "value":
        return pairtitles.format_change_of(cell, pair, third, pen)
    count = pen.cite(
        f"{abs(cell.value or 0):g}", pair.second.measure, pair.second.year, cell.adcode, "moved"
    )
    return pen.t(N_("{name} by {count}"), name=province_name(cell.adcode, pen.t), count=count)
