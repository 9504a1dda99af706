"""The bytes of a version in parts: what versions have in common is stored once.

A workspace file has each table on a long line, between short lines for names and options. A long
line is a part, and so are the short lines between two long ones. A change of a title or of the
state of a page then adds some hundred bytes, whatever the tables take.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from geo.limits import MAX_OPENED_BYTES, MIN_PART_BYTES
from geo.store.cipher import ForgedError, decrypt, encrypt, hash_content
from geo.store.errors import WORKSPACE_DAMAGED
from geo.text import InputError

COMPRESSION: Final = 1  # of zlib: tables shrink to a fifth, quickly


@dataclass(frozen=True)
class Manifest:
    """What a version is made of: its label and the names of its parts, in order."""

    label: str
    parts: tuple[str, ...]

    def seal(self, key: str, workspace: str, number: int) -> bytes:
        """Return it encrypted with the key of the workspace, for one version alone."""
        text = json.dumps([self.label, *self.parts])
        return encrypt(text.encode(), key, f"version/{workspace}/{number}")


def open_manifest(sealed: bytes, key: str, workspace: str, number: int) -> Manifest:
    """Return the manifest of a version. Raises InputError when it was changed."""
    try:
        label, *parts = json.loads(decrypt(sealed, key, f"version/{workspace}/{number}"))
    except ForgedError:
        raise InputError(WORKSPACE_DAMAGED) from None
    return Manifest(label, tuple(parts))


def split_body(body: bytes) -> Iterator[bytes]:
    """Yield the parts of a body, which are the body when they are joined.

    >>> [len(part) for part in split_body(b"a\\n" + b"b" * 20_000 + b"\\nc\\nd")]
    [2, 20001, 3]
    """
    begin = line = 0
    while line < len(body):
        end = body.find(b"\n", line) + 1 or len(body)
        if end - line >= MIN_PART_BYTES:
            if begin < line:
                yield body[begin:line]
            yield body[line:end]
            begin = end
        line = end
    if begin < len(body):
        yield body[begin:]


def named_parts(body: bytes, key: str) -> list[tuple[str, bytes]]:
    """Return the parts of a body with their names, in order; the same part has the same name."""
    return [(hash_content(part, key), part) for part in split_body(body)]


def seal_part(part: bytes, name: str, key: str) -> bytes:
    """Return a part compressed and encrypted."""
    return encrypt(zlib.compress(part, COMPRESSION), key, f"part/{name}")


def join_parts(names: Sequence[str], sealed: Mapping[str, bytes], key: str) -> bytes:
    """Return the body of encrypted parts, up to the limit.

    Raises InputError when a part is missing, was changed or is too long.
    """
    opened: dict[str, bytes] = {}
    room = MAX_OPENED_BYTES
    try:
        for name in names:
            if name not in opened:
                packed = decrypt(sealed[name], key, f"part/{name}")
                opened[name] = _unpack(packed, room)
            room -= len(opened[name])
        if room < 0:
            raise InputError(WORKSPACE_DAMAGED)
    except (ForgedError, KeyError, zlib.error):
        raise InputError(WORKSPACE_DAMAGED) from None
    return b"".join(opened[name] for name in names)


def _unpack(packed: bytes, room: int) -> bytes:
    """Return what was compressed, up to a number of bytes. Raises zlib.error beyond it."""
    decoder = zlib.decompressobj()
    body = decoder.decompress(packed, max(room, 1))
    if decoder.unconsumed_tail or not decoder.eof:
        raise zlib.error
    return body
