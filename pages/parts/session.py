"""What a session holds of its reader: the workspace that is open, which the server stores.

The browser has the key in a cookie; its workspace comes back when a session begins. Each change is
a new version. Another tab or person may have saved meanwhile: both changes become one version, and
where both changed the same, the reader decides (``undecided_changes``).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

import streamlit as st

from geo.limits import MAX_SAVES_TRIED, MAX_WORKSPACE_NAME_LENGTH
from geo.server import read_browser_key
from geo.store import (
    ConflictError,
    Holder,
    NotFoundError,
    WorkspaceInfo,
    WorkspaceStore,
    browser_owner,
    create_key,
)
from geo.text import N_, InputError, StoreError
from geo.upload import NO_TABLES, UploadedTables
from geo.workspace import (
    PAGE_NAMES,
    NamedRecipe,
    SavedView,
    Workspace,
    label_change,
    label_of,
    merge_changes,
    open_workspace,
    workspace_to_json,
)
from pages.parts.access import require_editor, session_visitor, signed_in_owner
from pages.parts.store import workspace_store

UPLOADS_KEY: Final = "upload_tables"
PRESETS_KEY: Final = "index_presets"
PAGES_KEY: Final = "page_states"
PROVINCES_KEY: Final = "saved_provinces"
VIEWS_KEY: Final = "saved_views"
BEGUN_KEY: Final = "session_begun"
COOKIE_KEY: Final = "kept_key"
STORED_KEY: Final = "stored_workspace"  # its id
NUMBER_KEY: Final = "stored_number"  # the version that the session has seen
NAME_KEY: Final = "stored_name"
BASE_KEY: Final = "stored_base"  # what that version holds
UNDECIDED_KEY: Final = "undecided_changes"
SHARED_KEY: Final = "shared_workspace"
TICKET_KEY: Final = "kept_ticket"
ENDS_KEY: Final = "kept_ticket_ends"  # whether the ticket removes the cookie
FAULT_KEY: Final = "kept_fault"
OPENED_KEY: Final = "opened_pages"
UNKEPT_PARAMS: Final = ("lang", "embed")
UNNAMED: Final = N_("Workspace")  # translated where it is shown
READ_ONLY: Final = N_(
    "This workspace belongs to somebody else, so it is not changed here. Close it or, where its"
    " link permits this, copy it to your work."
)
SIGNED_OUT: Final = N_(
    "You were signed out in another tab or on another device, so nothing was changed."
    " Sign in again."
)


@dataclass(frozen=True)
class SharedWorkspace:
    """The workspace of somebody else that the session shows, by a link.

    secret: of the link. info: as last read. mine: the workspace of the reader, which comes
    back.
    """

    secret: str = field(repr=False)
    info: WorkspaceInfo
    mine: Workspace = field(repr=False)


@dataclass(frozen=True)
class Undecided:
    """What the session shows and what is stored do not fit, because somebody else changed that.

    theirs: what is stored as the version number; None where the workspace was deleted. names: of
    what both changed; where there are none, fault says why both have no room together.
    """

    theirs: Workspace | None = field(repr=False)
    number: int = 0
    names: tuple[str, ...] = ()
    fault: InputError | None = None


def current_owner() -> Holder | None:
    """Return whose workspaces this session shows: of the person who signed in, or of the browser.

    None while the browser has no key.
    """
    if owner := signed_in_owner():
        return owner
    key = browser_key()
    return browser_owner(key) if key else None


def browser_key() -> str:
    """Return the key of the browser; empty while it has none.

    Another tab may have given the browser another key, which then has the workspaces of this one.
    """
    key = str(st.session_state.get(COOKIE_KEY) or read_browser_key(st.context.cookies))
    store = workspace_store()
    if key and store and TICKET_KEY in st.session_state:
        with suppress(StoreError):  # the next use of the store says so
            if kept := store.find_replacement(key):
                st.session_state[COOKIE_KEY] = key = kept
    return key


def check_sign_in(store: WorkspaceStore) -> None:
    """Raise InputError when the sign-in of this session was ended in another tab or process.

    A click acts before the page is drawn, which asks the same and then forgets the session.
    """
    visitor = session_visitor()
    if visitor.sign_in is None or visitor.person is None:
        return
    keys = (visitor.sign_in.key, visitor.person.key)
    if store.is_sign_in_ended(keys, visitor.sign_in.began):
        raise InputError(SIGNED_OUT)


def uploaded_tables() -> UploadedTables:
    """Return the uploaded tables of the session."""
    value = st.session_state.get(UPLOADS_KEY, NO_TABLES)
    return value if isinstance(value, UploadedTables) else NO_TABLES


def session_presets() -> tuple[NamedRecipe, ...]:
    """Return the presets of the reader for the open index."""
    return tuple(st.session_state.get(PRESETS_KEY, ()))


def session_workspace() -> Workspace:
    """Return the workspace that the session shows."""
    pages: Mapping[str, Mapping[str, str]] = st.session_state.get(PAGES_KEY, {})
    provinces: tuple[str, ...] = st.session_state.get(PROVINCES_KEY, ())
    views: tuple[SavedView, ...] = st.session_state.get(VIEWS_KEY, ())
    return Workspace(uploaded_tables(), session_presets(), dict(pages), provinces, views)


def show_workspace(workspace: Workspace) -> None:
    """Let all pages show a workspace; nothing is stored."""
    st.session_state[UPLOADS_KEY] = workspace.tables
    st.session_state[PRESETS_KEY] = workspace.presets
    st.session_state[PAGES_KEY] = dict(workspace.pages)
    st.session_state[PROVINCES_KEY] = workspace.provinces
    st.session_state[VIEWS_KEY] = workspace.views


def hold_workspace(workspace: Workspace) -> None:
    """Replace the workspace of the session, and keep it.

    Raises InputError while the session shows the workspace of somebody else.
    """
    if shared_workspace() is not None:
        raise InputError(READ_ONLY)
    show_workspace(workspace)
    keep_workspace()


def hold_tables(tables: UploadedTables, ids: Mapping[str, str]) -> None:
    """Replace the tables of the session, and keep them. ids: new ids of measures by the old ones.

    Raises InputError as ``hold_workspace`` does.
    """
    hold_workspace(replace(session_workspace(), tables=tables).with_measure_ids(ids))


def shared_workspace() -> SharedWorkspace | None:
    """Return the workspace of somebody else that the session shows; None for the reader's."""
    shared = st.session_state.get(SHARED_KEY)
    return shared if isinstance(shared, SharedWorkspace) else None


