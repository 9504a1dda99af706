"""The figures of the chosen measure: provinces by years, with rank and status in each cell."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import oddities, wording, yeartable
from geo.cells import Cell, Status
from geo.indicators import Measure
from geo.measures import all_measures, snapshot_of
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import PageState
from geo.yeartable import YearRow
from pages.parts import about, choosers, nav

ORDERS = {"province": N_("By code"), "rank": N_("By rank in {year}")}


def draw_year_table(view: PageState, t: Translator) -> None:
    """The table with its order and its key."""
    measure = all_measures()[view.measure]
    by_rank = view.year if view.rows == "rank" else None
    with st.container(key="figures"):
        st.html(Markup("<h3>{}</h3>").format(t(N_("All provinces and years"))))
        orders = {name: t(label, year=view.year) for name, label in ORDERS.items()}
        choosers.draw_segmented_control(
            "rows", t(N_("Order of the rows")), orders, view.rows, t, hidden=True
        )
        st.html(
            Markup(
                '<div class="wide"><table class="matrix figures">'
                "<thead>{}</thead><tbody>{}{}</tbody></table></div>{}"
            ).format(
                _year_heads(measure, view, t),
                _national_row(measure, t),
                Markup("").join(
                    _province_row(year_row, measure, view, t)
                    for year_row in yeartable.year_rows(measure, by_rank)
                ),
                about.quiet_note(_sign_key(measure, t)),
            )
        )


def _year_heads(measure: Measure, view: PageState, t: Translator) -> Markup:
    """The years; a year from which on a series is not the same bears the sign of a break."""
    breaks = {
        year
        for data_quality_note in oddities.data_quality_notes(measure.series_ids)
        if data_quality_note.kind == oddities.BREAK
        for _, year in data_quality_note.places
    }
    cells = []
    for year in measure.years:
        sign = ""
        if year in breaks:
            label = t(oddities.KIND_NAMES[oddities.BREAK])
            sign = Markup(' <em role="img" aria-label="{0}" title="{0}">‖</em>').format(label)
        order = "ascending" if view.rows == "rank" and year == view.year else "none"
        cells.append(Markup('<th scope="col" aria-sort="{}">{}{}</th>').format(order, year, sign))
    return Markup('<tr><th scope="col">{}</th>{}</tr>').format(
        t(N_("Province")), Markup("").join(cells)
    )


def _national_row(measure: Measure, t: Translator) -> Markup:
    """The national value of each year, where there is one."""
    benchmarks = {year: snapshot_of(measure.id, year).national for year in measure.years}
    known = [mark for mark in benchmarks.values() if mark]
    if not known:
        return Markup()
    cells = [
        Markup("<td>{}</td>").format(wording.format_number(mark.value, measure, t) if mark else "")
        for mark in benchmarks.values()
    ]
    return Markup('<tr class="national"><th scope="row">{}</th>{}</tr>').format(
        t(wording.HOW_NATIONAL_SHORT[known[0].how]), Markup("").join(cells)
    )


def _province_row(row: YearRow, measure: Measure, view: PageState, t: Translator) -> Markup:
    link = nav.page_address("province", view, province=row.adcode, year=view.year)
    return Markup('<tr data-adcode="{}"><th scope="row"><a href="{}">{}</a></th>{}</tr>').format(
        row.adcode,
        link,
        provinces()[row.adcode].name_in(t.lang),
        Markup("").join(_year_cell(cell, measure, t) for cell in row.cells.values()),
    )


def _year_cell(cell: Cell, measure: Measure, t: Translator) -> Markup:
    """A figure with its rank, or a sign that a reader of any kind is told the meaning of."""
    large, small = yeartable.format_year_cell(cell, measure, t)
    remarks = [wording.localized_remark(remark, t) for remark in cell.remarks]
    parts = [wording.format_rank(cell, t), wording.status_name(cell, t), *remarks]
    title = " · ".join(part for part in parts if part)
    if cell.status in yeartable.SIGNS:
        return Markup(
            '<td class="sign"><span role="img" aria-label="{0}" title="{0}">{1}</span>'
            " <small></small></td>"
        ).format(title, large)
    doubt = Markup()
    if cell.is_doubtful:
        doubt = Markup(' <em role="img" aria-label="{0}" title="{0}">?</em>').format(title)
    interval = Markup()
    if cell.low is not None:
        interval = Markup("<small>{}</small>").format(wording.format_interval(cell, t))
    return Markup('<td title="{}">{}{} <small>{}</small>{}</td>').format(
        title, large, doubt, small, interval
    )


def _sign_key(measure: Measure, t: Translator) -> str:
    """What the small numbers and the signs of the table mean."""
    text = []
    if measure.kind != "report":
        first = N_("Small: the rank of the year, highest first.")
        if not measure.higher_is_better:
            first = N_("Small: the rank of the year, lowest first.")
        text.append(t(first))
    if measure.kind == "index":
        text.append(t(N_("Below it: its interval over choices of method.")))
    statuses = {
        status for y in measure.years for status in snapshot_of(measure.id, y).present_statuses()
    }
    if Status.DOUBTFUL in statuses:
        text.append(t(N_("?: {status}."), status=wording.status_name(Status.DOUBTFUL, t)))
    text += [
        t(
            N_("{sign}: {status}."),
            sign=yeartable.SIGNS[status_sign],
            status=wording.status_name(status_sign, t),
        )
        for status_sign in yeartable.status_signs(measure)
    ]
    return t.join_sentences(text)
