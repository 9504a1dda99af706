"""Scans of the XML of a workbook (XLSX) before calamine reads it.

A scan finds what calamine would hold in memory, what it reads without a word although it is
damaged, and what it does not tell: formulas, and cells that are shown as percentages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from geo.text import N_, InputError
from geo.upload.cell_values import Position
from geo.upload.files import TOO_MANY_CELLS, TOO_MANY_COLUMNS, TOO_MANY_ROWS, quote_for_message
from geo.upload.limits import check_limit, format_limit, limit_of

INFLATES: Final = N_(
    "The workbook has more than {most} when unpacked. Copy the table alone into a new workbook."
)
NO_STORED_VALUE: Final = N_(
    "The formula in cell {cell} of the sheet “{sheet}” has no stored value. Open the workbook in a"
    " spreadsheet program and save it, or put values in place of the formulas."
)
LAST_ROW: Final = 1_048_576  # of any sheet
_REFERENCE: Final = re.compile(r"[A-Za-z]{1,3}[0-9]{1,7}")


def parse_xml(
    body: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
    parser: expat.XMLParserType | None = None,
) -> None:
    """Call the functions for each element of a part. Raises ValueError for a damaged one.

    The part is read as UTF-8 whatever it declares, as calamine finds its marks.
    """
    parser = parser or new_parser()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def new_parser() -> expat.XMLParserType:
    return expat.ParserCreate("utf-8")


def text_sizes(body: bytes) -> list[int]:
    """Return the size of each shared text in bytes of XML, which the text itself does not exceed.

    Raises ValueError when the part is damaged, or declares more texts than XML marks allow:
    calamine reserves memory for as many as are declared.
    """
    sizes: list[int] = []
    path: list[tuple[str, int]] = []
    parser = new_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if (local == "sst") is not (not path) or (local == "si" and len(path) != 1):
            raise ValueError(name)
        digits = "".join(filter(str.isdigit, attributes.get("uniqueCount", "")))
        if not path and int(digits[:20] or 0) > limit_of("marks"):
            raise ValueError(digits[:20])
        path.append((local, parser.CurrentByteIndex))

    def end(_: str) -> None:
        local, begin = path.pop()
        if local == "si":
            sizes.append(parser.CurrentByteIndex - begin)

    parse_xml(body, start, end, parser=parser)
    return sizes


@dataclass
class SheetScan:
    """What a scan finds in a sheet: the number of its formulas, and cells shown as percentages."""

    formulas: int = 0
    percentages: set[Position] = field(default_factory=set)


def scan_sheet(
    body: bytes, sheet: str, texts: Sequence[int], styles: int, percent_styles: Collection[int]
) -> SheetScan:
    """Return the facts of a sheet; raise InputError beyond a limit, ValueError for a damaged one.

    texts: sizes of the shared texts. styles: the number of styles of cells; percent_styles: those
    with a sign of percentage.
    """
    scanner = _SheetScanner(body, sheet, texts, styles, percent_styles)
    parse_xml(body, scanner.start, scanner.end, scanner.text, scanner.parser)
    return scanner.result


class _SheetScanner:
    """Follows the cells of a sheet in the order in which calamine reads them."""

    def __init__(
        self,
        body: bytes,
        sheet: str,
        texts: Sequence[int],
        styles: int,
        percent_styles: Collection[int],
    ) -> None:
        self.result = SheetScan()
        self.parser = new_parser()
        self.parser.CommentHandler = self.parser.StartCdataSectionHandler = self._refuse_in_value
        self.parser.ProcessingInstructionHandler = self._refuse_in_value
        self._body, self._sheet, self._texts = body, sheet, texts
        self._styles, self._percent_styles = styles, percent_styles
        self._within = self._after = False  # the data of the sheet
        self._row = self._column = 1  # of the next cell that does not say where it is
        self._depth = 0  # of elements in a cell, the cell itself included
        self._attributes: dict[str, str] = {}
        self._element = ""
        self._content: list[str] = []
        self._kept = self._formula = self._filled = False
        self._filled_cells = self._text_bytes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if not self._within:
            self._within = local == "sheetData" and not self._after
        elif self._depth:
            self._depth += 1
            if self._depth == 2:
                self._element = local
                self._content.clear()
                self._kept |= local in ("v", "is")
                self._filled |= local == "is"
                self._formula |= local == "f"
        elif local == "c":
            self._depth = 1
            self._attributes = attributes
            self._kept = self._formula = self._filled = False
        elif local == "row" and "r" in attributes:
            self._row = _row_number(attributes["r"])

    def text(self, text: str) -> None:
        if self._depth == 2 and self._element == "v":
            self._content.append(text)

    def _refuse_in_value(self, *_: str) -> None:
        """Refuse what calamine reads as the end of a value, or in place of it."""
        if self._depth == 2 and self._element == "v":
            raise ValueError("not a plain value")

    def end(self, name: str) -> None:
        if not self._within:
            return
        if self._depth:
            if self._depth == 2 and self._element == "v":
                self._check_value("".join(self._content))
            elif self._depth == 1:
                self._check_cell()
            self._depth -= 1
            return
        local = name.rpartition(":")[2]
        if local == "row":
            self._row += 1
            self._column = 1
        elif local == "sheetData":
            self._within, self._after = False, True

    def _check_value(self, text: str) -> None:
        """Check a stored value. calamine takes a wrong index for the first text."""
        self._filled |= bool(text)
        kind = self._attributes.get("t", "n")
        if not text or kind not in ("n", "s"):
            return
        # In one piece: calamine reads a number up to the first character reference in it.
        at = self.parser.CurrentByteIndex
        if self._body[at - len(text.encode()) - 1 : at] != b">" + text.encode():
            raise ValueError(text[:40])
        if kind == "n":
            float(text)
            return
        if not (text.isascii() and text.isdigit() and int(text[:10]) < len(self._texts)):
            raise ValueError(text[:40])
        self._text_bytes += self._texts[int(text[:10])]
        check_limit("inflated_bytes", self._text_bytes, INFLATES)

    def _check_cell(self) -> None:
        reference = self._attributes.get("r")
        if reference is not None:
            if not _REFERENCE.fullmatch(reference):
                raise ValueError(reference[:40])
            letters, row = coordinate_from_string(reference.upper())
            column = column_index_from_string(letters)
            self._column = column
        else:
            row, column = self._row, self._column
        self._column += 1
        style = self._attributes.get("s", "0")
        if not style.isdigit() or int(style[:10]) >= self._styles:
            raise ValueError(style[:40])
        if not self._kept and not self._formula:
            return
        self._filled_cells += 1
        check_limit("cells", self._filled_cells, TOO_MANY_CELLS)
        check_position(row, column)
        if self._formula:
            self.result.formulas += 1
            if not self._filled and self._attributes.get("t") != "str":
                raise InputError(
                    NO_STORED_VALUE, cell=reference or "?", sheet=quote_for_message(self._sheet)
                )
        if int(style[:10]) in self._percent_styles:
            self.result.percentages.add((row, column))


def check_position(row: int, column: int) -> None:
    """Raise InputError for a cell beyond the allowed rows or columns."""
    if row > limit_of("rows"):
        raise InputError(TOO_MANY_ROWS, most=format_limit("rows"))
    if column > limit_of("columns"):
        raise InputError(TOO_MANY_COLUMNS, most=format_limit("columns"), row=row)


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= LAST_ROW):
        raise ValueError(text[:40])
    return int(text)
