"""The look of charts: Altair with the atlas's theme, and the greys of the regions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from geo.markers import SOLID, Marker

INK = "#22272e"


@dataclass(frozen=True)
class LineStyle:
    """How a line is drawn and called; only some have marks on their points."""

    name: str
    marker: Marker
    dash: tuple[int, int] = SOLID
    has_marks: bool = True


@dataclass(frozen=True)
class ChartAxis:
    """What the lines are measured in. places: how many places there are, where they are ranks."""

    title: str
    decimals: int
    places: int = 0


def apply_theme(chart: alt.LayerChart) -> alt.LayerChart:
    """The look that all charts share: thin lines, quiet grid, letters of the page."""
    return (
        chart.configure_view(strokeWidth=0)
        .configure_axis(
            gridColor="#edf0f3", domainColor="#c3c9d0", tickColor="#c3c9d0",
            labelColor="#545d68", titleColor="#545d68", titleFontWeight="normal",
        )
    )  # fmt: skip


def named_scale(names: list[str], values: Sequence[Any]) -> alt.Scale:
    """Names and what each of them is drawn as."""
    return alt.Scale(domain=names, range=list(values))
