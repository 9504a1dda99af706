"""Small charts of one row, as SVG: a strip of all provinces, and a line over the years.

A page shows about seventy of them, so no chart library draws them: each is under a kilobyte and
needs no script in the browser.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, pi
from pathlib import Path
from typing import Final
from urllib.parse import quote

from geo.colours import COLOURS
from geo.labels import spread_labels, stacking_levels
from geo.maps.markers import MARKER_PATHS, OWN_PROVINCE, Marker
from geo.measures import QUANTITIES, Cell, Snapshot
from geo.text import are_consecutive, period_position, period_step, render_template

TEMPLATES: Final = Path(__file__).parent / "templates"
STRIP: Final = (300, 22)  # width and height, px
LINE: Final = (104, 26)
SMALL_LINES: Final = (132, 34)
NATIONAL_DASH: Final = (3, 3)
LABEL_PX: Final = 12  # height of a label of small lines
LABEL_EM: Final = 6.2  # estimated width of one of its characters, px
LABEL_GAP: Final = 8  # from a point to its label, px
PAD: Final = 7
STEP: Final = 10  # width of a mark, and so the least distance between two
TICK_COLOUR: Final = COLOURS["tick"]
NATIONAL_COLOUR: Final = COLOURS["national"]
INK: Final = COLOURS["ink"]
ACCENT: Final = COLOURS["accent"]
SURFACE: Final = COLOURS["surface"]
AXIS: Final = COLOURS["strip-axis"]
INTERVAL_AXIS: Final = COLOURS["rule-column"]
INTERVAL: Final = COLOURS["ink-muted"]
SMALL_NATIONAL: Final = COLOURS["ink-muted"]  # the country's line in a small chart


@dataclass(frozen=True)
class _Shape:
    """An element of SVG: its name, its attributes in their order, and its text if it has one."""

    tag: str
    attributes: Mapping[str, object]
    text: str = ""


def strip_svg(snapshot: Snapshot, marks: Mapping[str, Marker]) -> str:
    """Draw all provinces of a snapshot along its scale, lowest at the left, some of them marked.

    A thin tick is a province, the tall dark tick the national value. Marked provinces without a
    value are left out. Returns SVG, empty if fewer than two provinces have a value.
    """
    values = snapshot.values_by_adcode()
    if len(values) < 2:
        return ""
    national = snapshot.national.value if snapshot.national else None
    return strip_of_values_svg(
        values, national, marks, (min(values.values()), max(values.values()))
    )


def strip_of_values_svg(
    values: Mapping[str, float],
    national: float | None,
    marks: Mapping[str, Marker],
    ends: tuple[float, float],
    doubtful: Container[str] = (),
    width: int = STRIP[0],
    apart: bool = False,
) -> str:
    """Draw values by adcode along a scale with given ends, some of them marked.

    Values beyond an end are drawn at that end. Marks of doubtful values are hollow. apart: marks
    that would overlap are stacked, and the strip is as tall as the stack. Returns SVG.
    """
    low, high = ends
    room, span = width - 2 * PAD, high - low

    def at(value: float) -> float:
        share = (value - low) / span if span > 0 else 0.5
        return PAD + room * min(max(share, 0.0), 1.0)

    # Written out for all values together: a page has some fifty strips of 31 ticks.
    shares = [(value - low) / span if span > 0 else 0.5 for value in values.values()]
    ticks = "".join([f"M{PAD + room * min(max(share, 0.0), 1.0):.1f} 6v10" for share in shares])
    shapes = [
        _path(f"M{PAD} 11H{width - PAD}", stroke=AXIS),
        _path(ticks, stroke=TICK_COLOUR, fill="none"),
    ]
    if national is not None:
        shapes.append(_path(f"M{at(national):.1f} 1v20", stroke=NATIONAL_COLOUR, stroke_width=1.6))
    whose = [adcode for adcode in marks if adcode in values]
    places = [at(values[adcode]) for adcode in whose]
    rows = stacking_levels(places, STEP) if apart else [0] * len(whose)
    for adcode, level in zip(whose, rows, strict=True):
        x, y = at(values[adcode]), 11 + STEP * level
        shapes.append(_marker(x, y, marks[adcode], hollow=adcode in doubtful))
    return _draw_svg(width, STRIP[1] + STEP * max(rows, default=0), shapes)


def line_svg(series: Mapping[int, Cell], years: Sequence[int]) -> str:
    """Draw a province's values over years: gaps where missing, rings where doubtful.

    A year without a value in the year before and after is a dot, because no line reaches it.

    series: the cells of all years of a measure, in their order, which may be months or days. years:
    the first and last year of the axis. Returns SVG, empty if fewer than two years have
    a value.
    """
    values = {y: c for y, c in series.items() if c.status in QUANTITIES and c.value is not None}
    if len(values) < 2:
        return ""
    width, height = LINE
    first, last = (period_position(year) for year in (min(years), max(years)))
    step = period_step(series)
    joined = {late for early, late in pairwise(values) if are_consecutive(early, late, step)}
    ends = {early for early, late in pairwise(values) if late in joined}
    figures = [c.value or 0.0 for c in values.values()]
    low, high = min(figures), max(figures)

    def at(year: int, value: float) -> tuple[float, float]:
        across = PAD + (width - 2 * PAD) * (period_position(year) - first) / ((last - first) or 1)
        up = (value - low) / (high - low) if high > low else 0.5
        return across, height - 5 - (height - 10) * up

    path = ""
    dots = []
    for year, cell in values.items():
        x, y = at(year, cell.value or 0.0)
        path += f"{'L' if year in joined else 'M'}{x:.1f} {y:.1f}"
        if year not in joined | ends:
            dots.append(_dot(x, y, 1.6, ACCENT))
        if cell.is_doubtful:
            dots.append(_ring(x, y, 2.6))
    x, y = at(max(values), values[max(values)].value or 0.0)
    shapes = [
        _path(path, fill="none", stroke=ACCENT, stroke_width=1.5),
        *dots,
        _dot(x, y, 2.4, OWN_PROVINCE.colour),
    ]
    return _draw_svg(width, height, shapes)


@dataclass(frozen=True)
class SmallLine:
    """A line of a small chart: pieces of points that are joined, each a year and a value.

    doubtful: the years whose points are rings. label: the text after its last point, or empty.
    """

    pieces: Sequence[Sequence[tuple[int, float]]]
    doubtful: Container[int] = ()
    label: str = ""

    @property
    def points(self) -> list[tuple[int, float]]:
        """The points of all pieces, in their order."""
        return [point for piece in self.pieces for point in piece]


def small_lines_svg(
    own: SmallLine,
    national: SmallLine,
    years: tuple[int, int],
    size: tuple[int, int] = SMALL_LINES,
    named_year: int | None = None,
) -> str:
    """Draw a province and the country over the years on one scale, without words.

    years: the first and the last of the axis, written below it if a label is given. named_year:
    the year of which the province's point is drawn, by default its last. Returns SVG, empty if the
    province has fewer than two points.
    """
    if len(own.points) < 2:
        return ""
    width, height = size
    labels = [line.label for line in (own, national) if line.label]
    right = LABEL_GAP + max((LABEL_EM * len(text) for text in labels), default=0.0)
    foot = LABEL_PX if labels else 0
    figures = [value for _, value in (*own.points, *national.points)]
    low, high = min(figures), max(figures)

    first, span = period_position(years[0]), period_position(years[1]) - period_position(years[0])

    def at(year: int, value: float) -> tuple[float, float]:
        across = PAD + (width - PAD - right) * (period_position(year) - first) / (span or 1)
        up = (value - low) / (high - low) if high > low else 0.5
        return across, height - foot - 5 - (height - foot - 10) * up

    def path(line: SmallLine) -> str:
        spots = [[at(*point) for point in piece] for piece in line.pieces]
        joined = ("L".join(f"{x:.1f} {y:.1f}" for x, y in piece) for piece in spots)
        # A line of no length with round ends is a dot, where a single year stands alone.
        return "".join(f"M{text}{'h0' if 'L' not in text else ''}" for text in joined)

    colour = OWN_PROVINCE.colour
    style = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    shapes = []
    if labels:
        floor = height - foot - 1
        ends = f"M{at(years[0], low)[0]:.1f} {floor}H{at(years[1], low)[0]:.1f}"
        shapes.append(_path(ends, stroke=AXIS))
        shapes += [
            _label(at(year, low)[0], height - 2, str(year), SMALL_NATIONAL, anchor)
            for year, anchor in zip(years, ("start", "middle"), strict=True)
        ]
    if national.points:
        shapes.append(
            _path(
                path(national), **style, stroke=SMALL_NATIONAL, stroke_width=1.4,
                stroke_dasharray=_dashes(NATIONAL_DASH),
            )
        )  # fmt: skip
    shapes.append(_path(path(own), **style, stroke=colour, stroke_width=2))
    for year, value in own.points:
        if year in own.doubtful:
            shapes.append(_ring(*at(year, value), 2.8))
    last = dict(own.points)
    year = named_year if named_year in last else max(last)
    shapes.append(_dot(*at(year, last[year]), 3.2, colour))
    named = [
        (line, shade) for line, shade in ((own, colour), (national, SMALL_NATIONAL)) if line.label
    ]
    heights = [at(*line.points[-1])[1] for line, _ in named]
    spread = spread_labels(heights, LABEL_PX, 5, height - foot - 4) if named else []
    for (line, shade), place in zip(named, spread, strict=True):
        across = at(*line.points[-1])[0] + LABEL_GAP
        shapes.append(_label(across, place + 4, line.label, shade))
    return _draw_svg(width, height, shapes)


def interval_svg(low: int | None, rank: int | None, high: int | None, last: int) -> str:
    """Draw a rank with its interval on a line from the first rank to the last."""
    width, height = 200, 14

    def at(place: int) -> float:
        return PAD + (width - 2 * PAD) * (place - 1) / (last - 1)

    shapes = [_path(f"M{PAD} 7H{width - PAD}", stroke=INTERVAL_AXIS)]
    if low is not None and high is not None:
        line = f"M{at(low):.1f} 3v8M{at(low):.1f} 7H{at(high):.1f}M{at(high):.1f} 3v8"
        shapes.append(_path(line, stroke=INTERVAL, stroke_width=1.4, fill="none"))
    if rank is not None:
        shapes.append(_dot(at(rank), 7, 3.6, OWN_PROVINCE.colour))
    return _draw_svg(width, height, shapes)


def marker_key(marker: Marker, hollow: bool = False) -> str:
    """A single marker as SVG, for a list of names."""
    return _draw_svg(14, 14, [_marker(7, 7, marker, hollow)])


def ring_key(area_px2: float, colour: str, dash: Sequence[int] = (1, 0)) -> str:
    """A single circle as SVG, in the size that a scatter draws it, for a key."""
    radius = (area_px2 / pi) ** 0.5
    size = ceil(2 * radius) + 4
    circle = {
        "cx": size / 2,
        "cy": size / 2,
        "r": f"{radius:.1f}",
        "fill": colour,
        "fill-opacity": "0.16",
        "stroke": colour,
        "stroke-width": "1.4",
        "stroke-dasharray": _dashes(dash),
    }
    return _draw_svg(size, size, [_Shape("circle", circle)])


def tick_key(colour: str) -> str:
    """A single tick of a strip as SVG, for a list of names."""
    return _draw_svg(8, 14, [_path("M4 1v12", stroke=colour, stroke_width=1.6)])


def line_key(colour: str, dash: Sequence[int]) -> str:
    """A piece of a line as SVG, for a list of names."""
    line = _path("M1 7h24", stroke=colour, stroke_width=2, stroke_dasharray=_dashes(dash))
    return _draw_svg(26, 14, [line])


def image_address(svg: str) -> str:
    """An SVG drawing as a data URL."""
    return "data:image/svg+xml," + quote(svg, safe=" ='/:;,()<>-.#".replace("#", ""))


def _draw_svg(width: int, height: int, shapes: Sequence[_Shape]) -> str:
    return str(render_template(TEMPLATES, "chart.svg", width=width, height=height, shapes=shapes))


def _path(line: str, **style: object) -> _Shape:
    """A path; style: its attributes, with underscores for hyphens."""
    return _Shape(
        "path", {"d": line} | {name.replace("_", "-"): value for name, value in style.items()}
    )


def _marker(x: float, y: float, marker: Marker, hollow: bool = False) -> _Shape:
    fill, stroke = (SURFACE, marker.colour) if hollow else (marker.colour, SURFACE)
    place = f"translate({x:.1f} {y:.1f})"
    line = MARKER_PATHS[marker.shape]
    return _Shape("path", {"transform": place, "d": line, "fill": fill, "stroke": stroke})


def _dot(x: float, y: float, radius: float, colour: str) -> _Shape:
    return _Shape("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": radius, "fill": colour})


def _ring(x: float, y: float, radius: float) -> _Shape:
    """The mark of a doubtful value."""
    dot = _dot(x, y, radius, SURFACE)
    return _Shape("circle", {**dot.attributes, "stroke": INK})


def _label(x: float, y: float, text: str, colour: str, anchor: str = "start") -> _Shape:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}"}
    font = {"font-family": "sans-serif", "font-size": LABEL_PX - 1}
    return _Shape("text", {**place, **font, "text-anchor": anchor, "fill": colour}, text)


def _dashes(lengths: Sequence[int]) -> str:
    return " ".join(map(str, lengths))
