"""What must hold before a picture leaves: looked over by geometry, not by eye.

All 34 units, every part of them (so every island group), the ten dashes and the inset are there and
within the sheet; no box covers territory or a dash; nothing is cut off; no text lies over another;
no glyph is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import shapely

from geo.boundaries import DASHES, boundaries
from geo.picture import fonts, mapping
from geo.picture.labels import MOST_ABROAD, MOST_COVERED
from geo.picture.mapping import INSET, MAIN
from geo.picture.sheet import Box, Pane, Shape, Sheet, Stroke, Text
from geo.picture.territory import Territory, clear_of, edges, territory
from geo.provinces import provinces

NEAR_PX: Final = 2.0  # how far from its true place a simplified part may be drawn
TOUCH_PX: Final = 0.75  # by how much boxes of letters may overlap: their corners are empty
# Roles of texts that stand on the map: the names of units and that of the inset.
NAMES: Final = ("label", "inset name")
SLACK: Final = 0.02  # of a name's box: what is left to rounding


def faults(sheet: Sheet) -> list[str]:
    """All that is wrong with a sheet, each in a few words; empty when it may be drawn."""
    found = [*_cut_off(sheet), *_texts_over_texts(sheet), *_glyphs(sheet)]
    for letter in letters(sheet):
        own = _map(sheet, letter)
        found += [
            *_missing_units(own),
            *_missing_lines(own),
            *_covered(own),
            *_names(own),
        ]
    return [*found, *_boxes_over_boxes(sheet)]


@dataclass(frozen=True)
class _Map:
    """One of the maps of a sheet: its panes and what lies in them, by ``main`` and ``inset``."""

    sheet: Sheet
    letter: str
    panes: Mapping[str, Pane]
    land: Mapping[str, Territory]

    def called(self, name: str) -> str:
        return mapping.lettered(name, self.letter)


def letters(sheet: Sheet) -> list[str]:
    """The letters of the maps of a sheet; '' for an only one, empty where there is none."""
    return [
        letter for name in sheet.panes for pane, _, letter in [name.partition(" ")] if pane == MAIN
    ]


def _map(sheet: Sheet, letter: str) -> _Map:
    called = {name: mapping.lettered(name, letter) for name in (MAIN, INSET)}
    return _Map(
        sheet,
        letter,
        {name: sheet.panes[own] for name, own in called.items()},
        {name: _territory(sheet, own) for name, own in called.items()},
    )


def _territory(sheet: Sheet, name: str) -> Territory:
    """The territory of a pane by its full name."""
    shapes = {
        item.about: item.shape
        for item in sheet.items
        if isinstance(item, Shape) and item.role == f"{name} unit"
    }
    return territory(shapes)


def _whole(sheet: Sheet) -> Box:
    return Box(0.0, 0.0, sheet.size.width, sheet.size.height)


def _cut_off(sheet: Sheet) -> Iterable[str]:
    """Items that reach over the edge of the sheet; what is clipped counts by its clip."""
    whole = _whole(sheet)
    for item in sheet.items:
        if isinstance(item, Text):
            box, what = item.box, f"{item.role} “{item.text[:30]}”"
        elif isinstance(item, Stroke):
            if not item.lines:
                continue
            points = np.concatenate(item.lines)
            box, what = Box(*points.min(axis=0), *points.max(axis=0)), item.role
        else:
            box = item.clip or Box(*shapely.bounds(item.shape))
            what = f"{item.role} {item.about}".strip()
        if not whole.holds(box):
            yield f"cut off at the edge: {what}"
    for name, box in sheet.boxes.items():
        if not whole.holds(box):
            yield f"cut off at the edge: {name}"


def _texts_over_texts(sheet: Sheet) -> Iterable[str]:
    texts = [text for text in sheet.texts() if text.text]
    boxes = np.array([edges(text.box.grown(-TOUCH_PX)) for text in texts]).reshape(-1, 4)
    tree = shapely.STRtree(shapely.box(*boxes.T))
    for i, j in zip(*tree.query(tree.geometries, predicate="intersects"), strict=True):
        if i < j:
            yield f"text over text: “{texts[i].text[:30]}” and “{texts[j].text[:30]}”"


def _glyphs(sheet: Sheet) -> Iterable[str]:
    for text in sheet.texts():
        if not fonts.shows(text.text):
            yield f"no glyph for a character of “{text.text[:30]}”"


def _missing_units(own: _Map) -> Iterable[str]:
    """Units and parts of the boundaries that neither pane shows where they belong."""
    for name in (MAIN, INSET):
        drawn, pane, called = own.land[name], own.panes[name], own.called(name)
        wanted = mapping.parts(name)
        if name == MAIN:
            for adcode in provinces():
                if adcode not in drawn.owners:
                    yield f"{called}: unit {adcode} is missing"
        placed = pane.place(_points(name))
        box = pane.box.grown(NEAR_PX)
        inside = np.all((placed >= [box.x0, box.y0]) & (placed <= [box.x1, box.y1]), axis=1)
        near, parts = drawn.tree.query(
            shapely.points(placed), predicate="dwithin", distance=NEAR_PX
        )
        shown = {
            i for i, part in zip(near, parts, strict=True) if drawn.owners[part] == wanted[i][0]
        }
        for i, (adcode, _) in enumerate(wanted):
            if not inside[i]:
                if name == MAIN:
                    yield f"{called}: a part of {adcode} lies outside of the map"
            elif i not in shown:
                yield f"{called}: a part of {adcode} is missing"
    # Between them the panes show every part of every unit.
    either = sum(len(mapping.parts(name)) for name in (MAIN, INSET)) - _in_both()
    every = sum(len(shapely.get_parts(shape)) for shape in boundaries().units.geometry)
    if either != every:
        yield f"{either} of {every} parts stand in either pane"


@cache
def _points(name: str) -> np.ndarray:
    """A point within each part that a pane shows, in metres."""
    return np.asarray(
        shapely.get_coordinates(
            shapely.point_on_surface(np.array([part for _, part in mapping.parts(name)]))
        )
    )


@cache
def _in_both() -> int:
    """How many parts stand in the main pane and in the inset."""
    return len({(a, p.wkb) for a, p in mapping.parts(MAIN)} & {
        (a, p.wkb) for a, p in mapping.parts(INSET)
    })  # fmt: skip


def _missing_lines(own: _Map) -> Iterable[str]:
    """Dashes and other lines that are not where they belong."""
    for name in (MAIN, INSET):
        pane, called = own.panes[name], own.called(name)
        for role, wanted in mapping.lines(name).items():
            drawn = [
                line
                for item in own.sheet.items
                if isinstance(item, Stroke) and item.role == f"{called} {role}"
                for line in item.lines
            ]
            if len(drawn) != len(wanted):
                yield f"{called}: {len(drawn)} of {len(wanted)} lines of {role}"
            for line in drawn if role == "dashes" else ():
                if not pane.box.grown(NEAR_PX).holds(Box(*line.min(axis=0), *line.max(axis=0))):
                    yield f"{called}: a dash lies outside of the map"
    if len(mapping.lines(INSET)["dashes"]) != DASHES:
        yield f"{INSET}: not all {DASHES} dashes"
    if own.called(INSET) not in own.sheet.boxes:
        yield f"{own.called('the inset')} is missing"


def _covered(own: _Map) -> Iterable[str]:
    """Boxes, and texts that are no names, over territory or over a dash."""
    sheet = own.sheet
    dashes = {name: _dashes(own, name) for name in (MAIN, INSET)}
    boxes = dict(sheet.boxes)
    boxes |= {
        f"{text.role} “{text.text[:30]}”": text.box
        for text in sheet.texts()
        if not text.role.startswith(NAMES)
    }
    for what, box in boxes.items():
        shape = shapely.box(*edges(box))
        panes = (MAIN,) if what == own.called(INSET) else (MAIN, INSET)
        for name in panes:
            if name == INSET and not box.overlaps(own.panes[INSET].box):
                continue
            if own.land[name].touches(shape):
                yield f"{what} covers territory"
            if shapely.intersects(dashes[name], shape):
                yield f"{what} covers a dash"
    for text in sheet.texts("inset name"):
        if not own.panes[INSET].box.overlaps(text.box):
            continue
        shape = shapely.box(*edges(text.box))
        if own.land[INSET].touches(shape) or shapely.intersects(dashes[INSET], shape):
            yield "the inset's name covers territory or a dash"


def _boxes_over_boxes(sheet: Sheet) -> Iterable[str]:
    for (one, box), (other, theirs) in combinations(sheet.boxes.items(), 2):
        if box.overlaps(theirs):
            yield f"{one} lies over {other}"


def _dashes(own: _Map, name: str) -> shapely.MultiLineString:
    pane = own.panes[name]
    lines = mapping.lines(name)["dashes"]
    return shapely.MultiLineString([pane.place(shapely.get_coordinates(line)) for line in lines])


def _names(own: _Map) -> Iterable[str]:
    """Names that lie over a dash or a box, or so far over other units that they could be theirs."""
    names: dict[str, list[Text]] = {}
    for text in own.sheet.texts(own.called("label")):
        names.setdefault(text.about, []).append(text)
    land, dashes = own.land[MAIN], _dashes(own, MAIN)
    for adcode, lines in names.items():
        each = np.array([edges(text.box) for text in lines])
        box = Box(*each[:, :2].min(axis=0), *each[:, 2:].max(axis=0))
        if not clear_of(np.array([edges(box)]), list(own.sheet.boxes.values()), -TOUCH_PX).all():
            yield f"the name of {adcode} lies over a box"
        if shapely.intersects(dashes, shapely.box(*edges(box))):
            yield f"the name of {adcode} covers a dash"
        under = land.under(box)
        under.pop(adcode, None)
        if sum(under.values()) > (MOST_ABROAD + SLACK) * box.width * box.height:
            yield f"the name of {adcode} lies over other units"
        if any(part > (MOST_COVERED + SLACK) * land.areas[a] for a, part in under.items()):
            yield f"the name of {adcode} hides another unit"
