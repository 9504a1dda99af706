"""The words around a picture of compared provinces, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geo import wording
from geo.captions import notes, sources
from geo.captions.caption import Caption, fitting
from geo.cells import Cell, Status
from geo.compare import gaps
from geo.compare.gaps import Row
from geo.index.recipe import named_recipes
from geo.indicators import Measure, dimensions, measures_of
from geo.ranking import count_level_beyond
from geo.sentences import Pen, Sentence, joined, name
from geo.text import N_, Texts

EDITION: Final = 2017  # of the report whose comprehensive list the source line names
MOST_NAMED: Final = 4  # provinces that a title names
TWO: Final = 2
# Rows of open indicators, each with the cells of the provinces in order of rank.
Ordered = list[tuple[Row, list[Cell]]]


def provinces_caption(chosen: Sequence[str], year: int, say: Texts) -> Caption:
    """The words around provinces side by side, each measure in its year nearest to `year`.

    chosen: adcodes, two or more. The title counts the open indicators of the six dimensions in
    which every chosen province has a sound rank; a first place that is shared counts for none.
    """
    rows = gaps.rows(chosen, year, "dimension")
    indicators = [measure for group in dimensions() for measure in measures_of(group)]
    ordered = _ordered(rows)
    names = say.listing([name(adcode, say) for adcode in chosen])
    return Caption(
        title=_title(chosen, ordered, say),
        subtitle=say(
            N_(
                "{names}: published ranks, open index, indicators, {year} or the nearest year of"
                " each"
            ),
            names=names if len(chosen) <= MOST_NAMED else _number(chosen, say),
            year=year,
        ),
        alt=_alternative(chosen, ordered, say),
        source=sources.profile_line(indicators, EDITION, say),
        notes=notes.once(_notes(rows, ordered, say)),
    )


def _number(chosen: Sequence[str], say: Texts) -> str:
    return say(N_("{count} provinces"), count=len(chosen))


def _ordered(rows: Mapping[str, Sequence[Row]]) -> Ordered:
    """The open indicators in which all chosen have a sound rank, the best province first."""
    found = []
    for group in dimensions():
        for row in rows[group]:
            if all(cell.rank and cell.status is not Status.DOUBTFUL for cell in row.cells):
                found.append((row, sorted(row.cells, key=lambda cell: cell.rank or 0)))
    return found


def _leads(adcode: str, ordered: Ordered) -> int:
    """In how many indicators a province alone stands before the others."""
    return sum(cells[0].adcode == adcode and cells[0].rank != cells[1].rank for _, cells in ordered)


def _trails(adcode: str, ordered: Ordered) -> int:
    """In how many a province alone stands behind the others."""
    return sum(
        cells[-1].adcode == adcode and cells[-1].rank != cells[-2].rank for _, cells in ordered
    )


def _title(chosen: Sequence[str], ordered: Ordered, say: Texts) -> Sentence:
    """Who leads in most indicators; without one such, who stands beside whom."""
    counts = {adcode: _leads(adcode, ordered) for adcode in chosen}
    most = max(counts.values())
    first = [adcode for adcode, count in counts.items() if count == most]
    if not most or len(first) > 1:
        return fitting(_beside(chosen, say), say)
    own = first[0]
    pen = Pen(say)
    row = ordered[0][0]
    slots: dict[str, object] = {
        "name": name(own, say),
        "count": pen.keep(most, row.measure, row.year, own, "leads"),
        "total": pen.keep(len(ordered), row.measure, row.year, "", "indicators"),
    }
    if len(chosen) == TWO:
        other = next(adcode for adcode in chosen if adcode != own)
        return pen.done(
            N_("{name} ranks above {other} in {count} of {total} open indicators"),
            other=name(other, say),
            **slots,
        )
    return pen.done(
        N_("{name} ranks first of these {of} provinces in {count} of {total} open indicators"),
        of=len(chosen),
        **slots,
    )


def _beside(chosen: Sequence[str], say: Texts) -> list[Sentence]:
    named = say.listing([name(adcode, say) for adcode in chosen])
    return [
        Pen(say).done(N_("{names} side by side"), names=names)
        for names in (named, _number(chosen, say))
    ]


def _alternative(chosen: Sequence[str], ordered: Ordered, say: Texts) -> Sentence:
    """Who leads and trails how often, and where they lie furthest apart."""
    names = say.listing([name(adcode, say) for adcode in chosen])
    found = [
        Pen(say).done(
            N_("Provinces side by side, measure by measure, marked among all: {names}."),
            names=names,
        )
    ]
    if ordered:
        found += [_standing(adcode, ordered, say) for adcode in chosen]
        found.append(_widest(ordered, say))
    return joined(found, say)


def _standing(adcode: str, ordered: Ordered, say: Texts) -> Sentence:
    pen = Pen(say)
    row: Row = ordered[0][0]
    measure: Measure = row.measure
    return pen.done(
        N_("{name}: first of them in {first}, last in {last} of {total} open indicators."),
        name=name(adcode, say),
        first=pen.keep(_leads(adcode, ordered), measure, row.year, adcode, "leads"),
        last=pen.keep(_trails(adcode, ordered), measure, row.year, adcode, "trails"),
        total=pen.keep(len(ordered), measure, row.year, "", "indicators"),
    )


def _widest(ordered: Ordered, say: Texts) -> Sentence:
    row, cells = max(ordered, key=lambda own: own[0].gap or 0.0)
    more = count_level_beyond(sorted((own.gap or 0.0 for own, _ in ordered), reverse=True), 1)
    pen = Pen(say)
    best, worst = cells[0], cells[-1]
    return pen.done(
        N_(
            "Furthest apart in “{measure}”: {best} at rank {first}, {worst} at rank {last}; as far"
            " apart in {more} more."
        )
        if more
        else N_("Furthest apart in “{measure}”: {best} at rank {first}, {worst} at rank {last}."),
        measure=wording.measure_name(row.measure, say),
        best=name(best.adcode, say),
        first=pen.keep(best.rank, row.measure, row.year, best.adcode, "rank"),
        worst=name(worst.adcode, say),
        last=pen.keep(worst.rank, row.measure, row.year, worst.adcode, "rank"),
        more=pen.keep(more, row.measure, row.year, "", "level"),
    )


def _notes(rows: Mapping[str, Sequence[Row]], ordered: Ordered, say: Texts) -> list[Sentence]:
    """How rows are to be read, whose the open index is, and what the title leaves out."""
    found = [
        notes.plain(gaps.NOTES["value"], say),
        notes.plain(named_recipes()["default"].note, say),
    ]
    every = [row for group in dimensions() for row in rows[group]]
    counted = [row for row, _ in ordered]
    left = [row for row in every if row not in counted]
    if left:
        named = [wording.measure_name(row.measure, say) for row in left]
        found.insert(
            1,
            notes.plain(
                N_("The count leaves out where one has no sound rank: {measures}."),
                say,
                measures=say.pick("; ", "；").join(named),
            ),
        )
    return found
