"""What was done last with the reader's data, as a message, and the way back from a removal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.text import N_, Translator
from geo.workspace import Workspace
from pages.parts.session import hold_workspace
from pages.parts.state import notify_done

NOTICE_KEY: Final = "upload_notice"
REVEAL_KEY: Final = "upload_reveal"
REVEALS_KEY: Final = "upload_reveals"  # how often, which tells one from the next
MARK: Final = Markup('<i hidden data-reveal="{}" data-turn="{}"></i>')


@dataclass(frozen=True)
class Notice:
    """A message with its slots; before: the workspace to return to, or None."""

    message: str
    slots: dict[str, object]
    before: Workspace | None = None


def announce_change(message: str, before: Workspace | None = None, **slots: object) -> None:
    """Say what was done, in the next run of the page; with a workspace, it can be undone."""
    st.session_state[NOTICE_KEY] = Notice(message, slots, before)
    notify_done(message, **slots)


def reveal_part(key: str) -> None:
    """Let the browser scroll to a container by its key, when the page is drawn next."""
    st.session_state[REVEAL_KEY] = key


def draw_reveal() -> None:
    """Draw the mark that the script of the page follows (``revealPart`` in document.js)."""
    if key := st.session_state.pop(REVEAL_KEY, ""):
        st.session_state[REVEALS_KEY] = st.session_state.get(REVEALS_KEY, 0) + 1
        st.html(MARK.format(key, st.session_state[REVEALS_KEY]))


def draw_notice(t: Translator) -> None:
    """Draw what was removed last, with a button that brings it back."""
    notice = st.session_state.get(NOTICE_KEY)
    if not isinstance(notice, Notice) or notice.before is None:
        return
    with st.container(key="upload_notice", horizontal=True, vertical_alignment="center"):
        st.caption(t(notice.message, **notice.slots), width="content")
        st.button(
            t(N_("Undo")),
            key="upload_undo",
            icon=":material/undo:",
            width="content",
            on_click=_bring_back,
            args=(notice.before,),
        )


def _bring_back(before: Workspace) -> None:
    st.session_state.pop(NOTICE_KEY, None)
    hold_workspace(before)
