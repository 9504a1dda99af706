"""Files in one zip, the same bytes whenever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold: none is meant
READABLE: Final = 0o644 << 16


def pack_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members in their order, each with the same date and the same rights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = READABLE
            archive.writestr(info, body)
    return out.getvalue()


def unpack_zip(body: bytes) -> dict[str, bytes]:
    """The members of a zip of our own making, in their order."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
