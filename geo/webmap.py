"""The map in the browser: one constant base, and a layer that restyles it.

The only importer of folium. The base map's script never changes, so streamlit-folium keeps
its frame, its zoom and its place; a change of measure sends nothing but colours and texts.
Leaflet, the geometry and the map's own script are files of this server (``assets``), each
under an address that carries its checksum, so that a browser fetches them once.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import brotli
import folium
from branca.element import Template
from xstatic.pkg import leaflet

from geo import extent, wording
from geo.boundaries import FILE
from geo.cells import Cell
from geo.choropleth import LOOKS, Choropleth
from geo.indicators import Measure
from geo.markers import PATHS, Marker
from geo.provinces import provinces
from geo.text import N_, Texts

WEB: Final = Path(__file__).parent / "web"
# One script of several files, which share a scope.
SCRIPTS: Final = (
    "geometry.js", "looks.js", "labels.js", "layout.js", "tips.js", "page.js", "map.js",
)  # fmt: skip
REST_PX: Final = 395  # what stands above and below the map on a page that needs no scrolling
# What a template engine, a template literal or markup could take for its own. branca compiles
# every rendered script as a template a second time: see ``literal``.
UNSAFE: Final = "{}<>&'$\\`"


def literal(value: object) -> str:
    r"""A JavaScript string that holds a value as JSON, safe inside folium's scripts.

    The one way in which text reaches a map. Every character that Jinja, a template literal or
    HTML could read as its own is written as ``\uXXXX``.

    >>> literal("{{ 7*7 }}")
    '\'"\\u007b\\u007b 7*7 \\u007d\\u007d"\''
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escapes = {ord(c): f"\\u{ord(c):04x}" for c in UNSAFE + "\u2028\u2029"}
    return f"'{text.translate(escapes)}'"


@dataclass(frozen=True)
class Asset:
    """A script that the frame of the map loads: its address, its type, its forms."""

    path: str
    media_type: str
    body: bytes
    etag: str

    @cached_property
    def encodings(self) -> dict[str, bytes]:
        """The compressed forms by the name of their content coding, best first."""
        return {"br": brotli.compress(self.body), "gzip": gzip.compress(self.body, 9, mtime=0)}


def _asset(name: str, body: bytes) -> Asset:
    stem, _, suffix = name.rpartition(".")
    checksum = hashlib.sha256(body).hexdigest()
    path = f"/atlas/{stem}.{checksum[:12]}.{suffix}"
    return Asset(path, "text/javascript", body, f'"{checksum[:32]}"')


@cache
def assets() -> dict[str, Asset]:
    """The files of the map by name, in the order in which the frame must load them."""
    library = Path(leaflet.BASE_DIR)
    # st_folium does not wait for style sheets, and a map that is laid out before its style has
    # no size: so the style travels inside the script.
    style = (library / "leaflet.css").read_text("utf-8") + (WEB / "map.css").read_text("utf-8")
    own = "\n".join((WEB / part).read_text("utf-8") for part in SCRIPTS)
    script = f'(() => {{"use strict";\nconst STYLE = {json.dumps(style)};\n{own}}})();'
    files = {
        "leaflet.js": (library / "leaflet.js").read_bytes(),
        "boundaries.js": b"window.ATLAS_BOUNDARIES=" + FILE.read_bytes().strip() + b";",
        "map.js": script.encode(),
    }
    return {name: _asset(name, body) for name, body in files.items()}


@cache
def links() -> Asset:
    """The script of the page that follows links in texts of our own without a new session.

    A file, as the page's policy lets no script run that stands in the page.
    """
    return _asset("links.js", (WEB / "links.js").read_bytes())


class AtlasMap(folium.Map):
    """The base map: one or more panes with all units, before any measure.

    Its script is the same for every measure, year and language, which is what keeps the frame.
    Several panes are drawn from the same geometry and move together.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = Atlas.create(
            {{ this.get_name()|tojson }}, JSON.parse({{ this.frame }}));
        {% endmacro %}
        """
    )
    default_js: list[tuple[str, str]]
    default_css: list[tuple[str, str]]

    def __init__(self, panes: int = 1, rest_px: int = REST_PX) -> None:
        super().__init__(tiles=None)
        self.default_js = [(name, asset.path) for name, asset in assets().items()]
        self.default_css = []
        self.frame = literal({**_frame(), "panes": panes, "rest": rest_px})


