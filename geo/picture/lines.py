"""Breaking a text into lines, and shortening one that has too many.

Chinese breaks between any two characters but before a closing mark or after an opening one;
Latin script breaks at blanks, and within a word only when it is longer than a line.
"""

from __future__ import annotations

import re
from typing import Final

from geo.picture.fonts import ELLIPSIS, REGULAR, text_width

MAX_CHARACTERS: Final = 600  # characters that are looked at: more never fits on a picture
NEARLY: Final = 0.985  # of the room: a line longer than this is measured as a whole
_WIDE: Final = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING: Final = "，。、；：？！）》」』】〉”’·…—%‰,.;:?!)]}"
_SHARED: Final = "“”‘’—…·‰"
KERNING: Final = 1.01  # what pieces may be apart that stand beside each other
_OPENING: Final = "（《「『【〈“‘([{"
# A piece that stays together: opening marks, one wide character or a run of others, closing marks,
# and the blanks after it.
_PIECE: Final = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    rf"(?:[{_WIDE}]|[^\s{_WIDE}{re.escape(_OPENING)}]+|[{re.escape(_OPENING)}]+)"
    rf"[{re.escape(_CLOSING)}]*\s*"
)


def wrap_text(
    text: str, room: float, size: float, weight: int = REGULAR, max_lines: int = 2
) -> list[str]:
    """A text in lines no wider than the room, at most so many; what is cut off ends in “…”.

    >>> wrap_text("one two", 1e6, 10)
    ['one two']
    """
    cut = len(text) > MAX_CHARACTERS
    lines: list[str] = []
    now, wide = "", 0.0
    for piece in _split_pieces(text[:MAX_CHARACTERS], room, size, weight):
        # Pieces come again and again, so their widths are known; the sum is the line's, but for
        # the kerning between them, which the check of the whole line makes good.
        piece_width = text_width(piece, size, weight)
        bare = text_width(piece.rstrip(), size, weight)
        if now and (
            wide + bare > room
            or (
                wide + bare > room * NEARLY
                and text_width((now + piece).rstrip(), size, weight) > room
            )
        ):
            lines.append(now.rstrip())
            now, wide = "", 0.0
            if len(lines) == max_lines:
                cut = True
                break
        now, wide = now + piece, wide + piece_width
    if now:
        lines.append(now.rstrip())
    if cut and lines:
        lines[-1] = shorten_text(lines[-1] + ELLIPSIS, room, size, weight, cut=True)
    return lines


def _max_width(piece: str, size: float, weight: int) -> float:
    """A width that a piece does not pass on any line.

    Marks that Latin and Chinese share are wider beside Chinese.
    """
    shared = sum(mark in _SHARED for mark in piece)
    return text_width(piece, size, weight) * KERNING + shared * size


def shorten_text(
    text: str, room: float, size: float, weight: int = REGULAR, cut: bool = False
) -> str:
    """A text that fits on one line, with “…” at its end where something is left out."""
    if text_width(text, size, weight) <= room:
        return text
    whole = text.rstrip(ELLIPSIS) if cut else text
    few, many = 0, len(whole)
    while few < many:
        middle = (few + many + 1) // 2
        if text_width(whole[:middle].rstrip() + ELLIPSIS, size, weight) <= room:
            few = middle
        else:
            many = middle - 1
    return whole[:few].rstrip() + ELLIPSIS


def _split_pieces(text: str, room: float, size: float, weight: int) -> list[str]:
    """The pieces of a text, a piece wider than the room cut into several."""
    lines: list[str] = []
    for piece in _PIECE.findall(text):
        rest = piece
        while text_width(rest.rstrip(), size, weight) > room and len(rest) > 1:
            few, many = 1, len(rest) - 1
            while few < many:
                middle = (few + many + 1) // 2
                if text_width(rest[:middle], size, weight) <= room:
                    few = middle
                else:
                    many = middle - 1
            lines.append(rest[:few])
            rest = rest[few:]
        lines.append(rest)
    return lines
