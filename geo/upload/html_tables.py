"""Tables in HTML, which many sites serve under names that end in .xls, and in XML of Excel 2003."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from geo.text import N_, InputError
from geo.upload.delimited import decode_text
from geo.upload.files import MergedBlock, RowCollector, SourceTable, UploadedFile, clean_line
from geo.upload.limits import check_limit, limit_of

# The marks of workbooks in XML (Excel 2003) that mean what those of HTML do.
_TAGS: Final = {"table": "table", "row": "tr", "cell": "td"}
_MARK: Final = re.compile(r"<([/?!]?[a-zA-Z][\w:.-]*)([^<>]*)>")
_ATTRIBUTE: Final = re.compile(r"([\w:-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
NO_TABLE: Final = N_("The file is HTML without a table in it. Save the table as CSV or XLSX.")
SKIPPED: Final = frozenset({"script", "style", "title"})
_CLOSING: Final = {name: re.compile(rf"</{name}[^<>]*>", re.I) for name in SKIPPED}
FULL: Final = N_("The file has more than {most} marks of HTML. Copy the table alone into a file.")


def read_html(raw: UploadedFile) -> SourceTable:
    """Return the cells of the largest table. Raises InputError without one, or beyond a limit."""
    text, encoding = decode_text(raw.data)
    check_limit("html_marks", text.count("<"), FULL)
    parser = _TableParser()
    parser.read(text)
    tables = [table for table in parser.tables if table.rows]
    if not tables:
        raise InputError(NO_TABLE)
    largest = max(tables, key=lambda table: sum(map(len, table.rows)))
    rows = RowCollector()
    for number, row in enumerate(largest.rows, start=1):
        rows.add_row(list(row), number)
    return SourceTable("xlsx", rows.all_rows(), encoding=encoding, merged=tuple(largest.merged))


class _Table:
    """The rows of a table so far, and which cells those above reach down into."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[MergedBlock] = []
        self.reached: dict[int, int] = {}  # column from 0: rows still covered

    def begin_row(self) -> None:
        self.rows.append([])

    def fill_to(self, count: int) -> None:
        """Add blank cells until the last row has as many."""
        self.rows[-1] += [""] * (count - len(self.rows[-1]))

    def add_cell(self, text: str, columns: int, rows: int) -> None:
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        while self.reached.get(len(row), 0) > 0:
            self.reached[len(row)] -= 1
            row.append("")
        first = len(row)
        row += [text, *[""] * (columns - 1)]
        if rows > 1:
            self.reached |= dict.fromkeys(range(first, first + columns), rows - 1)
        if rows > 1 or columns > 1:
            top = len(self.rows)
            self.merged.append(MergedBlock(top, first + 1, top + rows - 1, first + columns))


class _TableParser:
    """Collects the cells of all tables; what is not closed ends where the next begins."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: list[str] | None = None
        self._spans = (1, 1)

    def read(self, text: str) -> None:
        """Read a document: marks by their names, and what stands between them."""
        for name, rest in _split_at_marks(text):
            if not name:
                if self._cell is not None:
                    self._cell.append(unescape(rest))
            elif name.startswith("/"):
                self._end(_tag_of(name[1:]))
            else:
                self._begin(_tag_of(name), rest)
        self._close_cell()

    def _begin(self, tag: str, attributes: str) -> None:
        if tag == "table":
            self._close_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].begin_row()
        elif tag in ("td", "th") and self._open:
            self._close_cell()
            self._begin_cell(attributes)
        elif tag in ("br", "p", "div") and self._cell is not None:
            self._cell.append(" ")

    def _begin_cell(self, attributes: str) -> None:
        self._cell, self._spans = [], (1, 1)
        if not attributes:
            return
        values = {
            name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)
        }
        most = limit_of("columns")
        if self._open[-1].rows and (place := values.get("ss:index")):
            self._open[-1].fill_to(_span_of(place, most) - 1)
        self._spans = (
            _span_of(values.get("colspan"), most, values.get("ss:mergeacross")),
            _span_of(values.get("rowspan"), most, values.get("ss:mergedown")),
        )

    def _end(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table":
            self._close_cell()
            if self._open:
                self._open.pop()

    def _close_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1].add_cell(clean_line("".join(self._cell)), *self._spans)
        self._cell = None


def _tag_of(name: str) -> str:
    name = name.lower().rpartition(":")[2]
    return _TAGS.get(name, name)


def _split_at_marks(text: str) -> Iterator[tuple[str, str]]:
    """Return each mark as its name and attributes, and each text between marks under no name.

    Comments, scripts and styles are left out. It reads a text once, whatever is not closed: the
    parser of the standard library takes seconds for a hundred thousand marks.
    """
    place = 0
    while (start := text.find("<", place)) >= 0:
        if start > place:
            yield "", text[place:start]
        if text.startswith("<!--", start):
            end = text.find("-->", start)
            place = len(text) if end < 0 else end + 3
            continue
        mark = _MARK.match(text, start)
        if mark is None:
            yield "", "<"
            place = start + 1
            continue
        place = mark.end()
        name = mark[1].lower()
        if name in SKIPPED:
            close = _CLOSING[name].search(text, place)
            place = close.end() if close else len(text)
        else:
            yield name, mark[2]
    yield "", text[place:]


def _span_of(text: str | None, most: int, further: str | None = None) -> int:
    """Return a number of rows or columns; further: those beside the first, as XML of Excel says."""
    if further and further.isascii() and further.isdigit() and len(further) < 6:
        text = str(int(further) + 1)
    return (
        min(max(int(text), 1), most)
        if text and text.isascii() and text.isdigit() and len(text) < 6
        else 1
    )
