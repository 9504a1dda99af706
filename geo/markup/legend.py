"""The legend of a map: classes with their counts, marks, and keys of the statuses.

Its rows are buttons, because hovering or focusing one dims everything else on the map; the
map's script listens to them.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from geo import classify, wording
from geo.cells import STATUS_ORDER, Scale
from geo.choropleth import LOOKS, Choropleth
from geo.indicators import Measure
from geo.markup.heading import note
from geo.provinces import provinces
from geo.text import N_, Texts


def legend(measure: Measure, drawn: Choropleth, say: Texts, province: str = "") -> Markup:
    """The legend of one map, and how its classes came about; province: the one to mark."""
    parts = [classes([drawn], say), marks(measure, drawn, say, province), keys([drawn], say)]
    return Markup('<div class="legend" role="group" aria-label="{}">{}</div>{}').format(
        say(N_("Legend")), Markup("").join(parts), note(_note(drawn, say))
    )


def classes(drawn: Sequence[Choropleth], say: Texts) -> Markup:
    """The classes of a map, or those that several maps share, with the provinces in each."""
    rows = [
        Markup(
            '<button type="button" data-class="{}"><i style="background:{}"></i>'
            "<span>{}</span><small>{}</small></button>"
        ).format(
            place,
            own.colour,
            wording.class_label(own, say),
            wording.counts([other.counted(place) for other in drawn], say),
        )
        for place, own in enumerate(drawn[0].classes)
    ]
    return (
        Markup('<div class="classes">{}</div>').format(Markup("").join(rows)) if rows else Markup()
    )


def marks(measure: Measure, drawn: Choropleth, say: Texts, province: str = "") -> Markup:
    """Where the national value and the selected province fall on the scale of the classes."""
    if drawn.breaks is None:
        return Markup()
    found = []
    national = drawn.snapshot.national
    if national:
        name = say(wording.HOW_NATIONAL_SHORT[national.how])
        found.append(("national", name, national.value))
    cell = drawn.snapshot.cells.get(province)
    if cell and cell.value is not None:
        found.append(("chosen", provinces()[cell.adcode].name(say.lang), cell.value))
    rows = [
        Markup('<span class="{} {}" style="left:{:.1f}%">{} {}</span>').format(
            kind,
            "far" if along(drawn.breaks, value) > 0.5 else "near",
            100 * along(drawn.breaks, value),
            name,
            wording.number(value, measure, say),
        )
        for kind, name, value in found
    ]
    return Markup('<div class="marks">{}</div>').format(Markup("").join(rows))


def along(breaks: classify.Classes, value: float) -> float:
    """How far along the bar of equally wide classes a value stands, 0 to 1.

    >>> along(classify.Classes("own", (10.0,), (1, 1), 0.0, 20.0), 15.0)
    0.75
    """
    place = breaks.of(value)
    edges = (
        min(breaks.lowest, *breaks.breaks[:1]),
        *breaks.breaks,
        max(breaks.highest, *breaks.breaks[-1:]),
    )
    low, high = edges[place], edges[place + 1]
    within = (value - low) / (high - low) if high > low else 0.5
    return (place + min(max(within, 0.0), 1.0)) / len(breaks)


def keys(drawn: Sequence[Choropleth], say: Texts) -> Markup:
    """The keys of what has no class on one of the maps, with the provinces of each."""
    statuses = {status: None for own in drawn for status in own.keyed_statuses()}
    rows = []
    for status in sorted(statuses, key=STATUS_ORDER.__getitem__):
        look = LOOKS.get(status)
        swatch = (
            Markup('<i class="{}" style="background-color:{}"></i>').format(look.pattern, look.fill)
            if look
            else Markup('<i class="query">?</i>')
        )
        rows.append(
            Markup(
                '<button type="button" data-status="{}" title="{}">{}<span>{}</span>'
                "<small>{}</small></button>"
            ).format(
                status.value,
                say(wording.STATUS_NOTES[status]),
                swatch,
                wording.status(status, say),
                wording.plain_counts([own.snapshot.count(status) for own in drawn], say),
            )
        )
    unsure = [sum(cell.unsure for cell in own.snapshot.cells.values()) for own in drawn]
    if any(unsure):
        rows.append(
            Markup('<span title="{}"><b>•</b> {}<small>{}</small></span>').format(
                say(wording.UNSURE_NOTE),
                say(wording.UNSURE),
                wording.plain_counts(unsure, say),
            )
        )
    return Markup('<div class="keys">{}</div>').format(Markup("").join(rows))


def _note(drawn: Choropleth, say: Texts) -> str:
    """How the classes came about, or what kind of list the map shows."""
    if drawn.snapshot.scale is not Scale.QUANTITY or drawn.breaks is None:
        return say(wording.SCALE_NOTES[drawn.snapshot.scale])
    return say(
        N_("{method}: {note} Each class includes its upper break."),
        method=say(classify.METHOD_NAMES[drawn.breaks.method]),
        note=say(classify.METHOD_NOTES[drawn.breaks.method]),
    )
