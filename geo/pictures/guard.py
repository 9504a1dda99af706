"""Geometric checks of a picture before it is drawn.

All 34 units with every part (so every island group), the ten dashes and the inset are within the
sheet. No box covers territory or a dash, nothing is cut off, no text overlaps another, and no
glyph is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

import numpy as np
import shapely

from geo.labels import Box, box_edges, non_overlapping
from geo.pictures.fonts import has_glyphs
from geo.pictures.maps import INSET, MAIN, pane_key, pane_lines, unit_parts
from geo.pictures.sheet import (
    Pane,
    ShapeItem,
    Sheet,
    StrokeItem,
    Territory,
    TextItem,
    build_territory,
)
from geo.pictures.unit_names import MAX_COVERED_SHARE, MAX_OFFSHORE_SHARE
from geo.units import DASHES, boundaries, provinces

NEAR_PX: Final = 2.0  # allowed displacement of a simplified part
TOUCH_PX: Final = 0.75  # allowed overlap of text boxes, whose corners are empty
# Roles of texts on the map: the names of the units and of the inset.
NAMES: Final = ("label", "inset name")
SLACK: Final = 0.02  # tolerance for rounding, share of a name's box


def find_layout_faults(sheet: Sheet) -> list[str]:
    """All faults of a sheet, each in a few words; empty if it can be drawn."""
    lines = [*_find_cut_off(sheet), *_find_overlapping_texts(sheet), *_find_missing_glyphs(sheet)]
    for letter in map_letters(sheet):
        guarded_map = _map_of(sheet, letter)
        lines += [
            *_find_missing_units(guarded_map),
            *_find_missing_lines(guarded_map),
            *_find_covered_territory(guarded_map),
            *_find_misplaced_names(guarded_map),
        ]
    return [*lines, *_find_overlapping_boxes(sheet)]


@dataclass(frozen=True)
class _GuardedMap:
    """One map of a sheet: its panes and their territory, by ``main`` and ``inset``."""

    sheet: Sheet
    letter: str
    panes: Mapping[str, Pane]
    land: Mapping[str, Territory]

    def pane_name(self, name: str) -> str:
        return pane_key(name, self.letter)


def map_letters(sheet: Sheet) -> list[str]:
    """The letters of the maps of a sheet; [''] if there is one map, [] if there is none."""
    return [
        letter for name in sheet.panes for pane, _, letter in [name.partition(" ")] if pane == MAIN
    ]


def _map_of(sheet: Sheet, letter: str) -> _GuardedMap:
    called = {name: pane_key(name, letter) for name in (MAIN, INSET)}
    return _GuardedMap(
        sheet,
        letter,
        {name: sheet.panes[adcode] for name, adcode in called.items()},
        {name: _pane_territory(sheet, key) for name, key in called.items()},
    )


def _pane_territory(sheet: Sheet, name: str) -> Territory:
    """The territory of a pane, by the pane's full name."""
    shapes = {
        item.about: item.shape
        for item in sheet.items
        if isinstance(item, ShapeItem) and item.role == f"{name} unit"
    }
    return build_territory(shapes)


def _sheet_box(sheet: Sheet) -> Box:
    return Box(0.0, 0.0, sheet.size.width, sheet.size.height)


def _find_cut_off(sheet: Sheet) -> Iterable[str]:
    """Items beyond the edge of the sheet; for clipped items, the clip counts."""
    whole = _sheet_box(sheet)
    for item in sheet.items:
        if isinstance(item, TextItem):
            box, subject = item.bounding_box, f"{item.role} “{item.text[:30]}”"
        elif isinstance(item, StrokeItem):
            if not item.lines:
                continue
            points = np.concatenate(item.lines)
            box, subject = Box(*points.min(axis=0), *points.max(axis=0)), item.role
        else:
            box = item.clip or Box(*shapely.bounds(item.shape))
            subject = f"{item.role} {item.about}".strip()
        if not whole.contains_box(box):
            yield f"cut off at the edge: {subject}"
    for name, box in sheet.boxes.items():
        if not whole.contains_box(box):
            yield f"cut off at the edge: {name}"


def _find_overlapping_texts(sheet: Sheet) -> Iterable[str]:
    texts = [text for text in sheet.text_items() if text.text]
    boxes = np.array(
        [box_edges(text.bounding_box.with_margin(-TOUCH_PX)) for text in texts]
    ).reshape(-1, 4)
    tree = shapely.STRtree(shapely.box(*boxes.T))
    for i, j in zip(*tree.query(tree.geometries, predicate="intersects"), strict=True):
        if i < j:
            yield f"text over text: “{texts[i].text[:30]}” and “{texts[j].text[:30]}”"


def _find_missing_glyphs(sheet: Sheet) -> Iterable[str]:
    for text in sheet.text_items():
        if not has_glyphs(text.text):
            yield f"no glyph for a character of “{text.text[:30]}”"


