"""The frame of every picture: title and subtitle above; sources, notes and link below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import segno
import shapely

from geo.analysis import ATLAS_NAME
from geo.labels import Box
from geo.pictures.fonts import ASCENT, BOLD, REGULAR, shorten_text, to_drawable, wrap_text
from geo.pictures.request import FigureRequest
from geo.pictures.sheet import ALL_SIZES, FAINT, INK, MUTED, ShapeItem, Sheet, TextItem
from geo.pictures.subject import FigureSubject

LEADING: Final = 1.28  # line height, in em
SMALL_LEADING: Final = 1.36
SECOND_LANGUAGE_FACTOR: Final = 0.66  # font size of the second title, share of the first
TITLE_LINES: Final = 2
TWO_LINES: Final = 0.86
SHRINK_FACTORS: Final = (1.0, 0.94, 0.88, 0.82, 0.76)
MAX_USER_NOTE_LINES: Final = 3
MAX_LINES: Final = 12  # more than any note of the atlas has
MAX_LINES_PORTRAIT: Final = 8  # of notes in a column; more get a smaller font
SMALL_TEXT_FACTOR: Final = 0.86
SPLITS: Final = (0.5, 0.44, 0.56, 0.38, 0.62, 0.34, 0.66)  # shares of the first of two columns
QUIET: Final = 4  # quiet zone that the QR standard requires, in modules
QR_MODULE_PX: Final = 2.6


@dataclass(frozen=True)
class _NoteParagraph:
    """A paragraph below the picture. max_lines: only the reader's own note is ever cut."""

    text: str
    colour: str
    max_lines: int = MAX_LINES


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
    """Draw sources, notes, credit, date and link; returns the bottom of the box above."""
    size, picture = sheet.size, subject.picture
    left, right = size.margin, size.width - size.margin
    bottom = size.height - size.margin * 0.62
    code = _qr_modules(picture) if picture.qr and picture.link else None
    side = len(code) * QR_MODULE_PX if code else 0.0
    room = right - left - (side + size.margin * 0.5 if code else 0.0)
    gutter = size.margin * 0.7
    paragraphs, letters = _note_columns(subject), size.small
    columns, split = _balance_columns(paragraphs, room - gutter, letters)
    if max(map(len, columns)) > MAX_LINES_PORTRAIT:
        letters *= SMALL_TEXT_FACTOR
        columns, split = _balance_columns(paragraphs, room - gutter, letters)
    step = letters * SMALL_LEADING
    height = max(max(map(len, columns)) + 1.45, side / step if code else 0.0) * step
    top = bottom - height
    for x, lines in zip((left, left + split + gutter), columns, strict=True):
        for row, (text, colour) in enumerate(lines):
            y = top + row * step + ASCENT * letters
            sheet.add_items(TextItem(x, y, text, letters, "note", colour=colour))
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


def _note_columns(subject: FigureSubject) -> list[list[_NoteParagraph]]:
    """The paragraphs of the two columns below.

    One language has the source and notes at the left and the credit at the right. Each of two
    languages has a column, and the reader's own note is above the first one only.
    """
    custom = to_drawable(subject.picture.note)
    mine = [_NoteParagraph(custom, INK, MAX_USER_NOTE_LINES)] if custom else []
    results = []
    for one in subject.texts:
        source = _NoteParagraph(to_drawable(one.source), MUTED)
        results.append([source, *(_NoteParagraph(to_drawable(text), FAINT) for text in one.notes)])
    first, *others = results
    if not others:
        return [[*mine, *first[:-1]], first[-1:]]
    return [[*mine, *first], *others]


def _balance_columns(
    paragraphs: list[list[_NoteParagraph]], room: float, letters: float
) -> tuple[list[list[tuple[str, str]]], float]:
    """The lines of both columns, and the width of the first that gives the least height."""
    best: tuple[list[list[tuple[str, str]]], float] | None = None
    for share in SPLITS:
        wide = (room * share, room * (1 - share))
        lines = [
            _column_lines(paragraph, room, letters)
            for paragraph, room in zip(paragraphs, wide, strict=True)
        ]
        if best is None or max(map(len, lines)) < max(map(len, best[0])):
            best = lines, wide[0]
    if best is None:
        raise ValueError("no way to split two columns is known")
    return best


def _column_lines(
    paragraphs: list[_NoteParagraph], room: float, letters: float
) -> list[tuple[str, str]]:
    """The lines of a column with their colours."""
    return [
        (line, paragraph.colour)
        for paragraph in paragraphs
        for line in wrap_text(paragraph.text, room, letters, max_lines=paragraph.max_lines)
    ]


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
