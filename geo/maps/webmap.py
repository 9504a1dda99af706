"""The map in the browser: a constant base map, and a layer that restyles it.

The only module that imports folium. The base map's script never changes, so streamlit-folium
keeps its frame, zoom and position; a change of measure sends only colours and texts. Leaflet,
the geometry and the map's script are files of this server (``web_assets``). Their addresses
contain a checksum, so a browser fetches each of them once.
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

from geo.colours import COLOURS, define_colours
from geo.maps.bundle import join_script, read_style_sheet
from geo.maps.choropleth import STATUS_STYLES, Choropleth
from geo.maps.markers import MARKER_PATHS, Marker
from geo.maps.tooltips import shorten_lines
from geo.measures import (
    Cell,
    Measure,
    format_cell,
    format_rank,
    localized_remark,
    measure_name,
    status_name,
)
from geo.settings import served_path
from geo.text import LANGUAGES, N_, Translator, translator
from geo.units import (
    BOUNDARIES_FILE,
    GAP_SHARE,
    INSET_NAME,
    LINES,
    TILE_M,
    grid_extent,
    inset_extent,
    main_extent,
    provinces,
    tile_grid,
)

WEB_DIR: Final = Path(__file__).parent / "web"
# Colours that the scripts of the map take by ``view.colours``; its style sheet has its own.
SCRIPT_COLOURS: Final = (
    "border",
    "boundary-dashes",
    "boundary-sea",
    "circle",
    "pattern",
    "selected",
    "surface",
    "unit-hovered",
)
MEDIA_TYPES: Final = {"js": "text/javascript", "css": "text/css"}
REST_PX: Final = 402  # height above and below the map on a page that does not scroll
LEAST_PX: Final = 250  # height of a map on a low screen
TILE_LAYOUT: Final = "tiles"
LAYOUTS: Final = ("map", TILE_LAYOUT)
TIME_BAR_PX: Final = 40  # height of the time bar below a map: its buttons are a finger wide
# What the time bar, the small maps and the tooltips say in every view; slots are filled in the
# browser.
TIME_TEXTS: Final = {
    "bar": N_("Years"),
    "play": N_("Play the years"),
    "pause": N_("Pause"),
    "year": N_("Year"),
    "speed": N_("Speed: {speed}"),
    "all": N_("All years"),
    "break": N_("Break in the series in {year}"),
    "doubtful_one": N_("1 doubtful value"),
    "doubtful": N_("{count} doubtful values"),
    "fixed": N_("Same classes in all years"),
    "failed": N_("The other years could not be loaded."),
    "value": N_("{value} ({year})"),
    "rank": N_("Rank {rank} of {of}"),
    "change": N_("{change} since {year}"),
    "national": N_("grey: national"),
    "count": N_("{count} provinces"),
}
SLOTS_OF_TIME: Final = ("change", "count", "of", "rank", "speed", "value", "year")
MAP_BUTTONS: Final = (N_("Zoom in"), N_("Zoom out"), N_("Whole map"), N_("Full screen"))
WHEEL_HINT: Final = N_("Use Ctrl and the wheel to zoom")
KEYS_HINT: Final = N_(
    "Arrow keys move between provinces, Enter selects one, Escape leaves the map."
)
# Characters with a meaning for a template engine, a template literal or HTML. branca compiles
# every rendered script as a template a second time: see ``js_string_literal``.
UNSAFE: Final = "{}<>&'$\\`"


def js_string_literal(value: object) -> str:
    r"""Encode a value as JSON in a JavaScript string that is safe inside folium's scripts.

    All text reaches a map this way. Every character with a meaning for Jinja, a template literal
    or HTML is written as ``\uXXXX``.

    >>> js_string_literal("{{ 7*7 }}")
    '\'"\\u007b\\u007b 7*7 \\u007d\\u007d"\''
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escapes = {ord(c): f"\\u{ord(c):04x}" for c in UNSAFE + "\u2028\u2029"}
    return f"'{text.translate(escapes)}'"


@dataclass(frozen=True)
class WebAsset:
    """A script or style sheet, with its address, media type and compressed bodies."""

    path: str
    media_type: str
    body: bytes
    etag: str

    @cached_property
    def encodings(self) -> dict[str, bytes]:
        """The compressed bodies by content coding, best first."""
        return {"br": brotli.compress(self.body), "gzip": gzip.compress(self.body, 9, mtime=0)}


