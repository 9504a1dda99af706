"""Text of slides: cleaned, measured, shortened, and set in fonts for both scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import nsdecls
from pptx.text.text import Font, TextFrame
from pptx.util import Emu, Pt

from geo.colours import COLOURS
from geo.limits import MAX_SLIDE_TEXT_LENGTH
from geo.text import Translator

ELLIPSIS: Final = "…"
# Direction marks, which could reverse the text that follows.
TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Widths of characters in Arial, in em; the first group that contains a character counts.
_WIDTHS: Final = (
    (frozenset("iljI|!.,:;'‘’· "), 0.30),
    (frozenset("mwMW%@—…→"), 1.0),
    (frozenset('frt()[]-/"“”°'), 0.40),
)
_CAPITAL: Final = 0.72
_PLAIN: Final = 0.56
_OTHER_SCRIPT: Final = 0.75
_WIDE: Final = 1.0
BOLD: Final = 1.07  # relative width of bold text
_ONE_BY_ONE: Final = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"  # breaks anywhere
_PIECE: Final = re.compile(rf"[{_ONE_BY_ONE}]|\s+|[^\s{_ONE_BY_ONE}]+")
# No line begins with these; they stay with the character before.
_HANGING: Final = frozenset("，。、；：？！）》」』】”’…")
# Fonts of every machine with Office or WPS; LibreOffice has substitutes of the same widths. The
# theme of the template names them; slides name no font.
LATIN: Final = "Arial"
EAST_ASIAN: Final = "Microsoft YaHei"
LINE: Final = 1.25  # line height, in em
INK: Final = COLOURS["picture-ink"]
MUTED: Final = COLOURS["picture-ink-muted"]
FAINT: Final = COLOURS["picture-ink-faint"]
RULE: Final = COLOURS["rule"]
# Colours that the theme of the template has, by its names; slides follow when the theme changes.
_THEME_NAMES: Final = {INK: "tx1", MUTED: "tx2", RULE: "bg2"}
ALIGNS: Final = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
WEB: Final = ("https://", "http://")


def clean_text(text: str, many_lines: bool = False) -> str:
    """Clean a text for a slide: only characters that a file can hold and a reader can see.

    Control characters, lone surrogates, noncharacters and direction marks are removed; markup stays
    as text. Whitespace within a line becomes one space. Lines are joined by a space or, with
    many_lines, by one line end.

    >>> clean_text(" a\\x00\\t<b>\\n \\u202ec ")
    'a <b> c'
    """
    lines = [_clean_line(line) for line in text[:MAX_SLIDE_TEXT_LENGTH].splitlines()]
    return ("\n" if many_lines else " ").join(line for line in lines if line)


def _clean_line(text: str) -> str:
    result = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind in {"Zs", "Zl", "Zp"} or character == "\t":
            result.append(" ")
        elif kind not in {"Cc", "Cs", "Cn"} and character not in TURNING:
            result.append(character)
    return " ".join("".join(result).split())


def text_width_pt(text: str, size: float, bold: bool = False) -> float:
    """The approximate width of a line, in the unit of its font size; rather too large."""
    return sum(map(_character_width, text)) * size * (BOLD if bold else 1.0)


@cache
def _character_width(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    for kind, share in _WIDTHS:
        if character in kind:
            return share
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _WIDE
    if character.isascii() or unicodedata.name(character, "").startswith("LATIN"):
        return _CAPITAL if character.isupper() else _PLAIN
    return _OTHER_SCRIPT


def line_count(text: str, room: float, size: float, bold: bool = False) -> int:
    """The number of lines of a text wrapped to a width; line ends are kept."""
    return sum(_count_lines(line, room, size, bold) for line in text.split("\n"))


def _count_lines(text: str, room: float, size: float, bold: bool) -> int:
    count, used = 1, 0.0
    for piece in _PIECE.findall(text):
        wide = text_width_pt(piece, size, bold)
        if piece.isspace() or piece in _HANGING or used + wide <= room:
            used += wide
        elif wide <= room:
            count, used = count + 1, wide
        else:  # a word longer than a line continues on the next
            whole, rest = divmod(used + wide, room)
            count, used = count + int(whole), rest
    return count


def shorten_to_lines(
    text: str, room: float, size: float, lines: int = 1, bold: bool = False
) -> str:
    """Shorten a text to a number of lines, with “…” at the end of a shortened one.

    >>> shorten_to_lines("Digital China", 46, 10), shorten_to_lines("Digital", 100, 10)
    ('Digital…', 'Digital')
    """
    if line_count(text, room, size, bold) <= lines:
        return text
    few, many = 0, len(text)
    while few < many:
        middle = (few + many + 1) // 2
        if line_count(text[:middle].rstrip() + ELLIPSIS, room, size, bold) <= lines:
            few = middle
        else:
            many = middle - 1
    return text[:few].rstrip() + ELLIPSIS


@dataclass(frozen=True)
class TextStyle:
    """How a text is set: size in points, colour, weight and alignment.

    What is None is inherited from the layout.
    """

    size: float | None
    colour: str | None = INK
    bold: bool | None = False
    align: str | None = "left"
    after: float | None = 0.0  # points below each paragraph


LAYOUT_STYLE: Final = TextStyle(None, None, None, None, None)  # all as the layout says


@dataclass(frozen=True)
class TextRun:
    """A piece of a paragraph; address: the web address that it links to."""

    text: str
    bold: bool = False
    address: str = ""


Paragraph = str | Sequence[TextRun]


def rgb_colour(colour: str) -> RGBColor:
    """Parse a colour written as #rrggbb."""
    return RGBColor.from_string(colour.removeprefix("#").upper())


def write_paragraphs(
    frame: TextFrame, paragraphs: Sequence[Paragraph], style: TextStyle, t: Translator
) -> None:
    """Replace the text of a frame by paragraphs; markup is not interpreted."""
    frame.clear()
    for place, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if style.align is not None:
            paragraph.alignment = ALIGNS[style.align]
        if style.size is not None:
            paragraph.line_spacing = Pt(style.size * LINE)
        if style.after is not None:
            paragraph.space_before = Pt(0)
            paragraph.space_after = Pt(style.after)
        for piece in [TextRun(runs)] if isinstance(runs, str) else runs:
            run = paragraph.add_run()
            run.text = piece.text
            set_font(run.font, style.size, style.colour, piece.bold or style.bold)
            run.font.language_id = MSO_LANGUAGE_ID.from_xml(t.language.tag)
            if piece.address.startswith(WEB):
                run.hyperlink.address = piece.address


def set_font(
    font: Font, size: float | None, colour: str | None = INK, bold: bool | None = False
) -> None:
    """Set size, colour and weight; what is None is inherited, and so is the typeface."""
    if size is not None:
        font.size = Pt(size)
    font.bold = bold
    if colour in _THEME_NAMES:
        font.color.theme_color = MSO_THEME_COLOR.from_xml(_THEME_NAMES[colour])
    elif colour is not None:
        font.color.rgb = rgb_colour(colour)


def colour_xml(colour: str, themed: bool = True, namespaces: bool = False) -> str:
    """A colour as an XML element. themed: as the theme's colour, if the theme has it."""
    names = f" {nsdecls('a')}" if namespaces else ""
    if themed and colour in _THEME_NAMES:
        return f'<a:schemeClr{names} val="{_THEME_NAMES[colour]}"/>'
    return f'<a:srgbClr{names} val="{rgb_colour(colour)}"/>'


def fit_frame(frame: TextFrame, anchor: Any = MSO_ANCHOR.TOP) -> None:
    """Remove the margins of a text frame, and make it wrap and keep its size."""
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
