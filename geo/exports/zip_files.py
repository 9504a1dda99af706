"""Zip files with reproducible bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time of a zip, meaning none
READABLE: Final = 0o644 << 16


def pack_zip(members: Mapping[str, bytes]) -> bytes:
    """Pack members in order into a zip, each with the same date and permissions."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = READABLE
            archive.writestr(info, body)
    return out.getvalue()


def unpack_zip(body: bytes) -> dict[str, bytes]:
    """The members of a zip from ``pack_zip``, in order."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
