"""The chart of the scatter: marks, quarters, line and names, drawn by Altair.

Vega-Lite cannot keep names apart, and Streamlit lets no patch of the compiled chart through. So
the places of names are reckoned beforehand for ranges of widths (geo.compare.names), and the
chart shows those of the width that it has.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from geo.compare import dots, relationwording
from geo.compare.axes import Axis, PlotArea
from geo.compare.dots import HEIGHT_PX
from geo.compare.names import LINE_PX, text_width_px
from geo.compare.relation import FittedLine, Quadrants, Relation
from geo.compare.relationwording import A, B
from geo.markers import Marker
from geo.text import N_, Translator
from pages.parts import charts
from pages.parts.compare import scattermarks, scatternames


def build_scatter_chart(
    relation: Relation,
    plot_area: PlotArea,
    marks: dict[str, Marker],
    quarters: Quadrants | None,
    line: FittedLine | None,
    t: Translator,
) -> alt.LayerChart:
    """The scatter. marks: of the chosen provinces; line: None unless it is wanted."""
    circles = dots.scatter_points(plot_area, list(marks), relation.a.year)
    doubtful = [pair.adcode for pair in relation.doubtful]
    names = scatternames.name_rows(plot_area, circles, marks, doubtful, t)
    points = scattermarks.point_rows(relation, circles, marks, t)
    base = alt.Chart(points).encode(
        x=alt.X(
            "x:Q", scale=_axis_scale(plot_area.x), axis=_x_axis(relation, plot_area, quarters, t)
        ),
        y=alt.Y("y:Q", scale=_axis_scale(plot_area.y), axis=_y_axis(relation, plot_area, t)),
    )
    layers: list[Any] = [*_band_layers(plot_area), *_quarter_rules(plot_area, quarters)]
    if line:
        layers.append(_fitted_line_layer(plot_area, line))
    layers += [
        *scatternames.leader_layers(names),
        *scattermarks.point_layers(base),
        *scatternames.word_layers(plot_area, quarters, t),
        *scatternames.name_layers(names),
        scattermarks.catch_layer(base, relation, t),
    ]
    chart = alt.LayerChart(layer=layers).properties(
        height=HEIGHT_PX,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"top": 4, "left": 2, "right": 6, "bottom": 6},
    )
    # The brush has no words of its own: it would be an unnamed picture to who listens.
    return charts.apply_theme(chart).configure_mark(description=t(N_("Brush over the chart")))


def _axis_scale(axis: Axis) -> alt.Scale:
    # A domain that falls turns the axis round: ranks read best from the right and from the top.
    low, high = sorted((axis.start, axis.end))
    return alt.Scale(domain=[low, high], reverse=axis.start > axis.end, nice=False, zero=False)


def _x_axis(
    relation: Relation, plot_area: PlotArea, quarters: Quadrants | None, t: Translator
) -> alt.Axis:
    """The axis of A, its title under the words that hang below the chart."""
    below = scatternames.words_offset_px(plot_area, t) + (2 * LINE_PX if quarters else 0)
    return alt.Axis(
        title=t(
            relationwording.SIDES[A],
            title=relationwording.axis_title_of(relation.a, relation.by_rank, t),
        ),
        titlePadding=below - LINE_PX,
        titleLimit=alt.expr("width"),
        **_tick_settings(plot_area.x, relation.by_rank),
    )


def _y_axis(relation: Relation, plot_area: PlotArea, t: Translator) -> alt.Axis:
    """The axis of B, its title left of the names of bands."""
    bands = [word for _, lines in scatternames.band_titles(plot_area.y, t) for word in lines]
    return alt.Axis(
        title=t(
            relationwording.SIDES[B],
            title=relationwording.axis_title_of(relation.b, relation.by_rank, t),
        ),
        titleLimit=HEIGHT_PX,
        minExtent=max(map(text_width_px, bands), default=0) + scatternames.TICKS_PX,
        **_tick_settings(plot_area.y, relation.by_rank),
    )


def _tick_settings(axis: Axis, by_rank: bool) -> dict[str, Any]:
    if by_rank:
        return {"grid": False, "domain": True, "values": list(axis.ticks), "format": "d"}
    return {"grid": True, "domain": True, "tickCount": 6}


def _band_layers(plot_area: PlotArea) -> list[alt.Chart]:
    """The bands of provinces without a rank, as a quiet ground."""
    x, y = plot_area.x, plot_area.y
    rows = [(b.near, b.far, y.start, y.end) for b in x.bands]
    rows += [(x.start, x.end, b.near, b.far) for b in y.bands]
    if not rows:
        return []
    frame = pd.DataFrame(rows, columns=["x", "x2", "y", "y2"])
    ground = alt.Chart(frame).mark_rect(
        fill="#f4f4f2", stroke="#d5dae0", strokeWidth=0.6, fillOpacity=0.75, aria=False
    )
    return [ground.encode(x="x:Q", x2="x2:Q", y="y:Q", y2="y2:Q")]


def _quarter_rules(plot_area: PlotArea, quarters: Quadrants | None) -> list[alt.Chart]:
    if quarters is None:
        return []
    style: dict[str, Any] = {"color": "#8a949f", "strokeWidth": 1, "strokeDash": [4, 3]}
    across = pd.DataFrame({"x": [quarters.a]})
    up = pd.DataFrame({"y": [quarters.b]})
    return [
        alt.Chart(across).mark_rule(aria=False, **style).encode(x="x:Q"),
        alt.Chart(up).mark_rule(aria=False, **style).encode(y="y:Q"),
    ]


def _fitted_line_layer(plot_area: PlotArea, line: FittedLine) -> alt.Chart:
    """The fitted line as far as the chart reaches."""
    ends = []
    for x in (plot_area.x.start, plot_area.x.end):
        y = min(max(line.value_at(x), plot_area.y.start), plot_area.y.end)
        ends.append(((y - line.intercept) / line.slope if line.slope else x, y))
    frame = pd.DataFrame(ends, columns=["x", "y"])
    drawn = alt.Chart(frame).mark_line(color=charts.INK, strokeWidth=1.3, clip=True, aria=False)
    return drawn.encode(x="x:Q", y="y:Q")