def remember_page(page: str, params: Mapping[str, str]) -> None:
    """Remember what a page shows, for the workspace file."""
    if page in PAGE_NAMES:
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
        open_stored(store, owner, found[0].id)
        renew_cookie(store)  # it lasts from this visit
    except InputError as error:
        return error
    return None


def open_stored(store: WorkspaceStore, owner: Holder, workspace: str) -> None:
    """Let the session show a stored workspace of its owner. Raises InputError when it cannot."""
    opened = store.open(owner, workspace)
    content = open_workspace(opened.body)
    st.session_state.pop(SHARED_KEY, None)
    st.session_state.pop(UNDECIDED_KEY, None)
    st.session_state.pop(FAULT_KEY, None)
    show_workspace(content)
    show_opened_pages(content)
    note_stored(opened.info, content)


def note_stored(info: WorkspaceInfo, content: Workspace) -> None:
    """Note which version of which workspace the session is made from."""
    st.session_state[STORED_KEY] = info.id
    st.session_state[NUMBER_KEY] = info.number
    st.session_state[NAME_KEY] = info.name
    st.session_state[BASE_KEY] = content


def forget_stored() -> None:
    """Let the session show an empty workspace that is not stored."""
    for key in (NUMBER_KEY, NAME_KEY, BASE_KEY, UNDECIDED_KEY, FAULT_KEY, OPENED_KEY):
        st.session_state.pop(key, None)
    st.session_state[STORED_KEY] = ""  # the next change begins a new one
    show_workspace(Workspace())


def stored_id() -> str:
    """Return the id of the stored workspace that the session is made from; empty without one."""
    return str(st.session_state.get(STORED_KEY, ""))


def keep_workspace() -> None:
    """Store the workspace of the session, or note why that is impossible.

    What others stored since is taken over first; what does not fit is for the reader to decide.
    """
    store = workspace_store()
    if store is None or not session_visitor().may_edit:
        return
    st.session_state.pop(FAULT_KEY, None)
    st.session_state.pop(UNDECIDED_KEY, None)
    try:
        check_sign_in(store)
        if _save(store, current_owner() or create_owner()):
            renew_cookie(store)
    except InputError as error:
        st.session_state[FAULT_KEY] = error


def create_owner() -> Holder:
    """Give the browser a key, which it gets as a cookie when something was saved."""
    st.session_state[COOKIE_KEY] = create_key()
    return browser_owner(st.session_state[COOKIE_KEY])


def renew_cookie(store: WorkspaceStore) -> None:
    """Let the browser fetch its key as a cookie. Raises StoreError."""
    if key := browser_key():
        st.session_state[TICKET_KEY] = store.issue_ticket(key)
        st.session_state[ENDS_KEY] = False


def end_cookie(store: WorkspaceStore) -> None:
    """Let the browser remove the cookie with its key, when nothing is stored under it any more.

    A person who is signed in has no key of the browser. Raises StoreError.
    """
    if signed_in_owner() is None and browser_key():
        renew_cookie(store)
        st.session_state[ENDS_KEY] = True


