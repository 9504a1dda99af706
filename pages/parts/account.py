"""Sign-in and sign-out in the header, the page that asks to sign in, and moving workspaces."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.access import Role, Visitor
from geo.limits import MAX_SHOWN_NAME_LENGTH, MB, WORKSPACE_DAYS
from geo.text import N_, StoreError, Translator
from pages.parts.access import access_policy, session_visitor
from pages.parts.state import escape_markdown, format_error, notify
from pages.parts.store import workspace_store
from pages.parts.visitor import (
    keep_in_browser,
    movable_workspaces,
    move_workspaces,
    sign_out,
)

ROLE_NAMES: Final = {
    Role.READER: N_("Role: reader. You may look at everything public and open shared links."),
    Role.EDITOR: N_("Role: editor. You may upload tables, keep your work and share it."),
    Role.ADMIN: N_("Role: administrator. You see how much all users store, in numbers alone."),
}
ONE_MOVABLE: Final = N_(
    "This browser holds work from before you signed in: one workspace. Move it to your account, so"
    " that you find it wherever you sign in and nobody else who uses this browser does."
)
MOVABLE: Final = N_(
    "This browser holds work from before you signed in: {count} workspaces. Move them to your"
    " account, so that you find them wherever you sign in and nobody else who uses this browser"
    " does."
)
AS_VISITOR: Final = N_(
    "You use this atlas as a visitor without an account: what you upload or save here belongs to"
    " this browser, for {days} days after your last visit, and to no account."
)


def draw_account(t: Translator) -> None:
    """Draw the button to sign in, or the menu of the person; nothing where nobody signs in."""
    if access_policy().provider is None:
        return
    visitor = session_visitor()
    if visitor.sign_in is None:
        _draw_sign_in_button(t, key="account")
        return
    name = visitor.person.name if visitor.person else t(N_("Not permitted"))
    popover = st.popover(
        escape_markdown(shorten_name(name)),
        icon=":material/person:",
        key="account",
        on_change="rerun",
        width="content",
    )
    if popover.open:
        with popover:
            _draw_menu(visitor, t)


def draw_sign_in_page(t: Translator) -> None:
    """Draw what a reader sees of an atlas for people who signed in, before that."""
    visitor = session_visitor()
    with st.container(key="sign_in_page"):
        st.markdown(
            t(N_("This atlas is for people who have signed in with an account that it permits."))
        )
        if visitor.refusal:
            st.warning(format_error(t, visitor.refusal), icon=":material/block:")
        if visitor.sign_in:
            _draw_sign_out_button(t)
        else:
            _draw_sign_in_button(t, key="sign_in")


def draw_notices(t: Translator) -> None:
    """Draw why a sign-in is not accepted, and the offer to move the workspaces of the browser."""
    visitor = session_visitor()
    if visitor.refusal:
        st.warning(format_error(t, visitor.refusal), icon=":material/block:")
        if visitor.sign_in and visitor.may_edit:
            st.info(t(AS_VISITOR, days=WORKSPACE_DAYS), icon=":material/info:")
    if movable_workspaces():
        _draw_offer(t)


def shorten_name(name: str) -> str:
    """Return a name for the header.

    >>> shorten_name("Li Hua"), shorten_name("Alexandra Konstantinopolskaya")
    ('Li Hua', 'Alexandra Konstantinopo…')
    """
    if len(name) <= MAX_SHOWN_NAME_LENGTH:
        return name
    return name[: MAX_SHOWN_NAME_LENGTH - 1].rstrip() + "…"


def _draw_sign_in_button(t: Translator, key: str) -> None:
    st.button(
        t(N_("Sign in")), icon=":material/login:", key=key, on_click=st.login, width="content"
    )


def _draw_sign_out_button(t: Translator) -> None:
    st.button(
        t(N_("Sign out")), icon=":material/logout:", key="sign_out", on_click=sign_out,
    )  # fmt: skip


def _draw_menu(visitor: Visitor, t: Translator) -> None:
    if visitor.person and visitor.role:
        st.markdown(f"**{escape_markdown(visitor.person.name)}**")
        st.caption(t(ROLE_NAMES[visitor.role]))
    if visitor.may_administer:
        _draw_usage(t)
    _draw_sign_out_button(t)
    if visitor.person:
        st.button(
            t(N_("Sign out on all devices")),
            key="sign_out_everywhere",
            on_click=sign_out,
            args=(True,),
        )


def _draw_usage(t: Translator) -> None:
    store = workspace_store()
    if store is None:
        return
    try:
        usage = store.total_usage()
    except StoreError as error:
        st.caption(format_error(t, error))
        return
    st.caption(
        t(
            N_("All users store one workspace, which takes {size} MB.")
            if usage.workspaces == 1
            else N_("All users store {count} workspaces, which take {size} MB."),
            count=t.format_number(usage.workspaces),
            size=t.format_number(usage.stored_bytes / MB, 1),
        )
    )


def _draw_offer(t: Translator) -> None:
    with st.container(key="move_offer", border=True):
        st.markdown(
            t(
                ONE_MOVABLE if movable_workspaces() == 1 else MOVABLE,
                count=t.format_number(movable_workspaces()),
            )
        )
        with st.container(horizontal=True):
            if st.button(t(N_("Move to my account")), key="move_workspaces", type="primary"):
                if error := move_workspaces():
                    notify(error)
                st.rerun()  # the session begins anew, with what the account now has
            st.button(
                t(N_("Leave in this browser")), key="keep_in_browser", on_click=keep_in_browser
            )
