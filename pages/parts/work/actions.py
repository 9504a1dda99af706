"""What the buttons of the Work page do: each is a callback, and a fault is one sentence."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from zoneinfo import ZoneInfo

import streamlit as st

from geo.access import SecurityEvent, log_event
from geo.limits import DOUBLE_CLICK_SECONDS, MAX_DELETED_BYTES, MAX_WORKSPACE_NAME_LENGTH, MB, kB
from geo.store import (
    PSEUDONYM_LENGTH,
    ConflictError,
    Holder,
    Right,
    Version,
    WorkspaceInfo,
    WorkspaceStore,
    link_holder,
)
from geo.text import N_, InputError, Translator
from geo.workspace import RESTORED, Workspace, label_of, open_workspace, workspace_to_json
from pages.parts.access import require_editor
from pages.parts.session import (
    NUMBER_KEY,
    UNNAMED,
    check_sign_in,
    create_owner,
    current_owner,
    end_cookie,
    forget_stored,
    is_at_risk,
    note_stored,
    open_stored,
    renew_cookie,
    show_workspace,
    stored_id,
)
from pages.parts.shared import close_shared
from pages.parts.state import drop_missing_measures, escape_markdown, notify, notify_done
from pages.parts.store import workspace_store

DELETED_KEY: Final = "deleted_workspace"
DONE_KEY: Final = "work_done"  # the last action, and when it ended
NEW_LINK_KEY: Final = "new_link"
UNSAVED: Final = N_(
    "What this page holds is not saved, so nothing else was opened. Download the workspace file, or"
    " decide on the changes first."
)
DELETED: Final = N_(
    "“{name}” was deleted, with its versions and links. “Undo the deletion” above the list of"
    " workspaces brings back its newest version, as long as this tab is open."
)
ALL_DELETED: Final = N_(
    "All workspaces were deleted, with their versions and links. This cannot be undone."
)
WITHDRAWN: Final = N_("The link “{name}” was withdrawn. Whoever has it sees nothing any more.")
CHANGED_MEANWHILE: Final = N_(
    "Another tab or person saved this workspace a moment ago, so nothing was changed. Look at the"
    " list of versions, and try again."
)

NOW_OPEN: Final = N_("“{name}” was made and is open now: what you change goes there.")

Params = ParamSpec("Params")
Action = Callable[Concatenate[WorkspaceStore, Holder, Params], None]


@dataclass(frozen=True)
class DeletedWorkspace:
    """A workspace that was deleted, for as long as that can be undone."""

    name: str
    body: bytes = field(repr=False)


def store_action(
    step: Action[Params], needs_editor: bool = True, is_once: bool = False
) -> Callable[Params, None]:
    """Return a callback that runs a step with the store and the owner, or says why it cannot.

    needs_editor: whether a reader without that role is refused. is_once: whether the second click
    of a double click does nothing.
    """

    @wraps(step)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> None:
        store = workspace_store()
        if store is None or (is_once and _is_second_click(step.__name__)):
            return
        try:
            check_sign_in(store)
            if needs_editor:
                require_editor(step.__name__)
            step(store, current_owner() or create_owner(), *args, **kwargs)
            drop_missing_measures()
            st.session_state[DONE_KEY] = (step.__name__, time.monotonic())
        except ConflictError:
            notify(InputError(CHANGED_MEANWHILE))
        except InputError as error:
            notify(error)

    return run


def action_of_all(step: Action[Params]) -> Callable[Params, None]:
    """Return a callback as ``store_action`` does, for what keeps nothing: each role may do it."""
    return store_action(step, needs_editor=False)


def action_once(step: Action[Params]) -> Callable[Params, None]:
    """Return a callback as ``store_action`` does, for what makes something new at each click."""
    return store_action(step, is_once=True)


def _is_second_click(name: str) -> bool:
    """Whether an action ended so shortly ago that a click is the second of a double click."""
    done, ended = st.session_state.get(DONE_KEY, ("", 0.0))
    return bool(done == name and time.monotonic() - ended < DOUBLE_CLICK_SECONDS)


def _refuse_unsaved() -> None:
    """Raise InputError when the session holds what another workspace would replace."""
    if is_at_risk():
        raise InputError(UNSAVED)


@action_of_all
def open_workspace_of(store: WorkspaceStore, owner: Holder, workspace: str) -> None:
    """Open a stored workspace."""
    _refuse_unsaved()
    open_stored(store, owner, workspace)


@action_once
def create_empty_workspace(store: WorkspaceStore, owner: Holder, key: str) -> None:
    """Store an empty workspace under the name of a field, and open it."""
    _refuse_unsaved()
    close_shared()
    name = str(st.session_state.get(key) or "")
    body = workspace_to_json(Workspace()).encode()
    _open_new(store, owner, store.create(owner, name, body, label_of("empty")))
    renew_cookie(store)
    st.session_state[key] = ""


@store_action
def rename_workspace(store: WorkspaceStore, owner: Holder, workspace: str, key: str) -> None:
    """Give a workspace the name of a field."""
    store.rename(owner, workspace, str(st.session_state.get(key) or ""))


@action_once
def duplicate_workspace(
    store: WorkspaceStore, owner: Holder, workspace: str, name: str, of: str
) -> None:
    """Store a copy of a workspace under a name, and open it. of: the name of the workspace."""
    _refuse_unsaved()
    close_shared()
    name = name[:MAX_WORKSPACE_NAME_LENGTH]
    _open_new(store, owner, store.duplicate(owner, workspace, owner, name, label_of("copied", of)))


def _open_new(store: WorkspaceStore, owner: Holder, made: WorkspaceInfo) -> None:
    """Open a workspace that was just made, and say so: the next changes go there."""
    open_stored(store, owner, made.id)
    notify_done(NOW_OPEN, name=escape_markdown(made.name))


@action_of_all
def delete_workspace(store: WorkspaceStore, owner: Holder, workspace: str) -> None:
    """Delete a workspace; its content stays in the session, so that this can be undone."""
    opened = store.open(owner, workspace)
    store.delete(owner, workspace)
    st.session_state.pop(DELETED_KEY, None)
    if len(opened.body) <= MAX_DELETED_BYTES:
        st.session_state[DELETED_KEY] = DeletedWorkspace(opened.info.name, opened.body)
        notify_done(DELETED, name=escape_markdown(opened.info.name))
    if workspace == stored_id():
        close_shared()
        forget_stored()


@store_action
def undo_deletion(store: WorkspaceStore, owner: Holder) -> None:
    """Store the workspace that was deleted last again, without its versions and links."""
    deleted = st.session_state.get(DELETED_KEY)
    if isinstance(deleted, DeletedWorkspace):
        content = open_workspace(deleted.body)
        label = label_of("copied", deleted.name)
        made = store.create(owner, deleted.name, deleted.body, label)
        del st.session_state[DELETED_KEY]
        if not stored_id():
            show_workspace(content)
            note_stored(made, content)


@action_of_all
def delete_everything(store: WorkspaceStore, owner: Holder, key: str) -> None:
    """Delete all workspaces of the reader, and the key of the browser if they were under it.

    key: of the box that confirms it.
    """
    store.delete_all(owner)
    close_shared()
    forget_stored()
    end_cookie(store)
    notify_done(ALL_DELETED)
    st.session_state.pop(DELETED_KEY, None)
    st.session_state[key] = False


@store_action
def step_through_changes(store: WorkspaceStore, owner: Holder, workspace: str, back: bool) -> None:
    """Undo or redo a change of the open workspace."""
    number = int(st.session_state.get(NUMBER_KEY, 0))
    (store.undo if back else store.redo)(owner, workspace, number)
    open_stored(store, owner, workspace)


@store_action
def restore_version(store: WorkspaceStore, owner: Holder, workspace: str, key: str) -> None:
    """Restore the version that a field chooses."""
    chosen = st.session_state.get(key)
    if not isinstance(chosen, int):
        return
    number = int(st.session_state.get(NUMBER_KEY, 0))
    label = label_of(RESTORED, str(chosen))
    store.restore_version(owner, workspace, chosen, number, label)
    open_stored(store, owner, workspace)


@action_once
def make_link(
    store: WorkspaceStore, owner: Holder, workspace: str, right_key: str, label_key: str
) -> None:
    """Make a link with the right and the label of two fields; its address is shown once."""
    right: Right = st.session_state[right_key]
    secret = store.share(owner, workspace, right, str(st.session_state.get(label_key) or ""))
    st.session_state[NEW_LINK_KEY] = (workspace, secret)
    made = link_holder(secret).pseudonym
    log_event(SecurityEvent.LINK_MADE, owner.pseudonym, link=made, right=right)


@action_of_all
def withdraw_link(
    store: WorkspaceStore, owner: Holder, workspace: str, link: str, name: str
) -> None:
    """Withdraw a link. name: of the link, for the message."""
    store.withdraw(owner, workspace, link)
    log_event(SecurityEvent.LINK_WITHDRAWN, owner.pseudonym, link=link[:PSEUDONYM_LENGTH])
    st.session_state.pop(NEW_LINK_KEY, None)
    notify_done(WITHDRAWN, name=escape_markdown(name))


def workspace_name(info: WorkspaceInfo, t: Translator) -> str:
    """Return the name of a workspace; one that nobody named in the language of the reader."""
    return t(UNNAMED) if info.name == UNNAMED else info.name


def version_bytes(size: int, t: Translator) -> str:
    """Return a size in MB, or in kB below one."""
    if size < MB:
        return f"{t.format_number(max(1, round(size / kB)))} kB"
    return f"{t.format_number(size / MB, 1)} MB"


def format_moment(seconds: float, t: Translator) -> str:
    """Return a time in the zone of the browser. seconds: since 1970."""
    return t.format_moment(_local_moment(seconds))


def format_day(seconds: float, t: Translator) -> str:
    """Return the day of a time in the zone of the browser. seconds: since 1970."""
    return t.format_date(_local_moment(seconds).date())


def _local_moment(seconds: float) -> datetime:
    zone = st.context.timezone
    return datetime.fromtimestamp(seconds, ZoneInfo(zone) if zone else UTC)


def is_step(version: Version) -> bool:
    """Whether a version was made by undo or redo."""
    return version.origin != version.number
