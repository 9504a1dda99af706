"""The legend of a map: classes with their counts, marks, and keys of the statuses.

Its rows are buttons, because hovering or focusing one dims everything else on the map; the
map's script listens to them.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from geo import classify, classwording, wording
from geo.cells import STATUS_ORDER, Scale
from geo.choropleth import STATUS_STYLES, Choropleth
from geo.indicators import Measure
from geo.markup.heading import quiet_note
from geo.provinces import provinces
from geo.text import N_, Translator


def map_legend(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """The legend of one map, and how its classes came about; province: the one to mark."""
    parts = [
        legend_classes([drawn], t),
        legend_marks(measure, drawn, t, province),
        legend_keys([drawn], t),
    ]
    return Markup('<div class="legend" role="group" aria-label="{}">{}</div>{}').format(
        t(N_("Legend")), Markup("").join(parts), quiet_note(_classes_note(drawn, t))
    )


def legend_classes(drawn: Sequence[Choropleth], t: Translator) -> Markup:
    """The classes of a map, or those that several maps share, with the provinces in each."""
    rows = [
        Markup(
            '<button type="button" data-class="{}"><i style="background:{}"></i>'
            "<span>{}</span><small>{}</small></button>"
        ).format(
            place,
            map_class.colour,
            classwording.class_label(map_class, t),
            wording.format_class_counts([other.shared_class_count(place) for other in drawn], t),
        )
        for place, map_class in enumerate(drawn[0].classes)
    ]
    return (
        Markup('<div class="classes">{}</div>').format(Markup("").join(rows)) if rows else Markup()
    )


def legend_marks(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """Where the national value and the selected province fall on the scale of the classes."""
    if drawn.breaks is None:
        return Markup()
    result = []
    national = drawn.snapshot.national
    if national:
        name = t(wording.HOW_NATIONAL_SHORT[national.how])
        result.append(("national", name, national.value))
    cell = drawn.snapshot.cells.get(province)
    if cell and cell.value is not None:
        result.append(("chosen", provinces()[cell.adcode].name_in(t.lang), cell.value))
    rows = [
        Markup('<span class="{} {}" style="left:{:.1f}%">{} {}</span>').format(
            kind,
            "far" if position_on_scale(drawn.breaks, value) > 0.5 else "near",
            100 * position_on_scale(drawn.breaks, value),
            name,
            wording.format_number(value, measure, t),
        )
        for kind, name, value in result
    ]
    return Markup('<div class="marks">{}</div>').format(Markup("").join(rows))


def position_on_scale(breaks: classify.Classes, value: float) -> float:
    """How far along the bar of equally wide classes a value stands, 0 to 1.

    >>> position_on_scale(classify.Classes("own", (10.0,), (1, 1), 0.0, 20.0), 15.0)
    0.75
    """
    place = breaks.class_of(value)
    edges = (
        min(breaks.lowest, *breaks.breaks[:1]),
        *breaks.breaks,
        max(breaks.highest, *breaks.breaks[-1:]),
    )
    low, high = edges[place], edges[place + 1]
    within = (value - low) / (high - low) if high > low else 0.5
    return (place + min(max(within, 0.0), 1.0)) / len(breaks)


def legend_keys(drawn: Sequence[Choropleth], t: Translator) -> Markup:
    """The keys of what has no class on one of the maps, with the provinces of each."""
    statuses = {status: None for choropleth in drawn for status in choropleth.keyed_statuses()}
    rows = []
    for status in sorted(statuses, key=STATUS_ORDER.__getitem__):
        look = STATUS_STYLES.get(status)
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
                t(wording.STATUS_NOTES[status]),
                swatch,
                wording.status_name(status, t),
                wording.plain_counts(
                    [drawn_map.snapshot.count_status(status) for drawn_map in drawn], t
                ),
            )
        )
    unsure = [sum(cell.unsure for cell in drawn_map.snapshot.cells.values()) for drawn_map in drawn]
    if any(unsure):
        rows.append(
            Markup('<span title="{}"><b>•</b> {}<small>{}</small></span>').format(
                t(wording.UNSURE_NOTE),
                t(wording.UNSURE),
                wording.plain_counts(unsure, t),
            )
        )
    unclear = [
        sum(bool(cell.may_mean) for cell in drawn_map.snapshot.cells.values())
        for drawn_map in drawn
    ]
    if any(unclear):
        rows.append(
            Markup('<span title="{}"><b>?</b> {}<small>{}</small></span>').format(
                t(wording.MAY_BE_ANOTHER_NOTE),
                t(wording.MAY_BE_ANOTHER),
                wording.plain_counts(unclear, t),
            )
        )
    return Markup('<div class="keys">{}</div>').format(Markup("").join(rows))


def _classes_note(drawn: Choropleth, t: Translator) -> str:
    """How the classes came about, or what kind of list the map shows."""
    if drawn.snapshot.scale is not Scale.QUANTITY or drawn.breaks is None:
        return t(wording.SCALE_NOTES[drawn.snapshot.scale])
    return t(
        N_("{method}: {note} Each class includes its upper break."),
        method=t(classify.METHOD_NAMES[drawn.breaks.method]),
        note=t(classify.METHOD_NOTES[drawn.breaks.method]),
    )
