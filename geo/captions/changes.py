"""The caption of a map that displays the change of a measure since a year."""

from __future__ import annotations

from geo.analysis import (
    PERCENT,
    PLACES,
    DifferenceMap,
    MapPair,
    MeasureMap,
    difference_note,
    source_line,
)
from geo.captions.caption import Caption, choose_title
from geo.captions.cautions import pair_cautions
from geo.captions.foot import Caution
from geo.captions.maps import describe_missing, map_foot
from geo.captions.markup import measure_map_heading
from geo.captions.notes import boundary_note, deduplicate, plain_note
from geo.captions.pairs import notable_differences, pair_title
from geo.captions.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.measures import Cell, format_number, measure_unit
from geo.text import N_, Translator

NAMED: int = 3  # provinces with the largest and with the smallest change that a text names


def change_caption(
    shown: MeasureMap, pair: MapPair, difference: DifferenceMap, t: Translator
) -> Caption:
    """Return the caption of a map of a change, from both years and the map of their difference."""
    note = difference_note(difference, t)
    return Caption(
        title=_change_title(shown, pair, difference, t),
        subtitle=t(
            N_("{heading} ({unit})"),
            heading=measure_map_heading(shown, t),
            unit=measure_unit(shown.measure, t),
        ),
        alt=_describe_change(shown, pair, difference, t),
        source=source_line([(shown.base, [side.year for side in (pair.first, pair.second)])], t),
        notes=deduplicate([*([Sentence(note)] if note else []), boundary_note(t)]),
        foot=map_foot(
            [(shown.base, [side.year for side in (pair.first, pair.second)])],
            [*([Caution(Sentence(note))] if note else []), *pair_cautions(pair, t)],
            t,
        ),
    )


def _change_title(
    shown: MeasureMap, pair: MapPair, difference: DifferenceMap, t: Translator
) -> Sentence:
    """A finding; of scores of the open index, which are rescaled each year, only the subject."""
    if shown.base.kind == "index" and shown.display.kind != PLACES:
        return choose_title([plain_note(measure_map_heading(shown, t), t)], t)
    return pair_title(pair, difference, t)


def _describe_change(
    shown: MeasureMap, pair: MapPair, difference: DifferenceMap, t: Translator
) -> Sentence:
    """The map in words: the highest and the lowest changes, and what has none."""
    pen = SentenceBuilder(t)
    cells = notable_differences(pair, difference)
    slots = {
        "heading": measure_map_heading(shown, t),
        "high": t.join_names([_format_change(cell, shown, pen) for cell in cells[:NAMED]]),
        "low": t.join_names([_format_change(cell, shown, pen) for cell in cells[::-1][:NAMED]]),
    }
    message = N_("Map of China’s provinces: {heading}. Highest: {high}; lowest: {low}.")
    missing = describe_missing(shown.choropleth.snapshot, t)
    return join_sentences([pen.build(message, **slots), *missing], t)


def _format_change(cell: Cell, shown: MeasureMap, pen: SentenceBuilder) -> str:
    text = format_number(cell.value or 0.0, shown.measure, pen.t)
    if shown.display.kind == PERCENT:
        text += "%"
    value = pen.cite(text, shown.base, shown.year, cell.adcode, "change")
    return pen.t(N_("{name} ({value})"), name=province_name(cell.adcode, pen.t), value=value)
