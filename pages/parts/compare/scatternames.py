"""The names and words on a scatter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import altair as alt
import pandas as pd

from geo.compare import dots, relationwording
from geo.compare.axes import Axis, PlotArea
from geo.compare.dots import HEIGHT_PX, ScatterPoint
from geo.compare.names import FONT_SIZE_PX, LINE_PX
from geo.compare.relation import Quadrants
from geo.markers import Marker
from geo.text import Translator
from pages.parts import charts

QUIET: Final = "#545d68"
TICKS_PX: Final = 12  # from the edge of the chart to the words at its ticks
OVER_PX: Final = 2 * LINE_PX + 5  # room over the chart for two lines of words
RIM: Final[dict[str, Any]] = {"stroke": "#ffffff", "strokeWidth": 2.5, "opacity": 0.85}


def name_rows(
    plot_area: PlotArea,
    scatter_points: Sequence[ScatterPoint],
    marks: dict[str, Marker],
    doubtful: Sequence[str],
    t: Translator,
) -> pd.DataFrame:
    """A row for each name and range of inner widths, with its place beside its mark."""
    rows = [
        {
            "x": label.dot.x,
            "y": label.dot.y,
            "name": label.name,
            "least": label.least,
            "most": label.most,
            "dx": round(label.spot.dx_px, 1),
            "dy": round(label.spot.dy_px, 1),
            "align": label.spot.align,
            "far": label.spot.far,
            "bold": label.dot.adcode in marks,
            "colour": marks[label.dot.adcode].colour if label.dot.adcode in marks else charts.INK,
        }
        for label in dots.scatter_labels(plot_area, scatter_points, list(marks), doubtful, t)
    ]
    columns = ["x", "y", "name", "least", "most", "dx", "dy", "align", "far", "bold", "colour"]
    return pd.DataFrame(rows, columns=columns)


def _name_layer(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows).transform_filter("width > datum.least && width <= datum.most")


def name_layers(rows: pd.DataFrame) -> list[alt.Chart]:
    """The names, each over a white rim that keeps it readable where a line passes behind."""
    drawn = []
    for rim in (True, False):
        for bold in sorted(set(rows["bold"])):
            text = _name_layer(rows[rows["bold"] == bold]).mark_text(
                fontSize=FONT_SIZE_PX,
                fontWeight="bold" if bold else "normal",
                baseline="middle",
                align=alt.expr("datum.align"),
                dx=alt.expr("datum.dx"),
                dy=alt.expr("datum.dy"),
                aria=False,
                **(RIM if rim else {}),
            )
            colour = alt.FillValue("#ffffff") if rim else alt.Fill("colour:N", scale=None)
            drawn.append(text.encode(x="x:Q", y="y:Q", text="name:N", fill=colour))
    return drawn


def leader_layers(rows: pd.DataFrame) -> list[alt.Chart]:
    """Thin lines from names that stand apart to their marks."""
    far = rows[rows["far"]]
    if far.empty:
        return []
    drawn = _name_layer(far).mark_rule(
        color="#9aa5b1",
        strokeWidth=0.6,
        x2Offset=alt.expr("datum.dx"),
        y2Offset=alt.expr("datum.dy"),
        aria=False,
    )
    return [drawn.encode(x="x:Q", y="y:Q", x2="x:Q", y2="y:Q")]


def band_titles(axis: Axis, t: Translator) -> list[tuple[float, list[str]]]:
    """Where along an axis each band has its middle (0 to 1), and its short name in lines."""
    return [
        (axis.share((band.near + band.far) / 2), t(relationwording.BAND[band.status]).split())
        for band in axis.bands
    ]


def words_offset_px(plot_area: PlotArea, t: Translator) -> float:
    """How far below the chart the words of the lower corners begin, under ticks and bands."""
    lines = max((len(title) for _, title in band_titles(plot_area.x, t)), default=1)
    return TICKS_PX + lines * LINE_PX + TICKS_PX / 2


def word_layers(plot_area: PlotArea, quarters: Quadrants | None, t: Translator) -> list[alt.Chart]:
    """What the quarters hold, over and under the chart, and what the bands are, as its ticks."""
    drawn = []
    for share, title in band_titles(plot_area.x, t):
        drawn.append(_text_layer(title, share, HEIGHT_PX + TICKS_PX, "center"))
    for share, title in band_titles(plot_area.y, t):
        top = HEIGHT_PX * (1 - share) - len(title) * LINE_PX / 2
        drawn.append(_text_layer(title, 0.0, top, "right", -TICKS_PX))
    if quarters is None:
        return drawn
    for a in (True, False):
        for b in (True, False):
            lines = relationwording.format_quarter(quarters, a, b, t).split("\n")
            top = -OVER_PX if b else HEIGHT_PX + words_offset_px(plot_area, t)
            drawn.append(_text_layer(lines, float(a), top, "right" if a else "left"))
    return drawn


def _text_layer(
    lines: list[str],
    across: float,
    top_px: float,
    align: Literal["left", "center", "right"],
    dx_px: float = 0,
) -> alt.Chart:
    """Lines of words hanging from a height, at a share of the width."""
    return (
        alt.Chart(pd.DataFrame({"text": ["\n".join(lines)]}))
        .mark_text(
            fontSize=FONT_SIZE_PX,
            color=QUIET,
            lineBreak="\n",
            lineHeight=LINE_PX,
            align=align,
            baseline="top",
            dx=dx_px,
            x=alt.expr(f"width * {across:.4f}"),
            y=top_px,
            aria=False,
        )
        .encode(text="text:N")
    )
