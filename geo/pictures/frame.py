"""The frame of every picture: title and subtitle above; source, cautions and link below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import segno
import shapely

from geo.analysis import ATLAS_NAME
from geo.captions import FOOT_LINES, choose_foot
from geo.labels import Box
from geo.pictures.fonts import ASCENT, BOLD, REGULAR, shorten_text, to_drawable, wrap_text
from geo.pictures.request import FigureRequest
from geo.pictures.sheet import ALL_SIZES, FAINT, INK, MUTED, ShapeItem, Sheet, TextItem
from geo.pictures.subject import FigureSubject, FigureTexts
from geo.text import Translator

LEADING: Final = 1.28  # line height, in em
SMALL_LEADING: Final = 1.36
SECOND_LANGUAGE_FACTOR: Final = 0.66  # font size of the second title, share of the first
TITLE_LINES: Final = 2
TWO_LINES: Final = 0.86
SHRINK_FACTORS: Final = (1.0, 0.94, 0.88, 0.82, 0.76)
MAX_USER_NOTE_LINES: Final = 3
SPLITS: Final = (0.5, 0.44, 0.4, 0.36, 0.56, 0.6, 0.64)  # shares of the first of two columns
QUIET: Final = 4  # quiet zone that the QR standard requires, in modules
QR_MODULE_PX: Final = 2.6


@dataclass(frozen=True)
class _HeadLine:
    text: str
    size: float
    weight: int
    colour: str
    role: str
    gap: float = 0.0  # above the paragraph


def begin_sheet(subject: FigureSubject) -> tuple[Sheet, Box]:
    """Create a sheet with its frame (none for bare sizes), and the box for its content."""
    size = ALL_SIZES[subject.picture.size]
    custom = to_drawable(subject.picture.title)
    sheet = Sheet(
        size,
        title=custom or subject.texts[0].title,
        alt=" ".join(to_drawable(one.alt) for one in subject.texts),
        rights=" ".join(to_drawable(one.boundaries) for one in subject.texts).strip(),
    )
    if size.bare:
        return sheet, Box(0.0, 0.0, size.width, size.height).with_margin(-size.margin)
    top = _draw_head(sheet, subject, custom)
    bottom = _draw_foot(sheet, subject)
    return sheet, Box(size.margin, top, size.width - size.margin, bottom)


def _draw_head(sheet: Sheet, subject: FigureSubject, custom_title: str) -> float:
    """Draw title and subtitle; returns the top of the box below."""
    size = sheet.size
    room = size.width - 2 * size.margin
    titles = [custom_title] if custom_title else [to_drawable(one.title) for one in subject.texts]
    head_lines: list[_HeadLine] = []
    for order, title in enumerate(titles):
        letters = size.title * (SECOND_LANGUAGE_FACTOR if order else 1.0)
        weight, colour = (REGULAR, MUTED) if order else (BOLD, INK)
        # A title that nearly fits on one line, or on two, gets a slightly smaller font.
        for share in SHRINK_FACTORS:
            lines = wrap_text(title, room, letters * share, weight, max_lines=TITLE_LINES)
            if len(lines) <= 1:
                letters *= share
                break
        else:
            letters *= TWO_LINES
            lines = wrap_text(title, room, letters, weight, max_lines=TITLE_LINES)
        gap = size.title * 0.1 if order else 0.0
        head_lines += [
            _HeadLine(text, letters, weight, colour, "title", 0.0 if i else gap)
            for i, text in enumerate(lines)
        ]
    subtitles = list(dict.fromkeys(to_drawable(one.subtitle) for one in subject.texts))
    joined = "   ".join(subtitles)
    rows = [joined] if len(wrap_text(joined, room, size.subtitle)) <= 1 else subtitles
    for i, text in enumerate(rows):
        # A subtitle too long for one line takes two, in a slightly smaller font.
        whole = len(wrap_text(text, room, size.subtitle)) <= 1
        letters = size.subtitle * (1.0 if whole else TWO_LINES)
        head_lines += [
            _HeadLine(line, letters, REGULAR, FAINT, "subtitle", 0.0 if i or j else letters * 0.25)
            for j, line in enumerate(wrap_text(text, room, letters))
        ]
    y = size.margin * 0.8
    for order, line in enumerate(head_lines):
        y += line.gap + line.size * (ASCENT if order == 0 else LEADING)
        sheet.add_items(
            TextItem(size.margin, y, line.text, line.size, line.role, line.weight, line.colour)
        )
    return y + size.text * 1.9


def _draw_foot(sheet: Sheet, subject: FigureSubject) -> float:
    """Draw the foot, author, date and link; returns the bottom of the box above."""
    size, picture = sheet.size, subject.picture
    left, right = size.margin, size.width - size.margin
    bottom = size.height - size.margin * 0.62
    code = _qr_modules(picture) if picture.qr and picture.link else None
    side = len(code) * QR_MODULE_PX if code else 0.0
    room = right - left - (side + size.margin * 0.5 if code else 0.0)
    gutter = size.margin * 0.7
    columns, split = _foot_columns(subject, room, gutter, size.small)
    step = size.small * SMALL_LEADING
    height = max(max(map(len, columns)) + 1.45, side / step if code else 0.0) * step
    top = bottom - height
    for x, lines in zip((left, left + split + gutter), columns, strict=False):
        for row, (text, colour) in enumerate(lines):
            y = top + row * step + ASCENT * size.small
            sheet.add_items(TextItem(x, y, text, size.small, "note", colour=colour))
    signed = _signature_line(subject)
    text = shorten_text(signed, room, size.small)
    sheet.add_items(
        TextItem(left, bottom - size.small * 0.22, text, size.small, "link", colour=MUTED)
    )
    if code:
        _draw_code(sheet, code, right - side, bottom - side)
    line = top - size.text * 0.75
    sheet.add_rule(left, line, right, line)
    return line - size.text * 0.75


def _foot_columns(
    subject: FigureSubject, room: float, gutter: float, letters: float
) -> tuple[list[list[tuple[str, str]]], float]:
    """The lines of the foot with their colours, a column for each language; the first’s width.

    The reader's own note stands above the first column, in lines of its own. Chinese takes less
    room than English, so columns may differ in width.
    """
    widths: list[tuple[float, ...]] = [(room,)]
    if subject.is_bilingual:
        widths = [((room - gutter) * part, (room - gutter) * (1 - part)) for part in SPLITS]
    best: tuple[list[list[str]], float] | None = None
    for columns_wide in widths:
        columns = [
            _foot_lines(texts, width, letters, t)
            for texts, width, t in zip(
                subject.texts, columns_wide, subject.translators, strict=True
            )
        ]
        if best is None or max(map(len, columns)) < max(map(len, best[0])):
            best = columns, columns_wide[0]
        if max(map(len, columns)) <= FOOT_LINES:
            break
    if best is None:
        raise ValueError("no way to split the foot is known")
    columns, first = best
    coloured = [[(line, MUTED) for line in lines] for lines in columns]
    if custom := to_drawable(subject.picture.note):
        lines = wrap_text(custom, first, letters, max_lines=MAX_USER_NOTE_LINES)
        coloured[0][:0] = [(line, INK) for line in lines]
    return coloured, first


def _foot_lines(texts: FigureTexts, width: float, letters: float, t: Translator) -> list[str]:
    """The lines of one language; none is cut, even if there are more than a foot should have."""
    count = partial(_count_lines, width=width, letters=letters)
    return [
        line
        for text in choose_foot(texts.feet, count, t)
        for line in wrap_text(to_drawable(text), width, letters, max_lines=2 * FOOT_LINES)
    ]


def _count_lines(text: str, width: float, letters: float) -> int:
    """The number of lines of a text; one that would be cut off has too many."""
    drawable = to_drawable(text)
    lines = wrap_text(drawable, width, letters, max_lines=2 * FOOT_LINES)
    return len(lines) if "".join(lines).endswith(drawable[-1]) else 2 * FOOT_LINES


def _signature_line(subject: FigureSubject) -> str:
    """The author, the date and the address of the same content."""
    picture = subject.picture
    parts = [subject.translate_each(lambda t: t(ATLAS_NAME), " ")]
    if picture.day:
        day = date.fromisoformat(picture.day)
        parts.append(subject.translate_each(lambda t: t.format_date(day), " "))
    if picture.link:
        parts.append(to_drawable(picture.link))
    return "  ·  ".join(parts)


def _qr_modules(picture: FigureRequest) -> list[list[int]]:
    """The QR code of the link with its quiet zone: rows of dark (1) and light modules."""
    qrcode = segno.make(picture.link, micro=False, error="m")
    return [list(map(int, row)) for row in qrcode.matrix_iter(border=QUIET)]


def _draw_code(sheet: Sheet, code: list[list[int]], x: float, y: float) -> None:
    edge = QR_MODULE_PX
    dark = [
        shapely.box(x + i * edge, y + j * edge, x + (i + 1) * edge, y + (j + 1) * edge)
        for j, row in enumerate(code)
        for i, bit in enumerate(row)
        if bit
    ]
    # One shape, so that there are no seams between the modules.
    joined = shapely.union_all(dark)
    shape = joined if joined.geom_type == "MultiPolygon" else shapely.MultiPolygon([joined])
    sheet.add_items(ShapeItem(shape, "qr", fill=INK))
    side = len(code) * edge
    sheet.boxes["qr"] = Box(x, y, x + side, y + side)
