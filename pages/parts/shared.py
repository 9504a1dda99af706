"""The workspace of somebody else, which a link opens: all pages show it, none changes it.

The secret of the link is taken from the address into the session at once. It comes there by a
message of the page's script (``geo/maps/web/document.js``), so that no request has it.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.store import LINK_PARAM, NotFoundError, WorkspaceStore, link_holder
from geo.text import InputError
from geo.workspace import Workspace, open_workspace
from pages.parts.access import require_editor
from pages.parts.session import (
    SHARED_KEY,
    SharedWorkspace,
    check_sign_in,
    create_owner,
    current_owner,
    open_stored,
    renew_cookie,
    session_workspace,
    shared_workspace,
    show_workspace,
)
from pages.parts.store import workspace_store


def take_link() -> InputError | None:
    """Open the workspace of the link in the address, and remove it from there.

    Return what prevented it: a link that is unknown or withdrawn, or a store that is out of reach.
    """
    secret = st.query_params.get(LINK_PARAM, "")
    if not secret:
        return None
    del st.query_params[LINK_PARAM]
    store = workspace_store()
    try:
        if store is None:
            raise NotFoundError
        _open_link(store, secret)
    except InputError as error:
        return error
    return None


def follow_link() -> InputError | None:
    """Show the newest version of the shared workspace, or close it when that is not permitted.

    Return why it was closed. A link that cannot be checked is closed, too: it may be withdrawn.
    """
    shared, store = shared_workspace(), workspace_store()
    if shared is None or store is None:
        return None
    try:
        found = store.list_workspaces(link_holder(shared.secret))
        if not found:
            raise NotFoundError
        if found[0].number != shared.info.number:
            _open_link(store, shared.secret)
        else:
            st.session_state[SHARED_KEY] = replace(shared, info=found[0])
    except InputError as error:
        close_shared()
        return error
    return None


def close_shared() -> None:
    """Show the workspace of the reader again."""
    shared = shared_workspace()
    if shared is not None:
        del st.session_state[SHARED_KEY]
        show_workspace(shared.mine)


def copy_shared(label: str) -> None:
    """Store a copy of the shared workspace for the reader, and open it.

    Raises InputError when the link or the role of the reader does not permit it, or when there is
    no room.
    """
    shared, store = shared_workspace(), workspace_store()
    if shared is None or store is None:
        return
    check_sign_in(store)
    require_editor("copy_shared")
    owner = current_owner() or create_owner()
    made = store.duplicate(link_holder(shared.secret), shared.info.id, owner, label=label)
    open_stored(store, owner, made.id)
    renew_cookie(store)


def _open_link(store: WorkspaceStore, secret: str) -> None:
    """Show the workspace of a link. Raises InputError when it cannot be opened."""
    opened = store.open_link(secret)
    content: Workspace = open_workspace(opened.body)
    shared = shared_workspace()
    mine = shared.mine if shared else session_workspace()
    show_workspace(content)
    st.session_state[SHARED_KEY] = SharedWorkspace(secret, opened.info, mine)
