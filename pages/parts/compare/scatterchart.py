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
from geo.compare.axes import Axis, Ground
from geo.compare.dots import HEIGHT_PX
from geo.compare.names import LINE_PX, width_px
from geo.compare.relation import Line, Quarters, Relation
from geo.compare.relationwording import A, B
from geo.markers import Marker
from geo.text import N_, Texts
from pages.parts import charts
from pages.parts.compare import scattermarks, scatternames


def draw(
    own: Relation,
    where: Ground,
    marks: dict[str, Marker],
    found: Quarters | None,
    line: Line | None,
    say: Texts,
) -> alt.LayerChart:
    """The scatter. marks: of the chosen provinces; line: None unless it is wanted."""
    circles = dots.dots(where, list(marks), own.a.year)
    doubtful = [pair.adcode for pair in own.doubtful]
    names = scatternames.names(where, circles, marks, doubtful, say)
    points = scattermarks.points(own, circles, marks, say)
    base = alt.Chart(points).encode(
        x=alt.X("x:Q", scale=_scale(where.x), axis=_across(own, where, found, say)),
        y=alt.Y("y:Q", scale=_scale(where.y), axis=_upwards(own, where, say)),
    )
    layers: list[Any] = [*_grounds(where), *_rules(where, found)]
    if line:
        layers.append(_line(where, line))
    layers += [
        *scatternames.leaders(names),
        *scattermarks.marks(base),
        *scatternames.words(where, found, say),
        *scatternames.labels(names),
        scattermarks.catch(base, own, say),
    ]
    chart = alt.LayerChart(layer=layers).properties(
        height=HEIGHT_PX,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        padding={"top": 4, "left": 2, "right": 6, "bottom": 6},
    )
    # The brush has no words of its own: it would be an unnamed picture to who listens.
    return charts.themed(chart).configure_mark(description=say(N_("Brush over the chart")))


def _scale(axis: Axis) -> alt.Scale:
    # A domain that falls turns the axis round: ranks read best from the right and from the top.
    low, high = sorted((axis.start, axis.end))
    return alt.Scale(domain=[low, high], reverse=axis.start > axis.end, nice=False, zero=False)


def _across(own: Relation, where: Ground, found: Quarters | None, say: Texts) -> alt.Axis:
    """The axis of A, its title under the words that hang below the chart."""
    below = scatternames.below_px(where, say) + (2 * LINE_PX if found else 0)
    return alt.Axis(
        title=say(relationwording.SIDES[A], title=relationwording.title(own.a, own.by_rank, say)),
        titlePadding=below - LINE_PX,
        titleLimit=alt.expr("width"),
        **_ticks(where.x, own.by_rank),
    )


def _upwards(own: Relation, where: Ground, say: Texts) -> alt.Axis:
    """The axis of B, its title left of the names of bands."""
    bands = [word for _, lines in scatternames.band_titles(where.y, say) for word in lines]
    return alt.Axis(
        title=say(relationwording.SIDES[B], title=relationwording.title(own.b, own.by_rank, say)),
        titleLimit=HEIGHT_PX,
        minExtent=max(map(width_px, bands), default=0) + scatternames.TICKS_PX,
        **_ticks(where.y, own.by_rank),
    )


def _ticks(axis: Axis, by_rank: bool) -> dict[str, Any]:
    if by_rank:
        return {"grid": False, "domain": True, "values": list(axis.ticks), "format": "d"}
    return {"grid": True, "domain": True, "tickCount": 6}


def _grounds(where: Ground) -> list[alt.Chart]:
    """The bands of provinces without a rank, as a quiet ground."""
    x, y = where.x, where.y
    rows = [(b.near, b.far, y.start, y.end) for b in x.bands]
    rows += [(x.start, x.end, b.near, b.far) for b in y.bands]
    if not rows:
        return []
    frame = pd.DataFrame(rows, columns=["x", "x2", "y", "y2"])
    ground = alt.Chart(frame).mark_rect(
        fill="#f4f4f2", stroke="#d5dae0", strokeWidth=0.6, fillOpacity=0.75, aria=False
    )
    return [ground.encode(x="x:Q", x2="x2:Q", y="y:Q", y2="y2:Q")]


def _rules(where: Ground, found: Quarters | None) -> list[alt.Chart]:
    if found is None:
        return []
    style: dict[str, Any] = {"color": "#8a949f", "strokeWidth": 1, "strokeDash": [4, 3]}
    across = pd.DataFrame({"x": [found.a]})
    up = pd.DataFrame({"y": [found.b]})
    return [
        alt.Chart(across).mark_rule(aria=False, **style).encode(x="x:Q"),
        alt.Chart(up).mark_rule(aria=False, **style).encode(y="y:Q"),
    ]


def _line(where: Ground, line: Line) -> alt.Chart:
    """The fitted line as far as the chart reaches."""
    ends = []
    for x in (where.x.start, where.x.end):
        y = min(max(line.at(x), where.y.start), where.y.end)
        ends.append(((y - line.intercept) / line.slope if line.slope else x, y))
    frame = pd.DataFrame(ends, columns=["x", "y"])
    drawn = alt.Chart(frame).mark_line(color=charts.INK, strokeWidth=1.3, clip=True, aria=False)
    return drawn.encode(x="x:Q", y="y:Q")
