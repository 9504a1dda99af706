"""Back up, restore and purge the store of workspaces: ``python -m geo.workspaces``.

It works on the store in ``ATLAS_DATABASE``, while the atlas runs::

    python -m geo.workspaces backup backup.jsonl.gz
    python -m geo.workspaces restore backup.jsonl.gz     # into an empty store
    python -m geo.workspaces restore --replace backup.jsonl.gz    # in place of what is stored
    python -m geo.workspaces purge                       # remove the workspaces that have ended

In place of the file, ``-`` is standard output or input. ``geo/store/backup.py`` describes the file.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from geo.limits import kB
from geo.settings import DATABASE
from geo.store import (
    READABLE_BY_OWNER,
    Usage,
    WorkspaceStore,
    database_of,
    read_backup,
    write_backup,
)
from geo.text import LANGUAGES, N_, AtlasError, InputError, error_messages, translator

ROOT: Final = Path(__file__).parents[1]
STANDARD: Final = "-"  # standard input or output
BACKED_UP: Final = N_("{count} workspaces with {size} kB were backed up.")
RESTORED: Final = N_("{count} workspaces with {size} kB were restored.")
PURGED: Final = N_("{count} workspaces with {size} kB had ended and were removed.")


def main(arguments: Sequence[str], settings: Mapping[str, str], root: Path = ROOT) -> int:
    """Run a command; print what it did, or why it could not, in all languages.

    settings: the environment variables. Returns the exit status: 0, or 1 when it failed.
    """
    parser = argparse.ArgumentParser(prog="python -m geo.workspaces", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("backup").add_argument("file")
    restore = commands.add_parser("restore")
    restore.add_argument("--replace", action="store_true", help="remove what is stored")
    restore.add_argument("file")
    commands.add_parser("purge")
    given = parser.parse_args(arguments)
    try:
        database = database_of(settings, root)
        if database is None:
            raise InputError(
                N_("{setting} is none: no workspaces are stored. Name a store."),
                setting=DATABASE.name,
            )
        store = WorkspaceStore(database)
        try:
            if given.command == "backup":
                report, usage = BACKED_UP, back_up(store, given.file)
            elif given.command == "restore":
                report, usage = RESTORED, restore_file(store, given.file, given.replace)
            else:
                report, usage = PURGED, store.purge()
        finally:
            database.close()
    except AtlasError as error:
        print("\n".join(error_messages(error)), file=sys.stderr)
        return 1
    for lang in LANGUAGES:
        t = translator(lang)
        size = t.format_number(usage.stored_bytes / kB, 0)
        print(t(report, count=t.format_number(usage.workspaces, 0), size=size), file=sys.stderr)
    return 0


def back_up(store: WorkspaceStore, name: str) -> Usage:
    """Write a backup into a file, which is there only when it is whole, or to standard output."""
    if name == STANDARD:
        return write_backup(store.database, sys.stdout.buffer, store.now())
    path = Path(name)
    begun = path.with_name(f"{path.name}.part")
    try:
        begun.touch(READABLE_BY_OWNER)
        with begun.open("wb") as file:
            usage = write_backup(store.database, file, store.now())
        begun.replace(path)
    except OSError as error:
        raise InputError(
            N_("{file} cannot be written: {reason}."), file=name, reason=error.strerror
        ) from None
    finally:
        begun.unlink(missing_ok=True)
    return usage


def restore_file(store: WorkspaceStore, name: str, replace: bool) -> Usage:
    """Restore the backup in a file, or from standard input."""
    if name == STANDARD:
        return read_backup(store.database, sys.stdin.buffer, replace)
    try:
        file = Path(name).open("rb")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise InputError(
            N_("{file} cannot be read: {reason}."), file=name, reason=error.strerror
        ) from None
    with file:
        return read_backup(store.database, file, replace)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
