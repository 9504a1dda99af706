"""The legends of two maps and the third: one for both where they share their classes."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Final

from geo.cells import Status
from geo.compare import pairnotes
from geo.compare.pair import Pair
from geo.compare.third import Third
from geo.picture import legend
from geo.picture.legend import Entry, Legend
from geo.text import N_, Texts

# What shared classes are cut over where it is not the values.
HEADS: Final = {"percentile": N_("Percentile rank"), "rank": N_("Place among 31")}


def legends(pair: Pair, third: Third | None, says: Sequence[Texts]) -> list[Legend]:
    """The legend of both maps, or one for each, and that of the third map if there is one."""
    sides = (pair.first, pair.second)
    if pair.basis:
        found = [_shared(pair, says)]
    else:
        found = []
        for letter, side in zip("AB", sides, strict=True):
            own = legend.of_side(side.measure, side.drawn, says)
            first, *more = own.heads
            found.append(replace(own, heads=[f"{letter} · {first}", *more]))
    if not third:
        return found
    keyed = {status for side in sides for status in side.drawn.keyed_statuses()}
    return [*found, _of_third(third, says, keyed)]


def _shared(pair: Pair, says: Sequence[Texts]) -> Legend:
    drawn = [pair.first.drawn, pair.second.drawn]
    heads = legend.heads(pair.first.measure, says)
    if pair.basis in HEADS:
        heads = list(dict.fromkeys(say(HEADS[pair.basis]) for say in says))
    groups = [legend.classes(drawn, says), legend.keys(drawn, says)]
    return Legend(heads, [own for own in groups if own], legend.method(pair.first.drawn, says))


def _of_third(third: Third, says: Sequence[Texts], keyed: Set[Status]) -> Legend:
    """Diverging classes under the words for either side of nought, each in a group of its own.

    keyed: the statuses that have a key beside the other maps already.
    """
    classes = legend.classes([third.drawn], says)
    below, above = third.sides
    middle = len(classes) - below - above
    groups: list[list[Entry]] = []
    for order, part in ((0, classes[:below]), (1, classes[below:])):
        if not part:
            continue
        words = legend.entry_of(says, "words", partial(_side, third, order))
        # Those in the same place stand between the two, on neither side.
        groups.append([*part[:middle], words, *part[middle:]] if order else [words, *part])
    more = set(third.drawn.keyed_statuses()) - keyed
    keys = legend.keys([third.drawn], says) if more else []
    return Legend((), [*groups, keys] if keys else groups)


def _side(third: Third, order: int, say: Texts) -> list[str]:
    return [pairnotes.split(third, say)[order]]
