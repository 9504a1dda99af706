"""A file or a pasted text as a reader brings it, and how texts from it are repeated."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

MAX_ECHO_LENGTH: Final = 40  # characters of a reader's text that a message repeats
# Letters that are not seen but turn, join or hide those that are: none of them is part of a name.
INVISIBLE: Final = frozenset("\u00ad\u180e\ufeff\u2028\u2029") | frozenset(
    chr(code)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB))
    for code in range(first, last + 1)
)

_FOLDERS: Final = re.compile(r".*[\\/]", re.DOTALL)


@dataclass(frozen=True)
class UploadedFile:
    """The bytes of a file with the name that it came under; the name is never opened.

    A pasted text is a file without a name: ``Raw.pasted(text)``.
    """

    name: str
    data: bytes = field(repr=False)

    @classmethod
    def from_pasted(cls, text: str) -> UploadedFile:
        return cls("", text.encode("utf-8", "surrogatepass"))

    @property
    def suffix(self) -> str:
        """The end of the name, in small letters, with its dot; empty without one.

        >>> UploadedFile("../a/Table.XLSX", b"").suffix
        '.xlsx'
        """
        _, dot, end = self.display_name.rpartition(".")
        return (dot + end).lower() if dot else ""

    @property
    def display_name(self) -> str:
        """The name without folders, as it is shown."""
        return clean_line(_FOLDERS.sub("", self.name))

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def clean_line(text: str) -> str:
    """A text in one line, without control characters and marks that turn or hide letters.

    >>> clean_line(" a\\tb\\x07\\u202e c ")
    'a b c'
    """
    if text.isprintable():
        return " ".join(text.split())
    seen = (" " if c.isspace() else c for c in text if c.isspace() or not _is_hidden(c))
    return " ".join("".join(seen).split())


def _is_hidden(letter: str) -> bool:
    return letter in INVISIBLE or unicodedata.category(letter) in ("Cc", "Cs")


def quote_for_message(text: object) -> str:
    """A text of the reader's as a message repeats it: clean, and short.

    >>> quote_for_message("x" * 50)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    result = clean_line(str(text)[: 4 * MAX_ECHO_LENGTH])
    return result if len(result) <= MAX_ECHO_LENGTH else result[: MAX_ECHO_LENGTH - 1] + "…"
