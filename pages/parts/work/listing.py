"""The list of the reader's workspaces: a page of it, found by a search, with its actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.limits import (
    MAX_OWNER_BYTES,
    MAX_OWNER_WORKSPACES,
    MAX_SEARCH_LENGTH,
    MB,
    MOST_WORKSPACES_LISTED,
)
from geo.store import Details, Holder, Usage, WorkspaceInfo, WorkspaceStore
from geo.text import N_, Translator, render_template
from geo.workspace import ARCHIVE_NAME, file_name, zip_workspaces
from pages.parts.access import session_visitor
from pages.parts.session import shared_workspace, stored_id
from pages.parts.state import escape_markdown
from pages.parts.work.actions import (
    DELETED_KEY,
    DeletedWorkspace,
    create_empty_workspace,
    delete_everything,
    delete_workspace,
    duplicate_workspace,
    format_day,
    format_moment,
    open_workspace_of,
    rename_workspace,
    undo_deletion,
    version_bytes,
    workspace_name,
)

TEMPLATES: Final = Path(__file__).parent / "templates"
FIND_KEY: Final = "work_find"
TURN_KEY: Final = "work_turn"
NEW_KEY: Final = "work_new_name"
ALL_KEY: Final = "work_all_sure"
FILE_TYPE: Final = "application/json"
ALL: Final = N_(
    "Delete all {count} workspaces with their versions and links. This cannot be undone."
)
ONE_ALL: Final = N_("Delete the only workspace with its versions and links. This cannot be undone.")
NOTHING_STORED: Final = N_(
    "Nothing is stored yet. A workspace begins when you upload a table, save a preset or a view, or"
    " create an empty one."
)
NOT_KEPT: Final = N_(
    "Your role in this atlas is that of a reader, whose work is not stored. You may open links that"
    " others share with you."
)


def draw_room(usage: Usage, t: Translator) -> None:
    """Draw how much of the room of the reader is used."""
    text = t(
        N_("{count} of {most} workspaces, {size} of {room} MB"),
        count=t.format_number(usage.workspaces),
        most=t.format_number(MAX_OWNER_WORKSPACES),
        size=t.format_number(usage.stored_bytes / MB, 1),
        room=t.format_number(MAX_OWNER_BYTES // MB),
    )
    st.html(Markup("<h2>{}</h2>").format(t(N_("Workspaces"))) + quiet_note(text))
    deleted = st.session_state.get(DELETED_KEY)
    if isinstance(deleted, DeletedWorkspace):
        with st.container(key="work_deleted", horizontal=True, vertical_alignment="center"):
            st.html(quiet_note(t(N_("“{name}” was deleted."), name=deleted.name)), width="content")
            st.button(t(N_("Undo the deletion")), key="work_undelete", on_click=undo_deletion)


def draw_list(
    store: WorkspaceStore,
    owner: Holder | None,
    infos: Sequence[WorkspaceInfo],
    details: Mapping[str, Details],
    t: Translator,
) -> None:
    """Draw a page of the list, with a search and a choice of the page where there are more."""
    if owner is None or not infos:
        st.html(quiet_note(t(NOTHING_STORED if session_visitor().may_edit else NOT_KEPT)))
        return
    shown = _choose_shown(infos, t)
    for info in shown:
        with st.container(key=f"work_row_{info.id}", horizontal=True, vertical_alignment="center"):
            _draw_row(info, details.get(info.id, Details(0, 0)), t)
            _draw_more(store, owner, info, t)


def _choose_shown(infos: Sequence[WorkspaceInfo], t: Translator) -> Sequence[WorkspaceInfo]:
    """Draw the search and the pages of a long list; return the workspaces to show."""
    if len(infos) <= MOST_WORKSPACES_LISTED:
        return infos
    asked = st.text_input(t(N_("Find a workspace")), key=FIND_KEY, max_chars=MAX_SEARCH_LENGTH)
    words = (asked or "").casefold().split()
    found = [
        info for info in infos if all(word in workspace_name(info, t).casefold() for word in words)
    ]
    if not found:
        st.html(quiet_note(t(N_("No workspace has this name."))))
        return []
    last = -(-len(found) // MOST_WORKSPACES_LISTED)
    if int(st.session_state.get(TURN_KEY, 1)) > last:
        st.session_state[TURN_KEY] = last
    turn = 1
    if last > 1:
        st.session_state.setdefault(TURN_KEY, 1)
        chosen = st.segmented_control(
            t(N_("Page of the list")), range(1, last + 1), key=TURN_KEY, required=True
        )
        turn = int(chosen or 1)
    return found[(turn - 1) * MOST_WORKSPACES_LISTED : turn * MOST_WORKSPACES_LISTED]


def _draw_row(info: WorkspaceInfo, details: Details, t: Translator) -> None:
    """Draw a workspace: what is known of it, a button to open it, and further actions."""
    is_open = info.id == stored_id() and shared_workspace() is None
    name = workspace_name(info, t)
    facts = [
        t(N_("Changed {time}"), time=format_moment(info.changed, t)),
        version_bytes(info.size, t),
        t(N_("Versions: {count}"), count=details.versions),
        t(N_("Links: {count}"), count=details.links),
    ]
    if info.ends is not None:
        facts.append(t(N_("Ends on {day} if not visited"), day=format_day(info.ends, t)))
    st.html(
        render_template(
            TEMPLATES,
            "workspace_row",
            title=name,
            mark=t(N_("Open now")) if is_open else "",
            facts=facts,
        )
    )
    if not is_open:
        st.button(
            t(N_("Open")),
            key=f"work_see_{info.id}",
            help=t(N_("Open the workspace “{name}”"), name=escape_markdown(name)),
            on_click=open_workspace_of,
            args=(info.id,),
        )


def _draw_more(store: WorkspaceStore, owner: Holder, info: WorkspaceInfo, t: Translator) -> None:
    """Draw further actions in a popover: its content runs only while it is open."""
    name = workspace_name(info, t)
    popover = st.popover(
        t(N_("More")),
        key=f"work_more_{info.id}",
        help=t(N_("Rename, duplicate, download or delete “{name}”"), name=escape_markdown(name)),
        on_change="rerun",
    )
    if not popover.open:
        return
    with popover:
        if session_visitor().may_edit:
            _draw_changes(info, name, t)
        st.download_button(
            t(N_("Download the workspace file")),
            partial(_read_body, store, owner, info.id),
            file_name=file_name(name),
            mime=FILE_TYPE,
            on_click="ignore",
            key=f"work_file_{info.id}",
        )
        sure = st.checkbox(
            t(N_("Delete it with its versions and links")), key=f"work_sure_{info.id}"
        )
        st.button(
            t(N_("Delete the workspace")),
            key=f"work_delete_{info.id}",
            icon=":material/delete:",
            disabled=not sure,
            on_click=delete_workspace,
            args=(info.id,),
        )


def _draw_changes(info: WorkspaceInfo, name: str, t: Translator) -> None:
    """Draw what an editor does: rename and duplicate."""
    key = f"work_name_{info.id}"
    with st.form(f"work_rename_{info.id}", border=False):
        st.text_input(t(N_("Name")), name, key=key)
        st.form_submit_button(
            t(N_("Rename the workspace")),
            key=f"work_renamed_{info.id}",
            on_click=rename_workspace,
            args=(info.id, key),
        )
    st.button(
        t(N_("Duplicate the workspace")),
        key=f"work_double_{info.id}",
        on_click=duplicate_workspace,
        args=(info.id, t(N_("{name} (copy)"), name=name), name),
    )


def draw_new(t: Translator) -> None:
    """Draw the form for a new workspace without content."""
    with (
        st.form("work_new", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="work_new_row"),
    ):
        # A field with a limit ignores what is too long without a word: the store refuses it.
        st.text_input(t(N_("Name of the new workspace")), key=NEW_KEY)
        st.form_submit_button(
            t(N_("Create an empty workspace")),
            key="work_create",
            on_click=create_empty_workspace,
            args=(NEW_KEY,),
        )


def draw_whole(
    store: WorkspaceStore, owner: Holder | None, infos: Sequence[WorkspaceInfo], t: Translator
) -> None:
    """Draw what concerns all workspaces: their download, and deleting them."""
    if owner is None or not infos:
        return
    named = [(info.id, workspace_name(info, t)) for info in infos]
    with st.container(key="work_whole", horizontal=True):
        st.download_button(
            t(N_("Download all as one file")),
            # Nothing is read before it is asked for.
            partial(zip_stored, store, owner, named),
            file_name=ARCHIVE_NAME,
            mime="application/zip",
            icon=":material/download:",
            on_click="ignore",
            key="work_download_all",
        )
        popover = st.popover(
            t(N_("Delete everything")), icon=":material/delete:", key="work_all", on_change="rerun"
        )
    if not popover.open:
        return
    with popover:
        text = N_("For a request to whoever runs this server, the number of your work is {number}.")
        st.caption(t(text, number=owner.pseudonym))
        sure = st.checkbox(
            t(ONE_ALL if len(infos) == 1 else ALL, count=len(infos)),
            key=ALL_KEY,
        )
        st.button(
            t(N_("Delete all workspaces")),
            key="work_delete_all",
            disabled=not sure,
            on_click=delete_everything,
            args=(ALL_KEY,),
        )


def _read_body(store: WorkspaceStore, owner: Holder, workspace: str) -> bytes:
    return store.open(owner, workspace).body


def _stored_bodies(
    store: WorkspaceStore, owner: Holder, named: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    for workspace, name in named:
        yield name, _read_body(store, owner, workspace)


def zip_stored(store: WorkspaceStore, owner: Holder, named: Sequence[tuple[str, str]]) -> bytes:
    """Return all workspaces of an owner as a ZIP, one read at a time."""
    return zip_workspaces(_stored_bodies(store, owner, named))
