"""Workbooks of the kinds before and beside XLSX: XLS, and XLSB.

calamine reads them. It keeps a sheet as a full rectangle and ends the process when memory lacks,
so a scan of the records finds before where the outermost cells are and how many there are.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Final
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from geo.text import N_, InputError
from geo.upload.cell_values import Position, collect_rows, open_workbook, read_cells
from geo.upload.files import (
    TOO_MANY_CELLS,
    MergedBlock,
    SourceTable,
    UploadedFile,
    quote_for_message,
)
from geo.upload.limits import check_limit
from geo.upload.old_percentages import find_percentages
from geo.upload.sheet_scan import check_position
from geo.upload.workbook import (
    DAMAGED,
    ENCRYPTED,
    MACROS,
    NO_SHEETS,
    open_checked_zip,
    sheet_error,
    translate_faults,
)

COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END: Final = 0xFFFFFFFA  # sector numbers from here on are marks
FREE_ENTRIES: Final = 109  # of the table of sectors, in the head
STREAMS: Final = ("Workbook", "Book")
# Records of BIFF (Microsoft, MS-XLS 2.4): those of cells begin with row and column.
_CELLS: Final = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0406})
_ROWS_OF_CELLS: Final = frozenset({0x00BD, 0x00BE})  # several cells: the last column at the end
_BEGIN, _ENCRYPTION = 0x0809, 0x002F
_BINARY_ROW: Final = 0  # records of XLSB (MS-XLSB 2.3): of a row, and of cells
_BINARY_CELLS: Final = range(1, 12)
OLD_FAULT: Final = N_(
    "The workbook is damaged or of a kind from before 1997. Open it in a spreadsheet program and"
    " save it as XLSX."
)


class OldWorkbookReader:
    """An opened XLS or XLSB: the names of its sheets, and any of them as a SourceTable.

    Raises InputError when the file is no valid workbook, is encrypted or exceeds a limit.
    """

    def __init__(self, raw: UploadedFile) -> None:
        self._percentages: dict[str, set[Position]] = {}
        if raw.data.startswith(COMPOUND):
            self._percentages = _scan_xls(raw.data)
        else:
            _scan_xlsb(open_checked_zip(raw.data, "xlsb"))
        with translate_faults("Workbook"):
            self._book: CalamineWorkbook = open_workbook(io.BytesIO(raw.data))
            shown = {sheet.name: sheet.visible for sheet in self._book.sheets_metadata}
        self.sheets = tuple(
            sorted(shown, key=lambda name: shown[name] is not SheetVisibleEnum.Visible)
        )
        if not self.sheets:
            raise InputError(NO_SHEETS)

    def sheet_source(self, sheet: str) -> SourceTable:
        """Return the cells of one sheet. Raises InputError when it does not exist or is empty."""
        if sheet not in self.sheets:
            raise sheet_error(sheet, self.sheets)
        with translate_faults("Workbook"):
            cells = read_cells(self._book, sheet)
            rows = collect_rows(cells, self._percentages.get(sheet, ()))
            merged = tuple(
                MergedBlock(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in cells.merged_cell_ranges or ()
            )
        return SourceTable("xlsx", rows.all_rows(), sheet=sheet, sheets=self.sheets, merged=merged)


def _scan_xls(data: bytes) -> dict[str, set[Position]]:
    """Check the cells of all sheets of an XLS; return those shown as percentages, by sheet.

    Raises InputError.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise InputError(ENCRYPTED)
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        raise InputError(MACROS, part="VBA")
    try:
        stream = read_compound_stream(data, STREAMS)
        count = 0
        for kind, body in _records_of(stream):
            if kind == _ENCRYPTION:
                raise InputError(ENCRYPTED)
            if kind in _CELLS or kind in _ROWS_OF_CELLS:
                row, column = struct.unpack_from("<HH", body)
                last = column
                if kind in _ROWS_OF_CELLS:
                    last = struct.unpack_from("<H", body, len(body) - 2)[0]
                check_position(row + 1, last + 1)
                count += last - column + 1
                check_limit("cells", count, TOO_MANY_CELLS)
        return find_percentages(lambda place: _records_of(stream, place))
    except (struct.error, ValueError, IndexError):
        raise InputError(OLD_FAULT) from None


def _records_of(stream: bytes, place: int = 0) -> Iterator[tuple[int, bytes]]:
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if not kind and not size:
            return
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def read_compound_stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """Return the stream with one of some names of a compound file (Microsoft, MS-CFB).

    Raises ValueError, IndexError or struct.error when it is damaged, ValueError without a stream.
    """
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError(size)
    directory, mini_limit, mini_start = (
        struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60)
    )

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    tables = [n for n in struct.unpack_from(f"<{FREE_ENTRIES}I", data, 76) if n < END]
    following, left = struct.unpack_from("<I", data, 68)[0], len(data) // size + 1
    while following < END and left:
        entries = struct.unpack(f"<{size // 4}I", sector(following))
        tables += [n for n in entries[:-1] if n < END]
        following, left = entries[-1], left - 1
    links: list[int] = []
    for number in tables[: len(data) // size + 1]:
        links += struct.unpack(f"<{size // 4}I", sector(number))

    def chain(start: int, table: list[int]) -> list[int]:
        numbers: list[int] = []
        while start < END:
            if len(numbers) > len(table):
                raise ValueError(start)
            numbers.append(start)
            start = table[start]
        return numbers

    entries_of = b"".join(sector(n) for n in chain(directory, links))
    found: tuple[int, int] | None = None
    root = (END, 0)
    for at in range(0, len(entries_of) - 127, 128):
        length = struct.unpack_from("<H", entries_of, at + 64)[0]
        name = entries_of[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        entry = struct.unpack_from("<II", entries_of, at + 116)
        if entries_of[at + 66] == 5:
            root = entry
        if name in names and found is None:
            found = entry
    if found is None:
        raise ValueError(names)
    start, length = found
    if length >= mini_limit:
        return b"".join(sector(n) for n in chain(start, links))[:length]
    body = b"".join(sector(n) for n in chain(root[0], links))
    small: list[int] = []
    for number in chain(mini_start, links):
        small += struct.unpack(f"<{size // 4}I", sector(number))
    return b"".join(body[n * 64 : n * 64 + 64] for n in chain(start, small))[:length]


def _scan_xlsb(archive: ZipFile) -> None:
    """Check the cells of all sheets of an XLSB. Raises InputError."""
    count = 0
    for name in archive.namelist():
        if not (name.startswith("xl/worksheets/") and name.endswith(".bin")):
            continue
        row = 0
        try:
            for kind, body in _binary_records(archive.read(name)):
                if kind == _BINARY_ROW:
                    row = struct.unpack_from("<I", body)[0]
                elif kind in _BINARY_CELLS:
                    check_position(row + 1, struct.unpack_from("<I", body)[0] + 1)
                    count += 1
                    check_limit("cells", count, TOO_MANY_CELLS)
        except (struct.error, IndexError):
            raise InputError(DAMAGED, part=quote_for_message(name)) from None


def _binary_records(body: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(body):
        kind = body[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (body[place] & 0x7F) << 7
            place += 1
        size = shift = 0
        for _ in range(4):
            byte = body[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, body[place : place + size]
        place += size
