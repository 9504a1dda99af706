"""Save what a page shows as a view: the dialog on each page, and what the Work page calls, too."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.analysis import build_catalogue, parse_state
from geo.text import N_, InputError
from geo.workspace import PAGE_NAMES, SavedView
from pages.parts.page_frame import document_title
from pages.parts.session import (
    UNKEPT_PARAMS,
    hold_workspace,
    session_workspace,
    uploaded_tables,
)
from pages.parts.share import link_params
from pages.parts.state import current_page, escape_markdown, format_error, notify_done

OPEN_KEY: Final = "save_view"  # the button that the script of the page presses; see share.js
NAME_KEY: Final = "save_view_name"
SAVED_KEY: Final = "save_view_done"
FAULT_KEY: Final = "save_view_fault"
SAVED: Final = N_("The view “{name}” is saved. It is on the page “Your work”.")


def save_view(page: str, name: str) -> None:
    """Save a page as the reader left it. Raises InputError for a name that cannot be.

    The measure and the year stand in it even where the address leaves them out: the view stays the
    same when later data bring another default. A choice that has gone meanwhile comes as the text
    that the browser showed, which names no page: InputError, too.
    """
    if page not in PAGE_NAMES:
        raise InputError(
            N_("The page “{page}” is no longer a choice. Choose a page again."), page=page
        )
    workspace = session_workspace()
    params = dict(workspace.pages.get(page, {}))
    view, _ = parse_state(params, "", build_catalogue(uploaded_tables().all_measures))
    explicit = link_params(page, view, params).items()
    shown = {key: str(value) for key, value in explicit if key not in UNKEPT_PARAMS}
    hold_workspace(workspace.with_view(SavedView(name, page, shown)))


def draw_save_dialog(page: str) -> None:
    """Draw the unseen button that opens the dialog for the name of the view of a page."""
    if page not in PAGE_NAMES:
        return
    view, t, _ = current_page()
    title = t(N_("Save this view"))

    @st.dialog(title)
    def draw_dialog() -> None:
        if st.session_state.pop(SAVED_KEY, False):
            st.rerun()  # which closes the dialog
        with st.form("save_view_form", border=False):
            subject = document_title(page, view, t).rpartition(" · ")[0]
            st.text_input(t(N_("Name of the view")), subject, key=NAME_KEY)
            st.form_submit_button(
                t(N_("Save the view")), key="save_view_now", type="primary", on_click=_save,
                args=(page,),
            )  # fmt: skip
        if fault := st.session_state.get(FAULT_KEY):
            st.warning(format_error(t, fault), icon=":material/info:")

    if st.button(title, key=OPEN_KEY):
        st.session_state.pop(FAULT_KEY, None)
        st.session_state.pop(SAVED_KEY, None)
        draw_dialog()


def _save(page: str) -> None:
    """Callback: save the view, or say in the dialog why that is impossible."""
    st.session_state.pop(FAULT_KEY, None)
    name = str(st.session_state.get(NAME_KEY) or "")
    try:
        save_view(page, name)
    except InputError as error:
        st.session_state[FAULT_KEY] = error
    else:
        st.session_state[SAVED_KEY] = True
        notify_done(SAVED, name=escape_markdown(" ".join(name.split())))
