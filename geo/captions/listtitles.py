"""Titles of maps of the report's lists: what an edition publishes, and nothing beyond it."""

from __future__ import annotations

from typing import Final

from geo import wording
from geo.captions.caption import choose_title
from geo.cells import Cell, Scale, Snapshot, Status
from geo.indicators import Measure
from geo.sentences import Sentence, SentenceBuilder, province_name
from geo.text import N_, Translator

NAMED_COUNT: Final = 3  # places that a title tells

COUNTRY: Final = {
    Scale.TOP_TEN: (
        N_("The report of {year} ranks {places} of {of} in “{list}”"),
        N_("“{list}”, report of {year}: {places} of {of}"),
        N_("“{list}”, report of {year}: {bare} of {of}"),
    ),
    Scale.PARTIAL: (N_("“{list}”, report of {year}: {count} of {of} ranks known, with {places}"),),
    Scale.AMONG_TEN: (
        N_("“{list}”, report of {year}: only {places} among the comprehensive {of} is known"),
    ),
}
PROVINCE: Final = {
    Status.RANK: N_("“{list}”, report of {year}: {name} ranks {place} of {of}"),
    Status.RANK_AMONG_TEN: N_(
        "“{list}”, report of {year}: {name} is {place} among the comprehensive {of} alone"
    ),
    Status.NAMED: N_("“{list}”, report of {year}: {name} is among the leading ten, without a rank"),
    Status.OUTSIDE: N_("“{list}”, report of {year}: {name} is outside the published ten"),
    Status.NOT_PUBLISHED: N_("“{list}”, report of {year}: no place of {name} is known"),
    Status.NOT_EVALUATED: N_("The report of {year} does not evaluate {name}"),
}
# Where a published name may mean another province: of the one without a place, of the one with it.
UNCLEAR: Final = {
    False: N_("“{list}”, report of {year}: {name} is outside the ten, unless “{other}” means it"),
    True: N_("“{list}”, report of {year}: {name}, or {other}, ranks {place} of {of}"),
}


def list_title_for_country(snapshot: Snapshot, measure: Measure, t: Translator) -> Sentence:
    """The first places that are published, and what is not known of the rest."""
    pen = SentenceBuilder(t)
    cells = sorted((c for c in snapshot.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    slots: dict[str, object] = {
        "list": t(wording.GROUPS[measure.dimension]),
        "year": snapshot.year,
    }
    if snapshot.scale is Scale.NAMED:
        count = pen.cite(snapshot.count_status(Status.NAMED), measure, snapshot.year, "", "count")
        return pen.build(
            N_("“{list}”: the report of {year} names {count} leading provinces and no order"),
            count=count,
            **slots,
        )
    slots["count"] = pen.cite(len(cells), measure, snapshot.year, "", "count")
    slots["of"] = pen.cite(cells[0].of, measure, snapshot.year, cells[0].adcode, "of")
    few = cells if snapshot.scale is Scale.TOP_TEN or len(cells) <= NAMED_COUNT else cells[:1]
    lines = [_format_list_place(cell, snapshot, measure, pen) for cell in few[:NAMED_COUNT]]
    slots["places"] = t.join_names(lines)
    slots["bare"] = t.join_names(
        [_format_bare_place(cell, snapshot, measure, pen) for cell in few[:NAMED_COUNT]]
    )
    return choose_title([pen.build(message, **slots) for message in COUNTRY[snapshot.scale]], t)


def _format_list_place(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    return pen.t(
        N_("{name} in {place} place")
        if snapshot.scale is Scale.AMONG_TEN
        else N_("{name} {counted}"),
        name=province_name(cell.adcode, pen.t),
        place=pen.cite_ordinal(cell, measure, snapshot.year),
        counted=pen.cite_list_place(cell, measure, snapshot.year),
    )


def _format_bare_place(
    cell: Cell, snapshot: Snapshot, measure: Measure, pen: SentenceBuilder
) -> str:
    """A place as a bare number, where names are too long for a title otherwise."""
    rank = pen.cite(cell.rank, measure, snapshot.year, cell.adcode, "rank")
    return pen.t(N_("{name} {rank}"), name=province_name(cell.adcode, pen.t), rank=rank)


def list_title_for_province(
    cell: Cell, snapshot: Snapshot, measure: Measure, t: Translator
) -> Sentence:
    """The place of one province, or what there is instead."""
    pen = SentenceBuilder(t)
    message = UNCLEAR[bool(cell.rank)] if cell.may_mean else PROVINCE[cell.status]
    return pen.build(
        message,
        other=province_name(cell.may_mean, t) if cell.may_mean else "",
        list=t(wording.GROUPS[measure.dimension]),
        year=snapshot.year,
        name=province_name(cell.adcode, t),
        place=pen.cite_ordinal(cell, measure, snapshot.year) if cell.rank else "",
        of=pen.cite(cell.of, measure, snapshot.year, cell.adcode, "of"),
    )
