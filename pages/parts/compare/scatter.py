"""The scatter of two measures: chart, selection, notes, table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

import streamlit as st
from markupsafe import Markup

from geo.analysis import (
    BAND_NAMES,
    FONT_SIZE_PX,
    NAME_LINE_PX,
    POINT_SIZES,
    SCATTER_HEIGHT_PX,
    SIDE_A,
    SIDE_B,
    SIDE_NAMES,
    Axis,
    FittedLine,
    PageState,
    PlotArea,
    ProvincePair,
    Quadrants,
    Relation,
    ScatterPoint,
    axis_title_of,
    build_plot_area,
    build_quarters,
    describe_correlation,
    fit_line,
    format_quarter,
    format_side_rank,
    format_side_value,
    mark_area_px2,
    name_with_year,
    nearest_population_year,
    region_colour,
    region_name,
    region_names,
    relate_measures,
    relation_csv,
    relation_heads,
    relation_notes,
    relation_rows,
    resident_population,
    scatter_labels,
    scatter_points,
    text_width_px,
    toggle_province,
)
from geo.captions import quiet_note
from geo.colours import COLOURS
from geo.limits import MAX_CHOSEN
from geo.maps import (
    REGION_COLOURS,
    REGION_DASHES,
    REGION_GREY,
    Marker,
    assign_markers,
    marker_key,
    ring_key,
)
from geo.measures import format_population
from geo.pictures import SCATTER_KIND
from geo.text import N_, InputError, Translator, render_template
from geo.units import provinces
from pages.parts.charts import INK, key_row
from pages.parts.compare.choices import draw_measure_pair, draw_scatter_options
from pages.parts.figure_links import figure_line
from pages.parts.state import notify
from pages.parts.vega import (
    NAME,
    THEME,
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
from pages.parts.widgets import set_compared_provinces

TEMPLATES: Final = Path(__file__).parent / "templates"
QUIET: Final = COLOURS["ink-muted"]
TICKS_PX: Final = 12  # from the edge of the chart to the words at its ticks
OVER_PX: Final = 2 * NAME_LINE_PX + 5  # room over the chart for two lines of words
SURFACE: Final = COLOURS["surface"]
RIM: Final[dict[str, Any]] = {"stroke": SURFACE, "strokeWidth": 2.5, "opacity": 0.85}
ACCENT: Final = COLOURS["accent"]
CATCH_PX2: Final = 260  # the least area that a pointer or a finger catches
BRUSH: Final = "brush"
PICK: Final = "pick"
CATCH: Final = "catch"  # the layer that selections are made on
FITS: Final = "width > datum.least && width <= datum.most"


def name_rows(
    plot_area: PlotArea,
    scatter_points: Sequence[ScatterPoint],
    marks: dict[str, Marker],
    doubtful: Sequence[str],
    t: Translator,
) -> list[Row]:
    """Return a row for each name and range of inner widths, with its position by its mark."""
    return [
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
            "colour": marks[label.dot.adcode].colour if label.dot.adcode in marks else INK,
        }
        for label in scatter_labels(plot_area, scatter_points, list(marks), doubtful, t)
    ]


def name_layers(rows: Sequence[Row]) -> list[Spec]:
    """Return the names, each with a white outline, so that it is readable over a line."""
    text = {"text": channel("name", NAME)}
    rim = {**text, "fill": {"value": SURFACE}}
    letters = {**text, "fill": channel("colour", NAME, scale=None)}
    layers = []
    for encoding, look in ((rim, RIM), (letters, {})):
        for bold in sorted({row["bold"] for row in rows}):
            layers.append(
                layer(
                    "text",
                    encoding,
                    keep=f"{FITS} && datum.bold == {json.dumps(bold)}",
                    fontSize=FONT_SIZE_PX,
                    fontWeight="bold" if bold else "normal",
                    baseline="middle",
                    align=expression("datum.align"),
                    dx=expression("datum.dx"),
                    dy=expression("datum.dy"),
                    aria=False,
                    **look,
                )
            )
    return layers


def leader_layers(rows: Sequence[Row]) -> list[Spec]:
    """Return thin lines from distant names to their marks."""
    if not any(row["far"] for row in rows):
        return []
    return [
        layer(
            "rule",
            {"x2": {"field": "x"}, "y2": {"field": "y"}},
            keep=f"{FITS} && datum.far",
            color=COLOURS["tick"],
            strokeWidth=0.6,
            x2Offset=expression("datum.dx"),
            y2Offset=expression("datum.dy"),
            aria=False,
        )
    ]


def band_titles(axis: Axis, t: Translator) -> list[tuple[float, list[str]]]:
    """Return the middle of each band on an axis (0 to 1), and its short name in lines."""
    return [
        (axis.share((band.near + band.far) / 2), t(BAND_NAMES[band.status]).split())
        for band in axis.bands
    ]


def words_offset_px(plot_area: PlotArea, t: Translator) -> float:
    """Return the distance from the chart to the text of the lower corners, below the ticks."""
    lines = max((len(title) for _, title in band_titles(plot_area.x, t)), default=1)
    return TICKS_PX + lines * NAME_LINE_PX + TICKS_PX / 2


def word_layers(plot_area: PlotArea, quarters: Quadrants | None, t: Translator) -> list[Spec]:
    """Return the counts of the quarters, above and below the chart, and the names of bands."""
    layers = []
    for share, title in band_titles(plot_area.x, t):
        layers.append(_text_layer(title, share, SCATTER_HEIGHT_PX + TICKS_PX, "center"))
    for share, title in band_titles(plot_area.y, t):
        top = SCATTER_HEIGHT_PX * (1 - share) - len(title) * NAME_LINE_PX / 2
        layers.append(_text_layer(title, 0.0, top, "right", -TICKS_PX))
    if quarters is None:
        return layers
    for a in (True, False):
        for b in (True, False):
            lines = format_quarter(quarters, a, b, t).split("\n")
            top = -OVER_PX if b else SCATTER_HEIGHT_PX + words_offset_px(plot_area, t)
            layers.append(_text_layer(lines, float(a), top, "right" if a else "left"))
    return layers


def _text_layer(
    lines: list[str],
    across: float,
    top_px: float,
    align: Literal["left", "center", "right"],
    dx_px: float = 0,
) -> Spec:
    """Return lines of text below a height, at a share of the width."""
    return layer(
        "text",
        {"text": channel("text", NAME)},
        [{"text": "\n".join(lines)}],
        fontSize=FONT_SIZE_PX,
        color=QUIET,
        lineBreak="\n",
        lineHeight=NAME_LINE_PX,
        align=align,
        baseline="top",
        dx=dx_px,
        x=expression(f"width * {across:.4f}"),
        y=top_px,
        aria=False,
    )


def point_rows(
    relation: Relation,
    scatter_points: Sequence[ScatterPoint],
    markers: dict[str, Marker],
    t: Translator,
) -> list[Row]:
    """Return a row for each dot: position, size and tooltip."""
    pairs = {pair.adcode: pair for pair in relation.pairs}
    return [_point_row(dot, pairs[dot.adcode], relation, markers, t) for dot in scatter_points]


def _point_row(
    dot: ScatterPoint,
    pair: ProvincePair,
    relation: Relation,
    markers: dict[str, Marker],
    t: Translator,
) -> Row:
    province = provinces()[dot.adcode]
    year = nearest_population_year(relation.a.year)
    known = resident_population(dot.adcode, year)
    name = province.name_in(t.lang)
    region = Marker(region_colour(dot.adcode), "circle")
    look = markers.get(dot.adcode, region)
    a, b = (
        format_side_value(cell, side, t)
        for cell, side in ((pair.a, relation.a), (pair.b, relation.b))
    )
    return {
        "adcode": dot.adcode,
        "x": dot.x,
        "y": dot.y,
        "area": dot.area_px2,
        "catch": max(dot.area_px2, CATCH_PX2),
        "region": province.region_en,
        "doubtful": pair.doubtful,
        "chosen": dot.adcode in markers,
        "colour": look.colour,
        "shape": look.shape,
        "name": name,
        "read": t(N_("{name}: A {a}, B {b}"), name=name, a=a, b=b),
        "region_name": province.region_in(t.lang),
        "a": a,
        "b": b,
        "rank_a": format_side_rank(pair.a, t),
        "rank_b": format_side_rank(pair.b, t),
        "people": format_population(known[0], t) if known else "",
    }


def point_layers() -> list[Spec]:
    """Return circles by region, and above them the chosen provinces with colours and shapes.

    Colours and shapes are in the rows: layers would share one scale and mix up the two kinds.
    """
    dashes = named_scale(region_names(), [list(dash) for dash in REGION_DASHES])
    style: dict[str, Any] = {"strokeWidth": 1.4, "opacity": 1, "aria": False}
    looks = {
        "size": channel("area", scale=None),
        "fill": channel("colour", NAME, scale=None),
        "stroke": channel("colour", NAME, scale=None),
    }
    circles = {
        **looks,
        "strokeDash": channel("region", NAME, scale=dashes, legend=None),
        "fillOpacity": value_if("datum.doubtful", 0, 0.16),
    }
    chosen = {
        **looks,
        "shape": channel("shape", NAME, scale=None),
        "fillOpacity": value_if("datum.doubtful", 0, 1),
    }
    return [
        layer("point", circles, keep="!datum.chosen", **style),
        layer("point", chosen, keep="datum.chosen", **style),
    ]


def catch_layer(relation: Relation, t: Translator) -> Spec:
    """Return invisible marks on top, for tooltips, clicks and brushing."""
    year = nearest_population_year(relation.a.year)
    tips = {
        "name": t(N_("Province")),
        "region_name": t(N_("Region")),
        # The tooltip truncates long heads: a full name would hide the year.
        "a": t(SIDE_NAMES[SIDE_A], title=relation.a.year),
        "rank_a": t(N_("Rank in A")),
        "b": t(SIDE_NAMES[SIDE_B], title=relation.b.year),
        "rank_b": t(N_("Rank in B")),
        "people": t(N_("Residents, {year}"), year=year),
    }
    encoding = {
        "size": channel("catch", scale=None),
        "description": channel("read", NAME),  # for screen readers, in place of all fields
        "tooltip": [channel(name, NAME, title=title) for name, title in tips.items()],
    }
    marks = layer("point", encoding, filled=True, opacity=0, cursor="pointer")
    return {"name": CATCH, **marks}


def selections() -> list[Spec]:
    """Return what a reader can do on the chart: click a mark, and draw a box."""
    click = {"type": "point", "fields": ["adcode"], "toggle": "false"}
    box = {
        "type": "interval",
        "encodings": ["x", "y"],
        "mark": {"fill": ACCENT, "fillOpacity": 0.08, "stroke": ACCENT},
    }
    return [
        {"name": PICK, "select": click, "views": [CATCH]},
        {"name": BRUSH, "select": box, "views": [CATCH]},
    ]


def build_scatter_chart(
    relation: Relation,
    plot_area: PlotArea,
    marks: dict[str, Marker],
    quarters: Quadrants | None,
    line: FittedLine | None,
    t: Translator,
) -> Spec:
    """Return the scatter. marks: of the chosen provinces; line: None to leave it out."""
    circles = scatter_points(plot_area, list(marks), relation.a.year)
    doubtful = [pair.adcode for pair in relation.pairs if pair.doubtful]
    names = name_rows(plot_area, circles, marks, doubtful, t)
    points = point_rows(relation, circles, marks, t)
    places = {"x": channel("x"), "y": channel("y")}
    axes = {
        "x": channel(
            "x", scale=_axis_scale(plot_area.x), axis=_x_axis(relation, plot_area, quarters, t)
        ),
        "y": channel("y", scale=_axis_scale(plot_area.y), axis=_y_axis(relation, plot_area, t)),
    }
    layers = [*_band_layers(plot_area), *_quarter_rules(plot_area, quarters)]
    if line:
        layers.append(_fitted_line_layer(plot_area, line))
    if leaders := leader_layers(names):
        layers.append(group("names", places, leaders))
    layers += [group("points", axes, point_layers()), *word_layers(plot_area, quarters, t)]
    if names:
        layers.append(group("names", places, name_layers(names)))
    layers.append(group("points", axes, [catch_layer(relation, t)]))
    built = chart(
        layers,
        height=SCATTER_HEIGHT_PX,
        autosize={"type": "fit-x", "contains": "padding"},
        padding={"top": 4, "left": 2, "right": 6, "bottom": 6},
        params=selections(),
        datasets={"names": names, "points": points},
    )
    # The brush has no description: screen readers would announce an unnamed picture.
    return {**built, "config": {**THEME, "mark": {"description": t(N_("Selection on the chart"))}}}


def _axis_scale(axis: Axis) -> Spec:
    # A descending domain reverses the axis: rank 1 is at the right and at the top.
    low, high = sorted((axis.start, axis.end))
    reverse = axis.start > axis.end
    return {"domain": [low, high], "reverse": reverse, "nice": False, "zero": False}


def _x_axis(
    relation: Relation, plot_area: PlotArea, quarters: Quadrants | None, t: Translator
) -> Spec:
    """Return the axis of A, its title below the text under the chart."""
    below = words_offset_px(plot_area, t) + (2 * NAME_LINE_PX if quarters else 0)
    return {
        "title": t(SIDE_NAMES[SIDE_A], title=axis_title_of(relation.a, relation.by_rank, t)),
        "titlePadding": below - NAME_LINE_PX,
        "titleLimit": expression("width"),
        **_tick_settings(plot_area.x, relation.by_rank),
    }


def _y_axis(relation: Relation, plot_area: PlotArea, t: Translator) -> Spec:
    """Return the axis of B, its title left of the names of bands."""
    bands = [word for _, lines in band_titles(plot_area.y, t) for word in lines]
    return {
        "title": t(SIDE_NAMES[SIDE_B], title=axis_title_of(relation.b, relation.by_rank, t)),
        "titleLimit": SCATTER_HEIGHT_PX,
        "minExtent": max(map(text_width_px, bands), default=0) + TICKS_PX,
        **_tick_settings(plot_area.y, relation.by_rank),
    }


def _tick_settings(axis: Axis, by_rank: bool) -> Spec:
    if by_rank:
        return {"grid": False, "domain": True, "values": list(axis.ticks), "format": "d"}
    return {"grid": True, "domain": True, "tickCount": 6}


def _band_layers(plot_area: PlotArea) -> list[Spec]:
    """Return the bands of provinces without a rank, as a pale background."""
    x, y = plot_area.x, plot_area.y
    bands = [(b.near, b.far, y.start, y.end) for b in x.bands]
    bands += [(x.start, x.end, b.near, b.far) for b in y.bands]
    if not bands:
        return []
    return [
        layer(
            "rect",
            {"x": channel("x"), "x2": {"field": "x2"}, "y": channel("y"), "y2": {"field": "y2"}},
            [dict(zip(("x", "x2", "y", "y2"), band, strict=True)) for band in bands],
            fill=COLOURS["band"],
            stroke=COLOURS["rule"],
            strokeWidth=0.6,
            fillOpacity=0.75,
            aria=False,
        )
    ]


def _quarter_rules(plot_area: PlotArea, quarters: Quadrants | None) -> list[Spec]:
    if quarters is None:
        return []
    style: dict[str, Any] = {"color": COLOURS["line-muted"], "strokeWidth": 1, "strokeDash": [4, 3]}
    return [
        layer("rule", {"x": channel("x")}, [{"x": quarters.a}], aria=False, **style),
        layer("rule", {"y": channel("y")}, [{"y": quarters.b}], aria=False, **style),
    ]


def _fitted_line_layer(plot_area: PlotArea, line: FittedLine) -> Spec:
    """Return the fitted line across the whole chart."""
    ends = []
    for x in (plot_area.x.start, plot_area.x.end):
        y = min(max(line.value_at(x), plot_area.y.start), plot_area.y.end)
        ends.append({"x": (y - line.intercept) / line.slope if line.slope else x, "y": y})
    places = {"x": channel("x"), "y": channel("y")}
    return layer("line", places, ends, color=INK, strokeWidth=1.3, clip=True, aria=False)


def draw_scatter_keys(markers: dict[str, Marker], t: Translator) -> None:
    """Draw the keys: marks of the provinces, outlines of the regions, sizes by residents."""
    names = [(marker_key(m), provinces()[a].name_in(t.lang)) for a, m in markers.items()]
    rings = [
        (ring_key(180, colour, dash), region_name(region, t))
        for region, colour, dash in zip(region_names(), REGION_COLOURS, REGION_DASHES, strict=True)
    ]
    sizes = [
        (
            ring_key(mark_area_px2(size), REGION_GREY),
            format_population(size, t, decimals=0),
        )
        for size in POINT_SIZES
    ]
    st.html(key_row(names) + key_row([*rings, *sizes]))


def scatter_notes(relation: Relation, view: PageState, t: Translator) -> Markup:
    """Return the notes: correlations, the line, the provinces left out, the method."""
    sentences = [
        *relation_notes(relation, view.quadrants, view.fit, t),
        t(
            N_(
                "Drag over the chart to choose the provinces in a box in place of those chosen "
                "now; click a mark to add or remove one. Names that do not fit are in the table."
            )
        ),
    ]
    return render_template(
        TEMPLATES,
        "scatter_notes",
        correlation=describe_correlation(relation, t),
        note=quiet_note(t.join_sentences(sentences)),
    )


def draw_scatter_table(relation: Relation, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the table, folded, with a download."""
    rows = [
        (pair.adcode, pair.adcode in chosen, cells)
        for pair, cells in zip(relation.pairs, relation_rows(relation, t), strict=True)
    ]
    with st.container(key="scatter_table"):
        st.html(
            render_template(
                TEMPLATES,
                "scatter_table",
                title=t(N_("Table of all provinces")),
                heads=relation_heads(relation, t),
                rows=rows,
            )
        )
        st.download_button(
            t(N_("Download this table")),
            relation_csv(relation, t),
            file_name=f"{relation.a.measure.id}-{relation.a.year}-{relation.b.measure.id}-{relation.b.year}-{t.lang}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="scatter_download",
        )


