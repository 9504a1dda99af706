"""The names and words on a scatter, and the boxes that keep them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from geo import wording
from geo.compare import dots, relationwording
from geo.compare.axes import Ground
from geo.compare.dots import HEIGHT_PX, Dot
from geo.compare.labels import LETTERS_PX, LINE_PX, Box, width_px
from geo.compare.relation import Quarters
from geo.markers import Marker
from geo.text import Texts
from pages.parts import charts

QUIET: Final = "#545d68"
EDGE_PX: Final = 6  # from the edge of the chart to the words in its corners
RIM: Final[dict[str, Any]] = {"stroke": "#ffffff", "strokeWidth": 2.5, "opacity": 0.85}


def names(
    where: Ground,
    circles: Sequence[Dot],
    marks: dict[str, Marker],
    doubtful: Sequence[str],
    kept: Sequence[Box],
    say: Texts,
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
        for label in dots.labels(where, circles, list(marks), doubtful, kept, say)
    ]
    columns = ["x", "y", "name", "least", "most", "dx", "dy", "align", "far", "bold", "colour"]
    return pd.DataFrame(rows, columns=columns)


def _at_this_width(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows).transform_filter("width > datum.least && width <= datum.most")


def labels(rows: pd.DataFrame) -> list[alt.Chart]:
    """The names, each over a white rim that keeps it readable where a line passes behind."""
    drawn = []
    for rim in (True, False):
        for bold in sorted(set(rows["bold"])):
            text = _at_this_width(rows[rows["bold"] == bold]).mark_text(
                fontSize=LETTERS_PX,
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


def leaders(rows: pd.DataFrame) -> list[alt.Chart]:
    """Thin lines from names that stand apart to their marks."""
    far = rows[rows["far"]]
    if far.empty:
        return []
    drawn = _at_this_width(far).mark_rule(
        color="#9aa5b1",
        strokeWidth=0.6,
        x2Offset=alt.expr("datum.dx"),
        y2Offset=alt.expr("datum.dy"),
        aria=False,
    )
    return [drawn.encode(x="x:Q", y="y:Q", x2="x:Q", y2="y:Q")]


def corners(found: Quarters | None, say: Texts) -> list[dict[str, Any]]:
    """The words of the quarters, each with the box that names keep clear of."""
    if found is None:
        return []
    rows = []
    for a in (True, False):
        for b in (True, False):
            words = relationwording.quarter(found, a, b, say)
            rows.append(_word(words, 1.0 if a else 0.0, b, 0.0 if b else float(HEIGHT_PX)))
    return rows


def _word(text: str, across: float, below: bool, down_px: float) -> dict[str, Any]:
    """Words at the left (across 0) or right (1) edge, below or above a height."""
    lines = text.split("\n")
    wide = max(map(width_px, lines)) + EDGE_PX
    high = len(lines) * LINE_PX + EDGE_PX + (0 if below else EDGE_PX / 2)
    top = down_px if below else down_px - high
    left, right = (-wide, 0.0) if across else (0.0, wide)
    return {
        "text": text,
        "across": across,
        # Of several lines Vega takes the first for the baseline, so all hang from their top.
        "down": top + EDGE_PX,
        "baseline": "top",
        "align": "right" if across else "left",
        "dx": -EDGE_PX if across else EDGE_PX,
        "angle": 0,
        "box": Box(across, left, right, top, top + high),
    }


def bands(where: Ground, say: Texts) -> list[dict[str, Any]]:
    """What each band holds: along its edge, upright in the bands of A."""
    rows = []
    for band in where.y.bands:
        down = HEIGHT_PX * (1 - where.y.share(band.near))
        rows.append(_word(wording.status(band.status, say), 1.0, True, down))
    for band in where.x.bands:
        text, across = wording.status(band.status, say), where.x.share(band.near)
        long = width_px(text)
        middle = HEIGHT_PX / 2
        box = Box(across, -LINE_PX - EDGE_PX, 0.0, middle - long / 2, middle + long / 2)
        rows.append(
            {
                "text": text, "across": across, "down": middle, "baseline": "bottom",
                "align": "center", "dx": -EDGE_PX, "angle": 270, "box": box,
            }
        )  # fmt: skip
    return rows


def words(rows: Sequence[dict[str, Any]]) -> list[alt.Chart]:
    """Words in their places; Vega-Lite places by pixel with an expression of the width."""
    return [
        alt.Chart(pd.DataFrame({"text": [row["text"]]}))
        .mark_text(
            fontSize=LETTERS_PX,
            color=QUIET,
            lineBreak="\n",
            lineHeight=LINE_PX,
            align=row["align"],
            baseline=row["baseline"],
            angle=row["angle"],
            dx=0 if row["angle"] else row["dx"],
            dy=row["dx"] if row["angle"] else 0,
            x=alt.expr(f"width * {row['across']:.4f}"),
            y=row["down"],
            aria=False,
        )
        .encode(text="text:N")
        for row in rows
    ]
