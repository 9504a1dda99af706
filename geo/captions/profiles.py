"""The words around a picture of one province."""

from __future__ import annotations

from typing import Final

from geo import wording
from geo.captions import notes, sources
from geo.captions.caption import Caption
from geo.cells import Status
from geo.indicators import dimensions, measures_of
from geo.profile import Standing, index_standings, report_standings, standing
from geo.provinces import provinces
from geo.report import LIST_LENGTH
from geo.sentences import Pen, Sentence, joined, name, portrait
from geo.text import N_, Texts

EDITION: Final = 2017  # of the report whose comprehensive list a profile names


def profile_caption(adcode: str, year: int, say: Texts) -> Caption:
    """The words around the profile of a province, each indicator in its year nearest to `year`.

    A unit that is not evaluated has a profile that says so. Raises KeyError for an unknown adcode.
    """
    own = index_standings(adcode, year) if provinces()[adcode].evaluated else []
    indicators = [measure for group in dimensions() for measure in measures_of(group)]
    head = Pen(say).done(
        N_("Profile of {name} by its places in the open indicators of six dimensions."),
        name=name(adcode, say),
    )
    return Caption(
        title=_title(adcode, own, year, say),
        subtitle=say(
            N_("{name}: open indicators by dimension, {year} or the nearest year of each"),
            name=name(adcode, say),
            year=year,
        ),
        alt=joined([head, *portrait(adcode, year, say)], say),
        source=sources.profile_line(indicators, EDITION, say),
        notes=notes.once(
            [*_remarks(adcode, say), *_left_out(adcode, year, say), notes.boundaries(say)]
        ),
    )


def _title(adcode: str, own: list[Standing], year: int, say: Texts) -> Sentence:
    pen = Pen(say)
    if not own:
        return pen.done(
            N_("{name} is not evaluated by the report, and has no open indicators here"),
            name=name(adcode, say),
        )
    high = sum((s.cell.rank or 0) <= LIST_LENGTH for s in own)
    low = sum((s.cell.rank or 0) > (s.cell.of or 0) - LIST_LENGTH for s in own)
    first = own[0].measure

    def number(count: int, part: str) -> str:
        return pen.keep(count, first, year, adcode, part)

    return pen.done(
        N_(
            "{name} is among the first ten in {high} of {total} open indicators, among the last"
            " ten in {low}"
        ),
        name=name(adcode, say),
        high=number(high, "first ten"),
        total=number(len(own), "indicators"),
        low=number(low, "last ten"),
    )


def _remarks(adcode: str, say: Texts) -> list[Sentence]:
    """Of a published place that may be another province's, why it is marked."""
    if not provinces()[adcode].evaluated:
        return []
    cells = [own[0].cell for own in report_standings(adcode).values()]
    return [
        Sentence(say(N_("? {remark}"), remark=wording.doubt(cell, say)))
        for cell in cells
        if cell.may_mean
    ]


def _left_out(adcode: str, year: int, say: Texts) -> list[Sentence]:
    """The indicators that the title does not count, and why."""
    if not provinces()[adcode].evaluated:
        return [notes.plain(wording.STATUS_NOTES[Status.NOT_EVALUATED], say)]
    every = [standing(adcode, m, year) for group in dimensions() for m in measures_of(group)]
    found = []
    for message, status in (
        (N_("Left out as doubtful: {measures}."), Status.DOUBTFUL),
        (N_("No figure is published: {measures}."), Status.NOT_PUBLISHED),
    ):
        named = [
            say(
                N_("{measure}, {year}"),
                measure=wording.measure_name(one.measure, say),
                year=one.year,
            )
            for one in every
            if one.cell.status is status
        ]
        if named:
            found.append(notes.plain(message, say, measures=say.pick("; ", "；").join(named)))
    return found
