"""Charts in one look: Altair with the atlas's theme, and a province's own colour and shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geo.dimension import Point, regions
from geo.markers import Marker
from geo.measures import Measure
from geo.provinces import provinces
from geo.text import N_, Texts

INK = "#22272e"
# The regions stand in the background: greys, told apart by their dashes.
REGION_DASHES = ((1, 0), (6, 2), (3, 2), (1, 2))
REGION_GREY = "#8a949f"


def themed(chart: alt.LayerChart) -> alt.LayerChart:
    """The look that all charts share: thin lines, quiet grid, letters of the page."""
    return (
        chart.configure_view(strokeWidth=0)
        .configure_axis(
            gridColor="#edf0f3", domainColor="#c3c9d0", tickColor="#c3c9d0",
            labelColor="#545d68", titleColor="#545d68", titleFontWeight="normal",
        )
        .configure_legend(
            orient="right", title=None, labelColor=INK, labelLimit=220, symbolSize=70
        )
    )  # fmt: skip


def trend(
    points: Sequence[Point], measure: Measure, marked: Mapping[str, Marker], say: Texts
) -> None:
    """Lines over the years: national value, regions, and provinces in their colours."""
    looks = {"national": (say(N_("National value or median")), INK, "circle", (1, 0))}
    for (en, zh), dash in zip(regions().items(), REGION_DASHES, strict=True):
        name = say(N_("{region} region"), region=say.pick(en, zh))
        looks[en] = (name, REGION_GREY, "stroke", dash)
    for adcode, marker in marked.items():
        name = provinces()[adcode].name(say.lang)
        looks[adcode] = (name, marker.colour, marker.shape, (1, 0))
    frame = pd.DataFrame(
        {
            "name": [looks[p.line][0] for p in points],
            "year": [str(p.year) for p in points],
            "value": [p.value for p in points],
            "doubtful": [p.doubtful for p in points],
            "mark": [p.line == "national" or p.line in marked for p in points],
        }
    )
    names = [name for name, *_ in looks.values()]
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=say.pick(measure.unit_en, measure.unit_zh)),
        color=alt.Color(
            "name:N", scale=_scale(names, [colour for _, colour, *_ in looks.values()])
        ),
        tooltip=[
            alt.Tooltip("name:N", title=say(N_("Line"))),
            alt.Tooltip("year:O", title=say(N_("Year"))),
            alt.Tooltip("value:Q", title=say(N_("Value")), format=f",.{measure.decimals}f"),
        ],
    )
    dashes = [list(dash) for *_, dash in looks.values()]
    lines = base.mark_line(strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("name:N", scale=_scale(names, dashes))
    )
    shapes = [shape for _, _, shape, _ in looks.values()]
    marks = base.encode(shape=alt.Shape("name:N", scale=_scale(names, shapes)))
    sound = marks.mark_point(size=55, opacity=1, filled=True)
    doubtful = marks.mark_point(size=55, opacity=1, fill="#ffffff")
    st.altair_chart(
        themed(
            lines
            + sound.transform_filter("datum.mark && !datum.doubtful")
            + doubtful.transform_filter("datum.mark && datum.doubtful")
        ),
        height=340,
    )


def _scale(names: list[str], values: Sequence[Any]) -> alt.Scale:
    return alt.Scale(domain=names, range=list(values))