def build_asset(name: str, body: bytes) -> WebAsset:
    """Return a file of this server; its address contains its checksum."""
    stem, _, suffix = name.rpartition(".")
    checksum = hashlib.sha256(body).hexdigest()
    path = f"/atlas/{stem}.{checksum[:12]}.{suffix}"
    return WebAsset(path, MEDIA_TYPES[suffix], body, f'"{checksum[:32]}"')


@cache
def web_assets() -> dict[str, WebAsset]:
    """The scripts of the map by name, in the order in which the frame must load them."""
    library = Path(leaflet.BASE_DIR)
    # st_folium does not wait for style sheets, and a map that is laid out before its style
    # loads has no size. So the style is part of the script.
    sheets = map(read_style_sheet, (library / "leaflet.css", WEB_DIR / "map.css"))
    colours = {name: COLOURS[name] for name in SCRIPT_COLOURS}
    values = [define_colours("".join(sheets)), colours]
    script = join_script(WEB_DIR / "map.js", f"installAtlas(...{json.dumps(values)});")
    boundaries = BOUNDARIES_FILE.read_bytes().strip()
    files = {
        "leaflet.js": (library / "leaflet.js").read_bytes(),
        "boundaries.js": b"window.ATLAS_BOUNDARIES=" + boundaries + b";" + _texts_script().encode(),
        "labels.js": _label_script("labels.js", "installLabels"),
        "map.js": script.encode(),
    }
    return {name: build_asset(name, body) for name, body in files.items()}


def _label_script(name: str, function: str) -> bytes:
    """The script that draws labels, with their style sheet.

    Colours that the style sheet of the map defines in the same frame are not defined again.
    """
    sheets = (read_style_sheet(WEB_DIR / sheet) for sheet in ("map.css", "labels.css"))
    of_map, of_labels = (define_colours(sheet).splitlines() for sheet in sheets)
    known = {line for line in of_map if line.startswith("--")}
    style = "\n".join(line for line in of_labels if line not in known)
    return join_script(WEB_DIR / name, f"{function}({json.dumps(style)});").encode()


@cache
def circle_script() -> WebAsset:
    """The script of the circles of a total, which only a map of one loads."""
    return build_asset(
        "circles.js", join_script(WEB_DIR / "circles.js", "installCircles();").encode()
    )


@cache
def tile_label_script() -> WebAsset:
    """The script of the labels of a tile grid, in place of those of the map."""
    return build_asset("tile_labels.js", _label_script("tile_labels.js", "installTileLabels"))


def _texts_script() -> str:
    return f"window.ATLAS_TEXTS={json.dumps(_map_texts())};"


def _map_texts() -> dict[str, object]:
    """What a map says in every view, by language: names of the units, keys, buttons, how to zoom.

    They come with the boundaries, so that a change of measure does not send them again.
    """
    return {
        "codes": {
            lang: {adcode: province.code_in(lang) for adcode, province in provinces().items()}
            for lang in LANGUAGES
        },
        "names": {
            lang: [[adcode, province.name_in(lang)] for adcode, province in provinces().items()]
            for lang in LANGUAGES
        },
        "wheel": _in_each_language(WHEEL_HINT),
        "keys": _in_each_language(KEYS_HINT),
        "inset": _in_each_language(INSET_NAME),
        "buttons": {lang: [translator(lang)(name) for name in MAP_BUTTONS] for lang in LANGUAGES},
    }


def _in_each_language(message: str) -> dict[str, str]:
    return {lang: translator(lang)(message) for lang in LANGUAGES}


def _time_texts(t: Translator) -> dict[str, str]:
    """The texts of time, with their slots left as they are."""
    slots = {name: f"{{{name}}}" for name in SLOTS_OF_TIME}
    return {name: t(text, **slots) for name, text in TIME_TEXTS.items()}


@cache
def time_script() -> WebAsset:
    """The script of the time bar, which a map with one loads when it has drawn its first view."""
    style = define_colours(read_style_sheet(WEB_DIR / "time.css"))
    values = [style, {lang: _time_texts(translator(lang)) for lang in LANGUAGES}]
    script = join_script(WEB_DIR / "time.js", f"installTime(...{json.dumps(values)});")
    return build_asset("time.js", script.encode())


