"""The template of the slides: its layouts, their placeholders, and a deck that starts from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any, Final

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout

TEMPLATE: Final = Path(__file__).with_name("template.pptx")
POINTS: Final = 72.0  # per inch
EMU: Final = 914_400  # English Metric Units per inch


class LayoutName(StrEnum):
    """The layouts of the template, by their names in PowerPoint."""

    COVER = "Cover"
    MAP_CHART_TABLE = "Map, chart and table"
    MAP_CHART_TABLE_NOTE = "Map, chart, table and note"
    MAP_TABLE = "Map and table"
    MAP_TABLE_NOTE = "Map, table and note"
    TWO_CHARTS = "Two charts"
    TABLE_ABOVE_TEXT = "Table above text"
    TABLE_BESIDE_TEXT = "Table beside text"
    TABLE_BESIDE_CHART = "Table beside chart"
    CHART_BESIDE_TABLE = "Chart beside table"
    CHART_ABOVE_TABLE = "Chart above table"
    TABLE = "Table"
    TEXT = "Text"
    METHOD = "Method and sources"


class PlaceholderIndex(IntEnum):
    """The placeholders of the layouts, by the index that joins a slide's to its layout's."""

    TITLE = 0
    COVER_TEXT = 1
    SOURCE = 11  # the footer
    NUMBER = 12
    SUBTITLE = 13
    PICTURE = 14
    NOTE = 15
    HEADING = 16
    CHART = 17
    SECOND_CHART = 18
    TABLE = 19
    TEXT = 20


@dataclass(frozen=True)
class Placement:
    """A rectangle on a slide, in inches from its upper left corner.

    placeholder: the placeholder that content with this placement fills; None for a free shape.
    """

    left: float
    top: float
    width: float
    height: float
    placeholder: PlaceholderIndex | None = None

    @property
    def width_pt(self) -> float:
        """The width in points."""
        return self.width * POINTS

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def line_capacity(self, size: float, spacing: float) -> int:
        """The number of lines that fit at a font size."""
        return max(1, int(self.height * POINTS / (size * spacing) + 0.01))


@dataclass(frozen=True)
class LayoutText:
    """How a layout sets text: its font size and the space after a paragraph, in points."""

    size: float
    after: float


def join_placements(first: Placement, second: Placement) -> Placement:
    """The smallest rectangle that holds both; content with it fills the first's placeholder."""
    left, top = min(first.left, second.left), min(first.top, second.top)
    right = max(first.left + first.width, second.left + second.width)
    bottom = max(first.bottom, second.bottom)
    return Placement(left, top, right - left, bottom - top, first.placeholder)


def new_deck() -> Deck:
    """A 16:9 deck without slides, with the masters, layouts and theme of the template."""
    return Presentation(str(TEMPLATE))


def find_layout(deck: Deck, name: LayoutName) -> SlideLayout:
    """The layout with a name. Raises ValueError if the template lacks it."""
    layout = deck.slide_layouts.get_by_name(name)
    if layout is None:
        raise ValueError(f"the template of slides has no layout {name!r}")
    return layout


def layout_area(layout: SlideLayout, index: PlaceholderIndex) -> Placement:
    """The rectangle that a layout gives a placeholder; content with it fills the placeholder."""
    shape = _layout_placeholder(layout, index)
    edges = (shape.left / EMU, shape.top / EMU, shape.width / EMU, shape.height / EMU)
    return Placement(*edges, index)


def layout_text(layout: SlideLayout, index: PlaceholderIndex) -> LayoutText:
    """How text in a placeholder is set.

    Read from the layout, else from its master. Raises ValueError if neither says a size.
    """
    size = after = None
    for level in _paragraph_levels(layout, index):
        letters = level.find(qn("a:defRPr"))
        if size is None and letters is not None and letters.get("sz"):
            size = int(letters.get("sz")) / 100
        space = level.find(f"{qn('a:spcAft')}/{qn('a:spcPts')}")
        if after is None and space is not None:
            after = int(space.get("val")) / 100
    if size is None:
        raise ValueError(f"{layout.name!r} has no font size for {index.name}")
    return LayoutText(size, after or 0.0)


def _layout_placeholder(layout: SlideLayout, index: PlaceholderIndex) -> Any:
    for shape in layout.placeholders:
        if shape.placeholder_format.idx == index:
            return shape
    raise ValueError(f"{layout.name!r} has no placeholder {index.name}")


def _paragraph_levels(layout: SlideLayout, index: PlaceholderIndex) -> Iterator[Any]:
    """What sets the first level of text in a placeholder, the nearest first."""
    shape = _layout_placeholder(layout, index)
    base = shape._base_placeholder
    titles = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    style = "p:titleStyle" if shape.placeholder_format.type in titles else "p:bodyStyle"
    roots = [shape.element, *([] if base is None else [base.element])]
    for root in (*roots, *layout.slide_master.element.iter(qn(style))):
        yield from root.iter(qn("a:lvl1pPr"))
