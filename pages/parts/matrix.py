"""31 provinces by the measures of a dimension.

A table of our own: its heads wrap, it can be read aloud and printed, and its order is part of the
address.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import dimension, tints, wording
from geo.dimension import DimensionRow
from geo.indicators import Measure, indicators_of
from geo.profile import Standing
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.tints import CellColour
from geo.view import PageState
from pages.parts import about, choosers, nav, state

PUBLISHED = "published"


def draw_matrix(view: PageState, t: Translator) -> None:
    """The matrix with its two choices: what the colours mean, and the order of the rows."""
    measures = indicators_of(view.dimension)
    with st.container(key="matrix"):
        st.html(
            Markup("<h3>{}</h3>").format(
                t(
                    N_("All provinces by all indicators, {year} or nearest"),
                    year=view.preferred_year,
                )
            )
        )
        with st.container(key="matrix_choices", horizontal=True, vertical_alignment="bottom"):
            choosers.draw_segmented_control("tint", t(N_("Coloured by")), tints.NAMES, view.tint, t)
            order = _draw_order(measures, t)
        rows = _sort_rows(
            dimension.dimension_matrix(view.dimension, view.preferred_year), order, measures
        )
        st.html(
            Markup(
                '<div class="wide"><table class="matrix standings">'
                "<thead>{}</thead>{}</table></div>"
            ).format(
                _matrix_head(measures, rows[0], order, t),
                Markup("").join(_matrix_row(row, view, t) for row in rows),
            )
        )
        st.html(about.quiet_note(t(tints.KEYS[view.tint])))


def _draw_order(measures: list[Measure], t: Translator) -> str:
    """The order of the rows: by published rank, or by one of the measures."""
    names = {PUBLISHED: t(N_("Published rank"))}
    names |= {m.id: wording.measure_name(m, t) for m in measures}
    requested = st.query_params.get("sort", PUBLISHED)
    order = requested if requested in names else PUBLISHED
    state.set_widget("sort", order)
    st.selectbox(
        t(N_("Rows by")),
        list(names),
        format_func=names.__getitem__,
        key="sort",
        on_change=state.sync_to_url,
        args=("sort",),
    )
    return order


def _sort_rows(rows: list[DimensionRow], order: str, measures: list[Measure]) -> list[DimensionRow]:
    if order == PUBLISHED:
        return rows
    place = [m.id for m in measures].index(order)
    # Without a rank last: a gap is no last place, but has to stand somewhere.
    return sorted(rows, key=lambda row: row.standings[place].cell.rank or len(rows) + 1)


def _matrix_head(measures: list[Measure], row: DimensionRow, order: str, t: Translator) -> Markup:
    cell = Markup('<th scope="col" aria-sort="{}">{} <small>{}</small></th>')
    heads = [
        cell.format(
            "ascending" if m.id == order else "none",
            wording.measure_name(m, t),
            standing.year,
        )
        for m, standing in zip(measures, row.standings, strict=True)
    ]
    report = cell.format(
        "ascending" if order == PUBLISHED else "none", t(N_("Published")), dimension.EDITION
    )
    ours = cell.format("none", t(N_("Open index, ours")), row.ours.year)
    return Markup('<tr><th scope="col">{}</th>{}{}{}</tr>').format(
        t(N_("Province")), report, ours, Markup("").join(heads)
    )


def _matrix_row(row: DimensionRow, view: PageState, t: Translator) -> Markup:
    link = nav.page_address("province", view, province=row.adcode, year=view.preferred_year)
    return Markup(
        '<tr data-adcode="{}"><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td>{}</tr>'
    ).format(
        row.adcode,
        link,
        provinces()[row.adcode].name_in(t.lang),
        wording.format_place(row.published, t),
        _open_index_cell(row, t),
        Markup("").join(_measure_cell(standing, view.tint, t) for standing in row.standings),
    )


def _open_index_cell(row: DimensionRow, t: Translator) -> Markup:
    """The rank in our own index of the dimension, with its interval."""
    cell = row.ours.cell
    interval = wording.format_interval(cell, t)
    return Markup("{} <small>{}</small>").format(cell.rank or "–", interval)


def _measure_cell(standing: Standing, tint: str, t: Translator) -> Markup:
    if tint == "rank":
        text, colour = (
            str(standing.cell.rank or "–"),
            tints.colour_of_percentile(standing.cell.percentile),
        )
    else:
        text = wording.format_gap_to_national(standing.gap_to_national_pct, t) or "–"
        colour = tints.colour_of_distance(standing.gap_to_national_pct)
    if standing.cell.is_doubtful:
        text += " ?"
    return coloured_cell(text, wording.format_cell(standing.cell, standing.measure, t), colour)


def coloured_cell(text: str, title: str, tint: CellColour | None) -> Markup:
    style = f"background:{tint.ground};color:{tint.ink}" if tint else ""
    return Markup('<td style="{}" title="{}">{}</td>').format(style, title, text)
