"""Reading of delimited text (CSV, TSV, pasted text): encoding, delimiter and cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from charset_normalizer import from_bytes

from geo.limits import MAX_FIELD_LENGTH
from geo.text import N_, InputError
from geo.units import normalise_name, provinces
from geo.upload.files import (
    TOO_MANY_COLUMNS,
    Cell,
    RowCollector,
    SourceTable,
    UploadedFile,
    clean_line,
)
from geo.upload.limits import check_limit, format_limit, limit_of

# In order of preference: the tab occurs in no number, the comma in many.
DELIMITERS: Final = ("\t", ";", "|", ",", "，")
SAMPLE: Final = 50_000  # characters to find the delimiter: some hundred rows
GUESSED: Final = ("big5", "big5hkscs", "cp1252", "shift_jis", "euc_kr", "cp1251")
FOREIGN_SHARE: Final = 0.3  # of the characters of a text whose encoding is guessed
LINES_SHARE: Final = 0.8  # of the lines that have as many columns
_OLD_LINE_END: Final = re.compile(r"\r(?!\n)")
_SPACES: Final = re.compile(r"[ \u3000]{2,}|\t")
FEW_NULS: Final = 0.05  # UTF-16 has a NUL for each digit and delimiter, so more than this
SURE: Final = 2  # as many Chinese characters in UTF-8 are no accident of another encoding

BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),  # before UTF-16, which begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
for codec in (*GUESSED, *(codec for _, _, codec in BOMS), "gb18030"):
    codecs.lookup(codec)  # Python loads a codec from a file; none is opened while uploads are read
BROKEN: Final = N_(
    "Row {row} holds bytes that are not text in an encoding that is known, such as UTF-8, UTF-16,"
    " GB18030 or Big5. Save the file again as “CSV UTF-8”."
)
NUL: Final = N_(
    "Row {row} holds a NUL byte, which no table of text does. Save the file again as CSV or XLSX."
)
QUOTES: Final = N_(
    "A quotation mark in or before row {row} is not closed, or has text after it. Put whole cells"
    " into quotation marks, and double those within."
)
ENDLESS: Final = N_(
    "A cell in row {row} holds more than {most} of text. Shorten it, or close the quotation mark"
    " before it."
)


def read_delimited(raw: UploadedFile) -> SourceTable:
    """Return the cells of a delimited text.

    Raises InputError when the encoding is invalid, a quotation mark is not closed, or a limit of
    a table is exceeded. Rows of unequal length are kept: ``report_rows`` reports them once the
    head row is known.
    """
    text, encoding = decode_text(raw.data)
    if _OLD_LINE_END.search(text):  # of old Macintosh programs, perhaps in parts of the file
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = sniff_delimiter(text)
    if not delimiter and (spaced := _split_at_spaces(text)):
        text, delimiter = spaced, "\t"
    parsed: Iterable[list[Cell]] = _parse_rows(text, delimiter)
    rows = RowCollector()
    for number, row in enumerate(_add_head_of_row_names(parsed), start=1):
        rows.add_row(row, number)
    return SourceTable(
        "csv", rows.all_rows(), rows.cell_counts(), encoding=encoding, delimiter=delimiter
    )


def _split_at_spaces(text: str) -> str:
    """Return a text whose columns stand apart by two spaces or more with tabs; empty if none do."""
    lines = [_SPACES.sub("\t", line.strip()) for line in text.splitlines() if line.strip()]
    widths = Counter(line.count("\t") for line in lines)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return "\n".join(lines) if width and count > LINES_SHARE * len(lines) else ""


def _add_head_of_row_names(rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """Return the rows with a blank head over the row numbers, to which R writes none.

    The head row is one cell shorter than the next two, which begin with 1 and 2.
    """
    rows = iter(rows)
    first = [row for _, row in zip(range(3), rows, strict=False)]
    if len(first) == 3 and [row[:1] for row in first[1:]] == [["1"], ["2"]]:
        head, *numbered = first
        if len(head) > 1 and all(len(row) == len(head) + 1 for row in numbered):
            first[0] = ["", *head]
    yield from first
    yield from rows


def decode_text(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Tried in a fixed order: a byte order mark, UTF-16 without one, UTF-8, Big5 where it names more
    provinces than GB18030, GB18030. What is in none of them is guessed by charset-normalizer among
    further encodings of tables. Raises InputError with the row of bytes that are no text.
    """
    name = next((name for bom, name, _ in BOMS if data.startswith(bom)), "") or _guess_utf16(data)
    if name:
        bom, codec = next((bom, codec) for bom, entry, codec in BOMS if entry == name)
        body = data.removeprefix(bom)
        try:
            return _check_no_nul(body.decode(codec)), name
        except UnicodeDecodeError as error:
            before = body[: error.start].decode(codec, "ignore")
            raise InputError(BROKEN, row=before.count("\n") + 1) from None
    if b"\0" in data:
        raise InputError(NUL, row=data.count(b"\n", 0, data.index(b"\0")) + 1)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error.start
    if sum("\u4e00" <= c <= "\u9fff" for c in data[:broken].decode("utf-8")) >= SURE:
        raise InputError(BROKEN, row=data.count(b"\n", 0, broken) + 1)
    traditional = _decode_big5(data)
    if traditional:
        return traditional, "big5"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        guessed = _guess_encoding(data)
        if guessed[0]:
            return guessed
        broken = max(broken, error.start)
        raise InputError(BROKEN, row=data.count(b"\n", 0, broken) + 1) from None
    # GB18030 decodes nearly all bytes; from bytes that are no text it gives garbage.
    for place, character in enumerate(text):
        if character > "\x7f" and unicodedata.category(character) in ("Co", "Cn"):
            guessed = _guess_encoding(data)
            if guessed[0]:
                return guessed
            raise InputError(BROKEN, row=text.count("\n", 0, place) + 1)
    return text, "gb18030"