def draw_scatter_pane(view: PageState, chosen: tuple[str, ...], t: Translator) -> None:
    """Draw the pane."""
    draw_measure_pair(view, t)
    relation = relate_measures(view.shown_measure, view.year, view.second_measure, view.year2)
    if not relation.by_rank:
        draw_scatter_options(view, t)
    if not relation.complete_pairs and not relation.by_rank:
        st.html(quiet_note(t(N_("No province has values for both."))))
        return
    chosen_markers = assign_markers("", chosen)
    where = build_plot_area(relation)
    with st.container(key="scatter_part"):
        draw_scatter_keys(chosen_markers, t)
        _draw_chart(relation, where, chosen_markers, view, chosen, t)
        st.html(
            scatter_notes(relation, view, t)
            + figure_line(
                SCATTER_KIND,
                view,
                t,
                measure=view.measure,
                year=view.year,
                measure2=view.measure2,
                year2=view.year2,
                provinces=",".join(chosen),
                quadrants=view.quadrants,
                fit=view.fit,
            )
        )
    draw_scatter_table(relation, chosen, t)


def _draw_chart(
    relation: Relation,
    plot_area: PlotArea,
    markers: dict[str, Marker],
    view: PageState,
    chosen: tuple[str, ...],
    t: Translator,
) -> None:
    quarters = build_quarters(relation, view.quadrants)
    line = fit_line(relation) if view.fit == "line" else None
    # The key depends on the options: other options give a new chart without a selection, so that
    # a selection is handled once and does not outlive its chart.
    key = "-".join(
        ["scatter", t.lang, view.measure, str(view.year), view.measure2, str(view.year2), *chosen]
    )
    st.vega_lite_chart(
        build_scatter_chart(relation, plot_area, markers, quarters, line, t),
        key=key,
        on_select=lambda: _handle_selection(key, relation, plot_area, view, t),
        alt=t(
            N_("Scatter of {a} across and {b} upwards; the table below gives the same values."),
            a=name_with_year(relation.a, t),
            b=name_with_year(relation.b, t),
        ),
    )


