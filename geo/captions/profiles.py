"""The words around a picture of one province."""

from __future__ import annotations

from typing import Final

from geo import wording
from geo.captions import notes, sources
from geo.captions.caption import Caption
from geo.cells import Status
from geo.indicators import dimension_ids, indicators_of
from geo.profile import Standing, comparable_standings, published_standings, standing_in
from geo.provinces import provinces
from geo.report import LIST_LENGTH
from geo.sentences import (
    Sentence,
    SentenceBuilder,
    describe_province,
    join_sentences,
    province_name,
)
from geo.text import N_, Translator

EDITION: Final = 2017  # of the report whose comprehensive list a profile names


def profile_caption(adcode: str, year: int, t: Translator) -> Caption:
    """The words around the profile of a province, each indicator in its year nearest to `year`.

    A unit that is not evaluated has a profile that says so. Raises KeyError for an unknown adcode.
    """
    standings = comparable_standings(adcode, year) if provinces()[adcode].evaluated else []
    indicators = [measure for group in dimension_ids() for measure in indicators_of(group)]
    head = SentenceBuilder(t).build(
        N_("Profile of {name} by its places in the open indicators of six dimensions."),
        name=province_name(adcode, t),
    )
    return Caption(
        title=_profile_title(adcode, standings, year, t),
        subtitle=t(
            N_("{name}: open indicators by dimension, {year} or the nearest year of each"),
            name=province_name(adcode, t),
            year=year,
        ),
        alt=join_sentences([head, *describe_province(adcode, year, t)], t),
        source=sources.profile_source_line(indicators, EDITION, t),
        notes=notes.deduplicate(
            [
                *_ambiguity_notes(adcode, t),
                *_left_out_notes(adcode, year, t),
                notes.boundary_note(t),
            ]
        ),
    )


def _profile_title(adcode: str, standings: list[Standing], year: int, t: Translator) -> Sentence:
    pen = SentenceBuilder(t)
    if not standings:
        return pen.build(
            N_("{name} is not evaluated by the report, and has no open indicators here"),
            name=province_name(adcode, t),
        )
    high = sum((s.cell.rank or 0) <= LIST_LENGTH for s in standings)
    low = sum((s.cell.rank or 0) > (s.cell.of or 0) - LIST_LENGTH for s in standings)
    first = standings[0].measure

    def number(count: int, part: str) -> str:
        return pen.cite(count, first, year, adcode, part)

    return pen.build(
        N_(
            "{name} is among the first ten in {high} of {total} open indicators, among the last"
            " ten in {low}"
        ),
        name=province_name(adcode, t),
        high=number(high, "first ten"),
        total=number(len(standings), "indicators"),
        low=number(low, "last ten"),
    )


def _ambiguity_notes(adcode: str, t: Translator) -> list[Sentence]:
    """Of a published place that may be another province's, why it is marked."""
    if not provinces()[adcode].evaluated:
        return []
    lists = published_standings(adcode).values()
    return notes.ambiguity_notes((standings[0].cell for standings in lists), t)


def _left_out_notes(adcode: str, year: int, t: Translator) -> list[Sentence]:
    """The indicators that the title does not count, and why."""
    if not provinces()[adcode].evaluated:
        return [notes.plain_note(wording.STATUS_NOTES[Status.NOT_EVALUATED], t)]
    every = [
        standing_in(adcode, m, year) for group in dimension_ids() for m in indicators_of(group)
    ]
    sentences = []
    for message, status in (
        (N_("Left out as doubtful: {measures}."), Status.DOUBTFUL),
        (N_("No figure is published: {measures}."), Status.NOT_PUBLISHED),
    ):
        named = [
            t(
                N_("{measure}, {year}"),
                measure=wording.measure_name(one.measure, t),
                year=one.year,
            )
            for one in every
            if one.cell.status is status
        ]
        if named:
            sentences.append(
                notes.plain_note(message, t, measures=t.localized("; ", "；").join(named))
            )
    return sentences
