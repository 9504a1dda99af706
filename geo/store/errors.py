"""What can go wrong with the store, as sentences for the reader.

InputError
├── StoreError          the store cannot be used now
│   ├── SchemaError         its tables are of a newer version or another program
│   └── SlowStoreError      it did not answer in time
├── NotFoundError       no such workspace, or not for this holder: both are the same answer
├── ConflictError       someone else saved since
├── QuotaError          there is no room left
└── HistoryError        there is no such version to return to
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.text import N_, InputError, StoreError

if TYPE_CHECKING:
    from geo.store.records import Version

UNREACHABLE: Final = N_(
    "The store of workspaces cannot be reached. Maps work without it: download the workspace file"
    " so that nothing is lost, and try again in some minutes."
)
SLOW: Final = N_(
    "The store of workspaces did not answer within {seconds} seconds. Maps work without it: try"
    " again in a minute."
)
DISK_FULL: Final = N_(
    "The disk of this server is full, so the workspace was not saved. What was saved before is"
    " there: download the workspace file so that nothing is lost."
)
STORE_DAMAGED: Final = N_(
    "The store of workspaces is damaged. Maps work without it: download the workspace file so that"
    " nothing is lost. Whoever runs this server can restore a backup."
)
NEWER_STORE: Final = N_(
    "The store of workspaces was written by a newer version of this atlas. Update this one, or"
    " name another store in {setting}."
)
FOREIGN_STORE: Final = N_(
    "The database in {setting} holds tables of another program. Name a database of its own for"
    " this atlas."
)
NOT_FOUND: Final = N_(
    "There is no such workspace, or its link was withdrawn. Check the link, or ask the owner for a"
    " new one."
)
WORKSPACE_DAMAGED: Final = N_(
    "This workspace is damaged in the store and cannot be opened. Try an earlier version, or open a"
    " workspace file that was downloaded."
)
NOT_PERMITTED: Final = N_(
    "This workspace belongs to someone else, and its link does not permit this. Ask the owner for"
    " another link."
)
CHANGED_SINCE: Final = N_(
    "This workspace was saved somewhere else since it was opened here, so it was not saved again."
    " Open the newer version, or save this one under another name."
)
TOO_MUCH: Final = N_(
    "The workspace has more than {most} MB, too much to be saved. Remove a table, or download the"
    " workspace file."
)
OWNER_FULL: Final = N_(
    "Your workspaces have {most} MB together, as much as can be saved. Delete some, or download the"
    " workspace file."
)
TOO_MANY: Final = N_(
    "You have {most} workspaces, as many as can be saved. Delete some, or download the workspace"
    " file."
)
STORE_FULL: Final = N_(
    "This server has no room to save more. Download the workspace file so that nothing is lost."
)
TOO_MANY_LINKS: Final = N_("The workspace has {most} links. Withdraw one that is not used.")
NO_VERSION: Final = N_("Version {number} is not stored any more. Choose one from the list.")
NOTHING_TO_UNDO: Final = N_("There is no earlier version to return to.")
NOTHING_TO_REDO: Final = N_("There is no later version to return to.")
INVALID_NAME: Final = N_("Give the workspace a name of 1 to {most} characters.")
INVALID_LABEL: Final = N_("The label of a version has at most {most} characters. Shorten it.")

FOREIGN_BACKUP: Final = N_(
    "The file is not a backup of workspaces. Choose a file that python -m geo.workspaces backup"
    " wrote."
)
NEWER_BACKUP: Final = N_(
    "The backup was written by a newer version of this atlas. Update this one; nothing was"
    " restored."
)
BACKUP_DAMAGED: Final = N_(
    "The backup is damaged or not complete, so nothing was restored. Choose another backup."
)
STORE_NOT_EMPTY: Final = N_(
    "The store has workspaces already, so nothing was restored. To remove them and restore the"
    " backup, add --replace."
)


class SlowStoreError(StoreError):
    """The store did not answer in time."""


class SchemaError(StoreError):
    """The tables are of a newer version or of another program: the start has to stop."""


class NotFoundError(InputError):
    """No such workspace, or none that this holder may open."""

    def __init__(self) -> None:
        super().__init__(NOT_FOUND)


class ConflictError(InputError):
    """Someone else saved since. newest: the version that is the newest now."""

    def __init__(self, newest: Version) -> None:
        self.newest = newest
        super().__init__(CHANGED_SINCE)


class QuotaError(InputError):
    """There is no room for more."""


class HistoryError(InputError):
    """There is no such version."""
