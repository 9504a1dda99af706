"""HTML of a map's heading, legend and ranking, for pages and the standalone map."""

from __future__ import annotations

from collections.abc import Sequence

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
    plain_counts,
    rank_of_national,
    ranking_groups,
    status_name,
)
from geo.text import N_, Translator
from geo.units import provinces


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
    return Markup('<div class="legend" role="group" aria-label="{}">{}</div>{}').format(
        t(N_("Legend")), Markup("").join(parts), quiet_note(_classes_note(drawn, t))
    )


def legend_classes(drawn: Sequence[Choropleth], t: Translator) -> Markup:
    """The classes of a map, or the shared ones of several, with the provinces in each."""
    rows = [
        Markup(
            '<button type="button" data-class="{}"><i style="background:{}"></i>'
            "<span>{}</span><small>{}</small></button>"
        ).format(
            place,
            map_class.colour,
            class_label(map_class, t),
            format_class_counts([other.shared_class_count(place) for other in drawn], t),
        )
        for place, map_class in enumerate(drawn[0].classes)
    ]
    return (
        Markup('<div class="classes">{}</div>').format(Markup("").join(rows)) if rows else Markup()
    )


def legend_marks(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """The positions of the national value and the selected province on the scale of classes."""
    if drawn.breaks is None:
        return Markup()
    result = []
    national = drawn.snapshot.national
    if national:
        name = t(HOW_NATIONAL_SHORT[national.how])
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
            format_number(value, measure, t),
        )
        for kind, name, value in result
    ]
    return Markup('<div class="marks">{}</div>').format(Markup("").join(rows))


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
                t(STATUS_NOTES[status]),
                swatch,
                status_name(status, t),
                plain_counts([drawn_map.snapshot.count_status(status) for drawn_map in drawn], t),
            )
        )
    for mark, counts in count_marks([shown.snapshot for shown in drawn]):
        rows.append(
            Markup('<span title="{}"><b>{}</b> {}<small>{}</small></span>').format(
                t(mark.note), mark.sign, t(mark.name), plain_counts(counts, t)
            )
        )
    return Markup('<div class="keys">{}</div>').format(Markup("").join(rows))


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
    blocks = [
        _ranked_rows(group, province, measure, drawn, t)
        if group.status is None
        else _unranked_rows(group, province, t)
        for group in ranking_groups(snapshot)
    ]
    return Markup(
        '<section class="ranking" data-shows="{}/{}"><h2>{} <small>{}</small></h2>{}</section>'
    ).format(
        snapshot.measure,
        snapshot.year,
        t(N_("Ranking")),
        _unit_line(measure, t),
        Markup("").join(blocks),
    )


def _unit_line(measure: Measure, t: Translator) -> str:
    return t.localized(measure.unit_en, measure.unit_zh)


def _ranked_rows(
    group: RankingGroup, province: str, measure: Measure, drawn: Choropleth, t: Translator
) -> Markup:
    """Rows by rank, with a bar from zero if there are values."""
    snapshot = drawn.snapshot
    top = max(snapshot.values_by_adcode().values(), default=0.0)
    rows = [_ranked_row(cell, cell.value, top, province, measure, drawn, t) for cell in group.cells]
    place = rank_of_national(snapshot)
    if snapshot.national and place is not None:
        mark = snapshot.national
        note = t(HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        rows.insert(
            place,
            Markup(
                '<li class="national" title="{}"><span></span><span>{}</span>'
                '<b style="width:{:.1f}%"></b><span>{}</span></li>'
            ).format(
                note,
                t(HOW_NATIONAL_SHORT[mark.how]),
                _bar_share(mark.value, top),
                format_number(mark.value, measure, t),
            ),
        )
    kind = "ours" if snapshot.is_open_index else "" if snapshot.scale is Scale.QUANTITY else "plain"
    return Markup('<ol class="{}">{}</ol>').format(kind, Markup("").join(rows))


def _ranked_row(
    cell: Cell,
    value: float | None,
    top: float,
    province: str,
    measure: Measure,
    drawn: Choropleth,
    t: Translator,
) -> Markup:
    figure = format_number(value, measure, t) if value is not None else ""
    doubt = Markup()
    if cell.is_doubtful:
        doubt = Markup(' <em title="{}">?</em>').format(describe_doubt(cell, t))
    return Markup(
        '<li><button type="button" data-adcode="{}" aria-pressed="{}">'
        "<span>{}</span><span>{}{}{}</span>"
        '<b style="width:{:.1f}%;background:{}"></b><span>{}</span></button></li>'
    ).format(
        cell.adcode,
        "true" if cell.adcode == province else "false",
        cell.rank,
        provinces()[cell.adcode].name_in(t.lang),
        doubt,
        Markup(" <small>{}</small>").format(format_interval(cell, t)) if cell.low else "",
        _bar_share(value, top) if value is not None else 100.0,
        drawn.colour(cell),
        figure,
    )


def _bar_share(value: float, top: float) -> float:
    return 100 * value / top if top > 0 else 0.0


def _unranked_rows(group: RankingGroup, province: str, t: Translator) -> Markup:
    """Provinces without a rank, grouped by status."""
    if group.status is None:
        raise ValueError("ranked cells have rows of their own")
    names = [
        Markup('<button type="button" data-adcode="{}" aria-pressed="{}">{}</button>').format(
            cell.adcode,
            "true" if cell.adcode == province else "false",
            _name_with_mark(cell, t),
        )
        for cell in group.cells
    ]
    return Markup('<h3 title="{}">{} <small>{}</small></h3><p>{}</p>').format(
        t(STATUS_NOTES[group.status]),
        status_name(group.status, t),
        len(group.cells),
        Markup(" ").join(names),
    )


def _name_with_mark(cell: Cell, t: Translator) -> str:
    name = mark_doubt(provinces()[cell.adcode].name_in(t.lang), cell)
    return f"{name} ({cell.rank})" if cell.rank else name
