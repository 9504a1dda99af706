"""Tables in HTML, which many sites serve under names that end in .xls, and in XML of Excel 2003."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from geo.text import N_, InputError
from geo.upload.delimited import decode_text
from geo.upload.files import MergedBlock, RowCollector, SourceTable, UploadedFile, clean_line
from geo.upload.limits import check_limit, limit_of

# The marks of workbooks in XML (Excel 2003) that mean what those of HTML do.
_TAGS: Final = {"table": "table", "row": "tr", "cell": "td", "style": "style", "title": "title"}
NO_TABLE: Final = N_("The file is HTML without a table in it. Save the table as CSV or XLSX.")
SKIPPED: Final = frozenset({"script", "style", "title"})
FULL: Final = N_("The file has more than {most} marks of HTML. Copy the table alone into a file.")


def read_html(raw: UploadedFile) -> SourceTable:
    """Return the cells of the largest table. Raises InputError without one, or beyond a limit."""
    text, encoding = decode_text(raw.data)
    check_limit("marks", text.count("<"), FULL)
    parser = _TableParser()
    parser.feed(text)
    parser.close()
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


class _TableParser(HTMLParser):
    """Collects the cells of all tables; what is not closed ends where the next begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _TAGS.get(tag.rpartition(":")[2], tag)
        if tag in SKIPPED:
            self._skipped += 1
        elif tag == "table":
            self._close_cell()
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].begin_row()
        elif tag in ("td", "th") and self._open:
            self._close_cell()
            values = dict(attrs)
            most = limit_of("columns")
            if self._open[-1].rows and (place := values.get("ss:index")):
                self._open[-1].fill_to(_span_of(place, most) - 1)
            self._spans = (
                _span_of(values.get("colspan"), most, values.get("ss:mergeacross")),
                _span_of(values.get("rowspan"), most, values.get("ss:mergedown")),
            )
            self._cell = []
        elif tag in ("br", "p", "div") and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        tag = _TAGS.get(tag.rpartition(":")[2], tag)
        if tag in SKIPPED:
            self._skipped = max(self._skipped - 1, 0)
        elif tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table":
            self._close_cell()
            if self._open:
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skipped:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1].add_cell(clean_line("".join(self._cell)), *self._spans)
        self._cell = None


def _span_of(text: str | None, most: int, further: str | None = None) -> int:
    """Return a number of rows or columns; further: those beside the first, as XML of Excel says."""
    if further and further.isascii() and further.isdigit() and len(further) < 6:
        text = str(int(further) + 1)
    return (
        min(max(int(text), 1), most)
        if text and text.isascii() and text.isdigit() and len(text) < 6
        else 1
    )
