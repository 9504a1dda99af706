"""A map as one HTML file that works without a server and makes no requests.

As on a page, the map is in a frame, and the same scripts draw it. The file's content security
policy forbids every request and allows only these scripts, by checksum.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.analysis import ATLAS_NAME, BOUNDARY_LICENCE, credit_line
from geo.captions import (
    legend_marks,
    map_heading,
    map_legend,
    map_ranking,
    map_subheading,
    quiet_note,
    scale_marks_by_province,
)
from geo.colours import define_colours
from geo.limits import MAX_MAP_TITLE_LENGTH
from geo.maps import (
    WEB_DIR,
    AtlasMap,
    Choropleth,
    WebAsset,
    build_pane,
    circle_script,
    join_script,
    js_string_literal,
    map_label,
    map_state,
    read_style_sheet,
    web_assets,
)
from geo.measures import Measure
from geo.text import N_, Translator, render_template

REST_PX: Final = 330  # height above and below the map when the file is opened
LICENCES: Final = (
    WEB_DIR / "leaflet-licence.txt",
    BOUNDARY_LICENCE.notice,
)
NO_SCRIPTS: Final = N_(
    "Scripts draw the map, and they do not run here. Save the file and open it in a "
    "browser; the ranking holds the same values."
)
TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class MapTexts:
    """The texts around the map of a file, as plain text; under: the line below the title."""

    title: str
    under: str
    source: str


def map_texts(measure: Measure, choropleth: Choropleth, t: Translator) -> MapTexts:
    """The texts that a page has around the same map."""
    year = choropleth.snapshot.year
    return MapTexts(
        title=map_heading(measure, year, t),
        under=map_subheading(measure, choropleth, t),
        source=credit_line([(measure, [year])], t),
    )


def shorten_title(title: str) -> str:
    """A title typed by a reader as one line, cut with a mark if it is too long."""
    line = " ".join(title.split())
    return line if len(line) <= MAX_MAP_TITLE_LENGTH else line[: MAX_MAP_TITLE_LENGTH - 1] + "…"


def standalone_html(
    measure: Measure, choropleth: Choropleth, texts: MapTexts, t: Translator, province: str = ""
) -> str:
    """The file of a map: hover, click, keys, legend and ranking work as on the page.

    texts: the texts around the map; they are escaped. province: the adcode of the unit that is
    selected at first.
    """
    label = map_label(measure, choropleth.snapshot.year, t)
    circles = [_script_of(circle_script())] if choropleth.circles else []
    *library, script_of_map = _library_scripts()
    scripts = [
        *library,
        *circles,
        script_of_map,
        _map_script(measure, choropleth, label, t, province),
    ]
    frame = render_template(
        TEMPLATES, "standalone_frame", lang=t.lang, label=label, scripts=scripts
    )
    return str(
        render_template(
            TEMPLATES,
            "standalone_map",
            lang=t.lang,
            policy=_content_policy(scripts),
            style=_style_element(),
            title=texts.title,
            under=quiet_note(texts.under),
            no_scripts=quiet_note(t(NO_SCRIPTS)),
            label=label,
            frame=str(frame),
            legend=map_legend(measure, choropleth, t, province),
            ranking=map_ranking(measure, choropleth, t, province),
            atlas=t(ATLAS_NAME),
            source=quiet_note(texts.source),
            licences=t(N_("Licences of the contents of this file")),
            licence_texts="\n\n".join(path.read_text("utf-8") for path in LICENCES),
            marks_by_province=_marks_by_province(measure, choropleth, t),
        )
    )


def _map_script(
    measure: Measure, choropleth: Choropleth, label: str, t: Translator, province: str
) -> Markup:
    """The only script that differs between files: the state of the map."""
    pane = build_pane(choropleth, measure, t)
    state = js_string_literal(map_state([pane], label, t, province))
    frame = AtlasMap(rest_px=REST_PX).frame
    values = f"const FRAME = {frame};\nconst STATE = {state};"
    start = "startStandaloneMap(JSON.parse(FRAME), JSON.parse(STATE));"
    return Markup(join_script(WEB_DIR / "standalone.js", f"{values}\n{start}"))


@cache
def _library_scripts() -> tuple[Markup, ...]:
    """Leaflet, the geometry and the map's scripts, without Leaflet's source map address."""
    return tuple(map(_script_of, web_assets().values()))


def _script_of(asset: WebAsset) -> Markup:
    return Markup(re.sub(r"\n//# sourceMappingURL=\S*", "", asset.body.decode()))


@cache
def _style_element() -> Markup:
    sheets = (WEB_DIR / name for name in ("sheet.css", "standalone.css"))
    return Markup(define_colours("".join(map(read_style_sheet, sheets))))


def _content_policy(scripts: Iterable[Markup]) -> str:
    """The content security policy: no requests, and only these scripts, also in the frame."""
    sums = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(body).decode()}'" for body in sums)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _marks_by_province(
    measure: Measure, choropleth: Choropleth, t: Translator
) -> dict[str, Markup]:
    """The marks of the legend for every province that can be selected, and for none ('')."""
    marks = scale_marks_by_province(measure, choropleth, t)
    return {adcode: legend_marks(of_province) for adcode, of_province in marks.items()}
