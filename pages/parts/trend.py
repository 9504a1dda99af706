"""Lines over the years: the country, the regions behind, and provinces in their colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from geo import marks
from geo.compare.coursewords import line_name
from geo.dimension import SeriesPoint, region_names
from geo.markers import REGION_DASHES, REGION_GREY, Marker
from geo.text import N_, Translator
from pages.parts import keys, trendlayers
from pages.parts.charts import (
    INK,
    ChartAxis,
    LineStyle,
    apply_theme,
)

__all__ = ["ChartAxis", "draw_trend_chart"]


def _line_styles(
    points: Sequence[SeriesPoint], marked: Mapping[str, Marker], t: Translator
) -> dict[str, LineStyle]:
    """The lines that occur: the country, the regions in grey, the marked provinces."""
    looks = {"national": LineStyle(line_name("national", t), Marker(INK, "circle"))}
    for en, dash in zip(region_names(), REGION_DASHES, strict=True):
        looks[en] = LineStyle(
            line_name(en, t), Marker(REGION_GREY, "circle"), dash, has_marks=False
        )
    for adcode, marker in marked.items():
        looks[adcode] = LineStyle(line_name(adcode, t), marker)
    there = {point.line for point in points}
    return {line: look for line, look in looks.items() if line in there or line in marked}


def _style_image(look: LineStyle) -> str:
    if look.has_marks:
        return marks.marker_key(look.marker)
    return marks.line_key(look.marker.colour, look.dash)


def draw_trend_chart(
    points: Sequence[SeriesPoint],
    axis: ChartAxis,
    markers: Mapping[str, Marker],
    breaks: Sequence[int],
    t: Translator,
) -> None:
    """Lines over the years: national value, regions, and provinces in their colours.

    breaks: years before which a rule says that the years on its two sides do not compare.
    """
    looks = _line_styles(points, markers, t)
    # The chart's own legend would take its room on a narrow screen.
    st.html(keys.key_row((_style_image(look), look.name) for look in looks.values()))
    if points:
        note = t(
            N_("{unit} by year, lines of {names}"),
            unit=axis.title,
            names=t.join_names([look.name for look in looks.values()]),
        )
        st.altair_chart(
            apply_theme(trendlayers.trend_layers(points, axis, looks, breaks, t)),
            height=380,
            alt=note,
        )