class Paint(folium.FeatureGroup):
    """The colours and texts of one view, laid over the base map in place."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = Atlas.paint({{ this.state }});
        {% endmacro %}
        """
    )

    def __init__(self, state: dict[str, object]) -> None:
        super().__init__()
        self.state = literal(state)


@cache
def _frame() -> dict[str, object]:
    """The bounds of the main map and the inset in metres, and the ground of each pattern."""
    return {
        "main": [round(edge) for edge in extent.main()],
        "inset": [round(edge) for edge in extent.inset()],
        "patterns": {look.pattern: look.fill for look in LOOKS.values() if look.pattern},
    }


@dataclass(frozen=True)
class Pane:
    """One map of a frame: what it shows, under which title, and its tooltips.

    title is empty where a frame has one pane, and its heading stands on the page. lines gives
    what a tooltip says of a cell below the name of the unit.
    """

    drawn: Choropleth
    title: str
    lines: Callable[[Cell], list[str]]

    @property
    def shows(self) -> str:
        return f"{self.drawn.snapshot.measure}/{self.drawn.snapshot.year}"

    def state(self) -> dict[str, object]:
        """The looks that occur, once each, and for every cell which of them it has."""
        looks: dict[tuple[object, ...], int] = {}
        cells = []
        for cell in self.drawn.snapshot.cells.values():
            look = (
                self.drawn.index.get(cell.adcode, -1),
                cell.status.value,
                self.drawn.colour(cell),
                self.drawn.pattern(cell),
            )
            cells.append([looks.setdefault(look, len(looks)), _mark(cell), self.lines(cell)])
        return {"title": self.title, "looks": list(looks), "cells": cells}


def pane(drawn: Choropleth, measure: Measure, say: Texts, title: str = "") -> Pane:
    """The pane of a measure in a year."""
    return Pane(drawn, title, lambda cell: tooltip(drawn, cell, measure, say))


def state(
    panes: Sequence[Pane],
    label: str,
    say: Texts,
    selected: str = "",
    chosen: Mapping[str, Marker] = MappingProxyType({}),
) -> dict[str, object]:
    """What the map's script needs to show a view: see ``paint`` in web/map.js.

    label: the name of the map for who cannot see it. selected: the adcode of the unit to
    outline. chosen: the marker of each unit that is compared.
    """
    return {
        "shows": "+".join(own.shows for own in panes),
        "lang": say.lang,
        "selected": selected,
        "label": label,
        "hint": say(N_("Arrow keys walk the provinces, Enter selects one, Escape leaves the map.")),
        "buttons": [say(N_("Zoom in")), say(N_("Zoom out")), say(N_("Whole map"))],
        "inset": say(extent.INSET_NAME),
        "names": [[adcode, own.name(say.lang)] for adcode, own in provinces().items()],
        "chosen": [[a, marker.colour, PATHS[marker.shape]] for a, marker in chosen.items()],
        "panes": [own.state() for own in panes],
    }


def map_label(measure: Measure, year: int, say: Texts) -> str:
    """The name of a map, read aloud instead of it."""
    return say(
        N_("Map of China’s provinces: {measure}, {year}"),
        measure=wording.measure_name(measure, say),
        year=year,
    )


def _mark(cell: Cell) -> str:
    """What stands on a unit besides its colour: see ``label`` in web/labels.js."""
    if wording.is_doubtful(cell):
        return "?"
    return "•" if cell.unsure else ""


def tooltip(drawn: Choropleth, cell: Cell, measure: Measure, say: Texts) -> list[str]:
    """What a tooltip says below the name: figure or rank, and year; rank; status; remarks."""
    first = say(
        N_("{value} ({year})"),
        value=wording.headline(cell, measure, say),
        year=drawn.snapshot.year,
    )
    place = wording.rank(cell, say) if cell.value is not None else ""
    status = wording.status(cell, say)
    remarks = [wording.remark(text, say) for text in cell.remarks]
    lines = [first, place]
    if status not in first:
        lines.append(status)
    return [line for line in (*lines, *remarks) if line]