def _handle_selection(
    key: str, relation: Relation, plot_area: PlotArea, view: PageState, t: Translator
) -> None:
    """Choose the brushed provinces, or add or remove the province of a clicked mark."""
    selection = st.session_state[key].selection
    picked = selection.get(PICK) or []
    box = selection.get(BRUSH) or {}
    if picked:
        set_compared_provinces(toggle_province(view, str(picked[0]["adcode"])))
    elif box:
        _choose_brushed(provinces_inside(plot_area, box["x"], box["y"]), relation, t)


def provinces_inside(plot_area: PlotArea, across: list[float], upwards: list[float]) -> list[str]:
    """Return the provinces between two values of each axis, in either direction of the axis."""
    return [
        adcode
        for adcode, (x, y) in plot_area.places.items()
        if min(across) <= x <= max(across) and min(upwards) <= y <= max(upwards)
    ]


def _choose_brushed(adcodes: list[str], relation: Relation, t: Translator) -> None:
    """Choose brushed provinces; of more than ten, the first ones in A."""
    if not adcodes:
        return
    cells = relation.a.snapshot.cells
    ranked = sorted(adcodes, key=lambda adcode: (cells[adcode].rank or len(provinces()), adcode))
    first_ranked = ranked[:MAX_CHOSEN]
    if len(adcodes) > MAX_CHOSEN:
        message = N_(
            "{count} provinces were selected, and up to {most} can be distinguished. The "
            "first by measure A are used: {names}."
        )
        names = t.join_names([provinces()[adcode].name_in(t.lang) for adcode in first_ranked])
        notify(InputError(message, count=len(adcodes), most=MAX_CHOSEN, names=names))
    set_compared_provinces(first_ranked)
