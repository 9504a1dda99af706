"""Back up, restore and purge the stored workspaces, delete an owner's, withdraw links.

``python -m geo.workspaces`` works on the store in ``ATLAS_DATABASE``, while the atlas runs; it
needs the Python in which the atlas is installed, such as ``.venv/bin/python``.

Links are withdrawn and workspaces of others deleted here and not on a page, because whoever may run
this has the database in any case: no role on the network reaches what belongs to somebody else.
Names of workspaces and labels of links are encrypted, so that the list has neither; an owner is the
pseudonym of the log of security events, which the page "Your work" shows to the owner.

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
DELETED: Final = N_("{count} workspaces with {size} kB were deleted, with their links.")
PURGED: Final = N_("{count} workspaces with {size} kB had ended and were removed.")


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, whose help is for whoever runs the server."""
    parser = argparse.ArgumentParser(
        prog="python -m geo.workspaces",
        description="Look after the stored workspaces (ATLAS_DATABASE) while the atlas runs.",
        epilog="A file named - is standard output or input.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text)

    backup = add("backup", "Copy all workspaces into a file, encrypted as they are.")
    backup.add_argument("--replace", action="store_true", help="write over a file that is there")
    backup.add_argument("file")
    restore = add("restore", "Put the workspaces of a backup into an empty store.")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="remove all that is stored before, so that it is empty",
    )
    restore.add_argument("file")
    add("purge", "Remove the workspaces that have ended.")
    add("links", "List the links of all owners as CSV.")
    withdraw = add("withdraw", "Withdraw a link of any owner.")
    withdraw.add_argument("link", help="its pseudonym, or - for its address in standard input")
    remove = add("delete", "Delete all workspaces of an owner, with their versions and links.")
    remove.add_argument(
        "--owner", required=True, help="the pseudonym that the page “Your work” shows to its owner"
    )
    return parser


def main(arguments: Sequence[str], settings: Mapping[str, str], root: Path = ROOT) -> int:
    """Run a command; print what it did, or why it could not, in all languages.

    settings: the environment variables. Returns the exit status: 0, or 1 when it failed.
    """
    given = command_parser().parse_args(arguments)
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
                report, usage = BACKED_UP, back_up(store, given.file, given.replace)
            elif given.command == "restore":
                report, usage = RESTORED, restore_file(store, given.file, given.replace)
            elif given.command == "delete":
                report, usage = DELETED, delete_owner(store, given.owner)
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


def delete_owner(store: WorkspaceStore, given: str) -> Usage:
    """Delete all workspaces of an owner and log it; return what they took.

    given: the pseudonym of the owner. Raises InputError when nobody with it has workspaces.
    """
    owner = given.strip().lower()
    if not PSEUDONYM.fullmatch(owner):
        raise InputError(
            N_(
                "“{given}” is not an owner. Write the {count} digits that the page “Your work”"
                " shows to its owner."
            ),
            given=given,
            count=PSEUDONYM_LENGTH,
        )
    removed = store.delete_any(owner)
    if not removed.workspaces:
        raise InputError(N_("No workspace belongs to the owner {owner}."), owner=owner)
    open_security_log()
    log_event(SecurityEvent.WORK_DELETED, owner, by="operator")
    return removed


def back_up(store: WorkspaceStore, name: str, replace: bool = False) -> Usage:
    """Write a backup into a file, which is there only when it is whole, or to standard output.

    replace: write over a file that is there. Raises InputError for one otherwise.
    """
    if name == STANDARD:
        return write_backup(store.database, sys.stdout.buffer, store.now())
    path = Path(name)
    if path.exists() and not replace:
        raise InputError(
            N_("{file} is there already. Choose another name, or write over it with --replace."),
            file=name,
        )
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
