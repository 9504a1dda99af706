"""The kinds of picture: what each lays out in the room within its frame.

A kind is a function from a sheet, the room and the subject; another joins KINDS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from geo.picture import labels, legend, mapping
from geo.picture.request import MAP
from geo.picture.sheet import Box, Sheet
from geo.picture.subject import Subject

Kind = Callable[[Sheet, Box, Subject], None]
LEGEND_SHARE: Final = 0.2  # of the width, for a legend beside the map
LEAST_MAP: Final = 0.4  # of the width of an upright picture


def whole_map(sheet: Sheet, room: Box, subject: Subject) -> None:
    """A map, its legend beside it or, on upright sizes, below."""
    if sheet.size.upright:
        upright_map(sheet, room, subject)
        return
    letters = sheet.size.text
    wide = sheet.size.width * LEGEND_SHARE
    draw_map(sheet, Box(room.x0 + wide + letters * 2, room.y0, room.x1, room.y1), subject)
    legend.column(sheet, Box(room.x0, room.y0, room.x0 + wide, room.y1), subject)


def upright_map(sheet: Sheet, room: Box, subject: Subject) -> float:
    """A map with its inset and its legend side by side below it; returns where both end."""
    letters = sheet.size.text
    own = mapping.block(mapping.UNDER)
    scale = min(room.width / own.width, room.height / own.height)
    # The legend is as wide as the inset leaves, so both depend on each other: smaller maps are
    # tried until the legend has its height.
    while True:
        side = (room.width - own.width * scale) / 2
        wide = side + own.left * scale - letters * 2
        high = legend.strip_height(sheet, wide, subject)
        top = room.y0 + own.main_height * scale + letters
        if top + high <= room.y1 or scale * own.width < room.width * LEAST_MAP:
            break
        scale *= 0.98
    area = Box(room.x0, room.y0, room.x1, room.y0 + own.height * scale)
    draw_map(sheet, area, subject, mapping.UNDER)
    end = legend.strip(sheet, Box(room.x0, top, room.x0 + wide, room.y1), subject)
    return max(end, area.y1)


def draw_map(sheet: Sheet, area: Box, subject: Subject, side: str = mapping.BESIDE) -> None:
    """The map with its inset and names."""
    fills = mapping.fills(subject.drawn)
    units = mapping.draw(sheet, area, fills, subject.picture.province, side)
    labels.put(sheet, subject, units, area)


KINDS: Final[dict[str, Kind]] = {MAP: whole_map}
