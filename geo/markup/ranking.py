"""The ranking beside a map: all 31 provinces, the national value, and who has no place.

Every row is a button. The map's script listens to them: hovering one shows the province on
the map, clicking it selects the province.
"""

from __future__ import annotations

from markupsafe import Markup

from geo import wording
from geo.cells import Cell, Scale
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.provinces import provinces
from geo.ranking import Group, groups, national_place
from geo.text import N_, Texts


def ranking(measure: Measure, drawn: Choropleth, say: Texts, province: str = "") -> Markup:
    """The ranking of the snapshot that a map shows; province: the row that is pressed."""
    snapshot = drawn.snapshot
    blocks = [
        _ranked(group, province, measure, drawn, say)
        if group.status is None
        else _others(group, province, say)
        for group in groups(snapshot)
    ]
    return Markup(
        '<section class="ranking" data-shows="{}/{}"><h2>{} <small>{}</small></h2>{}</section>'
    ).format(
        snapshot.measure,
        snapshot.year,
        say(N_("Ranking")),
        _unit(measure, say),
        Markup("").join(blocks),
    )


def _unit(measure: Measure, say: Texts) -> str:
    return say.pick(measure.unit_en, measure.unit_zh)


def _ranked(group: Group, province: str, measure: Measure, drawn: Choropleth, say: Texts) -> Markup:
    """Rows by place, with a bar from nought where there are figures."""
    snapshot = drawn.snapshot
    top = max(snapshot.values().values(), default=0.0)
    rows = [_row(cell, cell.value, top, province, measure, drawn, say) for cell in group.cells]
    place = national_place(snapshot)
    if snapshot.national and place is not None:
        mark = snapshot.national
        note = say(wording.HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        rows.insert(
            place,
            Markup(
                '<li class="national" title="{}"><span></span><span>{}</span>'
                '<b style="width:{:.1f}%"></b><span>{}</span></li>'
            ).format(
                note,
                say(wording.HOW_NATIONAL_SHORT[mark.how]),
                _share(mark.value, top),
                wording.number(mark.value, measure, say),
            ),
        )
    kind = "ours" if snapshot.ours else "" if snapshot.scale is Scale.QUANTITY else "plain"
    return Markup('<ol class="{}">{}</ol>').format(kind, Markup("").join(rows))


def _row(
    cell: Cell,
    value: float | None,
    top: float,
    province: str,
    measure: Measure,
    drawn: Choropleth,
    say: Texts,
) -> Markup:
    figure = wording.number(value, measure, say) if value is not None else ""
    doubt = Markup(' <em title="{}">?</em>').format(wording.doubt(cell, say))
    return Markup(
        '<li><button type="button" data-adcode="{}" aria-pressed="{}">'
        "<span>{}</span><span>{}{}{}</span>"
        '<b style="width:{:.1f}%;background:{}"></b><span>{}</span></button></li>'
    ).format(
        cell.adcode,
        "true" if cell.adcode == province else "false",
        cell.rank,
        provinces()[cell.adcode].name(say.lang),
        doubt if wording.is_doubtful(cell) else "",
        Markup(" <small>{}</small>").format(wording.interval(cell, say)) if cell.low else "",
        _share(value, top) if value is not None else 100.0,
        drawn.colour(cell),
        figure,
    )


def _share(value: float, top: float) -> float:
    return 100 * value / top if top > 0 else 0.0


def _others(group: Group, province: str, say: Texts) -> Markup:
    """Provinces that have no place, under the status that says why."""
    if group.status is None:
        raise ValueError("ranked cells have rows of their own")
    names = [
        Markup('<button type="button" data-adcode="{}" aria-pressed="{}">{}</button>').format(
            cell.adcode,
            "true" if cell.adcode == province else "false",
            _named(cell, say),
        )
        for cell in group.cells
    ]
    return Markup('<h3 title="{}">{} <small>{}</small></h3><p>{}</p>').format(
        say(wording.STATUS_NOTES[group.status]),
        wording.status(group.status, say),
        len(group.cells),
        Markup(" ").join(names),
    )


def _named(cell: Cell, say: Texts) -> str:
    name = provinces()[cell.adcode].name(say.lang)
    if wording.is_doubtful(cell):
        name += wording.DOUBT_MARK
    return f"{name} ({cell.rank})" if cell.rank else name
