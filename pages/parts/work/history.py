"""The versions of the open workspace: undo, redo, the list, and going back to one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.store import Holder, Version, WorkspaceInfo, WorkspaceStore
from geo.text import N_, Translator, render_template
from geo.workspace import format_label
from pages.parts.access import session_visitor
from pages.parts.work.actions import (
    format_moment,
    is_step,
    restore_version,
    step_through_changes,
    version_bytes,
)

TEMPLATES: Final = Path(__file__).parent / "templates"
RESTORE_KEY: Final = "work_version"


def draw_history(store: WorkspaceStore, owner: Holder, info: WorkspaceInfo, t: Translator) -> None:
    """Draw the versions. Raises InputError when they cannot be read."""
    versions = store.list_versions(owner, info.id)
    st.html(Markup("<h3>{}</h3>").format(t(N_("Versions"))))
    if session_visitor().may_edit:
        _draw_steps(store, owner, info, t)
    st.html(
        render_template(
            TEMPLATES,
            "versions",
            title=t(N_("Versions")),
            versions=[
                {
                    "number": version.number,
                    "label": _sentence(version, t),
                    "facts": " · ".join(
                        (format_moment(version.made, t), version_bytes(version.size, t))
                    ),
                }
                for version in versions
            ],
        )
    )
    if session_visitor().may_edit:
        _draw_restore(info, versions[1:], t)


def _draw_steps(store: WorkspaceStore, owner: Holder, info: WorkspaceInfo, t: Translator) -> None:
    """Draw the buttons that undo and redo a change."""
    can_undo, can_redo = store.can_step(owner, info.id)
    with st.container(key="work_steps", horizontal=True):
        for name, label, icon, possible in (
            ("undo", t(N_("Undo")), "undo", can_undo),
            ("redo", t(N_("Redo")), "redo", can_redo),
        ):
            st.button(
                label,
                key=f"work_{name}",
                icon=f":material/{icon}:",
                disabled=not possible,
                on_click=step_through_changes,
                args=(info.id, name == "undo"),
            )


def _draw_restore(info: WorkspaceInfo, earlier: list[Version], t: Translator) -> None:
    """Draw the choice of an earlier version, and the button that brings it back."""
    if not earlier:
        return
    sentences = {
        version.number: t(
            N_("{number}: {label}, {time}"),
            number=version.number,
            label=_sentence(version, t),
            time=format_moment(version.made, t),
        )
        for version in earlier
    }
    if st.session_state.get(RESTORE_KEY) not in sentences:
        st.session_state.pop(RESTORE_KEY, None)
    with st.container(key="work_restore_row", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t(N_("Earlier version")),
            list(sentences),
            format_func=sentences.__getitem__,
            key=RESTORE_KEY,
        )
        st.button(
            t(N_("Restore the version")),
            key="work_restore",
            on_click=restore_version,
            args=(info.id, RESTORE_KEY),
        )


def _sentence(version: Version, t: Translator) -> str:
    """Return what a version changed, or which one undo or redo brought back."""
    label = format_label(version.label, t)
    if is_step(version):
        return t(N_("Back to version {number}: {label}"), number=version.origin, label=label)
    return label
