"""Native bar charts, whose values are in a workbook that can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Pt

from geo.colours import COLOURS
from geo.slides.layout import find_placeholder, place_shape, set_alt_text
from geo.slides.template import Placement
from geo.slides.text import FAINT, INK, rgb_colour, set_font, text_width_pt
from geo.tables import escape_formula

EDGE: Final = COLOURS["line-muted"]  # bars have an edge, because pale ones are hard to see on white
EDGE_PT: Final = 0.5
GAP_PCT: Final = 35  # gap between bars, in percent of a bar
GAP_GROUPS_PCT: Final = 60
ROOM_FOR_LABELS: Final = 1.18  # length of an axis relative to its longest bar


@dataclass(frozen=True)
class ChartBar:
    """One bar: its name, its value (None draws no bar) and its colour."""

    label: str
    value: float | None
    colour: str


@dataclass(frozen=True)
class BarSeries:
    """The bars of one colour in a grouped chart, one value for each group."""

    name: str
    values: tuple[float | None, ...]
    colour: str


def add_bar_chart(
    page: Slide,
    place: Placement,
    chart_bars: Sequence[ChartBar],
    heading: str,
    decimals: int,
    alt: str,
    top: float | None = None,
    names_room: float | None = None,
    size: float = 10.5,
) -> GraphicFrame:
    """Fill a placeholder with horizontal bars, or add a chart of them.

    The first is at the top, and each has its value at its end.

    heading: the name of the series with its unit, not drawn. top: the longest bar that the axis
    must have room for, and names_room: the points for the names; both let several charts share
    a scale.
    """
    series = BarSeries(heading, tuple(bar.value for bar in chart_bars), EDGE)
    frame = _add_chart(
        page, place, [bar.label for bar in chart_bars], [series], XL_CHART_TYPE.BAR_CLUSTERED
    )
    chart: Any = frame.chart
    plot = _format_plot(chart, decimals, size)
    plot.gap_width = GAP_PCT
    chart.category_axis.reverse_order = True
    figures = [bar.value for bar in chart_bars if bar.value is not None]
    _scale_axis(chart, [*figures, *([] if top is None else [top])])
    for number, bar in enumerate(chart_bars):
        fill = plot.series[0].points[number].format
        fill.fill.solid()
        fill.fill.fore_color.rgb = rgb_colour(bar.colour)
        fill.line.color.rgb = rgb_colour(EDGE)
        fill.line.width = Pt(EDGE_PT)
    widest = max((text_width_pt(bar.label, size) for bar in chart_bars), default=0.0)
    _set_plot_area(chart, min(0.5, ((names_room or widest) + 10) / place.width_pt))
    set_alt_text(frame, alt)
    return frame


def add_grouped_bar_chart(
    page: Slide,
    place: Placement,
    names: Sequence[str],
    series: Sequence[BarSeries],
    decimals: int,
    alt: str,
    labelled: bool = True,
    upright: bool = True,
    size: float = 10.0,
) -> GraphicFrame:
    """Fill a placeholder with grouped bars, or add a chart of them, with a legend above."""
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if upright else XL_CHART_TYPE.BAR_CLUSTERED
    frame = _add_chart(page, place, names, series, kind)
    chart: Any = frame.chart
    plot = _format_plot(chart, decimals, size, labelled)
    plot.gap_width, plot.overlap = GAP_GROUPS_PCT, 0
    chart.category_axis.reverse_order = not upright
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        set_font(chart.legend.font, size, INK)
    _scale_axis(chart, [value for one in series for value in one.values if value is not None])
    for entry, one in zip(plot.series, series, strict=True):
        entry.format.fill.solid()
        entry.format.fill.fore_color.rgb = rgb_colour(one.colour)
        entry.format.line.color.rgb = rgb_colour(EDGE)
        entry.format.line.width = Pt(EDGE_PT)
    set_alt_text(frame, alt)
    return frame


def _add_chart(
    page: Slide, place: Placement, names: Sequence[str], series: Sequence[BarSeries], kind: Any
) -> GraphicFrame:
    data: Any = CategoryChartData()
    # The chart's workbook would read names that begin like a formula as one.
    data.categories = [str(escape_formula(name)) for name in names]
    for one in series:
        data.add_series(str(escape_formula(one.name)), one.values)
    shapes: Any = page.shapes
    frame: GraphicFrame
    if place.placeholder is None:
        frame = shapes.add_chart(kind, 0, 0, 0, 0, data)
    else:
        frame = find_placeholder(page, place.placeholder).insert_chart(kind, data)
    place_shape(frame, place)
    return frame


def _format_plot(chart: Any, decimals: int, size: float, labelled: bool = True) -> Any:
    """Format the plot: names beside bars, values at their ends, no grid lines."""
    set_font(chart.font, size, INK)
    chart.has_legend = False
    chart.has_title = False
    values, names = chart.value_axis, chart.category_axis
    values.visible = False
    values.has_major_gridlines = False
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = rgb_colour(EDGE)
    # Names stay at the left even if some bars are negative.
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _show_all_names(names)
    plot = chart.plots[0]
    plot.vary_by_categories = False
    plot.has_data_labels = labelled
    if labelled:
        labels = plot.data_labels
        labels.show_value = True
        labels.number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
        labels.number_format_is_linked = False
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        set_font(labels.font, size - 0.5, FAINT if size > 10 else INK)
    return plot


def _set_plot_area(chart: Any, left_share: float) -> None:
    """Set the extent of the bars, so that charts of one size have one scale."""
    area = next(chart.element.iter(qn("c:plotArea")))
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout, manual = OxmlElement("c:layout"), OxmlElement("c:manualLayout")
    settings = (
        ("layoutTarget", "inner"),
        ("xMode", "edge"),
        ("yMode", "edge"),
        ("x", f"{left_share:.4f}"),
        ("y", "0.01"),
        ("w", f"{0.99 - left_share:.4f}"),
        ("h", "0.98"),
    )
    for name, value in settings:
        element = OxmlElement(f"c:{name}")
        element.set("val", value)
        manual.append(element)
    layout.append(manual)
    area.insert(0, layout)


def _show_all_names(axis: Any) -> None:
    """Show every name on the axis, even if there is little room."""
    element = axis._element
    skip = OxmlElement("c:tickLblSkip")
    skip.set("val", "1")
    for later in ("c:tickMarkSkip", "c:noMultiLvlLbl"):
        for other in element.findall(qn(later)):
            other.addprevious(skip)
            return


def _scale_axis(chart: Any, figures: Sequence[float]) -> None:
    """Scale an axis from zero with room for the labels, so that lengths are comparable."""
    longest, lowest = max(figures, default=0.0), min(figures, default=0.0)
    if longest > 0:
        chart.value_axis.maximum_scale = longest * ROOM_FOR_LABELS
    if lowest >= 0:
        chart.value_axis.minimum_scale = 0
    else:
        chart.value_axis.minimum_scale = lowest * ROOM_FOR_LABELS
