"""Small charts of one row, as SVG: a strip of all provinces, and a line over the years.

A page shows about seventy of them, so no chart library draws them: each is under a kilobyte and
needs no script in the browser.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, pi
from typing import Final
from urllib.parse import quote

from geo.colours import COLOURS
from geo.labels import spread_labels, stacking_levels
from geo.maps.markers import MARKER_PATHS, OWN_PROVINCE, Marker
from geo.measures import QUANTITIES, Cell, Snapshot
from geo.text import are_consecutive, period_position, period_step

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
    parts = [
        f'<path d="M{PAD} 11H{width - PAD}" stroke="{AXIS}"/>'
        f'<path d="{ticks}" stroke="{TICK_COLOUR}" fill="none"/>'
    ]
    if national is not None:
        parts.append(
            f'<path d="M{at(national):.1f} 1v20" stroke="{NATIONAL_COLOUR}" stroke-width="1.6"/>'
        )
    whose = [adcode for adcode in marks if adcode in values]
    places = [at(values[adcode]) for adcode in whose]
    rows = stacking_levels(places, STEP) if apart else [0] * len(whose)
    for adcode, level in zip(whose, rows, strict=True):
        x, y = at(values[adcode]), 11 + STEP * level
        parts.append(_marker_svg(x, y, marks[adcode], hollow=adcode in doubtful))
    return _svg_document(width, STRIP[1] + STEP * max(rows, default=0), parts)


def _marker_svg(x: float, y: float, marker: Marker, hollow: bool = False) -> str:
    fill, stroke = (SURFACE, marker.colour) if hollow else (marker.colour, SURFACE)
    return (
        f'<path transform="translate({x:.1f} {y:.1f})" d="{MARKER_PATHS[marker.shape]}"'
        f' fill="{fill}" stroke="{stroke}"/>'
    )


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
    rings = ""
    for year, cell in values.items():
        x, y = at(year, cell.value or 0.0)
        path += f"{'L' if year in joined else 'M'}{x:.1f} {y:.1f}"
        if year not in joined | ends:
            rings += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.6" fill="{ACCENT}"/>'
        if cell.is_doubtful:
            rings += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{SURFACE}" stroke="{INK}"/>'
    x, y = at(max(values), values[max(values)].value or 0.0)
    parts = [
        f'<path d="{path}" fill="none" stroke="{ACCENT}" stroke-width="1.5"/>',
        rings,
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{OWN_PROVINCE.colour}"/>',
    ]
    return _svg_document(width, height, parts)


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
    style = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    parts = []
    if labels:
        floor = height - foot - 1
        ends = f"M{at(years[0], low)[0]:.1f} {floor}H{at(years[1], low)[0]:.1f}"
        parts.append(f'<path d="{ends}" stroke="{AXIS}"/>')
        parts += [
            _label_svg(at(year, low)[0], height - 2, str(year), SMALL_NATIONAL, anchor)
            for year, anchor in zip(years, ("start", "middle"), strict=True)
        ]
    if national.points:
        parts.append(
            f'<path d="{path(national)}" {style} stroke="{SMALL_NATIONAL}" stroke-width="1.4"'
            f' stroke-dasharray="{" ".join(map(str, NATIONAL_DASH))}"/>'
        )
    parts.append(f'<path d="{path(own)}" {style} stroke="{colour}" stroke-width="2"/>')
    for year, value in own.points:
        if year in own.doubtful:
            x, y = at(year, value)
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.8" fill="{SURFACE}" stroke="{INK}"/>'
            )
    last = dict(own.points)
    year = named_year if named_year in last else max(last)
    x, y = at(year, last[year])
    parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{colour}"/>')
    named = [
        (line, shade) for line, shade in ((own, colour), (national, SMALL_NATIONAL)) if line.label
    ]
    heights = [at(*line.points[-1])[1] for line, _ in named]
    spread = spread_labels(heights, LABEL_PX, 5, height - foot - 4) if named else []
    for (line, shade), place in zip(named, spread, strict=True):
        across = at(*line.points[-1])[0] + LABEL_GAP
        parts.append(_label_svg(across, place + 4, line.label, shade))
    return _svg_document(width, height, parts)


def _label_svg(x: float, y: float, text: str, colour: str, anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="{LABEL_PX - 1}"'
        f' text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
    )


def interval_svg(low: int | None, rank: int | None, high: int | None, last: int) -> str:
    """Draw a rank with its interval on a line from the first rank to the last."""
    width, height = 200, 14

    def at(place: int) -> float:
        return PAD + (width - 2 * PAD) * (place - 1) / (last - 1)

    parts = [f'<path d="M{PAD} 7H{width - PAD}" stroke="{INTERVAL_AXIS}"/>']
    if low is not None and high is not None:
        parts.append(
            f'<path d="M{at(low):.1f} 3v8M{at(low):.1f} 7H{at(high):.1f}M{at(high):.1f} 3v8"'
            f' stroke="{INTERVAL}" stroke-width="1.4" fill="none"/>'
        )
    if rank is not None:
        parts.append(f'<circle cx="{at(rank):.1f}" cy="7" r="3.6" fill="{OWN_PROVINCE.colour}"/>')
    return _svg_document(width, height, parts)


def marker_key(marker: Marker, hollow: bool = False) -> str:
    """A single marker as SVG, for a list of names."""
    return _svg_document(14, 14, [_marker_svg(7, 7, marker, hollow)])


def ring_key(area_px2: float, colour: str, dash: Sequence[int] = (1, 0)) -> str:
    """A single circle as SVG, in the size that a scatter draws it, for a key."""
    radius = (area_px2 / pi) ** 0.5
    size = ceil(2 * radius) + 4
    style = f'stroke-width="1.4" stroke-dasharray="{" ".join(map(str, dash))}"'
    circle = (
        f'<circle cx="{size / 2}" cy="{size / 2}" r="{radius:.1f}" fill="{colour}"'
        f' fill-opacity="0.16" stroke="{colour}" {style}/>'
    )
    return _svg_document(size, size, [circle])


def tick_key(colour: str) -> str:
    """A single tick of a strip as SVG, for a list of names."""
    return _svg_document(8, 14, [f'<path d="M4 1v12" stroke="{colour}" stroke-width="1.6"/>'])


def line_key(colour: str, dash: Sequence[int]) -> str:
    """A piece of a line as SVG, for a list of names."""
    style = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{" ".join(map(str, dash))}"'
    return _svg_document(26, 14, [f'<path d="M1 7h24" {style}/>'])


def image_address(svg: str) -> str:
    """An SVG drawing as a data URL."""
    return "data:image/svg+xml," + quote(svg, safe=" ='/:;,()<>-.#".replace("#", ""))


def _svg_document(width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{"".join(parts)}</svg>'
    )
