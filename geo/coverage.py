"""Which years and provinces a measure has, as a small grid (SVG) and as one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from geo import citation
from geo.cells import Status
from geo.choropleth import (
    INDEX_RAMP,
    OWN_RAMP,
    QUANTITY_RAMP,
    RANK_RAMP,
    STATUS_STYLES,
    colour_ramp,
)
from geo.report import EVALUATED_COUNT
from geo.text import N_, Translator
from geo.thumbnail import BORDER, SELECTED

CELL: Final = (4, 3)  # width and height of a province in a year, px
# Filled is what says something of a province; a doubtful figure stands out, a gap is empty.
COLOURS: Final = {
    Status.VALUE: colour_ramp(QUANTITY_RAMP, 5)[3],
    Status.DERIVED: colour_ramp(QUANTITY_RAMP, 5)[3],
    Status.DOUBTFUL: SELECTED,
    Status.OWN: colour_ramp(OWN_RAMP, 5)[3],
    Status.OWN_DERIVED: colour_ramp(OWN_RAMP, 5)[3],
    Status.RANK: colour_ramp(RANK_RAMP, 5)[4],
    Status.RANK_AMONG_TEN: STATUS_STYLES[Status.RANK_AMONG_TEN].fill,
    Status.NAMED: STATUS_STYLES[Status.NAMED].fill,
    Status.OUTSIDE: colour_ramp(RANK_RAMP, 5)[0],
}
OURS: Final = colour_ramp(INDEX_RAMP, 5)[3]


def coverage_grid(
    coverage: Mapping[int, Sequence[Status]], axis: tuple[int, int], ours: bool = False
) -> str:
    """A row for each year of the axis, the first on top, and a column for each province.

    found: the statuses of the provinces by year. ours: drawn as our own reckoning. Returns SVG.
    """
    first, last = axis
    wide, high = CELL
    width, height = EVALUATED_COUNT * wide, (last - first + 1) * high
    paths: dict[str, str] = {}
    for year, statuses in coverage.items():
        y = (year - first) * high
        x = 0
        for colour, run in groupby(_status_colour(status, ours) for status in statuses):
            length = wide * len(list(run))
            if colour:
                paths[colour] = paths.get(colour, "") + f"M{x} {y}h{length}v{high}h-{length}z"
            x += length
    filled = "".join(f'<path d="{path}" fill="{colour}"/>' for colour, path in paths.items())
    frame = f'<path d="M.5.5h{width}v{height - 1}h-{width}z" fill="#fff" stroke="{BORDER}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 1} {height}"'
        f' width="{width + 1}" height="{height}" shape-rendering="crispEdges">{frame}{filled}</svg>'
    )


def _status_colour(status: Status, ours: bool) -> str:
    if ours and status is Status.DERIVED:
        return OURS
    return COLOURS.get(status, "")


def describe_coverage(coverage: Mapping[int, Sequence[Status]], t: Translator) -> str:
    """Which years there are, how many provinces in each, and how many figures are doubtful."""
    counts = [sum(_is_known(status) for status in statuses) for statuses in coverage.values()]
    doubtful = sum(
        status is Status.DOUBTFUL for statuses in coverage.values() for status in statuses
    )
    years = citation.format_years(list(coverage), t)
    few, many = min(counts), max(counts)
    if few == many:
        text = t(N_("{years}: {count} of {of} provinces"), years=years, count=few,
                   of=EVALUATED_COUNT)  # fmt: skip
    else:
        text = t(
            N_("{years}: {few} to {many} of {of} provinces"),
            years=years,
            few=few,
            many=many,
            of=EVALUATED_COUNT,
        )
    if doubtful:
        return t(N_("{text}; doubtful figures: {count}"), text=text, count=doubtful)
    return text


def _is_known(status: Status) -> bool:
    """Whether a status says where a province stands, rather than that nothing is known."""
    return status in COLOURS and status is not Status.OUTSIDE
