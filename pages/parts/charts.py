"""Lines over time, and keys of charts and strips."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    SeriesPoint,
    TimeAxis,
    axis_ends,
    build_time_axis,
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
from geo.measures import DOUBT_MARK, Measure
from geo.text import N_, Translator, period_position
from geo.units import provinces
from pages.parts.vega import (
    NAME,
    Row,
    Spec,
    channel,
    chart,
    expression,
    group,
    layer,
    named_scale,
    value_if,
)

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


def trend_chart(
    points: Sequence[SeriesPoint],
    axis: ChartAxis,
    styles: Mapping[str, LineStyle],
    breaks: Sequence[int],
    time: TimeAxis,
    t: Translator,
) -> Spec:
    """Return the chart. breaks: years that are not comparable with the year before."""
    rows = _point_rows(points, styles)
    low, high = axis_ends([point.value for point in points], axis.places)
    names = [look.name for look in styles.values()]
    colours = [look.marker.colour for look in styles.values()]
    shapes = [look.marker.shape for look in styles.values()]
    dashes = [list(look.dash) for look in styles.values()]
    ends = _line_ends(rows, styles, axis, low, high, t)
    positions = [position for position, _ in time.ticks]
    texts = json.dumps([text for _, text in time.ticks])
    last = f"{time.last + time.pad} : {_domain_end([end['label'] for end in ends], time)}"
    encoding = {
        "x": channel(
            "time",
            title=None,
            scale={
                "domainMin": time.first - time.pad,
                "domainMax": expression(f"{NARROW} ? {last}"),
                "nice": False,
                "zero": False,
            },
            axis={
                "values": positions,
                "labelExpr": f"{texts}[indexof({json.dumps(positions)}, datum.value)]",
                "grid": False,
            },
        ),
        "y": channel(
            "value",
            title=axis.title if axis.has_title else None,
            scale={
                "domain": [low, high],
                "reverse": axis.places > 0,
                "nice": False,
                "zero": False,
            },
            axis={"values": list(rank_ticks(axis.places))} if axis.places else {},
        ),
        "color": channel("name", NAME, scale=named_scale(names, colours), legend=None),
        "tooltip": [
            channel("name", NAME, title=t(N_("Line"))),
            channel("period", NAME, title=t(N_("Year"))),
            channel("value", title=axis.title, format=f",.{axis.decimals}f"),
        ],
    }
    dash = channel("name", NAME, scale=named_scale(names, dashes), legend=None)
    shape = {"shape": channel("name", NAME, scale=named_scale(names, shapes), legend=None)}
    marks: dict[str, Any] = {"size": 55, "opacity": 1}
    layers = [
        layer("line", {"strokeDash": dash, "detail": channel("piece", NAME)}, strokeWidth=1.8)
    ]
    # Screen readers would announce a layer without marks as an unnamed picture.
    if any(row["mark"] and not row["doubtful"] for row in rows):
        sound = "datum.mark && !datum.doubtful"
        layers.append(layer("point", shape, keep=sound, filled=True, **marks))
    if any(row["doubtful"] for row in rows):
        layers.append(
            layer("point", shape, keep="datum.doubtful", fill=COLOURS["surface"], **marks)
        )
    return chart(
        [group(rows, encoding, layers), *_break_rules(breaks, t), *_end_layers(ends)],
    )


def _point_rows(points: Sequence[SeriesPoint], styles: Mapping[str, LineStyle]) -> list[Row]:
    """Return the points as rows; an isolated point gets a mark, or it would be invisible."""
    counts = Counter((point.line, point.segment) for point in points)
    return [
        {
            "line": point.line,
            "name": styles[point.line].name,
            "year": int(point.year),
            "time": period_position(point.year),
            "period": str(point.year),
            "value": point.value,
            "doubtful": point.doubtful,
            "piece": point.segment,
            "mark": styles[point.line].has_marks or counts[point.line, point.segment] == 1,
        }
        for point in points
    ]


def _break_rules(breaks: Sequence[int], t: Translator) -> list[Spec]:
    """Return vertical rules between years that are not comparable, with a label."""
    if not breaks:
        return []
    rows = [{"time": year - 0.5, "word": t(N_("break"))} for year in breaks]
    word: dict[str, Any] = {
        "align": "left",
        "dx": 4,
        "y": 6,
        "fontSize": 10,
        "color": REGION_LETTERS,
    }
    layers = [
        layer("rule", {}, strokeDash=[2, 3], color=COLOURS["series-break"]),
        layer("text", {"text": channel("word", NAME)}, **word),
    ]
    return [group(rows, {"x": channel("time")}, layers)]


def _line_ends(
    rows: Sequence[Row],
    styles: Mapping[str, LineStyle],
    axis: ChartAxis,
    low: float,
    high: float,
    t: Translator,
) -> list[Row]:
    """Return the last point of each line with its label: name and value, apart from the others.

    place: the height of the label on the axis; moved: whether it is not beside its point.
    """
    last_of: dict[str, Row] = {}
    for row in rows:
        if row["line"] not in last_of or row["year"] > last_of[row["line"]]["year"]:
            last_of[row["line"]] = row
    room = LABEL_SHARE * (high - low)
    last = max(row["year"] for row in last_of.values())
    ends: list[Row] = []
    for year in sorted({row["year"] for row in last_of.values()}):
        same = [row for row in last_of.values() if row["year"] == year]
        places = spread_labels([row["value"] for row in same], room, low, high)
        for row, place in zip(same, places, strict=True):
            look = styles[row["line"]]
            ends.append(
                {
                    **row,
                    "place": place,
                    "moved": abs(place - row["value"]) > MOVED_SHARE * room,
                    "label": _end_label(row, axis, last, t),
                    "letters": readable_colour(
                        look.marker.colour, INK if look.has_marks else REGION_LETTERS
                    ),
                }
            )
    return ends


def _end_label(row: Row, axis: ChartAxis, last: int, t: Translator) -> str:
    """Return name and last value, with a mark of doubt, and the year if others go on."""
    value = t.format_number(row["value"], axis.decimals) + DOUBT_MARK * bool(row["doubtful"])
    if row["year"] == last:
        return t(N_("{name} {value}"), name=row["name"], value=value)
    return t(N_("{name} {value} ({year})"), name=row["name"], value=value, year=row["period"])


def _domain_end(labels: Sequence[str], time: TimeAxis) -> str:
    """Return the end of the axis of years as an expression: the labels fit after the last year."""
    width = LABEL_GAP + 12 + max(text_width_px(label, LABEL_SIZE) for label in labels)
    plot = f"max(windowSize()[0] * {WINDOW_SHARE} - {AXIS_PX + width:.0f}, {MIN_PLOT_PX})"
    span = time.last - time.first + time.pad
    return f"{time.last} + {width:.0f} * {span} / {plot}"


def _end_layers(ends: Sequence[Row]) -> list[Spec]:
    """Return the labels after the last points, with thin connectors where they are moved."""
    across, colour = channel("time"), channel("letters", NAME, scale=None, legend=None)
    labels = layer(
        "text",
        {"x": across, "y": channel("place"), "text": channel("text", NAME), "color": colour},
        ends,
        align="left",
        dx=LABEL_GAP,
        fontSize=LABEL_SIZE,
    )
    # Empty text instead of invisible text, which would still take up room.
    labels["transform"] = [{"calculate": f"{NARROW} ? '' : datum.label", "as": "text"}]
    moved = [end for end in ends if end["moved"]]
    if not moved:
        return [labels]
    connectors = layer(
        "rule",
        {
            "x": across,
            "x2": {"field": "time"},
            "y": channel("value"),
            "y2": {"field": "place"},
            "color": colour,
            "opacity": value_if(NARROW, 0, 1),
        },
        moved,
        strokeWidth=0.7,
        xOffset=5,
        x2Offset=LABEL_GAP - 2,
    )
    return [labels, connectors]


def _line_styles(
    points: Sequence[SeriesPoint], marked: Mapping[str, Marker], measure: Measure, t: Translator
) -> dict[str, LineStyle]:
    """Return the styles of the lines: country, regions in grey, marked provinces."""
    looks = {"national": LineStyle(line_name("national", measure, t), Marker(INK, "circle"))}
    for en, dash in zip(region_names(), REGION_DASHES, strict=True):
        looks[en] = LineStyle(
            line_name(en, measure, t), Marker(REGION_GREY, "circle"), dash, has_marks=False
        )
    for adcode, marker in marked.items():
        looks[adcode] = LineStyle(line_name(adcode, measure, t), marker)
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
    measure: Measure,
    t: Translator,
) -> None:
    """Draw lines over the years: national value, regions, and provinces in their colours.

    breaks: years with a rule before them, as they are not comparable with the year before.
    """
    looks = _line_styles(points, markers, measure, t)
    # A legend in the chart would take up too much room on a narrow screen.
    st.html(key_row((_style_image(look), look.name) for look in looks.values()))
    if points:
        note = t(
            N_("{unit} by year, lines of {names}"),
            unit=axis.title,
            names=t.join_names([look.name for look in looks.values()]),
        )
        time = build_time_axis(measure)
        spec = trend_chart(points, axis, looks, breaks, time, t)
        st.vega_lite_chart(spec, height=380, alt=note)
