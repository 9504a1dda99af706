"""Lines over the years: the country, the regions behind, and provinces in their colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from geo import marks
from geo.compare.coursewords import line_name
from geo.dimension import Point, regions
from geo.markers import REGION_DASHES, REGION_GREY, Marker
from geo.text import N_, Texts
from pages.parts import keys, trendlayers
from pages.parts.charts import (
    INK,
    Axis,
    Look,
    themed,
)

__all__ = ["Axis", "draw"]


def _looks(points: Sequence[Point], marked: Mapping[str, Marker], say: Texts) -> dict[str, Look]:
    """The lines that occur: the country, the regions in grey, the marked provinces."""
    looks = {"national": Look(line_name("national", say), Marker(INK, "circle"))}
    for en, dash in zip(regions(), REGION_DASHES, strict=True):
        looks[en] = Look(line_name(en, say), Marker(REGION_GREY, "circle"), dash, marked=False)
    for adcode, marker in marked.items():
        looks[adcode] = Look(line_name(adcode, say), marker)
    there = {point.line for point in points}
    return {line: look for line, look in looks.items() if line in there or line in marked}


def _drawing(look: Look) -> str:
    if look.marked:
        return marks.key(look.marker)
    return marks.line_key(look.marker.colour, look.dash)


def draw(
    points: Sequence[Point],
    axis: Axis,
    marked: Mapping[str, Marker],
    breaks: Sequence[int],
    say: Texts,
) -> None:
    """Lines over the years: national value, regions, and provinces in their colours.

    breaks: years before which a rule says that the years on its two sides do not compare.
    """
    looks = _looks(points, marked, say)
    # The chart's own legend would take its room on a narrow screen.
    st.html(keys.row((_drawing(look), look.name) for look in looks.values()))
    if points:
        told = say(
            N_("{unit} by year, lines of {names}"),
            unit=axis.title,
            names=say.listing([look.name for look in looks.values()]),
        )
        st.altair_chart(
            themed(trendlayers.drawn(points, axis, looks, breaks, say)), height=380, alt=told
        )
