"""What the reader saved of the pages: views, briefings, chosen provinces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import streamlit as st
from markupsafe import Markup

from geo.analysis import PageState
from geo.captions import quiet_note
from geo.text import N_, InputError, Translator, render_template
from geo.units import provinces
from geo.workspace import SavedView
from pages.parts.access import session_visitor
from pages.parts.page_frame import PAGES, page_address
from pages.parts.save_view import save_view
from pages.parts.session import hold_workspace, session_workspace, shared_workspace
from pages.parts.state import notify, write_params

TEMPLATES: Final = Path(__file__).parent / "templates"
PAGE_KEY: Final = "work_view_page"
NAME_KEY: Final = "work_view_name"
CHOSEN_KEY: Final = "work_view_chosen"
# What stands in the place of no views and no briefings: where the reader may save some, and where
# not.
SAVING_HINTS: Final = (
    N_("No view is saved. Choose “Save this view” in the Share dialog of a page."),
    N_("No briefing is saved. A saved view of the Briefing page is a briefing."),
)
NOTHING_SAVED: Final = (N_("No view is saved."), N_("No briefing is saved."))


def draw_views(view: PageState, t: Translator) -> None:
    """Draw the saved views and briefings as links, and the forms that save and change them."""
    workspace = session_workspace()
    may_save = shared_workspace() is None and session_visitor().may_edit
    no_view, no_briefing = SAVING_HINTS if may_save else NOTHING_SAVED
    st.html(
        _draw_links(
            t(N_("Saved views")),
            [entry for entry in workspace.views if not entry.is_briefing],
            t(no_view),
            t,
        )
        + _draw_links(
            t(N_("Briefings")),
            [entry for entry in workspace.views if entry.is_briefing],
            t(no_briefing),
            t,
        )
    )
    if not may_save:
        return
    _draw_save(t)
    if workspace.views:
        _draw_change(workspace.views, t)


def _draw_links(title: str, views: Sequence[SavedView], empty: str, t: Translator) -> Markup:
    """Return a list of views as HTML."""
    return render_template(
        TEMPLATES,
        "views",
        title=title,
        views=[
            {
                "name": entry.name,
                "page": t(PAGES[entry.page].title),
                "address": page_address(entry.page, t, **entry.params),
            }
            for entry in views
        ],
        empty=empty,
    )


def _draw_save(t: Translator) -> None:
    """Draw the form that saves a page as it was seen last."""
    pages = [page for page in PAGES if page in session_workspace().pages]
    if not pages:
        return
    with (
        st.form("work_view", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="work_view_row"),
    ):
        st.selectbox(
            t(N_("Page, as you last saw it")),
            pages,
            format_func=lambda page: t(PAGES[page].title),
            key=PAGE_KEY,
        )
        st.text_input(t(N_("Name of the view")), key=NAME_KEY)
        st.form_submit_button(t(N_("Save the view")), key="work_view_save", on_click=_save_view)


def _save_view() -> None:
    """Callback: save the chosen page under the name of the field."""
    try:
        save_view(st.session_state[PAGE_KEY], st.session_state[NAME_KEY])
    except InputError as error:
        notify(error)
        return
    st.session_state[NAME_KEY] = ""


def _draw_change(views: Sequence[SavedView], t: Translator) -> None:
    """Draw the popover that renames or deletes a view: its content runs only while it is open."""
    popover = st.popover(
        t(N_("Rename or delete a view")),
        icon=":material/edit:",
        key="work_views",
        on_change="rerun",
    )
    if not popover.open:
        return
    names = [entry.name for entry in views]
    if st.session_state.get(CHOSEN_KEY) not in names:
        st.session_state.pop(CHOSEN_KEY, None)
    with popover:
        chosen = st.selectbox(t(N_("View")), names, key=CHOSEN_KEY)
        key = f"work_view_new_{names.index(chosen)}"
        st.text_input(t(N_("New name")), chosen, key=key)
        with st.container(horizontal=True):
            st.button(
                t(N_("Rename the view")), key="work_view_rename", on_click=_rename_view,
                args=(chosen, key),
            )  # fmt: skip
            st.button(
                t(N_("Delete the view")), key="work_view_delete", icon=":material/delete:",
                on_click=_delete_view, args=(chosen,),
            )  # fmt: skip


def _rename_view(old: str, key: str) -> None:
    try:
        hold_workspace(session_workspace().with_renamed_view(old, st.session_state[key]))
    except InputError as error:
        notify(error)


def _delete_view(name: str) -> None:
    try:
        hold_workspace(session_workspace().without_view(name))
    except InputError as error:
        notify(error)


def draw_provinces(view: PageState, t: Translator) -> None:
    """Draw the saved provinces, and the buttons that choose them and save those chosen now."""
    saved = session_workspace().provinces
    st.html(Markup("<h3>{}</h3>").format(t(N_("Chosen provinces"))))
    names = t.join_names(provinces()[adcode].name_in(t.lang) for adcode in saved)
    st.html(quiet_note(names or t(N_("No provinces are saved."))))
    with st.container(key="work_provinces", horizontal=True):
        if saved and saved != view.chosen_provinces:
            st.button(
                t(N_("Choose the saved provinces")),
                key="work_provinces_choose",
                on_click=write_params,
                kwargs={"provinces": ",".join(saved)},
            )
        chosen = view.chosen_provinces
        may_save = shared_workspace() is None and session_visitor().may_edit
        if chosen and chosen != saved and may_save:
            st.button(
                t(
                    N_("Save the provinces chosen now: {names}"),
                    names=t.join_names(provinces()[code].name_in(t.lang) for code in chosen),
                ),
                key="work_provinces_save",
                on_click=_save_provinces,
                args=(chosen,),
            )


def _save_provinces(adcodes: tuple[str, ...]) -> None:
    try:
        hold_workspace(replace(session_workspace(), provinces=adcodes))
    except InputError as error:
        notify(error)
