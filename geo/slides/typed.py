"""Text as a slide can hold it: cleaned of what is no text, and shortened to its room.

A slide does not know the fonts of the machine that opens it, so widths are estimated, on the wide
side, from the kind of each character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

ELLIPSIS: Final = "…"
MAX_CHARACTERS: Final = (
    5000  # characters of a typed text that are looked at: no notes page holds more
)
# Which way a text runs is for its letters to say: these could turn what follows around.
TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# The share of its size that a character is wide, in Arial; the first kind that has it counts.
_WIDTHS: Final = (
    (frozenset("iljI|!.,:;'‘’· "), 0.30),
    (frozenset("mwMW%@—…→"), 1.0),
    (frozenset('frt()[]-/"“”°'), 0.40),
)
_CAPITAL: Final = 0.72
_PLAIN: Final = 0.56
_OTHER_SCRIPT: Final = 0.75
_WIDE: Final = 1.0
BOLD: Final = 1.07  # how much wider bold letters are
_ONE_BY_ONE: Final = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"  # break anywhere
_PIECE: Final = re.compile(rf"[{_ONE_BY_ONE}]|\s+|[^\s{_ONE_BY_ONE}]+")
# No line begins with these: they hang on to the character before.
_HANGING: Final = frozenset("，。、；：？！）》」』】”’…")


def clean_text(text: str, many_lines: bool = False) -> str:
    """A text as a file can hold it and a reader can see it: markup stays, as letters.

    Control characters, lone halves of surrogate pairs, characters that are none, and marks that
    turn the direction go; blanks and line ends become one blank, or with many_lines one line end.

    >>> clean_text(" a\\x00\\t<b>\\n \\u202ec ")
    'a <b> c'
    """
    lines = [_clean_line(line) for line in text[:MAX_CHARACTERS].splitlines()]
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
    """About how wide a line is, in the unit of its size; rather too much than too little."""
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
    """In how many lines a text is set in a room of a width, its own line ends kept."""
    return sum(_count_lines(line, room, size, bold) for line in text.split("\n"))


def _count_lines(text: str, room: float, size: float, bold: bool) -> int:
    count, used = 1, 0.0
    for piece in _PIECE.findall(text):
        wide = text_width_pt(piece, size, bold)
        if piece.isspace() or piece in _HANGING or used + wide <= room:
            used += wide
        elif wide <= room:
            count, used = count + 1, wide
        else:  # a word longer than a line goes on in the next
            whole, rest = divmod(used + wide, room)
            count, used = count + int(whole), rest
    return count


def shorten_to_lines(
    text: str, room: float, size: float, lines: int = 1, bold: bool = False
) -> str:
    """A text that fits in so many lines, with “…” at its end where something is left out.

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
