"""A map as one HTML file that works by itself, for mailing: no server, no request to anywhere.

The map stands in a frame inside the file, as it does on a page, and is drawn by the same
scripts. The file forbids every request in its own policy, and lets no script run but these,
which it names by their checksums.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup

from geo import boundaries, webmap
from geo.captions import sources
from geo.choropleth import Choropleth
from geo.indicators import Measure
from geo.markup import heading
from geo.markup.legend import legend, marks
from geo.markup.ranking import ranking
from geo.text import N_, Texts

LONGEST_TITLE: Final = 200  # characters of a title: a longer one pushes the map off the screen
REST_PX: Final = 330  # what stands above and below the map when the file is opened
LICENCES: Final = (webmap.WEB / "leaflet-licence.txt", boundaries.FILE.parent / "NOTICE")
NO_SCRIPTS: Final = N_(
    "The map is drawn by scripts, which do not run here. Save the file and open it in a browser;"
    " the ranking holds the same figures."
)
PAGE: Final = Markup(
    """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<header><h1 class="atlas-heading">{title}</h1>{under}</header>
<div><noscript>{no_scripts}</noscript><iframe title="{label}" srcdoc="{frame}"></iframe></div>
<div class="st-key-legend">{legend}</div>
<div class="st-key-ranking">{ranking}</div>
<footer>{atlas}{source}<details><summary>{licences}</summary><pre>{licence_texts}</pre></details></footer>
</main>
{templates}
</body>
</html>
"""
)
FRAME: Final = Markup(
    '<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{label}</title></head>'
    '<body><div id="map_div"></div>{scripts}</body></html>'
)


@dataclass(frozen=True)
class Words:
    """What the file says around its map, as plain text; under: the line below the title."""

    title: str
    under: str
    source: str


def words(measure: Measure, drawn: Choropleth, say: Texts) -> Words:
    """The words that a page has around the same map."""
    year = drawn.snapshot.year
    return Words(
        title=heading.title(measure, year, say),
        under=heading.under(measure, drawn, say),
        source=sources.credit([(measure, year)], say),
    )


def shortened(title: str) -> str:
    """A title as a reader typed it, on one line, cut with a mark where it is too long."""
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def html(measure: Measure, drawn: Choropleth, said: Words, say: Texts, province: str = "") -> str:
    """The file of a map: hover, click, keys, legend and ranking work as on the page.

    said: the words around it, of whatever content: they come out as text. province: the adcode
    of the unit that is selected at first.
    """
    label = webmap.map_label(measure, drawn.snapshot.year, say)
    scripts = [*_library(), _own(measure, drawn, label, say, province)]
    frame = FRAME.format(
        lang=say.lang,
        label=label,
        scripts=Markup("").join(map(Markup("<script>{}</script>").format, scripts)),
    )
    return str(
        PAGE.format(
            lang=say.lang,
            policy=_policy(scripts),
            style=_style(),
            title=said.title,
            under=heading.note(said.under),
            no_scripts=heading.note(say(NO_SCRIPTS)),
            label=label,
            frame=str(frame),
            legend=legend(measure, drawn, say, province),
            ranking=ranking(measure, drawn, say, province),
            atlas=Markup("<strong>{}</strong>").format(say(N_("Digital China Atlas"))),
            source=heading.note(said.source),
            licences=say(N_("Licences of what this file holds")),
            licence_texts="\n\n".join(path.read_text("utf-8") for path in LICENCES),
            templates=_templates(measure, drawn, say),
        )
    )


def _own(measure: Measure, drawn: Choropleth, label: str, say: Texts, province: str) -> Markup:
    """The one script that differs from file to file: what the map shows."""
    pane = webmap.pane(drawn, measure, say)
    state = webmap.literal(webmap.state([pane], label, say, province))
    frame = webmap.AtlasMap(rest_px=REST_PX).frame
    script = (webmap.WEB / "mailed.js").read_text("utf-8")
    return Markup(f"(() => {{\nconst FRAME = {frame};\nconst STATE = {state};\n{script}}})();")


@cache
def _library() -> tuple[Markup, ...]:
    """Leaflet, the geometry and the map's scripts, without the address of Leaflet's sources."""
    bodies = (asset.body.decode() for asset in webmap.assets().values())
    return tuple(Markup(re.sub(r"\n//# sourceMappingURL=\S*", "", body)) for body in bodies)


@cache
def _style() -> Markup:
    sheets = (webmap.WEB / name for name in ("sheet.css", "mailed.css"))
    return Markup("\n".join(path.read_text("utf-8") for path in sheets))


def _policy(scripts: Iterable[Markup]) -> str:
    """Nothing may be fetched, and only these scripts may run, in the file and in its frame."""
    sums = (hashlib.sha256(script.encode()).digest() for script in scripts)
    allowed = " ".join(f"'sha256-{base64.b64encode(own).decode()}'" for own in sums)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def _templates(measure: Measure, drawn: Choropleth, say: Texts) -> Markup:
    """The marks of the legend for every province that may be selected, and for none."""
    return Markup("\n").join(
        Markup('<template data-marks="{}">{}</template>').format(
            adcode, marks(measure, drawn, say, adcode)
        )
        for adcode in ("", *drawn.snapshot.cells)
        if drawn.breaks is not None
    )
