"""Workbooks (XLSX) of a measure or of all measures, the same bytes each time."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from geo.analysis import (
    ATLAS_NAME,
    CELL_HEADS,
    Source,
    all_sources,
    cell_table_head,
    cell_table_rows,
    kind_line,
    map_review_number,
    measure_definition,
    published_measures,
    review_line,
    sources_of,
    table_years,
)
from geo.exports.zip_files import pack_zip, unpack_zip
from geo.limits import MAX_CELL_TEXT_LENGTH
from geo.measures import (
    CONTEXT,
    SCALE_NOTES,
    STATUS_NOTES,
    Measure,
    Status,
    dimension_name,
    measure_name,
    measure_unit,
    status_name,
)
from geo.tables import FORMULA_STARTS
from geo.text import N_, Translator

HEAD_FONT: Final = Font(bold=True, color="22272E")
HEAD_FILL: Final = PatternFill("solid", fgColor="E9EFF5")
HEAD_BORDER: Final = Border(bottom=Side(style="thin", color="66707C"))
TOP: Final = Alignment(vertical="top", wrap_text=True)
MIN_COLUMN_WIDTH: Final = 6  # widths in characters, as spreadsheets count them
MAX_COLUMN_WIDTH: Final = 60
MEASURED_ROWS: Final = 400  # rows that set a column's width
# openpyxl writes the time of writing; it is removed, so that the same data give the same bytes.
CORE: Final = "docProps/core.xml"
DATES: Final = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
VALUE = list(CELL_HEADS).index("value")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its headings, and rows of numbers, texts and None.

    decimals: the displayed decimals of a numeric column, by its position; wrapped: whether long
    texts are wrapped, for sheets that are read rather than calculated with.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    decimals: dict[int, int]
    wrapped: bool = False


def write_workbook(sheets: Iterable[Sheet], title: str) -> bytes:
    """Write sheets as a workbook. The same sheets give the same bytes: no date is written."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet)
    book.properties.creator = ATLAS_NAME
    book.properties.title = _clean_cell_text(title)
    out = io.BytesIO()
    book.save(out)
    members = unpack_zip(out.getvalue())
    members[CORE] = re.sub(DATES, b"", members[CORE])
    return pack_zip(members)


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    worksheet = book.create_sheet(sheet.name)
    worksheet.freeze_panes = "A2"
    for place, width in enumerate(_column_widths(sheet), start=1):
        worksheet.column_dimensions[get_column_letter(place)].width = width
    last = get_column_letter(len(sheet.head))
    worksheet.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    heads = [_styled_cell(worksheet, name) for name in sheet.head]
    for cell in heads:
        cell.font, cell.fill, cell.border, cell.alignment = HEAD_FONT, HEAD_FILL, HEAD_BORDER, TOP
    worksheet.append(heads)
    formats = {
        place: "#,##0" + ("." + "0" * count if count else "")
        for place, count in sheet.decimals.items()
    }
    for row in sheet.rows:
        cells = [
            _styled_cell(worksheet, value) if sheet.wrapped else _sheet_cell(worksheet, value)
            for value in row
        ]
        for place, pattern in formats.items():
            cells[place] = _styled_cell(worksheet, row[place], pattern)
        worksheet.append(cells)


def _styled_cell(sheet: WriteOnlyWorksheet, value: object, pattern: str = "") -> WriteOnlyCell:
    """A cell with a style: wrapped text, or the decimals of a number."""
    content = _sheet_cell(sheet, value)
    cell = content if isinstance(content, Cell) else WriteOnlyCell(sheet, value=content)
    cell.alignment = TOP
    if pattern:
        cell.number_format = pattern
    return cell


def _sheet_cell(sheet: WriteOnlyWorksheet, value: object) -> object:
    """A number as a number, a text as a string, even if it looks like a formula or an error."""
    if not isinstance(value, str):
        return value if value is not None and math.isfinite(float(str(value))) else None
    text = _clean_cell_text(value)
    if not text.startswith((*FORMULA_STARTS, "#")):
        return text or None
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True  # stays a string when a reader edits the cell
    return cell


def _clean_cell_text(text: str) -> str:
    """A text without characters that a workbook cannot hold, cut to the limit of a cell."""
    plain = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return plain[:MAX_CELL_TEXT_LENGTH]


def _column_widths(sheet: Sheet) -> list[int]:
    """A width for each column, from its heading and its first rows."""
    columns = zip(*[sheet.head, *sheet.rows[:MEASURED_ROWS]], strict=True)
    return [
        min(
            max([MIN_COLUMN_WIDTH, *(_display_length(cell) for cell in column)]) + 2,
            MAX_COLUMN_WIDTH,
        )
        for column in columns
    ]


def _display_length(cell: object) -> int:
    """The display width of a cell in characters; Chinese characters count twice."""
    text = "" if cell is None else str(cell)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def measure_workbook(measure: Measure, t: Translator, year: int | None = None) -> bytes:
    """All provinces of a measure in a year, or in all its years, as a workbook (XLSX).

    Raises KeyError for a year that the measure lacks.
    """
    years = table_years(measure, year)
    return write_workbook(
        [
            Sheet(
                t(N_("Data")),
                cell_table_head(t),
                cell_table_rows(measure, t, year),
                {VALUE: measure.decimals},
            ),
            _definitions_sheet(_about_measure(measure, years, t), t),
            _sources_sheet(sources_of(measure), t),
        ],
        measure_name(measure, t),
    )


