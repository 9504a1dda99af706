"""Setting text on a slide: fonts for both scripts, sizes, and lines of a fixed height.

Heights are fixed because the usual Chinese font is a seventh taller than the Latin one: what fits
in one language then fits in the other, and on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.text.text import Font, TextFrame
from pptx.util import Emu, Pt

from geo.text import Translator

# On every machine with Office, in WPS, and with a stand-in of the same widths in LibreOffice.
LATIN: Final = "Arial"
EAST_ASIAN: Final = "Microsoft YaHei"
LINE: Final = 1.25  # the height of a line as a share of its letters
INK: Final = "#1b1f24"
MUTED: Final = "#4a525c"
FAINT: Final = "#6b7580"
RULE: Final = "#d5dae0"
LANGUAGES: Final = {
    "en": MSO_LANGUAGE_ID.ENGLISH_US,
    "zh": MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE,
}
ALIGNS: Final = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
WEB: Final = ("https://", "http://")


@dataclass(frozen=True)
class TextStyle:
    """How a text is set: size in points, colour, weight, where its lines stand."""

    size: float
    colour: str = INK
    bold: bool = False
    align: str = "left"
    after: float = 0.0  # points below each paragraph


@dataclass(frozen=True)
class TextRun:
    """A piece of a paragraph; address: where a click on it leads, only to the web."""

    text: str
    bold: bool = False
    address: str = ""


Paragraph = str | Sequence[TextRun]


def rgb_colour(colour: str) -> RGBColor:
    """A colour such as #1b1f24."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def write_paragraphs(
    frame: TextFrame, paragraphs: Sequence[Paragraph], style: TextStyle, t: Translator
) -> None:
    """Fill a frame with paragraphs, instead of what it holds. No markup is read in them."""
    frame.clear()
    for place, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGNS[style.align]
        paragraph.line_spacing = Pt(style.size * LINE)
        paragraph.space_before = Pt(0)
        paragraph.space_after = Pt(style.after)
        for piece in [TextRun(runs)] if isinstance(runs, str) else runs:
            run = paragraph.add_run()
            run.text = piece.text
            set_font(run.font, style.size, style.colour, style.bold or piece.bold)
            run.font.language_id = LANGUAGES[t.lang]
            if piece.address.startswith(WEB):
                run.hyperlink.address = piece.address


def set_font(font: Font, size: float, colour: str = INK, bold: bool = False) -> None:
    """Size, colour and weight of letters in our fonts."""
    font.name = LATIN
    font.size = Pt(size)
    font.bold = bold
    font.color.rgb = rgb_colour(colour)


def fit_frame(frame: TextFrame, anchor: Any = MSO_ANCHOR.TOP) -> None:
    """A frame without margins of its own, that wraps and never grows."""
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def name_east_asian(root: Any) -> None:
    """Name the font of Chinese letters wherever that of Latin ones is named, below an element.

    python-pptx sets only the Latin one; without the other, Chinese falls to a font of chance.
    """
    for latin in list(root.iter(qn("a:latin"))):
        if not str(latin.get("typeface")).startswith("+"):
            for beside in latin.itersiblings(qn("a:ea")):
                beside.getparent().remove(beside)
            base_oxml_element = OxmlElement("a:ea")
            base_oxml_element.set("typeface", EAST_ASIAN)
            latin.addnext(base_oxml_element)
