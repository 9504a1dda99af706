"""Altair charts: the theme, the lines of a time series, and keys of charts and strips."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    SeriesPoint,
    TimeAxis,
    axis_ends,
    line_name,
    rank_ticks,
    region_names,
    text_width_px,
)
from geo.colours import COLOURS
from geo.labels import spread_labels
from geo.maps import (
    NATIONAL_COLOUR,
    REGION_DASHES,
    REGION_GREY,
    SOLID_LINE,
    TICK_COLOUR,
    Marker,
    image_address,
    line_key,
    marker_key,
    readable_colour,
    tick_key,
)
from geo.measures import DOUBT_MARK
from geo.text import N_, Translator, period_position
from geo.units import provinces

INK: Final = COLOURS["ink"]
REGION_LETTERS: Final = COLOURS["ink-muted"]  # the grey of the lines is too light for text
LABEL_SHARE: Final = 0.05  # share of the height that the name of a line takes
MOVED_SHARE: Final = 0.4  # of that height: a label moved by more has a connector
LABEL_SIZE: Final = 11.5  # px
LABEL_GAP: Final = 13  # px from the last point of a line to its label, room for a connector
# Estimates, to leave room for the labels: share of the window, and px, that the axis takes.
WINDOW_SHARE: Final = 0.82
AXIS_PX: Final = 60
MIN_PLOT_PX: Final = 300
# On a narrow screen only the row above the chart has the names.
NARROW: Final = "windowSize()[0] < 760"


def key_row(items: Iterable[tuple[str, str]]) -> Markup:
    """Return small symbols (SVG) with their names."""
    item = Markup('<span><img src="{}" alt=""> {}</span>')
    return Markup('<p class="marks free">{}</p>').format(
        Markup("").join(item.format(image_address(svg), name) for svg, name in items)
    )


def strip_keys(
    marked: Mapping[str, Marker], t: Translator, with_doubt: bool = False
) -> list[tuple[str, str]]:
    """Return the symbols of a strip with their names: the marked provinces, and other signs.

    with_doubt: with the sign of a doubtful value.
    """
    keys = [
        (marker_key(marker), provinces()[adcode].name_in(t.lang))
        for adcode, marker in marked.items()
    ]
    keys += [
        (tick_key(TICK_COLOUR), t(N_("a province"))),
        (tick_key(NATIONAL_COLOUR), t(N_("national value or median"))),
    ]
    if with_doubt:
        ring = marker_key(Marker(NATIONAL_COLOUR, "circle"), hollow=True)
        keys.append((ring, t(N_("doubtful value or rank"))))
    return keys


@dataclass(frozen=True)
class LineStyle:
    """The style and the name of a line; only some have marks on their points."""

    name: str
    marker: Marker
    dash: tuple[int, int] = SOLID_LINE
    has_marks: bool = True


@dataclass(frozen=True)
class ChartAxis:
    """The vertical axis of lines.

    places: the number of ranks, if the lines are ranks. has_title: False where a heading over the
    chart says the unit, so that it stands once.
    """

    title: str
    decimals: int
    places: int = 0
    has_title: bool = True


def apply_theme(chart: alt.LayerChart) -> alt.LayerChart:
    """Apply the theme of all charts: thin lines, pale grid, font of the page."""
    return chart.configure_view(strokeWidth=0).configure_axis(
        gridColor=COLOURS["rule-row"],
        domainColor=COLOURS["border-control"],
        tickColor=COLOURS["border-control"],
        labelColor=COLOURS["ink-muted"],
        titleColor=COLOURS["ink-muted"],
        titleFontWeight="normal",
    )


def named_scale(names: list[str], values: Sequence[Any]) -> alt.Scale:
    """Return a scale from names to values such as colours or shapes."""
    return alt.Scale(domain=names, range=list(values))


def trend_layers(
    points: Sequence[SeriesPoint],
    axis: ChartAxis,
    styles: Mapping[str, LineStyle],
    breaks: Sequence[int],
    time: TimeAxis,
    t: Translator,
) -> alt.LayerChart:
    """Return all layers. breaks: years that are not comparable with the year before."""
    frame = _point_frame(points, styles)
    low, high = axis_ends([point.value for point in points], axis.places)
    names = [look.name for look in styles.values()]
    colours = [look.marker.colour for look in styles.values()]
    shapes = [look.marker.shape for look in styles.values()]
    dashes = [list(look.dash) for look in styles.values()]
    ends = _line_ends(frame, styles, axis, low, high, t)
    years = alt.Scale(
        domainMin=time.first - time.pad,
        domainMax=alt.ExprRef(
            f"{NARROW} ? {time.last + time.pad} : {_domain_end(list(ends['label']), time)}"
        ),
        nice=False,
        zero=False,
    )
    positions = [position for position, _ in time.ticks]
    texts = json.dumps([text for _, text in time.ticks])
    labels = f"{texts}[indexof({json.dumps(positions)}, datum.value)]"
    places = list(rank_ticks(axis.places)) if axis.places else alt.Undefined
    across = alt.X(
        "time:Q",
        title=None,
        scale=years,
        axis=alt.Axis(values=positions, labelExpr=labels, grid=False),
    )
    up = alt.Y(
        "value:Q",
        title=axis.title if axis.has_title else None,
        scale=alt.Scale(domain=[low, high], reverse=axis.places > 0, nice=False, zero=False),
        axis=alt.Axis(values=places),
    )
    base = alt.Chart(frame).encode(
        x=across,
        y=up,
        color=alt.Color("name:N", scale=named_scale(names, colours), legend=None),
        tooltip=[
            alt.Tooltip("name:N", title=t(N_("Line"))),
            alt.Tooltip("period:N", title=t(N_("Year"))),
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
    layers = lines
    # Screen readers would announce a layer without marks as an unnamed picture.
    if (frame["mark"] & ~frame["doubtful"]).any():
        sound = points_of.mark_point(size=55, opacity=1, filled=True)
        layers += sound.transform_filter("datum.mark && !datum.doubtful")
    if frame["doubtful"].any():
        hollow = points_of.mark_point(size=55, opacity=1, fill=COLOURS["surface"])
        layers += hollow.transform_filter("datum.doubtful")
    if breaks:
        layers += _break_rules(breaks, t)
    for layer in _end_layers(ends):
        layers += layer
    return layers


def _point_frame(points: Sequence[SeriesPoint], styles: Mapping[str, LineStyle]) -> pd.DataFrame:
    """Return the points as rows; an isolated point gets a mark, or it would be invisible."""
    counts = pd.Series([(p.line, p.segment) for p in points]).value_counts()
    return pd.DataFrame(
        {
            "line": [p.line for p in points],
            "name": [styles[p.line].name for p in points],
            "year": [int(p.year) for p in points],
            "time": [period_position(p.year) for p in points],
            "period": [str(p.year) for p in points],
            "value": [p.value for p in points],
            "doubtful": [p.doubtful for p in points],
            "piece": [p.segment for p in points],
            "mark": [styles[p.line].has_marks or counts[p.line, p.segment] == 1 for p in points],
        }
    )


def _break_rules(breaks: Sequence[int], t: Translator) -> alt.LayerChart:
    """Return vertical rules between years that are not comparable, with a label."""
    frame = pd.DataFrame({"time": [year - 0.5 for year in breaks], "word": t(N_("break"))})
    base = alt.Chart(frame).encode(x="time:Q")
    rule = base.mark_rule(strokeDash=[2, 3], color=COLOURS["series-break"])
    return rule + base.mark_text(color=REGION_LETTERS, align="left", dx=4, y=6, fontSize=10).encode(
        text="word:N"
    )


def _line_ends(
    frame: pd.DataFrame,
    styles: Mapping[str, LineStyle],
    axis: ChartAxis,
    low: float,
    high: float,
    t: Translator,
) -> pd.DataFrame:
    """Return the last point of each line with its label: name and value, apart from the others.

    place: the height of the label on the axis; moved: whether it is not beside its point.
    """
    ends = frame.loc[frame.groupby("line")["year"].idxmax()]
    room = LABEL_SHARE * (high - low)
    result = [
        group.assign(place=spread_labels(list(group["value"]), room, low, high))
        for _, group in ends.groupby("year")
    ]
    labelled = pd.concat(result)
    labelled["moved"] = (labelled["place"] - labelled["value"]).abs() > MOVED_SHARE * room
    last = labelled["year"].max()
    labelled["label"] = [_end_label(row, axis, last, t) for row in labelled.itertuples()]
    labelled["letters"] = [
        readable_colour(look.marker.colour, INK if look.has_marks else REGION_LETTERS)
        for look in (styles[line] for line in labelled["line"])
    ]
    return labelled


def _end_label(row: Any, axis: ChartAxis, last: int, t: Translator) -> str:
    """Return name and last value, with a mark of doubt, and the year if others go on."""
    value = t.format_number(row.value, axis.decimals) + DOUBT_MARK * bool(row.doubtful)
    if row.year == last:
        return t(N_("{name} {value}"), name=row.name, value=value)
    return t(N_("{name} {value} ({year})"), name=row.name, value=value, year=row.period)


def _domain_end(labels: Sequence[str], time: TimeAxis) -> str:
    """Return the end of the axis of years as an expression: the labels fit after the last year."""
    width = LABEL_GAP + 12 + max(text_width_px(label, LABEL_SIZE) for label in labels)
    plot = f"max(windowSize()[0] * {WINDOW_SHARE} - {AXIS_PX + width:.0f}, {MIN_PLOT_PX})"
    span = time.last - time.first + time.pad
    return f"{time.last} + {width:.0f} * {span} / {plot}"


def _end_layers(ends: pd.DataFrame) -> list[alt.Chart]:
    """Return the labels after the last points, with thin connectors where they are moved."""
    colour = alt.Color("letters:N", scale=None, legend=None)
    # Empty text instead of invisible text, which would still take up room.
    labels = (
        alt.Chart(ends)
        .transform_calculate(text=f"{NARROW} ? '' : datum.label")
        .mark_text(align="left", dx=LABEL_GAP, fontSize=LABEL_SIZE)
        .encode(x="time:Q", y="place:Q", text="text:N", color=colour)
    )
    if not ends["moved"].any():
        return [labels]
    connectors = (
        alt.Chart(ends[ends["moved"]])
        .mark_rule(strokeWidth=0.7, xOffset=5, x2Offset=LABEL_GAP - 2)
        .encode(
            x="time:Q",
            x2="time:Q",
            y="value:Q",
            y2="place:Q",
            color=colour,
            opacity=alt.condition(NARROW, alt.value(0), alt.value(1)),
        )
    )
    return [labels, connectors]


def _line_styles(
    points: Sequence[SeriesPoint], marked: Mapping[str, Marker], t: Translator
) -> dict[str, LineStyle]:
    """Return the styles of the lines: country, regions in grey, marked provinces."""
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
        return marker_key(look.marker)
    return line_key(look.marker.colour, look.dash)


def draw_trend_chart(
    points: Sequence[SeriesPoint],
    axis: ChartAxis,
    markers: Mapping[str, Marker],
    breaks: Sequence[int],
    time: TimeAxis,
    t: Translator,
) -> None:
    """Draw lines over the years: national value, regions, and provinces in their colours.

    breaks: years with a rule before them, as they are not comparable with the year before.
    """
    looks = _line_styles(points, markers, t)
    # The legend of Altair would take up too much room on a narrow screen.
    st.html(key_row((_style_image(look), look.name) for look in looks.values()))
    if points:
        note = t(
            N_("{unit} by year, lines of {names}"),
            unit=axis.title,
            names=t.join_names([look.name for look in looks.values()]),
        )
        st.altair_chart(
            apply_theme(trend_layers(points, axis, looks, breaks, time, t)),
            height=380,
            alt=note,
        )
