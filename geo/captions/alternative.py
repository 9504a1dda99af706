"""What a reader who does not see a map needs: its classes, who is highest and lowest, the gaps."""

from __future__ import annotations

from geo import wording
from geo.captions.figuretitles import sound
from geo.cells import Cell, Scale, Snapshot, Status
from geo.choropleth import Choropleth, MapClass
from geo.indicators import Measure
from geo.sentences import Pen, Sentence, joined, leaders, name
from geo.text import N_, Texts

# What has no figure or place: named at the end, so that nobody takes it for low.
GAPS = (Status.DOUBTFUL, Status.TOO_FEW, Status.NOT_PUBLISHED, Status.NOT_EVALUATED)


def of_map(drawn: Choropleth, measure: Measure, say: Texts) -> Sentence:
    """The map of one measure in words, every number with where it was read."""
    own = drawn.snapshot
    head = Pen(say).done(
        N_("Map of China’s provinces: {measure}, {year}."),
        measure=wording.titled(measure, say),
        year=own.year,
    )
    if own.scale is Scale.QUANTITY:
        parts = [head, _classes(drawn, measure, say), *_ends(own, measure, say)]
    else:
        parts = [head, *_listed(own, measure, say)]
    return joined([*parts, *gaps(own, say)], say)


def _classes(drawn: Choropleth, measure: Measure, say: Texts) -> Sentence:
    """The classes from high to low with how many provinces each holds."""
    pen = Pen(say)
    listed = [_class(own, drawn, measure, pen) for own in reversed(drawn.classes)]
    count = pen.keep(len(drawn.classes), measure, drawn.snapshot.year, "", "classes")
    return pen.done(
        N_("{count} classes, dark for high: {classes}."), count=count, classes=say.listing(listed)
    )


def _class(own: MapClass, drawn: Choropleth, measure: Measure, pen: Pen) -> str:
    members = pen.keep(own.count, measure, drawn.snapshot.year, "", "members")
    return pen.say(N_("{label} ({count})"), label=wording.class_label(own, pen.say), count=members)


def _ends(own: Snapshot, measure: Measure, say: Texts) -> list[Sentence]:
    """The first and the last, with the gap where there is one, and the country."""
    found = [leaders(measure, own.year, say)] if not own.ours else []
    return [*found, *_last(own, measure, say), *_national(own, measure, say)]


def _last(own: Snapshot, measure: Measure, say: Texts) -> list[Sentence]:
    cells = sound(own)
    if not cells:
        return []
    pen = Pen(say)
    last = [cell for cell in cells if cell.value == cells[-1].value]
    value = pen.number(last[0], measure, own.year)
    names = say.listing([name(cell.adcode, say) for cell in last])
    return [pen.done(N_("Lowest among them: {names} ({value})."), names=names, value=value)]


def _national(own: Snapshot, measure: Measure, say: Texts) -> list[Sentence]:
    if own.national is None:
        return []
    pen = Pen(say)
    value = pen.national(own.national, measure, own.year)
    label = say(wording.HOW_NATIONAL[own.national.how])
    return [pen.done(N_("{label}: {value}."), label=label, value=value)]


def _listed(own: Snapshot, measure: Measure, say: Texts) -> list[Sentence]:
    """A list of the report in its order, or the names that have none."""
    pen = Pen(say)
    placed = sorted((c for c in own.cells.values() if c.rank), key=lambda cell: cell.rank or 0)
    named = [name(c.adcode, say) for c in own.cells.values() if c.status is Status.NAMED]
    shown = [_place(cell, own, measure, pen) for cell in placed] or named
    message = (
        N_("Named without a rank: {list}.")
        if named
        else N_("Places among the comprehensive ten alone: {list}.")
        if own.scale is Scale.AMONG_TEN
        else N_("Published places among 31: {list}.")
    )
    found = [pen.done(message, list=say.listing(shown))]
    if own.count(Status.OUTSIDE):
        found.append(Pen(say).done(N_("The other provinces are outside the published ten.")))
    return found


def _place(cell: Cell, own: Snapshot, measure: Measure, pen: Pen) -> str:
    rank = pen.keep(cell.rank, measure, own.year, cell.adcode, "rank")
    return pen.say(N_("{name} {rank}"), name=name(cell.adcode, pen.say), rank=rank)


def gaps(own: Snapshot, say: Texts) -> list[Sentence]:
    """Who has no figure or place, and whose is doubtful, status by status."""
    found = []
    for status in GAPS:
        names = [name(c.adcode, say) for c in own.cells.values() if c.status is status]
        if names:
            message = N_("{status}: {names}.")
            label = wording.status(status, say)
            found.append(Pen(say).done(message, status=label, names=say.listing(names)))
    return found
