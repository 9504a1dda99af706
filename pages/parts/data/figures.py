"""The figures of the chosen measure: provinces by years, with rank and status in each cell."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import oddities, wording, yeartable
from geo.cells import Cell, Status
from geo.indicators import Measure
from geo.measures import measures, snapshot
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import View
from geo.yeartable import Row
from pages.parts import about, choosers, nav

ORDERS = {"province": N_("By code"), "rank": N_("By rank in {year}")}


def draw(view: View, say: Texts) -> None:
    """The table with its order and its key."""
    measure = measures()[view.measure]
    by_rank = view.year if view.rows == "rank" else None
    with st.container(key="figures"):
        st.html(Markup("<h3>{}</h3>").format(say(N_("All provinces and years"))))
        orders = {name: say(label, year=view.year) for name, label in ORDERS.items()}
        choosers.pick("rows", say(N_("Order of the rows")), orders, view.rows, say, hidden=True)
        st.html(
            Markup(
                '<div class="wide"><table class="matrix figures">'
                "<thead>{}</thead><tbody>{}{}</tbody></table></div>{}"
            ).format(
                _head(measure, view, say),
                _national(measure, say),
                Markup("").join(
                    _row(own, measure, view, say) for own in yeartable.rows(measure, by_rank)
                ),
                about.note(_key(measure, say)),
            )
        )


def _head(measure: Measure, view: View, say: Texts) -> Markup:
    """The years; a year from which on a series is not the same bears the sign of a break."""
    breaks = {
        year
        for own in oddities.oddities(measure.indicators)
        if own.kind == oddities.BREAK
        for _, year in own.places
    }
    cells = []
    for year in measure.years:
        sign = ""
        if year in breaks:
            label = say(oddities.NAMES[oddities.BREAK])
            sign = Markup(' <em role="img" aria-label="{0}" title="{0}">‖</em>').format(label)
        order = "ascending" if view.rows == "rank" and year == view.year else "none"
        cells.append(Markup('<th scope="col" aria-sort="{}">{}{}</th>').format(order, year, sign))
    return Markup('<tr><th scope="col">{}</th>{}</tr>').format(
        say(N_("Province")), Markup("").join(cells)
    )


def _national(measure: Measure, say: Texts) -> Markup:
    """The national value of each year, where there is one."""
    found = {year: snapshot(measure.id, year).national for year in measure.years}
    known = [mark for mark in found.values() if mark]
    if not known:
        return Markup()
    cells = [
        Markup("<td>{}</td>").format(wording.number(mark.value, measure, say) if mark else "")
        for mark in found.values()
    ]
    return Markup('<tr class="national"><th scope="row">{}</th>{}</tr>').format(
        say(wording.HOW_NATIONAL_SHORT[known[0].how]), Markup("").join(cells)
    )


def _row(own: Row, measure: Measure, view: View, say: Texts) -> Markup:
    link = nav.address("province", view, province=own.adcode, year=view.year)
    return Markup('<tr data-adcode="{}"><th scope="row"><a href="{}">{}</a></th>{}</tr>').format(
        own.adcode,
        link,
        provinces()[own.adcode].name(say.lang),
        Markup("").join(_cell(cell, measure, say) for cell in own.cells.values()),
    )


def _cell(cell: Cell, measure: Measure, say: Texts) -> Markup:
    """A figure with its rank, or a sign that a reader of any kind is told the meaning of."""
    large, small = yeartable.shown(cell, measure, say)
    remarks = [wording.remark(own, say) for own in cell.remarks]
    parts = [wording.rank(cell, say), wording.status(cell, say), *remarks]
    title = " · ".join(part for part in parts if part)
    if cell.status in yeartable.SIGNS:
        return Markup(
            '<td class="sign"><span role="img" aria-label="{0}" title="{0}">{1}</span>'
            " <small></small></td>"
        ).format(title, large)
    doubt = Markup()
    if wording.is_doubtful(cell):
        doubt = Markup(' <em role="img" aria-label="{0}" title="{0}">?</em>').format(title)
    interval = Markup()
    if cell.low is not None:
        interval = Markup("<small>{}</small>").format(wording.interval(cell, say))
    return Markup('<td title="{}">{}{} <small>{}</small>{}</td>').format(
        title, large, doubt, small, interval
    )


def _key(measure: Measure, say: Texts) -> str:
    """What the small numbers and the signs of the table mean."""
    found = []
    if measure.kind != "report":
        first = N_("Small: the rank of the year, highest first.")
        if not measure.higher_is_better:
            first = N_("Small: the rank of the year, lowest first.")
        found.append(say(first))
    if measure.kind == "index":
        found.append(say(N_("Below it: its interval over choices of method.")))
    statuses = {status for y in measure.years for status in snapshot(measure.id, y).statuses()}
    if Status.DOUBTFUL in statuses:
        found.append(say(N_("?: {status}."), status=wording.status(Status.DOUBTFUL, say)))
    found += [
        say(N_("{sign}: {status}."), sign=yeartable.SIGNS[own], status=wording.status(own, say))
        for own in yeartable.signs(measure)
    ]
    return say.paragraph(found)