def _decode_big5(data: bytes) -> str:
    """Return a text in Big5 if it names more provinces than in GB18030; empty if it does not."""
    try:
        text = data.decode("big5hkscs")
    except UnicodeDecodeError:
        return ""
    other = data.decode("gb18030", "ignore")
    names = [province.short_zh for province in provinces().values()]
    counts = [
        sum(name in sample for name in names)
        for sample in (normalise_name(text[:SAMPLE]), normalise_name(other[:SAMPLE]))
    ]
    return text if counts[0] > counts[1] else ""


def _guess_encoding(data: bytes) -> tuple[str, str]:
    """Return the text and the encoding that fits it best of some others; empty if none does."""
    best = from_bytes(data[: limit_of("guess_bytes")], cp_isolation=list(GUESSED)).best()
    try:
        text = data.decode(best.encoding) if best else ""
    except UnicodeDecodeError:
        return "", ""
    hidden = any(not c.isprintable() and c not in "\r\n\t\xa0\u3000" for c in text)
    foreign = sum(c > "\x7f" for c in text)
    if not best or hidden or foreign > FOREIGN_SHARE * len(text):
        return "", ""
    return text, best.encoding


def _guess_utf16(data: bytes) -> str:
    """Return the encoding of UTF-16 without a byte order mark: NULs in every other byte only."""
    sample = data[:SAMPLE]
    if len(data) % 2 or not sample:
        return ""
    even, odd = sample[::2].count(0) / len(sample), sample[1::2].count(0) / len(sample)
    if odd > FEW_NULS and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > FEW_NULS and odd == 0 else ""


def _check_no_nul(text: str) -> str:
    if "\0" in text:
        raise InputError(NUL, row=text.count("\n", 0, text.index("\0")) + 1)
    return text


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that splits most rows into equally many cells; empty if none does.

    >>> sniff_delimiter("a;b\\n1,5;2\\n"), sniff_delimiter("a\\n1\\n")
    (';', '')
    """
    sample = text[:SAMPLE]
    if len(text) > SAMPLE and "\n" in sample:
        sample = sample[: sample.rindex("\n")]
    alike = {}
    for delimiter in DELIMITERS:
        try:
            widths = Counter(
                len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            )
        except csv.Error:
            continue
        alike[delimiter] = max((n for width, n in widths.items() if width > 1), default=0)
    best = max(alike, key=lambda delimiter: alike[delimiter], default="")
    return best if best and alike[best] else ""


def _parse_rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    # The limit is global to the process, and other libraries change it.
    csv.field_size_limit(MAX_FIELD_LENGTH)
    # Without a delimiter, use one that cannot occur: every row is one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or "\x1f", strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if len(row) > limit_of("columns"):
                # Do not check millions of cells one by one.
                last = next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)
                check_limit("columns", last, TOO_MANY_COLUMNS, row=number)
                row = row[:last]  # noqa: PLW2901  (the rest is empty)
            yield [
                clean_line(cell) if " " in cell or not cell.isprintable() else cell for cell in row
            ]
    except csv.Error as error:
        if "field larger than field limit" in str(error):
            raise InputError(ENDLESS, row=number + 1, most=format_limit("cell_bytes")) from None
        raise InputError(QUOTES, row=number + 1) from None
