"""The result of a recipe: map, and the ranking with whiskers beside the default's ranks."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from geo import marks, openindex, tables, wording
from geo.cells import Snapshot
from geo.choropleth import choropleth
from geo.index.exchange import to_address
from geo.index.model import IndexResult
from geo.indicators import Measure
from geo.measures import measures
from geo.picture.request import INDEX
from geo.provinces import provinces
from geo.robustness.uncertainty import Uncertainty
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, agreementtable, legend, nav, pictures, recipes, webmap
from pages.parts.recipes import Asked

PLACES = 31
OURS = N_("Our own reckoning from open indicators, not the report’s index")


def draw(now: Asked, result: IndexResult, sure: Uncertainty, view: View, say: Texts) -> None:
    """Map and legend, then the table; all of it marked where the choices are not the default."""
    snapshot = openindex.snapshot_of(result, openindex.WHOLE, sure)
    drawn = choropleth(snapshot)
    measure = measures()[snapshot.measure]
    marked = recipes.mark(now, say)
    title = say(N_("{measure}, {year}"), measure=wording.measure_name(measure, say), year=now.year)
    with st.container(key="index_map"):
        st.html(
            Markup('<h2 class="atlas-heading">{}</h2>{}{}').format(
                title,
                Markup('<p class="marked">{}</p>').format(marked) if marked else "",
                about.note(say(OURS)),
            )
        )
        webmap.draw(view, measure, drawn, say)
        taken = "" if now.name == "default" else to_address(now.recipe)
        files = pictures.line(
            INDEX,
            view,
            say,
            measure=measure.id,
            year=now.year,
            province=view.province,
            recipe=taken,
        )  # fmt: skip
        legend.draw(view, measure, drawn, say, files)
    usual = openindex.snapshot(measure.id, now.year)
    _table(now, usual, snapshot, measure, view, say)
    st.html(agreementtable.small(result, say))


def _table(
    now: Asked, usual: Snapshot, snapshot: Snapshot, measure: Measure, view: View, say: Texts
) -> None:
    cells = sorted(snapshot.cells.values(), key=lambda c: (c.rank or PLACES + 1, c.adcode))
    rows: list[Markup] = []
    lines: list[list[object]] = []
    for cell in cells:
        own = provinces()[cell.adcode]
        if not own.evaluated:
            continue
        before = usual.cells[cell.adcode]
        moved = _moved(before.rank - cell.rank) if cell.rank and before.rank else ""
        shown = wording.number(cell.value, measure, say) if cell.value is not None else ""
        rows.append(
            Markup(
                '<tr data-adcode="{}"><th scope="row"><a href="{}">{}</a></th><td><b>{}</b></td>'
                '<td>{}</td><td><img src="{}" alt=""> <small>{}</small></td>'
                "<td>{} <small>{}</small></td><td>{}</td></tr>"
            ).format(
                cell.adcode,
                nav.address("province", view, province=cell.adcode, year=now.year),
                own.name(say.lang),
                cell.rank or wording.status(cell, say),
                shown,
                marks.address(marks.whisker(cell.low, cell.rank, cell.high, PLACES)),
                wording.interval(cell, say),
                before.rank or "",
                wording.interval(before, say),
                moved,
            )
        )
        lines.append([cell.adcode, own.name(say.lang), cell.rank, shown, cell.low, cell.high,
                      before.rank, moved])  # fmt: skip
    heads = [
        say(N_("Province")), say(N_("Rank")), say(N_("Score")), say(N_("Interval")),
        say(N_("Default rank")), say(N_("Change")),
    ]  # fmt: skip
    marked = recipes.mark(now, say)
    with st.container(key="index_table"):
        st.html(
            Markup(
                '{}<div class="wide"><table class="matrix whiskers"><thead><tr>{}</tr></thead>{}'
                "</table></div>"
            ).format(
                Markup('<p class="marked">{}</p>').format(marked) if marked else "",
                Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads),
                Markup("").join(rows),
            )
        )
        st.download_button(
            say(N_("Download this table (CSV)")),
            tables.written(_file(now, heads, lines, say)),
            file_name=f"open-index-{now.year}-{say.lang}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="table_download",
        )


def _file(
    now: Asked, heads: list[str], lines: list[list[object]], say: Texts
) -> list[list[object]]:
    """The table as a file: the mark of other choices, whose it is, and the rows."""
    columns = [say(N_("adcode")), *heads[:3], say(N_("Interval from")), say(N_("Interval to"))]
    said = [recipes.mark(now, say), say(OURS)]
    remarks: list[list[object]] = [[line] for line in said if line]
    return [*remarks, [*columns, *heads[4:]], *lines]


def _moved(places: int) -> str:
    return f"+{places}" if places > 0 else f"−{-places}" if places < 0 else "0"
