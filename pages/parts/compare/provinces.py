"""Provinces side by side: a row for every measure, all chosen provinces marked on its scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.compare import gaps, gapwords
from geo.compare.gaps import ComparedRow
from geo.markers import Marker, assign_markers
from geo.picture.request import COMPARISON
from geo.text import N_, Translator
from geo.view import PageState
from pages.parts import about, choosers, pictures
from pages.parts.compare import figures, gaprows, mirror

ORDERS: Final = {"dimension": N_("By dimension"), "gap": N_("Largest gap first")}
TOO_FEW: Final = N_("Choose at least two provinces to compare: by name, or a whole group, above.")


def draw_provinces_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """The rows with their choices, for two the mirrored bars, and the table beneath."""
    if len(chosen) < gaps.MIN_PROVINCES:
        st.info(t(TOO_FEW), icon=":material/info:")
        return
    with st.container(key="gap_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.draw_segmented_control("show", t(N_("Show as")), gapwords.HEADS, view.show, t)
        choosers.draw_segmented_control("order", t(N_("Order")), ORDERS, view.order, t)
        choosers.draw_page_year_slider(view, t)
    marked = assign_markers("", chosen)
    rows = gaps.compare_measures(chosen, view.preferred_year, view.order)
    st.html(gaprows.strip_key(marked, t))
    if len(chosen) == mirror.TWO:
        mirror.draw_mirrored_bars(rows, marked, view.show, t)
    low, high = (t.format_number(end) for end in gaps.NATIONAL_ENDS)
    st.html(
        Markup("{}{}").format(
            about.quiet_note(t(gaps.NOTES[view.show], low=low, high=high)),
            about.quiet_note(t(gaps.RULE)),
        )
    )
    _draw_rows(rows, marked, view, t)
    names = ",".join(chosen)
    st.html(pictures.figure_line(COMPARISON, view, t, provinces=names, year=view.preferred_year))
    figures.draw_folded_table(
        gapwords.comparison_table(rows, view.show, t),
        gapwords.comparison_csv(rows, view.show, t),
        f"provinces-{view.show}-{view.preferred_year}-{t.lang}.csv",
        t,
    )


def _draw_rows(
    rows: Mapping[str, Sequence[ComparedRow]],
    marked: Mapping[str, Marker],
    view: PageState,
    t: Translator,
) -> None:
    groups = Markup("").join(
        gaprows.row_group(name, gapwords.row_group_title(name, t), row, marked, view, t)
        for name, row in rows.items()
    )
    with st.container(key="gap_rows"):
        st.html(
            Markup('<section class="rows gaps">{}{}</section>').format(gaprows.row_heads(t), groups)
        )
