"""The parts of a workbook, looked at before any program for workbooks opens it.

A workbook is a zip of XML. Its list of parts tells at once what is encrypted, carries macros or
would burst when unpacked; what the parts hold is counted before it is parsed.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from geo.errors import InputError
from geo.text import N_
from geo.upload.limits import check_limit, format_limit, limit_of
from geo.upload.raw import quote_for_message

SMALL: Final = 100_000  # bytes unpacked below which no part can burst, however well it shrank
SHEETS: Final = ("xl/worksheets/", "xl/sharedStrings")
# A document type lets XML name other files, and grow without end. No workbook needs one.
DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_XML: Final = re.compile(rb"\s*<|\xef\xbb\xbf\s*<|\xff\xfe|\xfe\xff")
# What zipfile raises for a damaged archive.
ZIP_FAULTS: Final = (
    BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip

ENCRYPTED: Final = N_(
    "The workbook is encrypted. Open it in a spreadsheet program, remove the password and save it"
    " as XLSX."
)
OLD: Final = N_(
    "The file is of the kind that Excel wrote before 2007. Open it in a spreadsheet program and"
    " save it as XLSX."
)
MACROS: Final = N_(
    "The workbook carries macros (“{part}”), which are never run and not needed here. Save it as"
    " XLSX without macros."
)
BURSTS: Final = N_(
    "The part “{part}” of the workbook grows to more than {most} times its packed size. Copy the"
    " table into a new workbook and save that."
)
INFLATES: Final = N_(
    "The workbook has more than {most} when unpacked. Copy the table alone into a new workbook."
)
MANY_PARTS: Final = N_(
    "The workbook has more than {most} parts. Copy the table alone into a new workbook."
)
FULL_PART: Final = N_(
    "The part “{part}” of the workbook has more than {most} marks of XML. Copy the table alone,"
    " values only, into a new workbook."
)
FULL: Final = N_(
    "The sheets of the workbook have more than {most} marks of XML. Copy the table alone, values"
    " only, into a new workbook."
)
LONG_TEXT: Final = N_(
    "The part “{part}” of the workbook holds a text of far more than {most}. Shorten the texts in"
    " its cells."
)
HAS_DOCTYPE: Final = N_(
    "The part “{part}” of the workbook declares a document type, which no spreadsheet program"
    " writes. Copy the table into a new workbook."
)
DAMAGED: Final = N_(
    "The workbook is damaged in the part “{part}”. Open it in a spreadsheet program and save it"
    " anew as XLSX."
)
NO_WORKBOOK: Final = N_(
    "The file is a zip without an XLSX workbook in it. Save the table as XLSX, or take the table"
    " out of the zip."
)


def check_ole_container(data: bytes) -> InputError:
    """What is wrong with an OLE container: an encrypted workbook, or an old one."""
    encrypted = "EncryptedPackage".encode("utf-16-le") in data
    return InputError(ENCRYPTED if encrypted else OLD)


def open_checked_zip(data: bytes) -> ZipFile:
    """The parts of a workbook, each within its limits and without anything that acts.

    Raises InputError with what is wrong and in which part.
    """
    try:
        archive = ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except ZIP_FAULTS:
        raise InputError(DAMAGED, part="zip") from None
    check_limit("members", len(parts), MANY_PARTS)
    names = [part.filename for part in parts]
    _check_kind(names)
    if len(set(names)) < len(names):
        raise InputError(
            DAMAGED, part=quote_for_message(next(n for n in names if names.count(n) > 1))
        )
    for part in parts:
        _check_compression(part)
    check_limit("inflated_bytes", sum(part.file_size for part in parts), INFLATES)
    total = 0
    for part in parts:
        total += _count_xml_marks(archive, part)
    check_limit("marks", total, FULL)
    return archive


def _check_kind(names: list[str]) -> None:
    for name in names:
        low = name.lower()
        if "vbaproject" in low or "macrosheets/" in low:
            raise InputError(MACROS, part=quote_for_message(name))
        if low == "encryptedpackage":
            raise InputError(ENCRYPTED)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise InputError(NO_WORKBOOK)


def _check_compression(part: ZipInfo) -> None:
    if part.flag_bits & 1:
        raise InputError(ENCRYPTED)
    ratio = part.file_size / max(part.compress_size, 1)
    if part.file_size > SMALL and ratio > limit_of("ratio"):
        raise InputError(BURSTS, part=quote_for_message(part.filename), most=format_limit("ratio"))
    check_limit("inflated_bytes", part.file_size, INFLATES)


def _count_xml_marks(archive: ZipFile, part: ZipInfo) -> int:
    """How many marks of XML a part has; a workbook program's time grows with them."""
    try:
        body = archive.read(part)
    except ZIP_FAULTS:
        raise InputError(DAMAGED, part=quote_for_message(part.filename)) from None
    name = part.filename
    if name.endswith((".xml", ".rels")):
        if not _XML.match(body):
            raise InputError(DAMAGED, part=quote_for_message(name))
        if any(mark in body for mark in DOCTYPES):
            raise InputError(HAS_DOCTYPE, part=quote_for_message(name))
    marks = body.count(b"<")
    if name.startswith(SHEETS) and _has_long_text(body):
        raise InputError(LONG_TEXT, part=quote_for_message(name), most=format_limit("cell_bytes"))
    if b"vbaProject" in body and name == "[Content_Types].xml":
        raise InputError(MACROS, part=quote_for_message(name))
    if not name.startswith(SHEETS) and not name.startswith("xl/media/"):
        check_limit("part_marks", marks, FULL_PART, part=quote_for_message(name))
    return 0 if name.startswith("xl/media/") else marks


def _has_long_text(body: bytes) -> bool:
    """Whether a stretch without a mark is longer than any cell may be, however it is written.

    Each character of a cell may be written as a reference of up to ten bytes.
    """
    window = 10 * limit_of("cell_bytes")
    starts = range(0, len(body) - window, window)
    return any(body.find(b"<", start, start + window) < 0 for start in starts)
