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
from geo.ranking import RankingGroup, rank_of_national, ranking_groups
from geo.text import N_, Translator


def map_ranking(measure: Measure, drawn: Choropleth, t: Translator, province: str = "") -> Markup:
    """The ranking of the snapshot that a map shows; province: the row that is pressed."""
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
    """Rows by place, with a bar from nought where there are figures."""
    snapshot = drawn.snapshot
    top = max(snapshot.values_by_adcode().values(), default=0.0)
    rows = [_ranked_row(cell, cell.value, top, province, measure, drawn, t) for cell in group.cells]
    place = rank_of_national(snapshot)
    if snapshot.national and place is not None:
        mark = snapshot.national
        note = t(wording.HOW_NATIONAL_NOTES[mark.how], count=mark.count)
        rows.insert(
            place,
            Markup(
                '<li class="national" title="{}"><span></span><span>{}</span>'
                '<b style="width:{:.1f}%"></b><span>{}</span></li>'
            ).format(
                note,
                t(wording.HOW_NATIONAL_SHORT[mark.how]),
                _bar_share(mark.value, top),
                wording.format_number(mark.value, measure, t),
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
    figure = wording.format_number(value, measure, t) if value is not None else ""
    doubt = Markup(' <em title="{}">?</em>').format(wording.describe_doubt(cell, t))
    return Markup(
        '<li><button type="button" data-adcode="{}" aria-pressed="{}">'
        "<span>{}</span><span>{}{}{}</span>"
        '<b style="width:{:.1f}%;background:{}"></b><span>{}</span></button></li>'
    ).format(
        cell.adcode,
        "true" if cell.adcode == province else "false",
        cell.rank,
        provinces()[cell.adcode].name_in(t.lang),
        doubt if cell.is_doubtful else "",
        Markup(" <small>{}</small>").format(wording.format_interval(cell, t)) if cell.low else "",
        _bar_share(value, top) if value is not None else 100.0,
        drawn.colour(cell),
        figure,
    )


def _bar_share(value: float, top: float) -> float:
    return 100 * value / top if top > 0 else 0.0


def _unranked_rows(group: RankingGroup, province: str, t: Translator) -> Markup:
    """Provinces that have no place, under the status that says why."""
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
        t(wording.STATUS_NOTES[group.status]),
        wording.status_name(group.status, t),
        len(group.cells),
        Markup(" ").join(names),
    )


def _name_with_mark(cell: Cell, t: Translator) -> str:
    name = provinces()[cell.adcode].name_in(t.lang)
    if cell.is_doubtful:
        name += wording.DOUBT_MARK
    return f"{name} ({cell.rank})" if cell.rank else name
