"""Where the breaks of the classes fall among the values of the provinces."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import classify
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.text import N_, Translator
from pages.parts import about


def draw_histogram(measure: Measure, choropleth: Choropleth, t: Translator) -> None:
    """The values with the breaks, made only while the reader looks at it."""
    opened = st.popover(
        "",
        icon=":material/bar_chart:",
        help=t(N_("Where the breaks fall")),
        disabled=choropleth.breaks is None,
        on_change="rerun",
        key="histogram",
    )
    if not opened.open or choropleth.breaks is None:
        return
    with opened:
        st.markdown(f"**{t(N_('Where the breaks fall'))}**")
        values = pd.DataFrame({"value": choropleth.snapshot.values_by_adcode()})
        breaks = pd.DataFrame({"value": choropleth.breaks.breaks})
        axis = alt.X("value:Q", title=t.localized(measure.unit_en, measure.unit_zh))
        bars = (
            alt.Chart(values)
            .mark_bar(color="#9fb3c8")
            .encode(axis.bin(maxbins=24), alt.Y("count()", title=t(N_("Provinces"))))
        )
        rules = alt.Chart(breaks).mark_rule(color="#b3261e", strokeWidth=1.5).encode(x="value:Q")
        st.altair_chart(bars + rules, height=220)
        remarks = (
            classify.METHOD_NOTES[choropleth.breaks.method],
            N_("Each class includes its upper break."),
        )
        st.html(Markup("").join(about.quiet_note(t(remark)) for remark in remarks))
