"""What a session holds of its reader: the workspace, which the server keeps for the browser.

The browser has the key in a cookie; what is kept comes back when a session begins.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from geo.keeping import TICKETS, KeptStore, create_key
from geo.server import KEY_COOKIE, kept_store_of
from geo.text import InputError
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
REVISION_KEY: Final = "kept_revision"
TICKET_KEY: Final = "kept_ticket"
FAULT_KEY: Final = "kept_fault"
OPENED_KEY: Final = "opened_pages"
KNOWN_KEY: Final = "known_tables"
UNKEPT_PARAMS: Final = ("lang", "embed")


@cache
def kept_store() -> KeptStore | None:
    """Return the store of the server; None when keeping is off."""
    return kept_store_of(os.environ, ROOT)


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
    """Bring back what the browser keeps, when a session begins; return what prevented it."""
    if st.session_state.get(BEGUN_KEY):
        return None
    st.session_state[BEGUN_KEY] = True
    store, key = kept_store(), st.context.cookies.get(KEY_COOKIE, "")
    if store is None or not key:
        return None
    st.session_state[COOKIE_KEY] = key
    try:
        kept = store.fetch(key)
        if kept is None:
            return None
        workspace = open_workspace(kept.body)
    except InputError as error:
        return error
    st.session_state[REVISION_KEY] = kept.revision
    st.session_state[KNOWN_KEY] = {table.file.checksum for table in workspace.tables.tables}
    st.session_state[UPLOADS_KEY] = workspace.tables
    st.session_state[PRESETS_KEY] = workspace.presets
    st.session_state[PAGES_KEY] = dict(workspace.pages)
    st.session_state[OPENED_KEY] = dict(workspace.pages)
    return None


def keep_workspace() -> None:
    """Keep the workspace of the session for the browser, or note why it cannot be kept.

    Tables that another tab of the browser kept since are taken over first.
    """
    store = kept_store()
    if store is None:
        return
    st.session_state.pop(FAULT_KEY, None)
    key = st.session_state.get(COOKIE_KEY) or create_key()
    workspace = session_workspace()
    # A table that was removed here does not come back from another tab.
    known = {table.file.checksum for table in workspace.tables.tables}
    st.session_state[KNOWN_KEY] = st.session_state.get(KNOWN_KEY, set()) | known
    try:
        if store.find_revision(key) > st.session_state.get(REVISION_KEY, 0):
            workspace = _take_over(store, key, workspace)
        if workspace.is_empty:
            store.forget(key)
            st.session_state[REVISION_KEY] = 0
            return
        body = workspace_to_json(workspace).encode()
        st.session_state[REVISION_KEY] = store.keep(key, body)
    except InputError as error:
        st.session_state[FAULT_KEY] = error
        return
    st.session_state[COOKIE_KEY] = key
    st.session_state[TICKET_KEY] = TICKETS.issue(key)


def _take_over(store: KeptStore, key: str, workspace: Workspace) -> Workspace:
    """Return the workspace with what another tab kept, of which this session knows nothing."""
    kept = store.fetch(key)
    if kept is None:
        return workspace
    here = st.session_state.get(KNOWN_KEY, set())
    theirs = open_workspace(kept.body)
    strange = UploadedTables(
        tuple(table for table in theirs.tables.tables if table.file.checksum not in here)
    )
    merged = merge_workspaces(Workspace(strange, theirs.presets, theirs.pages), workspace)
    st.session_state[UPLOADS_KEY] = merged.tables
    st.session_state[PRESETS_KEY] = merged.presets
    return merged


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
    return kept_store() is None or keeping_fault() is not None
