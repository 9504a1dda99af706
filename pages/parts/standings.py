"""A province's standing in the report's lists and in the dimensions' indicators, as HTML."""

from __future__ import annotations

from markupsafe import Markup

from geo import profile, wording
from geo.cells import Status
from geo.profile import DimensionStanding
from geo.text import N_, Texts


def report(adcode: str, say: Texts) -> Markup:
    """The place in each of the report's lists: the 2017 edition, later ones beneath."""
    rows = []
    for index, standings in profile.report_standings(adcode).items():
        first, *later = standings
        known = [s for s in later if s.cell.status is not Status.NOT_PUBLISHED]
        rows.append(
            Markup('<tr><th scope="row">{}</th><td>{}{}</td></tr>').format(
                say(wording.GROUPS[index]),
                wording.place(first.cell, say),
                Markup("<small>{}</small>").format(
                    " · ".join(f"{s.year}: {wording.place(s.cell, say)}" for s in known)
                )
                if known
                else "",
            )
        )
    cells = [one.cell for own in profile.report_standings(adcode).values() for one in own]
    remarks = [wording.doubt(cell, say) for cell in cells if cell.may_mean]
    return Markup("<h2>{}</h2><table>{}</table>{}").format(
        say(N_("Published ranks, report of 2017")),
        Markup("").join(rows),
        Markup("").join(
            Markup('<p class="note">{}</p>').format(say(N_("? {remark}"), remark=text))
            for text in remarks
        ),
    )


def dimensions(adcode: str, year: int, say: Texts) -> Markup:
    """The ranks in each dimension's indicators, as a strip from first to last."""
    rows = [_strip(own, say) for own in profile.dimension_standings(adcode, year).values()]
    return Markup('<h2>{}</h2><div class="strips">{}</div><p class="note">{}</p>').format(
        say(N_("Ranks in the open indicators")),
        Markup("").join(rows),
        say(
            N_(
                "Each mark is one indicator’s rank, first at the left, in the year nearest to"
                " {year}. The assignment to dimensions is ours."
            ),
            year=year,
        ),
    )


def _strip(own: DimensionStanding, say: Texts) -> Markup:
    marks = [
        Markup('<i style="left:{:.1f}%" title="{}"></i>').format(
            100 * (s.cell.rank - 1) / max(1, s.cell.of - 1),
            say(
                N_("{measure}, {year}: {rank}"),
                measure=wording.measure_name(s.measure, say),
                year=s.year,
                rank=wording.rank(s.cell, say),
            ),
        )
        for s in own.standings
        if s.cell.rank and s.cell.of
    ]
    middle = own.median_rank
    text = (
        say(
            N_("median {rank}, {count} ind."),
            rank=say.number(middle, int(middle % 1 > 0)),
            count=len(marks),
        )
        if middle is not None
        else say(N_("no figure"))
    )
    return Markup("<div><span>{}</span><small>{}</small><b>{}</b></div>").format(
        say(wording.GROUPS[own.dimension]), text, Markup("").join(marks)
    )
