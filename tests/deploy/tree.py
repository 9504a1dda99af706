"""A copy of the atlas whose data and clock a test can spoil: links to all files but these."""

from __future__ import annotations

from pathlib import Path

from tests.server import ROOT

LINKED = ("app.py", "deploy", "geo", "pages", ".streamlit")
# Python imports it when it starts, in all processes of a fleet that is started in the copy.
SPOILED = '''"""Shift the clock, and give SQLite no more pages, as the files beside this one say."""

import sqlite3
import sqlite3.dbapi2
import time
from pathlib import Path

HERE = Path(__file__).parent
UNLIMITED = 2**32 - 2
clock = time.time


def shifted():
    try:
        return clock() + float((HERE / "clock").read_text())
    except (OSError, ValueError):
        return clock()


class Connection(sqlite3.Connection):
    def cursor(self, *args, **kwargs):
        # SQLite answers as on a full disk (SQLITE_FULL) when it needs a page more than this.
        full = (HERE / "full").exists()
        pages = super().execute("pragma page_count").fetchone()[0] if full else UNLIMITED
        super().execute(f"pragma max_page_count = {pages}").fetchone()
        return super().cursor(*args, **kwargs)


def connect(*args, **kwargs):
    return real(*args, factory=Connection, **kwargs)


time.time = shifted
real = sqlite3.connect
sqlite3.connect = sqlite3.dbapi2.connect = connect
'''


class Tree:
    """An atlas in a folder. Each spoiling ends when its method is called again without a value."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)
        (folder / "data").mkdir()
        for file in (ROOT / "data").iterdir():
            (folder / "data" / file.name).symlink_to(file)
        (folder / "sitecustomize.py").write_text(SPOILED, "utf-8")

    def shift_clock(self, seconds: float = 0) -> None:
        """Let the clock of all processes be wrong by some seconds from now on."""
        (self.folder / "clock").write_text(str(seconds), "ascii")

    def fill_disk(self, full: bool = True) -> None:
        """Let the database have no more pages, or as many as it wants."""
        if full:
            (self.folder / "full").touch()
        else:
            (self.folder / "full").unlink()

    def damage(self, name: str, damaged: bool = True) -> None:
        """Let a table of data/ end within its second line, or be whole again."""
        file = self.folder / "data" / name
        file.unlink()
        if damaged:
            head, line, *_ = (ROOT / "data" / name).read_text("utf-8").splitlines()
            file.write_text(f"{head}\n{line[: len(line) // 2]}", "utf-8")
        else:
            file.symlink_to(ROOT / "data" / name)
