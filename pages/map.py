"""Where is it high and where low? The map, its legend, the ranking and the chosen province."""

from __future__ import annotations

import streamlit as st

from geo.choropleth import choropleth
from geo.measures import measures, snapshot
from pages.parts import about, controls, legend, panel, ranking, state, webmap

view, say, _ = state.current()
measure = measures()[view.measure]
drawn = choropleth(snapshot(view.measure, view.year), view.method, view.classes, view.own)

controls.draw(view, measure, drawn, say)
left, middle, right = st.columns([6, 2.2, 2.3], gap="medium")
with left, st.container(gap="xsmall"):
    about.heading(view, measure, drawn, say)
    webmap.draw(view, measure, drawn, say)
    legend.draw(view, measure, drawn, say)
    about.sources(measure, view.year, say)
with middle:
    ranking.draw(view, measure, drawn, say)
with right:
    panel.draw(view, measure, drawn, say)
