"""Build the template of the slides, ``geo/slides/template.pptx``: ``make slide-template``.

The file holds one slide master, the layouts, a notes master, and the theme with the atlas's colours
and fonts. Positions, sizes and colours of placeholders are set here; slides take them from the
file. It starts from the empty presentation in python-pptx (MIT). The same code gives the same
bytes: the zip is not compressed, so that it depends on no version of zlib.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.parts.slide import SlideLayoutPart
from pptx.presentation import Presentation as Deck
from pptx.util import Inches

from geo.colours import COLOURS
from geo.maps import INDEX_RAMP, NATIONAL_COLOUR, REGION_COLOURS, colour_ramp
from geo.slides.template import EMU, TEMPLATE, LayoutName, PlaceholderIndex, Placement
from geo.slides.text import (
    EAST_ASIAN,
    FAINT,
    INK,
    LATIN,
    LINE,
    MUTED,
    RULE,
    TextStyle,
    colour_xml,
)

NAME: Final = "Digital China Atlas"
WIDTH: Final = 13.333  # 16:9, as in PowerPoint, in inches
HEIGHT: Final = 7.5
MARGIN: Final = 0.6
GAP: Final = 0.3  # inches between columns
CONTENT: Final = Placement(MARGIN, 1.82, WIDTH - 2 * MARGIN, 4.78)
MAP_SIZE: Final = (7.45, 7.45 * 688 / 1073)  # the proportions of SLIDE_PART in geo.pictures
NOTE_ROOM: Final = 0.36  # inches below a map
PROFILE_TABLE: Final = 7.3  # width of the table of a profile
PROFILE_GAP: Final = 0.35
MEASURE_CHART: Final = 4.5  # width of the chart of a measure beside its table
FIRST_COLUMN: Final = 1.4  # the first column of a table below a chart, whose bars begin after it
INDEX_TABLE: Final = 1.2  # height of a table below a chart, before its rows are known
FIRST_LAYOUT_ID: Final = 2_147_483_649  # the smallest that the format allows, after the master's
DAY: Final = datetime(2026, 1, 1)
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time of a zip file

# Text and background as on the pages; the accents are colours of the atlas's charts.
THEME_COLOURS: Final = {
    "dk1": INK,
    "lt1": COLOURS["surface"],
    "dk2": MUTED,
    "lt2": RULE,
    "accent1": colour_ramp(INDEX_RAMP, 5)[2],
    "accent2": NATIONAL_COLOUR,
    **{f"accent{number}": colour for number, colour in enumerate(REGION_COLOURS, 3)},
}
TITLE_STYLE: Final = TextStyle(26, INK, bold=True)
BODY_STYLE: Final = TextStyle(12, INK)
SOURCE_STYLE: Final = TextStyle(8.5, FAINT)
NUMBER_STYLE: Final = TextStyle(12, FAINT, align="right")
LEVELS: Final = 5  # levels of text that PowerPoint offers
INDENT: Final = 0.2  # inches a level


@dataclass(frozen=True)
class TemplatePlaceholder:
    """A placeholder of a layout or of the master.

    kind: the type as in the format. area, style, anchor: None is as on the master. shrinks: text
    that a reader types becomes smaller rather than too long. inset: the text keeps PowerPoint's
    usual distance from the edges. prompt: what an empty placeholder shows in PowerPoint.
    """

    index: PlaceholderIndex
    kind: str
    name: str
    area: Placement | None = None
    style: TextStyle | None = None
    anchor: str | None = None
    shrinks: bool = False
    inset: bool = False
    prompt: str = ""


Indices = PlaceholderIndex
TITLE: Final = TemplatePlaceholder(Indices.TITLE, "title", "Title", prompt="Title")
SOURCE: Final = TemplatePlaceholder(Indices.SOURCE, "ftr", "Source")
NUMBER: Final = TemplatePlaceholder(Indices.NUMBER, "sldNum", "Slide number")
SUBTITLE: Final = TemplatePlaceholder(
    Indices.SUBTITLE, "body", "Subtitle", Placement(MARGIN, 1.36, CONTENT.width, 0.28),
    TextStyle(14, MUTED), prompt="Subtitle",
)  # fmt: skip
MASTER: Final = (
    TemplatePlaceholder(
        Indices.TITLE, "title", "Title", Placement(MARGIN, 0.42, CONTENT.width, 0.9), None,
        "b", shrinks=True, prompt="Title",
    ),
    TemplatePlaceholder(Indices.COVER_TEXT, "body", "Text", CONTENT, None, "t", prompt="Text"),
    TemplatePlaceholder(
        Indices.SOURCE, "ftr", "Source", Placement(MARGIN, 6.78, CONTENT.width - 0.7, 0.5),
        SOURCE_STYLE, "b",
    ),
    TemplatePlaceholder(
        Indices.NUMBER, "sldNum", "Slide number",
        Placement(WIDTH - MARGIN - 0.6, 6.98, 0.6, 0.3), NUMBER_STYLE, "ctr", inset=True,
    ),
)  # fmt: skip


def template_layouts() -> dict[LayoutName, tuple[TemplatePlaceholder, ...]]:
    """The placeholders of each layout, in the order in which a screen reader reads them."""
    framed = {
        **_map_layouts(),
        LayoutName.TWO_CHARTS: (
            _chart(_column(0, (CONTENT.width - GAP) / 2)),
            _chart(_column((CONTENT.width + GAP) / 2), Indices.SECOND_CHART),
        ),
        LayoutName.TABLE_ABOVE_TEXT: (
            _table(_row(0, CONTENT.height - 0.6)),
            _text(_row(CONTENT.height - 0.6), TextStyle(10.5, after=2)),
        ),
        LayoutName.TABLE_BESIDE_TEXT: (
            _table(_column(0, (CONTENT.width - GAP) / 2)),
            _text(_column((CONTENT.width + GAP) / 2), TextStyle(12, after=7)),
        ),
        LayoutName.TABLE_BESIDE_CHART: _profile_placeholders(),
        LayoutName.CHART_BESIDE_TABLE: (
            _chart(_column(0, MEASURE_CHART)),
            _table(_column(MEASURE_CHART + GAP)),
        ),
        LayoutName.CHART_ABOVE_TABLE: _index_placeholders(),
        LayoutName.TABLE: (_table(CONTENT),),
        LayoutName.TEXT: (_text(CONTENT, TextStyle(16, after=8)),),
    }
    return {
        LayoutName.COVER: _cover_placeholders(),
        **{name: (TITLE, SUBTITLE, *own, SOURCE, NUMBER) for name, own in framed.items()},
        LayoutName.METHOD: (
            TITLE,
            _text(
                Placement(MARGIN, 1.5, CONTENT.width, CONTENT.height + 0.5),
                TextStyle(12, after=4),
            ),
            SOURCE,
            NUMBER,
        ),
    }


def _cover_placeholders() -> tuple[TemplatePlaceholder, ...]:
    left, width = MARGIN + 0.5, 10.6
    return (
        TemplatePlaceholder(
            Indices.TITLE, "ctrTitle", "Title", Placement(left, 2.0, width, 1.6),
            TextStyle(34, bold=True), "b", shrinks=True, prompt="Title",
        ),
        TemplatePlaceholder(
            Indices.COVER_TEXT, "subTitle", "Subtitle", Placement(left, 3.85, width, 2.6),
            TextStyle(16, MUTED, after=10), "t", shrinks=True, prompt="Subtitle",
        ),
    )  # fmt: skip


def _map_layouts() -> dict[LayoutName, tuple[TemplatePlaceholder, ...]]:
    width, height = MAP_SIZE
    picture = _picture(Placement(CONTENT.left, CONTENT.top, width, height))
    shorter = CONTENT.height - NOTE_ROOM
    above = _picture(Placement(CONTENT.left, CONTENT.top, width, shorter))
    note = TemplatePlaceholder(
        Indices.NOTE, "body", "Note",
        Placement(CONTENT.left, CONTENT.top + shorter + 0.04, width, 0.32), TextStyle(10),
        prompt="Note",
    )  # fmt: skip
    beside = _column(width + GAP)
    high = CONTENT.height * 0.56
    chart = _chart(Placement(beside.left, beside.top, beside.width, high))
    below = _table(Placement(beside.left, beside.top + high, beside.width, beside.height - high))
    return {
        LayoutName.MAP_CHART_TABLE: (picture, chart, below),
        LayoutName.MAP_CHART_TABLE_NOTE: (above, note, chart, below),
        LayoutName.MAP_TABLE: (picture, _table(beside)),
        LayoutName.MAP_TABLE_NOTE: (above, note, _table(beside)),
    }


def _profile_placeholders() -> tuple[TemplatePlaceholder, ...]:
    beside = _column(PROFILE_TABLE + PROFILE_GAP)
    heading = TemplatePlaceholder(
        Indices.HEADING, "body", "Heading", Placement(beside.left, beside.top, beside.width, 0.3),
        TextStyle(11, bold=True), prompt="Heading",
    )  # fmt: skip
    chart = Placement(beside.left, beside.top + 0.3, beside.width, beside.height - 0.3)
    return _table(_column(0, PROFILE_TABLE)), heading, _chart(chart)


def _index_placeholders() -> tuple[TemplatePlaceholder, ...]:
    chart = Placement(
        CONTENT.left + FIRST_COLUMN,
        CONTENT.top,
        CONTENT.width - FIRST_COLUMN,
        CONTENT.height - INDEX_TABLE - 0.1,
    )
    return _chart(chart), _table(_row(CONTENT.height - INDEX_TABLE))


def _column(left: float, width: float | None = None) -> Placement:
    """A column of the content, from a distance to its left edge; without a width to the right."""
    wide = CONTENT.width - left if width is None else width
    return Placement(CONTENT.left + left, CONTENT.top, wide, CONTENT.height)


def _row(top: float, height: float | None = None) -> Placement:
    """A row of the content, from a distance to its upper edge; without a height to the bottom."""
    high = CONTENT.height - top if height is None else height
    return Placement(CONTENT.left, CONTENT.top + top, CONTENT.width, high)


def _picture(area: Placement) -> TemplatePlaceholder:
    return TemplatePlaceholder(Indices.PICTURE, "pic", "Map", area, prompt="Map")


def _chart(area: Placement, index: PlaceholderIndex = Indices.CHART) -> TemplatePlaceholder:
    return TemplatePlaceholder(index, "chart", "Chart", area, prompt="Chart")


def _table(area: Placement) -> TemplatePlaceholder:
    return TemplatePlaceholder(Indices.TABLE, "tbl", "Table", area, prompt="Table")


def _text(area: Placement, style: TextStyle) -> TemplatePlaceholder:
    return TemplatePlaceholder(Indices.TEXT, "body", "Text", area, style, "t", prompt="Text")


def build_template() -> bytes:
    """The template as the bytes of a PowerPoint file without slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.element.sldSz.attrib.pop("type", None)  # it says 4:3
    _drop_leftovers(deck)
    _set_master(deck)
    _add_layouts(deck)
    for part in (deck.slide_master.part, deck.notes_master.part):
        _set_theme(part.part_related_by(RELATIONSHIP_TYPE.THEME))
    properties = deck.core_properties
    properties.title = properties.author = properties.last_modified_by = NAME
    properties.created = properties.modified = DAY
    properties.revision = 1
    out = io.BytesIO()
    deck.save(out)
    return _store_members(out.getvalue())


