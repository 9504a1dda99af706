"""Charts in one look: Altair with the atlas's theme, and a province's own colour and shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from geo import marks
from geo.dimension import Point, regions
from geo.indicators import Measure
from geo.markers import Marker
from geo.provinces import provinces
from geo.text import N_, Texts
from pages.parts import keys

INK = "#22272e"
# The regions stand in the background: greys, told apart by their dashes.
SOLID = (1, 0)
REGION_DASHES = (SOLID, (6, 2), (3, 2), (1, 2))
REGION_GREY = "#8a949f"


def themed(chart: alt.LayerChart) -> alt.LayerChart:
    """The look that all charts share: thin lines, quiet grid, letters of the page."""
    return (
        chart.configure_view(strokeWidth=0)
        .configure_axis(
            gridColor="#edf0f3", domainColor="#c3c9d0", tickColor="#c3c9d0",
            labelColor="#545d68", titleColor="#545d68", titleFontWeight="normal",
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How a line is drawn and called; only some have marks on their points."""

    name: str
    marker: Marker
    dash: tuple[int, int] = SOLID
    marked: bool = True


def _looks(marked: Mapping[str, Marker], say: Texts) -> dict[str, Look]:
    """The lines of a trend: the country, the regions in grey, the marked provinces."""
    looks = {"national": Look(say(N_("National value or median")), Marker(INK, "circle"))}
    for (en, zh), dash in zip(regions().items(), REGION_DASHES, strict=True):
        name = say(N_("{region} region"), region=say.pick(en, zh))
        looks[en] = Look(name, Marker(REGION_GREY, "circle"), dash, marked=False)
    for adcode, marker in marked.items():
        looks[adcode] = Look(provinces()[adcode].name(say.lang), marker)
    return looks


def _drawing(look: Look) -> str:
    if look.marked:
        return marks.key(look.marker)
    return marks.line_key(look.marker.colour, look.dash)


def trend(
    points: Sequence[Point], measure: Measure, marked: Mapping[str, Marker], say: Texts
) -> None:
    """Lines over the years: national value, regions, and provinces in their colours."""
    looks = _looks(marked, say)
    # The chart's own legend would take its room on a narrow screen.
    st.html(keys.row((_drawing(look), look.name) for look in looks.values()))
    frame = pd.DataFrame(
        {
            "name": [looks[p.line].name for p in points],
            "year": [str(p.year) for p in points],
            "value": [p.value for p in points],
            "doubtful": [p.doubtful for p in points],
            "mark": [looks[p.line].marked for p in points],
        }
    )
    names = [look.name for look in looks.values()]
    colours = [look.marker.colour for look in looks.values()]
    shapes = [look.marker.shape for look in looks.values()]
    dashes = [list(look.dash) for look in looks.values()]
    base = alt.Chart(frame).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=say.pick(measure.unit_en, measure.unit_zh)),
        color=alt.Color("name:N", scale=_scale(names, colours), legend=None),
        tooltip=[
            alt.Tooltip("name:N", title=say(N_("Line"))),
            alt.Tooltip("year:O", title=say(N_("Year"))),
            alt.Tooltip("value:Q", title=say(N_("Value")), format=f",.{measure.decimals}f"),
        ],
    )
    lines = base.mark_line(strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("name:N", scale=_scale(names, dashes), legend=None)
    )
    points_of = base.encode(shape=alt.Shape("name:N", scale=_scale(names, shapes), legend=None))
    sound = points_of.mark_point(size=55, opacity=1, filled=True)
    drawn = lines + sound.transform_filter("datum.mark && !datum.doubtful")
    if frame["doubtful"].any():  # a layer without marks would be an unnamed picture in itself
        hollow = points_of.mark_point(size=55, opacity=1, fill="#ffffff")
        drawn += hollow.transform_filter("datum.doubtful")
    st.altair_chart(themed(drawn), height=340)


def _scale(names: list[str], values: Sequence[Any]) -> alt.Scale:
    return alt.Scale(domain=names, range=list(values))
