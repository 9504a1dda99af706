"""Tables in gzip and zip: one table is taken out, in memory and under the limit of a file."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Collection
from typing import Final
from zipfile import ZipFile

from geo.text import N_, InputError
from geo.upload.files import UploadedFile, quote_for_message
from geo.upload.limits import check_limit, format_limit, limit_of
from geo.upload.workbook import (
    ENCRYPTED,
    MANY_PARTS,
    ZIP_FAULTS,
)

GZIP: Final = b"\x1f\x8b"
WIDTH: Final = zlib.MAX_WBITS | 16  # a stream with the head of gzip
TOO_BIG_UNPACKED: Final = N_(
    "The file has more than {most} when unpacked. Remove what is not needed, or split it."
)
DAMAGED_GZIP: Final = N_("The file is a damaged GZIP. Pack the table again, or upload it unpacked.")
NO_TABLE_PACKED: Final = N_(
    "The zip holds no file with a table, by the names of the files in it. Extract the table and"
    " upload it alone."
)
_BESIDE: Final = re.compile(
    r"^(?:readme|read me|licen[cs]e|notes?|metadata|说明)|metadata|\.html?$|readme|说明", re.I
)
DAMAGED_ZIP: Final = N_("The file is a damaged ZIP. Pack the table again, or upload it unpacked.")
SEVERAL: Final = N_(
    "The zip holds {count} tables, such as “{name}”. Extract the one that is meant and upload it"
    " alone."
)


def unpack_gzip(raw: UploadedFile) -> UploadedFile:
    """Return the file in a gzip, named without .gz. Raises InputError beyond the limit."""
    parts: list[bytes] = []
    rest = raw.data
    while rest:  # a gzip may have several members, which follow one another
        stream = zlib.decompressobj(WIDTH)
        left = limit_of("file_bytes") + 1 - sum(map(len, parts))
        try:
            parts.append(stream.decompress(rest, left))
        except zlib.error:
            raise InputError(DAMAGED_GZIP) from None
        check_limit("file_bytes", sum(map(len, parts)), TOO_BIG_UNPACKED)
        if not stream.eof or len(parts) > limit_of("members"):
            raise InputError(DAMAGED_GZIP)
        rest = stream.unused_data.lstrip(b"\0")
    data = b"".join(parts)
    name = raw.name[: -len(".gz")] if raw.suffix == ".gz" else raw.name
    return UploadedFile(name, data)


def unpack_zip(raw: UploadedFile, suffixes: Collection[str]) -> UploadedFile:
    """Return the one table in a zip.

    suffixes: of the names of tables. Raises InputError when there is none or several, when it is
    encrypted or damaged, and beyond the limits of parts and of a file.
    """
    try:
        archive = ZipFile(io.BytesIO(raw.data))
        parts = archive.infolist()
    except ZIP_FAULTS:
        raise InputError(DAMAGED_ZIP) from None
    check_limit("members", len(parts), MANY_PARTS)
    tables = [
        (part, file)
        for part in parts
        if not part.is_dir()
        and not part.filename.startswith("__MACOSX/")
        and not (file := UploadedFile(part.filename, b"")).display_name.startswith(".")
        and file.suffix in suffixes
    ]
    if not tables:
        raise InputError(NO_TABLE_PACKED)
    if len(tables) > 1:  # what describes a table is put beside it
        tables = [entry for entry in tables if not _BESIDE.search(entry[1].display_name)] or tables
    part, file = tables[0]
    name = quote_for_message(file.display_name)
    if len(tables) > 1:
        raise InputError(SEVERAL, count=len(tables), name=name)
    if part.flag_bits & 1:
        raise InputError(ENCRYPTED)
    check_limit("file_bytes", part.file_size, TOO_BIG_UNPACKED)
    try:
        with archive.open(part) as stream:
            data = stream.read(limit_of("file_bytes") + 1)
    except ZIP_FAULTS:
        raise InputError(DAMAGED_ZIP) from None
    if len(data) > limit_of("file_bytes"):
        raise InputError(TOO_BIG_UNPACKED, most=format_limit("file_bytes"))
    return UploadedFile(file.display_name, data)
