"""Captions of a bivariate map: both measures of a pair on one map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from geo.analysis import THIRD_COUNT, Bivariate, MapPair, source_line
from geo.captions.caption import Caption, choose_title
from geo.captions.cautions import pair_cautions
from geo.captions.maps import describe_missing, map_foot
from geo.captions.notes import boundary_note, deduplicate, plain_note
from geo.captions.pairs import pair_subtitle, plain_pair_title, side_labels, side_notes
from geo.captions.sentences import Sentence, SentenceBuilder, join_sentences, province_name
from geo.limits import MAX_NAMED_IN_TITLE
from geo.text import N_, Translator

CLASSES_NOTE: Final = N_(
    "Each measure has three classes with about the same number of provinces; "
    "published ranks fall into the rank groups of the report. The numbers are "
    "provinces."
)
LOW: Final = 0
HIGH: Final = THIRD_COUNT - 1


def bivariate_caption(pair: MapPair, bivariate: Bivariate, t: Translator) -> Caption:
    """The caption of both measures on one map; its title says who is high in both."""
    sides = [(side.measure, [side.year]) for side in (pair.first, pair.second)]
    return Caption(
        title=choose_title(_bivariate_titles(pair, bivariate, t), t),
        subtitle=pair_subtitle(pair, t),
        alt=_describe_bivariate(bivariate, t),
        source=source_line(sides, t),
        notes=deduplicate([plain_note(CLASSES_NOTE, t), *side_notes(pair, t), boundary_note(t)]),
        foot=map_foot(sides, pair_cautions(pair, t), t, hints=[plain_note(CLASSES_NOTE, t)]),
    )


def _bivariate_titles(pair: MapPair, bivariate: Bivariate, t: Translator) -> Iterator[Sentence]:
    """Titles on the provinces that are high in both; doubtful values do not count."""
    cells = bivariate.choropleth.snapshot.cells
    sound = [a for a in bivariate.choropleth.index if not cells[a].is_doubtful]
    both = [a for a in _field_members(bivariate, HIGH, HIGH) if a in sound]
    if not sound:
        yield plain_pair_title(pair, t)
        return
    messages = [
        N_("{count} of {of} provinces are in the highest class of both {first} and {second}")
    ]
    if not both:
        messages = [
            N_("None of {of} provinces is in the highest class of both {first} and {second}")
        ]
    elif len(both) <= MAX_NAMED_IN_TITLE:
        messages.insert(
            0,
            N_("{names} are in the highest class of both {first} and {second}")
            if len(both) > 1
            else N_("{names} alone is in the highest class of both {first} and {second}"),
        )
    names = t.join_names([province_name(adcode, t) for adcode in both])
    measure, year = pair.second.measure, pair.second.year
    for first, second in (*side_labels(pair, t), ("A", "B")):
        for message in messages:
            pen = SentenceBuilder(t)
            yield pen.build(
                message,
                first=first,
                second=second,
                names=names,
                count=pen.cite(len(both), measure, year, "", "high in both"),
                of=pen.cite(len(sound), measure, year, "", "compared"),
            )


def _describe_bivariate(bivariate: Bivariate, t: Translator) -> Sentence:
    """The alternative text: who is in the corners of the square, and who has no class."""
    corners = (
        (N_("Both high: {names}."), HIGH, HIGH),
        (N_("Both low: {names}."), LOW, LOW),
        (N_("A high, B low: {names}."), HIGH, LOW),
        (N_("A low, B high: {names}."), LOW, HIGH),
    )
    sentences = [
        SentenceBuilder(t).build(
            N_("Map of China’s provinces by the classes of two measures, A and B.")
        )
    ]
    for message, first, second in corners:
        members = [province_name(a, t) for a in _field_members(bivariate, first, second)]
        names = t.join_names(members) or t(N_("none"))
        sentences.append(SentenceBuilder(t).build(message, names=names))
    return join_sentences([*sentences, *describe_missing(bivariate.choropleth.snapshot, t)], t)


def _field_members(bivariate: Bivariate, first: int, second: int) -> list[str]:
    """The adcodes in a field of the square."""
    place = THIRD_COUNT * first + second
    return [adcode for adcode, held in bivariate.choropleth.index.items() if held == place]
