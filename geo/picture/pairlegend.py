"""The legends of two maps and the third: one for both where they share their classes."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Final

from geo.cells import Status
from geo.compare import pairnotes
from geo.compare.pair import MapPair
from geo.compare.third import DifferenceMap
from geo.picture import legend
from geo.picture.legend import FigureLegend, LegendEntry
from geo.text import N_, Translator

# What shared classes are cut over where it is not the values.
HEADS: Final = {"percentile": N_("Percentile rank"), "rank": N_("Place among 31")}


def pair_legends(
    pair: MapPair, third: DifferenceMap | None, translators: Sequence[Translator]
) -> list[FigureLegend]:
    """The legend of both maps, or one for each, and that of the third map if there is one."""
    sides = (pair.first, pair.second)
    if pair.basis:
        legends = [_shared_legend(pair, translators)]
    else:
        legends = []
        for letter, side in zip("AB", sides, strict=True):
            figure_legend = legend.legend_of_side(side.measure, side.drawn, translators)
            first, *more = figure_legend.heads
            legends.append(replace(figure_legend, heads=[f"{letter} · {first}", *more]))
    if not third:
        return legends
    keyed = {status for side in sides for status in side.drawn.keyed_statuses()}
    return [*legends, _difference_legend(third, translators, keyed)]


def _shared_legend(pair: MapPair, translators: Sequence[Translator]) -> FigureLegend:
    drawn = [pair.first.drawn, pair.second.drawn]
    heads = legend.legend_heads(pair.first.measure, translators)
    if pair.basis in HEADS:
        heads = list(dict.fromkeys(t(HEADS[pair.basis]) for t in translators))
    groups = [legend.class_entries(drawn, translators), legend.status_entries(drawn, translators)]
    return FigureLegend(
        heads,
        [group for group in groups if group],
        legend.classification_notes(pair.first.drawn, translators),
    )


def _difference_legend(
    third: DifferenceMap, translators: Sequence[Translator], keyed: Set[Status]
) -> FigureLegend:
    """Diverging classes under the words for either side of nought, each in a group of its own.

    keyed: the statuses that have a key beside the other maps already.
    """
    classes = legend.class_entries([third.drawn], translators)
    below, above = third.sides
    middle = len(classes) - below - above
    groups: list[list[LegendEntry]] = []
    for order, part in ((0, classes[:below]), (1, classes[below:])):
        if not part:
            continue
        words = legend.build_entry(translators, "words", partial(_side_heads, third, order))
        # Those in the same place stand between the two, on neither side.
        groups.append([*part[:middle], words, *part[middle:]] if order else [words, *part])
    more = set(third.drawn.keyed_statuses()) - keyed
    keys = legend.status_entries([third.drawn], translators) if more else []
    return FigureLegend((), [*groups, keys] if keys else groups)


def _side_heads(third: DifferenceMap, order: int, t: Translator) -> list[str]:
    return [pairnotes.side_titles(third, t)[order]]