def _find_missing_units(guarded: _GuardedMap) -> Iterable[str]:
    """Units and parts of the boundaries that no pane shows in the right place."""
    for name in (MAIN, INSET):
        land, pane, called = guarded.land[name], guarded.panes[name], guarded.pane_name(name)
        expected = unit_parts(name)
        if name == MAIN:
            for adcode in provinces():
                if adcode not in land.owners:
                    yield f"{called}: unit {adcode} is missing"
        points_in_px = pane.to_sheet(_inner_points(name))
        box = pane.box.with_margin(NEAR_PX)
        inside = np.all(
            (points_in_px >= [box.x0, box.y0]) & (points_in_px <= [box.x1, box.y1]), axis=1
        )
        near, parts = land.tree.query(
            shapely.points(points_in_px), predicate="dwithin", distance=NEAR_PX
        )
        values = {
            i for i, part in zip(near, parts, strict=True) if land.owners[part] == expected[i][0]
        }
        for i, (adcode, _) in enumerate(expected):
            if not inside[i]:
                if name == MAIN:
                    yield f"{called}: a part of {adcode} lies outside of the map"
            elif i not in values:
                yield f"{called}: a part of {adcode} is missing"
    # Together the panes must show every part of every unit.
    either = sum(len(unit_parts(name)) for name in (MAIN, INSET)) - _count_in_both_panes()
    every = sum(len(shapely.get_parts(shape)) for shape in boundaries().units.geometry)
    if either != every:
        yield f"{either} of {every} parts stand in either pane"


@cache
def _inner_points(name: str) -> np.ndarray:
    """A point inside each part that a pane shows, in metres."""
    return np.asarray(
        shapely.get_coordinates(
            shapely.point_on_surface(np.array([part for _, part in unit_parts(name)]))
        )
    )


@cache
def _count_in_both_panes() -> int:
    """The number of parts that are in both the main pane and the inset."""
    return len({(a, p.wkb) for a, p in unit_parts(MAIN)} & {
        (a, p.wkb) for a, p in unit_parts(INSET)
    })  # fmt: skip


def _find_missing_lines(guarded: _GuardedMap) -> Iterable[str]:
    """Dashes and other lines that are missing or misplaced."""
    for name in (MAIN, INSET):
        pane, called = guarded.panes[name], guarded.pane_name(name)
        for role, expected in pane_lines(name).items():
            drawn_lines = [
                line
                for item in guarded.sheet.items
                if isinstance(item, StrokeItem) and item.role == f"{called} {role}"
                for line in item.lines
            ]
            if len(drawn_lines) != len(expected):
                yield f"{called}: {len(drawn_lines)} of {len(expected)} lines of {role}"
            for line in drawn_lines if role == "dashes" else ():
                if not pane.box.with_margin(NEAR_PX).contains_box(
                    Box(*line.min(axis=0), *line.max(axis=0))
                ):
                    yield f"{called}: a dash lies outside of the map"
    if len(pane_lines(INSET)["dashes"]) != DASHES:
        yield f"{INSET}: not all {DASHES} dashes"
    if guarded.pane_name(INSET) not in guarded.sheet.boxes:
        yield f"{guarded.pane_name('the inset')} is missing"


def _find_covered_territory(guarded: _GuardedMap) -> Iterable[str]:
    """Boxes and texts other than names that cover territory or a dash."""
    sheet = guarded.sheet
    dashes = {name: _pane_dashes(guarded, name) for name in (MAIN, INSET)}
    boxes = dict(sheet.boxes)
    boxes |= {
        f"{text.role} “{text.text[:30]}”": text.bounding_box
        for text in sheet.text_items()
        if not text.role.startswith(NAMES)
    }
    for subject, box in boxes.items():
        shape = shapely.box(*box_edges(box))
        panes = (MAIN,) if subject == guarded.pane_name(INSET) else (MAIN, INSET)
        for name in panes:
            if name == INSET and not box.overlaps_box(guarded.panes[INSET].box):
                continue
            if guarded.land[name].touches_unit(shape):
                yield f"{subject} covers territory"
            if shapely.intersects(dashes[name], shape):
                yield f"{subject} covers a dash"
    for text in sheet.text_items("inset name"):
        if not guarded.panes[INSET].box.overlaps_box(text.bounding_box):
            continue
        shape = shapely.box(*box_edges(text.bounding_box))
        if guarded.land[INSET].touches_unit(shape) or shapely.intersects(dashes[INSET], shape):
            yield "the inset's name covers territory or a dash"


def _find_overlapping_boxes(sheet: Sheet) -> Iterable[str]:
    for (one, box), (other, theirs) in combinations(sheet.boxes.items(), 2):
        if box.overlaps_box(theirs):
            yield f"{one} lies over {other}"


def _pane_dashes(guarded: _GuardedMap, name: str) -> shapely.MultiLineString:
    pane = guarded.panes[name]
    lines = pane_lines(name)["dashes"]
    return shapely.MultiLineString([pane.to_sheet(shapely.get_coordinates(line)) for line in lines])


def _find_misplaced_names(guarded: _GuardedMap) -> Iterable[str]:
    """Names that overlap a dash or a box, or too much of other units."""
    names: dict[str, list[TextItem]] = {}
    for text in guarded.sheet.text_items(guarded.pane_name("label")):
        names.setdefault(text.about, []).append(text)
    land, dashes = guarded.land[MAIN], _pane_dashes(guarded, MAIN)
    for adcode, lines in names.items():
        each = np.array([box_edges(text.bounding_box) for text in lines])
        box = Box(*each[:, :2].min(axis=0), *each[:, 2:].max(axis=0))
        if not non_overlapping(
            np.array([box_edges(box)]), list(guarded.sheet.boxes.values()), -TOUCH_PX
        ).all():
            yield f"the name of {adcode} lies over a box"
        if shapely.intersects(dashes, shapely.box(*box_edges(box))):
            yield f"the name of {adcode} covers a dash"
        under = land.overlap_by_unit(box)
        under.pop(adcode, None)
        if sum(under.values()) > (MAX_OFFSHORE_SHARE + SLACK) * box.width * box.height:
            yield f"the name of {adcode} lies over other units"
        if any(part > (MAX_COVERED_SHARE + SLACK) * land.areas[a] for a, part in under.items()):
            yield f"the name of {adcode} hides another unit"
