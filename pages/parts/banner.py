"""What every page says above its content: whose workspace it shows, and what is to be decided."""

from __future__ import annotations

from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.limits import MAX_WORKSPACE_NAME_LENGTH
from geo.store import COPY
from geo.text import N_, InputError, Translator
from geo.workspace import label_of
from pages.parts.access import session_visitor
from pages.parts.session import (
    NAME_KEY,
    UNNAMED,
    accept_theirs,
    is_at_risk,
    keep_as_copy,
    shared_workspace,
    undecided_changes,
)
from pages.parts.shared import close_shared, copy_shared
from pages.parts.state import format_error, notify

UNSAVED_MINE: Final = N_(
    "Your workspace is not saved, so the copy was not opened. Close the shared workspace and"
    " download your workspace file first."
)


def draw_banner(t: Translator) -> None:
    """Draw what applies; on most visits nothing."""
    if shared := shared_workspace():
        name = t(UNNAMED) if shared.info.name == UNNAMED else shared.info.name
        permits = shared.info.right == COPY and session_visitor().may_edit
        text = (
            N_("You see the shared workspace “{name}”. You may look at it and copy it.")
            if permits
            else N_("You see the shared workspace “{name}”. You may look at it.")
        )
        with st.container(key="shared_banner", horizontal=True, vertical_alignment="center"):
            st.html(Markup('<p class="marked">{}</p>').format(t(text, name=name)))
            if permits:
                st.button(t(N_("Copy to my work")), key="shared_copy", on_click=_copy)
            st.button(t(N_("Close")), key="shared_close", on_click=close_shared)
    elif changes := undecided_changes():
        with st.container(key="undecided", border=True):
            st.warning(_describe(t), icon=":material/info:")
            if changes.fault:
                st.warning(format_error(t, changes.fault), icon=":material/info:")
            copy_name = t(
                N_("{name} (copy)"), name=t(str(st.session_state.get(NAME_KEY) or UNNAMED))
            )[:MAX_WORKSPACE_NAME_LENGTH]
            with st.container(horizontal=True):
                st.button(t(N_("Take over theirs")), key="take_theirs", on_click=accept_theirs)
                st.button(
                    t(N_("Keep mine as a copy")), key="keep_mine", on_click=_keep, args=(copy_name,)
                )


def _describe(t: Translator) -> str:
    """Return what both changed, as a sentence of Markdown."""
    changes = undecided_changes()
    names = changes.names if changes else ()
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


def _keep(name: str) -> None:
    try:
        keep_as_copy(name)
    except InputError as error:
        notify(error)


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