@cache
def document_script() -> WebAsset:
    """The page's script: its language and title, links that keep the session, keys, dialogs.

    It is a file because the page's content security policy forbids inline scripts. It runs once
    for each document, whatever page of the atlas is shown in it.
    """
    script = join_script(WEB_DIR / "page_script.js", "startPage();")
    return build_asset("document.js", script.encode())


class AtlasMap(folium.Map):
    """The base map: one or more panes with all units, before any measure is shown.

    Its script is the same for every measure, year and language, so the frame is not reloaded.
    Several panes share one geometry and move together. rest_px: height of what is above and
    below the map, in pixels. least_px: height of the map on a low screen, where the page scrolls.
    layout: ``map`` for the boundaries, ``tiles`` for the tile grid. bar_px: height of the time bar
    in the frame below the map; 0 for none. circles: whether it can show circles.
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

    def __init__(
        self,
        panes: int = 1,
        rest_px: int = REST_PX,
        least_px: int = LEAST_PX,
        layout: str = LAYOUTS[0],
        bar_px: int = 0,
        circles: bool = False,
    ) -> None:
        super().__init__(tiles=None)
        assets = dict(web_assets())
        if layout == TILE_LAYOUT:
            assets["labels.js"] = tile_label_script()
        if circles:  # after the labels, which it draws below
            script_of_map = assets.pop("map.js")
            assets |= {"circles.js": circle_script(), "map.js": script_of_map}
        self.default_js = [(name, served_path(asset.path)) for name, asset in assets.items()]
        self.default_css = []
        sizes = {"panes": panes, "rest": rest_px, "least": least_px, "bar": bar_px}
        grid = _grid_settings() if layout == TILE_LAYOUT else {}
        script = {"time": served_path(time_script().path) if bar_px else ""}
        self.frame = js_string_literal({**_base_settings(), **grid, **sizes, **script})

    def render(self, **kwargs: object) -> str:
        """Add nothing to a document: st_folium takes the script from the template.

        folium compiles each script that it adds as a template, 6 ms for nothing at each change.
        """
        return ""


class MapStyleLayer(folium.FeatureGroup):
    """The colours and texts of one view, applied to the base map in place."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = Atlas.paint({{ this.state }});
        {% endmacro %}
        """
    )

    def __init__(self, state: Mapping[str, object]) -> None:
        super().__init__()
        self.state = js_string_literal(state)

    def render(self, **kwargs: object) -> str:
        """Add nothing to a document, as ``AtlasMap.render``."""
        return ""


@cache
def _base_settings() -> dict[str, object]:
    """The bounds of the main map and the inset in metres, and the background of each pattern."""
    return {
        "main": [round(edge) for edge in main_extent()],
        "inset": [round(edge) for edge in inset_extent()],
        "patterns": {look.pattern: look.fill for look in STATUS_STYLES.values() if look.pattern},
    }


@cache
def _grid_settings() -> dict[str, object]:
    """The tile grid in place of the boundaries: its bounds, and its tiles as TopoJSON in metres."""
    side = round(TILE_M * (1 - 2 * GAP_SHARE))
    arcs: list[list[list[int]]] = []
    geometries: list[dict[str, object]] = []
    for adcode, tile in tile_grid().items():
        x, y = round(TILE_M * (tile.column - 0.5)), round(TILE_M * (0.5 - tile.row))
        arcs.append([[x - side // 2, y - side // 2], [side, 0], [0, side], [-side, 0], [0, -side]])
        properties = {"adcode": adcode, "x": x, "y": y}
        polygon: dict[str, object] = {
            "type": "Polygon",
            "arcs": [[len(geometries)]],
            "properties": properties,
        }
        geometries.append(polygon)
    return {
        "main": [round(edge) for edge in grid_extent()],
        "grid": {
            "transform": {"scale": [1, 1], "translate": [0, 0]},
            "arcs": arcs,
            "objects": {
                "provinces": {"geometries": geometries},
                **{name: {"geometries": []} for name in LINES},
            },
        },
    }


@dataclass(frozen=True)
class WebPane:
    """One map of a frame: its choropleth, its title and its tooltips.

    title: empty if the frame has one pane, whose heading is on the page. tooltip_lines: gives the
    lines of a cell's tooltip below the name of the unit. figure: gives the text of a cell's value
    for a tile; None if the map shows none.
    """

    choropleth: Choropleth
    title: str
    tooltip_lines: Callable[[Cell], list[str]]
    figure: Callable[[Cell], str] | None = None

    @property
    def view_key(self) -> str:
        return f"{self.choropleth.snapshot.measure}/{self.choropleth.snapshot.year}"

    def pane_state(self) -> dict[str, object]:
        """The distinct looks, and for each cell the index of its look, its mark and its tooltip.

        Cells are in the order of the provinces. What several tooltips have is sent once: of a
        line that is the same, as a status, a tooltip has its number among ``lines``; of one that
        differs in its middle, as "Rank 2 of 31", the middle, between the ``ends`` of its place.
        """
        tooltips = {
            adcode: self.tooltip_lines(cell)
            for adcode, cell in self.choropleth.snapshot.cells.items()
        }
        lines, ends, shorter = shorten_lines(list(tooltips.values()))
        tips = dict(zip(tooltips, shorter, strict=True))
        looks: dict[tuple[object, ...], int] = {}
        cells = []
        for cell in self.choropleth.snapshot.cells.values():
            look = (
                self.choropleth.index.get(cell.adcode, -1),
                cell.status.value,
                self.choropleth.colour(cell),
                self.choropleth.pattern(cell),
            )
            cells.append(
                [
                    looks.setdefault(look, len(looks)),
                    cell_mark(cell, self.choropleth),
                    tips[cell.adcode],
                ]
            )
        ranks = self.choropleth.ranks
        numbers = [[a, str(rank)] for a, rank in ranks.ranks.items()] if ranks else []
        state: dict[str, object] = {
            "title": self.title,
            "lines": lines,
            "ends": ends,
            "looks": list(looks),
            "cells": cells,
            "numbers": numbers,
        }
        if self.choropleth.circles:
            state["sizes"] = circle_sizes_by_row(self.choropleth)
        if self.figure:
            state["figures"] = [
                self.figure(cell) for cell in self.choropleth.snapshot.cells.values()
            ]
        return state


def circle_sizes_by_row(choropleth: Choropleth) -> list[float]:
    """The radius of the circle of each unit, as a share of the largest; 0 for none."""
    sizes = choropleth.circle_sizes()
    return [round(sizes.get(adcode, 0.0), 4) for adcode in choropleth.snapshot.cells]


def build_pane(choropleth: Choropleth, measure: Measure, t: Translator, title: str = "") -> WebPane:
    """The pane of a measure in a year."""
    return WebPane(choropleth, title, lambda cell: build_tooltip(choropleth, cell, measure, t))


def map_state(
    panes: Sequence[WebPane],
    label: str,
    t: Translator,
    selected: str = "",
    chosen: Mapping[str, Marker] = MappingProxyType({}),
) -> dict[str, object]:
    """The state that the map's script draws a view from: see ``paintMap`` in web/map.js.

    label: the accessible name of the map. selected: the adcode of the outlined unit. chosen: the
    marker of each compared unit.
    """
    return {
        "shows": "+".join(pane.view_key for pane in panes),
        "lang": t.lang,
        "selected": selected,
        "label": label,
        "chosen": [[a, marker.colour, MARKER_PATHS[marker.shape]] for a, marker in chosen.items()],
        "panes": [pane.pane_state() for pane in panes],
    }


def map_label(measure: Measure, year: int, t: Translator) -> str:
    """The accessible name of a map, for screen readers."""
    return t(
        N_("Map of China’s provinces: {measure}, {year}"),
        measure=measure_name(measure, t),
        year=year,
    )


def cell_mark(cell: Cell, choropleth: Choropleth) -> str:
    """The mark drawn on a unit besides its colour: see web/label_placement.js."""
    if cell.is_doubtful:
        return "?"
    return "•" if choropleth.is_unsure(cell) else ""


def build_tooltip(choropleth: Choropleth, cell: Cell, measure: Measure, t: Translator) -> list[str]:
    """The tooltip lines below the name: value or rank with year, rank, status, remarks."""
    first = t(
        N_("{value} ({year})"),
        value=format_cell(cell, measure, t),
        year=choropleth.snapshot.year,
    )
    place = format_rank(cell, t) if cell.value is not None else ""
    status = status_name(cell, t)
    remarks = [localized_remark(text, t) for text in cell.remarks]
    lines = [first, place]
    if status not in first:
        lines.append(status)
    return [line for line in (*lines, *remarks) if line]
