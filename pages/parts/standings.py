"""A province's standing in the report's lists and in the dimensions' indicators, as HTML."""

from __future__ import annotations

from markupsafe import Markup

from geo import profile, wording
from geo.cells import Status
from geo.profile import DimensionStanding
from geo.text import N_, Translator


def published_standings_list(adcode: str, t: Translator) -> Markup:
    """The place in each of the report's lists: the 2017 edition, later ones beneath."""
    rows = []
    for index, standings in profile.published_standings(adcode).items():
        first, *later = standings
        known = [s for s in later if s.cell.status is not Status.NOT_PUBLISHED]
        rows.append(
            Markup('<tr><th scope="row">{}</th><td>{}{}</td></tr>').format(
                t(wording.GROUPS[index]),
                wording.format_place(first.cell, t),
                Markup("<small>{}</small>").format(
                    " · ".join(f"{s.year}: {wording.format_place(s.cell, t)}" for s in known)
                )
                if known
                else "",
            )
        )
    cells = [
        one.cell
        for published_standing in profile.published_standings(adcode).values()
        for one in published_standing
    ]
    remarks = [wording.describe_doubt(cell, t) for cell in cells if cell.may_mean]
    return Markup("<h2>{}</h2><table>{}</table>{}").format(
        t(N_("Published ranks, report of 2017")),
        Markup("").join(rows),
        Markup("").join(
            Markup('<p class="note">{}</p>').format(t(N_("? {remark}"), remark=text))
            for text in remarks
        ),
    )


def dimension_strips(adcode: str, year: int, t: Translator) -> Markup:
    """The ranks in each dimension's indicators, as a strip from first to last."""
    rows = [
        _dimension_strip(dimension_standing, t)
        for dimension_standing in profile.dimension_standings(adcode, year).values()
    ]
    return Markup('<h2>{}</h2><div class="strips">{}</div><p class="note">{}</p>').format(
        t(N_("Ranks in the open indicators")),
        Markup("").join(rows),
        t(
            N_(
                "Each mark is one indicator’s rank, first at the left, in the year nearest to"
                " {year}. The assignment to dimensions is ours."
            ),
            year=year,
        ),
    )


def _dimension_strip(standing: DimensionStanding, t: Translator) -> Markup:
    marks = [
        Markup('<i style="left:{:.1f}%" title="{}"></i>').format(
            100 * (s.cell.rank - 1) / max(1, s.cell.of - 1),
            t(
                N_("{measure}, {year}: {rank}"),
                measure=wording.measure_name(s.measure, t),
                year=s.year,
                rank=wording.format_rank(s.cell, t),
            ),
        )
        for s in standing.standings
        if s.cell.rank and s.cell.of
    ]
    middle = standing.median_rank
    text = (
        t(
            N_("median {rank}, {count} ind."),
            rank=t.format_number(middle, int(middle % 1 > 0)),
            count=len(marks),
        )
        if middle is not None
        else t(N_("no figure"))
    )
    return Markup("<div><span>{}</span><small>{}</small><b>{}</b></div>").format(
        t(wording.GROUPS[standing.dimension]), text, Markup("").join(marks)
    )
