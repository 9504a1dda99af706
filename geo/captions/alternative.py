"""What a reader who does not see a map needs: its classes, who is highest and lowest, the gaps."""

from __future__ import annotations

from geo import wording
from geo.captions.figuretitles import sound
from geo.captions.topics import subtitle
from geo.cells import Cell, Scale, Snapshot, Status
from geo.choropleth import Choropleth, MapClass
from geo.indicators import Measure
from geo.report import EVALUATED_COUNT
from geo.sentences import Pen, Sentence, joined, name
from geo.text import N_, Texts

FIRST = 3  # how many of the highest are named
# What has no figure or place: named at the end, so that nobody takes it for low.
GAPS = (
    Status.DOUBTFUL,
    Status.TOO_FEW,
    Status.NOT_PUBLISHED,
    Status.NOT_GIVEN,
    Status.NOT_COVERED,
    Status.NOT_EVALUATED,
)


def of_map(drawn: Choropleth, measure: Measure, say: Texts, letter: str = "") -> Sentence:
    """The map of one measure in words, every number with where it was read.

    letter: that of the map where there are two.
    """
    own = drawn.snapshot
    shown = subtitle(measure, own.year, say)
    head = (
        Pen(say).done(N_("Map {letter}: {subtitle}."), letter=letter, subtitle=shown)
        if letter
        else Pen(say).done(N_("Map of China’s provinces: {subtitle}."), subtitle=shown)
    )
    if own.scale is Scale.QUANTITY:
        parts = [head, _classes(drawn, measure, say), *_ends(own, measure, say)]
    else:
        parts = [head, *_listed(own, measure, say)]
    return joined([*parts, *gaps(own, say)], say)


def _classes(drawn: Choropleth, measure: Measure, say: Texts) -> Sentence:
    """The classes from high to low with how many provinces each holds."""
    pen = Pen(say)
    # Tiers of places run from the best on, values from the lowest.
    tiers = drawn.classes[0].basis == "rank"
    classes = drawn.classes if tiers else drawn.classes[::-1]
    listed = [_class(own, drawn, measure, pen) for own in classes]
    count = pen.keep(len(drawn.classes), measure, drawn.snapshot.year, "", "classes")
    return pen.done(
        N_("{count} classes, dark for high: {classes}."), count=count, classes=say.listing(listed)
    )


def _class(own: MapClass, drawn: Choropleth, measure: Measure, pen: Pen) -> str:
    members = pen.keep(own.count, measure, drawn.snapshot.year, "", "members")
    return pen.say(N_("{label} ({count})"), label=wording.class_label(own, pen.say), count=members)


def _ends(own: Snapshot, measure: Measure, say: Texts) -> list[Sentence]:
    """The first three and the last, of how many provinces, and the country."""
    cells = sound(own)
    found = []
    if cells:
        pen = Pen(say)
        message = (
            N_("Highest: {first}; lowest: {last}.")
            if len(cells) == EVALUATED_COUNT
            else N_("Of {count} provinces with a sound figure highest: {first}; lowest: {last}.")
        )
        # Nobody who is level with the first or the last goes unnamed.
        first = [c for p, c in enumerate(cells) if p < FIRST or c.value == cells[0].value]
        last = [c for c in cells if c.value == cells[-1].value]
        found.append(
            pen.done(
                message,
                count=pen.keep(len(cells), measure, own.year, "", "count"),
                first=_valued(first, own, measure, pen),
                last=_valued(last, own, measure, pen),
            )
        )
    if own.national:
        pen = Pen(say)
        label = say(wording.HOW_NATIONAL[own.national.how])
        value = pen.number(own.national, measure, own.year)
        found.append(pen.done(N_("{label}: {value}."), label=label, value=value))
    return found


def _valued(cells: list[Cell], own: Snapshot, measure: Measure, pen: Pen) -> str:
    """Provinces with their figures; of the open index also with the interval of the rank."""
    return pen.say.listing([_one(cell, own, measure, pen) for cell in cells])


def _one(cell: Cell, own: Snapshot, measure: Measure, pen: Pen) -> str:
    slots = {"name": name(cell.adcode, pen.say), "value": pen.number(cell, measure, own.year)}
    if cell.low is None:
        return pen.say(N_("{name} ({value})"), **slots)
    return pen.say(
        N_("{name} ({value}; rank {low} to {high} by method)"),
        low=pen.keep(cell.low, measure, own.year, cell.adcode, "low"),
        high=pen.keep(cell.high, measure, own.year, cell.adcode, "high"),
        **slots,
    )


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
    counted = pen.counting_word(cell, measure, own.year)
    if cell.may_mean:
        return pen.say(
            N_("{name} or {other} {counted}"),
            name=name(cell.adcode, pen.say),
            other=name(cell.may_mean, pen.say),
            counted=counted,
        )
    return pen.say(N_("{name} {counted}"), name=name(cell.adcode, pen.say), counted=counted)


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
