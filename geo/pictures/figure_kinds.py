"""The register of the kinds of picture: what a kind is, and all of them by id.

geo.pictures.kinds declares each kind once, with everything that depends on it. Requests, file
names, links, captions, drawing and the form of the Briefing page read it here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.captions import Caption
from geo.text import InputError, Translator

if TYPE_CHECKING:
    from geo.labels import Box
    from geo.pictures.request import FigureRequest
    from geo.pictures.sheet import Sheet
    from geo.pictures.subject import FigureSubject

MAP_KIND: Final = "map"
RANKING_KIND: Final = "map_ranking"
PROFILE_KIND: Final = "profile"
INDEX_KIND: Final = "index"
TWO_MAPS_KIND: Final = "two_maps"
BIVARIATE_KIND: Final = "both"
COMPARISON_KIND: Final = "comparison"
SCATTER_KIND: Final = "scatter"
TIME_SERIES_KIND: Final = "course"


def lack_nothing(request: FigureRequest) -> InputError | None:
    """Return None: a kind that shows something for every request."""
    return None


@dataclass(frozen=True)
class FigureKind:
    """A kind of picture.

    id: in addresses. name: a message. fields: of FigureRequest that it depends on, besides those
    that all depend on. stem: the fields in the name of its file. page: the path of the page that
    shows the same; view: its view on the page of comparisons. measure_kind: the only kind of
    measure that it shows, if it does not show all. needs_province, min_provinces: the provinces
    that it needs; a page shows an example if fewer are chosen. find_lack: gives an error if a
    request lacks something that it shows. build_caption and draw: its texts, and its content
    within the frame.
    """

    id: str
    name: str
    fields: frozenset[str]
    draw: Callable[[Sheet, Box, FigureSubject], None]
    build_caption: Callable[[FigureSubject, Translator], Caption]
    stem: tuple[str, ...] = ("measure", "year")
    page: str = ""
    view: str = ""
    measure_kind: str = ""
    needs_province: bool = False
    min_provinces: int = 0
    find_lack: Callable[[FigureRequest], InputError | None] = lack_nothing


FIGURE_KINDS: Final[dict[str, FigureKind]] = {}


def register_kind(kind: FigureKind) -> None:
    """Add a kind of picture. Raises ValueError if its id is taken."""
    if kind.id in FIGURE_KINDS:
        raise ValueError(f"the kind {kind.id} is registered twice")
    FIGURE_KINDS[kind.id] = kind
