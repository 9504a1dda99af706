"""Two maps side by side that move together, and the third that says how they differ."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from geo import marks, webmap, wording
from geo.compare.pair import MapPair, MapSide, build_map_pair
from geo.compare.panes import comparison_panes, difference_tooltip
from geo.compare.third import DifferenceMap, build_difference_map
from geo.errors import InputError
from geo.markers import Marker, assign_markers
from geo.picture.request import TWO_MAPS
from geo.provinces import provinces
from geo.text import N_, Translator
from geo.view import CLASS_MODES, DIFFERENCE_MODES, PageState
from pages.parts import choosers, pictures, state
from pages.parts.compare import choices, pairlegend
from pages.parts.compare.clicked import toggle_on_click
from pages.parts.webmap import draw_map_frame

KEY = "atlas_pair"
HEIGHT_PX = 420
REST_PX = 470  # what stands around the maps on this page
CLASSES = {"shared": N_("Classes shared"), "own": N_("Each its own")}
THIRD = {"shown": N_("With a third map: the difference"), "hidden": N_("Two maps only")}


def draw_two_maps(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Choices, maps, legends, and the figures of the provinces that are compared."""
    choices.draw_measure_pair(view, t)
    with st.container(key="pair_choices", horizontal=True, vertical_alignment="center"):
        choosers.draw_segmented_control(
            "classed", t(N_("Classes")), CLASSES, view.classed, t, hidden=True
        )
        choosers.draw_segmented_control(
            "third", t(N_("Third map")), THIRD, view.third, t, hidden=True
        )
    both = build_map_pair(
        view.measure,
        view.year,
        view.measure2,
        view.year2,
        view.classed == CLASS_MODES[0],
    )
    difference, why_not = (
        _difference_or_reason(both, t) if view.third == DIFFERENCE_MODES[0] else (None, "")
    )
    panes = comparison_panes(both, difference, t)
    label = t(
        N_("Two maps of China’s provinces side by side: {titles}"),
        titles=t.join_names([pane.title for pane in panes]),
    )
    marked = assign_markers("", chosen)
    key = f"{KEY}_{len(panes)}"
    draw_map_frame(
        webmap.AtlasMap(len(panes), REST_PX),
        webmap.map_state(panes, label, t, chosen=marked),
        key,
        HEIGHT_PX,
        t,
        toggle_on_click(key),
    )
    files = pictures.figure_line(
        TWO_MAPS, view, t, measure=view.measure, year=view.year, measure2=view.measure2,
        year2=view.year2, classed=view.classed, third=view.third,
    )  # fmt: skip
    pairlegend.draw_pair_legends(both, difference, why_not, t, files)
    _draw_compared_table(both, difference, marked, t)


def _difference_or_reason(both: MapPair, t: Translator) -> tuple[DifferenceMap | None, str]:
    """The third map, or the reason why there is none."""
    try:
        return build_difference_map(both), ""
    except InputError as error:
        return None, state.format_error(t, error)


def _draw_compared_table(
    both: MapPair, difference: DifferenceMap | None, marked: Mapping[str, Marker], t: Translator
) -> None:
    """The figures of the compared provinces, as the tooltips say them."""
    heads = [t(N_("Province")), "A", "B"]
    if difference:
        heads.append(t(N_("Third map")))
    rows = Markup("").join(_compared_row(both, difference, a, m, t) for a, m in marked.items())
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


def _compared_row(
    both: MapPair, difference: DifferenceMap | None, adcode: str, mark: Marker, t: Translator
) -> Markup:
    cells = [_compared_cell(side, adcode, t) for side in (both.first, both.second)]
    if difference:
        cell = difference.drawn.snapshot.cells[adcode]
        cells.append(" · ".join(difference_tooltip(both, difference, cell, t)))
    return Markup('<tr><th scope="row"><img src="{}" alt=""> {}</th>{}</tr>').format(
        marks.image_address(marks.marker_key(mark)),
        provinces()[adcode].name_in(t.lang),
        Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells),
    )


def _compared_cell(side: MapSide, adcode: str, t: Translator) -> str:
    cell = side.snapshot.cells[adcode]
    text = wording.format_cell(cell, side.measure, t)
    place = wording.format_rank(cell, t) if cell.value is not None else ""
    doubt = wording.describe_doubt(cell, t) if cell.is_doubtful else ""
    return " · ".join(part for part in (text, place, doubt) if part)
