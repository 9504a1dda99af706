"""The store of workspaces of this process: one, which pages, sign-in and routes share."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

from geo.store import SchemaError, WorkspaceStore, database_of
from geo.text import StoreError

ROOT: Final = Path(__file__).parents[2]


@cache
def workspace_store() -> WorkspaceStore | None:
    """Return the store of the server; None when nothing is stored.

    Raises InputError for a setting that is not valid.
    """
    database = database_of(os.environ, ROOT)
    return None if database is None else WorkspaceStore(database)


def prepare_store() -> WorkspaceStore | None:
    """Return the store with its tables, when the server starts; without it, maps are served.

    Raises InputError for a setting that is not valid, or tables of another version.
    """
    store = workspace_store()
    try:
        if store is not None:
            store.prepare()
    except SchemaError:
        raise
    except StoreError:
        return store  # it may be reached later; the reason is in the log
    return store
