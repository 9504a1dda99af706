"""What every page says above its content: whose workspace it shows, and what is to be decided."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.limits import MAX_WORKSPACE_NAME_LENGTH
from geo.text import N_, InputError, Translator
from geo.workspace import label_of
from pages.parts.session import (
    NAME_KEY,
    UNNAMED,
    SharedWorkspace,
    Undecided,
    accept_theirs,
    is_at_risk,
    keep_as_copy,
    shared_workspace,
    undecided_changes,
)
from pages.parts.shared import (
    close_shared,
    copy_shared,
    forget_link_fault,
    link_fault,
    may_copy,
)
from pages.parts.state import drop_missing_measures, format_error, notify

UNSAVED_MINE: Final = N_(
    "Your workspace is not saved, so the copy was not opened. Close the shared workspace and"
    " download your workspace file first."
)


DELETED_ELSEWHERE: Final = N_(
    "The workspace “{name}” is no longer stored: it was deleted elsewhere. Close it, or store what"
    " this tab shows as a new workspace."
)


def draw_banner(t: Translator) -> None:
    """Draw what applies; on most visits nothing."""
    if shared := shared_workspace():
        _draw_shared(shared, t)
        return
    if fault := link_fault():
        with st.container(key="link_fault"):
            st.warning(format_error(t, fault), icon=":material/link_off:")
            st.button(t(N_("Close")), key="link_fault_close", on_click=forget_link_fault)
    if changes := undecided_changes():
        _draw_undecided(changes, t)


def _draw_shared(shared: SharedWorkspace, t: Translator) -> None:
    """Draw whose workspace is shown, what the reader may do with it, and the way back."""
    name = t(UNNAMED) if shared.info.name == UNNAMED else shared.info.name
    permits = may_copy(shared)
    text = (
        N_("You see the shared workspace “{name}”. You may look at it and copy it.")
        if permits
        else N_("You see the shared workspace “{name}”. You may look at it.")
    )
    with st.container(key="shared_banner", horizontal=True, vertical_alignment="center"):
        st.html(Markup('<p class="marked">{}</p>').format(t(text, name=name)))
        if permits:
            st.button(t(N_("Copy to my work")), key="shared_copy", on_click=_copy)
        st.button(t(N_("Close")), key="shared_close", on_click=_close)


def _draw_undecided(changes: Undecided, t: Translator) -> None:
    """Draw what both changed, and the choice between the two versions."""
    with st.container(key="undecided", border=True):
        st.warning(_describe(changes, t), icon=":material/info:")
        if changes.fault:
            st.warning(format_error(t, changes.fault), icon=":material/info:")
        name = _name_here(t)
        if changes.theirs is None:
            take, keep, kept_name = N_("Close it"), N_("Store it as a new workspace"), name
        else:
            take, keep = N_("Take over theirs"), N_("Keep mine as a copy")
            kept_name = t(N_("{name} (copy)"), name=name)[:MAX_WORKSPACE_NAME_LENGTH]
        with st.container(horizontal=True):
            st.button(t(take), key="take_theirs", on_click=_take)
            st.button(t(keep), key="keep_mine", on_click=_keep, args=(kept_name,))


def _name_here(t: Translator) -> str:
    return t(str(st.session_state.get(NAME_KEY) or UNNAMED))


def _describe(changes: Undecided, t: Translator) -> str:
    """Return what both changed, or what one deleted, as a sentence of Markdown."""
    names = changes.names
    if changes.theirs is None:
        return format_error(t, InputError(DELETED_ELSEWHERE, name=_name_here(t)))
    return format_error(
        t,
        InputError(
            N_(
                "Another tab or person changed the same: {names}. What you changed here is not"
                " saved yet. Take over the other version, or keep yours as a new workspace."
            ),
            names=t.join_names(f"“{name}”" for name in names),
        )
        if names
        else InputError(
            N_(
                "Another tab or person changed this workspace, and both changes have no room"
                " together. What you changed here is not saved yet. Take over the other version,"
                " or keep yours as a new workspace."
            )
        ),
    )


def _take() -> None:
    accept_theirs()
    drop_missing_measures()


def _keep(name: str) -> None:
    try:
        keep_as_copy(name)
    except InputError as error:
        notify(error)


def _close() -> None:
    close_shared()
    drop_missing_measures()


def _copy() -> None:
    shared = shared_workspace()
    if shared is None:
        return
    try:
        if is_at_risk():
            raise InputError(UNSAVED_MINE)
        copy_shared(label_of("copied", shared.info.name))
    except InputError as error:
        notify(error)
