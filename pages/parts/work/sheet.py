"""The Work page as a whole: what is drawn depends on what the store says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState
from geo.captions import quiet_note
from geo.store import Details, Holder, Usage, WorkspaceInfo, WorkspaceStore
from geo.text import N_, InputError, Translator
from pages.parts.access import session_visitor
from pages.parts.page_frame import PAGES
from pages.parts.session import (
    current_owner,
    keeping_fault,
    note_deletion,
    shared_workspace,
    stored_id,
    take_over,
    undecided_changes,
)
from pages.parts.state import format_error
from pages.parts.store import workspace_store
from pages.parts.uploads.measures import draw_workspace_file
from pages.parts.work.actions import workspace_name
from pages.parts.work.history import draw_history
from pages.parts.work.links import draw_links
from pages.parts.work.listing import draw_list, draw_new, draw_room, draw_whole
from pages.parts.work.privacy import draw_privacy
from pages.parts.work.views import draw_provinces, draw_views

NONE_OPEN: Final = N_(
    "No workspace is open. Open one of the list; what you upload or save before that begins a new"
    " one."
)


@dataclass(frozen=True)
class Stored:
    """What the store has of an owner when the page is drawn."""

    infos: list[WorkspaceInfo]
    details: dict[str, Details]
    usage: Usage


def draw_work(view: PageState, t: Translator) -> None:
    """Draw the page with its notice on privacy."""
    _draw_sheet(view, t)
    draw_privacy(t)


def _draw_sheet(view: PageState, t: Translator) -> None:
    """Draw what the store has of the reader; without a store the workspace file alone."""
    title = PAGES["work"].title
    st.html(Markup('<h1 class="atlas-heading">{}</h1>').format(t(title)))
    store = workspace_store()
    if store is None:
        st.html(
            quiet_note(
                t(
                    N_(
                        "This server stores no workspaces. The workspace file holds your tables,"
                        " measures, presets and views: download it before you leave, and open it"
                        " here when you return."
                    )
                )
            )
        )
        draw_workspace_file(t)
        draw_views(view, t)
        draw_provinces(view, t)
        return
    owner = current_owner()
    try:
        stored = _read_stored(store, owner)
    except InputError as error:
        st.warning(format_error(t, error), icon=":material/info:")
        draw_workspace_file(t)
        return
    if fault := keeping_fault():
        st.warning(format_error(t, fault), icon=":material/info:")
    with st.container(key="work_sheet"):
        with st.container(key="work_list"):
            draw_room(stored.usage, t)
            draw_list(store, owner, stored.infos, stored.details, t)
            if session_visitor().may_edit:
                draw_new(t)
            draw_whole(store, owner, stored.infos, t)
        with st.container(key="work_open"):
            _draw_open(store, owner, stored.infos, view, t)


def _read_stored(store: WorkspaceStore, owner: Holder | None) -> Stored:
    """Return what the store has, after the session took over what others saved.

    Raises InputError when the store cannot be used.
    """
    if owner is None:
        return Stored([], {}, Usage(0, 0))
    infos = store.list_workspaces(owner)
    there = next((info for info in infos if info.id == stored_id()), None)
    if shared_workspace() is None and undecided_changes() is None:
        is_decided = take_over(store, owner, there) if there else not note_deletion()
        if not is_decided:
            st.rerun()  # the choice stands above the page
    return Stored(infos, store.count_details(owner), store.usage(owner))


def _draw_open(
    store: WorkspaceStore,
    owner: Holder | None,
    infos: list[WorkspaceInfo],
    view: PageState,
    t: Translator,
) -> None:
    """Draw what the open workspace holds; of that of somebody else its views and its file."""
    info = next((info for info in infos if info.id == stored_id()), None)
    if shared_workspace() is None:
        if info is not None:
            name = t(N_("Open now: {name}"), name=workspace_name(info, t))
            st.html(Markup('<h2 class="open-workspace">{}</h2>').format(name))
        elif infos and undecided_changes() is None:
            st.html(quiet_note(t(NONE_OPEN)))
    draw_views(view, t)
    draw_provinces(view, t)
    draw_workspace_file(t, t(N_("Workspace file")))
    if shared_workspace() is not None or owner is None or info is None:
        return
    try:
        draw_history(store, owner, info, t)
        draw_links(store, owner, info, t)
    except InputError as error:
        st.warning(format_error(t, error), icon=":material/info:")