def _drop_leftovers(deck: Deck) -> None:
    """Remove what python-pptx's presentation brings and the slides do not need."""
    package = deck.part.package
    for name, rel in list(package._rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(name)
    for name, rel in list(deck.part.rels.items()):
        if rel.reltype in (RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.VIEW_PROPS):
            deck.part.rels.pop(name)
    for layout in list(deck.slide_layouts):
        deck.slide_layouts.remove(layout)


def _set_master(deck: Deck) -> None:
    """Set the placeholders of the slide master, and its styles of titles and of text."""
    master = deck.slide_master.element
    _set_placeholders(master, MASTER)
    title = _level_xml(1, TITLE_STYLE, "+mj")
    body = "".join(_level_xml(level, BODY_STYLE, "+mn") for level in range(1, LEVELS + 1))
    for name, levels in (("p:titleStyle", title), ("p:bodyStyle", body)):
        old = next(master.iter(qn(name)))
        new = parse_xml(f"<{name} {nsdecls('p', 'a')}>{levels}</{name}>")
        old.getparent().replace(old, new)


def _add_layouts(deck: Deck) -> None:
    master = deck.slide_master
    for number, (name, placeholders) in enumerate(template_layouts().items()):
        kind = 'type="title"' if name is LayoutName.COVER else 'userDrawn="1"'
        layout = parse_xml(
            f'<p:sldLayout {nsdecls("p", "a", "r")} preserve="1" {kind}>'
            f"<p:cSld name={quoteattr(name)}><p:spTree><p:nvGrpSpPr>"
            '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
            "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        )
        _set_placeholders(layout, placeholders)
        uri = PackURI(f"/ppt/slideLayouts/slideLayout{number + 1}.xml")
        part = SlideLayoutPart(uri, CONTENT_TYPE.PML_SLIDE_LAYOUT, deck.part.package, layout)
        part.relate_to(master.part, RELATIONSHIP_TYPE.SLIDE_MASTER)
        entry: Any = master.element.get_or_add_sldLayoutIdLst()._add_sldLayoutId()
        entry.rId = master.part.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)
        entry.set("id", str(FIRST_LAYOUT_ID + number))


def _set_placeholders(page: Any, placeholders: Sequence[TemplatePlaceholder]) -> None:
    """Replace the shapes of a master or layout."""
    tree = next(page.iter(qn("p:spTree")))
    for shape in tree.findall(qn("p:sp")):
        tree.remove(shape)
    for number, placeholder in enumerate(placeholders):
        tree.append(parse_xml(_placeholder_xml(number + 2, placeholder)))


def _placeholder_xml(shape_id: int, placeholder: TemplatePlaceholder) -> str:
    index = f' idx="{placeholder.index.value}"' if placeholder.index else ""
    position, shape = "", ""
    if area := placeholder.area:
        left, top, width, height = (
            round(edge * EMU) for edge in (area.left, area.top, area.width, area.height)
        )
        position = (
            f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        )
        shape = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    style = _level_xml(1, placeholder.style) if placeholder.style else ""
    return (
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr>"
        f'<p:cNvPr id="{shape_id}" name={quoteattr(placeholder.name)}/>'
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="{placeholder.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{position}{shape}</p:spPr>"
        f"<p:txBody>{_frame_xml(placeholder)}<a:lstStyle>{style}</a:lstStyle>"
        f"{_prompt_xml(placeholder)}</p:txBody></p:sp>"
    )


def _frame_xml(placeholder: TemplatePlaceholder) -> str:
    if placeholder.area is None:
        return "<a:bodyPr/>"
    anchor = f' anchor="{placeholder.anchor}"' if placeholder.anchor else ""
    fit = "<a:normAutofit/>" if placeholder.shrinks else "<a:noAutofit/>"
    edges = "" if placeholder.inset else ' lIns="0" tIns="0" rIns="0" bIns="0"'
    return f'<a:bodyPr vert="horz" wrap="square"{edges} rtlCol="0"{anchor}>{fit}</a:bodyPr>'


def _prompt_xml(placeholder: TemplatePlaceholder) -> str:
    if placeholder.kind == "sldNum":
        return (
            '<a:p><a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            '<a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="en-US"/></a:p>'
        )
    if not placeholder.prompt:
        return '<a:p><a:endParaRPr lang="en-US"/></a:p>'
    return f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{placeholder.prompt}</a:t></a:r></a:p>'


def _level_xml(level: int, style: TextStyle, fonts: str = "") -> str:
    """The style of a level of text. fonts: +mj or +mn, the theme's for titles or for text."""
    size = style.size or 0.0
    space = (("lnSpc", size * LINE), ("spcBef", 0.0), ("spcAft", style.after or 0.0))
    spaces = "".join(
        f'<a:{name}><a:spcPts val="{int(points * 100)}"/></a:{name}>' for name, points in space
    )
    align = {"left": "l", "right": "r", "center": "ctr"}[style.align or "left"]
    margin, indent, bullet = 0, 0, "<a:buNone/>"
    if level > 1:
        indent = round(INDENT * EMU)
        margin = indent * (level - 1)
        bullet = f'<a:buFont typeface="{LATIN}"/><a:buChar char="–"/>'
    names = "".join(
        f'<a:{script} typeface="{fonts}-{end}"/>'
        for script, end in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))
        if fonts
    )
    return (
        f'<a:lvl{level}pPr marL="{margin}" indent="{-indent}" algn="{align}" defTabSz="914400"'
        f' rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">{spaces}{bullet}'
        f'<a:defRPr sz="{round(size * 100)}" b="{int(bool(style.bold))}" kern="1200">'
        f"<a:solidFill>{colour_xml(style.colour or INK)}</a:solidFill>{names}</a:defRPr>"
        f"</a:lvl{level}pPr>"
    )


