"""Parsing of an uploaded file to a table: kind of file, layout, columns, rows, series."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum
from statistics import fmean
from typing import Final, Literal

from geo.text import N_, InputError
from geo.units import normalise_name
from geo.upload.archives import GZIP, unpack_gzip, unpack_zip
from geo.upload.columns import (
    Column,
    ColumnRole,
    code_columns,
    find_day_column,
    find_part_column,
    find_year_column,
    holds_quarters,
    read_columns,
)
from geo.upload.delimited import read_delimited
from geo.upload.files import (
    NOTHING,
    SourceTable,
    UploadedFile,
    cell_text,
    column_letters,
    quote_for_message,
)
from geo.upload.geopackage import GeoPackageReader
from geo.upload.grid import TableGrid
from geo.upload.heads import VALUE_HEADS
from geo.upload.html_tables import read_html
from geo.upload.json_tables import read_json
from geo.upload.keys import add_keys, find_keys, key_units, name_of_key
from geo.upload.layout import TableLayout, find_layout, shorten_title
from geo.upload.limits import check_limit, limit_of
from geo.upload.numbers import CellKind, ColumnReading, read_cell
from geo.upload.old_workbook import OldWorkbookReader
from geo.upload.opendocument import CONTENT, MIMETYPE, OpenDocumentReader
from geo.upload.options import ImportOptions
from geo.upload.periods import FIRST_YEAR, combine_period
from geo.upload.preview import PreviewRow, preview_rows
from geo.upload.provinces_column import HEADS_ALONE, SAMPLE, rank_province_columns
from geo.upload.reshape import JOINED, join_sheets, reshape_table
from geo.upload.rows import ABOUT, USED, RowOutcome, RowReport, add_years, mark_doubles, report_rows
from geo.upload.workbook import WorkbookReader, check_ole_container, open_checked_zip

Kind = Literal["csv", "xlsx", "xls", "xlsb", "html", "ods", "geojson", "gpkg"]

# The kind of file by the suffix of its name.
SUFFIXES: Final[dict[str, Kind]] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".xlsb": "xlsb", ".ods": "ods",
    ".html": "html", ".htm": "html",
    ".geojson": "geojson", ".json": "geojson", ".topojson": "geojson", ".jsonl": "geojson",
    ".ndjson": "geojson", ".gpkg": "gpkg",
}  # fmt: skip
# The formats by the names that readers know, for every sentence that lists them.
FORMATS: Final = (
    "CSV, TSV, TXT, XLSX, XLS, XLSB, ODS, HTML, JSON, GeoJSON, TopoJSON, GeoPackage, ZIP, GZ"
)
PRINTED: Final[dict[str, str]] = {
    "csv": "CSV", "xlsx": "XLSX", "xls": "XLS", "xlsb": "XLSB", "html": "HTML", "ods": "ODS",
    "geojson": "JSON", "zip": "ZIP", "gpkg": "GeoPackage",
}  # fmt: skip
# First bytes of other files that are uploaded by mistake, with the common name of the format.
OTHERS: Final = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"\x1f\x8b", "GZIP"),
    (b"SQLite format 3\0", "SQLite"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"PAR1", "Parquet"), (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"), (b"GIF8", "GIF"),
)  # fmt: skip
ZIP: Final = b"PK\x03\x04"
EMPTY_ZIP: Final = b"PK\x05\x06"
COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML: Final = re.compile(rb"\s*<(?:\?xml|!doctype|!--|html|table|ogrvrt|svg|kml|gml|gdal)", re.I)
# Tables in a text that begins with a mark of HTML, and workbooks in XML of Excel 2003.
_TABLE_MARK: Final = re.compile(rb"<table[\s>]|<(?:\w+:)?Table[\s>]", re.I)
_ANY_MARK: Final = re.compile(rb"\s*<[!?a-z]", re.I)
TABLE_WITHIN: Final = 200_000  # bytes in which the mark of a table is sought
_HTML: Final = re.compile(rb"\s*<(?:!doctype\s+html|html|table)", re.I)
_JSON: Final = re.compile(rb'\s*(?:\{\s*(?:"|\})|\[\s*[\[{\]])')
_BRACKET: Final = re.compile(rb"\s*[\[{]")

TOO_BIG: Final = N_(
    "The file has more than {most}. A table of provinces is far smaller: remove "
    "pictures and sheets that are not needed."
)
UNKNOWN_NAME: Final = N_(
    "By its name, “{name}” is of no format that is read. Save the table as one of these: {formats}."
)
PASTED: Final = N_(
    "What was pasted is {found}, not a table of text. Paste the cells of a table, or load the file."
)
OTHER: Final = N_(
    "“{name}” holds {found}, not a table as its name says. Save the table as CSV, XLSX or GeoJSON"
    " under a name that ends so."
)


_NO_NAME: Final = re.compile(r"(?:sheet|table|工作表|表格?|数据|data|分省)?", re.I)
PACKED: Final = (".gz", ".zip")


def unpack_file(raw: UploadedFile) -> UploadedFile:
    """Return the table that a gzip or a zip holds; any other file as it is.

    A workbook under the name .zip is a workbook. Raises InputError as ``unpack_gzip`` and
    ``unpack_zip`` do.
    """
    check_limit("file_bytes", len(raw.data), TOO_BIG)
    if raw.suffix == ".gz" and raw.data.startswith(GZIP):
        return _name_by_content(unpack_gzip(raw))
    if raw.suffix == ".zip" and _detect_kind(raw.data, raw.data, None) == "zip":
        return unpack_zip(raw, SUFFIXES)
    if raw.suffix in PACKED and raw.name and raw.data.strip():
        found = _detect_kind(raw.data, raw.data, None)
        if raw.suffix == ".gz" or found not in ("XLSX", "ODS", "XLSB"):
            name = quote_for_message(raw.display_name)
            raise InputError(OTHER, name=name, found=PRINTED.get(found, found))
    return raw


_SUFFIX_OF_CONTENT: Final = {
    "csv": ".csv", "HTML": ".html", "geojson": ".json", "XLSX": ".xlsx", "ODS": ".ods",
    "XLSB": ".xlsb", "SQLite": ".gpkg",
}  # fmt: skip


def _name_by_content(raw: UploadedFile) -> UploadedFile:
    """Return an unpacked file without a suffix of tables under one that fits its content."""
    if raw.suffix in SUFFIXES:
        return raw
    suffix = _SUFFIX_OF_CONTENT.get(_detect_kind(raw.data, raw.data, None), "")
    return UploadedFile(raw.name + suffix, raw.data)


def file_kind(raw: UploadedFile) -> Kind:
    """Return the kind of a file: delimited text, workbook or GeoJSON.

    A pasted text has no name to check. Raises InputError when the file is too big or empty, when
    the suffix of its name is not supported, or does not fit its bytes.
    """
    check_limit("file_bytes", len(raw.data), TOO_BIG)
    data = raw.data
    body = data.removeprefix(b"\xef\xbb\xbf")
    if not body.strip():
        raise InputError(NOTHING)
    kind_by_name = SUFFIXES.get(raw.suffix)
    if data.startswith(COMPOUND):
        if kind_by_name == "xls" and raw.name:
            return "xls"
        raise check_ole_container(data)
    text = _detect_kind(data, body, kind_by_name)
    served = _served_kind(raw, kind_by_name, text)
    if served:
        return served
    if text in ("zip", "XLSX") and (
        kind_by_name == "xlsx" or raw.suffix in (".xlsm", ".xltm", ".zip")
    ):
        open_checked_zip(data)
        text = "xlsx"
    if text == "SQLite" and kind_by_name == "gpkg":
        text = "gpkg"
    if text in ("zip", "ODS") and kind_by_name == "ods":
        open_checked_zip(data, "ods")
        text = "ods"
    if not raw.name and text in ("csv", "geojson"):
        return "csv" if text == "csv" else "geojson"
    if not raw.name:
        raise InputError(PASTED, found=PRINTED.get(text, text))
    if kind_by_name is None:
        name = quote_for_message(raw.display_name)
        raise InputError(UNKNOWN_NAME, name=name, formats=FORMATS)
    if text != kind_by_name:
        result = PRINTED.get(text, text)
        raise InputError(OTHER, name=quote_for_message(raw.display_name), found=result)
    return kind_by_name


def _served_kind(raw: UploadedFile, kind_by_name: Kind | None, text: str) -> Kind | None:
    """Return the kind of a file that many sites serve under a name of old workbooks, or None.

    HTML, text and XLSX come under names that end in .xls.
    """
    if not raw.name:
        return None
    if text == "XLSB" and kind_by_name == "xlsb":
        return "xlsb"
    if kind_by_name not in ("xls", "html"):
        return None
    if text == "XLSX":
        open_checked_zip(raw.data)
        return "xlsx"
    body = raw.data[:TABLE_WITHIN].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if text in ("csv", "XML") and _ANY_MARK.match(body) and _TABLE_MARK.search(body):
        return "html"
    kinds: dict[str, Kind] = {"HTML": "html", "csv": "csv"}
    return kinds.get(text)


def _detect_archive(data: bytes) -> str:
    if b"xl/workbook.xml" in data:
        return "XLSX"
    if b"xl/workbook.bin" in data:
        return "XLSB"
    # The kind is stated first and not compressed.
    return "ODS" if MIMETYPE in data[:200] and CONTENT.encode() in data else "zip"


def _detect_kind(data: bytes, body: bytes, kind_by_name: Kind | None) -> str:
    if data.startswith((ZIP, EMPTY_ZIP)):
        return _detect_archive(data)
    if data[257:262] == b"ustar":
        return "TAR"
    for beginning, name in OTHERS:
        if data.startswith(beginning):
            return name
    # Marks and brackets are ASCII: without the NULs they are found in UTF-16, too.
    start = body[:1000].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _XML.match(start):
        return "HTML" if _HTML.match(start) else "XML"
    if _JSON.match(start) or (kind_by_name == "geojson" and _BRACKET.match(start)):
        return "geojson"
    return "csv"


@dataclass(frozen=True)
class MissingValue:
    """A cell in a column of values without one: blank, a sign for no value, or unreadable."""

    row: int
    column: int
    text: str
    unread: bool


@dataclass(frozen=True)
class FigureSeries:
    """A series of values under one name, by province and year, which can become a measure.

    key identifies the series in its table and is stable for the same options. columns: those of
    the values, one for each year in a wide table. years is empty where the table states none;
    then the year of each value is None. name may be empty (a wide table without title). suffix:
    as of the columns. figures: adcode, year (any period) and value, of rows that are matched or
    beyond. row_key: what the further key columns hold in these rows. other_name: the English name
    where the heads are in Chinese and English.
    """

    key: str
    name: str
    unit: str
    suffix: str
    columns: tuple[int, ...]
    years: tuple[int, ...]
    figures: tuple[tuple[str, int | None, float], ...]
    row_key: tuple[str, ...] = ()
    other_name: str = ""

    def names_for(self, typed: str) -> tuple[str, str]:
        """Return the English and the Chinese name of a measure of this series.

        typed: what the reader leaves in the field of the name, or changes it to; a changed name
        stands in both languages, and the Chinese one is then empty.
        """
        if self.other_name and typed == quote_for_message(self.name):
            return self.other_name, typed
        return typed, ""


@dataclass(frozen=True)
class ParsedTable:
    """A parsed table, before any measure is made of it.

    kind, encoding, delimiter, sheet, sheets, formulas, links: as in geo.upload.files.SourceTable.
    title: the first line above the table; unit: the unit stated for the whole table. Rows and
    columns are counted from 1; year_column is 0 if no column holds years. rows has each row of the
    file once, columns each column. done: sentences on how it was turned or joined. doubles: the
    number of rows about the same province, time and key. marks: column, sign and count of signs
    beside values. other_provinces: columns that name other provinces. period: the year that the
    title or the sheet states. other_sheets: those with a table of provinces, too. first_rows: those
    that a page shows, as turned or joined.
    """

    kind: str
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    formulas: int
    links: bool
    title: str
    unit: str
    head_row: int
    province_column: int
    year_column: int
    columns: tuple[Column, ...]
    rows: tuple[RowReport, ...]
    series: tuple[FigureSeries, ...]
    gaps: tuple[MissingValue, ...]
    done: tuple[str, ...] = ()
    doubles: int = 0
    marks: tuple[tuple[int, str, int], ...] = ()
    period: int | None = None
    time_step: str = ""
    combined: str = ""
    other_sheets: tuple[str, ...] = ()
    first_rows: tuple[PreviewRow, ...] = ()
    other_provinces: tuple[int, ...] = ()

    def rows_with(self, *fates: RowOutcome) -> tuple[RowReport, ...]:
        """Return the rows with one of the outcomes, in their order."""
        return tuple(row for row in self.rows if row.outcome in fates)

    @property
    def unresolved_rows(self) -> tuple[RowReport, ...]:
        """The rows about a province whose values are not used until the reader corrects them."""
        return tuple(row for row in self.rows if row.outcome in ABOUT - USED)

    @property
    def has_years_in_heads(self) -> bool:
        """Whether the column heads contain years."""
        return any(c.role is ColumnRole.FIGURES and c.head.year is not None for c in self.columns)


def read_source(raw: UploadedFile, sheet: str = "") -> SourceTable:
    """Return the raw cells of a file; of a workbook those of one sheet, or of the first.

    Used to show a table that could not be parsed. Raises InputError as ``parse_table`` does for a
    file that cannot be read.
    """
    raw = unpack_file(raw)
    kind = file_kind(raw)
    if kind == "csv":
        return read_delimited(raw)
    if kind == "geojson":
        return read_json(raw)
    if kind == "html":
        return read_html(raw)
    book = _open_workbook(raw, kind)
    return book.sheet_source(sheet or book.sheets[0])


BookReader = WorkbookReader | OpenDocumentReader | OldWorkbookReader | GeoPackageReader


def _open_workbook(raw: UploadedFile, kind: Kind) -> BookReader:
    if kind in ("xls", "xlsb"):
        return OldWorkbookReader(raw)
    if kind == "gpkg":
        return GeoPackageReader(raw)
    return OpenDocumentReader(raw) if kind == "ods" else WorkbookReader(raw)


def parse_table(raw: UploadedFile, choices: ImportOptions | None = None) -> ParsedTable:
    """Parse a file to a table, with the reader's options where there are any.

    Of a workbook it takes the first sheet with a table of provinces, unless one is chosen. Raises
    InputError, with a message on the fault, its place and what to do, when the file cannot be
    read, exceeds a limit, or has no provinces or no values.
    """
    choices = choices or ImportOptions()
    raw = unpack_file(raw)
    kind = file_kind(raw)
    if kind in ("csv", "geojson", "html"):
        return _parse_source(read_source(raw), raw, choices)
    book = _open_workbook(raw, kind)
    if choices.sheet:
        return _parse_source(book.sheet_source(choices.sheet), raw, choices)
    return _parse_sheets(book, raw, choices)


def _parse_sheets(book: BookReader, raw: UploadedFile, choices: ImportOptions) -> ParsedTable:
    """Parse the sheets with a table of provinces: joined where they go together, else the first."""
    first: InputError | None = None
    understood: list[tuple[SourceTable, ParsedTable]] = []
    for sheet in book.sheets[: limit_of("sheets_tried")]:
        try:
            source = book.sheet_source(sheet)
            understood.append((source, _parse_source(source, raw, choices)))
        except InputError as error:
            first = first or error
    if not understood:
        raise first or AssertionError("a workbook without sheets is refused before")
    joined = join_sheets([source for source, _ in understood])
    if joined:
        return _parse_source(joined, raw, choices, (JOINED,))
    parsed = understood[0][1]
    others = tuple(source.sheet for source, _ in understood[1:])
    return replace(parsed, other_sheets=others)


def _parse_source(
    source: SourceTable, raw: UploadedFile, choices: ImportOptions, done: tuple[str, ...] = ()
) -> ParsedTable:
    if choices.province_column is None and choices.head_row is None:
        reshaping = reshape_table(source)
        source, grid, done = reshaping.source, reshaping.grid, (*done, *reshaping.done)
    else:
        grid = TableGrid(source)
    table_layout = find_layout(grid, source, choices)
    coding = code_columns(grid, table_layout)
    rows = report_rows(source, grid, table_layout, coding, choices)
    if not any(row.outcome in ABOUT for row in rows):
        raise InputError(HEADS_ALONE, row=table_layout.head_row)
    years = find_year_column(grid, table_layout, rows, choices)
    part = find_part_column(grid, table_layout, years) if years else 0
    day = find_day_column(grid, table_layout, (years, part)) if part else 0
    if years:
        parts = grid.column_cells(part) if part else None
        are_quarters = holds_quarters(table_layout, part)
        days = grid.column_cells(day) if day else None
        rows = add_years(
            rows, grid.column_cells(years), parts, are_quarters, choices.time_step, days
        )
    roles = {table_layout.province_column: ColumnRole.PROVINCE}
    roles |= dict.fromkeys(coding, ColumnRole.CODE)
    roles |= {c: ColumnRole.YEAR for c in (years, part, day) if c}
    strangers = tuple(
        column
        for column in rank_province_columns(grid)
        if column not in (table_layout.province_column, *coding)
    )
    beside = _columns_beside(grid, table_layout, strangers)
    roles |= dict.fromkeys((c for c in beside if c not in roles), ColumnRole.WORDS)
    keys = find_keys(grid, table_layout, rows, roles)
    rows = add_keys(grid, rows, keys)
    roles |= dict.fromkeys(keys.columns, ColumnRole.KEY)
    if keys.unit_column:
        roles[keys.unit_column] = ColumnRole.UNIT
    marked = mark_doubles(rows, choices.kept)
    doubles = sum(row.outcome is RowOutcome.DOUBLED for row in marked)
    rows = list(rows) if choices.combined else marked
    all_columns, readings = read_columns(grid, table_layout, rows, roles, choices)
    series = _build_series(
        table_layout, raw, rows, all_columns, readings, years,
        key_units(grid, rows, keys), choices.combined, _name_of_sheet(source.sheet),
    )  # fmt: skip
    return ParsedTable(
        kind=source.kind,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=source.sheet,
        sheets=source.sheets,
        formulas=source.formulas,
        links=source.links,
        title=table_layout.title,
        unit=table_layout.unit,
        head_row=table_layout.head_row,
        province_column=table_layout.province_column,
        year_column=years,
        columns=all_columns,
        rows=tuple(rows),
        series=series,
        gaps=_find_missing_values(grid, rows, readings),
        done=done,
        doubles=doubles,
        marks=tuple(
            (number, mark, count)
            for number, reading in readings.items()
            for mark, count in reading.marks
        ),
        period=table_layout.period if not years else None,
        time_step=choices.time_step,
        combined=choices.combined,
        first_rows=preview_rows(grid, table_layout.head_row),
        other_provinces=strangers,
    )


def _columns_beside(
    grid: TableGrid, layout: TableLayout, strangers: Sequence[int]
) -> frozenset[int]:
    """Return columns that may belong to other provinces than those of the rows: no value is sure.

    They stand behind a column that names others, with values between both, as in two tables side
    by side that could not be joined.
    """
    columns: set[int] = set()
    for stranger in strangers:
        left, right = sorted((layout.province_column, stranger))
        between = range(left + 1, right)
        rows = grid.rows[layout.first_body_row - 1 :]
        values = any(
            read_cell(cell).kind is CellKind.FIGURE
            for row in rows[:SAMPLE]
            for cell in row[left : right - 1]
            if cell != ""
        )
        if values:
            behind = range(right + 1, grid.width + 1)
            columns |= set(behind if stranger == right else between)
    return frozenset(columns)


def _build_series(
    layout: TableLayout,
    raw: UploadedFile,
    rows: Sequence[RowReport],
    all_columns: Sequence[Column],
    readings: dict[int, ColumnReading],
    years: int,
    units: Mapping[tuple[str, ...], str],
    combined: str,
    sheet: str,
) -> tuple[FigureSeries, ...]:
    """Return the columns of values as series: columns that differ only in the year form one.

    Each key of the rows has a series of its own, named by the key. sheet: what its name says of
    the values, if anything.
    """
    parts = _months_in_heads(all_columns) if years else frozenset()
    groups = _group_columns(all_columns, parts, years)
    about = [row for row in rows if row.outcome in ABOUT]
    used = [
        (place, row.adcode, layout.period if row.year is None else row.year, row.key)
        for place, row in enumerate(about)
        if row.outcome in USED
    ]
    fallback = shorten_title(layout.title) or sheet or raw.display_name.rpartition(".")[0]
    series: dict[str, FigureSeries] = {}
    for (grouped, unit), group in groups.items():
        figures: defaultdict[tuple[str, ...], list[tuple[str, int | None, float]]]
        figures = defaultdict(list)
        for column in group:
            fixed, values = column.head.year, readings[column.number].values
            part = column.head.text if column.number in parts else ""
            for place, adcode, year, key in used:
                value = values[place]
                if value is not None:
                    period = combine_period(year, part) if part else fixed
                    figures[key].append((adcode, year if period is None else period, value))
        for row in () if figures else about[:1]:
            figures[row.key] = []
        name = grouped.split("\n")[0].strip()
        if not name and len(groups) > 1 and not group[0].head.text:
            name = f"{fallback} {column_letters(group[0].number)}"
        suffix = next((s for c in group if (s := readings[c.number].suffix)), "")
        stated = unit or (suffix if suffix in ("%", "‰") else "")
        for key, entries in figures.items():
            if combined:
                entries = _combine_figures(entries, combined)  # noqa: PLW2901  (in their place)
            full_name, key_unit = _name_series(name, fallback, key, layout, len(groups))
            series_key = _series_key(full_name if key else name or "·", unit, series)
            entries.sort(key=lambda entry: (entry[1] or 0, entry[0]))
            series[series_key] = FigureSeries(
                key=series_key,
                name=full_name,
                unit=units.get(key, "") or key_unit or stated or layout.unit,
                suffix=suffix,
                columns=tuple(column.number for column in group),
                years=tuple(sorted({year for _, year, _ in entries if year is not None})),
                figures=tuple(entries),
                row_key=key,
                other_name="" if key else layout.other_names.get(group[0].number, ""),
            )
    return tuple(series.values())


def _name_of_sheet(sheet: str) -> str:
    """Return the name of a sheet if it says what is in it, not Sheet1 or 2019."""
    return "" if _NO_NAME.fullmatch(sheet) or any(c.isdigit() for c in sheet) else sheet


def _group_columns(
    all_columns: Sequence[Column], parts: Collection[int], years: int
) -> dict[tuple[str, str], list[Column]]:
    """Return the columns of values by name and unit; those of a group differ in the period.

    parts: columns whose heads are months or quarters of the years in the rows.
    """
    groups: dict[tuple[str, str], list[Column]] = {}
    for listed in all_columns:
        if listed.role is not ColumnRole.FIGURES:
            continue
        column, head = listed, listed.head
        if column.number in parts:
            head = replace(head, name="")
            column = replace(column, head=replace(head, name="", year=0))
        elif years and head.year is not None:
            # The rows state the years, so a year in a head is part of its name.
            column = replace(column, head=replace(head, name=head.text, year=None))
        elif head.year is None:
            column = replace(column, head=replace(head, name=head.name or head.text))
        name = column.head.name + ("" if column.head.year or years else "\n")
        nameless = f"\n{column.number}" if not column.head.text else ""
        groups.setdefault((name + nameless, head.unit), []).append(column)
    return groups


def _months_in_heads(columns: Sequence[Column]) -> frozenset[int]:
    """Return the columns whose heads are months or quarters of the years in the rows, as 1月."""
    numbers = [
        column.number
        for column in columns
        if column.role is ColumnRole.FIGURES
        and not column.head.text.isdigit()
        and combine_period(FIRST_YEAR, column.head.text) is not None
    ]
    return frozenset(numbers if len(numbers) > 1 else ())


def _name_series(
    name: str, fallback: str, key: tuple[str, ...], layout: TableLayout, groups: int
) -> tuple[str, str]:
    """Return the name of a series and the unit that its key states."""
    generic = normalise_name(name) in VALUE_HEADS
    if not key:
        return (fallback if generic and layout.title and groups == 1 else name) or fallback, ""
    key_name, unit = name_of_key(key)
    return (key_name if generic or not name else f"{name} {key_name}"), unit


def _combine_figures(
    entries: list[tuple[str, int | None, float]], way: str
) -> list[tuple[str, int | None, float]]:
    """Return one value for each province and period: the sum, the mean or the last of several."""
    values: dict[tuple[str, int | None], list[float]] = {}
    for adcode, year, value in entries:
        values.setdefault((adcode, year), []).append(value)
    combine: dict[str, Callable[[list[float]], float]] = {
        "sum": fsum,
        "mean": fmean,
        "latest": lambda group: group[-1],
    }
    return [(adcode, year, combine[way](group)) for (adcode, year), group in values.items()]


def _series_key(name: str, unit: str, series_by_key: dict[str, FigureSeries]) -> str:
    key, count = name, 1
    while key in series_by_key:
        key = f"{name} ({unit or count})" if count == 1 else f"{name} ({unit}) {count}"
        count += 1
    return key


def _find_missing_values(
    grid: TableGrid, rows: Sequence[RowReport], readings: dict[int, ColumnReading]
) -> tuple[MissingValue, ...]:
    about = [row for row in rows if row.outcome in ABOUT]
    return tuple(
        MissingValue(
            row.number,
            column,
            cell_text(grid.cell_at(row.number, column)),
            kind is not CellKind.NONE,
        )
        for column, reading in readings.items()
        for row, kind in zip(about, reading.kinds, strict=True)
        if kind is not CellKind.FIGURE
    )
