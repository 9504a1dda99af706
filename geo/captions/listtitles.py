"""Titles of maps of the report's lists: what an edition publishes, and nothing beyond it."""

from __future__ import annotations

from typing import Final

from geo import wording
from geo.captions.caption import fitting
from geo.cells import Cell, Scale, Snapshot, Status
from geo.indicators import Measure
from geo.sentences import Pen, Sentence, name
from geo.text import N_, Texts

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


def of_country(own: Snapshot, measure: Measure, say: Texts) -> Sentence:
    """The first places that are published, and what is not known of the rest."""
    pen = Pen(say)
    cells = sorted((c for c in own.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    slots: dict[str, object] = {"list": say(wording.GROUPS[measure.dimension]), "year": own.year}
    if own.scale is Scale.NAMED:
        count = pen.keep(own.count(Status.NAMED), measure, own.year, "", "count")
        return pen.done(
            N_("“{list}”: the report of {year} names {count} leading provinces and no order"),
            count=count,
            **slots,
        )
    slots["count"] = pen.keep(len(cells), measure, own.year, "", "count")
    slots["of"] = pen.keep(cells[0].of, measure, own.year, cells[0].adcode, "of")
    few = cells if own.scale is Scale.TOP_TEN or len(cells) <= NAMED_COUNT else cells[:1]
    shown = [_place(cell, own, measure, pen) for cell in few[:NAMED_COUNT]]
    slots["places"] = say.listing(shown)
    slots["bare"] = say.listing(
        [_bare_place(cell, own, measure, pen) for cell in few[:NAMED_COUNT]]
    )
    return fitting([pen.done(message, **slots) for message in COUNTRY[own.scale]], say)


def _place(cell: Cell, own: Snapshot, measure: Measure, pen: Pen) -> str:
    return pen.say(
        N_("{name} in {place} place") if own.scale is Scale.AMONG_TEN else N_("{name} {counted}"),
        name=name(cell.adcode, pen.say),
        place=pen.ordinal(cell, measure, own.year),
        counted=pen.counting_word(cell, measure, own.year),
    )


def _bare_place(cell: Cell, own: Snapshot, measure: Measure, pen: Pen) -> str:
    """A place as a bare number, where names are too long for a title otherwise."""
    rank = pen.keep(cell.rank, measure, own.year, cell.adcode, "rank")
    return pen.say(N_("{name} {rank}"), name=name(cell.adcode, pen.say), rank=rank)


def of_province(cell: Cell, own: Snapshot, measure: Measure, say: Texts) -> Sentence:
    """The place of one province, or what there is instead."""
    pen = Pen(say)
    message = UNCLEAR[bool(cell.rank)] if cell.may_mean else PROVINCE[cell.status]
    return pen.done(
        message,
        other=name(cell.may_mean, say) if cell.may_mean else "",
        list=say(wording.GROUPS[measure.dimension]),
        year=own.year,
        name=name(cell.adcode, say),
        place=pen.ordinal(cell, measure, own.year) if cell.rank else "",
        of=pen.keep(cell.of, measure, own.year, cell.adcode, "of"),
    )
