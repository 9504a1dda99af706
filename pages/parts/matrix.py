"""31 provinces by the measures of a dimension.

A table of our own: its heads wrap, it can be read aloud and printed, and its order is part of the
address.
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import dimension, tints, wording
from geo.dimension import MatrixRow
from geo.indicators import Measure, measures_of
from geo.profile import Standing
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.tints import Tint
from geo.view import View
from pages.parts import about, choosers, nav, state

PUBLISHED = "published"


def draw(view: View, say: Texts) -> None:
    """The matrix with its two choices: what the colours mean, and the order of the rows."""
    own = measures_of(view.dimension)
    with st.container(key="matrix"):
        st.html(
            Markup("<h3>{}</h3>").format(
                say(N_("All provinces by all indicators, {year} or nearest"), year=view.wanted_year)
            )
        )
        with st.container(key="matrix_choices", horizontal=True, vertical_alignment="bottom"):
            choosers.pick("tint", say(N_("Coloured by")), tints.NAMES, view.tint, say)
            order = _order(own, say)
        rows = _sorted(dimension.matrix(view.dimension, view.wanted_year), order, own)
        st.html(
            Markup(
                '<div class="wide"><table class="matrix standings">'
                "<thead>{}</thead>{}</table></div>"
            ).format(
                _head(own, rows[0], order, say),
                Markup("").join(_row(row, view, say) for row in rows),
            )
        )
        st.html(about.note(say(tints.KEYS[view.tint])))


def _order(own: list[Measure], say: Texts) -> str:
    """The order of the rows: by published rank, or by one of the measures."""
    names = {PUBLISHED: say(N_("Published rank"))}
    names |= {m.id: wording.measure_name(m, say) for m in own}
    asked = st.query_params.get("sort", PUBLISHED)
    order = asked if asked in names else PUBLISHED
    state.follow("sort", order)
    st.selectbox(
        say(N_("Rows by")),
        list(names),
        format_func=names.__getitem__,
        key="sort",
        on_change=state.keep,
        args=("sort",),
    )
    return order


def _sorted(rows: list[MatrixRow], order: str, own: list[Measure]) -> list[MatrixRow]:
    if order == PUBLISHED:
        return rows
    place = [m.id for m in own].index(order)
    # Without a rank last: a gap is no last place, but has to stand somewhere.
    return sorted(rows, key=lambda row: row.standings[place].cell.rank or len(rows) + 1)


def _head(own: list[Measure], row: MatrixRow, order: str, say: Texts) -> Markup:
    cell = Markup('<th scope="col" aria-sort="{}">{} <small>{}</small></th>')
    heads = [
        cell.format(
            "ascending" if m.id == order else "none",
            wording.measure_name(m, say),
            standing.year,
        )
        for m, standing in zip(own, row.standings, strict=True)
    ]
    report = cell.format(
        "ascending" if order == PUBLISHED else "none", say(N_("Published")), dimension.EDITION
    )
    ours = cell.format("none", say(N_("Open index, ours")), row.ours.year)
    return Markup('<tr><th scope="col">{}</th>{}{}{}</tr>').format(
        say(N_("Province")), report, ours, Markup("").join(heads)
    )


def _row(row: MatrixRow, view: View, say: Texts) -> Markup:
    link = nav.address("province", view, province=row.adcode, year=view.wanted_year)
    return Markup(
        '<tr data-adcode="{}"><th scope="row"><a href="{}">{}</a></th><td>{}</td><td>{}</td>{}</tr>'
    ).format(
        row.adcode,
        link,
        provinces()[row.adcode].name(say.lang),
        wording.place(row.published, say),
        _ours(row, say),
        Markup("").join(_cell(own, view.tint, say) for own in row.standings),
    )


def _ours(row: MatrixRow, say: Texts) -> Markup:
    """The rank in our own index of the dimension, with its interval."""
    cell = row.ours.cell
    interval = wording.interval(cell, say)
    return Markup("{} <small>{}</small>").format(cell.rank or "–", interval)


def _cell(own: Standing, tint: str, say: Texts) -> Markup:
    if tint == "rank":
        shown, colour = str(own.cell.rank or "–"), tints.of_percentile(own.cell.percentile)
    else:
        shown = wording.to_national(own.to_national, say) or "–"
        colour = tints.of_distance(own.to_national)
    if wording.is_doubtful(own.cell):
        shown += " ?"
    return tinted(shown, wording.headline(own.cell, own.measure, say), colour)


def tinted(shown: str, title: str, tint: Tint | None) -> Markup:
    style = f"background:{tint.ground};color:{tint.ink}" if tint else ""
    return Markup('<td style="{}" title="{}">{}</td>').format(style, title, shown)