def full_workbook(t: Translator) -> bytes:
    """Every measure with all its years in one workbook, each row with its measure's key."""
    measures = published_measures().values()
    rows = [[measure.id, *row] for measure in measures for row in cell_table_rows(measure, t)]
    return write_workbook(
        [
            Sheet(t(N_("Data")), [t(N_("Key")), *cell_table_head(t)], rows, {}),
            _catalogue_sheet(t),
            _sources_sheet(all_sources(), t),
        ],
        t(ATLAS_NAME),
    )


def _about_measure(measure: Measure, years: Sequence[int], t: Translator) -> list[tuple[str, str]]:
    """The description of a measure, and of each status among its cells."""
    lines = [
        (t(N_("Measure")), measure_name(measure, t)),
        (t(N_("Key")), measure.id),
        (t(N_("Dimension")), assignment_note(measure, t)),
        (t(N_("Unit")), measure_unit(measure, t)),
        (t(N_("Years")), ", ".join(map(str, years))),
        *([(t(N_("Map review")), review_line(t))] if map_review_number() else []),
    ]
    lines += meaning_pairs(measure, years, t)
    occurring = {status for y in years for status in measure.snapshot(y).present_statuses()}
    lines += [
        (status_name(status, t), t(STATUS_NOTES[status]))
        for status in Status
        if status in occurring
    ]
    return [(head, text) for head, text in lines if text]


def meaning_pairs(measure: Measure, years: Sequence[int], t: Translator) -> list[tuple[str, str]]:
    """The meaning of the values of some years, as pairs of heading and text, without duplicates.

    The heading names the years if the text does not apply to all of them.
    """
    numbers: dict[tuple[str, str], list[int]] = {}
    for year in years:
        rows = [("", kind_line(measure, year, t))]
        if measure.kind == "report":
            rows.append(("", t(SCALE_NOTES[measure.snapshot(year).scale])))
        for row in (*rows, *measure_definition(measure, year, t)):
            numbers.setdefault(row, []).append(year)
    return [
        (_definition_head(head, head_years, years, t), text)
        for (head, text), head_years in numbers.items()
    ]


def _definition_head(
    head: str, years: Sequence[int], all_years: Sequence[int], t: Translator
) -> str:
    span = ", ".join(map(str, years))
    if not head:
        return span
    if list(years) == list(all_years):
        return head
    return t(N_("{head}, {years}"), head=head, years=span)


def assignment_note(measure: Measure, t: Translator) -> str:
    """The dimension that a measure is assigned to, and who assigned it."""
    if measure.dimension == CONTEXT:
        return t(N_("Context, not part of the index"))
    if measure.kind == "own":
        return t(N_("Uploaded data"))
    name = dimension_name(measure.dimension, t)
    if measure.kind == "report":
        return name
    if measure.kind == "index":
        return t(N_("{dimension}; calculated by this atlas"), dimension=name)
    return t(N_("{dimension}; assigned by this atlas, not by the report"), dimension=name)


def _definitions_sheet(rows: list[tuple[str, str]], t: Translator) -> Sheet:
    return Sheet(
        t(N_("Definitions")), [t(N_("Item")), t(N_("Description"))], rows, {}, wrapped=True
    )


def _catalogue_sheet(t: Translator) -> Sheet:
    """A sheet with a row for each measure, then one for each status."""
    head = [
        t(N_("Key")), t(N_("Measure")), t(N_("Dimension")), t(N_("Unit")),
        t(N_("Years")), t(N_("Description")),
    ]  # fmt: skip
    rows: list[list[object]] = [
        [
            measure.id,
            measure_name(measure, t),
            assignment_note(measure, t),
            measure_unit(measure, t),
            ", ".join(map(str, measure.years)),
            "\n".join(f"{name}: {text}" for name, text in meaning_pairs(measure, measure.years, t)),
        ]
        for measure in published_measures().values()
    ]
    rows += [
        [
            status.value,
            status_name(status, t),
            "",
            "",
            "",
            t(STATUS_NOTES[status]),
        ]
        for status in Status
    ]
    return Sheet(t(N_("Definitions")), head, rows, {}, wrapped=True)


def _sources_sheet(sources: Iterable[Source], t: Translator) -> Sheet:
    head = [
        t(N_("Series")), t(N_("Unit as published")), t(N_("First year")),
        t(N_("Last year")), t(N_("Issuing body")), t(N_("Read from")), t(N_("Remarks")),
        t(N_("Address")), t(N_("Table code")), t(N_("Series code")), t(N_("File read")),
        t(N_("Commit")), t(N_("Checksum (SHA-256)")), t(N_("Read on")),
    ]  # fmt: skip
    rows = [
        [s.title(t), s.unit, *s.years, s.issuer(t), s.via(t), s.note(t), *_source_codes(s)]
        for s in sources
    ]
    return Sheet(t(N_("Sources")), head, rows, {}, wrapped=True)


def _source_codes(source: Source) -> list[object]:
    """The address and the codes of the table, and the file that was read; None where unknown."""
    codes = [source.url or None, source.table_code or None, source.series_code or None]
    file = source.file
    if file is None:
        return [*codes, None, None, None, None]
    return [*codes, file.address, file.commit, file.sha256, file.read_on.isoformat()]
