"""Provinces side by side: a row for every measure, all chosen provinces marked on its scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.compare import gaps, gapwords
from geo.compare.gaps import Row
from geo.indicators import CONTEXT
from geo.markers import Marker, markers
from geo.text import N_, Texts
from geo.view import View
from pages.parts import about, choosers
from pages.parts.compare import figures, gaprows, mirror

ORDERS: Final = {"dimension": N_("By dimension"), "gap": N_("Largest gap first")}
TITLES: Final = {
    gaps.REPORT: N_("Published ranks of the report"),
    gaps.OURS: N_("Open index of this atlas, our own reckoning, each rank with its interval"),
    gaps.SIX: N_("Indicators of all six dimensions"),
    CONTEXT: N_("For context, not part of the index"),
    gaps.MINE: N_("Own data"),
}
TOO_FEW: Final = N_("Choose at least two provinces to compare: by name, or a whole group, above.")


def draw(view: View, chosen: tuple[str, ...], say: Texts) -> None:
    """The rows with their choices, for two the mirrored bars, and the table beneath."""
    if len(chosen) < gaps.FEWEST:
        st.info(say(TOO_FEW), icon=":material/info:")
        return
    with st.container(key="gap_choices", horizontal=True, vertical_alignment="bottom"):
        choosers.pick("show", say(N_("Show as")), gapwords.HEADS, view.show, say)
        choosers.pick("order", say(N_("Order")), ORDERS, view.order, say)
        choosers.year(view, say)
    marked = markers("", chosen)
    found = gaps.rows(chosen, view.wanted_year, view.order)
    st.html(gaprows.key(marked, say))
    if len(chosen) == mirror.TWO:
        mirror.draw(found, marked, view.show, say)
    low, high = (say.number(end) for end in gaps.NATIONAL_ENDS)
    st.html(
        Markup("{}{}").format(
            about.note(say(gaps.NOTES[view.show], low=low, high=high)),
            about.note(say(gaps.RULE)),
        )
    )
    _rows(found, marked, view, say)
    figures.folded(
        gapwords.table(found, view.show, say),
        gapwords.csv(found, view.show, say),
        f"provinces-{view.show}-{view.wanted_year}-{say.lang}.csv",
        say,
    )


def _rows(
    found: Mapping[str, Sequence[Row]], marked: Mapping[str, Marker], view: View, say: Texts
) -> None:
    groups = Markup("").join(
        gaprows.group(name, say(TITLES[name]) if name in TITLES else "", own, marked, view, say)
        for name, own in found.items()
    )
    with st.container(key="gap_rows"):
        st.html(
            Markup('<section class="rows gaps">{}{}</section>').format(gaprows.head(say), groups)
        )