def _set_theme(part: Any) -> None:
    """Set the colours and fonts of a theme."""
    root = parse_xml(part.blob)
    root.set("name", NAME)
    colours = next(root.iter(qn("a:clrScheme")))
    colours.set("name", NAME)
    for name, colour in THEME_COLOURS.items():
        (slot,) = colours.findall(qn(f"a:{name}"))
        for old in list(slot):
            slot.remove(old)
        slot.append(parse_xml(colour_xml(colour, themed=False, namespaces=True)))
    fonts = next(root.iter(qn("a:fontScheme")))
    fonts.set("name", NAME)
    for kind in fonts:
        kind.find(qn("a:latin")).set("typeface", LATIN)
        kind.find(qn("a:ea")).set("typeface", EAST_ASIAN)
        for script in kind.findall(qn("a:font")):
            if script.get("script") == "Hans":
                script.set("typeface", EAST_ASIAN)
    if hasattr(part, "_element"):
        part._element = root
    else:
        part._blob = serialize_part_xml(root)


def _store_members(package: bytes) -> bytes:
    """The same zip file without times and without compression."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name))
    return out.getvalue()


def write_template(path: Path = TEMPLATE) -> None:
    """Write the template to a file."""
    path.write_bytes(build_template())


if __name__ == "__main__":
    write_template()