def _save(store: WorkspaceStore, owner: Holder) -> bool:
    """Save the workspace with what others saved; return False when there is nothing to save.

    Raises InputError when the store cannot take it, or others save all the time.
    """
    for attempt in range(1, MAX_SAVES_TRIED + 1):
        there = _find_stored(store, owner)
        try:
            if there is None:
                return not note_deletion() and create_stored(store, owner)
            if not take_over(store, owner, there):
                return True
            content = session_workspace()
            before = st.session_state.get(BASE_KEY, Workspace())
            body = workspace_to_json(content).encode()
            seen = st.session_state.get(NUMBER_KEY, 0)
            label = label_change(before, content)
            saved = store.save(owner, there.id, body, seen, label)
            note_stored(replace(there, number=saved.number), content)
        except (ConflictError, NotFoundError):  # another tab saved or deleted it meanwhile
            if attempt == MAX_SAVES_TRIED:
                raise
        else:
            return True
    return True


def create_stored(
    store: WorkspaceStore, owner: Holder, name: str = "", label: str = "", empty: bool = False
) -> bool:
    """Store the workspace of the session as a new one; return False when there is nothing to store.

    empty: whether one without content is stored, too. Raises InputError when there is no room, or
    when the reader may not keep work.
    """
    require_editor("create_stored")
    content = session_workspace()
    if content.is_empty and not empty:
        return False
    label = label or label_change(Workspace(), content)
    body = workspace_to_json(content).encode()
    note_stored(store.create(owner, name or _name_of(content), body, label), content)
    return True


def _find_stored(store: WorkspaceStore, owner: Holder) -> WorkspaceInfo | None:
    """Return the stored workspace of the session as it is now, the last one for a new session.

    None when there is none, when it was deleted, and when the session has closed its own.
    """
    found = store.list_workspaces(owner)
    if STORED_KEY not in st.session_state:
        return next(iter(found), None)
    return next((info for info in found if info.id == stored_id()), None)


def _name_of(workspace: Workspace) -> str:
    """Return a name for a new workspace: of its first table, preset or view."""
    names = [table.file.name for table in workspace.tables.tables]
    names += [preset.name for preset in workspace.presets]
    names += [view.name for view in workspace.views]
    return next(filter(None, names), UNNAMED)[:MAX_WORKSPACE_NAME_LENGTH]


def take_over(store: WorkspaceStore, owner: Holder, there: WorkspaceInfo) -> bool:
    """Add to the session what others stored since; return False when the reader has to decide.

    Raises InputError when it cannot be opened.
    """
    if there.id == stored_id() and there.number == st.session_state.get(NUMBER_KEY, 0):
        return True
    opened = store.open(owner, there.id)
    theirs = open_workspace(opened.body)
    base: Workspace = st.session_state.get(BASE_KEY, Workspace())
    merged = merge_changes(base, session_workspace(), theirs)
    if merged.workspace is None:
        number = opened.info.number
        st.session_state[UNDECIDED_KEY] = Undecided(theirs, number, merged.names, merged.fault)
        return False
    show_workspace(merged.workspace)
    note_stored(opened.info, theirs)
    return True


def note_deletion() -> bool:
    """Let the reader decide about what somebody else deleted; return whether that is the case.

    To be called when the store does not have the workspace of the session.
    """
    if not stored_id():
        return False
    st.session_state[UNDECIDED_KEY] = Undecided(None)
    return True


def undecided_changes() -> Undecided | None:
    """Return the changes on which the reader has to decide; None when there are none."""
    value = st.session_state.get(UNDECIDED_KEY)
    return value if isinstance(value, Undecided) else None


def accept_theirs() -> None:
    """Show what somebody else stored, or nothing where it was deleted."""
    changes = undecided_changes()
    if changes is None:
        return
    if changes.theirs is None:
        forget_stored()
        return
    st.session_state.pop(UNDECIDED_KEY, None)
    show_workspace(changes.theirs)
    st.session_state[NUMBER_KEY] = changes.number
    st.session_state[BASE_KEY] = changes.theirs


def keep_as_copy(name: str) -> None:
    """Store what the session holds as a new workspace, and leave the other as it is.

    Raises InputError when there is no room.
    """
    store, owner = workspace_store(), current_owner()
    if store is None or owner is None or undecided_changes() is None:
        return
    label = label_of("copied", str(st.session_state.get(NAME_KEY, "")))
    create_stored(store, owner, name, label, empty=True)
    st.session_state.pop(UNDECIDED_KEY, None)


def cookie_ticket() -> str:
    """Return the ticket that the browser exchanges for the cookie; empty when it has to do nothing.

    The page shows it until the browser has fetched it or something else is kept.
    """
    return str(st.session_state.get(TICKET_KEY, ""))


def is_cookie_ending() -> bool:
    """Whether the ticket removes the cookie instead."""
    return bool(st.session_state.get(ENDS_KEY))


def keeping_fault() -> InputError | None:
    """Return why the data of the session could not be kept; None when they were."""
    fault = st.session_state.get(FAULT_KEY)
    return fault if isinstance(fault, InputError) else None


def is_at_risk() -> bool:
    """Whether a reload of the page loses data of the reader."""
    shared = shared_workspace()
    workspace = shared.mine if shared else session_workspace()
    if workspace.is_empty:
        return False
    is_kept = workspace_store() is not None and session_visitor().may_edit
    return not is_kept or keeping_fault() is not None or undecided_changes() is not None
