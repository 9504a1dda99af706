"""The links to the open workspace: a new one, the list, and withdrawing one."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup

from geo.captions import quiet_note
from geo.limits import MAX_SEARCH_LENGTH
from geo.store import COPY, LINK_PARAM, LOOK, Holder, Link, WorkspaceInfo, WorkspaceStore
from geo.text import N_, Translator, render_template
from pages.parts.access import access_policy, session_visitor
from pages.parts.page_frame import page_path
from pages.parts.state import escape_markdown
from pages.parts.work.actions import NEW_LINK_KEY, format_moment, make_link, withdraw_link

TEMPLATES: Final = Path(__file__).parent / "templates"
WHO_SEES: Final = N_(
    "Whoever has a link sees the newest version of this workspace, without a sign-in, until you"
    " withdraw the link."
)
WHO_SEES_SIGNED_IN: Final = N_(
    "Whoever has a link and may sign in to this atlas sees the newest version of this workspace,"
    " until you withdraw the link."
)
RIGHTS: Final = {LOOK: N_("Look"), COPY: N_("Look and copy")}


def draw_links(store: WorkspaceStore, owner: Holder, info: WorkspaceInfo, t: Translator) -> None:
    """Draw the links. Raises InputError when they cannot be read."""
    links = store.list_links(owner, info.id)
    st.html(
        Markup("<h3>{}</h3>").format(t(N_("Links")))
        + quiet_note(t(WHO_SEES_SIGNED_IN if access_policy().is_closed else WHO_SEES))
    )
    if session_visitor().may_edit:
        _draw_form(info, t)
    workspace, secret = st.session_state.get(NEW_LINK_KEY, ("", ""))
    if secret and workspace == info.id:
        st.html(quiet_note(t(N_("The new link. Copy it now: it cannot be shown again."))))
        st.code(link_address(secret), language=None, wrap_lines=True)
    for link in links:
        _draw_link(info, link, t)


def _draw_form(info: WorkspaceInfo, t: Translator) -> None:
    """Draw the form that makes a link."""
    with (
        st.form("work_share", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", key="work_share_row"),
    ):
        st.radio(
            t(N_("Whoever has the link may")),
            list(RIGHTS),
            format_func=lambda right: t(RIGHTS[right]),
            key="work_right",
            horizontal=True,
        )
        st.text_input(
            t(N_("Name of the link, for this list")), max_chars=MAX_SEARCH_LENGTH, key="work_label"
        )
        st.form_submit_button(
            t(N_("Make a link")),
            key="work_link",
            on_click=make_link,
            args=(info.id, "work_right", "work_label"),
        )


def link_address(secret: str) -> str:
    """Return the address of a link. Its secret is behind a #, which browsers send to no server."""
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{origin}{page_path('work')}#{LINK_PARAM}={secret}"


def _draw_link(info: WorkspaceInfo, link: Link, t: Translator) -> None:
    """Draw a link with its right and times, and the button that withdraws it."""
    used = t(N_("never used"))
    if link.used is not None:
        used = t(N_("last used {time}"), time=format_moment(link.used, t))
    right = t(RIGHTS[link.right])
    name = link.name or t(N_("Link without a name"))
    facts = [right, t(N_("made {time}"), time=format_moment(link.made, t)), used]
    with st.container(
        key=f"work_link_{link.id[:16]}", horizontal=True, vertical_alignment="center"
    ):
        st.html(
            render_template(
                TEMPLATES,
                "workspace_row",
                title=name,
                mark="",
                facts=facts,
            )
        )
        st.button(
            t(N_("Withdraw")),
            key=f"work_withdraw_{link.id[:16]}",
            help=t(N_("Withdraw the link “{name}”"), name=escape_markdown(name)),
            on_click=withdraw_link,
            args=(info.id, link.id, name),
        )
