"""The panel beside the map: the chosen province, or what the measure is."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import profile, wording
from geo.cells import Cell, Status
from geo.choropleth import Choropleth
from geo.measures import Measure
from geo.profile import DimensionStanding, Standing
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, state


def draw(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> None:
    """The chosen province's standing; without one, the measure and how to choose."""
    with st.container(key="panel"):
        if not view.province:
            st.html(_measure(measure, view.year, say))
            st.caption(say(N_("Click a province on the map or in the ranking to see how it stands.")))
            return
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            st.subheader(provinces()[view.province].name(say.lang), anchor=False, width="content")
            st.button(
                "",
                icon=":material/close:",
                key="close",
                type="tertiary",
                help=say(N_("Close the panel of this province")),
                on_click=state.write,
                kwargs={"province": ""},
            )
        st.html(_province(view, measure, drawn, say))


def _measure(measure: Measure, year: int, say: Texts) -> Markup:
    rows = [
        Markup("<dt>{}</dt><dd>{}</dd>").format(head, text)
        for head, text in about.definition(measure, year, say)
    ]
    return Markup('<div class="panel"><h2>{}</h2><dl>{}</dl></div>').format(
        wording.measure_name(measure, say), Markup("").join(rows)
    )


def _province(view: View, measure: Measure, drawn: Choropleth, say: Texts) -> Markup:
    province = provinces()[view.province]
    cell = drawn.snapshot.cells[view.province]
    full = province.name_zh if say.lang == "en" else province.name_en
    region = province.region(say.lang)
    parts = [
        Markup('<p class="names">{}</p>').format(
            say(N_("{name}, {region} region"), name=full, region=region) if region else full
        ),
        _here(cell, measure, view.year, say),
        _report(view.province, say),
    ]
    if province.evaluated:
        parts.append(_dimensions(view.province, view.year, say))
    else:
        parts.append(Markup("<p>{}</p>").format(say(wording.STATUS_NOTES[Status.NOT_EVALUATED])))
    return Markup('<div class="panel">{}</div>').format(Markup("").join(parts))


def _here(cell: Cell, measure: Measure, year: int, say: Texts) -> Markup:
    """The cell that the map shows."""
    lines = [wording.rank(cell, say) if cell.value is not None else "", wording.status(cell, say)]
    lines += [wording.remark(text, say) for text in cell.remarks]
    head = wording.headline(cell, measure, say)
    return Markup('<div class="here"><small>{}</small><strong>{}</strong>{}</div>').format(
        say(N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=year),
        head,
        Markup("").join(Markup("<p>{}</p>").format(line) for line in lines if line and line != head),
    )


def _report(adcode: str, say: Texts) -> Markup:
    """The place in each of the report's lists: the 2017 edition, later ones beneath."""
    rows = []
    for index, standings in profile.report_standings(adcode).items():
        first, *later = standings
        known = [s for s in later if s.cell.status is not Status.NOT_PUBLISHED]
        rows.append(
            Markup('<tr><th scope="row">{}</th><td>{}{}</td></tr>').format(
                say(wording.GROUPS[index]),
                _place(first, say),
                Markup("<small>{}</small>").format(
                    " · ".join(f"{s.year}: {_place(s, say)}" for s in known)
                )
                if known
                else "",
            )
        )
    return Markup("<h2>{}</h2><table>{}</table>").format(
        say(N_("Published ranks, report of 2017")), Markup("").join(rows)
    )


def _place(standing: Standing, say: Texts) -> str:
    cell = standing.cell
    if cell.status is Status.RANK:
        return str(cell.rank)
    if cell.status is Status.RANK_AMONG_TEN:
        return wording.rank(cell, say)
    return say(SHORT_STATUS[cell.status])


# In a narrow table the status stands short; its full name and meaning stand in the legend.
SHORT_STATUS = {
    Status.NAMED: N_("named"),
    Status.OUTSIDE: N_("outside the ten"),
    Status.NOT_PUBLISHED: N_("not published"),
    Status.NOT_EVALUATED: N_("not evaluated"),
}


def _dimensions(adcode: str, year: int, say: Texts) -> Markup:
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
        say(N_("median {rank}, {count} ind."), rank=say.number(middle, int(middle % 1 > 0)), count=len(marks))
        if middle is not None
        else say(N_("no figure"))
    )
    return Markup("<div><span>{}</span><small>{}</small><b>{}</b></div>").format(
        say(wording.GROUPS[own.dimension]), text, Markup("").join(marks)
    )
