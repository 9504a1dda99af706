"""Small charts of one row, as SVG: a strip of all provinces, and a line over the years.

They are drawn here rather than by a chart library, because a page shows some seventy of them:
each is under a kilobyte and takes no script in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, pi
from typing import Final
from urllib.parse import quote

from geo.cells import QUANTITIES, Cell, Snapshot, Status
from geo.markers import OWN, PATHS, Marker

STRIP: Final = (300, 22)  # width and height, px
LINE: Final = (104, 26)
PAD: Final = 7
TICK: Final = "#9aa5b1"
NATIONAL: Final = "#22272e"


def strip(snapshot: Snapshot, marks: Mapping[str, Marker]) -> str:
    """All provinces of a snapshot along its scale, lowest at the left, with some marked.

    A thin tick is a province, the tall dark one the national value; a marked province that has
    no value is left out. Returns SVG; empty where fewer than two provinces have a value.
    """
    values = snapshot.values()
    if len(values) < 2:
        return ""
    width, height = STRIP
    low, high = min(values.values()), max(values.values())
    room = width - 2 * PAD

    def at(value: float) -> float:
        return PAD + room * ((value - low) / (high - low) if high > low else 0.5)

    ticks = "".join(f"M{at(value):.1f} 6v10" for value in values.values())
    parts = [
        f'<path d="M{PAD} 11H{width - PAD}" stroke="#dfe3e8"/>'
        f'<path d="{ticks}" stroke="{TICK}" fill="none"/>'
    ]
    if snapshot.national:
        x = min(max(at(snapshot.national.value), PAD), width - PAD)
        parts.append(f'<path d="M{x:.1f} 1v20" stroke="{NATIONAL}" stroke-width="1.6"/>')
    for adcode, marker in marks.items():
        if adcode in values:
            parts.append(_mark(at(values[adcode]), 11, marker))
    return _svg(width, height, parts)


def _mark(x: float, y: float, marker: Marker) -> str:
    return (
        f'<path transform="translate({x:.1f} {y:.1f})" d="{PATHS[marker.shape]}"'
        f' fill="{marker.colour}" stroke="#fff"/>'
    )


def line(series: Mapping[int, Cell], years: Sequence[int]) -> str:
    """A province's values over years; a gap where one is missing, a ring where one is doubtful.

    years: first and last of the axis. Returns SVG; empty where fewer than two years have a
    value.
    """
    values = {y: c for y, c in series.items() if c.status in QUANTITIES and c.value is not None}
    if len(values) < 2:
        return ""
    width, height = LINE
    first, last = min(years), max(years)
    figures = [c.value or 0.0 for c in values.values()]
    low, high = min(figures), max(figures)

    def at(year: int, value: float) -> tuple[float, float]:
        across = PAD + (width - 2 * PAD) * (year - first) / max(1, last - first)
        up = (value - low) / (high - low) if high > low else 0.5
        return across, height - 5 - (height - 10) * up

    path = ""
    rings = ""
    for year, cell in values.items():
        x, y = at(year, cell.value or 0.0)
        path += f"{'L' if year - 1 in values else 'M'}{x:.1f} {y:.1f}"
        if cell.status is Status.DOUBTFUL:
            rings += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="#fff" stroke="#22272e"/>'
    x, y = at(max(values), values[max(values)].value or 0.0)
    parts = [
        f'<path d="{path}" fill="none" stroke="#1f5f99" stroke-width="1.5"/>',
        rings,
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{OWN.colour}"/>',
    ]
    return _svg(width, height, parts)


def whisker(low: int | None, rank: int | None, high: int | None, last: int) -> str:
    """A rank on a line from the first place to the last, with its interval."""
    width, height = 200, 14

    def at(place: int) -> float:
        return PAD + (width - 2 * PAD) * (place - 1) / (last - 1)

    parts = [f'<path d="M{PAD} 7H{width - PAD}" stroke="#e3e7eb"/>']
    if low is not None and high is not None:
        parts.append(
            f'<path d="M{at(low):.1f} 3v8M{at(low):.1f} 7H{at(high):.1f}M{at(high):.1f} 3v8"'
            ' stroke="#545d68" stroke-width="1.4" fill="none"/>'
        )
    if rank is not None:
        parts.append(f'<circle cx="{at(rank):.1f}" cy="7" r="3.6" fill="{OWN.colour}"/>')
    return _svg(width, height, parts)


def key(marker: Marker) -> str:
    """A marker alone, for a list of names."""
    return _svg(14, 14, [_mark(7, 7, marker)])


def ring_key(area_px2: float, colour: str, dash: Sequence[int] = (1, 0)) -> str:
    """A round mark of a scatter alone, as large as it is drawn there, for a key."""
    radius = (area_px2 / pi) ** 0.5
    size = ceil(2 * radius) + 4
    style = f'stroke-width="1.4" stroke-dasharray="{" ".join(map(str, dash))}"'
    circle = (
        f'<circle cx="{size / 2}" cy="{size / 2}" r="{radius:.1f}" fill="{colour}"'
        f' fill-opacity="0.16" stroke="{colour}" {style}/>'
    )
    return _svg(size, size, [circle])


def tick_key(colour: str) -> str:
    """A tick of a strip alone, for a list of names."""
    return _svg(8, 14, [f'<path d="M4 1v12" stroke="{colour}" stroke-width="1.6"/>'])


def line_key(colour: str, dash: Sequence[int]) -> str:
    """A piece of a line alone, for a list of names."""
    style = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{" ".join(map(str, dash))}"'
    return _svg(26, 14, [f'<path d="M1 7h24" {style}/>'])


def address(svg: str) -> str:
    """A drawing as an address that an image can take."""
    return "data:image/svg+xml," + quote(svg, safe=" ='/:;,()<>-.#".replace("#", ""))


def _svg(width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{"".join(parts)}</svg>'
    )
