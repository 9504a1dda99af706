"""The words around two maps and the third that says how they differ."""

from __future__ import annotations

from geo.captions import alternative, notes, pairtitles, sources
from geo.captions.caption import Caption
from geo.captions.topics import subtitle, with_unit
from geo.cells import Cell
from geo.compare import pairnotes
from geo.compare.pair import Pair, Side
from geo.compare.third import Third
from geo.compare.third import third as third_of
from geo.errors import InputError
from geo.index.model import score
from geo.openindex import recipe
from geo.sentences import Pen, Sentence, joined, name
from geo.text import N_, Texts

NAMED_COUNT = 3  # moves on either side that the description names


def comparison_caption(pair: Pair, third: Third | None, say: Texts) -> Caption:
    """The words around two maps; third: the map of their difference, None where it is not shown.

    Without a third map the title tells no change, and the notes say so where none can be formed.
    """
    sides = (pair.first, pair.second)
    return Caption(
        title=pairtitles.title(pair, third, say),
        subtitle=_subtitle(pair, say),
        alt=_alternative(pair, third, say),
        source=sources.line([(side.measure, side.year) for side in sides], say),
        notes=notes.once([*_how(pair, third, say), *_of_sides(pair, say), notes.boundaries(say)]),
    )


def _subtitle(pair: Pair, say: Texts) -> str:
    if pair.same_measure:
        return say(
            N_("{measure}; A {first}, B {second}"),
            measure=with_unit(pair.first.measure, say),
            first=pair.first.year,
            second=pair.second.year,
        )
    shown = [subtitle(side.measure, side.year, say) for side in (pair.first, pair.second)]
    return say(N_("A: {first}. B: {second}"), first=shown[0], second=shown[1])


def _how(pair: Pair, third: Third | None, say: Texts) -> list[Sentence]:
    """What equal colours mean, and what the third map is or why there is none."""
    found = [notes.plain(pairnotes.NOTES[pair.basis], say)]
    if third:
        told = pairnotes.third_note(third, say)
        return [*found, Sentence(told)] if told else found
    try:
        third_of(pair)
    except InputError as error:
        found.append(notes.plain(error.message, say, **error.slots))
    return found


def _of_sides(pair: Pair, say: Texts) -> list[Sentence]:
    """The notes of both maps, with their letter where they are not of both."""
    first, second = (_of_side(side, say) for side in (pair.first, pair.second))
    both = [one for one in first if one in second]
    found = list(both)
    for letter, own in (("A", first), ("B", second)):
        for one in own:
            if one not in both:
                text = say(N_("{letter}: {note}"), letter=letter, note=one.text)
                found.append(Sentence(text, one.figures))
    return found


def _of_side(side: Side, say: Texts) -> list[Sentence]:
    if side.measure.kind == "report":
        return notes.of_list(side.snapshot, say)
    if side.measure.kind == "index":
        result = score(recipe(side.year), side.year)
        return notes.of_index(result, side.measure.dimension, say)
    return notes.of_figures(side.snapshot, side.measure, say)


def _alternative(pair: Pair, third: Third | None, say: Texts) -> Sentence:
    head = Pen(say).done(N_("Two maps of China’s provinces side by side."))
    sides = [
        alternative.of_map(side.drawn, side.measure, say, letter)
        for side, letter in ((pair.first, "A"), (pair.second, "B"))
    ]
    return joined([head, *sides, *(_third(pair, third, say) if third else [])], say)


def _third(pair: Pair, third: Third, say: Texts) -> list[Sentence]:
    """The third map: who rises and falls most, and who has no difference to show."""
    pen = Pen(say)
    cells = pairtitles.quotable(pair, third)
    up = [_moved(c, pair, third, pen) for c in _furthest(cells, 1)]
    down = [_moved(c, pair, third, pen) for c in _furthest(cells[::-1], -1)]
    none = say(N_("none"))
    message = (
        N_("Third map, change from {early} to {late}: up most: {up}; down most: {down}.")
        if third.basis == "value"
        else N_(
            "Third map, difference in place: most places higher in B: {up}; most places lower in"
            " B: {down}."
        )
    )
    found = pen.done(
        message,
        early=third.early,
        late=third.late,
        up=say.listing(up) or none,
        down=say.listing(down) or none,
    )
    return [found, *alternative.gaps(third.drawn.snapshot, say)]


def _furthest(cells: list[Cell], sign: int) -> list[Cell]:
    """The first three on one side of nought, and all that are level with the third."""
    found = [cell for cell in cells if sign * (cell.value or 0.0) > 0]
    least = min((abs(cell.value or 0.0) for cell in found[:NAMED_COUNT]), default=0.0)
    return [cell for cell in found if abs(cell.value or 0.0) >= least]


def _moved(cell: Cell, pair: Pair, third: Third, pen: Pen) -> str:
    if third.basis == "value":
        return pairtitles.from_to(cell, pair, third, pen)
    count = pen.keep(
        f"{abs(cell.value or 0):g}", pair.second.measure, pair.second.year, cell.adcode, "moved"
    )
    return pen.say(N_("{name} by {count}"), name=name(cell.adcode, pen.say), count=count)
