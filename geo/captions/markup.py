"""HTML of a map's heading, legend and ranking, for pages and the standalone map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.analysis import kind_line
from geo.maps import METHOD_NAMES, METHOD_NOTES, STATUS_STYLES, Choropleth, Classes, class_label
from geo.measures import (
    HOW_NATIONAL_NOTES,
    HOW_NATIONAL_SHORT,
    SCALE_NOTES,
    STATUS_NOTES,
    STATUS_ORDER,
    Cell,
    Measure,
    RankingGroup,
    Scale,
    count_marks,
    describe_doubt,
    format_class_counts,
    format_interval,
    format_national,
    format_number,
    mark_doubt,
    measure_name,
    measure_unit,
    plain_counts,
    rank_of_national,
    ranking_groups,
    status_name,
)
from geo.text import N_, Translator, render_template
from geo.units import provinces

TEMPLATES: Final = Path(__file__).parent / "templates"


def quiet_note(text: str) -> Markup:
    """A note in muted but readable text."""
    return Markup('<p class="atlas-note">{}</p>').format(text)


def map_heading(measure: Measure, year: int, t: Translator) -> str:
    """The heading of a map: measure and year."""
    return t(N_("{measure}, {year}"), measure=measure_name(measure, t), year=year)


def map_subheading(measure: Measure, drawn: Choropleth, t: Translator) -> str:
    """The line below the heading: author, unit and national value."""
    snapshot = drawn.snapshot
    lines = [kind_line(measure, snapshot.year, t)]
    if snapshot.national:
        lines.append(format_national(snapshot.national, measure, t))
    return " · ".join(lines)


def map_legend(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """The legend of one map, with its classification method; province: the one to mark."""
    parts = [
        legend_classes([drawn], t),
        legend_marks(measure, drawn, t, province),
        legend_keys([drawn], t),
    ]
    return render_template(
        TEMPLATES,
        "legend",
        label=t(N_("Legend")),
        parts=Markup("").join(parts),
        note=quiet_note(_classes_note(drawn, t)),
    )


def legend_classes(drawn: Sequence[Choropleth], t: Translator) -> Markup:
    """The classes of a map, or the shared ones of several, with the provinces in each."""
    rows = [
        {
            "colour": map_class.colour,
            "label": class_label(map_class, t),
            "counts": format_class_counts([other.shared_class_count(place) for other in drawn], t),
        }
        for place, map_class in enumerate(drawn[0].classes)
    ]
    return render_template(TEMPLATES, "legend_classes", rows=rows) if rows else Markup()


def legend_marks(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """The positions of the national value and the selected province on the scale of classes."""
    if drawn.breaks is None:
        return Markup()
    marks = []
    national = drawn.snapshot.national
    if national:
        marks.append(("national", t(HOW_NATIONAL_SHORT[national.how]), national.value))
    cell = drawn.snapshot.cells.get(province)
    if cell and cell.value is not None:
        marks.append(("chosen", provinces()[cell.adcode].name_in(t.lang), cell.value))
    rows = [
        {
            "kind": kind,
            "position": position_on_scale(drawn.breaks, value),
            "name": name,
            "value": format_number(value, measure, t),
        }
        for kind, name, value in marks
    ]
    return render_template(TEMPLATES, "legend_marks", marks=rows)


def position_on_scale(breaks: Classes, value: float) -> float:
    """The position of a value on a bar of equally wide classes, 0 to 1.

    >>> position_on_scale(Classes("own", (10.0,), (1, 1), 0.0, 20.0), 15.0)
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
    """The keys of statuses without a class on one of the maps, with the provinces of each."""
    statuses = {status: None for choropleth in drawn for status in choropleth.keyed_statuses()}
    snapshots = [choropleth.snapshot for choropleth in drawn]
    keys = [
        {
            "status": status,
            "style": STATUS_STYLES.get(status),
            "name": status_name(status, t),
            "note": t(STATUS_NOTES[status]),
            "counts": plain_counts([one.count_status(status) for one in snapshots], t),
        }
        for status in sorted(statuses, key=STATUS_ORDER.__getitem__)
    ]
    marks = [
        {
            "sign": mark.sign,
            "name": t(mark.name),
            "note": t(mark.note),
            "counts": plain_counts(counts, t),
        }
        for mark, counts in count_marks(snapshots)
    ]
    return render_template(TEMPLATES, "legend_keys", statuses=keys, marks=marks)


