"""The layers of a chart over the years: lines, marks, rules at breaks, names at the ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt
import pandas as pd

from geo import tints
from geo.compare.course import axis_ends
from geo.compare.labels import spread_labels
from geo.dimension import SeriesPoint
from geo.text import N_, Translator
from geo.view import FIRST_YEAR, LAST_YEAR
from pages.parts.charts import INK, ChartAxis, LineStyle, named_scale

REGION_LETTERS: Final = "#545d68"  # the grey of the lines is too light to be read
LABEL_SHARE: Final = 0.05  # of the height that the name of a line takes
LABEL_YEARS: Final = 1.5  # of the axis that the names behind the last points take
# On a narrow screen the names stand in the row over the chart alone.
NARROW: Final = "windowSize()[0] < 760"


def trend_layers(
    points: Sequence[SeriesPoint],
    axis: ChartAxis,
    styles: Mapping[str, LineStyle],
    breaks: Sequence[int],
    t: Translator,
) -> alt.LayerChart:
    """All layers. breaks: years before which years do not compare."""
    frame = _point_frame(points, styles)
    low, high = axis_ends([point.value for point in points], axis.places)
    names = [look.name for look in styles.values()]
    colours = [look.marker.colour for look in styles.values()]
    shapes = [look.marker.shape for look in styles.values()]
    dashes = [list(look.dash) for look in styles.values()]
    last = max(LAST_YEAR + 0.3, frame["year"].max() + LABEL_YEARS)
    years = alt.Scale(
        domainMin=FIRST_YEAR - 0.3,
        domainMax=alt.ExprRef(f"{NARROW} ? {LAST_YEAR + 0.3} : {last}"),
        nice=False,
        zero=False,
    )
    ticks = list(range(FIRST_YEAR, LAST_YEAR + 1))
    places = [1, *range(5, axis.places + 1, 5)] if axis.places else alt.Undefined
    across = alt.X(
        "year:Q", title=None, scale=years, axis=alt.Axis(values=ticks, format="d", grid=False)
    )
    up = alt.Y(
        "value:Q",
        title=axis.title,
        scale=alt.Scale(domain=[low, high], reverse=axis.places > 0, nice=False, zero=False),
        axis=alt.Axis(values=places),
    )
    base = alt.Chart(frame).encode(
        x=across,
        y=up,
        color=alt.Color("name:N", scale=named_scale(names, colours), legend=None),
        tooltip=[
            alt.Tooltip("name:N", title=t(N_("Line"))),
            alt.Tooltip("year:Q", title=t(N_("Year")), format="d"),
            alt.Tooltip("value:Q", title=axis.title, format=f",.{axis.decimals}f"),
        ],
    )
    lines = base.mark_line(strokeWidth=1.8).encode(
        strokeDash=alt.StrokeDash("name:N", scale=named_scale(names, dashes), legend=None),
        detail="piece:N",
    )
    points_of = base.encode(
        shape=alt.Shape("name:N", scale=named_scale(names, shapes), legend=None)
    )
    drawn = lines
    # A layer without marks would be an unnamed picture in itself.
    if (frame["mark"] & ~frame["doubtful"]).any():
        sound = points_of.mark_point(size=55, opacity=1, filled=True)
        drawn += sound.transform_filter("datum.mark && !datum.doubtful")
    if frame["doubtful"].any():
        hollow = points_of.mark_point(size=55, opacity=1, fill="#ffffff")
        drawn += hollow.transform_filter("datum.doubtful")
    if breaks:
        drawn += _break_rules(breaks, t)
    return drawn + _name_layer(frame, styles, low, high)


def _point_frame(points: Sequence[SeriesPoint], styles: Mapping[str, LineStyle]) -> pd.DataFrame:
    """The points as rows; a point that no line reaches is marked, or it would not be seen."""
    counts = pd.Series([(p.line, p.segment) for p in points]).value_counts()
    return pd.DataFrame(
        {
            "line": [p.line for p in points],
            "name": [styles[p.line].name for p in points],
            "year": [p.year for p in points],
            "value": [p.value for p in points],
            "doubtful": [p.doubtful for p in points],
            "piece": [p.segment for p in points],
            "mark": [styles[p.line].has_marks or counts[p.line, p.segment] == 1 for p in points],
        }
    )


def _break_rules(breaks: Sequence[int], t: Translator) -> alt.LayerChart:
    """An upright rule between the years that do not compare, with one word."""
    frame = pd.DataFrame({"year": [year - 0.5 for year in breaks], "word": t(N_("break"))})
    base = alt.Chart(frame).encode(x="year:Q")
    rule = base.mark_rule(strokeDash=[2, 3], color="#7a828c")
    return rule + base.mark_text(color=REGION_LETTERS, align="left", dx=4, y=6, fontSize=10).encode(
        text="word:N"
    )


def _name_layer(
    frame: pd.DataFrame, styles: Mapping[str, LineStyle], low: float, high: float
) -> alt.Chart:
    """The names of the lines behind their last points, moved apart."""
    ends = frame.loc[frame.groupby("line")["year"].idxmax()]
    room = LABEL_SHARE * (high - low)
    result = [
        group.assign(place=spread_labels(list(group["value"]), room, low, high))
        for _, group in ends.groupby("year")
    ]
    placed = pd.concat(result)
    placed["letters"] = [
        tints.readable_colour(look.marker.colour, INK if look.has_marks else REGION_LETTERS)
        for look in (styles[line] for line in placed["line"])
    ]
    return (
        alt.Chart(placed)
        # Emptied and not made invisible, as letters that nobody sees would still take their room.
        .transform_calculate(label=f"{NARROW} ? '' : datum.name")
        .mark_text(align="left", dx=9, fontSize=11.5)
        .encode(
            x="year:Q",
            y="place:Q",
            text="label:N",
            color=alt.Color("letters:N", scale=None, legend=None),
        )
    )
