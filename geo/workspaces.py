"""Back up, restore and purge the store of workspaces, and withdraw links of any owner.

``python -m geo.workspaces`` works on the store in ``ATLAS_DATABASE``, while the atlas runs::

    python -m geo.workspaces backup backup.jsonl.gz
    python -m geo.workspaces restore backup.jsonl.gz     # into an empty store
    python -m geo.workspaces restore --replace backup.jsonl.gz    # in place of what is stored
    python -m geo.workspaces purge                       # remove the workspaces that have ended
    python -m geo.workspaces links                       # list the links of all owners
    python -m geo.workspaces withdraw 0123456789abcdef   # withdraw a link by its pseudonym
    python -m geo.workspaces withdraw - < address        # or by its address

Links are withdrawn here and not on a page, because whoever may run this has the database in any
case: no role on the network reaches what belongs to somebody else. Names of workspaces and labels
of links are encrypted, so that the list has neither; an owner is the pseudonym of the log of
security events.

In place of the file, ``-`` is standard output or input. ``geo/store/backup.py`` describes the file.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from geo.access import SecurityEvent, log_event, open_security_log
from geo.limits import kB
from geo.settings import DATABASE
from geo.store import (
    LINK_PARAM,
    PSEUDONYM_LENGTH,
    READABLE_BY_OWNER,
    Usage,
    WorkspaceStore,
    database_of,
    link_holder,
    read_backup,
    write_backup,
)
from geo.text import LANGUAGES, N_, AtlasError, InputError, error_messages, translator

ROOT: Final = Path(__file__).parents[1]
STANDARD: Final = "-"  # standard input or output
BACKED_UP: Final = N_("{count} workspaces with {size} kB were backed up.")
RESTORED: Final = N_("{count} workspaces with {size} kB were restored.")
WITHDRAWN: Final = N_("The link {link} was withdrawn: its address opens nothing any more.")
PSEUDONYM: Final = re.compile(rf"[0-9a-f]{{{PSEUDONYM_LENGTH}}}")
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
    commands.add_parser("links")
    commands.add_parser("withdraw").add_argument("link")
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
            if given.command == "links":
                print_links(store)
                return 0
            if given.command == "withdraw":
                withdraw_link(store, given.link)
                return 0
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


def print_links(store: WorkspaceStore) -> None:
    """Print the links as CSV: pseudonyms, times in UTC, bytes of the workspace."""
    writer = csv.writer(sys.stdout)
    writer.writerow(("owner", "link", "right", "made", "used", "workspace_bytes"))
    for link in store.list_all_links():
        used = "" if link.used is None else _format_time(link.used)
        made = _format_time(link.made)
        writer.writerow((link.owner, link.link, link.right, made, used, link.stored_bytes))


def _format_time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def withdraw_link(store: WorkspaceStore, given: str) -> None:
    """Withdraw a link, log it, and say so.

    given: its pseudonym, or ``-`` for the address in the standard input, because other users of the
    machine see arguments. Raises InputError for a link that is not there.
    """
    link = given.strip().lower()
    if given == STANDARD:
        secret = sys.stdin.readline().strip().rpartition(f"{LINK_PARAM}=")[2]
        link = link_holder(secret).pseudonym
    if not PSEUDONYM.fullmatch(link):
        raise InputError(
            N_(
                "“{given}” is not a link. Write the {count} digits that the list of links or the"
                " log has, or - for an address in the standard input."
            ),
            given=given,
            count=PSEUDONYM_LENGTH,
        )
    if not store.withdraw_any(link):
        raise InputError(
            N_("There is no link {link}: it was withdrawn, or its workspace was deleted."),
            link=link,
        )
    open_security_log()
    log_event(SecurityEvent.LINK_WITHDRAWN, link=link, by="operator")
    for lang in LANGUAGES:
        print(translator(lang)(WITHDRAWN, link=link), file=sys.stderr)


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
