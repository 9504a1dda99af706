"""What a session holds of its reader: the workspace, which the server stores for the browser.

The browser has the key in a cookie; its workspace comes back when a session begins.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from geo.limits import MAX_SAVES_TRIED, MAX_WORKSPACE_NAME_LENGTH
from geo.server import KEY_COOKIE
from geo.store import (
    ConflictError,
    Holder,
    NotFoundError,
    SchemaError,
    WorkspaceInfo,
    WorkspaceStore,
    browser_owner,
    create_key,
    database_of,
)
from geo.text import InputError, StoreError
from geo.upload import NO_TABLES, UploadedTables
from geo.workspace import (
    NamedRecipe,
    Workspace,
    merge_workspaces,
    open_workspace,
    workspace_to_json,
)

ROOT: Final = Path(__file__).parents[2]
UPLOADS_KEY: Final = "upload_tables"
PRESETS_KEY: Final = "index_presets"
PAGES_KEY: Final = "page_states"
BEGUN_KEY: Final = "session_begun"
COOKIE_KEY: Final = "kept_key"
STORED_KEY: Final = "stored_workspace"  # its id
NUMBER_KEY: Final = "stored_number"  # the version that the session has seen
TICKET_KEY: Final = "kept_ticket"
FAULT_KEY: Final = "kept_fault"
OPENED_KEY: Final = "opened_pages"
KNOWN_KEY: Final = "known_tables"
UNKEPT_PARAMS: Final = ("lang", "embed")


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


def current_owner() -> Holder | None:
    """Return whose workspaces this session shows; None while the browser has no key."""
    key = st.session_state.get(COOKIE_KEY) or st.context.cookies.get(KEY_COOKIE, "")
    return browser_owner(key) if key else None


def uploaded_tables() -> UploadedTables:
    """Return the uploaded tables of the session."""
    value = st.session_state.get(UPLOADS_KEY, NO_TABLES)
    return value if isinstance(value, UploadedTables) else NO_TABLES


def session_presets() -> tuple[NamedRecipe, ...]:
    """Return the presets of the reader for the open index."""
    return tuple(st.session_state.get(PRESETS_KEY, ()))


def session_workspace() -> Workspace:
    """Return the workspace of the session."""
    pages: Mapping[str, Mapping[str, str]] = st.session_state.get(PAGES_KEY, {})
    return Workspace(uploaded_tables(), session_presets(), dict(pages))


def hold_workspace(workspace: Workspace) -> None:
    """Replace the workspace of the session, and keep it."""
    st.session_state[UPLOADS_KEY] = workspace.tables
    st.session_state[PRESETS_KEY] = workspace.presets
    st.session_state[PAGES_KEY] = dict(workspace.pages)
    keep_workspace()


def remember_page(page: str, params: Mapping[str, str]) -> None:
    """Remember what a page shows, for the workspace file."""
    shown = {name: value for name, value in params.items() if name not in UNKEPT_PARAMS}
    st.session_state.setdefault(PAGES_KEY, {})[page] = shown


def opened_pages() -> Mapping[str, Mapping[str, str]]:
    """Return the pages of the workspace that was opened or came back last."""
    pages: Mapping[str, Mapping[str, str]] = st.session_state.get(OPENED_KEY, {})
    return pages


def show_opened_pages(workspace: Workspace) -> None:
    """Offer links to the pages of a workspace as they were."""
    st.session_state[OPENED_KEY] = dict(workspace.pages)


def restore_workspace() -> InputError | None:
    """Bring back what the browser has stored, when a session begins; return what prevented it."""
    if st.session_state.get(BEGUN_KEY):
        return None
    st.session_state[BEGUN_KEY] = True
    store, owner = workspace_store(), current_owner()
    if store is None or owner is None:
        return None
    try:
        found = store.list_workspaces(owner)
        if not found:
            return None
        opened = store.open(owner, found[0].id)
        workspace = open_workspace(opened.body)
        _renew_cookie(store)  # it lasts from this visit
    except InputError as error:
        return error
    st.session_state[STORED_KEY] = opened.info.id
    st.session_state[NUMBER_KEY] = opened.version.number
    st.session_state[KNOWN_KEY] = {table.file.checksum for table in workspace.tables.tables}
    st.session_state[UPLOADS_KEY] = workspace.tables
    st.session_state[PRESETS_KEY] = workspace.presets
    st.session_state[PAGES_KEY] = dict(workspace.pages)
    st.session_state[OPENED_KEY] = dict(workspace.pages)
    return None


def keep_workspace() -> None:
    """Store the workspace of the session for the browser, or note why that is impossible.

    Tables that another tab of the browser stored since are taken over first.
    """
    store = workspace_store()
    if store is None:
        return
    st.session_state.pop(FAULT_KEY, None)
    owner = current_owner() or _create_owner()
    # A table that was removed here does not come back from another tab.
    known = {table.file.checksum for table in uploaded_tables().tables}
    st.session_state[KNOWN_KEY] = st.session_state.get(KNOWN_KEY, set()) | known
    try:
        if _save(store, owner):
            _renew_cookie(store)
    except InputError as error:
        st.session_state[FAULT_KEY] = error


def _create_owner() -> Holder:
    """Give the browser a key, which it gets as a cookie when something was saved."""
    st.session_state[COOKIE_KEY] = create_key()
    return browser_owner(st.session_state[COOKIE_KEY])


def _renew_cookie(store: WorkspaceStore) -> None:
    """Let the browser fetch its key as a cookie. Raises StoreError."""
    if key := st.session_state.get(COOKIE_KEY) or st.context.cookies.get(KEY_COOKIE, ""):
        st.session_state[TICKET_KEY] = store.issue_ticket(key)


def _save(store: WorkspaceStore, owner: Holder) -> bool:
    """Save the workspace after what other tabs saved; return False when there is nothing to save.

    Raises InputError when the store cannot take it, or other tabs save all the time.
    """
    for attempt in range(1, MAX_SAVES_TRIED + 1):
        there = _find_stored(store, owner)
        seen = st.session_state.get(NUMBER_KEY, 0)
        try:
            if there is not None and there.number > seen:
                seen = _take_over(store, owner, there)
            workspace = session_workspace()
            if workspace.is_empty:
                if there is not None:
                    store.delete(owner, there.id)
                st.session_state.pop(STORED_KEY, None)
                st.session_state[NUMBER_KEY] = 0
                return False
            body = workspace_to_json(workspace).encode()
            if there is None:
                made = store.create(owner, _name_of(workspace), body)
                st.session_state[STORED_KEY] = made.id
                st.session_state[NUMBER_KEY] = made.number
            else:
                st.session_state[STORED_KEY] = there.id
                st.session_state[NUMBER_KEY] = store.save(owner, there.id, body, seen).number
        except (ConflictError, NotFoundError):  # another tab saved or deleted it meanwhile
            if attempt == MAX_SAVES_TRIED:
                raise
        else:
            return True
    return True


def _find_stored(store: WorkspaceStore, owner: Holder) -> WorkspaceInfo | None:
    """Return the workspace of the session as it is stored now, or the last one of the browser."""
    found = store.list_workspaces(owner)
    here = st.session_state.get(STORED_KEY)
    same = [info for info in found if info.id == here]
    if not same:
        st.session_state[NUMBER_KEY] = 0
    return next(iter(same or found), None)


def _name_of(workspace: Workspace) -> str:
    """Return a name for a new workspace: of its first table or preset."""
    names = [table.file.name for table in workspace.tables.tables]
    names += [preset.name for preset in workspace.presets]
    return names[0][:MAX_WORKSPACE_NAME_LENGTH]


def _take_over(store: WorkspaceStore, owner: Holder, there: WorkspaceInfo) -> int:
    """Add what another tab stored, of which this session knows nothing; return its version."""
    opened = store.open(owner, there.id)
    here = st.session_state.get(KNOWN_KEY, set())
    theirs = open_workspace(opened.body)
    strange = UploadedTables(
        tuple(table for table in theirs.tables.tables if table.file.checksum not in here)
    )
    merged = merge_workspaces(Workspace(strange, theirs.presets, theirs.pages), session_workspace())
    st.session_state[UPLOADS_KEY] = merged.tables
    st.session_state[PRESETS_KEY] = merged.presets
    return opened.version.number


def cookie_ticket() -> str:
    """Return the ticket that the browser exchanges for the cookie; empty when it has to do nothing.

    The page shows it until the browser has fetched it or something else is kept.
    """
    return str(st.session_state.get(TICKET_KEY, ""))


def keeping_fault() -> InputError | None:
    """Return why the data of the session could not be kept; None when they were."""
    fault = st.session_state.get(FAULT_KEY)
    return fault if isinstance(fault, InputError) else None


def is_at_risk() -> bool:
    """Whether a reload of the page loses data of the reader."""
    if session_workspace().is_empty:
        return False
    return workspace_store() is None or keeping_fault() is not None