def _classes_note(drawn: Choropleth, t: Translator) -> str:
    """The classification method, or the kind of list that the map shows."""
    if drawn.snapshot.scale is not Scale.QUANTITY or drawn.breaks is None:
        return t(SCALE_NOTES[drawn.snapshot.scale])
    return t(
        N_("{method}: {note} Each class includes its upper break."),
        method=t(METHOD_NAMES[drawn.breaks.method]),
        note=t(METHOD_NOTES[drawn.breaks.method]),
    )


def map_ranking(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """The ranking of the snapshot that a map shows; province: the selected row."""
    snapshot = drawn.snapshot
    quantity = snapshot.scale is Scale.QUANTITY
    return render_template(
        TEMPLATES,
        "ranking",
        shows=f"{snapshot.measure}/{snapshot.year}",
        title=t(N_("Ranking")),
        unit=measure_unit(measure, t),
        kind="ours" if snapshot.is_open_index else "" if quantity else "plain",
        groups=[
            {"rows": _ranked_rows(group, province, measure, drawn, t)}
            if group.status is None
            else {
                "name": status_name(group.status, t),
                "note": t(STATUS_NOTES[group.status]),
                "units": [_unranked_unit(cell, province, t) for cell in group.cells],
            }
            for group in ranking_groups(snapshot)
        ],
    )


def _ranked_rows(
    group: RankingGroup, province: str, measure: Measure, drawn: Choropleth, t: Translator
) -> list[dict[str, object]]:
    """Rows by rank, with a bar from zero if there are values."""
    snapshot = drawn.snapshot
    top = max(snapshot.values_by_adcode().values(), default=0.0)
    rows: list[dict[str, object]] = [
        {
            "adcode": cell.adcode,
            "pressed": _pressed(cell, province),
            "rank": cell.rank,
            "name": provinces()[cell.adcode].name_in(t.lang),
            "doubt": describe_doubt(cell, t) if cell.is_doubtful else "",
            "interval": format_interval(cell, t) if cell.low else "",
            "width": _bar_width(cell.value, top),
            "colour": drawn.colour(cell),
            "value": format_number(cell.value, measure, t) if cell.value is not None else "",
        }
        for cell in group.cells
    ]
    mark, place = snapshot.national, rank_of_national(snapshot)
    if mark and place is not None:
        national: dict[str, object] = {
            "adcode": "",
            "note": t(HOW_NATIONAL_NOTES[mark.how], count=mark.count),
            "name": t(HOW_NATIONAL_SHORT[mark.how]),
            "width": _bar_width(mark.value, top),
            "value": format_number(mark.value, measure, t),
        }
        rows.insert(place, national)
    return rows


def _pressed(cell: Cell, province: str) -> str:
    return "true" if cell.adcode == province else "false"


def _bar_width(value: float | None, top: float) -> str:
    """The width of a bar in percent of the largest; ranks without values have whole bars."""
    percent = 100.0 if value is None else 100 * value / top if top > 0 else 0.0
    return f"{percent:.1f}"


def _unranked_unit(cell: Cell, province: str, t: Translator) -> dict[str, str]:
    """A province without a rank, or with one on a list of another scale."""
    name = mark_doubt(provinces()[cell.adcode].name_in(t.lang), cell)
    return {
        "adcode": cell.adcode,
        "pressed": _pressed(cell, province),
        "name": f"{name} ({cell.rank})" if cell.rank else name,
    }
