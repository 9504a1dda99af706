"""Two maps side by side that move together, and the third that says how they differ."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from geo import marks, webmap, wording
from geo.compare.pair import Pair, Side, pair
from geo.compare.panes import lines, panes
from geo.compare.third import Third, third
from geo.errors import InputError
from geo.markers import Marker, markers
from geo.picture.request import TWO
from geo.provinces import provinces
from geo.text import N_, Texts
from geo.view import CLASSED, THIRDS, View
from pages.parts import choosers, pictures, state
from pages.parts.compare import choices, pairlegend
from pages.parts.compare.clicked import on_click
from pages.parts.webmap import frame

KEY = "atlas_pair"
HEIGHT_PX = 420
REST_PX = 470  # what stands around the maps on this page
CLASSES = {"shared": N_("Classes shared"), "own": N_("Each its own")}
THIRD = {"shown": N_("With a third map: the difference"), "hidden": N_("Two maps only")}


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """Choices, maps, legends, and the figures of the provinces that are compared."""
    choices.two(view, say)
    with st.container(key="pair_choices", horizontal=True, vertical_alignment="center"):
        choosers.pick("classed", say(N_("Classes")), CLASSES, view.classed, say, hidden=True)
        choosers.pick("third", say(N_("Third map")), THIRD, view.third, say, hidden=True)
    both = pair(
        view.measure,
        view.year,
        view.measure2,
        view.year2,
        view.classed == CLASSED[0],
    )
    difference, why_not = _third(both, say) if view.third == THIRDS[0] else (None, "")
    shown = panes(both, difference, say)
    label = say(
        N_("Two maps of China’s provinces side by side: {titles}"),
        titles=say.listing([own.title for own in shown]),
    )
    marked = markers("", chosen)
    key = f"{KEY}_{len(shown)}"
    frame(
        webmap.AtlasMap(len(shown), REST_PX),
        webmap.state(shown, label, say, chosen=marked),
        key,
        HEIGHT_PX,
        say,
        on_click(key),
    )
    files = pictures.line(
        TWO, view, say, measure=view.measure, year=view.year, measure2=view.measure2,
        year2=view.year2, classed=view.classed, third=view.third,
    )  # fmt: skip
    pairlegend.draw(both, difference, why_not, say, files)
    _table(both, difference, marked, say)


def _third(both: Pair, say: Texts) -> tuple[Third | None, str]:
    """The third map, or the reason why there is none."""
    try:
        return third(both), ""
    except InputError as error:
        return None, state.plain(say, error)


def _table(both: Pair, difference: Third | None, marked: Mapping[str, Marker], say: Texts) -> None:
    """The figures of the compared provinces, as the tooltips say them."""
    heads = [say(N_("Province")), "A", "B"]
    if difference:
        heads.append(say(N_("Third map")))
    rows = Markup("").join(_row(both, difference, a, m, say) for a, m in marked.items())
    with st.container(key="pair"):
        st.html(
            Markup(
                '<div class="wide" data-shows="{}/{}+{}/{}">'
                '<table class="matrix words sides"><thead><tr>'
                "{}</tr></thead>{}</table></div>"
            ).format(
                both.first.measure.id,
                both.first.year,
                both.second.measure.id,
                both.second.year,
                Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads),
                rows,
            )
        )


def _row(both: Pair, difference: Third | None, adcode: str, mark: Marker, say: Texts) -> Markup:
    cells = [_cell(side, adcode, say) for side in (both.first, both.second)]
    if difference:
        cell = difference.drawn.snapshot.cells[adcode]
        cells.append(" · ".join(lines(both, difference, cell, say)))
    return Markup('<tr><th scope="row"><img src="{}" alt=""> {}</th>{}</tr>').format(
        marks.address(marks.key(mark)),
        provinces()[adcode].name(say.lang),
        Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells),
    )


def _cell(side: Side, adcode: str, say: Texts) -> str:
    cell = side.snapshot.cells[adcode]
    shown = wording.headline(cell, side.measure, say)
    place = wording.rank(cell, say) if cell.value is not None else ""
    doubt = wording.status(cell, say) if wording.is_doubtful(cell) else ""
    return " · ".join(part for part in (shown, place, doubt) if part)
