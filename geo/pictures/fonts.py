"""Fonts of pictures: glyphs, text widths and line breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path as File
from typing import Final

import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import FontEntry, FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from geo.limits import (
    FONT_CACHE_SIZE,
    MAX_LAID_OUT_LENGTH,
    OUTLINE_CACHE_SIZE,
    TEXT_WIDTH_CACHE_SIZE,
)
from geo.text import N_, DataError

REGULAR: Final = 400
BOLD: Final = 700
# Names that no installed font has, so that none is used instead.
FAMILIES: Final = ("Atlas Sans", "Atlas Fallback")
WHEEL: Final = "mpl-font"
_NOTO: Final = {REGULAR: "NotoSansCJKsc-Regular.otf", BOLD: "NotoSansCJKsc-Bold.otf"}
_DEJAVU: Final = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
# Fonts for viewers of SVG: the same font if it is installed, then similar ones.
CSS_FAMILIES: Final = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC',"
    " 'WenQuanYi Micro Hei', 'DejaVu Sans', sans-serif"
)
MISSING: Final = "□"  # replaces characters without a glyph
ELLIPSIS: Final = "…"
# Greatest extent of glyphs above and below the baseline, in em.
ASCENT: Final = 0.88
DESCENT: Final = 0.22
_MEASURED_AT: Final = 100.0  # font size at which widths are measured, points
NEARLY: Final = 0.985  # share of the width above which a line is measured as a whole
_WIDE: Final = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_CLOSING: Final = "，。、；：？！）》」』】〉”’·…—%‰,.;:?!)]}"
_OPENING: Final = "（《「『【〈“‘([{"
# A piece without line breaks: opening marks, one wide character or a run of others, closing
# marks, and the spaces after it.
_PIECE: Final = re.compile(
    rf"[{re.escape(_OPENING)}]*"
    rf"(?:[{_WIDE}]|[^\s{_WIDE}{re.escape(_OPENING)}]+|[{re.escape(_OPENING)}]+)"
    rf"[{re.escape(_CLOSING)}]*\s*"
)


@cache
def font_files() -> Mapping[int, tuple[str, str]]:
    """The font files of each weight: the main font and its fallback.

    Raises DataError if the wheel with the fonts is not installed or incomplete.
    """
    try:
        texts = {File(file).name: str(file.locate()) for file in files(WHEEL) or ()}
    except PackageNotFoundError:
        texts = {}
    fallback = File(mpl.get_data_path()) / "fonts" / "ttf"
    for name in _NOTO.values():
        if name not in texts or not File(texts[name]).is_file():
            raise DataError(
                N_("The font {file} is missing. Install the package {wheel}."),
                file=name,
                wheel=WHEEL,
            )
    return {weight: (texts[_NOTO[weight]], str(fallback / _DEJAVU[weight])) for weight in _NOTO}


def font_properties(text: str, weight: int, size_pt: float) -> FontProperties:
    """The matplotlib font properties for a text."""
    return _cached_properties(_is_in_first_font(text), weight, size_pt)


@lru_cache(maxsize=FONT_CACHE_SIZE)
def _cached_properties(plain: bool, weight: int, size_pt: float) -> FontProperties:
    """plain: use the main font only, by its file, so that matplotlib does not search for it."""
    if plain:
        file = font_files()[weight][0]
        return FontProperties(family=FAMILIES[0], weight=weight, size=size_pt, fname=file)
    _register_fonts()
    return FontProperties(family=list(FAMILIES), weight=weight, size=size_pt)


@cache
def _register_fonts() -> None:
    """Register the font files with matplotlib under the atlas's names."""
    for weight, paths in font_files().items():
        for family, path in zip(FAMILIES, paths, strict=True):
            fontManager.ttflist.append(FontEntry(fname=path, name=family, weight=weight))


@cache
def _charmaps() -> tuple[frozenset[int], frozenset[int]]:
    """The code points of the main font in every weight, and those of both fonts together."""
    first = [set(FT2Font(paths[0]).get_charmap()) for paths in font_files().values()]
    second = [set(FT2Font(paths[1]).get_charmap()) for paths in font_files().values()]
    both = [one | other for one, other in zip(first, second, strict=True)]
    return frozenset(set.intersection(*first)), frozenset(set.intersection(*both))


def _is_in_first_font(text: str) -> bool:
    return all(ord(character) in _charmaps()[0] for character in text)


def has_glyphs(text: str) -> bool:
    """Whether every character of a text has a glyph."""
    return all(ord(character) in _charmaps()[1] for character in text)


def to_drawable(text: str) -> str:
    """Clean a text for drawing: one line, with a glyph for every character.

    Runs of spaces, line ends and control characters become single spaces. Invisible characters
    (directions, joiners, variants) are removed. Characters without a glyph become a box.

    >>> to_drawable("a\\tb\\n \\u202ec"), to_drawable("x\\u0e17")
    ('a b c', 'x□')
    """
    result = []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        if kind == "Cf" or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0000":
            continue
        if kind in {"Cc", "Zs", "Zl", "Zp"}:
            result.append(" ")
        else:
            result.append(character if ord(character) in _charmaps()[1] else MISSING)
    return " ".join("".join(result).split())


def font_features(text: str) -> tuple[str, ...] | None:
    """The OpenType features of a line: quotation marks of Latin width within Latin script."""
    wide = [c for c in text if unicodedata.east_asian_width(c) in {"W", "F"}]
    chinese = any(not c.isalnum() for c in wide)  # its punctuation keeps full width
    return None if chinese or len(wide) * 3 > len(text) else ("pwid",)


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """The width of a line, in the unit of `size`."""
    return _unit_width(text, weight) * size


@lru_cache(maxsize=OUTLINE_CACHE_SIZE)
def text_outline(text: str, weight: int) -> Path:
    """The outlines of a line at font size 1; the baseline starts at (0, 0), y points up."""
    text_path = TextPath((0, 0), text, size=_MEASURED_AT, prop=font_properties(text, weight, 1.0))
    return Path(np.asarray(text_path.vertices) / _MEASURED_AT, text_path.codes)


@lru_cache(maxsize=TEXT_WIDTH_CACHE_SIZE)
def _unit_width(text: str, weight: int) -> float:
    if not text:
        return 0.0
    font = get_font(font_files()[weight])
    font.set_size(_MEASURED_AT, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING, features=font_features(text))  # type: ignore[arg-type]  # the stub knows tuples of one
    return float(font.get_width_height()[0]) / 64 / _MEASURED_AT


def wrap_text(
    text: str, room: float, size: float, weight: int = REGULAR, max_lines: int = 2
) -> list[str]:
    """Wrap a text to a width and a number of lines; a text that is cut off ends in “…”.

    >>> wrap_text("one two", 1e6, 10)
    ['one two']
    """
    cut = len(text) > MAX_LAID_OUT_LENGTH
    lines: list[str] = []
    now, wide = "", 0.0
    for piece in _split_pieces(text[:MAX_LAID_OUT_LENGTH], room, size, weight):
        # Widths of pieces are cached, and their sum is the width of the line except for kerning
        # between pieces. The check of the whole line corrects that.
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


def shorten_text(
    text: str, room: float, size: float, weight: int = REGULAR, cut: bool = False
) -> str:
    """Shorten a text to one line, with “…” at the end of a shortened one."""
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
    """Split a text into pieces; a piece wider than the line is cut."""
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
