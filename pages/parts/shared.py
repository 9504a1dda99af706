"""The workspace of somebody else, which a link opens: all pages show it, none changes it.

The secret of the link is taken from the address into the session at once. It comes there by a
message of the page's script (``geo/maps/web/document.js``), so that no request has it. The browser
keeps it as long as its tab shows the workspace or says why it does not (``link_state``), also over
a reload and a sign-in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from geo.store import COPY, LINK_PARAM, NotFoundError, WorkspaceStore, link_holder
from geo.text import InputError
from geo.workspace import Workspace, open_workspace
from pages.parts.access import require_editor, session_visitor
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

LINK_FAULT_KEY: Final = "link_fault"
LINK_TAKEN_KEY: Final = "link_taken"  # whether the session had a link


def take_link() -> None:
    """Open the workspace of the link in the address, and remove it from there.

    ``link_fault`` says what prevented it: a link that is unknown or withdrawn, or a store that is
    out of reach.
    """
    secret = st.query_params.get(LINK_PARAM, "")
    if not secret:
        return
    del st.query_params[LINK_PARAM]
    st.session_state[LINK_TAKEN_KEY] = True
    store = workspace_store()
    forget_link_fault()
    try:
        if store is None:
            raise NotFoundError
        _open_link(store, secret)
    except InputError as error:
        close_shared()
        st.session_state[LINK_FAULT_KEY] = error


def follow_link() -> bool:
    """Show the newest version of the shared workspace, or close it when that is not permitted.

    Return whether it was closed; ``link_fault`` says why. A link that cannot be checked is closed,
    too: it may be withdrawn.
    """
    shared, store = shared_workspace(), workspace_store()
    if shared is None or store is None:
        return False
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
        st.session_state[LINK_FAULT_KEY] = error
        return True
    return False


def link_fault() -> InputError | None:
    """Return why the workspace of a link is not shown; None when it is, or there was no link."""
    fault = st.session_state.get(LINK_FAULT_KEY)
    return fault if isinstance(fault, InputError) else None


def forget_link_fault() -> None:
    """Callback: say no more why the workspace of a link is not shown."""
    st.session_state.pop(LINK_FAULT_KEY, None)


def link_state() -> str:
    """Return a word for the script of the page, which keeps the secret of the link in its tab.

    ``shown`` while the workspace of a link is shown, ``refused`` while the page says why it is not,
    ``closed`` when the reader has closed it, so that the script forgets the secret, and empty in a
    session without a link, which is new: the script hands the secret over.
    """
    if shared_workspace():
        return "shown"
    if link_fault():
        return "refused"
    return "closed" if st.session_state.get(LINK_TAKEN_KEY) else ""


def may_copy(shared: SharedWorkspace) -> bool:
    """Whether the link and the role of the reader permit a copy."""
    return shared.info.right == COPY and session_visitor().may_edit


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
