"""All workspaces of a reader as one file: a ZIP of workspace files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geo.limits import MAX_FILE_NAME_BYTES

ARCHIVE_NAME: Final = "digital-china-atlas-workspaces.zip"
FORBIDDEN: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]+')
FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the same workspaces make the same file


def file_name(name: str) -> str:
    """Return the file name of a workspace, which every file system takes.

    >>> file_name("GDP: 2020/2021")
    'GDP 2020 2021.json'
    >>> file_name("..")
    'workspace.json'
    """
    cleaned = " ".join(FORBIDDEN.sub(" ", name).split())
    cut = cleaned.encode("utf-8", "ignore")[:MAX_FILE_NAME_BYTES].decode("utf-8", "ignore")
    return f"{cut.strip(' .') or 'workspace'}.json"


def zip_workspaces(workspaces: Iterable[tuple[str, bytes]]) -> bytes:
    """Return workspace files as a ZIP. workspaces: the name and the file of each.

    Of several of one name, the later ones have a number.
    """
    target, taken = BytesIO(), set[str]()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, body in workspaces:
            wanted = file_name(name)
            free, number = wanted, 1
            while free.casefold() in taken:
                number += 1
                free = f"{wanted.removesuffix('.json')} ({number}).json"
            taken.add(free.casefold())
            archive.writestr(ZipInfo(free, FIRST_DAY), body, ZIP_DEFLATED)
    return target.getvalue()
